/* SPDX-License-Identifier: Apache-2.0 */
/* The chain over the audit's rows: linking, signed checkpoints, and verifying. For the jobs process and
 * the command line; pages only add rows. */
#ifndef AUDIT_CHAIN_H
#define AUDIT_CHAIN_H

#include "platform/chain/chain_verify.h"
#include "platform/command/command.h"
#include "platform/scope.h"

/* The action of the row that says how many rows forgetting a person emptied (its object_id). */
#define AUDIT_ERASED STR("audit_erased")

/* Links what waits, in transactions of its own; a checkpoint when many links stand without one. */
void audit_link(Scope *scope);

/* Signs what was linked since the last checkpoint, and writes the line outside the database: to the file,
 * durable, and to standard error. Says in the log, and does nothing, when the file knows more than the
 * database: somebody must look (doc/audit.md). */
void audit_checkpoint(Scope *scope);

/* Both, when the jobs process ends in good order. */
void audit_stop(Scope *scope);

typedef struct AuditLag {
    int64_t rows;   /* that wait to be linked */
    Time oldest;    /* TIME_NONE: none */
    bool is_behind; /* the oldest has waited for more than five minutes */
} AuditLag;

AuditLag audit_lag_now(const Scope *scope);

/* Walks over all links. `key` is CHAIN_PUBLIC bytes; `points` is where checkpoints are. *ret_verify holds
 * what was found. */
void audit_verify(Scope *scope, Str points, const unsigned char *key, ChainVerify *ret_verify);

/* The same with the data folder's own key and checkpoints: a sentence for each finding, in the scope's arena.
 * For copies of the database, too. */
Strs audit_findings(Scope *scope);

/* `beenthere audit verify | public-key | resume`: the exit status. */
int audit_command(Scope *scope, const AuditOrder *order);

#endif
