/* SPDX-License-Identifier: Apache-2.0 */
/* Promises as one reader may see them: opened for that reader (platform/http/part2.h). */
#ifndef PROMISE_SHOWN_H
#define PROMISE_SHOWN_H

#include "features/promise/promise.h"

typedef struct PromiseShown {
    PromiseId id;
    MatchId match;
    Str words;
    Str called; /* on the page of a walk who promised, else to whom */
    bool is_mine;
    Date due_on;
    bool is_due;
} PromiseShown;
typedef struct PromisesShown {
    const PromiseShown *items;
    size_t count;
} PromisesShown;

#endif
