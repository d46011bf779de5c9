/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of words and whole numbers out of a stream of any bytes, as fast as memory: for files of millions
 * of lines, of which only 64 KiB are held at a time.
 *
 * Empty lines and those that begin with "c" are passed over. Words stand apart by spaces or tabs; a line
 * ends with LF or CR LF, the last one also without. Call lines_next() first; then the words of the line in
 * order; then lines_ended(). Once anything was found wrong, nothing more may be asked. */
#ifndef LINES_H
#define LINES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { LINES_BYTES_MOST = 65536 }; /* of one line, its end included */

/* Where bytes come from: at most `room` of them, at least one unless there are no more. */
typedef size_t LinesRead(void *context, char *bytes, size_t room);

typedef struct LinesSource {
    LinesRead *read;
    void *context;
    uint64_t bytes_most; /* there are no more than that, so that no memory is taken for what cannot come;
                            UINT64_MAX: not known */
} LinesSource;

typedef struct Lines {
    const LinesSource *source;
    char *buffer;   /* LINES_BYTES_MOST and one more */
    const char *at; /* what is read next */
    char *end;      /* behind the last whole line in the buffer */
    char *filled;   /* behind all that is in the buffer */
    uint64_t line;  /* of now, from 1 */
    bool is_over;   /* the source has no more */
} Lines;

typedef enum LinesNext {
    LINES_HERE,
    LINES_OVER,
    LINES_TOO_LONG, /* over LINES_BYTES_MOST */
} LinesNext;

typedef enum LinesNumber {
    LINES_NUMBER,
    LINES_NO_NUMBER, /* none there, or something stuck to it */
    LINES_TOO_GREAT, /* further from 0 than the most that was asked for */
} LinesNumber;

/* The buffer lives in the arena. */
Lines lines_new(Arena *arena, const LinesSource *source);
LinesNext lines_next(Lines *lines);

static inline bool lines_is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

/* A word of one letter at the beginning of the line; 0 when what stands there is longer. */
static inline char lines_letter(Lines *lines) {
    const char letter = lines->at[0];
    const char behind = lines->at[1];
    if (!lines_is_blank(behind) && behind != '\n' && behind != '\r') {
        return 0;
    }
    lines->at++;
    return letter;
}

/* Digits alone, up to `most` (at most INT64_MAX). Every line ends with LF, so that no end needs to be looked
 * for. */
static inline LinesNumber lines_whole(Lines *lines, uint64_t most, uint64_t *ret_number) {
    const char *at = lines->at;
    while (lines_is_blank(*at)) {
        at++;
    }
    const char *const start = at;
    uint64_t number = 0;
    for (unsigned digit = (unsigned char)*at - '0'; digit < 10; digit = (unsigned char)*++at - '0') {
        number = number < UINT64_C(1000000000000000000) ? number * 10 + digit : UINT64_MAX;
    }
    lines->at = at;
    if (at == start || (!lines_is_blank(*at) && *at != '\n' && *at != '\r')) {
        return LINES_NO_NUMBER;
    }
    if (number > most) {
        return LINES_TOO_GREAT;
    }
    *ret_number = number;
    return LINES_NUMBER;
}

/* The same with an optional minus; what is below -most is told as -most. */
static inline LinesNumber lines_signed(Lines *lines, uint64_t most, int64_t *ret_number) {
    while (lines_is_blank(*lines->at)) {
        lines->at++;
    }
    uint64_t number = 0;
    if (*lines->at != '-') {
        const LinesNumber read = lines_whole(lines, most, &number);
        *ret_number = (int64_t)number;
        return read;
    }
    lines->at++;
    if (lines_is_blank(*lines->at)) {
        return LINES_NO_NUMBER;
    }
    const LinesNumber read = lines_whole(lines, most, &number);
    *ret_number = read == LINES_TOO_GREAT ? -(int64_t)most : -(int64_t)number;
    return read == LINES_NO_NUMBER ? LINES_NO_NUMBER : LINES_NUMBER;
}

/* Nothing but blanks is left of the line: true, and the line is behind us. */
static inline bool lines_ended(Lines *lines) {
    const char *at = lines->at;
    while (lines_is_blank(*at)) {
        at++;
    }
    at += *at == '\r' ? 1 : 0;
    lines->at = at + 1;
    return *at == '\n';
}

#endif
