/* SPDX-License-Identifier: Apache-2.0 */
/* Emergency access: the reason first, an hour, read by nobody else, seen by those whom it concerns. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/emergency/emergency.h"
#include "features/program/program.h"
#include "features/sharing/sharing.h"
#include "test/feature_pair.h"

#define REASON "She wrote that she cannot go on, and does not answer."

typedef struct Scene {
    World *world;
    PersonId rescuer;
    PersonId leader;
    PersonId ana;
    RequestId request;
} Scene;

static void give(World *world, PersonId person, DutyKind duty) {
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, person, duty);
    world_commit(tx);
}

/* Ana asked and shares nothing any more. */
static Scene begin(World *world) {
    Scene it = {.world = world,
                .rescuer = world_person(world, "rita"),
                .leader = world_person(world, "lea"),
                .request = world_request(world, "Ana", "Not going to school")};
    Request request;
    assert_true(request_find(&world->scope, it.request, &request));
    it.ana = request.person;
    give(world, it.rescuer, DUTY_EMERGENCY);
    give(world, it.leader, DUTY_LEADER);
    Tx *tx = world_begin_as(world, it.ana);
    assert_int_equal(sharing_stop(&world->scope, tx, consent_list(&world->scope, it.ana).items[0].id),
                     CONSENT_DONE);
    world_commit(tx);
    world_act_as(world, it.rescuer);
    return it;
}

static EmergencyResult open(Scene *it, const char *who, const char *reason, EmergencyId *ret_id) {
    Tx *tx = world_begin(it->world);
    const EmergencyResult result =
        emergency_open(&it->world->scope, tx, it->world->program, str_of(who), str_of(reason), ret_id);
    world_commit(tx);
    return result;
}

static bool may(Scene *it, PersonId person, AccessAction action, int64_t object) {
    world_act_as(it->world, person);
    return access_may(&it->world->scope, action, object);
}

static void test_the_reason_comes_first(void **state) {
    Scene it = begin(*state);
    EmergencyId id;
    assert_int_equal(open(&it, "Ana", "  hurry        ", &id), EMERGENCY_NO_REASON);
    assert_int_equal(open(&it, "Ana", "", &id), EMERGENCY_NO_REASON);
    assert_int_equal(emergency_list_of(&it.world->scope, it.ana).count, 0);
    assert_int_equal(open(&it, "Ana", REASON, &id), EMERGENCY_OPENED);
}

static void test_whose_it_is(void **state) {
    Scene it = begin(*state);
    EmergencyId id;
    assert_int_equal(open(&it, "Nobody", REASON, &id), EMERGENCY_NOBODY);
    assert_int_equal(open(&it, "nobody@example.org", REASON, &id), EMERGENCY_NOBODY);
    /* Someone who is known, and asked nothing here. */
    assert_int_equal(open(&it, "lea@example.org", REASON, &id), EMERGENCY_NOBODY);
    assert_int_equal(open(&it, "Ana@example.org", REASON, &id), EMERGENCY_OPENED);
    (void)world_request(it.world, "ana", "Not going to school");
    assert_int_equal(open(&it, "ana", REASON, &id), EMERGENCY_SEVERAL);
    assert_int_equal(open(&it, "ana@example.org", REASON, &id), EMERGENCY_SEVERAL);
}

static void test_an_hour_for_whoever_opened_it(void **state) {
    Scene it = begin(*state);
    EmergencyId id;
    assert_true(may(&it, it.rescuer, ACCESS_EMERGENCY_OPEN, it.world->program.value));
    assert_false(may(&it, it.leader, ACCESS_EMERGENCY_OPEN, it.world->program.value));
    assert_false(may(&it, it.rescuer, ACCESS_REQUEST_READ, it.request.value));
    assert_int_equal(open(&it, "Ana", REASON, &id), EMERGENCY_OPENED);
    assert_true(may(&it, it.rescuer, ACCESS_EMERGENCY_READ, id.value));
    /* Nothing else is opened by it, nobody else reads by it. */
    assert_false(may(&it, it.rescuer, ACCESS_REQUEST_READ, it.request.value));
    assert_false(may(&it, it.rescuer, ACCESS_REQUEST_WORK, it.request.value));
    assert_false(may(&it, it.leader, ACCESS_EMERGENCY_READ, id.value));
    assert_false(may(&it, it.ana, ACCESS_EMERGENCY_READ, id.value));
    PersonId other = world_person(it.world, "otto");
    give(it.world, other, DUTY_EMERGENCY);
    assert_false(may(&it, other, ACCESS_EMERGENCY_READ, id.value));
    world_wait(it.world, EMERGENCY_SPAN - 1);
    assert_true(may(&it, it.rescuer, ACCESS_EMERGENCY_READ, id.value));
    world_wait(it.world, 1);
    assert_false(may(&it, it.rescuer, ACCESS_EMERGENCY_READ, id.value));
    assert_int_equal(emergency_open_now(&it.world->scope, it.world->program), 0);
}

static void test_the_duty_is_asked_each_time(void **state) {
    Scene it = begin(*state);
    EmergencyId id;
    assert_int_equal(open(&it, "Ana", REASON, &id), EMERGENCY_OPENED);
    world_wait(it.world, TIME_MINUTE);
    Tx *tx = world_begin(it.world);
    program_duty_end(&it.world->scope, tx, it.world->program, it.rescuer, DUTY_EMERGENCY);
    world_commit(tx);
    world_wait(it.world, TIME_MINUTE);
    assert_false(may(&it, it.rescuer, ACCESS_EMERGENCY_READ, id.value));
}

static void test_those_whom_it_concerns_see_it(void **state) {
    Scene it = begin(*state);
    EmergencyId id;
    assert_int_equal(open(&it, "Ana", REASON, &id), EMERGENCY_OPENED);
    const Emergencies mine = emergency_list_of(&it.world->scope, it.ana);
    assert_int_equal(mine.count, 1);
    assert_true(mine.items[0].is_open);
    assert_words(mine.items[0].by_called, "rita");
    assert_words(mine.items[0].reason, REASON);
    assert_int_equal(emergency_list_in(&it.world->scope, it.world->program).count, 1);
    assert_int_equal(emergency_list_by(&it.world->scope, it.rescuer).count, 1);
    assert_int_equal(emergency_open_now(&it.world->scope, it.world->program), 1);
    assert_true(may(&it, it.leader, ACCESS_EMERGENCY_LIST, it.world->program.value));
    assert_true(may(&it, it.ana, ACCESS_EMERGENCY_ANSWER, id.value));
    assert_false(may(&it, it.rescuer, ACCESS_EMERGENCY_ANSWER, id.value));

    world_act_as(it.world, it.ana);
    Tx *tx = world_begin(it.world);
    emergency_answer_add(&it.world->scope, tx, id, STR("I was only asleep."));
    world_commit(tx);
    Emergency emergency;
    assert_true(emergency_find(&it.world->scope, id, &emergency));
    assert_int_equal(emergency.answers.count, 1);
    assert_words(emergency.answers.items[0].words, "I was only asleep.");
    /* It stays when its time is over. */
    world_wait(it.world, 400 * TIME_DAY);
    assert_int_equal(emergency_list_of(&it.world->scope, it.ana).count, 1);
    assert_int_equal(emergency_list_by(&it.world->scope, it.rescuer).count, 0);
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_the_reason_comes_first),        IN_A_WORLD(test_whose_it_is),
        IN_A_WORLD(test_an_hour_for_whoever_opened_it), IN_A_WORLD(test_the_duty_is_asked_each_time),
        IN_A_WORLD(test_those_whom_it_concerns_see_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
