/* SPDX-License-Identifier: Apache-2.0 */
/* Everything about a person goes, for good: by their own wish after a few days in which they can call it
 * off, or by the operator's command.
 *
 * What goes: every word that they or others wrote about them, the ways to reach them, their name, their
 * sessions, and the key under which all of it was sealed; so older backups do not open for them either once
 * the key file has lost the slot (person_keys_puncture()). Requests are withdrawn and walks end by their own
 * rules. What stays: rows without words (that somebody asked, when, how often there was contact), because
 * counts and other records hang on them, and what the other person of a walk wrote about themself. */
#ifndef FORGET_H
#define FORGET_H

#include "platform/scope.h"

/* The days in which it can be called off. */
enum { FORGET_DAYS = 7 };

typedef enum ForgetStep {
    FORGET_NOT_ASKED,
    FORGET_WAITS, /* asked for; it can be called off */
    FORGET_DONE,
} ForgetStep;
typedef struct ForgetState {
    ForgetStep step;
    Time due_at;
} ForgetState;
ForgetState forget_state(const Scope *scope, PersonId person);

/* The person asks for it; asking again changes nothing. */
void forget_ask(const Scope *scope, Tx *tx, PersonId person);
/* False: nothing waits. */
bool forget_call_off(const Scope *scope, Tx *tx, PersonId person);

/* Does it now. The key file loses the slot afterwards. False: it was done before, or there is nobody. */
bool forget_person(Scope *scope, Tx *tx, PersonId person);

/* After a restore from a copy that is older than a forgetting: whose key the key file has lost goes here too,
 * all of them in one transaction. Returns how many. Costs a look at every person's slot. */
int64_t forget_again(Scope *scope);

/* What there is, for the person to read before deciding. */
typedef struct ForgetCounts {
    int64_t requests, walks, contact_points, imports;
} ForgetCounts;
ForgetCounts forget_counts(const Scope *scope, PersonId person);

/* For the jobs: carries out what is due, one person a transaction, and takes the slots of everybody who was
 * forgotten out of this machine's key file. */
void forget_watch(Scope *scope);

/* `beenthere forget`: asks for the name to be typed unless it is sure; prints what was done. */
struct ForgetOrder;
int forget_command(Scope *scope, const struct ForgetOrder *order);

#endif
