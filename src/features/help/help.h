/* SPDX-License-Identifier: Apache-2.0 */
/* "I need someone from the program": either of two who walk together asks, and those who coordinate answer.
 *
 * They are told who asks, and read what was written for them here, and nothing else: nobody reads the
 * conversation for it. Only who asks knows of it besides; the other of the two does not, also if they
 * coordinate. Whoever takes it says so, and that it is done, and who asked sees each with its time. */
#ifndef HELP_H
#define HELP_H

#include "features/match/match.h"
#include "platform/part2.h"
#include "platform/scope.h"

typedef enum HelpState {
    HELP_ASKED = 1,
    HELP_TAKEN = 2,
    HELP_DONE = 3,
} HelpState;

typedef struct Help {
    HelpId id;
    ProgramId program;
    MatchId match;
    PersonId person; /* who asks */
    Str called;
    Part2Words words; /* may be empty */
    Time asked_at;
    PersonId taken_by; /* 0: nobody yet */
    Str taken_by_called;
    Time taken_at;
    Time done_at;
    Part2Words answer; /* a line from who took it; may be empty */
} Help;
typedef struct Helps {
    const Help *items;
    size_t count;
} Helps;

HelpState help_state(const Help *help);

/* The actor asks, who is one of the two. `words` may be empty; `is_part2`: they may tell of substance use. */
HelpId help_ask(const Scope *scope, Tx *tx, const Match *match, Str words, bool is_part2);

typedef enum HelpResult {
    HELP_CHANGED,
    HELP_ELSEWHERE, /* somebody was quicker, or it is done; nothing was written */
} HelpResult;
/* The actor has it from here on. */
HelpResult help_take(const Scope *scope, Tx *tx, HelpId id);
/* It is done, by whoever has it; the line may be empty. */
HelpResult help_done(const Scope *scope, Tx *tx, HelpId id, Str line);

/* False when there is none. Who may read it is the route's business. */
bool help_find(const Scope *scope, HelpId id, Help *ret_help);
/* What the actor asked for in this walk, the newest first; at most 10. */
Helps help_list_own(const Scope *scope, MatchId match);
/* What is not done in a program and the actor may read, who coordinates it; the oldest first, at most 50. */
Helps help_list_open(const Scope *scope, ProgramId program);

/* What somebody asked for is gone: they are forgotten. */
void help_forget(Tx *tx, PersonId person);

#endif
