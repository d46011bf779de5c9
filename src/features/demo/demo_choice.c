/* SPDX-License-Identifier: Apache-2.0 */
/* Shortlists with the real matcher's reasons, the family's choice among them, and the supporter's answer. */
#include "demo_sql.h"
#include "features/demo/demo_parts.h"
#include "matching/matching.h"

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

static bool may_be_listed(const Demo *demo, const DemoFamily *family, size_t at) {
    const DemoGiver *giver = &demo->program.givers[at];
    return is_there(demo, giver) && !person_id_equal(giver->person, family->person) &&
           speaks(giver, demo_item(demo, LIST_LANGUAGE, family->lang).value) && !was_passed(family, at);
}

static MatchingOffer offer_of(const DemoGiver *giver, size_t at) {
    return (MatchingOffer){
        .key = (int64_t)at,
        .person = giver->person.value,
        .relation = giver->relation.value,
        .is_cleared = giver->is_cleared,
        .capacity = giver->capacity,
        .lived = {.items = giver->lived, .count = giver->lived_count},
        .speaks = {.items = giver->speaks, .count = giver->speaks_count},
        .free_then = {.items = giver->times, .count = sizeof giver->times / sizeof giver->times[0]},
        .rather_not = {.items = &giver->rather_not, .count = giver->rather_not == 0 ? 0 : 1},
    };
}

/* The first who may be listed, from a place by lot on. */
static MatchingPool pool_of(Demo *demo, const DemoFamily *family) {
    const DemoProgram *program = &demo->program;
    MatchingOffer *offers = NEW_MANY(demo->scope.arena, POOL_MOST, MatchingOffer);
    size_t count = 0;
    const size_t first = (size_t)demo_below(demo, (int64_t)program->giver_count);
    for (size_t step = 0; step < program->giver_count && count < POOL_MOST; step++) {
        const size_t at = (first + step) % program->giver_count;
        if (may_be_listed(demo, family, at)) {
            offers[count++] = offer_of(&program->givers[at], at);
        }
    }
    return (MatchingPool){.items = offers, .count = count};
}

static MatchingResult proposal(Demo *demo, const DemoFamily *family, uint64_t seed) {
    int64_t *chosen = NEW_MANY(demo->scope.arena, 4, int64_t);
    for (size_t at = 0; at < family->chosen_count; at++) {
        chosen[at] = family->chosen[at].value;
    }
    chosen[2] = demo_item(demo, LIST_LANGUAGE, family->lang).value;
    chosen[3] = family->time.value;
    const MatchingRequest asked = {
        .person = family->person.value,
        .chosen = {.items = chosen, .count = family->chosen_count},
        .languages = {.items = &chosen[2], .count = 1},
        .language = chosen[2],
        .relation = family->relation.value,
        .age = family->age.value,
        .times = {.items = &chosen[3], .count = 1},
        .unlike = family->unlike == 0 ? 0U : (unsigned)MATCHING_UNLIKE_RELATION,
    };
    const MatchingPool pool = pool_of(demo, family);
    return matching_shortlist(demo->scope.arena, &pool, &asked, &matching_policy_plain, seed, SHORTLIST_MOST);
}

static void entry_write(Demo *demo, DemoFamily *family, const MatchingChoice *choice) {
    const size_t giver = (size_t)choice->offer;
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
                                                           .policy = str_of(matching_policy_plain.name),
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
    demo_invitation_settle(demo->tx, family->invitation, answer,
                           is_another_time ? demo_say(demo, DEMO_THEN, giver->lang) : STR(""),
                           is_another_time ? TIME_NONE : demo->scope.now);
    if (answer == INVITATION_ACCEPTED) {
        demo_move(demo, family, REQUEST_MATCHED);
    } else if (answer == INVITATION_DECLINED) {
        say_no(demo, family);
    }
}
