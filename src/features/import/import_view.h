/* SPDX-License-Identifier: Apache-2.0 */
/* What the import pages show: filled by import_pages.c and import_show_pages.c, drawn by import.html. */
#ifndef IMPORT_VIEW_H
#define IMPORT_VIEW_H

#include "features/import/import.h"
#include "ui/ui.h"

/* A spreadsheet in the list of those before. */
typedef struct ImportListed {
    Url url;
    Str filename;
    Text kind;
    Text state;
    int64_t rows;
    Time created_at;
} ImportListed;
typedef struct ImportListedItems {
    const ImportListed *items;
    size_t count;
} ImportListedItems;

typedef struct ImportUploadPage {
    Layout layout;
    Program program;
    const Form *form; /* file, kind */
    Options kinds;
    Str where; /* which line of the file could not be read; none: nowhere in particular */
    ImportListedItems before;
} ImportUploadPage;

/* A text that was guessed or left in words. */
typedef struct ImportGroupShown {
    Str original;
    Str understood;
    bool is_understood;
    Text why;
    int64_t rows;
} ImportGroupShown;
typedef struct ImportGroupsShown {
    const ImportGroupShown *items;
    size_t count;
} ImportGroupsShown;

typedef struct ImportColumnShown {
    Str name; /* of the field */
    Str heading;
    Str meaning; /* its word, as chosen */
    Text why;
    Str samples;
    int64_t understood, guessed, open;
    ImportGroupsShown groups;
    int64_t beyond; /* cells of texts that are not shown */
    Text error;     /* TEXT_NONE: fine */
} ImportColumnShown;
typedef struct ImportColumnsShown {
    const ImportColumnShown *items;
    size_t count;
} ImportColumnsShown;

/* One cell of somebody, as it would be taken in. */
typedef struct ImportFact {
    Text label;
    Str value;
} ImportFact;
typedef struct ImportFacts {
    const ImportFact *items;
    size_t count;
} ImportFacts;

typedef struct ImportSample {
    Str title;
    ImportFacts facts;
    Strs unparsed; /* a line each */
} ImportSample;
typedef struct ImportSamples {
    const ImportSample *items;
    size_t count;
} ImportSamples;

typedef struct ImportLookPage {
    Layout layout;
    Program program;
    ImportBatchId batch;
    Str filename;
    int64_t take, leave, refuse, asked;
    Strs notes; /* about the file as a whole */
    Options meanings;
    ImportColumnsShown columns;
    ImportSamples samples;
    bool has_error;
} ImportLookPage;

typedef struct ImportRowShown {
    Str name; /* of the field */
    Str title;
    Strs sentences;
    Strs original; /* a line each */
    bool is_refused;
    bool is_taken;
} ImportRowShown;
typedef struct ImportRowsShown {
    const ImportRowShown *items;
    size_t count;
} ImportRowsShown;

typedef struct ImportRowsPage {
    Layout layout;
    Program program;
    ImportBatchId batch;
    ImportRowsShown rows;
    int64_t page;      /* from 1 */
    bool shows_all;    /* every row, not only those with a question */
    Url other;         /* the other of these two */
    Url before, after; /* empty: none */
} ImportRowsPage;

typedef struct ImportReceipts {
    const ImportReceipt *items;
    size_t count;
} ImportReceipts;

typedef struct ImportDonePage {
    Layout layout;
    Program program;
    ImportBatch batch;
    ImportReceipts receipts; /* only right after taking in */
    int64_t receipts_beyond; /* codes that were made and are not shown */
    Str prevented;           /* why it cannot be undone; none: nothing said */
} ImportDonePage;

enum { IMPORT_ROWS_ON_PAGE = 25, IMPORT_RECEIPTS_SHOWN = 500 };

/* ---- filling (import_show_pages.c) ---- */

ImportColumnsShown import_columns_shown(const Scope *scope, const ImportLook *look);
Strs import_notes_shown(const Scope *scope, const ImportLook *look);
ImportSamples import_samples_shown(const Scope *scope, const ImportLook *look);
/* The rows that stand on this page, from 1, of all rows or of those with a question. */
typedef struct ImportRowsWanted {
    int64_t page;
    bool all;
} ImportRowsWanted;
bool import_row_is_wanted(const ImportRowPlan *row, ImportRowsWanted wanted);
/* *ret_count is how many there are on all pages. */
ImportRowsShown import_rows_shown(const Scope *scope, const ImportLook *look, ImportRowsWanted wanted,
                                  size_t *ret_count);
Options import_meanings_shown(const Scope *scope, ImportKind kind);
/* "A\nB" as two. */
Strs import_lines_of(Arena *arena, Str text);

#endif
