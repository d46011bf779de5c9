/* SPDX-License-Identifier: Apache-2.0 */
/* Changing one's ways to sign in: what must be told, and what it ends. */
#include "test/unit.h"

#include "features/proof/proof.h"
#include "test/proof_bench.h"

static ProofResult confirm(World *world, Str words) {
    const PassphraseTried tried = passphrase_try_again(&world->scope, words);
    Tx *tx = world_begin(world);
    const ProofResult result = passphrase_confirm(&world->scope, tx, &tried);
    world_commit(tx);
    return result;
}

static void test_a_change_tells_the_one_until_now(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    Ways ways = ways_of(&world->scope, world->scope.actor);
    assert_false(passphrase_wants_current(&world->scope, &ways)); /* there is none */
    set_passphrase(world, WORDS, true);
    ways = ways_of(&world->scope, world->scope.actor);
    static const struct {
        unsigned proofs;
        bool wants;
    } rows[] = {{PROOF_MAILBOX, true},
                {PROOF_PASSKEY, true},
                {PROOF_PASSPHRASE | PROOF_APP, true},
                {PROOF_MAILBOX | PROOF_RECOVERY, false},
                {PROOF_OPERATOR, false}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        world->scope.proofs = rows[at].proofs;
        assert_int_equal(passphrase_wants_current(&world->scope, &ways), rows[at].wants);
    }
    assert_int_equal(confirm(world, WORDS), PROOF_SHOWN);
    for (int times = 0; times < 10; times++) {
        assert_int_equal(confirm(world, STR("not it at all")), PROOF_WRONG);
    }
    assert_int_equal(confirm(world, WORDS), PROOF_LATER);
    /* Changed in another window between the halves. */
    world_wait(world, TIME_HOUR);
    const PassphraseTried tried = passphrase_try_again(&world->scope, WORDS);
    set_passphrase(world, STR("quite other words"), true);
    Tx *tx = world_begin(world);
    assert_int_equal(passphrase_confirm(&world->scope, tx, &tried), PROOF_WRONG);
    world_commit(tx);
}

static bool has_other_session(World *world, Str token) {
    SessionFound found = {0};
    return session_find(world->db, world->arena, world->scope.now, token, &found);
}

static Str other_session(World *world) {
    Tx *tx = world_begin(world);
    const Str token =
        session_start(&world->scope, tx, &(SignedIn){.person = world->scope.actor, .proofs = PROOF_MAILBOX});
    world_commit(tx);
    return token;
}

/* Adding one does not: whoever sets up a phone and a computer stays signed in on both. */
static void test_what_is_changed_ends_other_sessions(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    Str token = other_session(world);
    set_passphrase(world, WORDS, true);
    set_app(world);
    Tx *tx = world_begin(world);
    (void)recovery_make(&world->scope, tx);
    world_commit(tx);
    assert_true(has_other_session(world, token));
    set_passphrase(world, STR("quite other words"), true);
    assert_false(has_other_session(world, token));
    token = other_session(world);
    tx = world_begin(world);
    (void)recovery_make(&world->scope, tx);
    world_commit(tx);
    assert_false(has_other_session(world, token));
    token = other_session(world);
    tx = world_begin(world);
    assert_int_equal(app_remove(&world->scope, tx), WAY_DROPPED);
    world_commit(tx);
    assert_false(has_other_session(world, token));
    token = other_session(world);
    tx = world_begin(world);
    assert_int_equal(passphrase_remove(&world->scope, tx), WAY_DROPPED);
    world_commit(tx);
    assert_false(has_other_session(world, token));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_cheap_world, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_a_change_tells_the_one_until_now),
        TEST(test_what_is_changed_ends_other_sessions),
    };
    return cmocka_run_group_tests_name("way", tests, NULL, NULL);
}
