/* SPDX-License-Identifier: Apache-2.0 */
/* What was logged, by whom, and what stands beside it. */
#include "features/contact/contact.h"

#include "base/fail.h"
#include "contact_sql.h"
#include "features/callout/callout.h"
#include "features/consent/consent.h"
#include "features/hard/hard.h"
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

static bool is_captured(const Scope *scope, Str capture, ContactId *ret_id) {
    ContactCaptured row;
    if (str_is_none(capture) || !contact_captured(scope->db, scope->actor, capture, &row)) {
        return false;
    }
    *ret_id = row.id;
    return true;
}

/* A page or a phone may have kept a list for long, and several walks may be of several programs. */
static void add_done(const Scope *scope, Tx *tx, ProgramId program, ContactId id, ContactDone done) {
    for (size_t at = 0; at < done.count; at++) {
        if (program_has_item(scope, program, LIST_ACTIVITY, done.items[at])) {
            contact_activity_insert(tx, id, done.items[at]);
        }
    }
}

/* `together`: the first of several; none: the contact stands alone. */
static void add(const Scope *scope, Tx *tx, const ContactNew *contact, ContactId id, ContactId together) {
    bool is_reached = contact->outcome == CONTACT_TALKED;
    bool is_now = time_is_none(contact->at) || time_is_before(scope->now, contact->at);
    Time at = is_now ? scope->now : contact->at;
    unsigned support = is_reached ? contact->support : 0U;
    const bool says_flow = is_reached && contact->flow != CONTACT_FLOW_UNSAID &&
                           contact_flow_wish(scope, contact->match).is_open;
    const ContactFlow flow = says_flow ? contact->flow : CONTACT_FLOW_UNSAID;
    ContactWalk match;
    if (!contact_walk(scope->db, contact->match, &match)) {
        fail(FAIL_DATABASE, "a contact of a match that is not there");
    }
    const int64_t added = contact_insert(tx, &(ContactInsert){
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
                                                 .capture = contact->capture,
                                                 .together = together,
                                                 .flow_giver = (int64_t)flow,
                                             });
    if (added == 0) {
        fail(FAIL_RETRY, "the same contact is being logged elsewhere");
    }
    if (contact->is_part2) {
        contact_mark(tx, id);
    }
    if (is_reached) {
        add_done(scope, tx, match.program, id, contact->done);
        match_reached(scope, tx, contact->match, at);
        hard_reached(tx, contact->match, at);
        callout_reached(tx, contact->match, at);
    }
    match_news(scope, tx, contact->match);
}

ContactId contact_add(const Scope *scope, Tx *tx, const ContactNew *contact) {
    assert(str_is_none(contact->capture) || contact->capture.length == CONTACT_CAPTURE_BYTES);
    ContactId id = {random_id(scope->random)};
    if (!is_captured(scope, contact->capture, &id)) {
        add(scope, tx, contact, id, (ContactId){0});
    }
    return id;
}

/* ---- several people in one contact ---- */

ContactOtherList contact_others(const Scope *scope, const Match *match) {
    const ContactOtherRowsRows rows =
        contact_other_rows(scope->db, &(ContactOtherRowsIn){.giver = scope->actor,
                                                            .match = match->id,
                                                            .needed = CONSENT_NEEDED,
                                                            .now = scope->now,
                                                            .most = CONTACT_OTHERS_MOST});
    ContactOther *items = NEW_MANY(scope->arena, rows.count, ContactOther);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (ContactOther){.match = rows.items[at].id, .called = rows.items[at].called};
    }
    return (ContactOtherList){.items = items, .count = rows.count};
}

/* Whether this contact could be logged in this walk by the actor now. */
static ContactResult may_log(const Scope *scope, const Match *match) {
    if (!person_id_equal(scope->actor, match->giver)) {
        return CONTACT_ELSEWHERE;
    }
    if (match->state == MATCH_ENDED) {
        return CONTACT_OVER;
    }
    return consent_shares(scope, match->request, match->giver, CONSENT_NEEDED) ? CONTACT_LOGGED
                                                                               : CONTACT_NOT_SHARED;
}

/* The walk itself, or another once more: a page offers neither. */
static bool is_named_already(const ContactLog *log, size_t index) {
    const MatchId *others = log->others.items;
    bool is_named = match_id_equal(others[index], log->contact.match);
    for (size_t at = 0; at < index; at++) {
        is_named = is_named || match_id_equal(others[index], others[at]);
    }
    return is_named;
}

static ContactResult may_log_others(const Scope *scope, const ContactLog *log) {
    const Time at = time_is_none(log->contact.at) ? scope->now : log->contact.at;
    for (size_t index = 0; index < log->others.count; index++) {
        Match match;
        if (is_named_already(log, index) || !match_find(scope, log->others.items[index], &match)) {
            return CONTACT_ELSEWHERE;
        }
        const ContactResult result = may_log(scope, &match);
        if (result != CONTACT_LOGGED) {
            return result;
        }
        if (time_is_before(at, match.began_at)) {
            return CONTACT_TOO_EARLY;
        }
    }
    return CONTACT_LOGGED;
}

/* What is said of one family is never written in another's walk. */
static void add_together(const Scope *scope, Tx *tx, const ContactLog *log) {
    const ContactId first = {random_id(scope->random)};
    add(scope, tx, &log->contact, first, first);
    ContactNew contact = log->contact;
    contact.line = STR("");
    contact.is_part2 = false;
    contact.travel_minutes = 0;
    contact.capture = STR_NONE;
    contact.flow = CONTACT_FLOW_UNSAID;
    for (size_t at = 0; at < log->others.count; at++) {
        contact.match = log->others.items[at];
        add(scope, tx, &contact, (ContactId){random_id(scope->random)}, first);
    }
}

ContactResult contact_log(const Scope *scope, Tx *tx, const Match *match, const ContactLog *log) {
    ContactId before;
    if (is_captured(scope, log->contact.capture, &before)) {
        return CONTACT_LOGGED;
    }
    ContactResult result = may_log(scope, match);
    if (result == CONTACT_LOGGED) {
        result = may_log_others(scope, log);
    }
    if (result != CONTACT_LOGGED) {
        return result;
    }
    if (log->others.count > 0 && log->contact.outcome == CONTACT_TALKED) {
        add_together(scope, tx, log);
    } else {
        (void)contact_add(scope, tx, &log->contact);
    }
    if (!str_is_empty(log->promise)) {
        (void)promise_add(scope, tx, match,
                          &(PromiseNew){.words = log->promise,
                                        .day = log->promise_day,
                                        .is_part2 = log->contact.is_part2,
                                        .at = log->written_at});
    }
    return CONTACT_LOGGED;
}

bool contact_may_leave_message(const Scope *scope, const Match *match) {
    const ContactPoints points = consent_reach(scope, match->request, match->receiver, match->giver);
    for (size_t at = 0; at < points.count; at++) {
        if (points.items[at].kind == CONTACT_POINT_PHONE && points.items[at].voicemail == SAFE_YES) {
            return true;
        }
    }
    return false;
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

/* The same of what was done in one contact. */
static ContactActivities activities_of(Arena *arena, const ContactActivityRowsRows *rows, size_t *at,
                                       ContactId contact) {
    const size_t first = *at;
    while (*at < rows->count && contact_id_equal(rows->items[*at].contact, contact)) {
        ++*at;
    }
    Part2Words *items = NEW_MANY(arena, *at - first, Part2Words);
    for (size_t index = first; index < *at; index++) {
        items[index - first] = rows->items[index].label;
    }
    return (ContactActivities){.items = items, .count = *at - first};
}

static ContactActivityRowsRows done_between(const Scope *scope, MatchId match, Time since, ContactId first,
                                            Time until, ContactId last) {
    return contact_activity_rows(scope->db, &(ContactActivityRowsIn){.match = match,
                                                                     .since = since,
                                                                     .first = first.value,
                                                                     .until = until,
                                                                     .last = last.value,
                                                                     .lang = scope->lang});
}

Contacts contact_list(const Scope *scope, MatchId match, ContactId before) {
    ContactRowsIn from = {.match = match,
                          .reader = scope->actor,
                          .contacts = CONSENT_CONTACTS,
                          .now = scope->now,
                          .before = {INT64_MAX},
                          .id = before.value,
                          .most = CONTACT_PAGE + 1};
    ContactPlace place;
    if (contact_place(scope->db, before, match, &place)) {
        from.before = place.at;
    }
    const ContactRowsRows rows = contact_rows(scope->db, &from);
    const size_t count = rows.count > CONTACT_PAGE ? CONTACT_PAGE : rows.count;
    if (count == 0) {
        return (Contacts){0};
    }
    const ContactRows *oldest = &rows.items[count - 1];
    const ContactAnswerRowsRows answers =
        contact_answer_rows(scope->db, &(ContactAnswerRowsIn){.match = match,
                                                              .since = oldest->at,
                                                              .first = oldest->id.value,
                                                              .before = from.before,
                                                              .id = from.id,
                                                              .reader = scope->actor});
    const ContactActivityRowsRows done =
        done_between(scope, match, oldest->at, oldest->id, rows.items[0].at, rows.items[0].id);
    const bool has_flow = contact_flow_wish(scope, match).is_open;
    size_t answer = 0;
    size_t activity = 0;
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
            .activities = activities_of(scope->arena, &done, &activity, row->id),
            .venue = (ContactVenue)row->venue,
            .travel_minutes = row->travel_minutes,
            .has_others = row->has_others,
            .flow_mine = (ContactFlow)row->flow_mine,
            .flow_theirs = has_flow ? (ContactFlow)row->flow_theirs : CONTACT_FLOW_UNSAID,
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
    const ContactActivityRowsRows done = done_between(scope, row.match, row.at, id, row.at, id);
    size_t activity = 0;
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
        .activities = activities_of(scope->arena, &done, &activity, id),
        .venue = (ContactVenue)row.venue,
        .travel_minutes = row.travel_minutes,
        .has_others = row.has_others,
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

ContactTime contact_time(const Scope *scope, PersonId giver, Time since, Time until) {
    ContactTimeRow row = {0};
    const Time end = time_is_none(until) ? (Time){INT64_MAX} : until;
    (void)contact_time_row(scope->db, giver, since, end, &row);
    return (ContactTime){.talks = row.talks, .minutes = row.minutes, .travel_minutes = row.travel_minutes};
}

void contact_forget(Tx *tx, PersonId person) {
    (void)contact_activity_forget(tx, person);
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
