/* SPDX-License-Identifier: Apache-2.0 */
/* A spreadsheet's bytes as a table of clean text cells, with everything odd about them named.
 *
 * Files come as spreadsheets save them: UTF-8 with or without a mark, UTF-16, Windows-1252, or two of these
 * mixed; comma, semicolon, tab or bar between cells; ragged, blank and repeated rows. Nothing is dropped
 * silently: a cell that had to be read differently carries a trouble bit, and the original bytes stay with
 * whoever holds the file.
 *
 * Pure: no database, no clock. Everything lives in the arena; texts of clean cells point into the content,
 * which must outlive the table. Every text is valid UTF-8 with LF line ends. */
#ifndef IMPORT_READ_H
#define IMPORT_READ_H

#include "base/str.h"

enum {
    IMPORT_MOST_BYTES = 8 * 1024 * 1024,
    IMPORT_MOST_ROWS = 20000,
    IMPORT_MOST_COLUMNS = 64,
    IMPORT_MOST_CHARACTERS = 4000, /* in one cell */
};

typedef enum ImportRead {
    IMPORT_READ_WELL,
    IMPORT_READ_EMPTY, /* nothing but blanks */
    IMPORT_READ_TOO_LARGE,
    IMPORT_READ_TOO_MANY_ROWS,
    IMPORT_READ_TOO_MANY_COLUMNS,
    IMPORT_READ_OPEN_QUOTE, /* a quotation mark that never closes swallows the rest */
    IMPORT_READ_NOT_TEXT,   /* a workbook, a PDF, a picture */
} ImportRead;

typedef enum ImportEncoding {
    IMPORT_UTF8,
    IMPORT_UTF8_MARKED, /* with a byte order mark */
    IMPORT_UTF16,
    IMPORT_WINDOWS_1252,
    IMPORT_MIXED, /* UTF-8 with cells that are not; those were read as Windows-1252, each is named */
} ImportEncoding;

/* What is odd about one cell, as bits. */
typedef enum ImportTrouble {
    TROUBLE_FORMULA = 1 << 0,  /* a spreadsheet would run it; kept as plain text */
    TROUBLE_TOO_LONG = 1 << 1, /* text holds only its beginning; its row is refused */
    TROUBLE_ENCODING = 1 << 2, /* read as Windows-1252 in a file of UTF-8 */
    TROUBLE_BROKEN = 1 << 3,   /* held bytes that mean nothing; each became U+FFFD */
    TROUBLE_CONTROL = 1 << 4,  /* held invisible control characters, which were taken out */
    TROUBLE_GARBLED = 1 << 5,  /* looks as if an earlier program had read the wrong encoding; kept as it is */
} ImportTrouble;

typedef struct ImportCell {
    Str text; /* trimmed; empty when nothing is said */
    unsigned trouble;
    size_t characters; /* before a cut, so that the refusal can say how long it was */
} ImportCell;

typedef struct ImportLine {
    int64_t line;            /* in the file, from 1 */
    const ImportCell *cells; /* as many as the table has columns */
    size_t came_with;        /* cells that were really there; may be more or fewer than the headings */
    int64_t repeats;         /* the line of an earlier row with the very same cells; 0: none */
    unsigned trouble;        /* of all its cells together */
} ImportLine;

typedef struct ImportTable {
    ImportEncoding encoding;
    char separator;
    size_t column_count;
    const ImportLine *lines;
    size_t count;
    size_t blank; /* rows without any text, left out here */
} ImportTable;

/* Reads it all, or says why not; *ret_line is then where (0: nowhere in particular). Nothing is set on
 * failure but *ret_line. */
ImportRead import_read(Arena *arena, Str content, ImportTable *ret_table, int64_t *ret_line);

/* True when a spreadsheet would take this text for a formula: = + - @ tab or line end in front, other than
 * a phone number, a number, or dashes that say "nothing". */
bool import_is_formula(Str text);

#endif
