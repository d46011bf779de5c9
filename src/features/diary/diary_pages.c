/* SPDX-License-Identifier: Apache-2.0 */
/* What goes into a calendar of one's own, chosen and fetched. */
#include "diary_html.h"
#include "features/diary/diary.h"
#include "features/diary/diary_view.h"
#include "platform/config.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"
#include "ui/ui.h"

enum { DIARY_REMINDER, DIARY_MAILBOX, DIARY_FIELDS };
/* In the order of enum DiaryLead. */
static const char *const leads[] = {"program", "none", "hours", "day", NULL};
static const Field diary_fields[] = {
    [DIARY_REMINDER] = {.name = "reminder", .kind = FIELD_CHOICE, .is_required = true, .choices = leads},
    [DIARY_MAILBOX] = {.name = "mailbox",
                       .kind = FIELD_LINE,
                       .most_characters = 20,
                       .is_required = true,
                       .missing = TEXT_DIARY_NOT_POSSIBLE},
};
enum { LINK_NAMES, LINK_FIELDS };
static const Field link_fields[] = {
    [LINK_NAMES] = {.name = "names", .kind = FIELD_SWITCH},
};
/* No mailbox has no id. */
#define NO_MAILBOX STR("none")

static Str program_lead_words(const Scope *scope) {
    const Words words = scope_words(scope);
    const int64_t span_us = diary_program_lead_us(scope, scope->actor);
    return span_us == 0 ? text_str(scope->lang, TEXT_DIARY_LEAD_PROGRAM)
                        : text_diary_lead_program_span(&words, span_us);
}

/* The longest first. */
static Options leads_of(const Scope *scope) {
    const Option options[] = {
        {.value = str_of(leads[DIARY_LEAD_PROGRAM]), .label = program_lead_words(scope)},
        {.value = str_of(leads[DIARY_LEAD_DAY]), .label = text_str(scope->lang, TEXT_DIARY_LEAD_DAY)},
        {.value = str_of(leads[DIARY_LEAD_HOURS]), .label = text_str(scope->lang, TEXT_DIARY_LEAD_HOURS)},
        {.value = str_of(leads[DIARY_LEAD_NONE]), .label = text_str(scope->lang, TEXT_DIARY_LEAD_NONE)},
    };
    Option *items = NEW_MANY(scope->arena, DIARY_LEAD_COUNT, Option);
    memcpy(items, options, sizeof options);
    return (Options){.items = items, .count = DIARY_LEAD_COUNT};
}

static Options mailboxes_of(const Scope *scope) {
    const DiaryMailboxes mailboxes = diary_mailboxes(scope, scope->actor);
    Option *items = NEW_MANY(scope->arena, mailboxes.count + 1, Option);
    const Words words = scope_words(scope);
    items[0] = (Option){.value = NO_MAILBOX, .label = text_str(scope->lang, TEXT_DIARY_NO_MAIL)};
    for (size_t at = 0; at < mailboxes.count; at++) {
        items[at + 1] = (Option){.value = ui_id_value(scope->arena, mailboxes.items[at].point.value),
                                 .label = text_diary_mail_to(&words, mailboxes.items[at].value)};
    }
    return (Options){.items = items, .count = mailboxes.count + 1};
}

static void show(const Scope *scope, Reply *reply, const Form *form) {
    const DiaryFeed feed = diary_feed(scope);
    Form link = form_empty(scope, link_fields, LINK_FIELDS);
    form_set_on(&link, LINK_NAMES, feed.has_names);
    DiaryPage page = {.layout = layout_of(scope, reply, TEXT_DIARY_TITLE),
                      .form = form,
                      .leads = leads_of(scope),
                      .mailboxes = mailboxes_of(scope),
                      .feed = feed,
                      .link = &link,
                      .may_name = diary_feed_may_name(scope, scope->actor)};
    page.layout.has_error = !form->is_valid;
    diary_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void diary_show(Get *get) {
    Form form = form_empty(get->scope, diary_fields, DIARY_FIELDS);
    form_set_str(&form, DIARY_REMINDER, str_of(leads[diary_lead(get->scope, get->scope->actor)]));
    const ContactPointId chosen = diary_mailbox_chosen(get->scope, get->scope->actor);
    form_set_str(&form, DIARY_MAILBOX,
                 contact_point_id_is_none(chosen) ? NO_MAILBOX
                                                  : ui_id_value(get->scope->arena, chosen.value));
    show(get->scope, get->reply, &form);
}

static DiaryLead lead_of(const Form *form) {
    DiaryLead lead = DIARY_LEAD_PROGRAM;
    while (leads[lead + 1] != NULL && !form_has(form, DIARY_REMINDER, str_of(leads[lead]))) {
        lead++;
    }
    return lead;
}

void diary_save(Post *post) {
    Form form = form_read(post->scope, post->input, diary_fields, DIARY_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, &form);
        return;
    }
    const Str way = form_str(&form, DIARY_MAILBOX);
    ContactPointId point = {0};
    const bool is_way = str_equal(way, NO_MAILBOX) || url_read_id(way, &point.value);
    switch (is_way ? diary_choose_mailbox(post->scope, post->tx, point) : DIARY_NOT_POSSIBLE) {
    case DIARY_CHOSEN:
        diary_choose_lead(post->scope, post->tx, lead_of(&form));
        reply_redirect_saying(post->reply, url_diary_show(post->scope->arena), TEXT_UI_SAVED);
        return;
    case DIARY_NOT_POSSIBLE:
        form_error(&form, DIARY_MAILBOX, TEXT_DIARY_NOT_POSSIBLE);
        show(post->scope, post->reply, &form);
        return;
    }
}

void diary_link_do(Post *post) {
    const Scope *scope = post->scope;
    const Form form = form_read(scope, post->input, link_fields, LINK_FIELDS);
    const Str secret = diary_feed_make(scope, post->tx, form_is_on(&form, LINK_NAMES));
    const DiaryLinkPage page = {
        .layout = layout_of(scope, post->reply, TEXT_DIARY_LINK),
        .address = str_print(scope->arena, "%.*s%.*s", STR_ARGS(scope->config->origin),
                             STR_ARGS(url_diary_feed_show(scope->arena, secret).text)),
    };
    diary_link_page(reply_html(post->reply, 200), &page);
}

void diary_link_stop_do(Post *post) {
    diary_feed_stop(post->scope, post->tx);
    reply_redirect_saying(post->reply, url_diary_show(post->scope->arena), TEXT_DIARY_LINK_STOPPED);
}

void diary_feed_show(Get *get, Str secret) {
    Str content = STR_NONE;
    if (diary_feed_content(get->scope, secret, &content)) {
        reply_calendar(get->reply, content);
    } else {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
    }
}

void diary_file_show(Get *get, MatchId match, MeetingId meeting) {
    Str content = STR_NONE;
    if (!diary_file(get->scope, match, meeting, &content)) {
        reply_sorry(get->reply, 404, TEXT_DIARY_IS_GONE);
        return;
    }
    reply_file(get->reply, STR("text/calendar; charset=utf-8"), STR("calendar.ics"), content);
}
