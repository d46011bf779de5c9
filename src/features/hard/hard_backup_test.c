/* SPDX-License-Identifier: Apache-2.0 */
/* Nobody stands by for a family without its yes and their own, and they see what was ticked and no more. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/card/card.h"
#include "features/hard/hard_backup.h"
#include "test/database.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

enum { SIX = 18 };

typedef struct Days {
    Pair pair;
    MatchId match;
    PersonId bea; /* another supporter */
    OfferId offer;
} Days;

/* Hard days with a contact each day; bea has an offer in the program too. */
static Days days_of(World *world) {
    Days days = {0};
    days.match = world_match(world, &days.pair);
    days.bea = world_person(world, "bea");
    days.offer = world_offer(world, days.bea);
    Tx *tx = world_begin_as(world, days.pair.receiver);
    assert_int_equal(hard_begin(&world->scope, tx, days.match, SIX), HARD_DONE);
    world_commit(tx);
    world_act_as(world, days.pair.giver);
    tx = world_begin(world);
    assert_int_equal(hard_answer(&world->scope, tx, days.match, HARD_EACH_DAY), HARD_DONE);
    world_commit(tx);
    return days;
}

static HardResult wish(World *world, PersonId person, const Days *days) {
    Tx *tx = world_begin_as(world, person);
    const HardResult result = hard_backup_wish(&world->scope, tx, days->match, true);
    world_commit(tx);
    return result;
}

static HardResult name(World *world, const Days *days, OfferId offer) {
    Tx *tx = world_begin_as(world, days->pair.coordinator);
    const HardResult result = hard_backup_name(&world->scope, tx, days->match, offer);
    world_commit(tx);
    return result;
}

static HardResult agree(World *world, PersonId person, const Days *days, unsigned items) {
    Tx *tx = world_begin_as(world, person);
    const HardResult result = hard_backup_agree(&world->scope, tx, days->match, items);
    world_commit(tx);
    return result;
}

static HardBackup backup_of(World *world, const Days *days) {
    HardBackup backup;
    assert_true(hard_backup_of(&world->scope, days->match, &backup));
    return backup;
}

static HardResult answer(World *world, PersonId person, HardBackupId id, bool is_yes) {
    Tx *tx = world_begin_as(world, person);
    const HardResult result = hard_backup_answer(&world->scope, tx, id, is_yes);
    world_commit(tx);
    return result;
}

/* Bea stands by, with these items. */
static HardBackupId standing(World *world, const Days *days, unsigned items) {
    assert_int_equal(wish(world, days->pair.receiver, days), HARD_DONE);
    assert_int_equal(name(world, days, days->offer), HARD_DONE);
    assert_int_equal(agree(world, days->pair.receiver, days, items), HARD_DONE);
    const HardBackupId id = backup_of(world, days).id;
    assert_int_equal(answer(world, days->bea, id, true), HARD_DONE);
    return id;
}

static void write_card(World *world, PersonId person) {
    Tx *tx = world_begin_as(world, person);
    card_write(&world->scope, tx,
               &(CardNew){.words = {STR("Quiet."), STR("My sister."), STR(""), STR(""), STR("")},
                          .rules = {.zone = STR("America/New_York"), .for_giver = true}},
               NULL, 0);
    world_commit(tx);
}

static bool reads_card(World *world, PersonId reader, PersonId person) {
    world_act_as(world, reader);
    return access_may(&world->scope, ACCESS_CARD_READ, person.value);
}

static size_t reach(World *world, const Days *days) {
    return consent_reach(&world->scope, days->pair.request, days->pair.receiver, days->bea).count;
}

/* The family's consent to bea. */
static Consent backing_of(World *world, const Days *days) {
    const Consents given = consent_list(&world->scope, days->pair.receiver);
    for (size_t at = 0; at < given.count; at++) {
        if (given.items[at].to == CONSENT_TO_BACKUP) {
            return given.items[at];
        }
    }
    fail_msg("nothing was given");
    return (Consent){0};
}

static size_t own_of(World *world, PersonId person) {
    world_act_as(world, person);
    return hard_list_own(&world->scope).count;
}

static void test_one_yes_after_the_other(void **state) {
    World *world = *state;
    const Days days = days_of(world);
    assert_int_equal(name(world, &days, days.offer), HARD_ELSEWHERE); /* nobody asked for one */
    assert_int_equal(wish(world, days.pair.giver, &days), HARD_ELSEWHERE);
    assert_int_equal(wish(world, days.pair.receiver, &days), HARD_DONE);
    world_act_as(world, days.pair.coordinator);
    assert_int_equal(hard_backup_list_wished(&world->scope, world->program).count, 1);
    const HardCandidates candidates = hard_backup_candidates(&world->scope, days.match);
    assert_int_equal(candidates.count, 1); /* not the two */
    assert_words(candidates.items[0].called, "bea");
    assert_int_equal(name(world, &days, days.pair.offer), HARD_ELSEWHERE);
    assert_int_equal(name(world, &days, days.offer), HARD_DONE);
    assert_int_equal(hard_backup_list_wished(&world->scope, world->program).count, 0);
    const HardBackupId id = backup_of(world, &days).id;
    assert_int_equal(own_of(world, days.bea), 0);
    assert_false(access_may(&world->scope, ACCESS_HARD_BACK, id.value)); /* the family comes first */
    assert_int_equal(answer(world, days.bea, id, true), HARD_ELSEWHERE);
    assert_int_equal(agree(world, days.pair.giver, &days, CONSENT_REACH), HARD_ELSEWHERE);
    assert_int_equal(agree(world, days.pair.receiver, &days, CONSENT_REACH), HARD_DONE);
    world_act_as(world, days.bea);
    const HardOwns asked = hard_list_own(&world->scope);
    assert_int_equal(asked.count, 1);
    assert_true(asked.items[0].is_asked);
    assert_words(asked.items[0].other_called, ""); /* by no name */
    assert_true(access_may(&world->scope, ACCESS_HARD_BACK, id.value));
    assert_int_equal(answer(world, days.pair.giver, id, true), HARD_ELSEWHERE);
    assert_int_equal(answer(world, days.bea, id, true), HARD_DONE);
    assert_words(hard_list_own(&world->scope).items[0].other_called, "ana");
    /* Nothing else of the walk opens. */
    assert_false(access_may(&world->scope, ACCESS_MATCH_READ, days.match.value));
    assert_false(access_may(&world->scope, ACCESS_MESSAGE, days.match.value));
    assert_false(access_may(&world->scope, ACCESS_REQUEST_READ, days.pair.request.value));
    assert_false(access_may(&world->scope, ACCESS_CONTACT_ADD, days.match.value));
}

static void test_what_was_ticked_and_no_more(void **state) {
    World *world = *state;
    const Days days = days_of(world);
    write_card(world, days.pair.receiver);
    (void)standing(world, &days, CONSENT_CARD);
    assert_true(reads_card(world, days.bea, days.pair.receiver));
    assert_int_equal(reach(world, &days), 0);
    world_act_as(world, days.pair.receiver);
    const Consent given = backing_of(world, &days);
    assert_int_equal(given.state, CONSENT_LIVING);
    assert_int_equal(given.items, CONSENT_NAME | CONSENT_CARD);
    Tx *tx = world_begin(world);
    ConsentId changed;
    assert_int_equal(consent_give_items(&world->scope, tx, given.id, CONSENT_REACH, &changed), CONSENT_DONE);
    world_commit(tx);
    assert_false(reads_card(world, days.bea, days.pair.receiver));
    assert_int_equal(reach(world, &days), 1);
}

static void test_the_consent_ends_it(void **state) {
    World *world = *state;
    const Days days = days_of(world);
    const HardBackupId id = standing(world, &days, CONSENT_REACH);
    Tx *tx = world_begin_as(world, days.pair.receiver);
    assert_int_equal(consent_stop(&world->scope, tx, backing_of(world, &days).id), CONSENT_DONE);
    world_commit(tx);
    assert_int_equal(own_of(world, days.bea), 0); /* whatever else is known of it */
    assert_false(access_may(&world->scope, ACCESS_HARD_BACK, id.value));
    tx = world_begin(world);
    hard_backup_stopped(&world->scope, tx, days.pair.request, days.bea);
    world_commit(tx);
    HardBackup backup;
    assert_false(hard_backup_find(&world->scope, id, &backup));
    /* Who was named once in these days is not named again. */
    assert_int_equal(wish(world, days.pair.receiver, &days), HARD_DONE);
    assert_int_equal(name(world, &days, days.offer), HARD_ELSEWHERE);
}

static void test_who_stands_by_can_stop(void **state) {
    World *world = *state;
    const Days days = days_of(world);
    const HardBackupId id = standing(world, &days, CONSENT_REACH);
    assert_int_equal(answer(world, days.bea, id, false), HARD_DONE);
    assert_int_equal(backing_of(world, &days).state, CONSENT_STOPPED);
    assert_int_equal(reach(world, &days), 0);
    assert_int_equal(answer(world, days.bea, id, true), HARD_ELSEWHERE);
}

static void test_the_family_can_drop_it(void **state) {
    World *world = *state;
    const Days days = days_of(world);
    const HardBackupId id = standing(world, &days, CONSENT_REACH);
    Tx *tx = world_begin_as(world, days.pair.receiver);
    assert_int_equal(hard_backup_drop(&world->scope, tx, days.match), HARD_DONE);
    world_commit(tx);
    assert_int_equal(backing_of(world, &days).state, CONSENT_STOPPED);
    world_act_as(world, days.bea);
    assert_false(access_may(&world->scope, ACCESS_HARD_BACK, id.value));
}

static void test_the_end_of_the_days_ends_it(void **state) {
    World *world = *state;
    const Days days = days_of(world);
    (void)standing(world, &days, CONSENT_REACH);
    world_wait(world, HARD_TIME);
    hard_watch(&world->scope);
    assert_int_equal(own_of(world, days.bea), 0);
    assert_int_equal(backing_of(world, &days).state, CONSENT_STOPPED);
    assert_int_equal(reach(world, &days), 0);
}

static int64_t mails_of(World *world, PersonId person) {
    Str rows = test_database_rows(
        world->db, world->arena,
        str_c(world->arena, str_print(world->arena, "SELECT COUNT(*) FROM notice WHERE person = %lld",
                                      (long long)person.value)));
    return rows.at[0] - '0';
}

static void test_a_missed_day_is_told(void **state) {
    World *world = *state;
    const Days days = days_of(world);
    (void)standing(world, &days, CONSENT_REACH);
    const int64_t before = mails_of(world, days.bea);
    world_wait(world, 11 * TIME_HOUR);
    hard_watch(&world->scope);
    assert_int_equal(mails_of(world, days.bea), before + 1);
    hard_watch(&world->scope);
    assert_int_equal(mails_of(world, days.bea), before + 1);
}

static void test_forgotten(void **state) {
    World *world = *state;
    const Days days = days_of(world);
    (void)standing(world, &days, CONSENT_REACH);
    Tx *tx = world_begin(world);
    hard_forget(&world->scope, tx, days.bea);
    world_commit(tx);
    assert_int_equal(backing_of(world, &days).state, CONSENT_STOPPED);
    tx = world_begin(world);
    hard_forget(&world->scope, tx, days.pair.receiver);
    world_commit(tx);
    assert_words(test_database_rows(world->db, world->arena,
                                    "SELECT (SELECT COUNT(*) FROM hard), (SELECT COUNT(*) FROM hard_backup)"),
                 "0|0|\n");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_one_yes_after_the_other), IN_A_WORLD(test_what_was_ticked_and_no_more),
        IN_A_WORLD(test_the_consent_ends_it),     IN_A_WORLD(test_who_stands_by_can_stop),
        IN_A_WORLD(test_the_family_can_drop_it),  IN_A_WORLD(test_the_end_of_the_days_ends_it),
        IN_A_WORLD(test_a_missed_day_is_told),    IN_A_WORLD(test_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
