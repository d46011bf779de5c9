/* SPDX-License-Identifier: Apache-2.0 */
/* Writing down who is there, and reading it. */
#include "features/circle/circle.h"

#include "circle_sql.h"
#include "texts.h"

#include <assert.h>

static bool is_full(const Scope *scope) {
    CircleCount row;
    return circle_count(scope->db, scope->actor, &row) && row.members >= CIRCLE_MOST;
}

CircleResult circle_add(const Scope *scope, Tx *tx, const CircleNew *member) {
    if (is_full(scope)) {
        return CIRCLE_FULL;
    }
    circle_insert(tx, &(CircleInsert){.id = {random_id(scope->random)},
                                      .person = scope->actor,
                                      .called = member->called,
                                      .helps = member->helps,
                                      .kind = member->kind,
                                      .near = member->near,
                                      .now = scope->now});
    return CIRCLE_DONE;
}

CircleResult circle_change(const Scope *scope, Tx *tx, CircleMemberId id, const CircleNew *member) {
    const int64_t changed = circle_update(tx, &(CircleUpdate){.id = id,
                                                              .person = scope->actor,
                                                              .called = member->called,
                                                              .helps = member->helps,
                                                              .kind = member->kind,
                                                              .near = member->near});
    return changed == 1 ? CIRCLE_DONE : CIRCLE_ELSEWHERE;
}

CircleResult circle_set_gone(const Scope *scope, Tx *tx, CircleMemberId id, bool is_gone) {
    CircleMember member;
    if (!circle_find(scope, id, &member)) {
        return CIRCLE_ELSEWHERE;
    }
    if (time_is_none(member.gone_at) != is_gone) {
        return CIRCLE_DONE; /* that is how it was wanted */
    }
    if (!is_gone && is_full(scope)) {
        return CIRCLE_FULL;
    }
    (void)circle_update_gone(tx, id, scope->actor, is_gone ? scope->now : TIME_NONE);
    return CIRCLE_DONE;
}

CircleResult circle_drop(const Scope *scope, Tx *tx, CircleMemberId id) {
    return circle_delete(tx, id, scope->actor) == 1 ? CIRCLE_DONE : CIRCLE_ELSEWHERE;
}

void circle_forget(Tx *tx, PersonId person) {
    (void)circle_delete_of(tx, person);
}

/* The queries give the same row under their own names. */
#define CIRCLE_MEMBER_OF(row, gone)                                                                          \
    (CircleMember) {                                                                                         \
        .id = (row)->id, .called = (row)->called, .helps = (row)->helps, .kind = (CircleKind)(row)->kind,    \
        .near = (CircleNear)(row)->near, .since = (row)->since, .gone_at = (gone)                            \
    }

CircleMembers circle_list(const Scope *scope) {
    const CircleHereRows rows = circle_here(scope->db, scope->actor, CIRCLE_MOST);
    CircleMember *items = NEW_MANY(scope->arena, rows.count, CircleMember);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = CIRCLE_MEMBER_OF(&rows.items[at], TIME_NONE);
    }
    return (CircleMembers){.items = items, .count = rows.count};
}

CircleMembers circle_list_gone(const Scope *scope) {
    const CircleGoneRows rows = circle_gone(scope->db, scope->actor, CIRCLE_MOST);
    CircleMember *items = NEW_MANY(scope->arena, rows.count, CircleMember);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = CIRCLE_MEMBER_OF(&rows.items[at], rows.items[at].gone_at);
    }
    return (CircleMembers){.items = items, .count = rows.count};
}

bool circle_find(const Scope *scope, CircleMemberId id, CircleMember *ret_member) {
    CircleById row;
    if (!circle_by_id(scope->db, id, scope->actor, &row)) {
        return false;
    }
    *ret_member = CIRCLE_MEMBER_OF(&row, row.gone_at);
    return true;
}

Text circle_kind_text(CircleKind kind) {
    switch (kind) {
    case CIRCLE_FAMILY:
        return TEXT_CIRCLE_FAMILY;
    case CIRCLE_FRIEND:
        return TEXT_CIRCLE_FRIEND;
    case CIRCLE_NEIGHBOR:
        return TEXT_CIRCLE_NEIGHBOR;
    case CIRCLE_WORK:
        return TEXT_CIRCLE_WORK;
    case CIRCLE_FAITH:
        return TEXT_CIRCLE_FAITH;
    case CIRCLE_OTHER:
        return TEXT_CIRCLE_OTHER;
    }
    assert(false && "a kind that the schema does not know");
    return TEXT_NONE;
}

Text circle_near_text(CircleNear near) {
    switch (near) {
    case CIRCLE_CLOSE:
        return TEXT_CIRCLE_CLOSE;
    case CIRCLE_NEAR:
        return TEXT_CIRCLE_NEAR;
    case CIRCLE_FAR:
        return TEXT_CIRCLE_FAR;
    }
    assert(false && "a distance that the schema does not know");
    return TEXT_NONE;
}

CircleWalks circle_walks(const Scope *scope) {
    const CircleWalkRowsRows rows = circle_walk_rows(scope->db, scope->actor);
    CircleWalk *items = NEW_MANY(scope->arena, rows.count, CircleWalk);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (CircleWalk){.match = rows.items[at].match,
                                 .called = rows.items[at].called,
                                 .began_at = rows.items[at].began_at};
    }
    return (CircleWalks){.items = items, .count = rows.count};
}
