/* SPDX-License-Identifier: Apache-2.0 */
/* From a route and an outcome to rows. */
#include "features/audit/audit_boundary.h"

#include "features/audit/audit.h"

#include <assert.h>

_Static_assert((int)RECORD_PEOPLE_MOST == (int)ACCESS_SUBJECTS_MOST, "the boundary carries what access says");

static AccessSubjects subjects_of(const RecordAbout *about) {
    AccessSubjects subjects = {.program = about->program, .count = about->count};
    for (size_t at = 0; at < about->count; at++) {
        subjects.people[at] = about->people[at];
    }
    return subjects;
}

void audit_route_about(Scope *scope, int rule_number, int64_t object, RecordAbout *ret_about) {
    const AccessAction rule = (AccessAction)rule_number;
    const AccessObject kind = access_object(rule);
    AccessSubjects subjects = access_subjects(scope, kind, object);
    if (kind == OBJECT_NONE && scope->actor.value != 0) {
        subjects = (AccessSubjects){.people = {scope->actor}, .count = 1};
    }
    *ret_about = (RecordAbout){
        .program = subjects.program,
        .count = subjects.count,
        .records_reading = audit_reads_another(scope, rule, &subjects),
        /* What visitors send (a draft, a code) changes nobody's record; where it does, the feature says
         * so. */
        .records_change = rule != ACCESS_PUBLIC,
        .records_refusal = kind != OBJECT_NONE,
    };
    for (size_t at = 0; at < subjects.count; at++) {
        ret_about->people[at] = subjects.people[at];
    }
}

static AuditOutcome outcome_of(RecordOutcome outcome) {
    switch (outcome) {
    case RECORD_CHANGED:
        return AUDIT_CHANGED;
    case RECORD_READ:
        return AUDIT_READ;
    case RECORD_REFUSED:
        return AUDIT_REFUSED;
    }
    assert(false && "an outcome that the boundary does not know");
    return AUDIT_REFUSED;
}

void audit_route_record(Scope *scope, Tx *tx, const RecordEvent *event) {
    const AccessSubjects subjects = subjects_of(&event->about);
    audit_add_about(scope, tx,
                    &(AuditEntry){.action = str_of(event->action),
                                  .kind = access_object((AccessAction)event->rule),
                                  .object = event->object,
                                  .outcome = outcome_of(event->outcome)},
                    &subjects);
}
