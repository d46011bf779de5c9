/* SPDX-License-Identifier: Apache-2.0 */
/* What the engine knows: who offers, who asks, what a program holds to be a good fit, and the reasons it
 * gives.
 *
 * Pure data. Everyone and everything is named by int64 keys whose meaning only the caller knows. What was
 * not stated is not used: an empty set removes nobody and scores nothing. Nothing is learned from behavior
 * and nothing is inferred about who someone is.
 *
 * A **facet** is one side of a life in which two people may have something in common. A family's wishes
 * and an offer's items each belong to one facet, and a policy says for each facet whether having nothing
 * in common removes, and how many points each thing in common is worth. */
#ifndef MODEL_H
#define MODEL_H

#include "base/arena.h"
#include "base/str.h"

/* Stored in policies by name; the order is that in which they are told. */
typedef enum MatchingFacet {
    FACET_EXPERIENCE, /* challenges lived through */
    FACET_SYSTEM,     /* systems lived through: school meetings, court, child welfare, a hospital stay */
    FACET_ROLE,       /* walks with caregivers, with young people */
    FACET_LANGUAGE,
    FACET_RELATION, /* mother, grandparent, young person */
    FACET_AGE,      /* the child's age band */
    FACET_TIME,     /* windows of the week */
    FACET_CHANNEL,  /* by phone, by text, in person */
    FACET_REGION,   /* where one lives or travels to */
    FACET_CULTURE,
    FACET_GENDER,
    FACET_FUNDING, /* who may be paid for walking with this family */
    FACET_COUNT,
} MatchingFacet;

/* A set of keys: each at most once, in any order. */
typedef struct MatchingKeys {
    const int64_t *items;
    size_t count;
} MatchingKeys;

typedef struct MatchingItem {
    int64_t item; /* not 0; belongs to one facet only */
    MatchingFacet facet;
} MatchingItem;

typedef struct MatchingItems {
    const MatchingItem *items;
    size_t count;
} MatchingItems;

/* Whether the item is among these. */
static inline bool matching_has(MatchingItems set, int64_t item) {
    size_t at = 0;
    while (at < set.count && set.items[at].item != item) {
        at++;
    }
    return at < set.count;
}

/* ---- who offers ---- */

typedef struct MatchingOffer {
    int64_t key; /* not 0 */
    int64_t person;
    bool is_cleared;          /* by the program: may be listed */
    bool is_paused;           /* or ended: takes nobody new by own choice */
    int64_t capacity;         /* families at the same time, 0 to 1,000 */
    int64_t load;             /* of now, waiting invitations counted: free while load < capacity */
    int64_t listed;           /* open short lists it stands on, holds that ran out not counted; 0 to 10,000 */
    int64_t pending;          /* invitations that wait for its answer; 0 to 10,000 */
    int64_t price;            /* points: what a place with it is worth to the waiting list, 0 to 100,000 */
    MatchingItems has;        /* in all facets */
    MatchingItems rather_not; /* confidential: removes, and never becomes a reason */
} MatchingOffer;

/* ---- who asks ---- */

typedef enum MatchingWishKind {
    WISH_CHOSEN, /* the family said so */
    WISH_FIRST,  /* the family said so, and first of all: the main challenge, the own language */
    WISH_CODED,  /* coded beside the family's words; never counts twice with what the family said */
} MatchingWishKind;

typedef struct MatchingWish {
    int64_t item;
    MatchingFacet facet;
    MatchingWishKind kind;
    bool is_required; /* the family requires it: one of the required items of a facet must be there */
} MatchingWish;

typedef struct MatchingWishes {
    const MatchingWish *items; /* an item at most once */
    size_t count;
} MatchingWishes;

typedef struct MatchingRequest {
    int64_t key; /* not 0; with the seed it says where the turn of equals begins */
    int64_t person;
    MatchingWishes wishes;
    unsigned unlike;      /* bits 1U << MatchingFacet: "someone unlike me in ...": flips the points of that
                             facet, and nothing in common removes nobody there */
    MatchingKeys apart;   /* persons never suggested to this one */
    MatchingKeys passed;  /* offers already passed over, declined, or that said no, for this request */
    MatchingKeys known;   /* persons who walked with this one before: continuity */
    int64_t waiting_days; /* 0 to 36,500; never capped by the policy */
    bool is_urgent;
    bool is_in_floor_group; /* of a group that gets the bonus below */
} MatchingRequest;

/* ---- what a program holds to be a good fit ---- */

/* Where nothing was wished in a facet, nobody is removed. What was coded counts as a wish here too:
 * whoever has only that in common stays. */
typedef enum MatchingFacetRule {
    RULE_FREE,    /* never removes */
    RULE_IF_SAID, /* removes who said something here and has none of the wishes */
    RULE_COMMON,  /* removes who has none of the wishes */
} MatchingFacetRule;

typedef struct MatchingFacetPolicy {
    MatchingFacetRule rule;
    int64_t first; /* points for each thing in common, by the kind of wish; 0 to 1,000 */
    int64_t chosen;
    int64_t coded;
} MatchingFacetPolicy;

typedef enum MatchingMethod {
    METHOD_BEST_SUM, /* the greatest sum of weights */
    METHOD_NO_ENVY,  /* deferred acceptance: nobody longer on the list would rather have another's place */
} MatchingMethod;

/* A version of it is signed off by the program and kept with every decision made by it (policy.h). */
typedef struct MatchingPolicy {
    Str name; /* a policy whose numbers change gets another name */
    MatchingFacetPolicy facets[FACET_COUNT];
    int64_t known;          /* points for someone who walked with the person before */
    int64_t listed_penalty; /* points x (listed + pending) / capacity, rounded down */
    /* In a plan a pair weighs score x fit + days x day + the rest. */
    int64_t fit;
    int64_t day; /* for each day waited, never capped */
    int64_t urgent;
    int64_t floor; /* the bonus of a floor group; no text says it (policy.h) */
    MatchingMethod method;
    int64_t hold_hours; /* a place on an open list counts against others for this long */
} MatchingPolicy;

/* ---- why ---- */

/* The hard rules, in the order in which they are told. */
typedef enum MatchingRule {
    MATCHING_RULE_SELF,       /* nobody is suggested to themselves */
    MATCHING_RULE_CLEARED,    /* not cleared */
    MATCHING_RULE_PAUSED,     /* paused or ended */
    MATCHING_RULE_FULL,       /* no free place */
    MATCHING_RULE_APART,      /* the two are kept apart */
    MATCHING_RULE_PASSED,     /* came up for this request before */
    MATCHING_RULE_RATHER_NOT, /* the supporter's own limits: one of the wishes, in any facet */
    MATCHING_RULE_FACET,      /* this and the next FACET_COUNT - 1: nothing in common in that facet, by the
                                 policy's rule or because the family requires it */
    MATCHING_RULE_COUNT = MATCHING_RULE_FACET + FACET_COUNT,
} MatchingRule;

/* Why someone stands on a list; stored: never renumber. */
typedef enum MatchingReasonKind {
    MATCHING_SHARES_CHOSEN = 1, /* item: an experience the family named */
    MATCHING_SHARES_CODED = 2,  /* item: an experience coded beside */
    MATCHING_SAME_RELATION = 3, /* item: the relation */
    MATCHING_LIVED_AGE = 4,     /* item: the age band */
    MATCHING_OWN_LANGUAGE = 5,  /* item: the language */
    MATCHING_SAME_TIME = 6,     /* item: the time of the week */
    MATCHING_OTHER_RELATION =
        7, /* item: the offer's relation, the one of the smallest key, where a difference was
                                    asked for and none is the same; no points */
    MATCHING_SHARES_FIRST = 8, /* item: the experience the family named first of all */
    MATCHING_SAME_SYSTEM = 9,
    MATCHING_SAME_ROLE = 10,
    MATCHING_SPEAKS = 11, /* item: a language the family also speaks */
    MATCHING_SAME_CHANNEL = 12,
    MATCHING_SAME_REGION = 13,
    MATCHING_SAME_CULTURE = 14,
    MATCHING_SAME_GENDER = 15,
    MATCHING_SAME_FUNDING = 16,
    MATCHING_KNOWN = 17, /* item 0: walked with this person before */
} MatchingReasonKind;

typedef struct MatchingReason {
    MatchingReasonKind kind;
    int64_t item;
    int64_t points; /* below zero where a difference was asked for and there is none */
} MatchingReason;

typedef struct MatchingChoice {
    int64_t offer;   /* its key */
    int64_t score;   /* the sum of its reasons' points */
    int64_t price;   /* taken off for the order only: what the place is worth to those who wait */
    int64_t penalty; /* taken off for the order only: how many look at it already */
    const MatchingReason *reasons; /* most points first, then by kind and item */
    size_t reason_count;
} MatchingChoice;

/* Order: score - price - penalty, then the turn of equals: the keys of the offers in rising order, begun
 * again at the smallest, from the first key not below matching_turn(request, seed). */
typedef struct MatchingResult {
    const MatchingChoice *choices; /* best first */
    size_t count;
    size_t fitting;                      /* how many no rule removed */
    size_t removed[MATCHING_RULE_COUNT]; /* by this rule, the first that removes in the order above */
    size_t opens[MATCHING_RULE_COUNT];   /* by this rule alone: what dropping it would open */
} MatchingResult;

/* Where the turn of equals begins: uniform in [0, 2^63), the same on every machine. */
int64_t matching_turn(int64_t request, uint64_t seed);

/* The starting policy. One thing the family named itself outweighs two that were coded. */
extern const MatchingPolicy matching_policy_start;

#endif
