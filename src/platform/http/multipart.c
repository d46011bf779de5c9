/* SPDX-License-Identifier: Apache-2.0 */
/* Multipart forms: split at the boundary, read each part's disposition. */
#include "platform/http/multipart.h"

enum { MOST_PARTS = 512, MOST_UPLOADS = 16, MOST_BOUNDARY = 70, MOST_PART_HEAD = 2048 };

typedef struct Parts {
    Pair *pairs;
    size_t count;
    Upload *uploads;
    size_t upload_count;
} Parts;

/* The value of name="..." or name=token among parameters after the first ";". Backslash and percent escapes
 * are kept as they stand: browsers send quotes as %22. */
static Str parameter_find(Str header, Str name) {
    Str rest = header;
    Str ignored = STR_NONE;
    if (!str_cut(header, ';', &ignored, &rest)) {
        return STR_NONE;
    }
    while (rest.length > 0) {
        Str key = STR_NONE;
        if (!str_cut(rest, '=', &key, &rest)) {
            return STR_NONE;
        }
        Str value = STR_NONE;
        if (rest.length > 0 && rest.at[0] == '"') {
            if (!str_cut(str_part(rest, 1, rest.length), '"', &value, &rest)) {
                return STR_NONE;
            }
            Str between = STR_NONE;
            str_cut(rest, ';', &between, &rest);
        } else {
            str_cut(rest, ';', &value, &rest);
            value = str_trim(value);
        }
        if (str_equal_ascii(str_trim(key), name)) {
            return value;
        }
    }
    return STR_NONE;
}

/* Where `part` first stands in text, or text.length. */
static size_t find(Str text, Str part) {
    if (text.length < part.length) {
        return text.length;
    }
    const char *found = memmem(text.at, text.length, part.at, part.length);
    return found == NULL ? text.length : (size_t)(found - text.at);
}

/* Reads the part's header lines; false without a form-data disposition that has a name. */
static bool disposition_read(Str head, Str *ret_name, Str *ret_filename) {
    *ret_name = STR_NONE;
    *ret_filename = STR_NONE;
    while (head.length > 0) {
        Str line = STR_NONE;
        Str name = STR_NONE;
        Str value = STR_NONE;
        str_cut(head, '\n', &line, &head);
        if (!str_cut(line, ':', &name, &value) || !str_equal_ascii(name, STR("content-disposition"))) {
            continue;
        }
        value = str_trim(value);
        if (!str_starts_with(value, STR("form-data;"))) {
            return false;
        }
        *ret_name = parameter_find(value, STR("name"));
        *ret_filename = parameter_find(value, STR("filename"));
    }
    return !str_is_none(*ret_name) && str_is_clean(*ret_name) &&
           (str_is_none(*ret_filename) || str_is_clean(*ret_filename));
}

static bool part_read(Parts *parts, Str part) {
    const size_t head_length = find(part, STR("\r\n\r\n"));
    if (head_length == part.length || head_length > MOST_PART_HEAD) {
        return false;
    }
    Str name = STR_NONE;
    Str filename = STR_NONE;
    if (!disposition_read(str_part(part, 0, head_length), &name, &filename)) {
        return false;
    }
    const Str content = str_part(part, head_length + 4, part.length);
    if (!str_is_none(filename)) {
        if (parts->upload_count == MOST_UPLOADS) {
            return false;
        }
        /* An empty file field comes as an empty file without a name. */
        if (filename.length > 0 || content.length > 0) {
            parts->uploads[parts->upload_count++] =
                (Upload){.name = name, .filename = filename, .content = content};
        }
        return true;
    }
    if (parts->count == MOST_PARTS || !str_is_clean(content)) {
        return false;
    }
    parts->pairs[parts->count++] = (Pair){.name = name, .value = content};
    return true;
}

bool multipart_parse(Arena *arena, Str content_type, Str body, Input *ret_input) {
    const Str boundary = parameter_find(content_type, STR("boundary"));
    if (boundary.length == 0 || boundary.length > MOST_BOUNDARY) {
        return false;
    }
    const Str first = str_print(arena, "--%.*s", STR_ARGS(boundary));
    const Str between = str_print(arena, "\r\n--%.*s", STR_ARGS(boundary));
    if (!str_starts_with(body, first)) {
        return false;
    }
    Parts parts = {.pairs = NEW_MANY(arena, MOST_PARTS, Pair),
                   .uploads = NEW_MANY(arena, MOST_UPLOADS, Upload)};
    Str rest = str_part(body, first.length, body.length);
    while (!str_starts_with(rest, STR("--"))) {
        if (!str_starts_with(rest, STR("\r\n"))) {
            return false;
        }
        rest = str_part(rest, 2, rest.length);
        const size_t end = find(rest, between);
        if (end == rest.length || !part_read(&parts, str_part(rest, 0, end))) {
            return false;
        }
        rest = str_part(rest, end + between.length, rest.length);
    }
    *ret_input = (Input){.pairs = parts.pairs,
                         .count = parts.count,
                         .uploads = parts.uploads,
                         .upload_count = parts.upload_count};
    return true;
}
