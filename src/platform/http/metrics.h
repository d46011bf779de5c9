/* SPDX-License-Identifier: Apache-2.0 */
/* Counters that all processes of one `serve` share, and how /metrics writes them for Prometheus.
 *
 * They live in memory that the parent maps before it forks; they start at zero with the parent and survive a
 * worker that dies. No counter has a label that could name a person, an address or a path. */
#ifndef METRICS_H
#define METRICS_H

#include "base/buf.h"
#include "platform/backup/backup_past.h"

typedef struct Metrics Metrics;

/* Maps the counters; shared with every process forked afterwards. Lives as long as they do. */
Metrics *metrics_new(void);

void metrics_request(Metrics *metrics, int status, int64_t took_us, size_t bytes);
/* A request that was refused before it reached a page (malformed, too large, too slow). */
void metrics_refused(Metrics *metrics);
/* A form that another machine should have signed, and nobody did. */
void metrics_unsigned(Metrics *metrics);
enum { METRICS_SLOTS = 67 }; /* 64 workers, jobs, live, backups */

/* Connections opened (+1) or closed (-1) by the worker of this slot. */
void metrics_connections(Metrics *metrics, int slot, int change);
/* The worker of this slot accepts connections from now on. */
void metrics_serving(Metrics *metrics, int slot);
/* Does another serving worker have clearly fewer connections than this one? */
bool metrics_is_ahead(const Metrics *metrics, int slot);
/* The process of this slot died: its connections are gone. */
void metrics_restart(Metrics *metrics, int slot);
void metrics_retry(Metrics *metrics);
void metrics_failure(Metrics *metrics);

/* Of the live process: how many streams are open now; one was told something; one ended because its reader
 * was too slow; one was refused because there are too many. */
void metrics_live_streams(Metrics *metrics, int64_t count);
void metrics_live_told(Metrics *metrics);
void metrics_live_slow(Metrics *metrics);
void metrics_live_refused(Metrics *metrics);

typedef struct MetricsJobs {
    int64_t waiting;
    int64_t dead;
    BackupStatus backups;
} MetricsJobs;

/* The text format 0.0.4. */
void metrics_write(const Metrics *metrics, const MetricsJobs *jobs, Buf *out);

#endif
