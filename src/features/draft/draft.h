/* SPDX-License-Identifier: Apache-2.0 */
/* What a visitor has answered so far, kept on our side until it is sent or a day has passed.
 *
 * A draft belongs to a browser, not to a person: it lies under a keyed hash of the secret that only that
 * browser carries (`visit`, of reply_visit()), and sealed under another, so that nobody who reads the table
 * can tell whose it is or what it says. It lives for 24 hours after the last change; an older one does not
 * exist, also before it is cleaned up. */
#ifndef DRAFT_H
#define DRAFT_H

#include "platform/scope.h"

/* The answers as draft_keep() got them; STR_NONE when there is no draft. */
Str draft_answers(const Scope *scope, Str visit);
/* Keeps the answers, in place of those before. At most 64 KiB. */
void draft_keep(const Scope *scope, Tx *tx, Str visit, Str answers);
void draft_delete(const Scope *scope, Tx *tx, Str visit);

/* Deletes the drafts whose day is over. */
void draft_clean_up(Scope *scope, Tx *tx);

#endif
