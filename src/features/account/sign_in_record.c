/* SPDX-License-Identifier: Apache-2.0 */
/* Counts at the door, and what the jobs process makes of the counts. */
#include "features/account/sign_in_record.h"

#include "account_sql.h"
#include "base/log.h"
#include "features/access/proof.h"
#include "features/account/account.h"
#include "features/audit/audit.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"

enum { ROWS_AN_HOUR = 2000, ROWS_AT_ONCE = 500 };

static int64_t hour_of(Time time) {
    return time.us / TIME_HOUR;
}

void sign_in_count(const Scope *scope, Tx *tx, SignInEvent event, Str value_key, PersonId person) {
    const int64_t hour = hour_of(scope->now);
    const Str key = str_is_none(value_key) ? STR("") : value_key;
    const Str block = str_is_none(scope->block)
                          ? STR("")
                          : crypto_hash_raw(scope->arena, scope->config->secret, STR("block"), scope->block);
    if (sign_in_count_more(tx, &(SignInCountMore){.hour = hour,
                                                  .event = event,
                                                  .value_key = key,
                                                  .person = person.value,
                                                  .block_hash = block}) > 0) {
        return;
    }
    SignInCountRows rows = {0};
    const bool is_full =
        sign_in_count_rows(scope->db, hour, ROWS_AN_HOUR, &rows) && rows.found >= ROWS_AN_HOUR;
    sign_in_count_first(tx, &(SignInCountFirst){.hour = hour,
                                                .event = event,
                                                .value_key = is_full ? STR("") : key,
                                                .person = is_full ? 0 : person.value,
                                                .block_hash = is_full ? STR("") : block});
}

/* By the strongest of what was shown. These words stay in the audit. */
static Str way_word(unsigned proofs) {
    static const struct {
        Proof proof;
        const char *word;
    } ways[] = {
        {PROOF_PASSKEY, "signed_in_passkey"}, {PROOF_PASSPHRASE, "signed_in_passphrase"},
        {PROOF_OPERATOR, "signed_in_link"},   {PROOF_MAILBOX, "signed_in_mail"},
        {PROOF_PHONE, "signed_in_text"},
    };
    for (size_t at = 0; at < sizeof ways / sizeof ways[0]; at++) {
        if ((proofs & (unsigned)ways[at].proof) != 0) {
            return str_of(ways[at].word);
        }
    }
    return STR("signed_in");
}

void sign_in_record(const Scope *scope, Tx *tx, PersonId person, unsigned proofs, Str device) {
    Scope as = *scope;
    as.actor = person;
    audit_add(&as, tx,
              &(AuditEntry){
                  .action = way_word(proofs), .subject = person, .outcome = AUDIT_CHANGED, .reason = device});
}

void sign_out_record(const Scope *scope, Tx *tx) {
    if (!person_id_is_none(scope->actor)) {
        audit_add(
            scope, tx,
            &(AuditEntry){.action = STR("signed_out"), .subject = scope->actor, .outcome = AUDIT_CHANGED});
    }
}

/* ---- when the hour is over ---- */

/* Whom a count is about: as signing in with what was typed would have found them. */
static PersonId counted_person(const Scope *scope, const SignInCounted *row) {
    if (row->person != 0 || row->value_key.length == 0) {
        return (PersonId){row->person};
    }
    if (row->event == SIGN_IN_TEXT_ASKED || row->event == SIGN_IN_TEXT_REFUSED) {
        const PersonListByPhoneRows people = person_list_by_phone(scope->db, row->value_key);
        return people.count > 0 ? people.items[0].id : (PersonId){0};
    }
    const PersonListByContactRows people = person_list_by_contact(scope->db, row->value_key);
    return people.count > 0 ? people.items[0].id : (PersonId){0};
}

/* These words stay in the audit. */
static Str counted_word(int64_t event) {
    switch ((SignInEvent)event) {
    case SIGN_IN_MAIL_ASKED:
    case SIGN_IN_TEXT_ASKED:
        return STR("sign_in_asked");
    case SIGN_IN_MAIL_REFUSED:
    case SIGN_IN_TEXT_REFUSED:
    case SIGN_IN_PASSPHRASE_REFUSED:
    case SIGN_IN_PASSKEY_REFUSED:
        return STR("sign_in_refused");
    case SIGN_IN_AGAIN_REFUSED:
        return STR("proof_refused");
    }
    return STR("sign_in_refused");
}

/* The number stands where the thing acted on would. */
static void counted_record(const Scope *scope, Tx *tx, Str word, PersonId person, PersonId actor,
                           int64_t times) {
    Scope as = *scope;
    as.actor = actor;
    as.via = SCOPE_WEB; /* that is how it came */
    audit_add(&as, tx,
              &(AuditEntry){.action = word, .object = times, .subject = person, .outcome = AUDIT_REFUSED});
}

void sign_in_record_counted(Scope *scope, Tx *tx) {
    const SignInCountedRows rows = sign_in_counted(scope->db, hour_of(scope->now), ROWS_AT_ONCE);
    int64_t asked = 0;
    int64_t refused = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const SignInCounted *row = &rows.items[at];
        const Str word = counted_word(row->event);
        const PersonId person = counted_person(scope, row);
        Person known;
        if (account_person_find(scope, person, &known)) {
            const bool is_them = row->event == SIGN_IN_AGAIN_REFUSED;
            counted_record(scope, tx, word, person, is_them ? person : (PersonId){0}, row->times);
        } else if (str_equal(word, STR("sign_in_asked"))) {
            asked += row->times;
        } else {
            refused += row->times;
        }
        if (!str_equal(word, STR("sign_in_asked"))) {
            log_line(LOG_INFO, "sign_in_refused", "event=%lld times=%lld blocks=%lld", (long long)row->event,
                     (long long)row->times, (long long)row->blocks);
        }
        (void)sign_in_count_drop(tx, row->hour, row->event, row->value_key, row->person);
    }
    if (asked > 0) {
        counted_record(scope, tx, STR("sign_in_asked"), (PersonId){0}, (PersonId){0}, asked);
    }
    if (refused > 0) {
        counted_record(scope, tx, STR("sign_in_refused"), (PersonId){0}, (PersonId){0}, refused);
    }
}
