/* SPDX-License-Identifier: Apache-2.0 */
/* Notes that wait for a signature, and signing one off. */
#include "features/note/note_view.h"
#include "note_html.h"
#include "routes.h"
#include "texts.h"

void note_unsigned_show(Get *get, ProgramId program) {
    const NoteUnsignedPage page = {.layout = layout_of(get->scope, get->reply, TEXT_NOTE_UNSIGNED_TITLE),
                                   .program = program,
                                   .notes = note_unsigned_list(get->scope, program)};
    note_unsigned_page(reply_html(get->reply, 200), &page);
}

void note_sign_do(Post *post, NoteId id) {
    Note note;
    Match match;
    if (!note_find(post->scope, id, &note) || !match_find(post->scope, note.match, &match)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    switch (note_sign(post->scope, post->tx, &note)) {
    case NOTE_DONE:
        reply_redirect_saying(post->reply, url_note_unsigned_show(post->scope->arena, match.program),
                              TEXT_NOTE_SIGNED_NOW);
        return;
    case NOTE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
