/* SPDX-License-Identifier: Apache-2.0 */
/* The month so far as one's own page shows it. */
#ifndef HOURS_SHOWN_H
#define HOURS_SHOWN_H

#include "features/hours/hours.h"

typedef struct HoursShown {
    Str month;     /* how much of it was given, in words; empty: nothing was logged */
    int64_t given; /* minutes, with the way there and back */
    int64_t wish;  /* hours; 0: none was said */
    HoursStanding standing;
} HoursShown;

/* The actor's own. */
HoursShown hours_shown_month(const Scope *scope);

#endif
