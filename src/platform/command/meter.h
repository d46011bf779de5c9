/* SPDX-License-Identifier: Apache-2.0 */
/* How far long work is, on standard error: one line that updates itself on a terminal, a plain line for
 * each tenth elsewhere. Work of fewer than 100 steps says nothing. */
#ifndef METER_H
#define METER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Meter {
    const char *what; /* of what, in the plural */
    int64_t total;
    int64_t told; /* hundredths on a terminal, tenths elsewhere */
    bool is_terminal;
} Meter;

Meter meter_begin(const char *what, int64_t total);
/* So many are done now. Cheap to call each time. */
void meter_step(Meter *meter, int64_t done);
void meter_end(Meter *meter);

#endif
