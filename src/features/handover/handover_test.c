/* SPDX-License-Identifier: Apache-2.0 */
/* What an organization is given: exactly what was signed, while it holds, and of it no more to those who
 * coordinate than the family shares with them. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/account/account.h"
#include "features/card/card.h"
#include "features/handover/handover.h"
#include "features/request/request.h"
#include "features/safety/safety.h"
#include "features/sharing/sharing.h"
#include "features/signature/signature.h"
#include "features/signing/signing.h"
#include "handover_sql.h"
#include "platform/zone/zone.h"
#include "test/database.h"
#include "test/feature_pair.h"

typedef struct Family {
    PersonId ana;
    PersonId carla; /* coordinates */
    RequestId request;
} Family;

static Family family(World *world) {
    Family made = {.ana = world_person(world, "ana"), .carla = world_person(world, "carla")};
    world_act_as(world, made.ana);
    made.request = world_ask(world, made.ana, REQUEST_FROM_FORM);
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, made.carla, DUTY_COORDINATOR);
    world_commit(tx);
    world_act_as(world, made.ana);
    return made;
}

static ConsentPaper paper_for(World *world, const Family *made, unsigned items) {
    return (ConsentPaper){.program = world->program,
                          .person = made->ana,
                          .request = made->request,
                          .items = items,
                          .organization = STR("Hill {why} School"),
                          .whom = STR("Ms. Ortiz"),
                          .purpose = CONSENT_FOR_SCHOOL,
                          .why = STR("Back to class"),
                          .until = consent_paper_day(&world->scope, CONSENT_PAPER_DAYS)};
}

static ConsentId give(World *world, const Family *made, unsigned items) {
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin_as(world, made->ana);
    const ConsentPaper paper = paper_for(world, made, items);
    const ConsentId id = consent_on_paper(&world->scope, tx, &paper);
    world_commit(tx);
    return id;
}

static Consent find(World *world, ConsentId id) {
    Consent consent = {0};
    assert_true(consent_find(&world->scope, id, &consent));
    return consent;
}

static bool may(World *world, PersonId person, ConsentId id) {
    world_act_as(world, person);
    return access_may(&world->scope, ACCESS_HANDOVER_READ, id.value);
}

/* What this person finds on the page; 0: it does not open. */
static unsigned on_page(World *world, PersonId person, ConsentId id) {
    Handover handover;
    return may(world, person, id) && handover_find(&world->scope, id, &handover) ? handover.items : 0;
}

static void stop(World *world, PersonId person, ConsentId id) {
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin_as(world, person);
    assert_int_equal(sharing_stop(&world->scope, tx, id), CONSENT_DONE);
    world_commit(tx);
}

static ConsentResult start(World *world, PersonId person, ConsentId id, ConsentId *ret_given) {
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin_as(world, person);
    const ConsentResult result = sharing_start(&world->scope, tx, id, ret_given);
    world_commit(tx);
    return result;
}

static ConsentResult narrow(World *world, PersonId person, ConsentId id, unsigned items,
                            ConsentId *ret_given) {
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin_as(world, person);
    const ConsentResult result = sharing_give_items(&world->scope, tx, id, items, ret_given);
    world_commit(tx);
    return result;
}

static ConsentId asking_of(World *world, PersonId person) {
    const Consents all = consent_list(&world->scope, person);
    for (size_t at = 0; at < all.count; at++) {
        if (all.items[at].to == CONSENT_TO_COORDINATORS) {
            return all.items[at].id;
        }
    }
    fail_msg("nothing is shared with those who coordinate");
    return (ConsentId){0};
}

/* ---- giving ---- */

/* The receipt has the very words; the words that are kept for all have nobody's name in them, and a name is
 * never taken for a mark. */
static void test_the_very_words(void **state) {
    World *world = *state;
    const Family made = family(world);
    const ConsentPaper paper = paper_for(world, &made, CONSENT_WORDS | CONSENT_SUBSTANCE);
    const Str read = consent_paper_words(&world->scope, &paper);
    const Consent consent = find(world, give(world, &made, CONSENT_WORDS | CONSENT_SUBSTANCE));
    assert_true(str_equal(consent.words, read));
    assert_true(str_contains(read, STR("to Hill {why} School, for Ms. Ortiz")));
    assert_true(str_contains(read, STR("Back to class")));
    assert_true(str_contains(read, STR("42 CFR part 2")));
    assert_int_equal(consent.state, CONSENT_LIVING);
    assert_int_equal(consent.items, CONSENT_NAME | CONSENT_WORDS | CONSENT_SUBSTANCE);
    assert_words(consent_to_words(&world->scope, &consent), "Hill {why} School, Ms. Ortiz");
    assert_words(
        test_database_rows(world->db, world->arena,
                           "SELECT COUNT(*) FROM consent_text WHERE words LIKE '%Hill%' OR words LIKE "
                           "'%Ortiz%' OR words LIKE '%Back to%'"),
        "0|\n");
    /* Where marked words stand it says with whom, for what and until when. */
    const Str said = consent_paper_scope_words(&world->scope, &consent);
    assert_true(str_contains(said, STR("ana lets it be given to Hill {why} School, Ms. Ortiz")));
    assert_true(str_contains(said, STR("To plan together at school")));
    /* It opens nothing else: what those who coordinate share by is as it was. */
    assert_int_equal(consent_items_shared(&world->scope, made.request, (PersonId){0}),
                     consent_items_offered(CONSENT_TO_COORDINATORS));
}

/* Nobody there need be named, and nothing need be said besides. */
static void test_nothing_is_said_that_was_not_written(void **state) {
    World *world = *state;
    const Family made = family(world);
    ConsentPaper paper = paper_for(world, &made, CONSENT_WORDS);
    paper.whom = STR("");
    paper.why = STR("");
    const Str read = consent_paper_words(&world->scope, &paper);
    assert_true(str_contains(read, STR("to Hill {why} School, and I may give it myself")));
    assert_false(str_contains(read, STR("In my words")));
    Tx *tx = world_begin(world);
    const ConsentId id = consent_on_paper(&world->scope, tx, &paper);
    world_commit(tx);
    assert_true(str_equal(find(world, id).words, read));
}

static void test_a_year_at_most(void **state) {
    World *world = *state;
    (void)family(world);
    const Scope *scope = &world->scope;
    assert_true(consent_paper_may_last_until(scope, consent_paper_day(scope, 0)));
    assert_true(consent_paper_may_last_until(scope, consent_paper_day(scope, 365)));
    assert_false(consent_paper_may_last_until(scope, consent_paper_day(scope, 366)));
    assert_false(consent_paper_may_last_until(scope, consent_paper_day(scope, -1)));
    assert_false(consent_paper_may_last_until(scope, (Date){0}));
    assert_false(consent_paper_says(CONSENT_NAME | CONSENT_SUBSTANCE));
    assert_true(consent_paper_says(CONSENT_REACH));
    for (int purpose = CONSENT_FOR_FINDING; purpose <= CONSENT_FOR_HEARING; purpose++) {
        const bool is_within = purpose == CONSENT_FOR_FINDING || purpose == CONSENT_FOR_WALKING;
        assert_int_equal(consent_may_be_paper_for((ConsentPurpose)purpose), !is_within);
    }
}

/* ---- who opens it ---- */

/* The family, and those who coordinate while the family shares with them; from the day's end on, nobody. */
static void test_it_opens_while_it_holds(void **state) {
    World *world = *state;
    const Family made = family(world);
    const PersonId mira = world_person(world, "mira");
    const ConsentId id = give(world, &made, CONSENT_WORDS);
    assert_int_equal(on_page(world, made.ana, id), CONSENT_NAME | CONSENT_WORDS);
    assert_int_equal(on_page(world, made.carla, id), CONSENT_NAME | CONSENT_WORDS);
    assert_int_equal(on_page(world, mira, id), 0);
    const Consent consent = find(world, id);
    world->scope.now = consent.until_at;
    assert_int_equal(on_page(world, made.ana, id), 0);
    assert_false(may(world, made.carla, id));
    world->scope.now = time_before(consent.until_at, 1);
    assert_int_equal(on_page(world, made.carla, id), CONSENT_NAME | CONSENT_WORDS);
    const Date last = zone_date(world->scope.zone, world->scope.now);
    const Date wanted = calendar_date(calendar_days(2026, 3, 4) + CONSENT_PAPER_DAYS);
    assert_int_equal(calendar_days(last.year, last.month, last.day),
                     calendar_days(wanted.year, wanted.month, wanted.day));
}

static void test_stopping_closes_it(void **state) {
    World *world = *state;
    const Family made = family(world);
    const ConsentId id = give(world, &made, CONSENT_WORDS);
    stop(world, made.ana, id);
    assert_int_equal(on_page(world, made.ana, id), 0);
    assert_false(may(world, made.carla, id));
    assert_int_equal(consent_list_paper(&world->scope, made.request).count, 0);
    ConsentId again = {0};
    assert_int_equal(start(world, made.ana, id, &again), CONSENT_DONE);
    assert_int_equal(on_page(world, made.carla, again), CONSENT_NAME | CONSENT_WORDS);
    assert_int_equal(find(world, id).state, CONSENT_REPLACED);
    /* A page that was open meanwhile makes no second one, and stops nothing that holds. */
    ConsentId none = {0};
    assert_int_equal(start(world, made.ana, id, &none), CONSENT_ELSEWHERE);
    Tx *tx = world_begin(world);
    assert_int_equal(sharing_stop(&world->scope, tx, id), CONSENT_ELSEWHERE);
    world_commit(tx);
    assert_int_equal(consent_list_paper(&world->scope, made.request).count, 1);
    /* The family shares nothing with those who coordinate any more: its own page stays. */
    stop(world, made.ana, asking_of(world, made.ana));
    assert_false(may(world, made.carla, again));
    assert_int_equal(on_page(world, made.ana, again), CONSENT_NAME | CONSENT_WORDS);
}

/* What both consents name; what was said at a check-in comes with the notes, the card by its own switch. */
static void test_no_more_than_both_share(void **state) {
    World *world = *state;
    const Family made = family(world);
    const unsigned all = consent_items_offered(CONSENT_TO_ORGANIZATION);
    const ConsentId id = give(world, &made, 0);
    assert_int_equal(on_page(world, made.ana, id), all);
    /* No card says yet that those who coordinate may read one. */
    assert_int_equal(on_page(world, made.carla, id), all & ~(unsigned)CONSENT_CARD);
    Tx *tx = world_begin_as(world, made.ana);
    const CardNew card = {.words = {STR("Quiet"), STR(""), STR(""), STR(""), STR("")},
                          .rules = {.zone = STR("UTC"), .for_coordinator = true}};
    card_write(&world->scope, tx, &card, NULL, 0);
    world_commit(tx);
    assert_int_equal(on_page(world, made.carla, id), all);
    ConsentId less = {0};
    assert_int_equal(narrow(world, made.ana, asking_of(world, made.ana), CONSENT_REACH, &less), CONSENT_DONE);
    assert_int_equal(on_page(world, made.carla, id),
                     CONSENT_NAME | CONSENT_WORDS | CONSENT_REACH | CONSENT_CARD | CONSENT_SUBSTANCE);
    Handover handover;
    assert_true(handover_find(&world->scope, id, &handover));
    assert_int_equal(handover.left_out,
                     CONSENT_NOTES | CONSENT_CONTACTS | CONSENT_PROGRESS | CONSENT_CHECKINS);
    assert_int_equal(on_page(world, made.ana, id), all);
}

/* ---- changing it, and its end ---- */

/* Narrowing keeps the day and closes the page before; there is always something on it. */
static void test_narrowing_replaces(void **state) {
    World *world = *state;
    const Family made = family(world);
    const ConsentId id = give(world, &made, CONSENT_WORDS | CONSENT_NOTES);
    ConsentId narrower = {0};
    assert_int_equal(narrow(world, made.ana, id, CONSENT_SUBSTANCE, &narrower), CONSENT_ELSEWHERE);
    const Consent before = find(world, id);
    const Str read = consent_words_of(&world->scope, &before, CONSENT_NOTES);
    assert_int_equal(narrow(world, made.ana, id, CONSENT_NOTES, &narrower), CONSENT_DONE);
    assert_true(str_equal(find(world, narrower).words, read));
    assert_int_equal(on_page(world, made.ana, narrower), CONSENT_NAME | CONSENT_NOTES);
    assert_int_equal(find(world, narrower).until_at.us, find(world, id).until_at.us);
    assert_words(find(world, narrower).why, "Back to class");
    assert_int_equal(find(world, id).state, CONSENT_REPLACED);
    assert_int_equal(on_page(world, made.ana, id), 0);
    assert_false(may(world, made.carla, id));
    assert_int_equal(narrow(world, made.ana, id, CONSENT_WORDS, &narrower), CONSENT_ELSEWHERE);
}

/* A week before the end the person is told, once; one tap, and it goes on for as many days as before. */
static void test_the_end_is_told_and_renewed(void **state) {
    World *world = *state;
    const Family made = family(world);
    const ConsentId id = give(world, &made, CONSENT_WORDS);
    const Consent first = find(world, id);
    world->scope.now = time_before(first.until_at, CONSENT_PAPER_WARNED + TIME_HOUR);
    assert_int_equal(world_told_of_ends(world), 0);
    assert_false(consent_is_ending(&world->scope, &first));
    world_wait(world, 2 * TIME_HOUR);
    assert_int_equal(world_told_of_ends(world), 1);
    assert_int_equal(world_told_of_ends(world), 0);
    assert_true(consent_is_ending(&world->scope, &first));
    const Str read = consent_words_again(&world->scope, &first);
    ConsentId again = {0};
    assert_int_equal(start(world, made.ana, id, &again), CONSENT_DONE);
    const Consent renewed = find(world, again);
    assert_true(str_equal(renewed.words, read));
    assert_int_equal(renewed.items, first.items);
    assert_int_equal(time_between(world->scope.now, renewed.until_at) / TIME_DAY, CONSENT_PAPER_DAYS);
    assert_false(consent_is_ending(&world->scope, &renewed));
    world->scope.now = time_after(first.until_at, 1);
    assert_int_equal(on_page(world, made.carla, again), CONSENT_NAME | CONSENT_WORDS);
}

/* Whatever the row says, going on is for a year at most. */
static void test_going_on_is_a_year_at_most(void **state) {
    World *world = *state;
    const Family made = family(world);
    const ConsentId id = give(world, &made, CONSENT_WORDS);
    Tx *tx = world_begin(world);
    test_database_run(world->db, "UPDATE consent SET until_at = given_at + 40000000000000 WHERE to_kind = 3");
    world_commit(tx);
    ConsentId again = {0};
    assert_int_equal(start(world, made.ana, id, &again), CONSENT_DONE);
    const Scope *scope = &world->scope;
    const Date last = zone_date(scope->zone, find(world, again).until_at);
    const Date most = consent_paper_day(scope, CONSENT_PAPER_DAYS_MOST);
    assert_int_equal(calendar_days(last.year, last.month, last.day),
                     calendar_days(most.year, most.month, most.day));
}

/* What was given for a few days only needs no mail; nor what was stopped. */
static void test_what_is_short_is_not_told(void **state) {
    World *world = *state;
    const Family made = family(world);
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin(world);
    ConsentPaper paper = paper_for(world, &made, CONSENT_WORDS);
    paper.until = consent_paper_day(&world->scope, 3);
    (void)consent_on_paper(&world->scope, tx, &paper);
    world_commit(tx);
    assert_int_equal(world_told_of_ends(world), 0);
    const ConsentId id = give(world, &made, CONSENT_WORDS);
    stop(world, made.ana, id);
    world->scope.now = time_before(find(world, id).until_at, TIME_DAY);
    assert_int_equal(world_told_of_ends(world), 0);
}

/* ---- a young person's ---- */

static GuardianLink link_of(World *world, PersonId person) {
    Tx *tx = world_begin_as(world, person);
    const GuardianLink link = guardian_link_make(&world->scope, tx, world->program, person, false);
    world_commit(tx);
    return link;
}

static void sign(World *world, const GuardianLink *link, PersonId parent) {
    world_wait(world, TIME_HOUR);
    Tx *tx = world_begin_as(world, parent);
    assert_int_equal(signature_give(&world->scope, tx, link, parent, signature_words(&world->scope, link)),
                     SIGNATURE_DONE);
    world_commit(tx);
}

/* A parent signs each page for an organization by itself, and reads what, for whom and what for; what they
 * signed for the way does not reach so far. While that is missing it opens for nobody. */
static void test_a_parent_signs_each(void **state) {
    World *world = *state;
    Family made = {.ana = world_person(world, "kai"), .carla = world_person(world, "carla")};
    const PersonId pat = world_person(world, "pat");
    Tx *tx = world_begin_as(world, made.ana);
    program_duty_give(&world->scope, tx, world->program, made.carla, DUTY_COORDINATOR);
    signing_born_keep(&world->scope, tx, made.ana, (SigningBorn){.year = 2011, .month = 4});
    world_commit(tx);
    made.request = world_ask(world, made.ana, REQUEST_FROM_FORM);
    const GuardianLink first = link_of(world, made.ana);
    sign(world, &first, pat);
    const ConsentId id = give(world, &made, CONSENT_WORDS);
    assert_int_equal(find(world, id).state, CONSENT_PENDING);
    assert_int_equal(on_page(world, made.ana, id), 0);
    assert_false(may(world, made.carla, id));
    assert_int_equal(consent_list_paper(&world->scope, made.request).count, 0);
    ConsentId none = {0};
    assert_int_equal(start(world, made.ana, id, &none), CONSENT_ELSEWHERE);
    /* Narrowed while it waits, the narrower one waits, and no longer the other. */
    ConsentId narrower = {0};
    assert_int_equal(narrow(world, made.ana, id, CONSENT_NOTES, &narrower), CONSENT_DONE);
    const Consents waiting = consent_list_waiting(&world->scope, world->program, made.ana);
    assert_int_equal(waiting.count, 1);
    assert_true(consent_id_equal(waiting.items[0].id, narrower));
    const GuardianLink second = link_of(world, made.ana);
    const Str read = signature_words(&world->scope, &second);
    assert_true(str_contains(read, STR("Hill {why} School, Ms. Ortiz")));
    assert_true(str_contains(read, STR("What was written down about my request")));
    assert_true(str_contains(read, STR("To plan together at school")));
    assert_false(str_contains(read, STR("Back to class")));
    sign(world, &second, pat);
    assert_int_equal(on_page(world, made.ana, narrower), CONSENT_NAME | CONSENT_NOTES);
    assert_int_equal(on_page(world, made.carla, narrower), CONSENT_NAME | CONSENT_NOTES);
    assert_int_equal(consent_list_paper(&world->scope, made.request).count, 1);
    assert_false(may(world, pat, narrower));
}

/* ---- what is read for it ---- */

/* Never what is kept, for whomever; what is marked only where the consent covers it. */
static void test_kept_and_marked_are_not_read(void **state) {
    World *world = *state;
    const Family made = family(world);
    Tx *tx = world_begin(world);
    request_note(&world->scope, tx, made.request, REQUEST_NOTE_LINE, STR("Plain"));
    request_note_part2(&world->scope, tx, made.request, REQUEST_NOTE_LINE, STR("Marked"));
    request_answer(&world->scope, tx, made.request, STR("Kept"), true, false);
    world_commit(tx);
    const HandoverNotesRows without = handover_notes(world->db, made.request, false);
    assert_int_equal(without.count, 1);
    assert_false(without.items[0].words.is_marked);
    const HandoverNotesRows with = handover_notes(world->db, made.request, true);
    assert_int_equal(with.count, 2);
    assert_int_equal(handover_request(world->db, made.request, false).count, 1);
    tx = world_begin(world);
    request_set_part2(tx, made.request, true);
    world_commit(tx);
    assert_int_equal(handover_request(world->db, made.request, false).count, 0);
    assert_int_equal(handover_request(world->db, made.request, true).count, 1);
    tx = world_begin(world);
    request_keep(tx, made.request, true);
    const CardNew card = {.words = {STR("Quiet"), STR("Aunt"), STR(""), STR(""), STR("")},
                          .is_part2 = true,
                          .kept = 1U << CARD_CALL,
                          .rules = {.zone = STR("UTC")}};
    card_write(&world->scope, tx, &card, NULL, 0);
    world_commit(tx);
    assert_int_equal(handover_request(world->db, made.request, true).count, 0);
    assert_int_equal(handover_card(world->db, made.ana, false).count, 0);
    const HandoverCardRows cards = handover_card(world->db, made.ana, true);
    assert_int_equal(cards.count, 1);
    const Words words = scope_words(&world->scope);
    assert_true(str_contains(part2_open_noted(&words, STR("scope"), cards.items[0].safe), STR("Quiet")));
    assert_int_equal(part2_open_noted(&words, STR("scope"), cards.items[0].call).length, 0);
}

/* Ways to reach the family go with what is safe about them, and without the words about safe times, which
 * were written to the program; a way that is not safe does not go at all. */
static void test_words_about_safe_times_stay_here(void **state) {
    World *world = *state;
    const Family made = family(world);
    const Scope *scope = &world->scope;
    const ContactPoint phones[] = {
        {.kind = CONTACT_POINT_PHONE,
         .value = STR("555-0101"),
         .voicemail = SAFE_NO,
         .text = SAFE_YES,
         .safe_times = STR("My husband does not know")},
        {.kind = CONTACT_POINT_PHONE, .value = STR("555-0102")},
    };
    ContactPointId last = {0};
    for (size_t at = 0; at < 2; at++) {
        world_wait(world, TIME_MINUTE);
        Tx *tx = world_begin(world);
        last = account_contact_point_add(scope, tx, made.ana, &phones[at]);
        world_commit(tx);
    }
    Tx *tx = world_begin(world);
    safety_set_unsafe(scope, tx, made.ana, &last, 1);
    world_commit(tx);
    const ContactPoints kept = account_contact_points(scope, made.ana);
    assert_int_equal(kept.count, 3);
    assert_words(kept.items[1].safe_times, "My husband does not know");
    const ContactPoints given = handover_reach(scope, made.ana);
    assert_int_equal(given.count, 2);
    assert_words(given.items[0].value, "ana@example.org");
    assert_words(given.items[1].value, "555-0101");
    assert_int_equal(given.items[1].voicemail, SAFE_NO);
    assert_int_equal(given.items[1].text, SAFE_YES);
    assert_true(str_is_empty(given.items[1].safe_times));
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_the_very_words),
        IN_A_WORLD(test_nothing_is_said_that_was_not_written),
        IN_A_WORLD(test_a_year_at_most),
        IN_A_WORLD(test_it_opens_while_it_holds),
        IN_A_WORLD(test_stopping_closes_it),
        IN_A_WORLD(test_no_more_than_both_share),
        IN_A_WORLD(test_narrowing_replaces),
        IN_A_WORLD(test_the_end_is_told_and_renewed),
        IN_A_WORLD(test_going_on_is_a_year_at_most),
        IN_A_WORLD(test_what_is_short_is_not_told),
        IN_A_WORLD(test_a_parent_signs_each),
        IN_A_WORLD(test_kept_and_marked_are_not_read),
        IN_A_WORLD(test_words_about_safe_times_stay_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
