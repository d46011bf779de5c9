/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds bytes to the reader of request heads, whole and in two parts: both must come out the same. */
// needs: src/platform/http/head.c -lhttp_parser
#include "platform/http/head.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *bytes = (const char *)data;
    Head whole;
    size_t scanned = 0;
    const HeadResult result = head_read(bytes, size, &scanned, &whole);
    if (result == HEAD_READY) {
        assert(whole.length <= size && whole.length <= HEAD_MOST_BYTES && whole.path.at[0] == '/');
        assert(bytes[whole.length - 1] == '\n');
    }
    if (size > 0) {
        Head part;
        size_t scanned_part = 0;
        HeadResult parted = head_read(bytes, size / 2, &scanned_part, &part);
        if (parted == HEAD_MORE) {
            parted = head_read(bytes, size, &scanned_part, &part);
            assert(parted == result && part.refusal == whole.refusal && part.length == whole.length);
        }
    }
    return 0;
}
