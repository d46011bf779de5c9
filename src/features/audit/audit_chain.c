/* SPDX-License-Identifier: Apache-2.0 */
/* Links and signs. Only the jobs process runs this; two of them on one database meet at the links' key,
 * and one tries again a second later. */
#include "features/audit/audit_chain.h"

#include "audit_sql.h"
#include "base/fail.h"
#include "base/log.h"
#include "platform/chain/chain_files.h"

enum { LINKS_AT_ONCE = 500, LINKS_UNSIGNED_MOST = 1000, LINES_AT_ONCE = 100 };

#define LAG_MOST (5 * TIME_MINUTE)

static Str bytes_of(const ChainHash *hash) {
    return (Str){.at = (const char *)hash->bytes, .length = sizeof hash->bytes};
}

static ChainHash hash_of(Str bytes) {
    ChainHash hash;
    if (!chain_hash_of(bytes, &hash)) {
        fail(FAIL_DATABASE, "a link of the audit holds no hash");
    }
    return hash;
}

/* The database's name, made when it is first asked for. */
static void name_read(Scope *scope, Tx *tx, unsigned char ret_name[CHAIN_NAME]) {
    AuditDatabaseName row;
    if (!audit_database_name(scope->db, &row)) {
        random_bytes(scope->random, ret_name, CHAIN_NAME);
        (void)audit_database_insert(tx, (Str){.at = (const char *)ret_name, .length = CHAIN_NAME},
                                    scope->now);
        return;
    }
    if (row.name.length != CHAIN_NAME) {
        fail(FAIL_DATABASE, "the audit's name of this database is not whole");
    }
    memcpy(ret_name, row.name.at, CHAIN_NAME);
}

typedef struct Head {
    int64_t seq;
    ChainHash hash;
} Head;

static Head head_read(Scope *scope, Tx *tx) {
    const AuditLinkLastRows last = audit_link_last(scope->db);
    if (last.count > 0) {
        return (Head){.seq = last.items[0].seq, .hash = hash_of(last.items[0].hash)};
    }
    unsigned char name[CHAIN_NAME];
    name_read(scope, tx, name);
    return (Head){.hash = chain_first(name)};
}

static bool is_anything_waiting(Scope *scope) {
    db_begin_read(scope->db);
    const size_t waiting = audit_waiting(scope->db, 1).count;
    db_end_read(scope->db);
    return waiting > 0;
}

/* Returns the number of the last link. */
static int64_t link_some(Scope *scope) {
    Tx *tx = tx_begin(scope->db);
    Head head = head_read(scope, tx);
    const AuditWaitingRows rows = audit_waiting(scope->db, LINKS_AT_ONCE);
    for (size_t at = 0; at < rows.count; at++) {
        const AuditWaiting *row = &rows.items[at];
        const ChainHash commitment = hash_of(row->commitment);
        head.seq++;
        head.hash = chain_next(&head.hash, head.seq, row->id.value, row->at, &commitment);
        audit_link_insert(tx, &(AuditLinkInsert){.seq = head.seq,
                                                 .audit = row->id,
                                                 .at = row->at,
                                                 .commitment = row->commitment,
                                                 .hash = bytes_of(&head.hash)});
        (void)audit_wait_end(tx, row->id);
    }
    tx_commit(tx);
    return head.seq;
}

void audit_link(Scope *scope) {
    while (is_anything_waiting(scope)) {
        const int64_t seq = link_some(scope);
        db_begin_read(scope->db);
        const AuditCheckpointLastRows last = audit_checkpoint_last(scope->db);
        db_end_read(scope->db);
        if (seq - (last.count > 0 ? last.items[0].seq : 0) >= LINKS_UNSIGNED_MOST) {
            audit_checkpoint(scope);
        }
    }
}

/* ---- checkpoints ---- */

/* False when the file tells of more than the database, or of something else: then nothing must be added to
 * it. */
static bool file_fits(const AuditCheckpointLastRows *last, bool has_line, const Checkpoint *in_file,
                      Str text) {
    const int64_t number = last->count > 0 ? last->items[0].number : 0;
    const bool fits = !has_line || in_file->number < number ||
                      (in_file->number == number && str_equal(text, last->items[0].line));
    if (!fits) {
        log_line(LOG_ERROR, "audit_checkpoints_ahead",
                 "file=%lld database=%lld say=\"the checkpoint file knows more than the database; see "
                 "doc/audit.md\"",
                 (long long)in_file->number, (long long)number);
    }
    return fits;
}

/* Signs what stands behind the last checkpoint, if there is anything. */
static void sign(Scope *scope, Tx *tx, const AuditCheckpointLastRows *last) {
    const AuditCheckpointLast *before = last->count > 0 ? &last->items[0] : NULL;
    const Head head = head_read(scope, tx);
    if (head.seq == 0 || (before != NULL && head.seq <= before->seq)) {
        return;
    }
    Checkpoint checkpoint = {.number = before == NULL ? 1 : before->number + 1,
                             .seq = head.seq,
                             .at = scope->now,
                             .head = head.hash};
    name_read(scope, tx, checkpoint.name);
    ChainTree tree = {0};
    int64_t after = before == NULL ? 0 : before->seq;
    while (after < head.seq) { /* the head itself is there, so each reading finds some */
        const AuditLinkHashesRows links = audit_link_hashes(scope->db, after, LINKS_AT_ONCE);
        for (size_t at = 0; at < links.count; at++) {
            const ChainHash hash = hash_of(links.items[at].hash);
            chain_tree_add(&tree, &hash);
            after = links.items[at].seq;
        }
    }
    checkpoint.root = chain_tree_root(&tree);
    if (before != NULL) {
        checkpoint.before = checkpoint_hash(before->line);
        /* A clock that went back must not make the line look older than the one before. */
        checkpoint.at = time_is_before(scope->now, before->at) ? before->at : scope->now;
    }
    unsigned char seed[CHAIN_SEED];
    chain_seed(scope->arena, scope->config, seed);
    char line[CHAIN_LINE];
    const size_t length = checkpoint_write(&checkpoint, seed, line);
    audit_checkpoint_insert(tx, checkpoint.number, checkpoint.seq, checkpoint.at,
                            str_copy(scope->arena, (Str){.at = line, .length = length}));
}

/* Brings the file up to the database; a crash in between is made good the next time. */
static void lines_write(Scope *scope, Str folder, int64_t number_in_file) {
    db_begin_read(scope->db);
    const AuditCheckpointLinesRows lines = audit_checkpoint_lines(scope->db, number_in_file, LINES_AT_ONCE);
    db_end_read(scope->db);
    for (size_t at = 0; at < lines.count; at++) {
        checkpoints_add(scope->arena, folder, lines.items[at].line);
        log_line(LOG_INFO, "audit_checkpoint", "line=\"%.*s\"", STR_ARGS(lines.items[at].line));
    }
}

void audit_checkpoint(Scope *scope) {
    const Str folder = checkpoints_folder(scope->arena, scope->config);
    Checkpoint in_file = {0};
    Str text = STR_NONE;
    const bool has_line = checkpoints_last(scope->arena, folder, &in_file, &text);
    Tx *tx = tx_begin(scope->db);
    const AuditCheckpointLastRows last = audit_checkpoint_last(scope->db);
    if (!file_fits(&last, has_line, &in_file, text)) {
        db_rollback(scope->db);
        return;
    }
    sign(scope, tx, &last);
    tx_commit(tx);
    lines_write(scope, folder, in_file.number);
}

void audit_stop(Scope *scope) {
    audit_link(scope);
    audit_checkpoint(scope);
}

AuditLag audit_lag_now(const Scope *scope) {
    AuditLagRow row;
    /* not covered: a count always has a row */
    if (!audit_lag_row(scope->db, &row) || row.found == 0) {
        return (AuditLag){0};
    }
    return (AuditLag){.rows = row.found,
                      .oldest = row.oldest,
                      .is_behind = time_between(row.oldest, scope->now) > LAG_MOST};
}
