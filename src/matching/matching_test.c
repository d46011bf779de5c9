/* SPDX-License-Identifier: Apache-2.0 */
/* The plain matcher against a slow oracle, and what must hold when the input changes. */
#include "test/unit.h"

#include "base/random.h"
#include "matching/matching.h"

enum { POOL_MOST = 40, SET_MOST = 6, ITEM_KINDS = 9, MOST = 3, ROUNDS = 4000 };

/* A pool and a request with room of their own, so that a test can change one thing. */
typedef struct World {
    MatchingOffer offers[POOL_MOST];
    int64_t sets[POOL_MOST][4][SET_MOST + 1];
    size_t count;
    MatchingRequest request;
    int64_t asked[6][SET_MOST + 1];
} World;

static Arena *arena;

/* Items of each list live in their own range, as in the database. */
enum { EXPERIENCE = 100, LANGUAGE = 200, RELATION = 300, AGE = 400, WHEN = 500, PERSON = 600, OFFER = 700 };

static MatchingItems some(Random *random, int64_t *room, int64_t from, size_t most) {
    size_t count = 0;
    for (int64_t item = from; item < from + ITEM_KINDS && count < most; item++) {
        if (random_below(random, 3) == 0) {
            room[count++] = item;
        }
    }
    return (MatchingItems){.items = room, .count = count};
}

static int64_t maybe(Random *random, int64_t from) {
    return random_below(random, 4) == 0 ? 0 : from + (int64_t)random_below(random, 3);
}

static void make_offer(World *world, Random *random, size_t at) {
    MatchingOffer *offer = &world->offers[at];
    *offer = (MatchingOffer){
        .key = OFFER + (int64_t)at,
        .person = PERSON + (int64_t)at,
        .relation = maybe(random, RELATION),
        .is_cleared = random_below(random, 6) != 0,
        .is_paused = random_below(random, 6) == 0,
        .capacity = (int64_t)random_below(random, 4),
        .load = (int64_t)random_below(random, 3),
        .listed = (int64_t)random_below(random, 2),
        .speaks = some(random, world->sets[at][1], LANGUAGE, 3),
        .free_then = some(random, world->sets[at][2], WHEN, 3),
    };
    offer->lived = some(random, world->sets[at][0], EXPERIENCE, SET_MOST - 1);
    if (random_below(random, 2) == 0) {
        world->sets[at][0][offer->lived.count++] = AGE + (int64_t)random_below(random, 3);
    }
    if (random_below(random, 4) == 0) {
        offer->rather_not = some(random, world->sets[at][3], EXPERIENCE, 2);
    }
}

static World make_world(Random *random) {
    World world = {.count = (size_t)random_below(random, POOL_MOST + 1)};
    world.request = (MatchingRequest){
        .person = PERSON + (int64_t)random_below(random, POOL_MOST * 2),
        .language = maybe(random, LANGUAGE),
        .relation = maybe(random, RELATION),
        .age = maybe(random, AGE),
        .unlike = random_below(random, 3) == 0 ? (unsigned)random_below(random, 32) : 0,
    };
    return world;
}

/* Fills the sets once the world has its place: they point into it. */
static void fill_world(World *world, Random *random) {
    for (size_t at = 0; at < world->count; at++) {
        make_offer(world, random, at);
    }
    world->request.chosen = some(random, world->asked[0], EXPERIENCE, 3);
    world->request.coded = some(random, world->asked[1], EXPERIENCE, 3);
    world->request.languages = some(random, world->asked[2], LANGUAGE, 2);
    world->request.times = some(random, world->asked[3], WHEN, 2);
    world->request.apart = some(random, world->asked[4], PERSON, 2);
    world->request.passed = some(random, world->asked[5], OFFER, 2);
}

static MatchingResult list(const World *world, uint64_t seed, size_t most) {
    return matching_shortlist(arena, &(MatchingPool){world->offers, world->count}, &world->request,
                              &matching_policy_plain, seed, most);
}

/* ---- the oracle: says the rules and the score again, one plain question at a time ---- */

static bool among(int64_t item, MatchingItems set) {
    size_t times = 0;
    for (size_t at = 0; at < set.count; at++) {
        times += set.items[at] == item ? 1 : 0;
    }
    return times > 0;
}

static bool oracle_fits(const MatchingOffer *offer, const MatchingRequest *request) {
    if (!offer->is_cleared || offer->is_paused || offer->load >= offer->capacity ||
        offer->person == request->person || among(offer->person, request->apart) ||
        among(offer->key, request->passed) || (request->age != 0 && among(request->age, offer->rather_not))) {
        return false;
    }
    size_t common = 0;
    for (int64_t item = LANGUAGE; item < LANGUAGE + ITEM_KINDS; item++) {
        common += among(item, offer->speaks) && among(item, request->languages) ? 1 : 0;
    }
    size_t touched = 0;
    for (int64_t item = EXPERIENCE; item < EXPERIENCE + ITEM_KINDS; item++) {
        bool is_asked = among(item, request->chosen) || among(item, request->coded);
        touched += is_asked && among(item, offer->rather_not) ? 1 : 0;
    }
    return (request->languages.count == 0 || common > 0) && touched == 0;
}

static int64_t turned(const MatchingRequest *request, unsigned list_bit, int64_t points) {
    return (request->unlike & list_bit) ? -points : points;
}

static int64_t oracle_score(const MatchingOffer *offer, const MatchingRequest *request) {
    int64_t score = 0;
    for (int64_t item = EXPERIENCE; item < EXPERIENCE + ITEM_KINDS; item++) {
        int64_t points = among(item, request->chosen) ? 60 : among(item, request->coded) ? 20 : 0;
        score += among(item, offer->lived) ? turned(request, MATCHING_UNLIKE_EXPERIENCE, points) : 0;
    }
    for (int64_t item = WHEN; item < WHEN + ITEM_KINDS; item++) {
        bool both = among(item, offer->free_then) && among(item, request->times);
        score += both ? turned(request, MATCHING_UNLIKE_TIME, 4) : 0;
    }
    if (request->relation != 0 && request->relation == offer->relation) {
        score += turned(request, MATCHING_UNLIKE_RELATION, 12);
    }
    if (request->age != 0 && among(request->age, offer->lived)) {
        score += turned(request, MATCHING_UNLIKE_AGE, 10);
    }
    if (request->language != 0 && among(request->language, offer->speaks)) {
        score += turned(request, MATCHING_UNLIKE_LANGUAGE, 15);
    }
    return score;
}

static int64_t score_of_key(const World *world, int64_t key) {
    return oracle_score(&world->offers[key - OFFER], &world->request);
}

/* ---- tests ---- */

static void check_reasons(const MatchingChoice *choice) {
    int64_t sum = 0;
    for (size_t at = 0; at < choice->reason_count; at++) {
        sum += choice->reasons[at].points;
        assert_true(at == 0 || choice->reasons[at - 1].points >= choice->reasons[at].points);
    }
    assert_int_equal(sum, choice->score);
}

static void test_agrees_with_the_oracle(void **state) {
    (void)state;
    Random random = random_seeded(11);
    size_t listed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        World world = make_world(&random);
        fill_world(&world, &random);
        MatchingResult result = list(&world, (uint64_t)round, MOST);
        size_t fitting = 0;
        size_t better[MOST] = {0};
        for (size_t at = 0; at < world.count; at++) {
            const MatchingOffer *offer = &world.offers[at];
            if (!oracle_fits(offer, &world.request)) {
                continue;
            }
            fitting++;
            for (size_t rank = 0; rank < result.count; rank++) {
                better[rank] += oracle_score(offer, &world.request) > result.choices[rank].score ? 1 : 0;
            }
        }
        assert_int_equal(result.fitting, fitting);
        assert_int_equal(result.count, fitting < MOST ? fitting : MOST);
        for (size_t rank = 0; rank < result.count; rank++) {
            const MatchingChoice *choice = &result.choices[rank];
            assert_true(oracle_fits(&world.offers[choice->offer - OFFER], &world.request));
            assert_int_equal(choice->score, score_of_key(&world, choice->offer));
            assert_true(better[rank] <= rank); /* nobody better was left out */
            for (size_t other = 0; other < rank; other++) {
                assert_true(result.choices[other].offer != choice->offer);
            }
            check_reasons(choice);
        }
        listed += result.count;
    }
    assert_true(listed > ROUNDS); /* the worlds are not empty ones */
}

static void test_counts_what_each_rule_removes(void **state) {
    (void)state;
    Random random = random_seeded(12);
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        World world = make_world(&random);
        fill_world(&world, &random);
        MatchingResult result = list(&world, 1, MOST);
        size_t removed = 0;
        for (int rule = 0; rule < MATCHING_RULE_COUNT; rule++) {
            removed += result.removed[rule];
            assert_true(result.opens[rule] <= result.removed[rule]);
        }
        assert_int_equal(removed + result.fitting, world.count);
        /* What dropping the language rule would open is what really opens without it. */
        world.request.languages.count = 0;
        assert_int_equal(list(&world, 1, MOST).fitting,
                         result.fitting + result.opens[MATCHING_RULE_LANGUAGE]);
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
        arena_reset(arena);
        World world = make_world(&random);
        fill_world(&world, &random);
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

static void renumber(MatchingItems set) {
    int64_t *items = (int64_t *)set.items;
    for (size_t at = 0; at < set.count; at++) {
        items[at] = INT64_C(0x7777777) * items[at] + 12345;
    }
}

static int64_t renumbered(int64_t item) {
    return item == 0 ? 0 : INT64_C(0x7777777) * item + 12345;
}

static void test_the_numbers_of_items_and_people_mean_nothing(void **state) {
    (void)state;
    Random random = random_seeded(14);
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        World world = make_world(&random);
        fill_world(&world, &random);
        MatchingResult before = list(&world, 6, MOST);
        for (size_t at = 0; at < world.count; at++) {
            MatchingOffer *offer = &world.offers[at];
            offer->person = renumbered(offer->person);
            offer->relation = renumbered(offer->relation);
            renumber(offer->lived);
            renumber(offer->speaks);
            renumber(offer->free_then);
            renumber(offer->rather_not);
        }
        MatchingRequest *request = &world.request;
        request->person = renumbered(request->person);
        request->language = renumbered(request->language);
        request->relation = renumbered(request->relation);
        request->age = renumbered(request->age);
        renumber(request->chosen);
        renumber(request->coded);
        renumber(request->languages);
        renumber(request->times);
        renumber(request->apart);
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
    return at;
}

static void test_a_shared_experience_never_lowers(void **state) {
    (void)state;
    Random random = random_seeded(15);
    int changed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        World world = make_world(&random);
        fill_world(&world, &random);
        world.request.unlike &= ~(unsigned)MATCHING_UNLIKE_EXPERIENCE;
        if (world.count == 0 || world.request.chosen.count == 0) {
            continue;
        }
        MatchingResult before = list(&world, 7, POOL_MOST);
        size_t at = (size_t)random_below(&random, world.count);
        MatchingOffer *offer = &world.offers[at];
        int64_t item = world.request.chosen.items[0];
        if (among(item, offer->lived)) {
            continue;
        }
        world.sets[at][0][offer->lived.count++] = item;
        MatchingResult after = list(&world, 7, POOL_MOST);
        assert_true(rank_of(&after, offer->key) <= rank_of(&before, offer->key));
        changed++;
    }
    assert_true(changed > ROUNDS / 4);
}

static void test_full_paused_apart_and_passed_are_never_listed(void **state) {
    (void)state;
    Random random = random_seeded(16);
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        World world = make_world(&random);
        fill_world(&world, &random);
        MatchingResult before = list(&world, 8, MOST);
        if (before.count == 0) {
            continue;
        }
        int64_t key = before.choices[0].offer;
        MatchingOffer *offer = &world.offers[key - OFFER];
        switch (random_below(&random, 5)) {
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
            world.asked[4][world.request.apart.count++] = offer->person;
            break;
        default:
            world.asked[5][world.request.passed.count++] = key;
            break;
        }
        MatchingResult after = list(&world, 8, POOL_MOST);
        assert_int_equal(rank_of(&after, key), after.count);
    }
}

static void test_what_was_not_stated_is_not_used(void **state) {
    (void)state;
    Random random = random_seeded(17);
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        World world = make_world(&random);
        fill_world(&world, &random);
        world.request.relation = 0;
        world.request.language = 0;
        world.request.languages.count = 0;
        world.request.times.count = 0;
        MatchingResult before = list(&world, 9, MOST);
        for (size_t at = 0; at < world.count; at++) {
            world.offers[at].relation = maybe(&random, RELATION);
            world.offers[at].speaks = some(&random, world.sets[at][1], LANGUAGE, 3);
            world.offers[at].free_then = some(&random, world.sets[at][2], WHEN, 3);
        }
        MatchingResult after = list(&world, 9, MOST);
        assert_true(same_list(&before, &after));
    }
}

static void test_unlike_turns_a_term_around(void **state) {
    (void)state;
    arena_reset(arena);
    int64_t speaks[] = {LANGUAGE};
    MatchingOffer offers[] = {
        {.key = 1,
         .person = 11,
         .relation = RELATION,
         .is_cleared = true,
         .capacity = 1,
         .speaks = {speaks, 1}},
        {.key = 2,
         .person = 12,
         .relation = RELATION + 1,
         .is_cleared = true,
         .capacity = 1,
         .speaks = {speaks, 1}},
    };
    MatchingPool pool = {offers, 2};
    MatchingRequest request = {.person = 13, .relation = RELATION, .languages = {speaks, 1}};
    MatchingResult alike = matching_shortlist(arena, &pool, &request, &matching_policy_plain, 1, 2);
    assert_int_equal(alike.choices[0].offer, 1);
    assert_int_equal(alike.choices[0].reasons[0].kind, MATCHING_SAME_RELATION);
    request.unlike = MATCHING_UNLIKE_RELATION;
    MatchingResult unlike = matching_shortlist(arena, &pool, &request, &matching_policy_plain, 1, 2);
    assert_int_equal(unlike.choices[0].offer, 2);
    assert_int_equal(unlike.choices[0].reasons[0].kind, MATCHING_OTHER_RELATION);
    assert_int_equal(unlike.choices[1].score, -12);
}

static void test_equals_take_turns(void **state) {
    (void)state;
    enum { EQUALS = 20 };
    MatchingOffer offers[EQUALS] = {0};
    for (int64_t at = 0; at < EQUALS; at++) {
        offers[at] = (MatchingOffer){.key = at + 1, .person = at + 101, .is_cleared = true, .capacity = 1};
    }
    MatchingPool pool = {offers, EQUALS};
    MatchingRequest request = {.person = 1000};
    size_t shown[EQUALS] = {0};
    for (uint64_t seed = 0; seed < 2000; seed++) {
        arena_reset(arena);
        MatchingResult result =
            matching_shortlist(arena, &pool, &request, &matching_policy_plain, seed, MOST);
        MatchingResult again = matching_shortlist(arena, &pool, &request, &matching_policy_plain, seed, MOST);
        assert_true(same_list(&result, &again));
        for (size_t at = 0; at < result.count; at++) {
            shown[result.choices[at].offer - 1]++;
        }
    }
    for (size_t at = 0; at < EQUALS; at++) {
        assert_true(shown[at] > 230 && shown[at] < 370); /* 300 each, give or take four deviations */
    }
    offers[7].listed = 1; /* stands on a list already: the others come first */
    MatchingResult all = matching_shortlist(arena, &pool, &request, &matching_policy_plain, 3, EQUALS);
    assert_int_equal(all.choices[EQUALS - 1].offer, 8);
}

int main(void) {
    arena = arena_new(1 << 22);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_the_oracle),
        cmocka_unit_test(test_counts_what_each_rule_removes),
        cmocka_unit_test(test_the_order_of_the_pool_changes_nothing),
        cmocka_unit_test(test_the_numbers_of_items_and_people_mean_nothing),
        cmocka_unit_test(test_a_shared_experience_never_lowers),
        cmocka_unit_test(test_full_paused_apart_and_passed_are_never_listed),
        cmocka_unit_test(test_what_was_not_stated_is_not_used),
        cmocka_unit_test(test_unlike_turns_a_term_around),
        cmocka_unit_test(test_equals_take_turns),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
