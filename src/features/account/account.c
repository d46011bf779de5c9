/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of people, mailboxes, codes and sessions. */
#include "features/account/account.h"

#include "account_sql.h"
#include "features/access/proof.h"
#include "features/account/sign_in_record.h"
#include "features/audit/audit.h"
#include "features/diary/diary.h"
#include "features/notice/notice.h"
#include "features/youth/youth.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/keys.h"
#include "platform/db/person_key.h"
#include "platform/mail/mail.h"
#include "platform/sms/sms.h"
#include "texts.h"

static const int64_t CODE_LIVES_US = 10 * TIME_MINUTE;
static const int64_t MOST_TRIES = 5;
static const int64_t MOST_SENT_AN_HOUR = 5;

PersonId account_person_add(const Scope *scope, Tx *tx, Str called, Lang lang) {
    PersonId person = {random_id(scope->random)};
    person_add(tx, person, called, lang, scope->now);
    person_key_make(tx, person);
    return person;
}

Str account_value_key(Arena *arena, ContactPointKind kind, Str value) {
    switch (kind) {
    case CONTACT_POINT_MAIL:
        return str_lower_ascii(arena, str_trim(value));
    case CONTACT_POINT_PHONE:
        return sms_digits(arena, value);
    }
    return STR("");
}

Str account_value_index(const Keys *keys, Arena *arena, ContactPointKind kind, Str value) {
    const Str key = account_value_key(arena, kind, value);
    return key.length == 0 ? STR("") : keys_index(keys, arena, STR("contact point"), key);
}

static Str mail_index(const Scope *scope, Str mail) {
    return account_value_index(db_keys(scope->db), scope->arena, CONTACT_POINT_MAIL, mail);
}

ContactPointId account_contact_point_add(const Scope *scope, Tx *tx, PersonId person,
                                         const ContactPoint *point) {
    ContactPointId id = {random_id(scope->random)};
    contact_point_insert(
        tx, &(ContactPointInsert){
                .id = id,
                .person = person,
                .kind = point->kind,
                .value = point->value,
                .value_key = account_value_index(db_keys(scope->db), scope->arena, point->kind, point->value),
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
    const SafetyAnswer hours = safety_may_reach(scope, person, scope->now);
    ContactPoint *items = NEW_MANY(scope->arena, rows.count, ContactPoint);
    for (size_t at = 0; at < rows.count; at++) {
        const ContactPointList *row = &rows.items[at];
        items[at] = (ContactPoint){
            .id = row->id,
            .kind = (ContactPointKind)row->kind,
            .value = row->value,
            .voicemail = (Safe)row->may_voicemail,
            .text = (Safe)row->may_text,
            .safe_times = row->safe_times,
            .is_unsafe = row->is_unsafe,
            .now = row->is_unsafe ? (SafetyAnswer){.kind = SAFETY_NOT_THIS_WAY} : hours,
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
static Str sign_in_keep(const Scope *scope, Tx *tx, Str mail_key, Proof proof, Str visit, Str code) {
    Str token = crypto_token(scope->arena, scope->random);
    sign_in_insert(tx, &(SignInInsert){
                           .id = {random_id(scope->random)},
                           .mail_key = mail_key,
                           .proof = proof,
                           .visit_hash = secret_hash(scope, STR("visit"), visit),
                           .code_hash = code_hash(scope, visit, code),
                           .link_hash = secret_hash(scope, STR("sign-in link"), token),
                           .now = scope->now,
                           .expires_at = time_after(scope->now, CODE_LIVES_US),
                       });
    return token;
}

/* Nobody can tell by the clock whether a mail or this was queued. */
static void send_nothing(Scope *scope, Tx *tx) {
    job_add(scope, tx, (PersonId){0}, STR(SIGN_IN_NOTHING_KIND), str_print(scope->arena, "%0400d", 0),
            scope->now);
}

void sign_in_send_nothing(Scope *scope, Tx *tx, Str payload) {
    (void)scope;
    (void)tx;
    (void)payload;
}

void sign_in_send_text(Scope *scope, Tx *tx, Str phone, Str visit) {
    const Str digits = account_value_key(scope->arena, CONTACT_POINT_PHONE, phone);
    const Str key = account_value_index(db_keys(scope->db), scope->arena, CONTACT_POINT_PHONE, phone);
    sign_in_count(scope, tx, SIGN_IN_TEXT_ASKED, key, (PersonId){0});
    SignInCountRecent recent;
    if (sign_in_count_recent(scope->db, key, time_before(scope->now, TIME_HOUR), scope->now, &recent) &&
        recent.sent >= MOST_SENT_AN_HOUR) {
        return;
    }
    const Str code = crypto_digits(scope->arena, scope->random);
    (void)sign_in_keep(scope, tx, key, PROOF_PHONE, visit, code);
    const PersonListByPhoneRows people = person_list_by_phone(scope->db, key);
    if (people.count == 0 || safety_texts_are_stopped(scope->db, key)) {
        send_nothing(scope, tx);
        return;
    }
    const Words words = {.arena = scope->arena, .lang = (Lang)people.items[0].lang, .zone = scope->zone};
    sms_add(scope, tx, digits, text_account_text_body(&words, code), time_after(scope->now, CODE_LIVES_US));
}

JobMoment account_text_may(const Scope *scope, Str payload) {
    const SmsTo to = sms_to(payload);
    if (!person_id_is_none(to.person)) {
        return notice_text_may(scope, payload);
    }
    const Str key = account_value_index(db_keys(scope->db), scope->arena, CONTACT_POINT_PHONE, to.number);
    const bool may = to.is_last || !safety_texts_are_stopped(scope->db, key);
    return (JobMoment){.kind = may ? JOB_NOW : JOB_NEVER};
}

PersonIds account_with_phone(const Scope *scope, Str value_key) {
    const PersonListWithPhoneRows rows = person_list_with_phone(scope->db, value_key);
    PersonId *items = NEW_MANY(scope->arena, rows.count, PersonId);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = rows.items[at].id;
    }
    return (PersonIds){.items = items, .count = rows.count};
}

void sign_in_send(Scope *scope, Tx *tx, Str mail, Str visit) {
    Str mail_key = mail_index(scope, mail);
    sign_in_count(scope, tx, SIGN_IN_MAIL_ASKED, mail_key, (PersonId){0});
    SignInCountRecent recent;
    if (sign_in_count_recent(scope->db, mail_key, time_before(scope->now, TIME_HOUR), scope->now, &recent) &&
        recent.sent >= MOST_SENT_AN_HOUR) {
        return;
    }
    Str code = crypto_digits(scope->arena, scope->random);
    Str token = sign_in_keep(scope, tx, mail_key, PROOF_MAILBOX, visit, code);
    PersonListByContactRows people = person_list_by_contact(scope->db, mail_key);
    if (people.count == 0) {
        send_nothing(scope, tx);
        return; /* the page says the same; only the mailbox's owner could tell the difference */
    }
    Words words = {.arena = scope->arena, .lang = (Lang)people.items[0].lang, .zone = scope->zone};
    Str link =
        str_print(scope->arena, "%.*s/sign-in/link/%.*s", STR_ARGS(scope->config->origin), STR_ARGS(token));
    mail_add(scope, tx, account_value_key(scope->arena, CONTACT_POINT_MAIL, mail),
             text_str(words.lang, TEXT_ACCOUNT_MAIL_SUBJECT), text_account_mail_body(&words, code, link));
}

/* Nobody asked from a browser here: the visit is a fresh secret that no browser has, so only the link counts.
 */
bool sign_in_link(const Scope *scope, Tx *tx, Str mail, Str *ret_token) {
    Str mail_key = mail_index(scope, mail);
    if (person_list_by_contact(scope->db, mail_key).count == 0) {
        return false;
    }
    Str nobody = crypto_token(scope->arena, scope->random);
    *ret_token =
        sign_in_keep(scope, tx, mail_key, PROOF_OPERATOR, nobody, crypto_digits(scope->arena, scope->random));
    return true;
}

/* The newest person who is reached there. */
static PersonId reached_by(const Scope *scope, Str key, int64_t proof) {
    if (proof == PROOF_PHONE) {
        const PersonListByPhoneRows people = person_list_by_phone(scope->db, key);
        return people.count > 0 ? people.items[0].id : (PersonId){0};
    }
    const PersonListByContactRows people = person_list_by_contact(scope->db, key);
    return people.count > 0 ? people.items[0].id : (PersonId){0};
}

/* Counted under what the code was sent to; under nothing when none was asked for. */
static SignInResult sign_in_refuse(const Scope *scope, Tx *tx, int64_t proof, Str key, SignInResult result) {
    sign_in_count(scope, tx, proof == PROOF_PHONE ? SIGN_IN_TEXT_REFUSED : SIGN_IN_MAIL_REFUSED, key,
                  (PersonId){0});
    return result;
}

static SignInResult sign_in_finish(const Scope *scope, Tx *tx, SignInId id, Str mail_key, int64_t proof,
                                   SignedIn *ret_signed_in) {
    const PersonId person = reached_by(scope, mail_key, proof);
    if (person_id_is_none(person) || sign_in_use(tx, id, scope->now) != 1) {
        return sign_in_refuse(scope, tx, proof, mail_key, SIGN_IN_OVER);
    }
    *ret_signed_in = (SignedIn){.person = person, .mail_key = mail_key, .proofs = (unsigned)proof};
    return SIGN_IN_DONE;
}

static bool is_over(Time now, Time expires_at, int64_t tries, Time used_at) {
    return !time_is_none(used_at) || tries >= MOST_TRIES || !time_is_before(now, expires_at);
}

SignInResult sign_in_by_code(const Scope *scope, Tx *tx, Str visit, Str code, SignedIn *ret_signed_in) {
    SignInNewestRows found = sign_in_newest(scope->db, secret_hash(scope, STR("visit"), visit), scope->now);
    if (found.count == 0) {
        return sign_in_refuse(scope, tx, PROOF_MAILBOX, STR(""), SIGN_IN_OVER);
    }
    const SignInNewest *row = &found.items[0];
    if (is_over(scope->now, row->expires_at, row->tries, row->used_at)) {
        return sign_in_refuse(scope, tx, row->proof, row->mail_key, SIGN_IN_OVER);
    }
    if (!crypto_equal(row->code_hash, code_hash(scope, visit, code))) {
        sign_in_count_try(tx, row->id);
        return sign_in_refuse(scope, tx, row->proof, row->mail_key,
                              row->tries + 1 >= MOST_TRIES ? SIGN_IN_OVER : SIGN_IN_WRONG);
    }
    return sign_in_finish(scope, tx, row->id, row->mail_key, row->proof, ret_signed_in);
}

SignInResult sign_in_by_link(const Scope *scope, Tx *tx, Str token, SignedIn *ret_signed_in) {
    SignInByLinkRow row;
    if (!sign_in_by_link_row(scope->db, secret_hash(scope, STR("sign-in link"), token), &row)) {
        return sign_in_refuse(scope, tx, PROOF_MAILBOX, STR(""), SIGN_IN_OVER);
    }
    if (is_over(scope->now, row.expires_at, row.tries, row.used_at)) {
        return sign_in_refuse(scope, tx, row.proof, row.mail_key, SIGN_IN_OVER);
    }
    return sign_in_finish(scope, tx, row.id, row.mail_key, row.proof, ret_signed_in);
}

void account_tell(const Scope *scope, Tx *tx, PersonId id, Text what) {
    Person person;
    if (!account_person_find(scope, id, &person)) {
        return;
    }
    const ContactPoints points = account_contact_points(scope, id);
    for (size_t at = 0; at < points.count; at++) {
        if (points.items[at].kind == CONTACT_POINT_MAIL) {
            const Words words = {.arena = scope->arena, .lang = person.lang, .zone = scope->zone};
            const MailTo to = {
                .person = id, .point = points.items[at].id, .address = str_trim(points.items[at].value)};
            mail_to_person(
                scope, tx, &to, text_str(person.lang, TEXT_ACCOUNT_NEWS_SUBJECT),
                text_account_news_body(&words, text_str(person.lang, what), scope->config->origin));
            return;
        }
    }
}

void account_tell_recorded(const Scope *scope, Tx *tx, PersonId person, Text what, Str action) {
    audit_add(
        scope, tx,
        &(AuditEntry){.action = action, .subject = person, .outcome = AUDIT_CHANGED, .reason = STR("")});
    account_tell(scope, tx, person, what);
}

/* ---- who shares a mailbox ---- */

static Str session_mail_key(const Scope *scope) {
    SessionMailbox row;
    return session_mailbox(scope->db, scope->session, &row) ? row.mail_key : STR_NONE;
}

/* A space apart is not there for whoever shares its mailbox: only for the person themself. */
static Household household_of(const Scope *scope, Str mail_key) {
    PersonListByContactRows people = person_list_by_contact(scope->db, mail_key);
    Householder *items = NEW_MANY(scope->arena, people.count, Householder);
    size_t count = 0;
    for (size_t at = 0; at < people.count; at++) {
        const PersonListByContact *row = &people.items[at];
        if (!row->is_apart || person_id_equal(row->id, scope->actor)) {
            items[count++] = (Householder){.id = row->id, .called = row->called};
        }
    }
    return (Household){.items = items, .count = count};
}

Household account_young_of(const Scope *scope, Str mail_key) {
    PersonListByContactRows people = person_list_by_contact(scope->db, mail_key);
    Householder *items = NEW_MANY(scope->arena, people.count, Householder);
    size_t count = 0;
    for (size_t at = 0; at < people.count; at++) {
        if (people.items[at].has_word) {
            items[count++] = (Householder){.id = people.items[at].id, .called = people.items[at].called};
        }
    }
    return (Household){.items = items, .count = count};
}

Household account_household(const Scope *scope) {
    Str mail_key = session_mail_key(scope);
    return str_is_none(mail_key) ? (Household){0} : household_of(scope, mail_key);
}

Household account_find_by_mail(const Scope *scope, Str mail) {
    return household_of(scope, mail_index(scope, mail));
}

bool account_reaches(const Scope *scope, Str mail_key, PersonId person) {
    const Household household = household_of(scope, mail_key);
    for (size_t at = 0; at < household.count; at++) {
        if (person_id_equal(household.items[at].id, person)) {
            return true;
        }
    }
    return false;
}

void account_person_meet(const Scope *scope, Tx *tx, Str called, Str mail) {
    if (account_find_by_mail(scope, mail).count > 0) {
        return;
    }
    PersonId person = account_person_add(scope, tx, called, scope->lang);
    (void)account_contact_point_add(scope, tx, person,
                                    &(ContactPoint){.kind = CONTACT_POINT_MAIL, .value = str_trim(mail)});
}

/* Only what the mailbox shows goes along: a passkey is one person's. */
static Str go_on_as(const Scope *scope, Tx *tx, PersonId person) {
    SessionMailbox row = {0};
    (void)session_mailbox(scope->db, scope->session, &row);
    const Str token = session_start(scope, tx,
                                    &(SignedIn){.person = person,
                                                .mail_key = row.mail_key,
                                                .proofs = scope->proofs & (PROOF_MAILBOX | PROOF_OPERATOR),
                                                .device = row.device});
    session_end(tx, scope->session);
    return token;
}

bool account_change_person(const Scope *scope, Tx *tx, PersonId person, Str *ret_token) {
    Household household = youth_has_door(scope, person) ? (Household){0} : account_household(scope);
    for (size_t at = 0; at < household.count; at++) {
        if (person_id_equal(household.items[at].id, person)) {
            *ret_token = go_on_as(scope, tx, person);
            return true;
        }
    }
    return false;
}

Str account_session_mailbox(const Scope *scope) {
    return session_mail_key(scope);
}

bool account_open_own(const Scope *scope, Tx *tx, PersonId person, Str *ret_token) {
    const Str mail_key = session_mail_key(scope);
    if (str_is_none(mail_key)) {
        return false;
    }
    PersonListByContactRows people = person_list_by_contact(scope->db, mail_key);
    for (size_t at = 0; at < people.count; at++) {
        if (person_id_equal(people.items[at].id, person)) {
            *ret_token = go_on_as(scope, tx, person);
            return true;
        }
    }
    return false;
}

void account_clean_up(Scope *scope, Tx *tx) {
    sign_in_delete_old(tx, time_before(scope->now, TIME_DAY));
    session_delete_over(tx, scope->now);
    youth_clean_up(scope, tx);
}

void account_person_forget(const Scope *scope, Tx *tx, PersonId person) {
    Person known;
    if (!account_person_find(scope, person, &known)) {
        return;
    }
    (void)sign_in_delete_of(tx, person);
    (void)sign_in_count_delete_of(tx, person);
    session_end_all(tx, person);
    (void)duty_end_all(tx, person, scope->now);
    notice_forget(tx, person);
    diary_forget(tx, person);
    safety_forget_ways(tx, person);
    (void)contact_point_delete_all(tx, person);
    jobs_drop(tx, person);
    account_person_change(tx, person, text_str(known.lang, TEXT_ACCOUNT_FORGOTTEN), known.lang);
}

void account_person_remove(Tx *tx, PersonId person) {
    notice_forget(tx, person);
    diary_forget(tx, person);
    safety_forget_ways(tx, person);
    contact_point_delete_all(tx, person);
    jobs_drop(tx, person);
    person_key_drop(tx, person);
    person_delete(tx, person);
}

void account_sign_out(const Scope *scope, Tx *tx, PersonId person, ProgramId program, Str reason) {
    (void)sign_in_delete_of(tx, person);
    session_end_all(tx, person);
    audit_add(scope, tx,
              &(AuditEntry){.action = STR("sessions_ended"),
                            .subject = person,
                            .program = program,
                            .outcome = AUDIT_CHANGED,
                            .reason = reason});
    account_tell(scope, tx, person, TEXT_ACCOUNT_NEWS_SIGNED_OUT);
}

size_t account_sign_out_mail(const Scope *scope, Tx *tx, Str mail, Str reason) {
    const PersonListByContactRows people = person_list_by_contact(scope->db, mail_index(scope, mail));
    for (size_t at = 0; at < people.count; at++) {
        account_sign_out(scope, tx, people.items[at].id, (ProgramId){0}, reason);
    }
    return people.count;
}
