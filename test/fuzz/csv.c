/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a spreadsheet's text, and as words that are written to one: what is read back is what was
 * written, and nothing that was written begins as a formula does. */
// needs: src/platform/csv/csv.c -lcsv
#include "platform/csv/csv.h"

#include <assert.h>

enum { CELLS_MOST = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes between NULs are cells of one row. */
static void write_and_read(Arena *arena, Str bytes) {
    Str cells[CELLS_MOST];
    size_t count = 0;
    Buf file = buf_new(arena, 4 * bytes.length + 64);
    while (count < CELLS_MOST) {
        const bool is_more = str_cut(bytes, '\0', &cells[count], &bytes);
        cells[count] = is_more ? cells[count] : bytes;
        buf_add(&file, count == 0 ? STR("") : STR(","));
        csv_add_words(&file, cells[count++]);
        if (!is_more) {
            break;
        }
    }
    buf_add_char(&file, '\n');
    const CsvRows rows = csv_read(arena, buf_str(&file), ',', (CsvLimits){.rows = 10, .columns = CELLS_MOST});
    assert(rows.count == 1 && rows.items[0].count == count && !rows.has_open_quote);
    for (size_t at = 0; at < count; at++) {
        const Str cell = rows.items[0].cells[at];
        assert(cell.length == 0 || memchr("=+-@\t\r\n", cell.at[0], 7) == NULL);
        assert(str_equal(csv_words(cell), cells[at]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char separators[] = ",;\t|";
    Arena *arena = arena_new(64 << 20);
    const Str bytes = {.at = (const char *)data, .length = size};
    const CsvLimits limits = {.rows = 100, .columns = 20};
    for (size_t at = 0; at < sizeof separators - 1; at++) {
        const CsvRows rows = csv_read(arena, bytes, separators[at], limits);
        assert(rows.count <= limits.rows);
        for (size_t row = 0; row < rows.count; row++) {
            assert(rows.items[row].count >= 1 && rows.items[row].count <= limits.columns);
        }
    }
    write_and_read(arena, bytes);
    arena_free(arena);
    return 0;
}
