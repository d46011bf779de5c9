/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own ways to show who they are: passphrase, authenticator app, recovery codes, passkeys; setting,
 * changing and taking them away.
 *
 * Whoever holds a duty keeps at least one way that is enough for it (features/access/proof.h) once there is
 * one. Every change is told by mail, and what is changed or taken away ends the person's other sessions: they
 * may have come in by it. Callers have seen to it that the person showed who this is a moment
 * ago (routes marked `fresh`). */
#ifndef WAY_H
#define WAY_H

#include "platform/scope.h"

enum { RECOVERY_CODES = 10, PASSKEYS_MOST = 10 };

typedef struct Ways {
    bool has_duty;
    int64_t passkeys; /* that count */
    bool has_passphrase;
    bool is_long;  /* the passphrase is enough without an app, for people without a duty */
    bool has_app;  /* confirmed */
    int64_t codes; /* recovery codes left */
} Ways;
Ways ways_of(const Scope *scope, PersonId person);
/* Is one of them enough for a duty? */
bool ways_are_enough(const Ways *ways);

/* ---- a passphrase ---- */

typedef enum PassphraseJudgment {
    PASSPHRASE_FINE,
    PASSPHRASE_SHORT_ALONE, /* needs PASSPHRASE_LEAST_ALONE characters, or an app beside it */
    PASSPHRASE_SHORT,       /* under PASSPHRASE_LEAST */
    PASSPHRASE_LONG,        /* over PASSPHRASE_MOST */
    PASSPHRASE_COMMON,      /* on the list, or made of the person's own name or mail address */
} PassphraseJudgment;
/* Must the one that is set be told to set another? Not by whoever came in by a code from paper or a link of
 * the operator's: that is the way of those who forgot it. */
bool passphrase_wants_current(const Scope *scope, const Ways *ways);
PassphraseJudgment passphrase_judge(const Scope *scope, Str passphrase);
/* Keeps the hash that passphrase_hash() made of a passphrase that was judged fine. */
void passphrase_set(const Scope *scope, Tx *tx, Str hash, bool is_long);

typedef enum WayDropped {
    WAY_DROPPED,
    WAY_LAST,  /* a duty needs it: set up another first */
    WAY_SHORT, /* without the app the passphrase is too short */
    WAY_NONE,  /* there is none, or it is not this person's */
} WayDropped;
WayDropped passphrase_remove(const Scope *scope, Tx *tx);

/* ---- an authenticator app ---- */

/* A fresh secret that waits for its first code; one that waits already is replaced. Nothing when the person
 * has an app: it must be taken away first. */
void app_begin(const Scope *scope, Tx *tx);
/* The secret that waits; false when none does. */
bool app_waiting(const Scope *scope, Str *ret_secret);

typedef enum AppResult {
    APP_FITS,
    APP_USED,  /* right, but used already: the next one comes within half a minute */
    APP_CLOCK, /* a clock is wrong, by *ret_minutes */
    APP_WRONG,
} AppResult;
/* The first code. */
AppResult app_confirm(const Scope *scope, Tx *tx, Str code, int64_t *ret_minutes);
/* A later one, of any person's confirmed app; APP_WRONG without an app. */
AppResult app_check(const Scope *scope, Tx *tx, PersonId person, Str code, int64_t *ret_minutes);
WayDropped app_remove(const Scope *scope, Tx *tx);

/* ---- passkeys: adding stands in proof.h ---- */

WayDropped passkey_remove(const Scope *scope, Tx *tx, PasskeyId passkey);

/* ---- recovery codes ---- */

/* Ten new ones, for showing once; the old end. Lives in the arena. */
Strs recovery_make(const Scope *scope, Tx *tx);
/* Uses one up; false when it is none of theirs, or used. Letters in either case; spaces and dashes do not
 * matter. */
bool recovery_use(const Scope *scope, Tx *tx, PersonId person, Str code);

#endif
