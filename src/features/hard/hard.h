/* SPDX-License-Identifier: Apache-2.0 */
/* "These are hard days": for a while the two of a walk are in touch every day, the safety card in front.
 *
 * The family says so, alone or because its supporter asked; a supporter never decides it for a family. The
 * family picks an hour that its card calls safe, and the supporter says whether they can do that every day.
 * Then a contact is due each day, which the log of one ticks off by itself. Two hours after the hour of a day
 * on which nobody was reached, that much is said where it helps, and never what it is about: on the board, to
 * those who coordinate and with whom the family shares, and to whoever stands by (hard_backup.h).
 *
 * It is over when the family says so, or after HARD_TIME unless the family lets it go on; nobody is asked
 * why, and the supporter is offered a talk with those who coordinate (features/debrief). While the walk rests
 * nothing is due, and when it ends this is over. The program calls nobody and is no emergency service: the
 * pages say so, with the numbers that are.
 */
#ifndef HARD_H
#define HARD_H

#include "features/match/match.h"

#define HARD_TIME (14 * TIME_DAY)
/* From the hour of a day on, until the program looks whether somebody was reached. */
#define HARD_GRACE (2 * TIME_HOUR)

typedef enum HardState {
    HARD_PROPOSED = 1, /* the supporter asked whether these are hard days */
    HARD_ON = 2,
    HARD_OVER = 3, /* also: the family did not want it, or the supporter took it back */
} HardState;

/* What the supporter says to a contact each day. */
typedef enum HardAnswer {
    HARD_NOT_ANSWERED = 0,
    HARD_EACH_DAY = 1,
    HARD_NOT_EACH_DAY = 2,
} HardAnswer;

enum { HARD_NO_HOUR = -1 }; /* the family gets in touch by itself, and nobody looks */

typedef struct Hard {
    MatchId match;
    HardState state; /* never HARD_OVER */
    int64_t hour;    /* 0 to 23 where the program is, or HARD_NO_HOUR */
    HardAnswer answer;
    Time until_at;
    Time reached_at;   /* the last time that the two talked meanwhile; TIME_NONE: not yet */
    Time missed_since; /* midnight of the first day without a contact, none since; TIME_NONE: none */
} Hard;

/* What holds in this walk now; false: nothing does. Who may read it is the route's business. */
bool hard_find(const Scope *scope, MatchId match, Hard *ret_hard);

/* ---- steps, by one of the two ---- */

typedef enum HardResult {
    HARD_DONE,
    HARD_ELSEWHERE, /* not possible as it stands, or the other's to say; nothing was written */
    HARD_UNSAFE,    /* the hour is none that the family's card calls safe on each day; likewise */
} HardResult;

/* The supporter asks whether these are hard days. */
HardResult hard_propose(Scope *scope, Tx *tx, MatchId match);
/* The family says that they are, whether or not it was asked, or picks another hour while they are, which the
 * supporter answers anew. */
HardResult hard_begin(Scope *scope, Tx *tx, MatchId match, int64_t hour);
/* The supporter says whether they can be in touch at that hour each day. */
HardResult hard_answer(Scope *scope, Tx *tx, MatchId match, HardAnswer answer);
/* The family lets it go on, for HARD_TIME from now. */
HardResult hard_go_on(const Scope *scope, Tx *tx, MatchId match);
/* The family says that it is over, or does not want what was proposed; the supporter takes that back. */
HardResult hard_end(Scope *scope, Tx *tx, MatchId match);

/* The hours that this family's card calls safe on each of the coming days. */
enum { HARD_HOURS_FIRST = 7, HARD_HOURS_LAST = 21, HARD_HOURS_MOST = HARD_HOURS_LAST - HARD_HOURS_FIRST + 1 };
typedef struct HardHours {
    int64_t items[HARD_HOURS_MOST];
    size_t count;
} HardHours;
HardHours hard_hours(const Scope *scope, PersonId receiver);

/* ---- each day ---- */

/* Somebody was reached at that moment: the day has its contact. Called by contact_add(). */
void hard_reached(Tx *tx, MatchId match, Time at);
/* In the jobs process: looks whether the day had a contact, and closes what is over. */
void hard_watch(Scope *scope);

/* Somebody is forgotten: they stand by for nobody, and nothing is left of their own hard days. */
void hard_forget(const Scope *scope, Tx *tx, PersonId person);

/* ---- lists ---- */

typedef enum HardSide { HARD_RECEIVES = 1, HARD_GIVES = 2, HARD_BACKS = 3 } HardSide;

typedef struct HardOwn {
    Hard hard;
    HardSide side; /* of the actor */
    PersonId receiver;
    Str other_called;    /* of a backup the family, and empty while they are asked */
    HardBackupId backup; /* 0 unless HARD_BACKS */
    bool is_asked;       /* to stand by */
} HardOwn;
typedef struct HardOwns {
    const HardOwn *items;
    size_t count;
} HardOwns;
/* The actor's own, in every walk that lasts and does not rest; of those they give in only where the family
 * shares with them. At most 20. */
HardOwns hard_list_own(const Scope *scope);

typedef struct HardMissed {
    MatchId match;
    Str receiver_called;
    Str giver_called;
    Date since; /* the first day on which nobody was reached */
} HardMissed;
typedef struct HardMisseds {
    const HardMissed *items;
    size_t count;
} HardMisseds;
/* For who coordinates: where nobody got through, of families who share that with those who do; the longest
 * first, at most 25. */
HardMisseds hard_list_missed(const Scope *scope, ProgramId program);

#endif
