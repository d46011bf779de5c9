/* SPDX-License-Identifier: Apache-2.0 */
/* Makes up offers as they would be. */
#include "matching/what_if.h"

static MatchingItems items_with(Arena *arena, MatchingItems set, const MatchingItem *added, size_t count) {
    MatchingItem *items = NEW_MANY(arena, set.count + count, MatchingItem);
    for (size_t at = 0; at < set.count; at++) {
        items[at] = set.items[at];
    }
    MatchingItems result = {.items = items, .count = set.count};
    for (size_t at = 0; at < count; at++) {
        if (!matching_has(result, added[at].item)) {
            items[result.count++] = added[at];
        }
    }
    return result;
}

static void add_side(WhatIfCandidate *candidate, MatchingKeys side, size_t at, MatchingFacet facet) {
    if (side.count > 0) {
        candidate->added[candidate->added_count++] = (MatchingItem){.item = side.items[at], .facet = facet};
    }
}

static size_t ways(MatchingKeys side) {
    return side.count > 0 ? side.count : 1;
}

WhatIfCandidates what_if_recruits(Arena *arena, const WhatIfRecruits *recruits) {
    const size_t experiences = ways(recruits->experiences);
    const size_t roles = ways(recruits->roles);
    const size_t count = ways(recruits->languages) * experiences * roles;
    WhatIfCandidate *candidates = NEW_MANY(arena, count, WhatIfCandidate);
    for (size_t at = 0; at < count; at++) {
        WhatIfCandidate *candidate = &candidates[at];
        add_side(candidate, recruits->languages, at / (experiences * roles), FACET_LANGUAGE);
        add_side(candidate, recruits->experiences, at / roles % experiences, FACET_EXPERIENCE);
        add_side(candidate, recruits->roles, at % roles, FACET_ROLE);
        candidate->places = recruits->places;
        candidate->offer = (MatchingOffer){
            .key = -1 - (int64_t)at,
            .person = -1 - (int64_t)at,
            .is_cleared = true,
            .capacity = recruits->places,
            .has = items_with(arena, recruits->usual, candidate->added, candidate->added_count)};
    }
    return (WhatIfCandidates){.items = candidates, .count = count};
}

WhatIfCandidates what_if_lessons(Arena *arena, const MatchingOffer *offers, size_t count,
                                 MatchingItems lessons) {
    WhatIfCandidate *candidates = NEW_MANY(arena, count * lessons.count, WhatIfCandidate);
    size_t made = 0;
    for (size_t at = 0; at < count * lessons.count; at++) {
        const MatchingOffer *offer = &offers[at / lessons.count];
        const MatchingItem lesson = lessons.items[at % lessons.count];
        if (!matching_has(offer->has, lesson.item)) {
            WhatIfCandidate *candidate = &candidates[made++];
            *candidate = (WhatIfCandidate){
                .present = offer->key, .offer = *offer, .added = {lesson}, .added_count = 1};
            candidate->offer.has = items_with(arena, offer->has, &lesson, 1);
        }
    }
    return (WhatIfCandidates){.items = candidates, .count = made};
}

WhatIfCandidates what_if_places(Arena *arena, const MatchingOffer *offers, size_t count, int64_t places) {
    WhatIfCandidate *candidates = NEW_MANY(arena, count, WhatIfCandidate);
    for (size_t at = 0; at < count; at++) {
        candidates[at] = (WhatIfCandidate){.present = offers[at].key, .offer = offers[at], .places = places};
        candidates[at].offer.capacity += places;
    }
    return (WhatIfCandidates){.items = candidates, .count = count};
}
