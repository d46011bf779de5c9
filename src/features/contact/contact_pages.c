/* SPDX-License-Identifier: Apache-2.0 */
/* Logging a contact in half a minute, and writing beside one. */
#include "contact_html.h"
#include "features/account/account.h"
#include "features/consent/consent.h"
#include "features/contact/contact_form.h"
#include "features/contact/contact_view.h"
#include "features/program/program.h"
#include "features/promise/promise.h"
#include "features/youth/youth.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

/* ---- what can be chosen ---- */

static Option option(const Scope *scope, const char *value, Text label) {
    return (Option){.value = str_of(value), .label = text_str(scope->lang, label)};
}

static Options kind_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, CONTACT_MAIL, Option);
    for (ContactKind kind = CONTACT_CALL; kind <= CONTACT_MAIL; kind++) {
        items[kind - CONTACT_CALL] =
            option(scope, contact_kinds[kind - CONTACT_CALL], contact_kind_text(kind));
    }
    return (Options){.items = items, .count = CONTACT_MAIL};
}

/* Numbers of minutes; the last one says that it may be more. */
static void minutes_fill(const Scope *scope, Option *items, const char *const *lengths, Text most) {
    for (size_t at = 0; lengths[at] != NULL; at++) {
        const bool is_last = lengths[at + 1] == NULL;
        items[at] = (Option){.value = str_of(lengths[at]),
                             .label = is_last ? text_str(scope->lang, most) : str_of(lengths[at])};
    }
}

static Options minute_options(const Scope *scope) {
    enum { COUNT = CONTACT_MINUTES };
    Option *items = NEW_MANY(scope->arena, COUNT, Option);
    minutes_fill(scope, items, contact_minutes, TEXT_CONTACT_MINUTES_MOST);
    return (Options){.items = items, .count = COUNT};
}

/* In a list, where nothing need be said. */
static Options travel_options(const Scope *scope) {
    enum { COUNT = CONTACT_TRAVELS + 1 };
    Option *items = NEW_MANY(scope->arena, COUNT, Option);
    items[0] = option(scope, "", TEXT_CONTACT_TRAVEL_NONE);
    minutes_fill(scope, items + 1, contact_travels, TEXT_CONTACT_TRAVEL_MOST);
    return (Options){.items = items, .count = COUNT};
}

static Options venue_options(const Scope *scope) {
    enum { COUNT = CONTACT_VENUE_OFFICE + 1 };
    Option *items = NEW_MANY(scope->arena, COUNT, Option);
    items[0] = option(scope, "", TEXT_CONTACT_VENUE_UNSAID);
    for (ContactVenue venue = CONTACT_VENUE_HOME; venue <= CONTACT_VENUE_OFFICE; venue++) {
        items[venue] = option(scope, contact_venues[venue - CONTACT_VENUE_HOME], contact_venue_text(venue));
    }
    return (Options){.items = items, .count = COUNT};
}

static Options support_options(const Scope *scope) {
    enum { COUNT = CONTACT_SUPPORTS };
    Option *items = NEW_MANY(scope->arena, COUNT, Option);
    for (unsigned at = 0; at < COUNT; at++) {
        items[at] = option(scope, contact_supports[at], contact_support_text((ContactSupport)(1U << at)));
    }
    return (Options){.items = items, .count = COUNT};
}

static Options day_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, 3, Option);
    items[0] = option(scope, contact_days[0], TEXT_CONTACT_TODAY);
    items[1] = option(scope, contact_days[1], TEXT_CONTACT_YESTERDAY);
    items[2] = option(scope, contact_days[2], TEXT_CONTACT_OTHER_DAY);
    return (Options){.items = items, .count = 3};
}

static Options promise_day_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, PROMISE_DAYS, Option);
    for (PromiseDay day = PROMISE_TODAY; day < PROMISE_DAYS; day++) {
        items[day] = option(scope, promise_day_names[day], promise_day_text(day));
    }
    return (Options){.items = items, .count = PROMISE_DAYS};
}

/* ---- the log ---- */

static ContactQuestions questions_of(const Scope *scope, const Form *form, Str first_day, Str last_day) {
    return (ContactQuestions){
        .form = form,
        .kinds = kind_options(scope),
        .minutes = minute_options(scope),
        .venues = venue_options(scope),
        .travels = travel_options(scope),
        .support = support_options(scope),
        .days = day_options(scope),
        .promise_days = promise_day_options(scope),
        .is_more_open =
            form->is_sent &&
            (!form->is_valid || !str_is_empty(form_str(form, CONTACT_LOG_LINE)) ||
             !str_is_empty(form_str(form, CONTACT_LOG_PROMISE)) ||
             form_many(form, CONTACT_LOG_DONE).count > 0 || form_many(form, CONTACT_LOG_OTHERS).count > 0),
        .first_day = first_day,
        .last_day = last_day,
    };
}

const ContactQuestions *contact_questions_empty(const Scope *scope) {
    Form *form = NEW(scope->arena, Form);
    *form = contact_log_empty(scope);
    ContactQuestions *questions = NEW(scope->arena, ContactQuestions);
    *questions = questions_of(scope, form, STR(""), STR(""));
    return questions;
}

static Options other_options(const Scope *scope, const Match *match) {
    const ContactOtherList others = contact_others(scope, match);
    Option *items = NEW_MANY(scope->arena, others.count, Option);
    for (size_t at = 0; at < others.count; at++) {
        items[at] = (Option){.value = ui_id_value(scope->arena, others.items[at].match.value),
                             .label = others.items[at].called};
    }
    return (Options){.items = items, .count = others.count};
}

static Options done_options(const Scope *scope, ProgramId program) {
    const ListItems list = program_items(scope, program, LIST_ACTIVITY);
    Option *items = NEW_MANY(scope->arena, list.count, Option);
    for (size_t at = 0; at < list.count; at++) {
        items[at] = (Option){.value = ui_id_value(scope->arena, list.items[at].id.value),
                             .label = list.items[at].label};
    }
    return (Options){.items = items, .count = list.count};
}

static void show_log(Scope *scope, Reply *reply, const Match *match, const Form *form) {
    const Words words = scope_words(scope);
    ContactLogPage page = {
        .layout = layout_titled(scope, reply, text_contact_title(&words, match->receiver_called)),
        .match = *match,
        .questions =
            questions_of(scope, form, date_write(scope->arena, zone_date(scope->zone, match->began_at)),
                         date_write(scope->arena, zone_date(scope->zone, scope->now))),
        .may_leave_message = contact_may_leave_message(scope, match),
    };
    page.questions.others = other_options(scope, match);
    page.questions.done = done_options(scope, match->program);
    if (contact_flow_wish(scope, match->id).is_open) {
        page.questions.flows = contact_flow_options(scope);
    }
    page.layout.has_error = !form->is_valid;
    contact_log_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void contact_log_show(Get *get, MatchId id) {
    Match match;
    if (!match_find(get->scope, id, &match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Form form = contact_log_empty(get->scope);
    show_log(get->scope, get->reply, &match, &form);
}

void contact_log_save(Post *post, MatchId id) {
    Match match;
    if (!match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    ContactLog log;
    Form form = contact_log_read(post->scope, &match, post->input, post->scope->now, &log);
    if (match.state != MATCH_ENDED && !form.is_valid) {
        show_log(post->scope, post->reply, &match, &form);
        return;
    }
    switch (contact_log(post->scope, post->tx, &match, &log)) {
    case CONTACT_LOGGED:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, id), TEXT_CONTACT_SAVED);
        return;
    case CONTACT_OVER:
        reply_sorry(post->reply, 409, TEXT_CONTACT_OVER);
        return;
    case CONTACT_TOO_EARLY:
        form_error(&form, CONTACT_LOG_OTHERS, TEXT_CONTACT_OTHERS_EARLY);
        show_log(post->scope, post->reply, &match, &form);
        return;
    case CONTACT_NOT_SHARED:
    case CONTACT_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

/* ---- writing beside a contact ---- */

Strs contact_activities_shown(const Scope *scope, const Part2Notice *notice, const Contact *contact,
                              PersonId receiver) {
    Str *items = NEW_MANY(scope->arena, contact->activities.count, Str);
    for (size_t at = 0; at < contact->activities.count; at++) {
        items[at] = part2_open_about(notice, receiver, contact->activities.items[at]);
    }
    return (Strs){.items = items, .count = contact->activities.count};
}

enum { BESIDE_WORDS, BESIDE_KEPT, BESIDE_PART2, BESIDE_FIELDS };
static const Field beside_fields[] = {
    [BESIDE_WORDS] = {.name = "words",
                      .kind = FIELD_WORDS,
                      .is_required = true,
                      .most_characters = 2000,
                      .missing = TEXT_CONTACT_WORDS_MISSING},
    [BESIDE_KEPT] = {.name = "kept", .kind = FIELD_SWITCH},
    [BESIDE_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { KEEP_KEEP, KEEP_FIELDS };
static const char *const keep_values[] = {"yes", "no", NULL};
static const Field keep_fields[] = {
    [KEEP_KEEP] = {.name = "keep", .kind = FIELD_CHOICE, .is_required = true, .choices = keep_values},
};

static void show_beside(Scope *scope, Reply *reply, ContactId id, const Form *form) {
    ContactAnswerPage page = {.layout = layout_of(scope, reply, TEXT_CONTACT_ANSWER_TITLE), .form = form};
    Match match;
    if (!contact_find(scope, id, &page.shown.contact) ||
        !match_find(scope, page.shown.contact.match, &match)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.may_keep = person_id_equal(match.receiver, scope->actor);
    page.must_tell = program_words(
        scope, match.program, youth_is(scope, match.receiver) ? PROGRAM_MUST_TELL_YOUNG : PROGRAM_MUST_TELL);
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, match.request, match.giver));
    page.shown.line = part2_open_about(notice, match.receiver, page.shown.contact.line);
    page.shown.activities = contact_activities_shown(scope, notice, &page.shown.contact, match.receiver);
    page.layout.has_error = !form->is_valid;
    contact_answer_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void contact_answer_show(Get *get, ContactId contact) {
    Form form = form_empty(get->scope, beside_fields, BESIDE_FIELDS);
    show_beside(get->scope, get->reply, contact, &form);
}

void contact_answer_do(Post *post, ContactId id) {
    Form form = form_read(post->scope, post->input, beside_fields, BESIDE_FIELDS);
    Contact contact;
    if (!form.is_valid || !contact_find(post->scope, id, &contact)) {
        show_beside(post->scope, post->reply, id, &form);
        return;
    }
    contact_answer(post->scope, post->tx, id, form_str(&form, BESIDE_WORDS), form_is_on(&form, BESIDE_KEPT),
                   form_is_on(&form, BESIDE_PART2));
    reply_redirect_saying(post->reply, url_match_show(post->scope->arena, contact.match),
                          TEXT_CONTACT_ANSWERED);
}

void contact_answer_keep_do(Post *post, ContactId id, ContactAnswerId answer) {
    const Form form = form_read(post->scope, post->input, keep_fields, KEEP_FIELDS);
    Contact contact;
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (!contact_find(post->scope, id, &contact) ||
        !contact_answer_keep(post->scope, post->tx, id, answer, form_has(&form, KEEP_KEEP, STR("yes")))) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    reply_redirect_saying(post->reply, url_match_show(post->scope->arena, contact.match), TEXT_UI_SAVED);
}
