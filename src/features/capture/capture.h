/* SPDX-License-Identifier: Apache-2.0 */
/* What was written on a phone without a signal, when it comes: a contact or a message, and nothing else.
 *
 * Each has a capture, 16 random bytes drawn where it was written: it becomes a contact or a message exactly
 * once, however often, and from however many pages, it is sent. It only ever counts as written by its author.
 * What cannot become one any more (the walk has ended, the family stopped sharing, the words do not fit) is
 * kept aside: sealed, read by its author and by nobody else, until they delete it. Consents, choices and all
 * else that decides something never wait on a phone: whoever decides sees what holds at that moment. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include "features/contact/contact.h"
#include "features/message/message.h"

enum { CAPTURE_BYTES = 16 };
_Static_assert((int)CAPTURE_BYTES == (int)CONTACT_CAPTURE_BYTES &&
                   (int)CAPTURE_BYTES == (int)MESSAGE_CAPTURE_BYTES,
               "one capture wherever it ends");

typedef enum CaptureKind {
    CAPTURE_NEITHER = 0, /* something that may not wait on a phone */
    CAPTURE_CONTACT = 1,
    CAPTURE_MESSAGE = 2,
} CaptureKind;

typedef enum CaptureState {
    CAPTURE_STORED,  /* it is a contact or a message now */
    CAPTURE_KNOWN,   /* it was before */
    CAPTURE_ASIDE,   /* it is kept aside, now or since before */
    CAPTURE_REFUSED, /* nothing was written; it stays where it is */
} CaptureState;

typedef enum CaptureReason {
    CAPTURE_NO_REASON = 0,
    /* Kept aside. */
    CAPTURE_OVER = 1,       /* the walk has ended */
    CAPTURE_NOT_SHARED = 2, /* the receiver does not share with the giver what this needs */
    CAPTURE_UNFIT = 3,      /* empty, too long, or answers that the log does not have */
    /* Refused. */
    CAPTURE_NOT_AUTHOR = 4,  /* somebody else wrote it than who is signed in */
    CAPTURE_NOT_WAITING = 5, /* of a kind that may not wait */
    CAPTURE_ELSEWHERE = 6,   /* not the author's walk */
} CaptureReason;

typedef struct CaptureResult {
    CaptureState state;
    CaptureReason reason;
} CaptureResult;

/* Who sent it from where, before what it says is read. */
typedef struct CaptureHead {
    CaptureKind kind;
    Str capture; /* CAPTURE_BYTES */
    PersonId author;
    MatchId match;
    Time captured_at; /* capture_moment() */
} CaptureHead;

/* A phone's clock, set right: both of its own moments are shifted by how far it is off, where that is more
 * than CAPTURE_SKEW; never ahead of now. */
#define CAPTURE_SKEW (3 * TIME_MINUTE)
Time capture_moment(const Scope *scope, Time phone_now, Time captured_at);

/* Whether it can be stored at all, for the actor: false with the answer when it was stored or kept before,
 * or is refused; true with the match when what it says is wanted. */
bool capture_begin(const Scope *scope, const CaptureHead *head, Match *ret_match, CaptureResult *ret_result);

/* After capture_begin(). `log` is none (NULL) when its answers do not fit; `words` are kept if it is kept
 * aside. */
CaptureResult capture_contact(Scope *scope, Tx *tx, const CaptureHead *head, const Match *match,
                              const ContactLog *log, Str words);
CaptureResult capture_message(Scope *scope, Tx *tx, const CaptureHead *head, const Match *match,
                              const MessageNew *message);

/* Is there a row for this capture of the actor's, wherever? */
bool capture_is_stored(const Scope *scope, Str capture);

/* A contact in the reader's language, a line for each answer: what is kept of it aside. */
Str capture_words(const Scope *scope, const ContactLog *log);

/* ---- for the phone ---- */

/* A walk of the actor's in which the two share what a log and words need. */
typedef struct CaptureWalk {
    MatchId match;
    Str called; /* the other of the two */
    bool gives; /* the actor gives, and logs */
    bool may_leave_message;
} CaptureWalk;
typedef struct CaptureWalks {
    const CaptureWalk *items;
    size_t count;
} CaptureWalks;
/* At most 60. */
CaptureWalks capture_walks(const Scope *scope);

/* The programs in which the actor has such a walk: whose numbers stand on the phone. */
typedef struct CapturePrograms {
    const ProgramId *items;
    size_t count;
} CapturePrograms;
CapturePrograms capture_programs(const Scope *scope);

/* ---- kept aside ---- */

typedef struct CaptureAside {
    CaptureAsideId id;
    MatchId match;
    CaptureKind kind;
    CaptureReason reason;
    Str called; /* the other of the two */
    Str words;
    Time captured_at;
    Time kept_at;
} CaptureAside;
typedef struct CaptureAsides {
    const CaptureAside *items;
    size_t count;
} CaptureAsides;
/* The actor's, the newest first; at most 100. */
CaptureAsides capture_asides(const Scope *scope);
int64_t capture_aside_count(const Scope *scope);
/* The actor deletes what is kept; false when it is none of theirs, or gone. */
bool capture_drop(const Scope *scope, Tx *tx, CaptureAsideId id);

/* What this person kept aside, and what is kept about them, is gone: they are forgotten. */
void capture_forget(Tx *tx, PersonId person);

#endif
