/* SPDX-License-Identifier: Apache-2.0 */
/* The files of `beenthere match`: opened, read and written with a sentence for whatever goes wrong. */
#ifndef SOLVE_FILES_H
#define SOLVE_FILES_H

#include "matching/generate.h"
#include "matching/instance.h"

/* Says one sentence on standard error; returns 2, the status for input that makes no sense. */
int solve_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- reading: false when a sentence was said ---- */

bool solve_read_instance(Arena *arena, Arena *scratch, Str path, AssignmentInstance *ret_instance);
/* Sets the plan's partner; its values and prices. */
bool solve_read_plan(Arena *arena, Str path, const AssignmentInstance *instance, AssignmentPlan *plan);
bool solve_read_proof(Arena *arena, Str path, const AssignmentInstance *instance, AssignmentPlan *plan);

/* ---- writing: fail(FAIL_IO) with a sentence ---- */

typedef struct SolveFile SolveFile;

/* Lives in the arena, and is closed with it at the latest. A path of STR_NONE gives NULL. */
SolveFile *solve_file_open(Arena *arena, Str path);
SolveFile *solve_file_standard(Arena *arena);
const RecordsSink *solve_file_sink(const SolveFile *file);
/* All that was written has left for the disk, or this fails. */
void solve_file_close(SolveFile *file);

#endif
