/* SPDX-License-Identifier: Apache-2.0 */
/* A growing text: each growth doubles, so that appending stays cheap, and stops at the maximum. */
#include "base/buf.h"

#include "base/fail.h"

#include <stdarg.h>

enum { FIRST_ROOM = 256 };

Buf buf_new(Arena *arena, size_t maximum) {
    return (Buf){.arena = arena, .maximum = maximum};
}

char *buf_reserve(Buf *buf, size_t length) {
    if (buf->bytes != NULL && length <= buf->room - buf->length) {
        return buf->bytes + buf->length;
    }
    if (length > buf->maximum - buf->length) {
        fail(FAIL_MEMORY, "a text would grow past its maximum of %zu bytes", buf->maximum);
    }
    const size_t needed = buf->length + length;
    /* Doubling cannot overflow: room never passes half of the address space before arena_get() refuses. */
    size_t room = buf->room == 0 ? FIRST_ROOM : buf->room * 2;
    room = room < needed ? needed : room;
    room = room > buf->maximum ? buf->maximum : room;
    /* One byte more than `room`, for the terminator that vsnprintf() insists on. */
    char *bytes = arena_get_many(buf->arena, room / 16 + 1, 16);
    if (buf->length > 0) {
        memcpy(bytes, buf->bytes, buf->length);
    }
    buf->bytes = bytes;
    buf->room = room;
    return buf->bytes + buf->length;
}

void buf_add_bytes(Buf *buf, const char *bytes, size_t length) {
    if (length > 0) {
        memcpy(buf_reserve(buf, length), bytes, length);
        buf_wrote(buf, length);
    }
}

void buf_add(Buf *buf, Str text) {
    buf_add_bytes(buf, text.at, text.length);
}

void buf_add_char(Buf *buf, char byte) {
    *buf_reserve(buf, 1) = byte;
    buf_wrote(buf, 1);
}

void buf_add_int(Buf *buf, int64_t number) {
    char digits[20]; /* 19 digits and a minus */
    size_t start = sizeof digits;
    /* As unsigned, because the smallest number has no positive twin. */
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--start] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) {
        digits[--start] = '-';
    }
    buf_add_bytes(buf, digits + start, sizeof digits - start);
}

void buf_print(Buf *buf, const char *format, ...) {
    char *place = buf_reserve(buf, 0);
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    const size_t room = buf->room - buf->length;
    const int length = vsnprintf(place, room + 1, format, arguments);
    va_end(arguments);
    if (length > 0 && (size_t)length > room) {
        vsnprintf(buf_reserve(buf, (size_t)length), (size_t)length + 1, format, again);
    }
    va_end(again);
    if (length < 0) {
        fail(FAIL_IO, "a text could not be formatted");
    }
    buf_wrote(buf, (size_t)length);
}
