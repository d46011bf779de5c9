/* SPDX-License-Identifier: Apache-2.0 */
/* Whether, how and when it is safe to reach somebody: the one answer for everything that the program sends,
 * offers to call, or shows as a link.
 *
 * It follows what the person said and nothing else: which ways are not safe at all, whether a message may be
 * left or a text sent there (not said means: do not), whether texts were stopped from the phone, and the
 * hours of the person's own clock. Whoever said nothing about hours may be reached at any. What the person
 * asked for this very minute, a code to sign in with, is no contact and is not asked about here.
 *
 * The words of the card are features/card; here is what a machine can honor. */
#ifndef SAFETY_H
#define SAFETY_H

#include "features/safety/safety_hours.h"
#include "platform/mail/mail.h"
#include "platform/scope.h"

/* Whether something is safe, as the person said. Not said means: do not. */
typedef enum Safe { SAFE_NOT_SAID = 0, SAFE_YES = 1, SAFE_NO = 2 } Safe;

typedef enum SafetyChannel {
    SAFETY_BY_CALL = 1,      /* the phone rings */
    SAFETY_BY_VOICEMAIL = 2, /* a message stays on it */
    SAFETY_BY_TEXT = 3,
    SAFETY_BY_MAIL = 4,
} SafetyChannel;

typedef enum SafetyAnswerKind {
    SAFETY_MAY = 1,
    SAFETY_NOT_THIS_WAY = 2, /* never there, or never at all */
    SAFETY_NOT_BEFORE = 3,
} SafetyAnswerKind;

typedef struct SafetyAnswer {
    SafetyAnswerKind kind;
    Time not_before; /* NOT_BEFORE: the first safe moment; otherwise TIME_NONE */
} SafetyAnswer;

/* May the person be reached by this channel, at this of its own contact points, at that moment? A point that
 * is not there any more, or is somebody else's, is no way to reach it. */
SafetyAnswer safety_may_contact(const Scope *scope, PersonId person, ContactPointId point,
                                SafetyChannel channel, Time when);

/* The same by what is known already: for lists, which must not ask row by row. `hours` and `zone` are the
 * columns of safety_now; STR_NONE: the person has no card. */
SafetyAnswer safety_at(Str hours, Str zone, Time when);
/* The zone that the person's card names: their own clock. STR_NONE: the person has no card. */
Str safety_zone(const Scope *scope, PersonId person);
/* Of the person's hours alone. */
SafetyAnswer safety_may_reach(const Scope *scope, PersonId person, Time when);

/* What a card says about hours and readers, from now on. The zone is one that zone_find() knows. */
typedef struct SafetyRules {
    SafetyHours hours;
    Str zone;
    bool for_giver;
    bool for_coordinator;
} SafetyRules;
void safety_set(const Scope *scope, Tx *tx, PersonId person, const SafetyRules *rules);

/* Which of the person's own contact points are not safe, from now on; ids of others are left out. */
void safety_set_unsafe(const Scope *scope, Tx *tx, PersonId person, const ContactPointId *points,
                       size_t count);
/* Nothing is said about the person's ways any more: before they are taken out. */
void safety_forget_ways(Tx *tx, PersonId person);

/* ---- phones from which somebody wrote that texts must stop ----
 *
 * By the number's hash alone (contact_point.value_key), whether or not anybody here has that phone: it holds
 * for everybody who does, for sign-in codes too, and is over when somebody writes from there that they may
 * come again. */
bool safety_texts_are_stopped(Db *db, Str value_key);
/* Both: false when it was so already. */
bool safety_stop_texts(const Scope *scope, Tx *tx, Str value_key);
bool safety_start_texts(Tx *tx, Str value_key);

/* For the job table (JobKind.may): a mail to a person waits for a safe hour and is not sent to a mailbox that
 * is not safe. Asked just before it is sent, so that a card changed meanwhile holds. */
JobMoment safety_mail_may(const Scope *scope, Str payload);

#endif
