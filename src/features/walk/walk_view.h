/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a match shows: filled by walk_pages.c, drawn by walk.html. */
#ifndef WALK_VIEW_H
#define WALK_VIEW_H

#include "features/account/account.h"
#include "features/callout/callout.h"
#include "features/carry/carry_shown.h"
#include "features/checkin/checkin.h"
#include "features/contact/contact_shown.h"
#include "features/goal/goal_shown.h"
#include "features/hard/hard_shown.h"
#include "features/barrier/barrier_shown.h"
#include "features/sheet/sheet_shown.h"
#include "features/match/match.h"
#include "features/meeting/meeting_shown.h"
#include "features/message/message.h"
#include "features/note/note_shown.h"
#include "features/passing/passing_shown.h"
#include "features/progress/progress_figure.h"
#include "features/promise/promise_shown.h"
#include "features/toolbox/toolbox_shown.h"
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
    HardShown hard;            /* for the two alone */
    bool may_say_hard;
    CalloutHello hello;  /* the same; the day after a crisis team came */
    bool was_called_out; /* it has ended, and something of that is kept */
    PassingsShown passed_on;
    NotesStanding notes;
    MeetingsShown meetings; /* for the two alone, like those below */
    bool may_meet;
    PromisesShown promises;
    bool has_gathering;      /* one conversation with several people, or it could be opened */
    int64_t unread;          /* words from the other that were not read */
    GoalsShown goals;        /* for the giver: what was opened to them */
    ToolboxCardsShown cards; /* the same of what works for them */
    CarryShown carried;      /* the same of what was passed on to them */
    bool is_carried;         /* for the receiver: the other reads what they passed on */
    SheetLinesShown sheets;  /* and of how they get ready */
    BarriersShown barriers;  /* and of what is in their way */
    int64_t proposed;        /* for the receiver: steps that wait on their goals */
    bool has_word;           /* the receiver opens their space with a word, which may get lost */
    bool may_read_card;      /* the receiver's safety card */
    Contacts contacts;
    ContactsShown shown;     /* the same, opened for this reader */
    bool is_newest;          /* the newest contacts, not older ones */
    Url older;               /* where has_older leads */
    ProgressFigure progress; /* for the receiver only */
    ContactSaids told;       /* by the reader to a coordinator */
    WalkEarlierList earlier; /* for the receiver only */
} WalkPage;

#endif
