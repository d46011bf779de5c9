/* SPDX-License-Identifier: Apache-2.0 */
/* Opening one thing of one's own to who walks with one: a goal, a card, a sheet, what stands in the way.
 *
 * Such a thing is its person's alone. Nobody else reads it until its person opens it, this one, to somebody
 * who walks with them in this match; who then reads it while the two walk and the person shares with them.
 * Those who coordinate and a parent never do. That rule stands here and in reader.sql, for every kind.
 *
 * A feature that lists what was opened is given a ReaderLet, and its query the match and the person in it:
 * without them there is nothing to ask with. One more kind is a ReaderKind, a line in READER_THING(), one in
 * reader_own (reader.sql), and one in the rule that checks the table (check.sql). */
#ifndef READER_H
#define READER_H

#include "platform/scope.h"
#include "ids.h"

/* Stored, and written as numbers in SQL: never renumber. */
typedef enum ReaderKind {
    READER_GOAL = 1,
    READER_CARD = 2,
    READER_SHEET = 3,
    READER_BARRIER = 4,
} ReaderKind;

typedef struct ReaderThing {
    ReaderKind kind;
    int64_t id;
} ReaderThing;
/* Of an id of any kind that can be opened. */
#define READER_THING(thing)                                                                                  \
    (ReaderThing) {                                                                                          \
        .kind = _Generic((thing), GoalId                                                                     \
                         : READER_GOAL, ToolboxCardId                                                        \
                         : READER_CARD, SheetId                                                              \
                         : READER_SHEET, BarrierId                                                           \
                         : READER_BARRIER),                                                                  \
        .id = (thing).value                                                                                  \
    }

/* ---- whose it is ---- */

typedef enum ReaderResult {
    READER_DONE,
    READER_NOT_OWN, /* the thing is none of the actor's; nothing was written */
    READER_NO_WALK, /* the two do not walk, or the actor does not share with them; nothing was written */
} ReaderResult;

/* Opens the actor's own to who walks with them in this match, or closes it: at once. */
ReaderResult reader_open(const Scope *scope, Tx *tx, ReaderThing thing, MatchId match);
ReaderResult reader_close(const Scope *scope, Tx *tx, ReaderThing thing, MatchId match);

/* Who walks with the actor and could read this thing of theirs, or does. */
typedef struct Reader {
    MatchId match;
    Str called;
    bool reads;
} Reader;
typedef struct Readers {
    const Reader *items;
    size_t count;
} Readers;
Readers reader_list(const Scope *scope, ReaderThing thing);
/* Does any of them read it? */
bool reader_any(Readers readers);

/* The thing goes. */
void reader_drop(Tx *tx, ReaderThing thing);
/* The person is forgotten: nothing of theirs is open to anybody. */
void reader_forget(Tx *tx, PersonId person);

/* ---- who reads it ---- */

/* What the actor may read in a walk now, and whose it is; no person: nothing. */
typedef struct ReaderLet {
    MatchId match;
    PersonId person;
    Str person_called;
    RequestId request; /* under whose consent */
    unsigned kinds;    /* bits of those of which anything is open */
} ReaderLet;
ReaderLet reader_let(const Scope *scope, MatchId match);
/* In the newest walk in which the actor may read this thing. */
ReaderLet reader_let_of(const Scope *scope, ReaderThing thing);
/* May they read any of this kind? */
bool reader_lets(const ReaderLet *let, ReaderKind kind);

#endif
