/* SPDX-License-Identifier: Apache-2.0 */
/* libdeflate, which takes a page in one call. */
#include "platform/http/compress.h"

#include "base/fail.h"
#include "platform/http/accept.h"

#include <libdeflate.h>

enum { LEVEL = 1, LEAST_BYTES = 1024 };

struct Compressor {
    struct libdeflate_compressor *tables;
};

Compressor *compressor_new(void) {
    Compressor *compressor = calloc(1, sizeof(Compressor));
    if (compressor != NULL) {
        compressor->tables = libdeflate_alloc_compressor(LEVEL);
    }
    if (compressor == NULL || compressor->tables == NULL) {
        free(compressor);
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    return compressor;
}

void compressor_free(Compressor *compressor) {
    libdeflate_free_compressor(compressor->tables);
    free(compressor);
}

bool compress_may(const Head *head) {
    return accept_encoding(head->accept_encoding, STR("gzip")) &&
           (str_is_empty(head->query) || str_equal(head->sec_fetch_site, STR("same-origin")));
}

Str compress_gzip(Compressor *compressor, Arena *arena, Str bytes) {
    if (bytes.length < LEAST_BYTES) {
        return STR_NONE;
    }
    char *packed = arena_get(arena, bytes.length - 1);
    const size_t length =
        libdeflate_gzip_compress(compressor->tables, bytes.at, bytes.length, packed, bytes.length - 1);
    return length == 0 ? STR_NONE : (Str){.at = packed, .length = length};
}
