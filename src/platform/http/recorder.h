/* SPDX-License-Identifier: Apache-2.0 */
/* What a request leaves in the audit: who read or changed what, or was turned away.
 *
 * Reading: found out in the page's own transaction, written in another one behind it, before the page
 * leaves; what cannot be recorded is not shown. Changes: in the change's own transaction. Being turned
 * away: in a transaction of its own, within limits, because somebody who tries every door must not fill
 * the disk; beyond them only the log has a line. */
#ifndef RECORDER_H
#define RECORDER_H

#include "platform/http/hooks.h"
#include "platform/http/limits.h"
#include "platform/http/server.h"

typedef struct Recorder {
    Scope *scope;
    const HttpHooks *hooks;
    Limits *limits;
    Str block; /* of addresses that the request came from */
    bool has_event;
    RecordEvent event;
} Recorder;

/* Finds out whom the request is about. */
void recorder_begin(Recorder *recorder, const Route *route, int64_t object, RecordOutcome outcome);
/* The same for somebody who was turned away, unless that was recorded enough. */
void recorder_refused(Recorder *recorder, const Route *route, int64_t object, HttpAddress address);
/* Writes what was begun, if anything must be. A failure here is the request's. */
void recorder_write(Recorder *recorder, Tx *tx);
/* In a transaction of its own. */
void recorder_write_alone(Recorder *recorder);

#endif
