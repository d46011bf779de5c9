/* SPDX-License-Identifier: Apache-2.0 */
/* Who stands by in hard days: three people say yes, one after the other, and each can say no. */
#include "features/hard/hard_backup.h"

#include "features/consent/consent.h"
#include "features/notice/notice.h"
#include "hard_sql.h"

/* features/access asks for this bit by its number: it stands above the ledger. */
_Static_assert((int)CONSENT_CARD == 128, "access_card() of access.sql says it");

bool hard_backup_find(const Scope *scope, HardBackupId id, HardBackup *ret_backup) {
    HardBackupRow row;
    if (!hard_backup_row(scope->db, id, scope->now, &row)) {
        return false;
    }
    *ret_backup = (HardBackup){.id = row.id,
                               .state = (HardBackupState)row.state,
                               .match = row.match,
                               .program = row.program,
                               .request = row.request,
                               .receiver = row.receiver,
                               .receiver_called = row.receiver_called,
                               .giver_called = row.giver_called,
                               .person = row.person,
                               .called = row.called,
                               .until_at = row.until_at,
                               .missed_since = row.missed_since};
    return true;
}

bool hard_backup_of(const Scope *scope, MatchId match, HardBackup *ret_backup) {
    HardBackupOfMatch row;
    return hard_backup_of_match(scope->db, match, &row) && hard_backup_find(scope, row.id, ret_backup);
}

bool hard_backup_is_wished(const Scope *scope, MatchId match) {
    HardWishRow row;
    return hard_wish_row(scope->db, match, &row) && row.is_wished;
}

/* Days that are on, of this match. */
static bool find_days(const Scope *scope, MatchId match, HardRow *ret_row) {
    return hard_row(scope->db, match, scope->now, ret_row) && ret_row->state == HARD_ON;
}

static bool shares_with_coordinators(const Scope *scope, MatchId id) {
    Match match;
    return match_find(scope, id, &match) &&
           consent_shares(scope, match.request, (PersonId){0}, CONSENT_NEEDED);
}

HardResult hard_backup_wish(const Scope *scope, Tx *tx, MatchId match, bool is_wished) {
    HardRow days;
    HardBackup backup;
    if (!find_days(scope, match, &days) || !person_id_equal(scope->actor, days.receiver) ||
        hard_backup_of(scope, match, &backup) || (is_wished && !shares_with_coordinators(scope, match))) {
        return HARD_ELSEWHERE;
    }
    (void)hard_set_wished(tx, days.id, is_wished ? scope->now : TIME_NONE);
    return HARD_DONE;
}

/* ---- naming ---- */

HardCandidates hard_backup_candidates(const Scope *scope, MatchId match) {
    enum { MOST = 200 };
    const HardRowsCandidateRows rows = hard_rows_candidate(scope->db, match, (OfferId){0}, MOST);
    HardCandidate *items = NEW_MANY(scope->arena, rows.count, HardCandidate);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (HardCandidate){.offer = rows.items[at].id, .called = rows.items[at].called};
    }
    return (HardCandidates){.items = items, .count = rows.count};
}

HardResult hard_backup_name(const Scope *scope, Tx *tx, MatchId match, OfferId offer) {
    HardRow days;
    HardBackup before;
    if (!find_days(scope, match, &days) || !hard_backup_is_wished(scope, match) ||
        hard_backup_of(scope, match, &before) || offer.value == 0) {
        return HARD_ELSEWHERE;
    }
    const HardRowsCandidateRows found = hard_rows_candidate(scope->db, match, offer, 1);
    if (found.count == 0) {
        return HARD_ELSEWHERE;
    }
    hard_backup_insert(tx, &(HardBackupInsert){.id = {random_id(scope->random)},
                                               .hard = days.id,
                                               .person = found.items[0].person,
                                               .named_by = scope->actor,
                                               .now = scope->now});
    (void)hard_set_wished(tx, days.id, TIME_NONE);
    notice_send(scope, tx, days.receiver);
    return HARD_DONE;
}

/* ---- each one's yes, and no ---- */

HardResult hard_backup_agree(const Scope *scope, Tx *tx, MatchId match, unsigned items) {
    HardBackup backup;
    if (!hard_backup_of(scope, match, &backup) || !person_id_equal(scope->actor, backup.receiver) ||
        hard_backup_set_agreed(tx, backup.id, scope->now) != 1) {
        return HARD_ELSEWHERE;
    }
    (void)consent_on_backing(scope, tx,
                             &(ConsentChoosing){.program = backup.program,
                                                .person = backup.receiver,
                                                .request = backup.request,
                                                .items = items,
                                                .to = backup.person,
                                                .to_called = backup.called});
    notice_send(scope, tx, backup.person);
    return HARD_DONE;
}

/* What was shared for it is the family's, whoever ends it. */
static void stop_sharing(const Scope *scope, Tx *tx, PersonId receiver, RequestId request, PersonId person) {
    Scope own = *scope;
    own.actor = receiver;
    const HardConsentOfRows rows = hard_consent_of(scope->db, request, person);
    if (rows.count > 0) {
        (void)consent_stop(&own, tx, rows.items[0].consent);
    }
}

static void end(const Scope *scope, Tx *tx, const HardBackup *backup) {
    stop_sharing(scope, tx, backup->receiver, backup->request, backup->person);
    (void)hard_backup_set_over(tx, backup->id, scope->now);
}

HardResult hard_backup_drop(const Scope *scope, Tx *tx, MatchId match) {
    HardBackup backup;
    if (!hard_backup_of(scope, match, &backup) || !person_id_equal(scope->actor, backup.receiver)) {
        return HARD_ELSEWHERE;
    }
    end(scope, tx, &backup);
    return HARD_DONE;
}

HardResult hard_backup_answer(const Scope *scope, Tx *tx, HardBackupId id, bool is_yes) {
    HardBackup backup;
    if (!hard_backup_find(scope, id, &backup) || !person_id_equal(scope->actor, backup.person) ||
        backup.state == HARD_BACKUP_NAMED) {
        return HARD_ELSEWHERE;
    }
    if (is_yes && hard_backup_set_begun(tx, id, scope->now) != 1) {
        return HARD_ELSEWHERE;
    }
    if (!is_yes) {
        end(scope, tx, &backup);
    }
    notice_send(scope, tx, backup.receiver);
    return HARD_DONE;
}

/* ---- what ends it besides ---- */

void hard_backup_stopped(const Scope *scope, Tx *tx, RequestId request, PersonId person) {
    const HardBackupOfRequestRows rows = hard_backup_of_request(scope->db, request, person);
    for (size_t at = 0; at < rows.count; at++) {
        (void)hard_backup_set_over(tx, rows.items[at].id, scope->now);
    }
}

void hard_backup_close(const Scope *scope, Tx *tx, HardId hard, PersonId receiver) {
    const HardBackupOfHardRows rows = hard_backup_of_hard(scope->db, hard);
    for (size_t at = 0; at < rows.count; at++) {
        stop_sharing(scope, tx, receiver, rows.items[at].request, rows.items[at].person);
        (void)hard_backup_set_over(tx, rows.items[at].id, scope->now);
    }
}

void hard_backup_tell(const Scope *scope, Tx *tx, HardId hard) {
    const HardBackupOfHardRows rows = hard_backup_of_hard(scope->db, hard);
    for (size_t at = 0; at < rows.count; at++) {
        if (rows.items[at].state == HARD_BACKUP_STANDS) {
            notice_send(scope, tx, rows.items[at].person);
        }
    }
}

void hard_backup_forget(const Scope *scope, Tx *tx, PersonId person) {
    const HardBackupOfPersonRows rows = hard_backup_of_person(scope->db, person);
    for (size_t at = 0; at < rows.count; at++) {
        hard_backup_close(scope, tx, rows.items[at].hard, rows.items[at].receiver);
    }
    (void)hard_backup_delete_of(tx, person);
}

HardWishes hard_backup_list_wished(const Scope *scope, ProgramId program) {
    const HardRowsWishedRows rows = hard_rows_wished(scope->db, program, scope->now);
    HardWish *items = NEW_MANY(scope->arena, rows.count, HardWish);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] =
            (HardWish){.match = rows.items[at].match, .receiver_called = rows.items[at].receiver_called};
    }
    return (HardWishes){.items = items, .count = rows.count};
}
