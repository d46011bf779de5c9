/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a standing plan against all pairs solved at once: many more offers than are laid out for a
 * family, and everything that can change. */
#include "test/unit.h"

#include "features/standing/standing_warm.h"
#include "matching/assignment.h"
#include "matching/lot.h"
#include "matching/oracle.h"
#include "matching/policy.h"
#include "test/matching_world.h"

enum { OFFERS = 220, FAMILIES = 60, STEPS = 150, SEED = 4711 };

typedef struct Bench {
    Arena *arena;
    Random random;
    MatchingWorld world;
    MatchingRequest families[FAMILIES];
    bool is_here[FAMILIES];
    StandingWarm *warm;
} Bench;

/* A wish or two, so that many fit and are much alike. */
static MatchingRequest any_request(Bench *bench, size_t number) {
    MatchingRequest request = matching_world(bench->arena, &bench->random, 1).request;
    request.key = 1000 + (int64_t)number;
    request.person = (int64_t)number + 1;
    request.wishes.count = request.wishes.count < 2 ? request.wishes.count : 2;
    request.unlike = 0;
    request.waiting_days = (int64_t)random_below(&bench->random, 40);
    return request;
}

/* Small steps of points, and few rules, so that there are ties and long ways. */
static Bench *bench_new(uint64_t seed) {
    Arena *arena = arena_new((size_t)1 << 30);
    Bench *bench = NEW(arena, Bench);
    *bench = (Bench){.arena = arena, .random = random_seeded(seed)};
    bench->world = matching_world(arena, &bench->random, OFFERS);
    bench->world.policy = matching_policy_start;
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        bench->world.policy.facets[facet].rule = RULE_FREE;
    }
    for (size_t at = 0; at < OFFERS; at++) { /* few places, so that they are worth something */
        bench->world.offers[at].capacity = random_below(&bench->random, 4) == 0 ? 1 : 0;
        bench->world.offers[at].load = 0;
    }
    for (size_t at = 0; at < FAMILIES; at++) {
        bench->families[at] = any_request(bench, at);
    }
    bench->warm = standing_warm_new(arena, &bench->world.policy, SEED, bench->world.offers, OFFERS);
    for (size_t at = 0; at < FAMILIES; at++) {
        bench->is_here[at] = true;
        standing_warm_family(bench->warm, &bench->families[at], (int64_t)at);
    }
    return bench;
}

static void assert_is_best(Bench *bench) {
    Arena *arena = arena_new((size_t)64 << 20);
    uint32_t *first = NEW_MANY(arena, FAMILIES + 1, uint32_t);
    uint32_t *supporter = NEW_MANY(arena, FAMILIES * OFFERS, uint32_t);
    int32_t *weight = NEW_MANY(arena, FAMILIES * OFFERS, int32_t);
    uint32_t *capacity = NEW_MANY(arena, OFFERS, uint32_t);
    uint32_t pairs = 0;
    for (uint32_t family = 0; family < FAMILIES; family++) {
        const MatchingRequest *asked = &bench->families[family];
        for (uint32_t at = 0; at < OFFERS && bench->is_here[family]; at++) {
            const MatchingOffer *offer = &bench->world.offers[at];
            if (oracle_rules_against(&bench->world.policy, offer, asked) == 0) {
                int64_t score = oracle_score(&bench->world.policy, offer, asked, NULL, NULL);
                supporter[pairs] = at;
                weight[pairs++] = lot_weight(policy_value(&bench->world.policy, asked, score),
                                             lot_family(SEED, asked->key), offer->key, POLICY_LOT_BITS_LEAST);
            }
        }
        first[family + 1] = pairs;
    }
    for (size_t at = 0; at < OFFERS; at++) {
        const MatchingOffer *offer = &bench->world.offers[at];
        capacity[at] = offer->capacity > offer->load ? (uint32_t)(offer->capacity - offer->load) : 0;
    }
    AssignmentPlan best = assignment_solve(arena, &(AssignmentInstance){.families = FAMILIES,
                                                                        .supporters = OFFERS,
                                                                        .capacity = capacity,
                                                                        .first = first,
                                                                        .supporter = supporter,
                                                                        .weight = weight});
    StandingWarmPlan plan = standing_warm_settle(arena, bench->warm);
    assert_int_equal(plan.objective, best.objective);
    assert_int_equal(plan.bound, best.objective);
    assert_int_equal(plan.matched, best.matched);
    assert_int_equal(plan.price_count, OFFERS);
    for (size_t at = 0; at < OFFERS; at++) { /* keys rise in both */
        assert_int_equal(plan.prices[at].offer, bench->world.offers[at].key);
        assert_int_equal(plan.prices[at].points,
                         (best.supporter_price[at] >> POLICY_LOT_BITS_LEAST) / bench->world.policy.fit);
    }
    size_t here = 0;
    for (size_t at = 0; at < FAMILIES; at++) {
        if (bench->is_here[at]) {
            assert_int_equal(plan.pairs[here++].request, bench->families[at].key);
        }
    }
    assert_int_equal(plan.pair_count, here);
    arena_free(arena);
}

static void change(Bench *bench) {
    size_t at = (size_t)random_below(&bench->random, OFFERS);
    size_t family = (size_t)random_below(&bench->random, FAMILIES);
    MatchingOffer *offer = &bench->world.offers[at];
    switch (random_below(&bench->random, 6)) {
    case 0:
        offer->capacity = (int64_t)random_below(&bench->random, 3);
        assert_true(standing_warm_offer(bench->warm, offer));
        break;
    case 1:
        offer->is_paused = !offer->is_paused;
        assert_true(standing_warm_offer(bench->warm, offer));
        break;
    case 2:
        offer->load = (int64_t)random_below(&bench->random, 2);
        offer->price = 99; /* of the database: no news here */
        assert_true(standing_warm_offer(bench->warm, offer));
        break;
    case 3:
        if (bench->is_here[family]) {
            standing_warm_leave(bench->warm, bench->families[family].key);
            bench->is_here[family] = false;
        }
        break;
    default:
        bench->families[family] = any_request(bench, family);
        bench->is_here[family] = true;
        standing_warm_family(bench->warm, &bench->families[family], 7);
    }
}

static void test_stays_the_best(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Bench *bench = bench_new(seed);
        assert_is_best(bench);
        for (int step = 0; step < STEPS; step++) {
            for (uint64_t changes = random_below(&bench->random, 4) + 1; changes > 0; changes--) {
                change(bench);
            }
            assert_is_best(bench);
        }
        arena_free(bench->arena);
    }
}

static void test_what_it_cannot_follow(void **state) {
    (void)state;
    Bench *bench = bench_new(9);
    assert_is_best(bench);
    MatchingOffer offer = bench->world.offers[3];
    offer.key = 5;
    assert_false(standing_warm_offer(bench->warm, &offer)); /* new */
    offer = bench->world.offers[3];
    offer.has.count = offer.has.count > 0 ? offer.has.count - 1 : 0;
    offer.rather_not.count = 0;
    if (offer.has.count != bench->world.offers[3].has.count) {
        assert_false(standing_warm_offer(bench->warm, &offer)); /* says something else */
    }
    assert_is_best(bench); /* and nothing was changed */
    const StandingWarmFamily *families = NULL;
    assert_int_equal(standing_warm_families(bench->arena, bench->warm, &families), FAMILIES);
    assert_int_equal(families[1].request, 1001);
    assert_int_equal(families[1].mark, 1);
    assert_int_equal(families[1].waiting_days, bench->families[1].waiting_days);
    arena_free(bench->arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stays_the_best),
        cmocka_unit_test(test_what_it_cannot_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
