/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a batch, entry by entry. */
#include "features/capture/capture_batch.h"

#include "platform/http/form.h"
#include "platform/json/json.h"
#include "platform/url.h"

/* Milliseconds, up to the year 2100: what no clock says is no time. */
#define MOMENT_MOST INT64_C(4102444800000)
#define MILLISECOND (TIME_SECOND / 1000)

static bool read_moment(const JsonNode *object, const char *key, Time *ret_moment) {
    int64_t milliseconds = 0;
    if (!json_get_int(object, key, 1, MOMENT_MOST, &milliseconds)) {
        return false;
    }
    *ret_moment = (Time){milliseconds * MILLISECOND};
    return true;
}

static int digit(char letter) {
    if (letter >= '0' && letter <= '9') {
        return letter - '0';
    }
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static bool read_capture(Arena *arena, Str name, Str *ret_capture) {
    if (name.length != CAPTURE_ID_DIGITS) {
        return false;
    }
    char *bytes = arena_get(arena, CAPTURE_ID_DIGITS / 2);
    for (size_t at = 0; at < CAPTURE_ID_DIGITS / 2; at++) {
        const int high = digit(name.at[2 * at]);
        const int low = digit(name.at[2 * at + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        bytes[at] = (char)(high * 16 + low);
    }
    *ret_capture = (Str){.at = bytes, .length = CAPTURE_ID_DIGITS / 2};
    return true;
}

static bool read_fields(Arena *arena, const JsonNode *list, const Input **ret_fields) {
    const size_t count = json_count(list);
    if (list == NULL || count > CAPTURE_FIELDS_MOST) {
        return false;
    }
    Pair *pairs = NEW_MANY(arena, count, Pair);
    for (size_t at = 0; at < count; at++) {
        const JsonNode *pair = json_item_list(list, at);
        pairs[at] = (Pair){.name = json_item_str(pair, 0), .value = json_item_str(pair, 1)};
        if (json_count(pair) != 2 || str_is_none(pairs[at].name) || str_is_none(pairs[at].value)) {
            return false;
        }
    }
    Input *fields = NEW(arena, Input);
    *fields = (Input){.pairs = pairs, .count = count};
    *ret_fields = fields;
    return true;
}

static bool read_entry(Arena *arena, const JsonNode *object, CaptureEntry *ret_entry) {
    CaptureEntry entry = {.kind = json_get_str(object, "kind"), .name = json_get_str(object, "capture")};
    if (object == NULL || !read_capture(arena, entry.name, &entry.capture) ||
        !read_moment(object, "captured_at", &entry.captured_at) ||
        !read_fields(arena, json_get_list(object, "fields"), &entry.fields)) {
        return false;
    }
    (void)url_read_id(json_get_str(object, "author"), &entry.author.value);
    (void)url_read_id(json_get_str(object, "match"), &entry.match.value);
    *ret_entry = entry;
    return true;
}

bool capture_batch_read(Arena *arena, Str text, CaptureBatch *ret_batch) {
    const JsonNode *document = json_read(arena, text);
    const JsonNode *list = json_get_list(document, "entries");
    CaptureBatch batch = {.count = json_count(list)};
    if (batch.count == 0 || batch.count > CAPTURE_BATCH_MOST || !read_moment(document, "now", &batch.now)) {
        return false;
    }
    CaptureEntry *items = NEW_MANY(arena, batch.count, CaptureEntry);
    for (size_t at = 0; at < batch.count; at++) {
        if (!read_entry(arena, json_item_object(list, at), &items[at])) {
            return false;
        }
        for (size_t before = 0; before < at; before++) {
            if (str_equal(items[before].capture, items[at].capture)) {
                return false;
            }
        }
    }
    batch.items = items;
    *ret_batch = batch;
    return true;
}
