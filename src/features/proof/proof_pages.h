/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of this folder share. */
#ifndef PROOF_PAGES_H
#define PROOF_PAGES_H

#include "features/proof/proof.h"
#include "features/proof/proof_view.h"
#include "platform/http/page.h"

/* The hidden fields that js/passkey.js fills, first in each form of a passkey. */
enum { SENT_CHALLENGE, SENT_ID, SENT_SAID, SENT_AUTHENTICATOR, SENT_SIGNATURE, SENT_FIELDS };
PasskeySent passkey_sent(const Scope *scope, const Input *input);

/* What to ask the browser; `person` none: whoever it is. */
PasskeyAsk passkey_ask(const Scope *scope, Reply *reply, PasskeyPurpose purpose);

/* The sentence for a result that is not PASSKEY_SHOWN. */
Text passkey_words(PasskeyResult result);

/* A session with a new token, on this device, and on to the person's first page. */
void door_open(Post *post, SignedIn *signed_in);

#endif
