/* SPDX-License-Identifier: Apache-2.0 */
/* The word that opens a young person's space beside the mailbox, the door where it is asked, and the way
 * back. */
#include "features/youth/youth.h"

#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "youth_sql.h"

enum { TRIES_MOST = 5, SALT_LENGTH = 16, CODE_CHARACTERS = 9, CODE_GROUP = 3 };
static const int64_t TRIES_SPAN_US = TIME_HOUR;
static const int64_t DOOR_LIVES_US = 10 * TIME_MINUTE;
static const int64_t CODE_LIVES_US = TIME_DAY;

static Str hashed(const Scope *scope, Str salt, Str word) {
    const Str plain = str_lower_ascii(scope->arena, str_trim(word));
    return crypto_hash_hex(scope->arena, scope->config->secret, STR("youth word"),
                           str_print(scope->arena, "%.*s/%.*s", STR_ARGS(salt), STR_ARGS(plain)));
}

Str youth_word_make(const Scope *scope, Str word) {
    const Str salt = str_part(crypto_token(scope->arena, scope->random), 0, SALT_LENGTH);
    return str_print(scope->arena, "%.*s%.*s", STR_ARGS(salt), STR_ARGS(hashed(scope, salt, word)));
}

void youth_word_set(const Scope *scope, Tx *tx, PersonId person, Str made) {
    youth_word_put(tx, person, made, scope->now);
}

bool youth_has_word(const Scope *scope, PersonId person) {
    YouthWordRow row;
    return youth_word_row(scope->db, person, &row);
}

bool youth_has_door(const Scope *scope, PersonId person) {
    return youth_is(scope, person) || youth_has_word(scope, person);
}

/* How many wrong ones count against the next. Those ahead of now are of before the clock went back: they
 * would shut the door until it had caught up. */
static int64_t tries_of(const Scope *scope, const YouthWordRow *row) {
    const int64_t age = time_between(row->tries_since, scope->now);
    return age < 0 || age >= TRIES_SPAN_US ? 0 : row->tries;
}

static YouthWordResult wrong(const Scope *scope, Tx *tx, PersonId person, const YouthWordRow *row) {
    const int64_t tries = tries_of(scope, row);
    (void)youth_word_count(tx, person, tries + 1, tries == 0 ? scope->now : row->tries_since);
    return YOUTH_WORD_WRONG;
}

YouthWordResult youth_word_try(const Scope *scope, Tx *tx, PersonId person, Str word) {
    YouthWordRow row;
    if (!youth_word_row(scope->db, person, &row)) {
        return YOUTH_WORD_WRONG;
    }
    if (tries_of(scope, &row) >= TRIES_MOST) {
        return YOUTH_WORD_LATER;
    }
    const Str salt = str_part(row.made, 0, SALT_LENGTH);
    if (!crypto_equal(str_part(row.made, SALT_LENGTH, row.made.length), hashed(scope, salt, word))) {
        return wrong(scope, tx, person, &row);
    }
    (void)youth_word_count(tx, person, 0, scope->now);
    return YOUTH_WORD_FITS;
}

/* ---- the door ---- */

static Str visit_hash(const Scope *scope, Str visit) {
    return crypto_hash_raw(scope->arena, scope->config->secret, STR("youth door"), visit);
}

void youth_door_wait(const Scope *scope, Tx *tx, Str visit, const YouthDoor *door) {
    youth_door_put(tx, &(YouthDoorPut){.visit_hash = visit_hash(scope, visit),
                                       .person = door->person,
                                       .mail_key = door->mail_key,
                                       .proofs = door->proofs,
                                       .expires_at = time_after(scope->now, DOOR_LIVES_US)});
}

bool youth_door_find(const Scope *scope, Str visit, YouthDoor *ret_door) {
    YouthDoorRow row;
    if (!youth_door_row(scope->db, visit_hash(scope, visit), scope->now, &row)) {
        return false;
    }
    *ret_door = (YouthDoor){.person = row.person, .mail_key = row.mail_key, .proofs = (unsigned)row.proofs};
    return true;
}

void youth_door_leave(const Scope *scope, Tx *tx, Str visit) {
    (void)youth_door_delete(tx, visit_hash(scope, visit));
}

/* ---- the way back ---- */

/* Letters and digits only, in lower case, however it was typed. */
static Str code_hash(const Scope *scope, PersonId person, Str code) {
    Buf plain = buf_new(scope->arena, 128);
    buf_print(&plain, "%lld/", (long long)person.value);
    const Str lower = str_lower_ascii(scope->arena, str_part(code, 0, 40));
    for (size_t at = 0; at < lower.length; at++) {
        const char byte = lower.at[at];
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            buf_add_char(&plain, byte);
        }
    }
    return crypto_hash_raw(scope->arena, scope->config->secret, STR("youth way back"), buf_str(&plain));
}

Str youth_way_back_make(const Scope *scope, Tx *tx, PersonId person) {
    const Str code = crypto_code(scope->arena, scope->random, CODE_CHARACTERS);
    (void)youth_way_back_end(tx, person, scope->now);
    youth_way_back_insert(tx, &(YouthWayBackInsert){.id = {random_id(scope->random)},
                                                    .person = person,
                                                    .by_person = scope->actor,
                                                    .code_hash = code_hash(scope, person, code),
                                                    .now = scope->now,
                                                    .expires_at = time_after(scope->now, CODE_LIVES_US)});
    Buf grouped = buf_new(scope->arena, 32);
    for (size_t at = 0; at < code.length; at++) {
        if (at > 0 && at % CODE_GROUP == 0) {
            buf_add_char(&grouped, '-');
        }
        buf_add_char(&grouped, code.at[at]);
    }
    return buf_str(&grouped);
}

YouthWordResult youth_way_back_try(const Scope *scope, Tx *tx, PersonId person, Str code) {
    YouthWordRow row;
    if (!youth_word_row(scope->db, person, &row)) {
        return YOUTH_WORD_WRONG;
    }
    /* No wrong words of somebody else keep it out: it is random, and requests are limited besides. */
    return youth_way_back_use(tx, person, code_hash(scope, person, code), scope->now) == 1
               ? YOUTH_WORD_FITS
               : wrong(scope, tx, person, &row);
}

YouthWaysBack youth_ways_back(const Scope *scope, PersonId person) {
    const YouthWayBackListRows rows = youth_way_back_list(scope->db, person);
    YouthWayBack *items = NEW_MANY(scope->arena, rows.count, YouthWayBack);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (YouthWayBack){.by_called = rows.items[at].by_called,
                                   .at = rows.items[at].at,
                                   .used_at = rows.items[at].used_at};
    }
    return (YouthWaysBack){.items = items, .count = rows.count};
}

void youth_clean_up(const Scope *scope, Tx *tx) {
    (void)youth_door_delete_over(tx, scope->now);
}

void youth_forget(Tx *tx, PersonId person) {
    (void)youth_word_delete(tx, person);
    (void)youth_door_delete_of(tx, person);
    (void)youth_way_back_delete_of(tx, person);
}
