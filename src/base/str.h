/* SPDX-License-Identifier: Apache-2.0 */
/* Text as an immutable view: an address and a length, no terminator, no ownership.
 *
 * Whatever enters the program from outside is checked to be UTF-8 without NUL once, at the edge; inside, a
 * Str is valid UTF-8 unless a header says otherwise. Functions that make new text take the arena it shall
 * live in.
 *
 * A Str whose `at` is NULL means "not there" (an SQL null); STR("") means "there, and empty". Both have
 * length 0 and str_is_empty() holds for both. */
#ifndef STR_H
#define STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Str {
    const char *at;
    size_t length; /* bytes, not characters */
} Str;

typedef struct Strs {
    const Str *items;
    size_t count;
} Strs;

/* A literal, and only a literal: the empty strings around it refuse anything else. */
#define STR(literal) ((Str){.at = "" literal "", .length = sizeof(literal) - 1})
#define STR_NONE ((Str){.at = NULL, .length = 0})

/* For printf's "%.*s", also for STR_NONE. Evaluates str more than once. */
#define STR_ARGS(str) (int)(str).length, ((str).at == NULL ? "" : (str).at)

/* A view of a C string that outlives it. NULL gives STR_NONE. */
Str str_of(const char *text);

bool str_is_none(Str str);
bool str_is_empty(Str str);
/* The same bytes; STR_NONE equals STR(""). */
bool str_equal(Str left, Str right);
/* Equal when ASCII letters are compared without case: for header names and keywords, not for people's words.
 */
bool str_equal_ascii(Str left, Str right);
bool str_starts_with(Str str, Str start);
bool str_ends_with(Str str, Str end);
bool str_contains(Str str, Str part);
/* Below zero, zero or above zero by unsigned bytes; a text comes before one that it begins. */
int str_compare(Str left, Str right);

/* The part from byte `start`, at most `length` bytes; both are cut to what is there. */
Str str_part(Str str, size_t start, size_t length);
/* Without white space (space, tab, CR, LF, no-break space) at both ends. */
Str str_trim(Str str);
/* Splits at the first separator: true, and before/after are set; false when there is none, then *ret_before
 * is the whole and *ret_after empty. The out-parameters may point at the input. */
bool str_cut(Str str, char separator, Str *ret_before, Str *ret_after);

/* STR_NONE stays STR_NONE. */
Str str_copy(Arena *arena, Str str);
/* A NUL-terminated copy for foreign libraries. Text with a NUL inside is fail(FAIL_IO); STR_NONE
 * gives "", never NULL. */
const char *str_c(Arena *arena, Str str);
Str str_print(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_lower_ascii(Arena *arena, Str str);

/* A whole decimal number with an optional minus, nothing around it, within [least, most]; *ret_number is not
 * touched otherwise. */
bool str_to_int(Str str, int64_t least, int64_t most, int64_t *ret_number);

/* Valid UTF-8 (shortest forms, no surrogates, at most U+10FFFF) without NUL. */
bool str_is_clean(Str str);
/* Unicode code points in a valid Str. */
size_t str_characters(Str str);
/* At most `characters` code points of a valid Str, never cutting one in half. */
Str str_first_characters(Str str, size_t characters);
/* The beginning of a valid Str for a list of them: whole when it is short, else cut at a space and ended with
 * an ellipsis; at most `characters` code points and the ellipsis. */
Str str_excerpt(Arena *arena, Str str, size_t characters);

#endif
