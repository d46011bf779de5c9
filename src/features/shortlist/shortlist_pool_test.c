/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept of a program's offers is what the database says: after any change, by any process, in a
 * transaction or after one that was rolled back, and after a failure in the middle. */
#include "test/unit.h"

#include "features/pool/pool_of.h"
#include "features/shortlist/shortlist.h"
#include "platform/keep.h"
#include "shortlist_sql.h"
#include "test/database.h"
#include "test/feature_pair.h"

enum { OFFERS = 24, REQUESTS = 8, STEPS = 250 };

/* A program with people in it, and a second process that looks at the same database. */
typedef struct Town {
    World *world;
    Random random;
    Arena *arena; /* of one look */
    OfferId offers[OFFERS];
    size_t offer_count;
    RequestId requests[REQUESTS];
    Db *other_db;
    Keep *other_keep;
    PersonId coordinator;
    int names;
} Town;

static uint64_t below(Town *town, uint64_t limit) {
    return random_below(&town->random, limit);
}

static ListItemId any_item(Town *town, ListKind list) {
    ListItems items = program_items(&town->world->scope, town->world->program, list);
    return items.items[below(town, items.count)].id;
}

static OfferContent any_content(Town *town, OfferItem room[8]) {
    static const ListKind lists[] = {LIST_EXPERIENCE, LIST_EXPERIENCE, LIST_AGE, LIST_SYSTEM,
                                     LIST_LANGUAGE,   LIST_TIME,       LIST_ROLE};
    static const OfferItemKind kinds[] = {OFFER_LIVED,  OFFER_RATHER_NOT, OFFER_LIVED, OFFER_LIVED,
                                          OFFER_SPEAKS, OFFER_FREE_THEN,  OFFER_HAS};
    size_t count = 0;
    room[count++] =
        (OfferItem){world_item(town->world, LIST_LANGUAGE, "English"), OFFER_SPEAKS, OFFER_FOR_FAMILIES};
    for (size_t at = 0; at < 7; at++) {
        if (below(town, 2) == 0) {
            room[count++] = (OfferItem){any_item(town, lists[at]), kinds[at], OFFER_FOR_FAMILIES};
        }
    }
    return (OfferContent){
        .relation = below(town, 3) == 0 ? (ListItemId){0} : any_item(town, LIST_RELATION),
        .about = STR("Words that nobody keeps."),
        .capacity = (int64_t)below(town, 4) + 1,
        .items = {room, count},
    };
}

static PersonId anyone(Town *town) {
    char name[32];
    snprintf(name, sizeof name, "person%d", town->names++);
    return world_person(town->world, name);
}

static Offer offer_of(Town *town, OfferId id) {
    Offer offer;
    assert_true(offer_find(&town->world->scope, id, &offer));
    return offer;
}

static Request request_of(Town *town, RequestId id) {
    Request request;
    assert_true(request_find(&town->world->scope, id, &request));
    return request;
}

static OfferId add_offer(Town *town, Tx *tx, PersonId person) {
    OfferItem room[8];
    OfferContent content = any_content(town, room);
    OfferId id = offer_add(&town->world->scope, tx, town->world->program, person, &content);
    offer_set_cleared(&town->world->scope, tx, id, 1, below(town, 6) != 0);
    return id;
}

static RequestId add_request(Town *town, Tx *tx, PersonId person) {
    const ListItemId wishes[] = {any_item(town, LIST_EXPERIENCE), any_item(town, LIST_TIME)};
    Str receipt;
    return request_add(&town->world->scope, tx,
                       &(RequestNew){.program = town->world->program,
                                     .person = person,
                                     .kind = REQUEST_SUPPORT,
                                     .source = REQUEST_FROM_FORM,
                                     .lang = LANG_EN,
                                     .need = STR("Words."),
                                     .wishes = wishes,
                                     .wish_count = below(town, 3)},
                       &receipt);
}

static Town *town_new(World *world, uint64_t seed) {
    Town *town = NEW(world->arena, Town);
    *town = (Town){.world = world, .random = random_seeded(seed), .arena = arena_new((size_t)32 << 20)};
    town->other_db = db_open(world->url, false);
    db_keys_use(town->other_db, test_keys());
    town->other_keep = keep_new(KEEP_BYTES);
    town->coordinator = anyone(town);
    PersonId people[OFFERS + REQUESTS];
    for (size_t at = 0; at < OFFERS / 2 + REQUESTS; at++) {
        people[at] = anyone(town);
    }
    Tx *tx = world_begin(world);
    for (size_t at = 0; at < REQUESTS; at++) {
        town->requests[at] = add_request(town, tx, people[at]);
    }
    for (; town->offer_count < OFFERS / 2; town->offer_count++) {
        town->offers[town->offer_count] = add_offer(town, tx, people[REQUESTS + town->offer_count]);
    }
    world_commit(tx);
    return town;
}

static void town_free(Town *town) {
    keep_free(town->other_keep);
    db_close(town->other_db);
    arena_free(town->arena);
}

/* ---- looking ---- */

static void assert_same(const MatchingResult *left, const MatchingResult *right) {
    assert_int_equal(left->count, right->count);
    assert_int_equal(left->fitting, right->fitting);
    for (size_t at = 0; at < left->count; at++) {
        const MatchingChoice *one = &left->choices[at];
        const MatchingChoice *two = &right->choices[at];
        assert_true(one->offer == two->offer && one->score == two->score && one->price == two->price &&
                    one->penalty == two->penalty && one->reason_count == two->reason_count);
        for (size_t reason = 0; reason < one->reason_count; reason++) {
            assert_memory_equal(&one->reasons[reason].kind, &two->reasons[reason].kind,
                                sizeof one->reasons[0].kind);
            assert_true(one->reasons[reason].item == two->reasons[reason].item &&
                        one->reasons[reason].points == two->reasons[reason].points);
        }
    }
    assert_memory_equal(left->removed, right->removed, sizeof left->removed);
    assert_memory_equal(left->opens, right->opens, sizeof left->opens);
}

/* What this process keeps of the pool against one that is made now, and against the plain way without any,
 * for every request. */
static void look(Town *town, Db *db, Keep *keep) {
    Scope scope = town->world->scope;
    scope.db = db;
    scope.arena = town->arena;
    scope.keep = keep;
    Scope fresh = scope;
    fresh.keep = keep_new(KEEP_BYTES);
    db_use(db, town->arena);
    for (size_t at = 0; at < REQUESTS; at++) {
        Request request;
        assert_true(request_find(&scope, town->requests[at], &request));
        MatchingResult kept = shortlist_preview(&scope, &request);
        MatchingResult made = shortlist_preview(&fresh, &request);
        assert_same(&kept, &made);
        uint64_t seed = 0;
        MatchingResult plain = shortlist_explain(&scope, &request, &seed);
        assert_same(&kept, &plain);
        keep_free(fresh.keep);
        fresh.keep = keep_new(KEEP_BYTES);
    }
    keep_free(fresh.keep);
    db_use(town->world->db, town->world->arena);
    arena_reset(town->arena);
}

/* ---- changing ---- */

static void change_offer(Town *town, Tx *tx) {
    Scope *scope = &town->world->scope;
    OfferId id = town->offers[below(town, town->offer_count)];
    Offer offer = offer_of(town, id);
    OfferItem room[8];
    OfferContent content = any_content(town, room);
    switch (below(town, 9)) {
    case 0:
        offer_pause(scope, tx, id, time_after(scope->now, TIME_DAY));
        break;
    case 1:
        offer_end(scope, tx, id);
        break;
    case 2:
    case 3:
        offer_unpause(scope, tx, id);
        break;
    case 4:
        offer_set_cleared(scope, tx, id, offer.version, !offer.is_cleared);
        break;
    case 5:
        offer_set_capacity(scope, tx, id, offer.version, (int64_t)below(town, 5));
        break;
    case 6:
        offer_set_price(tx, id, (int64_t)below(town, 40));
        break;
    default:
        offer_change(scope, tx, id, offer.version, &content);
    }
}

static void answer_list(Town *town, Tx *tx, RequestId id) {
    Scope *scope = &town->world->scope;
    ShortlistNewestRows lists = shortlist_newest(scope->db, id);
    if (lists.count == 0) {
        return;
    }
    ShortlistEntriesRows entries = shortlist_entries(scope->db, lists.items[0].id);
    OfferId offer = entries.items[below(town, entries.count)].offer;
    InvitationId invitation;
    switch (below(town, 4)) {
    case 0:
        shortlist_not_this_person(scope, tx, id, offer);
        break;
    case 1:
        shortlist_none_of_these(scope, tx, id);
        break;
    default:
        shortlist_choose(scope, tx, id, offer, 0, &invitation);
    }
}

static void answer_invitation(Town *town, Tx *tx, RequestId id) {
    Scope *scope = &town->world->scope;
    InvitationWaitingRows rows = invitation_waiting(scope->db, id);
    if (rows.count == 0) {
        return;
    }
    if (below(town, 4) == 0) {
        shortlist_take_back(scope, tx, id);
    } else {
        /* A yes needs a match, which does not matter here. */
        invitation_answer(scope, tx, rows.items[0].id, INVITATION_DECLINED, STR(""));
    }
}

static void change_request(Town *town, Tx *tx) {
    Scope *scope = &town->world->scope;
    RequestId id = town->requests[below(town, REQUESTS)];
    ShortlistId shortlist;
    scope->actor = town->coordinator;
    switch (below(town, 10)) {
    case 0:
        request_withdraw(scope, tx, id);
        break;
    case 1:
        request_reopen(scope, tx, id);
        break;
    case 2:
        shortlist_let_holds_go(scope, tx);
        break;
    case 3:
    case 4:
        answer_invitation(town, tx, id);
        break;
    case 5:
    case 6:
        answer_list(town, tx, id);
        break;
    default:
        shortlist_make(scope, tx, id, request_of(town, id).version, &shortlist);
    }
}

static void assert_counts(Town *town) {
    for (size_t at = 0; at < town->offer_count; at++) {
        OfferId id = town->offers[at];
        Str row = test_database_rows(
            town->world->db, town->arena,
            str_c(town->arena,
                  str_print(town->arena,
                            "SELECT o.listed - (SELECT COUNT(*) FROM shortlist_entry e JOIN shortlist s"
                            " ON s.id = e.shortlist WHERE e.offer = o.id AND e.answer = 1 AND s.state = 1"
                            " AND s.held_until IS NOT NULL), o.pending - (SELECT COUNT(*) FROM invitation i"
                            " WHERE i.offer = o.id AND i.state IN (1, 4)) FROM offer o WHERE o.id = %lld",
                            (long long)id.value)));
        assert_true(str_starts_with(row, STR("0|0")));
    }
    arena_reset(town->arena);
}

static void test_any_change_by_anyone(void **state) {
    World *world = *state;
    Town *town = town_new(world, 11);
    for (int step = 0; step < STEPS; step++) {
        /* Persons have a transaction of their own. */
        bool is_new = below(town, 20) == 0 && town->offer_count < OFFERS;
        PersonId person = is_new ? anyone(town) : (PersonId){0};
        world_wait(world, (int64_t)below(town, 8) * TIME_HOUR);
        bool is_kept = below(town, 3) != 0;
        Tx *tx = world_begin(world);
        size_t offer_count = town->offer_count;
        if (is_new) {
            town->offers[town->offer_count++] = add_offer(town, tx, person);
        }
        for (uint64_t changes = below(town, 3); changes > 0; changes--) {
            if (below(town, 2) == 0) {
                change_offer(town, tx);
            } else {
                change_request(town, tx);
            }
        }
        if (below(town, 2) == 0) {
            look(town, world->db, world->keep); /* sees what it has changed itself */
        }
        if (below(town, 3) == 0) { /* and what it has changed since */
            change_offer(town, tx);
            look(town, world->db, world->keep);
        }
        if (below(town, 3) == 0) {
            look(town, town->other_db, town->other_keep); /* sees nothing of that */
        }
        if (is_kept) {
            world_commit(tx);
        } else {
            db_rollback(world->db);
            town->offer_count = offer_count;
        }
        if (below(town, 2) == 0) {
            look(town, world->db, world->keep);
        }
        if (below(town, 4) == 0) {
            look(town, town->other_db, town->other_keep);
        }
        assert_counts(town);
    }
    town_free(town);
}

/* Whoever is taken out leaves no row to read. */
static void test_an_offer_is_taken_out(void **state) {
    World *world = *state;
    Town *town = town_new(world, 12);
    look(town, world->db, world->keep);
    look(town, town->other_db, town->other_keep);
    Tx *tx = world_begin(world);
    offer_remove(tx, town->offers[3]);
    look(town, world->db, world->keep);
    db_rollback(world->db);
    look(town, world->db, world->keep);
    tx = world_begin(world);
    offer_remove(tx, town->offers[3]);
    world_commit(tx);
    look(town, world->db, world->keep);
    look(town, town->other_db, town->other_keep);
    town_free(town);
}

/* Two histories with the same version: what was read in the one that was rolled back counts for nothing. */
static void test_what_was_rolled_back_is_not_kept(void **state) {
    World *world = *state;
    Town *town = town_new(world, 15);
    Tx *tx = world_begin(world);
    offer_pause(&world->scope, tx, town->offers[0], TIME_NONE);
    look(town, world->db, world->keep); /* nothing was kept before: all of it is made from this */
    db_rollback(world->db);
    tx = world_begin(world);
    offer_set_price(tx, town->offers[1], 7);
    world_commit(tx);
    look(town, world->db, world->keep);
    town_free(town);
}

/* ---- places on the request's own list ---- */

static int64_t penalty_of(Town *town, RequestId id, int64_t offer) {
    Request request = request_of(town, id);
    MatchingResult result = shortlist_preview(&town->world->scope, &request);
    for (size_t at = 0; at < result.count; at++) {
        if (result.choices[at].offer == offer) {
            return result.choices[at].penalty;
        }
    }
    return -1;
}

/* Two requests that ask for nothing in particular, and one supporter with one place. */
static OfferId only_offer(Town *town) {
    World *world = town->world;
    OfferItem item = {world_item(world, LIST_LANGUAGE, "English"), OFFER_SPEAKS, OFFER_FOR_FAMILIES};
    PersonId person = anyone(town);
    const PersonId people[] = {anyone(town), anyone(town)};
    Str receipt;
    Tx *tx = world_begin(world);
    for (size_t at = 0; at < town->offer_count; at++) {
        offer_pause(&world->scope, tx, town->offers[at], TIME_NONE);
    }
    OfferId id = offer_add(&world->scope, tx, world->program, person,
                           &(OfferContent){.capacity = 1, .items = {&item, 1}});
    assert_int_equal(offer_set_cleared(&world->scope, tx, id, 1, true), OFFER_DONE);
    for (size_t at = 0; at < 2; at++) {
        town->requests[at] = request_add(&world->scope, tx,
                                         &(RequestNew){.program = world->program,
                                                       .person = people[at],
                                                       .kind = REQUEST_SUPPORT,
                                                       .source = REQUEST_FROM_FORM,
                                                       .lang = LANG_EN},
                                         &receipt);
    }
    world_commit(tx);
    return id;
}

static void make_list(Town *town, RequestId request) {
    ShortlistId shortlist;
    town->world->scope.actor = town->coordinator;
    Tx *tx = world_begin(town->world);
    assert_int_equal(
        shortlist_make(&town->world->scope, tx, request, request_of(town, request).version, &shortlist),
        SHORTLIST_DONE);
    world_commit(tx);
}

static void test_a_list_counts_against_others_only_while_it_holds(void **state) {
    World *world = *state;
    Town *town = town_new(world, 16);
    OfferId offer = only_offer(town);
    assert_int_equal(penalty_of(town, town->requests[0], offer.value), 0);
    make_list(town, town->requests[0]);
    assert_int_equal(penalty_of(town, town->requests[0], offer.value), 0);
    assert_int_equal(penalty_of(town, town->requests[1], offer.value), matching_policy_start.listed_penalty);
    world_wait(world, matching_policy_start.hold_hours * TIME_HOUR - 1);
    Tx *tx = world_begin(world);
    shortlist_let_holds_go(&world->scope, tx);
    world_commit(tx);
    assert_int_equal(penalty_of(town, town->requests[1], offer.value), matching_policy_start.listed_penalty);
    world_wait(world, 1);
    tx = world_begin(world);
    shortlist_let_holds_go(&world->scope, tx);
    world_commit(tx);
    assert_int_equal(penalty_of(town, town->requests[1], offer.value), 0);
    InvitationId invitation; /* and still it can be chosen from */
    tx = world_begin(world);
    assert_int_equal(shortlist_choose(&world->scope, tx, town->requests[0], offer, 0, &invitation),
                     CHOICE_DONE);
    world_commit(tx);
    town_free(town);
}

static void let_holds_go(World *world) {
    Tx *tx = world_begin(world);
    shortlist_let_holds_go(&world->scope, tx);
    world_commit(tx);
}

/* As long as the policy says that is followed when a list is made, and when it is opened again. */
static void test_a_list_holds_as_long_as_the_policy_says(void **state) {
    World *world = *state;
    Town *town = town_new(world, 17);
    OfferId offer = only_offer(town);
    world_act_as(world, town->coordinator);
    MatchingPolicy policy = matching_policy_start;
    policy.hold_hours = 5;
    world_adopt(world, world_draft(world, &policy));
    make_list(town, town->requests[0]);
    world_wait(world, 5 * TIME_HOUR - 1);
    let_holds_go(world);
    assert_int_equal(penalty_of(town, town->requests[1], offer.value), policy.listed_penalty);
    world_wait(world, 1);
    let_holds_go(world);
    assert_int_equal(penalty_of(town, town->requests[1], offer.value), 0);

    policy.hold_hours = 2;
    world_adopt(world, world_draft(world, &policy));
    InvitationId invitation;
    Tx *tx = world_begin(world);
    assert_int_equal(shortlist_choose(&world->scope, tx, town->requests[0], offer, 0, &invitation),
                     CHOICE_DONE);
    assert_int_equal(shortlist_take_back(&world->scope, tx, town->requests[0]), CHOICE_DONE);
    world_commit(tx);
    world_wait(world, 2 * TIME_HOUR - 1);
    let_holds_go(world);
    assert_int_equal(penalty_of(town, town->requests[1], offer.value), policy.listed_penalty);
    world_wait(world, 1);
    let_holds_go(world);
    assert_int_equal(penalty_of(town, town->requests[1], offer.value), 0);
    town_free(town);
}

/* ---- what it costs ---- */

static void ask_pool(void *context) {
    Town *town = context;
    (void)pool_of(&town->world->scope, town->world->program, &matching_policy_start);
}

static void test_nothing_new_is_one_row(void **state) {
    World *world = *state;
    Town *town = town_new(world, 13);
    ask_pool(town);
    Fail why;
    db_fail_nth(world->db, 4, FAIL_DATABASE); /* after begin, one row, end */
    assert_true(fail_catch(ask_pool, town, &why));
    ASSERT_FAILS(ask_pool, town, FAIL_DATABASE, "on purpose");
    db_rollback(world->db);
    town_free(town);
}

/* ---- failing ---- */

static void ask_preview(void *context) {
    Town *town = context;
    Request request = request_of(town, town->requests[0]);
    (void)shortlist_preview(&town->world->scope, &request);
}

/* The places of the own list are taken away for the time of a look: also when it fails they are back. */
static void test_a_failing_look_gives_places_back(void **state) {
    World *world = *state;
    Town *town = town_new(world, 17);
    OfferId offer = only_offer(town);
    make_list(town, town->requests[0]);
    ask_preview(town);
    for (size_t nth = 1; nth < 200; nth++) {
        Fail why;
        arena_fail_nth(nth);
        bool is_good = fail_catch(ask_preview, town, &why);
        arena_fail_nth(0);
        if (is_good) {
            break;
        }
        assert_true(nth < 199);
        db_rollback(world->db);
        db_use(world->db, world->arena);
        assert_int_equal(penalty_of(town, town->requests[1], offer.value),
                         matching_policy_start.listed_penalty);
    }
    town_free(town);
}

static void test_a_failure_leaves_nothing_broken(void **state) {
    World *world = *state;
    Town *town = town_new(world, 14);
    for (int64_t nth = 1; nth < 60; nth++) {
        /* Now and then nothing is kept, and everything is made while it fails. */
        if (nth % 2 == 0) {
            Tx *tx = world_begin(world);
            for (int changes = 0; changes < 3; changes++) {
                change_offer(town, tx);
            }
            world_commit(tx);
        } else {
            keep_free(world->keep);
            world->keep = world->scope.keep = keep_new(KEEP_BYTES);
        }
        Fail why;
        bool is_memory = nth % 3 == 0;
        if (is_memory) {
            arena_fail_nth((size_t)nth);
        } else {
            db_fail_nth(world->db, nth % 9 + 1, FAIL_DATABASE);
        }
        if (!fail_catch(ask_pool, town, &why)) {
            db_rollback(world->db);
        }
        arena_fail_nth(0);
        db_fail_nth(world->db, 0, FAIL_DATABASE);
        db_use(world->db, world->arena);
        look(town, world->db, world->keep);
    }
    town_free(town);
}

#define IN_A_WORLD(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_any_change_by_anyone),
        IN_A_WORLD(test_an_offer_is_taken_out),
        IN_A_WORLD(test_what_was_rolled_back_is_not_kept),
        IN_A_WORLD(test_a_list_counts_against_others_only_while_it_holds),
        IN_A_WORLD(test_a_list_holds_as_long_as_the_policy_says),
        IN_A_WORLD(test_nothing_new_is_one_row),
        IN_A_WORLD(test_a_failing_look_gives_places_back),
        IN_A_WORLD(test_a_failure_leaves_nothing_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
