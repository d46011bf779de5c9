/* SPDX-License-Identifier: Apache-2.0 */
/* Reading everyone at one moment, planning without a transaction, and writing only what came out
 * differently. */
#include "features/standing/standing_plan.h"

#include "base/log.h"
#include "features/asked/asked.h"
#include "features/policy/policy_version.h"
#include "features/pool/pool_of.h"
#include "features/standing/standing_warm.h"
#include "platform/again.h"
#include "platform/keep.h"
#include "standing_sql.h"

static const size_t ARENA_MOST = (size_t)2 << 30; /* of what one planning reads and tells */
/* Of the state that is kept: each family with its pairs, more than twice over, and the pool. */
enum { FAMILY_BYTES = 8 * 1024, OFFER_BYTES = 4 * 1024, LEAST_BYTES = 16 << 20 };
static const int64_t SEEDS = 1 << 16;
static const KeepKind warm_kind = {.name = "standing plan"};

typedef struct Kept {
    StandingWarm *warm;
    Str policy; /* its name */
    int64_t pool_version;
    int64_t connections; /* of the Db then */
} Kept;

/* One program's plan under way. */
typedef struct Work {
    Scope scope; /* with an arena of its own */
    ProgramId program;
    const MatchingPolicy *policy;
    StandingPlanVersions from;
    StandingPlanWaitingRows waiting;
    Kept *kept;
    size_t changed; /* offers and requests that were read */
    StandingWarmPlan plan;
} Work;

/* ---- reading ---- */

static void add_family(Work *work, const StandingPlanWaiting *row) {
    Request request;
    if (request_find(&work->scope, row->id, &request)) {
        MatchingRequest asked = asked_of(&work->scope, &request);
        standing_warm_family(work->kept->warm, &asked, row->waiting_in);
        work->changed++;
    }
}

/* Nothing is kept, or nothing that can be followed: everyone is read. */
static void begin_cold(Work *work) {
    const Scope *scope = &work->scope;
    PoolOffers offers = pool_of_offers(scope, work->program);
    size_t most = LEAST_BYTES + work->waiting.count * FAMILY_BYTES + offers.count * OFFER_BYTES;
    Arena *arena = keep_begin(scope->keep, &warm_kind, work->program.value, most);
    work->kept = NEW(arena, Kept);
    work->kept->policy = str_copy(arena, work->policy->name);
    work->kept->connections = db_connections(scope->db);
    work->kept->warm =
        standing_warm_new(arena, work->policy, (uint16_t)work->from.seed, offers.items, offers.count);
    work->changed = offers.count;
    for (size_t at = 0; at < work->waiting.count; at++) {
        add_family(work, &work->waiting.items[at]);
    }
}

static bool follow_offers(Work *work) {
    PoolChanges changes = pool_of_changes(&work->scope, work->program, work->kept->pool_version);
    bool has_followed = changes.is_whole;
    for (size_t at = 0; at < changes.count && has_followed; at++) {
        has_followed = standing_warm_offer(work->kept->warm, &changes.items[at]);
    }
    work->changed += changes.count;
    return has_followed;
}

/* Both by rising request. Who waits as before may have waited a day longer. */
static void follow_requests(Work *work) {
    const StandingWarmFamily *known = NULL;
    size_t known_count = standing_warm_families(work->scope.arena, work->kept->warm, &known);
    size_t at = 0;
    for (size_t row = 0; row < work->waiting.count; row++) {
        const StandingPlanWaiting *waiting = &work->waiting.items[row];
        for (; at < known_count && known[at].request < waiting->id.value; at++) {
            standing_warm_leave(work->kept->warm, known[at].request);
        }
        bool is_known = at < known_count && known[at].request == waiting->id.value;
        int64_t days = time_between(waiting->created_at, work->scope.now) / TIME_DAY;
        if (!is_known || known[at].mark != waiting->waiting_in || known[at].waiting_days != days) {
            add_family(work, waiting);
        }
        at += is_known ? 1 : 0;
    }
    for (; at < known_count; at++) {
        standing_warm_leave(work->kept->warm, known[at].request);
    }
}

static bool follow(Work *work) {
    const Scope *scope = &work->scope;
    work->kept = keep_take(scope->keep, &warm_kind, work->program.value);
    bool is_usable = work->kept != NULL && work->kept->connections == db_connections(scope->db) &&
                     str_equal(work->kept->policy, work->policy->name);
    if (!is_usable || !follow_offers(work)) {
        return false;
    }
    follow_requests(work);
    return true;
}

/* Everything is read in one moment of the database. */
static void read_all(Work *work) {
    const Scope *scope = &work->scope;
    db_begin_read(scope->db);
    work->policy = policy_of(scope, work->program);
    (void)standing_plan_versions(scope->db, work->program, &work->from);
    work->waiting = standing_plan_waiting(scope->db, work->program, scope->now);
    if (!follow(work)) {
        begin_cold(work);
    }
    work->kept->pool_version = work->from.pool_version;
    db_end_read(scope->db);
}

/* ---- writing ---- */

/* Both by rising key. */
static void write_prices(const Work *work, Tx *tx, const StandingWarmPlan *plan) {
    StandingPlanPricesRows rows = standing_plan_prices(work->scope.db, work->program);
    size_t at = 0;
    for (size_t row = 0; row < rows.count; row++) {
        while (at < plan->price_count && plan->prices[at].offer < rows.items[row].offer.value) {
            at++;
        }
        bool is_planned = at < plan->price_count && plan->prices[at].offer == rows.items[row].offer.value;
        if (is_planned && plan->prices[at].points != rows.items[row].price) {
            offer_set_price(tx, rows.items[row].offer, plan->prices[at].points);
        }
    }
}

/* Both by rising request. */
static void write_pairs(const Work *work, Tx *tx, const StandingWarmPlan *plan) {
    StandingPairListRows rows = standing_pair_list(work->scope.db, work->program);
    size_t old = 0;
    for (size_t at = 0; at < plan->pair_count; at++) {
        const StandingWarmPair *pair = &plan->pairs[at];
        for (; old < rows.count && rows.items[old].request.value < pair->request; old++) {
            standing_pair_drop(tx, work->program, rows.items[old].request);
        }
        bool is_there = old < rows.count && rows.items[old].request.value == pair->request;
        int64_t before = is_there ? rows.items[old++].offer.value : 0;
        if (pair->offer == 0 && is_there) {
            standing_pair_drop(tx, work->program, (RequestId){pair->request});
        } else if (pair->offer != before) {
            standing_pair_put(tx, work->program, (RequestId){pair->request}, (OfferId){pair->offer});
        }
    }
    for (; old < rows.count; old++) {
        standing_pair_drop(tx, work->program, rows.items[old].request);
    }
}

/* The prices that are written are a change of the pool too. When nothing else has changed meanwhile the
 * plan is as new as they are; else it stays old, and is made again. */
static void write_all(Scope *scope, Tx *tx, void *context) {
    const Work *work = context;
    const StandingWarmPlan *plan = &work->plan;
    StandingPlanVersions before = {0};
    StandingPlanVersions after = {0};
    (void)standing_plan_versions(scope->db, work->program, &before);
    write_prices(work, tx, plan);
    write_pairs(work, tx, plan);
    (void)standing_plan_versions(scope->db, work->program, &after);
    bool is_current = before.pool_version == work->from.pool_version;
    standing_plan_keep(tx, &(StandingPlanKeep){
                               .program = work->program,
                               .now = scope->now,
                               .pool_version = is_current ? after.pool_version : work->from.pool_version,
                               .waiting_version = work->from.waiting_version,
                               .policy = work->policy->name,
                               .waiting = (int64_t)plan->pair_count,
                               .matched = (int64_t)plan->matched,
                               .objective = plan->objective,
                               .bound = plan->bound,
                           });
}

/* ---- all together ---- */

static void note_try(Scope *scope, const StandingPlanStale *row) {
    Tx *tx = tx_begin(scope->db);
    standing_plan_try(tx, &(StandingPlanTry){
                              .program = row->program,
                              .seed = (int64_t)random_below(scope->random, (uint64_t)SEEDS),
                              .now = scope->now,
                              .pool_version = row->pool_version,
                              .waiting_version = row->waiting_version,
                          });
    tx_commit(tx);
}

static void make_plan(const Scope *scope, Arena *arena, ProgramId program) {
    Work work = {.scope = *scope, .program = program};
    const Time began = time_monotonic();
    work.scope.arena = arena;
    db_use(scope->db, arena);
    read_all(&work);
    work.plan = standing_warm_settle(arena, work.kept->warm);
    keep_ready(scope->keep, &warm_kind, program.value, work.kept);
    again_write(&work.scope, write_all, &work);
    db_use(scope->db, scope->arena);
    log_line(LOG_INFO, "standing_plan", "waiting=%zu matched=%zu offers=%zu changed=%zu rounds=%zu us=%lld",
             work.plan.pair_count, work.plan.matched, work.plan.price_count, work.changed, work.plan.rounds,
             (long long)time_between(began, time_monotonic()));
}

void standing_plan_watch(Scope *scope) {
    db_begin_read(scope->db);
    StandingPlanStaleRows rows = standing_plan_stale(
        scope->db, scope->now, time_before(scope->now, TIME_HOUR), time_before(scope->now, 10 * TIME_MINUTE));
    db_end_read(scope->db);
    if (rows.count == 0) {
        return;
    }
    Arena *arena = arena_new_within(scope->arena, ARENA_MOST);
    for (size_t at = 0; at < rows.count; at++) {
        note_try(scope, &rows.items[at]);
        make_plan(scope, arena, rows.items[at].program);
        arena_reset(arena);
    }
}

bool standing_plan_find(const Scope *scope, ProgramId program, StandingPlan *ret_plan) {
    StandingPlanRow row;
    if (!standing_plan_row(scope->db, program, &row) || time_is_none(row.made_at)) {
        return false;
    }
    *ret_plan = (StandingPlan){
        .made_at = row.made_at,
        .policy = row.policy,
        .seed = row.seed,
        .waiting = row.waiting,
        .matched = row.matched,
        .objective = row.objective,
        .bound = row.bound,
    };
    return true;
}

OfferId standing_plan_partner(const Scope *scope, ProgramId program, RequestId request) {
    StandingPairOf row;
    return standing_pair_of(scope->db, program, request, &row) ? row.offer : (OfferId){0};
}
