/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of showing who one is by passphrase, app and recovery code. */
#include "features/proof/proof.h"

#include "features/access/proof.h"
#include "features/account/sign_in_record.h"
#include "features/proof/way.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/passphrase.h"
#include "proof_sql.h"

static const int64_t TRIES_MOST = 10;
static const int64_t TRIES_SPAN_US = 15 * TIME_MINUTE;

static Str who_hash(const Scope *scope, Str who) {
    return crypto_hash_raw(scope->arena, scope->config->secret, STR("proof try"), who);
}

static Str who_is_acting(const Scope *scope) {
    return who_hash(scope, str_print(scope->arena, "%lld", (long long)scope->actor.value));
}

static bool is_late(const Scope *scope, Str who) {
    ProofTryCount row = {0};
    return proof_try_count(scope->db, who, time_before(scope->now, TRIES_SPAN_US), scope->now, &row) &&
           row.tries >= TRIES_MOST;
}

static ProofResult wrong(const Scope *scope, Tx *tx, Str who) {
    proof_try_add(tx, (ProofTryId){random_id(scope->random)}, who, scope->now);
    return PROOF_WRONG;
}

/* For the person to read, and the operator: whoever it was, known or not. */
static void count_refused(const Scope *scope, Tx *tx, const PassphraseTried *tried) {
    const bool is_door = !str_is_none(tried->mail_key);
    sign_in_count(scope, tx, is_door ? SIGN_IN_PASSPHRASE_REFUSED : SIGN_IN_AGAIN_REFUSED, tried->mail_key,
                  is_door ? (PersonId){0} : tried->person);
}

PassphraseTried passphrase_try_mail(const Scope *scope, Str mail, Str passphrase) {
    const Str mail_key = account_value_index(db_keys(scope->db), scope->arena, CONTACT_POINT_MAIL, mail);
    PassphraseTried tried = {.who_hash = who_hash(scope, mail_key), .mail_key = mail_key, .hash = STR_NONE};
    tried.is_late = is_late(scope, tried.who_hash);
    if (tried.is_late) {
        return tried;
    }
    const PassphraseOfMailRows rows = passphrase_of_mail(scope->db, mail_key);
    if (rows.count > 0) {
        tried.person = rows.items[0].person;
        tried.hash = rows.items[0].hash;
        tried.is_long = rows.items[0].is_long;
    }
    tried.fits = passphrase_fits(scope->arena, tried.hash, passphrase);
    return tried;
}

PassphraseTried passphrase_try_again(const Scope *scope, Str passphrase) {
    PassphraseTried tried = {
        .who_hash = who_is_acting(scope), .mail_key = STR_NONE, .hash = STR_NONE, .person = scope->actor};
    tried.is_late = is_late(scope, tried.who_hash);
    if (tried.is_late) {
        return tried;
    }
    PassphraseOf row;
    if (passphrase_of(scope->db, scope->actor, &row)) {
        tried.hash = row.hash;
        tried.is_long = row.is_long;
    }
    tried.fits = passphrase_fits(scope->arena, tried.hash, passphrase);
    return tried;
}

/* Still the one that was tried? Between the halves somebody may have changed it. */
static bool is_still(const Scope *scope, const PassphraseTried *tried) {
    PassphraseOf row;
    return passphrase_of(scope->db, tried->person, &row) && str_equal(row.hash, tried->hash);
}

static ProofResult passphrase_judge_tried(const Scope *scope, Tx *tx, const PassphraseTried *tried, Str code,
                                          SignedIn *ret_signed_in, int64_t *ret_minutes) {
    if (tried->is_late) {
        return PROOF_LATER;
    }
    /* The same statements whether the mailbox is unknown (person 0) or only the passphrase is wrong. */
    const bool stands = is_still(scope, tried);
    if (!tried->fits || !stands) {
        return wrong(scope, tx, tried->who_hash);
    }
    unsigned proofs = PROOF_PASSPHRASE;
    const Ways ways = ways_of(scope, tried->person);
    if (ways.has_app) {
        switch (app_check(scope, tx, tried->person, code, ret_minutes)) {
        case APP_FITS:
            proofs |= PROOF_APP;
            break;
        case APP_USED:
            (void)wrong(scope, tx, tried->who_hash);
            return PROOF_CODE_USED;
        case APP_CLOCK:
            (void)wrong(scope, tx, tried->who_hash);
            return PROOF_CLOCK;
        case APP_WRONG:
            return wrong(scope, tx, tried->who_hash);
        }
    } else if (!tried->is_long) {
        return wrong(scope, tx, tried->who_hash);
    }
    *ret_signed_in = (SignedIn){.person = tried->person, .mail_key = STR_NONE, .proofs = proofs};
    return PROOF_SHOWN;
}

ProofResult passphrase_finish(const Scope *scope, Tx *tx, const PassphraseTried *tried, Str code,
                              SignedIn *ret_signed_in, int64_t *ret_minutes) {
    const ProofResult result = passphrase_judge_tried(scope, tx, tried, code, ret_signed_in, ret_minutes);
    if (result != PROOF_SHOWN) {
        count_refused(scope, tx, tried);
    }
    return result;
}

ProofResult passphrase_confirm(const Scope *scope, Tx *tx, const PassphraseTried *tried) {
    if (!tried->is_late && tried->fits && is_still(scope, tried)) {
        return PROOF_SHOWN;
    }
    count_refused(scope, tx, tried);
    return tried->is_late ? PROOF_LATER : wrong(scope, tx, tried->who_hash);
}

ProofResult recovery_finish(const Scope *scope, Tx *tx, Str code) {
    const Str who = who_is_acting(scope);
    if (is_late(scope, who)) {
        sign_in_count(scope, tx, SIGN_IN_AGAIN_REFUSED, STR_NONE, scope->actor);
        return PROOF_LATER;
    }
    /* It never stands for the mailbox, only beside it. */
    if ((scope->proofs & (PROOF_MAILBOX | PROOF_PHONE)) == 0 ||
        !recovery_use(scope, tx, scope->actor, code)) {
        sign_in_count(scope, tx, SIGN_IN_AGAIN_REFUSED, STR_NONE, scope->actor);
        return wrong(scope, tx, who);
    }
    return PROOF_SHOWN;
}

void proof_clean_up(Scope *scope, Tx *tx) {
    proof_try_forget(tx, time_before(scope->now, TIME_HOUR));
    passkey_answered_forget(tx, time_before(scope->now, TIME_DAY));
}
