/* SPDX-License-Identifier: Apache-2.0 */
/* What the request boundary tells the audit of a request: whom it is about, and how it ended. */
#ifndef RECORD_H
#define RECORD_H

#include "ids.h"

#include <stdbool.h>

enum { RECORD_PEOPLE_MOST = 2 };

/* Found out before a change, because after it the row may be gone. */
typedef struct RecordAbout {
    ProgramId program;
    PersonId people[RECORD_PEOPLE_MOST];
    size_t count;
    bool records_reading;
    bool records_change;
    bool records_refusal;
} RecordAbout;

typedef enum RecordOutcome { RECORD_CHANGED, RECORD_READ, RECORD_REFUSED } RecordOutcome;

typedef struct RecordEvent {
    const char *action; /* the route's handler */
    int rule;           /* the route's AccessAction */
    int64_t object;     /* 0: about nothing */
    RecordOutcome outcome;
    RecordAbout about;
} RecordEvent;

#endif
