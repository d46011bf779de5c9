/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of access themselves: the table is whole, nobody signed out may anything, duties are dated. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/access/proof.h"
#include "test/database.h"
#include "test/feature_pair.h"

static void test_every_action_has_a_row(void **state) {
    (void)state;
    for (size_t action = 0; action < ACCESS_COUNT; action++) {
        assert_non_null(access_action_name((AccessAction)action));
        for (size_t other = 0; other < action; other++) {
            assert_string_not_equal(access_action_name((AccessAction)action),
                                    access_action_name((AccessAction)other));
        }
    }
}

static void test_signed_out_may_only_what_is_public(void **state) {
    World *world = *state;
    for (size_t action = 0; action < ACCESS_COUNT; action++) {
        assert_true(access_may(&world->scope, (AccessAction)action, world->program.value) ==
                    (action == ACCESS_PUBLIC));
    }
}

static void test_nothing_there_allows_nobody(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "ana"));
    for (size_t action = 0; action < ACCESS_COUNT; action++) {
        if (access_object((AccessAction)action) != OBJECT_NONE) {
            assert_false(access_may(&world->scope, (AccessAction)action, 4711));
        }
    }
}

static void test_a_duty_holds_from_its_first_moment_to_its_last(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_act_as(world, ana);
    assert_false(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, ana, DUTY_COORDINATOR);
    world_commit(tx);
    assert_true(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
    world_wait(world, TIME_DAY);
    tx = world_begin(world);
    program_duty_end(&world->scope, tx, world->program, ana, DUTY_COORDINATOR);
    world_commit(tx);
    assert_false(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
}

static void test_a_duty_holds_in_its_own_program_only(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    ProgramId other = program_add(&world->scope, tx, STR("valley"), STR("Valley"), STR("America/Phoenix"));
    program_duty_give(&world->scope, tx, other, ana, DUTY_COORDINATOR);
    program_duty_give(&world->scope, tx, world->program, ana, DUTY_SUPERVISOR);
    world_commit(tx);
    world_act_as(world, ana);
    assert_true(access_may(&world->scope, ACCESS_BOARD_READ, other.value));
    assert_false(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
}

/* ---- a code to the mailbox alone ---- */

static void test_a_new_duty_has_its_grace(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, ana, DUTY_COORDINATOR);
    program_set_grace(tx, world->program, TIME_DAY);
    world_commit(tx);
    world_act_as(world, ana);
    world->scope.proofs = PROOF_MAILBOX;
    assert_true(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
    world_wait(world, TIME_DAY);
    assert_false(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
    assert_true(access_wants_proof(&world->scope, ACCESS_BOARD_READ, world->program.value));
    assert_true(access_may(&world->scope, ACCESS_PERSON, 0)); /* what is one's own stays open */
    world->scope.proofs = PROOF_PASSKEY;
    assert_true(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
    assert_false(access_wants_proof(&world->scope, ACCESS_BOARD_READ, world->program.value));
}

/* ---- clocks ---- */

/* A zone that this machine does not know leaves the clock where it hung. */
static void test_an_unknown_zone_changes_no_clock(void **state) {
    World *world = *state;
    const Zone *before = world->scope.zone;
    Tx *tx = world_begin(world);
    test_database_run(world->db, "UPDATE program SET zone = 'Mars/Olympus'");
    world_commit(tx);
    world_act_as(world, world_person(world, "ana"));
    assert_true(access_may(&world->scope, ACCESS_PERSON, 0));
    assert_true(access_may(&world->scope, ACCESS_OFFER_ADD, world->program.value));
    assert_ptr_equal(world->scope.zone, before);
}

/* Before there is any program. */
static void test_no_program_changes_no_clock(void **state) {
    World *world = *state;
    Str url = STR_NONE;
    Scope scope = world->scope;
    scope.db = test_database_open(world->arena, &url);
    scope.actor = (PersonId){5};
    assert_true(access_may(&scope, ACCESS_PERSON, 0));
    assert_ptr_equal(scope.zone, world->scope.zone);
    test_database_close(scope.db, url);
}

/* ---- whom a row is about ---- */

static void test_what_is_not_there_is_about_nobody(void **state) {
    World *world = *state;
    for (size_t kind = OBJECT_NONE; kind <= OBJECT_HOPE_WISH; kind++) {
        const AccessSubjects about = access_subjects(&world->scope, (AccessObject)kind, 4711);
        assert_int_equal(about.count, 0);
        assert_int_equal(about.program.value, kind == OBJECT_PROGRAM ? 4711 : 0);
    }
}

static void test_every_kind_has_a_name_of_its_own(void **state) {
    (void)state;
    for (size_t kind = OBJECT_NONE; kind <= OBJECT_HOPE_WISH; kind++) {
        const char *name = access_object_name((AccessObject)kind);
        assert_int_equal(name[0] == '\0', kind == OBJECT_NONE);
        for (size_t other = 0; other < kind; other++) {
            assert_string_not_equal(name, access_object_name((AccessObject)other));
        }
    }
}

/* A draft is nobody's, and nobody reads or answers their own as one who coordinates. */
static void test_what_is_given_back_is_read_when_it_was_sent(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const PersonId kim = world_person(world, "kim");
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, ana, DUTY_COORDINATOR);
    program_duty_give(&world->scope, tx, world->program, kim, DUTY_COORDINATOR);
    world_commit(tx);
    test_database_run(
        world->db,
        "INSERT INTO hope (id, program, person, words, lang, is_named, state, said, written_at, "
        "state_at) SELECT 7, d.program, d.person, CAST('' AS BLOB), 1, 1, 1, CAST('' AS BLOB), 1, 1 "
        "FROM duty d JOIN person p ON p.id = d.person WHERE p.called = 'ana'");
    test_database_run(world->db,
                      "INSERT INTO hope_wish (id, program, person, kind, since, answer) SELECT 8, program, "
                      "person, 1, 1, said FROM hope");
    world_act_as(world, kim);
    assert_false(access_may(&world->scope, ACCESS_HOPE_WORK, 7));
    assert_true(access_may(&world->scope, ACCESS_HOPE_WISH_WORK, 8));
    test_database_run(world->db, "UPDATE hope SET state = 2");
    assert_true(access_may(&world->scope, ACCESS_HOPE_WORK, 7));
    assert_false(access_may(&world->scope, ACCESS_HOPE_WORK, 4711));
    assert_false(access_may(&world->scope, ACCESS_HOPE_WISH_WORK, 4711));
    world_act_as(world, ana);
    assert_false(access_may(&world->scope, ACCESS_HOPE_WORK, 7));
    assert_false(access_may(&world->scope, ACCESS_HOPE_WISH_WORK, 8));
    const AccessSubjects about = access_subjects(&world->scope, OBJECT_HOPE_WISH, 8);
    assert_int_equal(about.count, 1);
    assert_true(person_id_equal(about.people[0], ana));
}

/* Each of the two sides once, and one person once, whatever the rows say. */
static void test_a_match_is_about_both_sides(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    AccessSubjects about = access_subjects(&world->scope, OBJECT_MATCH, match.value);
    assert_int_equal(about.count, 2);
    assert_int_equal(about.program.value, world->program.value);
    assert_true(person_id_equal(about.people[0], pair.receiver));
    assert_true(person_id_equal(about.people[1], pair.giver));
    about = access_subjects(&world->scope, OBJECT_INVITATION, pair.invitation.value);
    assert_int_equal(about.count, 2);
    Tx *tx = world_begin(world);
    test_database_run(world->db, "UPDATE match SET giver = receiver");
    world_commit(tx);
    about = access_subjects(&world->scope, OBJECT_MATCH, match.value);
    assert_int_equal(about.count, 1);
    assert_true(person_id_equal(about.people[0], pair.receiver));
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_action_has_a_row),
        IN_A_WORLD(test_signed_out_may_only_what_is_public),
        IN_A_WORLD(test_nothing_there_allows_nobody),
        IN_A_WORLD(test_a_duty_holds_from_its_first_moment_to_its_last),
        IN_A_WORLD(test_a_duty_holds_in_its_own_program_only),
        IN_A_WORLD(test_a_new_duty_has_its_grace),
        IN_A_WORLD(test_an_unknown_zone_changes_no_clock),
        IN_A_WORLD(test_no_program_changes_no_clock),
        IN_A_WORLD(test_what_is_not_there_is_about_nobody),
        cmocka_unit_test(test_every_kind_has_a_name_of_its_own),
        IN_A_WORLD(test_what_is_given_back_is_read_when_it_was_sent),
        IN_A_WORLD(test_a_match_is_about_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
