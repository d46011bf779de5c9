/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers go into hashes as eight bytes, the highest first; texts with their length in front, so that no two
 * rows read the same. */
#include "platform/chain/chain.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert(CHAIN_SEED == crypto_sign_SEEDBYTES && CHAIN_PUBLIC == crypto_sign_PUBLICKEYBYTES &&
                   CHAIN_SIGNATURE == crypto_sign_BYTES,
               "signatures are Ed25519");

typedef crypto_generichash_state Hasher;

static void hasher_begin(Hasher *hasher) {
    (void)crypto_generichash_init(hasher, NULL, 0, CHAIN_HASH);
}

static void hash_bytes(Hasher *hasher, const void *bytes, size_t length) {
    (void)crypto_generichash_update(hasher, bytes, length);
}

static void hash_number(Hasher *hasher, int64_t number) {
    unsigned char bytes[8];
    for (int at = 0; at < 8; at++) {
        bytes[at] = (unsigned char)((uint64_t)number >> (56 - 8 * at));
    }
    hash_bytes(hasher, bytes, sizeof bytes);
}

static void hash_text(Hasher *hasher, Str text) {
    hash_number(hasher, (int64_t)text.length);
    if (text.length > 0) {
        hash_bytes(hasher, text.at, text.length);
    }
}

static ChainHash hasher_end(Hasher *hasher) {
    ChainHash hash;
    (void)crypto_generichash_final(hasher, hash.bytes, CHAIN_HASH);
    return hash;
}

bool chain_hash_equal(const ChainHash *left, const ChainHash *right) {
    return memcmp(left->bytes, right->bytes, CHAIN_HASH) == 0;
}

bool chain_hash_of(Str bytes, ChainHash *ret_hash) {
    if (bytes.length != CHAIN_HASH) {
        return false;
    }
    memcpy(ret_hash->bytes, bytes.at, CHAIN_HASH);
    return true;
}

ChainHash chain_commit(const unsigned char salt[CHAIN_SALT], const ChainRow *row) {
    Hasher hasher;
    hasher_begin(&hasher);
    hash_bytes(&hasher, salt, CHAIN_SALT);
    hash_number(&hasher, row->id);
    hash_number(&hasher, row->at.us);
    hash_number(&hasher, row->actor);
    hash_number(&hasher, row->via);
    hash_text(&hasher, row->action);
    hash_text(&hasher, row->object);
    hash_number(&hasher, row->object_id);
    hash_number(&hasher, row->subject);
    hash_number(&hasher, row->program);
    hash_text(&hasher, row->reason);
    hash_number(&hasher, row->outcome);
    return hasher_end(&hasher);
}

ChainHash chain_first(const unsigned char name[CHAIN_NAME]) {
    Hasher hasher;
    hasher_begin(&hasher);
    hash_text(&hasher, STR("beenthere-audit-1"));
    hash_bytes(&hasher, name, CHAIN_NAME);
    return hasher_end(&hasher);
}

ChainHash chain_next(const ChainHash *before, int64_t seq, int64_t id, Time at, const ChainHash *commitment) {
    Hasher hasher;
    hasher_begin(&hasher);
    hash_bytes(&hasher, before->bytes, CHAIN_HASH);
    hash_number(&hasher, seq);
    hash_number(&hasher, id);
    hash_number(&hasher, at.us);
    hash_bytes(&hasher, commitment->bytes, CHAIN_HASH);
    return hasher_end(&hasher);
}

/* ---- the tree (RFC 6962, section 2.1, with BLAKE2b) ---- */

static ChainHash tree_leaf(const ChainHash *leaf) {
    static const unsigned char is_leaf = 0;
    Hasher hasher;
    hasher_begin(&hasher);
    hash_bytes(&hasher, &is_leaf, 1);
    hash_bytes(&hasher, leaf->bytes, CHAIN_HASH);
    return hasher_end(&hasher);
}

static ChainHash tree_node(const ChainHash *left, const ChainHash *right) {
    static const unsigned char is_node = 1;
    Hasher hasher;
    hasher_begin(&hasher);
    hash_bytes(&hasher, &is_node, 1);
    hash_bytes(&hasher, left->bytes, CHAIN_HASH);
    hash_bytes(&hasher, right->bytes, CHAIN_HASH);
    return hasher_end(&hasher);
}

/* Like counting in binary: two trees of the same size become one of the next. */
void chain_tree_add(ChainTree *tree, const ChainHash *leaf) {
    ChainHash root = tree_leaf(leaf);
    int level = 0;
    for (uint64_t count = tree->count; (count & 1) != 0; count >>= 1) {
        root = tree_node(&tree->levels[level], &root);
        level++;
    }
    tree->levels[level] = root;
    tree->count++;
}

ChainHash chain_tree_root(const ChainTree *tree) {
    Hasher hasher;
    hasher_begin(&hasher);
    ChainHash root = hasher_end(&hasher); /* of no leaves: the hash of nothing */
    bool is_begun = false;
    for (int level = 0; level < CHAIN_LEVELS; level++) {
        if ((tree->count >> level & 1) != 0) {
            root = is_begun ? tree_node(&tree->levels[level], &root) : tree->levels[level];
            is_begun = true;
        }
    }
    return root;
}

/* ---- hexadecimal ---- */

void chain_hex(const unsigned char *bytes, size_t length, char *ret_digits) {
    static const char digits[] = "0123456789abcdef";
    for (size_t at = 0; at < length; at++) {
        ret_digits[2 * at] = digits[bytes[at] >> 4];
        ret_digits[2 * at + 1] = digits[bytes[at] & 15];
    }
}

static int digit_value(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool chain_unhex(Str digits, unsigned char *ret_bytes, size_t length) {
    if (digits.length != 2 * length) {
        return false;
    }
    for (size_t at = 0; at < length; at++) {
        const int high = digit_value(digits.at[2 * at]);
        const int low = digit_value(digits.at[2 * at + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        ret_bytes[at] = (unsigned char)(high << 4 | low);
    }
    return true;
}

void chain_public_key(const unsigned char seed[CHAIN_SEED], unsigned char ret_key[CHAIN_PUBLIC]) {
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    (void)crypto_sign_seed_keypair(ret_key, secret, seed);
    sodium_memzero(secret, sizeof secret);
}

/* ---- a checkpoint's line ---- */

#define LINE_START "beenthere-checkpoint-1 "
#define LINE_RESUMED "resumed "
#define LINE_SIGNATURE " signature="

size_t checkpoint_write(Checkpoint *checkpoint, const unsigned char seed[CHAIN_SEED], char line[CHAIN_LINE]) {
    char name[2 * CHAIN_NAME], head[2 * CHAIN_HASH], root[2 * CHAIN_HASH], before[2 * CHAIN_HASH];
    chain_hex(checkpoint->name, CHAIN_NAME, name);
    chain_hex(checkpoint->head.bytes, CHAIN_HASH, head);
    chain_hex(checkpoint->root.bytes, CHAIN_HASH, root);
    chain_hex(checkpoint->before.bytes, CHAIN_HASH, before);
    size_t length = (size_t)snprintf(
        line, CHAIN_LINE,
        LINE_START "%snumber=%" PRId64 " seq=%" PRId64 " at=%" PRId64
                   " database=%.*s head=%.*s root=%.*s before=%.*s",
        checkpoint->is_resumed ? LINE_RESUMED : "", checkpoint->number, checkpoint->seq, checkpoint->at.us,
        (int)sizeof name, name, (int)sizeof head, head, (int)sizeof root, root, (int)sizeof before, before);
    unsigned char key[CHAIN_PUBLIC];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    (void)crypto_sign_seed_keypair(key, secret, seed);
    (void)crypto_sign_detached(checkpoint->signature, NULL, (const unsigned char *)line, length, secret);
    sodium_memzero(secret, sizeof secret);
    memcpy(line + length, LINE_SIGNATURE, sizeof LINE_SIGNATURE - 1);
    length += sizeof LINE_SIGNATURE - 1;
    chain_hex(checkpoint->signature, CHAIN_SIGNATURE, line + length);
    return length + 2 * CHAIN_SIGNATURE;
}

/* What is left of a line while it is read. */
typedef struct Reader {
    Str left;
    bool is_whole; /* so far */
} Reader;

static void read_word(Reader *reader, Str word) {
    reader->is_whole = reader->is_whole && str_starts_with(reader->left, word);
    if (reader->is_whole) {
        reader->left = str_part(reader->left, word.length, reader->left.length);
    }
}

/* Digits that could not be written in another way: no sign, no zero in front. */
static int64_t read_number(Reader *reader) {
    size_t length = 0;
    while (length < reader->left.length && reader->left.at[length] >= '0' && reader->left.at[length] <= '9') {
        length++;
    }
    int64_t number = 0;
    const Str digits = str_part(reader->left, 0, length);
    if (length == 0 || digits.at[0] == '0' || !str_to_int(digits, 1, INT64_MAX, &number)) {
        reader->is_whole = false;
        return 0;
    }
    reader->left = str_part(reader->left, length, reader->left.length);
    return number;
}

static void read_hex(Reader *reader, unsigned char *bytes, size_t length) {
    reader->is_whole = reader->is_whole && chain_unhex(str_part(reader->left, 0, 2 * length), bytes, length);
    if (reader->is_whole) {
        reader->left = str_part(reader->left, 2 * length, reader->left.length);
    }
}

static size_t start_find(Str line) {
    const Str start = STR(LINE_START);
    for (size_t at = 0; at + start.length <= line.length; at++) {
        if (memcmp(line.at + at, start.at, start.length) == 0) {
            return at;
        }
    }
    return line.length;
}

CheckpointRead checkpoint_read(Str line, Checkpoint *ret_checkpoint, Str *ret_text) {
    const size_t start = start_find(line);
    if (start == line.length) {
        return CHECKPOINT_NONE;
    }
    const Str text = str_part(line, start, line.length);
    Reader reader = {.left = str_part(text, sizeof LINE_START - 1, text.length), .is_whole = true};
    Checkpoint checkpoint = {.is_resumed = str_starts_with(reader.left, STR(LINE_RESUMED))};
    if (checkpoint.is_resumed) {
        read_word(&reader, STR(LINE_RESUMED));
    }
    read_word(&reader, STR("number="));
    checkpoint.number = read_number(&reader);
    read_word(&reader, STR(" seq="));
    checkpoint.seq = read_number(&reader);
    read_word(&reader, STR(" at="));
    checkpoint.at = (Time){read_number(&reader)};
    read_word(&reader, STR(" database="));
    read_hex(&reader, checkpoint.name, CHAIN_NAME);
    read_word(&reader, STR(" head="));
    read_hex(&reader, checkpoint.head.bytes, CHAIN_HASH);
    read_word(&reader, STR(" root="));
    read_hex(&reader, checkpoint.root.bytes, CHAIN_HASH);
    read_word(&reader, STR(" before="));
    read_hex(&reader, checkpoint.before.bytes, CHAIN_HASH);
    read_word(&reader, STR(LINE_SIGNATURE));
    read_hex(&reader, checkpoint.signature, CHAIN_SIGNATURE);
    if (!reader.is_whole) {
        return CHECKPOINT_BROKEN;
    }
    *ret_checkpoint = checkpoint;
    *ret_text = str_part(text, 0, text.length - reader.left.length);
    return CHECKPOINT_READ;
}

bool checkpoint_is_signed(Str text, const Checkpoint *checkpoint, const unsigned char key[CHAIN_PUBLIC]) {
    const size_t tail = sizeof LINE_SIGNATURE - 1 + 2 * CHAIN_SIGNATURE;
    return text.length > tail &&
           crypto_sign_verify_detached(checkpoint->signature, (const unsigned char *)text.at,
                                       text.length - tail, key) == 0;
}

ChainHash checkpoint_hash(Str text) {
    Hasher hasher;
    hasher_begin(&hasher);
    hash_bytes(&hasher, text.at, text.length);
    return hasher_end(&hasher);
}
