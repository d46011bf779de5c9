/* SPDX-License-Identifier: Apache-2.0 */
/* "How far along on the need you came with?" 0 to 10, by the person who asked, about the own request.
 *
 * It is asked at the start, at weeks 2 and 8 of walking with someone, and can be answered whenever the person
 * likes. The answers are the person's own: nobody else reads them, not the one who walks alongside and not a
 * coordinator. Every answer stays; none is changed. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "features/program/program.h"
#include "platform/part2.h"
#include "platform/scope.h"

enum { PROGRESS_LEAST = 0, PROGRESS_MOST = 10 };

typedef enum ProgressOccasion {
    PROGRESS_START = 1,
    PROGRESS_WEEK_2 = 2,
    PROGRESS_WEEK_8 = 3,
    PROGRESS_WHENEVER = 4,
} ProgressOccasion;

typedef struct Progress {
    Time at;
    int64_t value; /* PROGRESS_LEAST to PROGRESS_MOST */
    ProgressOccasion occasion;
    Part2Words words; /* may be empty */
} Progress;

typedef struct ProgressList {
    const Progress *items;
    size_t count;
} ProgressList;

/* Which question stands open: PROGRESS_START before the first answer, PROGRESS_WEEK_2 and _WEEK_8 from that
 * day of the newest match until something is answered, else PROGRESS_WHENEVER (nothing is waiting). */
ProgressOccasion progress_due(const Scope *scope, RequestId request);

/* The actor answers, for the occasion that is due. The value must be in range. `is_part2`: the words tell of
 * substance use. */
void progress_add(const Scope *scope, Tx *tx, RequestId request, int64_t value, Str words, bool is_part2);

/* The newest 100, oldest first. */
ProgressList progress_list(const Scope *scope, RequestId request);

/* "At the start", "After two weeks" ... */
Text progress_occasion_text(ProgressOccasion occasion);

#endif
