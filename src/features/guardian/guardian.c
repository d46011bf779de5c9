/* SPDX-License-Identifier: Apache-2.0 */
/* Links that sign once, and who signed as whose parent. */
#include "features/guardian/guardian.h"

#include "features/audit/audit.h"
#include "features/signing/signing.h"
#include "guardian_sql.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/part2.h"

enum { CODE_CHARACTERS = 16, CODE_GROUP = 4, CODE_TYPED_MOST = 64 };

/* ---- codes ---- */

/* The code follows from the row's id, so that the young person can see it again and nothing that opens a link
 * lies in the database: whoever reads that lacks the secret. 78 bits. */
static Str code_of(const Scope *scope, GuardianLinkId id) {
    static const char alphabet[] = "23456789abcdefghjkmnpqrstvwxyz";
    const Str number = str_print(scope->arena, "%lld", (long long)id.value);
    const Str bytes = crypto_hash_raw(scope->arena, scope->config->secret, STR("guardian code"), number);
    char *code = arena_get(scope->arena, CODE_CHARACTERS);
    for (size_t at = 0; at < CODE_CHARACTERS; at++) {
        code[at] = alphabet[(unsigned char)bytes.at[at] % (sizeof alphabet - 1)];
    }
    return (Str){.at = code, .length = CODE_CHARACTERS};
}

static Str code_hash(const Scope *scope, Str code) {
    return crypto_hash_raw(scope->arena, scope->config->secret, STR("guardian link"), code);
}

/* In groups of four, to be read out. */
static Str grouped(Arena *arena, Str code) {
    Buf buf = buf_new(arena, 2 * CODE_CHARACTERS);
    for (size_t at = 0; at < code.length; at++) {
        if (at > 0 && at % CODE_GROUP == 0) {
            buf_add_char(&buf, '-');
        }
        buf_add_char(&buf, code.at[at]);
    }
    return buf_str(&buf);
}

/* However it was typed. */
static Str plain(Arena *arena, Str typed) {
    Buf buf = buf_new(arena, CODE_TYPED_MOST);
    const Str lower = str_lower_ascii(arena, str_part(typed, 0, CODE_TYPED_MOST));
    for (size_t at = 0; at < lower.length; at++) {
        const char byte = lower.at[at];
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            buf_add_char(&buf, byte);
        }
    }
    return buf_str(&buf);
}

/* ---- links ---- */

static void record(const Scope *scope, Tx *tx, const char *action, ProgramId program, PersonId person) {
    audit_add(scope, tx, &(AuditEntry){.action = str_of(action), .subject = person, .program = program});
}

void guardian_link_close(const Scope *scope, Tx *tx, ProgramId program, PersonId person, GuardianClosed why) {
    (void)guardian_link_set_closed(tx, program, person, (int64_t)why, scope->now);
}

GuardianLink guardian_link_make(const Scope *scope, Tx *tx, ProgramId program, PersonId person,
                                bool shows_words) {
    guardian_link_close(scope, tx, program, person, GUARDIAN_CLOSED_REPLACED);
    GuardianLink link = {
        .id = {random_id(scope->random)},
        .program = program,
        .person = person,
        .shows_words = shows_words,
        .until_at = time_after(scope->now, GUARDIAN_LINK_SPAN),
    };
    const Str code = code_of(scope, link.id);
    link.code = grouped(scope->arena, code);
    guardian_link_insert(tx, &(GuardianLinkInsert){.id = link.id,
                                                   .program = program,
                                                   .person = person,
                                                   .code_hash = code_hash(scope, code),
                                                   .shows_words = shows_words,
                                                   .made_by = scope->actor,
                                                   .now = scope->now,
                                                   .until_at = link.until_at});
    record(scope, tx, "guardian_link_made", program, person);
    return link;
}

bool guardian_link_open(const Scope *scope, ProgramId program, PersonId person, GuardianLink *ret_link) {
    const GuardianLinkNowRows rows = guardian_link_now(scope->db, program, person, scope->now);
    if (rows.count == 0) {
        return false;
    }
    *ret_link = (GuardianLink){.id = rows.items[0].id,
                               .program = program,
                               .person = person,
                               .shows_words = rows.items[0].shows_words,
                               .until_at = rows.items[0].until_at,
                               .code = grouped(scope->arena, code_of(scope, rows.items[0].id))};
    return true;
}

GuardianClosed guardian_link_closed(const Scope *scope, ProgramId program, PersonId person) {
    const GuardianLinkNewestRows rows = guardian_link_newest(scope->db, program, person);
    return rows.count > 0 && rows.items[0].closed_why.is_known
               ? (GuardianClosed)rows.items[0].closed_why.value
               : (GuardianClosed)0;
}

GuardianLook guardian_link_find(const Scope *scope, Str code, GuardianLink *ret_link) {
    const Str typed = plain(scope->arena, code);
    GuardianLinkByHash row;
    if (typed.length != CODE_CHARACTERS || !guardian_link_by_hash(scope->db, code_hash(scope, typed), &row)) {
        return GUARDIAN_LINK_UNKNOWN;
    }
    if (row.closed_why.is_known) {
        return row.closed_why.value == GUARDIAN_CLOSED_SIGNED || row.closed_why.value == GUARDIAN_CLOSED_NO
                   ? GUARDIAN_LINK_USED
                   : GUARDIAN_LINK_OVER;
    }
    if (!time_is_before(scope->now, row.until_at)) {
        return GUARDIAN_LINK_OVER;
    }
    *ret_link = (GuardianLink){.id = row.id,
                               .program = row.program,
                               .person = row.person,
                               .shows_words = row.shows_words,
                               .until_at = row.until_at,
                               .code = grouped(scope->arena, typed)};
    return GUARDIAN_LINK_OPEN;
}

Strs guardian_link_words(const Scope *scope, const GuardianLink *link) {
    const SigningNeed need = signing_need(scope, link->program, link->person);
    if (!link->shows_words || !need.is_asked || !need.rule.parent_sees) {
        return (Strs){0};
    }
    const GuardianShownRows rows = guardian_shown(scope->db, link->program, link->person);
    Str *items = NEW_MANY(scope->arena, rows.count, Str);
    size_t count = 0;
    const Words words = scope_words(scope);
    for (size_t at = 0; at < rows.count; at++) {
        /* No consent names a parent for what tells of substance use; nor is it told that there is more. */
        const Str said =
            rows.items[at].is_part2 ? STR_NONE : part2_open_noted(&words, STR_NONE, rows.items[at].need);
        if (!str_is_empty(said)) {
            items[count++] = said;
        }
    }
    return (Strs){.items = items, .count = count};
}

/* ---- guardians ---- */

GuardianId guardian_begin(const Scope *scope, Tx *tx, const GuardianLink *link, PersonId parent, Str words) {
    const GuardianId id = {random_id(scope->random)};
    guardian_link_close(scope, tx, link->program, link->person, GUARDIAN_CLOSED_SIGNED);
    guardian_insert(tx, &(GuardianInsert){.id = id,
                                          .program = link->program,
                                          .person = link->person,
                                          .parent = parent,
                                          .link = link->id,
                                          .lang = (int64_t)scope->lang,
                                          .words = words,
                                          .now = scope->now});
    record(scope, tx, "guardian_signed", link->program, link->person);
    return id;
}

bool guardian_find(const Scope *scope, GuardianId id, Guardian *ret_guardian) {
    GuardianRow row;
    if (!guardian_row(scope->db, id, &row)) {
        return false;
    }
    *ret_guardian = (Guardian){
        .id = id,
        .program = row.program,
        .person = row.person,
        .called = row.called,
        .parent = row.parent,
        .parent_called = row.parent_called,
        .words = row.words,
        .lang = (Lang)row.lang,
        .since = row.since,
        .ended_at = row.ended_at,
        .ended_why = row.ended_why.is_known ? (GuardianEnd)row.ended_why.value : (GuardianEnd)0,
    };
    return true;
}

Guardians guardian_list_of(const Scope *scope, PersonId person) {
    const GuardianRowsOfRows rows = guardian_rows_of(scope->db, person);
    Guardian *items = NEW_MANY(scope->arena, rows.count, Guardian);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += guardian_find(scope, rows.items[at].id, &items[count]) ? 1 : 0;
    }
    return (Guardians){.items = items, .count = count};
}

Guardians guardian_list_by(const Scope *scope, PersonId parent) {
    const GuardianRowsByRows rows = guardian_rows_by(scope->db, parent);
    Guardian *items = NEW_MANY(scope->arena, rows.count, Guardian);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += guardian_find(scope, rows.items[at].id, &items[count]) ? 1 : 0;
    }
    return (Guardians){.items = items, .count = count};
}

bool guardian_end(const Scope *scope, Tx *tx, GuardianId id, GuardianEnd why) {
    Guardian guardian;
    if (!guardian_find(scope, id, &guardian) || guardian_set_ended(tx, id, (int64_t)why, scope->now) != 1) {
        return false;
    }
    record(scope, tx, why == GUARDIAN_OF_AGE ? "guardian_of_age" : "guardian_stopped", guardian.program,
           guardian.person);
    return true;
}

/* ---- who waits ---- */

GuardianWaits guardian_waits(const Scope *scope, PersonId after) {
    const GuardianWaitRowsRows rows = guardian_wait_rows(scope->db, after, scope->now);
    GuardianWait *items = NEW_MANY(scope->arena, rows.count, GuardianWait);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (GuardianWait){.program = rows.items[at].program, .person = rows.items[at].person};
    }
    return (GuardianWaits){.items = items, .count = rows.count};
}

GuardianAskeds guardian_asked(const Scope *scope, ProgramId program) {
    const GuardianAskedRowsRows rows = guardian_asked_rows(scope->db, program, scope->now);
    GuardianAsked *items = NEW_MANY(scope->arena, rows.count, GuardianAsked);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (GuardianAsked){.at = rows.items[at].at};
    }
    return (GuardianAskeds){.items = items, .count = rows.count};
}

bool guardian_asked_by(const Scope *scope, ProgramId program, Str receipt_hash, PersonId *ret_person) {
    const GuardianReceiptRows rows = guardian_receipt(scope->db, program, receipt_hash, scope->now);
    if (rows.count > 0) {
        *ret_person = rows.items[0].person;
    }
    return rows.count > 0;
}
