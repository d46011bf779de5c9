/* SPDX-License-Identifier: Apache-2.0 */
/* The table of actions, and the relations behind it. */
#include "features/access/access.h"

#include "access_sql.h"
#include "features/access/proof.h"
#include "platform/zone/zone.h"

#include <assert.h>

typedef struct AccessRule {
    const char *name;
    AccessObject object;
    unsigned allowed; /* any of these relations is enough */
} AccessRule;

/* The whole policy of the program on one screen. */
static const AccessRule rules[ACCESS_COUNT] = {
    [ACCESS_PUBLIC] = {"public", OBJECT_NONE, 0},
    [ACCESS_PERSON] = {"person", OBJECT_NONE, AS_SIGNED_IN},
    [ACCESS_PASSKEY_CHANGE] = {"passkey_change", OBJECT_PASSKEY, AS_OWNER},
    [ACCESS_SESSION_END] = {"session_end", OBJECT_SESSION, AS_OWNER},
    [ACCESS_PROGRAM_EDIT] = {"program_edit", OBJECT_PROGRAM, AS_COORDINATOR},
    [ACCESS_BOARD_READ] = {"board_read", OBJECT_PROGRAM, AS_COORDINATOR},
    [ACCESS_OFFER_ADD] = {"offer_add", OBJECT_PROGRAM, AS_SIGNED_IN},
    [ACCESS_IMPORT_ADD] = {"import_add", OBJECT_PROGRAM, AS_COORDINATOR},
    [ACCESS_ROUND_WORK] = {"round_work", OBJECT_ROUND, AS_COORDINATOR},
    [ACCESS_IMPORT_READ] = {"import_read", OBJECT_IMPORT_BATCH, AS_COORDINATOR},
    [ACCESS_IMPORT_CHANGE] = {"import_change", OBJECT_IMPORT_BATCH, AS_COORDINATOR},
    [ACCESS_REQUEST_READ] = {"request_read", OBJECT_REQUEST, AS_OWNER | AS_COORDINATOR},
    [ACCESS_REQUEST_CHANGE] = {"request_change", OBJECT_REQUEST, AS_OWNER},
    [ACCESS_REQUEST_WORK] = {"request_work", OBJECT_REQUEST, AS_COORDINATOR},
    [ACCESS_WAY_BACK] = {"way_back", OBJECT_REQUEST, AS_COORDINATOR | AS_GIVER},
    [ACCESS_REQUEST_ANSWER] = {"request_answer", OBJECT_REQUEST, AS_OWNER},
    [ACCESS_OFFER_READ] = {"offer_read", OBJECT_OFFER, AS_OWNER | AS_COORDINATOR | AS_CHOOSER | AS_RECEIVER},
    [ACCESS_OFFER_CHANGE] = {"offer_change", OBJECT_OFFER, AS_OWNER},
    [ACCESS_OFFER_WORK] = {"offer_work", OBJECT_OFFER, AS_COORDINATOR},
    [ACCESS_INVITATION_READ] = {"invitation_read", OBJECT_INVITATION, AS_INVITED},
    [ACCESS_INVITATION_ANSWER] = {"invitation_answer", OBJECT_INVITATION, AS_INVITED},
    [ACCESS_MATCH_READ] = {"match_read", OBJECT_MATCH, AS_RECEIVER | AS_GIVER | AS_COORDINATOR},
    [ACCESS_MATCH_CHANGE] = {"match_change", OBJECT_MATCH, AS_RECEIVER | AS_GIVER},
    [ACCESS_MATCH_AGREE] = {"match_agree", OBJECT_MATCH, AS_RECEIVER | AS_GIVER},
    [ACCESS_GOODBYE] = {"goodbye", OBJECT_MATCH, AS_RECEIVER | AS_GAVE},
    [ACCESS_CARRY] = {"carry", OBJECT_MATCH, AS_RECEIVER},
    [ACCESS_MESSAGE] = {"message", OBJECT_MATCH, AS_RECEIVER | AS_GIVER},
    [ACCESS_HOPE_WORK] = {"hope_work", OBJECT_HOPE, AS_COORDINATOR},
    [ACCESS_HOPE_WISH_WORK] = {"hope_wish_work", OBJECT_HOPE_WISH, AS_COORDINATOR},
    [ACCESS_HELP_WORK] = {"help_work", OBJECT_HELP, AS_COORDINATOR},
    [ACCESS_DEBRIEF_HOLD] = {"debrief_hold", OBJECT_DEBRIEF, AS_COORDINATOR},
    [ACCESS_DEBRIEF_CHANGE] = {"debrief_change", OBJECT_DEBRIEF, AS_OWNER},
    [ACCESS_HARD_NAME] = {"hard_name", OBJECT_MATCH, AS_COORDINATOR},
    [ACCESS_HARD_BACK] = {"hard_back", OBJECT_HARD_BACKUP, AS_OWNER},
    [ACCESS_CONTACT_ADD] = {"contact_add", OBJECT_MATCH, AS_GIVER},
    [ACCESS_CONTACT_ANSWER] = {"contact_answer", OBJECT_CONTACT, AS_RECEIVER | AS_GIVER},
    [ACCESS_CONTACT_KEEP] = {"contact_keep", OBJECT_CONTACT, AS_RECEIVER},
    [ACCESS_NOTE_MODE] = {"note_mode", OBJECT_PROGRAM, AS_LEADER},
    [ACCESS_NOTE_ADD] = {"note_add", OBJECT_MATCH, AS_GIVER},
    [ACCESS_NOTE_WAIVE] = {"note_waive", OBJECT_MATCH, AS_RECEIVER},
    [ACCESS_NOTE_READ] = {"note_read", OBJECT_NOTE, AS_RECEIVER | AS_GIVER | AS_COORDINATOR},
    [ACCESS_NOTE_CHANGE] = {"note_change", OBJECT_NOTE, AS_GIVER},
    [ACCESS_NOTE_ANSWER] = {"note_answer", OBJECT_NOTE, AS_RECEIVER | AS_GIVER},
    [ACCESS_NOTE_SIGN] = {"note_sign", OBJECT_NOTE, AS_COORDINATOR},
    [ACCESS_NOTE_KEEP] = {"note_keep", OBJECT_NOTE, AS_RECEIVER},
    [ACCESS_PROGRESS_ADD] = {"progress_add", OBJECT_REQUEST, AS_OWNER},
    [ACCESS_CHECKIN_WORK] = {"checkin_work", OBJECT_CHECKIN, AS_COORDINATOR},
    [ACCESS_POLICY_LIST] = {"policy_list", OBJECT_PROGRAM, AS_COORDINATOR | AS_LEADER},
    [ACCESS_POLICY_DRAFT] = {"policy_draft", OBJECT_PROGRAM, AS_COORDINATOR | AS_LEADER},
    [ACCESS_POLICY_READ] = {"policy_read", OBJECT_POLICY, AS_COORDINATOR | AS_LEADER},
    [ACCESS_POLICY_CHANGE] = {"policy_change", OBJECT_POLICY, AS_COORDINATOR | AS_LEADER},
    [ACCESS_POLICY_ADOPT] = {"policy_adopt", OBJECT_POLICY, AS_LEADER},
    [ACCESS_CONSENT_READ] = {"consent_read", OBJECT_CONSENT, AS_OWNER},
    [ACCESS_CONSENT_CHANGE] = {"consent_change", OBJECT_CONSENT, AS_OWNER},
    [ACCESS_HANDOVER_READ] = {"handover_read", OBJECT_CONSENT, AS_OWNER | AS_COORDINATOR},
    [ACCESS_GOAL_CHANGE] = {"goal_change", OBJECT_GOAL, AS_OWNER},
    [ACCESS_GOAL_PROPOSE] = {"goal_propose", OBJECT_MATCH, AS_GIVER},
    [ACCESS_SHEET_CHANGE] = {"sheet_change", OBJECT_SHEET, AS_OWNER},
    [ACCESS_SHEET_WITH] = {"sheet_with", OBJECT_SHEET, AS_LET},
    [ACCESS_CARD_READ] = {"card_read", OBJECT_CARD, AS_OWNER | AS_LET | AS_COORDINATOR},
    [ACCESS_EMERGENCY_OPEN] = {"emergency_open", OBJECT_PROGRAM, AS_EMERGENCY},
    [ACCESS_EMERGENCY_READ] = {"emergency_read", OBJECT_EMERGENCY, AS_EMERGENCY},
    [ACCESS_EMERGENCY_ANSWER] = {"emergency_answer", OBJECT_EMERGENCY, AS_OWNER},
    [ACCESS_EMERGENCY_LIST] = {"emergency_list", OBJECT_PROGRAM, AS_COORDINATOR | AS_LEADER},
    [ACCESS_SIGN_IN_RULES_READ] = {"sign_in_rules_read", OBJECT_PROGRAM, AS_COORDINATOR | AS_LEADER},
    [ACCESS_SIGN_IN_RULES_CHANGE] = {"sign_in_rules_change", OBJECT_PROGRAM, AS_LEADER},
    [ACCESS_SESSIONS_END] = {"sessions_end", OBJECT_PROGRAM, AS_COORDINATOR | AS_LEADER},
    [ACCESS_FAIRNESS_READ] = {"fairness_read", OBJECT_PROGRAM, AS_COORDINATOR | AS_LEADER},
    [ACCESS_PROVIDER_FORM] = {"provider_form", OBJECT_PROGRAM, AS_LEADER},
    [ACCESS_SIGNING_READ] = {"signing_read", OBJECT_PROGRAM, AS_COORDINATOR | AS_LEADER},
    [ACCESS_SIGNING_CHANGE] = {"signing_change", OBJECT_PROGRAM, AS_LEADER},
    [ACCESS_GUARDIAN_CHANGE] = {"guardian_change", OBJECT_GUARDIAN, AS_OWNER},
};

/* What stands behind these is about no person: a setting, an empty form; or it was written to the very
 * reader, and a row would tell the writer when they read it. Reading it leaves no row. */
static const bool is_bare[ACCESS_COUNT] = {
    [ACCESS_PUBLIC] = true,
    [ACCESS_PERSON] = true,
    [ACCESS_OFFER_ADD] = true,
    [ACCESS_GOODBYE] = true,
    [ACCESS_CARRY] = true,
    [ACCESS_MESSAGE] = true,
    [ACCESS_POLICY_LIST] = true,
    [ACCESS_POLICY_DRAFT] = true,
    [ACCESS_POLICY_READ] = true,
    [ACCESS_POLICY_CHANGE] = true,
    [ACCESS_POLICY_ADOPT] = true,
    [ACCESS_SIGN_IN_RULES_READ] = true,
    [ACCESS_SIGN_IN_RULES_CHANGE] = true,
    [ACCESS_SIGNING_READ] = true,
    [ACCESS_SIGNING_CHANGE] = true,
    [ACCESS_PROVIDER_FORM] = true,
    [ACCESS_NOTE_MODE] = true,
};

static unsigned bit(bool holds, AccessRelation relation) {
    return holds ? (unsigned)relation : 0U;
}

static void hang_clock(Scope *scope, Str name) {
    const Zone *zone = zone_find(name);
    if (zone != NULL) {
        scope->zone = zone;
    }
}

static unsigned as_somebody(Scope *scope) {
    AccessHomeZoneRows rows = access_home_zone(scope->db);
    if (rows.count > 0) {
        hang_clock(scope, rows.items[0].zone);
    }
    return AS_SIGNED_IN;
}

static unsigned as_program(Scope *scope, ProgramId program) {
    AccessProgram row;
    if (!access_program(scope->db, program, scope->actor, scope->now, &row)) {
        return 0;
    }
    hang_clock(scope, row.zone);
    return bit(row.coordinates, AS_COORDINATOR) | bit(row.leads, AS_LEADER) | bit(row.rescues, AS_EMERGENCY) |
           AS_SIGNED_IN;
}

/* What coordinating means for a family's own rows: nothing, unless the family shares them with those who
 * coordinate. No duty stands above that. */
static unsigned as_program_of(Scope *scope, ProgramId program, bool shares) {
    const unsigned relations = as_program(scope, program);
    return shares ? relations : relations & ~(unsigned)AS_COORDINATOR;
}

static unsigned as_request(Scope *scope, RequestId request) {
    AccessRequest row;
    if (!access_request(scope->db, request, scope->actor, scope->now, &row)) {
        return 0;
    }
    return bit(row.is_owner, AS_OWNER) | bit(row.gives, AS_GIVER) | bit(row.invited, AS_INVITED) |
           as_program_of(scope, row.program, row.shares);
}

static unsigned as_offer(Scope *scope, OfferId offer) {
    AccessOffer row;
    if (!access_offer(scope->db, offer, scope->actor, &row)) {
        return 0;
    }
    return bit(row.is_owner, AS_OWNER) | bit(row.chooses, AS_CHOOSER) | bit(row.receives, AS_RECEIVER) |
           as_program(scope, row.program);
}

static unsigned as_invitation(Scope *scope, InvitationId invitation) {
    AccessInvitation row;
    if (!access_invitation(scope->db, invitation, scope->actor, scope->now, &row)) {
        return 0;
    }
    return bit(row.is_owner, AS_OWNER) | bit(row.is_invited, AS_INVITED) |
           as_program_of(scope, row.program, row.shares);
}

static unsigned as_match(Scope *scope, MatchId match) {
    AccessMatch row;
    if (!access_match(scope->db, match, scope->actor, scope->now, &row)) {
        return 0;
    }
    return bit(row.receives, AS_RECEIVER) | bit(row.gives, AS_GIVER) | bit(row.gave, AS_GAVE) |
           as_program_of(scope, row.program, row.shares);
}

static unsigned as_contact(Scope *scope, ContactId contact) {
    AccessContactMatch row;
    return access_contact_match(scope->db, contact, &row) ? as_match(scope, row.match) : 0;
}

static unsigned as_note(Scope *scope, NoteId note) {
    AccessNote row;
    if (!access_note(scope->db, note, &row)) {
        return 0;
    }
    const unsigned relations = as_match(scope, row.match);
    return row.is_draft ? relations & ~(unsigned)AS_COORDINATOR : relations;
}

static unsigned as_checkin(Scope *scope, CheckinId checkin) {
    AccessCheckin row;
    return access_checkin(scope->db, checkin, &row) ? as_match(scope, row.match) : 0;
}

static unsigned as_consent(Scope *scope, ConsentId consent) {
    AccessConsent row;
    if (!access_consent(scope->db, consent, scope->actor, scope->now, &row)) {
        return 0;
    }
    return bit(row.is_owner, AS_OWNER) | as_program_of(scope, row.program, row.opens);
}

static unsigned as_guardian(Scope *scope, GuardianId guardian) {
    AccessGuardian row;
    return access_guardian(scope->db, guardian, scope->actor, &row) ? bit(row.is_owner, AS_OWNER) : 0;
}

static unsigned as_round(Scope *scope, RoundId round) {
    AccessRound row;
    return access_round(scope->db, round, &row) ? as_program(scope, row.program) : 0;
}

static unsigned as_import_batch(Scope *scope, ImportBatchId batch) {
    AccessImportBatch row;
    return access_import_batch(scope->db, batch, &row) ? as_program(scope, row.program) : 0;
}

static unsigned as_policy(Scope *scope, PolicyId policy) {
    AccessPolicy row;
    return access_policy(scope->db, policy, &row) ? as_program(scope, row.program) : 0;
}

static unsigned as_card(Scope *scope, PersonId person) {
    AccessCard row;
    if (!access_card(scope->db, person, scope->actor, scope->now, &row)) {
        return 0;
    }
    return bit(row.is_owner, AS_OWNER) | bit(row.is_let, AS_LET) | bit(row.coordinates, AS_COORDINATOR) |
           as_somebody(scope);
}

static unsigned as_session(Scope *scope, SessionId session) {
    AccessSession row;
    return access_session(scope->db, session, scope->actor, &row) ? bit(row.is_owner, AS_OWNER) : 0;
}

static unsigned as_goal(Scope *scope, GoalId goal) {
    AccessGoal row;
    return access_goal(scope->db, goal, scope->actor, &row) ? bit(row.is_owner, AS_OWNER) : 0;
}

static unsigned as_sheet(Scope *scope, SheetId sheet) {
    AccessSheet row;
    return access_sheet(scope->db, sheet, scope->actor, scope->now, &row)
               ? bit(row.is_owner, AS_OWNER) | bit(row.is_let, AS_LET)
               : 0;
}

/* Sent to those who coordinate; none of theirs while it is a draft. Nobody reads their own as one of them. */
static unsigned as_hope(Scope *scope, HopeId hope) {
    AccessHope row;
    return access_hope(scope->db, hope, scope->actor, &row) && row.is_sent && !row.is_own
               ? as_program(scope, row.program)
               : 0;
}

static unsigned as_hope_wish(Scope *scope, HopeWishId wish) {
    AccessHopeWish row;
    return access_hope_wish(scope->db, wish, scope->actor, &row) && !row.is_own
               ? as_program(scope, row.program)
               : 0;
}

/* Written to those who coordinate, whatever else is shared with them; but never to the other of the two,
 * whatever their duty: it may be about them. */
static unsigned as_help(Scope *scope, HelpId help) {
    AccessHelp row;
    return access_help(scope->db, help, scope->actor, &row) && !row.is_other ? as_program(scope, row.program)
                                                                             : 0;
}

/* Only what is wished is those who coordinate's to read, and nobody marks their own. */
static unsigned as_debrief(Scope *scope, DebriefId debrief) {
    AccessDebrief row;
    if (!access_debrief(scope->db, debrief, scope->actor, &row)) {
        return 0;
    }
    const unsigned relations = as_program(scope, row.program);
    return bit(row.is_owner, AS_OWNER) |
           (row.is_wished && !row.is_owner ? relations : relations & ~(unsigned)AS_COORDINATOR);
}

/* Who is asked or stands by, while the days last and the family shares with them. */
static unsigned as_hard_backup(Scope *scope, HardBackupId backup) {
    AccessHardBackup row;
    return access_hard_backup(scope->db, backup, scope->actor, scope->now, &row)
               ? bit(row.is_owner, AS_OWNER) | as_program(scope, row.program)
               : 0;
}

static unsigned as_passkey(Scope *scope, PasskeyId passkey) {
    AccessPasskey row;
    return access_passkey(scope->db, passkey, scope->actor, &row) ? bit(row.is_owner, AS_OWNER) : 0;
}

/* The duty alone opens nothing: it is asked again with every page, together with who opened it and when. */
static unsigned as_emergency(Scope *scope, EmergencyId emergency) {
    AccessEmergency row;
    if (!access_emergency(scope->db, emergency, scope->actor, scope->now, &row)) {
        return 0;
    }
    const unsigned relations = as_program(scope, row.program);
    return bit(row.is_owner, AS_OWNER) | (row.is_opener ? relations : relations & ~(unsigned)AS_EMERGENCY);
}

static unsigned relations_all(Scope *scope, AccessObject kind, int64_t object) {
    if (scope->actor.value == 0) {
        return 0;
    }
    switch (kind) {
    case OBJECT_NONE:
        return as_somebody(scope);
    case OBJECT_PROGRAM:
        return as_program(scope, (ProgramId){object});
    case OBJECT_REQUEST:
        return as_request(scope, (RequestId){object});
    case OBJECT_OFFER:
        return as_offer(scope, (OfferId){object});
    case OBJECT_INVITATION:
        return as_invitation(scope, (InvitationId){object});
    case OBJECT_MATCH:
        return as_match(scope, (MatchId){object});
    case OBJECT_CONTACT:
        return as_contact(scope, (ContactId){object});
    case OBJECT_CHECKIN:
        return as_checkin(scope, (CheckinId){object});
    case OBJECT_ROUND:
        return as_round(scope, (RoundId){object});
    case OBJECT_IMPORT_BATCH:
        return as_import_batch(scope, (ImportBatchId){object});
    case OBJECT_SESSION:
        return as_session(scope, (SessionId){object});
    case OBJECT_CARD:
        return as_card(scope, (PersonId){object});
    case OBJECT_PASSKEY:
        return as_passkey(scope, (PasskeyId){object});
    case OBJECT_POLICY:
        return as_policy(scope, (PolicyId){object});
    case OBJECT_CONSENT:
        return as_consent(scope, (ConsentId){object});
    case OBJECT_GUARDIAN:
        return as_guardian(scope, (GuardianId){object});
    case OBJECT_GOAL:
        return as_goal(scope, (GoalId){object});
    case OBJECT_SHEET:
        return as_sheet(scope, (SheetId){object});
    case OBJECT_NOTE:
        return as_note(scope, (NoteId){object});
    case OBJECT_HOPE:
        return as_hope(scope, (HopeId){object});
    case OBJECT_HOPE_WISH:
        return as_hope_wish(scope, (HopeWishId){object});
    case OBJECT_HELP:
        return as_help(scope, (HelpId){object});
    case OBJECT_DEBRIEF:
        return as_debrief(scope, (DebriefId){object});
    case OBJECT_HARD_BACKUP:
        return as_hard_backup(scope, (HardBackupId){object});
    case OBJECT_EMERGENCY:
        return as_emergency(scope, (EmergencyId){object});
    }
    assert(false && "an object kind that the table does not know");
    return 0;
}

/* Is every duty of the actor so new that its program still takes a mailbox for it? */
static bool is_in_grace(const Scope *scope) {
    AccessGrace row;
    /* not covered: a count always has a row */
    return access_grace(scope->db, scope->actor, scope->now, &row) && row.late == 0;
}

unsigned access_relations(Scope *scope, AccessObject kind, int64_t object) {
    const unsigned all = relations_all(scope, kind, object);
    if ((all & AS_DUTIES) == 0 || proof_is_enough(scope->proofs) || is_in_grace(scope)) {
        return all;
    }
    return all & ~AS_DUTIES;
}

bool access_wants_proof(Scope *scope, AccessAction action, int64_t object) {
    assert(action < ACCESS_COUNT);
    return !proof_is_enough(scope->proofs) &&
           (relations_all(scope, rules[action].object, object) & rules[action].allowed & AS_DUTIES) != 0;
}

bool access_is_fresh(const Scope *scope) {
    const int64_t age = time_between(scope->proved_at, scope->now);
    /* Ahead of now it is of before the clock went back, and nobody knows how old. */
    if (age < 0 || age >= PROOF_FRESH_US) {
        return false;
    }
    AccessWays row;
    /* not covered: counts always have a row */
    return proof_is_enough(scope->proofs) || !access_ways(scope->db, scope->actor, scope->now, &row) ||
           row.duties == 0 || row.ways == 0;
}

bool access_may(Scope *scope, AccessAction action, int64_t object) {
    assert(action < ACCESS_COUNT);
    if (action == ACCESS_PUBLIC) {
        return true;
    }
    return (access_relations(scope, rules[action].object, object) & rules[action].allowed) != 0;
}

bool access_shows_people(AccessAction action) {
    assert(action < ACCESS_COUNT);
    return !is_bare[action];
}

AccessObject access_object(AccessAction action) {
    assert(action < ACCESS_COUNT);
    return rules[action].object;
}

const char *access_action_name(AccessAction action) {
    assert(action < ACCESS_COUNT);
    return rules[action].name;
}
