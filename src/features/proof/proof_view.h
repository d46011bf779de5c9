/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of signing in and of one's own ways to sign in show. */
#ifndef PROOF_VIEW_H
#define PROOF_VIEW_H

#include "features/proof/way.h"
#include "platform/qr/qr.h"
#include "proof_sql.h"
#include "ui/ui.h"

/* What the script needs for asking the browser for a passkey. */
typedef struct PasskeyAsk {
    Str challenge;
    Str site; /* relying party */
    /* credentials by comma: to choose from when signing in, to leave out when adding; may be empty */
    Str known;
    Str user; /* adding: a handle that tells nothing, and what to call the person */
    Str called;
} PasskeyAsk;

typedef struct DoorPage {
    Layout layout;
    const Form *form;
    PasskeyAsk passkey;
    Text problem; /* with a passkey; TEXT_NONE: none */
} DoorPage;

typedef struct PassphraseDoorPage {
    Layout layout;
    const Form *form;
    int64_t minutes; /* by how much a clock is wrong; 0: it is not */
} PassphraseDoorPage;

/* A form that waits until the person has shown who this is. */
typedef struct HeldPairs {
    const Pair *items;
    size_t count;
} HeldPairs;
typedef struct Held {
    Str back; /* the page or form's address, a path */
    bool is_form;
    HeldPairs pairs;
} Held;

typedef struct ProvePage {
    Layout layout;
    Held held;
    Ways ways;
    bool wants_setting_up; /* a duty, and no way yet that is enough for it */
    bool takes_passkey, takes_passphrase, takes_code, takes_recovery;
    bool code_is_sent;
    Str mail; /* where the code goes */
    PasskeyAsk passkey;
    const Form *passphrase;
    const Form *code;
    const Form *recovery;
    Text problem; /* with a passkey */
    int64_t minutes;
} ProvePage;

typedef struct GoOnPage {
    Layout layout;
    Held held;
} GoOnPage;

typedef struct WaysPage {
    Layout layout;
    Ways ways;
    bool wants_setting_up;
    PasskeyListRows passkeys;
} WaysPage;

typedef struct PassphrasePage {
    Layout layout;
    const Form *form;
    Ways ways;
    bool wants_current; /* the one that is set must be told */
} PassphrasePage;

typedef struct AppPage {
    Layout layout;
    const Form *form;
    Ways ways;
    bool is_waiting; /* a secret waits for its first code */
    Str secret;      /* as text */
    Qr qr;
    int64_t minutes;
} AppPage;

typedef struct PasskeyPage {
    Layout layout;
    const Form *form;
    PasskeyAsk passkey;
    Text problem;
} PasskeyPage;

typedef struct RecoveryPage {
    Layout layout;
    Strs codes; /* empty: not made yet */
    Ways ways;
} RecoveryPage;

#endif
