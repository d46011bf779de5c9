/* SPDX-License-Identifier: Apache-2.0 */
/* Proposing times, answering them, moving and cancelling. */
#include "features/card/card_clock.h"
#include "features/consent/consent.h"
#include "features/meeting/meeting_view.h"
#include "meeting_html.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { HALF_HOURS = 48, HALF_HOUR = 30, DAYS_AHEAD = 365 };

#define HOUR(hour) hour ":00", hour ":30"
static const char *const half_hours[HALF_HOURS + 1] = {
    HOUR("00"), HOUR("01"), HOUR("02"), HOUR("03"), HOUR("04"), HOUR("05"), HOUR("06"),
    HOUR("07"), HOUR("08"), HOUR("09"), HOUR("10"), HOUR("11"), HOUR("12"), HOUR("13"),
    HOUR("14"), HOUR("15"), HOUR("16"), HOUR("17"), HOUR("18"), HOUR("19"), HOUR("20"),
    HOUR("21"), HOUR("22"), HOUR("23"), NULL,
};
static const char usual_hour[] = "15:00";
static const char *const lengths[] = {"15", "30", "45", "60", "90", "120", NULL};
enum { LENGTHS = sizeof lengths / sizeof lengths[0] - 1 };
/* In the order of the enum, from 1. */
static const char *const hows[] = {"call", "video", "visit", NULL};

/* A day and a time for each choice, the first of which is needed; behind them what a new one says besides. */
enum { NEW_MINUTES = 2 * MEETING_TIMES, NEW_HOW, NEW_PLACE, NEW_PART2, NEW_FIELDS };
enum { TIMES_FIELDS = 2 * MEETING_TIMES };
#define DAY_FIELD(number)                                                                                    \
    { .name = "day" number, .kind = FIELD_LINE, .most_characters = 10 }
#define TIME_FIELD(number)                                                                                   \
    { .name = "time" number, .kind = FIELD_CHOICE, .choices = half_hours }
static const Field new_fields[] = {
    DAY_FIELD("1"),
    TIME_FIELD("1"),
    DAY_FIELD("2"),
    TIME_FIELD("2"),
    DAY_FIELD("3"),
    TIME_FIELD("3"),
    [NEW_MINUTES] = {.name = "minutes", .kind = FIELD_CHOICE, .is_required = true, .choices = lengths},
    [NEW_HOW] = {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = hows},
    [NEW_PLACE] = {.name = "place", .kind = FIELD_LINE, .most_characters = 200},
    [NEW_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { ANSWER_TIME, ANSWER_HOW, ANSWER_FIELDS };
static const char *const answers[] = {"let-be", NULL};
static const Field answer_fields[] = {
    [ANSWER_TIME] = {.name = "time", .kind = FIELD_NUMBER, .least = 1, .most = INT64_MAX},
    [ANSWER_HOW] = {.name = "how", .kind = FIELD_CHOICE, .choices = answers},
};

/* ---- meetings as they are shown ---- */

static MeetingTimesShown times_shown(const Words *words, MeetingClock clock, const MeetingTimes *times) {
    MeetingTimeShown *items = NEW_MANY(words->arena, times->count, MeetingTimeShown);
    for (size_t at = 0; at < times->count; at++) {
        items[at] =
            (MeetingTimeShown){.at = times->at[at], .when = meeting_when(words, clock, times->at[at])};
    }
    return (MeetingTimesShown){.items = items, .count = times->count};
}

static MeetingShown shown_of(const Scope *scope, const Part2Notice *notice, const MeetingWalk *walk,
                             const Meeting *meeting) {
    const Words words = scope_words(scope);
    const bool is_set = meeting->state == MEETING_SET;
    return (MeetingShown){.id = meeting->id,
                          .match = meeting->match,
                          .how = meeting->how,
                          .minutes = meeting->minutes,
                          .place = part2_open_about(notice, meeting->receiver, meeting->place),
                          .is_set = is_set,
                          .when = is_set ? meeting_when(&words, walk->clock, meeting->starts_at) : STR(""),
                          .has_begun = is_set && !time_is_before(scope->now, meeting->starts_at),
                          .waiting = times_shown(&words, walk->clock, &meeting->waiting),
                          .is_asked = person_id_equal(meeting->waiting_by, walk->other)};
}

MeetingsShown meetings_shown(const Scope *scope, const Part2Notice *notice, const MeetingWalk *walk,
                             Meetings meetings) {
    MeetingShown *items = NEW_MANY(scope->arena, meetings.count, MeetingShown);
    for (size_t at = 0; at < meetings.count; at++) {
        items[at] = shown_of(scope, notice, walk, &meetings.items[at]);
    }
    return (MeetingsShown){.items = items, .count = meetings.count};
}

static MeetingAskedsShown askeds_shown(const Scope *scope, const Words *words) {
    const MeetingAskeds asked = meeting_asked(scope);
    MeetingAskedShown *items = NEW_MANY(scope->arena, asked.count, MeetingAskedShown);
    for (size_t at = 0; at < asked.count; at++) {
        const MeetingAsked *one = &asked.items[at];
        items[at] = (MeetingAskedShown){.match = one->match,
                                        .id = one->meeting,
                                        .called = one->called,
                                        .first = meeting_when(words, one->clock, one->first_at),
                                        .more = one->times - 1};
    }
    return (MeetingAskedsShown){.items = items, .count = asked.count};
}

MeetingOwn meeting_own(const Scope *scope) {
    const Words words = scope_words(scope);
    const MeetingNext next = meeting_next(scope);
    const bool is_none = meeting_id_is_none(next.id);
    return (MeetingOwn){.match = next.match,
                        .id = next.id,
                        .called = next.called,
                        .how = next.how,
                        .when = is_none ? STR("") : meeting_when(&words, next.clock, next.starts_at),
                        .asked = askeds_shown(scope, &words)};
}

/* Under which consent the one who gives reads the place. */
static const Part2Notice *notice_of(const Scope *scope, Reply *reply, Layout *layout,
                                    const MeetingWalk *walk) {
    const PersonId with = person_id_equal(scope->actor, walk->giver) ? walk->giver : (PersonId){0};
    return part2_notice(reply, &layout->part2, consent_scope_words(scope, walk->request, with));
}

/* A walk in which people meet; else what the reader is told instead. */
static bool find_walk(const Scope *scope, Reply *reply, MatchId match, MeetingWalk *ret_walk) {
    if (!meeting_walk(scope, match, ret_walk) || !ret_walk->may_meet) {
        reply_sorry(reply, 409, TEXT_MEETING_NOT_IN_REST);
        return false;
    }
    return true;
}

static bool find_meeting(const Scope *scope, Reply *reply, MatchId match, MeetingId id, MeetingWalk *ret_walk,
                         Meeting *ret_meeting) {
    if (!find_walk(scope, reply, match, ret_walk)) {
        return false;
    }
    if (!meeting_find(scope, match, id, ret_meeting)) {
        reply_sorry(reply, 404, TEXT_MEETING_IS_GONE);
        return false;
    }
    return true;
}

/* ---- the form of times ---- */

static Options hour_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, HALF_HOURS, Option);
    for (int at = 0; at < HALF_HOURS; at++) {
        Buf label = buf_new(scope->arena, 64);
        text_add_clock(&label, scope->lang, at / 2, at % 2 * HALF_HOUR);
        items[at] = (Option){.value = str_of(half_hours[at]), .label = buf_str(&label)};
    }
    return (Options){.items = items, .count = HALF_HOURS};
}

static Options how_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, MEETING_VISIT, Option);
    for (MeetingHow how = MEETING_CALL; how <= MEETING_VISIT; how++) {
        items[how - MEETING_CALL] = (Option){.value = str_of(hows[how - MEETING_CALL]),
                                             .label = text_str(scope->lang, meeting_how_text(how))};
    }
    return (Options){.items = items, .count = MEETING_VISIT};
}

static Options minute_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, LENGTHS, Option);
    for (size_t at = 0; at < LENGTHS; at++) {
        items[at] = (Option){.value = str_of(lengths[at]), .label = str_of(lengths[at])};
    }
    return (Options){.items = items, .count = LENGTHS};
}

static int64_t today(const Scope *scope, MeetingClock clock) {
    return date_days(zone_date(clock.zone, scope->now));
}

/* Tomorrow afternoon, to be changed. */
static Form form_of(const Scope *scope, const MeetingWalk *walk, size_t count) {
    Form form = form_empty(scope, new_fields, count);
    form_set_str(&form, 0, date_write(scope->arena, calendar_date(today(scope, walk->clock) + 1)));
    for (size_t at = 0; at < MEETING_TIMES; at++) {
        form_set_str(&form, 2 * at + 1, str_of(usual_hour));
    }
    return form;
}

static MeetingTimesPage times_page(const Scope *scope, Reply *reply, const MeetingWalk *walk,
                                   const Form *form, Text title) {
    const int64_t first = today(scope, walk->clock);
    MeetingTimesPage page = {
        .layout = layout_of(scope, reply, title),
        .form = form,
        .match = walk->match,
        .other_called = walk->other_called,
        .zone = card_zone_words(scope->lang, walk->clock.name),
        .first_day = date_write(scope->arena, calendar_date(first)),
        .last_day = date_write(scope->arena, calendar_date(first + DAYS_AHEAD)),
        .hours = hour_options(scope),
    };
    page.layout.has_error = !form->is_valid;
    return page;
}

static int minute_of(const Form *form, size_t field) {
    int half = 0;
    while (half_hours[half + 1] != NULL && !form_has(form, field, str_of(half_hours[half]))) {
        half++;
    }
    return half * HALF_HOUR;
}

static Text reading_text(MeetingReading reading) {
    switch (reading) {
    case MEETING_READ:
        return TEXT_NONE;
    case MEETING_READ_SKIPPED:
        return TEXT_MEETING_TIME_SKIPPED;
    case MEETING_READ_PAST:
        return TEXT_MEETING_TIME_PAST;
    case MEETING_READ_FAR:
        break;
    }
    return TEXT_MEETING_TIME_FAR;
}

/* The times that were chosen; what is wrong with one stands beside it. */
static MeetingTimes read_times(const Scope *scope, const MeetingWalk *walk, Form *form) {
    MeetingTimes times = {.count = 0};
    for (size_t choice = 0; choice < MEETING_TIMES; choice++) {
        const size_t field = 2 * choice;
        const Str typed = form_str(form, field);
        if (str_is_empty(typed)) {
            continue;
        }
        Time time = TIME_NONE;
        const Date day = date_read(typed);
        if (date_is_none(day)) {
            form_error(form, field, TEXT_MEETING_DAY_WRONG);
            continue;
        }
        const Text wrong =
            reading_text(meeting_read(scope, walk->clock, day, minute_of(form, field + 1), &time));
        if (wrong != TEXT_NONE) {
            form_error(form, wrong == TEXT_MEETING_TIME_SKIPPED ? field + 1 : field, wrong);
            continue;
        }
        bool is_new = true;
        for (size_t at = 0; at < times.count; at++) {
            is_new = is_new && times.at[at].us != time.us;
        }
        if (is_new) {
            times.at[times.count++] = time;
        }
    }
    if (times.count == 0) {
        form_error(form, 0, TEXT_MEETING_DAY_MISSING); /* the first error of a field stays */
    }
    return times;
}

/* ---- a new one ---- */

static void show_new(const Scope *scope, Reply *reply, const MeetingWalk *walk, const Form *form) {
    MeetingTimesPage page = times_page(scope, reply, walk, form, TEXT_MEETING_PROPOSE);
    page.hows = how_options(scope);
    page.minutes = minute_options(scope);
    meeting_times_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void meeting_new_show(Get *get, MatchId match) {
    MeetingWalk walk;
    if (find_walk(get->scope, get->reply, match, &walk)) {
        Form form = form_of(get->scope, &walk, NEW_FIELDS);
        form_set_str(&form, NEW_MINUTES, STR("30"));
        form_set_str(&form, NEW_HOW, str_of(hows[0]));
        show_new(get->scope, get->reply, &walk, &form);
    }
}

static MeetingNew meeting_of(const Form *form) {
    MeetingNew meeting = {
        .how = MEETING_CALL, .place = form_str(form, NEW_PLACE), .is_part2 = form_is_on(form, NEW_PART2)};
    int64_t minutes = 0;
    (void)str_to_int(form_str(form, NEW_MINUTES), 1, MEETING_MINUTES_MOST, &minutes);
    meeting.minutes = (int)minutes;
    while (meeting.how < MEETING_VISIT &&
           !form_has(form, NEW_HOW, str_of(hows[meeting.how - MEETING_CALL]))) {
        meeting.how++;
    }
    return meeting;
}

void meeting_new_do(Post *post, MatchId match) {
    MeetingWalk walk;
    if (!find_walk(post->scope, post->reply, match, &walk)) {
        return;
    }
    Form form = form_read(post->scope, post->input, new_fields, NEW_FIELDS);
    const MeetingTimes times = read_times(post->scope, &walk, &form);
    if (!form.is_valid) {
        show_new(post->scope, post->reply, &walk, &form);
        return;
    }
    MeetingNew meeting = meeting_of(&form);
    meeting.times = times;
    MeetingId id;
    switch (meeting_propose(post->scope, post->tx, match, &meeting, &id)) {
    case MEETING_DONE:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, match),
                              TEXT_MEETING_IS_PROPOSED);
        return;
    case MEETING_FULL:
        form_error(&form, 0, TEXT_MEETING_FULL);
        show_new(post->scope, post->reply, &walk, &form);
        return;
    case MEETING_TAKEN:
    case MEETING_NOT_NOW:
    case MEETING_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_MEETING_NOT_IN_REST);
        return;
    }
}

/* ---- one of them ---- */

static void show_meeting(const Scope *scope, Reply *reply, const MeetingWalk *walk, const Meeting *meeting,
                         bool is_taken) {
    MeetingPage page = {.layout = layout_of(scope, reply, meeting_how_text(meeting->how)),
                        .other_called = walk->other_called,
                        .is_taken = is_taken};
    page.layout.has_error = is_taken;
    page.meeting = shown_of(scope, notice_of(scope, reply, &page.layout, walk), walk, meeting);
    meeting_page(reply_html(reply, is_taken ? 422 : 200), &page);
}

void meeting_show(Get *get, MatchId match, MeetingId id) {
    MeetingWalk walk;
    Meeting meeting;
    if (find_meeting(get->scope, get->reply, match, id, &walk, &meeting)) {
        show_meeting(get->scope, get->reply, &walk, &meeting, false);
    }
}

/* What follows from a tap, but for a time that is taken. */
static void answer(Post *post, MeetingResult result, MatchId match, Text said) {
    switch (result) {
    case MEETING_DONE:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, match), said);
        return;
    case MEETING_NOT_NOW:
        reply_sorry(post->reply, 409, TEXT_MEETING_NOT_IN_REST);
        return;
    case MEETING_FULL:
    case MEETING_TAKEN:
    case MEETING_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void meeting_answer_do(Post *post, MatchId match, MeetingId id) {
    const Form form = form_read(post->scope, post->input, answer_fields, ANSWER_FIELDS);
    const Time time = {form.is_valid ? form_int(&form, ANSWER_TIME, 0) : 0};
    const bool is_let_be = form_has(&form, ANSWER_HOW, STR("let-be"));
    if (time_is_none(time) == !is_let_be) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (is_let_be) {
        answer(post, meeting_let_be(post->scope, post->tx, match, id), match, TEXT_MEETING_IS_LET_BE);
        return;
    }
    const MeetingResult result = meeting_accept(post->scope, post->tx, match, id, time);
    MeetingWalk walk;
    Meeting meeting;
    if (result == MEETING_TAKEN && find_meeting(post->scope, post->reply, match, id, &walk, &meeting)) {
        show_meeting(post->scope, post->reply, &walk, &meeting, true);
    } else if (result != MEETING_TAKEN) {
        answer(post, result, match, TEXT_MEETING_IS_SET);
    }
}

static void show_others(const Scope *scope, Reply *reply, const MeetingWalk *walk, const Meeting *meeting,
                        const Form *form) {
    MeetingTimesPage page = times_page(
        scope, reply, walk, form, meeting->state == MEETING_SET ? TEXT_MEETING_MOVE : TEXT_MEETING_OTHERS);
    page.meeting = shown_of(scope, notice_of(scope, reply, &page.layout, walk), walk, meeting);
    meeting_times_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void meeting_times_show(Get *get, MatchId match, MeetingId id) {
    MeetingWalk walk;
    Meeting meeting;
    if (find_meeting(get->scope, get->reply, match, id, &walk, &meeting)) {
        const Form form = form_of(get->scope, &walk, TIMES_FIELDS);
        show_others(get->scope, get->reply, &walk, &meeting, &form);
    }
}

void meeting_times_do(Post *post, MatchId match, MeetingId id) {
    MeetingWalk walk;
    Meeting meeting;
    if (!find_meeting(post->scope, post->reply, match, id, &walk, &meeting)) {
        return;
    }
    Form form = form_read(post->scope, post->input, new_fields, TIMES_FIELDS);
    const MeetingTimes times = read_times(post->scope, &walk, &form);
    if (!form.is_valid) {
        show_others(post->scope, post->reply, &walk, &meeting, &form);
        return;
    }
    answer(post, meeting_propose_others(post->scope, post->tx, match, id, &times), match,
           meeting.state == MEETING_SET ? TEXT_MEETING_IS_MOVING : TEXT_MEETING_IS_PROPOSED);
}

void meeting_cancel_show(Get *get, MatchId match, MeetingId id) {
    MeetingWalk walk;
    Meeting meeting;
    if (!find_meeting(get->scope, get->reply, match, id, &walk, &meeting)) {
        return;
    }
    MeetingPage page = {.layout = layout_of(get->scope, get->reply, TEXT_MEETING_CANCEL),
                        .other_called = walk.other_called};
    page.meeting =
        shown_of(get->scope, notice_of(get->scope, get->reply, &page.layout, &walk), &walk, &meeting);
    meeting_cancel_page(reply_html(get->reply, 200), &page);
}

void meeting_cancel_do(Post *post, MatchId match, MeetingId id) {
    answer(post, meeting_cancel(post->scope, post->tx, match, id), match, TEXT_MEETING_IS_CANCELLED);
}
