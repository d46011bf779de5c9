/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the way, and what was tried, from the first word until it is out of it. */
#include "features/barrier/barrier.h"

#include "barrier_sql.h"

BarrierResult barrier_add(const Scope *scope, Tx *tx, Str words, bool is_part2, BarrierId *ret_barrier) {
    BarrierCount row;
    if (barrier_count(scope->db, scope->actor, &row) && row.barriers >= BARRIER_MOST) {
        return BARRIER_FULL;
    }
    const BarrierId id = {random_id(scope->random)};
    barrier_insert(tx, id, scope->actor, words, scope->now);
    if (is_part2) {
        barrier_mark_part2(tx, id);
    }
    *ret_barrier = id;
    return BARRIER_DONE;
}

BarrierResult barrier_turn(const Scope *scope, Tx *tx, BarrierId barrier, bool is_gone) {
    const Time gone_at = is_gone ? scope->now : TIME_NONE;
    return barrier_set_gone(tx, barrier, scope->actor, gone_at) == 1 ? BARRIER_DONE : BARRIER_ELSEWHERE;
}

static void delete_all(Tx *tx, BarrierId barrier) {
    reader_drop(tx, READER_THING(barrier));
    barrier_delete_tries(tx, barrier);
    barrier_unmark(tx, barrier);
    barrier_delete(tx, barrier);
}

static bool is_own(const Scope *scope, BarrierId barrier) {
    BarrierTryCount row;
    return barrier_try_count(scope->db, barrier, scope->actor, &row);
}

BarrierResult barrier_drop(const Scope *scope, Tx *tx, BarrierId barrier) {
    if (!is_own(scope, barrier)) {
        return BARRIER_ELSEWHERE;
    }
    delete_all(tx, barrier);
    return BARRIER_DONE;
}

void barrier_forget(Tx *tx, PersonId person) {
    const BarrierAllOfRows rows = barrier_all_of(tx_db(tx), person);
    for (size_t at = 0; at < rows.count; at++) {
        delete_all(tx, rows.items[at].id);
    }
}

/* ---- what was tried ---- */

BarrierResult barrier_try_add(const Scope *scope, Tx *tx, BarrierId barrier, Str words, Str came_of) {
    BarrierTryCount row;
    if (!barrier_try_count(scope->db, barrier, scope->actor, &row)) {
        return BARRIER_ELSEWHERE;
    }
    if (row.tries >= BARRIER_TRIES_MOST) {
        return BARRIER_FULL;
    }
    barrier_try_insert(tx, &(BarrierTryInsert){.id = {random_id(scope->random)},
                                               .barrier = barrier,
                                               .person = scope->actor,
                                               .words = words,
                                               .came_of = came_of,
                                               .now = scope->now});
    return BARRIER_DONE;
}

BarrierResult barrier_try_say(const Scope *scope, Tx *tx, BarrierId barrier, BarrierTryId one, Str came_of) {
    return barrier_try_set(tx, one, barrier, scope->actor, came_of) == 1 ? BARRIER_DONE : BARRIER_ELSEWHERE;
}

BarrierResult barrier_try_drop(const Scope *scope, Tx *tx, BarrierId barrier, BarrierTryId one) {
    return barrier_try_delete(tx, one, barrier, scope->actor) == 1 ? BARRIER_DONE : BARRIER_ELSEWHERE;
}

static BarrierTries tries_of(const Scope *scope, BarrierId barrier) {
    const BarrierTryOfRows rows = barrier_try_of(scope->db, barrier, BARRIER_TRIES_MOST);
    BarrierTry *items = NEW_MANY(scope->arena, rows.count, BarrierTry);
    for (size_t at = 0; at < rows.count; at++) {
        const BarrierTryOf *row = &rows.items[at];
        items[at] = (BarrierTry){.id = row->id, .words = row->words, .came_of = row->came_of, .at = row->at};
    }
    return (BarrierTries){.items = items, .count = rows.count};
}

/* ---- reading ---- */

/* The queries give the same row under their own names. */
#define BARRIER_OF(scope, row)                                                                               \
    (Barrier) {                                                                                              \
        .id = (row)->id, .person = (row)->person, .words = (row)->words, .made_at = (row)->made_at,          \
        .gone_at = (row)->gone_at, .tries = tries_of((scope), (row)->id)                                     \
    }

Barriers barrier_list(const Scope *scope) {
    const BarrierOfPersonRows rows = barrier_of_person(scope->db, scope->actor, BARRIER_MOST);
    Barrier *items = NEW_MANY(scope->arena, rows.count, Barrier);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = BARRIER_OF(scope, &rows.items[at]);
    }
    return (Barriers){.items = items, .count = rows.count};
}

bool barrier_find(const Scope *scope, BarrierId id, Barrier *ret_barrier) {
    BarrierById row;
    if (!barrier_by_id(scope->db, id, scope->actor, &row)) {
        return false;
    }
    *ret_barrier = BARRIER_OF(scope, &row);
    return true;
}

Barriers barrier_list_opened(const Scope *scope, const ReaderLet *let) {
    if (!reader_lets(let, READER_BARRIER)) {
        return (Barriers){0};
    }
    const BarrierOpenedRows rows = barrier_opened(scope->db, let->match, let->person, BARRIER_MOST);
    Barrier *items = NEW_MANY(scope->arena, rows.count, Barrier);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = BARRIER_OF(scope, &rows.items[at]);
    }
    return (Barriers){.items = items, .count = rows.count};
}
