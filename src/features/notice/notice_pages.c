/* SPDX-License-Identifier: Apache-2.0 */
/* What we send to a person: which way, what became of it; and what the text provider says of that. */
#include "features/notice/notice.h"
#include "features/notice/notice_view.h"
#include "notice_html.h"
#include "platform/config.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"
#include "ui/ui.h"

enum { NOTICE_WAY, NOTICE_FIELDS };
/* Mail has no id: a way that is not chosen is that one. */
static const Field notice_fields[] = {
    [NOTICE_WAY] = {.name = "way", .kind = FIELD_LINE, .most_characters = 20},
};
#define BY_MAIL STR("mail")

static Options ways_of(const Scope *scope) {
    const NoticePhones phones = notice_phones(scope, scope->actor);
    Option *items = NEW_MANY(scope->arena, phones.count + 1, Option);
    size_t count = 0;
    const Words words = scope_words(scope);
    if (notice_has_mail(scope, scope->actor)) {
        items[count++] = (Option){.value = BY_MAIL, .label = text_str(scope->lang, TEXT_NOTICE_BY_MAIL)};
    }
    for (size_t at = 0; at < phones.count && notice_has_texts(scope); at++) {
        items[count++] = (Option){.value = ui_id_value(scope->arena, phones.items[at].point.value),
                                  .label = text_notice_by_text(&words, phones.items[at].value)};
    }
    return (Options){.items = items, .count = count};
}

static void show(Scope *scope, Reply *reply, const Form *form) {
    const Words words = scope_words(scope);
    const NoticePage page = {
        .layout = layout_of(scope, reply, TEXT_NOTICE_TITLE),
        .form = form,
        .ways = ways_of(scope),
        .has_texts = notice_has_texts(scope),
        .has_mail = notice_has_mail(scope, scope->actor),
        .text = text_notice_text(&words, str_print(scope->arena, "%.*s%.*s", STR_ARGS(scope->config->origin),
                                                   STR_ARGS(url_me_show(scope->arena).text))),
        .sent = notice_list(scope, scope->actor),
    };
    notice_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void notice_show(Get *get) {
    Form form = form_empty(get->scope, notice_fields, NOTICE_FIELDS);
    const ContactPointId chosen = notice_phone_chosen(get->scope, get->scope->actor);
    form_set_str(&form, NOTICE_WAY,
                 contact_point_id_is_none(chosen) ? BY_MAIL : ui_id_value(get->scope->arena, chosen.value));
    show(get->scope, get->reply, &form);
}

void notice_save(Post *post) {
    Form form = form_read(post->scope, post->input, notice_fields, NOTICE_FIELDS);
    const Str way = form.is_valid ? form_str(&form, NOTICE_WAY) : STR("");
    ContactPointId point = {0};
    const bool is_way = str_equal(way, BY_MAIL) || url_read_id(way, &point.value);
    const NoticeChoice choice = is_way ? notice_choose(post->scope, post->tx, point) : NOTICE_NOT_POSSIBLE;
    switch (choice) {
    case NOTICE_CHOSEN:
        reply_redirect_saying(post->reply, url_notice_show(post->scope->arena), TEXT_UI_SAVED);
        return;
    case NOTICE_NOT_POSSIBLE:
        form_error(&form, NOTICE_WAY, TEXT_NOTICE_NOT_POSSIBLE);
        show(post->scope, post->reply, &form);
        return;
    }
}

void notice_state_do(Post *post, NoticeId notice) {
    const Str word = input_only(post->input, STR("MessageStatus"));
    int64_t code = 0;
    (void)str_to_int(input_only(post->input, STR("ErrorCode")), 0, 999999, &code);
    notice_state_came(post->scope, post->tx, notice, word, code);
    reply_xml(post->reply, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response></Response>\n"));
}

Text notice_state_text(const NoticeRow *row) {
    switch (row->state) {
    case NOTICE_WAITS:
        return TEXT_NOTICE_WAITS;
    case NOTICE_SENT:
        return TEXT_NOTICE_SENT;
    case NOTICE_DELIVERED:
        return TEXT_NOTICE_DELIVERED;
    case NOTICE_FAILED:
        return TEXT_NOTICE_FAILED;
    case NOTICE_DROPPED:
        return TEXT_NOTICE_DROPPED;
    }
    return TEXT_NONE;
}
