/* SPDX-License-Identifier: Apache-2.0 */
/* The best plan against every plan there is; every price against one more place; no memory left behind. */
#include "test/unit.h"

#include "base/random.h"
#include "matching/assignment.h"
#include "matching/proof.h"
#include "matching/settle.h"
#include "test/one_arena.h"

enum { FAMILIES_MOST = 7, SUPPORTERS_MOST = 5, SMALL_ROUNDS = 20000, MIDDLE_FAMILIES = 300 };

/* An instance with room of its own, so that a test can change one thing. */
typedef struct World {
    AssignmentInstance instance;
    uint32_t *capacity;
    uint32_t *first;
    uint32_t *supporter;
    int32_t *weight;
} World;

/* What a drawn instance is like. */
typedef struct Kind {
    uint32_t families;
    uint32_t supporters;
    uint32_t capacity_most;
    uint32_t density; /* pairs there are, of 100 that may be */
    int64_t low;      /* weights */
    int64_t high;
} Kind;

static World world_draw(Random *random, Kind kind) {
    const size_t most = (size_t)kind.families * kind.supporters;
    World world = {
        .capacity = NEW_MANY(arena, kind.supporters, uint32_t),
        .first = NEW_MANY(arena, (size_t)kind.families + 1, uint32_t),
        .supporter = NEW_MANY(arena, most, uint32_t),
        .weight = NEW_MANY(arena, most, int32_t),
    };
    for (uint32_t supporter = 0; supporter < kind.supporters; supporter++) {
        world.capacity[supporter] = (uint32_t)random_below(random, kind.capacity_most + 1);
    }
    uint32_t pairs = 0;
    for (uint32_t family = 0; family < kind.families; family++) {
        for (uint32_t supporter = 0; supporter < kind.supporters; supporter++) {
            if (random_below(random, 100) < kind.density) {
                world.supporter[pairs] = supporter;
                world.weight[pairs++] =
                    (int32_t)(kind.low + (int64_t)random_below(random, (uint64_t)(kind.high - kind.low) + 1));
            }
        }
        world.first[family + 1] = pairs;
    }
    world.instance = (AssignmentInstance){.families = kind.families,
                                          .supporters = kind.supporters,
                                          .capacity = world.capacity,
                                          .first = world.first,
                                          .supporter = world.supporter,
                                          .weight = world.weight};
    return world;
}

/* The best of all plans for this family and those after it: tries every one. */
static int64_t try_all(const World *world, uint32_t *left, uint32_t family) {
    if (family == world->instance.families) {
        return 0;
    }
    int64_t best = try_all(world, left, family + 1);
    for (uint32_t pair = world->first[family]; pair < world->first[family + 1]; pair++) {
        if (left[world->supporter[pair]] > 0) {
            left[world->supporter[pair]]--;
            const int64_t value = world->weight[pair] + try_all(world, left, family + 1);
            left[world->supporter[pair]]++;
            best = value > best ? value : best;
        }
    }
    return best;
}

static int64_t best_of_all(const World *world) {
    uint32_t left[SUPPORTERS_MOST] = {0};
    for (uint32_t supporter = 0; supporter < world->instance.supporters; supporter++) {
        left[supporter] = world->capacity[supporter];
    }
    return try_all(world, left, 0);
}

/* The three lines of duality, and that the plan is one. */
static void check_plan(const World *world, const AssignmentPlan *plan) {
    const AssignmentInstance *instance = &world->instance;
    uint32_t *taken = NEW_MANY(arena, instance->supporters, uint32_t);
    int64_t objective = 0;
    int64_t dual = 0;
    uint32_t matched = 0;
    for (uint32_t family = 0; family < instance->families; family++) {
        bool has_pair = plan->partner[family] == ASSIGNMENT_ALONE;
        assert_true(plan->family_value[family] >= 0);
        dual += plan->family_value[family];
        for (uint32_t pair = world->first[family]; pair < world->first[family + 1]; pair++) {
            const uint32_t supporter = world->supporter[pair];
            assert_true(plan->family_value[family] + plan->supporter_price[supporter] >= world->weight[pair]);
            if (supporter == plan->partner[family]) {
                assert_true(world->weight[pair] > 0);
                objective += world->weight[pair];
                taken[supporter]++;
                matched++;
                has_pair = true;
            }
        }
        assert_true(has_pair);
    }
    for (uint32_t supporter = 0; supporter < instance->supporters; supporter++) {
        assert_true(plan->supporter_price[supporter] >= 0);
        assert_true(taken[supporter] <= instance->capacity[supporter]);
        dual += plan->supporter_price[supporter] * instance->capacity[supporter];
    }
    assert_int_equal(objective, dual);
    assert_int_equal(plan->objective, objective);
    assert_int_equal(plan->dual, dual);
    assert_int_equal(plan->matched, matched);
    assert_true(plan->is_proved);
}

static void test_small_against_every_plan(void **state) {
    (void)state;
    Random random = random_seeded(3);
    static const int64_t highs[] = {1, 2, 5, 40, 1000, INT32_MAX};
    for (int round = 0; round < SMALL_ROUNDS; round++) {
        const int64_t high = highs[random_below(&random, 6)];
        World world =
            world_draw(&random, (Kind){.families = (uint32_t)random_below(&random, FAMILIES_MOST + 1),
                                       .supporters = (uint32_t)random_below(&random, SUPPORTERS_MOST + 1),
                                       .capacity_most = (uint32_t)random_below(&random, 4),
                                       .density = (uint32_t)random_below(&random, 101),
                                       .low = random_below(&random, 2) == 0 ? 1 : -high,
                                       .high = high});
        const AssignmentPlan plan = assignment_solve(arena, &world.instance);
        check_plan(&world, &plan);
        const int64_t objective = best_of_all(&world);
        assert_int_equal(plan.objective, objective);
        for (uint32_t supporter = 0; supporter < world.instance.supporters; supporter++) {
            world.capacity[supporter]++;
            assert_int_equal(plan.supporter_price[supporter], best_of_all(&world) - objective);
            world.capacity[supporter]--;
        }
        arena_reset(arena);
    }
}

/* Of a size at which prices meet each other along long paths. */
static void test_middle_is_proved(void **state) {
    (void)state;
    Random random = random_seeded(5);
    static const int64_t highs[] = {1, 3, 100, 100000, INT32_MAX};
    for (int round = 0; round < 300; round++) {
        const int64_t high = highs[random_below(&random, 5)];
        const World world =
            world_draw(&random, (Kind){.families = 1 + (uint32_t)random_below(&random, MIDDLE_FAMILIES),
                                       .supporters = 1 + (uint32_t)random_below(&random, 80),
                                       .capacity_most = 1 + (uint32_t)random_below(&random, 12),
                                       .density = 1 + (uint32_t)random_below(&random, 40),
                                       .low = random_below(&random, 3) == 0 ? -high : 1,
                                       .high = high});
        const AssignmentPlan plan = assignment_solve(arena, &world.instance);
        check_plan(&world, &plan);
        arena_reset(arena);
    }
}

/* The auction may stop anywhere, even before it began: the searches find the same plan. */
static void test_paths_take_over_from_anywhere(void **state) {
    (void)state;
    Random random = random_seeded(17);
    for (int round = 0; round < 200; round++) {
        const World world = world_draw(&random, (Kind){.families = 60,
                                                       .supporters = 15,
                                                       .capacity_most = 6,
                                                       .density = 30,
                                                       .low = -20,
                                                       .high = random_below(&random, 2) == 0 ? 40 : 100000});
        const AssignmentPlan whole = assignment_solve(arena, &world.instance);
        for (uint32_t looks = 0; looks < 12; looks++) {
            const Market market = settle_instance(arena, &world.instance, looks);
            const AssignmentPlan plan = proof_make(arena, &market);
            check_plan(&world, &plan);
            assert_memory_equal(plan.supporter_price, whole.supporter_price,
                                world.instance.supporters * sizeof(int64_t));
        }
        arena_reset(arena);
    }
}

/* Weights that all but agree: the first auction ends too coarse, and a finer one must follow. Family i and
 * supporter j miss the most by i x j, so that only one order is best (after Machol & Wien 1976). */
static void test_small_differences_of_great_weights(void **state) {
    (void)state;
    Random random = random_seeded(19);
    enum { SIDE = 150 };
    World world = world_draw(
        &random,
        (Kind){
            .families = SIDE, .supporters = SIDE, .capacity_most = 0, .density = 100, .low = 1, .high = 1});
    for (uint32_t at = 0; at < SIDE; at++) {
        world.capacity[at] = 1;
        for (uint32_t pair = world.first[at]; pair < world.first[at + 1]; pair++) {
            world.weight[pair] = INT32_MAX - (int32_t)((at + 1) * (world.supporter[pair] + 1));
        }
    }
    const AssignmentPlan plan = assignment_solve(arena, &world.instance);
    check_plan(&world, &plan);
    for (uint32_t at = 0; at < SIDE; at++) {
        assert_int_equal(plan.partner[at], SIDE - 1 - at);
    }
}

/* Two families want the one place, worth 9 and 7; another supporter has a place nobody wants. */
static void test_what_is_not_best_is_not_proved(void **state) {
    (void)state;
    static const uint32_t capacity[] = {1, 1};
    static const uint32_t first[] = {0, 1, 2};
    static const uint32_t supporter[] = {0, 0};
    static const int32_t weight[] = {9, 7};
    const AssignmentInstance instance = {.families = 2,
                                         .supporters = 2,
                                         .capacity = capacity,
                                         .first = first,
                                         .supporter = supporter,
                                         .weight = weight};
    const Market market = settle_instance(arena, &instance, SETTLE_LOOKS);
    assert_int_equal(market.price[0], 7);
    assert_true(proof_make(arena, &market).is_proved);
    market.price[0] = 6; /* family 1 would want the place */
    assert_false(proof_make(arena, &market).is_proved);
    market.price[0] = 9; /* just as good a proof, but no more */
    assert_true(proof_make(arena, &market).is_proved);
    market.price[0] = 10; /* family 0 would rather be alone */
    assert_false(proof_make(arena, &market).is_proved);
    market.price[0] = 7;
    market.price[1] = 1; /* for a place that is free */
    assert_false(proof_make(arena, &market).is_proved);
    market.price[1] = -1;
    assert_false(proof_make(arena, &market).is_proved);
    market.price[0] = -1; /* likewise, with another behind it */
    market.price[1] = 0;
    assert_false(proof_make(arena, &market).is_proved);
}

static void solve_in_vain(void *context) {
    const World *world = context;
    assignment_solve(arena, &world->instance);
}

/* Whichever allocation fails, the work leaves by fail(), and nothing stays behind (the address sanitizer
 * looks). */
static void test_memory_may_run_out(void **state) {
    (void)state;
    Random random = random_seeded(7);
    World world = world_draw(
        &random,
        (Kind){.families = 20, .supporters = 8, .capacity_most = 3, .density = 50, .low = 1, .high = 9});
    size_t nth = 1;
    for (Fail failure = {0};; nth++) {
        arena_fail_nth(nth);
        const bool is_done = fail_catch(solve_in_vain, &world, &failure);
        arena_fail_nth(0);
        if (is_done) {
            break;
        }
        assert_int_equal(failure.kind, FAIL_MEMORY);
    }
    assert_true(nth > 10);
    arena_reset(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_small_against_every_plan, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(test_middle_is_proved, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(test_paths_take_over_from_anywhere, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(test_small_differences_of_great_weights, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(test_what_is_not_best_is_not_proved, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(test_memory_may_run_out, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
