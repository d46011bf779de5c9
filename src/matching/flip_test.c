/* SPDX-License-Identifier: Apache-2.0 */
/* Flips: what a sound policy passes, and that each question can come out wrong. */
#include "test/unit.h"

#include "matching/flip.h"
#include "matching/generate.h"

enum { TRIALS = 400 };

static Arena *arena;
static GeneratePool pool;

static FlipReport flips(const MatchingPolicy *policy) {
    return flip_try(arena, policy, pool.offers, pool.offer_count, pool.requests, pool.request_count, 3,
                    TRIALS);
}

/* Only this kind failed. */
static void assert_only(const FlipReport *report, FlipKind failed) {
    assert_false(report->is_passed);
    for (FlipKind kind = 0; kind < FLIP_COUNT; kind++) {
        assert_int_equal(report->counts[kind].failed > 0, kind == failed);
        assert_true(report->counts[kind].failed <= report->counts[kind].tried);
    }
}

static void test_the_starting_policy_passes(void **state) {
    (void)state;
    const FlipReport report = flips(&matching_policy_start);
    assert_true(report.is_passed);
    for (FlipKind kind = 0; kind < FLIP_COUNT; kind++) {
        assert_true(report.counts[kind].tried > 20);
        assert_int_equal(report.counts[kind].failed, 0);
    }
}

static void test_the_same_seed_asks_the_same(void **state) {
    (void)state;
    MatchingPolicy policy = matching_policy_start;
    policy.facets[FACET_GENDER].coded = 4;
    const FlipReport one = flips(&policy);
    const FlipReport other = flips(&policy);
    for (FlipKind kind = 0; kind < FLIP_COUNT; kind++) {
        assert_int_equal(one.counts[kind].tried, other.counts[kind].tried);
        assert_int_equal(one.counts[kind].failed, other.counts[kind].failed);
    }
    assert_int_equal(one.counts[FLIP_CODED].first.offer, other.counts[FLIP_CODED].first.offer);
}

static void test_points_for_a_coded_gender_fail(void **state) {
    (void)state;
    MatchingPolicy policy = matching_policy_start;
    policy.facets[FACET_GENDER].coded = 4;
    const FlipReport report = flips(&policy);
    assert_only(&report, FLIP_CODED);
    const FlipExample *first = &report.counts[FLIP_CODED].first;
    assert_int_equal(first->facet, FACET_GENDER);
    assert_int_equal(first->after - first->before, 4);
    assert_false(first->is_removed);
    assert_true(first->request != 0 && first->offer != 0 && first->item != 0);
}

static void test_a_rule_on_a_coded_culture_fails(void **state) {
    (void)state;
    MatchingPolicy policy = matching_policy_start;
    policy.facets[FACET_CULTURE].rule = RULE_COMMON;
    const FlipReport report = flips(&policy);
    assert_only(&report, FLIP_CODED);
    assert_int_equal(report.counts[FLIP_CODED].first.facet, FACET_CULTURE);
}

static void test_coding_above_own_words_fails(void **state) {
    (void)state;
    MatchingPolicy policy = matching_policy_start;
    policy.facets[FACET_EXPERIENCE].coded = policy.facets[FACET_EXPERIENCE].chosen + 1;
    FlipReport report = flips(&policy);
    assert_only(&report, FLIP_OWN_WORDS);
    const FlipExample *first = &report.counts[FLIP_OWN_WORDS].first;
    assert_int_equal(first->after - first->before, -1);
    policy = matching_policy_start;
    policy.facets[FACET_REGION].first = policy.facets[FACET_REGION].chosen - 2;
    report = flips(&policy);
    assert_only(&report, FLIP_OWN_WORDS);
    assert_int_equal(report.counts[FLIP_OWN_WORDS].first.facet, FACET_REGION);
}

/* No text can say it, and the flip must see it nevertheless. */
static void test_points_below_zero_fail(void **state) {
    (void)state;
    MatchingPolicy policy = matching_policy_start;
    policy.facets[FACET_EXPERIENCE] =
        (MatchingFacetPolicy){RULE_FREE, .first = -1, .chosen = -1, .coded = -1};
    const FlipReport report = flips(&policy);
    assert_only(&report, FLIP_SHARED);
    const FlipExample *first = &report.counts[FLIP_SHARED].first;
    assert_int_equal(first->after - first->before, -1);
    assert_int_equal(first->facet, FACET_EXPERIENCE);
}

/* ---- small pools ---- */

static const MatchingItem SAID[] = {{.item = 1, .facet = FACET_EXPERIENCE}};
static const MatchingWish WISH[] = {{.item = 1, .facet = FACET_EXPERIENCE, .kind = WISH_FIRST}};

static MatchingOffer plain_offer(int64_t key) {
    return (MatchingOffer){
        .key = key, .person = key, .is_cleared = true, .capacity = 2, .has = {.items = SAID, .count = 1}};
}

static FlipReport flips_of(const MatchingOffer *offers, size_t count, const MatchingWish *wishes,
                           size_t wish_count) {
    const MatchingRequest request = {
        .key = 50, .person = 50, .wishes = {.items = wishes, .count = wish_count}};
    return flip_try(arena, &matching_policy_start, offers, count, &request, 1, 1, 64);
}

/* Two offers of one key: to pass over one loses the other. A pool never has them; here they stand for a
 * matcher that forgets someone, and for one that moves someone up. */
static void test_who_is_lost_by_declining_is_seen(void **state) {
    (void)state;
    const MatchingOffer twice[] = {plain_offer(9), plain_offer(9)};
    FlipReport report = flips_of(twice, 2, WISH, 1);
    assert_only(&report, FLIP_DECLINED);
    assert_true(report.counts[FLIP_DECLINED].first.is_removed);
    assert_int_equal(report.counts[FLIP_DECLINED].first.offer, 9);
    const MatchingOffer thrice[] = {plain_offer(9), plain_offer(9), plain_offer(10), plain_offer(11)};
    report = flips_of(thrice, 4, WISH, 1);
    assert_only(&report, FLIP_DECLINED);
}

/* An item in two facets: what the family did not state then touches what it did. */
static void test_what_touches_the_unstated_is_seen(void **state) {
    (void)state;
    static const MatchingItem culture[] = {{.item = 1, .facet = FACET_CULTURE}};
    static const MatchingItem other[] = {{.item = 2, .facet = FACET_CULTURE}};
    static const MatchingWish wishes[] = {{.item = 1, .facet = FACET_SYSTEM, .kind = WISH_CHOSEN},
                                          {.item = 2, .facet = FACET_SYSTEM, .kind = WISH_CHOSEN}};
    MatchingOffer offers[] = {plain_offer(9), plain_offer(10)};
    offers[0].has = (MatchingItems){.items = culture, .count = 1};
    offers[1].has = (MatchingItems){.items = other, .count = 1};
    const FlipReport report = flips_of(offers, 2, wishes, 2);
    assert_true(report.counts[FLIP_UNSTATED].failed > 0);
    assert_int_equal(report.counts[FLIP_UNSTATED].first.facet, FACET_CULTURE);
}

/* Each in another way: a reason of another kind, one reason less that gives no points, a rule. */
static void test_each_way_to_touch_the_unstated_is_seen(void **state) {
    (void)state;
    static const MatchingItem culture[] = {{.item = 1, .facet = FACET_CULTURE}};
    static const MatchingItem other[] = {{.item = 2, .facet = FACET_CULTURE}};
    static const MatchingWish another_kind[] = {{.item = 1, .facet = FACET_AGE, .kind = WISH_CHOSEN},
                                                {.item = 2, .facet = FACET_GENDER, .kind = WISH_CHOSEN}};
    static const MatchingWish one_less[] = {{.item = 1, .facet = FACET_ROLE, .kind = WISH_CHOSEN}};
    static const MatchingWish rule[] = {{.item = 1, .facet = FACET_LANGUAGE, .kind = WISH_CHOSEN}};
    MatchingOffer offers[] = {plain_offer(9), plain_offer(10)};
    offers[0].has = (MatchingItems){.items = culture, .count = 1};
    offers[1].has = (MatchingItems){.items = other, .count = 1};
    FlipReport report = flips_of(offers, 2, another_kind, 2);
    assert_true(report.counts[FLIP_UNSTATED].failed > 0);
    assert_false(report.counts[FLIP_UNSTATED].first.is_removed);
    report = flips_of(offers, 1, one_less, 1);
    assert_int_equal(report.counts[FLIP_UNSTATED].failed, 64);
    assert_int_equal(report.counts[FLIP_UNSTATED].first.before, report.counts[FLIP_UNSTATED].first.after);
    assert_false(report.counts[FLIP_UNSTATED].first.is_removed);
    report = flips_of(offers, 1, rule, 1);
    assert_int_equal(report.counts[FLIP_UNSTATED].failed, 64);
    assert_true(report.counts[FLIP_UNSTATED].first.is_removed);
}

/* Behind the two of one key stand two more: these must come up as they were. */
static size_t failed_by_declining(MatchingOffer last) {
    static const MatchingWish wishes[] = {{.item = 1, .facet = FACET_EXPERIENCE, .kind = WISH_FIRST},
                                          {.item = 2, .facet = FACET_AGE, .kind = WISH_CHOSEN}};
    MatchingOffer offers[] = {plain_offer(9), plain_offer(9), plain_offer(10), last};
    offers[2].price = 3;
    const FlipReport report = flips_of(offers, 4, wishes, 2);
    assert_only(&report, FLIP_DECLINED);
    return report.counts[FLIP_DECLINED].failed;
}

static void test_another_score_price_or_penalty_after_declining_is_seen(void **state) {
    (void)state;
    enum { LISTS = 4 }; /* of 64 trials */
    MatchingOffer last = plain_offer(10);
    last.price = 3;
    assert_int_equal(failed_by_declining(last), 2 * LISTS);
    last.price = 4;
    assert_int_equal(failed_by_declining(last), 3 * LISTS);
    last.price = 3;
    last.listed = 1;
    assert_int_equal(failed_by_declining(last), 3 * LISTS);
    /* More in common, and so much dearer that it stands last nevertheless. */
    static const MatchingItem both[] = {{.item = 1, .facet = FACET_EXPERIENCE},
                                        {.item = 2, .facet = FACET_AGE}};
    last = plain_offer(10);
    last.has = (MatchingItems){.items = both, .count = 2};
    last.price = 40;
    assert_int_equal(failed_by_declining(last), 3 * LISTS);
}

/* Their own limit removes them, whatever the policy says. */
static void test_own_limits_are_not_held_against_a_policy(void **state) {
    (void)state;
    static const MatchingItem has[] = {{.item = 1, .facet = FACET_EXPERIENCE},
                                       {.item = 5, .facet = FACET_CULTURE}};
    MatchingOffer offers[] = {plain_offer(9), plain_offer(10)};
    offers[0].has = (MatchingItems){.items = has, .count = 2};
    const FlipReport willing = flips_of(offers, 2, WISH, 1);
    assert_true(willing.is_passed);
    assert_int_equal(willing.counts[FLIP_CODED].tried, 64);
    offers[1].rather_not = (MatchingItems){.items = has + 1, .count = 1};
    const FlipReport unwilling = flips_of(offers, 2, WISH, 1);
    assert_true(unwilling.is_passed);
    assert_in_range(unwilling.counts[FLIP_CODED].tried, 10, 54);
}

static void test_where_nobody_is_nothing_is_tried(void **state) {
    (void)state;
    const MatchingOffer offer = plain_offer(9);
    const FlipReport nobody = flips_of(&offer, 0, WISH, 1);
    assert_true(nobody.is_passed);
    assert_int_equal(nobody.counts[FLIP_AWAY].tried, 0);
    const FlipReport unasked = flip_try(arena, &matching_policy_start, &offer, 1, NULL, 0, 1, 64);
    assert_true(unasked.is_passed);
    assert_int_equal(unasked.counts[FLIP_AWAY].tried, 0);
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new((size_t)1 << 24);
    pool = generate_pool(
        arena, &(GenerateOrder){.families = 200, .supporters = 60, .regime = GENERATE_SLACK, .seed = 3});
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_starting_policy_passes),
        cmocka_unit_test(test_the_same_seed_asks_the_same),
        cmocka_unit_test(test_points_for_a_coded_gender_fail),
        cmocka_unit_test(test_a_rule_on_a_coded_culture_fails),
        cmocka_unit_test(test_coding_above_own_words_fails),
        cmocka_unit_test(test_points_below_zero_fail),
        cmocka_unit_test(test_who_is_lost_by_declining_is_seen),
        cmocka_unit_test(test_what_touches_the_unstated_is_seen),
        cmocka_unit_test(test_each_way_to_touch_the_unstated_is_seen),
        cmocka_unit_test(test_another_score_price_or_penalty_after_declining_is_seen),
        cmocka_unit_test(test_own_limits_are_not_held_against_a_policy),
        cmocka_unit_test(test_where_nobody_is_nothing_is_tried),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
