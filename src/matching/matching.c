/* SPDX-License-Identifier: Apache-2.0 */
/* The plain matcher: looks at every offer of the pool once and keeps the best few. */
#include "matching/matching.h"

#include <assert.h>

const MatchingPolicy matching_policy_plain = {
    .name = "plain-1",
    .shares_chosen = 60,
    .shares_coded = 20,
    .same_relation = 12,
    .lived_age = 10,
    .own_language = 15,
    .same_time = 4,
};

static bool has(MatchingItems set, int64_t item) {
    for (size_t at = 0; at < set.count; at++) {
        if (set.items[at] == item) {
            return true;
        }
    }
    return false;
}

static bool have_common(MatchingItems left, MatchingItems right) {
    for (size_t at = 0; at < left.count; at++) {
        if (has(right, left.items[at])) {
            return true;
        }
    }
    return false;
}

/* ---- hard rules ---- */

static bool is_limit_touched(const MatchingOffer *offer, const MatchingRequest *request) {
    return have_common(offer->rather_not, request->chosen) ||
           have_common(offer->rather_not, request->coded) ||
           (request->age != 0 && has(offer->rather_not, request->age));
}

static unsigned rule_bit(bool removes, MatchingRule rule) {
    return removes ? 1U << rule : 0U;
}

/* The rules that remove this offer, as bits 1 << MatchingRule. */
static unsigned rules_against(const MatchingOffer *offer, const MatchingRequest *request) {
    return rule_bit(offer->person == request->person, MATCHING_RULE_SELF) |
           rule_bit(!offer->is_cleared, MATCHING_RULE_CLEARED) |
           rule_bit(offer->is_paused, MATCHING_RULE_PAUSED) |
           rule_bit(offer->load >= offer->capacity, MATCHING_RULE_FULL) |
           rule_bit(request->languages.count > 0 && !have_common(offer->speaks, request->languages),
                    MATCHING_RULE_LANGUAGE) |
           rule_bit(has(request->apart, offer->person), MATCHING_RULE_APART) |
           rule_bit(has(request->passed, offer->key), MATCHING_RULE_PASSED) |
           rule_bit(is_limit_touched(offer, request), MATCHING_RULE_RATHER_NOT);
}

static void count_removed(MatchingResult *result, unsigned against) {
    for (int rule = 0; rule < MATCHING_RULE_COUNT; rule++) {
        if ((against & (1U << rule)) != 0) {
            result->removed[rule]++;
            if (against == 1U << rule) {
                result->opens[rule]++;
            }
            return;
        }
    }
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

static int64_t signed_points(const MatchingRequest *request, MatchingUnlike list, int64_t points) {
    return (request->unlike & (unsigned)list) != 0 ? -points : points;
}

static void add_experiences(Terms *terms, const MatchingOffer *offer, const MatchingRequest *request,
                            const MatchingPolicy *policy) {
    for (size_t at = 0; at < request->chosen.count; at++) {
        if (has(offer->lived, request->chosen.items[at])) {
            add_term(terms, MATCHING_SHARES_CHOSEN, request->chosen.items[at],
                     signed_points(request, MATCHING_UNLIKE_EXPERIENCE, policy->shares_chosen));
        }
    }
    for (size_t at = 0; at < request->coded.count; at++) {
        int64_t item = request->coded.items[at];
        if (has(offer->lived, item) && !has(request->chosen, item)) {
            add_term(terms, MATCHING_SHARES_CODED, item,
                     signed_points(request, MATCHING_UNLIKE_EXPERIENCE, policy->shares_coded));
        }
    }
}

static void add_relation(Terms *terms, const MatchingOffer *offer, const MatchingRequest *request,
                         const MatchingPolicy *policy) {
    if (request->relation == 0 || offer->relation == 0) {
        return;
    }
    if (offer->relation == request->relation) {
        add_term(terms, MATCHING_SAME_RELATION, offer->relation,
                 signed_points(request, MATCHING_UNLIKE_RELATION, policy->same_relation));
    } else if ((request->unlike & MATCHING_UNLIKE_RELATION) != 0) {
        add_term(terms, MATCHING_OTHER_RELATION, offer->relation, 0);
    }
}

static Terms terms_of(const MatchingOffer *offer, const MatchingRequest *request,
                      const MatchingPolicy *policy, MatchingReason *reasons) {
    Terms terms = {.reasons = reasons};
    add_experiences(&terms, offer, request, policy);
    add_relation(&terms, offer, request, policy);
    if (request->age != 0 && has(offer->lived, request->age)) {
        add_term(&terms, MATCHING_LIVED_AGE, request->age,
                 signed_points(request, MATCHING_UNLIKE_AGE, policy->lived_age));
    }
    if (request->language != 0 && has(offer->speaks, request->language)) {
        add_term(&terms, MATCHING_OWN_LANGUAGE, request->language,
                 signed_points(request, MATCHING_UNLIKE_LANGUAGE, policy->own_language));
    }
    for (size_t at = 0; at < request->times.count; at++) {
        if (has(offer->free_then, request->times.items[at])) {
            add_term(&terms, MATCHING_SAME_TIME, request->times.items[at],
                     signed_points(request, MATCHING_UNLIKE_TIME, policy->same_time));
        }
    }
    return terms;
}

/* ---- the order ---- */

typedef struct Candidate {
    const MatchingOffer *offer;
    int64_t score;
    uint64_t lot;
} Candidate;

/* splitmix64's finalizer (Steele, Lea & Flood 2014): neighboring keys get unrelated lots. */
static uint64_t mixed(uint64_t value) {
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

static bool stands_before(const Candidate *left, const Candidate *right) {
    if (left->score != right->score) {
        return left->score > right->score;
    }
    if (left->offer->listed != right->offer->listed) {
        return left->offer->listed < right->offer->listed;
    }
    if (left->lot != right->lot) {
        return left->lot < right->lot;
    }
    return left->offer->key < right->offer->key;
}

/* Keeps the best `most` in order; Returns how many there are now. */
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

/* Most points first; equal points stay in the order of the terms. */
static void sort_reasons(MatchingReason *reasons, size_t count) {
    for (size_t next = 1; next < count; next++) {
        MatchingReason reason = reasons[next];
        size_t at = next;
        while (at > 0 && reasons[at - 1].points < reason.points) {
            reasons[at] = reasons[at - 1];
            at--;
        }
        reasons[at] = reason;
    }
}

static MatchingChoice explained(Arena *arena, const Candidate *candidate, const MatchingRequest *request,
                                const MatchingPolicy *policy) {
    size_t room = terms_of(candidate->offer, request, policy, NULL).count;
    MatchingReason *reasons = NEW_MANY(arena, room, MatchingReason);
    Terms terms = terms_of(candidate->offer, request, policy, reasons);
    assert(terms.count == room && terms.score == candidate->score);
    sort_reasons(reasons, room);
    return (MatchingChoice){
        .offer = candidate->offer->key, .score = terms.score, .reasons = reasons, .reason_count = room};
}

MatchingResult matching_shortlist(Arena *arena, const MatchingPool *pool, const MatchingRequest *request,
                                  const MatchingPolicy *policy, uint64_t seed, size_t most) {
    MatchingResult result = {0};
    Candidate *best = NEW_MANY(arena, most, Candidate);
    for (size_t at = 0; at < pool->count; at++) {
        const MatchingOffer *offer = &pool->items[at];
        unsigned against = rules_against(offer, request);
        if (against != 0) {
            count_removed(&result, against);
            continue;
        }
        result.fitting++;
        Candidate candidate = {.offer = offer,
                               .score = terms_of(offer, request, policy, NULL).score,
                               .lot = mixed(seed ^ mixed((uint64_t)offer->key))};
        result.count = keep_best(best, result.count, most, candidate);
    }
    MatchingChoice *choices = NEW_MANY(arena, result.count, MatchingChoice);
    for (size_t at = 0; at < result.count; at++) {
        choices[at] = explained(arena, &best[at], request, policy);
    }
    result.choices = choices;
    return result;
}
