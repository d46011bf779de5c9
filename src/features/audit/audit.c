/* SPDX-License-Identifier: Apache-2.0 */
/* Writes rows. The chain's end is not touched here: two requests at the same time would have to wait for
 * each other, or on PostgreSQL for one to run again. */
#include "features/audit/audit.h"

#include "audit_sql.h"
#include "features/audit/audit_chain.h"
#include "platform/chain/chain.h"

enum { ID_RANDOM_BITS = 31 };

/* The second, then 31 random bits: rows stand in the order of time, so that a table that only grows is
 * written at its end and never looked through for a place. */
static int64_t id_new(const Scope *scope) {
    return (scope->now.us / TIME_SECOND) << ID_RANDOM_BITS |
           (int64_t)random_below(scope->random, UINT64_C(1) << ID_RANDOM_BITS);
}

/* False when the id is taken. */
static bool row_add(const Scope *scope, Tx *tx, const AuditEntry *entry) {
    unsigned char salt[CHAIN_SALT];
    random_bytes(scope->random, salt, sizeof salt);
    const ChainRow row = {
        .id = id_new(scope),
        .at = scope->now,
        .actor = scope->actor.value,
        .via = scope->via,
        .action = entry->action,
        .object = str_of(access_object_name(entry->kind)),
        .object_id = entry->object,
        .subject = entry->subject.value,
        .program = entry->program.value,
        .reason = str_is_none(entry->reason) ? STR("") : entry->reason,
        .outcome = entry->outcome,
    };
    const ChainHash commitment = chain_commit(salt, &row);
    const AuditInsert in = {
        .id = {row.id},
        .at = row.at,
        .actor = scope->actor,
        .via = row.via,
        .action = row.action,
        .object = row.object,
        .object_id = row.object_id,
        .subject = entry->subject,
        .program = entry->program,
        .reason = row.reason,
        .outcome = row.outcome,
        .salt = {.at = (const char *)salt, .length = sizeof salt},
        .commitment = {.at = (const char *)commitment.bytes, .length = sizeof commitment.bytes}};
    if (audit_insert(tx, &in) == 0) {
        return false;
    }
    audit_wait(tx, (AuditId){row.id});
    return true;
}

void audit_add(const Scope *scope, Tx *tx, const AuditEntry *entry) {
    while (!row_add(scope, tx, entry)) {
    }
}

void audit_add_about(const Scope *scope, Tx *tx, const AuditEntry *entry, const AccessSubjects *subjects) {
    AuditEntry one = *entry;
    one.program = subjects->program;
    bool is_added = false;
    bool is_about_actor = false;
    for (size_t at = 0; at < subjects->count; at++) {
        one.subject = subjects->people[at];
        if (person_id_equal(one.subject, scope->actor)) {
            is_about_actor = true;
            continue;
        }
        audit_add(scope, tx, &one);
        is_added = true;
    }
    if (!is_added) {
        one.subject = is_about_actor ? scope->actor : (PersonId){0};
        audit_add(scope, tx, &one);
    }
}

bool audit_reads_another(const Scope *scope, AccessAction rule, const AccessSubjects *subjects) {
    if (!access_shows_people(rule)) {
        return false;
    }
    for (size_t at = 0; at < subjects->count; at++) {
        if (!person_id_equal(subjects->people[at], scope->actor)) {
            return true;
        }
    }
    return subjects->count == 0;
}

int64_t audit_forget(const Scope *scope, Tx *tx, PersonId person) {
    const int64_t rows = audit_erase(tx, person, STR(""));
    /* Verifying counts empty rows against what these say. */
    audit_add(scope, tx, &(AuditEntry){.action = AUDIT_ERASED, .object = rows});
    return rows;
}

AuditOpenings audit_openings_before(const Scope *scope, PersonId person, Time before, AuditId before_id,
                                    int64_t most) {
    const AuditAboutRows rows = audit_about(
        scope->db,
        &(AuditAboutIn){
            .person = person, .before = before, .before_id = before_id, .now = scope->now, .most = most});
    AuditOpening *items = NEW_MANY(scope->arena, rows.count, AuditOpening);
    for (size_t at = 0; at < rows.count; at++) {
        const AuditAbout *row = &rows.items[at];
        items[at] = (AuditOpening){.id = row->id,
                                   .at = row->at,
                                   .actor = row->actor,
                                   .called = row->called,
                                   .duty = row->duty.is_known ? row->duty.value : 0,
                                   .walk = (AuditWalk)row->walk,
                                   .via = (ScopeVia)row->via,
                                   .action = row->action,
                                   .object = row->object,
                                   .number = row->object_id,
                                   .outcome = (AuditOutcome)row->outcome,
                                   .reason = row->reason};
    }
    return (AuditOpenings){.items = items, .count = rows.count};
}
