/* SPDX-License-Identifier: Apache-2.0 */
/* What was passed on as one reader may see it: opened for that reader (platform/http/part2.h). */
#ifndef PASSING_SHOWN_H
#define PASSING_SHOWN_H

#include "features/passing/passing.h"

typedef struct PassingShown {
    Str by_called;
    bool is_withheld; /* no consent covers it for this reader: the next three say only that */
    bool says_why;    /* the first such of the list, which says why for all */
    Str what;
    Str whom;
    PassingTold told;
    Str why;
    Time at;
} PassingShown;
/* Who looks at it. */
typedef enum PassingReader { PASSING_FOR_PERSON, PASSING_FOR_WRITER, PASSING_FOR_PROGRAM } PassingReader;
typedef struct PassingsShown {
    const PassingShown *items;
    size_t count;
    PassingReader reader;
    Str called;       /* whom it is about */
    Str giver_called; /* who walks with them */
} PassingsShown;

#endif
