/* SPDX-License-Identifier: Apache-2.0 */
/* What was written without a signal: once, as its author, at the right time, and kept when it cannot be
 * sent. */
#include "test/unit.h"

#include "features/capture/capture.h"
#include "platform/zone/zone.h"
#include "test/feature_pair.h"

static Str capture_of(World *world, int number) {
    return str_print(world->arena, "capture-%08d", number);
}

static CaptureHead head_of(World *world, CaptureKind kind, MatchId match, int number) {
    return (CaptureHead){.kind = kind,
                         .capture = capture_of(world, number),
                         .author = world->scope.actor,
                         .match = match,
                         .captured_at = time_before(world->scope.now, TIME_MINUTE)};
}

static const ContactLog talked = {.contact = {.kind = CONTACT_VISIT,
                                              .outcome = CONTACT_TALKED,
                                              .minutes = 30,
                                              .support = CONTACT_EMOTIONAL,
                                              .venue = CONTACT_VENUE_SCHOOL,
                                              .travel_minutes = 60},
                                  .promise_day = PROMISE_TOMORROW};

static CaptureResult take(World *world, const CaptureHead *head, const ContactLog *log, Str words) {
    Match match;
    CaptureResult result;
    Tx *tx = world_begin(world);
    if (capture_begin(&world->scope, head, &match, &result)) {
        ContactLog own = log == NULL ? (ContactLog){0} : *log;
        own.contact.match = match.id;
        own.contact.at = head->captured_at;
        own.written_at = head->captured_at;
        result = head->kind == CAPTURE_CONTACT
                     ? capture_contact(&world->scope, tx, head, &match, log == NULL ? NULL : &own, words)
                     : capture_message(&world->scope, tx, head, &match, &(MessageNew){.words = words});
    }
    world_commit(tx);
    return result;
}

static void is(CaptureResult result, CaptureState state, CaptureReason reason) {
    assert_int_equal(result.state, state);
    assert_int_equal(result.reason, reason);
}

static size_t contacts(World *world, MatchId match) {
    return contact_list(&world->scope, match, (ContactId){0}).count;
}

static void test_each_is_stored_once(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world_wait(world, TIME_HOUR);
    const CaptureHead log = head_of(world, CAPTURE_CONTACT, match, 1);
    const CaptureHead words = head_of(world, CAPTURE_MESSAGE, match, 2);
    ContactLog promising = talked;
    promising.promise = STR("I ask the school.");
    assert_false(capture_is_stored(&world->scope, log.capture));
    is(take(world, &log, &promising, STR("")), CAPTURE_STORED, CAPTURE_NO_REASON);
    is(take(world, &words, NULL, STR("I think of you.")), CAPTURE_STORED, CAPTURE_NO_REASON);
    for (int again = 0; again < 3; again++) {
        is(take(world, &log, &promising, STR("")), CAPTURE_KNOWN, CAPTURE_NO_REASON);
        is(take(world, &words, NULL, STR("Something else.")), CAPTURE_KNOWN, CAPTURE_NO_REASON);
    }
    assert_true(capture_is_stored(&world->scope, log.capture));
    assert_int_equal(contacts(world, match), 1);
    assert_int_equal(message_list(&world->scope, match, (MessageId){0}).count, 1);
    const PromisesOwn promises = promise_list_own(&world->scope);
    assert_int_equal(promises.count, 1);
    Contact contact;
    assert_true(contact_find(&world->scope, contact_list(&world->scope, match, (ContactId){0}).items[0].id,
                             &contact));
    assert_int_equal(contact.at.us, log.captured_at.us);
    assert_int_equal(contact.minutes, 30);
    /* Another person's capture of the same bytes is their own. */
    world_act_as(world, pair.receiver);
    assert_false(capture_is_stored(&world->scope, words.capture));
    const CaptureHead theirs = head_of(world, CAPTURE_MESSAGE, match, 2);
    is(take(world, &theirs, NULL, STR("Thank you.")), CAPTURE_STORED, CAPTURE_NO_REASON);
    assert_int_equal(capture_asides(&world->scope).count, 0);
}

static void test_a_promise_counts_from_when_it_was_said(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world_wait(world, TIME_DAY);
    CaptureHead log = head_of(world, CAPTURE_CONTACT, match, 1);
    const int64_t day = date_days(zone_date(world->scope.zone, log.captured_at));
    world_wait(world, 5 * TIME_DAY);
    ContactLog promising = talked;
    promising.promise = STR("I ask the school.");
    is(take(world, &log, &promising, STR("")), CAPTURE_STORED, CAPTURE_NO_REASON);
    const PromisesOwn promises = promise_list_own(&world->scope);
    assert_int_equal(date_days(promises.items[0].due_on), day + 1);
    assert_true(promises.items[0].is_due);
}

static void test_only_as_its_author_and_only_what_may_wait(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    CaptureHead head = head_of(world, CAPTURE_MESSAGE, match, 1);
    world_act_as(world, pair.receiver);
    is(take(world, &head, NULL, STR("Hello.")), CAPTURE_REFUSED, CAPTURE_NOT_AUTHOR);
    head.author = (PersonId){0};
    is(take(world, &head, NULL, STR("Hello.")), CAPTURE_REFUSED, CAPTURE_NOT_AUTHOR);
    head.author = world->scope.actor;
    head.kind = CAPTURE_NEITHER;
    is(take(world, &head, NULL, STR("Hello.")), CAPTURE_REFUSED, CAPTURE_NOT_WAITING);
    head.kind = CAPTURE_CONTACT; /* who receives logs nothing */
    is(take(world, &head, &talked, STR("")), CAPTURE_REFUSED, CAPTURE_ELSEWHERE);
    head.match = (MatchId){match.value + 1};
    is(take(world, &head, &talked, STR("")), CAPTURE_REFUSED, CAPTURE_ELSEWHERE);
    world_act_as(world, pair.coordinator);
    head = head_of(world, CAPTURE_MESSAGE, match, 1);
    is(take(world, &head, NULL, STR("Hello.")), CAPTURE_REFUSED, CAPTURE_ELSEWHERE);
    assert_int_equal(message_list(&world->scope, match, (MessageId){0}).count, 0);
    world_act_as(world, pair.giver);
    assert_int_equal(contacts(world, match), 0);
    assert_int_equal(capture_aside_count(&world->scope), 0);
}

static void test_what_cannot_be_sent_is_kept_for_its_author(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const CaptureHead unfit = head_of(world, CAPTURE_CONTACT, match, 1);
    const CaptureHead empty = head_of(world, CAPTURE_MESSAGE, match, 2);
    const CaptureHead log = head_of(world, CAPTURE_CONTACT, match, 3);
    const CaptureHead words = head_of(world, CAPTURE_MESSAGE, match, 4);
    const CaptureHead late = head_of(world, CAPTURE_MESSAGE, match, 5);
    is(take(world, &unfit, NULL, STR("outcome: sang")), CAPTURE_ASIDE, CAPTURE_UNFIT);
    is(take(world, &empty, NULL, STR(" ")), CAPTURE_ASIDE, CAPTURE_UNFIT);
    world_stop_sharing(world, &pair);
    world_act_as(world, pair.giver);
    is(take(world, &log, &talked, capture_words(&world->scope, &talked)), CAPTURE_ASIDE, CAPTURE_NOT_SHARED);
    is(take(world, &words, NULL, STR("I think of you.")), CAPTURE_ASIDE, CAPTURE_NOT_SHARED);
    Tx *tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    world_wait(world, TIME_MINUTE);
    is(take(world, &late, NULL, STR("One more.")), CAPTURE_ASIDE, CAPTURE_OVER);
    is(take(world, &late, NULL, STR("One more.")), CAPTURE_ASIDE, CAPTURE_OVER);
    assert_int_equal(contacts(world, match), 0);
    const CaptureAsides asides = capture_asides(&world->scope);
    assert_int_equal(asides.count, 5);
    assert_int_equal(capture_aside_count(&world->scope), 5);
    assert_words(asides.items[0].words, "One more.");
    assert_int_equal(asides.items[0].captured_at.us, late.captured_at.us);
    assert_words(asides.items[0].called, "ana");
    size_t told = 0;
    for (size_t at = 0; at < asides.count; at++) {
        told += str_equal(asides.items[at].words,
                          STR("Visit\n30 minutes\nListening\nAt school\n60 minutes on the way\n"));
    }
    assert_int_equal(told, 1);
    world_act_as(world, pair.receiver);
    assert_int_equal(capture_asides(&world->scope).count, 0);
    tx = world_begin(world);
    assert_false(capture_drop(&world->scope, tx, asides.items[0].id));
    world_commit(tx);
}

static void test_what_was_deleted_stays_known(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const CaptureHead empty = head_of(world, CAPTURE_MESSAGE, match, 1);
    is(take(world, &empty, NULL, STR(" ")), CAPTURE_ASIDE, CAPTURE_UNFIT);
    const CaptureAsideId id = capture_asides(&world->scope).items[0].id;
    Tx *tx = world_begin(world);
    assert_true(capture_drop(&world->scope, tx, id));
    assert_false(capture_drop(&world->scope, tx, id));
    world_commit(tx);
    assert_int_equal(capture_asides(&world->scope).count, 0);
    is(take(world, &empty, NULL, STR(" ")), CAPTURE_ASIDE, CAPTURE_UNFIT);
    assert_int_equal(capture_aside_count(&world->scope), 0);
}

static void test_what_was_taken_back_stays_known(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    Tx *tx = world_begin(world);
    message_hours_set(
        &world->scope, tx,
        &(MessageHours){
            .hours = {.kind = SAFETY_ONLY_THEN, .windows = {{.days = 1, .from = 600, .to = 660}}, .count = 1},
            .zone = STR("UTC")});
    world_commit(tx);
    world_act_as(world, pair.receiver);
    const CaptureHead words = head_of(world, CAPTURE_MESSAGE, match, 1);
    is(take(world, &words, NULL, STR("Not like this.")), CAPTURE_STORED, CAPTURE_NO_REASON);
    const Messages list = message_list(&world->scope, match, (MessageId){0});
    assert_int_equal(list.count, 1);
    tx = world_begin(world);
    MatchId from;
    assert_int_equal(message_take_back(&world->scope, tx, list.items[0].id, &from), MESSAGE_TAKEN_BACK);
    world_commit(tx);
    is(take(world, &words, NULL, STR("Not like this.")), CAPTURE_KNOWN, CAPTURE_NO_REASON);
    assert_int_equal(message_list(&world->scope, match, (MessageId){0}).count, 0);
    tx = world_begin(world);
    message_forget(tx, pair.receiver);
    world_commit(tx);
    assert_false(capture_is_stored(&world->scope, words.capture));
}

static void test_forgetting_either_takes_it_along(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const CaptureHead one = head_of(world, CAPTURE_MESSAGE, match, 1);
    const CaptureHead two = head_of(world, CAPTURE_MESSAGE, match, 2);
    is(take(world, &one, NULL, STR("")), CAPTURE_ASIDE, CAPTURE_UNFIT);
    Tx *tx = world_begin(world);
    capture_forget(tx, pair.coordinator);
    world_commit(tx);
    assert_int_equal(capture_aside_count(&world->scope), 1);
    tx = world_begin(world);
    capture_forget(tx, pair.receiver);
    world_commit(tx);
    assert_int_equal(capture_aside_count(&world->scope), 0);
    is(take(world, &two, NULL, STR("")), CAPTURE_ASIDE, CAPTURE_UNFIT);
    tx = world_begin(world);
    capture_forget(tx, pair.giver);
    world_commit(tx);
    assert_int_equal(capture_aside_count(&world->scope), 0);
}

static void test_a_clock_is_set_right(void **state) {
    const World *world = *state;
    const Time now = world->scope.now;
    const Time hour_ago = time_before(now, TIME_HOUR);
    assert_int_equal(capture_moment(&world->scope, now, hour_ago).us, hour_ago.us);
    /* A little off is the way here, not the clock. */
    const Time nearly = time_before(now, CAPTURE_SKEW);
    assert_int_equal(capture_moment(&world->scope, nearly, hour_ago).us, hour_ago.us);
    /* A year behind, or ahead: an hour ago stays an hour ago. */
    const int64_t year = 365 * TIME_DAY;
    assert_int_equal(capture_moment(&world->scope, time_before(now, year), time_before(hour_ago, year)).us,
                     hour_ago.us);
    assert_int_equal(capture_moment(&world->scope, time_after(now, year), time_after(hour_ago, year)).us,
                     hour_ago.us);
    /* Never ahead: the clock was set back since. */
    assert_int_equal(capture_moment(&world->scope, now, time_after(now, TIME_DAY)).us, now.us);
}

static void test_the_phone_is_given_who_shares_and_no_more(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    CaptureWalks walks = capture_walks(&world->scope);
    assert_int_equal(walks.count, 1);
    assert_int_equal(walks.items[0].match.value, match.value);
    assert_words(walks.items[0].called, "ana");
    assert_true(walks.items[0].gives);
    assert_int_equal(capture_programs(&world->scope).count, 1);
    world_act_as(world, pair.receiver);
    walks = capture_walks(&world->scope);
    assert_int_equal(walks.count, 1);
    assert_words(walks.items[0].called, "gloria");
    assert_false(walks.items[0].gives);
    world_act_as(world, pair.coordinator);
    assert_int_equal(capture_walks(&world->scope).count, 0);
    world_stop_sharing(world, &pair);
    assert_int_equal(capture_walks(&world->scope).count, 0);
    world_act_as(world, pair.giver);
    assert_int_equal(capture_walks(&world->scope).count, 0);
    assert_int_equal(capture_programs(&world->scope).count, 0);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_each_is_stored_once),
        IN_A_WORLD(test_a_promise_counts_from_when_it_was_said),
        IN_A_WORLD(test_only_as_its_author_and_only_what_may_wait),
        IN_A_WORLD(test_what_cannot_be_sent_is_kept_for_its_author),
        IN_A_WORLD(test_what_was_deleted_stays_known),
        IN_A_WORLD(test_what_was_taken_back_stays_known),
        IN_A_WORLD(test_forgetting_either_takes_it_along),
        IN_A_WORLD(test_a_clock_is_set_right),
        IN_A_WORLD(test_the_phone_is_given_who_shares_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
