/* SPDX-License-Identifier: Apache-2.0 */
/* Text views: comparing, cutting, copying and checking them. */
#include "base/str.h"

#include "base/fail.h"

#include <stdarg.h>

Str str_of(const char *text) {
    return text == NULL ? STR_NONE : (Str){.at = text, .length = strlen(text)};
}

bool str_is_none(Str str) {
    return str.at == NULL;
}

bool str_is_empty(Str str) {
    return str.length == 0;
}

/* The C library forbids NULL even for zero bytes, and STR_NONE is NULL. */
static bool bytes_are_equal(const char *left, const char *right, size_t length) {
    return length == 0 || memcmp(left, right, length) == 0;
}

bool str_equal(Str left, Str right) {
    return left.length == right.length && bytes_are_equal(left.at, right.at, left.length);
}

static char lower_ascii(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool str_equal_ascii(Str left, Str right) {
    if (left.length != right.length) {
        return false;
    }
    for (size_t index = 0; index < left.length; index++) {
        if (lower_ascii(left.at[index]) != lower_ascii(right.at[index])) {
            return false;
        }
    }
    return true;
}

bool str_starts_with(Str str, Str start) {
    return str.length >= start.length && bytes_are_equal(str.at, start.at, start.length);
}

bool str_ends_with(Str str, Str end) {
    return str.length >= end.length && str_equal(str_part(str, str.length - end.length, end.length), end);
}

bool str_contains(Str str, Str part) {
    if (part.length == 0) {
        return true;
    }
    /* `from` is only looked at while a whole `part` still fits behind it. */
    for (size_t from = 0; str.length - from >= part.length;) {
        const size_t starts = str.length - from - part.length + 1;
        const char *found = memchr(str.at + from, part.at[0], starts);
        if (found == NULL) {
            return false;
        }
        if (memcmp(found, part.at, part.length) == 0) {
            return true;
        }
        from = (size_t)(found - str.at) + 1;
    }
    return false;
}

int str_compare(Str left, Str right) {
    const size_t common = left.length < right.length ? left.length : right.length;
    const int order = common == 0 ? 0 : memcmp(left.at, right.at, common);
    if (order != 0) {
        return order;
    }
    return (left.length > right.length) - (left.length < right.length);
}

Str str_part(Str str, size_t start, size_t length) {
    if (str.at == NULL) {
        return STR_NONE;
    }
    const size_t from = start < str.length ? start : str.length;
    const size_t left = str.length - from;
    return (Str){.at = str.at + from, .length = length < left ? length : left};
}

static bool byte_is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

Str str_trim(Str str) {
    const Str no_break_space = STR("\xC2\xA0");
    Str rest = str;
    for (;;) {
        if (rest.length > 0 && byte_is_space(rest.at[0])) {
            rest = str_part(rest, 1, rest.length);
        } else if (str_starts_with(rest, no_break_space)) {
            rest = str_part(rest, no_break_space.length, rest.length);
        } else {
            break;
        }
    }
    for (;;) {
        if (rest.length > 0 && byte_is_space(rest.at[rest.length - 1])) {
            rest.length--;
        } else if (str_ends_with(rest, no_break_space)) {
            rest.length -= no_break_space.length;
        } else {
            return rest;
        }
    }
}

bool str_cut(Str str, char separator, Str *ret_before, Str *ret_after) {
    const char *found = str.length == 0 ? NULL : memchr(str.at, separator, str.length);
    const size_t place = found == NULL ? str.length : (size_t)(found - str.at);
    *ret_before = str_part(str, 0, place);
    *ret_after = str_part(str, found == NULL ? place : place + 1, str.length);
    return found != NULL;
}

/* A NUL-terminated copy: the terminator costs one byte and makes the copy good for both uses. */
static char *copy_bytes(Arena *arena, Str str) {
    char *bytes = arena_get(arena, str.length + 1);
    if (str.length > 0) {
        memcpy(bytes, str.at, str.length);
    }
    return bytes;
}

Str str_copy(Arena *arena, Str str) {
    return str.at == NULL ? STR_NONE : (Str){.at = copy_bytes(arena, str), .length = str.length};
}

const char *str_c(Arena *arena, Str str) {
    if (str.length > 0 && memchr(str.at, '\0', str.length) != NULL) {
        fail(FAIL_IO, "a text of %zu bytes holds a NUL and cannot be handed on", str.length);
    }
    return copy_bytes(arena, str);
}

Str str_print(Arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        va_end(again);
        fail(FAIL_IO, "a text could not be formatted");
    }
    const size_t room = (size_t)length + 1;
    char *bytes = arena_get(arena, room);
    vsnprintf(bytes, room, format, again);
    va_end(again);
    return (Str){.at = bytes, .length = (size_t)length};
}

Str str_lower_ascii(Arena *arena, Str str) {
    if (str.at == NULL) {
        return STR_NONE;
    }
    char *bytes = copy_bytes(arena, str);
    for (size_t index = 0; index < str.length; index++) {
        bytes[index] = lower_ascii(bytes[index]);
    }
    return (Str){.at = bytes, .length = str.length};
}

bool str_to_int(Str str, int64_t least, int64_t most, int64_t *ret_number) {
    const bool is_negative = str.length > 0 && str.at[0] == '-';
    const Str digits = str_part(str, is_negative ? 1 : 0, str.length);
    if (digits.length == 0) {
        return false;
    }
    int64_t number = 0;
    for (size_t index = 0; index < digits.length; index++) {
        const char byte = digits.at[index];
        if (byte < '0' || byte > '9') {
            return false;
        }
        /* Counted on the number's own side of zero, because INT64_MIN has no positive twin. */
        const int64_t digit = is_negative ? '0' - byte : byte - '0';
        if (__builtin_mul_overflow(number, 10, &number) || __builtin_add_overflow(number, digit, &number)) {
            return false;
        }
    }
    if (number < least || number > most) {
        return false;
    }
    *ret_number = number;
    return true;
}

/* Eight bytes that are all ASCII and none NUL: nearly all text there is, so it is worth a quick way through.
 */
static bool eight_are_plain(const unsigned char *bytes) {
    uint64_t word = 0;
    memcpy(&word, bytes, sizeof word);
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t highs = UINT64_C(0x8080808080808080);
    return ((word | (word - ones)) & highs) == 0;
}

/* The length of the one valid character at the start of `left` bytes, or 0. Table 3-7 of the Unicode
 * standard: only the second byte's range depends on the first. */
static size_t character_length(const unsigned char *bytes, size_t left) {
    const unsigned char first = bytes[0];
    if (first < 0x80) {
        return first == 0 ? 0 : 1;
    }
    if (first < 0xC2 || first > 0xF4) {
        return 0;
    }
    const size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (left < length) {
        return 0;
    }
    const unsigned char lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned char highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < lowest || bytes[1] > highest) {
        return 0;
    }
    for (size_t index = 2; index < length; index++) {
        if ((bytes[index] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

bool str_is_clean(Str str) {
    const unsigned char *bytes = (const unsigned char *)str.at;
    for (size_t index = 0; index < str.length;) {
        if (str.length - index >= 8 && eight_are_plain(bytes + index)) {
            index += 8;
            continue;
        }
        const size_t length = character_length(bytes + index, str.length - index);
        if (length == 0) {
            return false;
        }
        index += length;
    }
    return true;
}

static bool byte_starts_character(char byte) {
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t str_characters(Str str) {
    size_t count = 0;
    for (size_t index = 0; index < str.length; index++) {
        count += byte_starts_character(str.at[index]) ? 1 : 0;
    }
    return count;
}

Str str_first_characters(Str str, size_t characters) {
    size_t count = 0;
    for (size_t index = 0; index < str.length; index++) {
        if (!byte_starts_character(str.at[index])) {
            continue;
        }
        if (count == characters) {
            return str_part(str, 0, index);
        }
        count++;
    }
    return str;
}

Str str_excerpt(Arena *arena, Str str, size_t characters) {
    Str start = str_first_characters(str, characters);
    if (start.length == str.length) {
        return str;
    }
    size_t cut = start.length;
    while (cut > 0 && start.at[cut - 1] != ' ' && start.at[cut - 1] != '\n') {
        cut--;
    }
    start = str_trim(cut > 0 ? str_part(start, 0, cut) : start);
    return str_print(arena, "%.*s\xE2\x80\xA6", STR_ARGS(start));
}
