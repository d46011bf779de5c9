/* SPDX-License-Identifier: Apache-2.0 */
/* Showing who one is: at the door, and again before what matters.
 *
 * Whoever asks gets the same answer and costs the same work whether or not the mailbox is known or has a
 * passphrase. Ten wrong tries in a quarter of an hour are the most for one mailbox or person; then only
 * waiting helps, or another way. A wrong try must be kept (reply_keep_changes). */
#ifndef FEATURES_PROOF_H
#define FEATURES_PROOF_H

#include "features/account/account.h"

typedef enum ProofResult {
    PROOF_SHOWN,
    PROOF_WRONG,     /* not told what exactly: mailbox, passphrase or code */
    PROOF_CODE_USED, /* the passphrase is right, the app's code was used already */
    PROOF_CLOCK,     /* the passphrase is right, a clock is wrong by *ret_minutes */
    PROOF_LATER,     /* too many wrong tries */
} ProofResult;

/* ---- by passphrase, in two halves: the hash is made while no write transaction is open ---- */

typedef struct PassphraseTried {
    bool is_late; /* too many tries: nothing was hashed */
    bool fits;
    PersonId person;
    Str hash; /* that it was held against */
    bool is_long;
    Str who_hash;
    Str mail_key; /* that was typed at the door; none where somebody signed in shows it again */
} PassphraseTried;

/* Somebody at the door says to be reached at this mailbox. */
PassphraseTried passphrase_try_mail(const Scope *scope, Str mail, Str passphrase);
/* The scope's actor, again. */
PassphraseTried passphrase_try_again(const Scope *scope, Str passphrase);
/* The second half, with the code of an app where the person has one; *ret_signed_in only for PROOF_SHOWN. */
ProofResult passphrase_finish(const Scope *scope, Tx *tx, const PassphraseTried *tried, Str code,
                              SignedIn *ret_signed_in, int64_t *ret_minutes);

/* Is it the passphrase that counts now? For changing it: PROOF_SHOWN, PROOF_WRONG or PROOF_LATER. */
ProofResult passphrase_confirm(const Scope *scope, Tx *tx, const PassphraseTried *tried);

/* ---- by a recovery code, beside a mailbox or phone that the session has shown ---- */

ProofResult recovery_finish(const Scope *scope, Tx *tx, Str code);

/* ---- by a passkey ---- */

typedef enum PasskeyPurpose { PASSKEY_SIGN_IN, PASSKEY_ADD, PASSKEY_AGAIN } PasskeyPurpose;

/* A challenge for this browser (and, for all but signing in, this person). */
Str passkey_challenge(const Scope *scope, PasskeyPurpose purpose, Str visit);

typedef struct PasskeySent {
    Str challenge;
    Str id;
    Str said;          /* clientDataJSON */
    Str authenticator; /* signing in: authenticatorData; adding: the attestation object */
    Str signature;
} PasskeySent; /* base64url, as the page's script sends it */

typedef enum PasskeyResult {
    PASSKEY_SHOWN,
    PASSKEY_OVER,  /* too old, or answered before: load the page again */
    PASSKEY_WRONG, /* not one we know, not from here, or not verified */
    /* its counter went back, so a copy may exist: it no longer counts, and the person was told */
    PASSKEY_STOPPED,
    PASSKEY_FULL,  /* adding: there are PASSKEYS_MOST already */
    PASSKEY_KNOWN, /* adding: it is there already */
} PasskeyResult;

/* Signs in, or shows again that this is the actor. */
PasskeyResult passkey_finish(const Scope *scope, Tx *tx, PasskeyPurpose purpose, Str visit,
                             const PasskeySent *sent, SignedIn *ret_signed_in);
/* Adds one to the actor's. An empty name becomes the device's. */
PasskeyResult passkey_add(const Scope *scope, Tx *tx, Str visit, const PasskeySent *sent, Str name);
bool passkey_change_name(const Scope *scope, Tx *tx, PasskeyId passkey, Str name);

/* Forgets tries and answered challenges that no longer matter. */
void proof_clean_up(Scope *scope, Tx *tx);

#endif
