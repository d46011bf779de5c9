/* SPDX-License-Identifier: Apache-2.0 */
/* Shared counters; relaxed atomics, since a figure a moment old does no harm. */
#include "platform/http/metrics.h"

#include "base/fail.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <sys/mman.h>

enum { STATUS_CLASSES = 5, BUCKETS = 13 };

static const int64_t bucket_us[BUCKETS] = {100,   250,   500,    1000,   2500,   5000,   10000,
                                           25000, 50000, 100000, 250000, 500000, 1000000};

struct Metrics {
    atomic_uint_fast64_t by_class[STATUS_CLASSES];
    atomic_uint_fast64_t buckets[BUCKETS + 1];
    atomic_uint_fast64_t took_us;
    atomic_uint_fast64_t bytes;
    atomic_uint_fast64_t refused;
    atomic_uint_fast64_t without_signature;
    atomic_int_fast64_t connections[METRICS_SLOTS];
    atomic_bool is_serving[METRICS_SLOTS];
    atomic_uint_fast64_t accepted;
    atomic_uint_fast64_t restarts;
    atomic_uint_fast64_t retries;
    atomic_uint_fast64_t failures;
    atomic_int_fast64_t live_streams;
    atomic_uint_fast64_t live_told;
    atomic_uint_fast64_t live_slow;
    atomic_uint_fast64_t live_refused;
};

/* A worker may be this many connections ahead of the one with the fewest, and an eighth of those: being exact
 * would make a burst of visitors wait for the workers to take turns. */
enum { AHEAD_LEAST = 2, AHEAD_PART = 8 };

#define ADD(counter, amount) atomic_fetch_add_explicit(&(counter), (amount), memory_order_relaxed)
#define READ(counter) atomic_load_explicit(&(counter), memory_order_relaxed)

Metrics *metrics_new(void) {
    void *memory = mmap(NULL, sizeof(Metrics), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        fail(FAIL_MEMORY, "cannot map memory for the counters");
    }
    return memory;
}

void metrics_request(Metrics *metrics, int status, int64_t took_us, size_t bytes) {
    const int class = status / 100;
    if (class >= 1 && class <= STATUS_CLASSES) {
        ADD(metrics->by_class[class - 1], 1);
    }
    size_t bucket = 0;
    while (bucket < BUCKETS && took_us > bucket_us[bucket]) {
        bucket++;
    }
    ADD(metrics->buckets[bucket], 1);
    ADD(metrics->took_us, (uint64_t)took_us);
    ADD(metrics->bytes, bytes);
}

void metrics_refused(Metrics *metrics) {
    ADD(metrics->refused, 1);
}

void metrics_unsigned(Metrics *metrics) {
    ADD(metrics->without_signature, 1);
}

void metrics_connections(Metrics *metrics, int slot, int change) {
    ADD(metrics->connections[slot], change);
    if (change > 0) {
        ADD(metrics->accepted, 1);
    }
}

void metrics_serving(Metrics *metrics, int slot) {
    atomic_store_explicit(&metrics->is_serving[slot], true, memory_order_relaxed);
}

bool metrics_is_ahead(const Metrics *metrics, int slot) {
    const int64_t own = READ(metrics->connections[slot]);
    for (int at = 0; at < METRICS_SLOTS; at++) {
        const int64_t other = READ(metrics->connections[at]);
        if (READ(metrics->is_serving[at]) && own > other + AHEAD_LEAST + other / AHEAD_PART) {
            return true;
        }
    }
    return false;
}

void metrics_restart(Metrics *metrics, int slot) {
    atomic_store_explicit(&metrics->is_serving[slot], false, memory_order_relaxed);
    atomic_store_explicit(&metrics->connections[slot], 0, memory_order_relaxed);
    ADD(metrics->restarts, 1);
}

void metrics_retry(Metrics *metrics) {
    ADD(metrics->retries, 1);
}

void metrics_failure(Metrics *metrics) {
    ADD(metrics->failures, 1);
}

void metrics_live_streams(Metrics *metrics, int64_t count) {
    atomic_store_explicit(&metrics->live_streams, count, memory_order_relaxed);
}

void metrics_live_told(Metrics *metrics) {
    ADD(metrics->live_told, 1);
}

void metrics_live_slow(Metrics *metrics) {
    ADD(metrics->live_slow, 1);
}

void metrics_live_refused(Metrics *metrics) {
    ADD(metrics->live_refused, 1);
}

static void write_head(Buf *out, const char *name, const char *type, const char *help) {
    buf_print(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void write_one(Buf *out, const char *name, const char *type, const char *help, int64_t value) {
    write_head(out, name, type, help);
    buf_print(out, "%s %" PRId64 "\n", name, value);
}

static void write_histogram(const Metrics *metrics, Buf *out) {
    const char *name = "beenthere_http_request_duration_seconds";
    write_head(out, name, "histogram", "Time from a request's last byte to its answer.");
    uint64_t sum = 0;
    for (size_t at = 0; at < BUCKETS; at++) {
        sum += READ(metrics->buckets[at]);
        buf_print(out, "%s_bucket{le=\"%g\"} %" PRIu64 "\n", name, (double)bucket_us[at] / 1e6, sum);
    }
    sum += READ(metrics->buckets[BUCKETS]);
    buf_print(out, "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n", name, sum);
    buf_print(out, "%s_sum %.6f\n", name, (double)READ(metrics->took_us) / 1e6);
    buf_print(out, "%s_count %" PRIu64 "\n", name, sum);
}

static void write_live(const Metrics *metrics, Buf *out) {
    write_one(out, "beenthere_live_streams", "gauge", "Open pages that are told of what is new.",
              READ(metrics->live_streams));
    write_one(out, "beenthere_live_told_total", "counter", "Times that an open page was told.",
              (int64_t)READ(metrics->live_told));
    write_one(out, "beenthere_live_slow_total", "counter", "Streams ended because their reader was too slow.",
              (int64_t)READ(metrics->live_slow));
    write_one(out, "beenthere_live_refused_total", "counter", "Streams refused because there are too many.",
              (int64_t)READ(metrics->live_refused));
}

void metrics_write(const Metrics *metrics, const MetricsJobs *jobs, Buf *out) {
    write_head(out, "beenthere_http_requests_total", "counter", "Requests answered, by class of status.");
    for (int class = 0; class < STATUS_CLASSES; class ++) {
        buf_print(out, "beenthere_http_requests_total{class=\"%dxx\"} %" PRIu64 "\n", class + 1,
                  READ(metrics->by_class[class]));
    }
    write_histogram(metrics, out);
    write_one(out, "beenthere_http_refused_total", "counter",
              "Malformed, oversized or slow requests refused.", (int64_t)READ(metrics->refused));
    write_one(out, "beenthere_http_unsigned_total", "counter",
              "Forms to signed addresses without the right signature.",
              (int64_t)READ(metrics->without_signature));
    write_one(out, "beenthere_http_sent_bytes_total", "counter", "Bytes of bodies sent.",
              (int64_t)READ(metrics->bytes));
    int64_t connections = 0;
    for (size_t at = 0; at < METRICS_SLOTS; at++) {
        connections += READ(metrics->connections[at]);
    }
    write_one(out, "beenthere_http_connections", "gauge", "Connections open now.", connections);
    write_one(out, "beenthere_http_connections_total", "counter", "Connections accepted.",
              (int64_t)READ(metrics->accepted));
    write_live(metrics, out);
    write_one(out, "beenthere_process_restarts_total", "counter", "Processes that died and were replaced.",
              (int64_t)READ(metrics->restarts));
    write_one(out, "beenthere_transaction_retries_total", "counter",
              "Transactions run again after a conflict.", (int64_t)READ(metrics->retries));
    write_one(out, "beenthere_request_failures_total", "counter", "Requests that ended in the error page.",
              (int64_t)READ(metrics->failures));
    write_one(out, "beenthere_jobs_waiting", "gauge", "Jobs that wait for their time or their turn.",
              jobs->waiting);
    write_one(out, "beenthere_jobs_dead", "gauge", "Jobs given up after too many tries.", jobs->dead);
    write_one(out, "beenthere_backup_last_success_timestamp_seconds", "gauge",
              "When the last good backup was ready; 0: none yet.", jobs->backups.backup_at.us / TIME_SECOND);
    write_one(out, "beenthere_backup_last_bytes", "gauge", "Size of the last good backup.",
              jobs->backups.bytes);
    write_one(out, "beenthere_drill_last_success_timestamp_seconds", "gauge",
              "When a backup was last restored to a scratch place and found good; 0: never.",
              jobs->backups.drill_at.us / TIME_SECOND);
    write_one(out, "beenthere_backups_well", "gauge",
              "1: backups and drills go well and are not overdue, or nobody has asked for any.",
              backup_is_well(&jobs->backups) ? 1 : 0);
}
