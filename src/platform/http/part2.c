/* SPDX-License-Identifier: Apache-2.0 */
/* The only place where such words come out. */
#include "platform/http/part2.h"

#include "platform/http/reply_parts.h"

#include <assert.h>

struct Part2Notice {
    Reply *reply;
    Part2Frame *frame;
    Str scope_words;
};

const Part2Notice *part2_notice(Reply *reply, Part2Frame *frame, Str scope_words) {
    Part2Notice *notice = NEW(reply->scope->arena, Part2Notice);
    *notice = (Part2Notice){.reply = reply, .frame = frame, .scope_words = scope_words};
    return notice;
}

/* One page may show words under several consents: it says each once. */
static Str with(Arena *arena, Str said, Str more) {
    if (str_is_empty(said)) {
        return more;
    }
    return str_contains(said, more) ? said : str_print(arena, "%.*s %.*s", STR_ARGS(said), STR_ARGS(more));
}

static bool is_plain(Part2Words words) {
    return !words.is_marked || str_is_empty(words.hidden_words);
}

Str part2_open(const Part2Notice *notice, Part2Words words) {
    if (is_plain(words)) {
        return words.hidden_words;
    }
    if (str_is_empty(notice->scope_words)) {
        return text_str(notice->reply->scope->lang, TEXT_UI_PART2_WITHHELD);
    }
    notice->frame->scope_words =
        with(notice->reply->scope->arena, notice->frame->scope_words, notice->scope_words);
    notice->reply->tells_part2 = true;
    notice->reply->part2_scope = notice->frame->scope_words;
    return words.hidden_words;
}

static bool is_own(const Scope *scope, PersonId person) {
    return person.value != 0 && person_id_equal(scope->actor, person);
}

Str part2_open_about(const Part2Notice *notice, PersonId person, Part2Words words) {
    const Scope *scope = notice->reply->scope;
    return is_own(scope, person) ? part2_open_own(scope, person, words) : part2_open(notice, words);
}

bool part2_is_withheld(const Part2Notice *notice, PersonId person, Part2Words words) {
    return !is_plain(words) && str_is_empty(notice->scope_words) && !is_own(notice->reply->scope, person);
}

Str part2_open_own(const Scope *scope, PersonId person, Part2Words words) {
    assert(scope->actor.value != 0 && person_id_equal(scope->actor, person));
    return words.hidden_words;
}

static Str escaped(Arena *arena, Str words) {
    Html html = {.out = buf_new(arena, 6 * words.length + 1)};
    html_write_escaped(&html, words);
    return buf_str(&html.out);
}

void part2_hold(const Reply *reply, Str bytes) {
    if (!reply->tells_part2) {
        return;
    }
    /* A page escapes what it says, a file of another kind does not. */
    const Str statement = text_str(reply->scope->lang, TEXT_UI_PART2_STATEMENT);
    const Str scope_words =
        reply->kind == REPLY_HTML ? escaped(reply->scope->arena, reply->part2_scope) : reply->part2_scope;
    assert(str_contains(bytes, statement) && str_contains(bytes, scope_words));
}
