/* SPDX-License-Identifier: Apache-2.0 */
/* Sheets with which demo families get ready for a meeting, and what they practice. Drawn from the match's own
 * id: nothing else of the demo changes with them. */
#include "features/demo/demo_parts.h"
#include "features/goal/goal_practice.h"
#include "features/sheet/sheet.h"
#include "platform/zone/zone.h"
#include "demo_sql.h"
#include "texts.h"

/* Behind those of demo_own.c, demo_goodbye.c and demo_hard.c. */
enum { SHEET_SEED = 9, PRACTICE_SEED = 10, SHEETS = 2, TRIES = 3 };

/* The first is to come, the second was. */
static const struct {
    SheetKind kind;
    int in_days;
    Text called;
    Text want;
    Text questions;
    Text speak_me;
    Text speak_giver;
    Text speak_kin;
    Text bring;
    Text decided; /* TEXT_NONE: it is to come */
    Text step;
} sheets[SHEETS] = {
    {.kind = SHEET_SCHOOL,
     .in_days = 9,
     .called = TEXT_DEMO_SHEET_SCHOOL,
     .want = TEXT_DEMO_SHEET_SCHOOL_WANT,
     .questions = TEXT_DEMO_SHEET_SCHOOL_QUESTIONS,
     .speak_me = TEXT_DEMO_SHEET_SCHOOL_ME,
     .speak_giver = TEXT_DEMO_SHEET_SCHOOL_GIVER,
     .speak_kin = TEXT_DEMO_SHEET_SCHOOL_KIN,
     .bring = TEXT_DEMO_SHEET_SCHOOL_BRING},
    {.kind = SHEET_TEAM,
     .in_days = -6,
     .called = TEXT_DEMO_SHEET_TEAM,
     .want = TEXT_DEMO_SHEET_TEAM_WANT,
     .questions = TEXT_DEMO_SHEET_TEAM_QUESTIONS,
     .speak_me = TEXT_DEMO_SHEET_TEAM_ME,
     .speak_giver = TEXT_DEMO_SHEET_TEAM_GIVER,
     .speak_kin = TEXT_DEMO_SHEET_TEAM_KIN,
     .bring = TEXT_DEMO_SHEET_TEAM_BRING,
     .decided = TEXT_DEMO_SHEET_TEAM_DECIDED,
     .step = TEXT_DEMO_SHEET_TEAM_STEP},
};

/* What is in the way of getting there, and what was tried. */
static void barrier_add_one(Demo *demo, const DemoFamily *family, Random *random) {
    const BarrierId id = {random_id(random)};
    const Time written = time_before(demo->end, 7 * TIME_DAY);
    demo_barrier_insert(demo->tx, id, family->person, text_str(family->lang, TEXT_DEMO_BARRIER), written);
    demo_barrier_try_insert(demo->tx,
                            &(DemoBarrierTryInsert){.id = {random_id(random)},
                                                    .barrier = id,
                                                    .person = family->person,
                                                    .words = text_str(family->lang, TEXT_DEMO_BARRIER_TRY),
                                                    .came_of = text_str(family->lang, TEXT_DEMO_BARRIER_CAME),
                                                    .now = time_after(written, TIME_DAY)});
}

/* A third of them practice speaking up; half of these let their supporter read along. */
static void practice_add(Demo *demo, const DemoFamily *family) {
    static const struct {
        int days_ago;
        Text words;
        Text helped; /* TEXT_NONE: nothing did */
    } tries[TRIES] = {{16, TEXT_DEMO_PRACTICE_FIRST, TEXT_NONE},
                      {9, TEXT_DEMO_PRACTICE_SECOND, TEXT_DEMO_PRACTICE_SECOND_HELPED},
                      {2, TEXT_DEMO_PRACTICE_THIRD, TEXT_DEMO_PRACTICE_THIRD_HELPED}};
    Random random = random_seeded((uint64_t)family->match.value + PRACTICE_SEED);
    if (random_below(&random, 3) != 0) {
        return;
    }
    const GoalId id = {random_id(&random)};
    const GoalStepId step = {random_id(&random)};
    const Time since = time_before(demo->end, 20 * TIME_DAY);
    demo_goal_insert(demo->tx, &(DemoGoalInsert){.id = id,
                                                 .person = family->person,
                                                 .words = text_str(family->lang, TEXT_DEMO_PRACTICE),
                                                 .kind = GOAL_TO_PRACTICE,
                                                 .place = 3,
                                                 .state = GOAL_OPEN,
                                                 .now = since});
    demo_goal_step_insert(demo->tx,
                          &(DemoGoalStepInsert){.id = step,
                                                .goal = id,
                                                .person = family->person,
                                                .words = text_str(family->lang, TEXT_DEMO_PRACTICE_STEP),
                                                .who = GOAL_BY_ME,
                                                .now = since});
    for (size_t at = 0; at < TRIES; at++) {
        LocalTime day = zone_local(demo->program.zone, demo->end);
        day = (LocalTime){.date = calendar_date(date_days(day.date) - tries[at].days_ago), .hour = 12};
        const Time noon = zone_moment(demo->program.zone, day);
        const bool helped = tries[at].helped != TEXT_NONE;
        demo_goal_practice_insert(
            demo->tx,
            &(DemoGoalPracticeInsert){.id = {random_id(&random)},
                                      .step = step,
                                      .person = family->person,
                                      .words = text_str(family->lang, tries[at].words),
                                      .helped = helped ? text_str(family->lang, tries[at].helped) : STR(""),
                                      .day = noon,
                                      .now = time_after(noon, TIME_HOUR)});
    }
    if (random_below(&random, 2) == 0) {
        demo_reader_insert(demo->tx, family->match, READER_GOAL, id.value, since);
    }
}

/* A quarter of them got ready for a meeting; half of these let their supporter read along. */
void demo_sheet(Demo *demo, const DemoFamily *family) {
    practice_add(demo, family);
    Random random = random_seeded((uint64_t)family->match.value + SHEET_SEED);
    if (random_below(&random, 4) != 0) {
        return;
    }
    const size_t which = (size_t)random_below(&random, SHEETS);
    const SheetId id = {random_id(&random)};
    const Lang lang = family->lang;
    LocalTime day = zone_local(demo->program.zone, demo->end);
    day = (LocalTime){.date = calendar_date(date_days(day.date) + sheets[which].in_days), .hour = 12};
    const Time written = time_before(demo->end, 8 * TIME_DAY);
    const bool is_over = sheets[which].decided != TEXT_NONE;
    demo_sheet_insert(demo->tx,
                      &(DemoSheetInsert){.id = id,
                                         .person = family->person,
                                         .kind = sheets[which].kind,
                                         .day_at = zone_moment(demo->program.zone, day),
                                         .called = text_str(lang, sheets[which].called),
                                         .want = text_str(lang, sheets[which].want),
                                         .questions = text_str(lang, sheets[which].questions),
                                         .speak_me = text_str(lang, sheets[which].speak_me),
                                         .speak_giver = text_str(lang, sheets[which].speak_giver),
                                         .speak_kin = text_str(lang, sheets[which].speak_kin),
                                         .bring = text_str(lang, sheets[which].bring),
                                         .decided = is_over ? text_str(lang, sheets[which].decided) : STR(""),
                                         .now = written});
    if (is_over) {
        demo_sheet_step_insert(demo->tx, &(DemoSheetStepInsert){.id = {random_id(&random)},
                                                                .sheet = id,
                                                                .person = family->person,
                                                                .words = text_str(lang, sheets[which].step),
                                                                .who = SHEET_ELSE,
                                                                .due_at = time_after(demo->end, 7 * TIME_DAY),
                                                                .now = time_before(demo->end, 5 * TIME_DAY)});
    }
    if (random_below(&random, 2) == 0) {
        demo_reader_insert(demo->tx, family->match, READER_SHEET, id.value, written);
    }
    barrier_add_one(demo, family, &random);
}
