/* SPDX-License-Identifier: Apache-2.0 */
/* The plain way: one offer after the other, as one would do it by hand. It says what is right; pool.h is
 * checked against it, and `beenthere match explain` speaks from it. */
#ifndef ORACLE_H
#define ORACLE_H

#include "matching/model.h"

/* pool_shortlist() of pool.h, over offers in any order. */
MatchingResult oracle_shortlist(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offers,
                                size_t count, const MatchingRequest *request, uint64_t seed, size_t most);

/* The rules that remove this offer, as bits 1U << MatchingRule. */
uint32_t oracle_rules_against(const MatchingPolicy *policy, const MatchingOffer *offer,
                              const MatchingRequest *request);

/* The score, and when ret_reasons is not NULL its reasons, most points first, and how many: room for
 * oracle_reasons_most(request) of them. */
int64_t oracle_score(const MatchingPolicy *policy, const MatchingOffer *offer, const MatchingRequest *request,
                     MatchingReason *ret_reasons, size_t *ret_count);
size_t oracle_reasons_most(const MatchingRequest *request);

/* What this wish is worth where it is met; below zero where the family asked for someone unlike it there. */
int64_t oracle_wish_points(const MatchingPolicy *policy, const MatchingRequest *request,
                           const MatchingWish *wish);
/* What the lists it stands on and the invitations it waits over take off for the order. */
int64_t oracle_penalty(const MatchingPolicy *policy, const MatchingOffer *offer);
/* The offer on a list, with its reasons in the arena. */
MatchingChoice oracle_choice(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offer,
                             const MatchingRequest *request);

#endif
