/* SPDX-License-Identifier: Apache-2.0 */
/* What a person shares, as they see and switch it: one list, one tap to stop, one to start again.
 *
 * The ledger is features/consent's; here is what follows. Stopping with those who coordinate lets the request
 * rest: nobody looks for anyone then; a walk under way goes on between the two. Stopping with the supporter
 * pauses the walk, or takes the question back that was still open. Starting again undoes just that. */
#ifndef SHARING_H
#define SHARING_H

#include "features/consent/consent.h"

/* The actor, whose it is, stops it, and rests what stood on it. */
ConsentResult sharing_stop(Scope *scope, Tx *tx, ConsentId id);
/* The actor gives it again as it is read now, and what rested for it goes on. *ret_consent is the new one. */
ConsentResult sharing_start(Scope *scope, Tx *tx, ConsentId id, ConsentId *ret_consent);

/* The actor narrows or widens what holds: a new one of these items in its place, read now. Nothing rests and
 * nothing else changes. */
ConsentResult sharing_give_items(Scope *scope, Tx *tx, ConsentId id, unsigned items, ConsentId *ret_consent);

/* In the jobs process: whoever's sharing ends within a month is told once that there is news; what it is,
 * their page says. */
void sharing_tell_ending(Scope *scope, Tx *tx);

/* What rested for such a consent goes on, now that one like it is in force. */
void sharing_go_on(const Scope *scope, Tx *tx, const Consent *consent);

#endif
