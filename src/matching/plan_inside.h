/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the plan share. Families and supporters are numbered by rising key, so that nothing
 * depends on the order in which they are given; families that were decided on have no number. */
#ifndef PLAN_INSIDE_H
#define PLAN_INSIDE_H

#include "matching/assignment.h"
#include "matching/plan.h"
#include "matching/pool.h"

struct PlanInside {
    PlanOrder order;
    uint32_t families;
    uint32_t supporters;
    uint32_t *family;       /* by number: the place in the order's requests */
    uint32_t *supporter;    /* by number: the place in the order's offers */
    uint32_t *capacity;     /* by supporter's number: places that no decision took */
    uint32_t *decided;      /* by place in the order's requests: a supporter's number, ASSIGNMENT_ALONE for
                            nobody, or PLAN_UNDECIDED */
    MatchingPolicy policy;  /* the order's, without the listing penalty */
    Pool *pool;             /* of all offers; its prices are anyone's, for one question */
    const uint32_t *number; /* of supporters, by the pool's positions */
    unsigned lot_bits;
    AssignmentInstance instance; /* the pairs that came in, weighed with their lots */
    AssignmentPlan best;         /* of all pairs there are */
};

static const uint32_t PLAN_UNDECIDED = UINT32_MAX - 1;

enum { PLAN_POINTS_MOST = 100000 }; /* the greatest price of an offer */

/* Numbers everyone and lays down what was decided on. Returns how many decisions cannot be. */
size_t plan_number(Arena *arena, PlanInside *inside);

const MatchingRequest *plan_request(const PlanInside *inside, uint32_t family);
const MatchingOffer *plan_offer(const PlanInside *inside, uint32_t supporter);
/* The number of a supporter by its key, or `supporters`. */
uint32_t plan_supporter(const PlanInside *inside, int64_t key);
/* The place of a request in the order by its key, or how many there are. */
size_t plan_request_place(const PlanOrder *order, int64_t key);

/* Of a pool of some of the offers: the number of each supporter by position, in the arena. */
const uint32_t *plan_numbers(Arena *arena, const PlanInside *inside, const Pool *pool);

/* What waiting, urgency and floor give a family, whoever it is with: who has more comes before others. */
int64_t plan_claim(const PlanOrder *order, const MatchingRequest *request);
/* What a pair weighs with its lot, for a score. */
int32_t plan_weight(const PlanInside *inside, const MatchingRequest *request, uint32_t supporter,
                    int64_t score);
/* The least score that any pair of a request can have. */
int64_t plan_least_score(const PlanInside *inside, const MatchingRequest *request);

/* One point of score in the plan's smallest unit. */
int64_t plan_point(const PlanInside *inside);
/* Score - price in whole points, rounded down, is above this for every pair that is worth more than `value`
 * and its price, and perhaps for some that are not. Not below a value of -4 points. */
int64_t plan_bar(const PlanInside *inside, const MatchingRequest *request, int64_t value);

#endif
