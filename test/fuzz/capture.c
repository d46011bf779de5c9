/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of a phone from any bytes: what is read is within its bounds. */
// needs: src/features/capture/capture_batch_pages.c src/platform/json/json.c src/platform/url.c
// needs: -ljansson
#include "features/capture/capture_batch.h"
#include "platform/http/form.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(4 << 20);
    CaptureBatch batch = {.count = 0};
    if (!capture_batch_read(arena, (Str){.at = (const char *)data, .length = size}, &batch)) {
        assert(batch.count == 0 && batch.items == NULL);
        arena_free(arena);
        return 0;
    }
    assert(batch.count > 0 && batch.count <= CAPTURE_BATCH_MOST && batch.now.us > 0);
    for (size_t at = 0; at < batch.count; at++) {
        const CaptureEntry *entry = &batch.items[at];
        assert(entry->name.length == CAPTURE_ID_DIGITS && entry->capture.length == CAPTURE_ID_DIGITS / 2);
        assert(entry->captured_at.us > 0 && entry->author.value >= 0 && entry->match.value >= 0);
        assert(entry->fields->count <= CAPTURE_FIELDS_MOST);
        for (size_t field = 0; field < entry->fields->count; field++) {
            assert(str_is_clean(entry->fields->pairs[field].name));
            assert(str_is_clean(entry->fields->pairs[field].value));
        }
    }
    arena_free(arena);
    return 0;
}
