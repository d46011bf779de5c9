/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the system that fail when a test says so: a disk that breaks at fsync(), memory that cannot be
 * locked, a file that ends too early. A program that calls refuse() has all calls of refuse.c put in front of
 * those of the system; each goes on to them unless it was told to fail. */
#ifndef REFUSE_H
#define REFUSE_H

#include <stdbool.h>

/* Of the calls of this name that come, `let` go through and the next one fails with this error; read() and
 * pread() with error 0 find the end of the file. Holds for one failure. The name is a literal. */
void refuse(const char *call, int let, int error);

/* How many files the process has open, to see that a failure leaves none behind. */
int refuse_files_open(void);

/* Whether the failure has happened; and forgets it where it has not. */
bool refuse_has_happened(void);

#endif
