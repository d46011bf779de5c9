/* SPDX-License-Identifier: Apache-2.0 */
/* Keeping a visitor's answers for a day. */
#include "features/draft/draft.h"

#include "draft_sql.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"

#include <assert.h>

static const int64_t DRAFT_LIVES_US = TIME_DAY;
static const size_t MOST_BYTES = 65536;

static Str visit_hash(const Scope *scope, Str visit) {
    return crypto_hash_raw(scope->arena, scope->config->secret, STR("draft"), visit);
}

Str draft_answers(const Scope *scope, Str visit) {
    DraftRow row;
    Time since = time_before(scope->now, DRAFT_LIVES_US);
    return draft_row(scope->db, visit_hash(scope, visit), since, &row) ? row.answers : STR_NONE;
}

void draft_keep(const Scope *scope, Tx *tx, Str visit, Str answers) {
    assert(answers.length <= MOST_BYTES);
    draft_put(tx, visit_hash(scope, visit), answers, scope->now);
}

void draft_delete(const Scope *scope, Tx *tx, Str visit) {
    draft_drop(tx, visit_hash(scope, visit));
}

void draft_clean_up(Scope *scope, Tx *tx) {
    draft_drop_old(tx, time_before(scope->now, DRAFT_LIVES_US));
}
