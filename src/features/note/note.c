/* SPDX-License-Identifier: Apache-2.0 */
/* Who may read a note, when it stands, and what stands beside it. */
#include "features/note/note.h"

#include "features/consent/consent.h"
#include "features/note/note_payer.h"
#include "note_sql.h"
#include "texts.h"

#include <assert.h>

NoteMode note_mode(const Scope *scope, ProgramId program) {
    const NoteModeRowRows rows = note_mode_row(scope->db, program);
    return rows.count > 0 ? (NoteMode)rows.items[0].mode : NOTE_COUNT_ONLY;
}

void note_set_mode(const Scope *scope, Tx *tx, ProgramId program, NoteMode mode) {
    (void)note_mode_set(tx, program, mode, scope->now, scope->actor);
}

bool note_is_waived(const Scope *scope, MatchId match) {
    return note_waiver_row(scope->db, match).count > 0;
}

bool note_may_write(const Scope *scope, const Match *match) {
    return person_id_equal(scope->actor, match->giver) && match->state != MATCH_ENDED &&
           note_mode(scope, match->program) != NOTE_COUNT_ONLY &&
           consent_shares(scope, match->request, match->giver, CONSENT_CONTACTS);
}

static NoteState first_state(const Scope *scope, NoteMode mode, MatchId match) {
    if (mode == NOTE_PEER || mode == NOTE_PAYER) {
        return NOTE_WRITTEN;
    }
    return note_is_waived(scope, match) ? NOTE_WAIVED : NOTE_DRAFT;
}

/* `ret_at`: when the talk was that the note is about; TIME_NONE: it is about the walk. False: it cannot
 * be. */
static bool find_contact(const Scope *scope, NoteMode mode, MatchId match, const NoteWords *words,
                         bool is_first, Time *ret_at) {
    *ret_at = TIME_NONE;
    if (contact_id_is_none(words->contact)) {
        return mode != NOTE_PAYER;
    }
    NoteContact row;
    if (!note_contact(scope->db, words->contact, match, &row) || (is_first && row.notes > 0)) {
        return false;
    }
    *ret_at = row.at;
    return true;
}

static NoteResult insert(const Scope *scope, Tx *tx, const Match *match, const NoteWords *words,
                         NoteId replaces, NoteId *ret_id) {
    const NoteMode mode = note_mode(scope, match->program);
    const bool is_payers = mode == NOTE_PAYER;
    const NoteDays days = note_days(scope, match->program);
    Time talk;
    if (!note_may_write(scope, match) ||
        !find_contact(scope, mode, match->id, words, note_id_is_none(replaces), &talk)) {
        return NOTE_ELSEWHERE;
    }
    const NoteState state = first_state(scope, mode, match->id);
    const NoteId id = {random_id(scope->random)};
    if (note_insert(tx,
                    &(NoteInsert){
                        .id = id,
                        .match = match->id,
                        .person = match->receiver,
                        .by_person = scope->actor,
                        .mode = mode,
                        .state = state,
                        .strengths = words->strengths,
                        .talked = words->talked,
                        .next = words->next,
                        .replaces = replaces,
                        .contact = words->contact,
                        .due_at = is_payers ? note_due_at(scope->zone, talk, days.write) : TIME_NONE,
                        .sign_due_at = is_payers ? note_sign_due_at(scope->zone, talk, days.sign) : TIME_NONE,
                        .now = scope->now,
                        .stands_at = state == NOTE_DRAFT ? TIME_NONE : scope->now}) != 1) {
        return NOTE_ELSEWHERE;
    }
    if (words->is_part2) {
        (void)note_mark(tx, id);
    }
    match_news(scope, tx, match->id);
    *ret_id = id;
    return NOTE_DONE;
}

NoteResult note_write(const Scope *scope, Tx *tx, const Match *match, const NoteWords *words,
                      NoteId *ret_id) {
    return insert(scope, tx, match, words, (NoteId){0}, ret_id);
}

NoteResult note_change(const Scope *scope, Tx *tx, const Match *match, const Note *note,
                       const NoteWords *words, NoteId *ret_id) {
    if (note->state != NOTE_DRAFT) {
        NoteWords later = *words;
        later.contact = note->contact;
        return note_id_is_none(note->replaced_by) ? insert(scope, tx, match, &later, note->id, ret_id)
                                                  : NOTE_ELSEWHERE;
    }
    if (note_rewrite(tx, &(NoteRewrite){.id = note->id,
                                        .person = match->receiver,
                                        .by_person = scope->actor,
                                        .version = note->version,
                                        .strengths = words->strengths,
                                        .talked = words->talked,
                                        .next = words->next,
                                        .now = scope->now}) != 1) {
        return NOTE_ELSEWHERE;
    }
    (void)(words->is_part2 ? note_mark(tx, note->id) : note_unmark(tx, note->id));
    match_news(scope, tx, match->id);
    *ret_id = note->id;
    return NOTE_DONE;
}

NoteHeads note_list(const Scope *scope, MatchId match) {
    const NoteListRowsRows rows = note_list_rows(scope->db, &(NoteListRowsIn){.match = match,
                                                                              .reader = scope->actor,
                                                                              .contacts = CONSENT_CONTACTS,
                                                                              .now = scope->now,
                                                                              .most = NOTE_MOST});
    NoteHead *items = NEW_MANY(scope->arena, rows.count, NoteHead);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (NoteHead){.id = rows.items[at].id,
                               .by_called = rows.items[at].by_called,
                               .state = (NoteState)rows.items[at].state,
                               .is_replaced = rows.items[at].is_replaced,
                               .written_at = rows.items[at].written_at,
                               .stands_at = rows.items[at].stands_at};
    }
    return (NoteHeads){.items = items, .count = rows.count};
}

int64_t note_drafts(const Scope *scope, MatchId match) {
    NoteCountDrafts row = {0};
    (void)note_count_drafts(scope->db, match, &row);
    return row.drafts;
}

NoteWaitings note_waiting(const Scope *scope) {
    const NoteWaitingRowsRows rows = note_waiting_rows(scope->db, scope->actor);
    NoteWaiting *items = NEW_MANY(scope->arena, rows.count, NoteWaiting);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (NoteWaiting){.match = rows.items[at].match,
                                  .giver_called = rows.items[at].giver_called,
                                  .drafts = rows.items[at].drafts};
    }
    return (NoteWaitings){.items = items, .count = rows.count};
}

static NoteBesides besides_of(const Scope *scope, NoteId note) {
    const NoteBesideRowsRows rows = note_beside_rows(scope->db, note, scope->actor);
    NoteBeside *items = NEW_MANY(scope->arena, rows.count, NoteBeside);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (NoteBeside){.id = rows.items[at].id,
                                 .by = rows.items[at].by_person,
                                 .by_called = rows.items[at].by_called,
                                 .words = rows.items[at].words,
                                 .is_otherwise = rows.items[at].is_otherwise,
                                 .is_kept = rows.items[at].is_kept,
                                 .at = rows.items[at].at};
    }
    return (NoteBesides){.items = items, .count = rows.count};
}

bool note_find(const Scope *scope, NoteId id, Note *ret_note) {
    NoteRow row;
    if (!note_row(scope->db, id, scope->actor, CONSENT_CONTACTS, scope->now, &row)) {
        return false;
    }
    *ret_note = (Note){
        .id = id,
        .match = row.match,
        .receiver = row.receiver,
        .by = row.by_person,
        .by_called = row.by_called,
        .mode = (NoteMode)row.mode,
        .state = (NoteState)row.state,
        .contact = row.contact,
        .sign_due_at = row.sign_due_at,
        .signed_at = row.signed_at,
        .signed_by_called = row.signed_by_called,
        .version = row.version,
        .strengths = row.strengths,
        .talked = row.talked,
        .next = row.next,
        .replaces = row.replaces,
        .replaced_by = row.replaced_by,
        .written_at = row.written_at,
        .changed_at = row.changed_at,
        .stands_at = row.stands_at,
        .besides = besides_of(scope, id),
    };
    return true;
}

/* Nobody agrees to words that were changed meanwhile, or twice. */
static NoteResult settle(const Scope *scope, Tx *tx, const Note *note, const NoteAnswer *answer) {
    if (!person_id_equal(scope->actor, note->receiver)) {
        return NOTE_ELSEWHERE;
    }
    if (answer->deed == NOTE_DIFFER && note->state != NOTE_DRAFT) {
        return NOTE_DONE;
    }
    const NoteState state = answer->deed == NOTE_AGREE ? NOTE_AGREED : NOTE_OTHERWISE;
    return note_stand(tx, note->id, answer->version, state, scope->now) == 1 ? NOTE_DONE : NOTE_ELSEWHERE;
}

NoteResult note_answer(const Scope *scope, Tx *tx, const Note *note, const NoteAnswer *answer) {
    assert(answer->deed == NOTE_AGREE || !str_is_empty(answer->words));
    if (answer->deed != NOTE_ADD && settle(scope, tx, note, answer) != NOTE_DONE) {
        return NOTE_ELSEWHERE;
    }
    if (!str_is_empty(answer->words)) {
        const NoteBesideId id = {random_id(scope->random)};
        note_beside_insert(tx, &(NoteBesideInsert){.id = id,
                                                   .note = note->id,
                                                   .receiver = note->receiver,
                                                   .by_person = scope->actor,
                                                   .words = answer->words,
                                                   .is_otherwise = answer->deed == NOTE_DIFFER,
                                                   .is_kept = answer->is_kept &&
                                                              person_id_equal(scope->actor, note->receiver),
                                                   .now = scope->now});
        if (answer->is_part2 || note->talked.is_marked) {
            (void)note_beside_mark(tx, id);
        }
    }
    match_news(scope, tx, note->match);
    return NOTE_DONE;
}

bool note_beside_keep(const Scope *scope, Tx *tx, NoteId note, NoteBesideId beside, bool is_kept) {
    return note_beside_set_kept(tx, beside, note, scope->actor, is_kept) == 1;
}

void note_waive(const Scope *scope, Tx *tx, MatchId match, bool is_waived) {
    if (is_waived) {
        (void)note_waiver_insert(tx, match, scope->now);
        (void)note_stand_all(tx, match, NOTE_WAIVED, scope->now);
    } else {
        (void)note_waiver_delete(tx, match);
    }
    match_news(scope, tx, match);
}

void note_forget(Tx *tx, PersonId person) {
    (void)note_waiver_forget(tx, person);
}

Text note_state_text(NoteState state) {
    switch (state) {
    case NOTE_DRAFT:
        return TEXT_NOTE_DRAFT;
    case NOTE_AGREED:
        return TEXT_NOTE_AGREED;
    case NOTE_OTHERWISE:
        return TEXT_NOTE_OTHERWISE;
    case NOTE_WAIVED:
        return TEXT_NOTE_WAIVED;
    case NOTE_WRITTEN:
        return TEXT_NOTE_WRITTEN;
    }
    assert(false && "a state that the schema does not know");
    return TEXT_NONE;
}
