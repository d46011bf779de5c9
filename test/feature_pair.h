/* SPDX-License-Identifier: Apache-2.0 */
/* Two people on their way to a match, in the small world of the rules' tests. Include test/unit.h first. */
#ifndef FEATURE_PAIR_H
#define FEATURE_PAIR_H

#include "features/consent/consent.h"
#include "features/match/match.h"
#include "features/policy/policy_version.h"
#include "test/feature_world.h"

typedef struct Pair {
    PersonId receiver;
    PersonId giver;
    PersonId coordinator;
    RequestId request;
    OfferId offer;
    InvitationId invitation;
} Pair;

/* A cleared offer of this person, who has lived through this and speaks this language. */
OfferId world_offer_of(World *world, PersonId person, const char *experience, const char *language);
/* The same: school refusal lived, English spoken. */
OfferId world_offer(World *world, PersonId person);
/* This person asks for support, with no preference. */
RequestId world_ask(World *world, PersonId person, RequestSource source);
/* Somebody new of this name asks for someone who lived through this. */
RequestId world_request(World *world, const char *name, const char *experience);
/* A coordinator suggests, the family of the request chooses this offer. */
InvitationId world_invite(World *world, RequestId request, OfferId offer, PersonId coordinator);
/* Offer, request and invitation between these two. */
Pair world_pair(World *world, PersonId receiver, PersonId giver);
/* The giver, who acts from here on, says yes. */
MatchId world_accept(World *world, const Pair *pair);
/* All of it, between ana, who receives, and gloria, who gives. */
MatchId world_match(World *world, Pair *ret_pair);

/* The newest consent of the receiver's to a person: the giver. */
ConsentId world_shared(World *world, const Pair *pair);
/* The receiver, who acts from here on, stops it. */
void world_stop_sharing(World *world, const Pair *pair);
/* How many mails say now that a consent ends. */
size_t world_told_of_ends(World *world);

/* A draft that was played through, whatever came out. Whoever acts drafts it. */
PolicyId world_draft(World *world, const MatchingPolicy *policy);
/* Whoever acts signs it: it is followed from here on. */
void world_adopt(World *world, PolicyId draft);

#endif
