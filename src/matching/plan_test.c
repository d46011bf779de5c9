/* SPDX-License-Identifier: Apache-2.0 */
/* Plans checked pair by pair against the oracle, in any order of the input, and every cost planned anew. */
#include "test/unit.h"

#include "base/random.h"
#include "matching/generate.h"
#include "matching/lot.h"
#include "matching/oracle.h"
#include "matching/plan.h"
#include "matching/policy.h"
#include "test/one_arena.h"

static PlanOrder order_of(uint32_t families, uint32_t supporters, GenerateRegime regime, uint16_t seed) {
    const GenerateOrder people = {
        .families = families, .supporters = supporters, .regime = regime, .seed = seed};
    const GeneratePool pool = generate_pool(arena, &people);
    return (PlanOrder){.policy = &matching_policy_start,
                       .requests = pool.requests,
                       .request_count = pool.request_count,
                       .offers = pool.offers,
                       .offer_count = pool.offer_count,
                       .seed = seed};
}

static const PlanSupporter *supporter_at(const Plan *plan, size_t count, int64_t key) {
    for (size_t at = 0; at < count; at++) {
        if (plan->supporters[at].offer == key) {
            return &plan->supporters[at];
        }
    }
    return NULL;
}

/* Looks at every pair there is: nobody is worth more elsewhere than proved, nobody is over capacity, and the
 * sums are right. */
static void check_plan(const PlanOrder *order, const Plan *plan) {
    int64_t weight = 0;
    int64_t bound = 0;
    size_t matched = 0;
    for (size_t at = 0; at < order->offer_count; at++) {
        const PlanSupporter *line = &plan->supporters[at];
        assert_int_equal(line->offer, order->offers[at].key);
        assert_true(line->taken <= line->places && line->price >= 0);
        assert_int_equal(line->points, line->price / order->policy->fit);
        bound += line->price * line->places;
    }
    for (size_t at = 0; at < order->request_count; at++) {
        const PlanFamily *line = &plan->families[at];
        const MatchingRequest *request = &order->requests[at];
        assert_int_equal(line->request, request->key);
        matched += line->offer != 0 ? 1 : 0;
        weight += line->weight;
        bound += line->value;
        bool has_met = line->offer == 0;
        for (size_t other = 0; other < order->offer_count; other++) {
            const MatchingOffer *offer = &order->offers[other];
            if (oracle_rules_against(order->policy, offer, request) != 0) {
                continue;
            }
            const int64_t score = oracle_score(order->policy, offer, request, NULL, NULL);
            const int64_t there = policy_value(order->policy, request, score);
            /* Values and prices are rounded down: with lots, by almost a unit each. */
            assert_true(line->value + plan->supporters[other].price + (plan->lot_bits > 0 ? 1 : 0) >= there);
            if (line->offer == offer->key) {
                assert_int_equal(line->score, score);
                assert_int_equal(line->weight, there);
                has_met = true;
            }
        }
        assert_true(has_met);
    }
    assert_true(plan->is_proved);
    assert_int_equal(plan->weight, weight);
    assert_int_equal(plan->matched, matched);
    assert_int_equal(plan->objective, plan->bound);
    if (plan->lot_bits == 0) {
        assert_int_equal(plan->bound, bound);
        assert_int_equal(plan->objective, weight);
    }
}

static void test_every_pair_is_covered(void **state) {
    (void)state;
    for (uint16_t seed = 1; seed <= 4; seed++) {
        PlanOrder order = order_of(120, 40, seed % 2 == 0 ? GENERATE_SHORTAGE : GENERATE_SLACK, seed);
        Plan plan = plan_new(arena, &order);
        assert_int_equal(plan.lot_bits, 16);
        assert_true(plan.matched > 30);
        check_plan(&order, &plan);
        order.is_without_lots = true;
        plan = plan_new(arena, &order);
        assert_int_equal(plan.lot_bits, 0);
        check_plan(&order, &plan);
    }
}

/* ---- the same people in any order ---- */

static void shuffle(Random *random, void *items, size_t count, size_t size) {
    unsigned char *bytes = items;
    unsigned char *kept = arena_get(arena, size);
    for (size_t at = count; at > 1; at--) {
        const size_t other = random_below(random, at);
        memcpy(kept, bytes + (at - 1) * size, size);
        memmove(bytes + (at - 1) * size, bytes + other * size, size);
        memcpy(bytes + other * size, kept, size);
    }
}

/* Everyone has the same partner and the same figures in both plans. */
static void check_same(const PlanOrder *order, const Plan *plan, const PlanOrder *mixed, const Plan *other) {
    assert_int_equal(plan->objective, other->objective);
    for (size_t at = 0; at < order->request_count; at++) {
        size_t there = 0;
        while (mixed->requests[there].key != order->requests[at].key) {
            there++;
        }
        assert_memory_equal(&plan->families[at], &other->families[there], sizeof plan->families[at]);
    }
    for (size_t at = 0; at < order->offer_count; at++) {
        const PlanSupporter *line = supporter_at(other, order->offer_count, order->offers[at].key);
        assert_memory_equal(&plan->supporters[at], line, sizeof *line);
    }
}

static void test_order_of_input_changes_nothing(void **state) {
    (void)state;
    for (uint16_t seed = 11; seed < 15; seed++) {
        Random random = random_seeded(seed);
        const PlanOrder order = order_of(100, 35, seed % 2 == 0 ? GENERATE_SHORTAGE : GENERATE_SLACK, seed);
        PlanOrder mixed = order;
        MatchingRequest *requests = NEW_MANY(arena, order.request_count, MatchingRequest);
        MatchingOffer *offers = NEW_MANY(arena, order.offer_count, MatchingOffer);
        memcpy(requests, order.requests, order.request_count * sizeof *requests);
        memcpy(offers, order.offers, order.offer_count * sizeof *offers);
        shuffle(&random, requests, order.request_count, sizeof *requests);
        shuffle(&random, offers, order.offer_count, sizeof *offers);
        mixed.requests = requests;
        mixed.offers = offers;
        const Plan plan = plan_new(arena, &order);
        const Plan other = plan_new(arena, &mixed);
        check_same(&order, &plan, &mixed, &other);
    }
}

/* ---- by hand ---- */

static size_t moved_between(const Plan *plan, const Plan *other, size_t count, size_t without) {
    size_t moved = 0;
    for (size_t at = 0; at < count; at++) {
        moved += at != without && plan->families[at].offer != other->families[at].offer ? 1 : 0;
    }
    return moved;
}

static void test_costs_are_what_the_sum_loses(void **state) {
    (void)state;
    const PlanOrder order = order_of(50, 25, GENERATE_SHORTAGE, 21);
    const Plan plan = plan_new(arena, &order);
    size_t told = 0;
    for (size_t at = 0; at < order.request_count; at += 3) {
        for (size_t other = 0; other <= order.offer_count; other++) {
            const int64_t key = other == order.offer_count ? 0 : order.offers[other].key;
            PlanCost cost = {.cost = -1};
            const PlanAnswer answer = plan_cost_of(arena, &plan, order.requests[at].key, key, &cost);
            const bool is_kept_apart = key != 0 && oracle_rules_against(order.policy, &order.offers[other],
                                                                        &order.requests[at]) != 0;
            assert_int_equal(answer, is_kept_apart ? PLAN_KEPT_APART : PLAN_TOLD);
            if (answer == PLAN_TOLD) {
                told++;
                const PlanDecision decided = {.request = order.requests[at].key, .offer = key};
                PlanOrder with = order;
                with.decided = &decided;
                with.decided_count = 1;
                const Plan anew = plan_new(arena, &with);
                assert_int_equal(cost.cost, plan.bound - anew.bound);
                assert_int_equal(cost.matched, (int64_t)anew.matched - (int64_t)plan.matched);
                assert_int_equal(cost.moved, moved_between(&plan, &anew, order.request_count, at));
                assert_true(cost.cost >= 0);
                assert_int_equal(cost.cost == 0, plan.families[at].offer == key);
                assert_int_equal(cost.weight, (cost.cost + 32768) >> 16);
                if (key == 0) {
                    assert_int_equal(cost.cost >> 16, plan.families[at].value);
                }
            }
        }
    }
    assert_true(told > 30);
    PlanCost cost = {.cost = -1};
    assert_int_equal(plan_cost_of(arena, &plan, 17, 0, &cost), PLAN_NO_SUCH_REQUEST);
    assert_int_equal(plan_cost_of(arena, &plan, order.requests[0].key, 17, &cost), PLAN_NO_SUCH_OFFER);
    assert_int_equal(cost.cost, -1);
}

/* Without lots a unit is the smallest there is, and nothing is rounded. */
static void test_costs_without_lots_are_whole(void **state) {
    (void)state;
    PlanOrder order = order_of(30, 15, GENERATE_SHORTAGE, 27);
    order.is_without_lots = true;
    const Plan plan = plan_new(arena, &order);
    size_t lost = 0;
    for (size_t at = 0; at < order.request_count; at++) {
        PlanCost cost = {.cost = -1};
        assert_int_equal(plan_cost_of(arena, &plan, order.requests[at].key, 0, &cost), PLAN_TOLD);
        assert_int_equal(cost.weight, cost.cost);
        assert_int_equal(cost.cost, plan.families[at].value);
        lost += cost.cost > 0 ? 1 : 0;
    }
    assert_true(lost > 5);
    PlanCost cost = {.cost = -1};
    assert_int_equal(plan_cost_of(arena, &plan, order.requests[0].key, INT64_MAX, &cost), PLAN_NO_SUCH_OFFER);
}

static void test_decisions_hold(void **state) {
    (void)state;
    PlanOrder order = order_of(50, 25, GENERATE_SHORTAGE, 22);
    const Plan free = plan_new(arena, &order);
    /* One who has a partner gets nobody, another one someone else, and two decisions cannot be. */
    size_t with = 0;
    while (free.families[with].offer == 0) {
        with++;
    }
    size_t moved = with + 1;
    const MatchingOffer *offer = order.offers;
    while (free.families[moved].offer == offer->key ||
           oracle_rules_against(order.policy, offer, &order.requests[moved]) != 0) {
        offer++;
        if (offer == order.offers + order.offer_count) {
            offer = order.offers;
            moved++;
        }
    }
    const PlanDecision decided[] = {{.request = order.requests[with].key, .offer = 0},
                                    {.request = 5, .offer = 0},
                                    {.request = order.requests[moved + 1].key, .offer = 5},
                                    {.request = order.requests[moved].key, .offer = offer->key}};
    order.decided = decided;
    order.decided_count = 4;
    const Plan plan = plan_new(arena, &order);
    assert_int_equal(plan.ignored, 2);
    assert_int_equal(plan.families[with].offer, 0);
    assert_int_equal(plan.families[moved].offer, offer->key);
    assert_int_equal(plan.families[moved].value, 0);
    assert_int_equal(plan.objective, plan.bound);
    assert_true(plan.bound < free.bound);
    /* Taken back, one after the other, the best plan is there again. */
    PlanCost cost = {.cost = 0};
    const int64_t key = order.requests[moved].key;
    assert_int_equal(plan_cost_of(arena, &plan, key, free.families[moved].offer, &cost), PLAN_TOLD);
    assert_true(cost.cost < 0);
}

static void test_reasons_and_envy(void **state) {
    (void)state;
    PlanOrder order = order_of(60, 20, GENERATE_SHORTAGE, 23);
    Plan plan = plan_new(arena, &order);
    size_t at = 0;
    while (plan.families[at].offer == 0) {
        at++;
    }
    const MatchingChoice choice = plan_choice(arena, &plan, at);
    assert_int_equal(choice.offer, plan.families[at].offer);
    assert_int_equal(choice.score, plan.families[at].score);
    assert_true(choice.reason_count > 0);
    assert_true(plan_count_envious(arena, &plan) > 0);
    /* No envy where the policy asks for that, at a cost in sum. */
    MatchingPolicy policy = matching_policy_start;
    policy.method = METHOD_NO_ENVY;
    order.policy = &policy;
    const Plan fair = plan_new(arena, &order);
    assert_int_equal(plan_count_envious(arena, &fair), 0);
    assert_int_equal(fair.bound, plan.bound);
    assert_true(fair.is_proved && fair.objective < fair.bound);
}

/* Also beside a decision that fills somebody's only place. */
static void test_no_envy_holds_beside_decisions(void **state) {
    (void)state;
    PlanOrder order = order_of(60, 20, GENERATE_SHORTAGE, 25);
    MatchingPolicy policy = matching_policy_start;
    policy.method = METHOD_NO_ENVY;
    order.policy = &policy;
    const Plan free = plan_new(arena, &order);
    size_t full = 0;
    while (free.supporters[full].places != 1 || free.supporters[full].taken != 1) {
        full++;
    }
    PlanDecision decided = {.offer = free.supporters[full].offer};
    for (size_t at = 0; at < order.request_count; at++) {
        if (free.families[at].offer == decided.offer) {
            decided.request = order.requests[at].key;
        }
    }
    order.decided = &decided;
    order.decided_count = 1;
    const Plan plan = plan_new(arena, &order);
    assert_int_equal(plan.ignored, 0);
    assert_int_equal(plan_count_envious(arena, &plan), 0);
    assert_int_equal(plan.matched, free.matched);
    for (size_t at = 0; at < order.request_count; at++) {
        assert_int_equal(plan.families[at].offer, free.families[at].offer);
    }
}

/* Where each question of the pool finds more pairs than one round takes. */
static void test_a_longer_list_is_proved(void **state) {
    (void)state;
    const PlanOrder order = order_of(600, 240, GENERATE_SHORTAGE, 26);
    const Plan plan = plan_new(arena, &order);
    assert_true(plan.is_proved && plan.rounds > 1);
    assert_int_equal(plan.objective, plan.bound);
}

/* ---- small worlds ---- */

enum { ENGLISH = 1, SPANISH, FIRST_AGE = 10 };

/* Speaks English and, if so, Spanish; shares the experience; each age is worth ten points. */
static MatchingOffer speaker(int64_t key, bool speaks_both, size_t ages) {
    enum { OTHER_ITEMS = 3 };
    MatchingItem *has = NEW_MANY(arena, ages + OTHER_ITEMS, MatchingItem);
    size_t count = 0;
    has[count++] = (MatchingItem){.item = ENGLISH, .facet = FACET_LANGUAGE};
    if (speaks_both) {
        has[count++] = (MatchingItem){.item = SPANISH, .facet = FACET_LANGUAGE};
    }
    for (size_t at = 0; at < ages; at++) {
        has[count++] = (MatchingItem){.item = (int64_t)(FIRST_AGE + at), .facet = FACET_AGE};
    }
    return (MatchingOffer){
        .key = key, .person = key, .is_cleared = true, .capacity = 1, .has = {.items = has, .count = count}};
}

static MatchingRequest asking(int64_t key, int64_t language, size_t ages, int64_t days) {
    MatchingWish *wishes = NEW_MANY(arena, ages + 1, MatchingWish);
    wishes[0] = (MatchingWish){.item = language, .facet = FACET_LANGUAGE, .kind = WISH_FIRST};
    for (size_t at = 0; at < ages; at++) {
        wishes[at + 1] =
            (MatchingWish){.item = (int64_t)(FIRST_AGE + at), .facet = FACET_AGE, .kind = WISH_CHOSEN};
    }
    return (MatchingRequest){
        .key = key, .person = key, .wishes = {.items = wishes, .count = ages + 1}, .waiting_days = days};
}

static PlanOrder small_order(const MatchingOffer *offers, size_t count, const MatchingRequest *requests,
                             size_t request_count) {
    return (PlanOrder){.policy = &matching_policy_start,
                       .requests = requests,
                       .request_count = request_count,
                       .offers = offers,
                       .offer_count = count,
                       .seed = 5};
}

/* Eight speak both languages and are wanted by all, so that their price stays high; thirty more speak
 * English, and each of them is then of use to those who have waited long: more than come in at once. */
static void test_more_pairs_of_use_than_a_round_takes(void **state) {
    (void)state;
    enum { BOTH = 8, ENGLISH_ONLY = 30, WAITED = 4, OTHERS = 20 };
    MatchingOffer offers[BOTH + ENGLISH_ONLY];
    MatchingRequest requests[WAITED + OTHERS];
    for (size_t at = 0; at < BOTH + ENGLISH_ONLY; at++) {
        offers[at] = speaker(1000 + 7 * (int64_t)at, at < BOTH, at < BOTH ? 5 : at % 4);
    }
    for (size_t at = 0; at < WAITED + OTHERS; at++) {
        const bool has_waited = at < WAITED;
        requests[at] = asking(100 + (int64_t)at, has_waited ? ENGLISH : SPANISH, 5, has_waited ? 300 : 150);
    }
    const PlanOrder order = small_order(offers, BOTH + ENGLISH_ONLY, requests, WAITED + OTHERS);
    const Plan plan = plan_new(arena, &order);
    check_plan(&order, &plan);
    assert_int_equal(plan.matched, BOTH + WAITED);
    assert_true(plan.rounds > 2);
}

/* Nobody is left whose claim is greater than that of the last family. */
static void test_the_last_family_may_envy_everyone(void **state) {
    (void)state;
    const MatchingOffer offers[] = {speaker(1, true, 0)};
    const MatchingRequest requests[] = {asking(11, ENGLISH, 0, 10), asking(12, ENGLISH, 0, 20),
                                        asking(13, ENGLISH, 0, 30)};
    const PlanDecision decided = {.request = 11, .offer = 1};
    PlanOrder order = small_order(offers, 1, requests, 3);
    assert_int_equal(plan_new(arena, &order).families[2].offer, 1); /* who has waited longest */
    order.decided = &decided;
    order.decided_count = 1;
    const Plan plan = plan_new(arena, &order);
    assert_int_equal(plan.families[0].offer, 1);
    assert_int_equal(plan_count_envious(arena, &plan), 2);
}

static void test_decisions_that_cannot_be(void **state) {
    (void)state;
    const MatchingOffer offers[] = {speaker(1, true, 0), speaker(2, false, 0)};
    const MatchingRequest requests[] = {asking(11, ENGLISH, 0, 1), asking(12, ENGLISH, 0, 2),
                                        asking(13, SPANISH, 0, 3)};
    const PlanDecision decided[] = {{.request = 11, .offer = 1},
                                    {.request = 12, .offer = 1},  /* the only place is given */
                                    {.request = 13, .offer = 2},  /* no common language */
                                    {.request = 12, .offer = 3}}; /* nobody has this key */
    PlanOrder order = small_order(offers, 2, requests, 3);
    order.decided = decided;
    order.decided_count = 4;
    const Plan plan = plan_new(arena, &order);
    assert_int_equal(plan.ignored, 3);
    assert_int_equal(plan.families[0].offer, 1);
    assert_int_equal(plan.families[1].offer, 2); /* by the plan */
    assert_int_equal(plan.families[2].offer, 0);
}

/* ---- without envy, by hand ---- */

/* Whose turn it is: of those who have not chosen, the greatest claim, then the smallest key. */
static size_t next_to_choose(const PlanOrder *order, const bool *has_chosen) {
    size_t next = order->request_count;
    int64_t greatest = 0;
    for (size_t at = 0; at < order->request_count; at++) {
        const int64_t claim = policy_value(order->policy, &order->requests[at], 0);
        if (!has_chosen[at] && (next == order->request_count || claim > greatest ||
                                (claim == greatest && order->requests[at].key < order->requests[next].key))) {
            next = at;
            greatest = claim;
        }
    }
    return next;
}

/* The best score that has a place; of equals the smallest key. */
static size_t chosen_by(const PlanOrder *order, const MatchingRequest *request, const int64_t *left) {
    size_t chosen = order->offer_count;
    int64_t best = 0;
    for (size_t at = 0; at < order->offer_count; at++) {
        const MatchingOffer *offer = &order->offers[at];
        if (left[at] == 0 || oracle_rules_against(order->policy, offer, request) != 0) {
            continue;
        }
        const int64_t score = oracle_score(order->policy, offer, request, NULL, NULL);
        if (chosen == order->offer_count || score > best ||
            (score == best && offer->key < order->offers[chosen].key)) {
            chosen = at;
            best = score;
        }
    }
    return chosen;
}

static void test_families_choose_in_turn(void **state) {
    (void)state;
    MatchingPolicy policy = matching_policy_start;
    policy.method = METHOD_NO_ENVY;
    /* Few differences, so that many are equally good. */
    for (MatchingFacet facet = 0; facet < FACET_COUNT; facet++) {
        if (facet != FACET_EXPERIENCE) {
            policy.facets[facet].first = policy.facets[facet].chosen = policy.facets[facet].coded = 0;
        }
    }
    for (uint16_t seed = 31; seed < 37; seed++) {
        PlanOrder order = order_of(80, 40, seed % 2 == 0 ? GENERATE_SHORTAGE : GENERATE_SLACK, seed);
        order.policy = &policy;
        order.is_without_lots = true;
        const Plan plan = plan_new(arena, &order);
        bool *has_chosen = NEW_MANY(arena, order.request_count, bool);
        int64_t *left = NEW_MANY(arena, order.offer_count, int64_t);
        for (size_t at = 0; at < order.offer_count; at++) {
            left[at] = plan.supporters[at].places;
        }
        for (size_t turn = 0; turn < order.request_count; turn++) {
            const size_t at = next_to_choose(&order, has_chosen);
            const size_t chosen = chosen_by(&order, &order.requests[at], left);
            has_chosen[at] = true;
            if (chosen < order.offer_count) {
                left[chosen]--;
            }
            assert_int_equal(plan.families[at].offer,
                             chosen < order.offer_count ? order.offers[chosen].key : 0);
        }
    }
}

/* ---- when memory runs out ---- */

typedef struct Vain {
    const PlanOrder *order;
    Plan plan;
} Vain;

static void plan_in_vain(void *context) {
    Vain *vain = context;
    vain->plan = plan_new(arena, vain->order);
}

/* Whichever allocation fails, the work leaves by fail(), and nothing stays behind (the address sanitizer
 * looks). */
static void test_memory_may_run_out(void **state) {
    (void)state;
    const PlanOrder order = order_of(40, 20, GENERATE_SHORTAGE, 28);
    const int64_t objective = plan_new(arena, &order).objective;
    Vain vain = {.order = &order};
    Fail failure = {0};
    size_t nth = 1;
    for (bool is_done = false; !is_done; nth++) {
        arena_fail_nth(nth);
        is_done = fail_catch(plan_in_vain, &vain, &failure);
        arena_fail_nth(0);
        assert_true(is_done || failure.kind == FAIL_MEMORY);
    }
    assert_true(nth > 20);
    assert_int_equal(vain.plan.objective, objective);
}

static void test_nobody_is_no_plan(void **state) {
    (void)state;
    PlanOrder order = order_of(5, 3, GENERATE_SHORTAGE, 24);
    order.offer_count = 0;
    Plan plan = plan_new(arena, &order);
    assert_true(plan.is_proved && plan.matched == 0 && plan.objective == 0);
    order = order_of(5, 3, GENERATE_SHORTAGE, 24);
    order.request_count = 0;
    plan = plan_new(arena, &order);
    assert_true(plan.is_proved && plan.matched == 0 && plan.supporters[2].price == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_pair_is_covered),
        cmocka_unit_test(test_order_of_input_changes_nothing),
        cmocka_unit_test(test_costs_are_what_the_sum_loses),
        cmocka_unit_test(test_decisions_hold),
        cmocka_unit_test(test_reasons_and_envy),
        cmocka_unit_test(test_no_envy_holds_beside_decisions),
        cmocka_unit_test(test_a_longer_list_is_proved),
        cmocka_unit_test(test_more_pairs_of_use_than_a_round_takes),
        cmocka_unit_test(test_the_last_family_may_envy_everyone),
        cmocka_unit_test(test_decisions_that_cannot_be),
        cmocka_unit_test(test_families_choose_in_turn),
        cmocka_unit_test(test_costs_without_lots_are_whole),
        cmocka_unit_test(test_memory_may_run_out),
        cmocka_unit_test(test_nobody_is_no_plan),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
