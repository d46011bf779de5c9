/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: a document being built, and its text in the end; and one that came from outside, to be read.
 * Escaping, numbers and parsing are libjansson's.
 *
 * The document lives as long as its arena; parts of it are reached through what they were put into and need
 * no end of their own. Strings are UTF-8, as everywhere. fail(FAIL_MEMORY) when there is no room. */
#ifndef JSON_H
#define JSON_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct JsonNode JsonNode;

/* An empty object: the document. */
JsonNode *json_document(Arena *arena);
/* An empty object or list under a key of an object, and an empty object at the end of a list. */
JsonNode *json_put_object(JsonNode *object, const char *key);
JsonNode *json_put_list(JsonNode *object, const char *key);
JsonNode *json_add_object(JsonNode *list);

void json_put_str(JsonNode *object, const char *key, Str value);
void json_put_int(JsonNode *object, const char *key, int64_t value);
void json_put_bool(JsonNode *object, const char *key, bool value);

/* Indented by two spaces, keys in the order in which they were put. */
Str json_text(Arena *arena, const JsonNode *document);

/* ---- reading ---- */

/* The object that this text is, as long as the arena; NULL when it is none: something else, a key twice in an
 * object, bytes that are not UTF-8, a NUL. */
const JsonNode *json_read(Arena *arena, Str text);

/* What stands under a key; NULL when there is no object, or no list, there. `object` may be NULL. */
const JsonNode *json_get_object(const JsonNode *object, const char *key);
const JsonNode *json_get_list(const JsonNode *object, const char *key);
/* STR_NONE when there is no string. */
Str json_get_str(const JsonNode *object, const char *key);
/* False when there is no whole number within these. */
bool json_get_int(const JsonNode *object, const char *key, int64_t least, int64_t most, int64_t *ret_number);

/* 0 of what is no list. */
size_t json_count(const JsonNode *list);
/* NULL when that item is none: no object, no list. */
const JsonNode *json_item_object(const JsonNode *list, size_t at);
const JsonNode *json_item_list(const JsonNode *list, size_t at);
/* STR_NONE when it is no string. */
Str json_item_str(const JsonNode *list, size_t at);

#endif
