/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of people, mailboxes, codes and sessions. */
#include "features/account/account.h"

#include "account_sql.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/mail/mail.h"
#include "texts.h"

static const int64_t CODE_LIVES_US = 10 * TIME_MINUTE;
static const int64_t MOST_TRIES = 5;
static const int64_t MOST_SENT_AN_HOUR = 5;
static const int64_t SEEN_EVERY_US = TIME_MINUTE;

PersonId account_person_add(const Scope *scope, Tx *tx, Str called, Lang lang) {
    PersonId person = {random_id(scope->random)};
    person_add(tx, person, called, lang, scope->now);
    return person;
}

static Str phone_key(Arena *arena, Str value) {
    Buf digits = buf_new(arena, 64);
    for (size_t at = 0; at < value.length && digits.length < 20; at++) {
        char byte = value.at[at];
        if (byte == 'x' || byte == 'X') {
            break; /* an extension reaches the same household or office: not part of the number */
        }
        if (byte >= '0' && byte <= '9') {
            buf_add_char(&digits, byte);
        }
    }
    Str key = buf_str(&digits);
    return key.length == 11 && key.at[0] == '1' ? str_part(key, 1, 10) : key;
}

Str account_value_key(Arena *arena, ContactPointKind kind, Str value) {
    switch (kind) {
    case CONTACT_POINT_MAIL:
        return str_lower_ascii(arena, str_trim(value));
    case CONTACT_POINT_PHONE:
        return phone_key(arena, value);
    }
    return STR("");
}

ContactPointId account_contact_point_add(const Scope *scope, Tx *tx, PersonId person,
                                         const ContactPoint *point) {
    ContactPointId id = {random_id(scope->random)};
    contact_point_insert(tx, &(ContactPointInsert){
                                 .id = id,
                                 .person = person,
                                 .kind = point->kind,
                                 .value = point->value,
                                 .value_key = account_value_key(scope->arena, point->kind, point->value),
                                 .may_voicemail = point->voicemail,
                                 .may_text = point->text,
                                 .safe_times = point->safe_times.at == NULL ? STR("") : point->safe_times,
                                 .now = scope->now,
                             });
    return id;
}

bool account_person_find(const Scope *scope, PersonId id, Person *ret_person) {
    PersonById row;
    if (!person_by_id(scope->db, id, &row)) {
        return false;
    }
    *ret_person = (Person){.id = id, .called = row.called, .lang = (Lang)row.lang};
    return true;
}

void account_person_change(Tx *tx, PersonId person, Str called, Lang lang) {
    person_change(tx, person, called, lang);
}

bool account_contact_point_set_safety(Tx *tx, PersonId person, ContactPointId point,
                                      const ContactPoint *safety) {
    return contact_point_set_safety(tx, &(ContactPointSetSafety){
                                            .id = point,
                                            .person = person,
                                            .may_voicemail = safety->voicemail,
                                            .may_text = safety->text,
                                            .safe_times = safety->safe_times,
                                        }) == 1;
}

ContactPoints account_contact_points(const Scope *scope, PersonId person) {
    ContactPointListRows rows = contact_point_list(scope->db, person);
    ContactPoint *items = NEW_MANY(scope->arena, rows.count, ContactPoint);
    for (size_t at = 0; at < rows.count; at++) {
        const ContactPointList *row = &rows.items[at];
        items[at] = (ContactPoint){
            .kind = (ContactPointKind)row->kind,
            .value = row->value,
            .voicemail = (Safe)row->may_voicemail,
            .text = (Safe)row->may_text,
            .safe_times = row->safe_times,
        };
    }
    return (ContactPoints){.items = items, .count = rows.count};
}

/* ---- codes and links ---- */

static Str secret_hash(const Scope *scope, Str purpose, Str text) {
    return crypto_hash_raw(scope->arena, scope->config->secret, purpose, text);
}

/* Six digits are few: the hash is bound to the browser, so that a stolen table is no list of codes. */
static Str code_hash(const Scope *scope, Str visit, Str code) {
    return secret_hash(scope, STR("sign-in code"),
                       str_print(scope->arena, "%.*s/%.*s", STR_ARGS(visit), STR_ARGS(code)));
}

/* Keeps a code and a link for ten minutes and returns them. */
static Str sign_in_keep(const Scope *scope, Tx *tx, Str mail_key, Str visit, Str code) {
    Str token = crypto_token(scope->arena, scope->random);
    sign_in_insert(tx, &(SignInInsert){
                           .id = {random_id(scope->random)},
                           .mail_key = mail_key,
                           .visit_hash = secret_hash(scope, STR("visit"), visit),
                           .code_hash = code_hash(scope, visit, code),
                           .link_hash = secret_hash(scope, STR("sign-in link"), token),
                           .now = scope->now,
                           .expires_at = time_after(scope->now, CODE_LIVES_US),
                       });
    return token;
}

void sign_in_send(Scope *scope, Tx *tx, Str mail, Str visit) {
    Str mail_key = account_value_key(scope->arena, CONTACT_POINT_MAIL, mail);
    SignInCountRecent recent;
    if (sign_in_count_recent(scope->db, mail_key, time_before(scope->now, TIME_HOUR), &recent) &&
        recent.sent >= MOST_SENT_AN_HOUR) {
        return;
    }
    Str code = crypto_digits(scope->arena, scope->random);
    Str token = sign_in_keep(scope, tx, mail_key, visit, code);
    PersonListByContactRows people = person_list_by_contact(scope->db, mail_key);
    if (people.count == 0) {
        return; /* the page says the same; only the mailbox's owner could tell the difference */
    }
    Words words = {.arena = scope->arena, .lang = (Lang)people.items[0].lang, .zone = scope->zone};
    Str link =
        str_print(scope->arena, "%.*s/sign-in/link/%.*s", STR_ARGS(scope->config->origin), STR_ARGS(token));
    mail_add(scope, tx, mail_key, text_str(words.lang, TEXT_ACCOUNT_MAIL_SUBJECT),
             text_account_mail_body(&words, code, link));
}

/* Nobody asked from a browser here: the visit is a fresh secret that no browser has, so only the link counts.
 */
bool sign_in_link(const Scope *scope, Tx *tx, Str mail, Str *ret_token) {
    Str mail_key = account_value_key(scope->arena, CONTACT_POINT_MAIL, mail);
    if (person_list_by_contact(scope->db, mail_key).count == 0) {
        return false;
    }
    Str nobody = crypto_token(scope->arena, scope->random);
    *ret_token = sign_in_keep(scope, tx, mail_key, nobody, crypto_digits(scope->arena, scope->random));
    return true;
}

static SignInResult sign_in_finish(const Scope *scope, Tx *tx, SignInId id, Str mail_key,
                                   SignedIn *ret_signed_in) {
    PersonListByContactRows people = person_list_by_contact(scope->db, mail_key);
    if (people.count == 0 || sign_in_use(tx, id, scope->now) != 1) {
        return SIGN_IN_OVER;
    }
    *ret_signed_in = (SignedIn){.person = people.items[0].id, .mail_key = mail_key};
    return SIGN_IN_DONE;
}

static bool is_over(Time now, Time expires_at, int64_t tries, Time used_at) {
    return !time_is_none(used_at) || tries >= MOST_TRIES || !time_is_before(now, expires_at);
}

SignInResult sign_in_by_code(const Scope *scope, Tx *tx, Str visit, Str code, SignedIn *ret_signed_in) {
    SignInNewestRows found = sign_in_newest(scope->db, secret_hash(scope, STR("visit"), visit));
    if (found.count == 0) {
        return SIGN_IN_OVER;
    }
    const SignInNewest *row = &found.items[0];
    if (is_over(scope->now, row->expires_at, row->tries, row->used_at)) {
        return SIGN_IN_OVER;
    }
    if (!crypto_equal(row->code_hash, code_hash(scope, visit, code))) {
        sign_in_count_try(tx, row->id);
        return row->tries + 1 >= MOST_TRIES ? SIGN_IN_OVER : SIGN_IN_WRONG;
    }
    return sign_in_finish(scope, tx, row->id, row->mail_key, ret_signed_in);
}

SignInResult sign_in_by_link(const Scope *scope, Tx *tx, Str token, SignedIn *ret_signed_in) {
    SignInByLinkRow row;
    if (!sign_in_by_link_row(scope->db, secret_hash(scope, STR("sign-in link"), token), &row) ||
        is_over(scope->now, row.expires_at, row.tries, row.used_at)) {
        return SIGN_IN_OVER;
    }
    return sign_in_finish(scope, tx, row.id, row.mail_key, ret_signed_in);
}

/* ---- sessions ---- */

static Str session_hash(Arena *arena, Str token) {
    /* 256 random bits need no key: the hash only keeps a copy of the table from being a bunch of cookies. */
    return crypto_hash_raw(arena, NULL, STR("session"), token);
}

Str session_start(const Scope *scope, Tx *tx, const SignedIn *signed_in) {
    Str token = crypto_token(scope->arena, scope->random);
    PersonHasDuty row;
    bool has_duty = person_has_duty(scope->db, signed_in->person, scope->now, &row) && row.duties > 0;
    session_insert(tx, &(SessionInsert){
                           .id = {random_id(scope->random)},
                           .token_hash = session_hash(scope->arena, token),
                           .person = signed_in->person,
                           .mail_key = signed_in->mail_key,
                           .now = scope->now,
                           .idle_us = has_duty ? TIME_HOUR : TIME_WEEK,
                           .ends_at = time_after(scope->now, has_duty ? 12 * TIME_HOUR : 30 * TIME_DAY),
                       });
    return token;
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
    *ret_found = (SessionFound){
        .id = row.id, .person = row.person, .lang = (Lang)row.lang, .is_stale = idle >= SEEN_EVERY_US};
    return true;
}

void session_seen(Tx *tx, SessionId session, Time now) {
    session_touch(tx, session, now);
}

void session_end(Tx *tx, SessionId session) {
    session_delete(tx, session);
}

static Str session_mail_key(const Scope *scope) {
    SessionMailbox row;
    return session_mailbox(scope->db, scope->session, &row) ? row.mail_key : STR_NONE;
}

static Household household_of(const Scope *scope, Str mail_key) {
    PersonListByContactRows people = person_list_by_contact(scope->db, mail_key);
    Householder *items = NEW_MANY(scope->arena, people.count, Householder);
    for (size_t at = 0; at < people.count; at++) {
        items[at] = (Householder){.id = people.items[at].id, .called = people.items[at].called};
    }
    return (Household){.items = items, .count = people.count};
}

Household account_household(const Scope *scope) {
    Str mail_key = session_mail_key(scope);
    return str_is_none(mail_key) ? (Household){0} : household_of(scope, mail_key);
}

Household account_find_by_mail(const Scope *scope, Str mail) {
    return household_of(scope, account_value_key(scope->arena, CONTACT_POINT_MAIL, mail));
}

void account_person_meet(const Scope *scope, Tx *tx, Str called, Str mail) {
    if (account_find_by_mail(scope, mail).count > 0) {
        return;
    }
    PersonId person = account_person_add(scope, tx, called, scope->lang);
    (void)account_contact_point_add(scope, tx, person,
                                    &(ContactPoint){.kind = CONTACT_POINT_MAIL, .value = str_trim(mail)});
}

bool account_change_person(const Scope *scope, Tx *tx, PersonId person, Str *ret_token) {
    Household household = account_household(scope);
    for (size_t at = 0; at < household.count; at++) {
        if (person_id_equal(household.items[at].id, person)) {
            *ret_token = session_start(scope, tx, &(SignedIn){person, session_mail_key(scope)});
            session_delete(tx, scope->session);
            return true;
        }
    }
    return false;
}

void account_clean_up(Scope *scope, Tx *tx) {
    sign_in_delete_old(tx, time_before(scope->now, TIME_DAY));
    session_delete_over(tx, scope->now);
}

void account_person_remove(Tx *tx, PersonId person) {
    contact_point_delete_all(tx, person);
    person_delete(tx, person);
}
