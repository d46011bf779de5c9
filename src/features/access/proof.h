/* SPDX-License-Identifier: Apache-2.0 */
/* What was shown for a session, and what it is enough for.
 *
 * A mailbox or a phone is enough for one's own things. Whoever sees other people's things by a duty shows
 * more: a passkey, a passphrase together with a code of an app, a recovery code beside the mailbox, or a
 * link that the operator made by hand (who reads everything anyway). */
#ifndef PROOF_H
#define PROOF_H

#include "base/time.h"

#include <stdbool.h>

/* As bits; stored with a session: never renumber. */
typedef enum Proof {
    PROOF_MAILBOX = 1 << 0,
    PROOF_PHONE = 1 << 1,   /* a code by text message */
    PROOF_PASSKEY = 1 << 2, /* with finger, face or PIN */
    PROOF_PASSPHRASE = 1 << 3,
    PROOF_APP = 1 << 4,      /* a code of an authenticator app */
    PROOF_RECOVERY = 1 << 5, /* a code from paper, only ever beside a mailbox or phone */
    PROOF_OPERATOR = 1 << 6, /* a link by the operator's command */
} Proof;

/* For seeing by a duty what is other people's? */
static inline bool proof_is_enough(unsigned proofs) {
    const unsigned both = PROOF_PASSPHRASE | PROOF_APP;
    const bool reached = (proofs & (PROOF_MAILBOX | PROOF_PHONE)) != 0;
    return (proofs & (PROOF_PASSKEY | PROOF_OPERATOR)) != 0 || (proofs & both) == both ||
           (reached && (proofs & PROOF_RECOVERY) != 0);
}

/* How long after a proof a person can change what proves them, export, or give a duty. */
static const int64_t PROOF_FRESH_US = 10 * TIME_MINUTE;

#endif
