/* SPDX-License-Identifier: Apache-2.0 */
/* From bytes to cells: encoding, separator, then each cell on its own. */
#include "features/import/import_read.h"

#include "base/buf.h"
#include "features/import/import_index.h"
#include "platform/csv/csv.h"

enum { SAMPLE_BYTES = 64 * 1024, SAMPLE_ROWS = 50 };

/* Windows-1252 from 0x80 to 0x9F; 0 where it means nothing. */
static const uint16_t windows_1252_high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static void add_code_point(Buf *buf, uint32_t point) {
    if (point < 0x80) {
        buf_add_char(buf, (char)point);
    } else if (point < 0x800) {
        buf_add_char(buf, (char)(0xC0 | (point >> 6)));
        buf_add_char(buf, (char)(0x80 | (point & 0x3F)));
    } else if (point < 0x10000) {
        buf_add_char(buf, (char)(0xE0 | (point >> 12)));
        buf_add_char(buf, (char)(0x80 | ((point >> 6) & 0x3F)));
        buf_add_char(buf, (char)(0x80 | (point & 0x3F)));
    } else {
        buf_add_char(buf, (char)(0xF0 | (point >> 18)));
        buf_add_char(buf, (char)(0x80 | ((point >> 12) & 0x3F)));
        buf_add_char(buf, (char)(0x80 | ((point >> 6) & 0x3F)));
        buf_add_char(buf, (char)(0x80 | (point & 0x3F)));
    }
}

/* Bytes of the valid UTF-8 sequence that starts at `at`, 0 when none does. */
static size_t utf8_length(Str text, size_t at) {
    const unsigned char first = (unsigned char)text.at[at];
    const size_t length = first < 0x80   ? 1
                          : first < 0xC2 ? 0
                          : first < 0xE0 ? 2
                          : first < 0xF0 ? 3
                          : first < 0xF5 ? 4
                                         : 0;
    if (length == 0 || length > text.length - at || first == 0) {
        return first == 0 ? 1 : 0;
    }
    return length == 1 || str_is_clean(str_part(text, at, length)) ? length : 0;
}

/* ---- the whole file ---- */

/* Unpaired surrogates become U+FFFD, like every byte that means nothing. */
static Str utf16_to_utf8(Arena *arena, Str content, bool is_big) {
    Buf buf = buf_new(arena, 2 * (size_t)IMPORT_MOST_BYTES);
    const unsigned char *bytes = (const unsigned char *)content.at;
    uint32_t high = 0;
    for (size_t at = 2; at + 1 < content.length; at += 2) {
        const uint32_t unit =
            is_big ? (uint32_t)(bytes[at] << 8 | bytes[at + 1]) : (uint32_t)(bytes[at + 1] << 8 | bytes[at]);
        const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
        if (high != 0) {
            add_code_point(&buf, is_low ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
            high = 0;
            if (is_low) {
                continue;
            }
        }
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            high = unit;
        } else {
            add_code_point(&buf, is_low ? 0xFFFD : unit);
        }
    }
    if (high != 0 || content.length % 2 != 0) {
        add_code_point(&buf, 0xFFFD);
    }
    return buf_str(&buf);
}

static ImportEncoding encoding_of(Str text, bool is_marked) {
    bool has_utf8 = is_marked;
    bool has_other = false;
    for (size_t at = 0; at < text.length;) {
        if ((unsigned char)text.at[at] < 0x80) {
            at++;
            continue;
        }
        const size_t length = utf8_length(text, at);
        has_utf8 = has_utf8 || length > 1;
        has_other = has_other || length == 0;
        at += length == 0 ? 1 : length;
    }
    if (has_other) {
        return has_utf8 ? IMPORT_MIXED : IMPORT_WINDOWS_1252;
    }
    return is_marked ? IMPORT_UTF8_MARKED : IMPORT_UTF8;
}

/* Every line end becomes LF: CSV readers, people's words and duplicates are all simpler so. */
static Str with_plain_line_ends(Arena *arena, Str text) {
    if (memchr(text.at, '\r', text.length) == NULL) {
        return text;
    }
    char *bytes = arena_get(arena, text.length);
    size_t length = 0;
    for (size_t at = 0; at < text.length; at++) {
        if (text.at[at] != '\r') {
            bytes[length++] = text.at[at];
        } else if (at + 1 == text.length || text.at[at + 1] != '\n') {
            bytes[length++] = '\n';
        }
    }
    return (Str){.at = bytes, .length = length};
}

static bool is_not_text(Str content) {
    static const Str starts[] = {
        {"PK\x03\x04", 4},       /* .xlsx, .ods */
        {"\xD0\xCF\x11\xE0", 4}, /* .xls */
        {"%PDF", 4},
        {"\x89PNG", 4},
        {"\xFF\xD8\xFF", 3}, /* JPEG */
        {"\x1F\x8B", 2},     /* gzip */
    };
    for (size_t index = 0; index < sizeof starts / sizeof starts[0]; index++) {
        if (str_starts_with(content, starts[index])) {
            return true;
        }
    }
    return false;
}

/* ---- the separator ---- */

/* How well a separator explains the text: cells beyond the first in rows as wide as the widest common row. */
static size_t separator_score(Arena *arena, Str sample, char separator) {
    const CsvRows rows =
        csv_read(arena, sample, separator, (CsvLimits){.rows = SAMPLE_ROWS, .columns = IMPORT_MOST_COLUMNS});
    size_t rows_of_width[IMPORT_MOST_COLUMNS + 1] = {0};
    for (size_t index = 0; index < rows.count; index++) {
        rows_of_width[rows.items[index].count]++;
    }
    size_t best = 0;
    for (size_t width = 2; width <= IMPORT_MOST_COLUMNS; width++) {
        const size_t score = (width - 1) * rows_of_width[width] * rows_of_width[width];
        best = score > best ? score : best;
    }
    return best;
}

/* The separator; *ret_text is what follows a spreadsheet's own "sep=;" line, and *ret_skipped counts that
 * line. */
static char separator_of(Arena *arena, Str text, Str *ret_text, int64_t *ret_skipped) {
    static const char candidates[] = {',', ';', '\t', '|'};
    *ret_text = text;
    *ret_skipped = 0;
    if (text.length > 5 && str_equal_ascii(str_part(text, 0, 4), STR("sep=")) &&
        memchr(candidates, text.at[4], sizeof candidates) != NULL && text.at[5] == '\n') {
        *ret_text = str_part(text, 6, text.length);
        *ret_skipped = 1;
        return text.at[4];
    }
    char best = ',';
    size_t best_score = 0;
    for (size_t index = 0; index < sizeof candidates; index++) {
        const size_t score = separator_score(arena, str_part(text, 0, SAMPLE_BYTES), candidates[index]);
        if (score > best_score) {
            best_score = score;
            best = candidates[index];
        }
    }
    return best;
}

/* ---- one cell ---- */

bool import_is_formula(Str text) {
    if (text.length == 0 || memchr("=+-@\t\r\n", text.at[0], 7) == NULL) {
        return false;
    }
    /* "+1 787 555 0110", "-5", "--": digits and what stands between digits, or only dashes. */
    size_t digits = 0;
    size_t others = 0;
    for (size_t index = 0; index < text.length; index++) {
        const char byte = text.at[index];
        if (byte >= '0' && byte <= '9') {
            digits++;
        } else if (memchr(" ().-/", byte, 6) == NULL && !(byte == '+' && index == 0) && byte != 'x') {
            others++;
        }
    }
    const bool is_dashes = digits == 0 && others == 0 && text.at[0] == '-';
    /* Few digits after a sign and an operator between them is arithmetic: "+1+2" has an "other", "-5-3"
     * looks like it. */
    const bool is_number =
        others == 0 && digits > 0 && (digits >= 7 || memchr(text.at + 1, '-', text.length - 1) == NULL);
    return !(is_dashes || (is_number && memchr("+-", text.at[0], 2) != NULL));
}

static bool is_unwanted(uint32_t point) {
    return (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point < 0xA0) ||
           point == 0xFEFF || (point >= 0x200B && point <= 0x200F && point != 0x200D) ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

static uint32_t code_point_at(Str text, size_t at, size_t length) {
    const unsigned char *bytes = (const unsigned char *)text.at + at;
    switch (length) {
    case 1:
        return bytes[0];
    case 2:
        return (uint32_t)(bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F);
    case 3:
        return (uint32_t)(bytes[0] & 0x0F) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
    default:
        return (uint32_t)(bytes[0] & 0x07) << 18 | (uint32_t)(bytes[1] & 0x3F) << 12 |
               (uint32_t)(bytes[2] & 0x3F) << 6 | (bytes[3] & 0x3F);
    }
}

/* The slow way for a cell with bytes beyond plain ASCII: each sequence is kept, translated, replaced or
 * taken out. */
static Str decode_cell(Arena *arena, Str raw, ImportEncoding encoding, unsigned *trouble) {
    Buf buf = buf_new(arena, 3 * raw.length + 16);
    uint32_t before = 0;
    for (size_t at = 0; at < raw.length;) {
        const unsigned char byte = (unsigned char)raw.at[at];
        size_t length = encoding == IMPORT_WINDOWS_1252 && byte >= 0x80 ? 0 : utf8_length(raw, at);
        uint32_t point = length == 0 ? byte : code_point_at(raw, at, length);
        if (length == 0) {
            length = 1;
            *trouble |= encoding == IMPORT_WINDOWS_1252 ? 0U : (unsigned)TROUBLE_ENCODING;
            point = byte < 0xA0 ? windows_1252_high[byte - 0x80] : byte;
            point = point == 0 ? 0xFFFD : point;
        }
        at += length;
        if (is_unwanted(point)) {
            *trouble |= TROUBLE_CONTROL;
            continue;
        }
        *trouble |= point == 0xFFFD ? (unsigned)TROUBLE_BROKEN : 0U;
        /* A-tilde or A-circumflex before a Latin-1 sign is what UTF-8 looks like when read as something
         * else. */
        *trouble |= (before == 0xC3 || before == 0xC2) && point >= 0xA0 && point <= 0xBF
                        ? (unsigned)TROUBLE_GARBLED
                        : 0U;
        before = point;
        add_code_point(&buf, point);
    }
    return buf_str(&buf);
}

static bool is_plain_ascii(Str raw) {
    for (size_t at = 0; at < raw.length; at++) {
        const unsigned char byte = (unsigned char)raw.at[at];
        if (byte >= 0x7F || (byte < 0x20 && byte != '\n' && byte != '\t')) {
            return false;
        }
    }
    return true;
}

static Str trim_all(Str text) {
    Str trimmed = str_trim(text);
    while (trimmed.length != text.length) {
        text = trimmed;
        trimmed = str_trim(text);
    }
    return trimmed;
}

static ImportCell cell_of(Arena *arena, Str raw, ImportEncoding encoding) {
    ImportCell cell = {.text = csv_words(raw)};
    if (!is_plain_ascii(raw)) {
        cell.text = decode_cell(arena, cell.text, encoding, &cell.trouble);
    }
    if (import_is_formula(cell.text) && trim_all(cell.text).length > 0) {
        cell.trouble |= TROUBLE_FORMULA;
    }
    cell.text = trim_all(cell.text);
    cell.characters =
        cell.text.length > IMPORT_MOST_CHARACTERS ? str_characters(cell.text) : cell.text.length;
    if (cell.characters > IMPORT_MOST_CHARACTERS) {
        cell.trouble |= TROUBLE_TOO_LONG;
        cell.text = str_first_characters(cell.text, IMPORT_MOST_CHARACTERS);
    }
    return cell;
}

/* ---- the table ---- */

static size_t cells_used(const CsvRow *row) {
    size_t used = row->count;
    while (used > 0 && str_is_empty(trim_all(row->cells[used - 1]))) {
        used--;
    }
    return used;
}

static void fill_line(Arena *arena, const CsvRow *row, ImportTable *table, ImportLine *ret_line) {
    ImportCell *cells = NEW_MANY(arena, table->column_count, ImportCell);
    unsigned trouble = 0;
    for (size_t index = 0; index < table->column_count; index++) {
        cells[index] = index < row->count ? cell_of(arena, row->cells[index], table->encoding)
                                          : (ImportCell){.text = STR("")};
        trouble |= cells[index].trouble;
    }
    *ret_line = (ImportLine){.line = row->line, .cells = cells, .came_with = row->count, .trouble = trouble};
}

/* All cells of a line as one text that no other cells can make. */
static Str line_key(Arena *arena, const ImportLine *line, size_t columns) {
    Buf buf = buf_new(arena, columns * (size_t)(4 * IMPORT_MOST_CHARACTERS + 1));
    for (size_t index = 0; index < columns; index++) {
        buf_add(&buf, line->cells[index].text);
        buf_add_char(&buf, '\x1F'); /* a control character, which cells never hold */
    }
    return buf_str(&buf);
}

static void fill_table(Arena *arena, const CsvRows *rows, int64_t skipped, ImportTable *table) {
    for (size_t index = 0; index < rows->count; index++) {
        const size_t used = cells_used(&rows->items[index]);
        table->column_count = used > table->column_count ? used : table->column_count;
    }
    ImportLine *lines = NEW_MANY(arena, rows->count, ImportLine);
    ImportIndex seen = import_index_new(arena, rows->count);
    table->blank = rows->blank;
    for (size_t index = 0; index < rows->count; index++) {
        if (cells_used(&rows->items[index]) == 0) {
            table->blank++;
            continue;
        }
        ImportLine *line = &lines[table->count++];
        fill_line(arena, &rows->items[index], table, line);
        line->line += skipped;
        line->repeats = import_index_add(&seen, line_key(arena, line, table->column_count), line->line);
    }
    table->lines = lines;
}

static Str file_text(Arena *arena, Str content, ImportEncoding *ret_encoding) {
    const bool is_little = str_starts_with(content, (Str){.at = "\xFF\xFE", .length = 2});
    const bool is_big = str_starts_with(content, (Str){.at = "\xFE\xFF", .length = 2});
    if (is_little || is_big) {
        *ret_encoding = IMPORT_UTF16;
        return utf16_to_utf8(arena, content, is_big);
    }
    const bool is_marked = str_starts_with(content, (Str){.at = "\xEF\xBB\xBF", .length = 3});
    const Str text = is_marked ? str_part(content, 3, content.length) : content;
    *ret_encoding = encoding_of(text, is_marked);
    return text;
}

ImportRead import_read(Arena *arena, Str content, ImportTable *ret_table, int64_t *ret_line) {
    *ret_line = 0;
    if (content.length > IMPORT_MOST_BYTES) {
        return IMPORT_READ_TOO_LARGE;
    }
    if (is_not_text(content)) {
        return IMPORT_READ_NOT_TEXT;
    }
    if (content.length == 0) {
        return IMPORT_READ_EMPTY;
    }
    ImportTable table = {.count = 0};
    Str text = file_text(arena, content, &table.encoding);
    if (text.length == 0) {
        return IMPORT_READ_EMPTY;
    }
    text = with_plain_line_ends(arena, text);
    int64_t skipped = 0;
    table.separator = separator_of(arena, text, &text, &skipped);
    /* Headings and titles come on top of the rows that count. */
    const CsvRows rows = csv_read(arena, text, table.separator,
                                  (CsvLimits){.rows = IMPORT_MOST_ROWS + 10, .columns = IMPORT_MOST_COLUMNS});
    *ret_line = rows.stopped_line == 0 ? 0 : rows.stopped_line + skipped;
    if (rows.has_too_many_cells) {
        return IMPORT_READ_TOO_MANY_COLUMNS;
    }
    if (rows.has_too_many_rows) {
        return IMPORT_READ_TOO_MANY_ROWS;
    }
    if (rows.has_open_quote) {
        return IMPORT_READ_OPEN_QUOTE;
    }
    fill_table(arena, &rows, skipped, &table);
    if (table.count == 0) {
        return IMPORT_READ_EMPTY;
    }
    *ret_table = table;
    return IMPORT_READ_WELL;
}
