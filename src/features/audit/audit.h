/* SPDX-License-Identifier: Apache-2.0 */
/* The audit: one row for each read of another's record, each change, and each decision that said no.
 *
 * The request boundary writes the rows of pages by itself, from the route's rule and its object: a page
 * needs to do nothing. What no route says (a consent was given, emergency access opened, a list exported,
 * a command read people's records) a feature adds with audit_add(), in the transaction of the change
 * itself, so that neither is there without the other.
 *
 * A row says what and whom, never the content. Rows are never changed: the jobs process links them into a
 * chain (audit_chain.h), and what is about a forgotten person is emptied, which the chain survives.
 * doc/audit.md has the whole. */
#ifndef AUDIT_H
#define AUDIT_H

#include "features/access/access.h"

typedef enum AuditOutcome { AUDIT_CHANGED, AUDIT_READ, AUDIT_REFUSED } AuditOutcome;

typedef struct AuditEntry {
    Str action; /* a word of the feature's own that stays: "consent_stopped", "emergency_opened" */
    AccessObject kind;
    int64_t object;    /* 0: none; without a kind, a number that belongs to the action */
    PersonId subject;  /* whom it is about; 0: nobody in particular */
    ProgramId program; /* 0: none */
    Str reason;        /* words, where one had to be given; shown to the subject */
    AuditOutcome outcome;
} AuditEntry;

/* Adds one row: now, by the scope's actor. */
void audit_add(const Scope *scope, Tx *tx, const AuditEntry *entry);

/* Adds one row for each person whom the object is about, but the actor; one about nobody, or about the
 * actor, when there is no other. `subjects` is what access_subjects() said, before the change. */
void audit_add_about(const Scope *scope, Tx *tx, const AuditEntry *entry, const AccessSubjects *subjects);

/* Is reading this another's record for the scope's actor? */
bool audit_reads_another(const Scope *scope, AccessAction rule, const AccessSubjects *subjects);

/* Empties every row about this person; returns how many. Adds the row that says so. */
int64_t audit_forget(const Scope *scope, Tx *tx, PersonId person);

/* Actions that begin like this stand out where people read who opened what is about them. */
#define AUDIT_EMERGENCY STR("emergency_")

/* How the actor walks with whom it is about. Written as numbers in audit.sql. */
typedef enum AuditWalk {
    AUDIT_WALK_NONE = 0,   /* never did */
    AUDIT_WALK_KNOWN = 1,  /* gives or gave; or receives, and shares now */
    AUDIT_WALK_FAMILY = 2, /* received, and shares nothing now: not to be told by name */
} AuditWalk;

typedef struct AuditOpening {
    AuditId id;
    Time at;
    PersonId actor; /* 0: nobody was signed in, the command line, or a job */
    Str called;     /* STR_NONE: of nobody, or of somebody who is no longer here */
    int64_t duty;   /* which the actor held then in the row's program (enum DutyKind); 0: none */
    AuditWalk walk;
    ScopeVia via;
    Str action;
    Str object;     /* as access_object_name() says */
    int64_t number; /* the object's id; or, of what has no object, how many times */
    AuditOutcome outcome;
    Str reason;
} AuditOpening;

typedef struct AuditOpenings {
    const AuditOpening *items;
    size_t count;
} AuditOpenings;

/* Who did what with what is about this person: the newest first, those that come before this one (a time far
 * ahead and any id: from the newest on). At most `most`. */
AuditOpenings audit_openings_before(const Scope *scope, PersonId person, Time before, AuditId before_id,
                                    int64_t most);

#endif
