/* SPDX-License-Identifier: Apache-2.0 */
/* Columns guessed by heading and by content, in both languages, and when neither tells. */
#include "test/unit.h"

#include "features/import/import_guess.h"
#include "test/one_arena.h"

static ImportColumns guess(Str content, ImportKind kind) {
    ImportTable *table = NEW(arena, ImportTable);
    int64_t line = 0;
    assert_int_equal(import_read(arena, content, table, &line), IMPORT_READ_WELL);
    return import_guess(arena, table, kind);
}

static void assert_column(const ImportColumns *columns, size_t at, ImportMeaning meaning, ImportWhy why) {
    assert_true(at < columns->count);
    if (columns->items[at].meaning != meaning || columns->items[at].why != why) {
        const Str word = import_meaning_word(columns->items[at].meaning);
        fail_msg("column %d means %.*s, because %d", (int)at, STR_ARGS(word), (int)columns->items[at].why);
    }
}

static void test_spanish_headings(void **state) {
    (void)state;
    const ImportColumns columns = guess(
        STR("Nombre;Tel\xC3\xA9"
            "fono;Correo electr\xC3\xB3nico;Parentesco;Edad;Idioma;Motivo;Fecha de llamada;Notas\n"
            "Ana Inventada;787-555-0101;ana@example.org;madre;7;espa\xC3\xB1ol;No sale de casa;3/4/2026;\n"),
        0);
    static const ImportMeaning wanted[] = {MEANS_NAME,     MEANS_PHONE, MEANS_MAIL,
                                           MEANS_RELATION, MEANS_AGE,   MEANS_LANGUAGE,
                                           MEANS_NEED,     MEANS_ASKED, MEANS_KEEP};
    assert_int_equal(columns.kind, IMPORT_WAITING);
    assert_true(columns.is_kind_certain);
    for (size_t at = 0; at < columns.count; at++) {
        assert_int_equal(columns.items[at].meaning, wanted[at]);
    }
}

static void test_titles_stand_above_headings(void **state) {
    (void)state;
    const ImportColumns columns =
        guess(STR("Waiting list 2026,,\n,,\nkept by the front desk,,\nName,Phone,Age\nAna,555-0101,7\n"),
              IMPORT_WAITING);
    assert_true(columns.has_headings);
    assert_int_equal(import_first_row(&columns), 3); /* the blank row is no row of the table */
    assert_column(&columns, 0, MEANS_NAME, WHY_HEADING);
}

static void test_content_tells_without_headings(void **state) {
    (void)state;
    const ImportColumns columns = guess(STR("Ana Invented,ana@example.org,(206) 555-0101,3/24/2026,mom\n"
                                            "Ben Invented,ben@example.org,(206) 555-0102,4/25/2026,dad\n"
                                            "Cal Invented,cal@example.org,(206) 555-0103,5/26/2026,aunt\n"),
                                        IMPORT_WAITING);
    assert_false(columns.has_headings);
    assert_int_equal(import_first_row(&columns), 0);
    assert_column(&columns, 0, MEANS_KEEP, WHY_UNKNOWN); /* a name is never guessed from what it looks like */
    assert_column(&columns, 1, MEANS_MAIL, WHY_CONTENT);
    assert_column(&columns, 2, MEANS_PHONE, WHY_CONTENT);
    assert_column(&columns, 3, MEANS_ASKED, WHY_CONTENT);
    assert_column(&columns, 4, MEANS_RELATION, WHY_CONTENT);
    assert_int_equal(columns.items[3].order, DATE_ORDER_MONTH_FIRST);
}

static void test_heading_and_content_disagree(void **state) {
    (void)state;
    const ImportColumns columns =
        guess(STR("Name,Email,Other\nAna,call first,a@example.org\nBen,no,b@example.org\n"
                  "Cal,at church,c@example.org\nDot,mornings,d@example.org\n"),
              IMPORT_WAITING);
    assert_column(&columns, 1, MEANS_MAIL, WHY_DOUBTFUL);
    assert_column(&columns, 2, MEANS_KEEP,
                  WHY_TAKEN); /* found by content only: a person decides between the two */
}

static void test_one_meaning_one_column(void **state) {
    (void)state;
    const ImportColumns columns = guess(STR("First name,Last name,Age,Age of sibling,Home phone,Cell phone\n"
                                            "Ana,Invented,7,9,206-555-0101,206-555-0102\n"),
                                        IMPORT_WAITING);
    assert_column(&columns, 0, MEANS_NAME, WHY_HEADING);
    assert_column(&columns, 1, MEANS_NAME, WHY_HEADING);
    assert_column(&columns, 2, MEANS_AGE, WHY_HEADING);
    assert_column(&columns, 3, MEANS_KEEP, WHY_TAKEN);
    assert_column(&columns, 4, MEANS_PHONE, WHY_BOTH);
    assert_column(&columns, 5, MEANS_PHONE, WHY_BOTH);
}

static void test_kind_is_said_when_it_is_not_certain(void **state) {
    (void)state;
    assert_false(guess(STR("Name,Phone\nAna,555-0101\n"), 0).is_kind_certain);
    assert_true(guess(STR("Name,Phone\nAna,555-0101\n"), IMPORT_SUPPORTERS).is_kind_certain);
    const ImportColumns columns = guess(STR("Parent partner,Room for\nAna,2\n"), 0);
    assert_int_equal(columns.kind, IMPORT_SUPPORTERS);
    assert_true(columns.is_kind_certain);
}

static void test_words_of_meanings(void **state) {
    (void)state;
    for (int index = 0; index < MEANS_COUNT; index++) {
        const ImportMeaning meaning = (ImportMeaning)index;
        const ImportKind kind =
            import_meaning_fits(meaning, IMPORT_WAITING) ? IMPORT_WAITING : IMPORT_SUPPORTERS;
        ImportMeaning found = MEANS_COUNT;
        assert_true(import_meaning_find(import_meaning_word(meaning), kind, &found));
        assert_int_equal(found, meaning);
    }
    ImportMeaning found = MEANS_COUNT;
    assert_false(import_meaning_find(STR("room"), IMPORT_WAITING, &found));
    assert_false(import_meaning_find(STR("bogus"), IMPORT_WAITING, &found));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spanish_headings),
        cmocka_unit_test(test_titles_stand_above_headings),
        cmocka_unit_test(test_content_tells_without_headings),
        cmocka_unit_test(test_heading_and_content_disagree),
        cmocka_unit_test(test_one_meaning_one_column),
        cmocka_unit_test(test_kind_is_said_when_it_is_not_certain),
        cmocka_unit_test(test_words_of_meanings),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
