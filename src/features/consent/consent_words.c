/* SPDX-License-Identifier: Apache-2.0 */
/* A consent in sentences: to whom, what, for what, until when, and how it came to be. */
#include "features/consent/consent.h"

#include "consent_sql.h"
#include "features/program/program.h"
#include "platform/zone/zone.h"
#include "texts.h"

#include <assert.h>

Text consent_item_text(ConsentItem item) {
    switch (item) {
    case CONSENT_NAME:
        return TEXT_CONSENT_ITEM_NAME;
    case CONSENT_WORDS:
        return TEXT_CONSENT_ITEM_WORDS;
    case CONSENT_REACH:
        return TEXT_CONSENT_ITEM_REACH;
    case CONSENT_NOTES:
        return TEXT_CONSENT_ITEM_NOTES;
    case CONSENT_CONTACTS:
        return TEXT_CONSENT_ITEM_CONTACTS;
    case CONSENT_PROGRESS:
        return TEXT_CONSENT_ITEM_PROGRESS;
    case CONSENT_CHECKINS:
        return TEXT_CONSENT_ITEM_CHECKINS;
    case CONSENT_CARD:
        return TEXT_CONSENT_ITEM_CARD;
    case CONSENT_SUBSTANCE:
        return TEXT_CONSENT_ITEM_SUBSTANCE;
    }
    return TEXT_NONE; /* not covered: every value has its case */
}

Text consent_item_without(ConsentItem item) {
    switch (item) {
    case CONSENT_NAME:
    case CONSENT_WORDS:
        return TEXT_NONE;
    case CONSENT_REACH:
        return TEXT_CONSENT_WITHOUT_REACH;
    case CONSENT_NOTES:
        return TEXT_CONSENT_WITHOUT_NOTES;
    case CONSENT_CONTACTS:
        return TEXT_CONSENT_WITHOUT_CONTACTS;
    case CONSENT_PROGRESS:
        return TEXT_CONSENT_WITHOUT_PROGRESS;
    case CONSENT_CARD:
        return TEXT_CONSENT_WITHOUT_CARD;
    case CONSENT_CHECKINS:
    case CONSENT_SUBSTANCE:
        return TEXT_NONE;
    }
    return TEXT_NONE; /* not covered: every value has its case */
}

Text consent_item_on_paper(ConsentItem item) {
    switch (item) {
    case CONSENT_WORDS:
        return TEXT_CONSENT_ON_PAPER_WORDS;
    case CONSENT_REACH:
        return TEXT_CONSENT_ON_PAPER_REACH;
    case CONSENT_NOTES:
        return TEXT_CONSENT_ON_PAPER_NOTES;
    case CONSENT_SUBSTANCE:
        return TEXT_CONSENT_ON_PAPER_SUBSTANCE;
    case CONSENT_NAME:
    case CONSENT_CONTACTS:
    case CONSENT_PROGRESS:
    case CONSENT_CHECKINS:
    case CONSENT_CARD:
        return TEXT_NONE;
    }
    return TEXT_NONE; /* not covered: every value has its case */
}

Strs consent_item_words(const Scope *scope, unsigned items) {
    Str *words = NEW_MANY(scope->arena, CONSENT_ITEMS, Str);
    size_t count = 0;
    for (unsigned at = 0; at < CONSENT_ITEMS; at++) {
        if ((items & 1U << at) != 0) {
            words[count++] = text_str(scope->lang, consent_item_text((ConsentItem)(1U << at)));
        }
    }
    return (Strs){.items = words, .count = count};
}

Str consent_to_words(const Scope *scope, const Consent *consent) {
    const Words words = scope_words(scope);
    if (consent->to == CONSENT_TO_COORDINATORS) {
        return text_consent_to_coordinators(&words, program_words(scope, consent->program, PROGRAM_NAME));
    }
    return str_is_empty(consent->to_whom)
               ? consent->to_called
               : text_consent_to_organization(&words, consent->to_called, consent->to_whom);
}

Str consent_scope_words(const Scope *scope, RequestId request, PersonId with) {
    const Words words = scope_words(scope);
    SharingNow row;
    if (!sharing_now(scope->db, request, with, scope->now, &row)) {
        return STR("");
    }
    Consent consent;
    const bool is_there = consent_find(scope, row.consent, &consent);
    assert(is_there && "what is shared is shared by a consent");
    const Date day = zone_date(scope->zone, row.until_at);
    return with.value == 0 ? text_consent_scope_coordinators(
                                 &words, program_words(scope, consent.program, PROGRAM_NAME), day)
                           : text_consent_scope_person(&words, consent.to_called, day);
}

Text consent_purpose_text(ConsentPurpose purpose) {
    switch (purpose) {
    case CONSENT_FOR_FINDING:
        return TEXT_CONSENT_FOR_FINDING;
    case CONSENT_FOR_WALKING:
        return TEXT_CONSENT_FOR_WALKING;
    case CONSENT_FOR_CARE:
        return TEXT_CONSENT_FOR_CARE;
    case CONSENT_FOR_MYSELF:
        return TEXT_CONSENT_FOR_MYSELF;
    case CONSENT_FOR_SCHOOL:
        return TEXT_CONSENT_FOR_SCHOOL;
    case CONSENT_FOR_HEARING:
        return TEXT_CONSENT_FOR_HEARING;
    case CONSENT_FOR_BACKING:
        return TEXT_CONSENT_FOR_BACKING;
    }
    return TEXT_NONE; /* not covered: every value has its case */
}

Str consent_until_words(const Scope *scope, const Consent *consent) {
    const Words words = scope_words(scope);
    const Date day = zone_date(scope->zone, consent->until_at);
    switch (consent->until_event) {
    case CONSENT_UNTIL_DAY:
        return text_consent_until_day(&words, day);
    case CONSENT_UNTIL_WALK_ENDS:
        return text_consent_until_walk(&words, day);
    case CONSENT_UNTIL_HARD_DAYS_END:
        return text_consent_until_hard(&words, day);
    }
    return STR(""); /* not covered: every value has its case */
}

Str consent_how_words(const Scope *scope, const Consent *consent) {
    const Words words = scope_words(scope);
    const Date day = zone_date(scope->zone, consent->given_at);
    const Str witness = str_is_none(consent->witness_called) ? text_str(scope->lang, TEXT_CONSENT_SOMEBODY)
                                                             : consent->witness_called;
    switch (consent->how) {
    case CONSENT_READ:
        return text_consent_how_read(&words, day, lang_name(consent->lang));
    case CONSENT_SAID:
        return text_consent_how_said(&words, witness, day);
    case CONSENT_LISTED:
        return text_consent_how_listed(&words, day);
    }
    return STR(""); /* not covered: every value has its case */
}

Text consent_state_text(ConsentState state) {
    switch (state) {
    case CONSENT_LIVING:
        return TEXT_CONSENT_STATE_LIVING;
    case CONSENT_PENDING:
        return TEXT_CONSENT_STATE_PENDING;
    case CONSENT_STOPPED:
        return TEXT_CONSENT_STATE_STOPPED;
    case CONSENT_EXPIRED:
        return TEXT_CONSENT_STATE_EXPIRED;
    case CONSENT_OVER:
        return TEXT_CONSENT_STATE_OVER;
    case CONSENT_REPLACED:
        return TEXT_CONSENT_STATE_REPLACED;
    }
    return TEXT_NONE; /* not covered: every value has its case */
}
