/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON document being built: objects and lists, and its text in the end. Escaping and numbers are
 * libjansson's.
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

#endif
