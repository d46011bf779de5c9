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
    const ContactTime time = contact_time(&world->scope, pair.giver, since, TIME_NONE);
    assert_int_equal(time.minutes, 45);
    assert_int_equal(time.travel_minutes, 75);
    assert_int_equal(contact_time(&world->scope, pair.receiver, since, TIME_NONE).minutes, 0);
    assert_int_equal(contact_time(&world->scope, pair.giver, world->scope.now, TIME_NONE).minutes, 0);
    for (ContactVenue venue = CONTACT_VENUE_HOME; venue <= CONTACT_VENUE_OFFICE; venue++) {
        assert_int_not_equal(contact_venue_text(venue), TEXT_NONE);
    }
    assert_int_equal(contact_venue_text(CONTACT_VENUE_NONE), TEXT_NONE);
}

/* The same giver walks with one more family, called fay. */
static MatchId second_walk(World *world, const Pair *pair, Pair *ret_second) {
    *ret_second = *pair;
    ret_second->receiver = world_person(world, "fay");
    ret_second->request = world_ask(world, ret_second->receiver, REQUEST_FROM_FORM);
    ret_second->invitation = world_invite(world, ret_second->request, pair->offer, pair->coordinator);
    return world_accept(world, ret_second);
}

static ListItemId activity(World *world, const char *words) {
    return world_item(world, LIST_ACTIVITY, words);
}

static ContactResult log_together(World *world, MatchId match, Time at, const MatchId *others, size_t count) {
    const ListItemId done = activity(world, "Met other families");
    Match first;
    assert_true(match_find(&world->scope, match, &first));
    Tx *tx = world_begin(world);
    const ContactResult result =
        contact_log(&world->scope, tx, &first,
                    &(ContactLog){.contact = {.match = match,
                                              .kind = CONTACT_VISIT,
                                              .outcome = CONTACT_TALKED,
                                              .minutes = 60,
                                              .support = CONTACT_AFFILIATIONAL,
                                              .done = {.items = &done, .count = 1},
                                              .venue = CONTACT_VENUE_OUT,
                                              .travel_minutes = 30,
                                              .line = STR("Ana wants to come again."),
                                              .at = at},
                                  .others = {.items = others, .count = count}});
    world_commit(tx);
    return result;
}

static void test_several_people_in_one_contact(void **state) {
    World *world = *state;
    Pair pair;
    Pair second;
    const MatchId match = world_match(world, &pair);
    const Time before = world->scope.now;
    world_wait(world, TIME_DAY);
    const MatchId other = second_walk(world, &pair, &second);
    world_wait(world, TIME_HOUR);
    Match first;
    assert_true(match_find(&world->scope, match, &first));
    const ContactOtherList others = contact_others(&world->scope, &first);
    assert_int_equal(others.count, 1);
    assert_int_equal(others.items[0].match.value, other.value);
    assert_words(others.items[0].called, "fay");
    assert_int_equal(log_together(world, match, before, &other, 1), CONTACT_TOO_EARLY);
    assert_int_equal(contact_list(&world->scope, match, (ContactId){0}).count, 0);

    assert_int_equal(log_together(world, match, TIME_NONE, &other, 1), CONTACT_LOGGED);
    const Contact in_first = contact_list(&world->scope, match, (ContactId){0}).items[0];
    assert_true(in_first.has_others);
    assert_words(in_first.line.hidden_words, "Ana wants to come again.");
    /* What was said of one family does not stand in the walk of another. */
    world_act_as(world, second.receiver);
    const Contact in_other = contact_list(&world->scope, other, (ContactId){0}).items[0];
    assert_true(in_other.has_others);
    assert_int_equal(in_other.minutes, 60);
    assert_int_equal(in_other.travel_minutes, 0);
    assert_words(in_other.line.hidden_words, "");
    assert_int_equal(in_other.activities.count, 1);
    assert_words(in_other.activities.items[0].hidden_words, "Met other families");
    assert_int_equal(state_of(world, other), MATCH_WALKING);
    /* An hour with two families is an hour. */
    const ContactTime time = contact_time(&world->scope, pair.giver, before, TIME_NONE);
    assert_int_equal(time.talks, 1);
    assert_int_equal(time.minutes, 60);
    assert_int_equal(time.travel_minutes, 30);
}

static void test_what_was_done(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const ListItemId form = activity(world, "Filled in a form");
    const ListItemId form_of_time = program_items(&world->scope, world->program, LIST_TIME).items[0].id;
    const ListItemId done[] = {activity(world, "Practiced what to say"), form, form, form_of_time, {99}};
    ContactNew contact = {.match = match,
                          .kind = CONTACT_VISIT,
                          .outcome = CONTACT_TALKED,
                          .minutes = 30,
                          .done = {.items = done, .count = 5}};
    world_wait(world, TIME_HOUR);
    const ContactId both = add(world, &contact);
    world_wait(world, TIME_HOUR);
    contact.outcome = CONTACT_NO_ANSWER;
    assert_int_equal(contact_of(world, add(world, &contact)).activities.count, 0);
    world_wait(world, TIME_HOUR);
    contact.outcome = CONTACT_TALKED;
    contact.done = (ContactDone){.items = &form, .count = 1};
    add(world, &contact);

    /* Each once, in the program's order; a name that changed is the new one, and a retired one stays. */
    ListItemEdit edit;
    assert_true(program_item_read(&world->scope, world->program, LIST_ACTIVITY, form, &edit));
    edit.words[LANG_EN] = STR("Filled in papers");
    edit.is_retired = true;
    edit.is_part2 = true;
    Tx *tx = world_begin(world);
    program_item_change(&world->scope, tx, world->program, LIST_ACTIVITY, form, &edit);
    world_commit(tx);
    world_act_as(world, pair.receiver);
    const Contacts list = contact_list(&world->scope, match, (ContactId){0});
    assert_int_equal(list.count, 3);
    assert_int_equal(list.items[0].activities.count, 1);
    assert_words(list.items[0].activities.items[0].hidden_words, "Filled in papers");
    assert_true(list.items[0].activities.items[0].is_marked);
    assert_int_equal(list.items[1].activities.count, 0);
    assert_int_equal(list.items[2].activities.count, 2);
    assert_words(list.items[2].activities.items[0].hidden_words, "Practiced what to say");
    assert_false(list.items[2].activities.items[0].is_marked);
    world->scope.lang = LANG_ES;
    const Contact one = contact_of(world, both);
    assert_int_equal(one.activities.count, 2);
    assert_words(one.activities.items[1].hidden_words, "Llenamos un formulario");

    tx = world_begin(world);
    contact_forget(tx, pair.receiver);
    world_commit(tx);
    assert_int_equal(contact_of(world, both).activities.count, 0);
}

static void test_several_people_all_or_nothing(void **state) {
    World *world = *state;
    Pair pair;
    Pair second;
    const MatchId match = world_match(world, &pair);
    const MatchId other = second_walk(world, &pair, &second);
    world_wait(world, TIME_HOUR);
    world_stop_sharing(world, &second);
    world_act_as(world, pair.giver);
    Match first;
    assert_true(match_find(&world->scope, match, &first));
    assert_int_equal(contact_others(&world->scope, &first).count, 0);
    assert_int_equal(log_together(world, match, TIME_NONE, &other, 1), CONTACT_NOT_SHARED);
    const MatchId stranger = {12345};
    assert_int_equal(log_together(world, match, TIME_NONE, &stranger, 1), CONTACT_ELSEWHERE);
    assert_int_equal(contact_list(&world->scope, match, (ContactId){0}).count, 0);
}

/* A page offers each of the others once, and not the walk itself: a form may be forged. */
static void test_several_people_each_once(void **state) {
    World *world = *state;
    Pair pair;
    Pair second;
    const MatchId match = world_match(world, &pair);
    const MatchId other = second_walk(world, &pair, &second);
    world_wait(world, TIME_HOUR);
    assert_int_equal(log_together(world, match, TIME_NONE, &match, 1), CONTACT_ELSEWHERE);
    const MatchId own[] = {other, match};
    assert_int_equal(log_together(world, match, TIME_NONE, own, 2), CONTACT_ELSEWHERE);
    const MatchId twice[] = {other, other};
    assert_int_equal(log_together(world, match, TIME_NONE, twice, 2), CONTACT_ELSEWHERE);
    assert_int_equal(contact_list(&world->scope, match, (ContactId){0}).count, 0);
    assert_int_equal(contact_list(&world->scope, other, (ContactId){0}).count, 0);
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

    Contacts list = contact_list(&world->scope, match, (ContactId){0});
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
    for (int64_t at = 0; at < CONTACT_PAGE * 2 + 5; at++) {
        /* Two by two at the same moment, as phones may say. */
        world_wait(world, at % 2 == 0 ? TIME_HOUR : 0);
        const ContactId id =
            add(world,
                &(ContactNew){.match = match, .kind = CONTACT_TEXT, .outcome = CONTACT_TALKED, .minutes = 5});
        answer(world, id, pair.receiver, STR("Yes."));
        world_act_as(world, pair.giver);
    }
    ContactId before = {0};
    Time seen = time_after(world->scope.now, 1);
    size_t total = 0;
    for (size_t page = 0; page < 3; page++) {
        Contacts list = contact_list(&world->scope, match, before);
        assert_int_equal(list.count, page < 2 ? CONTACT_PAGE : 5);
        assert_int_equal(list.has_older, page < 2);
        for (size_t at = 0; at < list.count; at++) {
            assert_int_equal(list.items[at].answers.count, 1);
            const bool is_same = list.items[at].at.us == seen.us;
            assert_true(is_same ? list.items[at].id.value < before.value
                                : time_is_before(list.items[at].at, seen));
            seen = list.items[at].at;
            before = list.items[at].id;
        }
        total += list.count;
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
    Contacts list = contact_list(&world->scope, match, (ContactId){0});
    assert_true(list.items[0].line.is_marked && list.items[0].answers.items[0].words.is_marked);
    assert_false(list.items[1].line.is_marked || list.items[1].answers.items[0].words.is_marked);
    assert_true(contact_of(world, marked).line.is_marked);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reaching_someone, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_trying, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_where_and_how_far, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_what_was_done, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_several_people_in_one_contact, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_several_people_all_or_nothing, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_several_people_each_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_never_ahead_of_time, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_answers_stand_beside, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_pages, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_marked_line, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
