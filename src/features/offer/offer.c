/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of offers: what may stand in one, and how standing follows from load, capacity and pause. */
#include "features/offer/offer.h"

#include "features/audit/audit.h"
#include "offer_sql.h"

static const int64_t MOST_CAPACITY = 50;

/* ---- what the person says ---- */

/* True when an item of this list may stand in an offer in this way. */
static bool is_fitting(const Scope *scope, ProgramId program, const OfferItem *item) {
    static const unsigned lists[] = {
        [OFFER_LIVED] = 1U << LIST_EXPERIENCE | 1U << LIST_SYSTEM | 1U << LIST_AGE,
        [OFFER_SPEAKS] = 1U << LIST_LANGUAGE,
        [OFFER_FREE_THEN] = 1U << LIST_TIME,
        [OFFER_RATHER_NOT] = 1U << LIST_EXPERIENCE | 1U << LIST_AGE,
        [OFFER_HAS] =
            1U << LIST_ROLE | 1U << LIST_CHANNEL | 1U << LIST_REGION | 1U << LIST_CULTURE | 1U << LIST_GENDER,
    };
    return (lists[item->kind] & 1U << program_item_list(scope, program, item->item)) != 0;
}

static void add_items(const Scope *scope, Tx *tx, ProgramId program, OfferId id, OfferItems items) {
    for (size_t at = 0; at < items.count; at++) {
        const OfferItem *item = &items.items[at];
        if (is_fitting(scope, program, item)) {
            /* Limits are nobody's business but the coordinator's, whatever a form says. */
            OfferAudience audience = item->kind == OFFER_RATHER_NOT ? OFFER_FOR_COORDINATOR : item->audience;
            offer_item_insert(tx, id, item->item, item->kind, audience);
        }
    }
}

static int64_t fitting_capacity(const Scope *scope, ProgramId program, int64_t capacity) {
    if (capacity <= 0) {
        capacity = program_clock(scope, program, CLOCK_LOAD_VOLUNTEER).amount;
    }
    return capacity < MOST_CAPACITY ? capacity : MOST_CAPACITY;
}

static ListItemId fitting_relation(const Scope *scope, ProgramId program, ListItemId relation) {
    bool is_known = relation.value != 0 && program_has_item(scope, program, LIST_RELATION, relation);
    return is_known ? relation : (ListItemId){0};
}

void offer_touched(Tx *tx, OfferId id) {
    offer_pool_next(tx, id);
    offer_set_changed(tx, id);
}

OfferId offer_add(const Scope *scope, Tx *tx, ProgramId program, PersonId person,
                  const OfferContent *content) {
    OfferId id;
    if (offer_find_by_person(scope, program, person, &id)) {
        return id;
    }
    id = (OfferId){random_id(scope->random)};
    offer_insert(tx, &(OfferInsert){
                         .id = id,
                         .program = program,
                         .person = person,
                         .relation = fitting_relation(scope, program, content->relation),
                         .about = str_is_none(content->about) ? STR("") : content->about,
                         .capacity = fitting_capacity(scope, program, content->capacity),
                         .now = scope->now,
                     });
    add_items(scope, tx, program, id, content->items);
    offer_touched(tx, id);
    return id;
}

bool offer_find(const Scope *scope, OfferId id, Offer *ret_offer) {
    OfferById row;
    if (!offer_by_id(scope->db, id, &row)) {
        return false;
    }
    *ret_offer = (Offer){
        .id = row.id,
        .program = row.program,
        .person = row.person,
        .called = row.called,
        .relation = row.relation,
        .about = row.about,
        .capacity = row.capacity,
        .load = row.load,
        .standing = (OfferStanding)row.standing,
        .paused_until = row.paused_until,
        .is_cleared = row.is_cleared,
        .version = row.version,
        .created_at = row.created_at,
    };
    return true;
}

bool offer_find_by_person(const Scope *scope, ProgramId program, PersonId person, OfferId *ret_id) {
    OfferByPerson row;
    if (!offer_by_person(scope->db, program, person, &row)) {
        return false;
    }
    *ret_id = row.id;
    return true;
}

OfferItems offer_items(const Scope *scope, OfferId id) {
    OfferItemListRows rows = offer_item_list(scope->db, id);
    OfferItem *items = NEW_MANY(scope->arena, rows.count, OfferItem);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (OfferItem){.item = rows.items[at].item,
                                .kind = (OfferItemKind)rows.items[at].kind,
                                .audience = (OfferAudience)rows.items[at].audience};
    }
    return (OfferItems){.items = items, .count = rows.count};
}

OfferResult offer_change(const Scope *scope, Tx *tx, OfferId id, int64_t version,
                         const OfferContent *content) {
    Offer offer;
    if (!offer_find(scope, id, &offer) || offer.version != version) {
        return OFFER_STALE;
    }
    int64_t changed =
        offer_set_content(tx, &(OfferSetContent){
                                  .id = id,
                                  .before = version,
                                  .relation = fitting_relation(scope, offer.program, content->relation),
                                  .about = str_is_none(content->about) ? STR("") : content->about,
                                  .capacity = fitting_capacity(scope, offer.program, content->capacity),
                              });
    if (changed != 1) {
        return OFFER_STALE;
    }
    offer_item_clear_said(tx, id);
    add_items(scope, tx, offer.program, id, content->items);
    offer_touched(tx, id);
    offer_load_changed(scope, tx, id);
    return OFFER_DONE;
}

/* ---- standing ---- */

static OfferStanding standing_of(int64_t load, int64_t capacity) {
    return load >= capacity ? OFFER_FULL : OFFER_FREE;
}

/* Counts the load again; `wanted` is what the person switched to, FREE for none of the switches. */
static void set_standing(const Scope *scope, Tx *tx, OfferId id, OfferStanding wanted, Time until) {
    OfferById row;
    OfferCount counted;
    if (!offer_by_id(scope->db, id, &row) || !offer_count(scope->db, id, &counted)) {
        return;
    }
    int64_t load = counted.walking + counted.pending;
    bool is_off = wanted == OFFER_PAUSED || wanted == OFFER_ENDED;
    OfferStanding standing = is_off ? wanted : standing_of(load, row.capacity);
    bool is_same = row.load == load && row.listed == counted.listed && row.pending == counted.pending &&
                   row.standing == (int64_t)standing && row.paused_until.us == until.us;
    if (!is_same) {
        offer_set_standing(tx, &(OfferSetStanding){
                                   .id = id,
                                   .load = load,
                                   .listed = counted.listed,
                                   .pending = counted.pending,
                                   .standing = (int64_t)standing,
                                   .paused_until = until,
                               });
        offer_touched(tx, id);
    }
}

void offer_load_changed(const Scope *scope, Tx *tx, OfferId id) {
    OfferById row;
    if (offer_by_id(scope->db, id, &row)) {
        set_standing(scope, tx, id, (OfferStanding)row.standing, row.paused_until);
    }
}

void offer_pause(const Scope *scope, Tx *tx, OfferId id, Time until) {
    set_standing(scope, tx, id, OFFER_PAUSED, until);
}

void offer_unpause(const Scope *scope, Tx *tx, OfferId id) {
    set_standing(scope, tx, id, OFFER_FREE, TIME_NONE);
}

void offer_end(const Scope *scope, Tx *tx, OfferId id) {
    set_standing(scope, tx, id, OFFER_ENDED, TIME_NONE);
}

OfferResult offer_set_cleared(const Scope *scope, Tx *tx, OfferId id, int64_t version, bool is_cleared) {
    (void)scope;
    if (offer_set_clearance(tx, id, version, is_cleared) != 1) {
        return OFFER_STALE;
    }
    offer_touched(tx, id);
    return OFFER_DONE;
}

OfferResult offer_set_funding(const Scope *scope, Tx *tx, OfferId id, int64_t version,
                              const ListItemId *items, size_t count) {
    Offer offer;
    if (!offer_find(scope, id, &offer) || offer_set_version(tx, id, version) != 1) {
        return OFFER_STALE;
    }
    offer_item_clear_funding(tx, id);
    for (size_t at = 0; at < count; at++) {
        if (program_has_item(scope, offer.program, LIST_FUNDING, items[at])) {
            offer_item_insert(tx, id, items[at], OFFER_HAS, OFFER_FOR_COORDINATOR);
        }
    }
    offer_touched(tx, id);
    return OFFER_DONE;
}

OfferResult offer_set_capacity(const Scope *scope, Tx *tx, OfferId id, int64_t version, int64_t capacity) {
    if (offer_set_places(tx, id, version, capacity < MOST_CAPACITY ? capacity : MOST_CAPACITY) != 1) {
        return OFFER_STALE;
    }
    offer_touched(tx, id);
    offer_load_changed(scope, tx, id);
    return OFFER_DONE;
}

void offer_set_price(Tx *tx, OfferId id, int64_t price) {
    if (offer_put_price(tx, id, price) > 0) {
        offer_touched(tx, id);
    }
}

void offer_wake(Scope *scope, Tx *tx) {
    OfferListToWakeRows rows = offer_list_to_wake(scope->db, scope->now);
    for (size_t at = 0; at < rows.count; at++) {
        const AccessSubjects subjects = access_subjects(scope, OBJECT_OFFER, rows.items[at].id.value);
        offer_unpause(scope, tx, rows.items[at].id);
        audit_add_about(scope, tx,
                        &(AuditEntry){.action = STR("offer_woken"),
                                      .kind = OBJECT_OFFER,
                                      .object = rows.items[at].id.value},
                        &subjects);
    }
}

void offer_remove(Tx *tx, OfferId id) {
    offer_pool_next(tx, id);
    offer_pool_remake(tx, id);
    offer_item_clear(tx, id);
    offer_delete(tx, id);
}
