/* SPDX-License-Identifier: Apache-2.0 */
/* Starting from what the program has: a spreadsheet looked at, corrected, taken in as one step, undone as one
 * step.
 *
 * Looking changes nothing. Taking in makes a person, ways to reach them, and a request or an offer for
 * each row that is not left out or refused; either all of them or, when anything fails, none. The words of
 * each row, and those of them that were not understood, stay beside the person. Undoing takes the same
 * people out again, and is refused, naming the rows, when anything else has happened with one of them
 * meanwhile. The file itself is kept only until it is taken in or given up. */
#ifndef IMPORT_H
#define IMPORT_H

#include "platform/part2.h"
#include "features/import/import_plan.h"

typedef enum ImportState {
    IMPORT_LOOKED_AT = 1,
    IMPORT_TAKEN_IN = 2,
    IMPORT_UNDONE = 3,
    IMPORT_GIVEN_UP = 4,
} ImportState;

typedef struct ImportBatch {
    ImportBatchId id;
    ProgramId program;
    ImportKind kind;
    ImportState state;
    Str filename;
    Str mapping; /* which column means what, and which rows were decided */
    int64_t row_count;
    int64_t taken; /* rows that became people */
    Time created_at;
    Time done_at;  /* TIME_NONE: not yet */
    bool is_part2; /* some of its lines tell of substance use */
} ImportBatch;

typedef struct ImportBatches {
    const ImportBatch *items;
    size_t count;
} ImportBatches;

bool import_find(const Scope *scope, ImportBatchId id, ImportBatch *ret_batch);
/* The newest 50, without their mappings. */
ImportBatches import_list(const Scope *scope, ProgramId program);

/* ---- looking ---- */

typedef struct ImportLook {
    ImportTable table;
    ImportColumns columns;
    ImportLists lists;
    ImportPlan plan;
} ImportLook;

/* A dry run over a file's bytes: reads, guesses, corrects by `mapping` ("": nothing corrected), and plans.
 * `kind` 0: guess it. Writes nothing. The result lives as long as the scope; `content` must as well. */
ImportRead import_look(const Scope *scope, ProgramId program, ImportKind kind, Str content, Str mapping,
                       const ImportProgress *progress, const ImportLook **ret_look, int64_t *ret_line);

/* The file of a batch that is still being looked at; empty when it no longer is. */
Part2Words import_content(const Scope *scope, const ImportBatch *batch);
/* The same as import_look() for such a file, opened for whoever looks; NULL when there is none. */
const ImportLook *import_look_again(const Scope *scope, const ImportBatch *batch, Str content);
/* Says that some of its lines tell of substance use: all that become of it are marked, each by itself. */
void import_set_part2(Tx *tx, ImportBatchId id);

/* Keeps a file that can be read, to be looked at. */
ImportRead import_add(const Scope *scope, Tx *tx, ProgramId program, ImportKind kind, Str filename,
                      Str content, ImportBatchId *ret_id, int64_t *ret_line);

/* ---- correcting ---- */

typedef enum ImportResult {
    IMPORT_DONE,
    IMPORT_ELSEWHERE, /* taken in, undone or given up meanwhile; nothing was changed */
    IMPORT_NOTHING,   /* no row is to be taken in */
    IMPORT_PREVENTED, /* undoing: something has happened since with people of some rows */
} ImportResult;

/* Says what each column means; as many as the look has. Decisions about rows are kept. */
ImportResult import_set_meanings(const Scope *scope, Tx *tx, const ImportBatch *batch, const ImportLook *look,
                                 const ImportMeaning *meanings);
/* Decides about some rows; earlier decisions about others are kept. */
ImportResult import_decide(const Scope *scope, Tx *tx, const ImportBatch *batch, ImportDecisions decisions);
ImportResult import_give_up(const Scope *scope, Tx *tx, const ImportBatch *batch);

/* ---- taking in, and out ---- */

/* Somebody taken in with a request. The code cannot be shown again. */
typedef struct ImportReceipt {
    int64_t line;
    Str called;
    Str code;
} ImportReceipt;

typedef struct ImportTaken {
    size_t people;
    size_t left; /* rows left out or refused */
    const ImportReceipt *receipts;
    size_t receipt_count;
} ImportTaken;

/* Takes all rows in that the look says. */
ImportResult import_take(const Scope *scope, Tx *tx, const ImportBatch *batch, const ImportLook *look,
                         const ImportProgress *progress, ImportTaken *ret_taken);

/* On IMPORT_PREVENTED, *ret_lines are (the first twenty of) the rows in the way, "4, 17, 23". */
ImportResult import_undo(const Scope *scope, Tx *tx, const ImportBatch *batch, Str *ret_lines);

#endif
