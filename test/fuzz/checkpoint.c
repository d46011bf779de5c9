/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds bytes to the reader of checkpoints and to the verifier behind it. A line has one way to be
 * written: what is read and written again is the same. */
// needs: src/platform/chain/chain.c src/platform/chain/chain_verify.c src/platform/chain/chain_files.c
// needs: -lsodium
#include "platform/chain/chain_files.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void line_check(Str line) {
    static const unsigned char seed[CHAIN_SEED] = {1};
    Checkpoint checkpoint;
    Str text;
    if (checkpoint_read(line, &checkpoint, &text) != CHECKPOINT_READ) {
        return;
    }
    assert(text.at >= line.at && text.at + text.length <= line.at + line.length);
    assert(checkpoint.number > 0 && checkpoint.seq > 0 && text.length < CHAIN_LINE);
    Checkpoint again = checkpoint;
    char written[CHAIN_LINE];
    const size_t length = checkpoint_write(&again, seed, written);
    const size_t unsigned_length = length - (size_t)2 * CHAIN_SIGNATURE;
    assert(length == text.length && memcmp(written, text.at, unsigned_length) == 0);
    unsigned char key[CHAIN_PUBLIC];
    chain_public_key(seed, key);
    (void)checkpoint_is_signed(text, &checkpoint, key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Arena *arena;
    if (arena == NULL) {
        arena = arena_new((size_t)16 << 20);
    }
    arena_reset(arena);
    const Str text = {.at = (const char *)data, .length = size};
    for (Str left = text, line; str_cut(left, '\n', &line, &left);) {
        line_check(line);
    }
    line_check(text);
    const ChainPoints points = checkpoints_of(arena, text);
    unsigned char key[CHAIN_PUBLIC] = {2};
    unsigned char name[CHAIN_NAME] = {3};
    ChainVerify verify;
    chain_verify_begin(&verify, &(ChainVerifyIn){.name = name,
                                                 .key = key,
                                                 .points = points.items,
                                                 .point_count = points.count,
                                                 .erasing_action = STR("erased")});
    chain_verify_end(&verify);
    for (size_t at = 0; at < verify.finding_count && at < CHAIN_FINDINGS_MOST; at++) {
        char sentence[CHAIN_SENTENCE];
        assert(chain_finding_say(&verify.findings[at], sentence) < CHAIN_SENTENCE);
    }
    return 0;
}
