/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at every offer of a pool once, rule by rule and wish by wish, and keeps the best few. */
#include "matching/oracle.h"

#include <assert.h>

static bool is_among(MatchingKeys keys, int64_t key) {
    for (size_t at = 0; at < keys.count; at++) {
        if (keys.items[at] == key) {
            return true;
        }
    }
    return false;
}

static bool said_something(const MatchingOffer *offer, MatchingFacet facet) {
    for (size_t at = 0; at < offer->has.count; at++) {
        if (offer->has.items[at].facet == facet) {
            return true;
        }
    }
    return false;
}

static bool is_unlike(const MatchingRequest *request, MatchingFacet facet) {
    return (request->unlike & (1U << facet)) != 0;
}

/* ---- hard rules ---- */

static bool is_limit_touched(const MatchingOffer *offer, const MatchingRequest *request) {
    for (size_t at = 0; at < request->wishes.count; at++) {
        if (matching_has(offer->rather_not, request->wishes.items[at].item)) {
            return true;
        }
    }
    return false;
}

/* What a request wishes in one facet, and how much of it an offer has. */
typedef struct Common {
    size_t wished;
    size_t met;
    size_t required;
    size_t required_met;
} Common;

static Common common_in(const MatchingOffer *offer, const MatchingRequest *request, MatchingFacet facet) {
    Common common = {0};
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        if (wish->facet == facet) {
            bool is_met = matching_has(offer->has, wish->item);
            common.wished++;
            common.met += is_met ? 1 : 0;
            common.required += wish->is_required ? 1 : 0;
            common.required_met += wish->is_required && is_met ? 1 : 0;
        }
    }
    return common;
}

static bool facet_removes(const MatchingPolicy *policy, const MatchingOffer *offer,
                          const MatchingRequest *request, MatchingFacet facet) {
    Common common = common_in(offer, request, facet);
    if (common.required > 0 && common.required_met == 0) {
        return true;
    }
    if (common.wished == 0 || common.met > 0 || is_unlike(request, facet)) {
        return false;
    }
    switch (policy->facets[facet].rule) {
    case RULE_FREE:
        return false;
    case RULE_IF_SAID:
        return said_something(offer, facet);
    case RULE_COMMON:
        break;
    }
    return true;
}

static uint32_t rule_bit(bool removes, int rule) {
    return removes ? UINT32_C(1) << rule : 0;
}

uint32_t oracle_rules_against(const MatchingPolicy *policy, const MatchingOffer *offer,
                              const MatchingRequest *request) {
    uint32_t against = rule_bit(offer->person == request->person, MATCHING_RULE_SELF) |
                       rule_bit(!offer->is_cleared, MATCHING_RULE_CLEARED) |
                       rule_bit(offer->is_paused, MATCHING_RULE_PAUSED) |
                       rule_bit(offer->load >= offer->capacity, MATCHING_RULE_FULL) |
                       rule_bit(is_among(request->apart, offer->person), MATCHING_RULE_APART) |
                       rule_bit(is_among(request->passed, offer->key), MATCHING_RULE_PASSED) |
                       rule_bit(is_limit_touched(offer, request), MATCHING_RULE_RATHER_NOT);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        against |= rule_bit(facet_removes(policy, offer, request, (MatchingFacet)facet),
                            MATCHING_RULE_FACET + facet);
    }
    return against;
}

/* By the first of the rules; that one alone opens a way when there is no other. */
static void count_removed(MatchingResult *result, uint32_t against) {
    const unsigned first = (unsigned)__builtin_ctz(against);
    result->removed[first]++;
    result->opens[first] += against == UINT32_C(1) << first ? 1 : 0;
}

/* ---- the score ---- */

/* Where the terms of one offer go: a running sum, and the reasons when there is room for them. */
typedef struct Terms {
    int64_t score;
    MatchingReason *reasons; /* NULL: only the score is wanted */
    size_t count;
} Terms;

static void add_term(Terms *terms, MatchingReasonKind kind, int64_t item, int64_t points) {
    terms->score += points;
    if (terms->reasons != NULL) {
        terms->reasons[terms->count] = (MatchingReason){.kind = kind, .item = item, .points = points};
    }
    terms->count++;
}

static MatchingReasonKind experience_kind(MatchingWishKind kind) {
    switch (kind) {
    case WISH_FIRST:
        return MATCHING_SHARES_FIRST;
    case WISH_CODED:
        return MATCHING_SHARES_CODED;
    case WISH_CHOSEN:
        break;
    }
    return MATCHING_SHARES_CHOSEN;
}

static MatchingReasonKind reason_kind(const MatchingWish *wish) {
    static const MatchingReasonKind kinds[FACET_COUNT] = {
        [FACET_SYSTEM] = MATCHING_SAME_SYSTEM,   [FACET_ROLE] = MATCHING_SAME_ROLE,
        [FACET_LANGUAGE] = MATCHING_SPEAKS,      [FACET_RELATION] = MATCHING_SAME_RELATION,
        [FACET_AGE] = MATCHING_LIVED_AGE,        [FACET_TIME] = MATCHING_SAME_TIME,
        [FACET_CHANNEL] = MATCHING_SAME_CHANNEL, [FACET_REGION] = MATCHING_SAME_REGION,
        [FACET_CULTURE] = MATCHING_SAME_CULTURE, [FACET_GENDER] = MATCHING_SAME_GENDER,
        [FACET_FUNDING] = MATCHING_SAME_FUNDING,
    };
    if (wish->facet == FACET_EXPERIENCE) {
        return experience_kind(wish->kind);
    }
    return wish->facet == FACET_LANGUAGE && wish->kind == WISH_FIRST ? MATCHING_OWN_LANGUAGE
                                                                     : kinds[wish->facet];
}

int64_t oracle_wish_points(const MatchingPolicy *policy, const MatchingRequest *request,
                           const MatchingWish *wish) {
    const MatchingFacetPolicy *facet = &policy->facets[wish->facet];
    int64_t points = facet->chosen;
    if (wish->kind != WISH_CHOSEN) {
        points = wish->kind == WISH_FIRST ? facet->first : facet->coded;
    }
    return is_unlike(request, wish->facet) ? -points : points;
}

/* Someone different, as was asked for: said without points. */
static void add_other_relation(Terms *terms, const MatchingOffer *offer, const MatchingRequest *request) {
    Common common = common_in(offer, request, FACET_RELATION);
    if (!is_unlike(request, FACET_RELATION) || common.wished == 0 || common.met > 0) {
        return;
    }
    int64_t other = 0;
    for (size_t at = 0; at < offer->has.count; at++) {
        const MatchingItem *item = &offer->has.items[at];
        if (item->facet == FACET_RELATION && (other == 0 || item->item < other)) {
            other = item->item;
        }
    }
    if (other != 0) {
        add_term(terms, MATCHING_OTHER_RELATION, other, 0);
    }
}

static bool is_told_before(const MatchingReason *left, const MatchingReason *right) {
    if (left->points != right->points) {
        return left->points > right->points;
    }
    return left->kind != right->kind ? left->kind < right->kind : left->item < right->item;
}

static void sort_reasons(MatchingReason *reasons, size_t count) {
    for (size_t next = 1; next < count; next++) {
        MatchingReason reason = reasons[next];
        size_t at = next;
        while (at > 0 && is_told_before(&reason, &reasons[at - 1])) {
            reasons[at] = reasons[at - 1];
            at--;
        }
        reasons[at] = reason;
    }
}

int64_t oracle_score(const MatchingPolicy *policy, const MatchingOffer *offer, const MatchingRequest *request,
                     MatchingReason *ret_reasons, size_t *ret_count) {
    Terms terms = {.reasons = ret_reasons};
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        if (matching_has(offer->has, wish->item)) {
            add_term(&terms, reason_kind(wish), wish->item, oracle_wish_points(policy, request, wish));
        }
    }
    if (is_among(request->known, offer->person)) {
        add_term(&terms, MATCHING_KNOWN, 0, policy->known);
    }
    add_other_relation(&terms, offer, request);
    if (ret_reasons != NULL) {
        sort_reasons(ret_reasons, terms.count);
        *ret_count = terms.count;
    }
    return terms.score;
}

size_t oracle_reasons_most(const MatchingRequest *request) {
    return request->wishes.count + 2; /* known, and another relation */
}

int64_t oracle_penalty(const MatchingPolicy *policy, const MatchingOffer *offer) {
    /* Who takes nobody is on no list: there is nothing to divide by, and nothing to say. */
    return offer->capacity == 0 ? 0
                                : policy->listed_penalty * (offer->listed + offer->pending) / offer->capacity;
}

/* ---- the order ---- */

typedef struct Candidate {
    const MatchingOffer *offer;
    int64_t value;     /* score - price - penalty */
    uint64_t distance; /* of its key from the turn, upward and around */
} Candidate;

static bool stands_before(const Candidate *left, const Candidate *right) {
    return left->value != right->value ? left->value > right->value : left->distance < right->distance;
}

/* Keeps the best `most` in order. Returns how many there are now. */
static size_t keep_best(Candidate *best, size_t count, size_t most, Candidate candidate) {
    size_t at = count;
    while (at > 0 && stands_before(&candidate, &best[at - 1])) {
        at--;
    }
    if (at >= most) {
        return count;
    }
    size_t kept = count < most ? count + 1 : most;
    for (size_t move = kept - 1; move > at; move--) {
        best[move] = best[move - 1];
    }
    best[at] = candidate;
    return kept;
}

MatchingChoice oracle_choice(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offer,
                             const MatchingRequest *request) {
    MatchingReason *reasons = NEW_MANY(arena, oracle_reasons_most(request), MatchingReason);
    size_t count = 0;
    int64_t score = oracle_score(policy, offer, request, reasons, &count);
    return (MatchingChoice){.offer = offer->key,
                            .score = score,
                            .price = offer->price,
                            .penalty = oracle_penalty(policy, offer),
                            .reasons = reasons,
                            .reason_count = count};
}

MatchingResult oracle_shortlist(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offers,
                                size_t count, const MatchingRequest *request, uint64_t seed, size_t most) {
    MatchingResult result = {0};
    size_t room = most < count ? most : count;
    Candidate *best = NEW_MANY(arena, room, Candidate);
    const uint64_t turn = (uint64_t)matching_turn(request->key, seed);
    for (size_t at = 0; at < count; at++) {
        const MatchingOffer *offer = &offers[at];
        uint32_t against = oracle_rules_against(policy, offer, request);
        if (against != 0) {
            count_removed(&result, against);
            continue;
        }
        result.fitting++;
        int64_t score = oracle_score(policy, offer, request, NULL, NULL);
        Candidate candidate = {.offer = offer,
                               .value = score - offer->price - oracle_penalty(policy, offer),
                               .distance = (uint64_t)offer->key - turn};
        result.count = keep_best(best, result.count, room, candidate);
    }
    MatchingChoice *choices = NEW_MANY(arena, result.count, MatchingChoice);
    for (size_t at = 0; at < result.count; at++) {
        choices[at] = oracle_choice(arena, policy, best[at].offer, request);
    }
    result.choices = choices;
    return result;
}
