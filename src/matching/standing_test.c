/* SPDX-License-Identifier: Apache-2.0 */
/* A plan that is changed a thousand times is after each change the one that is solved from nothing. */
#include "test/unit.h"

#include "base/random.h"
#include "matching/certificate.h"
#include "matching/standing.h"

enum { FAMILIES_MOST = 60, SUPPORTERS_MOST = 24, WORLDS = 60, CHANGES = 60 };

/* What the standing plan should know, kept in the plainest way. */
typedef struct World {
    uint32_t families; /* the most numbers there were */
    uint32_t supporters;
    bool is_here[FAMILIES_MOST];
    bool has_pair[FAMILIES_MOST][SUPPORTERS_MOST];
    int32_t weight[FAMILIES_MOST][SUPPORTERS_MOST];
    uint32_t capacity[SUPPORTERS_MOST];
    /* How it is drawn. */
    uint32_t density;
    uint32_t capacity_most;
    int64_t low;
    int64_t high;
} World;

static Arena *arena; /* of a world */
static Arena *check; /* of one comparison */

static int set_up(void **state) {
    (void)state;
    arena = arena_new(SIZE_MAX);
    check = arena_new(SIZE_MAX);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    arena_free(check);
    return 0;
}

static AssignmentInstance instance_of(const World *world) {
    const size_t most = (size_t)world->families * world->supporters;
    uint32_t *capacity = NEW_MANY(check, world->supporters, uint32_t);
    uint32_t *first = NEW_MANY(check, (size_t)world->families + 1, uint32_t);
    uint32_t *partner = NEW_MANY(check, most, uint32_t);
    int32_t *weight = NEW_MANY(check, most, int32_t);
    uint32_t count = 0;
    for (uint32_t family = 0; family < world->families; family++) {
        for (uint32_t supporter = 0; supporter < world->supporters; supporter++) {
            if (world->has_pair[family][supporter]) {
                partner[count] = supporter;
                weight[count++] = world->weight[family][supporter];
            }
        }
        first[family + 1] = count;
    }
    for (uint32_t supporter = 0; supporter < world->supporters; supporter++) {
        capacity[supporter] = world->capacity[supporter];
    }
    return (AssignmentInstance){.families = world->families,
                                .supporters = world->supporters,
                                .capacity = capacity,
                                .first = first,
                                .supporter = partner,
                                .weight = weight};
}

/* The plan as it stands, with the prices it has now. */
static void check_prices(const Standing *standing, const AssignmentInstance *instance) {
    uint32_t *partner = NEW_MANY(check, instance->families, uint32_t);
    int64_t *value = NEW_MANY(check, instance->families, int64_t);
    int64_t *price = NEW_MANY(check, instance->supporters, int64_t);
    for (uint32_t supporter = 0; supporter < instance->supporters; supporter++) {
        price[supporter] = standing_price(standing, supporter);
    }
    for (uint32_t family = 0; family < instance->families; family++) {
        partner[family] = standing_partner(standing, family);
        for (uint32_t pair = instance->first[family]; pair < instance->first[family + 1]; pair++) {
            const int64_t there = instance->weight[pair] - price[instance->supporter[pair]];
            value[family] = there > value[family] ? there : value[family];
        }
    }
    const AssignmentPlan plan = {.partner = partner, .family_value = value, .supporter_price = price};
    const CertificateVerdict verdict = certificate_check(check, instance, &plan);
    assert_int_equal(verdict.flaw, CERTIFICATE_HOLDS);
    assert_int_equal(verdict.objective, standing_objective(standing));
}

/* Against the same world solved from nothing. */
static void check_world(Standing *standing, const World *world, bool is_told) {
    const AssignmentInstance instance = instance_of(world);
    const AssignmentPlan fresh = assignment_solve(check, &instance);
    assert_int_equal(standing_objective(standing), fresh.objective);
    check_prices(standing, &instance);
    if (is_told) {
        const AssignmentPlan plan = standing_plan(check, standing);
        assert_true(plan.is_proved);
        assert_int_equal(plan.objective, fresh.objective);
        for (uint32_t supporter = 0; supporter < instance.supporters; supporter++) {
            assert_int_equal(plan.supporter_price[supporter], fresh.supporter_price[supporter]);
        }
        check_prices(standing, &instance);
    }
    arena_reset(check);
}

static int32_t weight_draw(Random *random, const World *world) {
    return (int32_t)(world->low + (int64_t)random_below(random, (uint64_t)(world->high - world->low) + 1));
}

/* Pairs of a family, in any order. */
static uint32_t family_draw(Random *random, World *world, uint32_t family, StandingPair *ret_pairs) {
    uint32_t count = 0;
    for (uint32_t supporter = 0; supporter < world->supporters; supporter++) {
        world->has_pair[family][supporter] = random_below(random, 100) < world->density;
        if (world->has_pair[family][supporter]) {
            world->weight[family][supporter] = weight_draw(random, world);
            const uint32_t at = (uint32_t)random_below(random, count + 1);
            ret_pairs[count++] = ret_pairs[at];
            ret_pairs[at] = (StandingPair){.other = supporter, .weight = world->weight[family][supporter]};
        }
    }
    return count;
}

static World world_draw(Random *random) {
    static const int64_t highs[] = {1, 4, 60, 5000, INT32_MAX};
    const int64_t high = highs[random_below(random, 5)];
    World world = {.families = (uint32_t)random_below(random, FAMILIES_MOST / 2),
                   .supporters = (uint32_t)random_below(random, SUPPORTERS_MOST / 2),
                   .density = 1 + (uint32_t)random_below(random, 70),
                   .capacity_most = (uint32_t)random_below(random, 5),
                   .low = random_below(random, 3) == 0 ? -high : 1,
                   .high = high};
    StandingPair pairs[SUPPORTERS_MOST] = {{0}};
    for (uint32_t supporter = 0; supporter < world.supporters; supporter++) {
        world.capacity[supporter] = (uint32_t)random_below(random, world.capacity_most + 1);
    }
    for (uint32_t family = 0; family < world.families; family++) {
        world.is_here[family] = true;
        family_draw(random, &world, family, pairs);
    }
    return world;
}

static void come(Random *random, World *world, Standing *standing) {
    /* The number is only known afterwards. */
    uint32_t family = 0;
    while (family < world->families && world->is_here[family]) {
        family++;
    }
    if (family == FAMILIES_MOST) {
        return;
    }
    StandingPair pairs[SUPPORTERS_MOST] = {{0}};
    const uint32_t count = family_draw(random, world, family, pairs);
    const uint32_t number = standing_add_family(standing, pairs, count);
    if (number != family) {
        assert_true(number < FAMILIES_MOST && !world->is_here[number]);
        memcpy(world->weight[number], world->weight[family], sizeof(world->weight[0]));
        memcpy(world->has_pair[number], world->has_pair[family], sizeof(world->has_pair[0]));
        memset(world->has_pair[family], 0, sizeof(world->has_pair[0]));
    }
    world->is_here[number] = true;
    world->families = number < world->families ? world->families : number + 1;
}

static void supporter_come(Random *random, World *world, Standing *standing) {
    if (world->supporters == SUPPORTERS_MOST) {
        return;
    }
    StandingPair pairs[FAMILIES_MOST] = {{0}};
    uint32_t count = 0;
    for (uint32_t family = 0; family < world->families; family++) {
        if (world->is_here[family] && random_below(random, 100) < world->density) {
            pairs[count] = (StandingPair){.other = family, .weight = weight_draw(random, world)};
            world->has_pair[family][world->supporters] = true;
            world->weight[family][world->supporters] = pairs[count++].weight;
        }
    }
    world->capacity[world->supporters] = (uint32_t)random_below(random, world->capacity_most + 1);
    const uint32_t number =
        standing_add_supporter(standing, world->capacity[world->supporters], pairs, count);
    assert_int_equal(number, world->supporters);
    world->supporters++;
}

static void change(Random *random, World *world, Standing *standing) {
    StandingPair pairs[SUPPORTERS_MOST] = {{0}};
    const uint32_t family = (uint32_t)random_below(random, world->families + 1);
    const uint32_t supporter = (uint32_t)random_below(random, world->supporters + 1);
    switch (random_below(random, 6)) {
    case 0:
        supporter_come(random, world, standing);
        return;
    case 1:
        if (supporter < world->supporters) {
            world->capacity[supporter] = (uint32_t)random_below(random, world->capacity_most + 1);
            standing_set_capacity(standing, supporter, world->capacity[supporter]);
        }
        return;
    case 2:
        if (family < world->families && world->is_here[family]) {
            standing_remove_family(standing, family);
            world->is_here[family] = false;
            memset(world->has_pair[family], 0, sizeof(world->has_pair[0]));
        }
        return;
    case 3:
        if (family < world->families && world->is_here[family]) {
            const uint32_t count = family_draw(random, world, family, pairs);
            standing_change_family(standing, family, pairs, count);
        }
        return;
    default:
        come(random, world, standing);
    }
}

static void test_each_change_is_as_if_solved_anew(void **state) {
    (void)state;
    Random random = random_seeded(11);
    for (int round = 0; round < WORLDS; round++) {
        World world = world_draw(&random);
        const AssignmentInstance instance = instance_of(&world);
        Standing *standing = standing_new(arena, &instance);
        arena_reset(check);
        for (int at = 0; at < CHANGES; at++) {
            check_world(standing, &world, random_below(&random, 4) == 0);
            change(&random, &world, standing);
        }
        arena_reset(arena);
    }
}

/* From nobody at all, and people who know nobody. */
static void test_begins_empty(void **state) {
    (void)state;
    static World world;
    world = (World){.families = 0};
    const AssignmentInstance instance = instance_of(&world);
    Standing *standing = standing_new(arena, &instance);
    for (uint32_t number = 0; number < SUPPORTERS_MOST; number++) {
        assert_int_equal(standing_add_supporter(standing, 1, NULL, 0), number);
        world.capacity[world.supporters++] = 1;
    }
    for (uint32_t number = 0; number < FAMILIES_MOST; number++) {
        assert_int_equal(standing_add_family(standing, NULL, 0), number);
        world.families++;
    }
    check_world(standing, &world, true);
    const StandingPair pair = {.other = 3, .weight = 5};
    standing_change_family(standing, 50, &pair, 1);
    world.has_pair[50][3] = true;
    world.weight[50][3] = 5;
    check_world(standing, &world, true);
    assert_int_equal(standing_partner(standing, 50), 3);
}

/* Their lists take no room, so what runs out is the room for supporters. */
static void test_any_number_of_supporters_without_pairs(void **state) {
    (void)state;
    static World world;
    world = (World){.families = FAMILIES_MOST, .supporters = 8};
    for (uint32_t family = 0; family < world.families; family++) {
        for (uint32_t supporter = 0; supporter < world.supporters; supporter++) {
            world.has_pair[family][supporter] = true;
            world.weight[family][supporter] = (int32_t)(10 + family);
            world.capacity[supporter] = 2;
        }
    }
    const AssignmentInstance instance = instance_of(&world);
    Standing *standing = standing_new(arena, &instance);
    const int64_t before = standing_objective(standing);
    for (uint32_t number = world.supporters; number < 100; number++) {
        assert_int_equal(standing_add_supporter(standing, 1, NULL, 0), number);
        assert_int_equal(standing_price(standing, number), 0);
    }
    assert_int_equal(standing_objective(standing), before);
    const StandingPair pair = {.other = 99, .weight = 7};
    assert_int_equal(standing_add_family(standing, &pair, 1), FAMILIES_MOST);
    assert_int_equal(standing_partner(standing, FAMILIES_MOST), 99);
    assert_int_equal(standing_objective(standing), before + 7);
}

/* ---- when memory runs out ---- */

typedef struct Vain {
    const World *world;
    Standing *standing;
    const StandingPair *pairs;
    uint32_t count;
    bool is_supporter;
} Vain;

static void new_in_vain(void *context) {
    Vain *vain = context;
    const AssignmentInstance instance = instance_of(vain->world);
    vain->standing = standing_new(arena, &instance);
}

static void add_in_vain(void *context) {
    const Vain *vain = context;
    if (vain->is_supporter) {
        standing_add_supporter(vain->standing, 1, vain->pairs, vain->count);
    } else {
        standing_add_family(vain->standing, vain->pairs, vain->count);
    }
}

/* Calls work until no allocation fails any more. Returns how many did. */
static size_t run_out(FailWork *work, Vain *vain) {
    Fail failure = {0};
    size_t nth = 1;
    for (;; nth++) {
        arena_fail_nth(nth);
        const bool is_done = fail_catch(work, vain, &failure);
        arena_fail_nth(0);
        if (is_done) {
            return nth - 1;
        }
        assert_int_equal(failure.kind, FAIL_MEMORY);
        if (work == add_in_vain) {
            check_world(vain->standing, vain->world, false);
        }
    }
}

static void test_memory_may_run_out(void **state) {
    (void)state;
    Random random = random_seeded(13);
    World world = {.families = 20,
                   .supporters = 10,
                   .density = 50,
                   .capacity_most = 2,
                   .low = 1,
                   .high = 50,
                   .capacity = {1, 2, 1, 1, 2, 0, 1, 1, 1, 1}};
    StandingPair pairs[FAMILIES_MOST] = {{0}};
    for (uint32_t family = 0; family < world.families; family++) {
        world.is_here[family] = true;
        family_draw(&random, &world, family, pairs);
    }
    Vain vain = {.world = &world};
    assert_true(run_out(new_in_vain, &vain) > 20);
    /* A family, then a supporter, until all had to be laid out anew. */
    vain.pairs = pairs;
    for (size_t failures = 0; failures == 0;) {
        assert_true(world.families < FAMILIES_MOST);
        vain.count = 0;
        for (uint32_t supporter = 0; supporter < world.supporters; supporter++) {
            pairs[vain.count++] = (StandingPair){.other = supporter, .weight = 7};
        }
        failures = run_out(add_in_vain, &vain);
        for (uint32_t supporter = 0; supporter < world.supporters; supporter++) {
            world.has_pair[world.families][supporter] = true;
            world.weight[world.families][supporter] = 7;
        }
        world.families++;
        check_world(vain.standing, &world, true);
    }
    vain.is_supporter = true;
    for (size_t failures = 0; failures == 0;) {
        assert_true(world.supporters < SUPPORTERS_MOST);
        vain.count = 0;
        for (uint32_t family = 0; family < world.families; family++) {
            pairs[vain.count++] = (StandingPair){.other = family, .weight = 9};
        }
        failures = run_out(add_in_vain, &vain);
        for (uint32_t family = 0; family < world.families; family++) {
            world.has_pair[family][world.supporters] = true;
            world.weight[family][world.supporters] = 9;
        }
        world.capacity[world.supporters++] = 1;
        check_world(vain.standing, &world, true);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_change_is_as_if_solved_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_begins_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_any_number_of_supporters_without_pairs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_memory_may_run_out, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
