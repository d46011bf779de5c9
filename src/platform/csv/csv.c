/* SPDX-License-Identifier: Apache-2.0 */
/* The only file that speaks to libcsv. */
#include "platform/csv/csv.h"

#include "base/fail.h"

#include <csv.h>

/* Where libcsv's callbacks put what they find. Everything is reserved beforehand: a callback must not
 * fail(), it would skip libcsv's frames. */
typedef struct Reading {
    CsvRow *rows;
    Str *cells;
    char *bytes;
    size_t row_room, cell_room, column_room;
    size_t row_count, cell_count, byte_count;
    size_t row_first_cell;
    int64_t line; /* of the row being read */
    bool row_has_ended;
    bool has_too_many_rows, has_too_many_cells;
} Reading;

static void take_cell(void *bytes, size_t length, void *context) {
    Reading *reading = context;
    if (reading->cell_count == reading->cell_room ||
        reading->cell_count - reading->row_first_cell == reading->column_room) {
        reading->has_too_many_cells = true;
        return; /* feed_lines() stops after this line */
    }
    char *at = reading->bytes + reading->byte_count;
    if (length > 0) {
        memcpy(at, bytes, length);
    }
    reading->byte_count += length;
    reading->cells[reading->cell_count++] = (Str){.at = at, .length = length};
}

static void take_row(int end, void *context) {
    (void)end;
    Reading *reading = context;
    reading->row_has_ended = true;
    if (reading->row_count == reading->row_room) {
        reading->has_too_many_rows = true;
        return;
    }
    reading->rows[reading->row_count++] = (CsvRow){
        .line = reading->line,
        .cells = reading->cells + reading->row_first_cell,
        .count = reading->cell_count - reading->row_first_cell,
    };
    reading->row_first_cell = reading->cell_count;
}

/* libcsv trims what this calls a space, and a cell is kept as it was typed. */
static int is_never_space(unsigned char byte) {
    (void)byte;
    return 0;
}

static int is_line_end(unsigned char byte) {
    return byte == '\n';
}

static size_t count_bytes(Str text, char byte) {
    size_t count = 0;
    for (size_t index = 0; index < text.length; index++) {
        count += text.at[index] == byte ? 1 : 0;
    }
    return count;
}

static size_t at_most(size_t value, size_t most) {
    return value < most ? value : most;
}

static Reading reading_new(Arena *arena, Str text, char separator, CsvLimits limits) {
    const size_t lines = count_bytes(text, '\n') + 1;
    const size_t row_room = at_most(lines, limits.rows);
    /* A separator inside quotation marks only makes this estimate too large. */
    const size_t cell_room = at_most(count_bytes(text, separator) + lines, row_room * limits.columns);
    return (Reading){
        .rows = NEW_MANY(arena, row_room, CsvRow),
        .cells = NEW_MANY(arena, cell_room, Str),
        .bytes = arena_get(arena, text.length),
        .row_room = row_room,
        .cell_room = cell_room,
        .column_room = limits.columns,
    };
}

/* Feeds line by line, because libcsv does not tell where a row began. */
static void feed_lines(struct csv_parser *parser, Str text, Reading *reading, CsvRows *result) {
    bool is_between_rows = true;
    int64_t line = 0;
    for (size_t at = 0; at < text.length && !reading->has_too_many_rows && !reading->has_too_many_cells;) {
        line++;
        const char *end = memchr(text.at + at, '\n', text.length - at);
        const size_t length = end == NULL ? text.length - at : (size_t)(end - (text.at + at)) + 1;
        if (is_between_rows && length == 1 && end != NULL) {
            result->blank++;
            at += length;
            continue;
        }
        if (is_between_rows) {
            reading->line = line;
        }
        reading->row_has_ended = false;
        if (csv_parse(parser, text.at + at, length, take_cell, take_row, reading) != length) {
            break; /* only memory can stop a parser that is not strict; csv_error() tells below */
        }
        is_between_rows = reading->row_has_ended;
        at += length;
    }
    if (is_between_rows || csv_error(parser) != CSV_SUCCESS) {
        return;
    }
    /* A last line without line end closes like any other, unless its quotation mark is open. */
    reading->row_has_ended = false;
    (void)csv_parse(parser, "\n", 1, take_cell, take_row, reading);
    result->has_open_quote = !reading->row_has_ended;
}

CsvRows csv_read(Arena *arena, Str text, char separator, CsvLimits limits) {
    Reading reading = reading_new(arena, text, separator, limits);
    CsvRows result = {.items = reading.rows};
    struct csv_parser parser;
    if (csv_init(&parser, 0) != 0) {
        fail(FAIL_MEMORY, "the spreadsheet reader could not start");
    }
    csv_set_delim(&parser, (unsigned char)separator);
    csv_set_space_func(&parser, is_never_space);
    csv_set_term_func(&parser, is_line_end);
    feed_lines(&parser, text, &reading, &result);
    const int error = csv_error(&parser);
    csv_free(&parser);
    if (error != CSV_SUCCESS) {
        fail(FAIL_MEMORY, "the spreadsheet reader stopped: %s", csv_strerror(error));
    }
    result.count = reading.row_count;
    result.has_too_many_rows = reading.has_too_many_rows;
    result.has_too_many_cells = reading.has_too_many_cells;
    if (result.has_too_many_rows || result.has_too_many_cells || result.has_open_quote) {
        result.stopped_line = reading.line;
    }
    return result;
}

/* ---- formulas ---- */

/* The signs that make a spreadsheet run a cell, and the line ends that some skip before they look. */
static bool is_sign(char byte) {
    return byte == '=' || byte == '+' || byte == '-' || byte == '@' || byte == '\t' || byte == '\r' ||
           byte == '\n';
}

/* Would a spreadsheet run this, or csv_words() take an apostrophe off that is the writer's own? */
static bool needs_guard(Str words) {
    size_t at = 0;
    while (at < words.length && words.at[at] == '\'') {
        at++;
    }
    return at < words.length && is_sign(words.at[at]);
}

void csv_add_words(Buf *file, Str words) {
    buf_add(file, needs_guard(words) ? STR("\"'") : STR("\""));
    for (size_t at = 0; at < words.length; at++) {
        if (words.at[at] == '"') {
            buf_add_char(file, '"');
        }
        buf_add_char(file, words.at[at]);
    }
    buf_add_char(file, '"');
}

Str csv_words(Str cell) {
    const bool is_guarded = str_starts_with(cell, STR("'")) && needs_guard(cell);
    return is_guarded ? str_part(cell, 1, cell.length) : cell;
}
