/* SPDX-License-Identifier: Apache-2.0 */
/* The lines' form, and the features' way to add one to their transaction. */
#include "platform/live/live_line.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

static bool is_kind(Str word) {
    for (size_t at = 0; at < word.length; at++) {
        if (word.at[at] < 'a' || word.at[at] > 'z') {
            return false;
        }
    }
    return word.length > 0 && word.length <= LIVE_KIND_MOST;
}

size_t live_line_write(const LiveLine *line, char ret_text[LIVE_LINE_MOST]) {
    int length = 0;
    switch (line->verb) {
    case LIVE_TELL:
        length = snprintf(ret_text, LIVE_LINE_MOST, "tell %" PRId64 " %.*s %" PRId64, line->person,
                          STR_ARGS(line->kind), line->object);
        break;
    case LIVE_GONE:
        length = snprintf(ret_text, LIVE_LINE_MOST, "gone %" PRId64, line->session);
        break;
    case LIVE_LEFT:
        length = snprintf(ret_text, LIVE_LINE_MOST, "left %" PRId64 " %" PRId64, line->person, line->session);
        break;
    case LIVE_HAND:
        length = snprintf(ret_text, LIVE_LINE_MOST, "hand %" PRId64 " %" PRId64 " %" PRId64, line->person,
                          line->session, line->since);
        break;
    }
    assert(length > 0 && length < LIVE_LINE_MOST);
    return (size_t)length;
}

enum { WORDS_MOST = 4 };

/* False when there are not exactly `count` words, each with one space before the next. */
static bool words_of(Str text, Str *ret_words, size_t count) {
    Str rest = text;
    for (size_t at = 0; at + 1 < count; at++) {
        if (!str_cut(rest, ' ', &ret_words[at], &rest)) {
            return false;
        }
    }
    ret_words[count - 1] = rest;
    return true;
}

/* As it is written: without zeros before it, and none of these is below zero. */
static bool number_of(Str word, int64_t least, int64_t *ret_number) {
    const bool is_written = word.length == 1 || (word.length > 1 && word.at[0] >= '1');
    return is_written && str_to_int(word, least, INT64_MAX, ret_number);
}

bool live_line_read(Str text, LiveLine *ret_line) {
    Str words[WORDS_MOST];
    LiveLine line = {0};
    bool is_read = false;
    if (str_starts_with(text, STR("tell ")) && words_of(text, words, 4)) {
        line = (LiveLine){.verb = LIVE_TELL, .kind = words[2]};
        is_read = number_of(words[1], 1, &line.person) && is_kind(line.kind) &&
                  number_of(words[3], 0, &line.object);
    } else if (str_starts_with(text, STR("gone ")) && words_of(text, words, 2)) {
        line.verb = LIVE_GONE;
        is_read = number_of(words[1], 1, &line.session);
    } else if (str_starts_with(text, STR("left ")) && words_of(text, words, 3)) {
        line.verb = LIVE_LEFT;
        is_read = number_of(words[1], 1, &line.person) && number_of(words[2], 0, &line.session);
    } else if (str_starts_with(text, STR("hand ")) && words_of(text, words, 4)) {
        line.verb = LIVE_HAND;
        is_read = number_of(words[1], 1, &line.person) && number_of(words[2], 1, &line.session) &&
                  number_of(words[3], 0, &line.since);
    }
    if (is_read) {
        *ret_line = line;
    }
    return is_read;
}

/* ---- what features call ---- */

static void add(Tx *tx, const LiveLine *line) {
    char text[LIVE_LINE_MOST];
    const size_t length = live_line_write(line, text);
    tx_hint(tx, (Str){.at = text, .length = length});
}

void live_tell(Tx *tx, PersonId person, Str kind, int64_t object) {
    assert(is_kind(kind) && object >= 0);
    add(tx, &(LiveLine){.verb = LIVE_TELL, .person = person.value, .kind = kind, .object = object});
}

void live_end_session(Tx *tx, SessionId session) {
    add(tx, &(LiveLine){.verb = LIVE_GONE, .session = session.value});
}

void live_end_person(Tx *tx, PersonId person, SessionId but) {
    add(tx, &(LiveLine){.verb = LIVE_LEFT, .person = person.value, .session = but.value});
}
