/* SPDX-License-Identifier: Apache-2.0 */
/* Days, clocks, spans and numbers as each language says them. */
#include "test/unit.h"

#include "text/text.h"

static int64_t five_hours_behind(const Zone *zone, Time time) {
    (void)zone;
    (void)time;
    return -5 * TIME_HOUR;
}

static const Zone zone = {.offset_us = five_hours_behind};

typedef struct Said {
    Arena *arena;
    Buf buf;
} Said;

static int said_begin(void **state) {
    static Said said;
    said.arena = arena_new(1 << 20);
    said.buf = buf_new(said.arena, 1 << 16);
    *state = &said;
    return 0;
}

static int said_end(void **state) {
    arena_free(((Said *)*state)->arena);
    return 0;
}

/* Checks what was said since the last call. */
static void check_said(Said *said, const char *expected) {
    buf_add_char(&said->buf, '\0');
    assert_string_equal(said->buf.bytes, expected);
    said->buf.length = 0;
}

static void test_date_and_clock(void **state) {
    Said *said = *state;
    const Date date = {.year = 2026, .month = 8, .day = 3};
    text_add_date(&said->buf, LANG_EN, date);
    check_said(said, "Aug 3, 2026");
    text_add_date(&said->buf, LANG_ES, date);
    check_said(said, "3 de agosto de 2026");
    static const struct {
        int hour;
        const char *english;
        const char *spanish;
    } clocks[] = {{0, "12:05 am", "0:05"},
                  {11, "11:05 am", "11:05"},
                  {12, "12:05 pm", "12:05"},
                  {14, "2:05 pm", "14:05"}};
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        text_add_clock(&said->buf, LANG_EN, clocks[i].hour, 5);
        check_said(said, clocks[i].english);
        text_add_clock(&said->buf, LANG_ES, clocks[i].hour, 5);
        check_said(said, clocks[i].spanish);
    }
}

static void test_months(void **state) {
    Said *said = *state;
    static const char *const english[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (int month = 1; month <= 12; month++) {
        text_add_date(&said->buf, LANG_EN, (Date){.year = 2026, .month = (int8_t)month, .day = 31});
        char expected[32];
        snprintf(expected, sizeof expected, "%s 31, 2026", english[month - 1]);
        check_said(said, expected);
    }
}

static void test_moment(void **state) {
    Said *said = *state;
    const Time time = {(calendar_days(2026, 8, 4) * 86400 + 3600 + 900) *
                       TIME_SECOND}; /* 01:15 UTC: the day before */
    Words words = {.arena = said->arena, .lang = LANG_EN, .zone = &zone};
    text_add_moment(&said->buf, &words, time);
    check_said(said, "Aug 3, 2026, 8:15 pm");
    words.lang = LANG_ES;
    text_add_moment(&said->buf, &words, time);
    check_said(said, "3 de agosto de 2026, 20:15");
}

static void test_span(void **state) {
    Said *said = *state;
    static const struct {
        int64_t span_us;
        const char *english;
        const char *spanish;
    } spans[] = {
        {0, "less than a minute", "menos de un minuto"},
        {TIME_MINUTE - 1, "less than a minute", "menos de un minuto"},
        {TIME_MINUTE, "1 minute", "1 minuto"},
        {2 * TIME_HOUR - 1, "1 hour", "1 hora"},
        {-2 * TIME_HOUR, "2 hours", "2 horas"},
        {TIME_DAY, "1 day", "1 d\xC3\xAD\x61"},
        {1234 * TIME_DAY, "1,234 days", "1,234 d\xC3\xAD\x61s"},
        {INT64_MIN, "106,751,991 days", "106,751,991 d\xC3\xAD\x61s"},
    };
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        text_add_span(&said->buf, LANG_EN, spans[i].span_us);
        check_said(said, spans[i].english);
        text_add_span(&said->buf, LANG_ES, spans[i].span_us);
        check_said(said, spans[i].spanish);
    }
}

static void test_number(void **state) {
    Said *said = *state;
    static const struct {
        int64_t number;
        const char *expected;
    } numbers[] = {{0, "0"},
                   {999, "999"},
                   {1000, "1,000"},
                   {-1234567, "-1,234,567"},
                   {-100, "-100"},
                   {100000, "100,000"},
                   {INT64_MIN, "-9,223,372,036,854,775,808"}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        text_add_number(&said->buf, LANG_ES, numbers[i].number);
        check_said(said, numbers[i].expected);
    }
}

static void test_languages(void **state) {
    (void)state;
    Lang lang = LANG_COUNT;
    assert_true(lang_find(STR("es-PR"), &lang));
    assert_int_equal(lang, LANG_ES);
    assert_true(lang_find(STR("EN"), &lang));
    assert_int_equal(lang, LANG_EN);
    assert_false(lang_find(STR("fr"), &lang));
    assert_false(lang_find(STR(""), &lang));
    assert_false(lang_find(STR("esp"), &lang));
    assert_int_equal(lang, LANG_EN);
    assert_true(str_equal(lang_tag(LANG_ES), STR("es")));
    /* No sentence is missing in any language. */
    for (Lang each = 0; each < LANG_COUNT; each++) {
        for (Text text = TEXT_NONE + 1; text < TEXT_COUNT; text++) {
            assert_false(str_is_empty(text_str(each, text)));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_date_and_clock, said_begin, said_end),
        cmocka_unit_test_setup_teardown(test_months, said_begin, said_end),
        cmocka_unit_test_setup_teardown(test_moment, said_begin, said_end),
        cmocka_unit_test_setup_teardown(test_span, said_begin, said_end),
        cmocka_unit_test_setup_teardown(test_number, said_begin, said_end),
        cmocka_unit_test(test_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
