/* SPDX-License-Identifier: Apache-2.0 */
/* The table of who signs: what is followed where, its versions, and whom a rule asks at each age. */
#include "test/unit.h"

#include "features/signing/signing.h"
#include "test/feature_world.h"

static SigningRule rule_of(const char *state, SigningService service, int64_t both_from, int64_t alone_from) {
    return (SigningRule){.state = str_of(state),
                         .service = service,
                         .both_from = both_from,
                         .alone_from = alone_from,
                         .source = STR("Some law")};
}

static SigningResult set(World *world, const SigningRule *rule, SigningRuleId was) {
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin(world);
    const SigningResult result = signing_rule_set(&world->scope, tx, world->program, rule, was);
    world_commit(tx);
    return result;
}

static SigningRule followed(World *world, const char *state, SigningService service, bool is_strictest) {
    bool found = false;
    const SigningRule rule = signing_rule_for(&world->scope, world->program, str_of(state), service, &found);
    assert_int_equal(found, is_strictest);
    return rule;
}

static void test_whom_a_rule_asks(void **state) {
    World *world = *state;
    static const struct {
        int64_t both_from, alone_from, age;
        SigningWho who;
    } cases[] = {
        {0, 18, 0, SIGNING_BOTH},     {0, 18, 17, SIGNING_BOTH},    {0, 18, 18, SIGNING_YOUNG},
        {12, 16, 11, SIGNING_PARENT}, {12, 16, 12, SIGNING_BOTH},   {12, 16, 15, SIGNING_BOTH},
        {12, 16, 16, SIGNING_YOUNG},  {13, 13, 12, SIGNING_PARENT}, {13, 13, 13, SIGNING_YOUNG},
        {0, 0, 0, SIGNING_YOUNG},     {21, 21, 20, SIGNING_PARENT}, {21, 21, 21, SIGNING_YOUNG},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        const SigningRule rule = rule_of("TX", SIGNING_PEER, cases[at].both_from, cases[at].alone_from);
        assert_int_equal(signing_who(&rule, cases[at].age), cases[at].who);
    }
    SigningRule rule = rule_of("TX", SIGNING_PEER, 12, 16);
    assert_words(signing_rule_words(&world->scope, &rule),
                 "Younger than 12: a parent or guardian signs. From 12 on, and younger than 16: both sign. "
                 "From 16 on: the young person signs alone.");
    rule = rule_of("TX", SIGNING_PEER, 0, 18);
    assert_words(signing_rule_words(&world->scope, &rule),
                 "Younger than 18: the young person and a parent or guardian both sign. "
                 "From 18 on: the young person signs alone.");
    rule = rule_of("TX", SIGNING_PEER, 13, 13);
    assert_words(signing_rule_words(&world->scope, &rule),
                 "Younger than 13: a parent or guardian signs. From 13 on: the young person signs alone.");
    rule = rule_of("TX", SIGNING_PEER, 0, 0);
    assert_words(signing_rule_words(&world->scope, &rule), "The young person signs alone, at any age.");
}

/* Nothing written, nothing said: the strictest, and it says so. */
static void test_where_nobody_wrote_a_rule(void **state) {
    World *world = *state;
    assert_words(signing_place(&world->scope, world->program).state, "");
    assert_int_equal(signing_place(&world->scope, world->program).service, 0);
    for (int service = SIGNING_PEER; service <= SIGNING_SUBSTANCE; service++) {
        const SigningRule rule = followed(world, "TX", (SigningService)service, true);
        assert_int_equal(rule.both_from, 0);
        assert_int_equal(rule.alone_from, 18);
        assert_false(rule.parent_sees);
        assert_true(date_is_none(rule.checked));
        assert_int_equal(rule.service, service);
        assert_false(str_is_empty(rule.source));
        assert_int_not_equal(signing_service_text((SigningService)service), TEXT_NONE);
    }
}

static void works_in(World *world, const char *state) {
    Tx *tx = world_begin(world);
    signing_set_place(&world->scope, tx, world->program,
                      (SigningPlace){.state = str_of(state), .service = SIGNING_PEER});
    world_commit(tx);
}

/* Nobody reads the starting rules of a state in which the program does not work, as if they were theirs. */
static void test_only_its_own_state_is_in_the_table(void **state) {
    World *world = *state;
    assert_int_equal(signing_rules(&world->scope, world->program).count, 0);
    works_in(world, "NY");
    assert_int_equal(signing_rules(&world->scope, world->program).count, 0);
    /* What the program wrote itself it finds again, wherever it works. */
    world_act_as(world, world_person(world, "lena"));
    const SigningRule texas = rule_of("TX", SIGNING_PEER, 11, 14);
    assert_int_equal(set(world, &texas, (SigningRuleId){0}), SIGNING_DONE);
    const SigningRules rules = signing_rules(&world->scope, world->program);
    assert_int_equal(rules.count, 1);
    assert_words(rules.items[0].state, "TX");
}

static void test_what_every_program_starts_with(void **state) {
    World *world = *state;
    works_in(world, "CA");
    const SigningRules starts = signing_rules(&world->scope, world->program);
    assert_int_equal(starts.count, 2);
    for (size_t at = 0; at < starts.count; at++) {
        const SigningRule *start = &starts.items[at];
        assert_int_equal(start->id.value, 0);
        assert_true(str_is_none(start->by_called));
        assert_true(date_is_none(start->checked)); /* nobody of this program has looked */
        assert_int_equal(followed(world, "CA", start->service, false).alone_from, 12);
    }
    assert_int_equal(followed(world, "CA", SIGNING_PEER, true).alone_from, 18);
    assert_words(signing_state_name(STR("CA")), "California");
    assert_words(signing_state_name(STR("ca")), "");
    const SigningStates states = signing_states(&world->scope);
    assert_int_equal(states.count, 56);
    for (size_t at = 1; at < states.count; at++) {
        assert_words(signing_state_name(states.items[at].code), states.items[at].name.at);
    }
}

static void test_replaced_and_kept(void **state) {
    World *world = *state;
    works_in(world, "CA");
    world_act_as(world, world_person(world, "lena"));
    SigningRule rule = rule_of("CA", SIGNING_MENTAL, 0, 16);
    rule.checked = (Date){.year = 2026, .month = 3, .day = 1};
    assert_int_equal(set(world, &rule, (SigningRuleId){0}), SIGNING_DONE);
    SigningRule now = followed(world, "CA", SIGNING_MENTAL, false);
    assert_int_equal(now.alone_from, 16);
    assert_words(now.by_called, "lena");
    assert_int_equal(now.checked.day, 1);
    assert_int_equal(signing_rules(&world->scope, world->program).count, 2); /* in the start's place */
    assert_int_equal(set(world, &rule, now.id), SIGNING_SAME);
    rule.parent_sees = true;
    assert_int_equal(set(world, &rule, now.id), SIGNING_DONE);
    assert_int_equal(signing_rule_history(&world->scope, world->program, STR("CA"), SIGNING_MENTAL).count, 2);
    rule = rule_of("CA", SIGNING_MENTAL, 17, 16);
    now = followed(world, "CA", SIGNING_MENTAL, false);
    assert_int_equal(set(world, &rule, now.id), SIGNING_AGES);
    rule = rule_of("CA", SIGNING_MENTAL, 0, 16);
    rule.source = STR("  ");
    assert_int_equal(set(world, &rule, now.id), SIGNING_SOURCE);
}

/* Two at once: the second one reads what the first wrote, and neither is lost. */
static void test_two_at_once(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "lena"));
    const SigningRule one = rule_of("TX", SIGNING_PEER, 0, 16);
    const SigningRule other = rule_of("TX", SIGNING_PEER, 0, 17);
    assert_int_equal(set(world, &one, (SigningRuleId){0}), SIGNING_DONE);
    assert_int_equal(set(world, &other, (SigningRuleId){0}), SIGNING_STALE);
    const SigningRule now = followed(world, "TX", SIGNING_PEER, false);
    assert_int_equal(now.alone_from, 16);
    assert_int_equal(set(world, &other, now.id), SIGNING_DONE);
    const SigningRules versions =
        signing_rule_history(&world->scope, world->program, STR("TX"), SIGNING_PEER);
    assert_int_equal(versions.count, 2);
    assert_int_equal(versions.items[0].alone_from, 17);
    assert_true(time_is_none(versions.items[0].retired_at));
    assert_int_equal(versions.items[1].alone_from, 16);
    assert_false(time_is_none(versions.items[1].retired_at));
}

static SigningResult retire(World *world, const char *state, SigningRuleId was) {
    Tx *tx = world_begin(world);
    const SigningResult result =
        signing_rule_retire(&world->scope, tx, world->program, str_of(state), SIGNING_PEER, was);
    world_commit(tx);
    return result;
}

static void test_everywhere_and_taken_out(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "lena"));
    const SigningRule everywhere = rule_of("*", SIGNING_PEER, 10, 15);
    const SigningRule texas = rule_of("TX", SIGNING_PEER, 11, 14);
    assert_int_equal(set(world, &everywhere, (SigningRuleId){0}), SIGNING_DONE);
    assert_int_equal(set(world, &texas, (SigningRuleId){0}), SIGNING_DONE);
    assert_int_equal(followed(world, "TX", SIGNING_PEER, false).alone_from, 14);
    assert_int_equal(followed(world, "OH", SIGNING_PEER, false).alone_from, 15);
    assert_int_equal(followed(world, "OH", SIGNING_MENTAL, true).alone_from, 18);
    const SigningRule now = followed(world, "TX", SIGNING_PEER, false);
    assert_int_equal(retire(world, "TX", (SigningRuleId){4711}), SIGNING_STALE);
    assert_int_equal(retire(world, "TX", now.id), SIGNING_DONE);
    assert_int_equal(retire(world, "TX", (SigningRuleId){0}), SIGNING_SAME);
    assert_int_equal(followed(world, "TX", SIGNING_PEER, false).alone_from, 15);
    assert_int_equal(signing_rule_history(&world->scope, world->program, STR("TX"), SIGNING_PEER).count, 1);
}

static void test_place(void **state) {
    World *world = *state;
    Tx *tx = world_begin_as(world, world_person(world, "lena"));
    signing_set_place(&world->scope, tx, world->program,
                      (SigningPlace){.state = STR("TX"), .service = SIGNING_PEER});
    signing_set_place(&world->scope, tx, world->program,
                      (SigningPlace){.state = STR("CA"), .service = SIGNING_SUBSTANCE});
    world_commit(tx);
    const SigningPlace place = signing_place(&world->scope, world->program);
    assert_words(place.state, "CA");
    assert_int_equal(place.service, SIGNING_SUBSTANCE);
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_whom_a_rule_asks),
        IN_A_WORLD(test_where_nobody_wrote_a_rule),
        IN_A_WORLD(test_only_its_own_state_is_in_the_table),
        IN_A_WORLD(test_what_every_program_starts_with),
        IN_A_WORLD(test_replaced_and_kept),
        IN_A_WORLD(test_two_at_once),
        IN_A_WORLD(test_everywhere_and_taken_out),
        IN_A_WORLD(test_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
