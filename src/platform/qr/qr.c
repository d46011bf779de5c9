/* SPDX-License-Identifier: Apache-2.0 */
/* Draws each run of dark modules in a row as one rectangle. */
#include "platform/qr/qr.h"

#include "base/buf.h"
#include "base/fail.h"

#include <qrencode.h>

enum { BORDER = 4, PATH_MOST = 256 * 1024, TEXT_MOST = 1024 };

static void code_free(void *context) {
    QRcode_free(context);
}

static bool is_dark(const QRcode *code, int x, int y) {
    return (code->data[y * code->width + x] & 1) != 0;
}

Qr qr_make(Arena *arena, Str text) {
    if (text.length > TEXT_MOST) {
        fail(FAIL_USAGE, "a QR code holds at most %d bytes here", TEXT_MOST);
    }
    QRcode *code = QRcode_encodeString8bit(str_c(arena, text), 0, QR_ECLEVEL_M);
    if (code == NULL) {
        fail(FAIL_MEMORY, "no memory for a QR code");
    }
    arena_at_end(arena, code_free, code);
    Buf path = buf_new(arena, PATH_MOST);
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            const int from = x;
            while (x < code->width && is_dark(code, x, y)) {
                x++;
            }
            if (x > from) {
                buf_print(&path, "M%d %dh%dv1h-%dz", from + BORDER, y + BORDER, x - from, x - from);
            }
        }
    }
    return (Qr){.width = code->width + 2 * BORDER, .path = buf_str(&path)};
}
