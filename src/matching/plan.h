/* SPDX-License-Identifier: Apache-2.0 */
/* The plan for a whole waiting list: who with whom, so that the sum of the weights is the greatest there is,
 * with its proof, and what any other choice would cost. It proposes; people choose.
 *
 * Every pair that no hard rule removes can be taken, and weighs policy_value() of its score; the listing
 * penalty plays no part. A supporter has as many places as it is free for (capacity - load). All numbers of
 * a plan are in this unit unless they say otherwise: `fit` of it are one point of score.
 *
 * Between plans that are equally good a lottery decides (lot.h): below each weight stands the lot of the
 * pair, in 1 / 2^lot_bits of a unit, and the plan is the best of weights and lots together. It does not
 * depend on the order in which requests and offers are given.
 *
 * The proof is that of assignment.h, over all pairs: values of families and prices of supporters, none below
 * zero, with value + price >= weight for every pair there is, and both sides sum up to the same. Prices are
 * the smallest and values the greatest of all proofs: what the sum would gain by one more place, and lose
 * without this family. */
#ifndef PLAN_H
#define PLAN_H

#include "matching/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLAN_PEOPLE_MOST = 10000000 }; /* of each side */

/* A pair that people have decided on beforehand, by key; offer 0: this family gets nobody by this plan. */
typedef struct PlanDecision {
    int64_t request;
    int64_t offer;
} PlanDecision;

/* Everything it points to is only read, and must stay as long as the plan. */
typedef struct PlanOrder {
    const MatchingPolicy *policy;
    const MatchingRequest
        *requests; /* of unique keys, in any order; at most POLICY_WISHES_MOST wishes each */
    size_t request_count;
    const MatchingOffer *offers; /* of unique keys, in any order; their own prices do not count */
    size_t offer_count;
    const PlanDecision *decided; /* each request at most once */
    size_t decided_count;
    uint16_t seed;
    bool is_without_lots; /* equals are decided by the order of keys: for measuring, and for questions whose
                             answer is a sum */
} PlanOrder;

/* What one family gets. */
typedef struct PlanFamily {
    int64_t request; /* keys */
    int64_t offer;   /* 0: nobody */
    int64_t score;   /* points of the pair; 0 with nobody */
    int64_t weight;  /* of the pair, without its lot; 0 with nobody */
    int64_t value;   /* what the sum would lose without this family, rounded down; 0 for one decided on */
} PlanFamily;

/* What one supporter is asked for. */
typedef struct PlanSupporter {
    int64_t offer; /* its key */
    int64_t places;
    int64_t taken;
    int64_t price;  /* what one more place would add to the sum, rounded down */
    int64_t points; /* the same in points of score, at most 100,000: the `price` of a MatchingOffer */
} PlanSupporter;

typedef struct PlanInside PlanInside;

typedef struct Plan {
    const PlanFamily *families;      /* in the order of the requests */
    const PlanSupporter *supporters; /* in the order of the offers */
    size_t matched;                  /* families with a partner, those decided on counted */
    size_t ignored;                  /* decisions that cannot be: no such request or offer, a hard rule, no
                                         place left; these families are planned like all others */
    int64_t weight;                  /* the sum of the weights */
    unsigned lot_bits;               /* 0 to 16 */
    int64_t objective;               /* the sum of weights and lots, in 1 / 2^lot_bits */
    int64_t bound;                   /* no plan with these decisions has more, in 1 / 2^lot_bits */
    bool is_proved;                  /* the bound holds over all pairs, checked */
    size_t rounds;                   /* how often it was solved */
    uint64_t pairs;                  /* looked at one by one */
    PlanInside *inside;              /* for the questions below */
} Plan;

/* Makes the plan by the policy's method. By METHOD_BEST_SUM objective = bound; by METHOD_NO_ENVY the bound,
 * the values and the prices are those of the greatest sum, so that the difference is what the method costs.
 * The plan lives in the arena. fail(FAIL_MEMORY). How many bits a lot has follows from all pairs, whatever
 * was decided on, so that plans over the same people compare. */
Plan plan_new(Arena *arena, const PlanOrder *order);

/* The pair of the family at this place of the order, with all its reasons, in the arena. It must have a
 * partner. */
MatchingChoice plan_choice(Arena *arena, const Plan *plan, size_t family);

/* How many families would rather be with another supporter, by score, where someone has a place who comes
 * after them: with fewer points for waiting, urgency and floor (policy_value() of a score of 0). Those
 * decided on are not asked, but hold their places. */
size_t plan_count_envious(Arena *arena, const Plan *plan);

/* ---- changing a proposal by hand ---- */

typedef enum PlanAnswer {
    PLAN_TOLD,
    PLAN_NO_SUCH_REQUEST,
    PLAN_NO_SUCH_OFFER,
    PLAN_KEPT_APART, /* by a hard rule, or no place is left beside those decided on */
} PlanAnswer;

typedef struct PlanCost {
    int64_t cost;    /* what the best sum loses, in 1 / 2^lot_bits; exact */
    int64_t weight;  /* the same in whole units, to the nearest */
    int64_t matched; /* how many families more would have someone; mostly below 0 or 0 */
    size_t moved;    /* other families that would have another partner, or nobody, or somebody */
} PlanCost;

/* What it costs to give this family that supporter (0: nobody) beside all that is decided on, with everyone
 * else planned anew. Also answers for a family decided on: then its decision is replaced, and the cost may
 * be below zero. Costs are measured against the plan's bound. What the work takes is given back, but for a
 * few bytes of the arena. */
PlanAnswer plan_cost_of(Arena *arena, const Plan *plan, int64_t request, int64_t offer, PlanCost *ret_cost);

#endif
