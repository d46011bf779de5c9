/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own documents: the plan from school, a letter, a photo of one. For taking along to a meeting,
 * and for having them all in one place.
 *
 * Nobody else reads one: there is no relation, duty or emergency that does, and nothing opens it to somebody
 * else. Content and name are sealed under the person's key (doc/decisions/0018), and go with it. What a file
 * is says its first bytes, not its name. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "platform/scope.h"
#include "ids.h"

/* Stored: never renumber. */
typedef enum DocumentKind {
    DOCUMENT_PDF = 1,
    DOCUMENT_JPEG = 2,
    DOCUMENT_PNG = 3,
    DOCUMENT_TEXT = 4, /* plain UTF-8 */
} DocumentKind;

enum {
    DOCUMENT_MOST = 100, /* of one person */
    DOCUMENT_BYTES_MOST = 4 * 1024 * 1024,
    DOCUMENT_ROOM = 40 * 1024 * 1024, /* all of one person's */
    DOCUMENT_CALLED_MOST = 100,       /* characters */
};

typedef enum DocumentResult {
    DOCUMENT_DONE,
    DOCUMENT_UNKNOWN,   /* none of the kinds, or empty; nothing was written, here and below */
    DOCUMENT_TOO_LARGE, /* this one */
    DOCUMENT_NO_ROOM,   /* with the others */
    DOCUMENT_ELSEWHERE, /* none of the actor's */
} DocumentResult;

/* The actor's own; `called` is not empty. */
DocumentResult document_add(const Scope *scope, Tx *tx, Str called, Str content);
DocumentResult document_drop(const Scope *scope, Tx *tx, DocumentId document);

typedef struct Document {
    DocumentId id;
    Str called;
    DocumentKind kind;
    int64_t bytes;
    Time added_at;
} Document;
typedef struct Documents {
    const Document *items;
    size_t count;
    int64_t bytes; /* of all of them */
} Documents;
/* The actor's, the newest on top. */
Documents document_list(const Scope *scope);

/* False: none of the actor's. */
bool document_open(const Scope *scope, DocumentId id, Str *ret_called, DocumentKind *ret_kind,
                   Str *ret_content);

/* All of somebody who is forgotten. */
void document_forget(Tx *tx, PersonId person);

/* What the bytes are; 0: none of the kinds. Pure. */
DocumentKind document_kind_of(Str content);

#endif
