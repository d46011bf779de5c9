/* SPDX-License-Identifier: Apache-2.0 */
/* Picks the way, and keeps what became of each. */
#include "features/notice/notice.h"

#include "notice_sql.h"
#include "platform/config.h"
#include "platform/live/live.h"
#include "platform/mail/mail.h"
#include "platform/sms/sms.h"
#include "platform/url.h"
#include "texts.h"

enum { LIST_MOST = 50 };

/* Safe hours come round within fifteen days, or never (safety_hours_next()). */
static const int64_t TEXT_HOLDS_US = 15 * TIME_DAY;
/* One that waits longer may never go. */
static const int64_t WAITS_US = TIME_DAY;
static const int64_t KEPT_US = 365 * TIME_DAY;

Str notice_link(const Scope *scope) {
    return str_print(scope->arena, "%.*s/me", STR_ARGS(scope->config->origin));
}

/* Where the provider says what became of it: notice_state_do() of routes.txt. */
static Str state_path(const Scope *scope, NoticeId notice) {
    Buf path = buf_new(scope->arena, 64);
    buf_add(&path, STR("/text/state/"));
    url_add_id(&path, notice.value);
    return buf_str(&path);
}

static NoticeId row_add(const Scope *scope, Tx *tx, PersonId person, NoticeChannel channel, Time until) {
    const NoticeId id = {random_id(scope->random)};
    notice_insert(tx, &(NoticeInsert){.id = id,
                                      .person = person,
                                      .channel = channel,
                                      .state = NOTICE_WAITS,
                                      .holds_until = until,
                                      .now = scope->now});
    return id;
}

NoticeId notice_note_mail(const Scope *scope, Tx *tx, PersonId person) {
    return row_add(scope, tx, person, NOTICE_BY_MAIL, TIME_NONE);
}

/* News, or, with a moment until which that holds, what comes up soon. */
static void send_mail(const Scope *scope, Tx *tx, PersonId person, Time until) {
    const NoticeMailWayRows ways = notice_mail_way(scope->db, person);
    if (ways.count == 0) {
        return; /* no mailbox: a coordinator calls */
    }
    const NoticeMailWay *way = &ways.items[0];
    const Words words = {.arena = scope->arena, .lang = (Lang)way->lang, .zone = scope->zone};
    const MailTo to = {.person = person,
                       .point = way->id,
                       .notice = row_add(scope, tx, person, NOTICE_BY_MAIL, until),
                       .until = until,
                       .address = way->value};
    if (time_is_none(until)) {
        mail_to_person(scope, tx, &to, text_str(words.lang, TEXT_NOTICE_SUBJECT),
                       text_notice_body(&words, notice_link(scope)));
    } else {
        mail_to_person(scope, tx, &to, text_str(words.lang, TEXT_NOTICE_SOON_SUBJECT),
                       text_notice_soon_body(&words, notice_link(scope)));
    }
}

static void send_text(const Scope *scope, Tx *tx, PersonId person, const NoticePhoneList *phone, Time until) {
    const bool is_news = time_is_none(until);
    NoticeWaiting waiting;
    if (is_news && notice_waiting(scope->db, person, NOTICE_BY_TEXT, NOTICE_WAITS, &waiting) &&
        waiting.found > 0) {
        return;
    }
    const NoticeId notice = row_add(scope, tx, person, NOTICE_BY_TEXT, until);
    const Words words = {.arena = scope->arena, .lang = (Lang)phone->lang, .zone = scope->zone};
    const SmsTo to = {.person = person,
                      .point = phone->id,
                      .notice = notice,
                      .state_path = state_path(scope, notice),
                      .number = sms_digits(scope->arena, phone->value)};
    const Str link = notice_link(scope);
    sms_to_person(scope, tx, &to,
                  is_news ? text_notice_text(&words, link) : text_notice_soon_text(&words, link),
                  is_news ? time_after(scope->now, TEXT_HOLDS_US) : until);
}

bool notice_has_texts(const Scope *scope) {
    return !str_is_empty(scope->config->text_url);
}

/* Among the phones to which texts are safe; as notice_phone_chosen() says. */
static ContactPointId chosen_of(const Scope *scope, PersonId person, const NoticePhoneListRows *phones) {
    NoticeWish row;
    if (notice_wish(scope->db, person, &row)) {
        return row.point;
    }
    return phones->count > 0 && !notice_has_mail(scope, person) ? phones->items[0].id : (ContactPointId){0};
}

static void send_any(const Scope *scope, Tx *tx, PersonId person, Time until) {
    const NoticePhoneListRows phones =
        notice_has_texts(scope) ? notice_phone_list(scope->db, person) : (NoticePhoneListRows){0};
    if (phones.count > 0) {
        const ContactPointId chosen = chosen_of(scope, person, &phones);
        for (size_t at = 0; at < phones.count; at++) {
            if (contact_point_id_equal(phones.items[at].id, chosen)) {
                send_text(scope, tx, person, &phones.items[at], until);
                return;
            }
        }
    }
    send_mail(scope, tx, person, until);
}

void notice_send(const Scope *scope, Tx *tx, PersonId person) {
    live_tell(tx, person, STR("me"), 0);
    send_any(scope, tx, person, TIME_NONE);
}

void notice_send_together(const Scope *scope, Tx *tx, PersonId person) {
    NoticeLately row;
    const NoticeLatelyIn lately = {.person = person,
                                   .waits = NOTICE_WAITS,
                                   .waits_since = time_before(scope->now, WAITS_US),
                                   .sent = NOTICE_SENT,
                                   .delivered = NOTICE_DELIVERED,
                                   .sent_since = time_before(scope->now, NOTICE_TOGETHER)};
    if (notice_lately(scope->db, &lately, &row) && row.found > 0) {
        live_tell(tx, person, STR("me"), 0);
    } else {
        notice_send(scope, tx, person);
    }
}

void notice_remind(const Scope *scope, Tx *tx, PersonId person, Time until) {
    send_any(scope, tx, person, until);
}

/* ---- which way ---- */

NoticePhones notice_phones(const Scope *scope, PersonId person) {
    const NoticePhoneListRows rows = notice_phone_list(scope->db, person);
    NoticePhone *items = NEW_MANY(scope->arena, rows.count, NoticePhone);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (NoticePhone){.point = rows.items[at].id, .value = rows.items[at].value};
    }
    return (NoticePhones){.items = items, .count = rows.count};
}

bool notice_has_mail(const Scope *scope, PersonId person) {
    return notice_mail_way(scope->db, person).count > 0;
}

ContactPointId notice_phone_chosen(const Scope *scope, PersonId person) {
    const NoticePhoneListRows phones = notice_phone_list(scope->db, person);
    return chosen_of(scope, person, &phones);
}

NoticeChoice notice_choose(const Scope *scope, Tx *tx, ContactPointId point) {
    if (contact_point_id_is_none(point)) {
        (void)notice_wish_drop(tx, scope->actor);
        return NOTICE_CHOSEN;
    }
    const NoticePhones phones = notice_phones(scope, scope->actor);
    for (size_t at = 0; at < phones.count; at++) {
        if (contact_point_id_equal(phones.items[at].point, point)) {
            notice_wish_set(tx, scope->actor, point, scope->now);
            return NOTICE_CHOSEN;
        }
    }
    return NOTICE_NOT_POSSIBLE;
}

/* ---- what became of it ---- */

NoticeRows notice_list(const Scope *scope, PersonId person) {
    const NoticeOfRows rows = notice_of(scope->db, person, LIST_MOST);
    NoticeRow *items = NEW_MANY(scope->arena, rows.count, NoticeRow);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (NoticeRow){.channel = (NoticeChannel)rows.items[at].channel,
                                .at = rows.items[at].at,
                                .state = (NoticeState)rows.items[at].state,
                                .state_at = rows.items[at].state_at,
                                .code = rows.items[at].code};
    }
    return (NoticeRows){.items = items, .count = rows.count};
}

/* From what it is now, unless it is over: news can overtake each other. */
static bool move(const Scope *scope, Tx *tx, NoticeId notice, NoticeState state, int64_t code) {
    const NoticeState most = state == NOTICE_SENT ? NOTICE_WAITS : NOTICE_SENT;
    return notice_set_state(tx, &(NoticeSetState){.id = notice,
                                                  .state = state,
                                                  .code = code,
                                                  .now = scope->now,
                                                  .least = NOTICE_WAITS,
                                                  .most = most}) == 1;
}

/* A text that did not come: the news is still there, and so is what comes up, until it has. */
static void fall_back(const Scope *scope, Tx *tx, NoticeId notice, NoticeState state, int64_t code) {
    NoticeById row;
    if (notice_by_id(scope->db, notice, &row) && move(scope, tx, notice, state, code) &&
        (time_is_none(row.holds_until) || time_is_before(scope->now, row.holds_until))) {
        send_mail(scope, tx, row.person, row.holds_until);
    }
}

void notice_state_came(const Scope *scope, Tx *tx, NoticeId notice, Str word, int64_t code) {
    if (str_equal(word, STR("sent"))) {
        (void)move(scope, tx, notice, NOTICE_SENT, 0);
    } else if (str_equal(word, STR("delivered")) || str_equal(word, STR("read"))) {
        (void)move(scope, tx, notice, NOTICE_DELIVERED, 0);
    } else if (str_equal(word, STR("undelivered")) || str_equal(word, STR("failed"))) {
        fall_back(scope, tx, notice, NOTICE_FAILED, code);
    }
}

JobMoment notice_text_may(const Scope *scope, Str payload) {
    const SmsTo to = sms_to(payload);
    const SafetyAnswer answer = safety_may_contact(scope, to.person, to.point, SAFETY_BY_TEXT, scope->now);
    const bool is_chosen = contact_point_id_equal(notice_phone_chosen(scope, to.person), to.point);
    switch (answer.kind) {
    case SAFETY_MAY:
        return (JobMoment){.kind = is_chosen ? JOB_NOW : JOB_NEVER};
    case SAFETY_NOT_BEFORE:
        return (JobMoment){.kind = is_chosen ? JOB_LATER : JOB_NEVER, .at = answer.not_before};
    case SAFETY_NOT_THIS_WAY:
        break;
    }
    return (JobMoment){.kind = JOB_NEVER};
}

void notice_mail_over(Scope *scope, Tx *tx, Str payload, JobEnd end) {
    const NoticeId notice = mail_to(payload).notice;
    if (!notice_id_is_none(notice)) {
        (void)move(scope, tx, notice, end == JOB_END_SENT ? NOTICE_SENT : NOTICE_DROPPED, 0);
    }
}

void notice_text_over(Scope *scope, Tx *tx, Str payload, JobEnd end) {
    const NoticeId notice = sms_to(payload).notice;
    if (notice_id_is_none(notice)) {
        return;
    }
    switch (end) {
    case JOB_END_SENT:
        (void)move(scope, tx, notice, NOTICE_SENT, 0);
        return;
    case JOB_END_REFUSED:
        fall_back(scope, tx, notice, NOTICE_FAILED, 0);
        return;
    case JOB_END_DROPPED:
        fall_back(scope, tx, notice, NOTICE_DROPPED, 0);
        return;
    }
}

void notice_forget(Tx *tx, PersonId person) {
    (void)notice_wish_drop(tx, person);
    (void)notice_delete_of(tx, person);
}

void notice_clean_up(Scope *scope, Tx *tx) {
    (void)notice_delete_old(tx, time_before(scope->now, KEPT_US));
}
