/* SPDX-License-Identifier: Apache-2.0 */
/* Measures the pool's kernels beside a scalar scan of packed rows and one plain read of the same rows.
 *     kernel [ROUNDS [SUPPORTERS...]]
 *
 * Prints one JSON object: for each number of supporters the medians, in microseconds of processor time for
 * one question, of interleaved rounds of the same questions: `kernel`, the widest that the machine runs;
 * `portable`, the one without special instructions; `scalar`, one packed row after the other; `read`,
 * adding up all words of the rows with the widest loads. Then how often an answer differed, which must be
 * never. */
#include "base/fail.h"
#include "matching/generate.h"
#include "matching/oracle.h"
#include "matching/pool_inside.h"

enum {
    BEST = 3,
    QUESTIONS = 64,
    BATCH = 8, /* questions in a row, of one round and method */
    ROUNDS_MOST = 1001,
    ITEMS_MOST = 125, /* of a row; three bits more say what its state is */
    LIMITS_MOST = 64,
    METHODS = 4,
};

typedef enum Method { METHOD_KERNEL, METHOD_PORTABLE, METHOD_SCALAR, METHOD_READ } Method;

static const char *const method_names[METHODS] = {"kernel", "portable", "scalar", "read"};

/* ---- packed rows: all that the rules and the score look at, in 48 bytes ---- */

typedef struct Bits {
    uint64_t words[2];
} Bits;

enum { BIT_CLEARED = ITEMS_MOST, BIT_WORKING, BIT_FREE };

typedef struct Row {
    Bits has;
    uint64_t limits;
    int64_t key;
    int64_t person;
    int32_t price;
    int32_t penalty;
} Row;

/* Items of the pool by their bit in a row. */
typedef struct Words {
    int64_t has[ITEMS_MOST];
    size_t has_count;
    int64_t limits[LIMITS_MOST];
    size_t limit_count;
} Words;

static size_t word_of(int64_t *words, size_t *count, size_t most, int64_t item) {
    size_t at = 0;
    while (at < *count && words[at] != item) {
        at++;
    }
    if (at == *count) {
        if (at == most) {
            fail(FAIL_USAGE, "more items than a packed row has bits");
        }
        words[(*count)++] = item;
    }
    return at;
}

static void set(Bits *bits, size_t at) {
    bits->words[at / 64] |= UINT64_C(1) << (at % 64);
}
static bool is_set(const Bits *bits, size_t at) {
    return (bits->words[at / 64] >> (at % 64) & 1U) != 0;
}
static bool have_common(const Bits *left, const Bits *right) {
    return ((left->words[0] & right->words[0]) | (left->words[1] & right->words[1])) != 0;
}

static Row row_of(Words *words, const MatchingOffer *offer) {
    Row row = {.key = offer->key,
               .person = offer->person,
               .price = (int32_t)offer->price,
               .penalty = (int32_t)oracle_penalty(&matching_policy_start, offer)};
    for (size_t at = 0; at < offer->has.count; at++) {
        set(&row.has, word_of(words->has, &words->has_count, ITEMS_MOST, offer->has.items[at].item));
    }
    for (size_t at = 0; at < offer->rather_not.count; at++) {
        const int64_t item = offer->rather_not.items[at].item;
        row.limits |= UINT64_C(1) << word_of(words->limits, &words->limit_count, LIMITS_MOST, item);
    }
    if (offer->is_cleared) {
        set(&row.has, BIT_CLEARED);
    }
    if (!offer->is_paused) {
        set(&row.has, BIT_WORKING);
    }
    if (offer->load < offer->capacity) {
        set(&row.has, BIT_FREE);
    }
    return row;
}

/* ---- the scalar scan ---- */

/* A question over rows. */
typedef struct Asked {
    const MatchingRequest *request;
    Bits must; /* cleared, working, free */
    uint64_t limits;
    struct {
        Bits wished; /* one of these, */
        Bits said;   /* or, when it counts only who said something, none of all these */
        bool is_if_said;
    } facets[FACET_COUNT];
    size_t facet_count;
    struct {
        size_t bit;
        int64_t points;
    } terms[POOL_WISHES_MOST];
    size_t term_count;
} Asked;

static void ask_facet(Asked *asked, const Words *words, const MatchingOffer *everyone, MatchingFacet facet) {
    const MatchingRequest *request = asked->request;
    const MatchingFacetRule rule = matching_policy_start.facets[facet].rule;
    const bool is_unlike = (request->unlike & (1U << facet)) != 0;
    bool is_wished = false;
    bool is_required = false;
    for (size_t at = 0; at < request->wishes.count; at++) {
        is_wished = is_wished || request->wishes.items[at].facet == facet;
        is_required = is_required ||
                      (request->wishes.items[at].facet == facet && request->wishes.items[at].is_required);
    }
    if (!is_wished || (!is_required && (is_unlike || rule == RULE_FREE))) {
        return;
    }
    size_t place = asked->facet_count++;
    asked->facets[place].is_if_said = !is_required && rule == RULE_IF_SAID;
    for (size_t bit = 0; bit < words->has_count; bit++) {
        for (size_t at = 0; at < request->wishes.count; at++) {
            const MatchingWish *wish = &request->wishes.items[at];
            if (wish->facet == facet && wish->item == words->has[bit] &&
                (!is_required || wish->is_required)) {
                set(&asked->facets[place].wished, bit);
            }
        }
        for (size_t index = 0; index < generate_item_count(facet); index++) {
            if (generate_item(facet, index) == words->has[bit]) {
                set(&asked->facets[place].said, bit);
            }
        }
    }
    (void)everyone;
}

static Asked ask(const Words *words, const MatchingRequest *request) {
    Asked asked = {.request = request};
    set(&asked.must, BIT_CLEARED);
    set(&asked.must, BIT_WORKING);
    set(&asked.must, BIT_FREE);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        ask_facet(&asked, words, NULL, (MatchingFacet)facet);
    }
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish *wish = &request->wishes.items[at];
        const int64_t points = oracle_wish_points(&matching_policy_start, request, wish);
        for (size_t bit = 0; bit < words->has_count; bit++) {
            if (words->has[bit] == wish->item && points != 0) {
                asked.terms[asked.term_count].bit = bit;
                asked.terms[asked.term_count++].points = points;
            }
        }
        for (size_t bit = 0; bit < words->limit_count; bit++) {
            asked.limits |= words->limits[bit] == wish->item ? UINT64_C(1) << bit : 0;
        }
    }
    return asked;
}

static bool is_among(MatchingKeys keys, int64_t key) {
    for (size_t at = 0; at < keys.count; at++) {
        if (keys.items[at] == key) {
            return true;
        }
    }
    return false;
}

static bool row_fits(const Asked *asked, const Row *row) {
    const uint64_t missing = (asked->must.words[0] & ~row->has.words[0]) |
                             (asked->must.words[1] & ~row->has.words[1]) | (asked->limits & row->limits);
    if (missing != 0) {
        return false;
    }
    for (size_t at = 0; at < asked->facet_count; at++) {
        if (!have_common(&row->has, &asked->facets[at].wished) &&
            !(asked->facets[at].is_if_said && !have_common(&row->has, &asked->facets[at].said))) {
            return false;
        }
    }
    const MatchingRequest *request = asked->request;
    return row->person != request->person && !is_among(request->apart, row->person) &&
           !is_among(request->passed, row->key);
}

typedef struct Found {
    int64_t key;
    int64_t score;
    int64_t value;
    uint64_t distance;
} Found;

/* Returns how many are found, best first. */
static size_t scan_rows(const Row *rows, size_t count, const Asked *asked, uint64_t seed, Found found[BEST]) {
    const uint64_t turn = (uint64_t)matching_turn(asked->request->key, seed);
    size_t kept = 0;
    for (size_t at = 0; at < count; at++) {
        const Row *row = &rows[at];
        if (!row_fits(asked, row)) {
            continue;
        }
        int64_t score = is_among(asked->request->known, row->person) ? matching_policy_start.known : 0;
        for (size_t term = 0; term < asked->term_count; term++) {
            score += is_set(&row->has, asked->terms[term].bit) ? asked->terms[term].points : 0;
        }
        const Found one = {.key = row->key,
                           .score = score,
                           .value = score - row->price - row->penalty,
                           .distance = (uint64_t)row->key - turn};
        size_t place = kept;
        while (place > 0 &&
               (one.value > found[place - 1].value ||
                (one.value == found[place - 1].value && one.distance < found[place - 1].distance))) {
            place--;
        }
        if (place < BEST) {
            kept += kept < BEST ? 1 : 0;
            for (size_t move = kept - 1; move > place; move--) {
                found[move] = found[move - 1];
            }
            found[place] = one;
        }
    }
    return kept;
}

/* ---- one plain read ---- */

typedef uint64_t Wide __attribute__((vector_size(64), may_alias));

#define READ_ROWS(rows, count)                                                                               \
    Wide sums[4] = {0};                                                                                      \
    const Wide *at = (const Wide *)(rows);                                                                   \
    const Wide *end = at + (count) * sizeof(Row) / sizeof(Wide);                                             \
    for (; at + 4 <= end; at += 4) {                                                                         \
        sums[0] += at[0];                                                                                    \
        sums[1] += at[1];                                                                                    \
        sums[2] += at[2];                                                                                    \
        sums[3] += at[3];                                                                                    \
    }                                                                                                        \
    Wide sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);                                                    \
    uint64_t all = 0;                                                                                        \
    for (int word = 0; word < 8; word++) {                                                                   \
        all += sum[word];                                                                                    \
    }                                                                                                        \
    return all

static uint64_t read_plain(const Row *rows, size_t count) {
    READ_ROWS(rows, count);
}
#if defined(__x86_64__)
__attribute__((target("avx512f"))) static uint64_t read_wide(const Row *rows, size_t count) {
    READ_ROWS(rows, count);
}
__attribute__((target("avx2"))) static uint64_t read_half(const Row *rows, size_t count) {
    READ_ROWS(rows, count);
}
static uint64_t read_rows(const Row *rows, size_t count) {
    if (__builtin_cpu_supports("avx512f")) {
        return read_wide(rows, count);
    }
    return __builtin_cpu_supports("avx2") ? read_half(rows, count) : read_plain(rows, count);
}
#else
static uint64_t read_rows(const Row *rows, size_t count) {
    return read_plain(rows, count);
}
#endif

/* ---- rounds ---- */

typedef struct Measured {
    Pool *pool;
    const Row *rows;
    size_t count;
    const MatchingRequest *requests;
    Asked *asked;
    size_t mismatches;
    uint64_t words; /* read, so that the compiler must read them */
} Measured;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static const PoolKernel *last_kernel(void) {
    size_t last = 0;
    while (pool_kernel_at(last + 1) != NULL) {
        last++;
    }
    return pool_kernel_at(last);
}

/* Microseconds of one question, of a batch of them. */
static double run_batch(Measured *measured, Method method, size_t first, PoolHit hits[BATCH][BEST],
                        Found found[BATCH][BEST], size_t counts[BATCH]) {
    pool_use_kernel(measured->pool, method == METHOD_PORTABLE ? last_kernel() : pool_kernel_at(0));
    const double begin = now();
    for (size_t at = 0; at < BATCH; at++) {
        const size_t question = (first + at) % QUESTIONS;
        switch (method) {
        case METHOD_KERNEL:
        case METHOD_PORTABLE:
            counts[at] = pool_best(measured->pool, &measured->requests[question], question, BEST, hits[at]);
            break;
        case METHOD_SCALAR:
            counts[at] =
                scan_rows(measured->rows, measured->count, &measured->asked[question], question, found[at]);
            break;
        case METHOD_READ:
            measured->words += read_rows(measured->rows, measured->count);
            break;
        }
    }
    return (now() - begin) / BATCH;
}

static void compare(Measured *measured, PoolHit hits[BATCH][BEST], const size_t hit_counts[BATCH],
                    Found found[BATCH][BEST], const size_t found_counts[BATCH]) {
    for (size_t at = 0; at < BATCH; at++) {
        bool is_same = hit_counts[at] == found_counts[at];
        for (size_t rank = 0; is_same && rank < hit_counts[at]; rank++) {
            is_same = pool_key(measured->pool, hits[at][rank].position) == found[at][rank].key &&
                      hits[at][rank].score == found[at][rank].score;
        }
        measured->mismatches += is_same ? 0 : 1;
    }
}

static int compare_numbers(const void *left, const void *right) {
    const double *one = left;
    const double *other = right;
    return (*one > *other) - (*one < *other);
}

static void measure(Arena *arena, size_t supporters, size_t rounds) {
    const GeneratePool people = generate_pool(
        arena, &(GenerateOrder){.families = QUESTIONS, .supporters = (uint32_t)supporters, .seed = 7});
    MatchingOffer *offers = NEW_MANY(arena, supporters, MatchingOffer);
    Row *rows = (Row *)(((uintptr_t)arena_get(arena, supporters * sizeof(Row) + 64) + 63) & ~(uintptr_t)63);
    Words *words = NEW(arena, Words);
    for (size_t at = 0; at < supporters; at++) {
        offers[at] = people.offers[at];
        /* Whom few others can replace has a price; and there are places, as in a program that is not full. */
        offers[at].price = (int64_t)(at % 5 == 0 ? at / 5 % 64 : 0);
        offers[at].capacity = offers[at].load + (at % 8 == 0 ? 0 : 1 + (int64_t)(at % 3));
        rows[at] = row_of(words, &offers[at]);
    }
    Measured measured = {.rows = rows,
                         .count = supporters,
                         .requests = people.requests,
                         .asked = NEW_MANY(arena, QUESTIONS, Asked),
                         .pool = pool_new(arena, &matching_policy_start, offers, supporters)};
    for (size_t at = 0; at < QUESTIONS; at++) {
        measured.asked[at] = ask(words, &people.requests[at]);
    }
    double *times[METHODS];
    for (int method = 0; method < METHODS; method++) {
        times[method] = NEW_MANY(arena, rounds, double);
    }
    PoolHit hits[2][BATCH][BEST];
    Found found[BATCH][BEST];
    size_t counts[METHODS][BATCH];
    for (size_t round = 0; round < rounds; round++) {
        for (int method = 0; method < METHODS; method++) {
            /* Once untimed, so that each finds in the caches what fits there. */
            run_batch(&measured, (Method)method, round * BATCH, hits[method == METHOD_PORTABLE ? 1 : 0],
                      found, counts[method]);
            times[method][round] = run_batch(&measured, (Method)method, round * BATCH,
                                             hits[method == METHOD_PORTABLE ? 1 : 0], found, counts[method]);
        }
        compare(&measured, hits[0], counts[METHOD_KERNEL], found, counts[METHOD_SCALAR]);
        compare(&measured, hits[1], counts[METHOD_PORTABLE], found, counts[METHOD_SCALAR]);
    }
    printf("{\"supporters\":%zu", supporters);
    for (int method = 0; method < METHODS; method++) {
        qsort(times[method], rounds, sizeof(double), compare_numbers);
        printf(",\"%s_us\":%.2f", method_names[method], times[method][rounds / 2]);
    }
    printf(",\"row_bytes\":%zu,\"mismatches\":%zu,\"check\":%u}", sizeof(Row), measured.mismatches,
           (unsigned)(measured.words & 1U));
}

typedef struct Order {
    size_t rounds;
    size_t sizes[8];
    size_t count;
} Order;

static void run(void *context) {
    const Order *order = context;
    printf("{\"kernel\":\"%s\",\"rounds\":%zu,\"sizes\":[", pool_kernel_at(0)->name, order->rounds);
    for (size_t at = 0; at < order->count; at++) {
        Arena *arena = arena_new((size_t)4 << 30);
        printf("%s", at > 0 ? "," : "");
        measure(arena, order->sizes[at], order->rounds);
        arena_free(arena);
    }
    printf("]}\n");
}

int main(int count, char **words) {
    Order order = {.rounds = 31, .sizes = {10000, 100000, 1000000}, .count = 3};
    int64_t number = 0;
    for (int at = 1; at < count; at++) {
        if (at > 8 ||
            !str_to_int(str_of(words[at]), 1, at == 1 ? ROUNDS_MOST : GENERATE_PEOPLE_MOST, &number)) {
            fprintf(stderr, "usage: kernel [ROUNDS [SUPPORTERS...]]\n");
            return 2;
        }
        if (at == 1) {
            order.rounds = (size_t)number;
            continue;
        }
        order.sizes[at - 2] = (size_t)number;
        order.count = (size_t)at - 1;
    }
    Fail failed;
    if (!fail_catch(run, &order, &failed)) {
        fprintf(stderr, "kernel: %s\n", failed.message);
        return 1;
    }
    return 0;
}
