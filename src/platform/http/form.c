/* SPDX-License-Identifier: Apache-2.0 */
/* Checks what was typed against a table of fields. */
#include "platform/http/form.h"

#include "platform/url.h"

#include <assert.h>

enum { LINE_CHARACTERS = 200, WORDS_CHARACTERS = 4000, MANY_MOST = 200, PHONE_LEAST_DIGITS = 7 };

/* The values that came for one field, in order; at most MANY_MOST + 1 are looked at. */
typedef struct Sent {
    Str values[MANY_MOST + 1];
    size_t count;
} Sent;

static void sent_find(const Input *input, const char *name, Sent *ret_sent) {
    const Str wanted = str_of(name);
    ret_sent->count = 0;
    for (size_t at = 0; at < input->count && ret_sent->count <= MANY_MOST; at++) {
        if (str_equal(input->pairs[at].name, wanted)) {
            ret_sent->values[ret_sent->count++] = input->pairs[at].value;
        }
    }
}

/* ---- cleaning ---- */

/* One line: breaks and other control characters become spaces, the ends are trimmed. */
static Str line_clean(Arena *arena, Str text) {
    char *bytes = arena_get(arena, text.length);
    for (size_t at = 0; at < text.length; at++) {
        const unsigned char byte = (unsigned char)text.at[at];
        bytes[at] = byte < ' ' || byte == 0x7f ? ' ' : text.at[at];
    }
    return str_trim((Str){.at = bytes, .length = text.length});
}

/* Several lines: CR LF and CR become LF, other control characters but tabs become spaces. */
static Str words_clean(Arena *arena, Str text) {
    char *bytes = arena_get(arena, text.length);
    size_t length = 0;
    for (size_t at = 0; at < text.length; at++) {
        const unsigned char byte = (unsigned char)text.at[at];
        if (byte == '\r') {
            if (at + 1 < text.length && text.at[at + 1] == '\n') {
                continue;
            }
            bytes[length++] = '\n';
        } else if ((byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7f) {
            bytes[length++] = ' ';
        } else {
            bytes[length++] = text.at[at];
        }
    }
    return (Str){.at = bytes, .length = length};
}

/* ---- checking ---- */

static bool mail_is_sound(Str mail) {
    Str local = STR_NONE;
    Str domain = STR_NONE;
    Str rest = STR_NONE;
    Str before_dot = STR_NONE;
    if (mail.length > 254 || !str_cut(mail, '@', &local, &domain) || local.length == 0 || local.length > 64 ||
        str_cut(domain, '@', &before_dot, &rest) || !str_cut(domain, '.', &before_dot, &rest)) {
        return false;
    }
    for (size_t at = 0; at < mail.length; at++) {
        const unsigned char byte = (unsigned char)mail.at[at];
        if (byte <= ' ' || byte == 0x7f || strchr("<>()[],;:\\\"", byte) != NULL) {
            return false;
        }
    }
    return before_dot.length > 0 && rest.length > 0 && !str_ends_with(domain, STR(".")) &&
           !str_contains(domain, STR(".."));
}

static bool phone_is_sound(Str phone) {
    size_t digits = 0;
    for (size_t at = 0; at < phone.length; at++) {
        const char byte = phone.at[at];
        if (byte >= '0' && byte <= '9') {
            digits++;
        } else if (strchr(" +()-./xX#", byte) == NULL) {
            return false;
        }
    }
    return digits >= PHONE_LEAST_DIGITS && digits <= 20;
}

static bool choice_is_known(const Field *field, Str value) {
    for (const char *const *choice = field->choices; *choice != NULL; choice++) {
        if (str_equal(value, str_of(*choice))) {
            return true;
        }
    }
    return false;
}

static size_t characters_most(const Field *field) {
    if (field->most_characters > 0) {
        return field->most_characters;
    }
    return field->kind == FIELD_WORDS ? WORDS_CHARACTERS : LINE_CHARACTERS;
}

/* Cleans one text and says what is wrong with it. */
static Text text_read(Arena *arena, const Field *field, Str sent, FieldValue *value) {
    const bool is_words = field->kind == FIELD_WORDS;
    value->text = is_words ? words_clean(arena, sent) : line_clean(arena, sent);
    if (str_is_empty(str_trim(value->text))) {
        value->text = STR("");
        return TEXT_NONE;
    }
    if (str_characters(value->text) > characters_most(field)) {
        return TEXT_UI_FIELD_TOO_LONG;
    }
    if (field->kind == FIELD_MAIL && !mail_is_sound(value->text)) {
        return TEXT_UI_FIELD_MAIL;
    }
    if (field->kind == FIELD_PHONE && !phone_is_sound(value->text)) {
        return TEXT_UI_FIELD_PHONE;
    }
    if (field->kind == FIELD_NUMBER) {
        if (!str_to_int(value->text, INT64_MIN, INT64_MAX, &value->number)) {
            return TEXT_UI_FIELD_NUMBER;
        }
        return value->number < field->least || value->number > field->most ? TEXT_UI_FIELD_NUMBER_RANGE
                                                                           : TEXT_NONE;
    }
    return TEXT_NONE;
}

/* A value out of a fixed set: only a tampered or outdated page sends another. It is not shown again. */
static Text pick_read(const Field *field, Str sent, FieldValue *value) {
    if (str_is_empty(sent)) {
        value->text = STR("");
        return TEXT_NONE;
    }
    const bool is_fine =
        field->kind == FIELD_ID ? url_read_id(sent, &value->number) : choice_is_known(field, sent);
    value->text = is_fine ? sent : STR("");
    return is_fine ? TEXT_NONE : TEXT_UI_FIELD_CHOICE;
}

static Text many_read(Arena *arena, const Field *field, const Sent *sent, FieldValue *value) {
    Str *items = NEW_MANY(arena, sent->count, Str);
    value->many = (Strs){.items = items};
    if (sent->count > MANY_MOST) {
        return TEXT_UI_FIELD_CHOICE;
    }
    for (size_t at = 0; at < sent->count; at++) {
        int64_t id = 0;
        const bool is_fine = field->kind == FIELD_IDS ? url_read_id(sent->values[at], &id)
                                                      : choice_is_known(field, sent->values[at]);
        if (!is_fine) {
            return TEXT_UI_FIELD_CHOICE;
        }
        items[value->many.count++] = sent->values[at];
    }
    return TEXT_NONE;
}

static const Upload *upload_find(const Field *field, const Input *input, size_t *ret_count) {
    const Upload *found = NULL;
    *ret_count = 0;
    for (size_t at = 0; at < input->upload_count; at++) {
        if (str_equal(input->uploads[at].name, str_of(field->name))) {
            found = &input->uploads[at];
            (*ret_count)++;
        }
    }
    return found;
}

static bool is_empty(const Field *field, const FieldValue *value) {
    switch (field->kind) {
    case FIELD_SET:
    case FIELD_IDS:
        return value->many.count == 0;
    case FIELD_SWITCH:
        return !value->is_on;
    case FIELD_LINE:
    case FIELD_WORDS:
    case FIELD_MAIL:
    case FIELD_PHONE:
    case FIELD_NUMBER:
    case FIELD_CHOICE:
    case FIELD_ID:
    case FIELD_FILE:
        break;
    }
    return str_is_empty(value->text);
}

static Text field_read(Arena *arena, const Field *field, const Input *input, const Sent *sent,
                       FieldValue *value) {
    size_t uploads = 0;
    switch (field->kind) {
    case FIELD_SET:
    case FIELD_IDS:
        return many_read(arena, field, sent, value);
    case FIELD_SWITCH:
        value->is_on = sent->count > 0;
        return TEXT_NONE;
    case FIELD_FILE: {
        const Upload *upload = upload_find(field, input, &uploads);
        value->text = upload == NULL ? STR("") : upload->filename;
        return uploads > 1 ? TEXT_UI_FIELD_TWICE : TEXT_NONE;
    }
    case FIELD_CHOICE:
    case FIELD_ID:
        return sent->count == 0 ? TEXT_NONE : pick_read(field, sent->values[0], value);
    case FIELD_LINE:
    case FIELD_WORDS:
    case FIELD_MAIL:
    case FIELD_PHONE:
    case FIELD_NUMBER:
        break;
    }
    return sent->count == 0 ? TEXT_NONE : text_read(arena, field, sent->values[0], value);
}

static bool takes_many(const Field *field) {
    return field->kind == FIELD_SET || field->kind == FIELD_IDS;
}

Form form_read(const Scope *scope, const Input *input, const Field *fields, size_t count) {
    Form form = form_empty(scope, fields, count);
    form.is_sent = true;
    Sent *sent = NEW(scope->arena, Sent);
    for (size_t at = 0; at < count; at++) {
        sent_find(input, fields[at].name, sent);
        if (sent->count > 1 && !takes_many(&fields[at])) {
            form_error(&form, at, TEXT_UI_FIELD_TWICE);
            continue;
        }
        const Text error = field_read(scope->arena, &fields[at], input, sent, &form.values[at]);
        if (error != TEXT_NONE) {
            form_error(&form, at, error);
        } else if (fields[at].is_required && is_empty(&fields[at], &form.values[at])) {
            const Text general = fields[at].kind == FIELD_FILE ? TEXT_UI_FIELD_FILE : TEXT_UI_FIELD_MISSING;
            form_error(&form, at, fields[at].missing != TEXT_NONE ? fields[at].missing : general);
        }
    }
    return form;
}

Form form_empty(const Scope *scope, const Field *fields, size_t count) {
    return (Form){.arena = scope->arena,
                  .fields = fields,
                  .values = NEW_MANY(scope->arena, count, FieldValue),
                  .count = count,
                  .is_valid = true};
}

/* ---- accessors ---- */

static FieldValue *value_of(const Form *form, size_t field, bool is_right_kind) {
    assert(field < form->count && is_right_kind);
    return &form->values[field];
}

static FieldKind kind_of(const Form *form, size_t field) {
    assert(field < form->count);
    return form->fields[field].kind;
}

static bool is_text(const Form *form, size_t field) {
    return kind_of(form, field) <= FIELD_PHONE || kind_of(form, field) == FIELD_CHOICE;
}

Str form_str(const Form *form, size_t field) {
    const FieldValue *value = value_of(form, field, is_text(form, field));
    return str_is_none(value->text) ? STR("") : value->text;
}

int64_t form_int(const Form *form, size_t field, int64_t otherwise) {
    const FieldValue *value = value_of(form, field, kind_of(form, field) == FIELD_NUMBER);
    return str_is_empty(value->text) || value->error != TEXT_NONE ? otherwise : value->number;
}

bool form_is_on(const Form *form, size_t field) {
    return value_of(form, field, kind_of(form, field) == FIELD_SWITCH)->is_on;
}

int64_t form_id(const Form *form, size_t field) {
    return value_of(form, field, kind_of(form, field) == FIELD_ID)->number;
}

Strs form_many(const Form *form, size_t field) {
    return value_of(form, field, kind_of(form, field) == FIELD_SET)->many;
}

size_t form_ids(const Form *form, size_t field, const int64_t **ret_ids) {
    const Strs many = value_of(form, field, kind_of(form, field) == FIELD_IDS)->many;
    int64_t *ids = NEW_MANY(form->arena, many.count, int64_t);
    for (size_t at = 0; at < many.count; at++) {
        const bool is_id = url_read_id(many.items[at], &ids[at]);
        assert(is_id);
    }
    *ret_ids = ids;
    return many.count;
}

bool form_has(const Form *form, size_t field, Str value) {
    if (!takes_many(&form->fields[field])) {
        return str_equal(value_of(form, field, true)->text, value);
    }
    const Strs many = value_of(form, field, true)->many;
    for (size_t at = 0; at < many.count; at++) {
        if (str_equal(many.items[at], value)) {
            return true;
        }
    }
    return false;
}

const Upload *form_file(const Form *form, size_t field, const Input *input) {
    size_t uploads = 0;
    assert(kind_of(form, field) == FIELD_FILE);
    return upload_find(&form->fields[field], input, &uploads);
}

void form_set_str(Form *form, size_t field, Str value) {
    value_of(form, field, is_text(form, field))->text = value;
}

void form_set_int(Form *form, size_t field, int64_t value) {
    FieldValue *place = value_of(form, field, kind_of(form, field) == FIELD_NUMBER);
    place->number = value;
    place->text = str_print(form->arena, "%lld", (long long)value);
}

void form_set_on(Form *form, size_t field, bool is_on) {
    value_of(form, field, kind_of(form, field) == FIELD_SWITCH)->is_on = is_on;
}

void form_set_id(Form *form, size_t field, int64_t id) {
    FieldValue *place = value_of(form, field, kind_of(form, field) == FIELD_ID);
    Buf token = buf_new(form->arena, ID_TOKEN_LENGTH + 1);
    place->number = id;
    url_add_id(&token, id);
    place->text = buf_str(&token);
}

void form_set_many(Form *form, size_t field, Strs values) {
    value_of(form, field, takes_many(&form->fields[field]))->many = values;
}

void form_error(Form *form, size_t field, Text why) {
    FieldValue *value = value_of(form, field, why != TEXT_NONE);
    form->is_valid = false;
    if (value->error == TEXT_NONE) {
        value->error = why;
    }
}
