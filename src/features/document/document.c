/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own documents: taken in by what they are, given back byte for byte. */
#include "features/document/document.h"

#include "document_sql.h"

DocumentKind document_kind_of(Str content) {
    if (str_starts_with(content, STR("%PDF-"))) {
        return DOCUMENT_PDF;
    }
    if (str_starts_with(content, STR("\xff\xd8\xff"))) {
        return DOCUMENT_JPEG;
    }
    if (str_starts_with(content, STR("\x89PNG\r\n\x1a\n"))) {
        return DOCUMENT_PNG;
    }
    return !str_is_empty(content) && str_is_clean(content) ? DOCUMENT_TEXT : 0;
}

DocumentResult document_add(const Scope *scope, Tx *tx, Str called, Str content) {
    if (content.length > DOCUMENT_BYTES_MOST) {
        return DOCUMENT_TOO_LARGE;
    }
    const DocumentKind kind = document_kind_of(content);
    if (kind == 0) {
        return DOCUMENT_UNKNOWN;
    }
    DocumentRoom room;
    if (document_room(scope->db, scope->actor, &room) &&
        (room.documents >= DOCUMENT_MOST || room.bytes + (int64_t)content.length > DOCUMENT_ROOM)) {
        return DOCUMENT_NO_ROOM;
    }
    document_insert(tx, &(DocumentInsert){.id = {random_id(scope->random)},
                                          .person = scope->actor,
                                          .called = called,
                                          .kind = kind,
                                          .bytes = (int64_t)content.length,
                                          .content = content,
                                          .now = scope->now});
    return DOCUMENT_DONE;
}

DocumentResult document_drop(const Scope *scope, Tx *tx, DocumentId document) {
    return document_delete(tx, document, scope->actor) == 1 ? DOCUMENT_DONE : DOCUMENT_ELSEWHERE;
}

Documents document_list(const Scope *scope) {
    const DocumentOfPersonRows rows = document_of_person(scope->db, scope->actor, DOCUMENT_MOST);
    Document *items = NEW_MANY(scope->arena, rows.count, Document);
    int64_t bytes = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const DocumentOfPerson *row = &rows.items[at];
        items[at] = (Document){.id = row->id,
                               .called = row->called,
                               .kind = (DocumentKind)row->kind,
                               .bytes = row->bytes,
                               .added_at = row->added_at};
        bytes += row->bytes;
    }
    return (Documents){.items = items, .count = rows.count, .bytes = bytes};
}

bool document_open(const Scope *scope, DocumentId id, Str *ret_called, DocumentKind *ret_kind,
                   Str *ret_content) {
    DocumentById row;
    if (!document_by_id(scope->db, id, scope->actor, &row)) {
        return false;
    }
    *ret_called = row.called;
    *ret_kind = (DocumentKind)row.kind;
    *ret_content = row.content;
    return true;
}

void document_forget(Tx *tx, PersonId person) {
    (void)document_delete_all(tx, person);
}
