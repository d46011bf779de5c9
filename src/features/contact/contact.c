/* SPDX-License-Identifier: Apache-2.0 */
/* What was logged, by whom, and what stands beside it. */
#include "features/contact/contact.h"

#include "base/fail.h"
#include "contact_sql.h"
#include "features/consent/consent.h"
#include "texts.h"

#include <assert.h>

static bool has(unsigned support, ContactSupport bit) {
    return (support & (unsigned)bit) != 0;
}

static unsigned support_of(bool emotional, bool informational, bool instrumental, bool affiliational) {
    return (emotional ? (unsigned)CONTACT_EMOTIONAL : 0U) |
           (informational ? (unsigned)CONTACT_INFORMATIONAL : 0U) |
           (instrumental ? (unsigned)CONTACT_INSTRUMENTAL : 0U) |
           (affiliational ? (unsigned)CONTACT_AFFILIATIONAL : 0U);
}

ContactId contact_add(const Scope *scope, Tx *tx, const ContactNew *contact) {
    ContactId id = {random_id(scope->random)};
    bool is_reached = contact->outcome == CONTACT_TALKED;
    bool is_now = time_is_none(contact->at) || time_is_before(scope->now, contact->at);
    Time at = is_now ? scope->now : contact->at;
    unsigned support = is_reached ? contact->support : 0U;
    ContactReceiver match;
    if (!contact_receiver(scope->db, contact->match, &match)) {
        fail(FAIL_DATABASE, "a contact of a match that is not there");
    }
    contact_insert(tx, &(ContactInsert){
                           .match = contact->match,
                           .receiver = match.receiver,
                           .at = at,
                           .id = id,
                           .by_person = scope->actor,
                           .kind = contact->kind,
                           .outcome = contact->outcome,
                           .minutes = is_reached ? contact->minutes : 0,
                           .was_emotional = has(support, CONTACT_EMOTIONAL),
                           .was_informational = has(support, CONTACT_INFORMATIONAL),
                           .was_instrumental = has(support, CONTACT_INSTRUMENTAL),
                           .was_affiliational = has(support, CONTACT_AFFILIATIONAL),
                           .venue = contact->venue,
                           .travel_minutes = contact->travel_minutes,
                           .line = contact->line.at == NULL ? STR("") : contact->line,
                           .logged_at = scope->now,
                       });
    if (contact->is_part2) {
        contact_mark(tx, id);
    }
    if (is_reached) {
        match_reached(scope, tx, contact->match, at);
    }
    match_news(scope, tx, contact->match);
    return id;
}

/* The answers that stand beside one contact: a run of the rows, which are in the contacts' own order. */
static ContactAnswers answers_of(Arena *arena, const ContactAnswerRowsRows *rows, size_t *at,
                                 ContactId contact) {
    size_t first = *at;
    while (*at < rows->count && contact_id_equal(rows->items[*at].contact, contact)) {
        ++*at;
    }
    ContactAnswer *items = NEW_MANY(arena, *at - first, ContactAnswer);
    for (size_t index = first; index < *at; index++) {
        const ContactAnswerRows *row = &rows->items[index];
        items[index - first] = (ContactAnswer){.id = row->id,
                                               .by = row->by_person,
                                               .by_called = row->by_called,
                                               .words = row->words,
                                               .is_kept = row->is_kept,
                                               .at = row->at};
    }
    return (ContactAnswers){.items = items, .count = *at - first};
}

Contacts contact_list(const Scope *scope, MatchId match, Time before) {
    /* Nothing is logged ahead of its time, so everything lies before the next moment. */
    Time end = time_is_none(before) ? time_after(scope->now, 1) : before;
    ContactRowsRows rows = contact_rows(scope->db, &(ContactRowsIn){.match = match,
                                                                    .reader = scope->actor,
                                                                    .contacts = CONSENT_CONTACTS,
                                                                    .now = scope->now,
                                                                    .before = end,
                                                                    .most = CONTACT_PAGE + 1});
    size_t count = rows.count > CONTACT_PAGE ? CONTACT_PAGE : rows.count;
    if (count == 0) {
        return (Contacts){0};
    }
    ContactAnswerRowsRows answers =
        contact_answer_rows(scope->db, match, rows.items[count - 1].at, end, scope->actor);
    size_t answer = 0;
    Contact *items = NEW_MANY(scope->arena, count, Contact);
    for (size_t at = 0; at < count; at++) {
        const ContactRows *row = &rows.items[at];
        items[at] = (Contact){
            .id = row->id,
            .match = match,
            .by = row->by_person,
            .by_called = row->by_called,
            .kind = (ContactKind)row->kind,
            .outcome = (ContactOutcome)row->outcome,
            .minutes = row->minutes,
            .support = support_of(row->was_emotional, row->was_informational, row->was_instrumental,
                                  row->was_affiliational),
            .venue = (ContactVenue)row->venue,
            .travel_minutes = row->travel_minutes,
            .line = row->line,
            .at = row->at,
            .logged_at = row->logged_at,
            .answers = answers_of(scope->arena, &answers, &answer, row->id),
        };
    }
    return (Contacts){.items = items, .count = count, .has_older = rows.count > CONTACT_PAGE};
}

bool contact_find(const Scope *scope, ContactId id, Contact *ret_contact) {
    ContactRow row;
    if (!contact_row(scope->db, id, scope->actor, CONSENT_CONTACTS, scope->now, &row)) {
        return false;
    }
    *ret_contact = (Contact){
        .id = id,
        .match = row.match,
        .by = row.by_person,
        .by_called = row.by_called,
        .kind = (ContactKind)row.kind,
        .outcome = (ContactOutcome)row.outcome,
        .minutes = row.minutes,
        .support =
            support_of(row.was_emotional, row.was_informational, row.was_instrumental, row.was_affiliational),
        .venue = (ContactVenue)row.venue,
        .travel_minutes = row.travel_minutes,
        .line = row.line,
        .receiver = row.receiver,
        .at = row.at,
        .logged_at = row.logged_at,
    };
    return true;
}

void contact_answer(const Scope *scope, Tx *tx, ContactId contact, Str words, bool is_kept, bool is_part2) {
    assert(!str_is_empty(words));
    ContactRow row;
    if (!contact_row(scope->db, contact, scope->actor, CONSENT_CONTACTS, scope->now, &row)) {
        fail(FAIL_DATABASE, "an answer to a contact that is not there");
    }
    const ContactAnswerId id = {random_id(scope->random)};
    contact_answer_insert(
        tx, &(ContactAnswerInsert){.contact = contact,
                                   .receiver = row.receiver,
                                   .at = scope->now,
                                   .id = id,
                                   .by_person = scope->actor,
                                   .words = words,
                                   .is_kept = is_kept && person_id_equal(row.receiver, scope->actor)});
    if (is_part2 || row.is_part2) {
        contact_answer_mark(tx, id);
    }
    match_news(scope, tx, row.match);
}

bool contact_answer_keep(const Scope *scope, Tx *tx, ContactId contact, ContactAnswerId answer,
                         bool is_kept) {
    return contact_answer_set_kept(tx, answer, contact, scope->actor, is_kept) == 1;
}

ContactTime contact_time_since(const Scope *scope, PersonId giver, Time since) {
    ContactTimeRow row = {0};
    (void)contact_time_row(scope->db, giver, since, &row);
    return (ContactTime){.minutes = row.minutes, .travel_minutes = row.travel_minutes};
}

Text contact_kind_text(ContactKind kind) {
    switch (kind) {
    case CONTACT_CALL:
        return TEXT_CONTACT_CALL;
    case CONTACT_TEXT:
        return TEXT_CONTACT_TEXT;
    case CONTACT_VISIT:
        return TEXT_CONTACT_VISIT;
    case CONTACT_VIDEO:
        return TEXT_CONTACT_VIDEO;
    case CONTACT_MAIL:
        return TEXT_CONTACT_MAIL;
    }
    assert(false && "a kind that the schema does not know");
    return TEXT_NONE;
}

Text contact_venue_text(ContactVenue venue) {
    switch (venue) {
    case CONTACT_VENUE_NONE:
        return TEXT_NONE;
    case CONTACT_VENUE_HOME:
        return TEXT_CONTACT_VENUE_HOME;
    case CONTACT_VENUE_SCHOOL:
        return TEXT_CONTACT_VENUE_SCHOOL;
    case CONTACT_VENUE_PROGRAM:
        return TEXT_CONTACT_VENUE_PROGRAM;
    case CONTACT_VENUE_OUT:
        return TEXT_CONTACT_VENUE_OUT;
    case CONTACT_VENUE_OFFICE:
        return TEXT_CONTACT_VENUE_OFFICE;
    }
    assert(false && "a place that the schema does not know");
    return TEXT_NONE;
}

Text contact_outcome_text(ContactOutcome outcome) {
    switch (outcome) {
    case CONTACT_TALKED:
        return TEXT_NONE;
    case CONTACT_NO_ANSWER:
        return TEXT_CONTACT_NO_ANSWER;
    case CONTACT_LEFT_MESSAGE:
        return TEXT_CONTACT_LEFT_MESSAGE;
    case CONTACT_WRONG_NUMBER:
        return TEXT_CONTACT_WRONG_NUMBER;
    }
    assert(false && "an outcome that the schema does not know");
    return TEXT_NONE;
}

Text contact_support_text(ContactSupport support) {
    switch (support) {
    case CONTACT_EMOTIONAL:
        return TEXT_CONTACT_EMOTIONAL;
    case CONTACT_INFORMATIONAL:
        return TEXT_CONTACT_INFORMATIONAL;
    case CONTACT_INSTRUMENTAL:
        return TEXT_CONTACT_INSTRUMENTAL;
    case CONTACT_AFFILIATIONAL:
        return TEXT_CONTACT_AFFILIATIONAL;
    }
    assert(false && "not one bit");
    return TEXT_NONE;
}
