/* SPDX-License-Identifier: Apache-2.0 */
/* The standing plan: made once for many changes, the same as a plan made by hand from everyone, its prices
 * in the offers, and never half written. */
#include "test/unit.h"

#include "features/asked/asked.h"
#include "features/pool/pool_of.h"
#include "features/standing/standing_plan.h"
#include "matching/assignment.h"
#include "matching/lot.h"
#include "matching/oracle.h"
#include "matching/policy.h"
#include "platform/keep.h"
#include "standing_sql.h"
#include "test/feature_pair.h"

enum { OFFERS = 6, REQUESTS = 9, STEPS = 60 };

typedef struct Town {
    World *world;
    Random random;
    OfferId offers[OFFERS];
    RequestId requests[REQUESTS];
} Town;

static PersonId person(World *world, const char *name, size_t number) {
    return world_person(world, str_c(world->arena, str_print(world->arena, "%s%zu", name, number)));
}

/* Each has lived through one of three things and takes one family or two. */
static OfferId add_offer(Town *town, Tx *tx, PersonId giver, size_t number) {
    World *world = town->world;
    ListItems words = program_items(&world->scope, world->program, LIST_EXPERIENCE);
    const OfferItem items[] = {
        {words.items[number % 3].id, OFFER_LIVED, OFFER_FOR_FAMILIES},
        {world_item(world, LIST_LANGUAGE, "English"), OFFER_SPEAKS, OFFER_FOR_FAMILIES},
    };
    OfferId id = offer_add(&world->scope, tx, world->program, giver,
                           &(OfferContent){.capacity = (int64_t)number % 2 + 1, .items = {items, 2}});
    offer_set_cleared(&world->scope, tx, id, 1, true);
    return id;
}

static RequestId add_request(Town *town, Tx *tx, PersonId receiver, size_t number) {
    World *world = town->world;
    ListItems words = program_items(&world->scope, world->program, LIST_EXPERIENCE);
    const ListItemId wishes[] = {words.items[number % 3].id, words.items[(number + 1) % 3].id};
    Str receipt;
    return request_add(&world->scope, tx,
                       &(RequestNew){.program = world->program,
                                     .person = receiver,
                                     .kind = REQUEST_SUPPORT,
                                     .source = REQUEST_FROM_FORM,
                                     .lang = LANG_EN,
                                     .wishes = wishes,
                                     .wish_count = 1 + number % 2},
                       &receipt);
}

static Town *town_new(World *world) {
    Town *town = NEW(world->arena, Town);
    *town = (Town){.world = world, .random = random_seeded(21)};
    PersonId givers[OFFERS];
    PersonId receivers[REQUESTS];
    for (size_t at = 0; at < OFFERS; at++) {
        givers[at] = person(world, "giver", at);
    }
    for (size_t at = 0; at < REQUESTS; at++) {
        receivers[at] = person(world, "family", at);
    }
    Tx *tx = world_begin(world);
    for (size_t at = 0; at < OFFERS; at++) {
        town->offers[at] = add_offer(town, tx, givers[at], at);
    }
    for (size_t at = 0; at < REQUESTS; at++) {
        town->requests[at] = add_request(town, tx, receivers[at], at);
    }
    world_commit(tx);
    return town;
}

static void watch(World *world) {
    standing_plan_watch(&world->scope);
}

/* Everyone as the database has them now, all pairs one by one. */
typedef struct All {
    MatchingRequest asked[REQUESTS];
    size_t families;
    PoolOffers offers;
    AssignmentInstance pairs;
    AssignmentPlan best;
} All;

static All solve_all(World *world, uint64_t seed) {
    const MatchingPolicy *policy = policy_of(&world->scope, world->program);
    All all = {.offers = pool_of_offers(&world->scope, world->program)};
    const size_t most = REQUESTS * all.offers.count;
    uint32_t *first = NEW_MANY(world->arena, REQUESTS + 1, uint32_t);
    uint32_t *supporter = NEW_MANY(world->arena, most, uint32_t);
    int32_t *weight = NEW_MANY(world->arena, most, int32_t);
    uint32_t *capacity = NEW_MANY(world->arena, all.offers.count, uint32_t);
    uint32_t pairs = 0;
    StandingPlanWaitingRows rows = standing_plan_waiting(world->db, world->program, world->scope.now);
    for (; all.families < rows.count; first[++all.families] = pairs) {
        Request request;
        assert_true(request_find(&world->scope, rows.items[all.families].id, &request));
        MatchingRequest *asked = &all.asked[all.families];
        *asked = asked_of(&world->scope, &request);
        for (uint32_t at = 0; at < all.offers.count; at++) {
            const MatchingOffer *offer = &all.offers.items[at];
            if (oracle_rules_against(policy, offer, asked) == 0) {
                int64_t score = oracle_score(policy, offer, asked, NULL, NULL);
                int64_t value = policy_value(policy, asked, score);
                supporter[pairs] = at;
                weight[pairs++] =
                    lot_weight(value, lot_family(seed, asked->key), offer->key, POLICY_LOT_BITS_LEAST);
            }
        }
    }
    for (size_t at = 0; at < all.offers.count; at++) {
        const MatchingOffer *offer = &all.offers.items[at];
        capacity[at] = offer->capacity > offer->load ? (uint32_t)(offer->capacity - offer->load) : 0;
    }
    all.pairs = (AssignmentInstance){.families = (uint32_t)all.families,
                                     .supporters = (uint32_t)all.offers.count,
                                     .capacity = capacity,
                                     .first = first,
                                     .supporter = supporter,
                                     .weight = weight};
    all.best = assignment_solve(world->arena, &all.pairs);
    return all;
}

/* What the pair of a family and an offer adds; the pair must be one that nothing keeps apart. */
static int64_t weight_of(const All *all, size_t family, OfferId offer) {
    for (uint32_t pair = all->pairs.first[family]; pair < all->pairs.first[family + 1]; pair++) {
        if (all->offers.items[all->pairs.supporter[pair]].key == offer.value) {
            return all->pairs.weight[pair];
        }
    }
    fail_msg("family %zu stands with somebody whom a rule keeps apart from it", family);
    return 0;
}

static void assert_standing_is_best(Town *town) {
    World *world = town->world;
    StandingPlan standing;
    assert_true(standing_plan_find(&world->scope, world->program, &standing));
    const MatchingPolicy *policy = policy_of(&world->scope, world->program);
    assert_true(str_equal(standing.policy, policy->name));
    All all = solve_all(world, (uint64_t)standing.seed);
    assert_int_equal(standing.waiting, all.families);
    assert_int_equal(standing.matched, all.best.matched);
    assert_int_equal(standing.objective, all.best.objective);
    assert_int_equal(standing.bound, standing.objective);
    /* With five bits of lottery two plans can be equally good: any of them may stand, and it must be one. */
    int64_t objective = 0;
    for (size_t at = 0; at < all.families; at++) {
        const OfferId partner =
            standing_plan_partner(&world->scope, world->program, (RequestId){all.asked[at].key});
        objective += partner.value == 0 ? 0 : weight_of(&all, at, partner);
    }
    assert_int_equal(objective, all.best.objective);
    assert_int_equal(standing_pair_list(world->db, world->program).count, all.best.matched);
    for (size_t at = 0; at < all.offers.count; at++) {
        int64_t price = all.best.supporter_price[at] >> POLICY_LOT_BITS_LEAST;
        assert_int_equal(all.offers.items[at].price, price / policy->fit);
    }
}

static int64_t made_at(World *world) {
    StandingPlan plan;
    return standing_plan_find(&world->scope, world->program, &plan) ? plan.made_at.us : 0;
}

/* ---- when ---- */

static void test_made_once_for_many_changes(void **state) {
    World *world = *state;
    StandingPlan plan;
    assert_false(standing_plan_find(&world->scope, world->program, &plan));
    Town *town = town_new(world);
    watch(world);
    assert_standing_is_best(town);
    Time first = world->scope.now;
    world_wait(world, TIME_HOUR - 1);
    watch(world);
    assert_int_equal(made_at(world), first.us); /* its own prices are no change */
    Tx *tx = world_begin(world);
    offer_pause(&world->scope, tx, town->offers[0], TIME_NONE);
    request_withdraw(&world->scope, tx, town->requests[0]);
    request_set_unlike(&world->scope, tx, town->requests[1], 1U << LIST_EXPERIENCE);
    world_commit(tx);
    watch(world);
    assert_int_equal(made_at(world), world->scope.now.us);
    assert_standing_is_best(town);
    world_wait(world, TIME_DAY);
    watch(world); /* everyone has waited a day longer */
    assert_int_equal(made_at(world), world->scope.now.us);
    assert_standing_is_best(town);
}

static void test_after_each_change(void **state) {
    World *world = *state;
    Town *town = town_new(world);
    for (int step = 0; step < STEPS; step++) {
        world_wait(world, (int64_t)random_below(&town->random, 30) * TIME_HOUR);
        if (random_below(&town->random, 10) == 0) { /* as when the jobs process is started anew */
            keep_free(world->keep);
            world->keep = world->scope.keep = keep_new(KEEP_BYTES);
        }
        Tx *tx = world_begin(world);
        OfferId offer = town->offers[random_below(&town->random, OFFERS)];
        RequestId request = town->requests[random_below(&town->random, REQUESTS)];
        OfferItem words[] = {{world_item(world, LIST_LANGUAGE, "English"), OFFER_SPEAKS, OFFER_FOR_FAMILIES},
                             {program_items(&world->scope, world->program, LIST_EXPERIENCE)
                                  .items[random_below(&town->random, 3)]
                                  .id,
                              OFFER_LIVED, OFFER_FOR_FAMILIES}};
        Offer now;
        assert_true(offer_find(&world->scope, offer, &now));
        switch (random_below(&town->random, 8)) {
        case 6:
            offer_set_capacity(&world->scope, tx, offer, now.version,
                               (int64_t)random_below(&town->random, 4));
            break;
        case 7:
            offer_change(&world->scope, tx, offer, now.version,
                         &(OfferContent){.capacity = now.capacity, .items = {words, 2}});
            break;
        case 0:
            offer_pause(&world->scope, tx, offer, TIME_NONE);
            break;
        case 1:
        case 2:
            offer_unpause(&world->scope, tx, offer);
            break;
        case 3:
            request_withdraw(&world->scope, tx, request);
            break;
        case 4:
            request_reopen(&world->scope, tx, request);
            break;
        default:
            request_set_unlike(&world->scope, tx, request,
                               random_below(&town->random, 2) == 0 ? 0 : 1U << LIST_EXPERIENCE);
        }
        world_commit(tx);
        watch(world);
        assert_standing_is_best(town);
    }
}

/* A draft changes nothing; from the signature on the plan is made by the other policy, and at once. */
static void test_by_the_policy_that_is_followed(void **state) {
    World *world = *state;
    Town *town = town_new(world);
    world_act_as(world, world_person(world, "lea"));
    watch(world);
    StandingPlan before;
    assert_true(standing_plan_find(&world->scope, world->program, &before));
    assert_standing_is_best(town);
    world_wait(world, TIME_MINUTE);
    MatchingPolicy policy = matching_policy_start;
    policy.known += 40;
    policy.fit = 2 * matching_policy_start.fit;
    PolicyId draft = world_draft(world, &policy);
    watch(world);
    assert_int_equal(made_at(world), before.made_at.us);
    world_adopt(world, draft);
    watch(world);
    assert_int_equal(made_at(world), world->scope.now.us);
    StandingPlan after;
    assert_true(standing_plan_find(&world->scope, world->program, &after));
    assert_true(after.objective > before.objective);
    assert_standing_is_best(town);
    world_wait(world, TIME_MINUTE);
    watch(world); /* and once */
    assert_int_equal(made_at(world), after.made_at.us);
}

/* ---- what for ---- */

/* Two families, one of whom only one supporter fits: there the price lets the other family see someone else
 * first. */
static void test_prices_stand_in_the_lists(void **state) {
    World *world = *state;
    Town *town = town_new(world);
    Tx *tx = world_begin(world);
    offer_pause(&world->scope, tx, town->offers[1], TIME_NONE);
    offer_pause(&world->scope, tx, town->offers[2], TIME_NONE);
    world_commit(tx);
    watch(world);
    int64_t priced = 0;
    PoolOffers offers = pool_of_offers(&world->scope, world->program);
    for (size_t at = 0; at < offers.count; at++) {
        priced += offers.items[at].price > 0;
    }
    assert_true(priced > 0); /* nine families for six places */
    Request request;
    assert_true(request_find(&world->scope, town->requests[0], &request));
    MatchingRequest asked = asked_of(&world->scope, &request);
    MatchingResult result =
        pool_of_shortlist(&world->scope, world->program, &matching_policy_start, &asked, 0, 3, NULL, 0);
    for (size_t choice = 0; choice < result.count; choice++) {
        for (size_t at = 0; at < offers.count; at++) {
            if (offers.items[at].key == result.choices[choice].offer) {
                assert_int_equal(result.choices[choice].price, offers.items[at].price);
            }
        }
    }
}

/* ---- failing ---- */

static void watch_work(void *context) {
    watch(context);
}

static void test_a_failure_is_tried_again(void **state) {
    World *world = *state;
    Town *town = town_new(world);
    bool has_passed = false;
    for (int64_t nth = 1; nth < 400 && !has_passed; nth += 3) {
        Fail why;
        db_fail_nth(world->db, nth, FAIL_DATABASE);
        has_passed = fail_catch(watch_work, world, &why);
        db_fail_nth(world->db, 0, FAIL_DATABASE);
        if (!has_passed) {
            db_rollback(world->db);
            db_use(world->db, world->arena);
            assert_int_equal(made_at(world), 0); /* all or nothing */
            assert_int_equal(standing_pair_list(world->db, world->program).count, 0);
            world_wait(world, 10 * TIME_MINUTE);
        }
    }
    assert_true(has_passed);
    assert_standing_is_best(town);
}

static void look_often(void *context) {
    for (int at = 0; at < 400; at++) {
        (void)made_at(context);
    }
}

/* What was worked out is not lost because another process stood in the way of writing it down. */
static void test_who_is_in_the_way_costs_no_plan(void **state) {
    World *world = *state;
    Town *town = town_new(world);
    Fail why;
    bool has_passed = false;
    for (int64_t nth = 1; nth < 400 && !has_passed; nth++) {
        db_fail_nth(world->db, nth, FAIL_RETRY);
        has_passed = fail_catch(watch_work, world, &why);
        if (!has_passed) { /* still while reading */
            db_rollback(world->db);
            db_use(world->db, world->arena);
            world_wait(world, 10 * TIME_MINUTE);
        }
    }
    assert_true(has_passed);
    assert_true(fail_catch(look_often, world, &why)); /* somebody was in the way, or they still would be */
    assert_standing_is_best(town);
}

#define IN_A_WORLD(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_made_once_for_many_changes),     IN_A_WORLD(test_after_each_change),
        IN_A_WORLD(test_by_the_policy_that_is_followed), IN_A_WORLD(test_prices_stand_in_the_lists),
        IN_A_WORLD(test_a_failure_is_tried_again),       IN_A_WORLD(test_who_is_in_the_way_costs_no_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
