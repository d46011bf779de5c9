/* SPDX-License-Identifier: Apache-2.0 */
/* A family changes what it wishes: what stood there stays readable, and nothing else is touched. */
#include "test/unit.h"

#include "features/asked/asked.h"
#include "test/feature_pair.h"

static Request found(World *world, RequestId id) {
    Request request;
    assert_true(request_find(&world->scope, id, &request));
    return request;
}

static RequestResult change(World *world, RequestId id, int64_t version, const RequestNew *wishes) {
    Tx *tx = world_begin(world);
    RequestResult result = request_change_wishes(&world->scope, tx, id, version, wishes);
    world_commit(tx);
    return result;
}

static bool wishes_for(RequestItems wishes, ListItemId item, RequestWishKind kind, bool is_required) {
    for (size_t at = 0; at < wishes.count; at++) {
        if (list_item_id_equal(wishes.items[at].item, item)) {
            return wishes.items[at].kind == kind && wishes.items[at].is_required == is_required;
        }
    }
    return false;
}

static void test_what_stood_there_stays_readable(void **state) {
    World *world = *state;
    const RequestId id = world_request(world, "ana", "Not going to school");
    const Request request_before = found(world, id);
    const RequestSaid before = request_said(&world->scope, &request_before);
    const ListItemId spanish = world_item(world, LIST_LANGUAGE, "Spanish");
    const ListItemId girl = world_item(world, LIST_GENDER, "A woman");
    const ListItemId wished[] = {spanish, girl};
    world_act_as(world, found(world, id).person);
    const int64_t version = found(world, id).version;
    const RequestNew now = {.wishes = wished,
                            .wish_count = 2,
                            .required = 1U << LIST_GENDER,
                            .unlike = 1U << LIST_AGE,
                            .has_no_preference = true};
    assert_int_equal(change(world, id, version, &now), REQUEST_DONE);
    const RequestItems wishes = request_wishes(&world->scope, id);
    assert_int_equal(wishes.count, 2);
    assert_true(wishes_for(wishes, spanish, REQUEST_WISH_CHOSEN, false));
    assert_true(wishes_for(wishes, girl, REQUEST_WISH_CHOSEN, true));
    assert_int_equal(request_unlike(&world->scope, id), 1U << LIST_AGE);
    assert_true(found(world, id).has_no_preference);
    assert_true(found(world, id).version > version);
    const RequestChanges changes = request_changes(&world->scope, id);
    assert_int_equal(changes.count, 1);
    assert_words(changes.items[0].by_called, "ana");
    assert_int_equal(changes.items[0].before.wishes.count, before.wishes.count);
    assert_true(
        list_item_id_equal(changes.items[0].before.wishes.items[0].item, before.wishes.items[0].item));
    assert_int_equal(changes.items[0].before.unlike, 0);
    assert_false(changes.items[0].before.has_no_preference);
    /* The engine asks for what is wished now. */
    const Request request = found(world, id);
    const MatchingRequest asked = asked_of(&world->scope, &request);
    assert_int_equal(asked.wishes.count, 2);
}

/* Another page of the same request was saved meanwhile; and pressing the button alone changes nothing. */
static void test_nothing_is_lost_and_nothing_made_up(void **state) {
    World *world = *state;
    const RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, found(world, id).person);
    const Request request = found(world, id);
    const RequestSaid said = request_said(&world->scope, &request);
    ListItemId *items = NEW_MANY(world->scope.arena, said.wishes.count, ListItemId);
    for (size_t at = 0; at < said.wishes.count; at++) {
        items[at] = said.wishes.items[at].item;
    }
    const RequestNew same = {.relation = said.relation,
                             .age = said.age,
                             .has_no_preference = said.has_no_preference,
                             .wishes = items,
                             .wish_count = said.wishes.count,
                             .unlike = said.unlike};
    assert_int_equal(change(world, id, request.version, &same), REQUEST_DONE);
    assert_int_equal(request_changes(&world->scope, id).count, 0);
    const RequestNew nothing = {.has_no_preference = true};
    assert_int_equal(change(world, id, request.version, &nothing), REQUEST_STALE);
    assert_int_equal(request_wishes(&world->scope, id).count, said.wishes.count);
    assert_int_equal(change(world, id, found(world, id).version, &nothing), REQUEST_DONE);
    assert_int_equal(request_wishes(&world->scope, id).count, 0);
    assert_int_equal(request_changes(&world->scope, id).count, 1);
}

/* Items of other lists, or of another program, are no wishes. */
static void test_only_wishes_are_taken(void **state) {
    World *world = *state;
    const RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, found(world, id).person);
    const ListItemId wrong[] = {world_item(world, LIST_RELATION, "Mother"), {12345}};
    const RequestNew now = {.wishes = wrong,
                            .wish_count = 2,
                            .relation = world_item(world, LIST_LANGUAGE, "Spanish"),
                            .age = {12345}};
    assert_int_equal(change(world, id, found(world, id).version, &now), REQUEST_DONE);
    assert_int_equal(request_wishes(&world->scope, id).count, 0);
    assert_int_equal(found(world, id).relation.value, 0);
    assert_int_equal(found(world, id).age.value, 0);
}

/* Who walks with somebody already, or does not ask any more, wishes nothing. */
static void test_only_on_its_way(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    const RequestNew now = {.has_no_preference = true};
    assert_int_equal(change(world, pair.request, found(world, pair.request).version, &now),
                     REQUEST_ELSEWHERE);
    assert_int_equal(request_changes(&world->scope, pair.request).count, 0);
}

/* A list that was made for other wishes says so, until there is a newer one. */
static void test_a_list_knows_that_it_is_older(void **state) {
    World *world = *state;
    const Pair pair = world_pair(world, world_person(world, "ana"), world_person(world, "gloria"));
    const RequestId id = pair.request;
    assert_false(request_list_is_older(&world->scope, id));
    world_wait(world, TIME_HOUR);
    world_act_as(world, found(world, id).person);
    const RequestNew now = {.unlike = 1U << LIST_AGE};
    assert_int_equal(change(world, id, found(world, id).version, &now), REQUEST_DONE);
    assert_true(request_list_is_older(&world->scope, id));
    assert_int_equal(found(world, id).state, REQUEST_INVITED); /* whoever was asked is still asked */
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_what_stood_there_stays_readable),
        IN_A_WORLD(test_nothing_is_lost_and_nothing_made_up),
        IN_A_WORLD(test_only_wishes_are_taken),
        IN_A_WORLD(test_only_on_its_way),
        IN_A_WORLD(test_a_list_knows_that_it_is_older),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
