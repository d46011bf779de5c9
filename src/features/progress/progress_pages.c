/* SPDX-License-Identifier: Apache-2.0 */
/* A person says how far along it is, and sees the answers so far. */
#include "features/progress/progress_view.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "progress_html.h"
#include "routes.h"
#include "texts.h"

enum { PROGRESS_FIELD_VALUE, PROGRESS_FIELD_WORDS, PROGRESS_FIELD_PART2, PROGRESS_FIELDS };
static const char *const scale[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", NULL};
static const Field progress_fields[] = {
    [PROGRESS_FIELD_VALUE] = {.name = "value",
                              .kind = FIELD_CHOICE,
                              .is_required = true,
                              .choices = scale,
                              .missing = TEXT_PROGRESS_MISSING},
    [PROGRESS_FIELD_WORDS] = {.name = "words", .kind = FIELD_LINE, .most_characters = 500},
    [PROGRESS_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

static Str day_words(const Scope *scope, Date date) {
    Buf buf = buf_new(scope->arena, 64);
    text_add_date(&buf, scope->lang, date);
    return buf_str(&buf);
}

/* Nobody but the person whose it is comes here. */
static ProgressAnswers answers_of(const Scope *scope, const ProgressList *list) {
    ProgressAnswer *items = NEW_MANY(scope->arena, list->count, ProgressAnswer);
    for (size_t at = 0; at < list->count; at++) {
        const Progress *one = &list->items[at];
        items[at] = (ProgressAnswer){.at = one->at,
                                     .value = one->value,
                                     .occasion = one->occasion,
                                     .words = part2_open_own(scope, scope->actor, one->words),
                                     .is_part2 = one->words.is_marked};
    }
    return (ProgressAnswers){.items = items, .count = list->count};
}

ProgressFigure progress_figure_of(const Scope *scope, RequestId request) {
    ProgressList list = progress_list(scope, request);
    ChartValue *values = NEW_MANY(scope->arena, list.count, ChartValue);
    for (size_t at = 0; at < list.count; at++) {
        values[at] = (ChartValue){.at = list.items[at].at, .value = list.items[at].value};
    }
    Chart chart = chart_of(scope->arena, values, list.count, PROGRESS_LEAST, PROGRESS_MOST);
    if (list.count > 0) {
        const Words words = scope_words(scope);
        const Progress *first = &list.items[0];
        const Progress *last = &list.items[list.count - 1];
        Date start = zone_date(scope->zone, first->at);
        Date end = zone_date(scope->zone, last->at);
        chart.starts = day_words(scope, start);
        chart.ends = list.count > 1 ? day_words(scope, end) : STR("");
        chart.summary = list.count > 1 ? text_progress_from_to(&words, first->value, start, last->value, end)
                                       : text_progress_one(&words, first->value, start);
    }
    return (ProgressFigure){.list = answers_of(scope, &list), .chart = chart};
}

static Options scale_options(Arena *arena) {
    enum { COUNT = PROGRESS_MOST - PROGRESS_LEAST + 1 };
    Option *items = NEW_MANY(arena, COUNT, Option);
    for (size_t at = 0; at < COUNT; at++) {
        items[at] = (Option){.value = str_of(scale[at]), .label = str_of(scale[at])};
    }
    return (Options){.items = items, .count = COUNT};
}

static void show_progress(Scope *scope, Reply *reply, RequestId request, const Form *form) {
    ProgressPage page = {
        .layout = layout_of(scope, reply, TEXT_PROGRESS_TITLE),
        .form = form,
        .scale = scale_options(scope->arena),
        .request = request,
        .figure = progress_figure_of(scope, request),
    };
    page.layout.has_error = !form->is_valid;
    progress_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void progress_show(Get *get, RequestId request) {
    Form form = form_empty(get->scope, progress_fields, PROGRESS_FIELDS);
    show_progress(get->scope, get->reply, request, &form);
}

void progress_save(Post *post, RequestId request) {
    Form form = form_read(post->scope, post->input, progress_fields, PROGRESS_FIELDS);
    int64_t value = 0;
    if (!form.is_valid ||
        !str_to_int(form_str(&form, PROGRESS_FIELD_VALUE), PROGRESS_LEAST, PROGRESS_MOST, &value)) {
        show_progress(post->scope, post->reply, request, &form);
        return;
    }
    progress_add(post->scope, post->tx, request, value, form_str(&form, PROGRESS_FIELD_WORDS),
                 form_is_on(&form, PROGRESS_FIELD_PART2));
    reply_redirect_saying(post->reply, url_progress_show(post->scope->arena, request), TEXT_PROGRESS_SAVED);
}
