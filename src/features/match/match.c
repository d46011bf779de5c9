/* SPDX-License-Identifier: Apache-2.0 */
/* How a match begins, moves and ends, and what follows from it for request, offer and check-ins. */
#include "features/match/match.h"

#include "features/checkin/checkin.h"
#include "features/meeting/meeting.h"
#include "features/notice/notice.h"
#include "match_sql.h"
#include "platform/live/live.h"
#include "texts.h"

#include <assert.h>

bool match_find(const Scope *scope, MatchId id, Match *ret_match) {
    MatchRow row;
    if (!match_row(scope->db, id, &row)) {
        return false;
    }
    *ret_match = (Match){
        .id = id,
        .program = row.program,
        .request = row.request,
        .offer = row.offer,
        .receiver = row.receiver,
        .receiver_called = row.receiver_called,
        .giver = row.giver,
        .giver_called = row.giver_called,
        .state = (MatchState)row.state,
        .state_at = row.state_at,
        .due_at = row.due_at,
        .receiver_agreed_at = row.receiver_agreed_at,
        .giver_agreed_at = row.giver_agreed_at,
        .began_at = row.began_at,
        .first_contact_at = row.first_contact_at,
        .ended_at = row.ended_at,
    };
    return true;
}

static void show_again(const Scope *scope, Tx *tx, const Match *match) {
    const PersonId both[] = {match->receiver, match->giver};
    for (size_t at = 0; at < sizeof both / sizeof both[0]; at++) {
        if (!person_id_equal(scope->actor, both[at])) {
            live_tell(tx, both[at], STR("match"), match->id.value);
        }
    }
}

void match_news(const Scope *scope, Tx *tx, MatchId id) {
    Match match;
    if (match_find(scope, id, &match)) {
        show_again(scope, tx, &match);
    }
}

static void tell_other(Scope *scope, Tx *tx, const Match *match) {
    show_again(scope, tx, match);
    notice_send(scope, tx, person_id_equal(scope->actor, match->receiver) ? match->giver : match->receiver);
}

/* ---- beginning ---- */

MatchId match_begin(const Scope *scope, Tx *tx, const Invitation *invitation) {
    MatchId id = {random_id(scope->random)};
    match_insert(tx, &(MatchInsert){
                         .id = id,
                         .program = invitation->program,
                         .request = invitation->request,
                         .offer = invitation->offer,
                         .receiver = invitation->receiver,
                         .giver = invitation->giver,
                         .now = scope->now,
                         .due_at = program_due(scope, invitation->program, CLOCK_FIRST_CONTACT, scope->now),
                     });
    checkin_begin(scope, tx, id, invitation->program, scope->now);
    offer_load_changed(scope, tx, invitation->offer);
    return id;
}

InvitationResult match_accept(Scope *scope, Tx *tx, InvitationId id, MatchId *ret_match) {
    Invitation invitation;
    if (!invitation_find(scope, id, &invitation)) {
        return INVITATION_OVER;
    }
    InvitationResult result = invitation_answer(scope, tx, id, INVITATION_ACCEPTED, STR(""));
    if (result == INVITATION_DONE) {
        *ret_match = match_begin(scope, tx, &invitation);
        live_tell(tx, invitation.receiver, STR("me"), 0);
        notice_send(scope, tx, invitation.giver); /* the receiver has the mail of every answer already */
    }
    return result;
}

Time match_alarm_at(const Scope *scope, const Match *match) {
    return program_due(scope, match->program, CLOCK_FIRST_CONTACT_LATE, match->began_at);
}

MatchResult match_agree(const Scope *scope, Tx *tx, MatchId id) {
    Match match;
    if (!match_find(scope, id, &match) || match.state == MATCH_ENDED) {
        return MATCH_ELSEWHERE;
    }
    if (person_id_equal(scope->actor, match.receiver)) {
        match_set_receiver_agreed(tx, id, scope->now);
    } else if (person_id_equal(scope->actor, match.giver)) {
        match_set_giver_agreed(tx, id, scope->now);
    } else {
        return MATCH_ELSEWHERE; /* nobody agrees for another */
    }
    show_again(scope, tx, &match);
    return MATCH_DONE;
}

/* ---- walking, resting, ending ---- */

void match_reached(const Scope *scope, Tx *tx, MatchId id, Time at) {
    Match match;
    if (match_find(scope, id, &match)) {
        match_set_reached(tx, id, at, scope->now, program_due(scope, match.program, CLOCK_RHYTHM, at));
    }
}

static MatchResult move(const Scope *scope, Tx *tx, const Match *match, MatchState to, Time due_at) {
    int64_t moved = match_set_state(
        tx, &(MatchSetState){
                .id = match->id, .before = match->state, .after = to, .now = scope->now, .due_at = due_at});
    return moved == 1 ? MATCH_DONE : MATCH_ELSEWHERE;
}

MatchResult match_pause(Scope *scope, Tx *tx, MatchId id) {
    Match match;
    if (!match_find(scope, id, &match) || (match.state != MATCH_NEW && match.state != MATCH_WALKING)) {
        return MATCH_ELSEWHERE;
    }
    meeting_drop(scope, tx, id);
    tell_other(scope, tx, &match);
    return move(scope, tx, &match, MATCH_PAUSED, match.due_at);
}

MatchResult match_come_back(Scope *scope, Tx *tx, MatchId id) {
    Match match;
    if (!match_find(scope, id, &match) || match.state != MATCH_PAUSED) {
        return MATCH_ELSEWHERE;
    }
    tell_other(scope, tx, &match);
    bool have_talked = !time_is_none(match.first_contact_at);
    ClockKind clock = have_talked ? CLOCK_RHYTHM : CLOCK_FIRST_CONTACT;
    return move(scope, tx, &match, have_talked ? MATCH_WALKING : MATCH_NEW,
                program_due(scope, match.program, clock, scope->now));
}

/* The family asked to stop, or someone else is looked for; then the note says so to both family and
 * coordinator. */
static void request_follow(const Scope *scope, Tx *tx, const Match *match, MatchEnding ending) {
    bool is_receiver = person_id_equal(scope->actor, match->receiver);
    Request request;
    if (!request_find(scope, match->request, &request)) {
        return;
    }
    if (is_receiver && ending == MATCH_END_FOR_NOW) {
        (void)request_move(scope, tx, request.id, request.state, REQUEST_ENDED);
        return;
    }
    request_note(scope, tx, request.id, is_receiver ? REQUEST_NOTE_ANOTHER : REQUEST_NOTE_STOPPED, STR(""));
    /* A request that the family has paused rests on, whoever leaves meanwhile. */
    if (is_receiver || request.state == REQUEST_MATCHED) {
        (void)request_move(scope, tx, request.id, request.state, REQUEST_TAKEN);
    }
}

MatchResult match_end(Scope *scope, Tx *tx, MatchId id, MatchEnding ending) {
    Match match;
    if (!match_find(scope, id, &match) || match_set_ended(tx, id, scope->now) != 1) {
        return MATCH_ELSEWHERE;
    }
    checkin_drop(tx, id);
    meeting_drop(scope, tx, id);
    request_follow(scope, tx, &match, ending);
    offer_load_changed(scope, tx, match.offer);
    request_touched_of(scope, tx, match.receiver);
    tell_other(scope, tx, &match);
    return MATCH_DONE;
}

Text match_state_text(MatchState state) {
    switch (state) {
    case MATCH_NEW:
        return TEXT_MATCH_STATE_NEW;
    case MATCH_WALKING:
        return TEXT_MATCH_STATE_WALKING;
    case MATCH_PAUSED:
        return TEXT_MATCH_STATE_PAUSED;
    case MATCH_ENDED:
        return TEXT_MATCH_STATE_ENDED;
    }
    assert(false && "a state that the schema does not know");
    return TEXT_NONE;
}
