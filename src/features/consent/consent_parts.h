/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the ledger share: how words are put together and kept, and how a row comes in. */
#ifndef CONSENT_PARTS_H
#define CONSENT_PARTS_H

#include "consent_sql.h"
#include "features/consent/consent.h"

enum { CONSENT_WORDS_MOST = 8192 };

/* Stand in the kept words where a name, or somebody's own words, were read: which that is stands in the
 * consent. A person's name is their own, to be changed by them and gone with them; what was written of an
 * organization is sealed. */
#define CONSENT_NAME_MARK STR("{name}")
#define CONSENT_WHOM_MARK STR("{whom}")
#define CONSENT_WHY_MARK STR("{why}")

Str consent_paragraphs(Arena *arena, const Str *parts, size_t count);
/* "My name; My request, in my words." */
Str consent_items_sentence(const Scope *scope, unsigned items);
/* What a consent carries: of what can be given, what was picked (0: all) and what is needed. */
unsigned consent_items_of(ConsentTo to, unsigned picked);

/* A row of the ledger, given now, of these words; until_at TIME_NONE: for the longest there is. In force at
 * once, unless its person is young and a parent has to sign too. */
ConsentId consent_give(const Scope *scope, Tx *tx, const ConsentInsert *consent, Str words);

/* ---- consent_paper.c ---- */

/* One like this in its place: of these items, until the same day. */
ConsentResult consent_paper_like(const Scope *scope, Tx *tx, const Consent *like, unsigned items,
                                 ConsentId *ret_consent);
/* One like this in its place, for as many days as it was given for. */
ConsentResult consent_paper_again(const Scope *scope, Tx *tx, const Consent *like, ConsentId *ret_consent);
/* What is read before either. */
Str consent_paper_words_of(const Scope *scope, const Consent *consent, unsigned items);
Str consent_paper_words_again(const Scope *scope, const Consent *consent);

#endif
