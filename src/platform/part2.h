/* SPDX-License-Identifier: Apache-2.0 */
/* Words that may tell of somebody's substance use, which 42 CFR part 2 lets nobody pass on without a notice.
 *
 * A query that reads such words gives Part2Words. No template, print or string function takes that type, so
 * what is in it cannot get out by mistake: it has to be opened, either by the person whom it is about, or
 * with a Part2Notice. A notice is only made by part2_notice(), which sees to it that the page says the short
 * statement of 42 CFR 2.32 and the scope of the consent under which the words are shown; before an answer is
 * sent, the platform holds its bytes to that. Words that are not marked are opened the same way, and need no
 * notice. */
#ifndef PART2_H
#define PART2_H

#include "base/str.h"

#include <stdbool.h>

typedef struct Part2Words {
    Str hidden_words; /* for part2.c and generated queries alone: tools/lint.py looks after that */
    bool is_marked;
} Part2Words;

/* Where a page's frame says the notice: the scope once marked words were opened for it. */
typedef struct Part2Frame {
    Str scope_words;
} Part2Frame;

typedef struct Part2Notice Part2Notice;

/* The words for a terminal or a cell of a file, where there is no page to say the notice: marked words carry
 * the statement and the scope of the consent in the same string, so that they cannot be parted. Without a
 * scope they are withheld with a sentence. */
struct Words;
Str part2_open_noted(const struct Words *words, Str scope_words, Part2Words said);

#endif
