/* SPDX-License-Identifier: Apache-2.0 */
/* Setting, changing and taking away a person's own ways to show who they are. */
#include "features/proof/way.h"

#include "features/access/proof.h"
#include "features/account/account.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/passphrase.h"
#include "platform/totp/totp.h"
#include "proof_sql.h"
#include "texts.h"

enum { CODE_HALF = 5, NAME_LEAST = 4 };

Ways ways_of(const Scope *scope, PersonId person) {
    ProofWaysOf row = {0};
    (void)proof_ways_of(scope->db, person, scope->now, &row);
    return (Ways){.has_duty = row.duties > 0,
                  .passkeys = row.passkeys,
                  .has_passphrase = row.passphrases > 0,
                  .is_long = row.longs > 0,
                  .has_app = row.apps > 0,
                  .codes = row.codes};
}

bool ways_are_enough(const Ways *ways) {
    return ways->passkeys > 0 || (ways->has_passphrase && ways->has_app);
}

/* Would a duty be left without a way? */
static bool is_last(const Ways *before, const Ways *after) {
    return before->has_duty && ways_are_enough(before) && !ways_are_enough(after);
}

/* ---- a passphrase ---- */

static bool holds(const Scope *scope, Str lower, Str part) {
    return part.length >= NAME_LEAST && str_contains(lower, str_lower_ascii(scope->arena, part));
}

/* Is it little more than the person's own name or mail address? What remains must be enough for itself. */
static bool is_about_oneself(const Scope *scope, Str passphrase) {
    Person person;
    const Str lower = str_lower_ascii(scope->arena, passphrase);
    if (account_person_find(scope, scope->actor, &person) && holds(scope, lower, person.called) &&
        passphrase.length < person.called.length + PASSPHRASE_LEAST) {
        return true;
    }
    const ContactPoints points = account_contact_points(scope, scope->actor);
    for (size_t at = 0; at < points.count; at++) {
        Str name = STR_NONE;
        Str rest = STR_NONE;
        str_cut(str_trim(points.items[at].value), '@', &name, &rest);
        if (holds(scope, lower, name) &&
            passphrase.length < points.items[at].value.length + PASSPHRASE_LEAST) {
            return true;
        }
    }
    return false;
}

bool passphrase_wants_current(const Scope *scope, const Ways *ways) {
    return ways->has_passphrase && (scope->proofs & (PROOF_RECOVERY | PROOF_OPERATOR)) == 0;
}

PassphraseJudgment passphrase_judge(const Scope *scope, Str passphrase) {
    const size_t characters = str_characters(passphrase);
    if (characters < PASSPHRASE_LEAST) {
        return PASSPHRASE_SHORT;
    }
    if (characters > PASSPHRASE_MOST) {
        return PASSPHRASE_LONG;
    }
    if (characters < PASSPHRASE_LEAST_ALONE && !ways_of(scope, scope->actor).has_app) {
        return PASSPHRASE_SHORT_ALONE;
    }
    return passphrase_is_common(scope->arena, passphrase) || is_about_oneself(scope, passphrase)
               ? PASSPHRASE_COMMON
               : PASSPHRASE_FINE;
}

void passphrase_set(const Scope *scope, Tx *tx, Str hash, bool is_long) {
    if (ways_of(scope, scope->actor).has_passphrase) {
        session_end_others(scope, tx);
    }
    passphrase_keep(tx, scope->actor, hash, is_long, scope->now);
    account_tell_recorded(scope, tx, scope->actor, TEXT_PROOF_NEWS_PASSPHRASE, STR("passphrase_set"));
}

WayDropped passphrase_remove(const Scope *scope, Tx *tx) {
    const Ways before = ways_of(scope, scope->actor);
    Ways after = before;
    after.has_passphrase = after.is_long = false;
    if (is_last(&before, &after)) {
        return WAY_LAST;
    }
    if (passphrase_drop(tx, scope->actor) == 0) {
        return WAY_NONE;
    }
    session_end_others(scope, tx);
    account_tell_recorded(scope, tx, scope->actor, TEXT_PROOF_NEWS_PASSPHRASE_GONE,
                          STR("passphrase_removed"));
    return WAY_DROPPED;
}

/* ---- an authenticator app ---- */

void app_begin(const Scope *scope, Tx *tx) {
    AuthenticatorOf row;
    if (authenticator_of(scope->db, scope->actor, &row)) {
        if (!time_is_none(row.confirmed_at)) {
            return;
        }
        authenticator_drop(tx, scope->actor);
    }
    authenticator_add(tx, (AuthenticatorId){random_id(scope->random)}, scope->actor,
                      totp_secret(scope->arena, scope->random), scope->now);
}

bool app_waiting(const Scope *scope, Str *ret_secret) {
    AuthenticatorOf row;
    if (!authenticator_of(scope->db, scope->actor, &row) || !time_is_none(row.confirmed_at)) {
        return false;
    }
    *ret_secret = row.secret;
    return true;
}

static AppResult code_check(const Scope *scope, Tx *tx, const AuthenticatorOf *app, Str code,
                            int64_t *ret_minutes) {
    int64_t step = 0;
    switch (totp_check(scope->arena, app->secret, scope->now, app->last_step, code, &step)) {
    case TOTP_FITS:
        return authenticator_use(tx, app->id, step) == 1 ? APP_FITS : APP_USED;
    case TOTP_USED:
        return APP_USED;
    case TOTP_SKEWED: {
        const int64_t steps = step - totp_step(scope->now);
        *ret_minutes = ((steps < 0 ? -steps : steps) + 1) / 2;
        return APP_CLOCK;
    }
    case TOTP_WRONG:
        break;
    }
    return APP_WRONG;
}

AppResult app_confirm(const Scope *scope, Tx *tx, Str code, int64_t *ret_minutes) {
    AuthenticatorOf row;
    if (!authenticator_of(scope->db, scope->actor, &row) || !time_is_none(row.confirmed_at)) {
        return APP_WRONG;
    }
    const AppResult result = code_check(scope, tx, &row, code, ret_minutes);
    if (result == APP_FITS) {
        authenticator_confirm(tx, row.id, scope->now);
        account_tell_recorded(scope, tx, scope->actor, TEXT_PROOF_NEWS_APP, STR("app_set"));
    }
    return result;
}

AppResult app_check(const Scope *scope, Tx *tx, PersonId person, Str code, int64_t *ret_minutes) {
    AuthenticatorOf row;
    if (!authenticator_of(scope->db, person, &row) || time_is_none(row.confirmed_at)) {
        return APP_WRONG;
    }
    return code_check(scope, tx, &row, code, ret_minutes);
}

WayDropped app_remove(const Scope *scope, Tx *tx) {
    const Ways before = ways_of(scope, scope->actor);
    Ways after = before;
    after.has_app = false;
    if (is_last(&before, &after)) {
        return WAY_LAST;
    }
    if (before.has_app && before.has_passphrase && !before.is_long) {
        return WAY_SHORT;
    }
    if (authenticator_drop(tx, scope->actor) == 0) {
        return WAY_NONE;
    }
    session_end_others(scope, tx);
    account_tell_recorded(scope, tx, scope->actor, TEXT_PROOF_NEWS_APP_GONE, STR("app_removed"));
    return WAY_DROPPED;
}

/* ---- recovery codes ---- */

static Str recovery_hash(const Scope *scope, PersonId person, Str code) {
    const Str text = str_print(scope->arena, "%lld/%.*s", (long long)person.value, STR_ARGS(code));
    return crypto_hash_raw(scope->arena, scope->config->secret, STR("recovery code"), text);
}

Strs recovery_make(const Scope *scope, Tx *tx) {
    Str *codes = NEW_MANY(scope->arena, RECOVERY_CODES, Str);
    if (recovery_code_drop(tx, scope->actor) > 0) {
        session_end_others(scope, tx);
    }
    for (size_t at = 0; at < RECOVERY_CODES; at++) {
        const Str code = crypto_code(scope->arena, scope->random, (size_t)2 * CODE_HALF);
        recovery_code_add(tx, (RecoveryCodeId){random_id(scope->random)}, scope->actor,
                          recovery_hash(scope, scope->actor, code), scope->now);
        codes[at] = str_print(scope->arena, "%.*s-%.*s", STR_ARGS(str_part(code, 0, CODE_HALF)),
                              STR_ARGS(str_part(code, CODE_HALF, CODE_HALF)));
    }
    account_tell_recorded(scope, tx, scope->actor, TEXT_PROOF_NEWS_CODES, STR("recovery_codes_made"));
    return (Strs){.items = codes, .count = RECOVERY_CODES};
}

bool recovery_use(const Scope *scope, Tx *tx, PersonId person, Str code) {
    Buf clean = buf_new(scope->arena, 256);
    for (size_t at = 0; at < code.length && clean.length < 64; at++) {
        if (code.at[at] != ' ' && code.at[at] != '-') {
            buf_add_char(&clean, code.at[at]);
        }
    }
    const Str lower = str_lower_ascii(scope->arena, buf_str(&clean));
    if (recovery_code_use(tx, person, recovery_hash(scope, person, lower), scope->now) != 1) {
        return false;
    }
    account_tell_recorded(scope, tx, person, TEXT_PROOF_NEWS_CODE_USED, STR("recovery_code_used"));
    return true;
}
