/* SPDX-License-Identifier: Apache-2.0 */
/* Mail, sent by the jobs process through libcurl's SMTP. Feature code queues; it never waits for a mail
 * server.
 *
 * Mail to families is neutral: no word in subject or sender tells a passer-by what it is about. The body may
 * hold a code or link, and nothing that was written about a person. */
#ifndef MAIL_H
#define MAIL_H

#include "platform/jobs/jobs.h"

/* Queues one plain-text mail in this transaction. */
void mail_add(Scope *scope, Tx *tx, Str to, Str subject, Str body);

/* The job kind's handler, for main.c's table. Without a mail server configured it leaves the row for later.
 */
#define MAIL_JOB_KIND "mail"
bool mail_job_send(const Scope *scope, Str payload);

/* The message as it is handed to the mail server: headers, empty line, quoted-printable text, lines ending
 * in CR LF. */
Str mail_message(const Scope *scope, Str to, Str subject, Str body);

#endif
