/* SPDX-License-Identifier: Apache-2.0 */
/* The page to hand over: what a family agreed that an organization is given, and nothing else.
 *
 * It opens for the family, and for those who coordinate while the family shares with them: then it has what
 * both consents name, and says what is left out. A consent that was stopped, is over, waits for a signature
 * or was replaced opens nothing. What somebody keeps for themselves is never on it. What is marked as telling
 * of substance use is on it only when the consent says so, and then under the notice; otherwise nothing tells
 * that there was any. Nobody else is named: it says "the program" and "who walks along".
 *
 * The consent itself is features/consent's (consent_on_paper()). */
#ifndef HANDOVER_H
#define HANDOVER_H

#include "features/consent/consent.h"

typedef struct Handover {
    Consent consent;
    bool is_own;       /* the actor is whose it is */
    unsigned items;    /* bits of ConsentItem: what is on the page for this reader */
    unsigned left_out; /* what the consent names and this reader may not see */
} Handover;

/* False: it opens nothing now, whoever asks. Who may ask is the route's business. */
bool handover_find(const Scope *scope, ConsentId id, Handover *ret_handover);

/* Ways to reach the person as they go on paper: a way that is not safe goes to nobody, and the person's own
 * words about safe times were written to the program. */
ContactPoints handover_reach(const Scope *scope, PersonId person);

#endif
