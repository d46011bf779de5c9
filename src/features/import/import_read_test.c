/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes into cells: every encoding, separator and oddity that real spreadsheets bring, and hostile ones. */
#include "test/unit.h"

#include "base/random.h"
#include "features/import/import_read.h"
#include "test/one_arena.h"

static ImportTable read_well(Str content) {
    ImportTable table = {.count = 0};
    int64_t line = 0;
    assert_int_equal(import_read(arena, content, &table, &line), IMPORT_READ_WELL);
    return table;
}

static void assert_text(const ImportTable *table, size_t row, size_t column, Str text) {
    assert_true(row < table->count && column < table->column_count);
    const Str found = table->lines[row].cells[column].text;
    if (!str_equal(found, text)) {
        fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARGS(found), STR_ARGS(text));
    }
}

static void test_encodings(void **state) {
    (void)state;
    ImportTable table = read_well(STR("name,lang\nJos\xC3\xA9,es\n"));
    assert_int_equal(table.encoding, IMPORT_UTF8);
    assert_text(&table, 1, 0, STR("Jos\xC3\xA9"));
    table = read_well(STR("\xEF\xBB\xBFname,lang\r\nJos\xC3\xA9,es\r\n"));
    assert_int_equal(table.encoding, IMPORT_UTF8_MARKED);
    assert_text(&table, 0, 0, STR("name"));
    table = read_well(STR("name;lang\nJos\xE9 \x80 5\x85;es\n"));
    assert_int_equal(table.encoding, IMPORT_WINDOWS_1252);
    assert_int_equal(table.separator, ';');
    assert_text(&table, 1, 0, STR("Jos\xC3\xA9 \xE2\x82\xAC 5\xE2\x80\xA6"));
    assert_int_equal(table.lines[1].trouble, 0);
    static const char utf16[] = "\xFF\xFEn\0,\0l\0\n\0\xE9\0,\0=\xD8\x4A\xDE\n";
    table = read_well(
        (Str){.at = utf16, .length = sizeof utf16}); /* with the literal's NUL as the last high byte */
    assert_int_equal(table.encoding, IMPORT_UTF16);
    assert_text(&table, 1, 0, STR("\xC3\xA9"));
    assert_text(&table, 1, 1, STR("\xF0\x9F\x99\x8A"));
}

static void test_mixed_cells_are_named(void **state) {
    (void)state;
    const ImportTable table =
        read_well(STR("name,words\nJos\xC3\xA9,se\xF1or\nAna,bad \x81 byte\nEva,Jos\xC3\x83\xC2\xA9\n"));
    assert_int_equal(table.encoding, IMPORT_MIXED);
    assert_int_equal(table.lines[1].cells[0].trouble, 0);
    assert_int_equal(table.lines[1].cells[1].trouble, TROUBLE_ENCODING);
    assert_text(&table, 1, 1, STR("se\xC3\xB1or"));
    assert_int_equal(table.lines[2].cells[1].trouble, TROUBLE_ENCODING | TROUBLE_BROKEN);
    assert_int_equal(table.lines[3].cells[1].trouble, TROUBLE_GARBLED);
}

static void test_separators(void **state) {
    (void)state;
    assert_int_equal(read_well(STR("a\tb\tc\n1,5\t2,5\t3\n")).separator, '\t');
    assert_int_equal(read_well(STR("name, first;phone;mail\nx;1,2,3;y\nz;4;w\n")).separator, ';');
    const ImportTable table = read_well(STR("sep=|\r\na|b\r\nc|d;e\r\n"));
    assert_int_equal(table.separator, '|');
    assert_int_equal(table.count, 2);
    assert_int_equal(table.lines[1].line, 3);
    assert_text(&table, 1, 1, STR("d;e"));
}

static void test_ragged_blank_and_repeated_rows(void **state) {
    (void)state;
    const ImportTable table = read_well(STR("a,b\n1\n,,\n\n1,2,,more\n1 , 2,,more\n  ,\n"));
    assert_int_equal(table.column_count, 4);
    assert_int_equal(table.count, 4);
    assert_int_equal(table.blank, 3);
    assert_int_equal(table.lines[1].came_with, 1);
    assert_text(&table, 1, 1, STR(""));
    assert_text(&table, 2, 3, STR("more"));
    assert_int_equal(table.lines[2].repeats, 0);
    assert_int_equal(table.lines[3].line, 6);
    assert_int_equal(table.lines[3].repeats, 5);
}

static void test_refusals(void **state) {
    (void)state;
    ImportTable table = {.count = 0};
    int64_t line = 0;
    assert_int_equal(import_read(arena, STR(""), &table, &line), IMPORT_READ_EMPTY);
    assert_int_equal(import_read(arena, STR("\xEF\xBB\xBF"), &table, &line), IMPORT_READ_EMPTY);
    assert_int_equal(import_read(arena, STR("\xFF\xFE"), &table, &line), IMPORT_READ_EMPTY);
    assert_int_equal(import_read(arena, STR(" ,\n,\n"), &table, &line), IMPORT_READ_EMPTY);
    assert_int_equal(import_read(arena, STR("PK\x03\x04xl/workbook"), &table, &line), IMPORT_READ_NOT_TEXT);
    assert_int_equal(import_read(arena, STR("a,b\n1,2\n\"open,\n3,4\n"), &table, &line),
                     IMPORT_READ_OPEN_QUOTE);
    assert_int_equal(line, 3);
    char *commas = arena_get(arena, 200);
    memset(commas, ',', 200);
    assert_int_equal(import_read(arena, (Str){.at = commas, .length = 200}, &table, &line),
                     IMPORT_READ_TOO_MANY_COLUMNS);
    assert_int_equal(line, 1);
    char *lines = arena_get(arena, 2 * 20011);
    for (size_t at = 0; at < 20011; at++) {
        memcpy(lines + 2 * at, "a\n", 2);
    }
    assert_int_equal(import_read(arena, (Str){.at = lines, .length = 2 * 20011}, &table, &line),
                     IMPORT_READ_TOO_MANY_ROWS);
    const Str huge = {.at = lines, .length = (size_t)IMPORT_MOST_BYTES + 1};
    assert_int_equal(import_read(arena, huge, &table, &line),
                     IMPORT_READ_TOO_LARGE); /* by length alone, unread */
    assert_int_equal(table.count, 0);
}

static void test_absurd_cells_are_named(void **state) {
    (void)state;
    char *text = arena_get(arena, 5100);
    memset(text, 'z', 5100);
    memcpy(text, "a,", 2);
    const ImportTable table = read_well((Str){.at = text, .length = 5100});
    assert_int_equal(table.lines[0].cells[1].trouble, TROUBLE_TOO_LONG);
    assert_int_equal(table.lines[0].cells[1].characters, 5098);
    assert_int_equal(table.lines[0].cells[1].text.length, IMPORT_MOST_CHARACTERS);
    static const char hidden[] = "a\0b,c\xE2\x80\xAE"
                                 "d\n";
    const ImportTable odd = read_well((Str){.at = hidden, .length = sizeof hidden - 1});
    assert_text(&odd, 0, 0, STR("ab"));
    assert_text(&odd, 0, 1, STR("cd"));
    assert_int_equal(odd.lines[0].trouble, TROUBLE_CONTROL);
}

static void test_formulas(void **state) {
    (void)state;
    static const char *const formulas[] = {"=1+1",     "@SUM(1)", "+cmd|' /C calc'!A0",
                                           "-2+3+cmd", "\t=1",    "=HYPERLINK(\"x\")",
                                           "+1+2",     "-5-3",    "- wants a call"};
    static const char *const plain[] = {
        "+1 787 555 0110", "+17875550110", "-5", "-", "--", "+5", "a=b", "7=8", "", "+1 (206) 555-0102 x2"};
    for (size_t index = 0; index < sizeof formulas / sizeof formulas[0]; index++) {
        if (!import_is_formula(str_of(formulas[index]))) {
            fail_msg("%s is not taken for a formula", formulas[index]);
        }
    }
    for (size_t index = 0; index < sizeof plain / sizeof plain[0]; index++) {
        if (import_is_formula(str_of(plain[index]))) {
            fail_msg("%s is taken for a formula", plain[index]);
        }
    }
    const ImportTable table = read_well(STR("name,phone\n=1+1,+1 787 555 0110\n"));
    assert_int_equal(table.lines[1].cells[0].trouble, TROUBLE_FORMULA);
    assert_text(&table, 1, 0, STR("=1+1"));
    assert_int_equal(table.lines[1].cells[1].trouble, 0);
}

/* Whatever the bytes: an answer, and every cell is clean text within the limit. */
static void test_any_bytes(void **state) {
    (void)state;
    static const char signs[] = "a1,;\t|\"\n\r \xC3\xA9\xE9\xFF\xFE\xEF\xBB\xBF\x80\0=+x";
    Random random = random_seeded(11);
    for (int round = 0; round < 20000; round++) {
        arena_reset(arena);
        char bytes[60];
        const size_t length = (size_t)random_below(&random, sizeof bytes);
        for (size_t at = 0; at < length; at++) {
            bytes[at] = signs[random_below(&random, sizeof signs - 1)];
        }
        ImportTable table = {.count = 0};
        int64_t line = 0;
        if (import_read(arena, (Str){.at = bytes, .length = length}, &table, &line) != IMPORT_READ_WELL) {
            continue;
        }
        assert_true(table.count > 0 && table.column_count > 0);
        for (size_t row = 0; row < table.count; row++) {
            assert_true(row == 0 || table.lines[row].line > table.lines[row - 1].line);
            for (size_t column = 0; column < table.column_count; column++) {
                const Str text = table.lines[row].cells[column].text;
                assert_true(str_is_clean(text));
                assert_true(str_equal(text, str_trim(text)));
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings),  cmocka_unit_test(test_mixed_cells_are_named),
        cmocka_unit_test(test_separators), cmocka_unit_test(test_ragged_blank_and_repeated_rows),
        cmocka_unit_test(test_refusals),   cmocka_unit_test(test_absurd_cells_are_named),
        cmocka_unit_test(test_formulas),   cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
