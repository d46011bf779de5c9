/* SPDX-License-Identifier: Apache-2.0 */
/* Fills the buffer with whole lines, and finds those that say something. */
#include "matching/lines.h"

Lines lines_new(Arena *arena, const LinesSource *source) {
    char *buffer = arena_get(arena, LINES_BYTES_MOST + 1);
    return (Lines){.source = source, .buffer = buffer, .at = buffer, .end = buffer, .filled = buffer};
}

/* Behind the last line end between the two, or NULL. */
static char *last_line_end(char *from, char *to) {
    while (to > from) {
        if (to[-1] == '\n') {
            return to;
        }
        to--;
    }
    return NULL;
}

/* Brings the rest to the front, and whole lines behind it. False when not even one is whole in a full
 * buffer. */
static bool fill(Lines *lines) {
    const size_t rest = (size_t)(lines->filled - lines->at);
    memmove(lines->buffer, lines->at, rest);
    lines->at = lines->buffer;
    lines->end = lines->buffer;
    lines->filled = lines->buffer + rest;
    while (lines->end == lines->buffer && !lines->is_over) {
        const size_t room = (size_t)(lines->buffer + LINES_BYTES_MOST - lines->filled);
        if (room == 0) {
            return false;
        }
        const size_t got = lines->source->read(lines->source->context, lines->filled, room);
        char *const end = last_line_end(lines->filled, lines->filled + got);
        lines->filled += got;
        lines->end = end != NULL ? end : lines->end;
        lines->is_over = got == 0;
    }
    if (lines->is_over && lines->filled > lines->buffer) {
        *lines->filled++ = '\n'; /* the last line had no end */
        lines->end = lines->filled;
    }
    return true;
}

static bool says_nothing(const char *at) {
    while (lines_is_blank(*at)) {
        at++;
    }
    return *at == 'c' || *at == '\n' || (*at == '\r' && at[1] == '\n');
}

LinesNext lines_next(Lines *lines) {
    for (;;) {
        if (lines->at == lines->end) {
            if (!fill(lines)) {
                lines->line++;
                return LINES_TOO_LONG;
            }
            if (lines->at == lines->end) {
                return LINES_OVER;
            }
        }
        lines->line++;
        if (!says_nothing(lines->at)) {
            return LINES_HERE;
        }
        const char *const end = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
        lines->at = end + 1;
    }
}
