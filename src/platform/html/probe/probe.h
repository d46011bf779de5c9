/* SPDX-License-Identifier: Apache-2.0 */
/* What the probe template shows. */
#ifndef PROBE_H
#define PROBE_H

#include "platform/html/html.h"

typedef struct Probe {
    Str said;
    int count;
    Strs names;
    Url back;
    Text month;
} Probe;

#endif
