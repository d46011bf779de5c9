/* SPDX-License-Identifier: Apache-2.0 */
/* Shortlists with the real matcher's reasons, the family's choice among them, and the supporter's answer. */
#include "demo_sql.h"
#include "features/demo/demo_parts.h"
#include "matching/oracle.h"

/* So many are looked at for one shortlist, not everybody: a state has 5,000 supporters and 50,000
 * requests. */
enum { POOL_MOST = 12, SEEDS = 1 << 16 };

static bool was_passed(const DemoFamily *family, size_t giver) {
    for (size_t at = 0; at < family->passed_count; at++) {
        if (family->passed[at] == giver) {
            return true;
        }
    }
    return false;
}

static bool is_there(const Demo *demo, const DemoGiver *giver) {
    return giver->is_cleared && !time_is_before(demo->scope.now, giver->since) &&
           time_is_before(demo->scope.now, giver->away_since) && demo_place(demo, giver) >= 0;
}

static bool speaks(const DemoGiver *giver, int64_t language) {
    return giver->speaks[0] == language || (giver->speaks_count > 1 && giver->speaks[1] == language);
}

/* Whoever shares nothing that the family named would not be listed. */
static bool shares_experience(const DemoGiver *giver, const DemoFamily *family) {
    for (size_t lived = 0; lived < giver->lived_count; lived++) {
        for (size_t chosen = 0; chosen < family->chosen_count; chosen++) {
            if (giver->lived[lived] == family->chosen[chosen].value) {
                return true;
            }
        }
    }
    return false;
}

/* A time, whom to walk with and how to talk are asked of everyone; the rest only where it must be so. */
static bool shares_what_must_be(const DemoGiver *giver, const DemoFamily *family) {
    if (giver->times[0] != family->time.value && giver->times[1] != family->time.value) {
        return false;
    }
    for (size_t at = 0; at < family->more_count; at++) {
        const MatchingWish *wish = &family->more[at];
        bool is_needed = wish->is_required || wish->facet == FACET_ROLE || wish->facet == FACET_CHANNEL;
        bool has_it = false;
        for (size_t item = 0; item < giver->more_count; item++) {
            has_it = has_it || giver->more[item].item == wish->item;
        }
        if (is_needed && !has_it) {
            return false;
        }
    }
    return true;
}

bool demo_few_fit(const Demo *demo, const DemoFamily *family) {
    enum { FEW = 3 };
    size_t found = 0;
    for (size_t at = 0; at < demo->program.giver_count && found < FEW; at++) {
        const DemoGiver *giver = &demo->program.givers[at];
        found += giver->is_cleared && speaks(giver, demo_item(demo, LIST_LANGUAGE, family->lang).value) &&
                 shares_experience(giver, family) && shares_what_must_be(giver, family);
    }
    return found < FEW;
}

static bool may_be_listed(const Demo *demo, const DemoFamily *family, size_t at) {
    const DemoGiver *giver = &demo->program.givers[at];
    return is_there(demo, giver) && !person_id_equal(giver->person, family->person) &&
           speaks(giver, demo_item(demo, LIST_LANGUAGE, family->lang).value) &&
           shares_experience(giver, family) && shares_what_must_be(giver, family) && !was_passed(family, at);
}

static void add_item(MatchingItems *items, MatchingItem *room, int64_t item, MatchingFacet facet) {
    if (item != 0) {
        room[items->count++] = (MatchingItem){.item = item, .facet = facet};
        items->items = room;
    }
}

/* What a giver lived through stands beside the ages: only the list tells one from the other. */
static bool is_age(const Demo *demo, int64_t item) {
    const ListItems *ages = &demo->program.lists[LIST_AGE];
    for (size_t at = 0; at < ages->count; at++) {
        if (ages->items[at].id.value == item) {
            return true;
        }
    }
    return false;
}

static MatchingOffer offer_of(Demo *demo, const DemoGiver *giver, size_t at) {
    enum { TIMES = sizeof giver->times / sizeof giver->times[0] };
    MatchingItem *room =
        NEW_MANY(demo->scope.arena, DEMO_LIVED + giver->speaks_count + TIMES + 1 + DEMO_MORE, MatchingItem);
    MatchingItem *limit = NEW(demo->scope.arena, MatchingItem);
    MatchingOffer offer = {
        .key = (int64_t)at + 1,
        .person = giver->person.value,
        .is_cleared = giver->is_cleared,
        .capacity = giver->capacity,
    };
    for (size_t lived = 0; lived < giver->lived_count; lived++) {
        int64_t item = giver->lived[lived];
        add_item(&offer.has, room, item, is_age(demo, item) ? FACET_AGE : FACET_EXPERIENCE);
    }
    for (size_t spoken = 0; spoken < giver->speaks_count; spoken++) {
        add_item(&offer.has, room, giver->speaks[spoken], FACET_LANGUAGE);
    }
    for (size_t time = 0; time < TIMES; time++) {
        add_item(&offer.has, room, giver->times[time], FACET_TIME);
    }
    add_item(&offer.has, room, giver->relation.value, FACET_RELATION);
    for (size_t more = 0; more < giver->more_count; more++) {
        add_item(&offer.has, room, giver->more[more].item, giver->more[more].facet);
    }
    add_item(&offer.rather_not, limit, giver->rather_not, FACET_EXPERIENCE);
    return offer;
}

typedef struct Offers {
    const MatchingOffer *items;
    size_t count;
} Offers;

/* The first who may be listed, from a place by lot on. */
static Offers offers_for(Demo *demo, const DemoFamily *family) {
    const DemoProgram *program = &demo->program;
    MatchingOffer *offers = NEW_MANY(demo->scope.arena, POOL_MOST, MatchingOffer);
    size_t count = 0;
    const size_t first = (size_t)demo_below(demo, (int64_t)program->giver_count);
    for (size_t step = 0; step < program->giver_count && count < POOL_MOST; step++) {
        const size_t at = (first + step) % program->giver_count;
        if (may_be_listed(demo, family, at)) {
            offers[count++] = offer_of(demo, &program->givers[at], at);
        }
    }
    return (Offers){.items = offers, .count = count};
}

static void add_wish(MatchingWishes *wishes, MatchingWish *room, MatchingWish wish) {
    if (wish.item != 0) {
        room[wishes->count++] = wish;
        wishes->items = room;
    }
}

static MatchingResult proposal(Demo *demo, const DemoFamily *family, uint64_t seed) {
    const ListItemId language = demo_item(demo, LIST_LANGUAGE, family->lang);
    MatchingWish *room = NEW_MANY(demo->scope.arena, family->chosen_count + 4 + DEMO_WISHES, MatchingWish);
    MatchingRequest asked = {
        .key = family->request.value,
        .person = family->person.value,
        .unlike = family->unlike == 0 ? 0U : 1U << FACET_RELATION,
    };
    for (size_t at = 0; at < family->chosen_count; at++) {
        const MatchingWishKind kind = at == 0 && family->has_first ? WISH_FIRST : WISH_CHOSEN;
        add_wish(&asked.wishes, room,
                 (MatchingWish){family->chosen[at].value, FACET_EXPERIENCE, kind, false});
    }
    for (size_t at = 0; at < family->more_count; at++) {
        add_wish(&asked.wishes, room, family->more[at]);
    }
    add_wish(&asked.wishes, room, (MatchingWish){language.value, FACET_LANGUAGE, WISH_FIRST, false});
    add_wish(&asked.wishes, room, (MatchingWish){family->relation.value, FACET_RELATION, WISH_CHOSEN, false});
    add_wish(&asked.wishes, room, (MatchingWish){family->age.value, FACET_AGE, WISH_CHOSEN, false});
    add_wish(&asked.wishes, room, (MatchingWish){family->time.value, FACET_TIME, WISH_CHOSEN, false});
    const Offers offers = offers_for(demo, family);
    return oracle_shortlist(demo->scope.arena, &matching_policy_start, offers.items, offers.count, &asked,
                            seed, SHORTLIST_MOST);
}

static void entry_write(Demo *demo, DemoFamily *family, const MatchingChoice *choice) {
    const size_t giver = (size_t)choice->offer - 1;
    const int64_t position = (int64_t)family->listed_count + 1;
    family->listed[family->listed_count] = giver;
    family->is_out[family->listed_count++] = false;
    demo_entry_insert(demo->tx, family->shortlist, position, demo->program.givers[giver].offer,
                      choice->score);
    for (size_t at = 0; at < choice->reason_count; at++) {
        const MatchingReason *reason = &choice->reasons[at];
        demo_reason_insert(demo->tx, &(DemoReasonInsert){.shortlist = family->shortlist,
                                                         .position = position,
                                                         .reason = reason->kind,
                                                         .item = {reason->item},
                                                         .points = reason->points});
    }
}

bool demo_list(Demo *demo, DemoFamily *family) {
    demo_pass(demo, 2 * TIME_HOUR, 60 * TIME_HOUR);
    const int64_t seed = demo_below(demo, SEEDS);
    const MatchingResult found = proposal(demo, family, (uint64_t)seed);
    if (found.count == 0) {
        return false;
    }
    family->shortlist = (ShortlistId){random_id(&demo->random)};
    family->listed_count = 0;
    demo_shortlist_insert(demo->tx, &(DemoShortlistInsert){.id = family->shortlist,
                                                           .request = family->request,
                                                           .made_by = family->coordinator,
                                                           .policy = matching_policy_start.name,
                                                           .seed = seed,
                                                           .now = demo->scope.now});
    for (size_t at = 0; at < found.count; at++) {
        entry_write(demo, family, &found.choices[at]);
    }
    demo_move(demo, family, REQUEST_LISTED);
    return true;
}

/* ---- the family answers ---- */

/* This one stays away from now on. */
static void pass_over(Demo *demo, DemoFamily *family, size_t entry, EntryAnswer answer) {
    family->is_out[entry] = true;
    if (family->passed_count < DEMO_PASSED) {
        family->passed[family->passed_count++] = family->listed[entry];
    }
    demo_entry_settle(demo->tx, family->shortlist, (int64_t)entry + 1, answer);
}

static size_t count_left(const DemoFamily *family) {
    size_t left = 0;
    for (size_t at = 0; at < family->listed_count; at++) {
        left += !family->is_out[at];
    }
    return left;
}

static void give_back_when_empty(Demo *demo, DemoFamily *family) {
    if (count_left(family) == 0) {
        demo_shortlist_settle(demo->tx, family->shortlist, SHORTLIST_ANSWERED, demo->scope.now);
        demo_note(demo, family, family->person, REQUEST_NOTE_NONE, STR(""));
        demo_move(demo, family, REQUEST_TAKEN);
    }
}

void demo_none_of_these(Demo *demo, DemoFamily *family) {
    demo_pass(demo, TIME_HOUR, 90 * TIME_HOUR);
    for (size_t at = 0; at < family->listed_count; at++) {
        if (!family->is_out[at]) {
            pass_over(demo, family, at, ENTRY_NONE_OF_THESE);
        }
    }
    give_back_when_empty(demo, family);
}

void demo_not_this_person(Demo *demo, DemoFamily *family) {
    demo_pass(demo, TIME_HOUR, 60 * TIME_HOUR);
    const PersonId other = demo->program.givers[family->listed[0]].person;
    pass_over(demo, family, 0, ENTRY_NOT_THIS_PERSON);
    demo_apart_insert(demo->tx, family->person, other, family->person, demo->scope.now);
    demo_apart_insert(demo->tx, other, family->person, family->person, demo->scope.now);
    give_back_when_empty(demo, family);
}

void demo_leave_list(Demo *demo, DemoFamily *family) {
    demo_pass(demo, TIME_HOUR, 6 * TIME_DAY);
    demo_shortlist_settle(demo->tx, family->shortlist, SHORTLIST_REPLACED, TIME_NONE);
}

/* Mostly the first who can, sometimes the next. */
static bool find_choice(Demo *demo, const DemoFamily *family, size_t *ret_entry) {
    bool is_found = false;
    for (size_t at = 0; at < family->listed_count; at++) {
        const DemoGiver *giver = &demo->program.givers[family->listed[at]];
        if (!family->is_out[at] && is_there(demo, giver) && (!is_found || demo_chance(demo, 30))) {
            *ret_entry = at;
            is_found = true;
        }
    }
    return is_found;
}

bool demo_choose(Demo *demo, DemoFamily *family) {
    demo_pass(demo, TIME_HOUR, 90 * TIME_HOUR);
    if (!find_choice(demo, family, &family->chosen_entry)) {
        return false;
    }
    DemoGiver *giver = &demo->program.givers[family->listed[family->chosen_entry]];
    family->place = demo_place(demo, giver);
    giver->places[family->place] = (Time){INT64_MAX};
    family->invitation = (InvitationId){random_id(&demo->random)};
    demo_entry_settle(demo->tx, family->shortlist, (int64_t)family->chosen_entry + 1, ENTRY_CHOSEN);
    demo_shortlist_settle(demo->tx, family->shortlist, SHORTLIST_ANSWERED, demo->scope.now);
    demo_move(demo, family, REQUEST_INVITED);
    demo_invitation_insert(demo->tx, &(DemoInvitationInsert){.id = family->invitation,
                                                             .request = family->request,
                                                             .offer = giver->offer,
                                                             .shortlist = family->shortlist,
                                                             .due_at = family->due_at,
                                                             .now = demo->scope.now});
    demo_consent_choosing(demo, family, giver);
    return true;
}

/* ---- the supporter answers ---- */

static void say_no(Demo *demo, DemoFamily *family) {
    DemoGiver *giver = &demo->program.givers[family->listed[family->chosen_entry]];
    giver->places[family->place] = demo->scope.now;
    pass_over(demo, family, family->chosen_entry, ENTRY_SAID_NO);
    demo_note(demo, family, giver->person, REQUEST_NOTE_SAID_NO, STR(""));
    if (count_left(family) > 0) {
        demo_shortlist_settle(demo->tx, family->shortlist, SHORTLIST_OPEN, TIME_NONE);
        demo_move(demo, family, REQUEST_LISTED);
    } else {
        demo_move(demo, family, REQUEST_TAKEN);
    }
}

void demo_answer(Demo *demo, DemoFamily *family, InvitationState answer) {
    const DemoGiver *giver = &demo->program.givers[family->listed[family->chosen_entry]];
    const bool is_another_time = answer == INVITATION_ANOTHER_TIME;
    demo_pass(demo, TIME_HOUR, 40 * TIME_HOUR);
    demo_invitation_settle(
        demo->tx,
        &(DemoInvitationSettle){.id = family->invitation,
                                .receiver = family->person,
                                .state = answer,
                                .words = is_another_time ? demo_say(demo, DEMO_THEN, giver->lang) : STR(""),
                                .answered_at = is_another_time ? TIME_NONE : demo->scope.now});
    if (answer == INVITATION_ACCEPTED) {
        demo_move(demo, family, REQUEST_MATCHED);
    } else if (answer == INVITATION_DECLINED) {
        say_no(demo, family);
    }
}
