/* SPDX-License-Identifier: Apache-2.0 */
/* Builds and reads documents with libjansson. A node is one of its values under our name. */
#include "platform/json/json.h"

#include "base/fail.h"

#include <jansson.h>

static json_t *value_of(JsonNode *node) {
    return (json_t *)node;
}

static JsonNode *node_of(json_t *value) {
    return (JsonNode *)value;
}

static void document_free(void *context) {
    json_decref(context);
}

JsonNode *json_document(Arena *arena) {
    json_t *document = json_object();
    if (document == NULL) {
        fail(FAIL_MEMORY, "no memory for a document");
    }
    arena_at_end(arena, document_free, document);
    return node_of(document);
}

/* The object takes the value over, also when it has no room for it. */
static void put(JsonNode *object, const char *key, json_t *value) {
    if (json_object_set_new(value_of(object), key, value) != 0) {
        fail(FAIL_MEMORY, "no memory for a document");
    }
}

JsonNode *json_put_object(JsonNode *object, const char *key) {
    json_t *value = json_object();
    put(object, key, value);
    return node_of(value);
}

JsonNode *json_put_list(JsonNode *object, const char *key) {
    json_t *value = json_array();
    put(object, key, value);
    return node_of(value);
}

JsonNode *json_add_object(JsonNode *list) {
    json_t *value = json_object();
    if (json_array_append_new(value_of(list), value) != 0) {
        fail(FAIL_MEMORY, "no memory for a document");
    }
    return node_of(value);
}

void json_put_str(JsonNode *object, const char *key, Str value) {
    put(object, key, json_stringn(value.at == NULL ? "" : value.at, value.length));
}

void json_put_int(JsonNode *object, const char *key, int64_t value) {
    put(object, key, json_integer(value));
}

void json_put_bool(JsonNode *object, const char *key, bool value) {
    put(object, key, json_boolean(value));
}

Str json_text(Arena *arena, const JsonNode *document) {
    const json_t *value = (const json_t *)document;
    const size_t flags = JSON_INDENT(2);
    const size_t length = json_dumpb(value, NULL, 0, flags);
    if (length == 0) {
        fail(FAIL_MEMORY, "no memory for a document");
    }
    char *bytes = arena_get(arena, length);
    (void)json_dumpb(value, bytes, length, flags);
    return (Str){.at = bytes, .length = length};
}

/* ---- reading ---- */

static const json_t *read_value(const JsonNode *node) {
    return (const json_t *)node;
}

static const JsonNode *read_node(const json_t *value) {
    return (const JsonNode *)value;
}

const JsonNode *json_read(Arena *arena, Str text) {
    json_t *value = text.length == 0 ? NULL : json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES, NULL);
    if (value != NULL) {
        arena_at_end(arena, document_free, value);
    }
    return json_is_object(value) ? read_node(value) : NULL;
}

static const json_t *get(const JsonNode *object, const char *key) {
    return json_object_get(read_value(object), key);
}

static const JsonNode *if_object(const json_t *value) {
    return json_is_object(value) ? read_node(value) : NULL;
}

static const JsonNode *if_list(const json_t *value) {
    return json_is_array(value) ? read_node(value) : NULL;
}

static Str if_str(const json_t *value) {
    return json_is_string(value) ? (Str){.at = json_string_value(value), .length = json_string_length(value)}
                                 : STR_NONE;
}

const JsonNode *json_get_object(const JsonNode *object, const char *key) {
    return if_object(get(object, key));
}

const JsonNode *json_get_list(const JsonNode *object, const char *key) {
    return if_list(get(object, key));
}

Str json_get_str(const JsonNode *object, const char *key) {
    return if_str(get(object, key));
}

bool json_get_int(const JsonNode *object, const char *key, int64_t least, int64_t most, int64_t *ret_number) {
    const json_t *value = get(object, key);
    const int64_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < least || number > most) {
        return false;
    }
    *ret_number = number;
    return true;
}

size_t json_count(const JsonNode *list) {
    return json_array_size(read_value(list));
}

const JsonNode *json_item_object(const JsonNode *list, size_t at) {
    return if_object(json_array_get(read_value(list), at));
}

const JsonNode *json_item_list(const JsonNode *list, size_t at) {
    return if_list(json_array_get(read_value(list), at));
}

Str json_item_str(const JsonNode *list, size_t at) {
    return if_str(json_array_get(read_value(list), at));
}
