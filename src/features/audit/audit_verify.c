/* SPDX-License-Identifier: Apache-2.0 */
/* Reads links and rows for the verifier, and the command `beenthere audit`. */
#include "features/audit/audit.h"
#include "features/audit/audit_chain.h"

#include "audit_sql.h"
#include "base/fail.h"
#include "platform/chain/chain_files.h"
#include "platform/command/meter.h"

#include <stdio.h>

enum { LINKS_AT_ONCE = 1000, PAGE_MOST = 32 * 1024 * 1024 };

static ChainLink link_of(const AuditLinksWithRows *row) {
    return (ChainLink){
        .seq = row->seq,
        .id = row->audit.value,
        .at = row->at,
        .commitment = row->commitment,
        .hash = row->hash,
        .has_row = !audit_id_is_none(row->row_id),
        .row = {.id = row->row_id.value,
                .at = row->row_at,
                .actor = row->actor.value,
                .via = row->via.value,
                .action = row->action,
                .object = row->object,
                .object_id = row->object_id.value,
                .subject = row->subject.value,
                .program = row->program.value,
                .reason = row->reason,
                .outcome = row->outcome.value},
        .salt = row->salt,
        .row_commitment = row->row_commitment,
    };
}

typedef struct Walk {
    Scope *scope;
    ChainVerify *verify;
    Arena *page;
    int64_t total;
} Walk;

static void links_walk(Walk *walk) {
    Db *db = walk->scope->db;
    Meter meter = meter_begin("entries", walk->total);
    int64_t after = 0;
    for (;;) {
        arena_reset(walk->page);
        db_use(db, walk->page);
        const AuditLinksWithRowsRows rows = audit_links_with_rows(db, after, LINKS_AT_ONCE);
        for (size_t at = 0; at < rows.count; at++) {
            const ChainLink link = link_of(&rows.items[at]);
            chain_verify_link(walk->verify, &link);
            after = link.seq;
        }
        meter_step(&meter, walk->verify->links);
        if (rows.count < LINKS_AT_ONCE) {
            break;
        }
    }
    meter_end(&meter);
    db_use(db, walk->scope->arena);
}

/* Somebody was forgotten this very second: that it was said counts before it stands in the chain. */
static void erasing_waiting_add(Walk *walk) {
    AuditErasingWaiting row;
    /* not covered: a sum always has a row */
    if (audit_erasing_waiting(walk->scope->db, AUDIT_ERASED, &row)) {
        walk->verify->erasing += row.emptied;
    }
}

static void outside_look(Walk *walk) {
    AuditOutside row;
    /* not covered: a count always has a row */
    if (audit_outside(walk->scope->db, &row) && row.found > 0) {
        chain_verify_found(walk->verify,
                           &(ChainFinding){.fault = CHAIN_ROW_OUTSIDE, .to = row.found, .at = row.at});
    }
}

void audit_verify(Scope *scope, Str path, const unsigned char *key, ChainVerify *ret_verify) {
    /* The file first: what is written while we read is then in the database at least. */
    const ChainPoints points = checkpoints_read(scope->arena, path);
    db_begin_read(scope->db);
    static const unsigned char nameless[CHAIN_NAME];
    AuditDatabaseName name = {0};
    const bool has_name = audit_database_name(scope->db, &name) && name.name.length == CHAIN_NAME;
    chain_verify_begin(ret_verify,
                       &(ChainVerifyIn){.name = has_name ? (const unsigned char *)name.name.at : nameless,
                                        .key = key,
                                        .points = points.items,
                                        .point_count = points.count,
                                        .erasing_action = AUDIT_ERASED});
    const AuditLinkLastRows last = audit_link_last(scope->db);
    Walk walk = {.scope = scope,
                 .verify = ret_verify,
                 .page = arena_new_within(scope->arena, PAGE_MOST),
                 .total = last.count > 0 ? last.items[0].seq : 0};
    links_walk(&walk);
    erasing_waiting_add(&walk);
    chain_verify_end(ret_verify);
    outside_look(&walk);
    const AuditCheckpointLastRows known = audit_checkpoint_last(scope->db);
    db_end_read(scope->db);
    const int64_t number = known.count > 0 ? known.items[0].number : 0;
    if (number > ret_verify->last_number && !checkpoints_reach(scope->arena, path, number)) {
        chain_verify_found(ret_verify, &(ChainFinding){.fault = CHAIN_POINTS_GONE,
                                                       .from = ret_verify->last_number + 1,
                                                       .to = number,
                                                       .at = known.items[0].at});
    }
}

Strs audit_findings(Scope *scope) {
    unsigned char seed[CHAIN_SEED] = {0};
    unsigned char key[CHAIN_PUBLIC] = {0};
    chain_seed(scope->arena, scope->config, seed);
    chain_public_key(seed, key);
    ChainVerify *verify = NEW(scope->arena, ChainVerify);
    audit_verify(scope, checkpoints_folder(scope->arena, scope->config), key, verify);
    const size_t count =
        verify->finding_count < CHAIN_FINDINGS_MOST ? verify->finding_count : CHAIN_FINDINGS_MOST;
    Str *lines = NEW_MANY(scope->arena, count, Str);
    for (size_t at = 0; at < count; at++) {
        char sentence[CHAIN_SENTENCE];
        chain_finding_say(&verify->findings[at], sentence);
        lines[at] = str_print(scope->arena, "audit: %s", sentence);
    }
    return (Strs){.items = lines, .count = count};
}

/* ---- the command ---- */

static void resumed_print(const ChainPoints *points) {
    for (size_t at = 0; at < points->count; at++) {
        const Checkpoint *checkpoint = &points->items[at].checkpoint;
        if (!points->items[at].is_broken && checkpoint->is_resumed) {
            printf("note: checkpoint %lld says that the database was restored from a copy and goes on from "
                   "entry "
                   "%lld\n",
                   (long long)checkpoint->number, (long long)checkpoint->seq);
        }
    }
}

static int verify_do(Scope *scope, Str path, const unsigned char *key) {
    ChainVerify *verify = NEW(scope->arena, ChainVerify);
    audit_verify(scope, path, key, verify);
    const ChainPoints points = checkpoints_read(scope->arena, path);
    resumed_print(&points);
    for (size_t at = 0; at < verify->finding_count && at < CHAIN_FINDINGS_MOST; at++) {
        char sentence[CHAIN_SENTENCE];
        chain_finding_say(&verify->findings[at], sentence);
        printf("%s\n", sentence);
    }
    if (verify->finding_count > CHAIN_FINDINGS_MOST) {
        printf("and %zu more\n", verify->finding_count - CHAIN_FINDINGS_MOST);
    }
    const AuditLag lag = audit_lag_now(scope);
    printf("%lld entries, %lld of them emptied by forgetting, %lld checkpoints hold, %lld entries wait for "
           "the chain: "
           "%s\n",
           (long long)verify->links, (long long)verify->erased, (long long)verify->points_held,
           (long long)lag.rows,
           verify->finding_count == 0 ? "all is as it was written" : "NOT as it was written");
    return verify->finding_count == 0 ? 0 : 1;
}

static int key_print(const unsigned char *key) {
    char digits[2 * CHAIN_PUBLIC];
    chain_hex(key, CHAIN_PUBLIC, digits);
    printf("%.*s\n", (int)sizeof digits, digits);
    return 0;
}

/* The newest checkpoint that still fits this database, which is a restored copy. */
static const Checkpoint *point_that_fits(Scope *scope, const ChainPoints *points) {
    for (size_t at = points->count; at > 0; at--) {
        const ChainPoint *point = &points->items[at - 1];
        AuditLinkHash row;
        ChainHash hash;
        if (!point->is_broken && audit_link_hash(scope->db, point->checkpoint.seq, &row) &&
            chain_hash_of(row.hash, &hash) && chain_hash_equal(&hash, &point->checkpoint.head)) {
            return &point->checkpoint;
        }
    }
    return NULL;
}

static int resume_do(Scope *scope, const unsigned char *seed, Str folder) {
    const ChainPoints points = checkpoints_read(scope->arena, folder);
    Checkpoint newest = {0};
    Str newest_text = STR_NONE;
    Tx *tx = tx_begin(scope->db);
    const AuditCheckpointLastRows known = audit_checkpoint_last(scope->db);
    const bool has_line = checkpoints_last(scope->arena, folder, &newest, &newest_text);
    if (!has_line || (known.count > 0 && newest.number <= known.items[0].number)) {
        db_rollback(scope->db);
        puts("there is nothing to resume: the checkpoint file does not know more than the database");
        return 1;
    }
    const Checkpoint *fits = point_that_fits(scope, &points);
    if (fits == NULL) {
        db_rollback(scope->db);
        puts("no checkpoint in the file fits this database: it is not a copy of the one that they were made "
             "for");
        return 1;
    }
    Checkpoint resumed = {.number = newest.number + 1,
                          .seq = fits->seq,
                          .at = time_is_before(scope->now, newest.at) ? newest.at : scope->now,
                          .head = fits->head,
                          .root = chain_tree_root(&(ChainTree){0}),
                          .before = checkpoint_hash(newest_text),
                          .is_resumed = true};
    memcpy(resumed.name, fits->name, CHAIN_NAME);
    char line[CHAIN_LINE];
    const Str text = {.at = line, .length = checkpoint_write(&resumed, seed, line)};
    audit_checkpoint_insert(tx, resumed.number, resumed.seq, resumed.at, text);
    audit_add(scope, tx, &(AuditEntry){.action = STR("audit_resumed"), .object = resumed.seq});
    tx_commit(tx);
    checkpoints_add(scope->arena, folder, text);
    printf("the chain goes on from entry %lld; what checkpoints tell of behind it is known to be lost\n",
           (long long)resumed.seq);
    return 0;
}

int audit_command(Scope *scope, const AuditOrder *order) {
    const Str word = order->words.count == 1 ? order->words.items[0] : STR("");
    const bool has_key = !str_is_none(order->public_key);
    unsigned char seed[CHAIN_SEED] = {0};
    unsigned char key[CHAIN_PUBLIC] = {0};
    if (has_key && !chain_unhex(order->public_key, key, sizeof key)) {
        fail(FAIL_USAGE, "--public-key wants the 64 digits that `beenthere audit public-key` prints");
    }
    if (!has_key) {
        chain_seed(scope->arena, scope->config, seed);
        chain_public_key(seed, key);
    }
    const Str folder = checkpoints_folder(scope->arena, scope->config);
    if (str_equal(word, STR("verify"))) {
        return verify_do(scope, folder, key);
    }
    if (str_equal(word, STR("public-key"))) {
        return key_print(key);
    }
    if (str_equal(word, STR("resume")) && !has_key) {
        return resume_do(scope, seed, folder);
    }
    fail(FAIL_USAGE, "audit wants one of: verify, public-key, resume");
}
