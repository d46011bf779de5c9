/* SPDX-License-Identifier: Apache-2.0 */
/* A mother who lives on text messages: what she can do, and what nobody can do in her name. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/contact/contact.h"
#include "features/heard/heard.h"
#include "features/meeting/meeting.h"
#include "features/message/message.h"
#include "features/textline/textline.h"
#include "features/youth/youth.h"
#include "test/feature_pair.h"

#define PHONE "+12065550111"

static int texts_written; /* each has a name of its own */

static PersonId with_phone(World *world, const char *name, Safe text) {
    Tx *tx = world_begin(world);
    const PersonId person = account_person_add(&world->scope, tx, str_of(name), LANG_EN);
    (void)account_contact_point_add(&world->scope, tx, person,
                                    &(ContactPoint){.kind = CONTACT_POINT_PHONE,
                                                    .value = STR("(206) 555-0111"),
                                                    .voicemail = SAFE_NOT_SAID,
                                                    .text = text,
                                                    .safe_times = STR("")});
    world_commit(tx);
    return person;
}

/* As features/texting hands a text on. */
static Str plain_of(World *world, const char *body) {
    Buf plain = buf_new(world->arena, 4096);
    const Str lower = str_lower_ascii(world->arena, str_of(body));
    for (size_t at = 0; at < lower.length; at++) {
        const char one = lower.at[at];
        if (one == ' ' || (one >= '0' && one <= '9') || (one >= 'a' && one <= 'z')) {
            buf_add_char(&plain, one);
        }
    }
    return buf_str(&plain);
}

static TextlineResult write_as(World *world, int name, const char *body, Str *ret_answer) {
    const Str bytes = str_print(world->arena, "%0*d", TEXTLINE_NAME_BYTES, name);
    Scope nobody = world->scope;
    nobody.actor = (PersonId){0};
    const Str key = account_value_index(db_keys(world->db), world->arena, CONTACT_POINT_PHONE, STR(PHONE));
    Tx *tx = world_begin(world);
    const TextlineResult result = textline_take(
        &nobody, tx,
        &(TextlineIn){.phone_key = key, .body = str_of(body), .plain = plain_of(world, body), .name = bytes},
        ret_answer);
    world_commit(tx);
    return result;
}

/* She writes this, and is answered. */
static Str says(World *world, const char *body) {
    Str answer = STR_NONE;
    assert_int_equal(write_as(world, ++texts_written, body, &answer), TEXTLINE_ANSWERED);
    assert_true(str_characters(answer) <= TEXTLINE_ANSWER_MOST && answer.length > 0);
    return answer;
}

static TextlineResult tries(World *world, const char *body) {
    Str answer = STR_NONE;
    return write_as(world, ++texts_written, body, &answer);
}

static void assert_in(Str answer, const char *wanted) {
    if (!str_contains(answer, str_of(wanted))) {
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARGS(answer), wanted);
    }
}

/* The two digits right behind those words. */
static const char *number_behind(World *world, Str answer, const char *words) {
    const char *found = strstr(str_c(world->arena, answer), words);
    if (found == NULL) {
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARGS(answer), words);
        return "";
    }
    return str_c(world->arena, str_part(str_of(found), strlen(words), 2));
}

/* The two digits at the start of the line that goes on with those words. */
static const char *number_before(World *world, Str answer, const char *words) {
    Str line = STR_NONE;
    while (str_cut(answer, '\n', &line, &answer) || line.length > 0) {
        if (line.length > 3 && str_starts_with(str_part(line, 3, line.length), str_of(words))) {
            return str_c(world->arena, str_part(line, 0, 2));
        }
        if (answer.length == 0) {
            break;
        }
    }
    fail_msg("no line begins with a number and \"%s\"", words);
    return "";
}

/* ana, whose line is open. */
static PersonId open_line(World *world) {
    const PersonId ana = with_phone(world, "ana", SAFE_YES);
    const Str asked = says(world, "News");
    assert_in(asked, "could read it too");
    (void)says(world, number_behind(world, asked, "send "));
    return ana;
}

static void test_opened_by_whoever_has_the_phone(void **state) {
    World *world = *state;
    assert_int_equal(tries(world, "NEWS"), TEXTLINE_NOBODYS); /* nobody has it */
    const PersonId ana = with_phone(world, "ana", SAFE_YES);
    assert_int_equal(tries(world, "hello"), TEXTLINE_NOBODYS);
    assert_int_equal(tries(world, "42"), TEXTLINE_NOBODYS); /* nothing was asked */
    const Str asked = says(world, "NEWS!");
    world_act_as(world, ana);
    assert_true(time_is_none(textline_open_since(&world->scope)));
    assert_int_equal(tries(world, "WRITE"), TEXTLINE_NOBODYS);
    const Str standing = says(world, number_behind(world, asked, "send "));
    assert_in(standing, "Nothing new");
    assert_false(time_is_none(textline_open_since(&world->scope)));
    assert_int_equal(tries(world, "what is this"), TEXTLINE_NOT_UNDERSTOOD);
    assert_in(says(world, "write"), "Nobody walks with you");
    assert_in(says(world, "close"), "Done.");
    assert_true(time_is_none(textline_open_since(&world->scope)));
    assert_int_equal(tries(world, "WRITE"), TEXTLINE_NOBODYS);
}

/* A forged sender sees no answer, and so knows no number. */
static void test_numbers_are_not_guessed(void **state) {
    World *world = *state;
    const PersonId ana = with_phone(world, "ana", SAFE_YES);
    const Str asked = says(world, "NEWS");
    const char *right = number_behind(world, asked, "send ");
    for (int wrong = 0; wrong < TEXTLINE_WRONG_MOST; wrong++) {
        assert_in(says(world, "99"), "does not fit");
    }
    (void)tries(world, right);
    world_act_as(world, ana);
    assert_true(time_is_none(textline_open_since(&world->scope)));
}

static void test_a_question_is_over_after_a_day(void **state) {
    World *world = *state;
    const PersonId ana = with_phone(world, "ana", SAFE_YES);
    const char *right = number_behind(world, says(world, "NEWS"), "send ");
    world_wait(world, TEXTLINE_HOLDS + TIME_SECOND);
    (void)tries(world, right);
    world_act_as(world, ana);
    assert_true(time_is_none(textline_open_since(&world->scope)));
}

static void test_nobodys_phone(void **state) {
    World *world = *state;
    const PersonId ana = open_line(world);
    const PersonId other = with_phone(world, "ben", SAFE_YES);
    assert_int_equal(tries(world, "NEWS"), TEXTLINE_NOBODYS); /* whose? */
    Tx *tx = world_begin(world);
    account_person_remove(tx, other);
    const Str words = youth_words_keep(&world->scope, tx, STR("What an adult must be told."));
    world_commit(tx);
    assert_in(says(world, "NEWS"), "Nothing new");
    tx = world_begin(world);
    assert_true(youth_begin(&world->scope, tx, ana, world->program, words, false));
    youth_word_set(&world->scope, tx, ana, youth_word_make(&world->scope, STR("sunflower")));
    world_commit(tx);
    assert_int_equal(tries(world, "NEWS"), TEXTLINE_NOBODYS); /* behind her own word */
}

static void test_only_where_texts_are_safe(void **state) {
    World *world = *state;
    (void)with_phone(world, "ana", SAFE_NO);
    assert_int_equal(tries(world, "NEWS"), TEXTLINE_NOBODYS);
}

/* Two supporters are suggested to ana. */
static RequestId suggested(World *world, PersonId ana, OfferId ret_offers[2]) {
    ret_offers[0] = world_offer(world, world_person(world, "gloria"));
    ret_offers[1] = world_offer(world, world_person(world, "hope"));
    const ListItemId wishes[] = {world_item(world, LIST_EXPERIENCE, "Not going to school")};
    const RequestNew asked = {.program = world->program,
                              .person = ana,
                              .kind = REQUEST_SUPPORT,
                              .source = REQUEST_FROM_FORM,
                              .lang = LANG_EN,
                              .need = STR("He will not go to school."),
                              .wishes = wishes,
                              .wish_count = 1};
    Tx *tx = world_begin(world);
    Str receipt;
    const RequestId request = request_add(&world->scope, tx, &asked, &receipt);
    world_commit(tx);
    Request row;
    assert_true(request_find(&world->scope, request, &row));
    world_act_as(world, world_person(world, "carla"));
    tx = world_begin(world);
    ShortlistId shortlist;
    assert_int_equal(shortlist_make(&world->scope, tx, request, row.version, &shortlist), SHORTLIST_DONE);
    world_commit(tx);
    return request;
}

static RequestState state_of(World *world, RequestId request) {
    Request row;
    assert_true(request_find(&world->scope, request, &row));
    return row.state;
}

static void test_chooses_somebody(void **state) {
    World *world = *state;
    const PersonId ana = open_line(world);
    OfferId offers[2];
    const RequestId request = suggested(world, ana, offers);
    const Str list = says(world, "NEWS");
    assert_in(list, "hope");
    const Str person = says(world, number_before(world, list, "gloria"));
    assert_in(person, "I have been there.");
    assert_in(person, "Not going to school"); /* why */
    const Str consent = says(world, number_behind(world, person, "send "));
    assert_in(consent, "I share with gloria:");
    assert_in(consent, str_c(world->arena, program_words(&world->scope, world->program, PROGRAM_MUST_TELL)));
    assert_int_equal(state_of(world, request), REQUEST_LISTED);
    assert_in(says(world, number_behind(world, consent, "gloria, send ")), "Done.");
    assert_int_equal(state_of(world, request), REQUEST_INVITED);
    Consent given;
    assert_true(consent_find(&world->scope, world_shared(world, &(Pair){.receiver = ana}), &given));
    assert_words(given.to_called, "gloria");
    assert_int_equal(given.how, CONSENT_READ);
}

/* What was read is what is kept: a name that changed meanwhile is read again. */
static void test_consent_is_read_again(void **state) {
    World *world = *state;
    const PersonId ana = open_line(world);
    OfferId offers[2];
    const RequestId request = suggested(world, ana, offers);
    const Str person = says(world, number_before(world, says(world, "NEWS"), "gloria"));
    const Str consent = says(world, number_behind(world, person, "send "));
    Offer offer;
    assert_true(offer_find(&world->scope, offers[0], &offer));
    Tx *tx = world_begin(world);
    account_person_change(tx, offer.person, STR("Gloria M."), LANG_EN);
    world_commit(tx);
    const Str again = says(world, number_behind(world, consent, "gloria, send "));
    assert_in(again, "I share with Gloria M.:");
    assert_int_equal(state_of(world, request), REQUEST_LISTED);
    (void)says(world, number_behind(world, again, "Gloria M., send "));
    assert_int_equal(state_of(world, request), REQUEST_INVITED);
}

static void test_none_of_these(void **state) {
    World *world = *state;
    const PersonId ana = open_line(world);
    OfferId offers[2];
    const RequestId request = suggested(world, ana, offers);
    assert_in(says(world, number_before(world, says(world, "NEWS"), "None of these")), "We keep looking");
    assert_int_equal(state_of(world, request), REQUEST_TAKEN);
}

static void test_stops_sharing(void **state) {
    World *world = *state;
    const PersonId ana = open_line(world);
    assert_in(says(world, "SHARE"), "nobody");
    OfferId offers[2];
    const RequestId request = suggested(world, ana, offers);
    assert_true(consent_items_shared(&world->scope, request, (PersonId){0}) != 0);
    const Str list = says(world, "SHARE");
    assert_in(says(world, number_before(world, list, "those who coordinate")), "Nothing is shared there");
    assert_int_equal(consent_items_shared(&world->scope, request, (PersonId){0}), 0);
    assert_in(says(world, "SHARE"), "nobody");
}

/* ana and gloria walk together. */
static MatchId walking(World *world, Pair *ret_pair) {
    const PersonId ana = open_line(world);
    *ret_pair = world_pair(world, ana, world_person(world, "gloria"));
    return world_accept(world, ret_pair);
}

static void test_takes_a_time(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = walking(world, &pair);
    MeetingId meeting;
    Tx *tx = world_begin_as(world, pair.giver);
    const MeetingNew times = {
        .how = MEETING_CALL,
        .minutes = 30,
        .place = STR(""),
        .times = {.at = {time_after(world->scope.now, TIME_DAY), time_after(world->scope.now, 2 * TIME_DAY)},
                  .count = 2}};
    assert_int_equal(meeting_propose(&world->scope, tx, match, &times, &meeting), MEETING_DONE);
    world_commit(tx);
    const Str asked = says(world, "NEWS");
    assert_in(asked, "gloria would like to meet");
    tx = world_begin(world);
    MessageSent sent;
    const MessageNew hello = {.words = STR("Good morning."), .capture = STR_NONE};
    assert_int_equal(message_send(&world->scope, tx, match, &hello, &sent), MESSAGE_SENT);
    world_commit(tx);
    world_wait(world, TIME_MINUTE);
    const Str taken = says(world, number_before(world, asked, "Friday"));
    assert_in(taken, "That time is set");
    assert_in(taken, "gloria: Good morning."); /* what waits behind it, said once */
    world_act_as(world, pair.receiver);
    Meeting row;
    assert_true(meeting_find(&world->scope, match, meeting, &row));
    assert_int_equal(row.state, MEETING_SET);
    assert_int_equal(row.starts_at.us, times.times.at[1].us);
    assert_in(says(world, "news"), "Next: gloria");
}

static void test_says_how_it_went(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = walking(world, &pair);
    for (int talk = 0; talk < 3; talk++) {
        world_wait(world, TIME_HOUR);
        Tx *tx = world_begin_as(world, pair.giver);
        contact_add(
            &world->scope, tx,
            &(ContactNew){.match = match, .kind = CONTACT_CALL, .outcome = CONTACT_TALKED, .minutes = 15});
        world_commit(tx);
    }
    Str asked = says(world, "NEWS");
    assert_in(asked, "How is it between you and gloria?");
    static const char *const answers[HEARD_QUESTIONS] = {"1", "2", "3", "0", "1", "2", "3"};
    for (int question = 0; question < HEARD_QUESTIONS; question++) {
        assert_in(asked,
                  str_c(world->arena, text_str(LANG_EN, heard_question_text((HeardQuestion)question))));
        asked = says(world, answers[question]);
    }
    assert_in(asked, "Only you can read it.");
    world_act_as(world, pair.receiver);
    const HeardOwnList own = heard_list_own(&world->scope, match);
    assert_int_equal(own.count, 1);
    for (int question = 0; question < HEARD_QUESTIONS; question++) {
        assert_int_equal(own.items[0].answers.of[question], answers[question][0] - '0');
    }
}

static Messages messages_of(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    return message_list(&world->scope, match, (MessageId){0});
}

static void test_writes_and_reads(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = walking(world, &pair);
    Tx *tx = world_begin_as(world, pair.giver);
    MessageSent sent;
    const MessageNew hello = {.words = STR("How was your day?"), .capture = STR_NONE};
    assert_int_equal(message_send(&world->scope, tx, match, &hello, &sent), MESSAGE_SENT);
    world_commit(tx);
    world_wait(world, TIME_MINUTE);
    const Str read = says(world, "NEWS");
    assert_in(read, "gloria: How was your day?");
    const char *number = number_behind(world, read, "send ");
    const char *body =
        str_c(world->arena, str_print(world->arena, "%s: Better, 2 good hours. \xc2\xa1Gracias!", number));
    assert_in(says(world, body), "Sent to gloria.");
    Str again = STR_NONE; /* handed over once more, and so on its way twice */
    assert_int_equal(write_as(world, texts_written, body, &again), TEXTLINE_ANSWERED);
    const Messages all = messages_of(world, pair.giver, match);
    assert_int_equal(all.count, 2);
    assert_words(all.items[1].words.hidden_words, "Better, 2 good hours. \xc2\xa1Gracias!");
    world_act_as(world, pair.receiver);
    assert_int_equal(message_unread(&world->scope, match), 0);
    assert_in(says(world, number), "Nothing was sent");
    assert_int_equal(tries(world, "Better"), TEXTLINE_NOT_UNDERSTOOD);
    const char *now = number_behind(world, says(world, "WRITE"), "send ");
    assert_in(says(world, str_c(world->arena, str_print(world->arena, "%s good night", now))),
              "Sent to gloria.");
    assert_int_equal(messages_of(world, pair.giver, match).count, 3);
}

static void test_marked_words_are_not_sent(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = walking(world, &pair);
    Tx *tx = world_begin_as(world, pair.giver);
    MessageSent sent;
    const MessageNew marked = {.words = STR("The pills."), .is_part2 = true, .capture = STR_NONE};
    assert_int_equal(message_send(&world->scope, tx, match, &marked, &sent), MESSAGE_SENT);
    world_commit(tx);
    world_wait(world, TIME_MINUTE);
    assert_false(str_contains(says(world, "NEWS"), STR("pills")));
}

static void test_next_goes_by(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = walking(world, &pair);
    Tx *tx = world_begin_as(world, pair.giver);
    MeetingId meetings[2];
    for (int at = 0; at < 2; at++) {
        const MeetingNew one = {
            .how = at == 0 ? MEETING_CALL : MEETING_VIDEO,
            .minutes = 30,
            .place = STR(""),
            .times = {.at = {time_after(world->scope.now, (at + 1) * TIME_DAY)}, .count = 1}};
        assert_int_equal(meeting_propose(&world->scope, tx, match, &one, &meetings[at]), MEETING_DONE);
    }
    world_commit(tx);
    const Str first = says(world, "NEWS");
    const Str second = says(world, "next");
    assert_false(str_equal(str_part(first, 0, 40), str_part(second, 0, 40)));
    assert_in(second, "would like to meet");
    assert_in(says(world, "next"), "Nothing new");
    assert_in(says(world, "NEWS"), "would like to meet");
}

int main(void) {
#define TEST(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(test_opened_by_whoever_has_the_phone),
        TEST(test_numbers_are_not_guessed),
        TEST(test_a_question_is_over_after_a_day),
        TEST(test_nobodys_phone),
        TEST(test_only_where_texts_are_safe),
        TEST(test_chooses_somebody),
        TEST(test_consent_is_read_again),
        TEST(test_none_of_these),
        TEST(test_stops_sharing),
        TEST(test_takes_a_time),
        TEST(test_says_how_it_went),
        TEST(test_writes_and_reads),
        TEST(test_marked_words_are_not_sent),
        TEST(test_next_goes_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
