/* SPDX-License-Identifier: Apache-2.0 */
/* Writing down that a crisis team was called out, and the family's own words beside it. */
#include "callout_html.h"
#include "features/callout/callout_view.h"
#include "features/consent/consent.h"
#include "features/hard/hard_shown.h"
#include "features/program/program.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { HOURS = 24, DAYS_BACK = 365 };
static const char *const hours[] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",
                                    "9",  "10", "11", "12", "13", "14", "15", "16", "17",
                                    "18", "19", "20", "21", "22", "23", NULL};
static const char *const came_names[] = {"team", "ambulance", "police", "emergency-room", "other", NULL};
static const char *const supporter_names[] = {"team", "phone", "not-there", NULL};

static const Field fields[CALLOUT_FIELDS] = {
    [CALLOUT_FIELD_DAY] = {.name = "day",
                           .kind = FIELD_LINE,
                           .is_required = true,
                           .most_characters = 10,
                           .missing = TEXT_CALLOUT_DAY_MISSING},
    [CALLOUT_FIELD_HOUR] = {.name = "hour",
                            .kind = FIELD_CHOICE,
                            .is_required = true,
                            .choices = hours,
                            .missing = TEXT_CALLOUT_HOUR_MISSING},
    [CALLOUT_FIELD_CAME] = {.name = "came", .kind = FIELD_SET, .choices = came_names},
    [CALLOUT_FIELD_SUPPORTER] = {.name = "supporter",
                                 .kind = FIELD_CHOICE,
                                 .is_required = true,
                                 .choices = supporter_names,
                                 .missing = TEXT_CALLOUT_SUPPORTER_MISSING},
    [CALLOUT_FIELD_HELPED] = {.name = "helped", .kind = FIELD_WORDS, .most_characters = CALLOUT_WORDS_MOST},
    [CALLOUT_FIELD_OTHERWISE] = {.name = "otherwise",
                                 .kind = FIELD_WORDS,
                                 .most_characters = CALLOUT_WORDS_MOST},
    [CALLOUT_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

static const Field words_fields[CALLOUT_WORDS_FIELDS] = {
    [CALLOUT_WORDS_HELPED] = {.name = "helped", .kind = FIELD_WORDS, .most_characters = CALLOUT_WORDS_MOST},
    [CALLOUT_WORDS_OTHERWISE] = {.name = "otherwise",
                                 .kind = FIELD_WORDS,
                                 .most_characters = CALLOUT_WORDS_MOST},
    [CALLOUT_WORDS_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { STEP_DO, STEP_FIELDS };
static const char *const steps[] = {"no-hello", "remove", NULL};
static const Field step_fields[STEP_FIELDS] = {
    [STEP_DO] = {.name = "do", .kind = FIELD_CHOICE, .is_required = true, .choices = steps},
};

/* ---- the form ---- */

/* The first says that nothing was picked yet. */
static Options hour_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, HOURS + 1, Option);
    items[0] = (Option){.value = STR(""), .label = text_str(scope->lang, TEXT_CALLOUT_HOUR_PICK)};
    for (size_t hour = 0; hour < HOURS; hour++) {
        items[hour + 1] = (Option){.value = str_of(hours[hour]), .label = hard_clock(scope, (int64_t)hour)};
    }
    return (Options){.items = items, .count = HOURS + 1};
}

static Options came_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, CALLOUT_CAME_COUNT, Option);
    for (unsigned bit = 0; bit < CALLOUT_CAME_COUNT; bit++) {
        items[bit] = (Option){.value = str_of(came_names[bit]),
                              .label = text_str(scope->lang, callout_came_text((CalloutCame)(1U << bit)))};
    }
    return (Options){.items = items, .count = CALLOUT_CAME_COUNT};
}

static Options supporter_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, CALLOUT_NOT_THERE, Option);
    for (CalloutSupporter one = CALLOUT_WITH_TEAM; one <= CALLOUT_NOT_THERE; one++) {
        items[one - 1] = (Option){.value = str_of(supporter_names[one - 1]),
                                  .label = text_str(scope->lang, callout_supporter_text(one))};
    }
    return (Options){.items = items, .count = CALLOUT_NOT_THERE};
}

static unsigned came_read(const Form *form) {
    unsigned came = 0;
    for (unsigned bit = 0; bit < CALLOUT_CAME_COUNT; bit++) {
        came |= form_has(form, CALLOUT_FIELD_CAME, str_of(came_names[bit])) ? 1U << bit : 0U;
    }
    return came;
}

static CalloutSupporter supporter_read(const Form *form) {
    CalloutSupporter one = CALLOUT_WITH_TEAM;
    while (one < CALLOUT_NOT_THERE &&
           !form_has(form, CALLOUT_FIELD_SUPPORTER, str_of(supporter_names[one - 1]))) {
        one++;
    }
    return one;
}

static int64_t day_first(const Scope *scope) {
    return date_days(zone_date(scope->zone, scope->now)) - DAYS_BACK;
}

/* The hour of that day, where the program is; TIME_NONE, and the form says why: that cannot be. */
static Time moment_read(const Scope *scope, Form *form) {
    const Date day = date_read(form_str(form, CALLOUT_FIELD_DAY));
    if (date_is_none(day) || date_days(day) < day_first(scope)) {
        form_error(form, CALLOUT_FIELD_DAY, TEXT_CALLOUT_DAY_MISSING);
        return TIME_NONE;
    }
    int8_t hour = 0;
    while (hour < HOURS - 1 && !form_has(form, CALLOUT_FIELD_HOUR, str_of(hours[hour]))) {
        hour++;
    }
    const Time at = zone_moment(scope->zone, (LocalTime){.date = day, .hour = hour});
    if (time_is_before(scope->now, at)) {
        form_error(form, CALLOUT_FIELD_HOUR, TEXT_CALLOUT_AHEAD);
        return TIME_NONE;
    }
    return at;
}

/* ---- the page ---- */

static Options came_shown(const Scope *scope, unsigned came) {
    const Options all = came_options(scope);
    Option *items = NEW_MANY(scope->arena, all.count, Option);
    size_t count = 0;
    for (size_t bit = 0; bit < all.count; bit++) {
        if ((came & (1U << bit)) != 0) {
            items[count++] = all.items[bit];
        }
    }
    return (Options){.items = items, .count = count};
}

static bool may_remove(const Scope *scope, const Match *match, const Callout *one) {
    const bool is_untouched = one->words_by.value == 0 || person_id_equal(one->words_by, scope->actor);
    return person_id_equal(scope->actor, match->receiver) ||
           (person_id_equal(scope->actor, one->by) && is_untouched);
}

static CalloutsShown shown_of(const Scope *scope, const Match *match, const Part2Notice *notice) {
    const Callouts list = callout_list(scope, match->id);
    CalloutShown *items = NEW_MANY(scope->arena, list.count, CalloutShown);
    for (size_t at = 0; at < list.count; at++) {
        const Callout *one = &list.items[at];
        const bool is_due = !time_is_none(one->hello_at) && time_is_none(one->greeted_at) &&
                            time_is_before(time_before(scope->now, CALLOUT_STANDS), one->hello_at) &&
                            match->state != MATCH_ENDED;
        items[at] = (CalloutShown){.callout = *one,
                                   .came = came_shown(scope, one->came),
                                   .is_withheld = part2_is_withheld(notice, match->receiver, one->helped),
                                   .may_remove = may_remove(scope, match, one),
                                   .helped = part2_open_about(notice, match->receiver, one->helped),
                                   .otherwise = part2_open_about(notice, match->receiver, one->otherwise),
                                   .is_due = is_due,
                                   .hello_on = is_due ? zone_date(scope->zone, one->hello_at) : (Date){0}};
    }
    return (CalloutsShown){.items = items, .count = list.count};
}

static bool may_say_hard(const Scope *scope, const Match *match) {
    Hard hard;
    return (match->state == MATCH_NEW || match->state == MATCH_WALKING) &&
           !hard_find(scope, match->id, &hard);
}

static void show(Scope *scope, Reply *reply, const Match *match, const Form *form) {
    const Said reach = program_said(scope, match->program, PROGRAM_REACH);
    CalloutPage page = {
        .layout = layout_of(scope, reply, TEXT_CALLOUT_TITLE),
        .form = form,
        .match = match->id,
        .is_receiver = person_id_equal(scope->actor, match->receiver),
        .may_write = match->state != MATCH_ENDED,
        .offers_hard = may_say_hard(scope, match),
        .other_called = match_other_called(match, scope->actor),
        .first_day = date_write(scope->arena, calendar_date(day_first(scope))),
        .last_day = date_write(scope->arena, zone_date(scope->zone, scope->now)),
        .hours = hour_options(scope),
        .came = came_options(scope),
        .supporter = supporter_options(scope),
        .reach = reach.words,
        .reach_lang = reach.lang,
    };
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, match->request, match->giver));
    page.list = shown_of(scope, match, notice);
    page.layout.has_error = !form->is_valid;
    callout_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void callout_show(Get *get, MatchId id) {
    Match match;
    if (!match_find(get->scope, id, &match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Form form = form_empty(get->scope, fields, CALLOUT_FIELDS);
    show(get->scope, get->reply, &match, &form);
}

static void answer(Post *post, MatchId match, CalloutResult result, Text said) {
    switch (result) {
    case CALLOUT_DONE:
        reply_redirect_saying(post->reply, url_callout_show(post->scope->arena, match), said);
        return;
    case CALLOUT_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void callout_do(Post *post, MatchId id) {
    Form form = form_read(post->scope, post->input, fields, CALLOUT_FIELDS);
    Match match;
    if (!match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (came_read(&form) == 0) {
        form_error(&form, CALLOUT_FIELD_CAME, TEXT_CALLOUT_CAME_MISSING);
    }
    const Time at = form.is_valid ? moment_read(post->scope, &form) : TIME_NONE;
    if (!form.is_valid) {
        show(post->scope, post->reply, &match, &form);
        return;
    }
    const CalloutNew callout = {
        .at = at,
        .came = came_read(&form),
        .supporter = supporter_read(&form),
        .words = {.helped = str_trim(form_str(&form, CALLOUT_FIELD_HELPED)),
                  .otherwise = str_trim(form_str(&form, CALLOUT_FIELD_OTHERWISE)),
                  .is_part2 = form_is_on(&form, CALLOUT_FIELD_PART2)},
    };
    answer(post, id, callout_write(post->scope, post->tx, &match, &callout), TEXT_CALLOUT_HAS_WRITTEN);
}

/* ---- the family's own words ---- */

/* For the family alone; false: the sorry is said. */
static bool find_own(const Scope *scope, Reply *reply, MatchId id, CalloutId callout, Match *ret_match,
                     Callout *ret_callout) {
    if (match_find(scope, id, ret_match) && person_id_equal(scope->actor, ret_match->receiver)) {
        const Callouts list = callout_list(scope, id);
        for (size_t at = 0; at < list.count; at++) {
            if (callout_id_equal(list.items[at].id, callout)) {
                *ret_callout = list.items[at];
                return true;
            }
        }
    }
    reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
    return false;
}

static void show_words(Scope *scope, Reply *reply, MatchId match, const Callout *callout, const Form *form) {
    CalloutWordsPage page = {.layout = layout_of(scope, reply, TEXT_CALLOUT_WORDS_TITLE),
                             .form = form,
                             .match = match,
                             .callout = callout->id,
                             .at = callout->at};
    page.layout.has_error = !form->is_valid;
    callout_words_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void callout_words_show(Get *get, MatchId id, CalloutId callout) {
    const Scope *scope = get->scope;
    Match match;
    Callout found;
    if (!find_own(scope, get->reply, id, callout, &match, &found)) {
        return;
    }
    Form form = form_empty(scope, words_fields, CALLOUT_WORDS_FIELDS);
    form_set_str(&form, CALLOUT_WORDS_HELPED, part2_open_own(scope, match.receiver, found.helped));
    form_set_str(&form, CALLOUT_WORDS_OTHERWISE, part2_open_own(scope, match.receiver, found.otherwise));
    form_set_on(&form, CALLOUT_WORDS_PART2, found.helped.is_marked);
    show_words(get->scope, get->reply, id, &found, &form);
}

void callout_words_do(Post *post, MatchId id, CalloutId callout) {
    const Form form = form_read(post->scope, post->input, words_fields, CALLOUT_WORDS_FIELDS);
    Match match;
    Callout found;
    if (!find_own(post->scope, post->reply, id, callout, &match, &found)) {
        return;
    }
    if (!form.is_valid) {
        show_words(post->scope, post->reply, id, &found, &form);
        return;
    }
    const CalloutWords words = {.helped = str_trim(form_str(&form, CALLOUT_WORDS_HELPED)),
                                .otherwise = str_trim(form_str(&form, CALLOUT_WORDS_OTHERWISE)),
                                .is_part2 = form_is_on(&form, CALLOUT_WORDS_PART2)};
    answer(post, id, callout_write_words(post->scope, post->tx, &match, callout, &words),
           TEXT_CALLOUT_HAS_WORDS);
}

void callout_step_do(Post *post, MatchId id, CalloutId callout) {
    const Form form = form_read(post->scope, post->input, step_fields, STEP_FIELDS);
    Match match;
    if (!form.is_valid || !match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    } else if (form_has(&form, STEP_DO, str_of(steps[0]))) {
        answer(post, id, callout_no_hello(post->scope, post->tx, &match), TEXT_CALLOUT_HAS_NO_HELLO);
    } else {
        answer(post, id, callout_remove(post->scope, post->tx, &match, callout), TEXT_CALLOUT_HAS_REMOVED);
    }
}
