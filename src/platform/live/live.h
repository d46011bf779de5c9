/* SPDX-License-Identifier: Apache-2.0 */
/* Telling people's open pages that there is something new, as part of the change that made it so.
 *
 * What is told is only "look again": a kind and an object that the person may know, never what stands there.
 * Nothing leaves before the transaction is committed, and nothing at all when it is rolled back. It is a
 * hint: it may get lost, it never fails and never waits, and the page's own state is the truth. A command of
 * the command line on SQLite tells nobody, on PostgreSQL whoever serves the same database.
 *
 * How it travels: doc/decisions/0030-live.md. */
#ifndef LIVE_H
#define LIVE_H

#include "ids.h"
#include "platform/db/db.h"

enum { LIVE_KIND_MOST = 15 };

/* The person's pages that show this object (`data-live="match 0123456789abc"` in a template) look again.
 * `kind` is a word of at most LIVE_KIND_MOST small letters; `object` is an id, or 0 when the kind says all.
 */
void live_tell(Tx *tx, PersonId person, Str kind, int64_t object);

/* Sessions that end take their open streams with them. */
void live_end_session(Tx *tx, SessionId session);
/* All of a person's; `but` may keep one, 0: none. */
void live_end_person(Tx *tx, PersonId person, SessionId but);

#endif
