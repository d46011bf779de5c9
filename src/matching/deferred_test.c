/* SPDX-License-Identifier: Apache-2.0 */
/* Deferred acceptance against every plan there is, on small instances. */
#include "test/unit.h"

#include "base/random.h"
#include "matching/certificate.h"
#include "matching/deferred.h"
#include "test/one_arena.h"

enum { FAMILIES = 5, SUPPORTERS = 4, PAIRS = FAMILIES * SUPPORTERS, ROUNDS = 400 };

typedef struct Small {
    uint32_t capacity[SUPPORTERS];
    uint32_t first[FAMILIES + 1];
    uint32_t supporter[PAIRS];
    int32_t weight[PAIRS];
    int64_t claim[FAMILIES];
} Small;

static AssignmentInstance instance_of(const Small *small) {
    return (AssignmentInstance){.families = FAMILIES,
                                .supporters = SUPPORTERS,
                                .capacity = small->capacity,
                                .first = small->first,
                                .supporter = small->supporter,
                                .weight = small->weight};
}

/* Every other one with few different weights and claims, so that there are equals. */
static Small small_drawn(Random *random) {
    const uint64_t spread = random_below(random, 2) == 0 ? 6 : 1000;
    Small small = {.first = {0}};
    for (uint32_t supporter = 0; supporter < SUPPORTERS; supporter++) {
        small.capacity[supporter] = (uint32_t)random_below(random, 3);
    }
    uint32_t pairs = 0;
    for (uint32_t family = 0; family < FAMILIES; family++) {
        small.claim[family] = (int64_t)random_below(random, spread) - 1;
        for (uint32_t supporter = 0; supporter < SUPPORTERS; supporter++) {
            if (random_below(random, 4) > 0) {
                small.supporter[pairs] = supporter;
                small.weight[pairs++] = (int32_t)random_below(random, spread) - 1;
            }
        }
        small.first[family + 1] = pairs;
    }
    return small;
}

/* What a place at the supporter is to the family: 0 for none or one not worth having. */
static int32_t worth(const Small *small, uint32_t family, uint32_t supporter) {
    for (uint32_t pair = small->first[family]; pair < small->first[family + 1]; pair++) {
        if (small->supporter[pair] == supporter) {
            return small->weight[pair];
        }
    }
    return 0;
}

/* Says by its own words whether the plan can stand: nobody has what is not there, and no family strictly
 * prefers a place that is free or that a strictly lesser claim has. Counts the families that do. */
static bool stands(const Small *small, const uint32_t *partner, bool by_weight, DeferredCount *ret_count) {
    uint32_t taken[SUPPORTERS] = {0};
    for (uint32_t family = 0; family < FAMILIES; family++) {
        if (partner[family] != ASSIGNMENT_ALONE) {
            if (worth(small, family, partner[family]) <= 0 ||
                ++taken[partner[family]] > small->capacity[partner[family]]) {
                return false;
            }
        }
    }
    *ret_count = (DeferredCount){0};
    for (uint32_t family = 0; family < FAMILIES; family++) {
        bool envies = false;
        bool wastes = false;
        const int32_t has = partner[family] == ASSIGNMENT_ALONE ? 0 : worth(small, family, partner[family]);
        for (uint32_t supporter = 0; supporter < SUPPORTERS; supporter++) {
            if (worth(small, family, supporter) <= has) {
                continue;
            }
            wastes = wastes || taken[supporter] < small->capacity[supporter];
            const int64_t mine = by_weight ? worth(small, family, supporter) : small->claim[family];
            for (uint32_t other = 0; other < FAMILIES; other++) {
                const int64_t its = by_weight ? worth(small, other, supporter) : small->claim[other];
                envies = envies || (partner[other] == supporter && its < mine);
            }
        }
        ret_count->envious += envies ? 1 : 0;
        ret_count->wasteful += wastes ? 1 : 0;
    }
    return true;
}

/* Every plan of the small world in turn; false after the last. */
static bool next_plan(uint32_t *partner) {
    for (uint32_t family = 0; family < FAMILIES; family++) {
        partner[family] = partner[family] == ASSIGNMENT_ALONE ? 0 : partner[family] + 1;
        if (partner[family] < SUPPORTERS) {
            return true;
        }
        partner[family] = ASSIGNMENT_ALONE;
    }
    return false;
}

/* No family and no supporter is indifferent between two. */
static bool differ(const Small *small, bool by_weight) {
    for (uint32_t family = 0; family < FAMILIES; family++) {
        for (uint32_t pair = small->first[family]; pair < small->first[family + 1]; pair++) {
            for (uint32_t before = small->first[family]; before < pair; before++) {
                if (small->weight[pair] == small->weight[before]) {
                    return false;
                }
            }
        }
        for (uint32_t other = 0; other < family; other++) {
            if (!by_weight && small->claim[family] == small->claim[other]) {
                return false;
            }
            for (uint32_t supporter = 0; by_weight && supporter < SUPPORTERS; supporter++) {
                const int32_t one = worth(small, family, supporter);
                if (one > 0 && one == worth(small, other, supporter)) {
                    return false;
                }
            }
        }
    }
    return true;
}

static void check_small(const Small *small, bool by_weight, size_t *strict) {
    const AssignmentInstance instance = instance_of(small);
    const int64_t *claim = by_weight ? NULL : small->claim;
    const DeferredPlan plan = deferred_solve(arena, &instance, claim);
    DeferredCount wanted = {0};
    assert_true(stands(small, plan.partner, by_weight, &wanted));
    assert_int_equal(wanted.envious + wanted.wasteful, 0);
    /* No family is better off in any other plan without envy and waste, where nobody is indifferent: among
     * equals there need not be one plan that is best for all. */
    const bool is_strict = differ(small, by_weight);
    *strict += is_strict ? 1 : 0;
    uint32_t partner[FAMILIES];
    memset(partner, 0xFF, sizeof partner);
    do {
        DeferredCount said = {0};
        if (!stands(small, partner, by_weight, &said)) {
            continue;
        }
        const DeferredCount count = deferred_count(arena, &instance, partner, claim);
        assert_int_equal(count.envious, said.envious);
        assert_int_equal(count.wasteful, said.wasteful);
        for (uint32_t family = 0; is_strict && said.envious + said.wasteful == 0 && family < FAMILIES;
             family++) {
            assert_true(worth(small, family, plan.partner[family]) >= worth(small, family, partner[family]));
        }
    } while (next_plan(partner));
    arena_reset(arena);
}

static void nobody_envies_and_nothing_is_wasted(void **state) {
    (void)state;
    Random random = random_seeded(4);
    size_t strict = 0;
    for (int round = 0; round < ROUNDS; round++) {
        const Small small = small_drawn(&random);
        check_small(&small, false, &strict);
        check_small(&small, true, &strict);
    }
    assert_true(strict > ROUNDS / 4);
}

/* A larger one: claims by weight, long heaps, many who are pushed out. */
static void many_are_planned_for(void **state) {
    (void)state;
    enum { MANY = 2000, FEW = 50, EACH = 20 };
    Random random = random_seeded(5);
    uint32_t *first = NEW_MANY(arena, MANY + 1, uint32_t);
    uint32_t *supporter = NEW_MANY(arena, MANY * EACH, uint32_t);
    int32_t *weight = NEW_MANY(arena, MANY * EACH, int32_t);
    uint32_t *capacity = NEW_MANY(arena, FEW, uint32_t);
    int64_t *claim = NEW_MANY(arena, MANY, int64_t);
    uint32_t places = 0;
    for (uint32_t at = 0; at < FEW; at++) {
        capacity[at] = (uint32_t)random_below(&random, 60);
        places += capacity[at];
    }
    for (uint32_t family = 0; family < MANY; family++) {
        first[family + 1] = first[family] + EACH;
        claim[family] = (int64_t)random_below(&random, 1000);
        const uint32_t start = (uint32_t)random_below(&random, FEW);
        for (uint32_t at = 0; at < EACH; at++) {
            supporter[first[family] + at] = (start + at) % FEW;
            weight[first[family] + at] = (int32_t)random_below(&random, 1000) + 1;
        }
    }
    const AssignmentInstance instance = {.families = MANY,
                                         .supporters = FEW,
                                         .capacity = capacity,
                                         .first = first,
                                         .supporter = supporter,
                                         .weight = weight};
    const int64_t *const claims[] = {NULL, claim};
    for (size_t at = 0; at < 2; at++) {
        const DeferredPlan plan = deferred_solve(arena, &instance, claims[at]);
        const DeferredCount count = deferred_count(arena, &instance, plan.partner, claims[at]);
        assert_int_equal(count.envious + count.wasteful, 0);
        assert_in_range(plan.matched, places * 9 / 10, places);
        /* The checker of plans finds the same sum, and that no pair is made up. */
        const int64_t *zero = NEW_MANY(arena, MANY, int64_t);
        const AssignmentPlan again = {.partner = plan.partner, .family_value = zero, .supporter_price = zero};
        const CertificateVerdict verdict = certificate_check(arena, &instance, &again);
        assert_int_equal(verdict.flaw, CERTIFICATE_PAIR_UNCOVERED);
        assert_int_equal(verdict.matched, plan.matched);
        assert_int_equal(verdict.objective, plan.objective);
    }
}

/* The same pairs, each row the other way around. */
static void the_order_of_rows_does_not_matter(void **state) {
    (void)state;
    Random random = random_seeded(6);
    for (int round = 0; round < ROUNDS; round++) {
        const Small small = small_drawn(&random);
        Small turned = small;
        for (uint32_t family = 0; family < FAMILIES; family++) {
            for (uint32_t pair = small.first[family]; pair < small.first[family + 1]; pair++) {
                const uint32_t other = small.first[family] + small.first[family + 1] - 1 - pair;
                turned.supporter[other] = small.supporter[pair];
                turned.weight[other] = small.weight[pair];
            }
        }
        const AssignmentInstance one = instance_of(&small);
        const AssignmentInstance two = instance_of(&turned);
        const DeferredPlan plan = deferred_solve(arena, &one, small.claim);
        const DeferredPlan again = deferred_solve(arena, &two, small.claim);
        assert_memory_equal(plan.partner, again.partner, FAMILIES * sizeof *plan.partner);
        arena_reset(arena);
    }
}

static void nobody_is_planned_for(void **state) {
    (void)state;
    const uint32_t first[] = {0};
    const AssignmentInstance empty = {.first = first};
    assert_int_equal(deferred_solve(arena, &empty, NULL).matched, 0);
    assert_int_equal(deferred_count(arena, &empty, NULL, NULL).envious, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_envies_and_nothing_is_wasted, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(many_are_planned_for, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(the_order_of_rows_does_not_matter, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(nobody_is_planned_for, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
