/* SPDX-License-Identifier: Apache-2.0 */
/* A world with three people, a folder of its own, and an audit to do harm to. Include test/unit.h first. */
#ifndef AUDIT_BENCH_H
#define AUDIT_BENCH_H

#include "base/log.h"
#include "features/audit/audit.h"
#include "features/audit/audit_chain.h"
#include "platform/chain/chain_files.h"
#include "test/database.h"
#include "test/feature_world.h"
#include "test/folder.h"

typedef struct Audit {
    World *world;
    char folder[FOLDER_MOST];
    PersonId ana, ben, kim;
    unsigned char key[CHAIN_PUBLIC];
} Audit;

static inline int audit_open(void **state) {
    Audit *audit = calloc(1, sizeof *audit);
    assert_non_null(audit);
    assert_int_equal(world_open((void **)&audit->world), 0);
    log_set_least(LOG_ERROR);
    folder_make(audit->folder);
    audit->world->config.data = str_of(audit->folder);
    audit->ana = world_person(audit->world, "ana");
    audit->ben = world_person(audit->world, "ben");
    audit->kim = world_person(audit->world, "kim");
    unsigned char seed[CHAIN_SEED];
    chain_seed(audit->world->arena, &audit->world->config, seed);
    chain_public_key(seed, audit->key);
    *state = audit;
    return 0;
}

static inline int audit_close(void **state) {
    Audit *audit = *state;
    folder_end(audit->folder);
    (void)world_close((void **)&audit->world);
    free(audit);
    return 0;
}

/* Kim opens what is about Ana, `count` times, a second apart. */
static inline void rows_add(Audit *audit, int count) {
    world_act_as(audit->world, audit->kim);
    for (int at = 0; at < count; at++) {
        world_wait(audit->world, TIME_SECOND);
        Tx *tx = world_begin(audit->world);
        audit_add(&audit->world->scope, tx,
                  &(AuditEntry){.action = STR("request_show"),
                                .kind = OBJECT_REQUEST,
                                .object = 101 + at,
                                .subject = audit->ana,
                                .program = audit->world->program,
                                .outcome = AUDIT_READ});
        world_commit(tx);
    }
}

static inline ChainVerify *verify_now(Audit *audit) {
    ChainVerify *verify = NEW(audit->world->arena, ChainVerify);
    audit_verify(&audit->world->scope, checkpoints_folder(audit->world->arena, &audit->world->config),
                 audit->key, verify);
    return verify;
}

static inline void assert_whole(Audit *audit, int64_t links) {
    const ChainVerify *verify = verify_now(audit);
    if (verify->finding_count > 0) {
        char sentence[CHAIN_SENTENCE] = {0};
        chain_finding_say(&verify->findings[0], sentence);
        fail_msg("found \"%s\"", sentence);
    }
    assert_int_equal(verify->links, links);
}

static inline void assert_found(Audit *audit, ChainFault fault, int64_t from, int64_t to) {
    const ChainVerify *verify = verify_now(audit);
    assert_true(verify->finding_count > 0);
    if (verify->findings[0].fault != fault || verify->findings[0].from != from ||
        verify->findings[0].to != to) {
        char sentence[CHAIN_SENTENCE] = {0};
        chain_finding_say(&verify->findings[0], sentence);
        fail_msg("found \"%s\"", sentence);
    }
}

static inline void harm(Audit *audit, const char *sql) {
    Tx *tx = world_begin(audit->world);
    test_database_run(audit->world->db, sql);
    world_commit(tx);
}

/* Twelve rows: nine under two checkpoints, three more that are linked. */
static inline void history_make(Audit *audit) {
    rows_add(audit, 4);
    audit_stop(&audit->world->scope);
    rows_add(audit, 5);
    audit_stop(&audit->world->scope);
    rows_add(audit, 3);
    audit_link(&audit->world->scope);
}

#endif
