/* SPDX-License-Identifier: Apache-2.0 */
/* Words between two people: who reads them, in which order, once however often sent, and the mail. */
#include "test/unit.h"

#include "features/message/message.h"
#include "message_sql.h"
#include "platform/jobs/jobs.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static MessageResult send(World *world, PersonId person, MatchId match, const MessageNew *message,
                          MessageSent *ret_sent) {
    Tx *tx = world_begin_as(world, person);
    const MessageResult result = message_send(&world->scope, tx, match, message, ret_sent);
    world_commit(tx);
    return result;
}

static MessageResult say(World *world, PersonId person, MatchId match, const char *words) {
    MessageSent sent;
    return send(world, person, match, &(MessageNew){.words = str_of(words), .capture = STR_NONE}, &sent);
}

static Messages seen_by(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    return message_list(&world->scope, match, (MessageId){0});
}

static int64_t unread_by(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    const MessageNewsList news = message_news(&world->scope);
    const int64_t unread = message_unread(&world->scope, match);
    assert_int_equal(news.count, unread > 0 ? 1 : 0);
    assert_int_equal(unread, news.count == 0 ? 0 : news.items[0].count);
    return unread;
}

static void reads(World *world, PersonId person, MatchId match, Time until) {
    Tx *tx = world_begin_as(world, person);
    message_seen(&world->scope, tx, match, until);
    world_commit(tx);
}

static void end(World *world, PersonId person, MatchId match) {
    Tx *tx = world_begin_as(world, person);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
}

static void test_the_two_read_and_nobody_else(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(say(world, pair.receiver, match, "Good morning."), MESSAGE_SENT);
    world_wait(world, TIME_MINUTE);
    assert_int_equal(say(world, pair.giver, match, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x8c\xb1"),
                     MESSAGE_SENT);
    const PersonId two[] = {pair.receiver, pair.giver};
    for (size_t at = 0; at < 2; at++) {
        const Messages list = seen_by(world, two[at], match);
        assert_int_equal(list.count, 2);
        assert_false(list.has_older);
        assert_words(list.items[0].words.hidden_words, "Good morning.");
        assert_words(list.items[0].by_called, "ana");
        assert_words(list.items[1].words.hidden_words, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x8c\xb1");
        assert_int_equal(list.items[0].is_new, at == 1);
        assert_int_equal(list.items[1].is_new, at == 0);
    }
    assert_int_equal(seen_by(world, pair.coordinator, match).count, 0);
    assert_int_equal(unread_by(world, pair.coordinator, match), 0);
    assert_int_equal(say(world, pair.coordinator, match, "Hello."), MESSAGE_ELSEWHERE);
    assert_int_equal(say(world, pair.giver, (MatchId){match.value + 1}, "Hello."), MESSAGE_ELSEWHERE);
}

static void test_only_fit_words(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    char long_words[MESSAGE_CHARACTERS + 2];
    memset(long_words, 'a', sizeof long_words);
    long_words[MESSAGE_CHARACTERS + 1] = '\0';
    assert_int_equal(say(world, pair.giver, match, long_words), MESSAGE_UNFIT);
    long_words[MESSAGE_CHARACTERS] = '\0';
    assert_int_equal(say(world, pair.giver, match, long_words), MESSAGE_SENT);
    assert_int_equal(say(world, pair.giver, match, " \n"), MESSAGE_UNFIT);
    assert_int_equal(seen_by(world, pair.receiver, match).count, 1);
}

static void test_one_page_after_another(void **state) {
    enum { MANY = MESSAGE_PAGE + 5 };
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    for (int at = 0; at < MANY; at++) {
        assert_int_equal(say(world, at % 2 == 0 ? pair.giver : pair.receiver, match, "Words."), MESSAGE_SENT);
    }
    const Messages newest = seen_by(world, pair.receiver, match);
    assert_int_equal(newest.count, MESSAGE_PAGE);
    assert_true(newest.has_older);
    const Messages older = message_list(&world->scope, match, newest.items[0].id);
    assert_int_equal(older.count, MANY - MESSAGE_PAGE);
    assert_false(older.has_older);
    for (size_t at = 0; at < older.count; at++) {
        for (size_t other = 0; other < newest.count; other++) {
            assert_false(message_id_equal(older.items[at].id, newest.items[other].id));
        }
    }
}

static void test_unread_until_said(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(unread_by(world, pair.giver, match), 0);
    assert_int_equal(say(world, pair.receiver, match, "One."), MESSAGE_SENT);
    const Time first = world->scope.now;
    world_wait(world, TIME_MINUTE);
    assert_int_equal(say(world, pair.receiver, match, "Two."), MESSAGE_SENT);
    assert_int_equal(unread_by(world, pair.giver, match), 2);
    assert_int_equal(unread_by(world, pair.receiver, match), 0);
    reads(world, pair.giver, match, first);
    assert_int_equal(unread_by(world, pair.giver, match), 1);
    reads(world, pair.giver, match, (Time){INT64_MAX});
    assert_int_equal(unread_by(world, pair.giver, match), 0);
    reads(world, pair.giver, match, first); /* what was read stays read */
    assert_int_equal(unread_by(world, pair.giver, match), 0);
    world_wait(world, TIME_MINUTE); /* and nothing that comes later is */
    assert_int_equal(say(world, pair.receiver, match, "Three."), MESSAGE_SENT);
    assert_int_equal(unread_by(world, pair.giver, match), 1);
}

static void test_sent_again_is_one(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const MessageNew message = {.words = STR("From the bus."), .capture = STR("0123456789abcdef")};
    MessageSent first = {0}, again = {0}, other = {0};
    assert_int_equal(send(world, pair.giver, match, &message, &first), MESSAGE_SENT);
    world_wait(world, TIME_HOUR);
    assert_int_equal(send(world, pair.giver, match, &message, &again), MESSAGE_SENT);
    assert_true(message_id_equal(first.id, again.id));
    assert_int_equal(again.reaches_at.us, first.reaches_at.us);
    /* The same bytes of somebody else are their own. */
    assert_int_equal(send(world, pair.receiver, match, &message, &other), MESSAGE_SENT);
    assert_false(message_id_equal(first.id, other.id));
    assert_int_equal(send(world, pair.giver, (MatchId){1}, &message, &other), MESSAGE_ELSEWHERE);
    assert_int_equal(seen_by(world, pair.receiver, match).count, 2);
    end(world, pair.receiver, match);
    assert_int_equal(send(world, pair.giver, match, &message, &again), MESSAGE_SENT);
    assert_true(message_id_equal(first.id, again.id));
}

static Time captured_of(World *world, const Pair *pair, MatchId match, Time said) {
    MessageSent sent;
    const MessageNew message = {.words = STR("Later."), .capture = STR_NONE, .captured_at = said};
    assert_int_equal(send(world, pair->giver, match, &message, &sent), MESSAGE_SENT);
    const Messages list = seen_by(world, pair->giver, match);
    for (size_t at = 0; at < list.count; at++) {
        if (message_id_equal(list.items[at].id, sent.id)) {
            assert_int_equal(list.items[at].reaches_at.us, world->scope.now.us);
            return list.items[at].captured_at;
        }
    }
    fail_msg("%s", "what was sent is not there");
    return TIME_NONE;
}

static void test_clocks_that_are_wrong(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time began = world->scope.now;
    world_wait(world, TIME_DAY);
    const Time now = world->scope.now;
    assert_int_equal(captured_of(world, &pair, match, TIME_NONE).us, now.us);
    assert_int_equal(captured_of(world, &pair, match, time_after(now, TIME_HOUR)).us, now.us);
    assert_int_equal(captured_of(world, &pair, match, time_before(now, TIME_HOUR)).us,
                     time_before(now, TIME_HOUR).us);
    assert_int_equal(captured_of(world, &pair, match, time_before(began, TIME_HOUR)).us, began.us);
}

static void test_only_while_they_share(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(say(world, pair.receiver, match, "Hello."), MESSAGE_SENT);
    assert_int_equal(unread_by(world, pair.giver, match), 1);
    world_stop_sharing(world, &pair);
    assert_int_equal(seen_by(world, pair.giver, match).count, 0);
    assert_int_equal(unread_by(world, pair.giver, match), 0);
    assert_int_equal(seen_by(world, pair.receiver, match).count, 1);
    const PersonId two[] = {pair.receiver, pair.giver};
    for (size_t at = 0; at < 2; at++) {
        assert_int_equal(say(world, two[at], match, "Are you there?"), MESSAGE_NOT_SHARED);
    }
}

static void test_after_the_end_it_stays_with_the_receiver(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(say(world, pair.giver, match, "Hello."), MESSAGE_SENT);
    assert_int_equal(say(world, pair.receiver, match, "Hello too."), MESSAGE_SENT);
    end(world, pair.giver, match);
    assert_int_equal(seen_by(world, pair.giver, match).count, 0);
    assert_int_equal(unread_by(world, pair.giver, match), 0);
    assert_int_equal(seen_by(world, pair.receiver, match).count, 2);
    assert_int_equal(unread_by(world, pair.receiver, match), 1);
    const PersonId two[] = {pair.receiver, pair.giver};
    for (size_t at = 0; at < 2; at++) {
        assert_int_equal(say(world, two[at], match, "One more."), MESSAGE_OVER);
    }
}

static void test_a_mark_stays_with_the_words(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    MessageSent sent;
    const MessageNew message = {
        .words = STR("The meeting is at six."), .is_part2 = true, .capture = STR_NONE};
    assert_int_equal(send(world, pair.giver, match, &message, &sent), MESSAGE_SENT);
    assert_true(seen_by(world, pair.giver, match).items[0].words.is_marked);
}

static int64_t mails(World *world) {
    message_tell(&world->scope);
    return jobs_left(world->db).waiting;
}

static void test_one_mail_until_read(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const int64_t before = mails(world);
    assert_int_equal(say(world, pair.receiver, match, "One."), MESSAGE_SENT);
    assert_int_equal(mails(world), before); /* who reads along gets none */
    world_wait(world, MESSAGE_TOLD_AFTER);
    assert_int_equal(mails(world), before + 1);
    assert_int_equal(say(world, pair.receiver, match, "Two."), MESSAGE_SENT);
    world_wait(world, TIME_DAY);
    assert_int_equal(mails(world), before + 1);
    reads(world, pair.giver, match, world->scope.now);
    world_wait(world, TIME_MINUTE);
    assert_int_equal(say(world, pair.receiver, match, "Three."), MESSAGE_SENT);
    reads(world, pair.giver, match, world->scope.now);
    world_wait(world, TIME_DAY);
    assert_int_equal(mails(world), before + 1); /* read in time */
    assert_int_equal(say(world, pair.receiver, match, "Four."), MESSAGE_SENT);
    world_wait(world, MESSAGE_TOLD_AFTER);
    assert_int_equal(mails(world), before + 2);
}

static void test_no_mail_about_what_one_may_not_read(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(say(world, pair.receiver, match, "One."), MESSAGE_SENT);
    world_stop_sharing(world, &pair);
    const int64_t before = jobs_left(world->db).waiting;
    world_wait(world, TIME_HOUR);
    assert_int_equal(mails(world), before);
}

/* Nine to five by the clock of New York, where the world's day begins at ten. */
static void rests_at_night(World *world, PersonId person) {
    world_act_as(world, person);
    const MessageHours hours = {.hours = {.kind = SAFETY_ONLY_THEN,
                                          .windows = {{.days = 0x7f, .from = 9 * 60, .to = 17 * 60}},
                                          .count = 1},
                                .zone = STR("America/New_York")};
    Tx *tx = world_begin(world);
    message_hours_set(&world->scope, tx, &hours);
    world_commit(tx);
    assert_int_equal(message_hours(&world->scope).hours.count, 1);
}

static MessageBack take_back(World *world, PersonId person, MessageId id) {
    MatchId match = {0};
    Tx *tx = world_begin_as(world, person);
    const MessageBack result = message_take_back(&world->scope, tx, id, &match);
    world_commit(tx);
    return result;
}

static void test_words_wait_while_the_giver_rests(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    rests_at_night(world, pair.giver);
    assert_true(time_is_none(message_rests_until(&world->scope, &match)));
    world_wait(world, 10 * TIME_HOUR);
    const Time morning = time_after(world->scope.now, 13 * TIME_HOUR);
    assert_int_equal(message_rests_until(&world->scope, &match).us, morning.us);
    MessageSent sent = {0}, again = {0};
    const MessageNew late = {.words = STR("He hit the wall."), .capture = STR("0123456789abcdef")};
    assert_int_equal(send(world, pair.receiver, id, &late, &sent), MESSAGE_WAITS);
    assert_int_equal(sent.reaches_at.us, morning.us);
    assert_int_equal(send(world, pair.receiver, id, &late, &again), MESSAGE_WAITS);
    assert_true(message_id_equal(sent.id, again.id));
    assert_int_equal(seen_by(world, pair.receiver, id).count, 1);
    assert_int_equal(seen_by(world, pair.giver, id).count, 0);
    assert_int_equal(unread_by(world, pair.giver, id), 0);
    const int64_t before = mails(world);
    world_wait(world, TIME_HOUR);
    assert_int_equal(mails(world), before);
    /* What the giver writes is there at once, and above what waits. */
    assert_int_equal(say(world, pair.giver, id, "Good night."), MESSAGE_SENT);
    assert_words(seen_by(world, pair.receiver, id).items[1].words.hidden_words, "He hit the wall.");
    world_wait(world, 12 * TIME_HOUR);
    assert_int_equal(unread_by(world, pair.giver, id), 1);
    assert_int_equal(send(world, pair.receiver, id, &late, &again), MESSAGE_SENT);
    assert_int_equal(take_back(world, pair.receiver, sent.id), MESSAGE_STAYS);
}

static void test_what_waits_can_be_taken_back(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    rests_at_night(world, pair.giver);
    world_wait(world, 10 * TIME_HOUR);
    MessageSent sent = {0};
    const MessageNew late = {.words = STR("Not like this."), .is_part2 = true, .capture = STR_NONE};
    assert_int_equal(send(world, pair.receiver, match, &late, &sent), MESSAGE_WAITS);
    assert_int_equal(take_back(world, pair.giver, sent.id), MESSAGE_STAYS);
    assert_int_equal(take_back(world, pair.receiver, (MessageId){1}), MESSAGE_STAYS);
    assert_int_equal(take_back(world, pair.receiver, sent.id), MESSAGE_TAKEN_BACK);
    assert_int_equal(take_back(world, pair.receiver, sent.id), MESSAGE_STAYS);
    assert_int_equal(seen_by(world, pair.receiver, match).count, 0);
    const int64_t before = mails(world);
    world_wait(world, TIME_DAY);
    assert_int_equal(mails(world), before); /* and nobody is told of it */
}

static void test_no_hours_keep_words_for_good(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world_act_as(world, pair.giver);
    assert_words(message_hours(&world->scope).zone, "America/New_York");
    const MessageHours wrong[] = {
        {.hours = {.kind = SAFETY_NEVER}, .zone = STR("America/New_York")},
        {.hours = {.kind = SAFETY_NEVER}, .zone = STR("Nowhere")},
        {.hours = {.kind = SAFETY_ANY_TIME}, .zone = STR("America/New_York")},
    };
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        Tx *tx = world_begin_as(world, pair.giver);
        message_hours_set(&world->scope, tx, &wrong[at]);
        world_commit(tx);
        assert_int_equal(say(world, pair.receiver, match, "Hello."), MESSAGE_SENT);
    }
    Tx *tx = world_begin(world);
    message_forget(tx, pair.giver);
    world_commit(tx);
    world_act_as(world, pair.receiver);
    assert_words(message_hours(&world->scope).zone, "UTC");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_the_two_read_and_nobody_else),
        IN_A_WORLD(test_only_fit_words),
        IN_A_WORLD(test_one_page_after_another),
        IN_A_WORLD(test_unread_until_said),
        IN_A_WORLD(test_sent_again_is_one),
        IN_A_WORLD(test_clocks_that_are_wrong),
        IN_A_WORLD(test_only_while_they_share),
        IN_A_WORLD(test_after_the_end_it_stays_with_the_receiver),
        IN_A_WORLD(test_a_mark_stays_with_the_words),
        IN_A_WORLD(test_one_mail_until_read),
        IN_A_WORLD(test_no_mail_about_what_one_may_not_read),
        IN_A_WORLD(test_words_wait_while_the_giver_rests),
        IN_A_WORLD(test_what_waits_can_be_taken_back),
        IN_A_WORLD(test_no_hours_keep_words_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
