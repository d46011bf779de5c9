/* SPDX-License-Identifier: Apache-2.0 */
/* Asks the plain matcher twice, before and after one thing has changed. */
#include "matching/flip.h"

#include "base/random.h"
#include "matching/oracle.h"

#include <assert.h>

enum {
    TRIAL_BYTES = 1 << 26,
    LIST_EACH = 16, /* trials */
};

/* One trial: a family, an offer, and what the matcher says of them as they are. */
typedef struct Trial {
    Arena *arena;
    const MatchingPolicy *policy;
    const MatchingOffer *offers;
    size_t count;
    const MatchingOffer *offer;
    const MatchingRequest *request;
    Random *random;
    uint64_t seed;
    FlipReport *report;
} Trial;

/* ---- the answer for two ---- */

typedef struct Answer {
    uint32_t against;
    int64_t score;
    MatchingReason *reasons;
    size_t count;
} Answer;

static Answer ask(const Trial *trial, const MatchingOffer *offer, const MatchingRequest *request) {
    Answer answer = {.against = oracle_rules_against(trial->policy, offer, request),
                     .reasons = NEW_MANY(trial->arena, oracle_reasons_most(request), MatchingReason)};
    answer.score = oracle_score(trial->policy, offer, request, answer.reasons, &answer.count);
    return answer;
}

/* For one and the same request: what a reason is worth follows from that. */
static bool is_same_reason(const MatchingReason *left, const MatchingReason *right) {
    return left->kind == right->kind && left->item == right->item;
}

static bool is_same(const Answer *before, const Answer *after) {
    if (before->against != after->against || before->score != after->score || before->count != after->count) {
        return false;
    }
    for (size_t at = 0; at < before->count; at++) {
        if (!is_same_reason(&before->reasons[at], &after->reasons[at])) {
            return false;
        }
    }
    return true;
}

static bool is_no_lower(const Answer *before, const Answer *after) {
    return (after->against & ~before->against) == 0 && after->score >= before->score;
}

static void count_trial(const Trial *trial, FlipKind kind, bool is_fine, FlipExample example) {
    FlipCount *count = &trial->report->counts[kind];
    count->tried++;
    if (!is_fine) {
        example.request = trial->request->key;
        example.offer = example.offer != 0 ? example.offer : trial->offer->key;
        count->first = count->failed == 0 ? example : count->first;
        count->failed++;
        trial->report->is_passed = false;
    }
}

static void judge(const Trial *trial, FlipKind kind, MatchingItem item, const Answer *before,
                  const Answer *after) {
    bool is_fine = is_no_lower(before, after);
    if (kind == FLIP_UNSTATED) {
        is_fine = is_same(before, after);
    } else if (kind == FLIP_CODED) {
        is_fine = before->against == after->against && before->score == after->score;
    }
    count_trial(trial, kind, is_fine,
                (FlipExample){.facet = item.facet,
                              .item = item.item,
                              .before = before->score,
                              .after = after->score,
                              .is_removed = (before->against == 0) != (after->against == 0)});
}

/* ---- what can be changed ---- */

static bool wishes_for(const MatchingRequest *request, MatchingFacet facet) {
    for (size_t at = 0; at < request->wishes.count; at++) {
        if (request->wishes.items[at].facet == facet) {
            return true;
        }
    }
    return false;
}

/* An item of this facet that someone in the pool has, or 0: found from a place in the pool by chance. */
static int64_t item_of_pool(const Trial *trial, MatchingFacet facet) {
    const size_t start = (size_t)random_below(trial->random, trial->count);
    for (size_t step = 0; step < trial->count; step++) {
        const MatchingItems has = trial->offers[(start + step) % trial->count].has;
        for (size_t at = 0; at < has.count; at++) {
            if (has.items[at].facet == facet) {
                return has.items[at].item;
            }
        }
    }
    return 0;
}

/* The offer with `item` and, when it replaces, nothing else of its facet. */
static MatchingOffer offer_with(const Trial *trial, MatchingItem item, bool replaces) {
    MatchingOffer changed = *trial->offer;
    MatchingItem *items = NEW_MANY(trial->arena, changed.has.count + 1, MatchingItem);
    size_t count = 0;
    for (size_t at = 0; at < changed.has.count; at++) {
        if (!replaces || changed.has.items[at].facet != item.facet) {
            items[count++] = changed.has.items[at];
        }
    }
    if (item.item != 0) {
        items[count++] = item;
    }
    changed.has = (MatchingItems){.items = items, .count = count};
    return changed;
}

/* The request with this wish put in place of that at `at`, or behind the last. */
static MatchingRequest request_with(const Trial *trial, size_t at, MatchingWish wish) {
    MatchingRequest changed = *trial->request;
    const size_t count = changed.wishes.count + (at == changed.wishes.count ? 1 : 0);
    MatchingWish *wishes = NEW_MANY(trial->arena, count, MatchingWish);
    for (size_t from = 0; from < changed.wishes.count; from++) {
        wishes[from] = changed.wishes.items[from];
    }
    wishes[at] = wish;
    changed.wishes = (MatchingWishes){.items = wishes, .count = count};
    return changed;
}

/* ---- the questions ---- */

static void flip_unstated(const Trial *trial, const Answer *before, MatchingFacet facet) {
    if (wishes_for(trial->request, facet)) {
        return;
    }
    const MatchingItem other = {.item = item_of_pool(trial, facet), .facet = facet};
    const MatchingItem choices[] = {{.item = 0, .facet = facet}, other};
    for (size_t at = 0; at < sizeof(choices) / sizeof(choices[0]); at++) {
        const MatchingOffer changed = offer_with(trial, choices[at], true);
        const Answer after = ask(trial, &changed, trial->request);
        judge(trial, FLIP_UNSTATED, choices[at], before, &after);
    }
}

/* The item is the offer's own where it has one, so that a policy that counts it shows. */
static void flip_coded(const Trial *trial, const Answer *before, MatchingFacet facet) {
    MatchingItem item = {.item = item_of_pool(trial, facet), .facet = facet};
    for (size_t at = 0; at < trial->offer->has.count; at++) {
        item = trial->offer->has.items[at].facet == facet ? trial->offer->has.items[at] : item;
    }
    if (wishes_for(trial->request, facet) || item.item == 0 ||
        matching_has(trial->offer->rather_not, item.item)) {
        return;
    }
    const MatchingWish wish = {.item = item.item, .facet = facet, .kind = WISH_CODED};
    const MatchingRequest changed = request_with(trial, trial->request->wishes.count, wish);
    const Answer after = ask(trial, trial->offer, &changed);
    judge(trial, FLIP_CODED, item, before, &after);
}

static void flip_wish(const Trial *trial, const Answer *before, size_t at) {
    const MatchingWish *wish = &trial->request->wishes.items[at];
    const MatchingItem item = {.item = wish->item, .facet = wish->facet};
    const bool is_met = matching_has(trial->offer->has, wish->item);
    if ((trial->request->unlike & (1U << wish->facet)) != 0) {
        return; /* what is asked for there is that it be not shared */
    }
    if (wish->facet == FACET_EXPERIENCE && !is_met) {
        const MatchingOffer changed = offer_with(trial, item, false);
        const Answer after = ask(trial, &changed, trial->request);
        judge(trial, FLIP_SHARED, item, before, &after);
    }
    if (is_met && wish->kind != WISH_FIRST) {
        MatchingWish own = *wish;
        own.kind = wish->kind == WISH_CODED ? WISH_CHOSEN : WISH_FIRST;
        const MatchingRequest changed = request_with(trial, at, own);
        const Answer after = ask(trial, trial->offer, &changed);
        judge(trial, FLIP_OWN_WORDS, item, before, &after);
    }
}

static bool is_same_choice(const MatchingChoice *left, const MatchingChoice *right) {
    return left->offer == right->offer && left->score == right->score && left->price == right->price &&
           left->penalty == right->penalty;
}

static void flip_declined(const Trial *trial) {
    enum { LIST = 4 };
    const MatchingResult before = oracle_shortlist(trial->arena, trial->policy, trial->offers, trial->count,
                                                   trial->request, trial->seed, LIST);
    if (before.count < 2) {
        return;
    }
    MatchingRequest changed = *trial->request;
    int64_t *passed = NEW_MANY(trial->arena, changed.passed.count + 1, int64_t);
    for (size_t at = 0; at < changed.passed.count; at++) {
        passed[at] = changed.passed.items[at];
    }
    passed[changed.passed.count] = before.choices[0].offer;
    changed.passed = (MatchingKeys){.items = passed, .count = changed.passed.count + 1};
    const MatchingResult after = oracle_shortlist(trial->arena, trial->policy, trial->offers, trial->count,
                                                  &changed, trial->seed, LIST - 1);
    for (size_t at = 1; at < before.count; at++) {
        const bool is_there = at - 1 < after.count;
        const bool is_fine = is_there && is_same_choice(&before.choices[at], &after.choices[at - 1]);
        count_trial(trial, FLIP_DECLINED, is_fine,
                    (FlipExample){.offer = before.choices[at].offer,
                                  .item = before.choices[0].offer,
                                  .before = before.choices[at].score,
                                  .after = is_there ? after.choices[at - 1].score : 0,
                                  .is_removed = !is_there});
    }
}

static void flip_away(const Trial *trial, const Answer *before) {
    MatchingOffer paused = *trial->offer;
    paused.is_paused = true;
    MatchingOffer full = *trial->offer;
    full.load = full.capacity;
    const MatchingOffer *const changed[] = {&paused, &full};
    for (size_t at = 0; at < sizeof(changed) / sizeof(changed[0]); at++) {
        const Answer after = ask(trial, changed[at], trial->request);
        count_trial(
            trial, FLIP_AWAY, after.against != 0,
            (FlipExample){.before = before->score, .after = after.score, .is_removed = after.against != 0});
    }
}

static void try_all(const Trial *trial) {
    const Answer before = ask(trial, trial->offer, trial->request);
    for (MatchingFacet facet = 0; facet < FACET_COUNT; facet++) {
        flip_unstated(trial, &before, facet);
    }
    flip_coded(trial, &before, FACET_CULTURE);
    flip_coded(trial, &before, FACET_GENDER);
    for (size_t at = 0; at < trial->request->wishes.count; at++) {
        flip_wish(trial, &before, at);
    }
    flip_away(trial, &before);
}

FlipReport flip_try(Arena *scratch, const MatchingPolicy *policy, const MatchingOffer *offers, size_t count,
                    const MatchingRequest *requests, size_t request_count, uint64_t seed, size_t trials) {
    FlipReport report = {.is_passed = true};
    if (count == 0 || request_count == 0) {
        return report;
    }
    Random random = random_seeded(seed);
    Trial trial = {.arena = arena_new_within(scratch, TRIAL_BYTES),
                   .policy = policy,
                   .offers = offers,
                   .count = count,
                   .random = &random,
                   .seed = seed,
                   .report = &report};
    for (size_t round = 0; round < trials; round++) {
        trial.offer = &offers[random_below(&random, count)];
        trial.request = &requests[random_below(&random, request_count)];
        try_all(&trial);
        /* A whole list costs as much as many pairs. */
        if (round % LIST_EACH == 0) {
            flip_declined(&trial);
        }
        arena_reset(trial.arena);
    }
    return report;
}
