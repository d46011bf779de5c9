/* SPDX-License-Identifier: Apache-2.0 */
/* Builds documents with libjansson. A node is one of its values under our name. */
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
