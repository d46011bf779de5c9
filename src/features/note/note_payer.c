/* SPDX-License-Identifier: Apache-2.0 */
/* Days by which notes are written and signed, what is due, and who may sign. */
#include "features/note/note_payer.h"

#include "features/consent/consent.h"
#include "note_sql.h"
#include "platform/zone/zone.h"

#include <assert.h>

enum { DUE_MOST = 20, UNSIGNED_MOST = 50, MONDAY = 1, FRIDAY = 5 };

NoteDays note_days(const Scope *scope, ProgramId program) {
    const NoteDaysRowRows rows = note_days_row(scope->db, program);
    return rows.count > 0 ? (NoteDays){.write = rows.items[0].write_days, .sign = rows.items[0].sign_days}
                          : (NoteDays){.write = NOTE_WRITE_DAYS, .sign = NOTE_SIGN_DAYS};
}

void note_set_days(const Scope *scope, Tx *tx, ProgramId program, NoteDays days) {
    (void)scope;
    assert(days.write >= 1 && days.write <= NOTE_DAYS_MOST && days.sign >= 1 && days.sign <= NOTE_DAYS_MOST);
    (void)note_days_set(tx, program, days.write, days.sign);
}

static Time end_of(const Zone *zone, int64_t day) {
    return time_after(zone_moment(zone, (LocalTime){.date = calendar_date(day + 1)}), -TIME_SECOND);
}

Time note_due_at(const Zone *zone, Time contact, int64_t days) {
    return end_of(zone, date_days(zone_date(zone, contact)) + days);
}

Time note_sign_due_at(const Zone *zone, Time contact, int64_t days) {
    int64_t day = date_days(zone_date(zone, contact));
    for (int64_t left = days; left > 0;) {
        day++;
        const int weekday = calendar_weekday(day);
        left -= weekday >= MONDAY && weekday <= FRIDAY ? 1 : 0;
    }
    return end_of(zone, day);
}

NoteDues note_due_list(const Scope *scope, MatchId match, size_t most) {
    NotePayerAny any;
    if (!note_payer_any(scope->db, NOTE_PAYER, &any) || any.programs == 0) {
        return (NoteDues){0};
    }
    const NoteDueRowsRows rows = note_due_rows(scope->db, &(NoteDueRowsIn){.person = scope->actor,
                                                                           .payer = NOTE_PAYER,
                                                                           .match = match,
                                                                           .contacts = CONSENT_CONTACTS,
                                                                           .now = scope->now,
                                                                           .most = DUE_MOST});
    const size_t count = rows.count > most ? most : rows.count;
    NoteDue *items = NEW_MANY(scope->arena, count, NoteDue);
    for (size_t at = 0; at < count; at++) {
        const NoteDueRows *row = &rows.items[at];
        const Time due_at = note_due_at(scope->zone, row->at, row->write_days);
        items[at] = (NoteDue){.match = row->match,
                              .contact = row->contact,
                              .receiver_called = row->receiver_called,
                              .kind = (ContactKind)row->kind,
                              .at = row->at,
                              .due_on = zone_date(scope->zone, due_at),
                              .is_late = time_is_before(due_at, scope->now)};
    }
    return (NoteDues){.items = items, .count = count, .further = rows.count - count};
}

NoteUnsigneds note_unsigned_list(const Scope *scope, ProgramId program) {
    const NoteUnsignedRowsRows rows =
        note_unsigned_rows(scope->db, &(NoteUnsignedRowsIn){.program = program,
                                                            .payer = NOTE_PAYER,
                                                            .contacts = CONSENT_CONTACTS,
                                                            .now = scope->now,
                                                            .most = UNSIGNED_MOST});
    NoteUnsigned *items = NEW_MANY(scope->arena, rows.count, NoteUnsigned);
    for (size_t at = 0; at < rows.count; at++) {
        const NoteUnsignedRows *row = &rows.items[at];
        items[at] = (NoteUnsigned){.id = row->id,
                                   .by_called = row->by_called,
                                   .receiver_called = row->receiver_called,
                                   .contact_at = row->contact_at,
                                   .sign_due_on = zone_date(scope->zone, row->sign_due_at),
                                   .is_own = person_id_equal(row->by_person, scope->actor),
                                   .is_late = time_is_before(row->sign_due_at, scope->now)};
    }
    NoteWithheld withheld = {0};
    (void)note_withheld(scope->db, program, NOTE_PAYER, CONSENT_CONTACTS, scope->now, &withheld);
    return (NoteUnsigneds){.items = items, .count = rows.count, .withheld = withheld.notes};
}

bool note_may_sign(const Scope *scope, const Note *note) {
    return note->mode == NOTE_PAYER && note->state != NOTE_DRAFT && time_is_none(note->signed_at) &&
           note_id_is_none(note->replaced_by) && !person_id_equal(note->by, scope->actor) &&
           !person_id_equal(note->receiver, scope->actor);
}

NoteResult note_sign(const Scope *scope, Tx *tx, const Note *note) {
    if (!note_may_sign(scope, note) || note_set_signed(tx, note->id, scope->actor, scope->now) != 1) {
        return NOTE_ELSEWHERE;
    }
    match_news(scope, tx, note->match);
    return NOTE_DONE;
}
