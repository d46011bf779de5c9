/* SPDX-License-Identifier: Apache-2.0 */
/* Notes as the page of the walk speaks of them: how many, and no words. */
#ifndef NOTE_SHOWN_H
#define NOTE_SHOWN_H

#include "features/note/note.h"

typedef struct NotesStanding {
    MatchId match;
    size_t count;   /* that the reader may read */
    int64_t drafts; /* that wait for the reader */
    bool may_write;
} NotesStanding;

#endif
