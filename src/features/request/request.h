/* SPDX-License-Identifier: Apache-2.0 */
/* Someone asks for support, or for a call with information: the request, from its first words to its end.
 *
 * The family's words are kept as written and never changed. What a coordinator codes is a second layer beside
 * them, every note has its writer, and the family reads all of it and can answer.
 *
 * A request moves between states only along the table in request.c, and each state has a time by which it
 * should have moved on (due_at, by the program's clocks). Invariants kept by request_move(): only in LISTED
 * and INVITED is a shortlist with the family; only in INVITED does an invitation wait. `version` goes up with
 * every change, so that a form that was open meanwhile can be told. */
#ifndef REQUEST_H
#define REQUEST_H

#include "features/program/program.h"
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
    Str hopes;           /* anything else hoped for in a person; may be empty */
    ListItemId relation; /* of LIST_RELATION: who the person is to the child */
    ListItemId age;      /* of LIST_AGE */
    bool has_no_preference;
    const ListItemId *wishes; /* of LIST_EXPERIENCE, LIST_LANGUAGE and LIST_TIME */
    size_t wish_count;
    Time asked_at; /* TIME_NONE: now. An import knows since when someone has been waiting */
} RequestNew;

/* Adds a request, NEW, due by the program's reply clock. Items that are not of this program are dropped.
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
    Str need;
    Str hopes;
    ListItemId relation; /* 0: not said */
    ListItemId age;      /* 0: not said */
    bool has_no_preference;
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
 * contact values (account_value_key()): a code alone opens nothing. */
bool request_find_by_receipt(const Scope *scope, Str code, Str value_key, Request *ret_request);

/* Takes out a request that nobody has worked on: for undoing a step that made it. One that anything else
 * points to is fail(FAIL_DATABASE). */
void request_remove(Tx *tx, RequestId id);

typedef enum RequestResult {
    REQUEST_DONE,
    REQUEST_ELSEWHERE, /* the request is not in a state that allows this: someone or something was quicker */
    REQUEST_STALE,     /* the form showed an older version; nothing was written */
} RequestResult;

/* Moves from one state to another, if it stands there and the table allows it: sets state_at and due_at,
 * closes the shortlist and withdraws the invitations that the new state has no room for, and counts the
 * supporters' loads again. REQUEST_DONE or REQUEST_ELSEWHERE. */
RequestResult request_move(const Scope *scope, Tx *tx, RequestId id, RequestState from, RequestState to);

/* True when the table in request.c allows this step. */
bool request_may_move(RequestState from, RequestState to);

/* ---- the coordinator's side; `version` is what the form showed ---- */

/* The actor takes the request, also over from another coordinator when the form already showed that one.
 * REQUEST_STALE: it changed meanwhile; request_find() says who has it, request_taken_since() since when. */
RequestResult request_take(const Scope *scope, Tx *tx, RequestId id, int64_t version);
Time request_taken_since(const Scope *scope, const Request *request);
/* Gives it back to whoever is free. */
RequestResult request_give_back(const Scope *scope, Tx *tx, RequestId id, int64_t version);
/* Replaces the second layer by these items of the program's lists (of LIST_EXPERIENCE, LIST_LANGUAGE,
 * LIST_RELATION, LIST_AGE and LIST_TIME). What stays keeps who coded it. */
RequestResult request_code(const Scope *scope, Tx *tx, RequestId id, int64_t version, const ListItemId *items,
                           size_t count);
/* An information call was made, and nothing more is wanted. */
RequestResult request_end(const Scope *scope, Tx *tx, RequestId id, int64_t version);
/* Adds a note by the actor. A call that reached the person, or what was told by phone, counts as
 * the first reply. Nothing is overwritten, so there is no version to compare. */
void request_note(const Scope *scope, Tx *tx, RequestId id, RequestNoteKind kind, Str words);

typedef struct RequestItem {
    ListItemId item;
    ListKind list;
} RequestItem;
typedef struct RequestItems {
    const RequestItem *items;
    size_t count;
} RequestItems;
/* What the family chose, and what was coded beside it; by list, in the program's order. */
RequestItems request_wishes(const Scope *scope, RequestId id);
RequestItems request_codes(const Scope *scope, RequestId id);

/* ---- the family's switches: no reason is asked. A walk is paused and ended by its match, not here. ---- */

RequestResult request_pause(const Scope *scope, Tx *tx, RequestId id);
RequestResult request_withdraw(const Scope *scope, Tx *tx, RequestId id);
/* Back from PAUSED, WITHDRAWN or ENDED, to whoever had it, or to the new ones. */
RequestResult request_reopen(const Scope *scope, Tx *tx, RequestId id);
/* "Someone unlike me in ...": the lists (bit 1 << ListKind) in which a difference is hoped for. */
void request_set_unlike(const Scope *scope, Tx *tx, RequestId id, unsigned lists);
unsigned request_unlike(const Scope *scope, RequestId id);

/* ---- sentences ---- */

/* Where it stands, in a few words ("A coordinator has your request"). Safe for the status page. */
Text request_state_text(RequestState state);
/* What happens next and by when, in the reader's language. Safe for the status page. */
Str request_next_words(const Scope *scope, const Request *request);

#endif
