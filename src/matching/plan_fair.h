/* SPDX-License-Identifier: Apache-2.0 */
/* The plan without justified envy, over all pairs: deferred acceptance (deferred.h) where every supporter
 * holds the same claims to be greater, so that families choose one after the other, the greatest claim
 * first (serial dictatorship; Satterthwaite & Sonnenschein 1981). */
#ifndef PLAN_FAIR_H
#define PLAN_FAIR_H

#include "matching/plan_inside.h"

/* By family: a supporter's number, or ASSIGNMENT_ALONE. Each takes the best score that has a place left, of
 * equal scores the greatest lot; of equal claims, the smaller key chooses first. In the arena. */
const uint32_t *plan_fair(Arena *arena, const PlanInside *inside);

#endif
