/* SPDX-License-Identifier: Apache-2.0 */
/* Two and a half years of a waiting list, week by week. */
#include "matching/simulate.h"

#include "base/random.h"
#include "matching/assignment.h"
#include "matching/deferred.h"
#include "matching/generate.h"
#include "matching/lot.h"
#include "matching/oracle.h"
#include "matching/policy.h"

#include <assert.h>

enum {
    NEVER = INT32_MIN, /* no score */
    DAYS_IN_WEEK = 7,
};

/* What is the same for every queue. */
typedef struct Program {
    const MatchingPolicy *policy;
    const MatchingOffer *offers;
    const MatchingRequest *requests;
    size_t supporters;
    size_t families;
    int32_t *scores;         /* by family and supporter; NEVER where a rule keeps them apart */
    uint32_t *free_at_first; /* by week and supporter: places that become free then */
    uint32_t *tenure;        /* by family: the weeks for which it will hold its place */
    uint64_t seed;
} Program;

/* One queue, as of this week. */
typedef struct Queue {
    const Program *program;
    SimulateQueue kind;
    Arena *arena;
    uint32_t week;
    uint32_t *waiting; /* families, longest first */
    size_t waiting_count;
    uint32_t *freed;  /* by week and supporter */
    uint32_t *places; /* free now, by supporter */
    uint32_t *weeks;  /* waited, by family */
    bool *is_matched;
    int64_t score;
} Queue;

/* ---- what is the same for every queue ---- */

static bool takes_anyone(const MatchingOffer *offer) {
    return offer->is_cleared && !offer->is_paused;
}

static void keep_scores(Arena *arena, Program *program, const MatchingRequest *requests, size_t count) {
    MatchingRequest *kept = NEW_MANY(arena, count, MatchingRequest);
    program->scores = NEW_MANY(arena, count * program->supporters, int32_t);
    program->requests = kept;
    for (size_t at = 0; at < count; at++) {
        int32_t *row = &program->scores[program->families * program->supporters];
        bool has_anyone = false;
        for (size_t supporter = 0; supporter < program->supporters; supporter++) {
            MatchingOffer offer = program->offers[supporter];
            offer.load = 0; /* a place is free, unless it has none at all */
            const bool fits = oracle_rules_against(program->policy, &offer, &requests[at]) == 0;
            row[supporter] =
                fits ? (int32_t)oracle_score(program->policy, &offer, &requests[at], NULL, NULL) : NEVER;
            has_anyone = has_anyone || fits;
        }
        if (has_anyone) {
            kept[program->families++] = requests[at];
        }
    }
}

static uint32_t *board(Arena *arena, const Program *program) {
    return NEW_MANY(arena, SIMULATE_WEEKS * program->supporters, uint32_t);
}

/* How long places are held, and when those that are taken at first become free. */
static void draw_tenures(Arena *arena, Program *program) {
    Random random = random_seeded(program->seed);
    uint64_t places = 0;
    for (size_t at = 0; at < program->supporters; at++) {
        places += takes_anyone(&program->offers[at]) ? (uint64_t)program->offers[at].capacity : 0;
    }
    const uint64_t mean = 2 + places * SIMULATE_WEEKS * SIMULATE_PRESSURE / 100 / program->families;
    program->tenure = NEW_MANY(arena, program->families, uint32_t);
    for (size_t at = 0; at < program->families; at++) {
        program->tenure[at] = (uint32_t)(mean / 2 + random_below(&random, mean));
    }
    program->free_at_first = board(arena, program);
    for (size_t at = 0; at < program->supporters; at++) {
        for (int64_t place = 0; place < program->offers[at].capacity; place++) {
            const uint64_t week = random_below(&random, mean);
            if (week < SIMULATE_WEEKS) {
                program->free_at_first[week * program->supporters + at]++;
            }
        }
    }
}

/* ---- one week ---- */

static uint32_t came(const Program *program, size_t family) {
    return (uint32_t)(family * SIMULATE_WEEKS / program->families);
}

static int32_t score_of(const Queue *queue, uint32_t family, uint32_t supporter) {
    return queue->program->scores[family * queue->program->supporters + supporter];
}

static void take_place(Queue *queue, uint32_t family, uint32_t supporter) {
    const Program *program = queue->program;
    queue->places[supporter]--;
    queue->is_matched[family] = true;
    queue->weeks[family] = queue->week - came(program, family);
    queue->score += score_of(queue, family, supporter);
    const uint32_t ends = queue->week + program->tenure[family];
    if (ends < SIMULATE_WEEKS) {
        queue->freed[ends * program->supporters + supporter]++;
    }
}

static void plan_first_come(Queue *queue) {
    for (size_t at = 0; at < queue->waiting_count; at++) {
        const uint32_t family = queue->waiting[at];
        int32_t most = NEVER;
        uint32_t best = 0;
        for (uint32_t supporter = 0; supporter < queue->program->supporters; supporter++) {
            const int32_t score = queue->places[supporter] > 0 ? score_of(queue, family, supporter) : NEVER;
            best = score > most ? supporter : best;
            most = score > most ? score : most;
        }
        if (most != NEVER) {
            take_place(queue, family, best);
        }
    }
}

/* The family's request as of this week. */
static MatchingRequest request_of(const Queue *queue, uint32_t family) {
    MatchingRequest request = queue->program->requests[family];
    request.waiting_days = (int64_t)(queue->week - came(queue->program, family)) * DAYS_IN_WEEK;
    return request;
}

/* All pairs of those who wait and those who have a place, by value; lots decide between equals. */
static AssignmentInstance week_instance(const Queue *queue) {
    const Program *program = queue->program;
    const size_t most = queue->waiting_count * program->supporters;
    uint32_t *first = NEW_MANY(queue->arena, queue->waiting_count + 1, uint32_t);
    uint32_t *supporter = NEW_MANY(queue->arena, most, uint32_t);
    int32_t *weight = NEW_MANY(queue->arena, most, int32_t);
    uint32_t pairs = 0;
    int64_t greatest = 0;
    for (size_t at = 0; at < queue->waiting_count; at++) {
        const uint32_t family = queue->waiting[at];
        MatchingRequest request = request_of(queue, family);
        if (queue->kind == SIMULATE_BY_SCORE) {
            request.waiting_days = 0;
            request.is_urgent = request.is_in_floor_group = false;
        }
        for (uint32_t to = 0; to < program->supporters; to++) {
            if (queue->places[to] > 0 && score_of(queue, family, to) != NEVER) {
                const int64_t value = policy_value(program->policy, &request, score_of(queue, family, to));
                greatest = value > greatest ? value : greatest;
                supporter[pairs] = to;
                weight[pairs++] = (int32_t)value;
            }
        }
        first[at + 1] = pairs;
    }
    const unsigned bits = policy_lot_bits(greatest);
    for (size_t at = 0; at < queue->waiting_count; at++) {
        const uint64_t draw = lot_family(program->seed, program->requests[queue->waiting[at]].key);
        for (uint32_t pair = first[at]; pair < first[at + 1]; pair++) {
            weight[pair] = lot_weight(weight[pair], draw, program->offers[supporter[pair]].key, bits);
        }
    }
    return (AssignmentInstance){.families = (uint32_t)queue->waiting_count,
                                .supporters = (uint32_t)program->supporters,
                                .capacity = queue->places,
                                .first = first,
                                .supporter = supporter,
                                .weight = weight};
}

/* Who waits longest has the first claim, with what the policy adds for urgency and floor groups. */
static const int64_t *claims_of(const Queue *queue) {
    int64_t *claims = NEW_MANY(queue->arena, queue->waiting_count, int64_t);
    for (size_t at = 0; at < queue->waiting_count; at++) {
        const MatchingRequest request = request_of(queue, queue->waiting[at]);
        claims[at] = policy_value(queue->program->policy, &request, 0);
    }
    return claims;
}

static void plan_week(Queue *queue) {
    const AssignmentInstance instance = week_instance(queue);
    const bool is_deferred =
        queue->kind == SIMULATE_BY_POLICY && queue->program->policy->method == METHOD_NO_ENVY;
    const uint32_t *partner = is_deferred ? deferred_solve(queue->arena, &instance, claims_of(queue)).partner
                                          : assignment_solve(queue->arena, &instance).partner;
    for (size_t at = 0; at < queue->waiting_count; at++) {
        if (partner[at] != ASSIGNMENT_ALONE) {
            take_place(queue, queue->waiting[at], partner[at]);
        }
    }
}

/* Places become free, families come, a plan is made, and who was matched leaves the list. */
static void live_week(Queue *queue, uint32_t *next) {
    const Program *program = queue->program;
    for (size_t at = 0; at < program->supporters; at++) {
        queue->places[at] += queue->freed[queue->week * program->supporters + at];
    }
    while (*next < program->families && came(program, *next) == queue->week) {
        queue->waiting[queue->waiting_count++] = (*next)++;
    }
    if (queue->kind == SIMULATE_FIRST_COME) {
        plan_first_come(queue);
    } else {
        plan_week(queue);
    }
    size_t left = 0;
    for (size_t at = 0; at < queue->waiting_count; at++) {
        if (!queue->is_matched[queue->waiting[at]]) {
            queue->waiting[left++] = queue->waiting[at];
        }
    }
    queue->waiting_count = left;
    arena_reset(queue->arena);
}

/* ---- what came of it ---- */

static int compare_weeks(const void *left, const void *right) {
    const uint32_t one = *(const uint32_t *)left;
    const uint32_t other = *(const uint32_t *)right;
    return one < other ? -1 : one > other;
}

/* The weeks that `percent` of the families of a group waited at most. */
static int64_t weeks_at(const uint32_t *sorted, size_t count, size_t percent) {
    return count == 0 ? 0 : sorted[(count * percent + 99) / 100 - 1];
}

/* Of one group, or of all when it is NULL. */
static void count_weeks(const Queue *queue, SimulateOutcome *outcome, const SimulateGroup *group,
                        uint32_t *weeks, int64_t *ret_half, int64_t *ret_most) {
    const Program *program = queue->program;
    size_t count = 0;
    for (size_t family = 0; family < program->families && came(program, family) < SIMULATE_COUNTED;
         family++) {
        if (group == NULL || simulate_group(outcome, &program->requests[family]) == group) {
            weeks[count++] = queue->weeks[family];
        }
    }
    qsort(weeks, count, sizeof(uint32_t), compare_weeks);
    *ret_half = weeks_at(weeks, count, 50);
    *ret_most = weeks_at(weeks, count, 95);
}

static SimulateOutcome outcome_of(Arena *arena, Queue *queue) {
    const Program *program = queue->program;
    SimulateOutcome outcome = {.families = program->families, .score = queue->score};
    for (size_t at = 0; at < program->families; at++) {
        SimulateGroup *group = simulate_group(&outcome, &program->requests[at]);
        group->families++;
        group->matched += queue->is_matched[at] ? 1 : 0;
        outcome.matched += queue->is_matched[at] ? 1 : 0;
        if (!queue->is_matched[at]) {
            queue->weeks[at] = SIMULATE_WEEKS - came(program, at);
        }
    }
    uint32_t *weeks = NEW_MANY(arena, program->families, uint32_t);
    count_weeks(queue, &outcome, NULL, weeks, &outcome.weeks_half, &outcome.weeks_most);
    for (size_t at = 0; at < outcome.group_count; at++) {
        SimulateGroup *group = &outcome.groups[at];
        count_weeks(queue, &outcome, group, weeks, &group->weeks_half, &group->weeks_most);
    }
    return outcome;
}

static SimulateOutcome live(Arena *scratch, Arena *week, const Program *program, SimulateQueue kind) {
    Queue queue = {.program = program,
                   .kind = kind,
                   .arena = week,
                   .waiting = NEW_MANY(scratch, program->families, uint32_t),
                   .freed = board(scratch, program),
                   .places = NEW_MANY(scratch, program->supporters, uint32_t),
                   .weeks = NEW_MANY(scratch, program->families, uint32_t),
                   .is_matched = NEW_MANY(scratch, program->families, bool)};
    memcpy(queue.freed, program->free_at_first, SIMULATE_WEEKS * program->supporters * sizeof(uint32_t));
    uint32_t next = 0;
    for (queue.week = 0; queue.week < SIMULATE_WEEKS; queue.week++) {
        live_week(&queue, &next);
    }
    return outcome_of(scratch, &queue);
}

SimulateWaits simulate_waits(Arena *scratch, const MatchingPolicy *policy, const MatchingOffer *offers,
                             size_t count, const MatchingRequest *requests, size_t request_count,
                             uint64_t seed) {
    Program program = {.policy = policy, .offers = offers, .supporters = count, .seed = seed};
    SimulateWaits waits = {0};
    keep_scores(scratch, &program, requests, request_count);
    if (program.families == 0) {
        return waits;
    }
    draw_tenures(scratch, &program);
    Arena *week = simulate_arena(scratch);
    for (SimulateQueue kind = 0; kind < SIMULATE_QUEUE_COUNT; kind++) {
        waits.by[kind] = live(scratch, week, &program, kind);
    }
    return waits;
}

/* ---- a program ---- */

enum { ENGLISH, SPANISH, OTHER, PLACES = 3 };

/* English is spoken by all; of a hundred, this many also speak Spanish, or another language. */
enum {
    SPEAK_SPANISH = 38,
    SPEAK_OTHER = 13,
    STRIDE = 61, /* through the hundred, so that any few supporters have these shares */
};

/* What anyone in the program can do: all windows of the week, all channels, all funders. */
static bool is_anyones(MatchingFacet facet) {
    return facet == FACET_TIME || facet == FACET_CHANNEL || facet == FACET_FUNDING;
}

static MatchingItems made_able(Arena *arena, MatchingItems has, uint64_t drawn) {
    size_t most = has.count + 2;
    for (MatchingFacet facet = 0; facet < FACET_COUNT; facet++) {
        most += generate_item_count(facet);
    }
    MatchingItem *items = NEW_MANY(arena, most, MatchingItem);
    size_t count = 0;
    for (size_t at = 0; at < has.count; at++) {
        if (has.items[at].facet != FACET_LANGUAGE && !is_anyones(has.items[at].facet)) {
            items[count++] = has.items[at];
        }
    }
    for (MatchingFacet facet = 0; facet < FACET_COUNT; facet++) {
        for (size_t at = 0; is_anyones(facet) && at < generate_item_count(facet); at++) {
            items[count++] = (MatchingItem){.item = generate_item(facet, at), .facet = facet};
        }
    }
    items[count++] = (MatchingItem){.item = generate_item(FACET_LANGUAGE, ENGLISH), .facet = FACET_LANGUAGE};
    if (drawn < SPEAK_SPANISH + SPEAK_OTHER) {
        const size_t other = drawn < SPEAK_SPANISH ? SPANISH : OTHER;
        items[count++] =
            (MatchingItem){.item = generate_item(FACET_LANGUAGE, other), .facet = FACET_LANGUAGE};
    }
    return (MatchingItems){.items = items, .count = count};
}

/* All further languages are one. */
static MatchingWishes with_few_languages(Arena *arena, MatchingWishes wishes) {
    MatchingWish *few = NEW_MANY(arena, wishes.count, MatchingWish);
    for (size_t at = 0; at < wishes.count; at++) {
        few[at] = wishes.items[at];
        if (few[at].facet == FACET_LANGUAGE && few[at].item > generate_item(FACET_LANGUAGE, OTHER)) {
            few[at].item = generate_item(FACET_LANGUAGE, OTHER);
        }
    }
    return (MatchingWishes){.items = few, .count = wishes.count};
}

SimulateProgram simulate_program(Arena *arena, size_t families, size_t supporters, uint64_t seed) {
    const GeneratePool pool = generate_pool(arena, &(GenerateOrder){.families = (uint32_t)families,
                                                                    .supporters = (uint32_t)supporters,
                                                                    .regime = GENERATE_SHORTAGE,
                                                                    .seed = seed});
    MatchingOffer *offers = NEW_MANY(arena, supporters, MatchingOffer);
    for (size_t at = 0; at < supporters; at++) {
        offers[at] = pool.offers[at];
        offers[at].has = made_able(arena, offers[at].has, at * STRIDE % 100);
        offers[at].capacity = PLACES;
        offers[at].load = offers[at].listed = offers[at].pending = 0;
    }
    MatchingRequest *requests = NEW_MANY(arena, families, MatchingRequest);
    for (size_t at = 0; at < families; at++) {
        requests[at] = pool.requests[at];
        requests[at].wishes = with_few_languages(arena, requests[at].wishes);
    }
    return (SimulateProgram){
        .offers = offers, .offer_count = supporters, .requests = requests, .request_count = families};
}
