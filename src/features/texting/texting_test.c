/* SPDX-License-Identifier: Apache-2.0 */
/* Words that stop and start texts, and what follows from each. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/texting/texting.h"
#include "features/texting/texting_word.h"
#include "platform/jobs/jobs.h"
#include "platform/sms/sms.h"
#include "test/feature_world.h"

#define PHONE "+12065550111"

static TextingWord word_of(World *world, const char *body, Lang *ret_lang) {
    *ret_lang = LANG_EN;
    return texting_word(texting_plain(world->arena, str_of(body)), ret_lang);
}

static void test_words(void **state) {
    World *world = *state;
    static const struct {
        const char *body;
        TextingWord word;
        Lang lang;
    } rows[] = {
        {"STOP", TEXTING_STOP, LANG_EN},
        {" stop.\n", TEXTING_STOP, LANG_EN},
        {"Opt-Out!", TEXTING_STOP, LANG_EN},
        {"\"Unsubscribe\"", TEXTING_STOP, LANG_EN},
        {"please stop", TEXTING_STOP, LANG_EN},
        {"Don't text me", TEXTING_STOP, LANG_EN},
        {"Don\xe2\x80\x99t text me", TEXTING_STOP, LANG_EN},
        {"STOP \xf0\x9f\x99\x8f\xf0\x9f\x8f\xbd", TEXTING_STOP, LANG_EN},
        {"\xe2\x80\x8f"
         "stop\xe2\x80\x8f",
         TEXTING_STOP, LANG_EN},
        {"quit", TEXTING_STOP, LANG_EN},
        {"End", TEXTING_STOP, LANG_EN},
        {"REVOKE", TEXTING_STOP, LANG_EN},
        {"cancel", TEXTING_STOP, LANG_EN},
        {"\xc2\xa1"
         "Alto!",
         TEXTING_STOP, LANG_ES},
        {"pare, por favor", TEXTING_STOP, LANG_ES},
        {"PARAR", TEXTING_STOP, LANG_ES},
        {"cancelar", TEXTING_STOP, LANG_ES},
        {"\xc2\xa1"
         "BASTA!",
         TEXTING_STOP, LANG_ES},
        {"Terminar", TEXTING_STOP, LANG_ES},
        {"no m\xc3\xa1s", TEXTING_STOP, LANG_ES},
        {"NO M\xc3\x81S", TEXTING_STOP, LANG_ES},
        {"no ma\xcc\x81s", TEXTING_STOP, LANG_ES},
        {"Start", TEXTING_START, LANG_EN},
        {"empezar", TEXTING_START, LANG_ES},
        {"Help?", TEXTING_HELP, LANG_EN},
        {"AYUDA", TEXTING_HELP, LANG_ES},
        {"", TEXTING_OTHER, LANG_EN},
        {"\xf0\x9f\x98\x80", TEXTING_OTHER, LANG_EN},
        {"nonstop", TEXTING_OTHER, LANG_EN},
        {"The end of the week is fine", TEXTING_OTHER, LANG_EN},
        {"please", TEXTING_OTHER, LANG_EN},
        {"stop \xd8\xa3\xd9\x86\xd8\xaa", TEXTING_OTHER, LANG_EN},
        {"\xd0\xa1\xd0\xa2\xd0\x9e\xd0\x9f", TEXTING_OTHER, LANG_EN},
        {"Help me stop him", TEXTING_OTHER, LANG_EN},
    };
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        Lang lang = LANG_EN;
        if (word_of(world, rows[at].body, &lang) != rows[at].word || lang != rows[at].lang) {
            fail_msg("\"%s\" is taken for another word", rows[at].body);
        }
    }
}

/* Any bytes that are valid UTF-8, also cut in the middle of what fits. */
static void test_long(void **state) {
    World *world = *state;
    Buf body = buf_new(world->arena, 1 << 20);
    while (body.length < 30000) {
        buf_add(&body, STR("\xf0\x9f\x98\x80 \xd7\xa9\xd7\x9c stop \xc3\xb1"));
    }
    const Str plain = texting_plain(world->arena, buf_str(&body));
    assert_true(plain.length <= TEXTING_PLAIN_MOST);
    assert_true(str_is_clean(plain));
    Lang lang = LANG_EN;
    assert_int_equal(texting_word(plain, &lang), TEXTING_OTHER);
}

/* ---- what follows ---- */

static int sid_count;

static TextingResult take_as(World *world, const char *sid, const char *from, const char *body,
                             bool is_answered) {
    Tx *tx = world_begin(world);
    Scope scope = world->scope;
    scope.actor = (PersonId){0};
    const TextingResult result = texting_take(
        &scope, tx,
        &(TextingIn){
            .sid = str_of(sid), .from = str_of(from), .body = str_of(body), .is_answered = is_answered});
    world_commit(tx);
    return result;
}

static void take(World *world, const char *from, const char *body) {
    char sid[32];
    snprintf(sid, sizeof sid, "SM%d", sid_count++);
    assert_int_equal(take_as(world, sid, from, body, false), TEXTING_TAKEN);
}

typedef struct SentTexts {
    Str words[16]; /* "number: body" */
    size_t count;
} SentTexts;
static SentTexts sent;

static JobSent send_seen(const Scope *scope, Str payload) {
    (void)scope;
    Str body = STR_NONE;
    Str rest = STR_NONE;
    (void)str_cut(payload, '\n', &rest, &body);
    (void)str_cut(body, '\n', &rest, &body);
    assert_true(sent.count < sizeof sent.words / sizeof sent.words[0]);
    const Str line = str_print(scope->arena, "%.*s: %.*s", STR_ARGS(sms_to(payload).number), STR_ARGS(body));
    char *kept = malloc(line.length + 1);
    assert_non_null(kept);
    memcpy(kept, line.at, line.length);
    sent.words[sent.count++] = (Str){.at = kept, .length = line.length};
    return JOB_SENT;
}

/* Sends what waits; how many texts went out. */
static size_t send_all(World *world) {
    static const JobKind kinds[] = {{.name = SMS_JOB_KIND, .send = send_seen, .may = account_text_may},
                                    {.name = SIGN_IN_NOTHING_KIND, .run = sign_in_send_nothing}};
    const JobTable table = {.kinds = kinds, .kind_count = 2};
    for (size_t at = 0; at < sent.count; at++) {
        free((void *)(uintptr_t)sent.words[at].at);
    }
    sent.count = 0;
    jobs_run_due(&world->config, world->db, &table, world->scope.now);
    db_use(world->db, world->arena);
    return sent.count;
}

static PersonId with_phone(World *world, const char *name, Lang lang) {
    Tx *tx = world_begin(world);
    const PersonId person = account_person_add(&world->scope, tx, str_of(name), lang);
    (void)account_contact_point_add(
        &world->scope, tx, person,
        &(ContactPoint){.kind = CONTACT_POINT_PHONE, .value = STR("(206) 555-0111"), .text = SAFE_YES});
    world_commit(tx);
    return person;
}

static size_t code_asked(World *world) {
    Tx *tx = world_begin(world);
    sign_in_send_text(&world->scope, tx, STR("206 555 0111"), STR("a visit"));
    world_commit(tx);
    return send_all(world);
}

static void test_stop_holds_until_start(void **state) {
    World *world = *state;
    const PersonId ana = with_phone(world, "ana", LANG_ES);
    assert_int_equal(code_asked(world), 1);
    take(world, PHONE, "STOP");
    assert_int_equal(send_all(world), 1);
    assert_words(sent.words[0],
                 PHONE ": No more texts will come from this number. To get them again, send START.");
    take(world, PHONE, "alto");
    take(world, PHONE, "help");
    take(world, PHONE, "hello?");
    assert_int_equal(send_all(world), 0);
    assert_int_equal(code_asked(world), 0);
    const ContactPoints points = account_contact_points(&world->scope, ana);
    assert_int_equal(
        safety_may_contact(&world->scope, ana, points.items[0].id, SAFETY_BY_TEXT, world->scope.now).kind,
        SAFETY_NOT_THIS_WAY);
    assert_int_equal(
        safety_may_contact(&world->scope, ana, points.items[0].id, SAFETY_BY_CALL, world->scope.now).kind,
        SAFETY_MAY);
    take(world, PHONE, "Empezar");
    assert_int_equal(send_all(world), 1);
    assert_true(str_contains(sent.words[0], STR("ALTO")));
    assert_int_equal(code_asked(world), 1);
    take(world, PHONE, "start");
    assert_int_equal(send_all(world), 0);
}

/* What was queued before the stop does not go out after it. */
static void test_stop_overtakes(void **state) {
    World *world = *state;
    (void)with_phone(world, "ana", LANG_EN);
    Tx *tx = world_begin(world);
    sign_in_send_text(&world->scope, tx, STR("206 555 0111"), STR("a visit"));
    world_commit(tx);
    take(world, PHONE, "\xc2\xa1Pare!");
    assert_int_equal(send_all(world), 1);
    assert_true(str_contains(sent.words[0], STR("EMPEZAR")));
}

static void test_twice_counts_once(void **state) {
    World *world = *state;
    assert_int_equal(take_as(world, "SMtwice", PHONE, "help", false), TEXTING_TAKEN);
    assert_int_equal(take_as(world, "SMtwice", PHONE, "stop", false), TEXTING_AGAIN);
    assert_int_equal(send_all(world), 1);
    assert_true(str_contains(sent.words[0], STR("988")));
    assert_int_equal(take_as(world, "SMother", PHONE, "start", false), TEXTING_TAKEN);
    assert_int_equal(send_all(world), 0);
}

static void test_provider_answered(void **state) {
    World *world = *state;
    assert_int_equal(take_as(world, "SM1", PHONE, "stop", true), TEXTING_TAKEN);
    assert_int_equal(send_all(world), 0);
    assert_int_equal(take_as(world, "SM2", PHONE, "hello", false), TEXTING_TAKEN);
    assert_int_equal(send_all(world), 0);
}

static void test_nobodys(void **state) {
    World *world = *state;
    static const char *const froms[] = {
        "", "+", "266696", "BANK", "+1206555011a", "+123456", "+1234567890123456", "anonymous"};
    for (size_t at = 0; at < sizeof froms / sizeof froms[0]; at++) {
        assert_int_equal(take_as(world, "SMx", froms[at], "stop", false), TEXTING_NOBODYS);
    }
    assert_int_equal(take_as(world, "", PHONE, "stop", false), TEXTING_NOBODYS);
    assert_int_equal(send_all(world), 0);
}

/* In the language of whoever has the phone; and never for ever. */
static void test_others_are_told_once(void **state) {
    World *world = *state;
    (void)with_phone(world, "ana", LANG_ES);
    take(world, PHONE, "Hola, \xc2\xbfqui\xc3\xa9n es?");
    take(world, PHONE, "\xf0\x9f\x98\x80");
    take(world, "+34600000000", "");
    assert_int_equal(send_all(world), 2);
    assert_true(str_contains(sent.words[0], STR("Nadie lee")));
    assert_true(str_contains(sent.words[1], STR("+34600000000: Nobody reads")));
    take(world, PHONE, "ayuda");
    take(world, PHONE, "help");
    assert_int_equal(send_all(world), 1);
    world_wait(world, 61 * TIME_MINUTE);
    take(world, PHONE, "Hola");
    take(world, PHONE, "HELP");
    assert_int_equal(send_all(world), 2);
    world_wait(world, 8 * TIME_DAY);
    Tx *tx = world_begin(world);
    texting_clean_up(&world->scope, tx);
    world_commit(tx);
    take(world, PHONE, "Hola");
    assert_int_equal(send_all(world), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_words, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_long, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_stop_holds_until_start, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_stop_overtakes, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_twice_counts_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_provider_answered, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_nobodys, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_others_are_told_once, world_open, world_close),
    };
    return cmocka_run_group_tests_name("texting", tests, NULL, NULL);
}
