/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions: how a browser stays a person, for how long, and how that ends. */
#include "account_sql.h"
#include "features/account/account.h"
#include "features/account/sign_in_record.h"
#include "platform/crypto/crypto.h"
#include "platform/live/live.h"
#include "texts.h"

static const int64_t SEEN_EVERY_US = TIME_MINUTE;

static Str session_hash(Arena *arena, Str token) {
    /* 256 random bits need no key: the hash only keeps a copy of the table from being a bunch of cookies. */
    return crypto_hash_raw(arena, NULL, STR("session"), token);
}

typedef struct SessionSpan {
    bool has_duty;
    int64_t idle_us, longest_us;
} SessionSpan;

static SessionSpan session_span(const Scope *scope, PersonId person) {
    SessionLimits row = {0};
    if (!session_limits(scope->db, person, scope->now, SESSION_IDLE_US, SESSION_LONGEST_US, &row) ||
        row.duties == 0) {
        return (SessionSpan){.idle_us = TIME_WEEK, .longest_us = 30 * TIME_DAY};
    }
    return (SessionSpan){.has_duty = true, .idle_us = row.idle_us, .longest_us = row.longest_us};
}

void session_shorten(const Scope *scope, Tx *tx, PersonId person) {
    const SessionSpan span = session_span(scope, person);
    (void)session_cut(tx, person, span.idle_us, span.longest_us);
}

/* Tells whoever holds a duty, by mail, that they have come in from somewhere new; the very first is no
 * news. */
static void device_meet(const Scope *scope, Tx *tx, const SignedIn *signed_in) {
    KnownDeviceCount known = {0};
    const Str device = str_is_none(signed_in->device) ? STR("") : signed_in->device;
    if (known_device_add(tx, signed_in->person, device, scope->now) == 1 &&
        known_device_count(scope->db, signed_in->person, &known) && known.devices > 1) {
        account_tell_recorded(scope, tx, signed_in->person, TEXT_ACCOUNT_NEWS_DEVICE, STR("device_new"));
    }
}

Str session_start(const Scope *scope, Tx *tx, const SignedIn *signed_in) {
    Str token = crypto_token(scope->arena, scope->random);
    const SessionSpan span = session_span(scope, signed_in->person);
    session_insert(tx, &(SessionInsert){
                           .id = {random_id(scope->random)},
                           .token_hash = session_hash(scope->arena, token),
                           .person = signed_in->person,
                           .mail_key = signed_in->mail_key,
                           .proofs = signed_in->proofs,
                           .device = str_is_none(signed_in->device) ? STR("") : signed_in->device,
                           .now = scope->now,
                           .created_at = scope->now,
                           .idle_us = span.idle_us,
                           .ends_at = time_after(scope->now, span.longest_us),
                       });
    sign_in_record(scope, tx, signed_in->person, signed_in->proofs, signed_in->device);
    if (span.has_duty) {
        device_meet(scope, tx, signed_in);
    }
    return token;
}

Str session_raise(const Scope *scope, Tx *tx, unsigned proofs) {
    SessionMailbox row;
    if (!session_mailbox(scope->db, scope->session, &row)) {
        return STR_NONE;
    }
    Str token = crypto_token(scope->arena, scope->random);
    const SessionSpan span = session_span(scope, scope->actor);
    const Time longest = time_after(row.created_at, span.longest_us);
    session_insert(tx, &(SessionInsert){
                           .id = {random_id(scope->random)},
                           .token_hash = session_hash(scope->arena, token),
                           .person = scope->actor,
                           .mail_key = row.mail_key,
                           .proofs = scope->proofs | proofs,
                           .device = row.device,
                           .now = scope->now,
                           .created_at = row.created_at,
                           .idle_us = span.idle_us,
                           .ends_at = time_is_before(longest, row.ends_at) ? longest : row.ends_at,
                       });
    session_delete(tx, scope->session);
    live_end_session(tx, scope->session);
    return token;
}

void session_end_all(Tx *tx, PersonId person) {
    (void)session_delete_of(tx, person);
    live_end_person(tx, person, (SessionId){0});
}

void session_end_others(const Scope *scope, Tx *tx) {
    session_delete_others(tx, scope->actor, scope->session);
    live_end_person(tx, scope->actor, scope->session);
}

bool session_find(Db *db, Arena *arena, Time now, Str token, SessionFound *ret_found) {
    SessionByToken row;
    if (!session_by_token(db, session_hash(arena, token), &row)) {
        return false;
    }
    int64_t idle = time_between(row.seen_at, now);
    if (idle >= row.idle_us || !time_is_before(now, row.ends_at)) {
        return false;
    }
    *ret_found = (SessionFound){.id = row.id,
                                .person = row.person,
                                .lang = (Lang)row.lang,
                                .proofs = (unsigned)row.proofs,
                                .proved_at = row.proved_at,
                                .is_stale = idle >= SEEN_EVERY_US};
    return true;
}

void session_seen(Tx *tx, SessionId session, Time now) {
    session_touch(tx, session, now);
}

void session_end(Tx *tx, SessionId session) {
    session_delete(tx, session);
    live_end_session(tx, session);
}

void session_leave(const Scope *scope, Tx *tx) {
    if (scope->session.value != 0) {
        sign_out_record(scope, tx);
        session_end(tx, scope->session);
    }
}
