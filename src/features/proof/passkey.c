/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of passkeys: which challenge counts, whose key it is, and what its counter tells. */
#include "features/access/proof.h"
#include "features/account/sign_in_record.h"
#include "features/proof/proof.h"
#include "features/proof/way.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/webauthn/webauthn.h"
#include "proof_sql.h"
#include "texts.h"

static Str purpose_words(const Scope *scope, PasskeyPurpose purpose, Str visit) {
    static const char *const names[] = {
        [PASSKEY_SIGN_IN] = "sign in", [PASSKEY_ADD] = "add", [PASSKEY_AGAIN] = "again"};
    const int64_t person = purpose == PASSKEY_SIGN_IN ? 0 : scope->actor.value;
    return str_print(scope->arena, "%s/%lld/%.*s", names[purpose], (long long)person, STR_ARGS(visit));
}

Str passkey_challenge(const Scope *scope, PasskeyPurpose purpose, Str visit) {
    return webauthn_challenge(scope->arena, scope->random, scope->config->secret,
                              purpose_words(scope, purpose, visit), scope->now);
}

/* May this challenge be answered? From here on it may not again, whatever comes of it. */
static PasskeyResult challenge_spend(const Scope *scope, Tx *tx, PasskeyPurpose purpose, Str visit,
                                     Str challenge) {
    switch (webauthn_challenge_check(scope->arena, scope->config->secret,
                                     purpose_words(scope, purpose, visit), scope->now, challenge)) {
    case WEBAUTHN_CHALLENGE_LIVES:
        break;
    case WEBAUTHN_CHALLENGE_OLD:
    case WEBAUTHN_CHALLENGE_OTHER:
        return PASSKEY_OVER;
    }
    const Str hash = crypto_hash_raw(scope->arena, scope->config->secret, STR("answered"), challenge);
    return passkey_answer(tx, hash, scope->now) == 1 ? PASSKEY_SHOWN : PASSKEY_OVER;
}

static PasskeyResult stop(const Scope *scope, Tx *tx, const PasskeyByCredential *row) {
    passkey_stop(tx, row->id, scope->now);
    session_end_all(tx, row->person); /* whoever has the copy may be in already */
    account_tell_recorded(scope, tx, row->person, TEXT_PROOF_NEWS_PASSKEY_STOPPED, STR("passkey_stopped"));
    return PASSKEY_STOPPED;
}

/* *ret_owner: whose key it is, none while that is not known. */
static PasskeyResult judge(const Scope *scope, Tx *tx, PasskeyPurpose purpose, Str visit,
                           const PasskeySent *sent, PersonId *ret_owner, SignedIn *ret_signed_in) {
    const PasskeyResult spent = challenge_spend(scope, tx, purpose, visit, sent->challenge);
    if (spent != PASSKEY_SHOWN) {
        return spent;
    }
    PasskeyByCredential row;
    const Str credential = webauthn_bytes(scope->arena, sent->id);
    if (str_is_empty(credential) || !passkey_by_credential(scope->db, credential, &row)) {
        return PASSKEY_WRONG;
    }
    *ret_owner = row.person;
    if (!time_is_none(row.stopped_at) ||
        (purpose == PASSKEY_AGAIN && !person_id_equal(row.person, scope->actor))) {
        return PASSKEY_WRONG;
    }
    const WebauthnSite site = webauthn_site(scope->arena, scope->config->origin);
    const WebauthnKey key = {
        .id = credential, .public_key = row.public_key, .algorithm = row.algorithm, .uses = row.uses};
    const WebauthnAnswer answer = {
        .said = sent->said, .authenticator = sent->authenticator, .signature = sent->signature};
    int64_t uses = 0;
    if (webauthn_verify(scope->arena, &site, sent->challenge, &key, &answer, &uses) != WEBAUTHN_FITS) {
        return PASSKEY_WRONG;
    }
    /* Keys that many devices share keep no counter and always say 0. */
    const bool goes_on = uses > row.uses || (uses == 0 && row.uses == 0);
    if (!goes_on || passkey_use(tx, row.id, row.uses, uses, scope->now) != 1) {
        return stop(scope, tx, &row);
    }
    *ret_signed_in = (SignedIn){.person = row.person, .mail_key = STR_NONE, .proofs = PROOF_PASSKEY};
    return PASSKEY_SHOWN;
}

PasskeyResult passkey_finish(const Scope *scope, Tx *tx, PasskeyPurpose purpose, Str visit,
                             const PasskeySent *sent, SignedIn *ret_signed_in) {
    PersonId owner = {0};
    const PasskeyResult result = judge(scope, tx, purpose, visit, sent, &owner, ret_signed_in);
    if (result != PASSKEY_SHOWN) {
        const bool is_again = purpose == PASSKEY_AGAIN;
        sign_in_count(scope, tx, is_again ? SIGN_IN_AGAIN_REFUSED : SIGN_IN_PASSKEY_REFUSED, STR_NONE,
                      is_again ? scope->actor : owner);
    }
    return result;
}

PasskeyResult passkey_add(const Scope *scope, Tx *tx, Str visit, const PasskeySent *sent, Str name) {
    const PasskeyResult spent = challenge_spend(scope, tx, PASSKEY_ADD, visit, sent->challenge);
    if (spent != PASSKEY_SHOWN) {
        return spent;
    }
    if (passkey_list(scope->db, scope->actor).count >= PASSKEYS_MOST) {
        return PASSKEY_FULL;
    }
    const WebauthnSite site = webauthn_site(scope->arena, scope->config->origin);
    const WebauthnNew answer = {.said = sent->said, .attestation = sent->authenticator};
    WebauthnKey key;
    if (webauthn_register(scope->arena, &site, sent->challenge, &answer, &key) != WEBAUTHN_FITS) {
        return PASSKEY_WRONG;
    }
    if (passkey_insert(tx, &(PasskeyInsert){.id = {random_id(scope->random)},
                                            .person = scope->actor,
                                            .credential = key.id,
                                            .public_key = key.public_key,
                                            .algorithm = key.algorithm,
                                            .uses = key.uses,
                                            .name = name,
                                            .now = scope->now}) != 1) {
        return PASSKEY_KNOWN;
    }
    account_tell_recorded(scope, tx, scope->actor, TEXT_PROOF_NEWS_PASSKEY, STR("passkey_added"));
    return PASSKEY_SHOWN;
}

bool passkey_change_name(const Scope *scope, Tx *tx, PasskeyId passkey, Str name) {
    return passkey_rename(tx, passkey, scope->actor, name) == 1;
}

WayDropped passkey_remove(const Scope *scope, Tx *tx, PasskeyId passkey) {
    const Ways ways = ways_of(scope, scope->actor);
    const PasskeyListRows keys = passkey_list(scope->db, scope->actor);
    for (size_t at = 0; at < keys.count; at++) {
        if (!passkey_id_equal(keys.items[at].id, passkey)) {
            continue;
        }
        const bool counts = time_is_none(keys.items[at].stopped_at);
        const bool has_other = ways.passkeys > 1 || (ways.has_passphrase && ways.has_app);
        if (counts && ways.has_duty && !has_other) {
            return WAY_LAST;
        }
        passkey_drop(tx, passkey, scope->actor);
        session_end_others(scope, tx);
        account_tell_recorded(scope, tx, scope->actor, TEXT_PROOF_NEWS_PASSKEY_GONE, STR("passkey_removed"));
        return WAY_DROPPED;
    }
    return WAY_NONE;
}
