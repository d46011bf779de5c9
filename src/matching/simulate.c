/* SPDX-License-Identifier: Apache-2.0 */
/* Families who look at short lists and ask, all at once or one after another. */
#include "matching/simulate.h"

#include "base/random.h"
#include "matching/congestion.h"
#include "matching/lot.h"

#include <assert.h>

static_assert((int)SIMULATE_LIST <= (int)CONGESTION_LIST_MOST, "a list must fit");

enum { TASTE_BITS = 16, STEP_BYTES = 1 << 30 };

/* What one family has seen and asked. */
typedef struct Asking {
    MatchingRequest request; /* with room for who was asked in `passed` */
    PoolHit list[SIMULATE_LIST];
    size_t count;
    size_t asked;
    bool is_matched;
    bool was_in_vain; /* its first request */
    int64_t score;
} Asking;

typedef struct Play {
    Congestion *congestion;
    Asking *families;
    size_t count;
    uint64_t seed;
    SimulateLists lists;
    size_t listed; /* on first lists */
    int64_t list_score;
} Play;

/* The numbers below count, in an order by chance. */
static size_t *shuffled(Arena *arena, Random *random, size_t count) {
    size_t *order = NEW_MANY(arena, count, size_t);
    for (size_t at = 0; at < count; at++) {
        const size_t place = (size_t)random_below(random, at + 1);
        order[at] = order[place];
        order[place] = at;
    }
    return order;
}

/* ---- a family looks, and asks ---- */

/* By score alone: no prices are set, and no penalty is counted. */
static MatchingPolicy policy_of(const MatchingPolicy *policy, SimulateLists lists) {
    MatchingPolicy own = *policy;
    own.listed_penalty = lists == SIMULATE_PRICED ? policy->listed_penalty : 0;
    return own;
}

static Play play_new(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offers, size_t count,
                     const MatchingRequest *requests, size_t request_count, uint64_t seed,
                     SimulateLists lists) {
    MatchingOffer *fresh = NEW_MANY(arena, count, MatchingOffer);
    for (size_t at = 0; at < count; at++) {
        fresh[at] = offers[at];
        fresh[at].price = fresh[at].listed = fresh[at].pending = fresh[at].load = 0;
        fresh[at].capacity =
            offers[at].load < offers[at].capacity ? offers[at].capacity - offers[at].load : 0;
    }
    Play play = {.congestion = congestion_new(arena, policy, fresh, count, request_count, seed),
                 .families = NEW_MANY(arena, request_count, Asking),
                 .count = request_count,
                 .seed = seed,
                 .lists = lists};
    for (size_t at = 0; at < request_count; at++) {
        MatchingRequest *request = &play.families[at].request;
        *request = requests[at];
        request->waiting_days = 0;
        request->is_urgent = request->is_in_floor_group = false;
        int64_t *passed = NEW_MANY(arena, request->passed.count + SIMULATE_REQUESTS, int64_t);
        for (size_t from = 0; from < request->passed.count; from++) {
            passed[from] = request->passed.items[from];
        }
        request->passed.items = passed;
    }
    return play;
}

static void look(Play *play, size_t at, int64_t hour) {
    Asking *family = &play->families[at];
    family->count =
        congestion_list(play->congestion, at, &family->request, hour, SIMULATE_LIST, family->list);
    for (size_t on = 0; on < family->count && family->asked == 0; on++) {
        play->listed++;
        play->list_score += family->list[on].score;
    }
}

/* Whom the family likes best of those on its list, taken off it. */
static PoolHit take_favorite(const Play *play, Asking *family) {
    const uint64_t draw = lot_family(play->seed, family->request.key);
    size_t favorite = 0;
    int64_t most = -1;
    for (size_t at = 0; at < family->count; at++) {
        const int64_t offer = congestion_offer(play->congestion, family->list[at].position)->key;
        const int64_t liking = lot_of(draw, offer, TASTE_BITS);
        favorite = liking > most ? at : favorite;
        most = liking > most ? liking : most;
    }
    const PoolHit hit = family->list[favorite];
    family->count--;
    memmove(&family->list[favorite], &family->list[favorite + 1],
            (family->count - favorite) * sizeof(family->list[0]));
    return hit;
}

/* One request, when there is anyone to ask. In vain: the next list no longer holds who was asked. */
static void ask(Play *play, size_t at, int64_t hour) {
    Asking *family = &play->families[at];
    if (family->is_matched || family->count == 0) {
        return;
    }
    const PoolHit hit = take_favorite(play, family);
    family->asked++;
    if (congestion_invite(play->congestion, hit.position)) {
        congestion_accept(play->congestion, hit.position);
        congestion_close(play->congestion, at);
        family->is_matched = true;
        family->score = hit.score;
        return;
    }
    family->was_in_vain = true; /* the first was: whoever was taken asks no more */
    MatchingKeys *passed = &family->request.passed;
    ((int64_t *)passed->items)[passed->count++] = congestion_offer(play->congestion, hit.position)->key;
    if (play->lists != SIMULATE_NAIVE) {
        look(play, at, hour);
    }
}

Arena *simulate_arena(Arena *scratch) {
    return arena_new_within(scratch, STEP_BYTES);
}

/* ---- what came of it ---- */

int64_t simulate_language(const MatchingRequest *request) {
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        if (wish->facet == FACET_LANGUAGE && wish->kind == WISH_FIRST) {
            return wish->item;
        }
    }
    return 0;
}

SimulateGroup *simulate_group(SimulateOutcome *outcome, const MatchingRequest *request) {
    const int64_t language = simulate_language(request);
    for (size_t at = 0; at < outcome->group_count; at++) {
        if (outcome->groups[at].language == language) {
            return &outcome->groups[at];
        }
    }
    if (outcome->group_count == SIMULATE_GROUPS) {
        return &outcome->groups[SIMULATE_GROUPS - 1];
    }
    SimulateGroup *group = &outcome->groups[outcome->group_count++];
    group->language = language;
    return group;
}

static SimulateOutcome outcome_of(Arena *arena, const Play *play) {
    int32_t *scores = NEW_MANY(arena, play->count, int32_t);
    SimulateOutcome outcome = {
        .families = play->count, .listed = play->listed, .list_score = play->list_score, .scores = scores};
    for (size_t at = 0; at < play->count; at++) {
        const Asking *family = &play->families[at];
        SimulateGroup *group = simulate_group(&outcome, &family->request);
        group->families++;
        group->matched += family->is_matched ? 1 : 0;
        outcome.matched += family->is_matched ? 1 : 0;
        outcome.asked += family->asked > 0 ? 1 : 0;
        outcome.in_vain += family->was_in_vain ? 1 : 0;
        outcome.score += family->score;
        scores[at] = family->is_matched ? (int32_t)family->score : SIMULATE_ALONE;
    }
    return outcome;
}

SimulateBoth simulate_both(const SimulateOutcome *one, const SimulateOutcome *other) {
    assert(one->families == other->families);
    SimulateBoth both = {0};
    for (size_t at = 0; at < one->families; at++) {
        if (one->scores[at] != SIMULATE_ALONE && other->scores[at] != SIMULATE_ALONE) {
            both.families++;
            both.one += one->scores[at];
            both.other += other->scores[at];
        }
    }
    return both;
}

/* ---- all at once ---- */

SimulateOutcome simulate_at_once(Arena *scratch, const MatchingPolicy *policy, const MatchingOffer *offers,
                                 size_t count, const MatchingRequest *requests, size_t request_count,
                                 uint64_t seed, SimulateLists lists) {
    const MatchingPolicy own = policy_of(policy, lists);
    Play play = play_new(scratch, &own, offers, count, requests, request_count, seed, lists);
    Random random = random_seeded(seed);
    const size_t *lists_in = shuffled(scratch, &random, request_count);
    const size_t *asks_in = shuffled(scratch, &random, request_count);
    if (lists == SIMULATE_PRICED) {
        congestion_set_prices(play.congestion, scratch, requests, request_count);
    }
    for (size_t at = 0; at < request_count; at++) {
        look(&play, lists_in[at], 0);
    }
    for (int round = 0; round < SIMULATE_REQUESTS; round++) {
        for (size_t at = 0; at < request_count; at++) {
            ask(&play, asks_in[at], 0);
        }
    }
    return outcome_of(scratch, &play);
}

/* ---- one after another ---- */

enum {
    LOOKS_HOURS = 72,    /* a family looks at its list for less than this */
    FORECASTS = 20,      /* new prices so many times on the way */
    COME_IN_HOURS = 720, /* all of them: a month */
};

/* A family comes, or asks. */
typedef struct Event {
    int64_t hour;
    size_t family;
    bool is_asking;
} Event;

static int compare_events(const void *left, const void *right) {
    const Event *one = left;
    const Event *other = right;
    if (one->hour != other->hour) {
        return one->hour < other->hour ? -1 : 1;
    }
    if (one->family != other->family) {
        return (one->family > other->family) - (one->family < other->family);
    }
    return (int)one->is_asking - (int)other->is_asking;
}

static Event *events_drawn(Arena *arena, size_t count, uint64_t seed) {
    Random random = random_seeded(seed);
    Event *events = NEW_MANY(arena, count * 2, Event);
    for (size_t at = 0; at < count; at++) {
        const int64_t comes = (int64_t)(at * COME_IN_HOURS / count);
        events[2 * at] = (Event){.hour = comes, .family = at};
        events[2 * at + 1] = (Event){
            .hour = comes + (int64_t)random_below(&random, LOOKS_HOURS), .family = at, .is_asking = true};
    }
    qsort(events, count * 2, sizeof(Event), compare_events);
    return events;
}

SimulateOutcome simulate_stream(Arena *scratch, const MatchingPolicy *policy, const MatchingOffer *offers,
                                size_t count, const MatchingRequest *requests, size_t request_count,
                                const MatchingRequest *forecast, size_t forecast_count, uint64_t seed,
                                SimulateLists lists) {
    const MatchingPolicy own = policy_of(policy, lists);
    Play play = play_new(scratch, &own, offers, count, requests, request_count, seed, lists);
    const Event *events = request_count == 0 ? NULL : events_drawn(scratch, request_count, seed);
    Arena *planning = simulate_arena(scratch);
    size_t come = 0;
    size_t forecasts = 0;
    for (size_t at = 0; at < request_count * 2; at++) {
        if (lists == SIMULATE_PRICED && come * FORECASTS >= forecasts * request_count) {
            const size_t left = (request_count - come) * forecast_count / request_count;
            congestion_set_prices(play.congestion, planning, forecast, left);
            arena_reset(planning);
            forecasts++;
        }
        if (!events[at].is_asking) {
            look(&play, events[at].family, events[at].hour);
            come++;
            continue;
        }
        for (int request = 0; request < SIMULATE_REQUESTS; request++) {
            ask(&play, events[at].family, events[at].hour);
        }
    }
    return outcome_of(scratch, &play);
}
