/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates from what those who wait wish for, and what each would be worth to them. */
#include "features/round/round_recruit.h"

#include "features/round/round_table.h"
#include "matching/what_if.h"

/* The wishes of those who wait, in one facet, each once. */
typedef struct Wished {
    int64_t *items;
    size_t count;
} Wished;

enum { WISHED_MOST = 60 };

static void add_once(Wished *wished, int64_t item) {
    for (size_t at = 0; at < wished->count; at++) {
        if (wished->items[at] == item) {
            return;
        }
    }
    if (wished->count < WISHED_MOST) {
        wished->items[wished->count++] = item;
    }
}

static Wished wished_in(const RoundTable *table, MatchingFacet facet) {
    Wished wished = {.items = NEW_MANY(table->arena, WISHED_MOST, int64_t)};
    for (size_t at = 0; at < table->count; at++) {
        const MatchingWishes *wishes = &table->asked[at].wishes;
        for (size_t wish = 0; wish < wishes->count; wish++) {
            if (wishes->items[wish].facet == facet) {
                add_once(&wished, wishes->items[wish].item);
            }
        }
    }
    return wished;
}

static MatchingKeys keys_of(Wished wished) {
    return (MatchingKeys){.items = wished.items, .count = wished.count};
}

/* What is usual here: of these facets, all that a third of those who offer have. */
static MatchingItems usual_items(const RoundTable *table) {
    static const MatchingFacet facets[] = {FACET_TIME, FACET_CHANNEL, FACET_REGION};
    enum { FACETS = sizeof facets / sizeof facets[0], PART = 3 };
    MatchingItem *items = NEW_MANY(table->arena, FACETS * WISHED_MOST, MatchingItem);
    size_t count = 0;
    for (size_t facet = 0; facet < FACETS; facet++) {
        Wished wished = wished_in(table, facets[facet]);
        for (size_t at = 0; at < wished.count; at++) {
            size_t having = 0;
            for (size_t offer = 0; offer < table->offer_count; offer++) {
                having += matching_has(table->offers[offer].has, wished.items[at]) ? 1 : 0;
            }
            if (having * PART >= table->offer_count) {
                items[count++] = (MatchingItem){.item = wished.items[at], .facet = facets[facet]};
            }
        }
    }
    return (MatchingItems){.items = items, .count = count};
}

/* What can be learned or arranged; nobody can be taught an experience, a culture or a gender. */
static MatchingItems lessons_of(const RoundTable *table) {
    static const MatchingFacet facets[] = {FACET_LANGUAGE, FACET_ROLE,   FACET_TIME,
                                           FACET_CHANNEL,  FACET_REGION, FACET_FUNDING};
    enum { FACETS = sizeof facets / sizeof facets[0] };
    MatchingItem *items = NEW_MANY(table->arena, FACETS * WISHED_MOST, MatchingItem);
    size_t count = 0;
    for (size_t facet = 0; facet < FACETS; facet++) {
        Wished wished = wished_in(table, facets[facet]);
        for (size_t at = 0; at < wished.count; at++) {
            items[count++] = (MatchingItem){.item = wished.items[at], .facet = facets[facet]};
        }
    }
    return (MatchingItems){.items = items, .count = count};
}

static RecruitRows rows_of(const RoundTable *table, const WhatIfTable *answer,
                           const WhatIfCandidates *candidates) {
    RecruitRow *rows = NEW_MANY(table->arena, answer->count, RecruitRow);
    size_t count = 0;
    for (size_t at = 0; at < answer->count; at++) {
        const WhatIfRow *from = &answer->rows[at];
        const WhatIfCandidate *candidate = &candidates->items[from->candidate];
        if (from->points < 1) {
            continue;
        }
        RecruitRow *row = &rows[count++];
        *row = (RecruitRow){.offer = {candidate->present},
                            .points = from->points,
                            .families = from->families > 0 ? from->families : 0};
        for (size_t item = 0; item < candidate->added_count && item < RECRUIT_ITEMS; item++) {
            row->items[row->item_count++] = (ListItemId){candidate->added[item].item};
        }
    }
    return (RecruitRows){.items = rows, .count = count};
}

Recruit round_recruit(const Scope *scope, ProgramId program) {
    RoundTable table = round_table_now(scope, program, 0);
    Recruit recruit = {.waiting = (int64_t)table.count};
    if (table.count == 0) {
        return recruit;
    }
    const WhatIfRecruits people = {.languages = keys_of(wished_in(&table, FACET_LANGUAGE)),
                                   .experiences = keys_of(wished_in(&table, FACET_EXPERIENCE)),
                                   .roles = keys_of(wished_in(&table, FACET_ROLE)),
                                   .usual = usual_items(&table),
                                   .places = 1};
    enum { PEOPLE, LESSONS, PLACES, PARTS };
    const WhatIfCandidates parts[PARTS] = {
        [PEOPLE] = what_if_recruits(table.arena, &people),
        [LESSONS] = what_if_lessons(table.arena, table.offers, table.offer_count, lessons_of(&table)),
        [PLACES] = what_if_places(table.arena, table.offers, table.offer_count, 1),
    };
    const PlanOrder order = round_table_order(&table);
    WhatIfTable answers[PARTS];
    what_if_parts(table.arena, &order, parts, PARTS, RECRUIT_MOST, answers);
    recruit.nobody = (int64_t)answers[PEOPLE].waiting;
    recruit.people = rows_of(&table, &answers[PEOPLE], &parts[PEOPLE]);
    recruit.lessons = rows_of(&table, &answers[LESSONS], &parts[LESSONS]);
    recruit.places = rows_of(&table, &answers[PLACES], &parts[PLACES]);
    return recruit;
}
