/* SPDX-License-Identifier: Apache-2.0 */
/* A provider's form: the program's versions of it, what a family fills in under them, and who reads that. */
#include "test/unit.h"

#include "features/provider/provider.h"
#include "features/safety/safety.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static void use_form(World *world, const char *name, const char *first, const char *second) {
    ProviderForm form = {.program = world->program,
                         .name = str_of(name),
                         .filled_by = STR("the family with its therapist"),
                         .review_days = 30};
    const char *const titles[] = {first, second};
    for (size_t at = 0; at < 2 && titles[at] != NULL; at++) {
        form.headings[form.count++] = str_of(titles[at]);
    }
    Tx *tx = world_begin(world);
    provider_form_write(&world->scope, tx, &form);
    world_commit(tx);
}

static void fill(World *world, PersonId person, const char *first, bool for_giver, bool for_coordinator) {
    world_act_as(world, person);
    const ProviderForm form = provider_form_for(&world->scope, person);
    ProviderSheet sheet = {
        .with = STR("Dr. Example"), .for_giver = for_giver, .for_coordinator = for_coordinator};
    for (size_t at = 0; at < form.count; at++) {
        sheet.lines[at] = at == 0 ? str_of(first) : STR("");
    }
    Tx *tx = world_begin(world);
    provider_sheet_write(&world->scope, tx, &form, &sheet);
    world_commit(tx);
}

static void test_versions_of_the_form_and_of_what_is_filled_in(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    world_act_as(world, pair.coordinator);
    assert_int_equal(provider_form_find(&world->scope, world->program).count, 0);
    use_form(world, "Plan", "Signs", "Steps");
    fill(world, pair.receiver, "He goes quiet.", false, false);
    world_act_as(world, pair.coordinator);
    use_form(world, "Plan 2", "First signs", NULL);
    const ProviderForm form = provider_form_find(&world->scope, world->program);
    assert_words(form.name, "Plan 2");
    assert_int_equal(form.count, 1);
    assert_words(form.headings[0], "First signs");
    /* What was filled in keeps the headings of its day. */
    world_act_as(world, pair.receiver);
    ProviderSheet sheet;
    assert_true(provider_sheet_find(&world->scope, pair.receiver, &sheet));
    assert_words(sheet.name, "Plan");
    assert_int_equal(sheet.count, 2);
    assert_words(sheet.headings[0], "Signs");
    assert_words(sheet.lines[0], "He goes quiet.");
    assert_words(sheet.lines[1], "");
    assert_words(sheet.with, "Dr. Example");
    assert_int_equal(sheet.review_at.us - sheet.at.us, 30 * TIME_DAY);
    world_wait(world, TIME_DAY);
    fill(world, pair.receiver, "He sleeps all day.", false, false);
    const ProviderSheets all = provider_sheets(&world->scope);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.items[0].version, 2);
    assert_words(all.items[0].lines[0], "He sleeps all day.");
    assert_words(all.items[1].lines[0], "He goes quiet.");
    /* Without headings it is used no more, and what was filled in stays. */
    world_act_as(world, pair.coordinator);
    use_form(world, "", NULL, NULL);
    assert_int_equal(provider_form_for(&world->scope, pair.receiver).count, 0);
    world_act_as(world, pair.receiver);
    assert_true(provider_sheet_find(&world->scope, pair.receiver, &sheet));
}

static bool reads(World *world, PersonId reader, PersonId person) {
    ProviderSheet sheet;
    world_act_as(world, reader);
    return provider_sheet_find(&world->scope, person, &sheet);
}

static void test_read_by_those_who_are_let(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    use_form(world, "Plan", "Signs", "Steps");
    assert_false(reads(world, pair.receiver, pair.receiver)); /* nothing yet */
    fill(world, pair.receiver, "He goes quiet.", true, false);
    assert_true(reads(world, pair.receiver, pair.receiver));
    assert_true(reads(world, pair.giver, pair.receiver));
    assert_false(reads(world, pair.coordinator, pair.receiver));
    fill(world, pair.receiver, "He goes quiet.", false, true);
    assert_false(reads(world, pair.giver, pair.receiver));
    assert_true(reads(world, pair.coordinator, pair.receiver));
    fill(world, pair.receiver, "He goes quiet.", true, false);
    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_false(reads(world, pair.giver, pair.receiver)); /* only while they walk */
}

/* The family's own card alone says when and how it is reached. */
static void test_nothing_of_it_changes_how_the_card_is_honored(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    use_form(world, "Plan", "When to call", NULL);
    world_act_as(world, pair.receiver);
    const SafetyAnswer before = safety_may_reach(&world->scope, pair.receiver, world->scope.now);
    fill(world, pair.receiver, "Never call. Only at night.", true, true);
    const SafetyAnswer after = safety_may_reach(&world->scope, pair.receiver, world->scope.now);
    assert_int_equal(before.kind, after.kind);
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_versions_of_the_form_and_of_what_is_filled_in),
        IN_A_WORLD(test_read_by_those_who_are_let),
        IN_A_WORLD(test_nothing_of_it_changes_how_the_card_is_honored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
