/* SPDX-License-Identifier: Apache-2.0 */
/* What every rule needs to know about the moment it runs in: memory, database, clock, chance, and who acts.
 *
 * A scope is made at a boundary (request, job, command, test) and dies with it. Model functions take it
 * instead of asking the world, so tests choose the time, the ids and the actor. */
#ifndef SCOPE_H
#define SCOPE_H

#include "base/arena.h"
#include "base/random.h"
#include "base/time.h"
#include "ids.h" /* generated from the schema: PersonId, ProgramId, ... */
#include "platform/db/db.h"
#include "text/text.h"

typedef struct Config Config;
typedef struct Keep Keep;

/* By which way in somebody acts. Stored with every row of the audit: never renumber. */
typedef enum ScopeVia {
    SCOPE_WEB,
    SCOPE_COMMAND,
    SCOPE_JOB,
    SCOPE_TEXT, /* a text message from their phone */
} ScopeVia;

typedef struct Scope {
    Arena *arena;
    Db *db; /* for reading; writes need the Tx that only a Post, a job or a command has */
    Random *random;
    Time now;
    Lang lang;
    const Zone *zone;
    PersonId actor; /* 0: nobody is signed in */
    SessionId session;
    ScopeVia via;
    unsigned proofs; /* what was shown for the session: enum Proof of features/access/proof.h, as bits */
    Time proved_at;  /* when the last of them was */
    Str block; /* the block of addresses a request comes from; none in jobs and commands. Only ever hashed */
    const Config *config;
    Keep *keep; /* what this process keeps between requests (platform/keep.h) */
} Scope;

static inline Words scope_words(const Scope *scope) {
    return (Words){.arena = scope->arena, .lang = scope->lang, .zone = scope->zone};
}

#endif
