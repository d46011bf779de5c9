/* SPDX-License-Identifier: Apache-2.0 */
/* Whom each kind of row is about, for the audit. */
#include "features/access/access.h"

#include "access_sql.h"

#include <assert.h>

static AccessSubjects about_one(ProgramId program, PersonId person) {
    return (AccessSubjects){.program = program, .people = {person}, .count = 1};
}

static AccessSubjects about_two(ProgramId program, PersonId one, PersonId other) {
    return (AccessSubjects){
        .program = program, .people = {one, other}, .count = person_id_equal(one, other) ? 1 : 2};
}

static AccessSubjects about_request(Scope *scope, RequestId request) {
    AccessAboutRequest row;
    return access_about_request(scope->db, request, &row) ? about_one(row.program, row.person)
                                                          : (AccessSubjects){0};
}

static AccessSubjects about_offer(Scope *scope, OfferId offer) {
    AccessAboutOffer row;
    return access_about_offer(scope->db, offer, &row) ? about_one(row.program, row.person)
                                                      : (AccessSubjects){0};
}

static AccessSubjects about_invitation(Scope *scope, InvitationId invitation) {
    AccessAboutInvitation row;
    return access_about_invitation(scope->db, invitation, &row)
               ? about_two(row.program, row.chooser, row.chosen)
               : (AccessSubjects){0};
}

static AccessSubjects about_match(Scope *scope, MatchId match) {
    AccessAboutMatch row;
    return access_about_match(scope->db, match, &row) ? about_two(row.program, row.receiver, row.giver)
                                                      : (AccessSubjects){0};
}

static AccessSubjects about_contact(Scope *scope, ContactId contact) {
    AccessContactMatch row;
    return access_contact_match(scope->db, contact, &row) ? about_match(scope, row.match)
                                                          : (AccessSubjects){0};
}

static AccessSubjects about_note(Scope *scope, NoteId note) {
    AccessNote row;
    return access_note(scope->db, note, &row) ? about_match(scope, row.match) : (AccessSubjects){0};
}

static AccessSubjects about_checkin(Scope *scope, CheckinId checkin) {
    AccessAboutCheckin row;
    return access_about_checkin(scope->db, checkin, &row) ? about_one(row.program, row.person)
                                                          : (AccessSubjects){0};
}

static AccessSubjects about_session(Scope *scope, SessionId session) {
    AccessAboutSession row;
    return access_about_session(scope->db, session, &row) ? about_one((ProgramId){0}, row.person)
                                                          : (AccessSubjects){0};
}

static AccessSubjects about_round(Scope *scope, RoundId round) {
    AccessRound row;
    return (AccessSubjects){.program = access_round(scope->db, round, &row) ? row.program : (ProgramId){0}};
}

static AccessSubjects about_import_batch(Scope *scope, ImportBatchId batch) {
    AccessImportBatch row;
    return (AccessSubjects){.program =
                                access_import_batch(scope->db, batch, &row) ? row.program : (ProgramId){0}};
}

static AccessSubjects about_policy(Scope *scope, PolicyId policy) {
    AccessPolicy row;
    return (AccessSubjects){.program = access_policy(scope->db, policy, &row) ? row.program : (ProgramId){0}};
}

static AccessSubjects about_consent(Scope *scope, ConsentId consent) {
    AccessAboutConsent row;
    return access_about_consent(scope->db, consent, &row) ? about_one(row.program, row.person)
                                                          : (AccessSubjects){0};
}

static AccessSubjects about_card(Scope *scope, PersonId person) {
    AccessCard row;
    return access_card(scope->db, person, scope->actor, scope->now, &row) ? about_one((ProgramId){0}, person)
                                                                          : (AccessSubjects){0};
}

static AccessSubjects about_passkey(Scope *scope, PasskeyId passkey) {
    AccessAboutPasskey row;
    return access_about_passkey(scope->db, passkey, &row) ? about_one((ProgramId){0}, row.person)
                                                          : (AccessSubjects){0};
}

static AccessSubjects about_goal(Scope *scope, GoalId goal) {
    AccessAboutGoal row;
    return access_about_goal(scope->db, goal, &row) ? about_one((ProgramId){0}, row.person)
                                                    : (AccessSubjects){0};
}

static AccessSubjects about_sheet(Scope *scope, SheetId sheet) {
    AccessAboutSheet row;
    return access_about_sheet(scope->db, sheet, &row) ? about_one((ProgramId){0}, row.person)
                                                      : (AccessSubjects){0};
}

static AccessSubjects about_hope(Scope *scope, HopeId hope) {
    AccessAboutHope row;
    return access_about_hope(scope->db, hope, &row) ? about_one(row.program, row.person)
                                                    : (AccessSubjects){0};
}

static AccessSubjects about_hope_wish(Scope *scope, HopeWishId wish) {
    AccessAboutHopeWish row;
    return access_about_hope_wish(scope->db, wish, &row) ? about_one(row.program, row.person)
                                                         : (AccessSubjects){0};
}

static AccessSubjects about_help(Scope *scope, HelpId help) {
    AccessAboutHelp row;
    return access_about_help(scope->db, help, &row) ? about_one(row.program, row.person)
                                                    : (AccessSubjects){0};
}

static AccessSubjects about_debrief(Scope *scope, DebriefId debrief) {
    AccessAboutDebrief row;
    return access_about_debrief(scope->db, debrief, &row) ? about_one(row.program, row.person)
                                                          : (AccessSubjects){0};
}

static AccessSubjects about_hard_backup(Scope *scope, HardBackupId backup) {
    AccessAboutHardBackup row;
    return access_about_hard_backup(scope->db, backup, &row) ? about_one(row.program, row.receiver)
                                                             : (AccessSubjects){0};
}

static AccessSubjects about_guardian(Scope *scope, GuardianId guardian) {
    AccessAboutGuardian row;
    return access_about_guardian(scope->db, guardian, &row) ? about_one(row.program, row.person)
                                                            : (AccessSubjects){0};
}

static AccessSubjects about_emergency(Scope *scope, EmergencyId emergency) {
    AccessAboutEmergency row;
    return access_about_emergency(scope->db, emergency, &row) ? about_one(row.program, row.person)
                                                              : (AccessSubjects){0};
}

AccessSubjects access_subjects(Scope *scope, AccessObject kind, int64_t object) {
    switch (kind) {
    case OBJECT_NONE:
        return (AccessSubjects){0};
    case OBJECT_PROGRAM:
        return (AccessSubjects){.program = {object}};
    case OBJECT_REQUEST:
        return about_request(scope, (RequestId){object});
    case OBJECT_OFFER:
        return about_offer(scope, (OfferId){object});
    case OBJECT_INVITATION:
        return about_invitation(scope, (InvitationId){object});
    case OBJECT_MATCH:
        return about_match(scope, (MatchId){object});
    case OBJECT_CONTACT:
        return about_contact(scope, (ContactId){object});
    case OBJECT_CHECKIN:
        return about_checkin(scope, (CheckinId){object});
    case OBJECT_ROUND:
        return about_round(scope, (RoundId){object});
    case OBJECT_IMPORT_BATCH:
        return about_import_batch(scope, (ImportBatchId){object});
    case OBJECT_SESSION:
        return about_session(scope, (SessionId){object});
    case OBJECT_POLICY:
        return about_policy(scope, (PolicyId){object});
    case OBJECT_CONSENT:
        return about_consent(scope, (ConsentId){object});
    case OBJECT_CARD:
        return about_card(scope, (PersonId){object});
    case OBJECT_PASSKEY:
        return about_passkey(scope, (PasskeyId){object});
    case OBJECT_EMERGENCY:
        return about_emergency(scope, (EmergencyId){object});
    case OBJECT_GUARDIAN:
        return about_guardian(scope, (GuardianId){object});
    case OBJECT_GOAL:
        return about_goal(scope, (GoalId){object});
    case OBJECT_SHEET:
        return about_sheet(scope, (SheetId){object});
    case OBJECT_NOTE:
        return about_note(scope, (NoteId){object});
    case OBJECT_HOPE:
        return about_hope(scope, (HopeId){object});
    case OBJECT_HOPE_WISH:
        return about_hope_wish(scope, (HopeWishId){object});
    case OBJECT_HELP:
        return about_help(scope, (HelpId){object});
    case OBJECT_DEBRIEF:
        return about_debrief(scope, (DebriefId){object});
    case OBJECT_HARD_BACKUP:
        return about_hard_backup(scope, (HardBackupId){object});
    }
    assert(false && "an object kind that the table does not know");
    return (AccessSubjects){0};
}

const char *access_object_name(AccessObject kind) {
    switch (kind) {
    case OBJECT_NONE:
        return "";
    case OBJECT_PROGRAM:
        return "program";
    case OBJECT_REQUEST:
        return "request";
    case OBJECT_OFFER:
        return "offer";
    case OBJECT_INVITATION:
        return "invitation";
    case OBJECT_MATCH:
        return "match";
    case OBJECT_CONTACT:
        return "contact";
    case OBJECT_CHECKIN:
        return "checkin";
    case OBJECT_ROUND:
        return "round";
    case OBJECT_IMPORT_BATCH:
        return "import_batch";
    case OBJECT_SESSION:
        return "session";
    case OBJECT_POLICY:
        return "policy";
    case OBJECT_CONSENT:
        return "consent";
    case OBJECT_CARD:
        return "card";
    case OBJECT_PASSKEY:
        return "passkey";
    case OBJECT_EMERGENCY:
        return "emergency";
    case OBJECT_GUARDIAN:
        return "guardian";
    case OBJECT_GOAL:
        return "goal";
    case OBJECT_SHEET:
        return "sheet";
    case OBJECT_NOTE:
        return "note";
    case OBJECT_HOPE:
        return "hope";
    case OBJECT_HOPE_WISH:
        return "hope_wish";
    case OBJECT_HELP:
        return "help";
    case OBJECT_DEBRIEF:
        return "debrief";
    case OBJECT_HARD_BACKUP:
        return "hard_backup";
    }
    assert(false && "an object kind that the table does not know");
    return "";
}
