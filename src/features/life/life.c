/* SPDX-License-Identifier: Apache-2.0 */
/* The record, put together field by field, and its text for programs. */
#include "features/life/life.h"

#include "base/calendar.h"
#include "platform/json/json.h"
#include "texts.h"

#include <assert.h>

enum { ROOM_FIRST = 8 };

Life *life_begin(Arena *arena) {
    Life *life = NEW(arena, Life);
    life->arena = arena;
    return life;
}

void life_section(Life *life, const char *key, Text title) {
    assert(life->count < LIFE_SECTIONS);
    life->items[life->count++] = (LifeSection){.key = key, .title = title};
}

static LifeSection *newest(Life *life) {
    return &life->items[life->count - 1];
}

void life_record(Life *life) {
    LifeSection *section = newest(life);
    if (section->count == section->room) {
        const size_t room = section->room == 0 ? ROOM_FIRST : section->room * 2;
        LifeRecord *items = NEW_MANY(life->arena, room, LifeRecord);
        for (size_t at = 0; at < section->count; at++) {
            items[at] = section->items[at];
        }
        section->items = items;
        section->room = room;
    }
    section->count++;
}

static void put(Life *life, LifeField field) {
    LifeSection *section = newest(life);
    LifeRecord *record = &section->items[section->count - 1];
    assert(record->count < LIFE_FIELDS);
    record->items[record->count++] = field;
}

void life_words(Life *life, const char *key, Text label, Str words) {
    if (words.at != NULL && !str_is_empty(words)) {
        put(life, (LifeField){.key = key, .label = label, .kind = LIFE_WORDS, .words = words});
    }
}

void life_time(Life *life, const char *key, Text label, Time time) {
    if (!time_is_none(time)) {
        put(life, (LifeField){.key = key, .label = label, .kind = LIFE_TIME, .time = time});
    }
}

void life_day(Life *life, const char *key, Text label, Date day) {
    if (!date_is_none(day)) {
        put(life, (LifeField){.key = key, .label = label, .kind = LIFE_DAY, .day = day});
    }
}

void life_number(Life *life, const char *key, Text label, int64_t number) {
    put(life, (LifeField){.key = key, .label = label, .kind = LIFE_NUMBER, .number = number});
}

void life_code(Life *life, const char *key, Text label, const char *word, Text text) {
    put(life,
        (LifeField){.key = key, .label = label, .kind = LIFE_CODE, .words = str_of(word), .text = text});
}

void life_part2(Life *life, bool is_part2) {
    LifeSection *section = newest(life);
    LifeRecord *record = &section->items[section->count - 1];
    record->is_part2 = record->is_part2 || is_part2;
}

bool life_has_part2(const Life *life) {
    for (size_t section = 0; section < life->count; section++) {
        for (size_t at = 0; at < life->items[section].count; at++) {
            if (life->items[section].items[at].is_part2) {
                return true;
            }
        }
    }
    return false;
}

/* ---- for programs ---- */

static Str utc(Arena *arena, Time time) {
    const LocalTime local = calendar_local(time, 0);
    return str_print(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", local.date.year, local.date.month,
                     local.date.day, local.hour, local.minute, local.second);
}

static void put_field(Arena *arena, JsonNode *record, const LifeField *field) {
    switch (field->kind) {
    case LIFE_WORDS:
    case LIFE_CODE:
        json_put_str(record, field->key, field->words);
        break;
    case LIFE_TIME:
        json_put_str(record, field->key, utc(arena, field->time));
        break;
    case LIFE_DAY:
        json_put_str(record, field->key, date_write(arena, field->day));
        break;
    case LIFE_NUMBER:
        json_put_int(record, field->key, field->number);
        break;
    }
}

Str life_json(const Life *life, Time made_at) {
    JsonNode *document = json_document(life->arena);
    json_put_str(document, "format", STR("beenthere-life-2"));
    json_put_str(document, "made_at", utc(life->arena, made_at));
    if (life_has_part2(life)) {
        json_put_str(document, "notice", text_str(LANG_EN, TEXT_UI_PART2_STATEMENT));
    }
    for (size_t at = 0; at < life->count; at++) {
        const LifeSection *section = &life->items[at];
        JsonNode *list = json_put_list(document, section->key);
        for (size_t row = 0; row < section->count; row++) {
            const LifeRecord *record = &section->items[row];
            JsonNode *object = json_add_object(list);
            for (size_t field = 0; field < record->count; field++) {
                put_field(life->arena, object, &record->items[field]);
            }
            if (record->is_part2) {
                json_put_bool(object, "tells_of_substance_use", true);
            }
        }
    }
    return json_text(life->arena, document);
}
