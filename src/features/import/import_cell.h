/* SPDX-License-Identifier: Apache-2.0 */
/* What one cell says: each kind of cell is read by rules that are written down here, and by nothing else.
 *
 * Every reading answers three questions: what was understood, whether that was a guess, and which words are
 * left over. A guess is only ever shown together with the cell's own words. When in doubt, nothing is
 * understood and the whole cell is left over: a coordinator with the words before them decides better than a
 * rule.
 *
 * Pure; results live in the arena given or point into the cell. Cells are trimmed, clean UTF-8. */
#ifndef IMPORT_CELL_H
#define IMPORT_CELL_H

#include "base/time.h"
#include "features/import/import_words.h"

typedef enum ImportSure {
    IMPORT_SAYS_NOTHING, /* empty, or dashes, or n/a */
    IMPORT_UNDERSTOOD,
    IMPORT_GUESSED, /* understood by a rule that can be wrong */
    IMPORT_NOT_UNDERSTOOD,
} ImportSure;

/* Why a cell was guessed or not understood. Each has a sentence; import_view.c says which. */
typedef enum ImportRemark {
    REMARK_NONE,
    REMARK_WORDS_LEFT,       /* a part was understood, the other words are kept */
    REMARK_NO_PHONE,         /* no telephone number in it */
    REMARK_NO_AREA_CODE,     /* seven digits only */
    REMARK_NO_MAIL,          /* no mail address in it */
    REMARK_MAIL_REPAIRED,    /* "(at)" read as @ */
    REMARK_SEVERAL_CHILDREN, /* which age counts is for a person to say */
    REMARK_AGE_NO_BAND,      /* fits none of the program's age groups */
    REMARK_AGE_SEVERAL_BANDS,
    REMARK_AGE_WORDS,        /* an age said in words, read by a table */
    REMARK_AGE_UNREASONABLE, /* a number that no child's age is */
    REMARK_UNKNOWN_WORD,     /* not among the program's words */
    REMARK_BY_MEANING,       /* another way to write one of the program's words */
    REMARK_SEVERAL_WORDS,    /* fits several of the program's words */
    REMARK_A_MARK,           /* an x or check mark: yes for one, no for another */
    REMARK_NOT_YES_NO,
    REMARK_DATE_NO_YEAR,
    REMARK_DATE_EITHER_ORDER, /* could be month or day first, and nothing in the column tells */
    REMARK_DATE_TO_COME,
    REMARK_DATE_UNREASONABLE,
    REMARK_NOT_A_DATE,
    REMARK_ROOM_ONE_MORE, /* "1 more" read as room for one */
    REMARK_ROOM_ANY,      /* no number: the program's own limit is taken */
    REMARK_ROOM_FULL,     /* read as no room now */
    REMARK_ROOM_UNREASONABLE,
    REMARK_NOT_A_NUMBER,
    REMARK_STATUS_BREAK, /* read as paused; when it ends is kept in words */
    REMARK_STATUS_MOVED, /* read as no longer offering */
    REMARK_NOT_A_STATUS,
    REMARK_TRAINED, /* read as training done */
    REMARK_TRAINING_EXPIRED,
    REMARK_NOT_TRAINED, /* in training, or nothing about it */
    REMARK_FORMULA,     /* kept as plain text, never run */
    REMARK_COUNT,
} ImportRemark;

/* What every reading has in common. */
typedef struct ImportReading {
    ImportSure sure;
    ImportRemark remark;
    Str rest; /* words not understood; empty when all was */
} ImportReading;

/* True for nothing, dashes, n/a, none, unknown, question marks. */
bool import_says_nothing(Arena *arena, Str cell);

/* ---- reaching people ---- */

typedef struct ImportPhone {
    ImportReading reading;
    Str phones[2]; /* as typed, each with at least 7 digits; empty when not there */
} ImportPhone;
/* "206-555-0108 x2", "+1 787 555 0110"; words around a number are the rest. */
ImportPhone import_phone(Arena *arena, Str cell);

typedef struct ImportMail {
    ImportReading reading;
    Str mails[2]; /* empty when not there */
} ImportMail;
/* "Rosa <rosa@example.org>", "rosa(at)example.org", two addresses in one cell. */
ImportMail import_mail(Arena *arena, Str cell);

typedef enum ImportYesNo { IMPORT_NOT_SAID, IMPORT_YES, IMPORT_NO } ImportYesNo;
typedef struct ImportAnswer {
    ImportReading reading;
    ImportYesNo answer;
} ImportAnswer;
/* yes, Y, si, ok, no, N, "no vm". An x or a check mark is not understood: these answers are about safety. */
ImportAnswer import_yes_no(Arena *arena, Str cell);

/* ---- the program's words ---- */

typedef struct ImportWord {
    ImportReading reading;
    int64_t id; /* 0: none */
} ImportWord;
/* One word of a list: "mama", "youth (19)", "foster parent". */
ImportWord import_word(Arena *arena, const ImportList *list, Str cell);

typedef struct ImportWordsRead {
    ImportReading reading;
    ImportItems items;
} ImportWordsRead;
/* Several words of a list. A supporter's "no court cases" and "not substance use" lose their "no" when
 * `is_against`. */
ImportWordsRead import_words(Arena *arena, const ImportList *list, Str cell, bool is_against);

/* Times of the week. "any" means all of them; a single day ("Tue eve") is a guess for the wider word it
 * lies in, and its words stay in the rest, because the list says less than the cell. */
ImportWordsRead import_times(Arena *arena, const ImportList *list, Str cell);

/* ---- the child's age ---- */

/* An age group of the program, understood from its words: "6 to 9", "Under 5", "18+", "13-15 anos". */
typedef struct ImportBand {
    int64_t id;
    int least, most; /* whole years; least > most when its words say no number */
    Strs folded;     /* its names */
} ImportBand;
typedef struct ImportBands {
    const ImportBand *items;
    size_t count;
} ImportBands;
ImportBands import_bands_new(Arena *arena, const ImportItem *items, size_t count);

/* "16 1/2", "9 yo", "4-5", "18 months", "teen", "middle school". "11 and 8" are several children: no band,
 * all kept, unless both lie in the same one. */
ImportWord import_age(Arena *arena, const ImportBands *bands, Str cell);

/* ---- numbers and states of supporters ---- */

typedef struct ImportRoom {
    ImportReading reading;
    int64_t places;  /* meaningful only when has_places */
    bool has_places; /* false: take the program's own limit */
} ImportRoom;
/* 3, 0, "full", "1 more", "any". */
ImportRoom import_room(Arena *arena, Str cell);

typedef enum ImportStatus { IMPORT_STATUS_ACTIVE, IMPORT_STATUS_PAUSED, IMPORT_STATUS_ENDED } ImportStatus;
typedef struct ImportStatusRead {
    ImportReading reading;
    ImportStatus status;
} ImportStatusRead;
/* "active", "on break til Jan", "moved". Anything else, and nothing, is active, and says so. */
ImportStatusRead import_status(Arena *arena, Str cell);

typedef struct ImportTraining {
    ImportReading reading;
    bool is_done;
} ImportTraining;
/* "trained 3/2025", "in training", "cert exp 12/2026" (done while that month has not passed). */
ImportTraining import_training(Arena *arena, Str cell, Time now);

#endif
