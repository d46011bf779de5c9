/* SPDX-License-Identifier: Apache-2.0 */
/* What flowed each way in a contact, if both of a walk wish to notice it: "I gave", "I received", "both".
 *
 * Each says it for their own side. The two alone read it, and only while both wish it; neither is told
 * whether the other does until both do. It is never counted, compared or shown to anybody else. */
#ifndef CONTACT_FLOW_H
#define CONTACT_FLOW_H

#include "features/match/match.h"

typedef enum ContactFlow {
    CONTACT_FLOW_UNSAID = 0,
    CONTACT_FLOW_GAVE = 1,
    CONTACT_FLOW_RECEIVED = 2,
    CONTACT_FLOW_BOTH = 3,
} ContactFlow;

typedef struct ContactFlowWish {
    bool is_mine; /* the actor wishes it */
    bool is_open; /* both do */
} ContactFlowWish;
ContactFlowWish contact_flow_wish(const Scope *scope, MatchId match);

/* The actor, one of the two, wishes it or not. Not any more: what they said in this walk goes with it.
 * False: none of the two, or the walk has ended; nothing was written. */
bool contact_flow_set_wish(const Scope *scope, Tx *tx, const Match *match, bool wishes);

/* The actor's side of a contact that reached somebody; CONTACT_FLOW_UNSAID takes it back. False: both do not
 * wish it, or the contact is none of theirs; nothing was written. */
bool contact_flow_say(const Scope *scope, Tx *tx, ContactId contact, ContactFlow flow);

/* For whoever's record is erased. */
void contact_flow_forget(Tx *tx, PersonId person);

/* "I gave" and so on, as the one who says it; TEXT_NONE when nothing was said. */
Text contact_flow_text(ContactFlow flow);

#endif
