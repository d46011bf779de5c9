/* SPDX-License-Identifier: Apache-2.0 */
/* The few people suggested for a request, the family's choice among them, and the invitation that follows.
 *
 * A shortlist is kept as it was shown: who, in which order, with which reasons, by which policy and seed.
 * At most one a request is with the family. After a no it goes on as another one: whoever can be chosen
 * stays, whoever cannot goes, and others who fit join, without asking the coordinator who sent it again.
 *
 * An open list holds the places on it for the policy's hold_hours: so long they count against others, in
 * the order of lists only. After that the family can still choose from it. Nobody who was passed over,
 * declined, or said no for a request is suggested for it again, and nobody on either side gives a reason.
 */
#ifndef SHORTLIST_H
#define SHORTLIST_H

#include "features/offer/offer.h"
#include "features/request/request.h"
#include "matching/model.h"

enum {
    SHORTLIST_MOST = 3,
    SHORTLIST_SHOWN_MOST = 6, /* people shown to a family, with those who joined after a no, before a
                                 coordinator looks again */
};

typedef enum ShortlistState {
    SHORTLIST_OPEN = 1,     /* with the family */
    SHORTLIST_ANSWERED = 2, /* someone was chosen, or none of these */
    SHORTLIST_REPLACED = 3, /* another one was made, or the request left */
} ShortlistState;

typedef enum EntryAnswer {
    ENTRY_UNANSWERED = 1,
    ENTRY_CHOSEN = 2,
    ENTRY_NOT_THIS_PERSON = 3, /* also in `apart`: never suggested to each other again, anywhere */
    ENTRY_NONE_OF_THESE = 4,
    ENTRY_SAID_NO = 5, /* chosen, and the supporter cannot */
} EntryAnswer;

typedef enum ShortlistResult {
    SHORTLIST_DONE,
    SHORTLIST_NOBODY, /* nobody fits: nothing written; shortlist_blockers() says which rules removed whom */
    SHORTLIST_ELSEWHERE, /* the request does not stand where this is possible */
    SHORTLIST_STALE,     /* the form showed an older version of the request */
} ShortlistResult;

/* Makes a shortlist of up to three for a request that is NEW, TAKEN or LISTED, replaces an open one, and
 * moves the request to LISTED. The actor takes a NEW request with it. `version` is what the form showed. */
ShortlistResult shortlist_make(Scope *scope, Tx *tx, RequestId request, int64_t version,
                               ShortlistId *ret_shortlist);

/* The same for a request that is NEW or TAKEN, beginning with someone whom a plan proposes and no rule
 * removes, and going on with who would be on the list anyway. */
ShortlistResult shortlist_make_beginning(Scope *scope, Tx *tx, RequestId request, const MatchingChoice *first,
                                         ShortlistId *ret_shortlist);

/* What a list made now would hold and what keeps others off it, for the coordinator. Writes nothing. */
MatchingResult shortlist_preview(const Scope *scope, const Request *request);

/* The same the plain way (matching/oracle.h), from what the database says and not from what is kept of it,
 * with the seed that decides between equals. The request must be for support. */
MatchingResult shortlist_explain(const Scope *scope, const Request *request, uint64_t *ret_seed);

/* What a rule that keeps people off a list is called. */
Text shortlist_rule_text(MatchingRule rule);
/* The sentence of a reason in the reader's language, said to the family or about it. `label`: the words of
 * its item, opened for the reader (program_item_words()). */
Str shortlist_reason_words(const Scope *scope, MatchingReasonKind kind, Str label, bool is_to_family);

/* Somebody on an open list who can be chosen right now. */
typedef struct ShortlistPerson {
    int64_t position; /* on the list */
    OfferId offer;
    Str called;
    ListItemId relation; /* 0: not said */
    Str about;           /* in their own words */
} ShortlistPerson;
typedef struct ShortlistPeople {
    ShortlistId list; /* 0: none is open */
    const ShortlistPerson *items;
    size_t count;
    size_t hidden; /* on the list, and not to be chosen right now */
} ShortlistPeople;
/* Of the request's open list, in its order. */
ShortlistPeople shortlist_people(const Scope *scope, RequestId request);
/* Why this one is on the list, said to the family in short; words that may tell of substance use are left
 * out. */
Strs shortlist_why(const Scope *scope, ShortlistId list, int64_t position);

typedef enum ChoiceResult {
    CHOICE_DONE,
    CHOICE_FULL,      /* someone was quicker, or the supporter hid meanwhile: the list is still there */
    CHOICE_ELSEWHERE, /* that person is not on an open shortlist of this request */
} ChoiceResult;

/* The family chooses: an invitation waits, the request is INVITED, the supporter gets a neutral mail, and
 * the supporter's load is counted again. `items`: what the family shares with them (features/consent); 0:
 * all. */
ChoiceResult shortlist_choose(Scope *scope, Tx *tx, RequestId request, OfferId offer, unsigned items,
                              InvitationId *ret_invitation);
/* "Not this person": the two are never suggested to each other again. The list goes on without, with others
 * who fit; when nobody is left, the request goes back to its coordinator. */
ChoiceResult shortlist_not_this_person(const Scope *scope, Tx *tx, RequestId request, OfferId offer);
/* "None of these": the list goes on with others who fit, or, when there are none or enough people were
 * shown, the request goes back to its coordinator. A note says so to both. */
ChoiceResult shortlist_none_of_these(const Scope *scope, Tx *tx, RequestId request);

/* The family changes its mind before an answer came: the invitation is withdrawn, the list open again. */
ChoiceResult shortlist_take_back(const Scope *scope, Tx *tx, RequestId request);

/* ---- invitations ---- */

typedef enum InvitationState {
    INVITATION_WAITING = 1,
    INVITATION_ACCEPTED = 2,
    INVITATION_DECLINED = 3,
    INVITATION_ANOTHER_TIME = 4, /* not now, but then: the words say when; it still waits for a yes or no */
    INVITATION_WITHDRAWN = 5,    /* the family changed its mind */
} InvitationState;

typedef struct Invitation {
    InvitationId id;
    RequestId request;
    OfferId offer;
    ProgramId program;
    PersonId receiver; /* who asked for support */
    PersonId giver;    /* who was chosen */
    InvitationState state;
    Str words; /* "another time": when; may be empty */
    Time created_at;
    Time due_at;
    Time answered_at; /* TIME_NONE while it waits */
} Invitation;

bool invitation_find(const Scope *scope, InvitationId id, Invitation *ret_invitation);

typedef enum InvitationResult {
    INVITATION_DONE,
    INVITATION_OVER, /* answered or withdrawn before; nothing was written */
} InvitationResult;

/* The supporter's answer: ACCEPTED, DECLINED or ANOTHER_TIME (which may be followed by one of the others).
 * ACCEPTED moves the request to MATCHED: the caller makes the match in the same transaction and then calls
 * offer_load_changed(). DECLINED lets the list go on, or, when nobody is left, gives the request back to
 * its coordinator. `words` only count for ANOTHER_TIME. */
InvitationResult invitation_answer(Scope *scope, Tx *tx, InvitationId id, InvitationState answer, Str words);

/* Lets the places go that were held for long enough: for the calendar of the jobs process. */
void shortlist_let_holds_go(Scope *scope, Tx *tx);

#endif
