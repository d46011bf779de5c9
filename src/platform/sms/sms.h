/* SPDX-License-Identifier: Apache-2.0 */
/* Text messages, sent by the jobs process through a provider's web address (the form that Twilio's API has
 * and others copy). Feature code queues; it never waits.
 *
 * Texts show on locked screens, and others see on the bill that they came: they hold a code that was asked
 * for this minute, or say that there is something to read behind the sign-in, and name nobody. */
#ifndef SMS_H
#define SMS_H

#include "platform/jobs/jobs.h"

/* Queues one text in this transaction. `to` is the digits of a US number, or any number that begins with +.
 * What it says holds until then; from then on it is not sent any more. Before it is sent the job table asks
 * whether that phone still wants texts (JobKind.may). */
void sms_add(const Scope *scope, Tx *tx, Str to, Str body, Time until);

/* What says that no more will come: the one text that goes to a phone from which texts were stopped. */
void sms_add_last(const Scope *scope, Tx *tx, Str to, Str body, Time until);

/* Whom a text goes to: a phone, and where it is one person's news, that person. */
typedef struct SmsTo {
    PersonId person; /* 0: whoever holds that phone and waits for it right now */
    ContactPointId point;
    NoticeId notice; /* whose row tells what became of it; 0: none does */
    Str state_path;  /* where the provider says what became of it, at our address; may be empty */
    Str number;
    bool is_last; /* sms_add_last() */
} SmsTo;

/* Queues one text to a person. Before it is sent the job table asks whether that person may be reached there
 * and then (JobKind.may). */
void sms_to_person(const Scope *scope, Tx *tx, const SmsTo *to, Str body, Time until);

/* Whom a queued text goes to, by its payload; fail(FAIL_USAGE) when that is none. */
SmsTo sms_to(Str payload);

/* The digits of a phone as somebody typed it, without a leading US 1 and without an extension. */
Str sms_digits(Arena *arena, Str typed);

/* The job kind's handler. Without a provider configured it leaves the row for later. Once the provider has
 * answered that it took the text, it is never handed over again, whatever comes after that answer; what it
 * says can never be sent (no such number) is not tried again either. */
#define SMS_JOB_KIND "text"
JobSent sms_job_send(const Scope *scope, Str payload);

/* The form that is sent: To, From, Body, and StatusCallback where `state_path` is not empty. */
Str sms_form(const Scope *scope, Str to, Str body, Str state_path);

#endif
