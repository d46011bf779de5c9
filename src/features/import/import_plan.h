/* SPDX-License-Identifier: Apache-2.0 */
/* The dry run: what taking a spreadsheet in would do, row by row, before anything is done.
 *
 * Each row is taken in, left out, or refused. Left out by the rules is only what is already there letter
 * for letter (an exact repeat in the file, the same name with the same way to reach them in the program)
 * and rows that hold no person; a coordinator can decide otherwise for each. Everything that merely looks
 * alike is shown and taken in: nobody is ever merged. Refused rows cannot be taken in; each says which
 * cell and why. */
#ifndef IMPORT_PLAN_H
#define IMPORT_PLAN_H

#include "features/import/import_index.h"
#include "features/import/import_row.h"

typedef enum ImportVerdict { IMPORT_TAKE, IMPORT_LEAVE, IMPORT_REFUSE } ImportVerdict;

/* What a coordinator is asked to look at, as bits. */
typedef enum ImportAsk {
    ASK_REPEATS = 1 << 0,        /* all cells equal an earlier row's; left out unless decided otherwise */
    ASK_HEADINGS_AGAIN = 1 << 1, /* the headings in the middle of the file; left out */
    ASK_ONE_CELL = 1 << 2, /* only one cell says anything: a note or a total rather than a person; left out */
    ASK_HERE_ALREADY = 1 << 3, /* the program knows this name with this mail or phone; left out */
    ASK_SAME_MAIL = 1 << 4,    /* an earlier row has the same mail */
    ASK_SAME_PHONE = 1 << 5,
    ASK_SAME_NAME = 1 << 6,
    ASK_SAME_REFERENCE = 1 << 7,
    ASK_KNOWN_POINT = 1 << 8,  /* somebody in the program is reached there, under another name */
    ASK_KNOWN_NAME = 1 << 9,   /* somebody in the program has this name */
    ASK_NO_POINT = 1 << 10,    /* no way to reach them */
    ASK_RAGGED = 1 << 11,      /* more cells than headings */
    ASK_SAYS_REPEAT = 1 << 12, /* a note in it says "dup of above" or the like */
} ImportAsk;

/* These leave a row out unless a coordinator decides otherwise. */
#define ASKS_LEAVING (ASK_REPEATS | ASK_HEADINGS_AGAIN | ASK_ONE_CELL | ASK_HERE_ALREADY)

typedef enum ImportRefusal {
    REFUSAL_NONE,
    REFUSAL_NO_NAME,
    REFUSAL_LONG_NAME,
    REFUSAL_LONG_CELL,   /* more characters than a cell may have */
    REFUSAL_BROKEN_NAME, /* the name holds bytes that mean nothing */
    REFUSAL_LONG_WORDS,  /* several columns together make a text that is too long */
} ImportRefusal;

enum { IMPORT_MOST_NAME = 100, IMPORT_MOST_WORDS = 4000 };

typedef struct ImportRowPlan {
    size_t at;             /* among the table's lines */
    int64_t line;          /* in the file */
    ImportVerdict verdict; /* with the coordinator's decision, where there is one */
    bool is_decided;       /* by a coordinator, against the rule */
    unsigned asks;
    int64_t same_line; /* the earlier row of ASK_REPEATS or ASK_SAME_...; 0: none */
    ImportRefusal refusal;
    size_t refusal_column;
    unsigned trouble; /* of its cells, as ImportTrouble bits */
    Str called;       /* the name read; may be empty */
} ImportRowPlan;

/* A text that was guessed or not understood, once for all cells that have it: a whole cell, or one of
 * several words in it. */
typedef struct ImportGroup {
    Str original;
    Str understood;
    ImportReading reading;
    size_t cells;
} ImportGroup;

enum { IMPORT_MOST_GROUPS = 300 };

typedef struct ImportColumnPlan {
    size_t understood, guessed, not_understood; /* cells */
    const ImportGroup *groups;                  /* the guessed and not understood, most frequent first */
    size_t group_count;
    size_t cells_beyond; /* cells of rarer texts for which there was no room */
} ImportColumnPlan;

typedef struct ImportPlan {
    ImportSetting setting;
    const ImportRowPlan *rows;
    size_t count;
    const ImportColumnPlan *columns; /* as many as the table has */
    size_t take, leave, refuse;
    size_t asked;  /* rows with any ask, trouble or refusal */
    size_t titles; /* rows above the headings */
} ImportPlan;

/* Who the program knows already: folded names, ways to reach them, and both together (import_known_key()), by
 * account_value_index(). Lines are 1. */
typedef struct ImportKnown {
    const Keys *keys;
    ImportIndex names;
    ImportIndex points;
    ImportIndex both;
} ImportKnown;

/* What a coordinator decided about rows, by line. */
typedef struct ImportDecision {
    int64_t line;
    bool take;
} ImportDecision;
typedef struct ImportDecisions {
    const ImportDecision *items;
    size_t count;
} ImportDecisions;

/* Told every few hundred rows. NULL: nobody is told. */
typedef struct ImportProgress {
    void (*tell)(void *context, size_t done, size_t all);
    void *context;
} ImportProgress;

ImportPlan import_plan_make(Arena *arena, const ImportSetting *setting, const ImportKnown *known,
                            ImportDecisions decisions, const ImportProgress *progress);

/* The key under which a name with a way to reach them is in `known.both`. */
Str import_known_key(Arena *arena, Str folded_name, Str value_index);

#endif
