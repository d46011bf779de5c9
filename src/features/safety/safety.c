/* SPDX-License-Identifier: Apache-2.0 */
/* The one answer to "may we reach this person now, and how". */
#include "features/safety/safety.h"

#include "platform/zone/zone.h"
#include "safety_sql.h"

/* enum ContactPointKind of features/account, which stands on this feature. */
enum { KIND_MAIL = 1 };

static SafetyAnswer not_this_way(void) {
    return (SafetyAnswer){.kind = SAFETY_NOT_THIS_WAY};
}

SafetyAnswer safety_at(Str hours, Str zone, Time when) {
    if (str_is_none(hours)) {
        return (SafetyAnswer){.kind = SAFETY_MAY};
    }
    const SafetyHours read = safety_hours_read(hours);
    const Zone *clock = zone_find(zone);
    if (clock == NULL) { /* the system's tables lost it: then only "any time" can be known to be safe */
        return read.kind == SAFETY_ANY_TIME ? (SafetyAnswer){.kind = SAFETY_MAY} : not_this_way();
    }
    const Time next = safety_hours_next(&read, clock, when);
    if (time_is_none(next)) {
        return not_this_way();
    }
    return next.us == when.us ? (SafetyAnswer){.kind = SAFETY_MAY}
                              : (SafetyAnswer){.kind = SAFETY_NOT_BEFORE, .not_before = next};
}

SafetyAnswer safety_may_reach(const Scope *scope, PersonId person, Time when) {
    SafetyNowOf row;
    return safety_now_of(scope->db, person, &row) ? safety_at(row.hours, row.zone, when)
                                                  : (SafetyAnswer){.kind = SAFETY_MAY};
}

Str safety_zone(const Scope *scope, PersonId person) {
    SafetyNowOf row;
    return safety_now_of(scope->db, person, &row) ? row.zone : STR_NONE;
}

static bool way_allows(const SafetyWay *way, SafetyChannel channel) {
    if (way->is_unsafe) {
        return false;
    }
    const bool is_mail = way->kind == KIND_MAIL;
    switch (channel) {
    case SAFETY_BY_CALL:
        return !is_mail;
    case SAFETY_BY_VOICEMAIL:
        return !is_mail && way->may_voicemail == SAFE_YES;
    case SAFETY_BY_TEXT:
        return !is_mail && way->may_text == SAFE_YES && !way->is_stopped;
    case SAFETY_BY_MAIL:
        return is_mail;
    }
    return false;
}

SafetyAnswer safety_may_contact(const Scope *scope, PersonId person, ContactPointId point,
                                SafetyChannel channel, Time when) {
    SafetyWay way;
    if (!safety_way(scope->db, person, point, &way) || !way_allows(&way, channel)) {
        return not_this_way();
    }
    return safety_may_reach(scope, person, when);
}

void safety_set(const Scope *scope, Tx *tx, PersonId person, const SafetyRules *rules) {
    safety_now_set(tx, &(SafetyNowSet){.person = person,
                                       .hours = safety_hours_write(scope->arena, &rules->hours),
                                       .zone = rules->zone,
                                       .for_giver = rules->for_giver,
                                       .for_coordinator = rules->for_coordinator});
}

void safety_set_unsafe(const Scope *scope, Tx *tx, PersonId person, const ContactPointId *points,
                       size_t count) {
    safety_unsafe_clear(tx, person);
    for (size_t at = 0; at < count; at++) {
        (void)safety_unsafe_add(tx, person, points[at], scope->now);
    }
}

void safety_forget_ways(Tx *tx, PersonId person) {
    safety_unsafe_clear(tx, person);
}

bool safety_texts_are_stopped(Db *db, Str value_key) {
    SafetyTextStop row;
    return safety_text_stop(db, value_key, &row);
}

bool safety_stop_texts(const Scope *scope, Tx *tx, Str value_key) {
    return safety_text_stop_add(tx, value_key, scope->now) == 1;
}

bool safety_start_texts(Tx *tx, Str value_key) {
    return safety_text_stop_drop(tx, value_key) == 1;
}

JobMoment safety_mail_may(const Scope *scope, Str payload) {
    const MailTo to = mail_to(payload);
    if (person_id_is_none(to.person)) {
        return (JobMoment){.kind = JOB_NOW}; /* asked for by whoever waits for it */
    }
    if (!time_is_none(to.until) && !time_is_before(scope->now, to.until)) {
        return (JobMoment){.kind = JOB_NEVER};
    }
    const SafetyAnswer answer = safety_may_contact(scope, to.person, to.point, SAFETY_BY_MAIL, scope->now);
    switch (answer.kind) {
    case SAFETY_MAY:
        return (JobMoment){.kind = JOB_NOW};
    case SAFETY_NOT_BEFORE:
        return (JobMoment){.kind = JOB_LATER, .at = answer.not_before};
    case SAFETY_NOT_THIS_WAY:
        break;
    }
    return (JobMoment){.kind = JOB_NEVER};
}
