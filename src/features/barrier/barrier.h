/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in a person's way, what was tried, and what came of it: "The bus leaves before school is out."
 * Nothing that was tried is a failure: it stands there so that nobody asks for it again.
 *
 * It is its person's alone, and read by whom they open it to (features/reader/reader.h), while it is still in
 * the way. Nobody else writes here, and nothing is counted. */
#ifndef BARRIER_H
#define BARRIER_H

#include "features/reader/reader.h"
#include "platform/part2.h"
#include "platform/scope.h"
#include "ids.h"

/* Of one person; of one barrier. */
enum { BARRIER_MOST = 40, BARRIER_TRIES_MOST = 30 };

typedef enum BarrierResult {
    BARRIER_DONE,
    BARRIER_FULL,      /* so many are there already; nothing was written */
    BARRIER_ELSEWHERE, /* none of the actor's; nothing was written */
} BarrierResult;

/* The actor's own; the words are not empty, and may tell of substance use. `ret_barrier` only with
 * BARRIER_DONE. */
BarrierResult barrier_add(const Scope *scope, Tx *tx, Str words, bool is_part2, BarrierId *ret_barrier);
/* Out of the way, or back in it. */
BarrierResult barrier_turn(const Scope *scope, Tx *tx, BarrierId barrier, bool is_gone);
/* It goes with what was tried. */
BarrierResult barrier_drop(const Scope *scope, Tx *tx, BarrierId barrier);

/* What was tried; what came of it may be said later. */
BarrierResult barrier_try_add(const Scope *scope, Tx *tx, BarrierId barrier, Str words, Str came_of);
BarrierResult barrier_try_say(const Scope *scope, Tx *tx, BarrierId barrier, BarrierTryId one, Str came_of);
BarrierResult barrier_try_drop(const Scope *scope, Tx *tx, BarrierId barrier, BarrierTryId one);

typedef struct BarrierTry {
    BarrierTryId id;
    Part2Words words;
    Part2Words came_of;
    Time at;
} BarrierTry;
typedef struct BarrierTries {
    const BarrierTry *items;
    size_t count;
} BarrierTries;

typedef struct Barrier {
    BarrierId id;
    PersonId person;
    Part2Words words;
    Time made_at;
    Time gone_at;       /* TIME_NONE while it is in the way */
    BarrierTries tries; /* the newest last */
} Barrier;
typedef struct Barriers {
    const Barrier *items;
    size_t count;
} Barriers;

/* The actor's, those in the way first. */
Barriers barrier_list(const Scope *scope);
/* False: none of the actor's. */
bool barrier_find(const Scope *scope, BarrierId id, Barrier *ret_barrier);
/* Those that the actor was let read in this walk. */
Barriers barrier_list_opened(const Scope *scope, const ReaderLet *let);

/* Everything of somebody who is forgotten. */
void barrier_forget(Tx *tx, PersonId person);

#endif
