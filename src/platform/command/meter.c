/* SPDX-License-Identifier: Apache-2.0 */
/* Progress on standard error. */
#include "platform/command/meter.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { TOTAL_LEAST = 100 };

Meter meter_begin(const char *what, int64_t total) {
    return (Meter){.what = what, .total = total, .is_terminal = isatty(STDERR_FILENO) == 1};
}

void meter_step(Meter *meter, int64_t done) {
    const int64_t parts = meter->is_terminal ? 100 : 10;
    if (meter->total < TOTAL_LEAST || done * parts / meter->total == meter->told) {
        return;
    }
    meter->told = done * parts / meter->total;
    fprintf(stderr,
            meter->is_terminal ? "\r%" PRId64 " of %" PRId64 " %s" : "%" PRId64 " of %" PRId64 " %s\n", done,
            meter->total, meter->what);
}

void meter_end(Meter *meter) {
    if (meter->is_terminal && meter->total >= TOTAL_LEAST) {
        fputc('\n', stderr);
    }
}
