/* SPDX-License-Identifier: Apache-2.0 */
/* Changes one thing about a person and looks whether a policy's answer changes as it should: shown on the
 * policy's page before it is adopted, and a gate for it.
 *
 * Each trial takes a family and an offer by the seed and asks all of these questions that can be asked of
 * the two. "Nothing changes" means: the same rules against it, the same score, the same reasons in the
 * same order. */
#ifndef FLIP_H
#define FLIP_H

#include "matching/model.h"

typedef enum FlipKind {
    FLIP_UNSTATED, /* an offer's culture, gender or anything else in a facet of which the family said nothing:
                       nothing changes */
    FLIP_CODED,    /* a culture or gender coded for a family that said nothing of it: no rule and no point of
                       score comes from it, though it may be told */
    FLIP_SHARED,   /* the offer has lived through one more of the family's experiences: never lower, nor
                       removed */
    FLIP_OWN_WORDS, /* the family says itself what was coded, or says first what it named: never lower, nor
                       removed */
    FLIP_DECLINED,  /* the family passes over the best on its list: the others stay as they were, in their
                       order */
    FLIP_AWAY,      /* the offer is paused, or full: on no list */
    FLIP_COUNT,
} FlipKind;

/* What went wrong, for the page to say. */
typedef struct FlipExample {
    int64_t request;
    int64_t offer;
    MatchingFacet facet; /* of the item */
    int64_t item;        /* what was changed; 0: nothing of a facet */
    int64_t before;      /* the score */
    int64_t after;
    bool is_removed; /* a rule now removes it, or does so no more */
} FlipExample;

typedef struct FlipCount {
    size_t tried;
    size_t failed;
    FlipExample first; /* of those that failed */
} FlipCount;

typedef struct FlipReport {
    FlipCount counts[FLIP_COUNT];
    bool is_passed; /* none failed */
} FlipReport;

/* Pools and requests as in model.h; where either is empty nothing is tried. */
FlipReport flip_try(Arena *scratch, const MatchingPolicy *policy, const MatchingOffer *offers, size_t count,
                    const MatchingRequest *requests, size_t request_count, uint64_t seed, size_t trials);

#endif
