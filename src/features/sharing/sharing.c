/* SPDX-License-Identifier: Apache-2.0 */
/* What follows for request and walk when sharing stops and starts. */
#include "features/sharing/sharing.h"

#include "features/hard/hard_backup.h"
#include "features/match/match.h"
#include "features/notice/notice.h"
#include "features/request/request.h"
#include "features/shortlist/shortlist.h"
#include "sharing_sql.h"
#include "texts.h"

/* Whoever stopped it, what stood on it rests as when the person does that: the other side is told. */
static Scope as_person(const Scope *scope, const Consent *consent) {
    Scope own = *scope;
    own.actor = consent->person;
    return own;
}

static void rest(const Scope *by, Tx *tx, const Consent *consent) {
    Scope own = as_person(by, consent);
    Scope *scope = &own;
    switch (consent->to) {
    case CONSENT_TO_COORDINATORS:
        /* Elsewhere: it rests or walks already, and there is nothing to look for. */
        (void)request_pause(scope, tx, consent->request);
        return;
    case CONSENT_TO_PERSON: {
        SharingWalkRows walks = sharing_walk(scope->db, consent->request, consent->to_person);
        if (walks.count > 0) {
            (void)match_pause(scope, tx, walks.items[0].id);
        } else if (sharing_invited(scope->db, consent->request, consent->to_person).count > 0) {
            (void)shortlist_take_back(scope, tx, consent->request);
        }
        return;
    }
    case CONSENT_TO_BACKUP:
        hard_backup_stopped(scope, tx, consent->request, consent->to_person);
        return;
    case CONSENT_TO_ORGANIZATION: /* nothing of ours stands on it */
        return;
    }
}

void sharing_go_on(const Scope *by, Tx *tx, const Consent *consent) {
    Scope own = as_person(by, consent);
    Scope *scope = &own;
    Request request;
    switch (consent->to) {
    case CONSENT_TO_COORDINATORS:
        if (request_find(scope, consent->request, &request)) {
            if (request.state == REQUEST_PAUSED) {
                (void)request_reopen(scope, tx, consent->request);
            } else if (request.state == REQUEST_NEW) {
                request_start_clock(scope, tx, consent->request);
            }
        }
        return;
    case CONSENT_TO_PERSON: {
        SharingWalkRows walks = sharing_walk(scope->db, consent->request, consent->to_person);
        if (walks.count > 0 && walks.items[0].state == MATCH_PAUSED) {
            (void)match_come_back(scope, tx, walks.items[0].id);
        }
        return;
    }
    case CONSENT_TO_BACKUP: /* somebody has to stand by first */
    case CONSENT_TO_ORGANIZATION:
        return;
    }
}

ConsentResult sharing_stop(Scope *scope, Tx *tx, ConsentId id) {
    Consent consent;
    if (!consent_find(scope, id, &consent)) {
        return CONSENT_ELSEWHERE;
    }
    /* First of all it stops: what follows may fail to find anything, this may not. */
    const ConsentResult result = consent_stop(scope, tx, id);
    if (result == CONSENT_DONE) {
        rest(scope, tx, &consent);
        notice_send(scope, tx, consent.person);
    }
    return result;
}

ConsentResult sharing_start(Scope *scope, Tx *tx, ConsentId id, ConsentId *ret_consent) {
    Consent consent;
    if (!consent_find(scope, id, &consent)) {
        return CONSENT_ELSEWHERE;
    }
    const ConsentResult result = consent_give_again(scope, tx, id, ret_consent);
    Consent given;
    if (result == CONSENT_DONE) {
        /* Read once more, nothing had rested for it; and while a parent has not signed, all rests on. */
        if (consent.state != CONSENT_LIVING && consent_find(scope, *ret_consent, &given) &&
            given.state == CONSENT_LIVING) {
            sharing_go_on(scope, tx, &consent);
        }
        notice_send(scope, tx, consent.person);
    }
    return result;
}

ConsentResult sharing_give_items(Scope *scope, Tx *tx, ConsentId id, unsigned items, ConsentId *ret_consent) {
    Consent consent;
    const ConsentResult result = consent_give_items(scope, tx, id, items, ret_consent);
    if (result == CONSENT_DONE && consent_find(scope, *ret_consent, &consent)) {
        notice_send(scope, tx, consent.person);
    }
    return result;
}

void sharing_tell_ending(Scope *scope, Tx *tx) {
    enum { AT_ONCE = 50 };
    const Consents ending = consent_list_ending(scope, AT_ONCE);
    for (size_t at = 0; at < ending.count; at++) {
        const Consent *consent = &ending.items[at];
        bool was_told = false;
        for (size_t before = 0; before < at; before++) {
            was_told = was_told || person_id_equal(ending.items[before].person, consent->person);
        }
        /* One mail however many of theirs end. */
        if (!was_told) {
            notice_send(scope, tx, consent->person);
        }
        consent_set_told(scope, tx, consent->id);
    }
}
