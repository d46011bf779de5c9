/* SPDX-License-Identifier: Apache-2.0 */
/* Rows and cells with their lines, the limits, and what was quoted reading back the same. */
#include "test/unit.h"

#include "base/buf.h"
#include "base/random.h"
#include "platform/csv/csv.h"

static const CsvLimits wide = {.rows = 100, .columns = 64};

static void assert_cell(const CsvRow *row, size_t at, const char *text) {
    assert_true(at < row->count);
    assert_true(str_equal(row->cells[at], str_of(text)));
}

static void test_rows_and_lines(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    const CsvRows rows =
        csv_read(arena, STR("a, b ,\n\n\"x\n\ny\",\"say \"\"hi\"\"\"\n 5\" tall ,z"), ',', wide);
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.blank, 1);
    assert_int_equal(rows.items[0].line, 1);
    assert_int_equal(rows.items[0].count, 3);
    assert_cell(&rows.items[0], 1, " b ");
    assert_cell(&rows.items[0], 2, "");
    assert_int_equal(rows.items[1].line, 3);
    assert_cell(&rows.items[1], 0, "x\n\ny");
    assert_cell(&rows.items[1], 1, "say \"hi\"");
    assert_int_equal(rows.items[2].line, 6);
    assert_cell(&rows.items[2], 0, " 5\" tall ");
    assert_false(rows.has_open_quote);
    arena_free(arena);
}

static void test_limits(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    const CsvLimits narrow = {.rows = 2, .columns = 2};
    CsvRows rows = csv_read(arena, STR("a\nb\n\nc\n"), ',', narrow);
    assert_true(rows.has_too_many_rows);
    assert_int_equal(rows.stopped_line, 4);
    assert_int_equal(rows.count, 2);
    rows = csv_read(arena, STR("a,b\nc,d,e\n"), ',', narrow);
    assert_true(rows.has_too_many_cells);
    assert_int_equal(rows.stopped_line, 2);
    rows = csv_read(arena, STR("a\n\"b\nc\n"), ',', wide);
    assert_true(rows.has_open_quote);
    assert_int_equal(rows.stopped_line, 2);
    assert_int_equal(rows.count, 1);
    rows = csv_read(arena, STR(""), ',', wide);
    assert_int_equal(rows.count, 0);
    assert_int_equal(rows.stopped_line, 0);
    arena_free(arena);
}

/* Every spreadsheet program calculates what begins so; none begins so in a file of ours. */
static void test_no_formula_is_written(void **state) {
    (void)state;
    static const struct {
        Str words, cell;
    } table[] = {
        {STR("=1+1"), STR("\"'=1+1\"")},    {STR("+1"), STR("\"'+1\"")},
        {STR("-1"), STR("\"'-1\"")},        {STR("@SUM(1)"), STR("\"'@SUM(1)\"")},
        {STR("\t=1"), STR("\"'\t=1\"")},    {STR("\r=1"), STR("\"'\r=1\"")},
        {STR("\n=1"), STR("\"'\n=1\"")},    {STR("'=1"), STR("\"''=1\"")},
        {STR("''=1"), STR("\"'''=1\"")},    {STR("'tis"), STR("\"'tis\"")},
        {STR("'"), STR("\"'\"")},           {STR(""), STR("\"\"")},
        {STR("a=1"), STR("\"a=1\"")},       {STR("say \"=\""), STR("\"say \"\"=\"\"\"")},
        {STR("\",=1"), STR("\"\"\",=1\"")},
    };
    Arena *arena = arena_new(1 << 20);
    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        Buf buf = buf_new(arena, 1000);
        csv_add_words(&buf, table[at].words);
        if (!str_equal(buf_str(&buf), table[at].cell)) {
            fail_msg("row %zu is written %.*s", at, STR_ARGS(buf_str(&buf)));
        }
    }
    arena_free(arena);
}

static void test_quoted_reads_back(void **state) {
    (void)state;
    static const char signs[] = "ab,;\"\n\t 9''==+-@";
    Arena *arena = arena_new(8 << 20);
    Random random = random_seeded(7);
    for (int round = 0; round < 2000; round++) {
        arena_reset(arena);
        char text[3][6];
        Buf buf = buf_new(arena, 1000);
        for (size_t cell = 0; cell < 3; cell++) {
            for (size_t at = 0; at < sizeof text[cell]; at++) {
                text[cell][at] = signs[random_below(&random, sizeof signs - 1)];
            }
            buf_add(&buf, cell == 0 ? STR("") : STR(","));
            csv_add_words(&buf, (Str){.at = text[cell], .length = sizeof text[cell]});
        }
        buf_add_char(&buf, '\n');
        const CsvRows rows = csv_read(arena, buf_str(&buf), ',', wide);
        assert_int_equal(rows.count, 1);
        assert_int_equal(rows.items[0].count, 3);
        for (size_t cell = 0; cell < 3; cell++) {
            const Str read = rows.items[0].cells[cell];
            assert_null(memchr("=+-@\t\n", read.at[0], 6)); /* nothing that begins so was written */
            assert_true(str_equal(csv_words(read), (Str){.at = text[cell], .length = sizeof text[cell]}));
        }
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_and_lines),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_no_formula_is_written),
        cmocka_unit_test(test_quoted_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
