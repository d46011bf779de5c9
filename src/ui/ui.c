/* SPDX-License-Identifier: Apache-2.0 */
/* Frames and form pieces. */
#include "ui/ui.h"

Layout layout_of(const Scope *scope, Reply *reply, Text title) {
    return (Layout){
        .title = title,
        .path = reply_path(reply),
        .said = reply_said(reply),
        .is_signed_in = scope->actor.value != 0,
    };
}

Layout layout_titled(const Scope *scope, Reply *reply, Str title) {
    Layout layout = layout_of(scope, reply, TEXT_NONE);
    layout.title_words = title;
    return layout;
}

Url ui_home(void) {
    return (Url){.text = STR("/")};
}

Options ui_langs(Arena *arena) {
    Option *items = NEW_MANY(arena, LANG_COUNT, Option);
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        items[lang] = (Option){.value = lang_tag((Lang)lang), .label = lang_name((Lang)lang)};
    }
    return (Options){.items = items, .count = LANG_COUNT};
}

FieldErrors form_errors(const Form *form) {
    FieldError *items = NEW_MANY(form->arena, form->count, FieldError);
    size_t count = 0;
    for (size_t field = 0; field < form->count; field++) {
        if (form->values[field].error != TEXT_NONE) {
            items[count++] =
                (FieldError){.name = field_name(form, field), .error = form->values[field].error};
        }
    }
    return (FieldErrors){.items = items, .count = count};
}

int64_t field_most(const Form *form, size_t field) {
    size_t most = form->fields[field].most_characters;
    return (int64_t)(most == 0 ? 200 : most);
}

Url layout_lang_url(const Layout *layout, Arena *arena, Lang lang) {
    return url_with(arena, url_back(arena, layout->path), STR("lang"), lang_tag(lang));
}
