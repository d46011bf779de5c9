/* SPDX-License-Identifier: Apache-2.0 */
/* Frames and form pieces. */
#include "ui/ui.h"

Layout layout_of(const Scope *scope, Reply *reply, Text title) {
    return (Layout){
        .title = title,
        .path = reply_path(reply),
        .said = reply_said(reply),
        .now = scope->now,
        .is_signed_in = scope->actor.value != 0,
        .reader = scope->actor,
    };
}

void layout_only_reads(Layout *layout, const Scope *scope, const Reply *reply) {
    layout->only_reads = scope->actor.value == 0 && !reply_has_visit(reply);
}

Layout layout_titled(const Scope *scope, Reply *reply, Str title) {
    Layout layout = layout_of(scope, reply, TEXT_NONE);
    layout.title_words = title;
    return layout;
}

Url ui_home(void) {
    return (Url){.text = STR("/")};
}

Str ui_id_value(Arena *arena, int64_t id) {
    Buf buf = buf_new(arena, ID_TOKEN_LENGTH);
    url_add_id(&buf, id);
    return buf_str(&buf);
}

Options ui_langs(Arena *arena) {
    Option *items = NEW_MANY(arena, LANG_COUNT, Option);
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        items[lang] = (Option){.value = lang_tag((Lang)lang), .label = lang_name((Lang)lang)};
    }
    return (Options){.items = items, .count = LANG_COUNT};
}

static size_t line_count(Str text) {
    size_t count = 1;
    for (size_t at = 0; at < text.length; at++) {
        count += text.at[at] == '\n';
    }
    return count;
}

Blocks ui_blocks(Arena *arena, Str text) {
    size_t most = line_count(text);
    Block *blocks = NEW_MANY(arena, most, Block);
    Str *lines = NEW_MANY(arena, most, Str); /* each block's lines stand side by side in here */
    size_t count = 0;
    size_t used = 0;
    Str rest = text;
    while (!str_is_empty(rest)) {
        Str line = STR_NONE;
        (void)str_cut(rest, '\n', &line, &rest);
        line = str_trim(line);
        bool is_list = str_starts_with(line, STR("- "));
        if (str_is_empty(line)) {
            continue;
        }
        if (count == 0 || blocks[count - 1].is_list != is_list) {
            blocks[count++] = (Block){.is_list = is_list, .lines = {.items = lines + used}};
        }
        lines[used++] = is_list ? str_part(line, 2, line.length) : line;
        blocks[count - 1].lines.count++;
    }
    return (Blocks){.items = blocks, .count = count};
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
