/* SPDX-License-Identifier: Apache-2.0 */
/* How what waited on a phone becomes a contact or a message once, or is kept for its author. */
#include "features/capture/capture.h"

#include "base/fail.h"
#include "capture_sql.h"
#include "features/access/access.h"
#include "features/audit/audit.h"
#include "features/consent/consent.h"
#include "texts.h"

#include <assert.h>

enum { WALKS_MOST = 60, ASIDES_MOST = 100, WORDS_MOST = 4096 };

/* ---- taking in ---- */

Time capture_moment(const Scope *scope, Time phone_now, Time captured_at) {
    const int64_t off = time_between(phone_now, scope->now);
    const bool is_wrong = off > CAPTURE_SKEW || off < -CAPTURE_SKEW;
    const Time moment = is_wrong ? time_after(captured_at, off) : captured_at;
    return time_is_before(scope->now, moment) ? scope->now : moment;
}

static bool find(const Scope *scope, Str capture, CaptureReason *ret_reason) {
    const CaptureFindRows rows = capture_find(scope->db, scope->actor, capture);
    if (rows.count == 0) {
        return false;
    }
    *ret_reason = (CaptureReason)rows.items[0].reason;
    return true;
}

bool capture_is_stored(const Scope *scope, Str capture) {
    CaptureReason reason;
    return find(scope, capture, &reason);
}

static bool refuse(CaptureReason reason, CaptureResult *ret_result) {
    *ret_result = (CaptureResult){.state = CAPTURE_REFUSED, .reason = reason};
    return false;
}

bool capture_begin(const Scope *scope, const CaptureHead *head, Match *ret_match, CaptureResult *ret_result) {
    assert(head->capture.length == CAPTURE_BYTES);
    if (!person_id_equal(head->author, scope->actor)) {
        return refuse(CAPTURE_NOT_AUTHOR, ret_result);
    }
    if (head->kind == CAPTURE_NEITHER) {
        return refuse(CAPTURE_NOT_WAITING, ret_result);
    }
    CaptureReason reason = CAPTURE_NO_REASON;
    if (find(scope, head->capture, &reason)) {
        *ret_result = (CaptureResult){.state = reason == CAPTURE_NO_REASON ? CAPTURE_KNOWN : CAPTURE_ASIDE,
                                      .reason = reason};
        return false;
    }
    if (!match_find(scope, head->match, ret_match)) {
        return refuse(CAPTURE_ELSEWHERE, ret_result);
    }
    const bool receives = person_id_equal(ret_match->receiver, scope->actor);
    const bool gives = person_id_equal(ret_match->giver, scope->actor);
    if (!gives && (!receives || head->kind == CAPTURE_CONTACT)) {
        return refuse(CAPTURE_ELSEWHERE, ret_result);
    }
    return true;
}

static CaptureResult keep_aside(const Scope *scope, Tx *tx, const CaptureHead *head, const Match *match,
                                CaptureReason reason, Str words) {
    const int64_t added = capture_aside_insert(tx, &(CaptureAsideInsert){.id = {random_id(scope->random)},
                                                                         .person = scope->actor,
                                                                         .match = match->id,
                                                                         .receiver = match->receiver,
                                                                         .capture = head->capture,
                                                                         .kind = head->kind,
                                                                         .reason = reason,
                                                                         .words = words,
                                                                         .captured_at = head->captured_at,
                                                                         .now = scope->now});
    if (added == 0) {
        fail(FAIL_RETRY, "the same capture is being kept elsewhere");
    }
    return (CaptureResult){.state = CAPTURE_ASIDE, .reason = reason};
}

/* In the record of whom it is about as if it had been sent from its page: the route of a batch is about
 * nobody. */
static void record(Scope *scope, Tx *tx, Str action, MatchId match) {
    const AccessSubjects subjects = access_subjects(scope, OBJECT_MATCH, match.value);
    audit_add_about(
        scope, tx,
        &(AuditEntry){
            .action = action, .kind = OBJECT_MATCH, .object = match.value, .outcome = AUDIT_CHANGED},
        &subjects);
}

CaptureResult capture_contact(Scope *scope, Tx *tx, const CaptureHead *head, const Match *match,
                              const ContactLog *log, Str words) {
    if (log == NULL) {
        return keep_aside(scope, tx, head, match, CAPTURE_UNFIT, words);
    }
    ContactLog named = *log;
    named.contact.capture = head->capture;
    switch (contact_log(scope, tx, match, &named)) {
    case CONTACT_LOGGED:
        record(scope, tx, STR("contact_log_save"), match->id);
        return (CaptureResult){.state = CAPTURE_STORED};
    case CONTACT_OVER:
        return keep_aside(scope, tx, head, match, CAPTURE_OVER, words);
    case CONTACT_NOT_SHARED:
        return keep_aside(scope, tx, head, match, CAPTURE_NOT_SHARED, words);
    case CONTACT_TOO_EARLY: /* a phone keeps no contact with several people */
    case CONTACT_ELSEWHERE:
        break;
    }
    return (CaptureResult){.state = CAPTURE_REFUSED, .reason = CAPTURE_ELSEWHERE};
}

CaptureResult capture_message(Scope *scope, Tx *tx, const CaptureHead *head, const Match *match,
                              const MessageNew *message) {
    MessageNew named = *message;
    named.capture = head->capture;
    named.captured_at = head->captured_at;
    MessageSent sent;
    switch (message_send(scope, tx, match->id, &named, &sent)) {
    case MESSAGE_SENT:
    case MESSAGE_WAITS:
        record(scope, tx, STR("message_send_do"), match->id);
        return (CaptureResult){.state = CAPTURE_STORED};
    case MESSAGE_UNFIT:
        return keep_aside(scope, tx, head, match, CAPTURE_UNFIT, message->words);
    case MESSAGE_NOT_SHARED:
        return keep_aside(scope, tx, head, match, CAPTURE_NOT_SHARED, message->words);
    case MESSAGE_OVER:
        return keep_aside(scope, tx, head, match, CAPTURE_OVER, message->words);
    case MESSAGE_ELSEWHERE:
        break;
    }
    return (CaptureResult){.state = CAPTURE_REFUSED, .reason = CAPTURE_ELSEWHERE};
}

/* ---- a contact in words ---- */

static void add_line(Buf *buf, Str line) {
    if (!str_is_empty(line)) {
        buf_add(buf, line);
        buf_add_char(buf, '\n');
    }
}

Str capture_words(const Scope *scope, const ContactLog *log) {
    const ContactNew *contact = &log->contact;
    const Words words = scope_words(scope);
    Buf buf = buf_new(scope->arena, WORDS_MOST);
    add_line(&buf, text_str(scope->lang, contact_kind_text(contact->kind)));
    if (contact->outcome != CONTACT_TALKED) {
        add_line(&buf, text_str(scope->lang, contact_outcome_text(contact->outcome)));
    } else {
        add_line(&buf, text_contact_lasted(&words, contact->minutes));
        for (unsigned bit = CONTACT_EMOTIONAL; bit <= CONTACT_AFFILIATIONAL; bit <<= 1U) {
            if ((contact->support & bit) != 0) {
                add_line(&buf, text_str(scope->lang, contact_support_text((ContactSupport)bit)));
            }
        }
    }
    for (size_t at = 0; at < contact->done.count; at++) { /* for whoever wrote it alone */
        add_line(&buf, program_item_label(scope, contact->done.items[at]));
    }
    if (contact->venue != CONTACT_VENUE_NONE) {
        add_line(&buf, text_str(scope->lang, contact_venue_text(contact->venue)));
    }
    if (contact->travel_minutes > 0) {
        add_line(&buf, text_contact_travelled(&words, contact->travel_minutes));
    }
    add_line(&buf, contact->line);
    add_line(&buf, log->promise);
    return buf_str(&buf);
}

/* ---- for the phone ---- */

static CaptureWalkRowsRows walk_rows(const Scope *scope) {
    return capture_walk_rows(scope->db, scope->actor, CONSENT_CONTACTS, scope->now, WALKS_MOST);
}

CaptureWalks capture_walks(const Scope *scope) {
    const CaptureWalkRowsRows rows = walk_rows(scope);
    CaptureWalk *items = NEW_MANY(scope->arena, rows.count, CaptureWalk);
    for (size_t at = 0; at < rows.count; at++) {
        const CaptureWalkRows *row = &rows.items[at];
        Match match;
        items[at] = (CaptureWalk){.match = row->id,
                                  .called = row->called,
                                  .gives = row->gives,
                                  .may_leave_message = row->gives && match_find(scope, row->id, &match) &&
                                                       contact_may_leave_message(scope, &match)};
    }
    return (CaptureWalks){.items = items, .count = rows.count};
}

CapturePrograms capture_programs(const Scope *scope) {
    const CaptureWalkRowsRows rows = walk_rows(scope);
    ProgramId *items = NEW_MANY(scope->arena, rows.count, ProgramId);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        size_t known = 0;
        while (known < count && !program_id_equal(items[known], rows.items[at].program)) {
            known++;
        }
        if (known == count) {
            items[count++] = rows.items[at].program;
        }
    }
    return (CapturePrograms){.items = items, .count = count};
}

/* ---- kept aside ---- */

CaptureAsides capture_asides(const Scope *scope) {
    const CaptureAsideRowsRows rows = capture_aside_rows(scope->db, scope->actor, ASIDES_MOST);
    CaptureAside *items = NEW_MANY(scope->arena, rows.count, CaptureAside);
    for (size_t at = 0; at < rows.count; at++) {
        const CaptureAsideRows *row = &rows.items[at];
        items[at] = (CaptureAside){.id = row->id,
                                   .match = row->match,
                                   .kind = (CaptureKind)row->kind,
                                   .reason = (CaptureReason)row->reason,
                                   .called = row->called,
                                   .words = row->words,
                                   .captured_at = row->captured_at,
                                   .kept_at = row->kept_at};
    }
    return (CaptureAsides){.items = items, .count = rows.count};
}

int64_t capture_aside_count(const Scope *scope) {
    CaptureAsideNumber row = {0};
    (void)capture_aside_number(scope->db, scope->actor, &row);
    return row.count;
}

bool capture_drop(const Scope *scope, Tx *tx, CaptureAsideId id) {
    /* Nothing is sealed here: empty words stay empty, under whosever key. */
    return capture_aside_drop(tx, &(CaptureAsideDrop){.id = id,
                                                      .person = scope->actor,
                                                      .receiver = {0},
                                                      .words = STR(""),
                                                      .now = scope->now}) == 1;
}

void capture_forget(Tx *tx, PersonId person) {
    (void)capture_aside_forget(tx, person);
}
