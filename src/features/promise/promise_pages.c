/* SPDX-License-Identifier: Apache-2.0 */
/* Promising something, and ending it with one tap: on the page of the walk, or on one's own. */
#include "features/promise/promise_view.h"
#include "promise_html.h"
#include "routes.h"
#include "texts.h"

enum { NEW_WORDS, NEW_DAY, NEW_PART2, NEW_FIELDS };
static const Field new_fields[] = {
    [NEW_WORDS] = {.name = "words",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .most_characters = 200,
                   .missing = TEXT_PROMISE_WORDS_MISSING},
    [NEW_DAY] = {.name = "day", .kind = FIELD_CHOICE, .is_required = true, .choices = promise_day_names},
    [NEW_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { END_HOW, END_BACK, END_FIELDS };
static const char *const hows[] = {"done", "let-go", NULL};
static const char *const backs[] = {"walk", "me", NULL};
static const Field end_fields[] = {
    [END_HOW] = {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = hows},
    [END_BACK] = {.name = "back", .kind = FIELD_CHOICE, .is_required = true, .choices = backs},
};

static void show_new(Scope *scope, Reply *reply, const Match *match, const Form *form) {
    Option *days = NEW_MANY(scope->arena, PROMISE_DAYS, Option);
    for (PromiseDay day = PROMISE_TODAY; day < PROMISE_DAYS; day++) {
        days[day] = (Option){.value = str_of(promise_day_names[day]),
                             .label = text_str(scope->lang, promise_day_text(day))};
    }
    PromisePage page = {
        .layout = layout_of(scope, reply, TEXT_PROMISE_TITLE),
        .form = form,
        .match = *match,
        .other_called = match_other_called(match, scope->actor),
        .days = {.items = days, .count = PROMISE_DAYS},
    };
    page.layout.has_error = !form->is_valid;
    promise_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

/* A walk that lasts; else what the reader is told instead. */
static bool find_walk(const Scope *scope, Reply *reply, MatchId id, Match *ret_match) {
    if (!match_find(scope, id, ret_match) || ret_match->state == MATCH_ENDED) {
        reply_sorry(reply, 409, TEXT_PROMISE_WALK_OVER);
        return false;
    }
    return true;
}

void promise_new_show(Get *get, MatchId id) {
    Match match;
    if (find_walk(get->scope, get->reply, id, &match)) {
        Form form = form_empty(get->scope, new_fields, NEW_FIELDS);
        form_set_str(&form, NEW_DAY, str_of(promise_day_names[PROMISE_IN_A_WEEK]));
        show_new(get->scope, get->reply, &match, &form);
    }
}

void promise_new_do(Post *post, MatchId id) {
    Match match;
    if (!find_walk(post->scope, post->reply, id, &match)) {
        return;
    }
    const Form form = form_read(post->scope, post->input, new_fields, NEW_FIELDS);
    if (!form.is_valid) {
        show_new(post->scope, post->reply, &match, &form);
        return;
    }
    promise_add(post->scope, post->tx, &match,
                &(PromiseNew){.words = form_str(&form, NEW_WORDS),
                              .day = promise_day_of(form_str(&form, NEW_DAY)),
                              .is_part2 = form_is_on(&form, NEW_PART2)});
    reply_redirect_saying(post->reply, url_match_show(post->scope->arena, id), TEXT_PROMISE_SAVED);
}

void promise_end_do(Post *post, MatchId match, PromiseId id) {
    const Form form = form_read(post->scope, post->input, end_fields, END_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const bool is_done = form_has(&form, END_HOW, STR("done"));
    const Url back = form_has(&form, END_BACK, STR("me")) ? url_me_show(post->scope->arena)
                                                          : url_match_show(post->scope->arena, match);
    switch (promise_end(post->scope, post->tx, match, id, is_done ? PROMISE_DONE : PROMISE_LET_GO)) {
    case PROMISE_ENDED:
        reply_redirect_saying(post->reply, back, is_done ? TEXT_PROMISE_IS_DONE : TEXT_PROMISE_IS_LET_GO);
        return;
    case PROMISE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
