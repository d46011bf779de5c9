/* SPDX-License-Identifier: Apache-2.0 */
/* What a program holds to be a good fit, in versions that are signed before they are followed.
 *
 * Exactly one policy is followed in a program at any moment. A coordinator or a leader drafts another,
 * plays it through (policy_trial.h), and a leader adopts it; only a draft is ever changed or taken out.
 * Adopted and retired ones stay as they were for good: every short list and plan names the policy that
 * made it, and policy_by_name() tells what it was.
 *
 * A program starts with the engine's own policy, signed by nobody. It is not stored when the program
 * begins but with the first thing that depends on it (policy_keep()): program stands far below this
 * feature, and until then nothing could ask what it was. */
#ifndef POLICY_VERSION_H
#define POLICY_VERSION_H

#include "matching/model.h"
#include "platform/scope.h"

typedef enum PolicyState { POLICY_DRAFT = 1, POLICY_ADOPTED = 2, POLICY_RETIRED = 3 } PolicyState;

enum { POLICY_DRAFTS_MOST = 10 };

/* ---- for whoever decides by it ---- */

/* The policy followed in this program now; ask once a request. In the scope's arena. */
const MatchingPolicy *policy_of(const Scope *scope, ProgramId program);
/* The same for whoever writes down a decision: from here on its name can be looked up for good. */
const MatchingPolicy *policy_keep(const Scope *scope, Tx *tx, ProgramId program);
/* The policy of that name in this program, or NULL: lists of before there were policies name others. */
const MatchingPolicy *policy_by_name(const Scope *scope, ProgramId program, Str name);

/* ---- versions ---- */

typedef struct PolicyVersion {
    PolicyId id; /* 0: what the program starts with, stored nowhere yet */
    ProgramId program;
    MatchingPolicy policy; /* with its name */
    Str why;               /* what the change is for; may be empty */
    PolicyState state;
    int64_t version; /* of a draft: goes up with every change */
    Str drafted_by;  /* none: what every program starts with */
    Time drafted_at; /* TIME_NONE with id 0 */
    bool is_tried;   /* as it reads now */
    Time tried_at;   /* TIME_NONE: never */
    Str adopted_by;  /* none: not adopted, or by nobody */
    Time adopted_at; /* TIME_NONE: not adopted */
    Str reason;      /* why it was adopted although a trial found something; may be empty */
    Time retired_at; /* TIME_NONE: not retired */
} PolicyVersion;

bool policy_find(const Scope *scope, PolicyId id, PolicyVersion *ret_version);
/* The one that is followed. */
PolicyVersion policy_followed(const Scope *scope, ProgramId program);

typedef enum PolicyResult {
    POLICY_DONE,
    POLICY_STALE,         /* it is no draft any more, or was changed meanwhile; nothing was written */
    POLICY_MANY_DRAFTS,   /* there are POLICY_DRAFTS_MOST of them; nothing was written */
    POLICY_UNTRIED,       /* it was not played through as it reads now */
    POLICY_REASON_WANTED, /* its trial found something: adopting it wants a reason in words */
    POLICY_NOBODY,        /* by it nobody is suggested to anybody */
    POLICY_SAME,          /* it differs in nothing from the one that is followed */
} PolicyResult;

/* A draft that reads like the policy followed now, under a name of its own. */
PolicyResult policy_draft(const Scope *scope, Tx *tx, ProgramId program, PolicyId *ret_id);
/* Another text for a draft; the name in it is not used. `version` is what the form showed. */
PolicyResult policy_change(const Scope *scope, Tx *tx, PolicyId id, int64_t version,
                           const MatchingPolicy *policy, Str why);
PolicyResult policy_drop(Tx *tx, PolicyId id, int64_t version);
/* The actor signs: from now on it is followed, and the one before is retired. Whoever plans for the waiting
 * list is told (request_touched_all()). */
PolicyResult policy_adopt(const Scope *scope, Tx *tx, PolicyId id, int64_t version, Str reason);

/* Whether two policies differ in anything but their names. */
bool policy_is_same(const MatchingPolicy *left, const MatchingPolicy *right);

#endif
