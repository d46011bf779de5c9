/* SPDX-License-Identifier: Apache-2.0 */
/* What a person's own page shows: filled by me_pages.c, drawn by me.html. */
#ifndef ME_VIEW_H
#define ME_VIEW_H

#include "features/account/account.h"
#include "features/bridge/bridge.h"
#include "features/callout/callout.h"
#include "features/carry/carry.h"
#include "features/debrief/debrief.h"
#include "features/emergency/emergency.h"
#include "features/goal/goal_shown.h"
#include "features/handing/handing.h"
#include "features/hard/hard_shown.h"
#include "features/gathering/gathering.h"
#include "features/heard/heard.h"
#include "features/hope/hope.h"
#include "features/hours/hours_shown.h"
#include "features/match/match.h"
#include "features/meeting/meeting_shown.h"
#include "features/message/message.h"
#include "features/program/program.h"
#include "features/note/note_payer.h"
#include "features/passing/passing.h"
#include "features/promise/promise_shown.h"
#include "features/sheet/sheet_shown.h"
#include "me_sql.h"
#include "ui/ui.h"

/* How someone may be reached right now; none of the three: not now, or no such way. */
typedef struct MeReach {
    Str phone;
    Str text;
    Str mail;
    Time not_before; /* TIME_NONE: now is fine, or nothing can be reached at all */
} MeReach;

/* One of the reader's own requests. */
typedef struct MeAsked {
    RequestId id;
    ProgramId program;
    RequestKind kind;
    RequestState state;
    Str need; /* the reader's own words */
    Lang lang;
    Time created_at;
} MeAsked;
typedef struct MeAskeds {
    const MeAsked *items;
    size_t count;
} MeAskeds;

typedef struct MePage {
    Layout layout;
    Str called;
    const Zone *zone;
    Time now;
    bool is_anything_waiting;
    bool has_anything; /* some of the lists below is not empty */
    MeInvitationsRows invitations;
    MeAskeds requests;
    MeAskeds progress; /* requests with an open question of progress */
    MeReceivedRows received;
    MeGivenRows given;
    int64_t given_kept;         /* walks in which the family shares nothing with this person now */
    NoteDues note_dues;         /* contacts that wait for a note of this person's */
    NoteWaitings notes;         /* walks in which a draft waits for this person */
    MatchId handing_asked;      /* a walk in which the reader is asked what may be said; 0: none */
    CalloutHellos hellos;       /* the day after a crisis team came */
    BridgeDues bridges;         /* plans around a day with something due */
    bool debrief_waits;         /* a talk with those who coordinate is offered */
    HardShowns hard;            /* walks in hard days, or asked about */
    HeardAskedList heard;       /* walks about which something is asked */
    bool must_choose_word;      /* a young person's space without a word of its own */
    bool must_be_signed;        /* a parent or guardian has to sign what this person shares */
    bool has_signatures;        /* with a parent, or as one */
    bool must_confirm;          /* somebody wrote down what this person shares; they have not read it here */
    const MeReach *reaches;     /* one for each of given */
    MeetingOwn meeting;         /* the next one */
    PromisesShown promises;     /* of this person */
    GatheringNewsList gathered; /* where words wait in conversations of several people */
    MessageNewsList news;       /* where words wait */
    int64_t aside;              /* what was written without a signal and could not be sent */
    HoursShown hours;           /* this month's; all empty for who gives nothing */
    GoalsAskedShown proposed;   /* goals on which a step is proposed */
    SheetsAskedShown suggested; /* sheets for which a question is suggested */
    CarryNewsList carried;      /* words passed on to this person that are new */
    PassingNewsList passed_on;  /* what a supporter had to tell somebody about this person */
    HopeWishes answered;        /* wishes of this person that somebody answered */
    MeEndedRows ended;
    MeGaveRows gave; /* walks that this person gave, which have ended: without a name */
    MeOffersRows offers;
    Emergencies emergencies; /* openings of this person's record */
    Programs coordinated;
    bool wants_own_way; /* holds a duty, and has no way of their own that is enough for it */
    Programs rescued;   /* where the person may open a record in an emergency */
    Programs led;
    Programs may_offer; /* where the person could walk with others; none for who has an offer already */
} MePage;

/* One line of who opened what is about this person. What somebody did several times on end is one line. */
typedef struct MeOpening {
    Str clock; /* the time of day; of several, the last */
    Str since; /* the first of several */
    int64_t times;
    Str who;   /* a name, or words for whoever has none here */
    Text duty; /* TEXT_NONE: none */
    Str did;   /* "opened your request" */
    bool is_emergency;
    Str device; /* from which somebody signed in; may be empty */
    Str reason;
} MeOpening;

typedef struct MeOpeningDay {
    Date day;
    const MeOpening *items;
    size_t count;
} MeOpeningDay;

typedef struct MeOpeningDays {
    const MeOpeningDay *items;
    size_t count;
} MeOpeningDays;

typedef struct MeOpeningsPage {
    Layout layout;
    bool is_first; /* the newest are on it */
    MeOpeningDays days;
    Str older; /* the query of the page behind; STR_NONE: there is none */
} MeOpeningsPage;

/* How many words in this walk its reader has not read. */
static inline int64_t me_unread(const MePage *page, MatchId match) {
    for (size_t at = 0; at < page->news.count; at++) {
        if (match_id_equal(page->news.items[at].match, match)) {
            return page->news.items[at].count;
        }
    }
    return 0;
}

/* Hard days of a walk that the reader gives; NULL: none now. */
static inline const HardShown *me_hard_of(const MePage *page, MatchId match) {
    return hard_on_of(page->hard, match);
}

/* The day by which they hoped to talk, for the first time or again, is over. */
static inline bool me_is_late(const MePage *page, const MeGiven *walk) {
    return time_is_before(walk->due_at, page->now);
}

/* The day of a moment where the reader's clock hangs. */
static inline Date me_day(const MePage *page, Time time) {
    LocalTime local = calendar_local(time, page->zone->offset_us(page->zone, time));
    return local.date;
}

#endif
