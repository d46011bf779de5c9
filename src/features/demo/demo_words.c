/* SPDX-License-Identifier: Apache-2.0 */
/* Chance, the time of day, and the tables of sentences that the made-up people speak in. */
#include "features/demo/demo_parts.h"
#include "texts.h"

/* ---- chance and time ---- */

int64_t demo_below(Demo *demo, int64_t limit) {
    return (int64_t)random_below(&demo->random, (uint64_t)limit);
}

bool demo_chance(Demo *demo, int percent) {
    return demo_below(demo, 100) < percent;
}

Time demo_day(Demo *demo, Time from, int64_t least_us, int64_t most_us) {
    const Time moment = time_after(from, least_us + demo_below(demo, most_us - least_us + 1));
    if (least_us < 12 * TIME_HOUR) {
        return moment;
    }
    /* People call by day: between 14 and 24 hours UTC, which is day in America. */
    const int64_t day = moment.us / TIME_DAY * TIME_DAY;
    const Time by_day = {day + 14 * TIME_HOUR + demo_below(demo, 10 * TIME_HOUR)};
    return time_is_before(from, by_day) ? by_day : moment;
}

Time demo_later(Demo *demo, Time from, int64_t least_us, int64_t most_us) {
    const Time moment = demo_day(demo, from, least_us, most_us);
    if (time_is_before(from, moment) && !time_is_before(demo->end, moment)) {
        return moment;
    }
    const int64_t left = time_between(from, demo->end);
    return left < 2 ? demo->end : time_after(from, 1 + demo_below(demo, left / 2));
}

Time demo_due(const Demo *demo, ClockKind clock, Time from) {
    return program_clock_due(demo->program.zone, demo->program.clocks[clock], from);
}

void demo_pass(Demo *demo, int64_t least_us, int64_t most_us) {
    demo->scope.now = demo_later(demo, demo->scope.now, least_us, most_us);
}

/* ---- words ---- */

#define WORDS_OF(table)                                                                                      \
    { .items = (table), .count = sizeof(table) / sizeof((table)[0]) }

typedef struct DemoTexts {
    const Text *items;
    size_t count;
} DemoTexts;

static const Text hopes[] = {TEXT_DEMO_HOPES_1, TEXT_DEMO_HOPES_2, TEXT_DEMO_HOPES_3,
                             TEXT_DEMO_HOPES_4, TEXT_DEMO_HOPES_5, TEXT_DEMO_HOPES_6};
static const Text safe[] = {TEXT_DEMO_SAFE_1, TEXT_DEMO_SAFE_2, TEXT_DEMO_SAFE_3, TEXT_DEMO_SAFE_4};
static const Text reached[] = {TEXT_DEMO_REACHED_1, TEXT_DEMO_REACHED_2, TEXT_DEMO_REACHED_3,
                               TEXT_DEMO_REACHED_4};
static const Text not_reached[] = {TEXT_DEMO_NOT_REACHED_1, TEXT_DEMO_NOT_REACHED_2};
static const Text line[] = {TEXT_DEMO_LINE_1, TEXT_DEMO_LINE_2, TEXT_DEMO_LINE_3};
static const Text told[] = {TEXT_DEMO_TOLD_1, TEXT_DEMO_TOLD_2};
static const Text answered[] = {TEXT_DEMO_ANSWERED_1, TEXT_DEMO_ANSWERED_2, TEXT_DEMO_ANSWERED_3};
static const Text contact[] = {TEXT_DEMO_CONTACT_1,  TEXT_DEMO_CONTACT_2,  TEXT_DEMO_CONTACT_3,
                               TEXT_DEMO_CONTACT_4,  TEXT_DEMO_CONTACT_5,  TEXT_DEMO_CONTACT_6,
                               TEXT_DEMO_CONTACT_7,  TEXT_DEMO_CONTACT_8,  TEXT_DEMO_CONTACT_9,
                               TEXT_DEMO_CONTACT_10, TEXT_DEMO_CONTACT_11, TEXT_DEMO_CONTACT_12};
static const Text beside[] = {TEXT_DEMO_BESIDE_1, TEXT_DEMO_BESIDE_2, TEXT_DEMO_BESIDE_3, TEXT_DEMO_BESIDE_4};
static const Text far_along[] = {TEXT_DEMO_FAR_1, TEXT_DEMO_FAR_2, TEXT_DEMO_FAR_3, TEXT_DEMO_FAR_4,
                                 TEXT_DEMO_FAR_5};
static const Text checkin_receiver[] = {TEXT_DEMO_CHECKIN_RECEIVER_1, TEXT_DEMO_CHECKIN_RECEIVER_2,
                                        TEXT_DEMO_CHECKIN_RECEIVER_3};
static const Text checkin_giver[] = {TEXT_DEMO_CHECKIN_GIVER_1, TEXT_DEMO_CHECKIN_GIVER_2,
                                     TEXT_DEMO_CHECKIN_GIVER_3};
static const Text then[] = {TEXT_DEMO_THEN_1, TEXT_DEMO_THEN_2};
static const Text urgent[] = {TEXT_DEMO_URGENT_1, TEXT_DEMO_URGENT_2, TEXT_DEMO_URGENT_3};
static const Text since[] = {TEXT_DEMO_SINCE_1, TEXT_DEMO_SINCE_2, TEXT_DEMO_SINCE_3,
                             TEXT_DEMO_SINCE_4, TEXT_DEMO_SINCE_5, TEXT_DEMO_SINCE_6};
static const Text asks[] = {TEXT_DEMO_ASKS_1, TEXT_DEMO_ASKS_2, TEXT_DEMO_ASKS_3, TEXT_DEMO_ASKS_4,
                            TEXT_DEMO_ASKS_5, TEXT_DEMO_ASKS_6, TEXT_DEMO_ASKS_7};
static const Text about[] = {TEXT_DEMO_ABOUT_1, TEXT_DEMO_ABOUT_2, TEXT_DEMO_ABOUT_3, TEXT_DEMO_ABOUT_4,
                             TEXT_DEMO_ABOUT_5, TEXT_DEMO_ABOUT_6, TEXT_DEMO_ABOUT_7, TEXT_DEMO_ABOUT_8};
static const Text help[] = {TEXT_DEMO_HELP_1, TEXT_DEMO_HELP_2, TEXT_DEMO_HELP_3,
                            TEXT_DEMO_HELP_4, TEXT_DEMO_HELP_5, TEXT_DEMO_HELP_6};

static const DemoTexts tables[DEMO_WORDS_COUNT] = {
    [DEMO_HOPES] = WORDS_OF(hopes),
    [DEMO_SAFE] = WORDS_OF(safe),
    [DEMO_REACHED] = WORDS_OF(reached),
    [DEMO_NOT_REACHED] = WORDS_OF(not_reached),
    [DEMO_LINE] = WORDS_OF(line),
    [DEMO_TOLD] = WORDS_OF(told),
    [DEMO_ANSWERED] = WORDS_OF(answered),
    [DEMO_CONTACT] = WORDS_OF(contact),
    [DEMO_BESIDE] = WORDS_OF(beside),
    [DEMO_FAR] = WORDS_OF(far_along),
    [DEMO_CHECKIN_RECEIVER] = WORDS_OF(checkin_receiver),
    [DEMO_CHECKIN_GIVER] = WORDS_OF(checkin_giver),
    [DEMO_THEN] = WORDS_OF(then),
    [DEMO_URGENT] = WORDS_OF(urgent),
};
static const DemoTexts since_table = WORDS_OF(since);
static const DemoTexts asks_table = WORDS_OF(asks);
static const DemoTexts about_table = WORDS_OF(about);
static const DemoTexts help_table = WORDS_OF(help);

/* Needs, by their place in the list of experiences that a program starts with (program_start.c). */
static const struct {
    Text words;
    size_t experience;
} needs[] = {
    {TEXT_DEMO_NEED_SCHOOL, 0},  {TEXT_DEMO_NEED_SCHOOL_2, 0},  {TEXT_DEMO_NEED_IEP, 1},
    {TEXT_DEMO_NEED_IEP_2, 1},   {TEXT_DEMO_NEED_ANXIETY, 2},   {TEXT_DEMO_NEED_ANXIETY_2, 2},
    {TEXT_DEMO_NEED_LOW, 3},     {TEXT_DEMO_NEED_LOW_2, 3},     {TEXT_DEMO_NEED_SELF_HARM, 4},
    {TEXT_DEMO_NEED_VOICES, 5},  {TEXT_DEMO_NEED_EATING, 6},    {TEXT_DEMO_NEED_SUBSTANCE, 7},
    {TEXT_DEMO_NEED_ANGER, 8},   {TEXT_DEMO_NEED_ANGER_2, 8},   {TEXT_DEMO_NEED_ADHD, 9},
    {TEXT_DEMO_NEED_AUTISM, 10}, {TEXT_DEMO_NEED_HOSPITAL, 11}, {TEXT_DEMO_NEED_AWAY, 12},
    {TEXT_DEMO_NEED_COURT, 13},  {TEXT_DEMO_NEED_FOSTER, 14},   {TEXT_DEMO_NEED_LGBTQ, 15},
    {TEXT_DEMO_NEED_GRIEF, 16},  {TEXT_DEMO_NEED_VIOLENCE, 17}, {TEXT_DEMO_NEED_WRAPAROUND, 18},
};

static Str pick(Demo *demo, DemoTexts table, Lang lang) {
    return text_str(lang, table.items[demo_below(demo, (int64_t)table.count)]);
}

Str demo_say(Demo *demo, DemoWords words, Lang lang) {
    return pick(demo, tables[words], lang);
}

Str demo_need(Demo *demo, Lang lang, size_t *ret_experience) {
    const size_t at = (size_t)demo_below(demo, sizeof needs / sizeof needs[0]);
    *ret_experience = needs[at].experience;
    const Str first = text_str(lang, needs[at].words);
    const Str second = pick(demo, since_table, lang);
    const Str third = pick(demo, asks_table, lang);
    return str_print(demo->scope.arena, "%.*s %.*s %.*s", STR_ARGS(first), STR_ARGS(second), STR_ARGS(third));
}

Str demo_about(Demo *demo, Lang lang) {
    const Str first = pick(demo, about_table, lang);
    const Str second = pick(demo, help_table, lang);
    return str_print(demo->scope.arena, "%.*s %.*s", STR_ARGS(first), STR_ARGS(second));
}
