/* SPDX-License-Identifier: Apache-2.0 */
/* The people around somebody: family, friends, neighbors, whoever is there without being paid for it and
 * without the program. Wraparound calls them natural supports (Bruns and others, "Ten Principles of the
 * Wraparound Process", 2004): a plan that stands on them lasts when services end.
 *
 * A person writes down whom they have, how near they are and with what they help, adds whoever comes and
 * keeps whoever has gone. All of it is the person's alone: nobody else reads it, whatever their duty or
 * relation, and nothing is counted. The names are others' names, so they go when their writer is
 * forgotten. */
#ifndef CIRCLE_H
#define CIRCLE_H

#include "platform/scope.h"

/* Stored: never renumber. */
typedef enum CircleKind {
    CIRCLE_FAMILY = 1,
    CIRCLE_FRIEND = 2,
    CIRCLE_NEIGHBOR = 3,
    CIRCLE_WORK = 4,  /* or school */
    CIRCLE_FAITH = 5, /* or another group or club */
    CIRCLE_OTHER = 6,
} CircleKind;
Text circle_kind_text(CircleKind kind);

/* Stored: never renumber. */
typedef enum CircleNear {
    CIRCLE_CLOSE = 1, /* to call at night */
    CIRCLE_NEAR = 2,  /* to count on */
    CIRCLE_FAR = 3,   /* could be there more */
} CircleNear;
Text circle_near_text(CircleNear near);

/* CIRCLE_MOST: there now, and as many that are gone. */
enum { CIRCLE_MOST = 30, CIRCLE_CALLED_MOST = 60, CIRCLE_HELPS_MOST = 200 };

typedef struct CircleNew {
    Str called; /* not empty */
    Str helps;  /* may be empty */
    CircleKind kind;
    CircleNear near;
} CircleNew;

typedef enum CircleResult {
    CIRCLE_DONE,
    CIRCLE_FULL,      /* CIRCLE_MOST are there; nothing was written */
    CIRCLE_ELSEWHERE, /* none of the actor's; nothing was written */
} CircleResult;

/* All by the actor, about their own circle. */
CircleResult circle_add(const Scope *scope, Tx *tx, const CircleNew *member);
CircleResult circle_change(const Scope *scope, Tx *tx, CircleMemberId id, const CircleNew *member);
/* Gone, or there again. */
CircleResult circle_set_gone(const Scope *scope, Tx *tx, CircleMemberId id, bool is_gone);
/* Takes the name out for good. */
CircleResult circle_drop(const Scope *scope, Tx *tx, CircleMemberId id);

typedef struct CircleMember {
    CircleMemberId id;
    Str called;
    Str helps;
    CircleKind kind;
    CircleNear near;
    Time since;
    Time gone_at; /* TIME_NONE while they are there */
} CircleMember;
typedef struct CircleMembers {
    const CircleMember *items;
    size_t count;
} CircleMembers;

/* Those who are there, the closest first, and among equals in the order in which they came. */
CircleMembers circle_list(const Scope *scope);
/* Those who are gone, the last one first. */
CircleMembers circle_list_gone(const Scope *scope);
/* False: none of the actor's. */
bool circle_find(const Scope *scope, CircleMemberId id, CircleMember *ret_member);

/* Takes all of it out. */
void circle_forget(Tx *tx, PersonId person);

/* Those of the program who walk with the actor now, the longest first: beside the people outside it, whoever
 * is there for a family at all. */
typedef struct CircleWalk {
    MatchId match;
    Str called;
    Time began_at;
} CircleWalk;
typedef struct CircleWalks {
    const CircleWalk *items;
    size_t count;
} CircleWalks;
CircleWalks circle_walks(const Scope *scope);

#endif
