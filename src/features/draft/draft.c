/* SPDX-License-Identifier: Apache-2.0 */
/* Keeping a visitor's answers for a day. */
#include "features/draft/draft.h"

#include "base/fail.h"
#include "draft_sql.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/keys.h"
#include "platform/crypto/seal.h"

#include <assert.h>

static const int64_t DRAFT_LIVES_US = TIME_DAY;
static const size_t MOST_BYTES = 65536;

static Str visit_hash(const Scope *scope, Str visit) {
    return crypto_hash_raw(scope->arena, scope->config->secret, STR("draft"), visit);
}

/* Nobody is known yet: the answers are sealed under what only this browser carries, and the key file. */
static const unsigned char *visit_key(const Scope *scope, Str visit) {
    const Str key = keys_index(db_keys(scope->db), scope->arena, STR("draft"), visit);
    return (const unsigned char *)key.at;
}

Str draft_answers(const Scope *scope, Str visit) {
    DraftRow row;
    Time since = time_before(scope->now, DRAFT_LIVES_US);
    if (!draft_row(scope->db, visit_hash(scope, visit), since, &row)) {
        return STR_NONE;
    }
    Str answers = STR("");
    if (!str_is_empty(row.answers) &&
        !seal_open(scope->arena, visit_key(scope, visit), "draft.answers", 0, row.answers, &answers)) {
        fail(FAIL_DATABASE, "draft.answers: a value does not open");
    }
    return answers;
}

void draft_keep(const Scope *scope, Tx *tx, Str visit, Str answers) {
    assert(answers.length <= MOST_BYTES);
    const Str sealed = seal_close(scope->arena, visit_key(scope, visit), "draft.answers", 0, 0, answers);
    draft_put(tx, visit_hash(scope, visit), sealed, scope->now);
}

void draft_delete(const Scope *scope, Tx *tx, Str visit) {
    draft_drop(tx, visit_hash(scope, visit));
}

void draft_clean_up(Scope *scope, Tx *tx) {
    draft_drop_old(tx, time_before(scope->now, DRAFT_LIVES_US));
}
