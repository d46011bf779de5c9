/* SPDX-License-Identifier: Apache-2.0 */
/* The plain way against the model said once more, and what must hold when the input changes. */
#include "test/unit.h"

#include "matching/oracle.h"
#include "test/matching_world.h"

enum { POOL_MOST = 40, MOST = 3, ROUNDS = 2000 };

static Arena *arena;

static MatchingWorld world_for(Random *random) {
    arena_reset(arena);
    return matching_world(arena, random, (size_t)random_below(random, POOL_MOST + 1));
}

static MatchingResult list(const MatchingWorld *world, uint64_t seed, size_t most) {
    return oracle_shortlist(arena, &world->policy, world->offers, world->count, &world->request, seed, most);
}

/* ---- the model once more, over all items there are and not over those that someone has ---- */

static const MatchingWish *wish_for(const MatchingRequest *request, int64_t item) {
    const MatchingWish *found = NULL;
    for (size_t at = 0; at < request->wishes.count; at++) {
        found = request->wishes.items[at].item == item ? &request->wishes.items[at] : found;
    }
    return found;
}

static bool facet_fits(const MatchingWorld *world, const MatchingOffer *offer, MatchingFacet facet) {
    bool wishes = false;
    bool shares = false;
    bool requires_one = false;
    bool has_required = false;
    bool says = false;
    for (int64_t number = -1; number < WORLD_ITEMS; number++) {
        int64_t item = number < 0 ? 77 : matching_world_item(facet, number);
        const MatchingWish *wish = wish_for(&world->request, item);
        bool has = matching_world_has(offer->has, item);
        says = says || has;
        if (wish != NULL && wish->facet == facet) {
            wishes = true;
            shares = shares || has;
            requires_one = requires_one || wish->is_required;
            has_required = has_required || (wish->is_required && has);
        }
    }
    if (requires_one && !has_required) {
        return false;
    }
    bool is_unlike = ((world->request.unlike >> facet) & 1U) == 1U;
    MatchingFacetRule rule = world->policy.facets[facet].rule;
    bool is_asked = rule == RULE_COMMON || (rule == RULE_IF_SAID && says);
    return is_unlike || !wishes || shares || !is_asked;
}

static size_t times_among(MatchingKeys keys, int64_t key) {
    size_t times = 0;
    for (size_t at = 0; at < keys.count; at++) {
        times += keys.items[at] == key ? 1 : 0;
    }
    return times;
}

static bool fits(const MatchingWorld *world, const MatchingOffer *offer) {
    const MatchingRequest *request = &world->request;
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        if (!facet_fits(world, offer, (MatchingFacet)facet)) {
            return false;
        }
    }
    for (size_t at = 0; at < offer->rather_not.count; at++) {
        if (wish_for(request, offer->rather_not.items[at].item) != NULL) {
            return false;
        }
    }
    return offer->is_cleared && !offer->is_paused && offer->load < offer->capacity &&
           offer->person != request->person && times_among(request->apart, offer->person) == 0 &&
           times_among(request->passed, offer->key) == 0;
}

static int64_t score(const MatchingWorld *world, const MatchingOffer *offer) {
    int64_t sum = times_among(world->request.known, offer->person) > 0 ? world->policy.known : 0;
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        const MatchingFacetPolicy *policy = &world->policy.facets[facet];
        for (int64_t number = 0; number < WORLD_ITEMS; number++) {
            int64_t item = matching_world_item((MatchingFacet)facet, number);
            const MatchingWish *wish = wish_for(&world->request, item);
            if (wish != NULL && matching_world_has(offer->has, item)) {
                int64_t points[] = {[WISH_CHOSEN] = policy->chosen,
                                    [WISH_FIRST] = policy->first,
                                    [WISH_CODED] = policy->coded};
                sum +=
                    ((world->request.unlike >> facet) & 1U) == 1U ? -points[wish->kind] : points[wish->kind];
            }
        }
    }
    return sum;
}

/* What an offer is worth to the order. */
static int64_t value(const MatchingWorld *world, const MatchingOffer *offer) {
    int64_t penalty = 0;
    int64_t looking = world->policy.listed_penalty * (offer->listed + offer->pending);
    while (offer->capacity > 0 && (penalty + 1) * offer->capacity <= looking) {
        penalty++;
    }
    return score(world, offer) - offer->price - penalty;
}

/* True when the left one's turn comes first: from the turn upward, and then from the smallest key. */
static bool has_turn_before(int64_t turn, int64_t left, int64_t right) {
    if ((left >= turn) != (right >= turn)) {
        return left >= turn;
    }
    return left < right;
}

/* ---- tests ---- */

static const MatchingOffer *offer_of(const MatchingWorld *world, const MatchingChoice *choice) {
    return &world->offers[(choice->offer - WORLD_OFFER) / 3];
}

static void check_reasons(const MatchingChoice *choice) {
    int64_t sum = 0;
    for (size_t at = 0; at < choice->reason_count; at++) {
        const MatchingReason *reason = &choice->reasons[at];
        sum += reason->points;
        if (at > 0) {
            const MatchingReason *before = reason - 1;
            assert_true(before->points > reason->points ||
                        (before->points == reason->points &&
                         (before->kind < reason->kind ||
                          (before->kind == reason->kind && before->item < reason->item))));
        }
    }
    assert_int_equal(sum, choice->score);
}

static void test_agrees_with_the_model(void **state) {
    (void)state;
    Random random = random_seeded(11);
    size_t listed = 0;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        MatchingWorld world = world_for(&random);
        world.request.key = (int64_t)random_below(&random, 5) + 1;
        MatchingResult result = list(&world, round, MOST);
        int64_t turn = matching_turn(world.request.key, round);
        size_t fitting = 0;
        size_t before[MOST] = {0};
        for (size_t at = 0; at < world.count; at++) {
            const MatchingOffer *offer = &world.offers[at];
            assert_int_equal(oracle_rules_against(&world.policy, offer, &world.request) == 0,
                             fits(&world, offer));
            if (!fits(&world, offer)) {
                continue;
            }
            fitting++;
            for (size_t rank = 0; rank < result.count; rank++) {
                const MatchingOffer *listed_offer = offer_of(&world, &result.choices[rank]);
                int64_t difference = value(&world, offer) - value(&world, listed_offer);
                before[rank] += difference > 0 || (difference == 0 &&
                                                   has_turn_before(turn, offer->key, listed_offer->key))
                                    ? 1
                                    : 0;
            }
        }
        assert_int_equal(result.fitting, fitting);
        assert_int_equal(result.count, fitting < MOST ? fitting : MOST);
        for (size_t rank = 0; rank < result.count; rank++) {
            const MatchingChoice *choice = &result.choices[rank];
            const MatchingOffer *offer = offer_of(&world, choice);
            assert_true(fits(&world, offer));
            assert_int_equal(choice->score, score(&world, offer));
            assert_int_equal(choice->score - choice->price - choice->penalty, value(&world, offer));
            assert_int_equal(before[rank], rank);
            check_reasons(choice);
        }
        listed += result.count;
    }
    assert_true(listed > ROUNDS / 4); /* the worlds are not empty ones */
}

static void test_counts_what_each_rule_removes(void **state) {
    (void)state;
    Random random = random_seeded(12);
    for (int round = 0; round < ROUNDS; round++) {
        MatchingWorld world = world_for(&random);
        MatchingResult result = list(&world, 1, MOST);
        size_t removed = 0;
        for (int rule = 0; rule < MATCHING_RULE_COUNT; rule++) {
            removed += result.removed[rule];
            assert_true(result.opens[rule] <= result.removed[rule]);
        }
        assert_int_equal(removed + result.fitting, world.count);
        /* What dropping a rule would open is what really opens without it. */
        MatchingFacet facet = (MatchingFacet)random_below(&random, FACET_COUNT);
        MatchingWish *wishes = (MatchingWish *)world.request.wishes.items;
        for (size_t at = 0; at < world.request.wishes.count; at++) {
            wishes[at].is_required = wishes[at].is_required && wishes[at].facet != facet;
        }
        world.policy.facets[facet].rule = RULE_FREE;
        assert_int_equal(list(&world, 1, MOST).fitting,
                         result.fitting + result.opens[MATCHING_RULE_FACET + facet]);
        world.request.passed.count = 0;
        assert_true(list(&world, 1, MOST).fitting >= result.fitting + result.opens[MATCHING_RULE_PASSED]);
    }
}

static bool same_list(const MatchingResult *left, const MatchingResult *right) {
    if (left->count != right->count || left->fitting != right->fitting) {
        return false;
    }
    for (size_t at = 0; at < left->count; at++) {
        if (left->choices[at].offer != right->choices[at].offer ||
            left->choices[at].score != right->choices[at].score) {
            return false;
        }
    }
    return true;
}

static void test_the_order_of_the_pool_changes_nothing(void **state) {
    (void)state;
    Random random = random_seeded(13);
    for (int round = 0; round < ROUNDS; round++) {
        MatchingWorld world = world_for(&random);
        MatchingResult before = list(&world, 5, MOST);
        for (size_t at = world.count; at > 1; at--) {
            size_t other = (size_t)random_below(&random, at);
            MatchingOffer kept = world.offers[at - 1];
            world.offers[at - 1] = world.offers[other];
            world.offers[other] = kept;
        }
        MatchingResult after = list(&world, 5, MOST);
        assert_true(same_list(&before, &after));
    }
}

static int64_t renumbered(int64_t item) {
    return INT64_C(0x7777777) * item + 12345;
}

static void renumber_items(MatchingItems set) {
    MatchingItem *items = (MatchingItem *)set.items;
    for (size_t at = 0; at < set.count; at++) {
        items[at].item = renumbered(items[at].item);
    }
}

static void renumber_keys(MatchingKeys keys) {
    int64_t *items = (int64_t *)keys.items;
    for (size_t at = 0; at < keys.count; at++) {
        items[at] = renumbered(items[at]);
    }
}

static void test_the_numbers_of_items_and_people_mean_nothing(void **state) {
    (void)state;
    Random random = random_seeded(14);
    for (int round = 0; round < ROUNDS; round++) {
        MatchingWorld world = world_for(&random);
        MatchingResult before = list(&world, 6, MOST);
        for (size_t at = 0; at < world.count; at++) {
            MatchingOffer *offer = &world.offers[at];
            offer->person = renumbered(offer->person);
            renumber_items(offer->has);
            renumber_items(offer->rather_not);
        }
        MatchingRequest *request = &world.request;
        request->person = renumbered(request->person);
        MatchingWish *wishes = (MatchingWish *)request->wishes.items;
        for (size_t at = 0; at < request->wishes.count; at++) {
            wishes[at].item = renumbered(wishes[at].item);
        }
        renumber_keys(request->apart);
        renumber_keys(request->known);
        MatchingResult after = list(&world, 6, MOST);
        assert_true(same_list(&before, &after));
    }
}

/* Where this offer stands when everyone is listed; the pool's size when it is not. */
static size_t rank_of(const MatchingResult *result, int64_t key) {
    size_t at = 0;
    while (at < result->count && result->choices[at].offer != key) {
        at++;
    }
    return at < result->count ? at : POOL_MOST;
}

static void test_a_shared_experience_never_lowers(void **state) {
    (void)state;
    Random random = random_seeded(15);
    int changed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        MatchingWorld world = world_for(&random);
        world.request.unlike &= ~(1U << FACET_EXPERIENCE);
        if (world.count == 0) {
            continue;
        }
        MatchingOffer *offer = &world.offers[random_below(&random, world.count)];
        int64_t item = matching_world_item(FACET_EXPERIENCE, (int64_t)random_below(&random, WORLD_ITEMS));
        if (matching_world_has(offer->has, item) || wish_for(&world.request, item) == NULL) {
            continue;
        }
        MatchingResult before = list(&world, 7, POOL_MOST);
        matching_world_add(&offer->has, FACET_EXPERIENCE, item);
        MatchingResult after = list(&world, 7, POOL_MOST);
        assert_true(rank_of(&after, offer->key) <= rank_of(&before, offer->key));
        changed++;
    }
    assert_true(changed > ROUNDS / 20);
}

static void test_full_paused_apart_and_passed_are_never_listed(void **state) {
    (void)state;
    Random random = random_seeded(16);
    int checked = 0;
    for (int round = 0; round < ROUNDS; round++) {
        MatchingWorld world = world_for(&random);
        MatchingResult before = list(&world, 8, MOST);
        if (before.count == 0) {
            continue;
        }
        checked++;
        MatchingOffer *offer = (MatchingOffer *)offer_of(&world, &before.choices[0]);
        switch (random_below(&random, 6)) {
        case 0:
            offer->load = offer->capacity;
            break;
        case 1:
            offer->is_paused = true;
            break;
        case 2:
            offer->is_cleared = false;
            break;
        case 3:
            matching_world_add_key(&world.request.apart, offer->person);
            break;
        case 4:
            world.request.person = offer->person;
            break;
        default:
            matching_world_add_key(&world.request.passed, offer->key);
            break;
        }
        MatchingResult after = list(&world, 8, POOL_MOST);
        assert_int_equal(rank_of(&after, offer->key), POOL_MOST);
    }
    assert_true(checked > ROUNDS / 10);
}

/* Whatever an offer says in a facet in which nothing was wished changes nothing. */
static void test_what_was_not_stated_is_not_used(void **state) {
    (void)state;
    Random random = random_seeded(17);
    for (int round = 0; round < ROUNDS; round++) {
        MatchingWorld world = world_for(&random);
        MatchingFacet facet = (MatchingFacet)random_below(&random, FACET_COUNT);
        MatchingWish *wishes = (MatchingWish *)world.request.wishes.items;
        size_t kept = 0;
        for (size_t at = 0; at < world.request.wishes.count; at++) {
            if (wishes[at].facet != facet) {
                wishes[kept++] = wishes[at];
            }
        }
        world.request.wishes.count = kept;
        MatchingResult before = list(&world, 9, POOL_MOST);
        for (size_t at = 0; at < world.count; at++) {
            int64_t item = matching_world_item(facet, (int64_t)random_below(&random, WORLD_ITEMS));
            MatchingItems *set = &world.offers[at].has;
            if (!matching_world_has(*set, item)) {
                matching_world_add(set, facet, item);
            }
        }
        MatchingResult after = list(&world, 9, POOL_MOST);
        assert_true(same_list(&before, &after));
    }
}

/* ---- by hand ---- */

enum { SCHOOL = 1, COURT, GRIEF, ENGLISH, SPANISH, MOTHER, FATHER, EVENING };

static void test_what_the_family_named_outweighs_two_codes(void **state) {
    (void)state;
    const MatchingItem lived[] = {
        {SCHOOL, FACET_EXPERIENCE}, {COURT, FACET_EXPERIENCE}, {GRIEF, FACET_EXPERIENCE}};
    const MatchingOffer offers[] = {
        {.key = 1, .person = 11, .is_cleared = true, .capacity = 1, .has = {lived, 1}},
        {.key = 2, .person = 12, .is_cleared = true, .capacity = 1, .has = {lived + 1, 2}},
        {.key = 3, .person = 13, .is_cleared = true, .capacity = 1}, /* shares nothing */
    };
    const MatchingWish wishes[] = {{SCHOOL, FACET_EXPERIENCE, WISH_CHOSEN, false},
                                   {COURT, FACET_EXPERIENCE, WISH_CODED, false},
                                   {GRIEF, FACET_EXPERIENCE, WISH_CODED, false}};
    const MatchingRequest request = {.key = 5, .person = 14, .wishes = {wishes, 3}};
    MatchingResult result = oracle_shortlist(arena, &matching_policy_start, offers, 3, &request, 1, MOST);
    assert_int_equal(result.count, 2);
    assert_int_equal(result.choices[0].offer, 1);
    assert_int_equal(result.choices[0].score, 40);
    assert_int_equal(result.choices[0].reasons[0].kind, MATCHING_SHARES_CHOSEN);
    assert_int_equal(result.choices[1].score, 30);
    assert_int_equal(result.choices[1].reason_count, 2);
    assert_int_equal(result.choices[1].reasons[0].item, COURT);
    assert_int_equal(result.removed[MATCHING_RULE_FACET + FACET_EXPERIENCE], 1);
    assert_int_equal(result.opens[MATCHING_RULE_FACET + FACET_EXPERIENCE], 1);
}

static void test_unlike_turns_a_term_around(void **state) {
    (void)state;
    const MatchingItem mother[] = {{ENGLISH, FACET_LANGUAGE}, {MOTHER, FACET_RELATION}};
    const MatchingItem father[] = {{ENGLISH, FACET_LANGUAGE}, {9, FACET_RELATION}, {FATHER, FACET_RELATION}};
    const MatchingOffer offers[] = {
        {.key = 1, .person = 11, .is_cleared = true, .capacity = 1, .has = {mother, 2}},
        {.key = 2, .person = 12, .is_cleared = true, .capacity = 1, .has = {father, 3}},
        {.key = 3, .person = 13, .is_cleared = true, .capacity = 1, .has = {father, 1}},
    };
    MatchingWish wishes[] = {{MOTHER, FACET_RELATION, WISH_CHOSEN, false},
                             {ENGLISH, FACET_LANGUAGE, WISH_FIRST, false}};
    MatchingRequest request = {.key = 5, .person = 14, .wishes = {wishes, 2}};
    MatchingResult alike = oracle_shortlist(arena, &matching_policy_start, offers, 3, &request, 1, MOST);
    assert_int_equal(alike.choices[0].offer, 1);
    assert_int_equal(alike.choices[0].score, 27);
    assert_int_equal(alike.choices[0].reasons[0].kind, MATCHING_OWN_LANGUAGE);
    assert_int_equal(alike.choices[0].reasons[1].kind, MATCHING_SAME_RELATION);
    request.unlike = 1U << FACET_RELATION;
    MatchingResult unlike = oracle_shortlist(arena, &matching_policy_start, offers, 3, &request, 1, MOST);
    assert_int_equal(unlike.choices[2].offer, 1);
    assert_int_equal(unlike.choices[2].score, 3);
    const MatchingChoice *other = &unlike.choices[unlike.choices[0].offer == 2 ? 0 : 1];
    assert_int_equal(other->score, 15);
    assert_int_equal(other->reason_count, 2);
    assert_int_equal(other->reasons[1].kind, MATCHING_OTHER_RELATION);
    assert_int_equal(other->reasons[1].item, FATHER); /* the smallest key */
    const MatchingChoice *silent = &unlike.choices[unlike.choices[0].offer == 2 ? 1 : 0];
    assert_int_equal(silent->reason_count, 1); /* said nothing: no difference that could be told */
    wishes[0].is_required = true;              /* what is required stays required */
    assert_int_equal(oracle_shortlist(arena, &matching_policy_start, offers, 3, &request, 1, MOST).fitting,
                     1);
}

/* Each facet has a reason of its own, and the first wish of experience and language one more. */
static void test_every_term_has_its_reason(void **state) {
    (void)state;
    static const MatchingReasonKind kinds[FACET_COUNT] = {
        MATCHING_SHARES_FIRST,  MATCHING_SAME_SYSTEM,  MATCHING_SAME_ROLE,   MATCHING_OWN_LANGUAGE,
        MATCHING_SAME_RELATION, MATCHING_LIVED_AGE,    MATCHING_SAME_TIME,   MATCHING_SAME_CHANNEL,
        MATCHING_SAME_REGION,   MATCHING_SAME_CULTURE, MATCHING_SAME_GENDER, MATCHING_SAME_FUNDING,
    };
    const int64_t known[] = {12};
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        const MatchingItem item = {1, (MatchingFacet)facet};
        const MatchingOffer offer = {.key = 1, .person = 12, .has = {&item, 1}};
        const MatchingWish wish = {1, (MatchingFacet)facet, WISH_FIRST, false};
        const MatchingRequest request = {.key = 1, .person = 13, .wishes = {&wish, 1}, .known = {known, 1}};
        MatchingChoice choice = oracle_choice(arena, &matching_policy_start, &offer, &request);
        assert_int_equal(choice.reason_count, 2);
        bool is_known_first = choice.reasons[0].kind == MATCHING_KNOWN;
        assert_int_equal(choice.reasons[is_known_first ? 1 : 0].kind, kinds[facet]);
        assert_int_equal(choice.reasons[is_known_first ? 0 : 1].points, 30);
        assert_int_equal(choice.penalty, 0); /* of whom takes nobody */
    }
    const MatchingItem spanish = {SPANISH, FACET_LANGUAGE};
    const MatchingOffer offer = {.key = 1, .person = 12, .has = {&spanish, 1}};
    const MatchingWish wish = {SPANISH, FACET_LANGUAGE, WISH_CHOSEN, false};
    const MatchingRequest request = {.key = 1, .person = 13, .wishes = {&wish, 1}};
    assert_int_equal(oracle_choice(arena, &matching_policy_start, &offer, &request).reasons[0].kind,
                     MATCHING_SPEAKS);
}

static void test_those_whom_many_look_at_come_later(void **state) {
    (void)state;
    const MatchingOffer offers[] = {
        {.key = 1, .person = 11, .is_cleared = true, .capacity = 2, .listed = 2, .pending = 1},
        {.key = 2, .person = 12, .is_cleared = true, .capacity = 1, .price = 30},
        {.key = 3, .person = 13, .is_cleared = true, .capacity = 3, .listed = 1},
    };
    const MatchingRequest request = {.key = 5, .person = 14};
    MatchingPolicy policy = matching_policy_start;
    policy.listed_penalty = 15;
    MatchingResult result = oracle_shortlist(arena, &policy, offers, 3, &request, 1, MOST);
    assert_int_equal(result.choices[0].offer, 3);
    assert_int_equal(result.choices[0].penalty, 5);
    assert_int_equal(result.choices[1].offer, 1);
    assert_int_equal(result.choices[1].penalty, 22); /* 45 / 2 */
    assert_int_equal(result.choices[2].price, 30);
    assert_int_equal(result.choices[2].score, 0); /* neither lowers the score that is told */
}

static void test_equals_take_turns(void **state) {
    (void)state;
    enum { EQUALS = 20, LOOKS = 2000 };
    MatchingOffer offers[EQUALS] = {0};
    Random random = random_seeded(18);
    for (int64_t at = 0; at < EQUALS; at++) {
        offers[at] = (MatchingOffer){.key = at * (INT64_MAX / EQUALS) + 1, .is_cleared = true, .capacity = 1};
    }
    size_t shown[EQUALS] = {0};
    for (uint64_t seed = 0; seed < LOOKS; seed++) {
        arena_reset(arena);
        MatchingRequest request = {.key = random_id(&random), .person = 1000};
        MatchingResult result =
            oracle_shortlist(arena, &matching_policy_start, offers, EQUALS, &request, seed, MOST);
        assert_true(matching_turn(request.key, seed) >= 0);
        for (size_t at = 0; at < result.count; at++) {
            shown[(result.choices[at].offer - 1) / (INT64_MAX / EQUALS)]++;
        }
    }
    for (size_t at = 0; at < EQUALS; at++) {
        assert_true(shown[at] > 230 && shown[at] < 370); /* 300 each, give or take four deviations */
    }
}

int main(void) {
    arena = arena_new(1 << 22);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_the_model),
        cmocka_unit_test(test_counts_what_each_rule_removes),
        cmocka_unit_test(test_the_order_of_the_pool_changes_nothing),
        cmocka_unit_test(test_the_numbers_of_items_and_people_mean_nothing),
        cmocka_unit_test(test_a_shared_experience_never_lowers),
        cmocka_unit_test(test_full_paused_apart_and_passed_are_never_listed),
        cmocka_unit_test(test_what_was_not_stated_is_not_used),
        cmocka_unit_test(test_what_the_family_named_outweighs_two_codes),
        cmocka_unit_test(test_unlike_turns_a_term_around),
        cmocka_unit_test(test_every_term_has_its_reason),
        cmocka_unit_test(test_those_whom_many_look_at_come_later),
        cmocka_unit_test(test_equals_take_turns),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
