/* SPDX-License-Identifier: Apache-2.0 */
/* Fills a person's own record (life.h) from what each feature keeps. life_record_pages.c,
 * life_record_ready_pages.c and life_record_walk_pages.c do it: only a page may open words that tell of
 * substance use. */
#ifndef LIFE_RECORD_H
#define LIFE_RECORD_H

#include "features/life/life.h"
#include "features/reader/reader.h"
#include "platform/part2.h"

/* Everything about the scope's actor. */
Life *life_of_actor(const Scope *scope);

/* A field with words about the actor, who needs no notice to read them. */
void life_own(const Scope *scope, Life *life, const char *key, Text label, Part2Words words);

/* Who else may read this thing of the actor's now: nothing where nobody may. */
void life_readers(const Scope *scope, Life *life, ReaderThing thing);

/* What somebody gets ready with: sheets, what is in the way, documents. */
void life_add_ready(const Scope *scope, Life *life);

/* The sections that come of walking together: walks, contacts with what was said beside them, promises,
 * check-ins, what was passed on, and answers for oneself. */
void life_add_walks(const Scope *scope, Life *life);

#endif
