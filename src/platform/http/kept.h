/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that are the same for everyone who reads a page signed out and without a cookie, kept for a second.
 *
 * The first page is asked for most, often by many at once, and holds nothing of its reader: no form, no
 * once-only key, no cookie. Such an answer is written once a second and given to all who ask meanwhile.
 * Whatever has a form, was asked for with a cookie or a query, or is not 200 is never kept (request.c
 * decides).
 *
 * A fixed number of answers of limited size; the oldest makes room. One a process. */
#ifndef KEPT_H
#define KEPT_H

#include "base/str.h"
#include "base/time.h"
#include "text/text.h"

enum { KEPT_ANSWERS = 16, KEPT_MOST_BYTES = 32 * 1024 };

typedef struct Kept Kept;

/* What the same answer must have in common. */
typedef struct KeptKey {
    Str path;
    Lang lang;
    bool is_packed; /* compressed */
} KeptKey;

typedef struct KeptAnswer {
    const char *pattern; /* of the route, for the log; lives for ever */
    Str fields;
    Str body; /* valid until the next kept_add() */
} KeptAnswer;

/* fail(FAIL_MEMORY) when the system has none left. */
Kept *kept_new(void);
void kept_free(Kept *kept);

/* The answer, if one was kept less than a second before `now` (a monotonic time). */
bool kept_find(const Kept *kept, const KeptKey *key, Time now, KeptAnswer *ret_answer);
/* Keeps a copy. An answer over KEPT_MOST_BYTES is let go. */
void kept_add(Kept *kept, const KeptKey *key, Time now, const KeptAnswer *answer);

#endif
