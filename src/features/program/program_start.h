/* SPDX-License-Identifier: Apache-2.0 */
/* What a new program starts with: words, lists and clocks, as tables. Its coordinators change all of it. */
#ifndef PROGRAM_START_H
#define PROGRAM_START_H

#include "features/program/program.h"

typedef struct StartItem {
    ListKind list;
    Text words;
    bool is_part2; /* tells of substance use */
} StartItem;

/* Every item of every list, in order; *ret_count of them. */
const StartItem *program_start_items(size_t *ret_count);
/* The starting text of a key, in each language a sentence of the .po files. */
Text program_start_words(ProgramWords key);
Clock program_start_clock(ClockKind clock);

#endif
