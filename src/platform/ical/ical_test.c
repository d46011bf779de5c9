/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars byte by byte: what stands in them, and what does not. */
#include "test/unit.h"

#include "base/calendar.h"
#include "platform/ical/ical.h"

/* 05:30 UTC on the night on which clocks go back in New York: the first 1:30 there. */
static IcalEntry entry_at(int hour, const char *summary) {
    const Time day = {calendar_days(2026, 11, 1) * TIME_DAY};
    return (IcalEntry){.uid = STR("0123456789abcdef"),
                       .starts_at = time_after(day, hour * TIME_HOUR + 30 * TIME_MINUTE),
                       .minutes = 45,
                       .sequence = 2,
                       .changed_at = time_after(day, 1234567),
                       .summary = str_of(summary)};
}

#define HEAD "BEGIN:VCALENDAR\r\nPRODID:-//calendar//1.0//EN\r\nVERSION:2.0\r\n"
#define EVENT                                                                                                \
    "BEGIN:VEVENT\r\nUID:0123456789abcdef\r\nDTSTAMP:20261101T000001Z\r\nSEQUENCE:2\r\n"                     \
    "DTSTART:20261101T053000Z\r\nDTEND:20261101T061500Z\r\nSUMMARY:Busy\r\nCLASS:PRIVATE\r\nTRANSP:"         \
    "OPAQUE\r\n"

static void test_a_file(void **state) {
    Arena *arena = *state;
    const IcalEntry entry = entry_at(5, "Busy");
    assert_string_equal(
        str_c(arena, ical_write(arena, &(IcalCalendar){.kind = ICAL_KIND_FILE, .items = &entry, .count = 1})),
        HEAD "METHOD:PUBLISH\r\n" EVENT "STATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

static void test_by_mail(void **state) {
    Arena *arena = *state;
    const IcalEntry entry = entry_at(5, "Busy");
    IcalCalendar calendar = {.kind = ICAL_KIND_SET,
                             .items = &entry,
                             .count = 1,
                             .from = STR("hello@support.example.org"),
                             .to = STR("ana@example.org")};
#define PEOPLE                                                                                               \
    "ORGANIZER:mailto:hello@support.example.org\r\n"                                                         \
    "ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:ana@example.org\r\n"                                       \
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
    assert_string_equal(str_c(arena, ical_write(arena, &calendar)),
                        HEAD "METHOD:REQUEST\r\n" EVENT "STATUS:CONFIRMED\r\n" PEOPLE);
    assert_string_equal(str_c(arena, ical_method(ICAL_KIND_SET)), "REQUEST");
    calendar.kind = ICAL_KIND_OFF;
    assert_string_equal(str_c(arena, ical_write(arena, &calendar)),
                        HEAD "METHOD:CANCEL\r\n" EVENT "STATUS:CANCELLED\r\n" PEOPLE);
    assert_string_equal(str_c(arena, ical_method(ICAL_KIND_OFF)), "CANCEL");
}

static void test_a_feed(void **state) {
    Arena *arena = *state;
    const IcalEntry entries[] = {entry_at(5, "Busy"), entry_at(6, "A; b, c\nand \\")};
    const IcalCalendar calendar = {.kind = ICAL_KIND_FEED, .name = STR("Busy"), .items = entries, .count = 2};
    const Str text = ical_write(arena, &calendar);
    assert_true(str_contains(text, STR("X-WR-CALNAME:Busy\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n")));
    /* The first and the second 1:30 of that night are an hour apart; words cannot end their line. */
    assert_true(str_contains(text, STR("DTSTART:20261101T053000Z\r\n")));
    assert_true(str_contains(text, STR("DTSTART:20261101T063000Z\r\n")));
    assert_true(str_contains(text, STR("SUMMARY:A\\; b\\, c\\nand \\\\\r\n")));
    assert_false(str_contains(text, STR("TZID")));
    const IcalCalendar none = {.kind = ICAL_KIND_FEED, .name = STR("Busy"), .items = NULL, .count = 0};
    assert_false(str_contains(ical_write(arena, &none), STR("VEVENT")));
}

static int setup(void **state) {
    *state = arena_new((size_t)1 << 20);
    return 0;
}

static int teardown(void **state) {
    arena_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_by_mail, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_feed, setup, teardown),
    };
    return cmocka_run_group_tests_name("ical", tests, NULL, NULL);
}
