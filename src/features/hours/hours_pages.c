/* SPDX-License-Identifier: Apache-2.0 */
/* One's own hours, month by month, and how many one wants to give. */
#include "features/hours/hours_view.h"
#include "hours_html.h"
#include "routes.h"
#include "texts.h"

enum { WISH_HOURS, WISH_FIELDS };
static const Field wish_fields[] = {
    [WISH_HOURS] = {.name = "hours", .kind = FIELD_NUMBER, .least = 0, .most = HOURS_MOST},
};

static Str time_words(const Words *words, int64_t minutes) {
    enum { HOUR = 60 };
    return minutes < HOUR ? text_hours_minutes(words, minutes)
                          : text_hours_time(words, minutes / HOUR, minutes % HOUR);
}

HoursShown hours_shown_month(const Scope *scope) {
    const Words words = scope_words(scope);
    const ContactTime time = hours_month(scope).time;
    const Str with = time_words(&words, time.minutes);
    const int64_t wish = hours_wish(scope);
    HoursShown shown = {.month = STR(""),
                        .given = time.minutes + time.travel_minutes,
                        .wish = wish,
                        .standing = hours_standing(time, wish)};
    if (time.travel_minutes > 0) {
        shown.month = text_hours_so_far_way(&words, with, time_words(&words, time.travel_minutes));
    } else if (time.minutes > 0) {
        shown.month = text_hours_so_far(&words, with);
    }
    return shown;
}

static Str month_name(const Scope *scope, Date first) {
    const Str name = text_str(scope->lang, text_month(first.month));
    return str_print(scope->arena, "%.*s %d", STR_ARGS(name), (int)first.year);
}

static void add_rows(const Scope *scope, HoursPage *page) {
    const Words words = scope_words(scope);
    const HoursMonths months = hours_months(scope);
    HoursRow *items = NEW_MANY(scope->arena, months.count, HoursRow);
    for (size_t at = 0; at < months.count; at++) {
        const HoursMonth *month = &months.items[at];
        const int64_t way = month->time.travel_minutes;
        items[at] = (HoursRow){.month = month_name(scope, month->first),
                               .talks = month->time.talks,
                               .with = time_words(&words, month->time.minutes),
                               .way = time_words(&words, way),
                               .given = month->time.minutes + way};
        page->most = items[at].given > page->most ? items[at].given : page->most;
    }
    page->rows = (HoursRows){.items = items, .count = months.count};
}

static void show(Scope *scope, Reply *reply, const Form *form) {
    HoursPage page = {
        .layout = layout_of(scope, reply, TEXT_HOURS_TITLE), .form = form, .shown = hours_shown_month(scope)};
    add_rows(scope, &page);
    page.layout.has_error = !form->is_valid;
    hours_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void hours_show(Get *get) {
    Form form = form_empty(get->scope, wish_fields, WISH_FIELDS);
    const int64_t wish = hours_wish(get->scope);
    if (wish > 0) {
        form_set_int(&form, WISH_HOURS, wish);
    }
    show(get->scope, get->reply, &form);
}

void hours_do(Post *post) {
    const Form form = form_read(post->scope, post->input, wish_fields, WISH_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, &form);
        return;
    }
    hours_set_wish(post->scope, post->tx, form_int(&form, WISH_HOURS, 0));
    reply_redirect_saying(post->reply, url_hours_show(post->scope->arena), TEXT_UI_SAVED);
}
