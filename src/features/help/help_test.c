/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for somebody from the program: who sees it, who has it, and each step once. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/help/help.h"
#include "features/program/program.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static HelpId ask(World *world, PersonId person, MatchId id, const char *words, bool is_part2) {
    world_act_as(world, person);
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    Tx *tx = world_begin(world);
    const HelpId help = help_ask(&world->scope, tx, &match, str_of(words), is_part2);
    world_commit(tx);
    return help;
}

static HelpResult take(World *world, PersonId person, HelpId id) {
    Tx *tx = world_begin_as(world, person);
    const HelpResult result = help_take(&world->scope, tx, id);
    world_commit(tx);
    return result;
}

static HelpResult done(World *world, PersonId person, HelpId id, const char *line) {
    Tx *tx = world_begin_as(world, person);
    const HelpResult result = help_done(&world->scope, tx, id, str_of(line));
    world_commit(tx);
    return result;
}

static void test_each_step_once(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const PersonId other = world_person(world, "otto");
    const HelpId id = ask(world, pair.receiver, match, "Who knows the court?", true);
    Help help;
    assert_true(help_find(&world->scope, id, &help));
    assert_int_equal(help_state(&help), HELP_ASKED);
    assert_words(help.called, "ana");
    assert_words(help.words.hidden_words, "Who knows the court?");
    assert_true(help.words.is_marked);
    assert_int_equal(done(world, pair.coordinator, id, "Nobody took it."), HELP_ELSEWHERE);
    assert_int_equal(take(world, pair.coordinator, id), HELP_CHANGED);
    assert_int_equal(take(world, other, id), HELP_ELSEWHERE);
    assert_true(help_find(&world->scope, id, &help));
    assert_int_equal(help_state(&help), HELP_TAKEN);
    assert_true(person_id_equal(help.taken_by, pair.coordinator));
    assert_int_equal(help_list_open(&world->scope, world->program).count, 1);
    assert_int_equal(done(world, other, id, "Mine."), HELP_ELSEWHERE);
    assert_int_equal(done(world, pair.coordinator, id, "I called you."), HELP_CHANGED);
    assert_int_equal(done(world, pair.coordinator, id, "Twice."), HELP_ELSEWHERE);
    assert_int_equal(help_list_open(&world->scope, world->program).count, 0);
    world_act_as(world, pair.receiver);
    const Helps own = help_list_own(&world->scope, match);
    assert_int_equal(own.count, 1);
    assert_int_equal(help_state(&own.items[0]), HELP_DONE);
    assert_words(own.items[0].answer.hidden_words, "I called you.");
    assert_int_equal(done(world, pair.coordinator, (HelpId){1}, ""), HELP_ELSEWHERE);
    assert_false(help_find(&world->scope, (HelpId){1}, &help));
    Tx *tx = world_begin(world);
    help_forget(tx, pair.receiver);
    world_commit(tx);
    assert_false(help_find(&world->scope, id, &help));
}

static void test_only_who_asks_and_who_coordinates(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const HelpId id = ask(world, pair.giver, match, "", false);
    assert_int_equal(help_list_own(&world->scope, match).count, 1);
    assert_false(access_may(&world->scope, ACCESS_HELP_WORK, id.value));
    world_act_as(world, pair.receiver);
    assert_int_equal(help_list_own(&world->scope, match).count, 0);
    assert_false(access_may(&world->scope, ACCESS_HELP_WORK, id.value));
    world_stop_sharing(world, &pair);
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, pair.coordinator, DUTY_COORDINATOR);
    world_commit(tx);
    world_act_as(world, pair.coordinator);
    assert_true(access_may(&world->scope, ACCESS_HELP_WORK, id.value));
    const AccessSubjects about = access_subjects(&world->scope, OBJECT_HELP, id.value);
    assert_int_equal(about.count, 1);
    assert_true(person_id_equal(about.people[0], pair.giver));
    assert_int_equal(access_subjects(&world->scope, OBJECT_HELP, 1).count, 0);
    assert_int_equal(help_list_open(&world->scope, world->program).count, 1);
    assert_false(access_may(&world->scope, ACCESS_HELP_WORK, 1));
}

static void test_never_the_other_whatever_their_duty(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, pair.giver, DUTY_COORDINATOR);
    program_duty_give(&world->scope, tx, world->program, pair.receiver, DUTY_COORDINATOR);
    world_commit(tx);
    const HelpId id = ask(world, pair.receiver, match, "It is about gloria.", false);
    const HelpId own = ask(world, pair.giver, match, "I am tired.", false);
    const PersonId two[] = {pair.receiver, pair.giver};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, two[at]);
        assert_int_equal(access_may(&world->scope, ACCESS_HELP_WORK, id.value), at == 0);
        assert_int_equal(access_may(&world->scope, ACCESS_HELP_WORK, own.value), at == 1);
        const Helps open = help_list_open(&world->scope, world->program);
        assert_int_equal(open.count, 1);
        assert_true(help_id_equal(open.items[0].id, at == 0 ? id : own));
    }
    world_act_as(world, pair.coordinator);
    assert_int_equal(help_list_open(&world->scope, world->program).count, 2);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_each_step_once),
        IN_A_WORLD(test_only_who_asks_and_who_coordinates),
        IN_A_WORLD(test_never_the_other_whatever_their_duty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
