/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of requests: the table of steps, the clocks, and the two layers of words. */
#include "features/request/request.h"

#include "base/fail.h"
#include "features/account/account.h"
#include "features/consent/consent.h"
#include "features/offer/offer.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/zone/zone.h"
#include "request_sql.h"
#include "texts.h"

enum { RECEIPT_CHARACTERS = 9, RECEIPT_GROUP = 3 };

/* ---- steps ---- */

/* Where a request may go from each state. */
static const unsigned steps[] = {
    [REQUEST_NEW] = 1U << REQUEST_TAKEN | 1U << REQUEST_PAUSED | 1U << REQUEST_WITHDRAWN,
    [REQUEST_TAKEN] = 1U << REQUEST_NEW | 1U << REQUEST_LISTED | 1U << REQUEST_PAUSED |
                      1U << REQUEST_WITHDRAWN | 1U << REQUEST_ENDED,
    [REQUEST_LISTED] = 1U << REQUEST_LISTED | 1U << REQUEST_TAKEN | 1U << REQUEST_INVITED |
                       1U << REQUEST_PAUSED | 1U << REQUEST_WITHDRAWN,
    [REQUEST_INVITED] = 1U << REQUEST_LISTED | 1U << REQUEST_TAKEN | 1U << REQUEST_MATCHED |
                        1U << REQUEST_PAUSED | 1U << REQUEST_WITHDRAWN,
    [REQUEST_MATCHED] = 1U << REQUEST_TAKEN | 1U << REQUEST_PAUSED | 1U << REQUEST_ENDED,
    [REQUEST_PAUSED] = 1U << REQUEST_NEW | 1U << REQUEST_TAKEN | 1U << REQUEST_MATCHED |
                       1U << REQUEST_WITHDRAWN | 1U << REQUEST_ENDED,
    [REQUEST_WITHDRAWN] = 1U << REQUEST_NEW | 1U << REQUEST_TAKEN,
    [REQUEST_ENDED] = 1U << REQUEST_NEW | 1U << REQUEST_TAKEN,
};

bool request_may_move(RequestState from, RequestState to) {
    return (steps[from] & (1U << to)) != 0;
}

/* By when the new state should have moved on. */
static Time due_after(const Scope *scope, const Request *request, RequestState to) {
    /* A first search is measured from the day of asking; a second one, after "none of these", from today.
     */
    Time since = request->state == REQUEST_NEW ? request->created_at : scope->now;
    switch (to) {
    case REQUEST_NEW:
        return program_due(scope, request->program, CLOCK_REPLY, scope->now);
    case REQUEST_TAKEN:
        return program_due(scope, request->program, CLOCK_SHORTLIST_LATE, since);
    case REQUEST_LISTED:
    case REQUEST_INVITED:
        return program_due(scope, request->program, CLOCK_CHOICE, scope->now);
    case REQUEST_MATCHED:
    case REQUEST_PAUSED:
    case REQUEST_WITHDRAWN:
    case REQUEST_ENDED:
        break;
    }
    return TIME_NONE;
}

/* A closed list holds nobody's place. */
static void close_shortlists(const Scope *scope, Tx *tx, RequestId id) {
    RequestListHeldRows rows = request_list_held(scope->db, id);
    request_close_shortlists(tx, id);
    for (size_t at = 0; at < rows.count; at++) {
        offer_load_changed(scope, tx, rows.items[at].offer);
    }
}

/* Only LISTED and INVITED have a shortlist with the family, only INVITED has an invitation that waits. */
static void close_what_has_no_room(const Scope *scope, Tx *tx, RequestId id, RequestState to) {
    if (to != REQUEST_LISTED && to != REQUEST_INVITED) {
        close_shortlists(scope, tx, id);
    }
    if (to == REQUEST_INVITED) {
        return;
    }
    RequestListWaitingInvitationsRows rows = request_list_waiting_invitations(scope->db, id);
    for (size_t at = 0; at < rows.count; at++) {
        request_withdraw_invitation(tx, rows.items[at].id, scope->now);
        offer_load_changed(scope, tx, rows.items[at].offer);
    }
}

void request_touched(Tx *tx, RequestId id) {
    request_waiting_next(tx, id);
    request_set_waiting_in(tx, id);
}

void request_touched_of(const Scope *scope, Tx *tx, PersonId person) {
    RequestListWaitingOfRows rows = request_list_waiting_of(scope->db, person);
    for (size_t at = 0; at < rows.count; at++) {
        request_touched(tx, rows.items[at].id);
    }
}

void request_touched_all(Tx *tx, ProgramId program) {
    request_waiting_next_of(tx, program);
}

RequestResult request_move(const Scope *scope, Tx *tx, RequestId id, RequestState from, RequestState to) {
    Request request;
    if (!request_may_move(from, to) || !request_find(scope, id, &request) || request.state != from) {
        return REQUEST_ELSEWHERE;
    }
    int64_t moved = request_set_state(tx, &(RequestSetState){
                                              .id = id,
                                              .before = (int64_t)from,
                                              .after = (int64_t)to,
                                              .now = scope->now,
                                              .due_at = due_after(scope, &request, to),
                                          });
    if (moved != 1) {
        return REQUEST_ELSEWHERE;
    }
    close_what_has_no_room(scope, tx, id, to);
    request_touched(tx, id);
    return REQUEST_DONE;
}

/* ---- making and finding ---- */

/* "K7M-3QX-9TB": groups are read out and typed with fewer mistakes. */
static Str grouped(Arena *arena, Str code) {
    Buf buf = buf_new(arena, 64);
    for (size_t at = 0; at < code.length; at++) {
        if (at > 0 && at % RECEIPT_GROUP == 0) {
            buf_add_char(&buf, '-');
        }
        char byte = code.at[at];
        buf_add_char(&buf, byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte);
    }
    return buf_str(&buf);
}

/* However it was typed: letters and digits only, lower case. */
static Str plain_code(Arena *arena, Str code) {
    Buf buf = buf_new(arena, 64);
    Str lower = str_lower_ascii(arena, str_part(code, 0, 64));
    for (size_t at = 0; at < lower.length && buf.length < 32; at++) {
        char byte = lower.at[at];
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            buf_add_char(&buf, byte);
        }
    }
    return buf_str(&buf);
}

Str request_receipt_hash(const Scope *scope, Str code) {
    return crypto_hash_raw(scope->arena, scope->config->secret, STR("receipt"),
                           plain_code(scope->arena, code));
}

static Str or_empty(Str text) {
    return str_is_none(text) ? STR("") : text;
}

static ListItemId fitting(const Scope *scope, ProgramId program, ListKind list, ListItemId item) {
    return item.value != 0 && program_has_item(scope, program, list, item) ? item : (ListItemId){0};
}

/* What is asked here was read here; what is recorded was said; what came on a list was on it. */
static ConsentHow consent_how(RequestSource source) {
    switch (source) {
    case REQUEST_FROM_FORM:
        return CONSENT_READ;
    case REQUEST_RECORDED:
        return CONSENT_SAID;
    case REQUEST_FROM_IMPORT:
        return CONSENT_LISTED;
    }
    return CONSENT_LISTED;
}

RequestId request_add(const Scope *scope, Tx *tx, const RequestNew *request, Str *ret_receipt) {
    RequestId id = {random_id(scope->random)};
    Str code = crypto_code(scope->arena, scope->random, RECEIPT_CHARACTERS);
    Time asked = time_is_none(request->asked_at) ? scope->now : request->asked_at;
    request_insert(tx, &(RequestInsert){
                           .id = id,
                           .program = request->program,
                           .person = request->person,
                           .kind = (int64_t)request->kind,
                           .source = (int64_t)request->source,
                           .receipt_hash = request_receipt_hash(scope, code),
                           .lang = (int64_t)request->lang,
                           .need = or_empty(request->need),
                           .is_kept = request->is_kept,
                           .relation = fitting(scope, request->program, LIST_RELATION, request->relation),
                           .age = fitting(scope, request->program, LIST_AGE, request->age),
                           .hopes = or_empty(request->hopes),
                           .has_no_preference = request->has_no_preference,
                           .state_at = asked,
                           .due_at = program_due(scope, request->program, CLOCK_REPLY, asked),
                           .asked_at = asked,
                       });
    if (request->is_part2) {
        request_set_part2(tx, id, true);
    }
    request_add_wishes(scope, tx, id, request);
    request_set_unlike(scope, tx, id, request->unlike);
    (void)consent_on_asking(scope, tx,
                            &(ConsentAsking){.program = request->program,
                                             .person = request->person,
                                             .request = id,
                                             .items = request->shared,
                                             .how = consent_how(request->source)});
    request_touched(tx, id);
    *ret_receipt = grouped(scope->arena, code);
    return id;
}

void request_start_clock(const Scope *scope, Tx *tx, RequestId id) {
    Request request;
    if (request_find(scope, id, &request)) {
        (void)request_set_due(tx, id, program_due(scope, request.program, CLOCK_REPLY, scope->now));
        request_touched(tx, id);
    }
}

bool request_find(const Scope *scope, RequestId id, Request *ret_request) {
    RequestById row;
    if (!request_by_id(scope->db, id, scope->actor, scope->now, &row)) {
        return false;
    }
    *ret_request = (Request){
        .id = row.id,
        .program = row.program,
        .person = row.person,
        .called = row.called,
        .kind = (RequestKind)row.kind,
        .source = (RequestSource)row.source,
        .lang = (Lang)row.lang,
        .is_kept = row.is_kept,
        .need = row.need,
        .hopes = row.hopes,
        .is_part2 = row.is_part2,
        .relation = row.relation,
        .age = row.age,
        .has_no_preference = row.has_no_preference,
        .is_urgent = row.is_urgent,
        .state = (RequestState)row.state,
        .state_at = row.state_at,
        .due_at = row.due_at,
        .taken_by = row.taken_by,
        .taken_by_called = row.taken_by_called,
        .version = row.version,
        .created_at = row.created_at,
        .replied_at = row.replied_at,
    };
    return true;
}

bool request_find_by_receipt(const Scope *scope, Str code, Str value_key, Request *ret_request) {
    RequestByReceipt row;
    return !str_is_empty(value_key) &&
           request_by_receipt(scope->db, request_receipt_hash(scope, code), value_key, &row) &&
           request_find(scope, row.id, ret_request);
}

/* ---- the coordinator's side ---- */

RequestResult request_take(const Scope *scope, Tx *tx, RequestId id, int64_t version) {
    Request request;
    if (!request_find(scope, id, &request)) {
        return REQUEST_ELSEWHERE;
    }
    if (person_id_equal(request.taken_by, scope->actor) && request.state != REQUEST_NEW) {
        return REQUEST_DONE; /* a second tap on the same button */
    }
    if (request.version != version) {
        return REQUEST_STALE;
    }
    request_set_taken(tx, id, version, scope->actor);
    request_note(scope, tx, id, REQUEST_NOTE_TAKEN, STR(""));
    return request.state == REQUEST_NEW ? request_move(scope, tx, id, REQUEST_NEW, REQUEST_TAKEN)
                                        : REQUEST_DONE;
}

Time request_taken_since(const Scope *scope, const Request *request) {
    RequestTakenAt row;
    return request_taken_at(scope->db, request->id, request->taken_by, &row) ? row.at : TIME_NONE;
}

RequestResult request_give_back(const Scope *scope, Tx *tx, RequestId id, int64_t version) {
    if (request_set_taken(tx, id, version, (PersonId){0}) != 1) {
        return REQUEST_STALE;
    }
    return request_move(scope, tx, id, REQUEST_TAKEN, REQUEST_NEW);
}

RequestResult request_end(const Scope *scope, Tx *tx, RequestId id, int64_t version) {
    if (request_set_version(tx, id, version) != 1) {
        return REQUEST_STALE;
    }
    return request_move(scope, tx, id, REQUEST_TAKEN, REQUEST_ENDED);
}

RequestResult request_set_urgent(const Scope *scope, Tx *tx, RequestId id, int64_t version, bool is_urgent,
                                 Str words) {
    Request request;
    if (!request_find(scope, id, &request) || request.state >= REQUEST_MATCHED) {
        return REQUEST_ELSEWHERE;
    }
    if (request_set_urgency(tx, id, version, is_urgent) != 1) {
        return REQUEST_STALE;
    }
    request_note(scope, tx, id, is_urgent ? REQUEST_NOTE_URGENT : REQUEST_NOTE_NOT_URGENT,
                 is_urgent ? words : STR(""));
    request_touched(tx, id);
    return REQUEST_DONE;
}

static bool is_among(const ListItemId *items, size_t count, ListItemId item) {
    for (size_t at = 0; at < count; at++) {
        if (list_item_id_equal(items[at], item)) {
            return true;
        }
    }
    return false;
}

RequestResult request_code(const Scope *scope, Tx *tx, RequestId id, int64_t version, const ListItemId *items,
                           size_t count) {
    Request request;
    if (!request_find(scope, id, &request) || request_set_version(tx, id, version) != 1) {
        return REQUEST_STALE;
    }
    RequestCodeListRows before = request_code_list(scope->db, id);
    ListItemId *kept = NEW_MANY(scope->arena, before.count, ListItemId);
    size_t kept_count = 0;
    for (size_t at = 0; at < before.count; at++) {
        if (is_among(items, count, before.items[at].item)) {
            kept[kept_count++] = before.items[at].item; /* stays as it is, with who coded it */
        } else {
            request_code_delete(tx, id, before.items[at].item);
        }
    }
    for (size_t at = 0; at < count; at++) {
        bool is_new = !is_among(kept, kept_count, items[at]) && !is_among(items, at, items[at]);
        if (is_new && program_item_list(scope, request.program, items[at]) != 0) {
            request_code_insert(tx, id, items[at], scope->actor, scope->now);
        }
    }
    request_touched(tx, id);
    return REQUEST_DONE;
}

static RequestNoteId note_add(const Scope *scope, Tx *tx, RequestId id, RequestNoteKind kind, Str words,
                              bool is_kept) {
    const RequestNoteId note = {random_id(scope->random)};
    RequestPerson asking;
    if (!request_person(scope->db, id, &asking)) {
        fail(FAIL_DATABASE, "a note about a request that is not there");
    }
    request_note_insert(tx, &(RequestNoteInsert){
                                .id = note,
                                .request = id,
                                .person = asking.person,
                                .by_person = scope->actor,
                                .kind = (int64_t)kind,
                                .words = or_empty(words),
                                .is_kept = is_kept && person_id_equal(asking.person, scope->actor),
                                .now = scope->now,
                            });
    if (kind == REQUEST_NOTE_REACHED || kind == REQUEST_NOTE_TOLD) {
        request_set_replied(tx, id, scope->now);
    }
    return note;
}

void request_note(const Scope *scope, Tx *tx, RequestId id, RequestNoteKind kind, Str words) {
    (void)note_add(scope, tx, id, kind, words, false);
}

void request_set_part2(Tx *tx, RequestId id, bool is_part2) {
    if (is_part2) {
        request_mark(tx, id);
    } else {
        request_unmark(tx, id);
    }
}

void request_note_part2(const Scope *scope, Tx *tx, RequestId id, RequestNoteKind kind, Str words) {
    request_note_mark(tx, note_add(scope, tx, id, kind, words, false));
}

void request_answer(const Scope *scope, Tx *tx, RequestId id, Str words, bool is_kept, bool is_part2) {
    const RequestNoteId note = note_add(scope, tx, id, REQUEST_NOTE_ANSWER, words, is_kept);
    if (is_part2) {
        request_note_mark(tx, note);
    }
}

void request_keep(Tx *tx, RequestId id, bool is_kept) {
    (void)request_set_kept(tx, id, is_kept);
}

bool request_note_keep(const Scope *scope, Tx *tx, RequestId id, RequestNoteId note, bool is_kept) {
    return request_note_set_kept(tx, note, id, scope->actor, is_kept) == 1;
}

RequestKeptNotes request_kept_notes(const Scope *scope, RequestId id) {
    const RequestNoteListKeptRows rows = request_note_list_kept(scope->db, id, scope->actor, scope->now);
    RequestKeptNote *items = NEW_MANY(scope->arena, rows.count, RequestKeptNote);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (RequestKeptNote){
            .by_called = rows.items[at].by_called, .words = rows.items[at].words, .at = rows.items[at].at};
    }
    return (RequestKeptNotes){.items = items, .count = rows.count};
}

RequestItems request_codes(const Scope *scope, RequestId id) {
    RequestCodeListRows rows = request_code_list(scope->db, id);
    RequestItem *items = NEW_MANY(scope->arena, rows.count, RequestItem);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (RequestItem){
            .item = rows.items[at].item, .list = (ListKind)rows.items[at].list, .kind = REQUEST_WISH_CODED};
    }
    return (RequestItems){.items = items, .count = rows.count};
}

/* ---- the family's switches ---- */

/* From wherever it stands. */
static RequestResult move_from_here(const Scope *scope, Tx *tx, RequestId id, RequestState to) {
    Request request;
    return request_find(scope, id, &request) ? request_move(scope, tx, id, request.state, to)
                                             : REQUEST_ELSEWHERE;
}

RequestResult request_pause(const Scope *scope, Tx *tx, RequestId id) {
    Request request;
    bool is_walking = request_find(scope, id, &request) && request.state == REQUEST_MATCHED;
    return is_walking ? REQUEST_ELSEWHERE : move_from_here(scope, tx, id, REQUEST_PAUSED);
}

RequestResult request_withdraw(const Scope *scope, Tx *tx, RequestId id) {
    return move_from_here(scope, tx, id, REQUEST_WITHDRAWN);
}

RequestResult request_reopen(const Scope *scope, Tx *tx, RequestId id) {
    Request request;
    if (!request_find(scope, id, &request)) {
        return REQUEST_ELSEWHERE;
    }
    switch (request.state) {
    case REQUEST_PAUSED:
    case REQUEST_WITHDRAWN:
    case REQUEST_ENDED:
        return request_move(scope, tx, id, request.state,
                            request.taken_by.value == 0 ? REQUEST_NEW : REQUEST_TAKEN);
    case REQUEST_NEW:
    case REQUEST_TAKEN:
    case REQUEST_LISTED:
    case REQUEST_INVITED:
    case REQUEST_MATCHED:
        break;
    }
    return REQUEST_ELSEWHERE;
}

const ListKind request_unlike_lists[REQUEST_UNLIKES] = {
    LIST_EXPERIENCE, LIST_RELATION, LIST_AGE, LIST_TIME, LIST_SYSTEM, LIST_REGION, LIST_CULTURE, LIST_GENDER};
const char *const request_unlike_words[REQUEST_UNLIKES + 1] = {
    "experience", "relation", "age", "time", "system", "region", "culture", "gender", NULL};

Text request_unlike_text(ListKind list) {
    static const Text labels[LIST_ASKED_COUNT] = {
        [LIST_EXPERIENCE] = TEXT_REQUEST_UNLIKE_EXPERIENCE,
        [LIST_RELATION] = TEXT_REQUEST_UNLIKE_RELATION,
        [LIST_AGE] = TEXT_REQUEST_UNLIKE_AGE,
        [LIST_TIME] = TEXT_REQUEST_UNLIKE_TIME,
        [LIST_SYSTEM] = TEXT_REQUEST_UNLIKE_SYSTEM,
        [LIST_REGION] = TEXT_REQUEST_UNLIKE_REGION,
        [LIST_CULTURE] = TEXT_REQUEST_UNLIKE_CULTURE,
        [LIST_GENDER] = TEXT_REQUEST_UNLIKE_GENDER,
    };
    return labels[list];
}

void request_set_unlike(const Scope *scope, Tx *tx, RequestId id, unsigned lists) {
    (void)scope;
    request_unlike_clear(tx, id);
    for (int64_t list = LIST_EXPERIENCE; list < LIST_ASKED_COUNT; list++) {
        if ((lists & (1U << list)) != 0) {
            request_unlike_insert(tx, id, list);
        }
    }
    request_touched(tx, id);
}

unsigned request_unlike(const Scope *scope, RequestId id) {
    unsigned lists = 0;
    RequestUnlikeListRows rows = request_unlike_list(scope->db, id);
    for (size_t at = 0; at < rows.count; at++) {
        lists |= 1U << rows.items[at].list;
    }
    return lists;
}

void request_remove(Tx *tx, RequestId id) {
    request_touched(tx, id);
    consent_forget(tx, id);
    request_unmark(tx, id);
    request_wish_clear(tx, id);
    request_unlike_clear(tx, id);
    request_delete(tx, id);
}
