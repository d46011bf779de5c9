/* SPDX-License-Identifier: Apache-2.0 */
/* Fairness as a page needs it: at once, also where fifty thousand families asked.
 *
 * Counting looks at every family and every list, which takes a moment in a large program. There the jobs
 * process counts ahead, every hour, and a page tells as of when its numbers are. A program with fewer than
 * FAIRNESS_AHEAD_LEAST requests is counted when somebody looks, and its numbers are those of now. What is
 * kept is what may be shown (fairness.h): counts that are hidden are not in the database. */
#ifndef FAIRNESS_AHEAD_H
#define FAIRNESS_AHEAD_H

#include "features/fairness/fairness.h"

enum { FAIRNESS_AHEAD_LEAST = 5000 };

/* Both set ret_as_of to when it was counted, TIME_NONE for now. */
FairnessFamilies fairness_families_look(const Scope *scope, ProgramId program, FairnessSpan span,
                                        Time *ret_as_of);
/* Of the people by name only `most` from this place on. */
FairnessSupporters fairness_supporters_look(const Scope *scope, ProgramId program, FairnessSpan span,
                                            size_t from, size_t most, Time *ret_as_of);

/* Counts the programs with at least so many requests, and drops the counts of all others. Begins and ends
 * transactions of its own. */
void fairness_count_ahead_from(Scope *scope, int64_t least);
/* The same from FAIRNESS_AHEAD_LEAST on: for the calendar of the jobs process. */
void fairness_count_ahead(Scope *scope);

#endif
