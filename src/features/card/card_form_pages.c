/* SPDX-License-Identifier: Apache-2.0 */
/* The form of a safety card: its fields, what goes in and out of them, and how hours are said. */
#include "features/card/card_clock.h"
#include "features/card/card_hours.h"
#include "features/card/card_view.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "texts.h"

const char *const card_hours_kinds[] = {"any", "only", "never", NULL};
const char *const card_hours_days[] = {"1", "2", "3", "4", "5", "6", "0", NULL};
static const char *const reader_values[] = {"giver", "coordinator", NULL};
/* In the order of CardPart. */
static const char *const part_values[CARD_PARTS + 1] = {"safe", "call", "not-call", "worse", "helps", NULL};

#define WORDS_FIELD(field_name)                                                                              \
    { .name = (field_name), .kind = FIELD_WORDS, .most_characters = CARD_WORDS_MOST }

static const Field fields[CARD_FIELDS] = {
    WORDS_FIELD("safe"),
    WORDS_FIELD("call"),
    WORDS_FIELD("not-call"),
    WORDS_FIELD("worse"),
    WORDS_FIELD("helps"),
    CARD_HOURS_TABLE,
    {.name = "unsafe", .kind = FIELD_IDS},
    {.name = "reader", .kind = FIELD_SET, .choices = reader_values},
    {.name = "kept", .kind = FIELD_SET, .choices = part_values},
    {.name = "part2", .kind = FIELD_SWITCH},
};

Text card_part_hint(CardPart part) {
    static const Text texts[CARD_PARTS] = {
        [CARD_SAFE] = TEXT_CARD_SAFE_HINT,         [CARD_CALL] = TEXT_CARD_CALL_HINT,
        [CARD_NOT_CALL] = TEXT_CARD_NOT_CALL_HINT, [CARD_WORSE] = TEXT_CARD_WORSE_HINT,
        [CARD_HELPS] = TEXT_CARD_HELPS_HINT,
    };
    return texts[part];
}

/* ---- saying hours ---- */

/* "Monday, Tuesday", from Monday on; two groups that everybody has a word for are said by it. */
static Str days_words(const Scope *scope, unsigned days) {
    enum { EVERY_DAY = 0x7f, WORK_DAYS = 0x3e };
    if (days == EVERY_DAY || days == WORK_DAYS) {
        return text_str(scope->lang, days == EVERY_DAY ? TEXT_CARD_EVERY_DAY : TEXT_CARD_WORK_DAYS);
    }
    Buf words = buf_new(scope->arena, 512);
    for (int at = 1; at <= 7; at++) {
        const int weekday = at % 7;
        if ((days & 1U << weekday) != 0) {
            buf_add(&words, words.length == 0 ? STR("") : STR(", "));
            buf_add(&words, text_str(scope->lang, card_day_text(weekday)));
        }
    }
    return buf_str(&words);
}

static Str clock_words(const Scope *scope, int minute) {
    Buf words = buf_new(scope->arena, 64);
    text_add_clock(&words, scope->lang, minute / 60, minute % 60);
    return buf_str(&words);
}

Strs card_hours_words(const Scope *scope, const SafetyHours *hours) {
    const Words words = scope_words(scope);
    Str *lines = NEW_MANY(scope->arena, SAFETY_WINDOWS_MOST, Str);
    for (size_t at = 0; at < hours->count; at++) {
        const SafetyWindow *window = &hours->windows[at];
        const Str days = days_words(scope, window->days);
        const Str from = clock_words(scope, window->from);
        const Str to = clock_words(scope, window->to);
        lines[at] = window->from < window->to || window->to == 0
                        ? text_card_window(&words, days, from, to)
                        : text_card_window_over(&words, days, from, to);
    }
    return (Strs){.items = lines, .count = hours->count};
}

/* ---- a card into the form ---- */

static Str clock_value(Arena *arena, int minute) {
    return str_print(arena, "%02d:%02d", minute / 60, minute % 60);
}

static void set_window(const Scope *scope, Form *form, size_t field, const SafetyWindow *window) {
    Str *days = NEW_MANY(scope->arena, 7, Str);
    size_t count = 0;
    for (size_t day = 0; card_hours_days[day] != NULL; day++) {
        if ((window->days & 1U << (card_hours_days[day][0] - '0')) != 0) {
            days[count++] = str_of(card_hours_days[day]);
        }
    }
    form_set_many(form, field, (Strs){.items = days, .count = count});
    form_set_str(form, field + 1, clock_value(scope->arena, window->from));
    form_set_str(form, field + 2, clock_value(scope->arena, window->to));
}

void card_hours_set(const Scope *scope, Form *form, size_t field, const SafetyHours *hours, Str zone) {
    form_set_str(form, field + CARD_HOURS_KIND, str_of(card_hours_kinds[hours->kind]));
    for (size_t at = 0; at < hours->count; at++) {
        set_window(scope, form, field + CARD_HOURS_WINDOWS + at * 3, &hours->windows[at]);
    }
    form_set_str(form, field + CARD_HOURS_ZONE, zone);
}

Form card_form(const Scope *scope, const Card *card, ContactPoints points) {
    Form form = form_empty(scope, fields, CARD_FIELDS);
    for (size_t part = 0; part < CARD_PARTS; part++) {
        form_set_str(&form, CARD_FIELD_WORDS + part, part2_open_own(scope, scope->actor, card->words[part]));
    }
    card_hours_set(scope, &form, CARD_FIELD_HOURS, &card->rules.hours, card->rules.zone);
    Str *unsafe = NEW_MANY(scope->arena, points.count, Str);
    size_t count = 0;
    for (size_t at = 0; at < points.count; at++) {
        if (points.items[at].is_unsafe) {
            unsafe[count++] = ui_id_value(scope->arena, points.items[at].id.value);
        }
    }
    form_set_many(&form, CARD_FIELD_UNSAFE, (Strs){.items = unsafe, .count = count});
    Str *readers = NEW_MANY(scope->arena, 2, Str);
    count = 0;
    if (card->rules.for_giver) {
        readers[count++] = str_of(reader_values[0]);
    }
    if (card->rules.for_coordinator) {
        readers[count++] = str_of(reader_values[1]);
    }
    form_set_many(&form, CARD_FIELD_READERS, (Strs){.items = readers, .count = count});
    Str *kept = NEW_MANY(scope->arena, CARD_PARTS, Str);
    count = 0;
    for (size_t part = 0; part < CARD_PARTS; part++) {
        if ((card->kept & 1U << part) != 0) {
            kept[count++] = str_of(part_values[part]);
        }
    }
    form_set_many(&form, CARD_FIELD_KEPT, (Strs){.items = kept, .count = count});
    form_set_on(&form, CARD_FIELD_PART2, card->is_part2);
    return form;
}

/* ---- and back ---- */

/* "17:05", as browsers write a time of day; -1: it is none. */
static int minute_of(Str text) {
    Str hour = STR_NONE;
    Str minute = STR_NONE;
    int64_t hours = 0;
    int64_t minutes = 0;
    if (!str_cut(text, ':', &hour, &minute) || !str_to_int(hour, 0, 23, &hours) ||
        !str_to_int(str_part(minute, 0, 2), 0, 59, &minutes)) {
        return -1;
    }
    return (int)(hours * 60 + minutes);
}

/* Narrowed to whole quarter hours: never a minute more than was said. */
static bool read_window(Form *form, size_t field, SafetyHours *hours) {
    const Strs days = form_many(form, field);
    const Str from = form_str(form, field + 1);
    const Str to = form_str(form, field + 2);
    if (days.count == 0 && str_is_empty(from) && str_is_empty(to)) {
        return true;
    }
    SafetyWindow window = {0};
    for (size_t day = 0; day < days.count; day++) {
        window.days |= 1U << (days.items[day].at[0] - '0');
    }
    if (window.days == 0) {
        form_error(form, field, TEXT_CARD_DAYS_MISSING);
    }
    const int begin = minute_of(from);
    const int end = minute_of(to);
    if (begin < 0) {
        form_error(form, field + 1, TEXT_CARD_TIME_WRONG);
    }
    if (end < 0) {
        form_error(form, field + 2, TEXT_CARD_TIME_WRONG);
    }
    window.from = (begin + SAFETY_QUARTER - 1) / SAFETY_QUARTER * SAFETY_QUARTER % SAFETY_DAY_MINUTES;
    window.to = end / SAFETY_QUARTER * SAFETY_QUARTER;
    const bool is_turned = begin < end && (window.from >= window.to || window.from < begin);
    if (!form->is_valid) {
        return false;
    }
    if (is_turned || !safety_window_is_valid(&window)) {
        form_error(form, field + 2, TEXT_CARD_WINDOW_WRONG);
        return false;
    }
    hours->windows[hours->count++] = window;
    return true;
}

SafetyHours card_hours_read(Form *form, size_t field) {
    SafetyHours hours = {.kind = SAFETY_ANY_TIME};
    if (zone_find(form_str(form, field + CARD_HOURS_ZONE)) == NULL) {
        form_error(form, field + CARD_HOURS_ZONE, TEXT_CARD_ZONE_WRONG);
    }
    if (form_has(form, field, STR("never"))) {
        hours.kind = SAFETY_NEVER;
        return hours;
    }
    if (!form_has(form, field, STR("only"))) {
        return hours;
    }
    hours.kind = SAFETY_ONLY_THEN;
    for (size_t at = 0; at < SAFETY_WINDOWS_MOST; at++) {
        (void)read_window(form, field + CARD_HOURS_WINDOWS + at * 3, &hours);
    }
    if (form->is_valid && hours.count == 0) {
        form_error(form, field, TEXT_CARD_WINDOWS_MISSING);
    }
    return hours;
}

Form card_form_read(const Scope *scope, const Input *input, CardNew *ret_card) {
    Form form = form_read(scope, input, fields, CARD_FIELDS);
    *ret_card =
        (CardNew){.is_part2 = form_is_on(&form, CARD_FIELD_PART2),
                  .rules = {.hours = card_hours_read(&form, CARD_FIELD_HOURS),
                            .zone = form_str(&form, CARD_FIELD_HOURS + CARD_HOURS_ZONE),
                            .for_giver = form_has(&form, CARD_FIELD_READERS, STR("giver")),
                            .for_coordinator = form_has(&form, CARD_FIELD_READERS, STR("coordinator"))}};
    for (size_t part = 0; part < CARD_PARTS; part++) {
        ret_card->words[part] = form_str(&form, CARD_FIELD_WORDS + part);
        ret_card->kept |= form_has(&form, CARD_FIELD_KEPT, str_of(part_values[part])) ? 1U << part : 0U;
    }
    return form;
}

/* ---- options ---- */

static Options options_of(const Scope *scope, const char *const *values, const Text *labels, size_t count) {
    Option *items = NEW_MANY(scope->arena, count, Option);
    for (size_t at = 0; at < count; at++) {
        items[at] = (Option){.value = str_of(values[at]), .label = text_str(scope->lang, labels[at])};
    }
    return (Options){.items = items, .count = count};
}

static Options zone_options(const Scope *scope, Str now) {
    Option *items = NEW_MANY(scope->arena, CARD_CLOCKS + 1, Option);
    bool is_known = false;
    for (size_t at = 0; at < CARD_CLOCKS; at++) {
        const Str zone = str_of(card_clocks[at].zone);
        items[at] = (Option){.value = zone, .label = text_str(scope->lang, card_clocks[at].label)};
        is_known = is_known || str_equal(zone, now);
    }
    items[CARD_CLOCKS] = (Option){.value = now, .label = now};
    return (Options){.items = items, .count = is_known ? CARD_CLOCKS : CARD_CLOCKS + 1};
}

void card_hours_options(const Scope *scope, Str zone, Options *ret_days, Options *ret_zones) {
    static const Text short_days[7] = {TEXT_CARD_SUN, TEXT_CARD_MON, TEXT_CARD_TUE, TEXT_CARD_WED,
                                       TEXT_CARD_THU, TEXT_CARD_FRI, TEXT_CARD_SAT};
    Text days[7];
    for (size_t at = 0; at < 7; at++) {
        days[at] = short_days[card_hours_days[at][0] - '0'];
    }
    *ret_days = options_of(scope, card_hours_days, days, 7);
    *ret_zones = zone_options(scope, zone);
}

void card_form_options(const Scope *scope, CardEditPage *page, Str zone, ContactPoints points) {
    static const Text kinds[] = {TEXT_CARD_HOURS_ANY, TEXT_CARD_HOURS_ONLY, TEXT_CARD_HOURS_NEVER};
    static const Text readers[] = {TEXT_CARD_READER_GIVER, TEXT_CARD_READER_COORDINATOR};
    page->kinds = options_of(scope, card_hours_kinds, kinds, 3);
    page->readers = options_of(scope, reader_values, readers, 2);
    Text parts[CARD_PARTS];
    for (size_t part = 0; part < CARD_PARTS; part++) {
        parts[part] = card_part_text((CardPart)part);
    }
    page->parts = options_of(scope, part_values, parts, CARD_PARTS);
    card_hours_options(scope, zone, &page->days, &page->zones);
    Option *ways = NEW_MANY(scope->arena, points.count, Option);
    for (size_t at = 0; at < points.count; at++) {
        ways[at] = (Option){.value = ui_id_value(scope->arena, points.items[at].id.value),
                            .label = points.items[at].value};
    }
    page->ways = (Options){.items = ways, .count = points.count};
}
