/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at every pair there is, the plain way, and asks whether the proof of the plan covers it.
 *     long_pairs FAMILIES SUPPORTERS shortage|slack SEED SLICES SLICE [spoil]
 *
 * The plan over made-up people is solved with and without lots. Then each family at a place that leaves SLICE
 * when divided by SLICES is held against all supporters by oracle.h, which knows nothing of pools and
 * solvers: no pair that the rules allow weighs more than the value of the family and the price of the
 * supporter together, and its own pair is allowed and weighs what the plan says. Sums, places and prices of
 * free places are checked over everyone. `spoil` lowers the prices that are above zero by one first: then
 * something must be found. Prints what was wrong, and one JSON object; status 1 when anything was. */
#include "base/fail.h"
#include "base/str.h"
#include "matching/generate.h"
#include "matching/oracle.h"
#include "matching/plan.h"
#include "matching/policy.h"

#include <inttypes.h>

enum { ARENA_GIB = 4, ARGUMENTS = 6, TOLD_MOST = 10, PLANS = 2 };

typedef struct Check {
    Plan plans[PLANS]; /* with lots, and without */
    int64_t *prices[PLANS];
    const GeneratePool *people;
    uint64_t pairs; /* allowed by the rules */
    size_t families;
    size_t wrong;
} Check;

static void wrong(Check *check, const char *what, int64_t request, int64_t offer) {
    if (check->wrong++ < TOLD_MOST) {
        printf("request %" PRId64 ", offer %" PRId64 ": %s\n", request, offer, what);
    }
}

static Plan solve(Arena *arena, const GeneratePool *people, uint16_t seed, bool is_without_lots) {
    return plan_new(arena, &(PlanOrder){.policy = &matching_policy_start,
                                        .requests = people->requests,
                                        .request_count = people->request_count,
                                        .offers = people->offers,
                                        .offer_count = people->offer_count,
                                        .seed = seed,
                                        .is_without_lots = is_without_lots});
}

/* Values and prices are told rounded down: with lots, each by less than one. */
static int64_t rounded(const Plan *plan) {
    return plan->lot_bits > 0 ? 1 : 0;
}

static void check_pair(Check *check, size_t family, size_t supporter, bool *has_met) {
    const MatchingRequest *request = &check->people->requests[family];
    const MatchingOffer *offer = &check->people->offers[supporter];
    if (oracle_rules_against(&matching_policy_start, offer, request) != 0) {
        return;
    }
    check->pairs++;
    const int64_t score = oracle_score(&matching_policy_start, offer, request, NULL, NULL);
    const int64_t weight = policy_value(&matching_policy_start, request, score);
    for (size_t at = 0; at < PLANS; at++) {
        const Plan *plan = &check->plans[at];
        const PlanFamily *line = &plan->families[family];
        if (line->value + check->prices[at][supporter] + rounded(plan) < weight) {
            wrong(check, "the pair is worth more than the proof allows", request->key, offer->key);
        }
        if (line->offer == offer->key) {
            has_met[at] = true;
            if (line->score != score || line->weight != weight) {
                wrong(check, "the plan takes the pair for something else", request->key, offer->key);
            }
        }
    }
}

static void check_family(Check *check, size_t family) {
    const int64_t key = check->people->requests[family].key;
    bool has_met[PLANS] = {false};
    for (size_t supporter = 0; supporter < check->people->offer_count; supporter++) {
        check_pair(check, family, supporter, has_met);
    }
    for (size_t at = 0; at < PLANS; at++) {
        const PlanFamily *line = &check->plans[at].families[family];
        if (line->request != key || (line->offer != 0 && !has_met[at])) {
            wrong(check, "the plan takes a pair that a rule removes", key, line->offer);
        }
    }
    check->families++;
}

static void check_sums(Check *check, size_t which) {
    const Plan *plan = &check->plans[which];
    int64_t weight = 0;
    int64_t bound = 0;
    size_t matched = 0;
    for (size_t at = 0; at < check->people->request_count; at++) {
        weight += plan->families[at].weight;
        bound += plan->families[at].value;
        matched += plan->families[at].offer != 0 ? 1 : 0;
    }
    int64_t taken = 0;
    for (size_t at = 0; at < check->people->offer_count; at++) {
        const PlanSupporter *line = &plan->supporters[at];
        const int64_t price = check->prices[which][at];
        bound += price * line->places;
        taken += line->taken;
        if (price < 0 || line->taken > line->places || (line->taken < line->places && price != 0)) {
            wrong(check, "places and price do not go together", 0, line->offer);
        }
    }
    const bool is_exact = plan->lot_bits > 0 || (bound == weight && plan->objective == weight);
    if (!plan->is_proved || plan->objective != plan->bound || plan->weight != weight ||
        plan->matched != matched || taken != (int64_t)matched || !is_exact) {
        wrong(check, "the sums do not agree", 0, 0);
    }
}

static int64_t number(char **arguments, int at, int64_t least, int64_t most) {
    int64_t given = 0;
    if (!str_to_int(str_of(arguments[at]), least, most, &given)) {
        fail(FAIL_USAGE, "%s is no number from %" PRId64 " to %" PRId64, arguments[at], least, most);
    }
    return given;
}

int main(int count, char **arguments) {
    const bool is_spoiled = count == ARGUMENTS + 2 && str_equal(str_of(arguments[7]), STR("spoil"));
    if (count != ARGUMENTS + 1 && !is_spoiled) {
        fail(FAIL_USAGE, "long_pairs FAMILIES SUPPORTERS shortage|slack SEED SLICES SLICE [spoil]");
    }
    const size_t slices = (size_t)number(arguments, 5, 1, GENERATE_PEOPLE_MOST);
    const size_t slice = (size_t)number(arguments, 6, 0, (int64_t)slices - 1);
    const int64_t seed = number(arguments, 4, 0, UINT16_MAX);
    Arena *arena = arena_new((size_t)ARENA_GIB << 30);
    const GenerateOrder order = {
        .families = (uint32_t)number(arguments, 1, 1, GENERATE_PEOPLE_MOST),
        .supporters = (uint32_t)number(arguments, 2, 1, GENERATE_PEOPLE_MOST),
        .regime = str_equal(str_of(arguments[3]), STR("slack")) ? GENERATE_SLACK : GENERATE_SHORTAGE,
        .seed = (uint64_t)seed,
    };
    const GeneratePool people = generate_pool(arena, &order);
    Check check = {.people = &people};
    for (size_t which = 0; which < PLANS; which++) {
        check.plans[which] = solve(arena, &people, (uint16_t)seed, which == 1);
        check.prices[which] = NEW_MANY(arena, people.offer_count, int64_t);
        for (size_t at = 0; at < people.offer_count; at++) {
            const int64_t price = check.plans[which].supporters[at].price;
            check.prices[which][at] = is_spoiled && price > 0 ? price - 1 : price;
        }
        check_sums(&check, which);
    }
    for (size_t family = slice; family < people.request_count; family += slices) {
        check_family(&check, family);
    }
    printf("{\"families\":%zu,\"pairs\":%" PRIu64 ",\"wrong\":%zu}\n", check.families, check.pairs,
           check.wrong);
    arena_free(arena);
    return check.wrong == 0 ? 0 : 1;
}
