/* SPDX-License-Identifier: Apache-2.0 */
/* What a demo family that walks with somebody keeps for itself: goals with steps, and the people around it.
 * Drawn from the match's own id: nothing else of the demo changes with it. */
#include "features/circle/circle.h"
#include "features/demo/demo_parts.h"
#include "features/goal/goal.h"
#include "features/toolbox/toolbox.h"
#include "demo_sql.h"
#include "texts.h"

enum {
    GOAL_SEED = 4,
    CIRCLE_SEED = 5,
    PROPOSAL_SEED = 6,
    TOOLBOX_SEED = 7,
    CARRY_SEED = 8,
    CARDS = 4,
    GOALS = 4,
    AROUND = 7,
    SINCE_MOST_DAYS = 400
};

/* Each with its first step. */
static const struct {
    GoalKind kind;
    Text words;
    Text step;
    GoalWho who;
    Text proposed; /* by who walks with them */
} goals[GOALS] = {
    {GOAL_FOR_CHILD, TEXT_DEMO_GOAL_SCHOOL, TEXT_DEMO_GOAL_SCHOOL_STEP, GOAL_BY_ME,
     TEXT_DEMO_GOAL_SCHOOL_PROPOSED},
    {GOAL_FOR_FAMILY, TEXT_DEMO_GOAL_DINNER, TEXT_DEMO_GOAL_DINNER_STEP, GOAL_BY_ME,
     TEXT_DEMO_GOAL_DINNER_PROPOSED},
    {GOAL_FOR_MYSELF, TEXT_DEMO_GOAL_EVENING, TEXT_DEMO_GOAL_EVENING_STEP, GOAL_BY_OTHER,
     TEXT_DEMO_GOAL_EVENING_PROPOSED},
    {GOAL_FOR_CHILD, TEXT_DEMO_GOAL_FRIEND, TEXT_DEMO_GOAL_FRIEND_STEP, GOAL_BY_GIVER,
     TEXT_DEMO_GOAL_FRIEND_PROPOSED},
};

static const struct {
    ToolboxKind kind;
    Text words;
} cards[CARDS] = {
    {TOOLBOX_CALMS, TEXT_DEMO_CARD_STAIRS},
    {TOOLBOX_CHILD, TEXT_DEMO_CARD_BLANKET},
    {TOOLBOX_PEOPLE, TEXT_DEMO_CARD_BENCH},
    {TOOLBOX_HOME, TEXT_DEMO_CARD_PLAN},
};

static const struct {
    CircleKind kind;
    CircleNear near;
    Text called;
    Text helps;
} around[AROUND] = {
    {CIRCLE_FAMILY, CIRCLE_CLOSE, TEXT_DEMO_AROUND_GRANDMA, TEXT_DEMO_AROUND_GRANDMA_HELPS},
    {CIRCLE_FAMILY, CIRCLE_NEAR, TEXT_DEMO_AROUND_BROTHER, TEXT_DEMO_AROUND_BROTHER_HELPS},
    {CIRCLE_FRIEND, CIRCLE_CLOSE, TEXT_DEMO_AROUND_FRIEND, TEXT_DEMO_AROUND_FRIEND_HELPS},
    {CIRCLE_NEIGHBOR, CIRCLE_NEAR, TEXT_DEMO_AROUND_NEIGHBOR, TEXT_DEMO_AROUND_NEIGHBOR_HELPS},
    {CIRCLE_WORK, CIRCLE_FAR, TEXT_DEMO_AROUND_COACH, TEXT_DEMO_AROUND_COACH_HELPS},
    {CIRCLE_FAITH, CIRCLE_NEAR, TEXT_DEMO_AROUND_CHOIR, TEXT_DEMO_AROUND_CHOIR_HELPS},
    {CIRCLE_FAMILY, CIRCLE_FAR, TEXT_DEMO_AROUND_UNCLE, TEXT_DEMO_AROUND_UNCLE_HELPS},
};

/* Opened to who walks with them, who proposed a step. */
static void goal_open(Demo *demo, const DemoFamily *family, PersonId giver, GoalId goal, Text proposed) {
    Random random = random_seeded((uint64_t)goal.value + PROPOSAL_SEED);
    demo_reader_insert(demo->tx, family->match, READER_GOAL, goal.value, time_before(demo->end, TIME_DAY));
    demo_goal_proposal_insert(demo->tx, &(DemoGoalProposalInsert){.id = {random_id(&random)},
                                                                  .goal = goal,
                                                                  .match = family->match,
                                                                  .person = family->person,
                                                                  .by_person = giver,
                                                                  .words = text_str(family->lang, proposed),
                                                                  .who = GOAL_BY_GIVER,
                                                                  .state = GOAL_PROPOSAL_WAITS,
                                                                  .now = time_before(demo->end, TIME_HOUR)});
}

/* Half of them wrote down what they want: one or two goals. */
static void goals_add(Demo *demo, const DemoFamily *family, PersonId giver) {
    Random random = random_seeded((uint64_t)family->match.value + GOAL_SEED);
    const size_t first = (size_t)random_below(&random, GOALS);
    const size_t count = (size_t)random_below(&random, 4);
    for (size_t at = 0; at < count && at < 2; at++) {
        const size_t which = (first + at) % GOALS;
        const GoalId id = {random_id(&random)};
        demo_goal_insert(demo->tx, &(DemoGoalInsert){.id = id,
                                                     .person = family->person,
                                                     .words = text_str(family->lang, goals[which].words),
                                                     .kind = goals[which].kind,
                                                     .place = (int64_t)at + 1,
                                                     .state = GOAL_OPEN,
                                                     .now = time_before(demo->end, TIME_DAY)});
        demo_goal_step_insert(demo->tx,
                              &(DemoGoalStepInsert){.id = {random_id(&random)},
                                                    .goal = id,
                                                    .person = family->person,
                                                    .words = text_str(family->lang, goals[which].step),
                                                    .who = goals[which].who,
                                                    .now = time_before(demo->end, TIME_DAY)});
        if (at == 0) {
            goal_open(demo, family, giver, id, goals[which].proposed);
        }
    }
}

/* Half of them wrote down who is there; it grew, and somebody may have gone. */
static void around_add(Demo *demo, const DemoFamily *family) {
    Random random = random_seeded((uint64_t)family->match.value + CIRCLE_SEED);
    const bool has_any = random_below(&random, 2) == 0;
    for (size_t at = 0; has_any && at < AROUND; at++) {
        const bool is_there = random_below(&random, 3) > 0;
        const CircleMemberId id = {random_id(&random)};
        const Time since =
            time_before(demo->end, TIME_DAY * (2 + (int64_t)random_below(&random, SINCE_MOST_DAYS)));
        const bool is_gone = random_below(&random, 8) == 0;
        if (is_there) {
            demo_circle_insert(
                demo->tx, &(DemoCircleInsert){.id = id,
                                              .person = family->person,
                                              .called = text_str(family->lang, around[at].called),
                                              .helps = text_str(family->lang, around[at].helps),
                                              .kind = around[at].kind,
                                              .near = around[at].near,
                                              .since = since,
                                              .gone_at = is_gone ? time_after(since, TIME_DAY) : TIME_NONE});
        }
    }
}

/* Half of them wrote a few cards; the first is open to who walks with them. */
static void toolbox_fill(Demo *demo, const DemoFamily *family) {
    Random random = random_seeded((uint64_t)family->match.value + TOOLBOX_SEED);
    const size_t count = (size_t)random_below(&random, 2) * CARDS;
    for (size_t at = 0; at < count; at++) {
        const ToolboxCardId id = {random_id(&random)};
        const Time now = time_before(demo->end, TIME_DAY);
        demo_toolbox_insert(demo->tx, &(DemoToolboxInsert){.id = id,
                                                           .person = family->person,
                                                           .words = text_str(family->lang, cards[at].words),
                                                           .kind = cards[at].kind,
                                                           .is_trial = at + 1 == CARDS,
                                                           .place = (int64_t)at + 1,
                                                           .now = now});
        if (at == 0) {
            demo_reader_insert(demo->tx, family->match, READER_CARD, id.value, now);
        }
    }
}

/* A third of them told who walks with them what to know. */
static void carry_add(Demo *demo, const DemoFamily *family) {
    Random random = random_seeded((uint64_t)family->match.value + CARRY_SEED);
    const CarryId id = {random_id(&random)};
    if (random_below(&random, 3) == 0) {
        demo_carry_insert(demo->tx, &(DemoCarryInsert){.id = id,
                                                       .match = family->match,
                                                       .person = family->person,
                                                       .words = text_str(family->lang, TEXT_DEMO_CARRY),
                                                       .now = time_before(demo->end, TIME_DAY)});
    }
}

void demo_own(Demo *demo, const DemoFamily *family, PersonId giver) {
    goals_add(demo, family, giver);
    around_add(demo, family);
    toolbox_fill(demo, family);
    carry_add(demo, family);
    demo_sheet(demo, family);
}
