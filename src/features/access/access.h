/* SPDX-License-Identifier: Apache-2.0 */
/* Who may do what: the one decision for pages, jobs, exports and the command line alike.
 *
 * A person stands in relations to an object (the request is mine; I coordinate its program; I was invited to
 * it). An action names the kind of object it acts on and the relations that allow it. There are no roles and
 * no special people: a duty is one more relation, dated, looked up each time, so that a change holds at once.
 *
 * Adding an action: a line in enum AccessAction, a line in the table in access.c. Adding a kind of object: a
 * query in access.sql and a case in access_relations(). */
#ifndef ACCESS_H
#define ACCESS_H

#include "platform/scope.h"

typedef enum AccessObject {
    OBJECT_NONE,
    OBJECT_PROGRAM,
    OBJECT_REQUEST,
    OBJECT_OFFER,
    OBJECT_INVITATION,
    OBJECT_MATCH,
    OBJECT_CONTACT,
    OBJECT_CHECKIN,
    OBJECT_IMPORT_BATCH,
    OBJECT_SESSION,
} AccessObject;

/* Relations, as bits. */
typedef enum AccessRelation {
    AS_SIGNED_IN = 1 << 0,   /* anyone who is signed in */
    AS_COORDINATOR = 1 << 1, /* holds that duty now, in the object's program */
    AS_OWNER = 1 << 2,       /* asked, offers, or is the person the row is about */
    AS_RECEIVER = 1 << 3,    /* the match's receiving side, also after its end */
    AS_GIVER = 1 << 4,       /* the match's giving side, while it lasts */
    AS_INVITED = 1 << 5,     /* was chosen and has not answered yet */
    AS_CHOOSER = 1 << 6,     /* the offer stands on an open shortlist of this person's own request */
} AccessRelation;

typedef enum AccessAction {
    ACCESS_PUBLIC,
    ACCESS_PERSON,
    ACCESS_SESSION_END,
    ACCESS_PROGRAM_EDIT,
    ACCESS_BOARD_READ,
    ACCESS_OFFER_ADD, /* record an offer in a program */
    ACCESS_IMPORT_ADD,
    ACCESS_IMPORT_READ,
    ACCESS_IMPORT_CHANGE,
    ACCESS_REQUEST_READ,
    ACCESS_REQUEST_CHANGE, /* the asking person's own switches: withdraw, reopen, choose, not this person */
    ACCESS_REQUEST_WORK,   /* take, code, note, make a shortlist */
    ACCESS_REQUEST_ANSWER, /* write beside what was noted */
    ACCESS_OFFER_READ,
    ACCESS_OFFER_CHANGE,
    ACCESS_OFFER_WORK, /* clearance and limits, by a coordinator */
    ACCESS_INVITATION_READ,
    ACCESS_INVITATION_ANSWER,
    ACCESS_MATCH_READ,
    ACCESS_MATCH_CHANGE, /* pause, end, come back: either side, no reason asked */
    ACCESS_MATCH_AGREE,
    ACCESS_CONTACT_ADD,
    ACCESS_CONTACT_ANSWER,
    ACCESS_PROGRESS_ADD,
    ACCESS_CHECKIN_WORK,
    ACCESS_COUNT,
} AccessAction;

/* True when the scope's actor may. `object` is the id of a row of the action's kind, 0 for actions without
 * one. An object that does not exist allows nobody.
 * From here on the scope's clock hangs where the object's program says, so that every page about it shows the
 * program's own time. */
bool access_may(Scope *scope, AccessAction action, int64_t object);

/* The relations in which the actor stands to an object, as AccessRelation bits; 0 when it does not exist. */
unsigned access_relations(Scope *scope, AccessObject kind, int64_t object);

/* The kind of object an action acts on. */
AccessObject access_object(AccessAction action);
/* The action's name as routes.txt writes it, for the access matrix. */
const char *access_action_name(AccessAction action);

#endif
