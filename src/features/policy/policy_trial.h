/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at a policy before anyone lives by it: on the waiting list as it is, and on made-up people.
 *
 * The gates (matching/simulate.h) play it through with people who do not exist, the same for every program
 * and every time, so that two policies can be compared; what they found is kept with the version. The
 * waiting list is looked at anew each time, because it changes. People decide: a gate that does not pass
 * blocks nothing, but adopting then wants a reason in words, which is kept and shown. */
#ifndef POLICY_TRIAL_H
#define POLICY_TRIAL_H

#include "features/policy/policy_version.h"
#include "matching/simulate.h"

/* ---- with made-up people ---- */

enum {
    POLICY_PLACES = 4, /* all, English, Spanish, other languages */
    POLICY_SEED = 1,   /* of every trial */
};

typedef struct PolicyWait {
    int64_t families; /* 0: none of them came */
    int64_t matched;
    int64_t weeks_half; /* waited by half of them at most */
    int64_t weeks_most; /* by 95 of 100 at most */
} PolicyWait;

typedef struct PolicyFlip {
    int64_t tried;
    int64_t failed;
} PolicyFlip;

typedef struct PolicyTrial {
    SimulateVerdict gates[SIMULATE_GATE_COUNT];
    PolicyWait waits[SIMULATE_QUEUE_COUNT][POLICY_PLACES];
    PolicyFlip flips[FLIP_COUNT];
    bool is_passed;      /* every gate that was tried */
    bool reaches_nobody; /* it leaves no made-up family anybody: it cannot be adopted */
} PolicyTrial;

/* Plays a draft through and keeps what comes out in place of what was there. Some 0.2 s.
 * POLICY_DONE or POLICY_STALE. */
PolicyResult policy_try(const Scope *scope, Tx *tx, PolicyId id, int64_t version);
/* What was found when it was tried last; all 0 and passed when it never was. */
PolicyTrial policy_trial_of(const Scope *scope, PolicyId id);
void policy_trial_forget(Tx *tx, PolicyId id);

/* ---- on the waiting list ---- */

enum { POLICY_WAITING_MOST = 50, POLICY_LIST_MOST = 3 };

typedef struct PolicyList {
    OfferId offers[POLICY_LIST_MOST]; /* best first */
    size_t count;
} PolicyList;

typedef struct PolicyTouched {
    RequestId request;
    PolicyList now;
    PolicyList then;
    bool is_changed; /* other people, or in another order */
} PolicyTouched;

typedef struct PolicyWaiting {
    const PolicyTouched *items; /* the longest waiting first */
    size_t count;
    int64_t families;   /* who wait in all; more than are looked at */
    size_t changed;     /* lists */
    size_t nobody_now;  /* families with nobody on their list */
    size_t nobody_then; /* likewise */
} PolicyWaiting;

/* The lists that those who wait longest would get now, by the policy that is followed and by another. */
PolicyWaiting policy_waiting_of(const Scope *scope, ProgramId program, const PolicyVersion *other);

#endif
