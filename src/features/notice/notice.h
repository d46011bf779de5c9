/* SPDX-License-Identifier: Apache-2.0 */
/* "There is something new for you": what the program tells a person by mail or text, and what became of it.
 *
 * Every feature that has news for somebody calls notice_send(), once, in the transaction of the news itself.
 * It picks the way: by text where the person chose that on their own page, or gave us no mailbox that is
 * safe, while the phone is safe and texts were not stopped from it; else to the first mailbox that is safe;
 * else not at all, and a coordinator calls. The
 * words name nobody, not the program either, and never say what it is about; the link opens nothing without
 * signing in. Both wait for the hours that the person's safety card calls safe. A text that cannot be
 * delivered goes on by mail.
 *
 * Of each a row stays that only its person reads: which way, when, what became of it. No words. */
#ifndef NOTICE_H
#define NOTICE_H

#include "features/safety/safety.h"
#include "platform/jobs/jobs.h"

/* Stored: never renumber. */
typedef enum NoticeChannel { NOTICE_BY_MAIL = 1, NOTICE_BY_TEXT = 2 } NoticeChannel;

typedef enum NoticeState {
    NOTICE_WAITS = 1,     /* for its turn, or for a safe hour */
    NOTICE_SENT = 2,      /* handed to the mail server or the text provider */
    NOTICE_DELIVERED = 3, /* the phone has it: only of texts */
    NOTICE_FAILED = 4,    /* it could not be delivered */
    NOTICE_DROPPED = 5, /* the way was no longer safe, texts were stopped meanwhile, or it was out of date */
} NoticeState;

/* Tells this person. While a text waits for a safe hour no second one is queued behind it: they would say the
 * same. */
void notice_send(const Scope *scope, Tx *tx, PersonId person);

/* The same for what may come several times in a short while: no second one while one waits, or within
 * NOTICE_TOGETHER of the last that went. They would say the same. */
#define NOTICE_TOGETHER (15 * TIME_MINUTE)
void notice_send_together(const Scope *scope, Tx *tx, PersonId person);

/* The same of what comes up soon on the person's page: once each, and not after that moment. */
void notice_remind(const Scope *scope, Tx *tx, PersonId person, Time until);

/* Where a notice leads: the person's own page. */
Str notice_link(const Scope *scope);
/* A mail of another feature's own to this person, so that they read of it like of a notice: a row, which
 * notice_mail_over() keeps. */
NoticeId notice_note_mail(const Scope *scope, Tx *tx, PersonId person);

/* ---- which way ---- */

/* A phone of the person's own to which texts are safe now: what can be chosen. */
typedef struct NoticePhone {
    ContactPointId point;
    Str value; /* as typed */
} NoticePhone;
typedef struct NoticePhones {
    const NoticePhone *items;
    size_t count;
} NoticePhones;
NoticePhones notice_phones(const Scope *scope, PersonId person);
/* Can this program send texts at all? */
bool notice_has_texts(const Scope *scope);

/* Has the person a mailbox that is safe? */
bool notice_has_mail(const Scope *scope, PersonId person);
/* The phone that the person chose, or where there is no mailbox to write to, the first one; 0: mail. */
ContactPointId notice_phone_chosen(const Scope *scope, PersonId person);

typedef enum NoticeChoice {
    NOTICE_CHOSEN,
    NOTICE_NOT_POSSIBLE, /* not a phone of theirs, or texts are not safe there; nothing was written */
} NoticeChoice;
/* The scope's actor chooses: this phone, or mail (0). */
NoticeChoice notice_choose(const Scope *scope, Tx *tx, ContactPointId point);

/* ---- what became of it ---- */

typedef struct NoticeRow {
    NoticeChannel channel;
    Time at;
    NoticeState state;
    Time state_at;
    int64_t code; /* the provider's, of a text that failed; 0: none */
} NoticeRow;
typedef struct NoticeRows {
    const NoticeRow *items;
    size_t count;
} NoticeRows;
/* What was sent to this person, the newest first; at most 50. */
NoticeRows notice_list(const Scope *scope, PersonId person);

/* The provider says what became of a text ("delivered", "undelivered"); a word that we do not know, and news
 * about a text that is over, change nothing. One that failed goes on by mail. */
void notice_state_came(const Scope *scope, Tx *tx, NoticeId notice, Str word, int64_t code);

/* For the job table: when a text to a person may go, and what follows when a mail or a text is over. */
JobMoment notice_text_may(const Scope *scope, Str payload);
void notice_mail_over(Scope *scope, Tx *tx, Str payload, JobEnd end);
void notice_text_over(Scope *scope, Tx *tx, Str payload, JobEnd end);

/* Deletes what was sent to the person and which way they chose: before their ways are taken out. */
void notice_forget(Tx *tx, PersonId person);
/* Deletes what is older than a year. */
void notice_clean_up(Scope *scope, Tx *tx);

#endif
