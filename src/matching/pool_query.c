/* SPDX-License-Identifier: Apache-2.0 */
/* Compiles a request into the rules and sums that a kernel walks through. */
#include "matching/oracle.h"
#include "matching/pool_inside.h"

#include <assert.h>

/* ---- rules ---- */

static void add_rule_plane(const Pool *pool, PoolRule *rule, uint32_t plane) {
    PoolQuery *query = pool->query;
    PoolRules *rules = &query->scan.rules;
    query->rule_briefs[rules->plane_count] = pool_brief(pool, plane);
    rules->planes[rules->plane_count++] = pool_plane(pool, plane);
    rule->count++;
}

static PoolRule *begin_rule(PoolRules *rules, MatchingRule rule, bool is_against) {
    PoolRule *begun = &rules->rules[rules->count++];
    *begun = (PoolRule){.rule = rule, .first = (uint32_t)rules->plane_count, .is_against = is_against};
    return begun;
}

/* Each wish is looked up once. */
static void find_wishes(const Pool *pool, const MatchingRequest *request) {
    for (size_t at = 0; at < request->wishes.count; at++) {
        pool->query->wishes[at] = pool_items_find(&pool->items, request->wishes.items[at].item);
    }
}

/* The plane of those who have what the wish at this place asks for; POOL_NO_PLANE: nobody. */
static uint32_t plane_of_wish(const Pool *pool, size_t at) {
    const PoolItem *item = pool->query->wishes[at];
    return item == NULL ? POOL_NO_PLANE : item->has;
}

static void add_limits(const Pool *pool, const MatchingRequest *request, PoolRules *rules) {
    PoolRule *rule = begin_rule(rules, MATCHING_RULE_RATHER_NOT, true);
    for (size_t at = 0; at < request->wishes.count; at++) {
        const PoolItem *item = pool->query->wishes[at];
        if (item != NULL && item->limit != POOL_NO_PLANE) {
            add_rule_plane(pool, rule, item->limit);
        }
    }
    rules->count -= rule->count == 0 ? 1 : 0;
}

/* Which wishes of a facet must be met, if any. */
typedef struct Demand {
    size_t wished;
    size_t required;
} Demand;

static void add_facet(const Pool *pool, const MatchingRequest *request, MatchingFacet facet, Demand demand,
                      PoolRules *rules) {
    const bool is_unlike = (request->unlike & (1U << facet)) != 0;
    const MatchingFacetRule kind = pool->policy.facets[facet].rule;
    if (demand.required == 0 && (is_unlike || kind == RULE_FREE)) {
        return;
    }
    PoolRule *rule = begin_rule(rules, (MatchingRule)(MATCHING_RULE_FACET + (int)facet), false);
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        if (wish->facet != facet || (demand.required > 0 && !wish->is_required)) {
            continue;
        }
        const uint32_t plane = plane_of_wish(pool, at);
        if (plane != POOL_NO_PLANE) {
            add_rule_plane(pool, rule, plane);
        }
    }
    if (demand.required == 0 && kind == RULE_IF_SAID) {
        add_rule_plane(pool, rule, PLANE_SILENT + (uint32_t)facet);
    }
}

/* False when there is a rule that nobody meets. */
static bool add_rules(const Pool *pool, const MatchingRequest *request, PoolRules *rules) {
    rules->count = 0;
    rules->plane_count = 0;
    Demand demands[FACET_COUNT] = {0};
    for (size_t at = 0; at < request->wishes.count; at++) {
        Demand *demand = &demands[request->wishes.items[at].facet];
        demand->wished++;
        demand->required += request->wishes.items[at].is_required ? 1 : 0;
    }
    add_limits(pool, request, rules);
    bool can_be_met = true;
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        if (demands[facet].wished > 0) {
            const size_t before = rules->count;
            add_facet(pool, request, (MatchingFacet)facet, demands[facet], rules);
            can_be_met = can_be_met && (rules->count == before || rules->rules[before].count > 0);
        }
    }
    return can_be_met;
}

/* In which blocks someone may be left: the rules over blocks in place of offers. */
static void find_alive(const Pool *pool) {
    const PoolQuery *query = pool->query;
    const PoolRules *rules = &query->scan.rules;
    const uint64_t *base = pool_brief(pool, PLANE_OPEN);
    for (size_t word = 0; word < pool->brief_stride; word++) {
        uint64_t alive = base[word];
        for (size_t at = 0; at < rules->count; at++) {
            const PoolRule *rule = &rules->rules[at];
            uint64_t any = rule->is_against ? UINT64_MAX : 0;
            for (size_t plane = 0; plane < rule->count; plane++) {
                any |= query->rule_briefs[rule->first + plane][word];
            }
            alive &= any;
        }
        rules->alive[word] = alive;
    }
}

/* ---- terms ---- */

static void add_terms(const Pool *pool, const MatchingRequest *request, PoolQuery *query) {
    query->term_count = 0;
    query->least = 0;
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        const int64_t points = oracle_wish_points(&pool->policy, request, wish);
        const uint32_t plane = plane_of_wish(pool, at);
        if (points != 0 && plane != POOL_NO_PLANE) {
            query->terms[query->term_count++] =
                (PoolTerm){.plane = pool_plane(pool, plane), .points = points};
            query->least += points < 0 ? points : 0;
        }
    }
}

static uint64_t weight_of(const PoolTerm *term) {
    return (uint64_t)(term->points < 0 ? -term->points : term->points);
}

/* ---- the steps of a sum ---- */

/* Where the steps of a sum are written, and the bits that wait for the column that comes next. */
typedef struct Layout {
    PoolSum *sum;
    uint64_t *room;
    PoolInput inputs[POOL_WISHES_MOST + 1 + POOL_WAITING_MOST]; /* of this column */
    size_t input_count;
    size_t waiting; /* carries into the next column */
    unsigned half;  /* of the temporaries, in which they wait */
} Layout;

static uint64_t *temporary(const Layout *layout, size_t number) {
    return layout->room + number * POOL_STRIP_WORDS;
}

static uint64_t *turned_at(const Layout *layout, size_t term) {
    return temporary(layout, 2 * POOL_WAITING_MOST + term);
}

static void add_input(Layout *layout, const uint64_t *words, bool is_plane) {
    layout->inputs[layout->input_count++] = (PoolInput){.words = words, .mask = is_plane ? SIZE_MAX : 0};
}

static PoolStep *add_step(Layout *layout, PoolStepKind kind, unsigned column, size_t first, size_t count) {
    assert(layout->sum->count < POOL_STEPS_MOST);
    PoolStep *step = &layout->sum->steps[layout->sum->count++];
    step->kind = kind;
    step->column = column;
    step->count = (uint32_t)count;
    step->carries = temporary(layout, layout->half * POOL_WAITING_MOST + layout->waiting);
    step->sum = temporary(layout, 2 * POOL_WAITING_MOST + POOL_WISHES_MOST);
    for (size_t at = 0; at < count; at++) {
        step->inputs[at] = layout->inputs[first + at];
    }
    layout->waiting += count / 2;
    return step;
}

/* Adds up what stands in layout->inputs: as many as fit a step, and their sum with the next ones. */
static void add_column(Layout *layout, unsigned column) {
    size_t first = 0;
    while (layout->input_count - first > POOL_INPUTS_MOST) {
        const PoolStep *step = add_step(layout, STEP_REDUCE, column, first, POOL_REDUCED);
        first += POOL_REDUCED - 1;
        layout->inputs[first] = (PoolInput){.words = step->sum, .mask = 0};
    }
    add_step(layout, STEP_COLUMN, column, first, layout->input_count - first);
}

/* The carries that wait are inputs of the column that begins. */
static void begin_column(Layout *layout) {
    layout->input_count = 0;
    for (size_t at = 0; at < layout->waiting; at++) {
        add_input(layout, temporary(layout, layout->half * POOL_WAITING_MOST + at), false);
    }
    layout->half = 1 - layout->half;
    layout->waiting = 0;
}

/* Points below zero count for those who do not have the item. */
static void add_turned(Layout *layout, const PoolQuery *query) {
    for (size_t at = 0; at < query->term_count; at++) {
        if (query->terms[at].points < 0) {
            layout->inputs[0] = (PoolInput){.words = query->terms[at].plane, .mask = SIZE_MAX};
            add_step(layout, STEP_TURN, 0, 0, 1)->sum = turned_at(layout, at);
        }
    }
}

/* Lays out the sum of all points and of the turned burden. */
static void lay_out(const Pool *pool, PoolQuery *query, PoolBurden burden) {
    const unsigned burden_bits = burden == BURDEN_PRICE ? pool->price_bits : pool->burden_bits;
    const uint32_t burden_plane = burden == BURDEN_PRICE ? PLANE_PRICE : PLANE_BURDEN;
    PoolSum *sum = &query->scan.sum;
    Layout layout = {.sum = sum, .room = query->scan.room};
    query->turned_most = (UINT64_C(1) << burden_bits) - 1;
    sum->count = 0;
    sum->greatest = query->turned_most;
    for (size_t at = 0; at < query->term_count; at++) {
        sum->greatest += weight_of(&query->terms[at]);
    }
    add_turned(&layout, query);
    for (unsigned column = 0; sum->greatest >> column != 0; column++) {
        begin_column(&layout);
        if (column < burden_bits) {
            add_input(&layout, pool_plane(pool, burden_plane + column), true);
        }
        for (size_t at = 0; at < query->term_count; at++) {
            const PoolTerm *term = &query->terms[at];
            if ((weight_of(term) >> column & 1U) != 0) {
                const bool is_turned = term->points < 0;
                add_input(&layout, is_turned ? turned_at(&layout, at) : term->plane, !is_turned);
            }
        }
        add_column(&layout, column);
    }
}

/* ---- special ones ---- */

static void add_special(const Pool *pool, PoolQuery *query, size_t position, unsigned kind) {
    uint64_t *plane = pool_plane(pool, PLANE_SPECIAL);
    if (pool_bit(plane, position)) {
        size_t at = 0;
        while (query->specials[at].position != position) {
            at++;
        }
        query->specials[at].kinds |= kind;
        return;
    }
    plane[position / 64] |= UINT64_C(1) << (position % 64);
    query->specials[query->special_count++] = (PoolSpecial){.position = (uint32_t)position, .kinds = kind};
}

static void add_person(const Pool *pool, PoolQuery *query, int64_t person, unsigned kind) {
    size_t place = pool_index_first(&pool->by_person, person);
    for (;;) {
        const size_t position = pool_index_next(pool, &pool->by_person, &place);
        if (position == pool->count) {
            return;
        }
        if (pool->persons[position] == person) {
            add_special(pool, query, position, kind);
        }
    }
}

static void add_specials(const Pool *pool, const MatchingRequest *request, PoolQuery *query) {
    query->special_count = 0;
    add_person(pool, query, request->person, SPECIAL_SELF);
    for (size_t at = 0; at < request->apart.count; at++) {
        add_person(pool, query, request->apart.items[at], SPECIAL_APART);
    }
    for (size_t at = 0; at < request->passed.count; at++) {
        const size_t position = pool_position(pool, request->passed.items[at]);
        if (position < pool->count) {
            add_special(pool, query, position, SPECIAL_PASSED);
        }
    }
    for (size_t at = 0; at < request->known.count; at++) {
        add_person(pool, query, request->known.items[at], SPECIAL_KNOWN);
    }
}

/* ---- the whole ---- */

bool pool_query_begin(const Pool *pool, const MatchingRequest *request, PoolBurden burden) {
    assert(request->wishes.count <= POOL_WISHES_MOST);
    PoolQuery *query = pool->query;
    PoolScan *scan = &query->scan;
    find_wishes(pool, request);
    const bool can_be_met = add_rules(pool, request, &scan->rules);
    add_terms(pool, request, query);
    add_specials(pool, request, query);
    scan->rules.base = pool_plane(pool, PLANE_OPEN);
    scan->rules.special = query->special_count > 0 ? pool_plane(pool, PLANE_SPECIAL) : NULL;
    find_alive(pool);
    lay_out(pool, query, burden);
    scan->sum.is_needed = false;
    return can_be_met;
}

void pool_query_end(const Pool *pool) {
    uint64_t *plane = pool_plane(pool, PLANE_SPECIAL);
    for (size_t at = 0; at < pool->query->special_count; at++) {
        plane[pool->query->specials[at].position / 64] = 0;
    }
    pool->query->special_count = 0;
}

bool pool_query_above(const Pool *pool, int64_t value) {
    PoolQuery *query = pool->query;
    PoolSum *sum = &query->scan.sum;
    const int64_t turned_most = (int64_t)query->turned_most;
    /* The sum is score - least + turned_most - burden. Far values are told apart first: nothing overflows. */
    if (value >= query->least - turned_most + (int64_t)sum->greatest) {
        return false;
    }
    sum->is_needed = value >= query->least - turned_most;
    sum->bound = sum->is_needed ? (uint64_t)(value - query->least + turned_most) : 0;
    return true;
}

int64_t pool_query_score(const Pool *pool, size_t position) {
    const PoolQuery *query = pool->query;
    const size_t word = position / 64;
    const unsigned shift = (unsigned)(position % 64);
    uint64_t score = 0;
    for (size_t at = 0; at < query->term_count; at++) {
        /* All ones where the bit is set: a branch would be guessed wrong every other time. */
        const uint64_t is_met = 0 - (query->terms[at].plane[word] >> shift & 1U);
        score += (uint64_t)query->terms[at].points & is_met;
    }
    return (int64_t)score;
}

static bool has_any(const PoolRules *rules, const PoolRule *rule, size_t position) {
    for (size_t at = 0; at < rule->count; at++) {
        if (pool_bit(rules->planes[rule->first + at], position)) {
            return true;
        }
    }
    return false;
}

uint32_t pool_query_against(const Pool *pool, const PoolSpecial *special) {
    static const struct {
        unsigned kind;
        MatchingRule rule;
    } kinds[] = {{SPECIAL_SELF, MATCHING_RULE_SELF},
                 {SPECIAL_APART, MATCHING_RULE_APART},
                 {SPECIAL_PASSED, MATCHING_RULE_PASSED}};
    static const struct {
        PoolPlane plane;
        MatchingRule rule;
    } planes[] = {{PLANE_UNCLEARED, MATCHING_RULE_CLEARED},
                  {PLANE_PAUSED, MATCHING_RULE_PAUSED},
                  {PLANE_FULL, MATCHING_RULE_FULL}};
    uint32_t against = 0;
    for (size_t at = 0; at < sizeof kinds / sizeof kinds[0]; at++) {
        against |= (special->kinds & kinds[at].kind) != 0 ? UINT32_C(1) << kinds[at].rule : 0;
    }
    for (size_t at = 0; at < sizeof planes / sizeof planes[0]; at++) {
        const bool is_set = pool_bit(pool_plane(pool, planes[at].plane), special->position);
        against |= is_set ? UINT32_C(1) << planes[at].rule : 0;
    }
    const PoolRules *rules = &pool->query->scan.rules;
    for (size_t at = 0; at < rules->count; at++) {
        const PoolRule *rule = &rules->rules[at];
        if (has_any(rules, rule, special->position) == rule->is_against) {
            against |= UINT32_C(1) << rule->rule;
        }
    }
    return against;
}
