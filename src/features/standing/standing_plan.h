/* SPDX-License-Identifier: Apache-2.0 */
/* The standing plan of a program: the best plan for all families that wait for someone, kept up while
 * requests come, people accept, decline and pause.
 *
 * Nobody is assigned by it. What it is for are its prices: what a place with a supporter is worth to all
 * who wait. They stand in the offers, and short lists count them, so that a family for whom others would do
 * as well is not sent to the only one who speaks another family's language. And a coordinator sees whom the
 * plan has for a family.
 *
 * Whatever matters to it says so by a number (offer_touched(), request_touched(), and request_touched_all()
 * when another policy is adopted) in the transaction that changes it; the jobs process looks at these
 * numbers every few seconds and plans again where they have moved, by the policy that is followed then.
 * However many changes there were, it is made once. */
#ifndef STANDING_PLAN_H
#define STANDING_PLAN_H

#include "features/offer/offer.h"
#include "features/request/request.h"

/* Makes the plans that are old, one program after the other, each from one moment of the database. For the
 * calendar of the jobs process; begins and ends transactions of its own. */
void standing_plan_watch(Scope *scope);

typedef struct StandingPlan {
    Time made_at;
    Str policy; /* its name */
    int64_t seed;
    int64_t waiting;   /* families that wait */
    int64_t matched;   /* of them, with someone in the plan */
    int64_t objective; /* the sum of the weights and lots; see matching/plan.h */
    int64_t bound;     /* no plan has more */
} StandingPlan;

/* False until there is one. */
bool standing_plan_find(const Scope *scope, ProgramId program, StandingPlan *ret_plan);

/* Whom it has for this request; 0: nobody, or the request is newer than the plan. */
OfferId standing_plan_partner(const Scope *scope, ProgramId program, RequestId request);

#endif
