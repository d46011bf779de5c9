/* SPDX-License-Identifier: Apache-2.0 */
/* Days, moments, spans and numbers as people say them, built from sentences of their own. */
#include "texts.h"

#include <assert.h>

Str text_str(Lang lang, Text text) {
    assert(lang < LANG_COUNT);
    assert(text > TEXT_NONE && text < TEXT_COUNT);
    return texts_sentences[lang][text];
}

Str lang_tag(Lang lang) {
    assert(lang < LANG_COUNT);
    return texts_tags[lang];
}

Str lang_name(Lang lang) {
    return text_str(lang, TEXT_TEXT_LANGUAGE_NAME);
}

bool lang_find(Str tag, Lang *ret_lang) {
    Str rest = STR_NONE;
    (void)str_cut(tag, '-', &tag, &rest);
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        if (str_equal_ascii(tag, texts_tags[lang])) {
            *ret_lang = lang;
            return true;
        }
    }
    return false;
}

/* Room for a short number as text. */
typedef struct Digits {
    char bytes[8];
} Digits;

/* A number without separators, because a year is not written "2,026". It lives as long as *room. */
static Str plain_number(Digits *room, int number, size_t width) {
    size_t start = sizeof room->bytes;
    do {
        room->bytes[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || sizeof room->bytes - start < width);
    return (Str){.at = room->bytes + start, .length = sizeof room->bytes - start};
}

Text text_month(int month) {
    static const Text months[] = {
        TEXT_TEXT_MONTH_1, TEXT_TEXT_MONTH_2,  TEXT_TEXT_MONTH_3,  TEXT_TEXT_MONTH_4,
        TEXT_TEXT_MONTH_5, TEXT_TEXT_MONTH_6,  TEXT_TEXT_MONTH_7,  TEXT_TEXT_MONTH_8,
        TEXT_TEXT_MONTH_9, TEXT_TEXT_MONTH_10, TEXT_TEXT_MONTH_11, TEXT_TEXT_MONTH_12,
    };
    assert(month >= 1 && month <= 12);
    return months[month - 1];
}

void text_add_date(Buf *buf, Lang lang, Date date) {
    assert(date.year >= 1 && date.day >= 1);
    const Words words = {.arena = buf->arena, .lang = lang};
    Digits day;
    Digits year;
    text_add_text_date(buf, &words, text_month(date.month), plain_number(&day, date.day, 1),
                       plain_number(&year, date.year, 1));
}

void text_add_clock(Buf *buf, Lang lang, int hour, int minute) {
    const Words words = {.arena = buf->arena, .lang = lang};
    const bool twelve = str_equal(text_str(lang, TEXT_TEXT_CLOCK_HOURS), STR("12"));
    const int shown = twelve ? (hour + 11) % 12 + 1 : hour;
    Digits hour_room;
    Digits minute_room;
    const Str hours = plain_number(&hour_room, shown, 1);
    const Str minutes = plain_number(&minute_room, minute, 2);
    if (hour < 12) {
        text_add_text_clock_before_noon(buf, &words, hours, minutes);
    } else {
        text_add_text_clock_after_noon(buf, &words, hours, minutes);
    }
}

void text_add_moment(Buf *buf, const Words *words, Time time) {
    const LocalTime local = calendar_local(time, words->zone->offset_us(words->zone, time));
    /* Begins in local room; a longer clock moves to the arena. */
    char room[32];
    Buf clock = {.arena = words->arena, .bytes = room, .room = sizeof room, .maximum = 256};
    text_add_clock(&clock, words->lang, local.hour, local.minute);
    text_add_text_moment(buf, words, local.date, buf_str(&clock));
}

void text_add_span(Buf *buf, Lang lang, int64_t span_us) {
    const Words words = {.arena = buf->arena, .lang = lang};
    /* The smallest number has no positive twin. */
    const int64_t span = span_us == INT64_MIN ? INT64_MAX : span_us < 0 ? -span_us : span_us;
    if (span < TIME_MINUTE) {
        buf_add(buf, text_str(lang, TEXT_TEXT_SPAN_MOMENT));
    } else if (span < TIME_HOUR) {
        text_add_text_span_minutes(buf, &words, span / TIME_MINUTE);
    } else if (span < TIME_DAY) {
        text_add_text_span_hours(buf, &words, span / TIME_HOUR);
    } else {
        text_add_text_span_days(buf, &words, span / TIME_DAY);
    }
}

void text_add_number(Buf *buf, Lang lang, int64_t number) {
    char digits[24];
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    size_t start = sizeof digits;
    do {
        digits[--start] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) {
        buf_add_char(buf, '-');
    }
    for (size_t i = start; i < sizeof digits; i++) {
        if (i > start && (sizeof digits - i) % 3 == 0) {
            buf_add(buf, text_str(lang, TEXT_TEXT_THOUSANDS));
        }
        buf_add_char(buf, digits[i]);
    }
}
