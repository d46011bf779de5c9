/* SPDX-License-Identifier: Apache-2.0 */
/* A world in which hashing costs little, and people set up what proves them. Include test/unit.h first. */
#ifndef PROOF_BENCH_H
#define PROOF_BENCH_H

#include "features/access/proof.h"
#include "features/proof/way.h"
#include "platform/crypto/passphrase.h"
#include "platform/totp/totp.h"
#include "proof_sql.h"
#include "test/feature_world.h"

#define WORDS STR("purple boats sing")

static inline int open_cheap_world(void **state) {
    passphrase_test_cheaply();
    return world_open(state);
}

static inline PersonId coordinator(World *world, const char *name) {
    const PersonId person = world_person(world, name);
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, person, DUTY_COORDINATOR);
    world_commit(tx);
    return person;
}

/* From here on this person acts, having shown this much just now. */
static inline void act(World *world, PersonId person, unsigned proofs) {
    world_act_as(world, person);
    world->scope.proofs = proofs;
}

static inline void set_passphrase(World *world, Str words, bool is_long) {
    const Str hash = passphrase_hash(world->arena, words);
    Tx *tx = world_begin(world);
    passphrase_set(&world->scope, tx, hash, is_long);
    world_commit(tx);
}

static inline Str app_code_now(World *world) {
    AuthenticatorOf row;
    assert_true(authenticator_of(world->db, world->scope.actor, &row));
    return totp_code(world->arena, row.secret, totp_step(world->scope.now));
}

static inline void set_app(World *world) {
    int64_t minutes = 0;
    Tx *tx = world_begin(world);
    app_begin(&world->scope, tx);
    assert_int_equal(app_confirm(&world->scope, tx, app_code_now(world), &minutes), APP_FITS);
    world_commit(tx);
}

#endif
