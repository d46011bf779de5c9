/* SPDX-License-Identifier: Apache-2.0 */
/* The form of the log: what it asks, and what was answered. */
#include "features/contact/contact_form.h"

#include "platform/http/form.h"
#include "platform/zone/zone.h"
#include "texts.h"

const char *const contact_outcomes[] = {"talked", "no-answer", "left-message", "wrong-number", NULL};
const char *const contact_kinds[] = {"call", "text", "visit", "video", "mail", NULL};
const char *const contact_minutes[CONTACT_MINUTES + 1] = {"5", "15", "30", "45", "60", NULL};
const char *const contact_venues[] = {"home", "school", "program", "out", "office", NULL};
const char *const contact_travels[CONTACT_TRAVELS + 1] = {"15", "30", "60", "90", "120", NULL};
const char *const contact_supports[CONTACT_SUPPORTS + 1] = {"emotional", "informational", "instrumental",
                                                            "affiliational", NULL};
const char *const contact_days[] = {"today", "yesterday", "day", NULL};
const char *const contact_flows[] = {"gave", "received", "both", NULL}; /* as ContactFlow, from 1 */

static const Field fields[CONTACT_LOG_FIELDS] = {
    [CONTACT_LOG_OUTCOME] = {.name = "outcome",
                             .kind = FIELD_CHOICE,
                             .is_required = true,
                             .choices = contact_outcomes},
    [CONTACT_LOG_KIND] = {.name = "kind", .kind = FIELD_CHOICE, .choices = contact_kinds},
    [CONTACT_LOG_MINUTES] = {.name = "minutes", .kind = FIELD_CHOICE, .choices = contact_minutes},
    [CONTACT_LOG_SUPPORT] = {.name = "support", .kind = FIELD_SET, .choices = contact_supports},
    [CONTACT_LOG_LINE] = {.name = "line", .kind = FIELD_LINE, .most_characters = 500},
    [CONTACT_LOG_WHEN] = {.name = "when", .kind = FIELD_CHOICE, .choices = contact_days},
    [CONTACT_LOG_DAY] = {.name = "day", .kind = FIELD_LINE, .most_characters = 10},
    [CONTACT_LOG_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [CONTACT_LOG_PROMISE] = {.name = "promise", .kind = FIELD_LINE, .most_characters = 200},
    [CONTACT_LOG_PROMISE_DAY] = {.name = "promise_day", .kind = FIELD_CHOICE, .choices = promise_day_names},
    [CONTACT_LOG_VENUE] = {.name = "venue", .kind = FIELD_CHOICE, .choices = contact_venues},
    [CONTACT_LOG_TRAVEL] = {.name = "travel", .kind = FIELD_CHOICE, .choices = contact_travels},
    [CONTACT_LOG_FLOW] = {.name = "flow", .kind = FIELD_CHOICE, .choices = contact_flows},
    [CONTACT_LOG_OTHERS] = {.name = "others", .kind = FIELD_IDS},
    [CONTACT_LOG_DONE] = {.name = "done", .kind = FIELD_IDS},
};

/* The moment that is meant, at this time of day: who writes it down later remembers the day, not the minute.
 * Never before the two knew each other. False: a day that cannot be. */
static bool read_moment(const Scope *scope, const Match *match, const Form *form, Time written_at,
                        Time *ret_at) {
    LocalTime local = zone_local(scope->zone, written_at);
    const int64_t today = date_days(local.date);
    int64_t day = today;
    if (form_has(form, CONTACT_LOG_WHEN, STR("yesterday"))) {
        day = today - 1;
    } else if (form_has(form, CONTACT_LOG_WHEN, STR("day"))) {
        const Date date = date_read(form_str(form, CONTACT_LOG_DAY));
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
        day == today ? written_at : time_after(zone_moment(scope->zone, local), written_at.us % TIME_SECOND);
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

ContactFlow contact_flow_of(Str word) {
    for (size_t at = 0; contact_flows[at] != NULL; at++) {
        if (str_equal(word, str_of(contact_flows[at]))) {
            return (ContactFlow)(CONTACT_FLOW_GAVE + at);
        }
    }
    return CONTACT_FLOW_UNSAID;
}

static ContactNew contact_of(const Form *form, MatchId match, Time at) {
    unsigned support = 0;
    for (unsigned bit = 0; contact_supports[bit] != NULL; bit++) {
        support |= form_has(form, CONTACT_LOG_SUPPORT, str_of(contact_supports[bit])) ? 1U << bit : 0U;
    }
    int64_t lasted = 0;
    (void)str_to_int(form_str(form, CONTACT_LOG_MINUTES), 0, 60, &lasted);
    int64_t travel = 0;
    (void)str_to_int(form_str(form, CONTACT_LOG_TRAVEL), 0, 120, &travel);
    const bool has_venue = !str_is_empty(form_str(form, CONTACT_LOG_VENUE));
    return (ContactNew){
        .match = match,
        .kind = (ContactKind)(CONTACT_CALL + choice_of(form, CONTACT_LOG_KIND, contact_kinds)),
        .outcome = (ContactOutcome)(CONTACT_TALKED + choice_of(form, CONTACT_LOG_OUTCOME, contact_outcomes)),
        .minutes = lasted,
        .support = support,
        .venue = has_venue
                     ? (ContactVenue)(CONTACT_VENUE_HOME + choice_of(form, CONTACT_LOG_VENUE, contact_venues))
                     : CONTACT_VENUE_NONE,
        .travel_minutes = travel,
        .line = form_str(form, CONTACT_LOG_LINE),
        .is_part2 = form_is_on(form, CONTACT_LOG_PART2),
        .flow = contact_flow_of(form_str(form, CONTACT_LOG_FLOW)),
        .at = at,
    };
}

/* More than a page offers at once is none of ours: the rules refuse what is not there. */
static size_t ids_taken(const Form *form, size_t field, size_t most, const int64_t **ret_ids) {
    const size_t count = form_ids(form, field, ret_ids);
    return count > most ? most : count;
}

static ContactOthers others_of(const Scope *scope, const Form *form) {
    const int64_t *ids = NULL;
    const size_t taken = ids_taken(form, CONTACT_LOG_OTHERS, CONTACT_OTHERS_MOST, &ids);
    MatchId *items = NEW_MANY(scope->arena, taken, MatchId);
    for (size_t at = 0; at < taken; at++) {
        items[at] = (MatchId){ids[at]};
    }
    return (ContactOthers){.items = items, .count = taken};
}

static ContactDone done_of(const Scope *scope, const Form *form) {
    const int64_t *ids = NULL;
    const size_t taken = ids_taken(form, CONTACT_LOG_DONE, CONTACT_DONE_MOST, &ids);
    ListItemId *items = NEW_MANY(scope->arena, taken, ListItemId);
    for (size_t at = 0; at < taken; at++) {
        items[at] = (ListItemId){ids[at]};
    }
    return (ContactDone){.items = items, .count = taken};
}

Form contact_log_empty(const Scope *scope) {
    Form form = form_empty(scope, fields, CONTACT_LOG_FIELDS);
    form_set_str(&form, CONTACT_LOG_KIND, str_of(contact_kinds[0]));
    form_set_str(&form, CONTACT_LOG_WHEN, str_of(contact_days[0]));
    form_set_str(&form, CONTACT_LOG_PROMISE_DAY, str_of(promise_day_names[PROMISE_IN_A_WEEK]));
    return form;
}

Form contact_log_read(const Scope *scope, const Match *match, const Input *input, Time written_at,
                      ContactLog *ret_log) {
    Form form = form_read(scope, input, fields, CONTACT_LOG_FIELDS);
    if (form_has(&form, CONTACT_LOG_OUTCOME, STR("talked")) &&
        str_is_empty(form_str(&form, CONTACT_LOG_MINUTES))) {
        form_error(&form, CONTACT_LOG_MINUTES, TEXT_CONTACT_MINUTES_MISSING);
    }
    Time at = written_at;
    if (form.is_valid && !read_moment(scope, match, &form, written_at, &at)) {
        form_error(&form, CONTACT_LOG_DAY, TEXT_CONTACT_DAY_WRONG);
    }
    *ret_log = (ContactLog){.contact = contact_of(&form, match->id, at),
                            .others = others_of(scope, &form),
                            .promise = form_str(&form, CONTACT_LOG_PROMISE),
                            .promise_day = promise_day_of(form_str(&form, CONTACT_LOG_PROMISE_DAY)),
                            .written_at = written_at};
    ret_log->contact.done = done_of(scope, &form);
    return form;
}
