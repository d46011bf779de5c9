/* SPDX-License-Identifier: Apache-2.0 */
/* Spreadsheets: any bytes as a table, its columns guessed, and each cell read in every way there is. */
// needs: src/platform/csv/csv.c -lcsv
// needs: src/features/import/import_age.c src/features/import/import_cell.c
// needs: src/features/import/import_concepts.c src/features/import/import_date.c
// needs: src/features/import/import_guess.c src/features/import/import_index.c
// needs: src/features/import/import_read.c src/features/import/import_times.c
// needs: src/features/import/import_words.c
#include "features/import/import_guess.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"Foster / kinship", "English", "Mother",
                                    "Weekday evenings", "6 to 9",  "18+"};
enum { NAMES = sizeof names / sizeof names[0] };

static void check(const ImportReading *reading, Str cell) {
    assert(str_is_clean(reading->rest));
    assert(reading->sure != IMPORT_NOT_UNDERSTOOD || str_equal(reading->rest, cell));
}

static void read_cell(Arena *arena, const ImportList *lists, const ImportBands *bands, Str cell) {
    const ImportDay today = {.year = 2026, .month = 11, .day = 22};
    const ImportReading readings[] = {
        import_phone(arena, cell).reading,
        import_mail(arena, cell).reading,
        import_yes_no(arena, cell).reading,
        import_word(arena, &lists[TOPIC_RELATION], cell).reading,
        import_words(arena, &lists[TOPIC_EXPERIENCE], cell, false).reading,
        import_words(arena, &lists[TOPIC_EXPERIENCE], cell, true).reading,
        import_words(arena, &lists[TOPIC_LANGUAGE], cell, false).reading,
        import_times(arena, &lists[TOPIC_TIME], cell).reading,
        import_age(arena, bands, cell).reading,
        import_date(arena, cell, DATE_ORDER_UNPROVEN, today).reading,
        import_room(arena, cell).reading,
        import_status(arena, cell).reading,
        import_training(arena, cell, (Time){INT64_C(1795305600) * TIME_SECOND}).reading,
    };
    for (size_t at = 0; at < sizeof readings / sizeof readings[0]; at++) {
        check(&readings[at], cell);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(256 << 20);
    Str texts[NAMES];
    ImportItem items[NAMES];
    for (size_t at = 0; at < NAMES; at++) {
        texts[at] = str_of(names[at]);
        items[at] = (ImportItem){.id = (int64_t)at + 1, .names = {.items = &texts[at], .count = 1}};
    }
    ImportList lists[TOPIC_COUNT];
    for (int topic = 0; topic < TOPIC_COUNT; topic++) {
        lists[topic] = import_list_new(arena, (ImportTopic)topic, items, NAMES);
    }
    const ImportBands bands = import_bands_new(arena, items, NAMES);
    ImportTable table = {.count = 0};
    int64_t line = 0;
    if (import_read(arena, (Str){.at = (const char *)data, .length = size}, &table, &line) ==
        IMPORT_READ_WELL) {
        const ImportColumns columns = import_guess(arena, &table, (ImportKind)0);
        assert(columns.count == table.column_count);
        for (size_t row = 0; row < table.count && row < 6; row++) {
            for (size_t column = 0; column < table.column_count; column++) {
                assert(str_is_clean(table.lines[row].cells[column].text));
                read_cell(arena, lists, &bands, table.lines[row].cells[column].text);
            }
        }
    }
    arena_free(arena);
    return 0;
}
