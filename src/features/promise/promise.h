/* SPDX-License-Identifier: Apache-2.0 */
/* What one of two people who walk together said they would do next: "I ask the school by Friday".
 *
 * Either of them can promise, and both read all of it; nobody else does, whatever their duty. The one who
 * gives reads while the other shares contacts with them (CONSENT_CONTACTS). Only who promised ends a promise:
 * it is done, or it is let go; nobody is asked why, and neither is ever counted. */
#ifndef PROMISE_H
#define PROMISE_H

#include "features/match/match.h"
#include "platform/part2.h"
#include "platform/scope.h"

typedef enum PromiseState {
    PROMISE_OPEN = 1,
    PROMISE_DONE = 2,
    PROMISE_LET_GO = 3,
} PromiseState;

/* By when: nobody has to type a date. */
typedef enum PromiseDay {
    PROMISE_TODAY,
    PROMISE_TOMORROW,
    PROMISE_IN_THREE_DAYS,
    PROMISE_IN_A_WEEK,
    PROMISE_IN_TWO_WEEKS,
    PROMISE_IN_A_MONTH,
    PROMISE_DAYS,
} PromiseDay;
/* Their names in forms, in the order of the enum, NULL behind the last. */
extern const char *const promise_day_names[PROMISE_DAYS + 1];
/* PROMISE_TODAY for none of them. */
PromiseDay promise_day_of(Str name);
Text promise_day_text(PromiseDay day);
/* Noon of that day, where the scope's clock hangs. */
Time promise_due_at(const Scope *scope, PromiseDay day);

typedef struct PromiseNew {
    Str words; /* not empty */
    PromiseDay day;
    bool is_part2; /* the words may tell of substance use */
    Time at;       /* when it was said, which the day counts from; TIME_NONE: now */
} PromiseNew;
/* By the actor, who is one of the two in this match. */
PromiseId promise_add(const Scope *scope, Tx *tx, const Match *match, const PromiseNew *promise);

/* The calendar job: whoever promised is told once, on the morning of the day and in safe hours, that
 * something comes up (features/notice); not of what has ended or rests, and not who wants no reminders
 * (features/diary). */
void promise_remind(Scope *scope);

typedef enum PromiseResult {
    PROMISE_ENDED,
    PROMISE_ELSEWHERE, /* none of the actor's, or ended already; nothing was written */
} PromiseResult;
/* How it ended: PROMISE_DONE or PROMISE_LET_GO. */
PromiseResult promise_end(const Scope *scope, Tx *tx, MatchId match, PromiseId id, PromiseState how);

typedef struct Promise {
    PromiseId id;
    MatchId match;
    PersonId by;
    Str by_called;
    Part2Words words;
    Date due_on;
    bool is_due; /* its day is today or was */
} Promise;
typedef struct Promises {
    const Promise *items;
    size_t count;
} Promises;

enum { PROMISE_MOST = 40 };

/* The open ones of a match, what is due first on top; at most PROMISE_MOST. None that the actor may not read.
 */
Promises promise_list(const Scope *scope, MatchId match);

typedef struct PromiseOwn {
    PromiseId id;
    MatchId match;
    Str to_called; /* the other one of the two */
    PersonId receiver;
    Part2Words words;
    Date due_on;
    bool is_due;
} PromiseOwn;
typedef struct PromisesOwn {
    const PromiseOwn *items;
    size_t count;
} PromisesOwn;

/* The actor's own open ones in every match that lasts, what is due first on top; at most PROMISE_MOST. */
PromisesOwn promise_list_own(const Scope *scope);

#endif
