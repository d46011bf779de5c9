/* SPDX-License-Identifier: Apache-2.0 */
/* The table of actions, and the relations behind it. */
#include "features/access/access.h"

#include "access_sql.h"
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
    [ACCESS_SESSION_END] = {"session_end", OBJECT_SESSION, AS_OWNER},
    [ACCESS_PROGRAM_EDIT] = {"program_edit", OBJECT_PROGRAM, AS_COORDINATOR},
    [ACCESS_BOARD_READ] = {"board_read", OBJECT_PROGRAM, AS_COORDINATOR},
    [ACCESS_OFFER_ADD] = {"offer_add", OBJECT_PROGRAM, AS_SIGNED_IN},
    [ACCESS_IMPORT_ADD] = {"import_add", OBJECT_PROGRAM, AS_COORDINATOR},
    [ACCESS_IMPORT_READ] = {"import_read", OBJECT_IMPORT_BATCH, AS_COORDINATOR},
    [ACCESS_IMPORT_CHANGE] = {"import_change", OBJECT_IMPORT_BATCH, AS_COORDINATOR},
    [ACCESS_REQUEST_READ] = {"request_read", OBJECT_REQUEST, AS_OWNER | AS_COORDINATOR},
    [ACCESS_REQUEST_CHANGE] = {"request_change", OBJECT_REQUEST, AS_OWNER},
    [ACCESS_REQUEST_WORK] = {"request_work", OBJECT_REQUEST, AS_COORDINATOR},
    [ACCESS_REQUEST_ANSWER] = {"request_answer", OBJECT_REQUEST, AS_OWNER},
    [ACCESS_OFFER_READ] = {"offer_read", OBJECT_OFFER, AS_OWNER | AS_COORDINATOR | AS_CHOOSER | AS_RECEIVER},
    [ACCESS_OFFER_CHANGE] = {"offer_change", OBJECT_OFFER, AS_OWNER},
    [ACCESS_OFFER_WORK] = {"offer_work", OBJECT_OFFER, AS_COORDINATOR},
    [ACCESS_INVITATION_READ] = {"invitation_read", OBJECT_INVITATION, AS_INVITED},
    [ACCESS_INVITATION_ANSWER] = {"invitation_answer", OBJECT_INVITATION, AS_INVITED},
    [ACCESS_MATCH_READ] = {"match_read", OBJECT_MATCH, AS_RECEIVER | AS_GIVER | AS_COORDINATOR},
    [ACCESS_MATCH_CHANGE] = {"match_change", OBJECT_MATCH, AS_RECEIVER | AS_GIVER},
    [ACCESS_MATCH_AGREE] = {"match_agree", OBJECT_MATCH, AS_RECEIVER | AS_GIVER},
    [ACCESS_CONTACT_ADD] = {"contact_add", OBJECT_MATCH, AS_GIVER},
    [ACCESS_CONTACT_ANSWER] = {"contact_answer", OBJECT_CONTACT, AS_RECEIVER | AS_GIVER},
    [ACCESS_PROGRESS_ADD] = {"progress_add", OBJECT_REQUEST, AS_OWNER},
    [ACCESS_CHECKIN_WORK] = {"checkin_work", OBJECT_CHECKIN, AS_COORDINATOR},
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
    return bit(row.coordinates, AS_COORDINATOR) | AS_SIGNED_IN;
}

static unsigned as_request(Scope *scope, RequestId request) {
    AccessRequest row;
    if (!access_request(scope->db, request, scope->actor, &row)) {
        return 0;
    }
    return bit(row.is_owner, AS_OWNER) | bit(row.gives, AS_GIVER) | bit(row.invited, AS_INVITED) |
           as_program(scope, row.program);
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
    if (!access_invitation(scope->db, invitation, scope->actor, &row)) {
        return 0;
    }
    return bit(row.is_owner, AS_OWNER) | bit(row.is_invited, AS_INVITED) | as_program(scope, row.program);
}

static unsigned as_match(Scope *scope, MatchId match) {
    AccessMatch row;
    if (!access_match(scope->db, match, scope->actor, &row)) {
        return 0;
    }
    return bit(row.receives, AS_RECEIVER) | bit(row.gives, AS_GIVER) | as_program(scope, row.program);
}

static unsigned as_contact(Scope *scope, ContactId contact) {
    AccessContactMatch row;
    return access_contact_match(scope->db, contact, &row) ? as_match(scope, row.match) : 0;
}

static unsigned as_checkin(Scope *scope, CheckinId checkin) {
    AccessCheckin row;
    return access_checkin(scope->db, checkin, &row) ? as_program(scope, row.program) : 0;
}

static unsigned as_import_batch(Scope *scope, ImportBatchId batch) {
    AccessImportBatch row;
    return access_import_batch(scope->db, batch, &row) ? as_program(scope, row.program) : 0;
}

static unsigned as_session(Scope *scope, SessionId session) {
    AccessSession row;
    return access_session(scope->db, session, scope->actor, &row) ? bit(row.is_owner, AS_OWNER) : 0;
}

unsigned access_relations(Scope *scope, AccessObject kind, int64_t object) {
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
    case OBJECT_IMPORT_BATCH:
        return as_import_batch(scope, (ImportBatchId){object});
    case OBJECT_SESSION:
        return as_session(scope, (SessionId){object});
    }
    assert(false && "an object kind that the table does not know");
    return 0;
}

bool access_may(Scope *scope, AccessAction action, int64_t object) {
    assert(action < ACCESS_COUNT);
    if (action == ACCESS_PUBLIC) {
        return true;
    }
    return (access_relations(scope, rules[action].object, object) & rules[action].allowed) != 0;
}

AccessObject access_object(AccessAction action) {
    assert(action < ACCESS_COUNT);
    return rules[action].object;
}

const char *access_action_name(AccessAction action) {
    assert(action < ACCESS_COUNT);
    return rules[action].name;
}
