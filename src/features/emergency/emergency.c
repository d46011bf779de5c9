/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a record with a reason, for an hour, in front of everyone whom it concerns. */
#include "features/emergency/emergency.h"

#include "emergency_sql.h"
#include "features/account/account.h"
#include "features/audit/audit.h"
#include "features/notice/notice.h"
#include "features/program/program.h"

static void tell_all(Scope *scope, Tx *tx, ProgramId program, PersonId person) {
    notice_send(scope, tx, person);
    const DutyHolders leaders = program_duty_holders(scope, program, DUTY_LEADER);
    for (size_t at = 0; at < leaders.count; at++) {
        notice_send(scope, tx, leaders.items[at].person);
    }
}

/* ---- finding whose record ---- */

static EmergencyResult by_mail(const Scope *scope, ProgramId program, Str mail, PersonId *ret_person) {
    const Household people = account_find_by_mail(scope, mail);
    size_t found = 0;
    for (size_t at = 0; at < people.count; at++) {
        EmergencyAsked asked;
        if (emergency_asked(scope->db, program, people.items[at].id, &asked) && asked.requests > 0) {
            *ret_person = people.items[at].id;
            found++;
        }
    }
    return found == 0 ? EMERGENCY_NOBODY : found > 1 ? EMERGENCY_SEVERAL : EMERGENCY_OPENED;
}

static EmergencyResult by_name(const Scope *scope, ProgramId program, Str called, PersonId *ret_person) {
    const EmergencyNamedRows rows = emergency_named(scope->db, program, called);
    if (rows.count == 1) {
        *ret_person = rows.items[0].person;
    }
    return rows.count == 0 ? EMERGENCY_NOBODY : rows.count > 1 ? EMERGENCY_SEVERAL : EMERGENCY_OPENED;
}

EmergencyResult emergency_open(Scope *scope, Tx *tx, ProgramId program, Str who, Str reason,
                               EmergencyId *ret_emergency) {
    const Str why = str_trim(reason);
    const Str whose = str_trim(who);
    if (why.length < EMERGENCY_REASON_LEAST) {
        return EMERGENCY_NO_REASON;
    }
    PersonId person = {0};
    const EmergencyResult found = str_contains(whose, STR("@")) ? by_mail(scope, program, whose, &person)
                                                                : by_name(scope, program, whose, &person);
    if (found != EMERGENCY_OPENED) {
        return found;
    }
    const EmergencyId id = {random_id(scope->random)};
    emergency_insert(tx, &(EmergencyInsert){.id = id,
                                            .program = program,
                                            .person = person,
                                            .by_person = scope->actor,
                                            .reason = why,
                                            .now = scope->now,
                                            .ends_at = time_after(scope->now, EMERGENCY_SPAN)});
    audit_add(scope, tx,
              &(AuditEntry){.action = STR("emergency_opened"),
                            .kind = OBJECT_EMERGENCY,
                            .object = id.value,
                            .subject = person,
                            .program = program,
                            .reason = why,
                            .outcome = AUDIT_READ});
    tell_all(scope, tx, program, person);
    *ret_emergency = id;
    return EMERGENCY_OPENED;
}

/* ---- reading ---- */

static EmergencyAnswers answers_of(const Scope *scope, EmergencyId id) {
    const EmergencyAnswerRowsRows rows = emergency_answer_rows(scope->db, id);
    EmergencyAnswer *items = NEW_MANY(scope->arena, rows.count, EmergencyAnswer);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (EmergencyAnswer){.words = rows.items[at].words, .at = rows.items[at].at};
    }
    return (EmergencyAnswers){.items = items, .count = rows.count};
}

bool emergency_find(const Scope *scope, EmergencyId id, Emergency *ret_emergency) {
    EmergencyRow row;
    if (!emergency_row(scope->db, id, &row)) {
        return false;
    }
    *ret_emergency = (Emergency){
        .id = row.id,
        .program = row.program,
        .person = row.person,
        .called = row.called,
        .by = row.by_person,
        .by_called = row.by_called,
        .reason = row.reason,
        .opened_at = row.opened_at,
        .ends_at = row.ends_at,
        .is_open = time_is_before(scope->now, row.ends_at),
        .answers = answers_of(scope, id),
    };
    return true;
}

static Emergencies found(const Scope *scope, const EmergencyRowsOf *rows, size_t count) {
    Emergency *items = NEW_MANY(scope->arena, count, Emergency);
    size_t kept = 0;
    for (size_t at = 0; at < count; at++) {
        kept += emergency_find(scope, rows[at].id, &items[kept]) ? 1 : 0;
    }
    return (Emergencies){.items = items, .count = kept};
}

Emergencies emergency_list_of(const Scope *scope, PersonId person) {
    const EmergencyRowsOfRows rows = emergency_rows_of(scope->db, person);
    return found(scope, rows.items, rows.count);
}

Emergencies emergency_list_in(const Scope *scope, ProgramId program) {
    const EmergencyRowsInRows rows = emergency_rows_in(scope->db, program);
    EmergencyRowsOf *ids = NEW_MANY(scope->arena, rows.count, EmergencyRowsOf);
    for (size_t at = 0; at < rows.count; at++) {
        ids[at].id = rows.items[at].id;
    }
    return found(scope, ids, rows.count);
}

Emergencies emergency_list_by(const Scope *scope, PersonId person) {
    const EmergencyRowsByRows rows = emergency_rows_by(scope->db, person, scope->now);
    EmergencyRowsOf *ids = NEW_MANY(scope->arena, rows.count, EmergencyRowsOf);
    for (size_t at = 0; at < rows.count; at++) {
        ids[at].id = rows.items[at].id;
    }
    return found(scope, ids, rows.count);
}

int64_t emergency_open_now(const Scope *scope, ProgramId program) {
    EmergencyCountOpen row;
    return emergency_count_open(scope->db, program, scope->now, &row) ? row.open : 0;
}

void emergency_answer_add(const Scope *scope, Tx *tx, EmergencyId id, Str words) {
    emergency_answer_insert(tx, &(EmergencyAnswerInsert){.id = {random_id(scope->random)},
                                                         .emergency = id,
                                                         .person = scope->actor,
                                                         .words = words,
                                                         .now = scope->now});
}
