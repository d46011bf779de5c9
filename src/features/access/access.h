/* SPDX-License-Identifier: Apache-2.0 */
/* Who may do what: the one decision for pages, jobs, exports and the command line alike.
 *
 * A person stands in relations to an object (the request is mine; I coordinate its program; I was invited to
 * it). An action names the kind of object it acts on and the relations that allow it. There are no roles and
 * no special people: a duty is one more relation, dated, looked up each time, so that a change holds at once.
 *
 * A family's own rows (request, invitation, match, contact, check-in) are not a coordinator's, and not a
 * supporter's, by their duty or by walking together alone: only while the family shares them with those who
 * coordinate, or with that person (table sharing, kept by features/consent). Nothing overrides that.
 *
 * Adding an action: a line in enum AccessAction, a line in the table in access.c. Adding a kind of object: a
 * query in access.sql and a case in access_relations(); whom it is about, a case in access_subjects(). */
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
    OBJECT_ROUND,
    OBJECT_SESSION,
    OBJECT_POLICY,
    OBJECT_CONSENT,
    OBJECT_CARD, /* a person's safety card, by the person's id */
    OBJECT_PASSKEY,
    OBJECT_EMERGENCY,
    OBJECT_GUARDIAN, /* a parent's signature with a young person */
    OBJECT_GOAL,
    OBJECT_SHEET, /* for getting ready for a meeting */
    OBJECT_NOTE,
    OBJECT_HELP,        /* somebody of a walk needs somebody from the program */
    OBJECT_DEBRIEF,     /* a supporter would like to talk something over */
    OBJECT_HARD_BACKUP, /* somebody stands by for a family in hard days */
    OBJECT_HOPE,        /* a word for families who wait */
    OBJECT_HOPE_WISH,
} AccessObject;

/* Relations, as bits. */
typedef enum AccessRelation {
    AS_SIGNED_IN = 1 << 0, /* anyone who is signed in */
    AS_COORDINATOR =
        1 << 1,           /* holds that duty now, in the object's program, and the family, if it is about one,
                                shares it with those who do */
    AS_OWNER = 1 << 2,    /* asked, offers, or is the person the row is about */
    AS_RECEIVER = 1 << 3, /* the match's receiving side, also after its end */
    AS_GIVER = 1 << 4,    /* the match's giving side, while it lasts and the family shares with them */
    AS_INVITED = 1 << 5,  /* was chosen, has not answered yet, and the family shares with them */
    AS_CHOOSER = 1 << 6,  /* the offer stands on an open shortlist of this person's own request */
    AS_LEADER = 1 << 7,   /* holds that duty now, in the object's program */
    AS_LET = 1 << 8,      /* walks with the person, and the person lets them read this now */
    AS_EMERGENCY = 1 << 9, /* holds that duty now; and, of an emergency, opened it, and its time lasts */
    AS_GAVE = 1 << 10,     /* the match's giving side, after its end: opens nothing of the receiver's */
} AccessRelation;

/* Relations that open what is other people's: they count only when enough was shown for the session
 * (features/access/proof.h), or in the days of grace that a program gives a new duty. */
#define AS_DUTIES ((unsigned)AS_COORDINATOR | (unsigned)AS_LEADER | (unsigned)AS_EMERGENCY)

typedef enum AccessAction {
    ACCESS_PUBLIC,
    ACCESS_PERSON,
    ACCESS_SESSION_END,
    ACCESS_PASSKEY_CHANGE,
    ACCESS_PROGRAM_EDIT,
    ACCESS_BOARD_READ,
    ACCESS_OFFER_ADD, /* record an offer in a program */
    ACCESS_IMPORT_ADD,
    ACCESS_ROUND_WORK,
    ACCESS_IMPORT_READ,
    ACCESS_IMPORT_CHANGE,
    ACCESS_REQUEST_READ,
    ACCESS_REQUEST_CHANGE, /* the asking person's own switches: withdraw, reopen, choose, not this person */
    ACCESS_REQUEST_WORK,   /* take, code, note, make a shortlist */
    ACCESS_WAY_BACK,       /* a code for a young person who lost their word: by those who meet them */
    ACCESS_REQUEST_ANSWER, /* write beside what was noted */
    ACCESS_OFFER_READ,
    ACCESS_OFFER_CHANGE,
    ACCESS_OFFER_WORK, /* clearance and limits, by a coordinator */
    ACCESS_INVITATION_READ,
    ACCESS_INVITATION_ANSWER,
    ACCESS_MATCH_READ,
    ACCESS_MATCH_CHANGE, /* pause, end, come back: either side, no reason asked */
    ACCESS_MATCH_AGREE,
    ACCESS_GOODBYE,        /* one's own page of a match that has ended */
    ACCESS_MESSAGE,        /* read and write words between the two: nobody else, whatever their duty */
    ACCESS_CARRY,          /* pick own words that go along to who walks with one now */
    ACCESS_HELP_WORK,      /* what somebody wrote to those who coordinate, so that they help */
    ACCESS_HOPE_WORK,      /* read a word of hope before it shows, and after */
    ACCESS_HOPE_WISH_WORK, /* answer a wish to do more */
    ACCESS_DEBRIEF_HOLD,   /* that it is wished, and that it was held: who coordinates, but never one's own */
    ACCESS_DEBRIEF_CHANGE, /* not needed, and the words beside it: only ever whose it is */
    ACCESS_HARD_NAME,      /* name somebody to stand by in hard days */
    ACCESS_HARD_BACK,      /* stand by: who was named and agreed to */
    ACCESS_CONTACT_ADD,
    ACCESS_CONTACT_ANSWER,
    ACCESS_CONTACT_KEEP, /* keep one's own answer between the two: the receiving side's switch */
    ACCESS_NOTE_MODE,    /* how the program writes notes */
    ACCESS_NOTE_ADD,
    ACCESS_NOTE_WAIVE,  /* not look at drafts: the receiving side's switch */
    ACCESS_NOTE_READ,   /* a draft: by the two alone */
    ACCESS_NOTE_CHANGE, /* another version of it: who gives */
    ACCESS_NOTE_ANSWER,
    ACCESS_NOTE_SIGN, /* sign a payer's note off: reading it, by those who coordinate */
    ACCESS_NOTE_KEEP, /* keep one's own words between the two: the receiving side's switch */
    ACCESS_PROGRESS_ADD,
    ACCESS_CHECKIN_WORK,
    ACCESS_POLICY_LIST,
    ACCESS_POLICY_DRAFT, /* begin a draft in a program */
    ACCESS_POLICY_READ,
    ACCESS_POLICY_CHANGE, /* a draft: edit, try, drop */
    ACCESS_POLICY_ADOPT,  /* sign it off */
    ACCESS_CONSENT_READ,
    ACCESS_CONSENT_CHANGE,       /* stop it, give it again: only ever whose it is */
    ACCESS_HANDOVER_READ,        /* what goes to an organization, while that consent holds */
    ACCESS_EMERGENCY_OPEN,       /* say why, and open somebody's record */
    ACCESS_EMERGENCY_READ,       /* read it, while its time lasts */
    ACCESS_EMERGENCY_ANSWER,     /* write beside it: whom it is about */
    ACCESS_EMERGENCY_LIST,       /* that it happened */
    ACCESS_FAIRNESS_READ,        /* counts of groups, and how often each supporter is listed */
    ACCESS_SIGN_IN_RULES_READ,   /* how long duties stay signed in */
    ACCESS_SIGN_IN_RULES_CHANGE, /* change that */
    ACCESS_SESSIONS_END,         /* sign somebody with a duty out everywhere */
    ACCESS_PROVIDER_FORM,        /* whether the program uses a provider's safety form, and which */
    ACCESS_SIGNING_READ,         /* who signs where somebody is young: the table */
    ACCESS_SIGNING_CHANGE,
    ACCESS_GUARDIAN_CHANGE, /* stop it: the parent who signed */
    ACCESS_GOAL_CHANGE,     /* everything about a goal: only ever whose it is */
    ACCESS_GOAL_PROPOSE,    /* a step on a goal that one may read: who gives */
    ACCESS_SHEET_CHANGE,    /* everything about a sheet: only ever whose it is */
    ACCESS_SHEET_WITH,      /* read it, suggest a question: whom its person lets */
    ACCESS_CARD_READ,       /* a safety card, by those whom its person lets */
    ACCESS_COUNT,
} AccessAction;

/* True when the scope's actor may. `object` is the id of a row of the action's kind, 0 for actions without
 * one. An object that does not exist allows nobody.
 * From here on the scope's clock hangs where the object's program says, so that every page about it shows the
 * program's own time. */
bool access_may(Scope *scope, AccessAction action, int64_t object);

/* Would the actor be allowed after showing more of who this is? */
bool access_wants_proof(Scope *scope, AccessAction action, int64_t object);

/* Was enough shown in the last minutes for changing what proves a person, for exports, for giving duties?
 * Who has a duty and a way of their own to show it must have used that way: a mailbox alone is not enough
 * to replace it. */
bool access_is_fresh(const Scope *scope);

/* The relations in which the actor stands to an object, as AccessRelation bits; 0 when it does not exist. */
unsigned access_relations(Scope *scope, AccessObject kind, int64_t object);

/* Whom a row is about, and where it stands. Several people: each can read who opened it. */
enum { ACCESS_SUBJECTS_MOST = 2 };
typedef struct AccessSubjects {
    ProgramId program; /* 0: in none, or the row does not exist */
    PersonId people[ACCESS_SUBJECTS_MOST];
    size_t count; /* 0: nobody in particular (a list, a setting), or the row does not exist */
} AccessSubjects;

AccessSubjects access_subjects(Scope *scope, AccessObject kind, int64_t object);

/* Does reading behind this rule show anything about people that was not written to the reader? Only then a
 * reading is recorded. */
bool access_shows_people(AccessAction action);

/* The kind of object an action acts on. */
AccessObject access_object(AccessAction action);
/* The action's name as routes.txt writes it, for the access matrix. */
const char *access_action_name(AccessAction action);
/* "request", "match": as it is stored with every row of the audit, so never rename; "" for OBJECT_NONE. */
const char *access_object_name(AccessObject kind);

#endif
