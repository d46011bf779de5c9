/* SPDX-License-Identifier: Apache-2.0 */
/* Short lists made one after another: against the plain matcher, and a second count of who stands where. */
#include "test/unit.h"

#include "matching/congestion.h"
#include "matching/generate.h"
#include "matching/oracle.h"
#include "matching/plan.h"
#include "test/matching_world.h"
#include "test/one_arena.h"

enum { POOL_SIZE = 12, SLOTS = 6, ROUNDS = 150, STEPS = 60, MOST = 3 };

/* ---- a second count ---- */

typedef struct Shown {
    size_t positions[MOST];
    size_t count;
    int64_t until;
    bool is_open;
} Shown;

typedef struct Model {
    MatchingOffer offers[POOL_SIZE];
    size_t count;
    Shown shown[SLOTS];
} Model;

static void close_shown(Model *model, size_t slot) {
    Shown *shown = &model->shown[slot];
    for (size_t at = 0; shown->is_open && at < shown->count; at++) {
        model->offers[shown->positions[at]].listed--;
    }
    shown->is_open = false;
}

static void pass_hours(Model *model, int64_t hour) {
    for (size_t slot = 0; slot < SLOTS; slot++) {
        if (model->shown[slot].until <= hour) {
            close_shown(model, slot);
        }
    }
}

static void assert_same_counts(const Model *model, const Congestion *congestion) {
    assert_int_equal(congestion_count(congestion), model->count);
    for (size_t at = 0; at < model->count; at++) {
        const MatchingOffer *offer = congestion_offer(congestion, at);
        assert_int_equal(offer->key, model->offers[at].key);
        assert_int_equal(offer->listed, model->offers[at].listed);
        assert_int_equal(offer->pending, model->offers[at].pending);
        assert_int_equal(offer->load, model->offers[at].load);
    }
}

static void look(Model *model, Congestion *congestion, const MatchingWorld *world, size_t slot,
                 int64_t hour) {
    pass_hours(model, hour);
    close_shown(model, slot);
    const MatchingResult wanted =
        oracle_shortlist(arena, &world->policy, model->offers, model->count, &world->request, 7, MOST);
    PoolHit hits[MOST];
    assert_int_equal(congestion_list(congestion, slot, &world->request, hour, MOST, hits), wanted.count);
    Shown *shown = &model->shown[slot];
    *shown = (Shown){.count = wanted.count, .until = hour + world->policy.hold_hours, .is_open = true};
    for (size_t at = 0; at < wanted.count; at++) {
        assert_int_equal(congestion_offer(congestion, hits[at].position)->key, wanted.choices[at].offer);
        assert_int_equal(hits[at].score, wanted.choices[at].score);
        shown->positions[at] = hits[at].position;
        model->offers[hits[at].position].listed++;
    }
}

static void invite(Model *model, Congestion *congestion, size_t position) {
    MatchingOffer *offer = &model->offers[position];
    const bool is_free = offer->load < offer->capacity;
    assert_int_equal(congestion_invite(congestion, position), is_free);
    offer->load += is_free ? 1 : 0;
    offer->pending += is_free ? 1 : 0;
}

/* What a supporter answers, or the end of a walk. */
static void answer(Model *model, Congestion *congestion, size_t position, uint64_t kind) {
    MatchingOffer *offer = &model->offers[position];
    if (kind == 0 && offer->pending > 0) {
        congestion_accept(congestion, position);
        offer->pending--;
    } else if (kind == 1 && offer->pending > 0 && offer->load > 0) {
        congestion_decline(congestion, position);
        offer->pending--;
        offer->load--;
    } else if (kind == 2 && offer->load > 0) {
        congestion_leave(congestion, position);
        offer->load--;
    }
}

static void live(Random *random, const MatchingWorld *world) {
    Model model = {.count = world->count};
    int64_t keys = 0;
    Congestion *congestion = congestion_new(arena, &world->policy, world->offers, world->count, SLOTS, 7);
    for (size_t at = 0; at < world->count; at++) {
        model.offers[at] = *congestion_offer(congestion, at);
        keys += world->offers[at].key - model.offers[at].key;
    }
    assert_int_equal(keys, 0);
    int64_t hour = 0;
    for (int step = 0; step < STEPS; step++) {
        const size_t slot = (size_t)random_below(random, SLOTS);
        const uint64_t kind = random_below(random, 8);
        if (kind < 4) {
            look(&model, congestion, world, slot, hour);
        } else if (kind == 4) {
            close_shown(&model, slot);
            congestion_close(congestion, slot);
        } else if (kind == 5) {
            hour += (int64_t)random_below(random, (uint64_t)world->policy.hold_hours);
            pass_hours(&model, hour);
            congestion_pass_time(congestion, hour);
        } else if (world->count > 0) {
            const size_t position = (size_t)random_below(random, world->count);
            if (kind == 6) {
                invite(&model, congestion, position);
            } else {
                answer(&model, congestion, position, random_below(random, 3));
            }
        }
        assert_same_counts(&model, congestion);
    }
}

static void test_lists_and_counts_agree_with_the_plain_way(void **state) {
    (void)state;
    Random random = random_seeded(1);
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        MatchingWorld world = matching_world(arena, &random, (size_t)random_below(&random, POOL_SIZE + 1));
        world.policy.listed_penalty = (int64_t)random_below(&random, 40);
        world.policy.hold_hours = 1 + (int64_t)random_below(&random, 72);
        live(&random, &world);
    }
}

/* ---- a program ---- */

static GeneratePool people(uint32_t families, uint32_t supporters) {
    return generate_pool(
        arena, &(GenerateOrder){
                   .families = families, .supporters = supporters, .regime = GENERATE_SHORTAGE, .seed = 5});
}

static void test_a_hold_is_over_after_its_hours(void **state) {
    (void)state;
    arena_reset(arena);
    const GeneratePool pool = people(40, 20);
    Congestion *congestion =
        congestion_new(arena, &matching_policy_start, pool.offers, pool.offer_count, 2, 1);
    PoolHit hits[MOST];
    const size_t count = congestion_list(congestion, 0, &pool.requests[0], 10, MOST, hits);
    assert_true(count > 0);
    const int64_t listed = congestion_offer(congestion, hits[0].position)->listed;
    congestion_pass_time(congestion, 10 + matching_policy_start.hold_hours - 1);
    assert_int_equal(congestion_offer(congestion, hits[0].position)->listed, listed);
    congestion_pass_time(congestion, 10 + matching_policy_start.hold_hours);
    assert_int_equal(congestion_offer(congestion, hits[0].position)->listed, listed - 1);
}

static void test_prices_are_those_of_the_plan(void **state) {
    (void)state;
    arena_reset(arena);
    const GeneratePool pool = people(120, 40);
    Congestion *congestion =
        congestion_new(arena, &matching_policy_start, pool.offers, pool.offer_count, 1, 1);
    congestion_set_prices(congestion, arena, pool.requests, pool.request_count);
    const Plan plan = plan_new(arena, &(PlanOrder){.policy = &matching_policy_start,
                                                   .requests = pool.requests,
                                                   .request_count = pool.request_count,
                                                   .offers = pool.offers,
                                                   .offer_count = pool.offer_count,
                                                   .is_without_lots = true});
    int64_t sum = 0;
    size_t found = 0;
    for (size_t at = 0; at < pool.offer_count; at++) {
        const MatchingOffer *offer = congestion_offer(congestion, at);
        for (size_t to = 0; to < pool.offer_count; to++) {
            if (plan.supporters[to].offer == offer->key) {
                assert_int_equal(plan.supporters[to].points, offer->price);
                sum += offer->price;
                found++;
            }
        }
    }
    assert_int_equal(found, pool.offer_count);
    assert_true(sum > 0);
    congestion_set_prices(congestion, arena, NULL, 0);
    for (size_t at = 0; at < pool.offer_count; at++) {
        assert_int_equal(congestion_offer(congestion, at)->price, 0);
    }
}

/* Each sees the lists before it, and no other way of making them does better by its own order. */
static void test_a_whole_waiting_list(void **state) {
    (void)state;
    arena_reset(arena);
    const GeneratePool pool = people(60, 25);
    const MatchingResult *results =
        congestion_lists(arena, &matching_policy_start, pool.offers, pool.offer_count, pool.requests,
                         pool.request_count, 3, MOST);
    MatchingOffer *offers = NEW_MANY(arena, pool.offer_count, MatchingOffer);
    memcpy(offers, pool.offers, pool.offer_count * sizeof(MatchingOffer));
    size_t listed = 0;
    size_t moved = 0;
    for (size_t family = 0; family < pool.request_count; family++) {
        const MatchingResult wanted = oracle_shortlist(arena, &matching_policy_start, offers,
                                                       pool.offer_count, &pool.requests[family], 3, MOST);
        const MatchingResult alone = oracle_shortlist(arena, &matching_policy_start, pool.offers,
                                                      pool.offer_count, &pool.requests[family], 3, MOST);
        assert_int_equal(results[family].count, wanted.count);
        assert_int_equal(results[family].fitting, wanted.fitting);
        for (size_t at = 0; at < wanted.count; at++) {
            assert_int_equal(results[family].choices[at].offer, wanted.choices[at].offer);
            assert_int_equal(results[family].choices[at].penalty, wanted.choices[at].penalty);
            assert_int_equal(results[family].choices[at].reason_count, wanted.choices[at].reason_count);
            moved += wanted.choices[at].offer != alone.choices[at].offer ? 1 : 0;
            for (size_t to = 0; to < pool.offer_count; to++) {
                offers[to].listed += offers[to].key == wanted.choices[at].offer ? 1 : 0;
            }
        }
        listed += wanted.count;
    }
    assert_true(listed > 50 && moved > 10);
}

static void test_nobody(void **state) {
    (void)state;
    arena_reset(arena);
    Congestion *congestion = congestion_new(arena, &matching_policy_start, NULL, 0, 1, 1);
    const MatchingRequest request = {.key = 1, .person = 2};
    PoolHit hits[MOST];
    assert_int_equal(congestion_list(congestion, 0, &request, 0, MOST, hits), 0);
    congestion_set_prices(congestion, arena, &request, 1);
    assert_int_equal(congestion_count(congestion), 0);
    congestion_lists(arena, &matching_policy_start, NULL, 0, NULL, 0, 1, MOST);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_and_counts_agree_with_the_plain_way),
        cmocka_unit_test(test_a_hold_is_over_after_its_hours),
        cmocka_unit_test(test_prices_are_those_of_the_plan),
        cmocka_unit_test(test_a_whole_waiting_list),
        cmocka_unit_test(test_nobody),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
