/* SPDX-License-Identifier: Apache-2.0 */
/* The stories: which steps lead from asking to each of the ends a request can stand at. */
#include "features/demo/demo_parts.h"

/* So long together, and never all of the time that is left until the present. */
static Time end_of_walk(Demo *demo) {
    const int64_t left = time_between(demo->scope.now, demo->end);
    const int64_t wanted = 4 * TIME_WEEK + demo_below(demo, 24 * TIME_WEEK);
    const int64_t most = left / 100 * (40 + demo_below(demo, 50));
    return time_after(demo->scope.now, wanted < most ? wanted : most);
}

static void withdraw_or_pause(Demo *demo, DemoFamily *family, RequestState state) {
    if (demo_chance(demo, 50) && demo_list(demo, family)) {
        demo_leave_list(demo, family);
    } else {
        demo_pass(demo, TIME_DAY, 12 * TIME_DAY);
    }
    demo_move(demo, family, state);
}

/* A list, a choice, and a yes; now and then a no before it. False: it got stuck on the way. */
static bool find_someone(Demo *demo, DemoFamily *family) {
    if (!demo_list(demo, family) || !demo_choose(demo, family)) {
        return false;
    }
    if (demo_chance(demo, 8)) {
        demo_answer(demo, family, INVITATION_DECLINED);
        if (family->state != REQUEST_LISTED || !demo_choose(demo, family)) {
            return false;
        }
    }
    demo_answer(demo, family, INVITATION_ACCEPTED);
    return true;
}

/* The first walk ends; a second one begins, or the coordinator looks for someone. */
static void walk_and_look_again(Demo *demo, DemoFamily *family, bool is_by_giver) {
    const PersonId giver = demo->program.givers[family->listed[family->chosen_entry]].person;
    demo_walk(demo, family, DEMO_WALK_ENDED, end_of_walk(demo));
    demo_note(demo, family, is_by_giver ? giver : family->person,
              is_by_giver ? REQUEST_NOTE_STOPPED : REQUEST_NOTE_ANOTHER, STR(""));
    demo_move(demo, family, REQUEST_TAKEN);
    if (!is_by_giver && find_someone(demo, family)) {
        demo_walk(demo, family, DEMO_WALK_RUNNING, demo->end);
    }
}

static void turn_around(Demo *demo, DemoFamily *family) {
    demo_pass(demo, TIME_DAY, 20 * TIME_DAY);
    demo_giver_add(demo, family->person, family->lang, family->mail);
}

/* A shortlist is with the family: how far it goes from there. */
static void live_with_list(Demo *demo, DemoFamily *family) {
    if (family->fate == DEMO_NONE_OF_THESE) {
        demo_none_of_these(demo, family);
        return;
    }
    if (family->fate == DEMO_NOT_THIS_PERSON) {
        demo_not_this_person(demo, family);
        return;
    }
    if (family->fate == DEMO_LISTED || !demo_choose(demo, family)) {
        return;
    }
    if (family->fate == DEMO_ANOTHER_TIME) {
        demo_answer(demo, family, INVITATION_ANOTHER_TIME);
    } else if (family->fate == DEMO_SAID_NO) {
        demo_answer(demo, family, INVITATION_DECLINED);
    }
}

static void end_call(Demo *demo, DemoFamily *family) {
    demo_take(demo, family);
    demo_note(demo, family, family->coordinator, REQUEST_NOTE_REACHED,
              demo_say(demo, DEMO_REACHED, family->lang));
    demo_move(demo, family, REQUEST_ENDED);
}

static void end_together(Demo *demo, DemoFamily *family) {
    demo_walk(demo, family, DEMO_WALK_ENDED, end_of_walk(demo));
    demo_move(demo, family, REQUEST_ENDED);
    if (family->fate == DEMO_TURNED) {
        turn_around(demo, family);
    }
}

/* Someone was found: what became of the two. */
static void live_together(Demo *demo, DemoFamily *family) {
    if (family->fate == DEMO_SILENT) {
        demo_walk(demo, family, DEMO_WALK_SILENT, demo->end);
    } else if (family->fate == DEMO_MATCH_PAUSED) {
        demo_walk(demo, family, DEMO_WALK_PAUSED, end_of_walk(demo));
    } else if (family->fate == DEMO_ENDED || family->fate == DEMO_TURNED) {
        end_together(demo, family);
    } else if (family->fate == DEMO_CHANGED || family->fate == DEMO_GAVE_BACK) {
        walk_and_look_again(demo, family, family->fate == DEMO_GAVE_BACK);
    } else {
        demo_walk(demo, family, DEMO_WALK_RUNNING, demo->end);
    }
}

static void live_on(Demo *demo, DemoFamily *family) {
    switch (family->fate) {
    case DEMO_CALL_DONE:
        end_call(demo, family);
        break;
    case DEMO_TAKEN:
        demo_take(demo, family);
        break;
    case DEMO_PAUSED:
        demo_take(demo, family);
        withdraw_or_pause(demo, family, REQUEST_PAUSED);
        break;
    case DEMO_WITHDRAWN:
        demo_take(demo, family);
        withdraw_or_pause(demo, family, REQUEST_WITHDRAWN);
        break;
    case DEMO_LISTED:
    case DEMO_INVITED:
    case DEMO_ANOTHER_TIME:
    case DEMO_NONE_OF_THESE:
    case DEMO_NOT_THIS_PERSON:
    case DEMO_SAID_NO:
        demo_take(demo, family);
        if (demo_list(demo, family)) {
            live_with_list(demo, family);
        }
        break;
    case DEMO_SILENT:
    case DEMO_WALKING:
    case DEMO_MATCH_PAUSED:
    case DEMO_ENDED:
    case DEMO_TURNED:
    case DEMO_CHANGED:
    case DEMO_GAVE_BACK:
    case DEMO_GIVES_TOO:
        demo_take(demo, family);
        if (find_someone(demo, family)) {
            live_together(demo, family);
        }
        break;
    case DEMO_NEW:
    case DEMO_CALL_NEW:
    case DEMO_FATE_COUNT:
        break;
    }
}

void demo_live(Demo *demo, DemoFamily *family) {
    demo->scope.now = family->asked;
    demo_ask(demo, family);
    live_on(demo, family);
    demo_request_keep(demo, family);
    if (family->state == REQUEST_MATCHED && family->fate == DEMO_WALKING) {
        DemoGiver *giver = &demo->program.givers[family->listed[family->chosen_entry]];
        if (str_is_none(giver->walks_with) && family->lang == LANG_EN) {
            giver->walks_with = str_copy(demo->keep, family->mail);
        }
    }
    const bool is_both = family->fate == DEMO_GIVES_TOO && family->state == REQUEST_MATCHED;
    if (is_both && demo->both.value == 0) {
        demo->both = family->person;
        demo->both_mail = str_copy(demo->keep, family->mail);
    }
}
