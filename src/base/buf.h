/* SPDX-License-Identifier: Apache-2.0 */
/* Text under construction: bytes appended to a buffer that grows in an arena up to a stated maximum.
 *
 * Going past the maximum is fail(FAIL_MEMORY): a page, a mail or a file of absurd size is a fault, not data
 * to be cut silently. The text read with buf_str() stays valid until the next append. */
#ifndef BUF_H
#define BUF_H

#include "base/str.h"

typedef struct Buf {
    Arena *arena;
    char *bytes;
    size_t length;
    size_t room;
    size_t maximum;
} Buf;

Buf buf_new(Arena *arena, size_t maximum);

/* At least `length` free bytes at the end; returns where they start. buf_wrote() counts what was written. */
char *buf_reserve(Buf *buf, size_t length);
static inline void buf_wrote(Buf *buf, size_t length) {
    buf->length += length;
}

void buf_add(Buf *buf, Str text);
void buf_add_bytes(Buf *buf, const char *bytes, size_t length);
void buf_add_char(Buf *buf, char byte);
void buf_add_int(Buf *buf, int64_t number);
void buf_print(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline Str buf_str(const Buf *buf) {
    return (Str){.at = buf->bytes == NULL ? "" : buf->bytes, .length = buf->length};
}

#endif
