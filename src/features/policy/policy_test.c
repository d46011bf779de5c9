/* SPDX-License-Identifier: Apache-2.0 */
/* Policies: one is followed, drafts change nothing, a leader's yes wants a trial of what it says, and names
 * are remembered. */
#include "test/unit.h"

#include "features/policy/policy_trial.h"
#include "matching/policy.h"
#include "test/feature_pair.h"

static PolicyId draft(World *world) {
    Tx *tx = world_begin(world);
    PolicyId id;
    assert_int_equal(policy_draft(&world->scope, tx, world->program, &id), POLICY_DONE);
    world_commit(tx);
    return id;
}

static PolicyVersion version_of(World *world, PolicyId id) {
    PolicyVersion version;
    assert_true(policy_find(&world->scope, id, &version));
    return version;
}

static void change(World *world, PolicyId id, const MatchingPolicy *policy) {
    Tx *tx = world_begin(world);
    assert_int_equal(
        policy_change(&world->scope, tx, id, version_of(world, id).version, policy, STR("because")),
        POLICY_DONE);
    world_commit(tx);
}

static PolicyResult adopt(World *world, PolicyId id, int64_t version, const char *reason) {
    Tx *tx = world_begin(world);
    PolicyResult result = policy_adopt(&world->scope, tx, id, version, str_of(reason));
    world_commit(tx);
    return result;
}

static void try(World *world, PolicyId id) {
    Tx *tx = world_begin(world);
    assert_int_equal(policy_try(&world->scope, tx, id, version_of(world, id).version), POLICY_DONE);
    world_commit(tx);
}

static void test_start(void **state) {
    World *world = *state;
    assert_true(policy_is_same(policy_of(&world->scope, world->program), &matching_policy_start));
    assert_int_equal(policy_followed(&world->scope, world->program).id.value, 0);
    assert_null(policy_by_name(&world->scope, world->program, STR("plain-1")));
    Tx *tx = world_begin(world);
    (void)policy_keep(&world->scope, tx, world->program);
    (void)policy_keep(&world->scope, tx, world->program);
    world_commit(tx);
    PolicyVersion kept = policy_followed(&world->scope, world->program);
    assert_true(kept.id.value != 0 && kept.state == POLICY_ADOPTED);
    assert_true(str_is_none(kept.adopted_by));
    assert_true(policy_is_same(&kept.policy, &matching_policy_start));
}

/* From draft to signed: nothing is followed before, and the one before can still be looked up. */
static void test_from_draft_to_signed(void **state) {
    World *world = *state;
    PersonId lea = world_person(world, "lea");
    world_act_as(world, lea);
    PolicyId id = draft(world);
    assert_int_equal(adopt(world, id, 1, ""), POLICY_SAME);
    MatchingPolicy policy = version_of(world, id).policy;
    assert_words(policy.name, "river-2");
    policy.facets[FACET_REGION].first = policy.facets[FACET_REGION].chosen = 20;
    change(world, id, &policy);
    assert_true(policy_is_same(policy_of(&world->scope, world->program), &matching_policy_start));
    assert_int_equal(adopt(world, id, 1, ""), POLICY_STALE);
    assert_int_equal(adopt(world, id, 2, ""), POLICY_UNTRIED);
    try(world, id);
    PolicyTrial trial = policy_trial_of(&world->scope, id);
    assert_true(trial.is_passed && trial.gates[SIMULATE_GATE_WAIT].was_tried);
    assert_true(trial.waits[SIMULATE_BY_POLICY][0].families > 0);
    assert_true(trial.flips[FLIP_SHARED].tried > 0);
    assert_int_equal(adopt(world, id, 2, "not needed, not kept"), POLICY_DONE);
    PolicyVersion followed = policy_followed(&world->scope, world->program);
    assert_true(policy_id_equal(followed.id, id));
    assert_words(followed.adopted_by, "lea");
    assert_words(followed.reason, "");
    assert_int_equal(policy_of(&world->scope, world->program)->facets[FACET_REGION].chosen, 20);
    assert_true(policy_is_same(policy_by_name(&world->scope, world->program, matching_policy_start.name),
                               &matching_policy_start));

    /* What is signed stays as it is. */
    Tx *tx = world_begin(world);
    assert_int_equal(policy_change(&world->scope, tx, id, 2, &matching_policy_start, STR("")), POLICY_STALE);
    assert_int_equal(policy_try(&world->scope, tx, id, 2), POLICY_STALE);
    assert_int_equal(policy_drop(tx, id, 2), POLICY_STALE);
    world_commit(tx);
    assert_int_equal(adopt(world, id, 2, ""), POLICY_STALE);
}

/* A change after the trial makes the trial old. */
static void test_trial_is_of_a_version(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "lea"));
    PolicyId id = draft(world);
    MatchingPolicy policy = version_of(world, id).policy;
    policy.known = 31;
    change(world, id, &policy);
    try(world, id);
    assert_true(version_of(world, id).is_tried);
    policy.known = 32;
    change(world, id, &policy);
    assert_false(version_of(world, id).is_tried);
    assert_int_equal(adopt(world, id, version_of(world, id).version, ""), POLICY_UNTRIED);
}

/* Days that count nothing do not pass: a leader may sign all the same, with a reason that stays. */
static void test_reason(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "lea"));
    PolicyId id = draft(world);
    MatchingPolicy policy = version_of(world, id).policy;
    policy.day = 0;
    policy.fit = POLICY_FIT_MOST;
    change(world, id, &policy);
    try(world, id);
    assert_false(policy_trial_of(&world->scope, id).is_passed);
    assert_int_equal(adopt(world, id, 2, "  "), POLICY_REASON_WANTED);
    assert_int_equal(adopt(world, id, 2, " We have few families. "), POLICY_DONE);
    assert_words(policy_followed(&world->scope, world->program).reason, "We have few families.");
}

static void test_drafts(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "kim"));
    PolicyId id = draft(world);
    for (int more = 1; more < POLICY_DRAFTS_MOST; more++) {
        (void)draft(world);
    }
    Tx *tx = world_begin(world);
    PolicyId none;
    assert_int_equal(policy_draft(&world->scope, tx, world->program, &none), POLICY_MANY_DRAFTS);
    assert_int_equal(policy_try(&world->scope, tx, id, 1), POLICY_DONE);
    assert_int_equal(policy_drop(tx, id, 2), POLICY_STALE);
    assert_int_equal(policy_drop(tx, id, 1), POLICY_DONE);
    assert_int_equal(policy_draft(&world->scope, tx, world->program, &none), POLICY_DONE);
    world_commit(tx);
    PolicyVersion version;
    assert_false(policy_find(&world->scope, id, &version));
}

/* Every side needed, and nobody says anything: the family keeps its list now, and would have nobody. */
static void test_waiting(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "kim"));
    OfferId gloria = world_offer(world, world_person(world, "gloria"));
    const ListItemId wishes[] = {world_item(world, LIST_EXPERIENCE, "Not going to school"),
                                 world_item(world, LIST_TIME, "Weekends")};
    PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    Str receipt;
    RequestId request = request_add(&world->scope, tx,
                                    &(RequestNew){.program = world->program,
                                                  .person = ana,
                                                  .kind = REQUEST_SUPPORT,
                                                  .source = REQUEST_FROM_FORM,
                                                  .lang = LANG_EN,
                                                  .need = STR("Somebody."),
                                                  .wishes = wishes,
                                                  .wish_count = 2},
                                    &receipt);
    world_commit(tx);
    PolicyId id = draft(world);
    PolicyVersion same = version_of(world, id);
    PolicyWaiting waiting = policy_waiting_of(&world->scope, world->program, &same);
    assert_int_equal(waiting.count, 1);
    assert_int_equal(waiting.families, 1);
    assert_int_equal(waiting.changed, 0);
    assert_true(request_id_equal(waiting.items[0].request, request));
    assert_int_equal(waiting.items[0].now.count, 1);
    assert_true(offer_id_equal(waiting.items[0].now.offers[0], gloria));
    MatchingPolicy policy = same.policy;
    policy.facets[FACET_TIME].rule = RULE_COMMON;
    change(world, id, &policy);
    PolicyVersion other = version_of(world, id);
    waiting = policy_waiting_of(&world->scope, world->program, &other);
    assert_int_equal(waiting.changed, 1);
    assert_int_equal(waiting.nobody_now, 0);
    assert_int_equal(waiting.nobody_then, 1);
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_start),
        IN_A_WORLD(test_from_draft_to_signed),
        IN_A_WORLD(test_trial_is_of_a_version),
        IN_A_WORLD(test_reason),
        IN_A_WORLD(test_drafts),
        IN_A_WORLD(test_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
