/* SPDX-License-Identifier: Apache-2.0 */
/* The live process: takes open connections from the workers and tells their browsers what is new. */
#ifndef LIVE_RUN_H
#define LIVE_RUN_H

#include "platform/config.h"
#include "platform/http/metrics.h"
#include "platform/live/live_way.h"

#include <signal.h>

/* Runs until *stop is set, then closes every stream at once. The signal that sets *stop must be blocked by
 * the caller; it is let through only while the process waits. `fields`: the header lines that every answer
 * has. */
void live_run(const Config *config, const LiveWay *way, Str fields, Metrics *metrics,
              const volatile sig_atomic_t *stop);

/* As many open files as the system lets this process have, up to what LIVE_STREAMS_MOST need; before the
 * sandbox is entered. */
void live_files_raise(void);

#endif
