/* SPDX-License-Identifier: Apache-2.0 */
/* One page for the two of a walk: what hard days mean, and each one's part in saying so. */
#include "features/consent/consent.h"
#include "features/hard/hard_view.h"
#include "features/program/program.h"
#include "hard_html.h"
#include "routes.h"
#include "texts.h"

enum { HARD_FIELD_DO = HARD_FIELDS, ALL_FIELDS };
static const char *const hours[] = {"none", "7",  "8",  "9",  "10", "11", "12", "13", "14",
                                    "15",   "16", "17", "18", "19", "20", "21", NULL};
_Static_assert(sizeof hours / sizeof hours[0] == HARD_HOURS_MOST + 2, "one for each hour, and for none");

typedef enum Deed { DEED_PROPOSE, DEED_BEGIN, DEED_EACH_DAY, DEED_NOT_EACH_DAY, DEED_GO_ON, DEED_END } Deed;
static const char *const deeds[] = {
    [DEED_PROPOSE] = "propose",
    [DEED_BEGIN] = "begin",
    [DEED_EACH_DAY] = "each-day",
    [DEED_NOT_EACH_DAY] = "not-each-day",
    [DEED_GO_ON] = "go-on",
    [DEED_END] = "end",
    NULL,
};

static const Field fields[] = {
    [HARD_FIELD_HOUR] = {.name = "hour", .kind = FIELD_CHOICE, .choices = hours},
    [HARD_FIELD_DO] = {.name = "do", .kind = FIELD_CHOICE, .is_required = true, .choices = deeds},
};

static Str hour_value(const Scope *scope, int64_t hour) {
    return hour == HARD_NO_HOUR ? str_of(hours[0]) : str_print(scope->arena, "%lld", (long long)hour);
}

static int64_t hour_read(const Form *form) {
    const Str value = form_str(form, HARD_FIELD_HOUR);
    for (int64_t hour = HARD_HOURS_FIRST; hour <= HARD_HOURS_LAST; hour++) {
        if (str_equal(value, str_of(hours[1 + hour - HARD_HOURS_FIRST]))) {
            return hour;
        }
    }
    return HARD_NO_HOUR;
}

static Options hour_options(const Scope *scope, const HardHours *safe) {
    Option *items = NEW_MANY(scope->arena, safe->count + 1, Option);
    for (size_t at = 0; at < safe->count; at++) {
        items[at] = (Option){.value = hour_value(scope, safe->items[at]),
                             .label = hard_clock(scope, safe->items[at])};
    }
    items[safe->count] =
        (Option){.value = str_of(hours[0]), .label = text_str(scope->lang, TEXT_HARD_HOUR_NONE)};
    return (Options){.items = items, .count = safe->count + 1};
}

static void show(Scope *scope, Reply *reply, MatchId id, const Form *form) {
    Match match;
    if (!match_find(scope, id, &match) || (match.state != MATCH_NEW && match.state != MATCH_WALKING)) {
        reply_sorry(reply, 409, TEXT_HARD_NOT_WALKING);
        return;
    }
    const Said reach = program_said(scope, match.program, PROGRAM_REACH);
    HardPage page = {
        .layout = layout_of(scope, reply, TEXT_HARD_TITLE),
        .form = form,
        .match = id,
        .is_receiver = person_id_equal(scope->actor, match.receiver),
        .other_called = match_other_called(&match, scope->actor),
        .hard = hard_shown(scope, &match),
        .reach = reach.words,
        .reach_lang = reach.lang,
        .tells_coordinators = consent_shares(scope, match.request, (PersonId){0}, CONSENT_NEEDED),
    };
    if (page.is_receiver) {
        const HardHours safe = hard_hours(scope, match.receiver);
        page.has_safe_hours = safe.count > 0;
        page.hours = hour_options(scope, &safe);
    }
    page.layout.has_error = !form->is_valid;
    hard_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void hard_show(Get *get, MatchId match) {
    Form form = form_empty(get->scope, fields, ALL_FIELDS);
    Hard hard;
    if (hard_find(get->scope, match, &hard) && hard.state == HARD_ON) {
        form_set_str(&form, HARD_FIELD_HOUR, hour_value(get->scope, hard.hour));
    }
    show(get->scope, get->reply, match, &form);
}

static HardResult do_deed(Post *post, MatchId match, Deed deed, const Form *form) {
    switch (deed) {
    case DEED_PROPOSE:
        return hard_propose(post->scope, post->tx, match);
    case DEED_BEGIN:
        return hard_begin(post->scope, post->tx, match, hour_read(form));
    case DEED_EACH_DAY:
        return hard_answer(post->scope, post->tx, match, HARD_EACH_DAY);
    case DEED_NOT_EACH_DAY:
        return hard_answer(post->scope, post->tx, match, HARD_NOT_EACH_DAY);
    case DEED_GO_ON:
        return hard_go_on(post->scope, post->tx, match);
    case DEED_END:
        return hard_end(post->scope, post->tx, match);
    }
    return HARD_ELSEWHERE; /* not covered: every value has its case */
}

static Text said(Deed deed) {
    switch (deed) {
    case DEED_PROPOSE:
        return TEXT_HARD_HAS_PROPOSED;
    case DEED_BEGIN:
        return TEXT_HARD_HAS_BEGUN;
    case DEED_EACH_DAY:
    case DEED_NOT_EACH_DAY:
        return TEXT_HARD_HAS_ANSWERED;
    case DEED_GO_ON:
        return TEXT_HARD_GOES_ON;
    case DEED_END:
        return TEXT_HARD_HAS_ENDED;
    }
    return TEXT_NONE; /* not covered: every value has its case */
}

static Deed deed_of(const Form *form) {
    size_t at = DEED_PROPOSE;
    while (at < DEED_END && !form_has(form, HARD_FIELD_DO, str_of(deeds[at]))) {
        at++;
    }
    return (Deed)at;
}

void hard_do(Post *post, MatchId match) {
    Form form = form_read(post->scope, post->input, fields, ALL_FIELDS);
    const Deed deed = deed_of(&form);
    if (form.is_valid && deed == DEED_BEGIN && str_is_empty(form_str(&form, HARD_FIELD_HOUR))) {
        form_error(&form, HARD_FIELD_HOUR, TEXT_HARD_HOUR_MISSING);
    }
    if (!form.is_valid) {
        show(post->scope, post->reply, match, &form);
        return;
    }
    switch (do_deed(post, match, deed, &form)) {
    case HARD_DONE:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, match), said(deed));
        return;
    case HARD_UNSAFE:
        form_error(&form, HARD_FIELD_HOUR, TEXT_HARD_HOUR_UNSAFE);
        show(post->scope, post->reply, match, &form);
        return;
    case HARD_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
