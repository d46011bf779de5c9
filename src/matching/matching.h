/* SPDX-License-Identifier: Apache-2.0 */
/* Who could walk with whom: proposes a short list for one request out of a pool of offers. People choose.
 *
 * Pure: no database, no clock, no chance but the seed. Everything is named by int64 keys whose meaning only
 * the caller knows. Hard rules remove, each with a code; the rest is ranked by a sum of documented points.
 * The same input in any order gives the same list, and every point in it has a reason that can be said in a
 * sentence. Nothing is learned from behavior and nothing is inferred: what a family did not state is not
 * used.
 *
 * Score: for each term that holds, the policy's points; "someone unlike me in ..." flips the sign of that
 * term. Order: higher score, then fewer open lists that the offer already stands on, then a lot drawn from
 * seed and key, so that equals take turns. */
#ifndef MATCHING_H
#define MATCHING_H

#include "base/arena.h"
#include "base/str.h"

/* A set of items: each at most once, in any order. */
typedef struct MatchingItems {
    const int64_t *items;
    size_t count;
} MatchingItems;

/* Someone who offers. */
typedef struct MatchingOffer {
    int64_t key;
    int64_t person;
    int64_t relation; /* as whom; 0: not said */
    bool is_cleared;
    bool is_paused;      /* or ended: takes nobody new by own choice */
    int64_t capacity;    /* families at the same time */
    int64_t load;        /* of now */
    int64_t listed;      /* open short lists it stands on */
    MatchingItems lived; /* experiences and ages */
    MatchingItems speaks;
    MatchingItems free_then;
    MatchingItems rather_not; /* confidential: removes, and never becomes a reason */
} MatchingOffer;

typedef struct MatchingPool {
    const MatchingOffer *items; /* keys are unique */
    size_t count;
} MatchingPool;

/* What a family may ask to be different; bits. */
typedef enum MatchingUnlike {
    MATCHING_UNLIKE_EXPERIENCE = 1 << 0,
    MATCHING_UNLIKE_LANGUAGE = 1 << 1,
    MATCHING_UNLIKE_RELATION = 1 << 2,
    MATCHING_UNLIKE_AGE = 1 << 3,
    MATCHING_UNLIKE_TIME = 1 << 4,
} MatchingUnlike;

/* Someone who asks. 0 and empty sets mean: not stated. */
typedef struct MatchingRequest {
    int64_t person;
    MatchingItems chosen; /* experiences the family named */
    MatchingItems coded; /* experiences a coordinator coded beside; those also chosen count once, as chosen */
    MatchingItems languages; /* one of them must be common */
    int64_t language;        /* the family's own; 0: not known */
    int64_t relation;
    int64_t age;
    MatchingItems times;
    unsigned unlike;      /* MatchingUnlike bits */
    MatchingItems apart;  /* persons never suggested to this one */
    MatchingItems passed; /* offers already passed over, declined, or that said no, for this request */
} MatchingRequest;

/* The hard rules, in the order in which they are told. */
typedef enum MatchingRule {
    MATCHING_RULE_SELF,       /* nobody is suggested to themselves */
    MATCHING_RULE_CLEARED,    /* not cleared */
    MATCHING_RULE_PAUSED,     /* paused or ended */
    MATCHING_RULE_FULL,       /* no free place */
    MATCHING_RULE_LANGUAGE,   /* no language in common */
    MATCHING_RULE_APART,      /* the two are kept apart */
    MATCHING_RULE_PASSED,     /* came up for this request before */
    MATCHING_RULE_RATHER_NOT, /* the supporter's own limits */
    MATCHING_RULE_COUNT,
} MatchingRule;

/* Why someone stands on the list; stored: never renumber. */
typedef enum MatchingReasonKind {
    MATCHING_SHARES_CHOSEN = 1,  /* item: an experience the family named */
    MATCHING_SHARES_CODED = 2,   /* item: an experience coded beside */
    MATCHING_SAME_RELATION = 3,  /* item: the relation */
    MATCHING_LIVED_AGE = 4,      /* item: the age band */
    MATCHING_OWN_LANGUAGE = 5,   /* item: the language */
    MATCHING_SAME_TIME = 6,      /* item: the time of the week */
    MATCHING_OTHER_RELATION = 7, /* item: the offer's relation, where a difference was asked for; no points */
} MatchingReasonKind;

typedef struct MatchingReason {
    MatchingReasonKind kind;
    int64_t item;
    int64_t points; /* below zero where a difference was asked for and there is none */
} MatchingReason;

typedef struct MatchingPolicy {
    const char *name; /* stored with every list: a policy whose numbers change gets another name */
    int64_t shares_chosen;
    int64_t shares_coded;
    int64_t same_relation;
    int64_t lived_age;
    int64_t own_language;
    int64_t same_time;
} MatchingPolicy;

/* The starting policy. One thing the family named itself outweighs two that were coded. */
extern const MatchingPolicy matching_policy_plain;

typedef struct MatchingChoice {
    int64_t offer;                 /* its key */
    int64_t score;                 /* the sum of its reasons' points */
    const MatchingReason *reasons; /* most points first */
    size_t reason_count;
} MatchingChoice;

typedef struct MatchingResult {
    const MatchingChoice *choices; /* best first */
    size_t count;
    size_t fitting;                      /* how many no rule removed */
    size_t removed[MATCHING_RULE_COUNT]; /* by this rule, the first that removes in the order above */
    size_t opens[MATCHING_RULE_COUNT];   /* by this rule alone: what dropping it would open */
} MatchingResult;

/* The best `most` offers for a request. The result lives in the arena. */
MatchingResult matching_shortlist(Arena *arena, const MatchingPool *pool, const MatchingRequest *request,
                                  const MatchingPolicy *policy, uint64_t seed, size_t most);

#endif
