/* SPDX-License-Identifier: Apache-2.0 */
/* Reads application/x-www-form-urlencoded: pairs, plus signs, percent escapes, nothing else. */
#include "platform/http/form.h"

enum { MOST_PAIRS = 512 };

static int hex_read(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* False on a broken escape, a NUL, or bytes that are not UTF-8. */
static bool unescape(Arena *arena, Str text, Str *ret_plain) {
    if (text.length == 0) {
        *ret_plain = STR("");
        return true;
    }
    char *bytes = arena_get(arena, text.length);
    size_t length = 0;
    for (size_t at = 0; at < text.length; at++) {
        char byte = text.at[at];
        if (byte == '+') {
            byte = ' ';
        } else if (byte == '%') {
            const bool is_whole = text.length - at > 2;
            const int high = is_whole ? hex_read(text.at[at + 1]) : -1;
            const int low = is_whole ? hex_read(text.at[at + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            byte = (char)(high * 16 + low);
            at += 2;
        }
        bytes[length++] = byte;
    }
    *ret_plain = (Str){.at = bytes, .length = length};
    return str_is_clean(*ret_plain);
}

bool form_parse_urlencoded(Arena *arena, Str body, Input *ret_input) {
    size_t most = 1;
    for (size_t at = 0; at < body.length; at++) {
        most += body.at[at] == '&';
    }
    if (most > MOST_PAIRS) {
        return false;
    }
    Pair *pairs = NEW_MANY(arena, most, Pair);
    size_t count = 0;
    while (body.length > 0) {
        Str pair = STR_NONE;
        Str name = STR_NONE;
        Str value = STR_NONE;
        str_cut(body, '&', &pair, &body);
        if (pair.length == 0) {
            continue;
        }
        str_cut(pair, '=', &name, &value);
        if (!unescape(arena, name, &pairs[count].name) || !unescape(arena, value, &pairs[count].value)) {
            return false;
        }
        count++;
    }
    *ret_input = (Input){.pairs = pairs, .count = count};
    return true;
}

Str input_only(const Input *input, Str name) {
    Str found = STR_NONE;
    for (size_t at = 0; at < input->count; at++) {
        if (str_equal(input->pairs[at].name, name)) {
            if (!str_is_none(found)) {
                return STR_NONE;
            }
            found = input->pairs[at].value;
        }
    }
    return found;
}
