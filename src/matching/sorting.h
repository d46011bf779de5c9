/* SPDX-License-Identifier: Apache-2.0 */
/* Orders plain numbers in place. */
#ifndef SORTING_H
#define SORTING_H

#include <stddef.h>
#include <stdint.h>

/* Smallest first. Nothing to do, and quickly, when they are in order. Without memory of its own and without
 * a bad input (Shell 1959, with the gaps of Ciura 2001): made for the rows of an instance, some dozens to
 * some thousands. */
void sorting_rise(uint64_t *numbers, size_t count);

#endif
