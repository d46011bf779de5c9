/* SPDX-License-Identifier: Apache-2.0 */
/* The second signature: how a parent signs with a young person, stops it, and is needed no more.
 *
 * A consent that waits for a parent opens nothing to anybody: it has no row in `sharing`. When the last
 * signature comes, it holds with the next page, and what rested for it goes on. */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include "features/guardian/guardian.h"

/* What the parent reads and signs, as paragraphs in the scope's language: what waits for them, and that it
 * holds for whomever the young person chooses. No word of the young person's but the name is in it. */
Str signature_words(const Scope *scope, const GuardianLink *link);

typedef enum SignatureResult {
    SIGNATURE_DONE,
    SIGNATURE_OWN,     /* whoever acts is the young person */
    SIGNATURE_NOTHING, /* nothing waits any more; nothing was written */
} SignatureResult;

/* The parent signs all that waits, by an open link, which is used up. */
SignatureResult signature_give(Scope *scope, Tx *tx, const GuardianLink *link, PersonId parent, Str words);
/* The parent says no: the link is used up, and the young person is told that there is news. */
void signature_say_no(Scope *scope, Tx *tx, const GuardianLink *link);
/* The parent stops all that they signed for this young person; false: it had ended before. */
bool signature_stop(Scope *scope, Tx *tx, GuardianId id);

/* In the jobs process: whoever signs alone by now, by age or by a rule that changed, needs no parent from
 * here on. */
void signature_come_of_age(Scope *scope, Tx *tx);

#endif
