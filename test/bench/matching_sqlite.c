/* SPDX-License-Identifier: Apache-2.0 */
/* The question of a short list, asked of SQLite: the best three under all rules.
 *     matching_sqlite [SUPPORTERS [REQUESTS]]
 *
 * Twice, both in memory: over normalized tables, clustered by item; and over one wide row a supporter, with
 * a mask of items for each facet, the way that is fastest for SQLite and hardest to live with. Both are
 * given what the pool works out beforehand as well (penalty, facets said). Each request is asked in turn of
 * both, of the plain scan (oracle.h) and of the pool. Prints one JSON object: medians in microseconds of
 * processor time, and how many requests were answered differently by any of them, which must be none. */
#include "base/buf.h"
#include "base/fail.h"
#include "matching/generate.h"
#include "matching/oracle.h"
#include "matching/pool.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BEST = 3, REQUESTS_MOST = 1000 };

static const uint64_t SEED = 5;

static const char SCHEMA[] =
    "CREATE TABLE offer (key INTEGER PRIMARY KEY, person INTEGER, cleared INTEGER, paused INTEGER, load "
    "INTEGER,"
    " capacity INTEGER, penalty INTEGER, said INTEGER);"
    "CREATE TABLE wide (key INTEGER PRIMARY KEY, person INTEGER, cleared INTEGER, paused INTEGER, load "
    "INTEGER,"
    " capacity INTEGER, penalty INTEGER, said INTEGER, f0 INTEGER, f1 INTEGER, f2 INTEGER, f3 INTEGER,"
    " f4 INTEGER, f5 INTEGER, f6 INTEGER, f7 INTEGER, f8 INTEGER, f9 INTEGER, f10 INTEGER, f11 INTEGER,"
    " n0 INTEGER, n5 INTEGER);" /* rather not: experiences and ages */
    "CREATE TABLE has (item INTEGER, offer INTEGER, PRIMARY KEY (item, offer)) WITHOUT ROWID;"
    "CREATE TABLE rather_not (item INTEGER, offer INTEGER, PRIMARY KEY (item, offer)) WITHOUT ROWID;"
    "CREATE TABLE wish (item INTEGER PRIMARY KEY, points INTEGER, facet_bit INTEGER, required_bit INTEGER);"
    "CREATE TABLE apart (person INTEGER PRIMARY KEY);"
    "CREATE TABLE passed (offer INTEGER PRIMARY KEY);"
    "CREATE TABLE known (person INTEGER PRIMARY KEY);";

/* ?1 the asking person, ?2 facets in which something must be in common, ?3 those in which it must when the
 * supporter said anything, ?4 required facets, ?5 points of someone known, ?6 the turn of equals. */
static const char QUESTION[] =
    "SELECT o.key FROM (SELECT h.offer AS offer, sum(w.points) AS score, bits(w.facet_bit) AS met,"
    "  bits(w.required_bit) AS required_met"
    "  FROM wish w JOIN has h ON h.item = w.item GROUP BY h.offer) s"
    " JOIN offer o ON o.key = s.offer"
    " WHERE o.cleared AND NOT o.paused AND o.load < o.capacity AND o.person <> ?1"
    "  AND s.met & ?2 = ?2 AND s.met & ?3 & o.said = ?3 & o.said AND s.required_met & ?4 = ?4"
    "  AND o.person NOT IN (SELECT person FROM apart) AND o.key NOT IN (SELECT offer FROM passed)"
    "  AND NOT EXISTS (SELECT 1 FROM wish w JOIN rather_not r ON r.item = w.item AND r.offer = o.key)"
    " ORDER BY s.score - o.penalty + CASE WHEN o.person IN (SELECT person FROM known) THEN ?5 ELSE 0 END "
    "DESC,"
    "  o.key < ?6, o.key LIMIT 3";

static sqlite3 *database;

static void must(int code) {
    if (code != SQLITE_OK) {
        fail(FAIL_DATABASE, "%s", sqlite3_errmsg(database));
    }
}

static void run(const char *sql) {
    must(sqlite3_exec(database, sql, NULL, NULL, NULL));
}

/* ---- bits(x): all bits that are set in some row ---- */

static void bits_step(sqlite3_context *context, int count, sqlite3_value **values) {
    assert(count == 1);
    sqlite3_int64 *sum = sqlite3_aggregate_context(context, sizeof *sum);
    *sum |= sqlite3_value_int64(values[0]);
}

static void bits_final(sqlite3_context *context) {
    sqlite3_int64 *sum = sqlite3_aggregate_context(context, sizeof *sum);
    sqlite3_result_int64(context, *sum);
}

/* ---- filling ---- */

static sqlite3_stmt *prepared(const char *sql) {
    sqlite3_stmt *statement = NULL;
    must(sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
    return statement;
}

static void insert(sqlite3_stmt *statement, int count, const int64_t *values) {
    for (int at = 0; at < count; at++) {
        must(sqlite3_bind_int64(statement, at + 1, values[at]));
    }
    (void)sqlite3_step(statement);
    must(sqlite3_reset(statement));
}

static int64_t mask_of(MatchingItems items, MatchingFacet facet) {
    int64_t mask = 0;
    for (size_t at = 0; at < items.count; at++) {
        if (items.items[at].facet == facet) {
            mask |= INT64_C(1) << (items.items[at].item - generate_item(facet, 0));
        }
    }
    return mask;
}

static void wide_fill(const GeneratePool *people) {
    static_assert(FACET_COUNT == 12, "the wide table has a column a facet");
    sqlite3_stmt *rows =
        prepared("INSERT INTO wide SELECT key, person, cleared, paused, load, capacity, penalty, said,"
                 " ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15"
                 " FROM offer WHERE key = ?1");
    for (size_t at = 0; at < people->offer_count; at++) {
        const MatchingOffer *offer = &people->offers[at];
        int64_t values[1 + FACET_COUNT + 2] = {offer->key};
        for (int facet = 0; facet < FACET_COUNT; facet++) {
            values[1 + facet] = mask_of(offer->has, (MatchingFacet)facet);
        }
        values[1 + FACET_COUNT] = mask_of(offer->rather_not, FACET_EXPERIENCE);
        values[2 + FACET_COUNT] = mask_of(offer->rather_not, FACET_AGE);
        insert(rows, 1 + FACET_COUNT + 2, values);
    }
    sqlite3_finalize(rows);
}

static void tables_fill(const GeneratePool *people) {
    run("BEGIN");
    sqlite3_stmt *offers = prepared("INSERT INTO offer VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    sqlite3_stmt *has = prepared("INSERT INTO has VALUES (?, ?)");
    sqlite3_stmt *rather_not = prepared("INSERT INTO rather_not VALUES (?, ?)");
    for (size_t at = 0; at < people->offer_count; at++) {
        const MatchingOffer *offer = &people->offers[at];
        int64_t said = 0;
        for (size_t one = 0; one < offer->has.count; one++) {
            said |= INT64_C(1) << offer->has.items[one].facet;
            insert(has, 2, (int64_t[]){offer->has.items[one].item, offer->key});
        }
        for (size_t one = 0; one < offer->rather_not.count; one++) {
            insert(rather_not, 2, (int64_t[]){offer->rather_not.items[one].item, offer->key});
        }
        insert(offers, 8,
               (int64_t[]){offer->key, offer->person, offer->is_cleared, offer->is_paused, offer->load,
                           offer->capacity, oracle_penalty(&matching_policy_start, offer), said});
    }
    sqlite3_finalize(offers);
    sqlite3_finalize(has);
    sqlite3_finalize(rather_not);
    wide_fill(people);
    run("COMMIT; ANALYZE");
}

/* ---- asking ---- */

typedef struct Statements {
    sqlite3_stmt *wish, *apart, *passed, *known, *question;
} Statements;

static void keys_fill(sqlite3_stmt *statement, MatchingKeys keys) {
    for (size_t at = 0; at < keys.count; at++) {
        insert(statement, 1, &keys.items[at]);
    }
}

static size_t ask_normalized(const Statements *ask, const MatchingRequest *request, int64_t *ret_keys) {
    const MatchingPolicy *policy = &matching_policy_start;
    int64_t common = 0;
    int64_t if_said = 0;
    int64_t required = 0;
    run("DELETE FROM wish; DELETE FROM apart; DELETE FROM passed; DELETE FROM known");
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        const int64_t bit = INT64_C(1) << wish->facet;
        const bool is_ruled = (request->unlike & (uint64_t)bit) == 0;
        common |= is_ruled && policy->facets[wish->facet].rule == RULE_COMMON ? bit : 0;
        if_said |= is_ruled && policy->facets[wish->facet].rule == RULE_IF_SAID ? bit : 0;
        required |= wish->is_required ? bit : 0;
        insert(ask->wish, 4,
               (int64_t[]){wish->item, oracle_wish_points(policy, request, wish), bit,
                           wish->is_required ? bit : 0});
    }
    assert(common != 0); /* or who has nothing in common at all would be missing from the sums */
    keys_fill(ask->apart, request->apart);
    keys_fill(ask->passed, request->passed);
    keys_fill(ask->known, request->known);
    const int64_t values[] = {request->person, common,        if_said,
                              required,        policy->known, matching_turn(request->key, SEED)};
    for (int at = 0; at < 6; at++) {
        must(sqlite3_bind_int64(ask->question, at + 1, values[at]));
    }
    size_t count = 0;
    while (sqlite3_step(ask->question) == SQLITE_ROW) {
        ret_keys[count++] = sqlite3_column_int64(ask->question, 0);
    }
    must(sqlite3_reset(ask->question));
    return count;
}

/* ---- asking the wide table: the question is written for each request ---- */

static void add_keys(Buf *sql, const char *before, MatchingKeys keys, const char *behind) {
    buf_print(sql, "%s(", before);
    for (size_t at = 0; at < keys.count; at++) {
        buf_print(sql, "%s%lld", at > 0 ? "," : "", (long long)keys.items[at]);
    }
    buf_print(sql, ")%s", behind);
}

/* What a facet must have in common, as one condition more. */
static void add_facet(Buf *sql, const MatchingRequest *request, MatchingFacet facet) {
    int64_t wished = 0;
    int64_t required = 0;
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        const int64_t bit = wish->facet == facet ? INT64_C(1) << (wish->item - generate_item(facet, 0)) : 0;
        wished |= bit;
        required |= wish->is_required ? bit : 0;
    }
    const MatchingFacetRule rule = matching_policy_start.facets[facet].rule;
    if (wished != 0 && (request->unlike & 1U << facet) == 0 && rule != RULE_FREE) {
        buf_print(sql, " AND (f%d & %lld", (int)facet, (long long)wished);
        if (rule == RULE_IF_SAID) {
            buf_print(sql, " OR f%d = 0", (int)facet);
        }
        buf_print(sql, ")");
    }
    if (required != 0) {
        buf_print(sql, " AND f%d & %lld", (int)facet, (long long)required);
    }
    if (facet == FACET_EXPERIENCE || facet == FACET_AGE) {
        buf_print(sql, " AND n%d & %lld = 0", (int)facet, (long long)wished);
    }
}

static size_t ask_wide(Arena *moment, const MatchingRequest *request, int64_t *ret_keys) {
    const MatchingPolicy *policy = &matching_policy_start;
    Buf sql = buf_new(moment, 1 << 16);
    buf_print(&sql,
              "SELECT key FROM wide WHERE cleared AND NOT paused AND load < capacity AND person <> %lld",
              (long long)request->person);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        add_facet(&sql, request, (MatchingFacet)facet);
    }
    add_keys(&sql, " AND person NOT IN ", request->apart, "");
    add_keys(&sql, " AND key NOT IN ", request->passed, " ORDER BY 0");
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        const long long points = (long long)oracle_wish_points(policy, request, wish);
        if (points != 0) {
            buf_print(&sql, " + (f%d >> %d & 1) * %lld", (int)wish->facet,
                      (int)(wish->item - generate_item(wish->facet, 0)), points);
        }
    }
    add_keys(&sql, " + (person IN ", request->known, "");
    const long long turn = (long long)matching_turn(request->key, SEED);
    buf_print(&sql, ") * %lld - penalty DESC, key < %lld, key LIMIT 3", (long long)policy->known, turn);
    sqlite3_stmt *question = prepared(str_c(moment, buf_str(&sql)));
    size_t count = 0;
    while (sqlite3_step(question) == SQLITE_ROW) {
        ret_keys[count++] = sqlite3_column_int64(question, 0);
    }
    sqlite3_finalize(question);
    return count;
}

static double microseconds(void) {
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_size(const void *left, const void *right) {
    const double one = *(const double *)left;
    const double two = *(const double *)right;
    return (one > two) - (one < two);
}

static double median(double *times, size_t count) {
    qsort(times, count, sizeof *times, by_size);
    return times[count / 2];
}

static bool differ(const MatchingResult *wanted, const int64_t *keys, size_t count) {
    bool is_different = count != wanted->count;
    for (size_t at = 0; !is_different && at < count; at++) {
        is_different = keys[at] != wanted->choices[at].offer;
    }
    return is_different;
}

static void ask_all(const GeneratePool *people, const Pool *pool, size_t requests) {
    static double normalized_times[REQUESTS_MOST], wide_times[REQUESTS_MOST], scan_times[REQUESTS_MOST],
        pool_times[REQUESTS_MOST];
    Arena *moment = arena_new(1 << 24);
    Statements ask = {.wish = prepared("INSERT INTO wish VALUES (?, ?, ?, ?)"),
                      .apart = prepared("INSERT OR IGNORE INTO apart VALUES (?)"),
                      .passed = prepared("INSERT OR IGNORE INTO passed VALUES (?)"),
                      .known = prepared("INSERT OR IGNORE INTO known VALUES (?)"),
                      .question = prepared(QUESTION)};
    size_t different = 0;
    for (size_t at = 0; at < requests; at++) {
        const MatchingRequest *request = &people->requests[at];
        int64_t keys[BEST] = {0};
        PoolHit hits[BEST];
        double began = microseconds();
        const size_t count = ask_normalized(&ask, request, keys);
        normalized_times[at] = microseconds() - began;
        int64_t wide_keys[BEST] = {0};
        began = microseconds();
        const size_t wide_count = ask_wide(moment, request, wide_keys);
        wide_times[at] = microseconds() - began;
        began = microseconds();
        const MatchingResult wanted = oracle_shortlist(moment, &matching_policy_start, people->offers,
                                                       people->offer_count, request, SEED, BEST);
        scan_times[at] = microseconds() - began;
        (void)pool_best(pool, request, SEED, BEST,
                        hits); /* once for the memory's sake, as the others walk it all */
        began = microseconds();
        const size_t found = pool_best(pool, request, SEED, BEST, hits);
        pool_times[at] = microseconds() - began;
        bool is_different =
            differ(&wanted, keys, count) || differ(&wanted, wide_keys, wide_count) || found != count;
        for (size_t hit = 0; !is_different && hit < count; hit++) {
            is_different = pool_key(pool, hits[hit].position) != keys[hit];
        }
        different += is_different ? 1 : 0;
        arena_reset(moment);
    }
    printf("{\"supporters\":%zu,\"requests\":%zu,\"normalized_us\":%.1f,\"wide_us\":%.1f,\"scan_us\":%.1f,"
           "\"pool_us\":%.2f,"
           "\"different\":%zu}\n",
           people->offer_count, requests, median(normalized_times, requests), median(wide_times, requests),
           median(scan_times, requests), median(pool_times, requests), different);
    sqlite3_finalize(ask.wish);
    sqlite3_finalize(ask.apart);
    sqlite3_finalize(ask.passed);
    sqlite3_finalize(ask.known);
    sqlite3_finalize(ask.question);
    arena_free(moment);
}

static uint32_t number_of(int count, char **arguments, int at, uint32_t otherwise, uint32_t most) {
    int64_t number = otherwise;
    if (at < count && !str_to_int(str_of(arguments[at]), 1, most, &number)) {
        fail(FAIL_USAGE, "%s is no number from 1 to %u", arguments[at], most);
    }
    return (uint32_t)number;
}

int main(int count, char **arguments) {
    const uint32_t supporters = number_of(count, arguments, 1, 100000, GENERATE_PEOPLE_MOST / 5);
    const uint32_t requests = number_of(count, arguments, 2, 20, REQUESTS_MOST);
    Arena *arena = arena_new((size_t)1 << 34);
    const GenerateOrder order = {
        .families = supporters * 5, .supporters = supporters, .regime = GENERATE_SHORTAGE, .seed = 1};
    const GeneratePool people = generate_pool(arena, &order);
    must(sqlite3_open(":memory:", &database));
    must(sqlite3_create_function(database, "bits", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, NULL,
                                 bits_step, bits_final));
    run(SCHEMA);
    tables_fill(&people);
    const Pool *pool = pool_new(arena, &matching_policy_start, people.offers, people.offer_count);
    ask_all(&people, pool, requests < people.request_count ? requests : people.request_count);
    must(sqlite3_close(database));
    arena_free(arena);
    return 0;
}
