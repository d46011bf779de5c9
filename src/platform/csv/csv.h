/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated text as rows of cells, through libcsv.
 *
 * Cells are bytes: whether they are UTF-8 is for the reader of the file to find out, cell by cell, because
 * real spreadsheets mix. The text must have LF line ends. Cells are kept exactly: nothing is trimmed. */
#ifndef CSV_CELLS_H
#define CSV_CELLS_H

#include "base/buf.h"

typedef struct CsvRow {
    int64_t line; /* where it starts in the text, from 1 */
    const Str *cells;
    size_t count; /* at least 1 */
} CsvRow;

typedef struct CsvRows {
    const CsvRow *items;
    size_t count;
    size_t blank;            /* empty lines between the rows */
    bool has_too_many_rows;  /* reading stopped at the limit */
    bool has_too_many_cells; /* a row is wider than the limit */
    bool has_open_quote;     /* the last row's quotation mark is never closed; that row is not among them */
    int64_t stopped_line;    /* the line of the row for which one of these is true; 0: none is */
} CsvRows;

typedef struct CsvLimits {
    size_t rows;
    size_t columns;
} CsvLimits;

/* Cuts text into rows at LF and cells at `separator` (one of , ; tab |). Rows and cells live in the arena.
 * Reading stops at a limit, which the result says. fail(FAIL_MEMORY) when memory ends. */
CsvRows csv_read(Arena *arena, Str text, char separator, CsvLimits limits);

/* Adds one cell of words, always in quotation marks: there is no other way to write words to a file that a
 * spreadsheet opens. What one would take for a formula (= + - @ tab or line end in front) gets an apostrophe
 * before it, and so do words that begin with one before such a sign, so that csv_words() gives back exactly
 * what was written. The caller adds commas and CR LF. */
void csv_add_words(Buf *file, Str words);

/* What csv_add_words() wrote: without its apostrophe. Other words are as they are. */
Str csv_words(Str cell);

#endif
