/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own circle: the picture with its list, and one of its people. */
#include "features/circle/circle_view.h"
#include "circle_html.h"
#include "platform/http/page.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { MEMBER_CALLED, MEMBER_NEAR, MEMBER_KIND, MEMBER_HELPS, MEMBER_FIELDS };
/* In the order of the enums, from 1. */
static const char *const near_names[] = {"close", "near", "far", NULL};
static const char *const kind_names[] = {"family", "friend", "neighbor", "work", "faith", "other", NULL};
static const Field member_fields[] = {
    [MEMBER_CALLED] = {.name = "called",
                       .kind = FIELD_LINE,
                       .is_required = true,
                       .most_characters = CIRCLE_CALLED_MOST,
                       .missing = TEXT_CIRCLE_CALLED_MISSING},
    [MEMBER_NEAR] = {.name = "near",
                     .kind = FIELD_CHOICE,
                     .is_required = true,
                     .choices = near_names,
                     .missing = TEXT_CIRCLE_NEAR_MISSING},
    [MEMBER_KIND] = {.name = "kind",
                     .kind = FIELD_CHOICE,
                     .is_required = true,
                     .choices = kind_names,
                     .missing = TEXT_CIRCLE_KIND_MISSING},
    [MEMBER_HELPS] = {.name = "helps", .kind = FIELD_LINE, .most_characters = CIRCLE_HELPS_MOST},
};
static const char *const turns[] = {"gone", "back", "drop", NULL};
static const Field turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = turns}};

/* ---- the picture ---- */

static CircleRings rings_of(const Scope *scope, CircleMembers members) {
    CircleRing *items = NEW_MANY(scope->arena, CIRCLE_FAR, CircleRing);
    size_t count = 0;
    for (size_t at = 0; at < members.count;) {
        size_t end = at;
        while (end < members.count && members.items[end].near == members.items[at].near) {
            end++;
        }
        items[count++] = (CircleRing){.near = members.items[at].near,
                                      .members = {.items = &members.items[at], .count = end - at},
                                      .first = (int64_t)at + 1};
        at = end;
    }
    return (CircleRings){.items = items, .count = count};
}

static int64_t count_in(CircleRings rings, CircleNear near) {
    for (size_t at = 0; at < rings.count; at++) {
        if (rings.items[at].near == near) {
            return (int64_t)rings.items[at].members.count;
        }
    }
    return 0;
}

/* Somebody came, or went. */
typedef struct Turn {
    Time at;
    int64_t change;
} Turn;

static int turns_compare(const void *left, const void *right) {
    const int64_t a = ((const Turn *)left)->at.us;
    const int64_t b = ((const Turn *)right)->at.us;
    return a < b ? -1 : a > b;
}

/* How many were there after each coming and going. False: it all was within one day, which shows nothing. */
static bool chart_over_time(const Scope *scope, CircleMembers here, CircleMembers gone, Chart *ret_chart) {
    Turn *events = NEW_MANY(scope->arena, here.count + 2 * gone.count + 1, Turn);
    size_t count = 0;
    for (size_t at = 0; at < here.count; at++) {
        events[count++] = (Turn){.at = here.items[at].since, .change = 1};
    }
    for (size_t at = 0; at < gone.count; at++) {
        events[count++] = (Turn){.at = gone.items[at].since, .change = 1};
        events[count++] = (Turn){.at = gone.items[at].gone_at, .change = -1};
    }
    if (count == 0) {
        return false;
    }
    qsort(events, count, sizeof *events, turns_compare);
    if (time_is_before(scope->now, time_after(events[0].at, TIME_DAY))) {
        return false;
    }
    ChartValue *values = NEW_MANY(scope->arena, count + 1, ChartValue);
    int64_t there = 0;
    int64_t most = 1;
    for (size_t at = 0; at < count; at++) {
        there += events[at].change;
        most = there > most ? there : most;
        values[at] = (ChartValue){.at = events[at].at, .value = there};
    }
    values[count] = (ChartValue){.at = scope->now, .value = there};
    const Words words = scope_words(scope);
    *ret_chart = chart_of(scope->arena, values, count + 1, 0, most);
    ret_chart->starts = text_circle_day(&words, zone_date(scope->zone, events[0].at));
    ret_chart->ends = text_circle_day(&words, zone_date(scope->zone, scope->now));
    ret_chart->summary = text_circle_grown_picture(&words, values[0].value, there);
    return true;
}

void circle_show(Get *get) {
    const Scope *scope = get->scope;
    const Words words = scope_words(scope);
    CirclePage page = {.layout = layout_of(scope, get->reply, TEXT_CIRCLE_TITLE),
                       .walks = circle_walks(scope),
                       .members = circle_list(scope),
                       .gone = circle_list_gone(scope)};
    page.dots = circle_dots(scope->arena, page.members);
    page.rings = rings_of(scope, page.members);
    page.summary = text_circle_picture(&words, count_in(page.rings, CIRCLE_CLOSE),
                                       count_in(page.rings, CIRCLE_NEAR), count_in(page.rings, CIRCLE_FAR));
    page.has_grown = chart_over_time(scope, page.members, page.gone, &page.chart);
    circle_page(reply_html(get->reply, 200), &page);
}

/* ---- one of them ---- */

static Options options_of(const Scope *scope, const char *const *names, int first, int last,
                          Text (*text_of)(int)) {
    Option *items = NEW_MANY(scope->arena, (size_t)(last - first + 1), Option);
    for (int at = first; at <= last; at++) {
        items[at - first] =
            (Option){.value = str_of(names[at - first]), .label = text_str(scope->lang, text_of(at))};
    }
    return (Options){.items = items, .count = (size_t)(last - first + 1)};
}

static Text near_text_of(int near) {
    return circle_near_text((CircleNear)near);
}

static Text kind_text_of(int kind) {
    return circle_kind_text((CircleKind)kind);
}

static CircleFormPage form_page(const Scope *scope, Layout layout, const Form *form) {
    CircleFormPage page = {
        .layout = layout,
        .form = form,
        .nears = options_of(scope, near_names, CIRCLE_CLOSE, CIRCLE_FAR, near_text_of),
        .kinds = options_of(scope, kind_names, CIRCLE_FAMILY, CIRCLE_OTHER, kind_text_of),
    };
    page.layout.has_error = !form->is_valid;
    return page;
}

static void show_new(const Scope *scope, Reply *reply, const Form *form) {
    const CircleFormPage page = form_page(scope, layout_of(scope, reply, TEXT_CIRCLE_ADD), form);
    circle_new_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

static void show_one(const Scope *scope, Reply *reply, CircleMemberId id, const Form *form) {
    CircleMember member;
    if (!circle_find(scope, id, &member)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    CircleFormPage page = form_page(scope, layout_titled(scope, reply, member.called), form);
    page.member = member;
    page.since = zone_date(scope->zone, member.since);
    page.gone_on = time_is_none(member.gone_at) ? page.since : zone_date(scope->zone, member.gone_at);
    circle_one_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

/* Which of the names was chosen, from 1. */
static int chosen(const Form *form, size_t field, const char *const *names) {
    int at = 0;
    while (names[at + 1] != NULL && !form_has(form, field, str_of(names[at]))) {
        at++;
    }
    return at + 1;
}

static CircleNew member_of(const Form *form) {
    return (CircleNew){.called = form_str(form, MEMBER_CALLED),
                       .helps = form_str(form, MEMBER_HELPS),
                       .kind = (CircleKind)chosen(form, MEMBER_KIND, kind_names),
                       .near = (CircleNear)chosen(form, MEMBER_NEAR, near_names)};
}

static void back_to_circle(Post *post, CircleResult result, Text said) {
    switch (result) {
    case CIRCLE_DONE:
        reply_redirect_saying(post->reply, url_circle_show(post->scope->arena), said);
        return;
    case CIRCLE_FULL:
        reply_sorry(post->reply, 409, TEXT_CIRCLE_FULL);
        return;
    case CIRCLE_ELSEWHERE:
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
}

void circle_new_show(Get *get) {
    const Form form = form_empty(get->scope, member_fields, MEMBER_FIELDS);
    show_new(get->scope, get->reply, &form);
}

void circle_new_do(Post *post) {
    Form form = form_read(post->scope, post->input, member_fields, MEMBER_FIELDS);
    if (!form.is_valid) {
        show_new(post->scope, post->reply, &form);
        return;
    }
    const CircleNew member = member_of(&form);
    const CircleResult result = circle_add(post->scope, post->tx, &member);
    if (result == CIRCLE_FULL) {
        form_error(&form, MEMBER_CALLED, TEXT_CIRCLE_FULL);
        show_new(post->scope, post->reply, &form);
        return;
    }
    back_to_circle(post, result, TEXT_CIRCLE_SAVED);
}

void circle_one_show(Get *get, CircleMemberId id) {
    Form form = form_empty(get->scope, member_fields, MEMBER_FIELDS);
    CircleMember member;
    if (circle_find(get->scope, id, &member)) {
        form_set_str(&form, MEMBER_CALLED, member.called);
        form_set_str(&form, MEMBER_HELPS, member.helps);
        form_set_str(&form, MEMBER_KIND, str_of(kind_names[member.kind - 1]));
        form_set_str(&form, MEMBER_NEAR, str_of(near_names[member.near - 1]));
    }
    show_one(get->scope, get->reply, id, &form);
}

void circle_one_do(Post *post, CircleMemberId id) {
    const Form form = form_read(post->scope, post->input, member_fields, MEMBER_FIELDS);
    if (!form.is_valid) {
        show_one(post->scope, post->reply, id, &form);
        return;
    }
    const CircleNew member = member_of(&form);
    back_to_circle(post, circle_change(post->scope, post->tx, id, &member), TEXT_CIRCLE_SAVED);
}

void circle_turn_do(Post *post, CircleMemberId id) {
    const Form form = form_read(post->scope, post->input, turn_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    } else if (form_has(&form, 0, STR("drop"))) {
        back_to_circle(post, circle_drop(post->scope, post->tx, id), TEXT_CIRCLE_IS_DROPPED);
    } else {
        const bool is_gone = form_has(&form, 0, STR("gone"));
        back_to_circle(post, circle_set_gone(post->scope, post->tx, id, is_gone),
                       is_gone ? TEXT_CIRCLE_IS_GONE : TEXT_CIRCLE_IS_BACK);
    }
}
