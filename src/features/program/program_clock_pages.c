/* SPDX-License-Identifier: Apache-2.0 */
/* How long things may take in a program: one page with all its clocks. */
#include "features/program/program_settings_pages.h"
#include "features/program/program_start.h"
#include "features/program/program_view.h"
#include "program_html.h"
#include "routes.h"
#include "texts.h"

static const Text labels[CLOCK_COUNT] = {
    [CLOCK_REPLY] = TEXT_PROGRAM_CLOCK_1,           [CLOCK_SHORTLIST] = TEXT_PROGRAM_CLOCK_2,
    [CLOCK_SHORTLIST_LATE] = TEXT_PROGRAM_CLOCK_3,  [CLOCK_CHOICE] = TEXT_PROGRAM_CLOCK_4,
    [CLOCK_FIRST_CONTACT] = TEXT_PROGRAM_CLOCK_5,   [CLOCK_FIRST_CONTACT_LATE] = TEXT_PROGRAM_CLOCK_6,
    [CLOCK_RHYTHM] = TEXT_PROGRAM_CLOCK_7,          [CLOCK_CHECKIN_FIRST] = TEXT_PROGRAM_CLOCK_8,
    [CLOCK_CHECKIN_SECOND] = TEXT_PROGRAM_CLOCK_9,  [CLOCK_CHECKIN_LATER] = TEXT_PROGRAM_CLOCK_10,
    [CLOCK_LOAD_VOLUNTEER] = TEXT_PROGRAM_CLOCK_11, [CLOCK_LOAD_EMPLOYED] = TEXT_PROGRAM_CLOCK_12,
    [CLOCK_REMINDER] = TEXT_PROGRAM_CLOCK_13,
};

static const Text unit_labels[] = {
    [UNIT_HOURS] = TEXT_PROGRAM_UNIT_1,
    [UNIT_DAYS] = TEXT_PROGRAM_UNIT_2,
    [UNIT_BUSINESS_DAYS] = TEXT_PROGRAM_UNIT_3,
    [UNIT_WEEKS] = TEXT_PROGRAM_UNIT_4,
};
static const char *const unit_values[] = {"hours", "days", "work-days", "weeks", NULL};

/* A year in hours is the longest that any clock needs; a field stands for the clock with its number. */
#define AMOUNT(number)                                                                                       \
    { .name = "amount-" number, .kind = FIELD_NUMBER, .is_required = true, .least = 1, .most = 8784 }
#define UNIT(number)                                                                                         \
    { .name = "unit-" number, .kind = FIELD_CHOICE, .is_required = true, .choices = unit_values }
static const Field fields[] = {
    AMOUNT("1"),
    AMOUNT("2"),
    AMOUNT("3"),
    AMOUNT("4"),
    AMOUNT("5"),
    AMOUNT("6"),
    AMOUNT("7"),
    AMOUNT("8"),
    AMOUNT("9"),
    AMOUNT("10"),
    AMOUNT("11"),
    AMOUNT("12"),
    {.name = "amount-13", .kind = FIELD_NUMBER, .is_required = true, .most = 8784},
    UNIT("1"),
    UNIT("2"),
    UNIT("3"),
    UNIT("4"),
    UNIT("5"),
    UNIT("6"),
    UNIT("7"),
    UNIT("8"),
    UNIT("9"),
    UNIT("10"),
    UNIT("13"),
};
enum { CLOCK_FIELDS = sizeof fields / sizeof fields[0] };

/* All but the plain numbers. */
static bool has_unit(int clock) {
    return clock != CLOCK_LOAD_VOLUNTEER && clock != CLOCK_LOAD_EMPLOYED;
}
static size_t amount_field(int clock) {
    return (size_t)clock - 1;
}
static size_t unit_field(int clock) {
    size_t before = 0;
    for (int at = CLOCK_REPLY; at < clock; at++) {
        before += has_unit(at) ? 1 : 0;
    }
    return amount_field(CLOCK_COUNT) + before;
}

/* What we start with, as a sentence. */
static Str start_words(const Words *words, Clock start) {
    switch (start.unit) {
    case UNIT_HOURS:
        return text_program_clock_start_hours(words, start.amount);
    case UNIT_DAYS:
        return text_program_clock_start_days(words, start.amount);
    case UNIT_BUSINESS_DAYS:
        return text_program_clock_start_work_days(words, start.amount);
    case UNIT_WEEKS:
        return text_program_clock_start_weeks(words, start.amount);
    case UNIT_COUNT_OF:
        break;
    }
    return text_program_clock_start_count(words, start.amount);
}

static ClockRows rows_of(const Scope *scope) {
    ClockRow *rows = NEW_MANY(scope->arena, CLOCK_COUNT - 1, ClockRow);
    Words words = scope_words(scope);
    for (int clock = CLOCK_REPLY; clock < CLOCK_COUNT; clock++) {
        rows[clock - 1] = (ClockRow){
            .label = labels[clock],
            .amount = amount_field(clock),
            .unit = has_unit(clock) ? unit_field(clock) : amount_field(clock),
            .start = start_words(&words, program_start_clock((ClockKind)clock)),
        };
    }
    return (ClockRows){.items = rows, .count = CLOCK_COUNT - 1};
}

static Options units_of(const Scope *scope) {
    Option *options = NEW_MANY(scope->arena, UNIT_WEEKS, Option);
    for (int unit = UNIT_HOURS; unit <= UNIT_WEEKS; unit++) {
        options[unit - 1] = (Option){.value = str_of(unit_values[unit - 1]),
                                     .label = text_str(scope->lang, unit_labels[unit])};
    }
    return (Options){.items = options, .count = UNIT_WEEKS};
}

static void show_clocks(Scope *scope, Reply *reply, ProgramId program, const Form *form, Str changed) {
    Program found;
    if (!program_find(scope, program, &found)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    ClocksPage page = {
        .layout = layout_of(scope, reply, TEXT_PROGRAM_SETTINGS_CLOCKS),
        .program = found,
        .changed = changed,
        .form = form,
        .rows = rows_of(scope),
        .units = units_of(scope),
    };
    page.layout.has_error = !form->is_valid;
    program_clocks_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void program_clocks_show(Get *get, ProgramId program) {
    Form form = form_empty(get->scope, fields, CLOCK_FIELDS);
    for (int clock = CLOCK_REPLY; clock < CLOCK_COUNT; clock++) {
        Clock set = program_clock(get->scope, program, (ClockKind)clock);
        form_set_int(&form, amount_field(clock), set.amount);
        if (has_unit(clock) && set.unit >= UNIT_HOURS && set.unit <= UNIT_WEEKS) {
            form_set_str(&form, unit_field(clock), str_of(unit_values[set.unit - 1]));
        }
    }
    show_clocks(get->scope, get->reply, program, &form, settings_changed_words(get, labels, CLOCK_COUNT));
}

static Clock clock_of(const Form *form, int clock) {
    Clock typed = {.amount = form_int(form, amount_field(clock), 1), .unit = UNIT_COUNT_OF};
    for (int unit = UNIT_HOURS; has_unit(clock) && unit <= UNIT_WEEKS; unit++) {
        if (form_has(form, unit_field(clock), str_of(unit_values[unit - 1]))) {
            typed.unit = (ClockUnit)unit;
        }
    }
    return typed;
}

void program_clocks_save(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, fields, CLOCK_FIELDS);
    if (!form.is_valid) {
        show_clocks(post->scope, post->reply, program, &form, STR_NONE);
        return;
    }
    Arena *arena = post->scope->arena;
    Buf changed = buf_new(arena, 256);
    for (int clock = CLOCK_REPLY; clock < CLOCK_COUNT; clock++) {
        Clock typed = clock_of(&form, clock);
        Clock set = program_clock(post->scope, program, (ClockKind)clock);
        if (typed.amount != set.amount || typed.unit != set.unit) {
            program_set_clock(post->tx, program, (ClockKind)clock, typed);
            buf_print(&changed, "%s%d", changed.length == 0 ? "" : ".", clock);
        }
    }
    Url url = url_program_clocks_show(arena, program);
    reply_redirect(post->reply, settings_changed(arena, url, buf_str(&changed)));
}
