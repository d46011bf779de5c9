/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers a program starts from, and where the turn of equals begins. */
#include "matching/model.h"

/* What was coded beside the family's words counts at most half of what it said itself, and nothing at all
 * where it would speak of who someone is: culture and gender count only when the family names them. */
const MatchingPolicy matching_policy_start = {
    .name = {.at = "plain-4", .length = sizeof "plain-4" - 1},
    .facets =
        {
            /* One thing named outweighs two coded; two named outweigh the one named first. */
            [FACET_EXPERIENCE] = {RULE_COMMON, .first = 60, .chosen = 40, .coded = 15},
            [FACET_SYSTEM] = {RULE_FREE, .first = 20, .chosen = 20, .coded = 10},
            /* Who said no role has ruled none out. Points would only count what someone filled in. */
            [FACET_ROLE] = {RULE_IF_SAID, .first = 0, .chosen = 0, .coded = 0},
            /* The own language before one that is also spoken. */
            [FACET_LANGUAGE] = {RULE_COMMON, .first = 15, .chosen = 5, .coded = 2},
            [FACET_RELATION] = {RULE_FREE, .first = 12, .chosen = 12, .coded = 6},
            [FACET_AGE] = {RULE_FREE, .first = 10, .chosen = 10, .coded = 5},
            /* One window in common is needed, each further one helps a little. */
            [FACET_TIME] = {RULE_IF_SAID, .first = 4, .chosen = 4, .coded = 2},
            [FACET_CHANNEL] = {RULE_IF_SAID, .first = 4, .chosen = 4, .coded = 2},
            [FACET_REGION] = {RULE_FREE, .first = 8, .chosen = 8, .coded = 4},
            [FACET_CULTURE] = {RULE_FREE, .first = 10, .chosen = 10, .coded = 0},
            [FACET_GENDER] = {RULE_FREE, .first = 10, .chosen = 10, .coded = 0},
            [FACET_FUNDING] = {RULE_IF_SAID, .first = 0, .chosen = 0, .coded = 0},
        },
    .known = 30,
    .listed_penalty = 8, /* the smallest that halves first requests in vain (doc/matching.md) */
    .fit = 4,
    .day = 4,      /* uncapped: capped, or by score alone, families of rare languages waited twice as long */
    .urgent = 120, /* as much as a month of waiting */
    .floor = 0,
    .method = METHOD_BEST_SUM,
    .hold_hours = 72,
};

/* splitmix64's finalizer (Steele, Lea & Flood 2014): neighboring numbers get unrelated ones. */
static uint64_t mixed(uint64_t value) {
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

int64_t matching_turn(int64_t request, uint64_t seed) {
    return (int64_t)(mixed(seed ^ mixed((uint64_t)request)) >> 1);
}
