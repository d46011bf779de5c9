/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a person's own documents shows: filled by document_pages.c, drawn by document.html. */
#ifndef DOCUMENT_VIEW_H
#define DOCUMENT_VIEW_H

#include "features/document/document.h"
#include "ui/ui.h"

typedef struct DocumentLine {
    DocumentId id;
    Str called;
    Str is; /* kind, size and day */
} DocumentLine;
typedef struct DocumentLines {
    const DocumentLine *items;
    size_t count;
} DocumentLines;

typedef struct DocumentPage {
    Layout layout;
    DocumentLines documents;
    int64_t room_used; /* in megabytes, rounded up, like the two below */
    int64_t room;
    int64_t each;
    const Form *form;
} DocumentPage;

#endif
