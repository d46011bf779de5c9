/* SPDX-License-Identifier: Apache-2.0 */
/* Two people walking together: one receives, one gives, for this request. Elsewhere it can be the other way
 * round.
 *
 * A match begins when the person who was chosen says yes, and lasts until either of them ends it. Pausing,
 * coming back, changing the person and ending are each one step, by either side, and nobody is asked why.
 * What was written stays with the receiver also after the end; the giver can no longer open it.
 *
 * Invariants kept here: while a match is not ENDED its request is MATCHED; the offer's load counts it; its
 * check-ins are due only while it lasts, and meetings are to come only while it lasts and does not rest;
 * WALKING only after first_contact_at. */
#ifndef MATCH_H
#define MATCH_H

#include "features/offer/offer.h"
#include "features/request/request.h"
#include "features/shortlist/shortlist.h"

typedef enum MatchState {
    MATCH_NEW = 1,     /* nobody was reached yet */
    MATCH_WALKING = 2, /* they have talked */
    MATCH_PAUSED = 3,  /* not now; nobody is waiting */
    MATCH_ENDED = 4,
} MatchState;

typedef struct Match {
    MatchId id;
    ProgramId program;
    RequestId request;
    OfferId offer;
    PersonId receiver;
    Str receiver_called;
    PersonId giver;
    Str giver_called;
    MatchState state;
    Time state_at;
    Time due_at; /* NEW: first contact by; WALKING: next contact hoped for by; otherwise it says nothing */
    Time receiver_agreed_at; /* TIME_NONE until this side has read and agreed */
    Time giver_agreed_at;
    Time began_at;
    Time first_contact_at; /* TIME_NONE until someone was reached */
    Time ended_at;         /* TIME_NONE while it lasts */
} Match;

bool match_find(const Scope *scope, MatchId id, Match *ret_match);

/* How the other of the two is called, for one of them. */
static inline Str match_other_called(const Match *match, PersonId reader) {
    return person_id_equal(reader, match->receiver) ? match->giver_called : match->receiver_called;
}

/* Begins the match of an accepted invitation, with its check-ins, and counts the offer's load again. The
 * request is MATCHED already (invitation_answer()). */
MatchId match_begin(const Scope *scope, Tx *tx, const Invitation *invitation);

/* The chosen person says yes: answers the invitation, begins the match, and sends both a neutral mail where
 * that is possible. INVITATION_OVER: nothing was written. */
InvitationResult match_accept(Scope *scope, Tx *tx, InvitationId invitation, MatchId *ret_match);

/* After this moment nobody has been reached for so long that a coordinator should look
 * (CLOCK_FIRST_CONTACT_LATE); only for a NEW match. */
Time match_alarm_at(const Scope *scope, const Match *match);

/* Whoever changes something below, the other person gets a neutral mail where that is possible. */
typedef enum MatchResult {
    MATCH_DONE,
    MATCH_ELSEWHERE, /* it does not stand where this is possible: someone was quicker; nothing was written */
} MatchResult;

/* The actor has read the role card and the agreement, and agrees. Agreeing twice keeps the first day. */
MatchResult match_agree(const Scope *scope, Tx *tx, MatchId id);

MatchResult match_pause(Scope *scope, Tx *tx, MatchId id);
/* Back from a pause, to NEW or WALKING. */
MatchResult match_come_back(Scope *scope, Tx *tx, MatchId id);

typedef enum MatchEnding {
    MATCH_END_FOR_NOW,        /* enough for now: the request ends with it, and can come back */
    MATCH_END_ANOTHER_PERSON, /* the request goes back to its coordinator, who looks for someone else */
} MatchEnding;

/* Ends it. When the giver ends it the request always goes back to its coordinator: the family did not ask to
 * stop. A note on the request tells both family and coordinator that someone else is looked for; no reason is
 * kept. */
MatchResult match_end(Scope *scope, Tx *tx, MatchId id, MatchEnding ending);

/* Someone was reached at that moment: sets the first contact, makes a NEW match WALKING, and hopes for the
 * next contact by CLOCK_RHYTHM. Called by contact_add(). */
void match_reached(const Scope *scope, Tx *tx, MatchId id, Time at);

/* Something of this walk is new: the pages that the two have open are told, but not the actor's own. */
void match_news(const Scope *scope, Tx *tx, MatchId id);

/* "No contact yet", "Walking together", "Paused", "Ended". */
Text match_state_text(MatchState state);

#endif
