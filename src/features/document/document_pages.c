/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own documents: the list with one more, and each to open. */
#include "features/document/document_view.h"
#include "document_html.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { MEGABYTE = 1024 * 1024, KILOBYTE = 1024 };
enum { ADD_FILE, ADD_CALLED, ADD_FIELDS };
static const Field add_fields[] = {
    [ADD_FILE] = {.name = "file",
                  .kind = FIELD_FILE,
                  .is_required = true,
                  .missing = TEXT_DOCUMENT_FILE_MISSING},
    [ADD_CALLED] = {.name = "called", .kind = FIELD_LINE, .most_characters = DOCUMENT_CALLED_MOST},
};

/* What a browser is told that it is. */
static const struct {
    const char *type;
    const char *ending;
    Text text;
} kinds[] = {
    [DOCUMENT_PDF] = {"application/pdf", ".pdf", TEXT_DOCUMENT_PDF},
    [DOCUMENT_JPEG] = {"image/jpeg", ".jpg", TEXT_DOCUMENT_PHOTO},
    [DOCUMENT_PNG] = {"image/png", ".png", TEXT_DOCUMENT_PHOTO},
    [DOCUMENT_TEXT] = {"text/plain; charset=utf-8", ".txt", TEXT_DOCUMENT_TEXT_FILE},
};

static int64_t megabytes(int64_t bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
}

static void show(const Scope *scope, Reply *reply, const Form *form) {
    const Words words = scope_words(scope);
    const Documents list = document_list(scope);
    DocumentLine *items = NEW_MANY(scope->arena, list.count, DocumentLine);
    for (size_t at = 0; at < list.count; at++) {
        const Document *one = &list.items[at];
        items[at] = (DocumentLine){.id = one->id,
                                   .called = one->called,
                                   .is = text_document_line(&words, kinds[one->kind].text,
                                                            (one->bytes + KILOBYTE - 1) / KILOBYTE,
                                                            zone_date(scope->zone, one->added_at))};
    }
    DocumentPage page = {.layout = layout_of(scope, reply, TEXT_DOCUMENT_TITLE),
                         .documents = {.items = items, .count = list.count},
                         .room_used = megabytes(list.bytes),
                         .room = megabytes(DOCUMENT_ROOM),
                         .each = megabytes(DOCUMENT_BYTES_MOST),
                         .form = form};
    page.layout.has_error = !form->is_valid;
    document_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void document_show(Get *get) {
    const Form form = form_empty(get->scope, add_fields, ADD_FIELDS);
    show(get->scope, get->reply, &form);
}

/* A browser may send a path; what counts is behind its last mark. */
static Str name_of(const Scope *scope, Str filename) {
    size_t start = 0;
    for (size_t at = 0; at < filename.length; at++) {
        start = filename.at[at] == '/' || filename.at[at] == '\\' ? at + 1 : start;
    }
    const Str name = str_trim(str_part(filename, start, filename.length));
    return str_is_empty(name) || !str_is_clean(name) ? text_str(scope->lang, TEXT_DOCUMENT_UNNAMED)
                                                     : str_first_characters(name, DOCUMENT_CALLED_MOST);
}

static Text why_not(DocumentResult result) {
    switch (result) {
    case DOCUMENT_DONE:
        return TEXT_NONE;
    case DOCUMENT_TOO_LARGE:
        return TEXT_DOCUMENT_TOO_LARGE;
    case DOCUMENT_NO_ROOM:
        return TEXT_DOCUMENT_NO_ROOM;
    case DOCUMENT_UNKNOWN:
    case DOCUMENT_ELSEWHERE:
        break;
    }
    return TEXT_DOCUMENT_UNKNOWN;
}

void document_add_do(Post *post) {
    Form form = form_read(post->scope, post->input, add_fields, ADD_FIELDS);
    const Upload *file = form.is_valid ? form_file(&form, ADD_FILE, post->input) : NULL;
    if (file != NULL) {
        const Str typed = form_str(&form, ADD_CALLED);
        const Str called = str_is_empty(typed) ? name_of(post->scope, file->filename) : typed;
        const Text why = why_not(document_add(post->scope, post->tx, called, file->content));
        if (why == TEXT_NONE) {
            reply_redirect_saying(post->reply, url_document_show(post->scope->arena), TEXT_DOCUMENT_KEPT);
            return;
        }
        form_error(&form, ADD_FILE, why);
    }
    show(post->scope, post->reply, &form);
}

/* As a browser may write it to a disk: letters, digits and a few marks, with the ending of what it is. */
static Str file_name(const Scope *scope, Str called, DocumentKind kind) {
    const Str ending = str_of(kinds[kind].ending);
    const Str stem = str_ends_with(str_lower_ascii(scope->arena, called), ending)
                         ? str_part(called, 0, called.length - ending.length)
                         : called;
    Buf name = buf_new(scope->arena, 4 * DOCUMENT_CALLED_MOST + ending.length + 1);
    for (size_t at = 0; at < stem.length; at++) {
        const char one = stem.at[at];
        const bool is_plain = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ||
                              (one >= '0' && one <= '9') || one == '-' || (one == '.' && at > 0);
        buf_add_char(&name, is_plain ? one : '_');
    }
    buf_add(&name, ending);
    return buf_str(&name);
}

void document_file(Get *get, DocumentId id) {
    Str called = STR_NONE;
    Str content = STR_NONE;
    DocumentKind kind = 0;
    if (!document_open(get->scope, id, &called, &kind, &content)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    reply_file(get->reply, str_of(kinds[kind].type), file_name(get->scope, called, kind), content);
}

void document_drop_do(Post *post, DocumentId id) {
    if (document_drop(post->scope, post->tx, id) == DOCUMENT_DONE) {
        reply_redirect_saying(post->reply, url_document_show(post->scope->arena), TEXT_DOCUMENT_DROPPED);
    } else {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
    }
}
