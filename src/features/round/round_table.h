/* SPDX-License-Identifier: Apache-2.0 */
/* Who waits and who offers, laid on one table for the engine: what a plan is made from.
 *
 * A table is large where a program is, so it lives in an arena of its own, which ends with the scope's. */
#ifndef ROUND_TABLE_H
#define ROUND_TABLE_H

#include "features/request/request.h"
#include "matching/plan.h"

typedef struct RoundTable {
    Arena *arena;
    const MatchingPolicy *policy; /* in force */
    const RequestId *requests;    /* the longest waiting first */
    const MatchingRequest *asked; /* of each of them */
    size_t count;
    MatchingOffer *offers;
    size_t offer_count;
    PlanDecision *decided; /* room for one a request and one more */
    size_t decided_count;
    uint16_t seed;
} RoundTable;

/* All of the program who wait and have no list, at most ROUND_MOST, the longest waiting first. */
RoundTable round_table_now(const Scope *scope, ProgramId program, uint16_t seed);
/* These; the ones that are gone are left out. */
RoundTable round_table_of(const Scope *scope, ProgramId program, uint16_t seed, const RequestId *requests,
                          size_t count);

/* Where they stand; count or offer_count: not on the table. */
size_t round_table_request(const RoundTable *table, RequestId request);
size_t round_table_offer(const RoundTable *table, OfferId offer);

/* From here on this family is given this person, or nobody. Each family once. */
void round_table_decide(RoundTable *table, RequestId request, OfferId offer);

PlanOrder round_table_order(const RoundTable *table);
/* The plan, in the table's arena. */
Plan round_table_plan(const RoundTable *table);

#endif
