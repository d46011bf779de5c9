/* SPDX-License-Identifier: Apache-2.0 */
/* Turns the numbers of a policy into what its pages say. */
#include "features/policy/policy_words_pages.h"

#include "texts.h"

#include <stddef.h>

static const Text facet_texts[FACET_COUNT] = {
    [FACET_EXPERIENCE] = TEXT_POLICY_FACET_EXPERIENCE,
    [FACET_SYSTEM] = TEXT_POLICY_FACET_SYSTEM,
    [FACET_ROLE] = TEXT_POLICY_FACET_ROLE,
    [FACET_LANGUAGE] = TEXT_POLICY_FACET_LANGUAGE,
    [FACET_RELATION] = TEXT_POLICY_FACET_RELATION,
    [FACET_AGE] = TEXT_POLICY_FACET_AGE,
    [FACET_TIME] = TEXT_POLICY_FACET_TIME,
    [FACET_CHANNEL] = TEXT_POLICY_FACET_CHANNEL,
    [FACET_REGION] = TEXT_POLICY_FACET_REGION,
    [FACET_CULTURE] = TEXT_POLICY_FACET_CULTURE,
    [FACET_GENDER] = TEXT_POLICY_FACET_GENDER,
    [FACET_FUNDING] = TEXT_POLICY_FACET_FUNDING,
};

Text policy_facet_text(MatchingFacet facet) {
    return facet_texts[facet];
}

Text policy_rule_text(MatchingFacetRule rule) {
    switch (rule) {
    case RULE_FREE:
        return TEXT_POLICY_RULE_FREE;
    case RULE_IF_SAID:
        return TEXT_POLICY_RULE_IF_SAID;
    case RULE_COMMON:
        break;
    }
    return TEXT_POLICY_RULE_COMMON;
}

Text policy_method_text(MatchingMethod method) {
    return method == METHOD_BEST_SUM ? TEXT_POLICY_METHOD_BEST_SUM : TEXT_POLICY_METHOD_NO_ENVY;
}

PolicyWords policy_words_of(const Scope *scope, const MatchingPolicy *policy) {
    PolicyFacetRow *rows = NEW_MANY(scope->arena, FACET_COUNT, PolicyFacetRow);
    PolicyWords words = {.policy = policy, .facets = {.items = rows, .count = FACET_COUNT}};
    for (size_t at = 0; at < FACET_COUNT; at++) {
        const MatchingFacetPolicy *facet = &policy->facets[at];
        rows[at] = (PolicyFacetRow){.facet = facet_texts[at], .policy = *facet};
        words.has_common = words.has_common || facet->rule == RULE_COMMON;
        words.has_if_said = words.has_if_said || facet->rule == RULE_IF_SAID;
        words.most = facet->first > words.most ? facet->first : words.most;
        words.most = facet->chosen > words.most ? facet->chosen : words.most;
        words.most = facet->coded > words.most ? facet->coded : words.most;
    }
    words.urgent_days = policy->day > 0 ? policy->urgent / policy->day : 0;
    return words;
}

/* ---- differences ---- */

typedef struct NumberText {
    Text what;
    size_t offset;
} NumberText;

static const NumberText facet_numbers[] = {
    {TEXT_POLICY_COLUMN_FIRST, offsetof(MatchingFacetPolicy, first)},
    {TEXT_POLICY_COLUMN_CHOSEN, offsetof(MatchingFacetPolicy, chosen)},
    {TEXT_POLICY_COLUMN_CODED, offsetof(MatchingFacetPolicy, coded)},
};
static const NumberText numbers[] = {
    {TEXT_POLICY_NUMBER_KNOWN, offsetof(MatchingPolicy, known)},
    {TEXT_POLICY_NUMBER_LISTED, offsetof(MatchingPolicy, listed_penalty)},
    {TEXT_POLICY_NUMBER_FIT, offsetof(MatchingPolicy, fit)},
    {TEXT_POLICY_NUMBER_DAY, offsetof(MatchingPolicy, day)},
    {TEXT_POLICY_NUMBER_URGENT, offsetof(MatchingPolicy, urgent)},
    {TEXT_POLICY_NUMBER_HOLD, offsetof(MatchingPolicy, hold_hours)},
};
enum {
    FACET_NUMBERS = sizeof facet_numbers / sizeof facet_numbers[0],
    NUMBERS = sizeof numbers / sizeof numbers[0],
    DIFFERENCES_MOST = FACET_COUNT * (FACET_NUMBERS + 1) + NUMBERS + 1,
};

static int64_t number_at(const void *policy, size_t offset) {
    int64_t number = 0;
    memcpy(&number, (const char *)policy + offset, sizeof number);
    return number;
}

typedef struct Differences {
    Words words;
    PolicyDifference *items;
    size_t count;
} Differences;

static void add_numbers(Differences *all, Str what, int64_t before, int64_t after) {
    if (before != after) {
        all->items[all->count++] =
            (PolicyDifference){.what = what,
                               .before = str_print(all->words.arena, "%lld", (long long)before),
                               .after = str_print(all->words.arena, "%lld", (long long)after)};
    }
}

static void add_texts(Differences *all, Str what, Text before, Text after) {
    if (before != after) {
        all->items[all->count++] = (PolicyDifference){.what = what,
                                                      .before = text_str(all->words.lang, before),
                                                      .after = text_str(all->words.lang, after)};
    }
}

PolicyDifferences policy_differences_of(const Scope *scope, const MatchingPolicy *before,
                                        const MatchingPolicy *after) {
    Differences all = {.words = scope_words(scope),
                       .items = NEW_MANY(scope->arena, DIFFERENCES_MOST, PolicyDifference)};
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        const MatchingFacetPolicy *old = &before->facets[facet];
        const MatchingFacetPolicy *new = &after->facets[facet];
        add_texts(&all, text_policy_of_facet(&all.words, facet_texts[facet], TEXT_POLICY_COLUMN_RULE),
                  policy_rule_text(old->rule), policy_rule_text(new->rule));
        for (size_t at = 0; at < FACET_NUMBERS; at++) {
            add_numbers(&all, text_policy_of_facet(&all.words, facet_texts[facet], facet_numbers[at].what),
                        number_at(old, facet_numbers[at].offset), number_at(new, facet_numbers[at].offset));
        }
    }
    for (size_t at = 0; at < NUMBERS; at++) {
        add_numbers(&all, text_str(scope->lang, numbers[at].what), number_at(before, numbers[at].offset),
                    number_at(after, numbers[at].offset));
    }
    add_texts(&all, text_str(scope->lang, TEXT_POLICY_METHOD), policy_method_text(before->method),
              policy_method_text(after->method));
    return (PolicyDifferences){.items = all.items, .count = all.count};
}
