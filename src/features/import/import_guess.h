/* SPDX-License-Identifier: Apache-2.0 */
/* What each column of a spreadsheet probably means: by its heading, by what stands in it, or by both.
 *
 * A guess always says how it came about, so that a coordinator can judge it in a glance and change it. A
 * column that is not recognized is kept beside each person in its own words; it is never used for anything
 * else.
 *
 * Pure; works on the table alone, without the program's lists. */
#ifndef IMPORT_GUESS_H
#define IMPORT_GUESS_H

#include "features/import/import_date.h"
#include "features/import/import_read.h"

typedef enum ImportKind {
    IMPORT_WAITING = 1,    /* a waiting list: each row becomes a person and a request */
    IMPORT_SUPPORTERS = 2, /* each row becomes a person and an offer */
} ImportKind;

/* enum name, word in the stored mapping, for waiting lists, for supporters, several columns may have it */
#define IMPORT_MEANINGS(MEANING)                                                                             \
    MEANING(KEEP, "keep", true, true, true)                                                                  \
    MEANING(NAME, "name", true, true, true)                                                                  \
    MEANING(REFERENCE, "reference", true, true, false)                                                       \
    MEANING(RELATION, "relation", true, true, false)                                                         \
    MEANING(PHONE, "phone", true, true, true)                                                                \
    MEANING(MAIL, "mail", true, true, true)                                                                  \
    MEANING(LANGUAGE, "language", true, true, false)                                                         \
    MEANING(WHEN, "when", true, true, false)                                                                 \
    MEANING(VOICEMAIL, "voicemail", true, true, false)                                                       \
    MEANING(TEXTING, "texting", true, true, false)                                                           \
    MEANING(EXPERIENCE, "experience", true, true, true)                                                      \
    MEANING(AGE, "age", true, false, false)                                                                  \
    MEANING(NEED, "need", true, false, true)                                                                 \
    MEANING(HOPES, "hopes", true, false, true)                                                               \
    MEANING(ASKED, "asked", true, false, false)                                                              \
    MEANING(ABOUT, "about", false, true, true)                                                               \
    MEANING(RATHER_NOT, "rather-not", false, true, true)                                                     \
    MEANING(ROOM, "room", false, true, false)                                                                \
    MEANING(FREE, "free", false, true, false)                                                                \
    MEANING(TRAINING, "training", false, true, false)                                                        \
    MEANING(STATUS, "status", false, true, false)

typedef enum ImportMeaning {
#define MEANING(name, word, waiting, supporters, several) MEANS_##name,
    IMPORT_MEANINGS(MEANING)
#undef MEANING
        MEANS_COUNT
} ImportMeaning;

/* The word that stands for it in forms and in the stored mapping. */
Str import_meaning_word(ImportMeaning meaning);
/* False when the word means nothing for this kind of list. */
bool import_meaning_find(Str word, ImportKind kind, ImportMeaning *ret_meaning);
bool import_meaning_fits(ImportMeaning meaning, ImportKind kind);
bool import_meaning_may_repeat(ImportMeaning meaning);

typedef enum ImportWhy {
    WHY_UNKNOWN, /* neither heading nor content tells: kept in words */
    WHY_HEADING,
    WHY_CONTENT, /* only what stands in it: look twice */
    WHY_BOTH,
    WHY_DOUBTFUL, /* the heading says so, what stands in it does not fit well */
    WHY_TAKEN,    /* another column fits the same meaning better */
    WHY_SAID,     /* a coordinator said so */
} ImportWhy;

enum { IMPORT_SAMPLES = 3 };

typedef struct ImportColumn {
    Str heading; /* empty when there is none */
    ImportMeaning meaning;
    ImportWhy why;
    size_t filled;               /* cells that say something */
    Str samples[IMPORT_SAMPLES]; /* the first different ones; empty when there are fewer */
    ImportDateOrder order;       /* what this column's dates prove */
} ImportColumn;

typedef struct ImportColumns {
    ImportKind kind;
    bool is_kind_certain; /* the columns point to one kind only */
    bool has_headings;
    size_t heading_at; /* index of the heading row among the table's lines; rows above it are titles */
    const ImportColumn *items;
    size_t count;
} ImportColumns;

/* Guesses all columns. `kind` 0: guess that as well. */
ImportColumns import_guess(Arena *arena, const ImportTable *table, ImportKind kind);

/* The first row that is a person's: after titles and headings. */
size_t import_first_row(const ImportColumns *columns);

#endif
