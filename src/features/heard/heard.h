/* SPDX-License-Identifier: Apache-2.0 */
/* "How is it between us?" Each of two people who walk together answers for themselves: whether they could say
 * what mattered and were taken as they are, and whether the two help each other or one has begun to lead.
 *
 * Asked three times: after the third talk, and on the days of the first two check-ins of the same side
 * (features/checkin). Every question may be left out, "not this time" is an answer, and nothing is asked
 * again after HEARD_OPEN_DAYS. Nobody else ever reads an answer, whatever their duty. The program sees how
 * many people were asked, how many answered and what, when they are enough that nobody can be told
 * (base/small_cells.h). Nothing here becomes a score of a person. */
#ifndef HEARD_H
#define HEARD_H

#include "features/checkin/checkin.h"
#include "features/match/match.h"
#include "platform/scope.h"

typedef enum HeardOccasion {
    HEARD_NEVER = 0,
    HEARD_WEEK_2 = CHECKIN_WEEK_2,
    HEARD_WEEK_8 = CHECKIN_WEEK_8,
    HEARD_THIRD_TALK = 3,
} HeardOccasion;
enum { HEARD_OCCASIONS = 4, HEARD_OPEN_DAYS = 28 };

typedef enum HeardQuestion {
    HEARD_SAID,   /* could say what mattered */
    HEARD_TAKEN,  /* was taken as they are */
    HEARD_DECIDE, /* from here on: together, or one above the other */
    HEARD_LOOK,
    HEARD_ASK,
    HEARD_LEARN,
    HEARD_LEAD,
    HEARD_QUESTIONS,
} HeardQuestion;

typedef enum HeardAnswer {
    HEARD_LEFT_OUT = 0,
    HEARD_YES = 1,     /* or: together */
    HEARD_BETWEEN = 2, /* in part, some of each */
    HEARD_NO = 3,      /* or: one above the other */
    HEARD_ANSWERS = 4,
} HeardAnswer;

typedef struct HeardAnswers {
    HeardAnswer of[HEARD_QUESTIONS];
} HeardAnswers;
bool heard_is_empty(const HeardAnswers *answers);
/* Is there something here that the two might talk about: a "no" to being heard, or two signs that one leads?
 */
bool heard_feels_off(const HeardAnswers *answers);

/* What waits for the actor: at most one time a walk, the newest. */
typedef struct HeardAsked {
    MatchId match;
    ProgramId program;
    CheckinSide side;
    HeardOccasion occasion;
    Str other_called;
} HeardAsked;
typedef struct HeardAskedList {
    const HeardAsked *items;
    size_t count;
} HeardAskedList;
HeardAskedList heard_list_asked(const Scope *scope);

typedef enum HeardResult {
    HEARD_SAVED,
    HEARD_NOT_ASKED, /* nothing waits for the actor in this walk (any more); nothing was written */
} HeardResult;
/* For what waits in this match. NULL: not this time. */
HeardResult heard_save(const Scope *scope, Tx *tx, MatchId match, const HeardAnswers *answers);

typedef struct HeardOwn {
    HeardOccasion occasion;
    Time at;
    HeardAnswers answers;
} HeardOwn;
typedef struct HeardOwnList {
    const HeardOwn *items;
    size_t count;
} HeardOwnList;
/* What the actor answered in this match, the newest first. */
HeardOwnList heard_list_own(const Scope *scope, MatchId match);

/* Takes out what this person answered. */
void heard_forget(Tx *tx, PersonId person);

/* How many people; a hidden count says nothing. */
typedef struct HeardCount {
    int64_t people;
    bool is_hidden;
} HeardCount;
/* One side at one time. A person who walks with several counts once, with the newest answer. */
typedef struct HeardCounts {
    HeardCount asked;
    HeardCount answered;                           /* of those asked */
    HeardCount of[HEARD_QUESTIONS][HEARD_ANSWERS]; /* of those who answered */
} HeardCounts;
typedef struct HeardTable {
    HeardCounts of[CHECKIN_GIVER + 1][HEARD_OCCASIONS]; /* by CheckinSide and HeardOccasion */
} HeardTable;
/* Since the program began. */
const HeardTable *heard_table(const Scope *scope, ProgramId program);

Text heard_occasion_text(HeardOccasion occasion);
Text heard_question_text(HeardQuestion question);
/* What this answer to this question says. */
Text heard_answer_text(HeardQuestion question, HeardAnswer answer);

#endif
