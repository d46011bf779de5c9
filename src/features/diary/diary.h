/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody's meetings in a calendar of their own: on a phone, on the kitchen's computer, where others see it.
 *
 * Nothing goes there until its person chose it, and what goes says when and no more: "Busy", no name, no
 * place, no purpose, and an id in which nothing can be read. By mail (iMIP, RFC 6047) it goes to the one
 * mailbox that the person chose, while that is safe and in the hours that are; a move takes the place of what
 * was sent before, and what is off is taken out again. A file to take in by hand is there for every meeting.
 *
 * At a secret link, which its person makes and stops, a calendar fetches the same by itself. Whoever has it
 * reads when that person meets somebody; whom, only if the person asked for it, and never the name of
 * somebody who receives: that is not the giver's to pass on. A young person's link says no name at all, for
 * it opens without the word that their space opens with.
 *
 * What a mail says is looked up when it leaves, not when it is queued: whoever waited for a safe hour gets
 * what holds then, and what was overtaken meanwhile does not leave. */
#ifndef DIARY_H
#define DIARY_H

#include "features/safety/safety.h"
#include "platform/jobs/jobs.h"
#include "platform/scope.h"

/* ---- by mail ---- */

/* A mailbox of the person's own that is safe now: what can be chosen. */
typedef struct DiaryMailbox {
    ContactPointId point;
    Str value; /* as typed */
} DiaryMailbox;
typedef struct DiaryMailboxes {
    const DiaryMailbox *items;
    size_t count;
} DiaryMailboxes;
DiaryMailboxes diary_mailboxes(const Scope *scope, PersonId person);

/* The one that the person chose; 0: none, or it is not safe any more. */
ContactPointId diary_mailbox_chosen(const Scope *scope, PersonId person);

typedef enum DiaryChoice {
    DIARY_CHOSEN,
    DIARY_NOT_POSSIBLE, /* not a safe mailbox of theirs; nothing was written */
} DiaryChoice;
/* The scope's actor chooses: this mailbox, or none (0). What is in a calendar already stays there. */
DiaryChoice diary_choose_mailbox(const Scope *scope, Tx *tx, ContactPointId point);

/* ---- reminders ---- */

/* How long before a meeting. Stored: never renumber. */
typedef enum DiaryLead {
    DIARY_LEAD_PROGRAM = 0, /* as the program does (CLOCK_REMINDER of features/program) */
    DIARY_LEAD_NONE = 1,
    DIARY_LEAD_HOURS = 2, /* two */
    DIARY_LEAD_DAY = 3,   /* the same time of the day before */
    DIARY_LEAD_COUNT,
} DiaryLead;
DiaryLead diary_lead(const Scope *scope, PersonId person);
/* The scope's actor chooses; it holds for what is set already. */
void diary_choose_lead(const Scope *scope, Tx *tx, DiaryLead lead);
/* How the program of the person's newest walk does it: a span; 0: it does not remind, or there is no walk. */
int64_t diary_program_lead_us(const Scope *scope, PersonId person);

/* The calendar job: whoever is due is told, once, that something comes up (features/notice): in the hours
 * that are safe, and never of what was moved, cancelled, or is not theirs to know any more. Where the moment
 * itself is not safe, it is the first safe one before the meeting, else the last one before that moment. A
 * meeting that was set later than that has no reminder. */
void diary_remind(Scope *scope);

/* For other features' reminders. The moment that is wanted, or where that is not safe, the first safe one
 * before `until`, else the last one ahead of it. TIME_NONE: there is none to come, or the wanted one is past.
 */
Time diary_safe_moment(const Scope *scope, PersonId person, Time wanted, Time until);

/* ---- when a meeting was set, moved or cancelled ---- */

/* A meeting as it stands from this transaction on. */
typedef struct DiaryChange {
    MeetingId meeting;
    int64_t sequence;
} DiaryChange;
/* The person's reminder follows it; and it goes by mail if they chose that. False: no mail. */
bool diary_send(const Scope *scope, Tx *tx, PersonId person, const DiaryChange *change);
/* The same to somebody who does not know of it yet: whoever gets no such mail is told as of all news
 * (features/notice). */
void diary_tell(const Scope *scope, Tx *tx, PersonId person, const DiaryChange *change);

/* For the job table. */
#define DIARY_JOB_KIND "diary"
JobMoment diary_may(const Scope *scope, Str payload);
JobSent diary_job_send(const Scope *scope, Str payload);

/* ---- by hand ---- */

/* A meeting that is set and to come, as a file for the actor's calendar; false: there is none that the actor
 * may read. */
bool diary_file(const Scope *scope, MatchId match, MeetingId meeting, Str *ret_content);

/* ---- at a secret link ---- */

typedef struct DiaryFeed {
    bool is_there;
    bool has_names;
    Time made_at;
} DiaryFeed;
/* The actor's own. */
DiaryFeed diary_feed(const Scope *scope);
/* May names stand in this person's? */
bool diary_feed_may_name(const Scope *scope, PersonId person);
/* A new one for the actor; an earlier one ends. Returns the secret of the link, which is kept nowhere. */
Str diary_feed_make(const Scope *scope, Tx *tx, bool has_names);
/* The actor's own ends. */
void diary_feed_stop(const Scope *scope, Tx *tx);
/* What a calendar is given there: what is set, and what was within a month. False: it is no secret of any. */
bool diary_feed_content(const Scope *scope, Str secret, Str *ret_content);

/* Nothing is chosen any more, and no link is left: before the person's ways are taken out. */
void diary_forget(Tx *tx, PersonId person);

#endif
