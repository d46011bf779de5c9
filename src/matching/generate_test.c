/* SPDX-License-Identifier: Apache-2.0 */
/* Made-up people: what the header promises of them. */
#include "test/unit.h"

#include "base/buf.h"
#include "matching/generate.h"
#include "matching/oracle.h"
#include "matching/policy.h"
#include "test/one_arena.h"

static GeneratePool people(uint32_t families, uint32_t supporters, GenerateRegime regime, uint64_t seed) {
    return generate_pool(
        arena,
        &(GenerateOrder){.families = families, .supporters = supporters, .regime = regime, .seed = seed});
}

static bool is_open(const MatchingOffer *offer) {
    return offer->is_cleared && !offer->is_paused;
}

static int64_t free_places(const GeneratePool *pool) {
    int64_t places = 0;
    for (size_t at = 0; at < pool->offer_count; at++) {
        const MatchingOffer *offer = &pool->offers[at];
        assert_true(offer->load >= offer->pending && offer->load <= offer->capacity &&
                    offer->capacity <= 1000);
        places += is_open(offer) ? offer->capacity - offer->load : 0;
    }
    return places;
}

static void regimes_have_their_share_of_places(void **state) {
    (void)state;
    const GeneratePool shortage = people(5000, 1000, GENERATE_SHORTAGE, 1);
    assert_int_equal(free_places(&shortage), 4000);
    const GeneratePool slack = people(5000, 1000, GENERATE_SLACK, 1);
    assert_int_equal(free_places(&slack), 6250);
    const GeneratePool crowd = people(200000, 10, GENERATE_SLACK, 1);
    assert_in_range(free_places(&crowd), 1, 10 * 990);
}

static bool same_items(MatchingItems left, MatchingItems right) {
    if (left.count != right.count) {
        return false;
    }
    for (size_t at = 0; at < left.count; at++) {
        if (left.items[at].item != right.items[at].item || left.items[at].facet != right.items[at].facet) {
            return false;
        }
    }
    return true;
}

static void the_same_order_gives_the_same_people(void **state) {
    (void)state;
    const GeneratePool one = people(300, 200, GENERATE_SHORTAGE, 9);
    const GeneratePool two = people(300, 200, GENERATE_SHORTAGE, 9);
    const GeneratePool slack = people(300, 200, GENERATE_SLACK, 9);
    const GeneratePool other = people(300, 200, GENERATE_SHORTAGE, 10);
    size_t different = 0;
    for (size_t at = 0; at < 200; at++) {
        assert_true(same_items(one.offers[at].has, two.offers[at].has));
        assert_true(same_items(one.offers[at].rather_not, two.offers[at].rather_not));
        assert_int_equal(one.offers[at].capacity, two.offers[at].capacity);
        assert_true(same_items(one.offers[at].has, slack.offers[at].has));
        different += same_items(one.offers[at].has, other.offers[at].has) ? 0 : 1;
    }
    assert_true(different > 190);
    for (size_t at = 0; at < 300; at++) {
        assert_int_equal(one.requests[at].waiting_days, two.requests[at].waiting_days);
        assert_int_equal(one.requests[at].wishes.count, two.requests[at].wishes.count);
        assert_memory_equal(one.requests[at].wishes.items, two.requests[at].wishes.items,
                            one.requests[at].wishes.count * sizeof(MatchingWish));
    }
}

static int by_key(const void *left, const void *right) {
    const int64_t one = *(const int64_t *)left;
    const int64_t two = *(const int64_t *)right;
    return (one > two) - (one < two);
}

static void keys_are_all_different(void **state) {
    (void)state;
    enum { FAMILIES = 3000, SUPPORTERS = 2000 };
    const GeneratePool pool = people(FAMILIES, SUPPORTERS, GENERATE_SLACK, 2);
    int64_t *keys = NEW_MANY(arena, FAMILIES + SUPPORTERS, int64_t);
    for (size_t at = 0; at < SUPPORTERS; at++) {
        keys[at] = pool.offers[at].key;
    }
    for (size_t at = 0; at < FAMILIES; at++) {
        keys[SUPPORTERS + at] = pool.requests[at].key;
    }
    qsort(keys, FAMILIES + SUPPORTERS, sizeof *keys, by_key);
    assert_true(keys[0] > 0);
    size_t halves = 0;
    for (size_t at = 1; at < FAMILIES + SUPPORTERS; at++) {
        assert_true(keys[at - 1] < keys[at]);
        halves += keys[at] > INT64_MAX / 2 ? 1 : 0;
    }
    assert_in_range(halves, 2250, 2750);
}

static bool has(const MatchingOffer *offer, int64_t item) {
    size_t times = 0;
    for (size_t at = 0; at < offer->has.count; at++) {
        times += offer->has.items[at].item == item ? 1 : 0;
    }
    assert_true(times < 2);
    return times == 1;
}

static bool wishes(const MatchingRequest *request, int64_t item, MatchingWishKind kind) {
    size_t times = 0;
    bool is_of_kind = false;
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *one = &request->wishes.items[at];
        times += one->item == item ? 1 : 0;
        is_of_kind = is_of_kind || (one->item == item && one->kind == kind);
    }
    assert_true(times < 2);
    return is_of_kind;
}

static void scarce_languages_are_scarce(void **state) {
    (void)state;
    enum { MANY = 10000 };
    const GeneratePool pool = people(MANY, MANY, GENERATE_SHORTAGE, 3);
    size_t needed[3] = {0};
    size_t spoken[3] = {0};
    for (size_t at = 0; at < MANY; at++) {
        for (size_t language = 0; language < 3; language++) {
            const int64_t item = generate_item(FACET_LANGUAGE, language);
            needed[language] += wishes(&pool.requests[at], item, WISH_FIRST) ? 1 : 0;
            spoken[language] += has(&pool.offers[at], item) ? 1 : 0;
        }
    }
    assert_in_range(needed[0], 6700, 7300);
    assert_in_range(needed[1], 2300, 2700);
    assert_in_range(spoken[1], 1000, 1400);
    assert_in_range(spoken[0], 9500, 9900);
    assert_in_range(needed[2], 50, 250);
    assert_in_range(spoken[2], 20, 150);
}

static void items_belong_to_their_facet(void **state) {
    (void)state;
    const GeneratePool pool = people(500, 500, GENERATE_SLACK, 4);
    for (size_t at = 0; at < 500; at++) {
        for (size_t one = 0; one < pool.offers[at].has.count; one++) {
            const MatchingItem item = pool.offers[at].has.items[one];
            const size_t index = (size_t)(item.item - generate_item(item.facet, 0));
            assert_in_range(index, 0, generate_item_count(item.facet) - 1);
            assert_int_equal(generate_item(item.facet, index), item.item);
        }
        for (size_t one = 0; one < pool.requests[at].wishes.count; one++) {
            const MatchingWish item = pool.requests[at].wishes.items[one];
            assert_in_range(item.item - generate_item(item.facet, 0), 0, generate_item_count(item.facet) - 1);
        }
    }
}

/* All that hard rules are about occurs. */
static void nothing_is_left_out(void **state) {
    (void)state;
    const GeneratePool pool = people(2000, 2000, GENERATE_SHORTAGE, 5);
    size_t seen[12] = {0};
    for (size_t at = 0; at < 2000; at++) {
        const MatchingOffer *offer = &pool.offers[at];
        seen[0] += offer->is_paused ? 1 : 0;
        seen[1] += offer->is_cleared ? 0 : 1;
        seen[2] += is_open(offer) && offer->load == offer->capacity ? 1 : 0;
        seen[3] += offer->rather_not.count > 0 ? 1 : 0;
        seen[4] += offer->pending > 0 ? 1 : 0;
        const MatchingRequest *request = &pool.requests[at];
        seen[5] += request->apart.count > 0 ? 1 : 0;
        seen[6] += request->passed.count > 0 ? 1 : 0;
        seen[7] += request->known.count > 0 ? 1 : 0;
        seen[8] += request->unlike != 0 ? 1 : 0;
        seen[9] += request->is_urgent ? 1 : 0;
        seen[10] += request->is_in_floor_group ? 1 : 0;
        for (size_t one = 0; one < request->wishes.count; one++) {
            seen[11] += request->wishes.items[one].is_required ? 1 : 0;
        }
        assert_in_range(request->waiting_days, 0, 240);
    }
    for (size_t at = 0; at < sizeof seen / sizeof seen[0]; at++) {
        assert_in_range(seen[at], 5, 1000);
    }
}

static void small_orders_are_served(void **state) {
    (void)state;
    assert_int_equal(people(0, 0, GENERATE_SLACK, 1).offer_count, 0);
    assert_int_equal(people(200, 0, GENERATE_SLACK, 1).request_count, 200);
    for (uint64_t seed = 0; seed < 60; seed++) { /* now and then the only one is full */
        const GeneratePool pool = people(4, 1, GENERATE_SLACK, seed);
        assert_in_range(free_places(&pool), 0, 5);
    }
    for (uint64_t seed = 0; seed < 300; seed++) {
        const GeneratePool pool = people(1, 2, GENERATE_SHORTAGE, seed);
        assert_in_range(pool.requests[0].passed.count, 0, 2);
    }
}

/* ---- the waiting list as an instance ---- */

static void instances_hold_the_best_pairs(void **state) {
    (void)state;
    const GeneratePool pool = people(60, 150, GENERATE_SLACK, 6);
    const MatchingPolicy *policy = &matching_policy_start;
    const AssignmentInstance instance = generate_instance(arena, arena, policy, &pool, 8);
    assert_int_equal(instance.families, 60);
    assert_int_equal(instance.supporters, 150);
    assert_true(instance.first[60] > 60);
    for (uint32_t supporter = 0; supporter < 150; supporter++) {
        const MatchingOffer *offer = &pool.offers[supporter];
        assert_int_equal(instance.capacity[supporter], is_open(offer) ? offer->capacity - offer->load : 0);
    }
    for (uint32_t family = 0; family < 60; family++) {
        const MatchingRequest *request = &pool.requests[family];
        int32_t least = INT32_MAX;
        size_t fitting = 0;
        for (uint32_t pair = instance.first[family]; pair < instance.first[family + 1]; pair++) {
            assert_true(pair == instance.first[family] ||
                        instance.supporter[pair - 1] < instance.supporter[pair]);
            const MatchingOffer *offer = &pool.offers[instance.supporter[pair]];
            assert_int_equal(oracle_rules_against(policy, offer, request), 0);
            const int64_t score = oracle_score(policy, offer, request, NULL, NULL);
            assert_int_equal(instance.weight[pair] >> 16, policy_value(policy, request, score));
            least = instance.weight[pair] >> 16 < least ? instance.weight[pair] >> 16 : least;
        }
        const uint32_t count = instance.first[family + 1] - instance.first[family];
        size_t better = 0;
        for (size_t at = 0; at < 150; at++) {
            if (oracle_rules_against(policy, &pool.offers[at], request) == 0) {
                const int64_t score = oracle_score(policy, &pool.offers[at], request, NULL, NULL);
                fitting++;
                better += policy_value(policy, request, score) > least ? 1 : 0;
            }
        }
        assert_int_equal(count, fitting < 45 ? fitting : 45);
        assert_true(better <= count); /* none that was left out is better than one that is in */
    }
}

static void long_lists_are_cut_at_the_best(void **state) {
    (void)state;
    const GeneratePool pool = people(3000, 900, GENERATE_SLACK, 7);
    const GeneratePool few = {
        .offers = pool.offers, .offer_count = 900, .requests = pool.requests, .request_count = 20};
    const AssignmentInstance instance = generate_instance(arena, arena, &matching_policy_start, &few, 1);
    uint32_t longest = 0;
    for (uint32_t family = 0; family < 20; family++) {
        const uint32_t count = instance.first[family + 1] - instance.first[family];
        longest = count > longest ? count : longest;
    }
    assert_int_equal(longest, 45);
}

static void keep(void *context, Str bytes) {
    buf_add(context, bytes);
}

static void people_are_told(void **state) {
    (void)state;
    const int64_t apart[] = {21};
    const int64_t passed[] = {31};
    const int64_t known[] = {41};
    const MatchingItem has[] = {{1001, FACET_EXPERIENCE}, {4001, FACET_LANGUAGE}};
    const MatchingWish wish[] = {
        {.item = 3001, .facet = FACET_ROLE, .kind = WISH_CODED, .is_required = true}};
    const MatchingOffer offer = {.key = 1,
                                 .person = 2,
                                 .is_cleared = true,
                                 .capacity = 5,
                                 .load = 4,
                                 .listed = 3,
                                 .pending = 1,
                                 .has = {has, 2},
                                 .rather_not = {has, 1}};
    const MatchingRequest request = {.key = 11,
                                     .person = 12,
                                     .wishes = {wish, 1},
                                     .unlike = 6,
                                     .apart = {apart, 1},
                                     .passed = {passed, 1},
                                     .known = {known, 1},
                                     .waiting_days = 13,
                                     .is_urgent = true};
    const GeneratePool pool = {.offers = &offer, .offer_count = 1, .requests = &request, .request_count = 1};
    Buf buf = buf_new(arena, 1 << 16);
    generate_write_pool(arena, &(RecordsSink){.write = keep, .context = &buf}, &pool);
    assert_true(
        str_equal(buf_str(&buf), STR("o 1 2 1 0 5 4 3 1\nh 1 0 1001\nh 1 3 4001\nn 1 1001\n"
                                     "r 11 12 13 1 0 6\nw 11 2 3001 2 1\na 11 21\nx 11 31\nk 11 41\n")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(regimes_have_their_share_of_places, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(the_same_order_gives_the_same_people, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(keys_are_all_different, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(scarce_languages_are_scarce, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(items_belong_to_their_facet, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(nothing_is_left_out, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(small_orders_are_served, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(instances_hold_the_best_pairs, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(long_lists_are_cut_at_the_best, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(people_are_told, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
