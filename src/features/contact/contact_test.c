/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts: what is logged, how the match follows, and that answers stand beside what was written. */
#include "test/unit.h"

#include "features/contact/contact.h"
#include "test/feature_pair.h"

static ContactId add(World *world, const ContactNew *contact) {
    Tx *tx = world_begin(world);
    ContactId id = contact_add(&world->scope, tx, contact);
    world_commit(tx);
    return id;
}

static Contact contact_of(World *world, ContactId id) {
    Contact contact;
    assert_true(contact_find(&world->scope, id, &contact));
    return contact;
}

static MatchState state_of(World *world, MatchId id) {
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    return match.state;
}

static void test_reaching_someone(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    world_wait(world, TIME_HOUR);
    ContactId id = add(world, &(ContactNew){.match = match,
                                            .kind = CONTACT_VISIT,
                                            .outcome = CONTACT_TALKED,
                                            .minutes = 45,
                                            .support = CONTACT_EMOTIONAL | CONTACT_AFFILIATIONAL,
                                            .line = STR("We talked about mornings.")});
    Contact contact = contact_of(world, id);
    assert_int_equal(contact.kind, CONTACT_VISIT);
    assert_int_equal(contact.minutes, 45);
    assert_int_equal(contact.support, CONTACT_EMOTIONAL | CONTACT_AFFILIATIONAL);
    assert_words(contact.line.hidden_words, "We talked about mornings.");
    assert_words(contact.by_called, "gloria");
    assert_int_equal(contact.at.us, world->scope.now.us);
    assert_int_equal(state_of(world, match), MATCH_WALKING);
}

static void test_trying(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    const ContactOutcome tries[] = {CONTACT_NO_ANSWER, CONTACT_LEFT_MESSAGE, CONTACT_WRONG_NUMBER};
    for (size_t at = 0; at < 3; at++) {
        world_wait(world, TIME_HOUR);
        Contact contact = contact_of(world, add(world, &(ContactNew){.match = match,
                                                                     .kind = CONTACT_CALL,
                                                                     .outcome = tries[at],
                                                                     .minutes = 30,
                                                                     .support = CONTACT_EMOTIONAL}));
        assert_int_equal(contact.outcome, tries[at]);
        assert_int_equal(contact.minutes, 0); /* nobody was reached: no minutes and no support are counted */
        assert_int_equal(contact.support, 0);
    }
    assert_int_equal(state_of(world, match), MATCH_NEW);
}

static void test_where_and_how_far(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time since = world->scope.now;
    world_wait(world, TIME_HOUR);
    const Contact met = contact_of(world, add(world, &(ContactNew){.match = match,
                                                                   .kind = CONTACT_VISIT,
                                                                   .outcome = CONTACT_TALKED,
                                                                   .minutes = 45,
                                                                   .venue = CONTACT_VENUE_SCHOOL,
                                                                   .travel_minutes = 60}));
    assert_int_equal(met.venue, CONTACT_VENUE_SCHOOL);
    assert_int_equal(met.travel_minutes, 60);
    world_wait(world, TIME_HOUR);
    /* Nobody was at home: the way was as long. */
    add(world, &(ContactNew){.match = match,
                             .kind = CONTACT_VISIT,
                             .outcome = CONTACT_NO_ANSWER,
                             .minutes = 30,
                             .travel_minutes = 15});
    const ContactTime time = contact_time_since(&world->scope, pair.giver, since);
    assert_int_equal(time.minutes, 45);
    assert_int_equal(time.travel_minutes, 75);
    assert_int_equal(contact_time_since(&world->scope, pair.receiver, since).minutes, 0);
    assert_int_equal(contact_time_since(&world->scope, pair.giver, world->scope.now).minutes, 0);
    for (ContactVenue venue = CONTACT_VENUE_HOME; venue <= CONTACT_VENUE_OFFICE; venue++) {
        assert_int_not_equal(contact_venue_text(venue), TEXT_NONE);
    }
    assert_int_equal(contact_venue_text(CONTACT_VENUE_NONE), TEXT_NONE);
}

static void test_never_ahead_of_time(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    Time later = time_after(world->scope.now, TIME_WEEK);
    ContactNew contact = {
        .match = match, .kind = CONTACT_CALL, .outcome = CONTACT_TALKED, .minutes = 5, .at = later};
    assert_int_equal(contact_of(world, add(world, &contact)).at.us, world->scope.now.us);
}

static void answer(World *world, ContactId contact, PersonId person, Str words) {
    world_act_as(world, person);
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin(world);
    contact_answer(&world->scope, tx, contact, words, false, false);
    world_commit(tx);
}

static void test_answers_stand_beside(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    ContactNew contact = {.match = match, .kind = CONTACT_CALL, .outcome = CONTACT_TALKED, .minutes = 15};
    contact.line = STR("He slept well.");
    ContactId first = add(world, &contact);
    world_wait(world, TIME_DAY);
    contact.line = STR("A short call.");
    ContactId second = add(world, &contact);
    answer(world, first, pair.receiver, STR("He did not."));
    answer(world, first, pair.giver, STR("You are right."));
    answer(world, second, pair.receiver, STR("Thank you."));

    Contacts list = contact_list(&world->scope, match, TIME_NONE);
    assert_int_equal(list.count, 2);
    assert_false(list.has_older);
    assert_true(contact_id_equal(list.items[0].id, second));
    assert_int_equal(list.items[0].answers.count, 1);
    assert_words(list.items[0].answers.items[0].words.hidden_words, "Thank you.");
    assert_words(list.items[1].line.hidden_words, "He slept well.");
    assert_int_equal(list.items[1].answers.count, 2);
    assert_words(list.items[1].answers.items[0].words.hidden_words, "He did not.");
    assert_words(list.items[1].answers.items[0].by_called, "ana");
    assert_words(list.items[1].answers.items[1].words.hidden_words, "You are right.");
}

static void test_pages(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    ContactId last = {0};
    for (int64_t at = 0; at < CONTACT_PAGE * 2 + 5; at++) {
        world_wait(world, TIME_HOUR);
        last =
            add(world,
                &(ContactNew){.match = match, .kind = CONTACT_TEXT, .outcome = CONTACT_TALKED, .minutes = 5});
    }
    Time before = TIME_NONE;
    Time seen = time_after(world->scope.now, 1);
    size_t total = 0;
    for (size_t page = 0; page < 3; page++) {
        Contacts list = contact_list(&world->scope, match, before);
        assert_int_equal(list.count, page < 2 ? CONTACT_PAGE : 5);
        assert_int_equal(list.has_older, page < 2);
        assert_true(page > 0 || contact_id_equal(list.items[0].id, last));
        for (size_t at = 0; at < list.count; at++) {
            assert_true(time_is_before(list.items[at].at, seen));
            seen = list.items[at].at;
        }
        total += list.count;
        before = seen;
    }
    assert_int_equal(total, CONTACT_PAGE * 2 + 5);
    assert_int_equal(contact_list(&world->scope, match, before).count, 0);
}

/* A line that tells of substance use is marked, and so is whatever is written beside it. */
static void test_a_marked_line(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    ContactNew contact = {.match = match, .kind = CONTACT_CALL, .outcome = CONTACT_TALKED, .minutes = 15};
    contact.line = STR("A short call.");
    ContactId plain = add(world, &contact);
    world_wait(world, TIME_DAY);
    contact.line = STR("Sober since May.");
    contact.is_part2 = true;
    ContactId marked = add(world, &contact);
    answer(world, plain, pair.receiver, STR("Yes."));
    answer(world, marked, pair.receiver, STR("Since April."));
    Contacts list = contact_list(&world->scope, match, TIME_NONE);
    assert_true(list.items[0].line.is_marked && list.items[0].answers.items[0].words.is_marked);
    assert_false(list.items[1].line.is_marked || list.items[1].answers.items[0].words.is_marked);
    assert_true(contact_of(world, marked).line.is_marked);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reaching_someone, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_trying, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_where_and_how_far, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_never_ahead_of_time, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_answers_stand_beside, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_pages, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_marked_line, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
