/* SPDX-License-Identifier: Apache-2.0 */
/* Turns a request with its wishes, its second layer and its history into what the engine is asked. */
#include "features/asked/asked.h"

#include "asked_sql.h"

/* Which side of a life each list speaks of. */
static const MatchingFacet facets[LIST_ASKED_COUNT] = {
    [LIST_EXPERIENCE] = FACET_EXPERIENCE,
    [LIST_SYSTEM] = FACET_SYSTEM,
    [LIST_ROLE] = FACET_ROLE,
    [LIST_LANGUAGE] = FACET_LANGUAGE,
    [LIST_RELATION] = FACET_RELATION,
    [LIST_AGE] = FACET_AGE,
    [LIST_TIME] = FACET_TIME,
    [LIST_CHANNEL] = FACET_CHANNEL,
    [LIST_REGION] = FACET_REGION,
    [LIST_CULTURE] = FACET_CULTURE,
    [LIST_GENDER] = FACET_GENDER,
    [LIST_FUNDING] = FACET_FUNDING,
};

MatchingFacet asked_facet(ListKind list) {
    return facets[list];
}

static bool wishes_anything_in(const MatchingWish *wishes, size_t count, MatchingFacet facet) {
    for (size_t at = 0; at < count; at++) {
        if (wishes[at].facet == facet) {
            return true;
        }
    }
    return false;
}

/* An item counts once, in the kind in which it came first. */
static void add_wish(MatchingWishes *wishes, MatchingWish *room, MatchingWish wish) {
    for (size_t at = 0; at < wishes->count; at++) {
        if (room[at].item == wish.item) {
            return;
        }
    }
    room[wishes->count++] = wish;
    wishes->items = room;
}

/* What the family said, then what was coded beside it. A relation or age that a coordinator coded only
 * counts where the family said nothing itself. `own` is the language it wrote in, first among those it
 * named; whoever named none is taken to speak that. */
static MatchingWishes wishes_of(const Scope *scope, const Request *request, ListItemId own) {
    RequestItems said = request_wishes(scope, request->id);
    RequestItems codes = request_codes(scope, request->id);
    MatchingWish *room = NEW_MANY(scope->arena, said.count + codes.count + 3, MatchingWish);
    MatchingWishes wishes = {.items = room};
    if (request->relation.value != 0) {
        add_wish(&wishes, room, (MatchingWish){.item = request->relation.value, .facet = FACET_RELATION});
    }
    if (request->age.value != 0) {
        add_wish(&wishes, room, (MatchingWish){.item = request->age.value, .facet = FACET_AGE});
    }
    for (size_t at = 0; at < said.count; at++) {
        const RequestItem *one = &said.items[at];
        bool is_first = one->kind == REQUEST_WISH_FIRST || list_item_id_equal(one->item, own);
        add_wish(&wishes, room,
                 (MatchingWish){.item = one->item.value,
                                .facet = facets[one->list],
                                .kind = is_first ? WISH_FIRST : WISH_CHOSEN,
                                .is_required = one->is_required});
    }
    const bool has_relation = request->relation.value != 0;
    const bool has_age = request->age.value != 0;
    for (size_t at = 0; at < codes.count; at++) {
        const RequestItem *one = &codes.items[at];
        if (!(one->list == LIST_RELATION && has_relation) && !(one->list == LIST_AGE && has_age)) {
            add_wish(&wishes, room,
                     (MatchingWish){.item = one->item.value, .facet = facets[one->list], .kind = WISH_CODED});
        }
    }
    if (own.value != 0 && !wishes_anything_in(room, wishes.count, FACET_LANGUAGE)) {
        add_wish(&wishes, room,
                 (MatchingWish){.item = own.value, .facet = FACET_LANGUAGE, .kind = WISH_FIRST});
    }
    return wishes;
}

static unsigned unlike_bits(const Scope *scope, RequestId request) {
    unsigned lists = request_unlike(scope, request);
    unsigned unlike = 0;
    for (int list = LIST_EXPERIENCE; list < LIST_ASKED_COUNT; list++) {
        unlike |= (lists & (1U << list)) != 0 ? 1U << facets[list] : 0;
    }
    return unlike;
}

static MatchingKeys apart_of(const Scope *scope, PersonId person) {
    AskedApartRows rows = asked_apart(scope->db, person);
    int64_t *persons = NEW_MANY(scope->arena, rows.count, int64_t);
    for (size_t at = 0; at < rows.count; at++) {
        persons[at] = rows.items[at].other.value;
    }
    return (MatchingKeys){.items = persons, .count = rows.count};
}

static MatchingKeys passed_of(const Scope *scope, RequestId request) {
    AskedPassedRows rows = asked_passed(scope->db, request);
    int64_t *offers = NEW_MANY(scope->arena, rows.count, int64_t);
    for (size_t at = 0; at < rows.count; at++) {
        offers[at] = rows.items[at].offer.value;
    }
    return (MatchingKeys){.items = offers, .count = rows.count};
}

static MatchingKeys known_of(const Scope *scope, PersonId person) {
    AskedKnownRows rows = asked_known(scope->db, person);
    int64_t *persons = NEW_MANY(scope->arena, rows.count, int64_t);
    for (size_t at = 0; at < rows.count; at++) {
        persons[at] = rows.items[at].giver.value;
    }
    return (MatchingKeys){.items = persons, .count = rows.count};
}

MatchingRequest asked_of(const Scope *scope, const Request *request) {
    ListItemId own = program_language(scope, request->program, request->lang);
    return (MatchingRequest){
        .key = request->id.value,
        .person = request->person.value,
        .wishes = wishes_of(scope, request, own),
        .unlike = unlike_bits(scope, request->id),
        .apart = apart_of(scope, request->person),
        .passed = passed_of(scope, request->id),
        .known = known_of(scope, request->person),
        .waiting_days = time_between(request->created_at, scope->now) / TIME_DAY,
        .is_urgent = request->is_urgent,
    };
}
