/* SPDX-License-Identifier: Apache-2.0 */
/* A supporter heard of danger: tell the person first, then write down what is passed on. */
#include "features/passing/passing_view.h"
#include "passing_html.h"
#include "routes.h"
#include "texts.h"

enum { PASS_WHAT, PASS_WHOM, PASS_TOLD, PASS_WHY, PASS_PART2, PASS_FIELDS };
static const char *const told_values[] = {"first", "not", NULL};
static const Field pass_fields[] = {
    [PASS_WHAT] = {.name = "what",
                   .kind = FIELD_WORDS,
                   .is_required = true,
                   .most_characters = 1000,
                   .missing = TEXT_PASSING_WHAT_MISSING},
    [PASS_WHOM] = {.name = "whom",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .missing = TEXT_PASSING_WHOM_MISSING},
    [PASS_TOLD] = {.name = "told",
                   .kind = FIELD_CHOICE,
                   .is_required = true,
                   .choices = told_values,
                   .missing = TEXT_PASSING_TOLD_MISSING},
    [PASS_WHY] = {.name = "why", .kind = FIELD_WORDS, .most_characters = 1000},
    [PASS_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

static void show_passing(Scope *scope, Reply *reply, const Match *match, const Form *form) {
    static const Text labels[] = {TEXT_PASSING_TOLD_FIRST, TEXT_PASSING_TOLD_NOT};
    Option *told = NEW_MANY(scope->arena, 2, Option);
    for (size_t at = 0; at < 2; at++) {
        told[at] = (Option){.value = str_of(told_values[at]), .label = text_str(scope->lang, labels[at])};
    }
    PassingPage page = {
        .layout = layout_of(scope, reply, TEXT_PASSING_TITLE),
        .form = form,
        .match = *match,
        .must_tell = program_words(scope, match->program, PROGRAM_MUST_TELL),
        .told = {.items = told, .count = 2},
    };
    page.layout.has_error = !form->is_valid;
    passing_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void passing_show(Get *get, MatchId id) {
    Match match;
    if (!match_find(get->scope, id, &match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, pass_fields, PASS_FIELDS);
    show_passing(get->scope, get->reply, &match, &form);
}

void passing_do(Post *post, MatchId id) {
    Form form = form_read(post->scope, post->input, pass_fields, PASS_FIELDS);
    Match match;
    if (!match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const bool is_told = form_has(&form, PASS_TOLD, STR("first"));
    if (form_has(&form, PASS_TOLD, STR("not")) && str_is_empty(str_trim(form_str(&form, PASS_WHY)))) {
        form_error(&form, PASS_WHY, TEXT_PASSING_WHY_MISSING);
    }
    if (!form.is_valid) {
        show_passing(post->scope, post->reply, &match, &form);
        return;
    }
    passing_add(post->scope, post->tx, &match,
                &(PassingNew){.what = form_str(&form, PASS_WHAT),
                              .whom = form_str(&form, PASS_WHOM),
                              .told = is_told ? PASSING_TOLD_FIRST : PASSING_NOT_TOLD,
                              .why = form_str(&form, PASS_WHY),
                              .is_part2 = form_is_on(&form, PASS_PART2)});
    reply_redirect_saying(post->reply, url_match_show(post->scope->arena, id), TEXT_PASSING_SAVED);
}
