/* SPDX-License-Identifier: Apache-2.0 */
/* Consents to an organization: given anew, narrowed, and given again when their day is near. */
#include "base/calendar.h"
#include "consent_parts.h"
#include "features/program/program.h"
#include "platform/zone/zone.h"
#include "texts.h"

/* ---- days ---- */

Date consent_paper_day(const Scope *scope, int64_t days) {
    return calendar_date(date_days(zone_date(scope->zone, scope->now)) + days);
}

bool consent_paper_may_last_until(const Scope *scope, Date day) {
    const int64_t ahead = date_days(day) - date_days(zone_date(scope->zone, scope->now));
    return !date_is_none(day) && ahead >= 0 && ahead <= CONSENT_PAPER_DAYS_MOST;
}

/* The last moment of that day. */
static Time end_of(const Scope *scope, Date day) {
    const Date next = calendar_date(date_days(day) + 1);
    return time_before(zone_moment(scope->zone, (LocalTime){.date = next}), 1);
}

/* ---- the words ---- */

bool consent_may_be_paper_for(ConsentPurpose purpose) {
    switch (purpose) {
    case CONSENT_FOR_CARE:
    case CONSENT_FOR_MYSELF:
    case CONSENT_FOR_SCHOOL:
    case CONSENT_FOR_HEARING:
        return true;
    case CONSENT_FOR_FINDING:
    case CONSENT_FOR_WALKING:
    case CONSENT_FOR_BACKING:
        return false;
    }
    return false; /* not covered: every value has its case */
}

bool consent_paper_says(unsigned items) {
    const unsigned offered = consent_items_offered(CONSENT_TO_ORGANIZATION);
    return (items & offered & ~(unsigned)(CONSENT_NAME | CONSENT_SUBSTANCE)) != 0;
}

/* With the name and the person's own words as they are here. */
static Str words_with(const Scope *scope, const ConsentPaper *paper, Str name, Str whom, Str why) {
    const Words words = scope_words(scope);
    const Str program = program_words(scope, paper->program, PROGRAM_NAME);
    const unsigned items = consent_items_of(CONSENT_TO_ORGANIZATION, paper->items);
    Str parts[8];
    size_t count = 0;
    parts[count++] = str_is_empty(paper->whom) ? text_consent_paper_to(&words, program, name)
                                               : text_consent_paper_to_whom(&words, program, name, whom);
    parts[count++] = consent_items_sentence(scope, items);
    parts[count++] = text_str(scope->lang, (items & CONSENT_SUBSTANCE) != 0 ? TEXT_CONSENT_PAPER_PART2
                                                                            : TEXT_CONSENT_PAPER_NO_PART2);
    parts[count++] =
        text_consent_paper_for(&words, text_str(scope->lang, consent_purpose_text(paper->purpose)));
    if (!str_is_empty(paper->why)) {
        parts[count++] = text_consent_paper_why(&words, why);
    }
    parts[count++] = text_consent_paper_until(&words, paper->until);
    parts[count++] = text_str(scope->lang, TEXT_CONSENT_PAPER_STOP);
    parts[count++] = text_str(scope->lang, TEXT_CONSENT_PAPER_FREE);
    return consent_paragraphs(scope->arena, parts, count);
}

Str consent_paper_words(const Scope *scope, const ConsentPaper *paper) {
    return words_with(scope, paper, paper->organization, paper->whom, paper->why);
}

static ConsentPaper paper_of(const Scope *scope, const Consent *consent, unsigned items) {
    return (ConsentPaper){
        .program = consent->program,
        .person = consent->person,
        .request = consent->request,
        .items = items,
        .organization = consent->to_called,
        .whom = consent->to_whom,
        .purpose = consent->purpose,
        .why = consent->why,
        .until = zone_date(scope->zone, consent->until_at),
        .replaces = consent->id,
    };
}

/* What lasts keeps its day when it is narrowed; what is about to end, or has ended, goes on for as long as it
 * was given for. */
static Date next_day(const Scope *scope, const Consent *consent) {
    const int64_t days = time_between(consent->given_at, consent->until_at) / TIME_DAY;
    return consent_paper_day(scope, days > CONSENT_PAPER_DAYS_MOST ? CONSENT_PAPER_DAYS_MOST : days);
}

Str consent_paper_words_of(const Scope *scope, const Consent *consent, unsigned items) {
    const ConsentPaper paper = paper_of(scope, consent, items);
    return consent_paper_words(scope, &paper);
}

Str consent_paper_words_again(const Scope *scope, const Consent *consent) {
    ConsentPaper paper = paper_of(scope, consent, consent->items);
    paper.until = next_day(scope, consent);
    return consent_paper_words(scope, &paper);
}

Str consent_paper_scope_words(const Scope *scope, const Consent *consent) {
    const Words words = scope_words(scope);
    return text_consent_scope_paper(&words, consent->called, consent_to_words(scope, consent),
                                    text_str(scope->lang, consent_purpose_text(consent->purpose)),
                                    zone_date(scope->zone, consent->until_at));
}

/* ---- giving ---- */

ConsentId consent_on_paper(const Scope *scope, Tx *tx, const ConsentPaper *paper) {
    if (paper->replaces.value != 0) {
        consent_set_stopped(tx, paper->replaces, scope->now, scope->actor);
    }
    const ConsentId id =
        consent_give(scope, tx,
                     &(ConsentInsert){.person = paper->person,
                                      .program = paper->program,
                                      .request = paper->request,
                                      .items = consent_items_of(CONSENT_TO_ORGANIZATION, paper->items),
                                      .to_kind = CONSENT_TO_ORGANIZATION,
                                      .purpose = (int64_t)paper->purpose,
                                      .until_event = CONSENT_UNTIL_DAY,
                                      .until_at = end_of(scope, paper->until),
                                      .how = CONSENT_READ},
                     words_with(scope, paper, CONSENT_NAME_MARK, CONSENT_WHOM_MARK, CONSENT_WHY_MARK));
    consent_organization_insert(tx, &(ConsentOrganizationInsert){.id = {random_id(scope->random)},
                                                                 .consent = id,
                                                                 .person = paper->person,
                                                                 .called = paper->organization,
                                                                 .whom = paper->whom,
                                                                 .why = paper->why,
                                                                 .replaces = paper->replaces});
    return id;
}

/* Of somebody who was forgotten nothing is left to say it by. */
static bool can_be_given(const Consent *like, unsigned items) {
    return !like->is_replaced && !str_is_empty(like->to_called) && consent_paper_says(items);
}

ConsentResult consent_paper_like(const Scope *scope, Tx *tx, const Consent *like, unsigned items,
                                 ConsentId *ret_consent) {
    if (!can_be_given(like, items)) {
        return CONSENT_ELSEWHERE;
    }
    const ConsentPaper paper = paper_of(scope, like, items);
    *ret_consent = consent_on_paper(scope, tx, &paper);
    return CONSENT_DONE;
}

ConsentResult consent_paper_again(const Scope *scope, Tx *tx, const Consent *like, ConsentId *ret_consent) {
    if (!can_be_given(like, like->items) || like->state == CONSENT_PENDING) {
        return CONSENT_ELSEWHERE;
    }
    ConsentPaper paper = paper_of(scope, like, like->items);
    paper.until = next_day(scope, like);
    *ret_consent = consent_on_paper(scope, tx, &paper);
    return CONSENT_DONE;
}

Consents consent_list_paper(const Scope *scope, RequestId request) {
    const ConsentOrganizationListRows rows = consent_organization_list(scope->db, request, scope->now);
    Consent *items = NEW_MANY(scope->arena, rows.count, Consent);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        (void)consent_find(scope, rows.items[at].id, &items[count]);
        count += items[count].state == CONSENT_LIVING ? 1 : 0;
    }
    return (Consents){.items = items, .count = count};
}
