/* SPDX-License-Identifier: Apache-2.0 */
/* Text messages, sent by the jobs process through a provider's web address (the form that Twilio's API has
 * and others copy). Feature code queues; it never waits.
 *
 * Only what its reader asked for this minute goes by text: a code to sign in with. Texts show on locked
 * screens and on other people's phone bills, so they say nothing else. */
#ifndef SMS_H
#define SMS_H

#include "platform/jobs/jobs.h"

/* Queues one text in this transaction. `to` is the digits of a US number, or any number that begins with +.
 * What it says holds until then; from then on it is not sent any more. Before it is sent the job table asks
 * whether that phone still wants texts (JobKind.may). */
void sms_add(const Scope *scope, Tx *tx, Str to, Str body, Time until);

/* What says that no more will come: the one text that goes to a phone from which texts were stopped. */
void sms_add_last(const Scope *scope, Tx *tx, Str to, Str body, Time until);

/* Whom a queued text goes to, by its payload; fail(FAIL_USAGE) when that is none. */
typedef struct SmsTo {
    Str number;
    bool is_last;
} SmsTo;
SmsTo sms_to(Str payload);

/* The job kind's handler. Without a provider configured it leaves the row for later. Once the provider has
 * answered that it took the text, it is never handed over again, whatever comes after that answer; what it
 * says can never be sent (no such number) is not tried again either. */
#define SMS_JOB_KIND "text"
bool sms_job_send(const Scope *scope, Str payload);

/* The form that is sent: To, From and Body. */
Str sms_form(const Scope *scope, Str to, Str body);

#endif
