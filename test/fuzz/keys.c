/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of key files, on the bytes as they are, on bytes whose sum is right, and from a file with and
 * without a lock. What it takes must be what it writes, and must still forget; all else is a sentence. */
// needs: src/platform/crypto/keys.c src/platform/crypto/keys_file.c src/platform/crypto/tree.c
// needs: src/platform/crypto/crypto.c -lsodium
#include "platform/crypto/keys.h"

#include "base/fail.h"
#include "platform/crypto/crypto.h"

#include <assert.h>
#include <sodium.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAGIC_BYTES = 8, SUM_BYTES = 32, LARGEST = 64 * 1024 };

/* A slot that the bytes themselves choose. */
static KeysSlot slot_of(const Keys *keys, const uint8_t *data, size_t size) {
    uint32_t slot = 0;
    memcpy(&slot, data + size / 2, size - size / 2 < sizeof slot ? size - size / 2 : sizeof slot);
    return (KeysSlot){.person = 7, .generation = keys_newest(keys), .slot = slot};
}

static void use(Keys *keys, Arena *arena, const uint8_t *data, size_t size) {
    const KeysSlot slot = slot_of(keys, data, size);
    unsigned char wrapped[KEYS_WRAPPED_BYTES];
    const unsigned char *key = NULL;
    const bool is_here = keys_hold(keys, slot);
    assert(keys_make(keys, slot, wrapped) == (is_here ? KEYS_DONE : KEYS_PUNCTURED));
    assert(keys_puncture_here(keys, slot) == is_here);
    assert(keys_unwrap(keys, slot, (Str){.at = (const char *)wrapped, .length = sizeof wrapped}, &key) ==
           KEYS_PUNCTURED);
    const char *why = NULL;
    Keys *again = keys_of_bytes(keys_to_bytes(keys, arena), &why);
    assert(again != NULL && why == NULL && !keys_hold(again, slot));
    keys_free(again);
}

static void read_bytes(Arena *arena, const uint8_t *data, size_t size) {
    const Str bytes = {.at = (const char *)data, .length = size};
    const char *why = NULL;
    Keys *keys = keys_of_bytes(bytes, &why);
    assert((keys == NULL) == (why != NULL));
    if (keys != NULL) {
        assert(keys_generation_count(keys) >= 1 && str_equal(keys_to_bytes(keys, arena), bytes));
        use(keys, arena, data, size);
        keys_free(keys);
    }
}

static void open_it(void *context) {
    keys_free(keys_open(*(const KeysPlace *)context));
}

static void put_file(const char *path, const uint8_t *data, size_t size) {
    FILE *file = fopen(path, "wbe");
    assert(file != NULL && fwrite(data, 1, size, file) == size && fclose(file) == 0);
}

static void read_file(const uint8_t *data, size_t size) {
    put_file("keys.fuzz", data, size);
    const KeysPlace places[] = {{.path = STR("keys.fuzz"), .lock = STR("")},
                                {.path = STR("keys.fuzz"), .lock = STR("lock.fuzz")},
                                {.path = STR("keys.fuzz"), .lock = STR("nowhere.fuzz")}};
    for (size_t at = 0; at < sizeof places / sizeof places[0]; at++) {
        KeysPlace place = places[at];
        Fail why = {0};
        if (!fail_catch(open_it, &place, &why)) {
            assert(why.kind == FAIL_USAGE && why.message[0] != '\0');
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool is_started;
    if (!is_started) {
        crypto_start();
        umask(077);
        put_file("lock.fuzz", (const uint8_t *)"a secret of systemd's", 21);
        is_started = true;
    }
    if (size > LARGEST) {
        return 0;
    }
    Arena *arena = arena_new(16 << 20);
    read_bytes(arena, data, size);
    if (size % 4 == 0) { /* a file costs as much as all the rest */
        read_file(data, size);
    }
    if (size > MAGIC_BYTES + SUM_BYTES) {
        uint8_t *made = arena_get(arena, size);
        memcpy(made, data, size);
        memcpy(made, "BTKEYS01", MAGIC_BYTES);
        crypto_generichash(made + size - SUM_BYTES, SUM_BYTES, made, size - SUM_BYTES, NULL, 0);
        read_bytes(arena, made, size);
    }
    arena_free(arena);
    return 0;
}
