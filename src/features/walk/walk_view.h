/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a match shows: filled by walk_pages.c, drawn by walk.html. */
#ifndef WALK_VIEW_H
#define WALK_VIEW_H

#include "features/account/account.h"
#include "features/checkin/checkin.h"
#include "features/contact/contact_shown.h"
#include "features/goal/goal_shown.h"
#include "features/match/match.h"
#include "features/meeting/meeting_shown.h"
#include "features/message/message.h"
#include "features/passing/passing_shown.h"
#include "features/progress/progress_figure.h"
#include "features/promise/promise_shown.h"
#include "ui/ui.h"
#include "walk_sql.h"

/* Who looks at it. */
typedef enum WalkReader { WALK_RECEIVER, WALK_GIVER, WALK_COORDINATOR } WalkReader;

/* An earlier walk of the same person. */
typedef struct WalkBefore {
    MatchId id;
    Str called;
    Date began_on;
    Date ended_on;
} WalkBefore;
typedef struct WalkEarlierList {
    const WalkBefore *items;
    size_t count;
} WalkEarlierList;

/* What the receiver keeps between the two of them. */
typedef struct WalkKept {
    Str words;
    Str by_called;
    Time at;
} WalkKept;
typedef struct WalkKeptList {
    const WalkKept *items;
    size_t count;
} WalkKeptList;

typedef struct WalkPage {
    Layout layout;
    Match match;
    WalkReader reader;
    Str other_called; /* for one of the two: the other one */
    Str program;      /* its name */
    Request request;
    Str need;        /* opened for this reader */
    bool must_agree; /* the reader has not read the agreement yet */
    Date since;
    Date due_on;
    Date ended_on;
    ContactPoints reach;       /* the other one's; a coordinator sees the receiver's */
    ContactPoints reach_giver; /* for a coordinator only */
    bool not_reach;            /* the receiver does not share that with the reader ... */
    bool not_contacts;         /* ... and not when the two talked */
    WalkKeptList kept;         /* for the giver only */
    PassingsShown passed_on;
    MeetingsShown meetings; /* for the two alone, like those below */
    bool may_meet;
    PromisesShown promises;
    int64_t unread;     /* words from the other that were not read */
    GoalsShown goals;   /* for the giver: what was opened to them */
    bool has_word;      /* the receiver opens their space with a word, which may get lost */
    bool may_read_card; /* the receiver's safety card */
    Contacts contacts;
    ContactsShown shown;     /* the same, opened for this reader */
    bool is_newest;          /* the newest contacts, not older ones */
    Url older;               /* where has_older leads */
    ProgressFigure progress; /* for the receiver only */
    ContactSaids told;       /* by the reader to a coordinator */
    WalkEarlierList earlier; /* for the receiver only */
} WalkPage;

#endif
