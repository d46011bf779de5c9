/* SPDX-License-Identifier: Apache-2.0 */
/* The pool against the plain way, for every kernel that this machine can run. */
#include "test/unit.h"

#include "matching/generate.h"
#include "matching/oracle.h"
#include "matching/pool_inside.h"
#include "test/matching_world.h"

enum { ROUNDS = 250, ROUNDS_IN_SHORT = 80, SEED_MOST = 1 << 16 };

/* script/test --long plays them all. */
static int rounds(void) {
    return getenv("BEENTHERE_TEST_LONG") != NULL ? ROUNDS : ROUNDS_IN_SHORT;
}

static Arena *arena;

/* Mostly small, and around the edges of blocks and words. */
static size_t some_size(Random *random) {
    static const size_t edges[] = {0, 1, 2, 63, 64, 65, 511, 512, 513, 1023, 1024, 1025, 1600};
    const uint64_t drawn = random_below(random, 40);
    return drawn < sizeof edges / sizeof edges[0] ? edges[drawn] : (size_t)random_below(random, 120);
}

static void assert_same(const MatchingResult *left, const MatchingResult *right) {
    assert_int_equal(left->count, right->count);
    assert_int_equal(left->fitting, right->fitting);
    assert_memory_equal(left->removed, right->removed, sizeof left->removed);
    assert_memory_equal(left->opens, right->opens, sizeof left->opens);
    for (size_t at = 0; at < left->count; at++) {
        const MatchingChoice *one = &left->choices[at];
        const MatchingChoice *other = &right->choices[at];
        assert_int_equal(one->offer, other->offer);
        assert_int_equal(one->score, other->score);
        assert_int_equal(one->price, other->price);
        assert_int_equal(one->penalty, other->penalty);
        assert_int_equal(one->reason_count, other->reason_count);
        for (size_t reason = 0; reason < one->reason_count; reason++) {
            assert_int_equal(one->reasons[reason].kind, other->reasons[reason].kind);
            assert_int_equal(one->reasons[reason].item, other->reasons[reason].item);
            assert_int_equal(one->reasons[reason].points, other->reasons[reason].points);
        }
    }
}

static void check_above(const Pool *pool, const MatchingWorld *world, Random *random) {
    enum { MOST = 2000 };
    PoolHit *hits = NEW_MANY(arena, MOST, PoolHit);
    const int64_t above = (int64_t)random_below(random, 300) - 150;
    const size_t most = (size_t)random_below(random, 3) == 0 ? (size_t)random_below(random, 20) : MOST;
    const size_t count = pool_above(pool, &world->request, above, most, hits);
    size_t wanted = 0;
    for (size_t at = 0; at < world->count; at++) {
        const MatchingOffer *offer = &world->offers[at];
        const int64_t score = oracle_score(&world->policy, offer, &world->request, NULL, NULL);
        wanted +=
            oracle_rules_against(&world->policy, offer, &world->request) == 0 && score - offer->price > above
                ? 1
                : 0;
    }
    assert_int_equal(count, wanted);
    for (size_t at = 0; at < (count < most ? count : most); at++) {
        const int64_t key = pool_key(pool, hits[at].position);
        const MatchingOffer *offer = &world->offers[(key - WORLD_OFFER) / 3];
        assert_int_equal(offer->key, key);
        assert_int_equal(oracle_rules_against(&world->policy, offer, &world->request), 0);
        assert_int_equal(hits[at].score, oracle_score(&world->policy, offer, &world->request, NULL, NULL));
        assert_true(hits[at].score - offer->price > above);
        assert_true(at == 0 || hits[at - 1].position < hits[at].position);
    }
}

/* ---- which kernels there are ---- */

/* Whether the system says that the processor has this; a word of the line of flags. */
static bool has_flag(const char *flags, const char *flag) {
    const size_t length = strlen(flag);
    for (const char *at = strstr(flags, flag); at != NULL; at = strstr(at + 1, flag)) {
        if (at[-1] == ' ' && (at[length] == ' ' || at[length] == '\n')) {
            return true;
        }
    }
    return false;
}

/* Every kernel of this list is run by all tests below; none is on it that the machine would stumble on. */
static void test_every_kernel_that_can_run_is_there(void **state) {
    (void)state;
    char flags[1 << 14] = "";
    FILE *file = fopen("/proc/cpuinfo", "r");
    assert_non_null(file);
    while (fgets(flags, sizeof flags, file) != NULL && strncmp(flags, "flags", 5) != 0) {
    }
    assert_int_equal(fclose(file), 0);
    if (strncmp(flags, "flags", 5) != 0) {
        flags[0] = '\0'; /* another kind of machine: plain alone */
    }
    const bool has_count = has_flag(flags, "popcnt");
    const bool has_avx512 = has_flag(flags, "avx512f") && has_flag(flags, "avx512bw") &&
                            has_flag(flags, "avx512vl") && has_flag(flags, "avx512dq");
    const char *wanted[3];
    size_t count = 0;
    if (has_avx512 && has_count) {
        wanted[count++] = "pool_kernel_avx512";
    }
    if (has_flag(flags, "avx2") && has_count) {
        wanted[count++] = "pool_kernel_avx2";
    }
    wanted[count++] = "pool_kernel_plain";
    for (size_t at = 0; at < count; at++) {
        assert_non_null(pool_kernel_at(at));
        assert_string_equal(pool_kernel_at(at)->name, wanted[at]);
    }
    assert_null(pool_kernel_at(count));
}

static void check(const Pool *pool, const MatchingWorld *world, Random *random) {
    const uint64_t seed = random_below(random, SEED_MOST);
    static const size_t mosts[] = {3, 3, 3, 0, 1, 40, 64, 5000};
    const size_t most = mosts[random_below(random, sizeof mosts / sizeof mosts[0])];
    const MatchingResult wanted =
        oracle_shortlist(arena, &world->policy, world->offers, world->count, &world->request, seed, most);
    const MatchingResult found = pool_shortlist(arena, pool, &world->request, seed, most);
    assert_same(&wanted, &found);
    PoolHit hits[POOL_MOST];
    const size_t few = most < POOL_MOST ? most : POOL_MOST;
    const size_t count = pool_best(pool, &world->request, seed, few, hits);
    assert_int_equal(count, wanted.count < few ? wanted.count : few);
    for (size_t at = 0; at < count; at++) {
        assert_int_equal(pool_key(pool, hits[at].position), wanted.choices[at].offer);
        assert_int_equal(hits[at].score, wanted.choices[at].score);
        assert_int_equal(pool_position(pool, wanted.choices[at].offer), hits[at].position);
    }
    check_above(pool, world, random);
}

/* Every kernel that this machine can run answers the same worlds. */
static void for_each_kernel(uint64_t seed, int rounds,
                            void (*work)(Pool *pool, MatchingWorld *world, Random *random)) {
    for (size_t kernel = 0; pool_kernel_at(kernel) != NULL; kernel++) {
        Random random = random_seeded(seed);
        for (int round = 0; round < rounds; round++) {
            arena_reset(arena);
            MatchingWorld world = matching_world(arena, &random, some_size(&random));
            Pool *pool = pool_new(arena, &world.policy, world.offers, world.count);
            assert_int_equal(pool_count(pool), world.count);
            pool_use_kernel(pool, pool_kernel_at(kernel));
            work(pool, &world, &random);
        }
    }
}

static void ask_twice(Pool *pool, MatchingWorld *world, Random *random) {
    check(pool, world, random);
    check(pool, world, random);
}

static void test_says_what_the_plain_way_says(void **state) {
    (void)state;
    for_each_kernel(21, rounds(), ask_twice);
}

/* ---- changes ---- */

static bool are_items_known(const MatchingWorld *world, size_t except, MatchingItems items, bool is_limit) {
    for (size_t item = 0; item < items.count; item++) {
        bool is_known = false;
        for (size_t at = 0; at < world->count; at++) {
            const MatchingOffer *offer = &world->offers[at];
            is_known =
                is_known || (at != except && matching_world_has(is_limit ? offer->rather_not : offer->has,
                                                                items.items[item].item));
        }
        if (!is_known) {
            return false;
        }
    }
    return true;
}

/* Changes offers and prices; what the pool says then is what a new one would say. */
static void change_some(Pool *pool, MatchingWorld *world, Random *random) {
    for (int change = 0; change < 4 && world->count > 0; change++) {
        const size_t at = (size_t)random_below(random, world->count);
        MatchingOffer *offer = &world->offers[at];
        const MatchingOffer before = *offer;
        if (random_below(random, 3) == 0) {
            offer->price = (int64_t)random_below(random, 100001);
            pool_set_price(pool, pool_position(pool, offer->key), offer->price);
            continue;
        }
        matching_world_change(world, arena, random, at);
        if (pool_change(pool, offer)) {
            continue;
        }
        /* Refused, so an item was new, and nothing has changed. Items stay known while the pool lives:
         * only what nobody else has now can have been unknown then. */
        assert_false(are_items_known(world, at, offer->has, false) &&
                     are_items_known(world, at, offer->rather_not, true));
        *offer = before;
    }
    check(pool, world, random);
}

static void test_changed_is_as_good_as_new(void **state) {
    (void)state;
    for_each_kernel(22, rounds(), change_some);
}

enum { SCHOOL = 1, COURT, LOSS };

static MatchingOffer offer_of(int64_t key, const MatchingItem *items, size_t count) {
    return (MatchingOffer){
        .key = key, .person = key + 10, .is_cleared = true, .capacity = 1, .has = {items, count}};
}

static void test_refuses_what_is_new(void **state) {
    (void)state;
    const MatchingItem items[] = {
        {SCHOOL, FACET_EXPERIENCE}, {COURT, FACET_EXPERIENCE}, {LOSS, FACET_EXPERIENCE}};
    MatchingOffer offers[] = {offer_of(1, items, 1), offer_of(2, items + 1, 1)};
    offers[0].rather_not = (MatchingItems){items + 2, 1};
    Pool *pool = pool_new(arena, &matching_policy_start, offers, 2);
    MatchingOffer other = offer_of(3, items, 1);
    assert_false(pool_change(pool, &other)); /* nobody of that key */
    other = offer_of(2, items, 1);
    other.person = 99;
    assert_false(pool_change(pool, &other)); /* another person */
    other = offer_of(2, items, 3);
    assert_false(pool_change(pool, &other)); /* nobody has lived the third, it is only a limit */
    other = offer_of(2, items, 2);
    other.rather_not = (MatchingItems){items + 1, 1};
    assert_false(pool_change(pool, &other)); /* and the second is nobody's limit */
    const MatchingItem unknown = {77, FACET_EXPERIENCE};
    other = offer_of(2, &unknown, 1);
    assert_false(pool_change(pool, &other));
    other = offer_of(2, items, 1);
    other.rather_not = (MatchingItems){&unknown, 1};
    assert_false(pool_change(pool, &other));
    const MatchingWish wish = {SCHOOL, FACET_EXPERIENCE, WISH_CHOSEN, false};
    const MatchingRequest request = {.key = 1, .person = 50, .wishes = {&wish, 1}};
    assert_int_equal(pool_shortlist(arena, pool, &request, 1, 3).count, 1);
    other = offer_of(2, items, 1);
    other.rather_not = (MatchingItems){items + 2, 1};
    assert_true(pool_change(pool, &other));
    assert_int_equal(pool_shortlist(arena, pool, &request, 1, 3).count, 2);
    assert_int_equal(pool_position(pool, 12345), 2);
}

/* ---- many at once ---- */

/* Nothing tells them apart but their turn. */
static void test_equals_take_turns(void **state) {
    (void)state;
    enum { EQUALS = 5000, MOST = 5 };
    arena_reset(arena);
    Random random = random_seeded(23);
    MatchingWorld world = {.policy = matching_policy_start, .count = EQUALS};
    world.offers = NEW_MANY(arena, EQUALS, MatchingOffer);
    for (size_t at = 0; at < EQUALS; at++) {
        world.offers[at] = offer_of((int64_t)(at * (INT64_MAX / EQUALS)) + 1, NULL, 0);
        /* Some are a little better, and stand anywhere. */
        world.offers[at].price = at % 1000 == 999 ? 0 : 1;
    }
    Pool *pool = pool_new(arena, &world.policy, world.offers, EQUALS);
    for (size_t kernel = 0; pool_kernel_at(kernel) != NULL; kernel++) {
        pool_use_kernel(pool, pool_kernel_at(kernel));
        for (uint64_t seed = 0; seed < 20; seed++) {
            world.request = (MatchingRequest){.key = random_id(&random), .person = 1};
            const size_t most = seed % 2 == 0 ? MOST : 3 * MOST;
            const MatchingResult wanted =
                oracle_shortlist(arena, &world.policy, world.offers, EQUALS, &world.request, seed, most);
            const MatchingResult found = pool_shortlist(arena, pool, &world.request, seed, most);
            assert_same(&wanted, &found);
        }
    }
}

/* People as they are made up for measurements: whole strips in which some blocks are dead. */
static void test_many_people(void **state) {
    (void)state;
    enum { FAMILIES = 300, SUPPORTERS = 30000 };
    arena_reset(arena);
    const GeneratePool people =
        generate_pool(arena, &(GenerateOrder){.families = FAMILIES, .supporters = SUPPORTERS, .seed = 3});
    Pool *pool = pool_new(arena, &matching_policy_start, people.offers, SUPPORTERS);
    Arena *brief = arena_new(1 << 20);
    size_t kernels = 0;
    while (pool_kernel_at(kernels) != NULL) {
        kernels++;
    }
    for (size_t at = 0; at < FAMILIES; at++) {
        arena_reset(brief);
        pool_use_kernel(pool, pool_kernel_at(at % kernels));
        const MatchingResult wanted = oracle_shortlist(brief, &matching_policy_start, people.offers,
                                                       SUPPORTERS, &people.requests[at], at, 3);
        const MatchingResult found = pool_shortlist(brief, pool, &people.requests[at], at, 3);
        assert_same(&wanted, &found);
    }
    arena_free(brief);
}

/* Whoever speaks the same languages stands together, so that the speakers of one are in runs of blocks with
 * others between them: three blocks at most, which is more than a strip goes on over. */
static void test_blocks_that_die_between_others(void **state) {
    (void)state;
    enum { GROUP = 8 * POOL_BLOCK / 5 + 1, GROUPS = 8, OFFERS = GROUP * GROUPS };
    arena_reset(arena);
    MatchingOffer *offers = NEW_MANY(arena, OFFERS, MatchingOffer);
    for (size_t at = 0; at < OFFERS; at++) {
        const size_t code = at % GROUPS;
        MatchingItem *languages = NEW_MANY(arena, 3, MatchingItem);
        offers[at] = offer_of((int64_t)at + 1, languages, 0);
        offers[at].price = (int64_t)(at * 7919 % 100);
        for (int64_t language = 0; language < 3; language++) {
            if ((code >> language & 1U) != 0) {
                matching_world_add(&offers[at].has, FACET_LANGUAGE, language + 1);
            }
        }
    }
    Pool *pool = pool_new(arena, &matching_policy_start, offers, OFFERS);
    for (int64_t language = 1; language <= 3; language++) {
        const MatchingWish wish = {language, FACET_LANGUAGE, WISH_CHOSEN, false};
        const MatchingRequest request = {.key = language, .person = 5, .wishes = {&wish, 1}};
        const MatchingResult wanted =
            oracle_shortlist(arena, &matching_policy_start, offers, OFFERS, &request, 1, 40);
        size_t above = 0;
        for (size_t at = 0; at < OFFERS; at++) {
            above += matching_world_has(offers[at].has, language) && 5 - offers[at].price > -9 ? 1 : 0;
        }
        for (size_t kernel = 0; pool_kernel_at(kernel) != NULL; kernel++) {
            pool_use_kernel(pool, pool_kernel_at(kernel));
            const MatchingResult found = pool_shortlist(arena, pool, &request, 1, 40);
            assert_same(&wanted, &found);
            PoolHit hits[1];
            assert_int_equal(pool_above(pool, &request, -9, 1, hits), above);
        }
    }
}

/* As many wishes as a request can have, all met, with points of many bits. */
static void test_two_hundred_wishes(void **state) {
    (void)state;
    enum { OFFERS = 700 };
    arena_reset(arena);
    Random random = random_seeded(24);
    MatchingPolicy policy = matching_policy_start;
    policy.facets[FACET_EXPERIENCE] =
        (MatchingFacetPolicy){RULE_COMMON, .first = 1000, .chosen = 991, .coded = 511};
    MatchingItem *items = NEW_MANY(arena, POOL_WISHES_MOST, MatchingItem);
    MatchingWish *wishes = NEW_MANY(arena, POOL_WISHES_MOST, MatchingWish);
    for (size_t at = 0; at < POOL_WISHES_MOST; at++) {
        items[at] = (MatchingItem){(int64_t)at + 1, at % 2 == 0 ? FACET_EXPERIENCE : FACET_TIME};
        wishes[at] = (MatchingWish){(int64_t)at + 1, items[at].facet, (MatchingWishKind)(at / 2 % 3), false};
    }
    MatchingOffer *offers = NEW_MANY(arena, OFFERS, MatchingOffer);
    for (size_t at = 0; at < OFFERS; at++) {
        const size_t first = (size_t)random_below(&random, POOL_WISHES_MOST);
        offers[at] = offer_of((int64_t)at + 1, at == 0 ? items : items + first,
                              at == 0 ? POOL_WISHES_MOST : POOL_WISHES_MOST - first);
        offers[at].price = (int64_t)random_below(&random, 100001);
    }
    MatchingRequest request = {.key = 1, .person = 5, .wishes = {wishes, POOL_WISHES_MOST}};
    Pool *pool = pool_new(arena, &policy, offers, OFFERS);
    for (size_t kernel = 0; pool_kernel_at(kernel) != NULL; kernel++) {
        pool_use_kernel(pool, pool_kernel_at(kernel));
        for (unsigned unlike = 0; unlike < 3; unlike++) {
            request.unlike = unlike << FACET_EXPERIENCE; /* nothing, then experiences, then systems */
            const MatchingResult wanted = oracle_shortlist(arena, &policy, offers, OFFERS, &request, 1, 50);
            const MatchingResult found = pool_shortlist(arena, pool, &request, 1, 50);
            assert_same(&wanted, &found);
        }
    }
}

/* Points of high bits only: the low bits of every sum are 0, and not those of what it must be above. */
static void test_points_without_low_bits(void **state) {
    (void)state;
    enum { OFFERS = 40 };
    Random random = random_seeded(29);
    MatchingPolicy policy = {.facets[FACET_EXPERIENCE] = {RULE_FREE, .first = 64, .chosen = 32, .coded = 16}};
    const MatchingItem items[] = {
        {SCHOOL, FACET_EXPERIENCE}, {COURT, FACET_EXPERIENCE}, {LOSS, FACET_EXPERIENCE}};
    const MatchingWish wishes[] = {{SCHOOL, FACET_EXPERIENCE, WISH_FIRST, false},
                                   {COURT, FACET_EXPERIENCE, WISH_CHOSEN, false},
                                   {LOSS, FACET_EXPERIENCE, WISH_CODED, false}};
    const MatchingRequest request = {.key = 1, .person = 5, .wishes = {wishes, 3}};
    for (int64_t above = -20; above < 130; above++) {
        arena_reset(arena);
        MatchingOffer offers[OFFERS];
        size_t wanted = 0;
        for (size_t at = 0; at < OFFERS; at++) {
            const size_t first = (size_t)random_below(&random, 3);
            offers[at] = offer_of((int64_t)at + 1, items + first, (size_t)random_below(&random, 4 - first));
            wanted += oracle_score(&policy, &offers[at], &request, NULL, NULL) > above ? 1 : 0;
        }
        Pool *pool = pool_new(arena, &policy, offers, OFFERS);
        PoolHit hits[OFFERS];
        for (size_t kernel = 0; pool_kernel_at(kernel) != NULL; kernel++) {
            pool_use_kernel(pool, pool_kernel_at(kernel));
            assert_int_equal(pool_above(pool, &request, above, OFFERS, hits), wanted);
        }
    }
}

/* ---- memory ---- */

typedef struct Making {
    const MatchingWorld *world;
    size_t bytes;
} Making;

static void make_in(void *context) {
    const Making *making = context;
    Arena *own = arena_new(making->bytes);
    pool_new(own, &making->world->policy, making->world->offers, making->world->count);
    arena_free(own);
}

static void say_what_it_needs(void *context) {
    const Making *making = context;
    (void)pool_bytes(arena, making->world->offers, making->world->count);
}

static void make_in_too_little(void *context) {
    const Making *making = context;
    pool_new(arena, &making->world->policy, making->world->offers, making->world->count);
}

static void test_says_what_it_needs(void **state) {
    (void)state;
    Random random = random_seeded(25);
    for (int round = 0; round < 60; round++) {
        arena_reset(arena);
        const MatchingWorld world = matching_world(arena, &random, some_size(&random));
        make_in(&(Making){&world, pool_bytes(arena, world.offers, world.count)});
    }
    const MatchingWorld world = matching_world(arena, &random, 600);
    Making making = {&world, 0};
    for (size_t nth = 1; nth <= 2; nth++) { /* what it takes meanwhile is given back when memory is refused */
        arena_fail_nth(nth);
        ASSERT_FAILS(say_what_it_needs, &making, FAIL_MEMORY, "");
        arena_fail_nth(0);
    }
    Arena *whole = arena;
    arena = arena_new(pool_bytes(arena, world.offers, world.count) / 2);
    ASSERT_FAILS(make_in_too_little, &making, FAIL_MEMORY, "");
    arena_free(arena);
    arena = whole;
}

/* ---- what must hold when the input changes ---- */

static size_t rank_of(const MatchingResult *result, int64_t key) {
    size_t at = 0;
    while (at < result->count && result->choices[at].offer != key) {
        at++;
    }
    return at;
}

static MatchingResult list_anew(const MatchingWorld *world, size_t most) {
    const Pool *pool = pool_new(arena, &world->policy, world->offers, world->count);
    return pool_shortlist(arena, pool, &world->request, 5, most);
}

static void check_shared_experience(Pool *pool, MatchingWorld *world, Random *random) {
    (void)pool;
    world->request.unlike &= ~(1U << FACET_EXPERIENCE);
    const MatchingWishes *wishes = &world->request.wishes;
    if (world->count == 0 || wishes->count == 0) {
        return;
    }
    const MatchingWish *wish = &wishes->items[random_below(random, wishes->count)];
    MatchingOffer *offer = &world->offers[random_below(random, world->count)];
    if (wish->facet != FACET_EXPERIENCE || matching_world_has(offer->has, wish->item) ||
        matching_world_has(offer->rather_not, wish->item)) {
        return;
    }
    const MatchingResult before = list_anew(world, world->count);
    matching_world_add(&offer->has, FACET_EXPERIENCE, wish->item);
    const MatchingResult after = list_anew(world, world->count);
    const size_t rank_before = rank_of(&before, offer->key);
    const size_t rank_after = rank_of(&after, offer->key);
    assert_true(rank_after <= rank_before || rank_before == before.count);
}

static void test_a_shared_experience_never_lowers(void **state) {
    (void)state;
    for_each_kernel(26, rounds() / 2, check_shared_experience);
}

/* Whoever is full, paused or not cleared any more, is on no list from then on, and back when that is over. */
static void check_standing(Pool *pool, MatchingWorld *world, Random *random) {
    const MatchingResult before = pool_shortlist(arena, pool, &world->request, 8, 3);
    if (before.count == 0) {
        return;
    }
    MatchingOffer *offer = &world->offers[(before.choices[0].offer - WORLD_OFFER) / 3];
    const MatchingOffer kept = *offer;
    offer->is_paused = random_below(random, 2) == 0;
    offer->is_cleared = !offer->is_paused;
    offer->load = offer->is_paused ? offer->load : offer->capacity;
    assert_true(pool_change(pool, offer));
    const MatchingResult after = pool_shortlist(arena, pool, &world->request, 8, world->count);
    assert_int_equal(rank_of(&after, offer->key), after.count);
    assert_true(pool_change(pool, &kept));
    const MatchingResult again = pool_shortlist(arena, pool, &world->request, 8, 3);
    assert_same(&before, &again);
}

static void test_full_and_paused_are_never_listed(void **state) {
    (void)state;
    for_each_kernel(27, rounds() / 2, check_standing);
}

/* Other keys in the same order, other numbers of items and people: the same list. What was not stated
 * changes nothing either: an item that nobody wishes for, in a facet in which nothing is wished. */
static void check_numbers(Pool *pool, MatchingWorld *world, Random *random) {
    const MatchingResult before = pool_shortlist(arena, pool, &world->request, 9, world->count);
    bool is_wished[FACET_COUNT] = {false};
    MatchingWish *wishes = (MatchingWish *)world->request.wishes.items;
    for (size_t at = 0; at < world->request.wishes.count; at++) {
        is_wished[wishes[at].facet] = true;
        wishes[at].item = wishes[at].item * 977 + 5;
    }
    const MatchingFacet silent = (MatchingFacet)random_below(random, FACET_COUNT);
    for (size_t at = 0; at < world->count; at++) {
        MatchingItem *has = (MatchingItem *)world->offers[at].has.items;
        for (size_t item = 0; item < world->offers[at].has.count; item++) {
            has[item].item = has[item].item * 977 + 5;
        }
        MatchingItem *limits = (MatchingItem *)world->offers[at].rather_not.items;
        for (size_t item = 0; item < world->offers[at].rather_not.count; item++) {
            limits[item].item = limits[item].item * 977 + 5;
        }
        if (!is_wished[silent] && random_below(random, 2) == 0) {
            matching_world_add(&world->offers[at].has, silent, 3);
        }
    }
    const MatchingResult after = list_anew(world, world->count);
    assert_int_equal(before.count, after.count);
    for (size_t at = 0; at < before.count; at++) {
        assert_int_equal(before.choices[at].offer, after.choices[at].offer);
        assert_int_equal(before.choices[at].score, after.choices[at].score);
    }
}

static void test_numbers_and_what_was_not_stated_mean_nothing(void **state) {
    (void)state;
    for_each_kernel(28, rounds() / 2, check_numbers);
}

int main(void) {
    arena = arena_new(1 << 28);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kernel_that_can_run_is_there),
        cmocka_unit_test(test_says_what_the_plain_way_says),
        cmocka_unit_test(test_changed_is_as_good_as_new),
        cmocka_unit_test(test_refuses_what_is_new),
        cmocka_unit_test(test_equals_take_turns),
        cmocka_unit_test(test_many_people),
        cmocka_unit_test(test_blocks_that_die_between_others),
        cmocka_unit_test(test_two_hundred_wishes),
        cmocka_unit_test(test_points_without_low_bits),
        cmocka_unit_test(test_says_what_it_needs),
        cmocka_unit_test(test_a_shared_experience_never_lowers),
        cmocka_unit_test(test_full_and_paused_are_never_listed),
        cmocka_unit_test(test_numbers_and_what_was_not_stated_mean_nothing),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
