/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the queue, also from earlier versions; and a mail in two forms, line by line. */
#include "test/unit.h"

#include "base/fail.h"
#include "platform/mail/mail.h"

typedef struct Bench {
    Arena *arena;
    Config config;
    Random random;
    Scope scope;
} Bench;

static void test_whom(void **state) {
    Bench *bench = *state;
    const MailTo to = {
        .person = {7}, .point = {8}, .notice = {9}, .until = {10}, .address = STR("ana@example.org")};
    assert_string_equal(str_c(bench->arena, mail_whom(&bench->scope, &to)), "7 8 9 10 ana@example.org");
    const MailTo read = mail_to(STR("7 8 9 10 ana@example.org\nSubject\nBody"));
    assert_int_equal(read.person.value + read.point.value + read.notice.value + read.until.us,
                     7 + 8 + 9 + 10);
    assert_true(str_equal(read.address, to.address));
    /* As earlier versions wrote it. */
    assert_int_equal(mail_to(STR("7 8 9 ana@example.org\n")).notice.value, 9);
    assert_int_equal(mail_to(STR("7 8 ana@example.org\n")).point.value, 8);
    assert_true(person_id_is_none(mail_to(STR("ana@example.org\nSubject\nBody")).person));
}

static void read_whom(void *context) {
    const char *const *payload = context;
    (void)mail_to(str_of(*payload));
}

static void test_what_is_no_mail(void **state) {
    (void)state;
    static const char *payloads[] = {"",
                                     "nobody",
                                     "7 ana@example.org",
                                     "0 8 9 ana@example.org",
                                     "7 8 9 -1 ana@example.org",
                                     "7 8 9 10 11 ana@example.org",
                                     "7 8 x ana@example.org"};
    for (size_t at = 0; at < sizeof payloads / sizeof payloads[0]; at++) {
        Fail why;
        assert_false(fail_catch(read_whom, &payloads[at], &why));
    }
}

/* The lines of a message without those that chance and time make. */
static void test_two_forms(void **state) {
    Bench *bench = *state;
    const Str message =
        mail_message(&bench->scope, &(MailOut){.to = STR("ana@example.org"),
                                               .subject = STR("For you"),
                                               .body = STR("One\nTwo"),
                                               .calendar = STR("BEGIN:X\r\n  folded \r\n.dot\r\n"),
                                               .calendar_method = STR("REQUEST")});
    Str head = STR_NONE;
    Str boundary = STR_NONE;
    Str rest = STR_NONE;
    assert_true(str_cut(message, '"', &head, &boundary) && str_cut(boundary, '"', &boundary, &rest));
    assert_true(str_ends_with(head, STR("\r\nContent-Type: multipart/alternative; boundary=")));
    assert_int_equal(boundary.length, 32);
    const char *mark = str_c(bench->arena, boundary);
    const Str wanted = str_print(bench->arena,
                                 "\r\n\r\n--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n\r\nOne\r\nTwo\r\n"
                                 "--%s\r\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                                 "BEGIN:X\r\n  folded=20\r\n=2Edot\r\n\r\n--%s--\r\n",
                                 mark, mark, mark);
    assert_string_equal(str_c(bench->arena, rest), str_c(bench->arena, wanted));
}

static int setup(void **state) {
    Bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->arena = arena_new((size_t)1 << 20);
    bench->random = random_seeded(1);
    bench->config = (Config){.mail_from = STR("Hello <hello@example.org>")};
    bench->scope =
        (Scope){.arena = bench->arena, .config = &bench->config, .random = &bench->random, .now = {TIME_DAY}};
    *state = bench;
    return 0;
}

static int teardown(void **state) {
    Bench *bench = *state;
    arena_free(bench->arena);
    free(bench);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_whom, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_mail, setup, teardown),
        cmocka_unit_test_setup_teardown(test_two_forms, setup, teardown),
    };
    return cmocka_run_group_tests_name("mail", tests, NULL, NULL);
}
