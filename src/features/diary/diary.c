/* SPDX-License-Identifier: Apache-2.0 */
/* What a calendar is given, and when. */
#include "features/diary/diary.h"

#include "diary_sql.h"
#include "features/diary/diary_remind.h"
#include "features/notice/notice.h"
#include "features/youth/youth.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/ical/ical.h"
#include "platform/live/live.h"
#include "platform/mail/mail.h"
#include "texts.h"

#include "base/fail.h"

enum {
    UID_LENGTH = 32,
    SECRET_LENGTH = 28, /* of 31 letters and digits each: over 128 bits, and short enough to be typed over */
    FEED_MOST = 400,
    QUARTER_MINUTES = 15,
};
static const int64_t FEED_SINCE_US = 30 * TIME_DAY;

/* enum MeetingState of features/meeting, which stands on this feature. */
enum { STATE_SET = 2, STATE_OVER = 3 };

/* ---- by mail ---- */

DiaryMailboxes diary_mailboxes(const Scope *scope, PersonId person) {
    const DiaryMailboxListRows rows = diary_mailbox_list(scope->db, person);
    DiaryMailbox *items = NEW_MANY(scope->arena, rows.count, DiaryMailbox);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (DiaryMailbox){.point = rows.items[at].id, .value = rows.items[at].value};
    }
    return (DiaryMailboxes){.items = items, .count = rows.count};
}

static DiaryMailbox chosen(const Scope *scope, PersonId person) {
    const DiaryMailboxListRows rows = diary_mailbox_list(scope->db, person);
    for (size_t at = 0; at < rows.count; at++) {
        if (rows.items[at].is_chosen) {
            return (DiaryMailbox){.point = rows.items[at].id, .value = rows.items[at].value};
        }
    }
    return (DiaryMailbox){.point = {0}};
}

ContactPointId diary_mailbox_chosen(const Scope *scope, PersonId person) {
    return chosen(scope, person).point;
}

DiaryChoice diary_choose_mailbox(const Scope *scope, Tx *tx, ContactPointId point) {
    if (contact_point_id_is_none(point)) {
        (void)diary_mail_drop(tx, scope->actor);
        return DIARY_CHOSEN;
    }
    const DiaryMailboxes mailboxes = diary_mailboxes(scope, scope->actor);
    for (size_t at = 0; at < mailboxes.count; at++) {
        if (contact_point_id_equal(mailboxes.items[at].point, point)) {
            diary_mail_set(tx, scope->actor, point, scope->now);
            return DIARY_CHOSEN;
        }
    }
    return DIARY_NOT_POSSIBLE;
}

/* ---- entries ---- */

/* The same for one meeting and one person for good, and another one for the other of the two: nobody who sees
 * both calendars can tell that they belong together. */
static Str uid_of(const Scope *scope, PersonId person, MeetingId meeting) {
    const Str of = str_print(scope->arena, "%lld %lld", (long long)meeting.value, (long long)person.value);
    const Str keyed = keys_index(db_keys(scope->db), scope->arena, STR("calendar entry"), of);
    return str_part(crypto_hash_hex(scope->arena, NULL, STR("calendar entry"), keyed), 0, UID_LENGTH);
}

static IcalEntry entry_of(const Scope *scope, PersonId person, MeetingId meeting, const DiaryMeeting *row) {
    return (IcalEntry){.uid = uid_of(scope, person, meeting),
                       .starts_at = row->starts_at,
                       .minutes = row->minutes,
                       .sequence = row->sequence,
                       .changed_at = row->state_at,
                       .summary = text_str((Lang)row->lang, TEXT_DIARY_BUSY)};
}

bool diary_file(const Scope *scope, MatchId match, MeetingId meeting, Str *ret_content) {
    DiaryMeeting row;
    if (!diary_meeting(scope->db, meeting, scope->actor, scope->now, &row) ||
        !match_id_equal(row.match, match) || row.state != STATE_SET || !row.is_shared ||
        !time_is_before(scope->now, row.starts_at)) {
        return false;
    }
    const IcalEntry entry = entry_of(scope, scope->actor, meeting, &row);
    *ret_content =
        ical_write(scope->arena, &(IcalCalendar){.kind = ICAL_KIND_FILE, .items = &entry, .count = 1});
    return true;
}

/* ---- on its way: "person point notice address", then "meeting sequence" ---- */

bool diary_send(const Scope *scope, Tx *tx, PersonId person, const DiaryChange *change) {
    diary_plan(scope, tx, person, change->meeting);
    const DiaryMailbox mailbox = chosen(scope, person);
    if (contact_point_id_is_none(mailbox.point)) {
        return false;
    }
    const MailTo to = {.person = person,
                       .point = mailbox.point,
                       .notice = notice_note_mail(scope, tx, person),
                       .address = mailbox.value};
    const Str payload = str_print(scope->arena, "%.*s\n%lld %lld", STR_ARGS(mail_whom(scope, &to)),
                                  (long long)change->meeting.value, (long long)change->sequence);
    job_add(scope, tx, person, STR(DIARY_JOB_KIND), payload, scope->now);
    return true;
}

void diary_tell(const Scope *scope, Tx *tx, PersonId person, const DiaryChange *change) {
    const bool is_sent = diary_send(scope, tx, person, change);
    const bool by_text =
        notice_has_texts(scope) && !contact_point_id_is_none(notice_phone_chosen(scope, person));
    if (is_sent && !by_text) {
        live_tell(tx, person, STR("me"), 0); /* one mail says it */
    } else {
        notice_send(scope, tx, person);
    }
}

static DiaryChange change_of(Str payload) {
    DiaryChange change = {.meeting = {0}};
    Str whom = STR_NONE;
    Str meeting = STR_NONE;
    Str sequence = STR_NONE;
    if (!str_cut(payload, '\n', &whom, &meeting) || !str_cut(meeting, ' ', &meeting, &sequence) ||
        !str_to_int(meeting, 1, INT64_MAX, &change.meeting.value) ||
        !str_to_int(sequence, 0, INT64_MAX, &change.sequence)) {
        fail(FAIL_USAGE, "a queued entry is not in the form that diary_send() writes");
    }
    return change;
}

/* False: another change came after this one, it is too late for both, or it is not this person's to know. */
static bool still_holds(const Scope *scope, PersonId person, const DiaryChange *change,
                        DiaryMeeting *ret_row) {
    return diary_meeting(scope->db, change->meeting, person, scope->now, ret_row) &&
           ret_row->sequence == change->sequence && time_is_before(scope->now, ret_row->starts_at) &&
           (ret_row->state == STATE_OVER || (ret_row->state == STATE_SET && ret_row->is_shared));
}

JobMoment diary_may(const Scope *scope, Str payload) {
    const MailTo to = mail_to(payload);
    const DiaryChange change = change_of(payload);
    DiaryMeeting row;
    if (!contact_point_id_equal(diary_mailbox_chosen(scope, to.person), to.point) ||
        !still_holds(scope, to.person, &change, &row)) {
        return (JobMoment){.kind = JOB_NEVER};
    }
    return safety_mail_may(scope, payload);
}

static MailOut mail_of(const Scope *scope, const MailTo *to, MeetingId meeting, const DiaryMeeting *row) {
    const IcalKind kind = row->state == STATE_OVER ? ICAL_KIND_OFF : ICAL_KIND_SET;
    const IcalEntry entry = entry_of(scope, to->person, meeting, row);
    const IcalCalendar calendar = {.kind = kind,
                                   .items = &entry,
                                   .count = 1,
                                   .from = mail_bare_address(scope->config->mail_from),
                                   .to = to->address};
    const Words words = {.arena = scope->arena, .lang = (Lang)row->lang, .zone = scope->zone};
    return (MailOut){.to = to->address,
                     .subject = text_str(words.lang, TEXT_DIARY_SUBJECT),
                     .body = text_diary_body(&words, notice_link(scope)),
                     .calendar = ical_write(scope->arena, &calendar),
                     .calendar_method = ical_method(kind)};
}

JobSent diary_job_send(const Scope *scope, Str payload) {
    const MailTo to = mail_to(payload);
    const DiaryChange change = change_of(payload);
    DiaryMeeting row;
    db_begin_read(scope->db);
    const bool holds = still_holds(scope, to.person, &change, &row);
    const MailOut mail = holds ? mail_of(scope, &to, change.meeting, &row) : (MailOut){.to = STR_NONE};
    db_end_read(scope->db);
    return holds ? mail_send(scope, &mail) : JOB_REFUSED;
}

/* ---- at a secret link ---- */

/* As of a session: 138 random bits need no key. */
static Str secret_hash(const Scope *scope, Str secret) {
    return crypto_hash_raw(scope->arena, NULL, STR("calendar link"), secret);
}

DiaryFeed diary_feed(const Scope *scope) {
    DiaryFeedOf row;
    return diary_feed_of(scope->db, scope->actor, &row)
               ? (DiaryFeed){.is_there = true, .has_names = row.has_names, .made_at = row.made_at}
               : (DiaryFeed){.is_there = false};
}

bool diary_feed_may_name(const Scope *scope, PersonId person) {
    return !youth_is(scope, person);
}

Str diary_feed_make(const Scope *scope, Tx *tx, bool has_names) {
    const Str secret = crypto_code(scope->arena, scope->random, SECRET_LENGTH);
    diary_feed_set(tx, scope->actor, secret_hash(scope, secret),
                   has_names && diary_feed_may_name(scope, scope->actor), scope->now);
    return secret;
}

void diary_feed_stop(const Scope *scope, Tx *tx) {
    (void)diary_feed_drop(tx, scope->actor);
}

static Str feed_summary(const Scope *scope, const DiaryFeedBySecret *feed, const DiaryFeedList *row) {
    const Words words = {.arena = scope->arena, .lang = (Lang)feed->lang, .zone = scope->zone};
    const bool is_named = feed->has_names && !str_is_empty(row->giver_called);
    return is_named ? text_diary_with(&words, row->giver_called) : text_str(words.lang, TEXT_DIARY_BUSY);
}

bool diary_feed_content(const Scope *scope, Str secret, Str *ret_content) {
    DiaryFeedBySecret feed;
    if (!diary_feed_by_secret(scope->db, secret_hash(scope, secret), &feed)) {
        return false;
    }
    const int64_t quarter = time_before(scope->now, FEED_SINCE_US).us / (QUARTER_MINUTES * TIME_MINUTE);
    const DiaryFeedListRows rows = diary_feed_list(scope->db, feed.person, quarter, scope->now, FEED_MOST);
    IcalEntry *items = NEW_MANY(scope->arena, rows.count, IcalEntry);
    for (size_t at = 0; at < rows.count; at++) {
        const DiaryFeedList *row = &rows.items[at];
        items[at] = (IcalEntry){.uid = uid_of(scope, feed.person, row->id),
                                .starts_at = row->starts_at,
                                .minutes = row->minutes,
                                .sequence = row->sequence,
                                .changed_at = row->state_at,
                                .summary = feed_summary(scope, &feed, row)};
    }
    *ret_content =
        ical_write(scope->arena, &(IcalCalendar){.kind = ICAL_KIND_FEED,
                                                 .name = text_str((Lang)feed.lang, TEXT_DIARY_BUSY),
                                                 .items = items,
                                                 .count = rows.count});
    return true;
}

void diary_forget(Tx *tx, PersonId person) {
    (void)diary_feed_drop(tx, person);
    (void)diary_lead_drop(tx, person);
    (void)diary_reminder_drop_all(tx, person);
    (void)diary_mail_drop(tx, person);
}
