/* SPDX-License-Identifier: Apache-2.0 */
/* The safety card: kept version by version, honored at once, read only by those who are let. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/card/card.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static void write_card(World *world, PersonId person, const char *safe, bool for_giver,
                       bool for_coordinator) {
    world_act_as(world, person);
    CardNew card = {.rules = {.zone = STR("America/New_York"),
                              .for_giver = for_giver,
                              .for_coordinator = for_coordinator}};
    for (size_t part = 0; part < CARD_PARTS; part++) {
        card.words[part] = STR("");
    }
    card.words[CARD_SAFE] = str_of(safe);
    Tx *tx = world_begin(world);
    card_write(&world->scope, tx, &card, NULL, 0);
    world_commit(tx);
}

static void test_every_version_is_kept(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    Card card;
    assert_true(card_find(&world->scope, ana, &card));
    assert_int_equal(card.version, 0);
    assert_words(card.rules.zone, "America/New_York");
    write_card(world, ana, "The porch.", true, true);
    world_wait(world, TIME_DAY);
    write_card(world, ana, "The kitchen.", true, true);
    assert_true(card_find(&world->scope, ana, &card));
    assert_int_equal(card.version, 2);
    assert_words(card.words[CARD_SAFE].hidden_words, "The kitchen.");
    assert_words(card.by_called, "ana");
    const Cards all = card_versions(&world->scope, ana);
    assert_int_equal(all.count, 2);
    assert_words(all.items[1].words[CARD_SAFE].hidden_words, "The porch.");
    assert_true(time_is_before(all.items[1].at, all.items[0].at));
    assert_false(card_find(&world->scope, (PersonId){4711}, &card));
}

static bool may_read(World *world, PersonId reader, PersonId person) {
    world_act_as(world, reader);
    return access_may(&world->scope, ACCESS_CARD_READ, person.value);
}

static void test_read_by_those_who_are_let(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    PersonId stranger = world_person(world, "stranger");
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, pair.coordinator, DUTY_COORDINATOR);
    world_commit(tx);
    assert_false(may_read(world, pair.giver, pair.receiver)); /* nothing is written yet */
    write_card(world, pair.receiver, "The porch.", true, false);
    assert_true(may_read(world, pair.receiver, pair.receiver));
    assert_true(may_read(world, pair.giver, pair.receiver));
    assert_false(may_read(world, pair.coordinator, pair.receiver));
    assert_false(may_read(world, stranger, pair.receiver));
    write_card(world, pair.receiver, "The porch.", false, true);
    assert_false(may_read(world, pair.giver, pair.receiver));
    assert_true(may_read(world, pair.coordinator, pair.receiver));
    write_card(world, pair.receiver, "The porch.", true, true);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_false(may_read(world, pair.giver, pair.receiver)); /* only while they walk */
    assert_false(may_read(world, pair.receiver, pair.giver)); /* and never the other way round */
}

/* What a person can be reached by follows the card from the same moment on. */
static void test_a_way_is_not_offered_any_more(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_act_as(world, ana);
    const ContactPointId mail = account_contact_points(&world->scope, ana).items[0].id;
    CardNew card = {.rules = {.zone = STR("America/New_York")}};
    for (size_t part = 0; part < CARD_PARTS; part++) {
        card.words[part] = STR("");
    }
    Tx *tx = world_begin(world);
    card_write(&world->scope, tx, &card, &mail, 1);
    world_commit(tx);
    const ContactPoints points = account_contact_points(&world->scope, ana);
    assert_true(points.items[0].is_unsafe);
    assert_int_equal(points.items[0].now.kind, SAFETY_NOT_THIS_WAY);
}

/* Said once for the card: all five lines are marked, version by version, and the mark goes with a new version
 * that does not have it. The reader's consent is found where there is one. */
static void test_a_card_can_be_marked(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, pair.coordinator, DUTY_COORDINATOR);
    world_commit(tx);
    world_act_as(world, pair.receiver);
    const CardNew written = {
        .words = {STR("Sober."), STR(""), STR(""), STR("Parties."), STR("")},
        .is_part2 = true,
        .rules = {.zone = STR("America/New_York"), .for_giver = true, .for_coordinator = true}};
    tx = world_begin(world);
    card_write(&world->scope, tx, &written, NULL, 0);
    world_commit(tx);
    write_card(world, pair.receiver, "The porch.", true, true);
    const Cards all = card_versions(&world->scope, pair.receiver);
    assert_false(all.items[0].is_part2 || all.items[0].words[CARD_SAFE].is_marked);
    assert_true(all.items[1].is_part2 && all.items[1].words[CARD_SAFE].is_marked &&
                all.items[1].words[CARD_WORSE].is_marked);
    const struct {
        PersonId reader;
        bool is_shared;
        PersonId with;
    } cases[] = {{pair.giver, true, pair.giver},
                 {pair.coordinator, true, {0}},
                 {world_person(world, "stranger"), false, {0}}};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        RequestId request = {0};
        PersonId with = {0};
        world_act_as(world, cases[at].reader);
        assert_int_equal(card_shared_by(&world->scope, pair.receiver, &request, &with), cases[at].is_shared);
        assert_true(!cases[at].is_shared ||
                    (request_id_equal(request, pair.request) && person_id_equal(with, cases[at].with)));
    }
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_every_version_is_kept),
        IN_A_WORLD(test_read_by_those_who_are_let),
        IN_A_WORLD(test_a_way_is_not_offered_any_more),
        IN_A_WORLD(test_a_card_can_be_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
