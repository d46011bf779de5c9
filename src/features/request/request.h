/* SPDX-License-Identifier: Apache-2.0 */
/* Someone asks for support, or for a call with information: the request, from its first words to its end.
 *
 * The family's words are kept as written and never changed. What a coordinator codes is a second layer
 * beside them, every note has its writer, and the family reads all of it and can answer.
 *
 * A request moves between states only along the table in request.c, and each state has a time by which it
 * should have moved on (due_at, by the program's clocks). Invariants kept by request_move(): only in LISTED
 * and INVITED is a shortlist with the family; only in INVITED does an invitation wait. `version` goes up
 * with every change, so that a form that was open meanwhile can be told.
 *
 * A wish is an item of the program's lists that the family chose. The lists say what it is about; who one
 * is to the child and the child's age are no wishes but columns of their own, and funding is only ever
 * coded. */
#ifndef REQUEST_H
#define REQUEST_H

#include "features/program/program.h"
#include "platform/part2.h"
#include "platform/scope.h"

typedef enum RequestKind { REQUEST_SUPPORT = 1, REQUEST_INFORMATION_CALL = 2 } RequestKind;

typedef enum RequestSource {
    REQUEST_FROM_FORM = 1,
    REQUEST_FROM_IMPORT = 2,
    REQUEST_RECORDED = 3, /* by a coordinator, for someone on the phone */
} RequestSource;

typedef enum RequestState {
    REQUEST_NEW = 1,       /* nobody has it yet */
    REQUEST_TAKEN = 2,     /* a coordinator has it and looks for people */
    REQUEST_LISTED = 3,    /* a shortlist is with the family */
    REQUEST_INVITED = 4,   /* the chosen supporter is asked */
    REQUEST_MATCHED = 5,   /* two people walk together */
    REQUEST_PAUSED = 6,    /* not now, as the family said */
    REQUEST_WITHDRAWN = 7, /* the family does not want it any more; it can come back */
    REQUEST_ENDED = 8,     /* the walk is over; it can come back */
} RequestState;

typedef enum RequestNoteKind {
    REQUEST_NOTE_REACHED = 1,     /* a call that reached the person */
    REQUEST_NOTE_NOT_REACHED = 2, /* a call that did not */
    REQUEST_NOTE_LINE = 3,        /* a line */
    REQUEST_NOTE_ANSWER = 4,      /* the family's own words beside it */
    REQUEST_NOTE_TOLD = 5,        /* what the family said by phone, written down for it */
    REQUEST_NOTE_NONE = 6,        /* the family said "none of these" to a shortlist; no words */
    REQUEST_NOTE_SAID_NO = 7,     /* the chosen supporter cannot; no words, no reason */
    REQUEST_NOTE_TAKEN = 8,       /* a coordinator took it; no words */
    REQUEST_NOTE_URGENT = 9,      /* it is urgent; the words say why */
    REQUEST_NOTE_NOT_URGENT = 10, /* it is no longer; no words */
    REQUEST_NOTE_WISHES = 11,     /* the family changed what it wishes; no words */
    REQUEST_NOTE_ANOTHER = 20,    /* the family would like to walk with someone else; no words, no reason */
    REQUEST_NOTE_STOPPED = 21,    /* the supporter had to stop; no words, no reason */
} RequestNoteKind;

/* What it takes to make one. Ids that are 0 were not said. */
typedef struct RequestNew {
    ProgramId program;
    PersonId person; /* who asks */
    RequestKind kind;
    RequestSource source;
    Lang lang;           /* the language it is written in */
    Str need;            /* in the person's own words; may be empty */
    bool is_kept;        /* need and hopes are between the person and whoever walks with them */
    Str hopes;           /* anything else hoped for in a person; may be empty */
    ListItemId relation; /* of LIST_RELATION: who the person is to the child */
    ListItemId age;      /* of LIST_AGE */
    bool is_part2;       /* need and hopes may tell of substance use */
    bool has_no_preference;
    const ListItemId *wishes; /* of lists from which a family may wish */
    size_t wish_count;
    ListItemId first;  /* the experience among them that matters most */
    unsigned required; /* bits 1 << ListKind: in these lists what is wished must be so */
    unsigned unlike;   /* the same bits: "someone unlike me in ..." */
    unsigned shared;   /* bits of ConsentItem: what those who coordinate are given of it; 0: all */
    Time asked_at;     /* TIME_NONE: now. An import knows since when someone has been waiting */
} RequestNew;

/* Whether a family may wish from this list, and whether it may say there that it must be so. */
bool request_may_wish(ListKind list);
bool request_may_require(ListKind list);

/* Adds a request, NEW, due by the program's reply clock, and shared with the program's coordinators
 * (features/consent) as its source says. Items that are not of this program are dropped.
 * *ret_receipt is the code to give out ("K7M-3QX-9TB"), kept only as a keyed hash: it cannot be shown
 * again. */
RequestId request_add(const Scope *scope, Tx *tx, const RequestNew *request, Str *ret_receipt);

typedef struct Request {
    RequestId id;
    ProgramId program;
    PersonId person;
    Str called; /* the person's name */
    RequestKind kind;
    RequestSource source;
    Lang lang;
    bool is_kept; /* need and hopes: empty here but for the asking person and whoever walks with them */
    Part2Words need;
    Part2Words hopes;
    bool is_part2;       /* these words may tell of substance use: others read them with the notice */
    ListItemId relation; /* 0: not said */
    ListItemId age;      /* 0: not said */
    bool has_no_preference;
    bool is_urgent; /* as a coordinator said; why stands in its notes */
    RequestState state;
    Time state_at;
    Time due_at;
    PersonId taken_by;   /* 0: nobody yet */
    Str taken_by_called; /* none: nobody yet */
    int64_t version;
    Time created_at;
    Time replied_at; /* TIME_NONE: no human has answered yet */
} Request;

/* False when there is none; access is the route's business. */
bool request_find(const Scope *scope, RequestId id, Request *ret_request);

/* By the receipt's code, in any letter case and grouping, together with one of the asking person's own
 * contact values (account_value_index()): a code alone opens nothing. */
bool request_find_by_receipt(const Scope *scope, Str code, Str value_key, Request *ret_request);

/* Takes out a request that nobody has worked on: for undoing a step that made it. One that anything else
 * points to is fail(FAIL_DATABASE). */
void request_remove(Tx *tx, RequestId id);

typedef enum RequestResult {
    REQUEST_DONE,
    REQUEST_ELSEWHERE, /* the request is not in a state that allows this: someone or something was quicker
                        */
    REQUEST_STALE,     /* the form showed an older version; nothing was written */
} RequestResult;

/* Moves from one state to another, if it stands there and the table allows it: sets state_at and due_at,
 * closes the shortlist and withdraws the invitations that the new state has no room for, and counts the
 * supporters' loads again. REQUEST_DONE or REQUEST_ELSEWHERE. */
RequestResult request_move(const Scope *scope, Tx *tx, RequestId id, RequestState from, RequestState to);

/* Tells whoever plans for the waiting list (features/standing), from the commit on, that this request
 * waits, waits no longer, or for someone else. Only needed by who changes that without the functions here.
 */
void request_touched(Tx *tx, RequestId id);
/* The same for all that this person waits for: whom it knows or is kept apart from has changed. */
void request_touched_of(const Scope *scope, Tx *tx, PersonId person);
/* Nobody's request has changed, but what all of this program are planned by. */
void request_touched_all(Tx *tx, ProgramId program);

/* Nobody could read a new request until now, so the reply is due from now on. */
void request_start_clock(const Scope *scope, Tx *tx, RequestId id);
/* What stands in the database for a receipt's code, however it was typed. */
Str request_receipt_hash(const Scope *scope, Str code);

/* True when the table in request.c allows this step. */
bool request_may_move(RequestState from, RequestState to);

/* ---- the coordinator's side; `version` is what the form showed ---- */

/* The actor takes the request, also over from another coordinator when the form already showed that one.
 * REQUEST_STALE: it changed meanwhile; request_find() says who has it, request_taken_since() since when. */
RequestResult request_take(const Scope *scope, Tx *tx, RequestId id, int64_t version);
Time request_taken_since(const Scope *scope, const Request *request);
/* Gives it back to whoever is free. */
RequestResult request_give_back(const Scope *scope, Tx *tx, RequestId id, int64_t version);
/* Replaces the second layer by these items of any of the program's lists. What stays keeps who coded it. */
RequestResult request_code(const Scope *scope, Tx *tx, RequestId id, int64_t version, const ListItemId *items,
                           size_t count);
/* Says that it is urgent, and why in words for the family to read, or that it is no longer (the words are
 * left out then). Only while it is on its way: REQUEST_ELSEWHERE from MATCHED on. */
RequestResult request_set_urgent(const Scope *scope, Tx *tx, RequestId id, int64_t version, bool is_urgent,
                                 Str words);
/* An information call was made, and nothing more is wanted. */
RequestResult request_end(const Scope *scope, Tx *tx, RequestId id, int64_t version);
/* Adds a note by the actor. A call that reached the person, or what was told by phone, counts as
 * the first reply. Nothing is overwritten, so there is no version to compare. */
void request_note(const Scope *scope, Tx *tx, RequestId id, RequestNoteKind kind, Str words);

/* The same, of words that may tell of substance use (platform/part2.h): others read them with the notice. */
void request_note_part2(const Scope *scope, Tx *tx, RequestId id, RequestNoteKind kind, Str words);

/* Says that the request's own words may tell of substance use, or that they do not. */
void request_set_part2(Tx *tx, RequestId id, bool is_part2);

/* ---- what the asking person keeps between themselves and whoever walks with them ----
 *
 * Kept words are not given to anybody else, whatever duty they hold: the queries leave them out. Only who
 * wrote them sets and lifts the mark. */

/* The asking person's own words beside it. */
void request_answer(const Scope *scope, Tx *tx, RequestId id, Str words, bool is_kept, bool is_part2);
/* Need and hopes. The caller is the asking person. */
void request_keep(Tx *tx, RequestId id, bool is_kept);
/* A note of this request that the actor wrote; false when it is none. */
bool request_note_keep(const Scope *scope, Tx *tx, RequestId id, RequestNoteId note, bool is_kept);

typedef struct RequestKeptNote {
    Str by_called;
    Part2Words words;
    Time at;
} RequestKeptNote;
typedef struct RequestKeptNotes {
    const RequestKeptNote *items;
    size_t count;
} RequestKeptNotes;
/* What is kept for the actor, who walks with the asking person; the newest first. */
RequestKeptNotes request_kept_notes(const Scope *scope, RequestId id);

/* How an item came to be asked for, by what it weighs. */
typedef enum RequestWishKind {
    REQUEST_WISH_CHOSEN = 1, /* the family said so */
    REQUEST_WISH_FIRST = 2,  /* the family said so, and that it matters most: one experience at most */
    REQUEST_WISH_CODED = 3,  /* coded beside the family's words; kept apart from its wishes */
} RequestWishKind;

typedef struct RequestItem {
    ListItemId item;
    ListKind list;
    RequestWishKind kind;
    bool is_required; /* the family said that it must be so; never of what was coded */
} RequestItem;
typedef struct RequestItems {
    const RequestItem *items;
    size_t count;
} RequestItems;
/* What the family chose, and what was coded beside it; by list, in the program's order. */
RequestItems request_wishes(const Scope *scope, RequestId id);
RequestItems request_codes(const Scope *scope, RequestId id);

/* What a family said of itself and of the person it hopes for, beside its own words. */
typedef struct RequestSaid {
    ListItemId relation; /* 0: not said */
    ListItemId age;      /* 0: not said */
    bool has_no_preference;
    RequestItems wishes;
    unsigned unlike; /* bits 1 << ListKind */
} RequestSaid;

/* As it stands now. */
RequestSaid request_said(const Scope *scope, const Request *request);

/* The family says anew what it hopes for: of `wishes` only relation, age, preference, wishes, first, required
 * and unlike are read, and take the place of what stood there. What stood there stays readable, and the
 * waiting list is planned anew. Only of support, while it is on its way or paused (else REQUEST_ELSEWHERE).
 * Nothing is kept when nothing is different. */
RequestResult request_change_wishes(const Scope *scope, Tx *tx, RequestId id, int64_t version,
                                    const RequestNew *wishes);
bool request_may_change_wishes(const Request *request);

typedef struct RequestChange {
    Time at;
    Str by_called;
    RequestSaid before;
} RequestChange;
typedef struct RequestChanges {
    const RequestChange *items; /* newest first, 20 at most */
    size_t count;
} RequestChanges;
RequestChanges request_changes(const Scope *scope, RequestId id);

/* The family changed what it wishes after its newest list was made. */
bool request_list_is_older(const Scope *scope, RequestId id);

/* ---- inside ---- */

/* Adds what is wished in a new request to what stands there. */
void request_add_wishes(const Scope *scope, Tx *tx, RequestId id, const RequestNew *request);

/* ---- the family's switches: no reason is asked. A walk is paused and ended by its match, not here. ----
 */

RequestResult request_pause(const Scope *scope, Tx *tx, RequestId id);
RequestResult request_withdraw(const Scope *scope, Tx *tx, RequestId id);
/* Back from PAUSED, WITHDRAWN or ENDED, to whoever had it, or to the new ones. */
RequestResult request_reopen(const Scope *scope, Tx *tx, RequestId id);
/* The lists in which "someone unlike me" can be said, in the order in which they are asked about; how forms
 * name each; and what it is called, TEXT_NONE for the other lists. */
enum { REQUEST_UNLIKES = 8 };
extern const ListKind request_unlike_lists[REQUEST_UNLIKES];
extern const char *const request_unlike_words[REQUEST_UNLIKES + 1]; /* ends with NULL */
Text request_unlike_text(ListKind list);
/* "Someone unlike me in ...": the lists (bit 1 << ListKind) in which a difference is hoped for. */
void request_set_unlike(const Scope *scope, Tx *tx, RequestId id, unsigned lists);
unsigned request_unlike(const Scope *scope, RequestId id);

/* ---- sentences ---- */

/* Urgent, and still on its way to somebody: from then on it says nothing more. */
static inline bool request_is_urgent_now(const Request *request) {
    return request->is_urgent && request->state < REQUEST_MATCHED;
}

/* Where it stands, in a few words ("A coordinator has your request"). Safe for the status page. */
Text request_state_text(RequestState state);
/* A parent or guardian has to sign before anybody of the program, or whoever was chosen, may read it. */
bool request_waits_for_parent(const Scope *scope, const Request *request);
/* The same to the person whose it is, who reads first of all that a signature is missing. */
Text request_standing_text(const Scope *scope, const Request *request);
/* What happens next and by when, in the reader's language; while a signature is missing, what is waited for
 * and what the reader can do, and no day. Safe for the status page. */
Str request_next_words(const Scope *scope, const Request *request);

#endif
