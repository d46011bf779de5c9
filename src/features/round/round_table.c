/* SPDX-License-Identifier: Apache-2.0 */
/* Reads who waits and who offers into an arena with more room than a page has. */
#include "features/round/round_table.h"

#include "features/asked/asked.h"
#include "features/policy/policy_version.h"
#include "features/pool/pool_of.h"
#include "features/round/round.h"
#include "round_sql.h"

/* For 2,000 families and some 100,000 who offer. */
static const size_t TABLE_MOST = (size_t)1 << 30;

static MatchingOffer *copy_offers(Arena *arena, PoolOffers pool) {
    MatchingOffer *offers = NEW_MANY(arena, pool.count, MatchingOffer);
    for (size_t at = 0; at < pool.count; at++) {
        offers[at] = pool.items[at];
    }
    return offers;
}

RoundTable round_table_of(const Scope *scope, ProgramId program, uint16_t seed, const RequestId *requests,
                          size_t count) {
    Arena *arena = arena_new_within(scope->arena, TABLE_MOST);
    Scope wide = *scope;
    wide.arena = arena;
    RequestId *found = NEW_MANY(arena, count, RequestId);
    MatchingRequest *asked = NEW_MANY(arena, count, MatchingRequest);
    RoundTable table = {.arena = arena,
                        .policy = policy_of(scope, program),
                        .requests = found,
                        .asked = asked,
                        .decided = NEW_MANY(arena, count + 1, PlanDecision),
                        .seed = seed};
    db_use(scope->db, arena);
    for (size_t at = 0; at < count; at++) {
        Request request;
        if (request_find(&wide, requests[at], &request)) {
            found[table.count] = request.id;
            asked[table.count++] = asked_of(&wide, &request);
        }
    }
    PoolOffers pool = pool_of_offers(&wide, program);
    db_use(scope->db, scope->arena);
    table.offers = copy_offers(arena, pool);
    table.offer_count = pool.count;
    return table;
}

RoundTable round_table_now(const Scope *scope, ProgramId program, uint16_t seed) {
    RoundWaitingRows rows = round_waiting(scope->db, program, scope->now, ROUND_MOST);
    RequestId *requests = NEW_MANY(scope->arena, rows.count, RequestId);
    for (size_t at = 0; at < rows.count; at++) {
        requests[at] = rows.items[at].id;
    }
    return round_table_of(scope, program, seed, requests, rows.count);
}

size_t round_table_request(const RoundTable *table, RequestId request) {
    size_t at = 0;
    while (at < table->count && !request_id_equal(table->requests[at], request)) {
        at++;
    }
    return at;
}

size_t round_table_offer(const RoundTable *table, OfferId offer) {
    size_t at = 0;
    while (at < table->offer_count && table->offers[at].key != offer.value) {
        at++;
    }
    return at;
}

void round_table_decide(RoundTable *table, RequestId request, OfferId offer) {
    table->decided[table->decided_count++] = (PlanDecision){.request = request.value, .offer = offer.value};
}

PlanOrder round_table_order(const RoundTable *table) {
    return (PlanOrder){.policy = table->policy,
                       .requests = table->asked,
                       .request_count = table->count,
                       .offers = table->offers,
                       .offer_count = table->offer_count,
                       .decided = table->decided,
                       .decided_count = table->decided_count,
                       .seed = table->seed};
}

Plan round_table_plan(const RoundTable *table) {
    PlanOrder order = round_table_order(table);
    return plan_new(table->arena, &order);
}
