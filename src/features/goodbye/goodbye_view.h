/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a walk that has ended shows: filled by goodbye_pages.c, drawn by goodbye.html. */
#ifndef GOODBYE_VIEW_H
#define GOODBYE_VIEW_H

#include "features/goodbye/goodbye.h"
#include "features/request/request.h"
#include "ui/ui.h"

typedef struct GoodbyePage {
    Layout layout;
    const Form *form;
    MatchId match;
    bool is_receiver;
    Str giver_called; /* for the receiver only */
    Date began_on;
    Date ended_on;
    int64_t talks;
    Strs reached; /* goals, in the reader's own words */
    bool may_pass;
    bool is_welcome;
    bool may_write;
    bool has_written;
    Date write_until;
    Str mine;
    Str theirs; /* empty: none reach the reader */
    RequestId request;
    bool may_reopen; /* the request rests, was taken back or has ended */
    ProgramId program;
    bool may_turn; /* the receiver may turn around there */
    Str program_slug;
    OfferId offer;
} GoodbyePage;

/* What the form of the words has. */
enum { GOODBYE_FIELD_WORDS, GOODBYE_FIELD_PART2, GOODBYE_FIELDS };

#endif
