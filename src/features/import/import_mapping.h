/* SPDX-License-Identifier: Apache-2.0 */
/* What a coordinator said about a spreadsheet, as the text in which it is stored.
 *
 * One statement a line: "columns name keep age" (one word for each column), "take 17", "leave 18" (rows by
 * their line in the file), and after taking in "version 17 2" (what a row's request or offer stood at,
 * where it is not 1), so that an undo knows whether somebody has changed it since. Lines that say nothing
 * known are passed over. */
#ifndef IMPORT_MAPPING_H
#define IMPORT_MAPPING_H

#include "features/import/import_plan.h"

typedef struct ImportMapping {
    const ImportMeaning *meanings; /* NULL: nothing was said about the columns */
    size_t meaning_count;
    ImportDecisions decisions; /* in the order of the lines, no line twice */
} ImportMapping;

/* Words that mean nothing for this kind of list are read as KEEP. */
ImportMapping import_mapping_read(Arena *arena, Str text, ImportKind kind);
Str import_mapping_write(Arena *arena, const ImportMapping *mapping);

/* The earlier decisions with the newer ones over them. */
ImportDecisions import_decisions_join(Arena *arena, ImportDecisions earlier, ImportDecisions newer);

/* The version a "version" line says for a row, 1 when none does. Rows must be asked in order: *at is where
 * to go on reading and begins as the whole text. */
int64_t import_mapping_version(Str *at, int64_t line);

#endif
