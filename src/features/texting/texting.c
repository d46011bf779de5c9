/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from a text that came in. */
#include "features/texting/texting.h"

#include "features/account/account.h"
#include "features/audit/audit.h"
#include "features/texting/texting_word.h"
#include "features/textline/textline.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/sms/sms.h"
#include "texting_sql.h"
#include "texts.h"

enum { DIGITS_LEAST = 7, DIGITS_MOST = 15, SID_MOST = 64 };

/* 47 CFR 64.1200(a)(12): what confirms a stop must come at once, or not at all. */
static const int64_t ANSWER_HOLDS_US = 5 * TIME_MINUTE;

/* What a phone is told without asking for news. Stored: never renumber. */
typedef enum ToldKind { TOLD_HELP = 1, TOLD_NOBODY_READS = 2, TOLD_NOT_UNDERSTOOD = 3 } ToldKind;

/* Who wrote, and how they are answered. */
typedef struct Phone {
    Str number; /* as sms_add() takes it */
    Str key;    /* account_value_index() */
    Lang lang;
} Phone;

/* An international number; short numbers and names are machines. */
static bool is_phone(Str from) {
    for (size_t at = 1; at < from.length; at++) {
        if (from.at[at] < '0' || from.at[at] > '9') {
            return false;
        }
    }
    return from.length > DIGITS_LEAST && from.length <= DIGITS_MOST + 1 && from.at[0] == '+';
}

static void answer_words(const Scope *scope, Tx *tx, const Phone *phone, Str words) {
    sms_add(scope, tx, phone->number, words, time_after(scope->now, ANSWER_HOLDS_US));
}

static void answer(const Scope *scope, Tx *tx, const Phone *phone, Text words) {
    answer_words(scope, tx, phone, text_str(phone->lang, words));
}

static void record(const Scope *scope, Tx *tx, const Phone *phone, Str action) {
    const PersonIds people = account_with_phone(scope, phone->key);
    for (size_t at = 0; at < people.count; at++) {
        audit_add(scope, tx,
                  &(AuditEntry){.action = action, .subject = people.items[at], .outcome = AUDIT_CHANGED});
    }
}

static void stop(const Scope *scope, Tx *tx, const Phone *phone, bool is_answered) {
    if (!safety_stop_texts(scope, tx, phone->key)) {
        return; /* it was confirmed once, and that is all that may be */
    }
    record(scope, tx, phone, STR("texts_stopped"));
    if (!is_answered) {
        sms_add_last(scope, tx, phone->number, text_str(phone->lang, TEXT_TEXTING_STOPPED),
                     time_after(scope->now, ANSWER_HOLDS_US));
    }
}

static void start(const Scope *scope, Tx *tx, const Phone *phone, bool is_answered) {
    if (!safety_start_texts(tx, phone->key)) {
        return;
    }
    record(scope, tx, phone, STR("texts_started"));
    if (!is_answered) {
        answer(scope, tx, phone, TEXT_TEXTING_STARTED);
    }
}

/* Once in that time: a machine that answers everything is not answered for ever. */
static void tell(const Scope *scope, Tx *tx, const Phone *phone, ToldKind kind, int64_t every_us) {
    TextingTold before;
    if (safety_texts_are_stopped(scope->db, phone->key) ||
        (texting_told(scope->db, phone->key, kind, &before) &&
         time_is_before(scope->now, time_after(before.at, every_us)))) {
        return;
    }
    texting_tell(tx, phone->key, kind, scope->now);
    static const Text words[] = {[TOLD_HELP] = TEXT_TEXTING_HELP,
                                 [TOLD_NOBODY_READS] = TEXT_TEXTING_NOBODY_READS,
                                 [TOLD_NOT_UNDERSTOOD] = TEXT_TEXTING_NOT_UNDERSTOOD};
    answer(scope, tx, phone, words[kind]);
}

/* Neither stop nor start nor help. */
static void say(const Scope *scope, Tx *tx, const Phone *phone, const TextlineIn *in) {
    Str words = STR_NONE;
    switch (textline_take(scope, tx, in, &words)) {
    case TEXTLINE_ANSWERED:
        answer_words(scope, tx, phone, words);
        return;
    case TEXTLINE_NOT_UNDERSTOOD:
        tell(scope, tx, phone, TOLD_NOT_UNDERSTOOD, TIME_MINUTE);
        return;
    case TEXTLINE_NOBODYS:
        tell(scope, tx, phone, TOLD_NOBODY_READS, TIME_HOUR);
        return;
    }
}

/* The language of the first of those who have this phone; of nobody's phone, the first of ours. */
static Lang lang_of(const Scope *scope, Str key) {
    const PersonIds people = account_with_phone(scope, key);
    Person person = {.lang = LANG_EN};
    if (people.count > 0) {
        (void)account_person_find(scope, people.items[0], &person);
    }
    return person.lang;
}

TextingResult texting_take(Scope *scope, Tx *tx, const TextingIn *in) {
    if (str_is_empty(in->sid) || in->sid.length > SID_MOST || !is_phone(in->from)) {
        return TEXTING_NOBODYS;
    }
    const Str sid_hash = crypto_hash_raw(scope->arena, scope->config->secret, STR("text in"), in->sid);
    if (texting_in_add(tx, sid_hash, scope->now) == 0) {
        return TEXTING_AGAIN;
    }
    scope->via = SCOPE_TEXT;
    const Str key = account_value_index(db_keys(scope->db), scope->arena, CONTACT_POINT_PHONE, in->from);
    Phone phone = {.number = in->from, .key = key, .lang = lang_of(scope, key)};
    const Str plain = texting_plain(scope->arena, in->body);
    switch (texting_word(plain, &phone.lang)) {
    case TEXTING_STOP:
        stop(scope, tx, &phone, in->is_answered);
        break;
    case TEXTING_START:
        start(scope, tx, &phone, in->is_answered);
        break;
    case TEXTING_HELP:
        tell(scope, tx, &phone, TOLD_HELP, TIME_MINUTE);
        break;
    case TEXTING_OTHER:
        say(scope, tx, &phone,
            &(TextlineIn){.phone_key = key, .body = in->body, .plain = plain, .name = sid_hash});
        break;
    }
    return TEXTING_TAKEN;
}

void texting_clean_up(Scope *scope, Tx *tx) {
    (void)texting_in_forget(tx, time_before(scope->now, 7 * TIME_DAY));
    (void)texting_told_forget(tx, time_before(scope->now, TIME_DAY));
}
