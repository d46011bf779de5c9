/* SPDX-License-Identifier: Apache-2.0 */
/* Logging a contact in half a minute, and writing beside one. */
#include "contact_html.h"
#include "features/account/account.h"
#include "features/consent/consent.h"
#include "features/contact/contact_view.h"
#include "features/program/program.h"
#include "features/promise/promise.h"
#include "features/youth/youth.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum {
    LOG_OUTCOME,
    LOG_KIND,
    LOG_MINUTES,
    LOG_SUPPORT,
    LOG_LINE,
    LOG_WHEN,
    LOG_DAY,
    LOG_PART2,
    LOG_PROMISE,
    LOG_PROMISE_DAY,
    LOG_VENUE,
    LOG_TRAVEL,
    LOG_FIELDS
};
static const char *const outcomes[] = {"talked", "no-answer", "left-message", "wrong-number", NULL};
static const char *const kinds[] = {"call", "text", "visit", "video", "mail", NULL};
static const char *const minutes[] = {"5", "15", "30", "45", "60", NULL};
static const char *const venues[] = {"home", "school", "program", "out", "office", NULL};
static const char *const travels[] = {"15", "30", "60", "90", "120", NULL};
static const char *const supports[] = {"emotional", "informational", "instrumental", "affiliational", NULL};
static const char *const days[] = {"today", "yesterday", "day", NULL};
static const Field log_fields[] = {
    [LOG_OUTCOME] = {.name = "outcome", .kind = FIELD_CHOICE, .is_required = true, .choices = outcomes},
    [LOG_KIND] = {.name = "kind", .kind = FIELD_CHOICE, .choices = kinds},
    [LOG_MINUTES] = {.name = "minutes", .kind = FIELD_CHOICE, .choices = minutes},
    [LOG_SUPPORT] = {.name = "support", .kind = FIELD_SET, .choices = supports},
    [LOG_LINE] = {.name = "line", .kind = FIELD_LINE, .most_characters = 500},
    [LOG_WHEN] = {.name = "when", .kind = FIELD_CHOICE, .choices = days},
    [LOG_DAY] = {.name = "day", .kind = FIELD_LINE, .most_characters = 10},
    [LOG_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [LOG_PROMISE] = {.name = "promise", .kind = FIELD_LINE, .most_characters = 200},
    [LOG_PROMISE_DAY] = {.name = "promise_day", .kind = FIELD_CHOICE, .choices = promise_day_names},
    [LOG_VENUE] = {.name = "venue", .kind = FIELD_CHOICE, .choices = venues},
    [LOG_TRAVEL] = {.name = "travel", .kind = FIELD_CHOICE, .choices = travels},
};

/* ---- what can be chosen ---- */

static Option option(const Scope *scope, const char *value, Text label) {
    return (Option){.value = str_of(value), .label = text_str(scope->lang, label)};
}

static Options kind_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, CONTACT_MAIL, Option);
    for (ContactKind kind = CONTACT_CALL; kind <= CONTACT_MAIL; kind++) {
        items[kind - CONTACT_CALL] = option(scope, kinds[kind - CONTACT_CALL], contact_kind_text(kind));
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
    enum { COUNT = sizeof minutes / sizeof minutes[0] - 1 };
    Option *items = NEW_MANY(scope->arena, COUNT, Option);
    minutes_fill(scope, items, minutes, TEXT_CONTACT_MINUTES_MOST);
    return (Options){.items = items, .count = COUNT};
}

/* In a list, where nothing need be said. */
static Options travel_options(const Scope *scope) {
    enum { COUNT = sizeof travels / sizeof travels[0] };
    Option *items = NEW_MANY(scope->arena, COUNT, Option);
    items[0] = option(scope, "", TEXT_CONTACT_TRAVEL_NONE);
    minutes_fill(scope, items + 1, travels, TEXT_CONTACT_TRAVEL_MOST);
    return (Options){.items = items, .count = COUNT};
}

static Options venue_options(const Scope *scope) {
    enum { COUNT = sizeof venues / sizeof venues[0] };
    Option *items = NEW_MANY(scope->arena, COUNT, Option);
    items[0] = option(scope, "", TEXT_CONTACT_VENUE_UNSAID);
    for (ContactVenue venue = CONTACT_VENUE_HOME; venue <= CONTACT_VENUE_OFFICE; venue++) {
        items[venue] = option(scope, venues[venue - CONTACT_VENUE_HOME], contact_venue_text(venue));
    }
    return (Options){.items = items, .count = COUNT};
}

static Options support_options(const Scope *scope) {
    enum { COUNT = sizeof supports / sizeof supports[0] - 1 };
    Option *items = NEW_MANY(scope->arena, COUNT, Option);
    for (unsigned at = 0; at < COUNT; at++) {
        items[at] = option(scope, supports[at], contact_support_text((ContactSupport)(1U << at)));
    }
    return (Options){.items = items, .count = COUNT};
}

static Options day_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, 3, Option);
    items[0] = option(scope, days[0], TEXT_CONTACT_TODAY);
    items[1] = option(scope, days[1], TEXT_CONTACT_YESTERDAY);
    items[2] = option(scope, days[2], TEXT_CONTACT_OTHER_DAY);
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

static bool may_leave_message(const Scope *scope, const Match *match) {
    ContactPoints points = consent_reach(scope, match->request, match->receiver, match->giver);
    for (size_t at = 0; at < points.count; at++) {
        if (points.items[at].kind == CONTACT_POINT_PHONE && points.items[at].voicemail == SAFE_YES) {
            return true;
        }
    }
    return false;
}

static void show_log(Scope *scope, Reply *reply, const Match *match, const Form *form) {
    const Words words = scope_words(scope);
    ContactLogPage page = {
        .layout = layout_titled(scope, reply, text_contact_title(&words, match->receiver_called)),
        .form = form,
        .match = *match,
        .kinds = kind_options(scope),
        .minutes = minute_options(scope),
        .venues = venue_options(scope),
        .travels = travel_options(scope),
        .support = support_options(scope),
        .days = day_options(scope),
        .promise_days = promise_day_options(scope),
        .may_leave_message = may_leave_message(scope, match),
        .is_more_open = form->is_sent && (!form->is_valid || !str_is_empty(form_str(form, LOG_LINE)) ||
                                          !str_is_empty(form_str(form, LOG_PROMISE))),
        .first_day = date_write(scope->arena, zone_date(scope->zone, match->began_at)),
        .last_day = date_write(scope->arena, zone_date(scope->zone, scope->now)),
    };
    page.layout.has_error = !form->is_valid;
    contact_log_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void contact_log_show(Get *get, MatchId id) {
    Match match;
    if (!match_find(get->scope, id, &match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, log_fields, LOG_FIELDS);
    form_set_str(&form, LOG_KIND, str_of(kinds[0]));
    form_set_str(&form, LOG_WHEN, str_of(days[0]));
    form_set_str(&form, LOG_PROMISE_DAY, str_of(promise_day_names[PROMISE_IN_A_WEEK]));
    show_log(get->scope, get->reply, &match, &form);
}

/* The moment that is meant, at this time of day: who writes it down later remembers the day, not the minute.
 * Never before the two knew each other. False: a day that cannot be. */
static bool read_moment(const Scope *scope, const Match *match, const Form *form, Time *ret_at) {
    LocalTime local = zone_local(scope->zone, scope->now);
    const int64_t today = date_days(local.date);
    int64_t day = today;
    if (form_has(form, LOG_WHEN, STR("yesterday"))) {
        day = today - 1;
    } else if (form_has(form, LOG_WHEN, STR("day"))) {
        const Date date = date_read(form_str(form, LOG_DAY));
        if (date_is_none(date)) {
            return false;
        }
        day = date_days(date);
    }
    if (day > today || day < date_days(zone_date(scope->zone, match->began_at))) {
        return false;
    }
    local.date = calendar_date(day);
    Time at =
        day == today ? scope->now : time_after(zone_moment(scope->zone, local), scope->now.us % TIME_SECOND);
    *ret_at = time_is_before(at, match->began_at) ? match->began_at : at;
    return true;
}

static size_t choice_of(const Form *form, size_t field, const char *const *choices) {
    for (size_t at = 0; choices[at] != NULL; at++) {
        if (form_has(form, field, str_of(choices[at]))) {
            return at;
        }
    }
    return 0;
}

static ContactNew contact_of(const Form *form, MatchId match, Time at) {
    unsigned support = 0;
    for (unsigned bit = 0; supports[bit] != NULL; bit++) {
        support |= form_has(form, LOG_SUPPORT, str_of(supports[bit])) ? 1U << bit : 0U;
    }
    int64_t lasted = 0;
    (void)str_to_int(form_str(form, LOG_MINUTES), 0, 60, &lasted);
    int64_t travel = 0;
    (void)str_to_int(form_str(form, LOG_TRAVEL), 0, 120, &travel);
    const bool has_venue = !str_is_empty(form_str(form, LOG_VENUE));
    return (ContactNew){
        .match = match,
        .kind = (ContactKind)(CONTACT_CALL + choice_of(form, LOG_KIND, kinds)),
        .outcome = (ContactOutcome)(CONTACT_TALKED + choice_of(form, LOG_OUTCOME, outcomes)),
        .minutes = lasted,
        .support = support,
        .venue = has_venue ? (ContactVenue)(CONTACT_VENUE_HOME + choice_of(form, LOG_VENUE, venues))
                           : CONTACT_VENUE_NONE,
        .travel_minutes = travel,
        .line = form_str(form, LOG_LINE),
        .is_part2 = form_is_on(form, LOG_PART2),
        .at = at,
    };
}

void contact_log_save(Post *post, MatchId id) {
    Match match;
    if (!match_find(post->scope, id, &match) || match.state == MATCH_ENDED) {
        reply_sorry(post->reply, 409, TEXT_CONTACT_OVER);
        return;
    }
    Form form = form_read(post->scope, post->input, log_fields, LOG_FIELDS);
    if (form_has(&form, LOG_OUTCOME, STR("talked")) && str_is_empty(form_str(&form, LOG_MINUTES))) {
        form_error(&form, LOG_MINUTES, TEXT_CONTACT_MINUTES_MISSING);
    }
    Time at = post->scope->now;
    if (form.is_valid && !read_moment(post->scope, &match, &form, &at)) {
        form_error(&form, LOG_DAY, TEXT_CONTACT_DAY_WRONG);
    }
    if (!form.is_valid) {
        show_log(post->scope, post->reply, &match, &form);
        return;
    }
    ContactNew contact = contact_of(&form, id, at);
    contact_add(post->scope, post->tx, &contact);
    const Str promise = form_str(&form, LOG_PROMISE);
    if (!str_is_empty(promise)) {
        promise_add(post->scope, post->tx, &match,
                    &(PromiseNew){.words = promise,
                                  .day = promise_day_of(form_str(&form, LOG_PROMISE_DAY)),
                                  .is_part2 = contact.is_part2});
    }
    reply_redirect_saying(post->reply, url_match_show(post->scope->arena, id), TEXT_CONTACT_SAVED);
}

/* ---- writing beside a contact ---- */

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
