/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a young person's own space. */
#include "features/youth/youth.h"

#include "platform/crypto/crypto.h"
#include "youth_sql.h"

Str youth_words_keep(const Scope *scope, Tx *tx, Str words) {
    const Str said = str_print(scope->arena, "%d %.*s", (int)scope->lang, STR_ARGS(words));
    const Str name = crypto_hash_hex(scope->arena, NULL, STR("youth words"), said);
    (void)youth_words_insert(tx, (YouthWordsId){random_id(scope->random)}, name, scope->lang, words);
    return name;
}

bool youth_begin(const Scope *scope, Tx *tx, PersonId person, ProgramId program, Str words_name,
                 bool is_apart) {
    YouthWordsFind words;
    if (!youth_words_find(scope->db, words_name, &words)) {
        return false;
    }
    youth_insert(tx, person, scope->now, is_apart);
    youth_read_insert(tx, &(YouthReadInsert){.id = {random_id(scope->random)},
                                             .person = person,
                                             .program = program,
                                             .words = words.id,
                                             .now = scope->now});
    return true;
}

bool youth_is(const Scope *scope, PersonId person) {
    YouthRow row;
    return youth_row(scope->db, person, &row);
}

bool youth_is_apart(const Scope *scope, PersonId person) {
    YouthRow row;
    return youth_row(scope->db, person, &row) && row.is_apart;
}

void youth_set_apart(const Scope *scope, Tx *tx, bool is_apart) {
    (void)youth_update_apart(tx, scope->actor, is_apart);
}

bool youth_read_last(const Scope *scope, PersonId person, Str *ret_words, Time *ret_at) {
    const YouthReadNewestRows rows = youth_read_newest(scope->db, person);
    if (rows.count == 0) {
        return false;
    }
    *ret_words = rows.items[0].words;
    *ret_at = rows.items[0].at;
    return true;
}
