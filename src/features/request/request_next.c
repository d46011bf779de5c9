/* SPDX-License-Identifier: Apache-2.0 */
/* Where a request stands and what comes next, in sentences to the person whose it is. */
#include "features/request/request.h"

#include "features/consent/consent.h"
#include "features/guardian/guardian.h"
#include "platform/zone/zone.h"
#include "texts.h"

Text request_state_text(RequestState state) {
    switch (state) {
    case REQUEST_NEW:
        return TEXT_REQUEST_STATE_NEW;
    case REQUEST_TAKEN:
        return TEXT_REQUEST_STATE_TAKEN;
    case REQUEST_LISTED:
        return TEXT_REQUEST_STATE_LISTED;
    case REQUEST_INVITED:
        return TEXT_REQUEST_STATE_INVITED;
    case REQUEST_MATCHED:
        return TEXT_REQUEST_STATE_MATCHED;
    case REQUEST_PAUSED:
        return TEXT_REQUEST_STATE_PAUSED;
    case REQUEST_WITHDRAWN:
        return TEXT_REQUEST_STATE_WITHDRAWN;
    case REQUEST_ENDED:
        return TEXT_REQUEST_STATE_ENDED;
    }
    return TEXT_NONE;
}

/* ---- a signature is missing ---- */

bool request_waits_for_parent(const Scope *scope, const Request *request) {
    if (request->state >= REQUEST_WITHDRAWN) {
        return false;
    }
    const Consents waiting = consent_list_waiting(scope, request->program, request->person);
    for (size_t at = 0; at < waiting.count; at++) {
        const Consent *one = &waiting.items[at];
        /* What is only read once more meanwhile holds as it did. */
        if (request_id_equal(one->request, request->id) && one->to != CONSENT_TO_ORGANIZATION &&
            !consent_shares(scope, request->id, one->to_person, 0)) {
            return true;
        }
    }
    return false;
}

/* Nobody of the program works on it, so no day is promised: what is missing, and what the reader can do. */
static Str signing_words(const Scope *scope, const Request *request) {
    const Words words = scope_words(scope);
    GuardianLink link;
    if (guardian_link_open(scope, request->program, request->person, &link)) {
        return text_request_next_signs(&words, link.until_at);
    }
    return text_str(words.lang,
                    guardian_link_closed(scope, request->program, request->person) == GUARDIAN_CLOSED_NO
                        ? TEXT_REQUEST_NEXT_SIGNS_NO
                        : TEXT_REQUEST_NEXT_SIGNS_LINK);
}

/* ---- to the person whose it is ---- */

Text request_standing_text(const Scope *scope, const Request *request) {
    return request_waits_for_parent(scope, request) ? TEXT_REQUEST_STATE_SIGNS
                                                    : request_state_text(request->state);
}

Str request_next_words(const Scope *scope, const Request *request) {
    const Words words = scope_words(scope);
    bool is_call = request->kind == REQUEST_INFORMATION_CALL;
    const Date due = zone_date(scope->zone, request->due_at);
    bool is_late = !time_is_none(request->due_at) && time_is_before(request->due_at, scope->now);
    if (request_waits_for_parent(scope, request)) {
        return signing_words(scope, request);
    }
    switch (request->state) {
    case REQUEST_NEW:
        return is_late ? text_request_next_late(&words, due) : text_request_next_new(&words, due);
    case REQUEST_TAKEN:
        if (is_late) {
            return text_request_next_late(&words, due);
        }
        return is_call ? text_request_next_call(&words, due) : text_request_next_taken(&words, due);
    case REQUEST_LISTED:
        return text_str(words.lang, TEXT_REQUEST_NEXT_LISTED);
    case REQUEST_INVITED:
        return is_late ? text_request_next_invited_late(&words, due) : text_request_next_invited(&words, due);
    case REQUEST_MATCHED:
        return text_str(words.lang, TEXT_REQUEST_NEXT_MATCHED);
    case REQUEST_PAUSED:
        return text_str(words.lang, TEXT_REQUEST_NEXT_PAUSED);
    case REQUEST_WITHDRAWN:
        return text_str(words.lang, TEXT_REQUEST_NEXT_WITHDRAWN);
    case REQUEST_ENDED:
        return text_str(words.lang, TEXT_REQUEST_NEXT_ENDED);
    }
    return STR("");
}
