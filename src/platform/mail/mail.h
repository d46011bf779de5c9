/* SPDX-License-Identifier: Apache-2.0 */
/* Mail, sent by the jobs process through libcurl's SMTP. Feature code queues; it never waits for a mail
 * server.
 *
 * Mail to families is neutral: no word in subject or sender tells a passer-by what it is about. The body may
 * hold a code or link, and nothing that was written about a person. */
#ifndef MAIL_H
#define MAIL_H

#include "platform/jobs/jobs.h"

/* Whom a mail goes to: the person, by one of its own contact points, and the mailbox's address. */
typedef struct MailTo {
    PersonId person; /* 0: whoever reads that mailbox and waits for it right now */
    ContactPointId point;
    NoticeId notice; /* whose row tells what became of it; 0: none does */
    Time until;      /* what it says holds until then, and it is not sent any more; TIME_NONE: for good */
    Str address;
} MailTo;

/* Queues one plain-text mail in this transaction, to a person. Before it is sent the job table asks whether
 * that person may be reached there and then (JobKind.may); it waits, or is dropped, if not. */
void mail_to_person(const Scope *scope, Tx *tx, const MailTo *to, Str subject, Str body);

/* The first line of such a job's payload, which mail_to() reads: for jobs of a feature's own that send mail
 * to a person. */
Str mail_whom(const Scope *scope, const MailTo *to);

/* The same without a person, at once: only for what its reader asked for this minute and waits for, like a
 * code to sign in with. */
void mail_add(const Scope *scope, Tx *tx, Str to, Str subject, Str body);

/* Whom a queued mail goes to, by its payload; fail(FAIL_USAGE) when that is none. */
MailTo mail_to(Str payload);

/* The job kind's handler, for main.c's table. Without a mail server configured it leaves the row for later.
 */
#define MAIL_JOB_KIND "mail"
JobSent mail_job_send(const Scope *scope, Str payload);

/* The bare address of "Name <a@b>" or "a@b". */
Str mail_bare_address(Str from);

typedef struct MailOut {
    Str to;
    Str subject;
    Str body;
    Str calendar; /* iCalendar: what programs that know it show for the body (RFC 6047); STR_NONE: none */
    Str calendar_method;
} MailOut;
/* Hands it to the mail server, for a feature's own kind of job: within a job's `send` alone. */
JobSent mail_send(const Scope *scope, const MailOut *mail);

/* The message as it is handed to the mail server: headers, empty line, quoted-printable text, lines ending
 * in CR LF. */
Str mail_message(const Scope *scope, const MailOut *mail);

#endif
