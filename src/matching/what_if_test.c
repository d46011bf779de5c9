/* SPDX-License-Identifier: Apache-2.0 */
/* Gains against plans made from scratch, for a thousand changes and more. */
#include "test/unit.h"

#include "base/random.h"
#include "matching/generate.h"
#include "matching/oracle.h"
#include "matching/policy.h"
#include "matching/what_if.h"
#include "test/one_arena.h"

static PlanOrder order_of(uint32_t families, uint32_t supporters, GenerateRegime regime, uint64_t seed) {
    const GenerateOrder people = {
        .families = families, .supporters = supporters, .regime = regime, .seed = seed};
    const GeneratePool pool = generate_pool(arena, &people);
    return (PlanOrder){.policy = &matching_policy_start,
                       .requests = pool.requests,
                       .request_count = pool.request_count,
                       .offers = pool.offers,
                       .offer_count = pool.offer_count,
                       .seed = 5};
}

static MatchingKeys all_of(MatchingFacet facet) {
    const size_t count = generate_item_count(facet);
    int64_t *items = NEW_MANY(arena, count, int64_t);
    for (size_t at = 0; at < count; at++) {
        items[at] = generate_item(facet, at);
    }
    return (MatchingKeys){.items = items, .count = count};
}

/* One each of what people usually have besides. */
static MatchingItems usual(void) {
    static const MatchingFacet facets[] = {FACET_RELATION, FACET_AGE,    FACET_TIME,
                                           FACET_CHANNEL,  FACET_REGION, FACET_FUNDING};
    MatchingItem *items = NEW_MANY(arena, 2 * sizeof facets / sizeof facets[0], MatchingItem);
    size_t count = 0;
    for (size_t at = 0; at < sizeof facets / sizeof facets[0]; at++) {
        items[count++] = (MatchingItem){.item = generate_item(facets[at], 0), .facet = facets[at]};
        items[count++] = (MatchingItem){.item = generate_item(facets[at], 1), .facet = facets[at]};
    }
    return (MatchingItems){.items = items, .count = count};
}

static MatchingItems lessons(void) {
    static const MatchingFacet facets[] = {FACET_LANGUAGE, FACET_ROLE, FACET_TIME, FACET_REGION};
    MatchingItem *items = NEW_MANY(arena, 2 * sizeof facets / sizeof facets[0], MatchingItem);
    size_t count = 0;
    for (size_t at = 0; at < sizeof facets / sizeof facets[0]; at++) {
        items[count++] = (MatchingItem){.item = generate_item(facets[at], 0), .facet = facets[at]};
        items[count++] = (MatchingItem){.item = generate_item(facets[at], 1), .facet = facets[at]};
    }
    return (MatchingItems){.items = items, .count = count};
}

static WhatIfCandidates recruits_of(size_t experiences, int64_t places) {
    const MatchingKeys experience = all_of(FACET_EXPERIENCE);
    const WhatIfRecruits recruits = {.languages = all_of(FACET_LANGUAGE),
                                     .experiences = {.items = experience.items, .count = experiences},
                                     .roles = all_of(FACET_ROLE),
                                     .usual = usual(),
                                     .places = places};
    return what_if_recruits(arena, &recruits);
}

/* The offers as they would be. */
static PlanOrder order_with(const PlanOrder *order, const WhatIfCandidate *candidate) {
    MatchingOffer *offers = NEW_MANY(arena, order->offer_count + 1, MatchingOffer);
    memcpy(offers, order->offers, order->offer_count * sizeof *offers);
    PlanOrder with = *order;
    with.offers = offers;
    with.is_without_lots = true;
    if (candidate->present == 0) {
        offers[with.offer_count++] = candidate->offer;
        return with;
    }
    size_t at = 0;
    while (offers[at].key != candidate->present) {
        at++;
    }
    offers[at] = candidate->offer;
    return with;
}

static size_t changes_checked;

/* Every row's gain is that of a plan made from scratch; who is in no row gains nothing, or not more than the
 * last. */
static void check_table(const PlanOrder *order, const WhatIfCandidates *candidates, size_t most) {
    PlanOrder now = *order;
    now.is_without_lots = true;
    const Plan plan = plan_new(arena, &now);
    const WhatIfTable table = what_if(arena, order, candidates, most);
    assert_int_equal(table.objective, plan.bound);
    assert_int_equal(table.waiting, order->request_count - plan.matched);
    assert_true(table.count <= most && table.searched >= table.count);
    int64_t *gain = NEW_MANY(arena, candidates->count, int64_t);
    for (size_t at = 0; at < candidates->count; at++) {
        const PlanOrder with = order_with(order, &candidates->items[at]);
        gain[at] = plan_new(arena, &with).bound - plan.bound;
        changes_checked++;
    }
    int64_t last = INT64_MAX;
    for (size_t at = 0; at < table.count; at++) {
        const WhatIfRow *row = &table.rows[at];
        assert_int_equal(row->gain, gain[row->candidate]);
        assert_int_equal(row->points, row->gain / order->policy->fit);
        assert_true(row->gain > 0 && row->gain <= last);
        last = row->gain;
        gain[row->candidate] = 0;
    }
    for (size_t at = 0; at < candidates->count; at++) {
        assert_true(gain[at] <= (table.count == most ? last : 0));
    }
}

static void test_a_thousand_changes(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        const PlanOrder order = order_of(30, 14, seed % 2 == 0 ? GENERATE_SHORTAGE : GENERATE_SLACK, seed);
        const WhatIfCandidates one = recruits_of(6, 1);
        const WhatIfCandidates more = recruits_of(3, 3);
        const WhatIfCandidates learn = what_if_lessons(arena, order.offers, order.offer_count, lessons());
        const WhatIfCandidates places = what_if_places(arena, order.offers, order.offer_count, 1);
        check_table(&order, &one, 1000);
        check_table(&order, &more, 1000);
        check_table(&order, &learn, 1000);
        check_table(&order, &places, 5);
    }
    assert_true(changes_checked > 1000);
}

/* Fewer rows than would gain, and none at all. */
static void test_only_the_best_are_told(void **state) {
    (void)state;
    const PlanOrder order = order_of(30, 10, GENERATE_SHORTAGE, 8);
    const WhatIfCandidates more = recruits_of(4, 2);
    check_table(&order, &more, 1);
    check_table(&order, &more, 3);
    const WhatIfCandidates learn = what_if_lessons(arena, order.offers, order.offer_count, lessons());
    check_table(&order, &learn, 1);
    check_table(&order, &learn, 4);
    const WhatIfTable none = what_if(arena, &order, &more, 0);
    assert_int_equal(none.count, 0);
    assert_int_equal(none.searched, 0);
}

/* Somebody new of whom nothing is known has nothing in common; whoever has a thing is not taught it. */
static void test_what_nobody_lists(void **state) {
    (void)state;
    const PlanOrder order = order_of(20, 8, GENERATE_SHORTAGE, 9);
    const WhatIfRecruits nothing = {.places = 1};
    const WhatIfCandidates unknown = what_if_recruits(arena, &nothing);
    assert_int_equal(unknown.count, 1);
    assert_int_equal(unknown.items[0].added_count, 0);
    check_table(&order, &unknown, 10);
    const MatchingKeys language = {.items = all_of(FACET_LANGUAGE).items, .count = 1};
    const MatchingItem same = {.item = language.items[0], .facet = FACET_LANGUAGE};
    const WhatIfRecruits twice = {.languages = language, .usual = {&same, 1}, .places = 1};
    const WhatIfCandidates once = what_if_recruits(arena, &twice);
    assert_int_equal(once.count, 1);
    assert_int_equal(once.items[0].offer.has.count, 1);
    assert_int_equal(what_if_lessons(arena, &once.items[0].offer, 1, twice.usual).count, 0);
}

/* One question with three parts is three questions. */
static void test_parts_are_asked_together(void **state) {
    (void)state;
    enum { PARTS = 3, MOST = 5 };
    arena_reset(arena);
    const PlanOrder order = order_of(60, 20, GENERATE_SHORTAGE, 9);
    const WhatIfCandidates parts[PARTS] = {
        recruits_of(6, 1),
        {.count = 0},
        what_if_places(arena, order.offers, order.offer_count, 1),
    };
    WhatIfTable together[PARTS];
    what_if_parts(arena, &order, parts, PARTS, MOST, together);
    assert_true(together[0].count > 0 && together[1].count == 0 && together[2].count > 0);
    for (size_t part = 0; part < PARTS; part++) {
        const WhatIfTable alone = what_if(arena, &order, &parts[part], MOST);
        assert_int_equal(together[part].objective, alone.objective);
        assert_int_equal(together[part].waiting, alone.waiting);
        assert_int_equal(together[part].searched, alone.searched);
        assert_int_equal(together[part].count, alone.count);
        for (size_t at = 0; at < alone.count; at++) {
            assert_int_equal(together[part].rows[at].candidate, alone.rows[at].candidate);
            assert_int_equal(together[part].rows[at].gain, alone.rows[at].gain);
            assert_int_equal(together[part].rows[at].families, alone.rows[at].families);
            assert_int_equal(together[part].rows[at].days, alone.rows[at].days);
            assert_int_equal(together[part].rows[at].better, alone.rows[at].better);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_the_best_are_told),
        cmocka_unit_test(test_what_nobody_lists),
        cmocka_unit_test(test_parts_are_asked_together),
        cmocka_unit_test(test_a_thousand_changes),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
