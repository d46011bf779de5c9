/* SPDX-License-Identifier: Apache-2.0 */
/* One row as the person it would become: what each cell says by its column's meaning, and what is left over.
 *
 * Nothing is decided about the row here (whether it is a repeat, whether it is taken in): that is
 * import_plan. The unparsed rest is every word that found no place: cells of columns that mean nothing
 * here, cells not understood, and the left-over words of cells that were, each after its heading. */
#ifndef IMPORT_ROW_H
#define IMPORT_ROW_H

#include "features/account/account.h"
#include "features/import/import_guess.h"
#include "features/program/program.h"

/* The program's words, ready for looking up. */
typedef struct ImportLists {
    ImportList experiences, languages, relations, times;
    ImportBands ages;
    ListItems labels[LIST_ASKED_COUNT]; /* in the reader's language, to show what was understood */
} ImportLists;

/* What reading needs to know beside the row. */
typedef struct ImportSetting {
    const ImportTable *table;
    const ImportColumns *columns;
    const ImportLists *lists;
    const Zone *zone; /* the program's: a day in a cell is a day there */
    Lang lang; /* the reader's, for what is shown; and to write to people of whom no language is known */
    Time now;
} ImportSetting;

enum { IMPORT_MOST_POINTS = 4 };

typedef struct ImportPerson {
    Str called;
    Lang lang;
    Str phones[IMPORT_MOST_POINTS];
    size_t phone_count;
    Str mails[IMPORT_MOST_POINTS];
    size_t mail_count;
    Safe voicemail, texting;
    Str safe_times;
    Str reference; /* the program's own number for them; kept in words only */
    int64_t relation, age;
    ImportItems experiences, languages;
    /* waiting lists */
    Str need, hopes;
    Lang need_lang;
    Time asked_at; /* TIME_NONE: not known */
    /* supporters */
    Str about;
    ImportItems rather_not, free_then;
    int64_t places;
    bool has_places;
    ImportStatus status;
    bool is_trained;
} ImportPerson;

/* A cell that says something. */
typedef struct ImportCellRead {
    size_t column;
    Str original;
    Str understood; /* in the reader's words; empty when nothing was */
    ImportReading reading;
    const ImportItems *items; /* cells of several list words: which; NULL for others */
    ListKind list;
} ImportCellRead;

typedef struct ImportRowRead {
    ImportPerson person;
    const ImportCellRead *cells;
    size_t count;
} ImportRowRead;

/* Reads a row; everything lives in the arena. */
ImportRowRead import_row_read(Arena *arena, const ImportSetting *setting, const ImportLine *line);

/* One cell as its column's meaning says, written into the person. */
ImportCellRead import_row_cell(Arena *arena, const ImportSetting *setting, size_t column, Str cell,
                               ImportPerson *person);

/* "heading: cell" a line, for all cells that say something. */
Str import_row_original(Arena *arena, const ImportSetting *setting, const ImportLine *line);
/* The same for what was not understood; empty when all was. */
Str import_row_unparsed(Arena *arena, const ImportSetting *setting, const ImportRowRead *row);

/* A list word of the program in the reader's language; "" when it is not offered. */
Str import_label(const ImportLists *lists, ListKind list, int64_t id);

/* A column's heading, or "Column 4" in the reader's language when it has none. */
Str import_heading(Arena *arena, Lang lang, const ImportColumns *columns, size_t column);

#endif
