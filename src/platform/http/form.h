/* SPDX-License-Identifier: Apache-2.0 */
/* Forms as constant tables: undeclared input does not exist.
 *
 * A page declares its fields once (name, kind, limits, required); form_read() takes what the visitor sent,
 * drops unknown fields, refuses a second value where one belongs, checks kinds and limits, and keeps the
 * typed text so that the page can show it again beside the error. A Form is also what a template draws. */
#ifndef FORM_H
#define FORM_H

#include "platform/scope.h"

/* Name and value pairs as they came: UTF-8 and free of NUL, at most 512 of them. */
typedef struct Pair {
    Str name;
    Str value;
} Pair;

typedef struct Upload {
    Str name;     /* field */
    Str filename; /* as the browser said; never used as a path */
    Str content;  /* bytes, not checked to be UTF-8 */
} Upload;

typedef struct Input {
    const Pair *pairs;
    size_t count;
    const Upload *uploads; /* multipart forms only, on routes marked `upload` */
    size_t upload_count;
} Input;

/* The only value of this name, for what the platform itself reads; STR_NONE when there is none or there are
 * several. */
Str input_only(const Input *input, Str name);

typedef enum FieldKind {
    FIELD_LINE,   /* one line of text, trimmed; line breaks become spaces */
    FIELD_WORDS,  /* text as written, several lines; CRLF becomes LF; never trimmed inside */
    FIELD_MAIL,   /* one mail address (has one @, a dot after it, no spaces), trimmed */
    FIELD_PHONE,  /* at least 7 digits with the usual + ( ) - . x and spaces */
    FIELD_NUMBER, /* a whole number within least..most */
    FIELD_CHOICE, /* one of `choices` */
    FIELD_SET,    /* any of `choices`, several times */
    FIELD_SWITCH, /* a checkbox: there or not */
    FIELD_ID,     /* one id token, from a radio group or a hidden field */
    FIELD_IDS,    /* several id tokens, from checkboxes */
    FIELD_FILE,   /* an upload */
} FieldKind;

typedef struct Field {
    const char *name;
    FieldKind kind;
    bool is_required;
    size_t most_characters;     /* texts; 0 means 200 for a line, 4000 for words */
    int64_t least, most;        /* numbers */
    const char *const *choices; /* NULL-terminated values */
    Text missing; /* what to say when a required field is empty; TEXT_NONE: the general sentence */
    const char *autocomplete; /* the HTML autofill token, or NULL */
} Field;

typedef struct FieldValue {
    Str text;       /* what was typed, cleaned; STR_NONE when nothing came */
    Strs many;      /* FIELD_SET, FIELD_IDS: each as text */
    int64_t number; /* FIELD_NUMBER, FIELD_ID */
    bool is_on;     /* FIELD_SWITCH */
    Text error;     /* TEXT_NONE when fine */
} FieldValue;

typedef struct Form {
    Arena *arena;
    const Field *fields;
    FieldValue *values;
    size_t count;
    bool is_sent;  /* read from a visitor, rather than empty or prefilled */
    bool is_valid; /* no field has an error */
} Form;

/* Reads and checks. */
Form form_read(const Scope *scope, const Input *input, const Field *fields, size_t count);
/* Nothing typed yet. */
Form form_empty(const Scope *scope, const Field *fields, size_t count);

/* The accessors assert that the field has the matching kind. */
Str form_str(const Form *form, size_t field); /* LINE, WORDS, MAIL, PHONE, CHOICE: "" when nothing came */
int64_t form_int(const Form *form, size_t field, int64_t otherwise); /* NUMBER */
bool form_is_on(const Form *form, size_t field);                     /* SWITCH */
int64_t form_id(const Form *form, size_t field); /* ID; 0 when nothing came. Wrap it in the id's type. */
Strs form_many(const Form *form, size_t field);  /* SET */
size_t form_ids(const Form *form, size_t field, const int64_t **ret_ids); /* IDS */
bool form_has(const Form *form, size_t field,
              Str value); /* is this value the chosen one, or among the set? */
const Upload *form_file(const Form *form, size_t field, const Input *input); /* FILE; NULL when none came */

void form_set_str(Form *form, size_t field, Str value);
void form_set_int(Form *form, size_t field, int64_t value);
void form_set_on(Form *form, size_t field, bool is_on);
void form_set_id(Form *form, size_t field, int64_t id);
void form_set_many(Form *form, size_t field, Strs values);
/* Marks the field wrong; the first error of a field stays. */
void form_error(Form *form, size_t field, Text why);

/* Parses application/x-www-form-urlencoded. False (and nothing set) on: bytes that are not UTF-8, a NUL, a
 * broken
 * %-sequence, more than 512 pairs. Pure: the fuzzers call it. */
bool form_parse_urlencoded(Arena *arena, Str body, Input *ret_input);

#endif
