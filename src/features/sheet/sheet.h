/* SPDX-License-Identifier: Apache-2.0 */
/* Getting ready for a meeting where others decide with a person, or about them: at school (IEP, 504), in
 * court, with child welfare, with a team of helpers. A sheet says what the person wants, what they ask, who
 * speaks about what; and afterwards what was decided, who does what by when, and what came of it.
 *
 * A sheet is its person's alone, and read by whom they open it to (features/reader/reader.h). Nobody else
 * changes it; who reads it may suggest a question, which stands on the sheet only if its person takes it.
 * Whether they had a seat and a say is for the person alone, whoever else reads. Nothing is counted. */
#ifndef SHEET_H
#define SHEET_H

#include "base/calendar.h"
#include "features/reader/reader.h"
#include "platform/part2.h"
#include "platform/scope.h"
#include "ids.h"
#include "texts.h"

typedef enum SheetKind {
    SHEET_SCHOOL = 1, /* IEP, 504, or any other at school */
    SHEET_COURT = 2,
    SHEET_WELFARE = 3,
    SHEET_TEAM = 4,
    SHEET_OTHER = 5,
} SheetKind;

/* Who speaks, and who does a step. */
typedef enum SheetWho {
    SHEET_ME = 1,
    SHEET_GIVER = 2, /* who walks with me */
    SHEET_KIN = 3,   /* my child; a young person's: who raises me */
    SHEET_ELSE = 4,
} SheetWho;

/* Had I a seat, had I a say. */
typedef enum SheetWas {
    SHEET_NOT_SAID = 0,
    SHEET_YES = 1,
    SHEET_PARTLY = 2,
    SHEET_NO = 3,
} SheetWas;

/* What a sheet says, field by field. Any may be empty but what is wanted. */
typedef enum SheetWords {
    SHEET_CALLED,
    SHEET_WANT,
    SHEET_QUESTIONS, /* one on a line */
    SHEET_SPEAK_ME,
    SHEET_SPEAK_GIVER,
    SHEET_SPEAK_KIN,
    SHEET_SPEAK_OTHER,
    SHEET_BRING, /* one on a line */
    SHEET_DECIDED,
    SHEET_LATER,
    SHEET_UNSAID, /* for the person alone */
    SHEET_WORDS,
} SheetWords;

/* Of one person; of one sheet. */
enum { SHEET_MOST = 60, SHEET_STEPS_MOST = 30, SHEET_IDEAS_MOST = 20 };
/* Characters of what to bring. */
enum { SHEET_BRING_MOST = 1000 };

typedef enum SheetResult {
    SHEET_DONE,
    SHEET_FULL,      /* there are so many that no list would show it; nothing was written */
    SHEET_ELSEWHERE, /* none of the actor's, or it stands differently by now; nothing was written */
} SheetResult;

/* What is known before the meeting. */
typedef struct SheetBefore {
    SheetKind kind;
    Date day;               /* date_is_none(): not known yet */
    Str words[SHEET_WORDS]; /* those up to SHEET_BRING */
    bool is_part2;          /* the words may tell of substance use: all of the sheet's */
} SheetBefore;
/* The actor's own. `ret_sheet` only with SHEET_DONE. */
SheetResult sheet_add(const Scope *scope, Tx *tx, const SheetBefore *before, SheetId *ret_sheet);
SheetResult sheet_change(const Scope *scope, Tx *tx, SheetId sheet, const SheetBefore *before);

/* What to bring, newly said. */
SheetResult sheet_bring(const Scope *scope, Tx *tx, SheetId sheet, Str bring);

typedef struct SheetAfter {
    Str decided;
    Str later;
    SheetWas had_seat;
    SheetWas had_say;
    Str unsaid;
} SheetAfter;
SheetResult sheet_close(const Scope *scope, Tx *tx, SheetId sheet, const SheetAfter *after);

/* All of it goes, with its words. */
SheetResult sheet_drop(const Scope *scope, Tx *tx, SheetId sheet);

typedef struct SheetStepNew {
    SheetId sheet;
    Str words; /* not empty */
    SheetWho who;
    Date day; /* date_is_none(): whenever */
} SheetStepNew;
SheetResult sheet_step_add(const Scope *scope, Tx *tx, const SheetStepNew *step);
/* Done or not, and what came of it. */
SheetResult sheet_step_mark(const Scope *scope, Tx *tx, SheetId sheet, SheetStepId step, bool is_done,
                            Str came_of);
SheetResult sheet_step_drop(const Scope *scope, Tx *tx, SheetId sheet, SheetStepId step);

/* A question from who may read the sheet: the actor. Its person is told that there is something new. */
SheetResult sheet_suggest(const Scope *scope, Tx *tx, SheetId sheet, Str words);
/* The actor takes back what they suggested, as long as it was not taken: nothing is left of it. */
SheetResult sheet_idea_take_back(const Scope *scope, Tx *tx, SheetId sheet, SheetIdeaId idea);
/* The sheet's person takes it, or leaves it. */
SheetResult sheet_idea_take(const Scope *scope, Tx *tx, SheetId sheet, SheetIdeaId idea);
SheetResult sheet_idea_leave(const Scope *scope, Tx *tx, SheetId sheet, SheetIdeaId idea);

typedef struct SheetStep {
    SheetStepId id;
    Part2Words words;
    SheetWho who;
    Date day;     /* date_is_none(): whenever */
    Time done_at; /* TIME_NONE while it is not */
    Part2Words came_of;
} SheetStep;
typedef struct SheetSteps {
    const SheetStep *items;
    size_t count;
} SheetSteps;

typedef struct SheetIdea {
    SheetIdeaId id;
    PersonId by;
    Str by_called;
    Part2Words words;
    Time at;
    bool is_taken;
} SheetIdea;
typedef struct SheetIdeas {
    const SheetIdea *items;
    size_t count;
} SheetIdeas;

typedef struct Sheet {
    SheetId id;
    PersonId person;
    SheetKind kind;
    Date day; /* date_is_none(): not known yet */
    Part2Words words[SHEET_WORDS];
    SheetWas had_seat; /* SHEET_NOT_SAID for everybody but its person */
    SheetWas had_say;  /* the same */
    Time made_at;
    Time changed_at;
    SheetSteps steps; /* in the order they were written */
    SheetIdeas ideas; /* the oldest first; a reader's: their own, and those that were taken */
    /* For a reader: */
    Str person_called;
    MatchId match;
    RequestId request;
} Sheet;

/* False: none of the actor's. */
bool sheet_find(const Scope *scope, SheetId id, Sheet *ret_sheet);
/* False: not opened to the actor, or not any more. */
bool sheet_find_opened(const Scope *scope, SheetId id, Sheet *ret_sheet);

/* A line of a list. */
typedef struct SheetLine {
    SheetId id;
    PersonId person;
    SheetKind kind;
    Date day;
    Part2Words called;
    int64_t ideas; /* that wait for its person */
} SheetLine;
typedef struct SheetLines {
    const SheetLine *items;
    size_t count;
} SheetLines;
/* The actor's, those without a day first, then by day. */
SheetLines sheet_list(const Scope *scope);
/* The actor's on which something waits, once for each who suggested it, the oldest on top. */
typedef struct SheetAsked {
    SheetId id;
    SheetKind kind;
    Part2Words called;
    Str by_called;
    int64_t count;
} SheetAsked;
typedef struct SheetAskedList {
    const SheetAsked *items;
    size_t count;
} SheetAskedList;
SheetAskedList sheet_list_asked(const Scope *scope);
/* Those that the actor was let read in this walk. */
SheetLines sheet_list_opened(const Scope *scope, const ReaderLet *let);

/* Everything of somebody who is forgotten. */
void sheet_forget(Tx *tx, PersonId person);

Text sheet_kind_text(SheetKind kind);
/* NULL-terminated names, in the order of the enum from 1: what forms and the record call them. */
extern const char *const sheet_kind_names[];
extern const char *const sheet_who_names[];
extern const char *const sheet_was_names[];

#endif
