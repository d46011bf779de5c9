/* SPDX-License-Identifier: Apache-2.0 */
/* What a family wishes of a person, and how it changes that: what was wished before is kept beside it. */
#include "features/request/request.h"

#include "request_sql.h"

/* ---- what may be wished ---- */

bool request_may_wish(ListKind list) {
    static const unsigned lists = 1U << LIST_EXPERIENCE | 1U << LIST_LANGUAGE | 1U << LIST_TIME |
                                  1U << LIST_SYSTEM | 1U << LIST_ROLE | 1U << LIST_CHANNEL |
                                  1U << LIST_REGION | 1U << LIST_CULTURE | 1U << LIST_GENDER;
    return (lists & 1U << list) != 0;
}

bool request_may_require(ListKind list) {
    static const unsigned lists =
        1U << LIST_ROLE | 1U << LIST_CHANNEL | 1U << LIST_CULTURE | 1U << LIST_GENDER;
    return (lists & 1U << list) != 0;
}

void request_add_wishes(const Scope *scope, Tx *tx, RequestId id, const RequestNew *request) {
    for (size_t at = 0; at < request->wish_count; at++) {
        const ListItemId item = request->wishes[at];
        const ListKind list = program_item_list(scope, request->program, item);
        if (!request_may_wish(list)) {
            continue;
        }
        bool is_first = list == LIST_EXPERIENCE && list_item_id_equal(item, request->first);
        bool is_required = request_may_require(list) && (request->required & 1U << list) != 0;
        request_wish_insert(tx, id, item, is_first ? REQUEST_WISH_FIRST : REQUEST_WISH_CHOSEN, is_required);
    }
}

RequestItems request_wishes(const Scope *scope, RequestId id) {
    RequestWishListRows rows = request_wish_list(scope->db, id);
    RequestItem *items = NEW_MANY(scope->arena, rows.count, RequestItem);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (RequestItem){.item = rows.items[at].item,
                                  .list = (ListKind)rows.items[at].list,
                                  .kind = (RequestWishKind)rows.items[at].kind,
                                  .is_required = rows.items[at].is_required};
    }
    return (RequestItems){.items = items, .count = rows.count};
}

/* ---- changing them ---- */

bool request_may_change_wishes(const Request *request) {
    return request->kind == REQUEST_SUPPORT &&
           (request->state <= REQUEST_INVITED || request->state == REQUEST_PAUSED);
}

static bool has_same_wishes(RequestItems one, RequestItems other) {
    bool is_same = one.count == other.count;
    for (size_t at = 0; at < one.count && is_same; at++) {
        const RequestItem *left = &one.items[at];
        const RequestItem *right = &other.items[at];
        is_same = list_item_id_equal(left->item, right->item) && left->kind == right->kind &&
                  left->is_required == right->is_required;
    }
    return is_same;
}

static void keep_before(const Scope *scope, Tx *tx, const RequestSaid *before, RequestId id) {
    const RequestWishChangeId change = {random_id(scope->random)};
    request_wish_change_insert(tx, &(RequestWishChangeInsert){
                                       .id = change,
                                       .request = id,
                                       .by_person = scope->actor,
                                       .now = scope->now,
                                       .relation = before->relation,
                                       .age = before->age,
                                       .has_no_preference = before->has_no_preference,
                                       .unlike = before->unlike,
                                   });
    for (size_t at = 0; at < before->wishes.count; at++) {
        const RequestItem *item = &before->wishes.items[at];
        request_wish_before_insert(tx, change, item->item, item->kind, item->is_required);
    }
}

static ListItemId fitting(const Scope *scope, ProgramId program, ListKind list, ListItemId item) {
    return item.value != 0 && program_has_item(scope, program, list, item) ? item : (ListItemId){0};
}

RequestSaid request_said(const Scope *scope, const Request *request) {
    return (RequestSaid){.relation = request->relation,
                         .age = request->age,
                         .has_no_preference = request->has_no_preference,
                         .wishes = request_wishes(scope, request->id),
                         .unlike = request_unlike(scope, request->id)};
}

RequestResult request_change_wishes(const Scope *scope, Tx *tx, RequestId id, int64_t version,
                                    const RequestNew *wishes) {
    Request request;
    if (!request_find(scope, id, &request) || !request_may_change_wishes(&request)) {
        return REQUEST_ELSEWHERE;
    }
    if (request_set_version(tx, id, version) != 1) {
        return REQUEST_STALE;
    }
    const RequestSaid before = request_said(scope, &request);
    RequestNew now = *wishes;
    now.program = request.program;
    now.relation = fitting(scope, request.program, LIST_RELATION, wishes->relation);
    now.age = fitting(scope, request.program, LIST_AGE, wishes->age);
    request_wish_clear(tx, id);
    request_add_wishes(scope, tx, id, &now);
    request_set_unlike(scope, tx, id, now.unlike); /* the waiting list is told as well */
    request_set_about(tx, id, now.relation, now.age, now.has_no_preference);
    const bool is_same =
        has_same_wishes(before.wishes, request_wishes(scope, id)) &&
        before.unlike == request_unlike(scope, id) && list_item_id_equal(before.relation, now.relation) &&
        list_item_id_equal(before.age, now.age) && before.has_no_preference == now.has_no_preference;
    if (!is_same) {
        keep_before(scope, tx, &before, id);
        request_note(scope, tx, id, REQUEST_NOTE_WISHES, STR(""));
    }
    return REQUEST_DONE;
}

RequestChanges request_changes(const Scope *scope, RequestId id) {
    RequestWishChangeListRows rows = request_wish_change_list(scope->db, id);
    RequestChange *items = NEW_MANY(scope->arena, rows.count, RequestChange);
    for (size_t at = 0; at < rows.count; at++) {
        const RequestWishChangeList *row = &rows.items[at];
        RequestWishBeforeListRows wishes = request_wish_before_list(scope->db, row->id);
        RequestItem *wished = NEW_MANY(scope->arena, wishes.count, RequestItem);
        for (size_t wish = 0; wish < wishes.count; wish++) {
            wished[wish] = (RequestItem){.item = wishes.items[wish].item,
                                         .list = (ListKind)wishes.items[wish].list,
                                         .kind = (RequestWishKind)wishes.items[wish].kind,
                                         .is_required = wishes.items[wish].is_required};
        }
        items[at] = (RequestChange){.at = row->at,
                                    .by_called = row->by_called,
                                    .before = {.relation = row->relation,
                                               .age = row->age,
                                               .has_no_preference = row->has_no_preference,
                                               .unlike = (unsigned)row->unlike,
                                               .wishes = {.items = wished, .count = wishes.count}}};
    }
    return (RequestChanges){.items = items, .count = rows.count};
}

bool request_list_is_older(const Scope *scope, RequestId id) {
    RequestListOlder row;
    return request_list_older(scope->db, id, &row) && row.is_older;
}
