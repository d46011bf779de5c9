/* SPDX-License-Identifier: Apache-2.0 */
/* The key file: its bytes, its lock, and how it is replaced as a whole. */
#include "base/fail.h"
#include "base/log.h"
#include "platform/crypto/keys_inside.h"

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* All numbers have their high byte first.
 *   "BTKEYS01", seed of the named keys 32, generations 2,
 *   each: number 8, name 16, vault 32, nodes 4, each: length 1, first slot 4, seed 32;
 *   BLAKE2b-256 of all before.
 * A file that is itself sealed: "BTKEYSL1", nonce 24, the above sealed under the lock. */
static const char MAGIC[8] = "BTKEYS01";
static const char MAGIC_LOCKED[8] = "BTKEYSL1";

enum {
    MAGIC_BYTES = 8,
    HEAD_BYTES = MAGIC_BYTES + KEYS_KEY_BYTES + 2,
    GENERATION_BYTES = 8 + KEYS_NAME_BYTES + KEYS_KEY_BYTES + 4,
    NODE_BYTES = 1 + 4 + TREE_SEED_BYTES,
    SUM_BYTES = 32,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    LOCKED_MORE = MAGIC_BYTES + NONCE_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    FILE_MOST = 512 * 1024 * 1024,
    LOCK_MOST = 64 * 1024,
    LOOK_EVERY_US = 1000 * 1000,
};

/* ---- bytes in locked memory ---- */

typedef struct Bytes {
    unsigned char *at;
    size_t length;
} Bytes;

/* For who holds something that must be given back first: `at` is NULL when there is no memory. */
static Bytes bytes_try(size_t length) {
    return (Bytes){.at = sodium_malloc(length == 0 ? 1 : length), .length = length};
}

_Noreturn static void fail_without_memory(void) {
    fail(FAIL_MEMORY, "the system has no memory left");
}

static Bytes bytes_new(size_t length) {
    const Bytes bytes = bytes_try(length);
    if (bytes.at == NULL) {
        fail_without_memory();
    }
    return bytes;
}

static void bytes_free(Bytes bytes) {
    sodium_free(bytes.at); /* wipes them */
}

static void put(unsigned char **at, const void *bytes, size_t length) {
    memcpy(*at, bytes, length);
    *at += length;
}

static void put_number(unsigned char **at, uint64_t number, size_t length) {
    const uint64_t bytes = htobe64(number);
    put(at, (const unsigned char *)&bytes + sizeof bytes - length, length);
}

static uint64_t get_number(const unsigned char **at, size_t length) {
    uint64_t number = 0;
    for (size_t index = 0; index < length; index++) {
        number = number << 8 | *(*at)++;
    }
    return number;
}

static void get(const unsigned char **at, void *bytes, size_t length) {
    memcpy(bytes, *at, length);
    *at += length;
}

static size_t encoded_length(const Keys *keys) {
    size_t length = HEAD_BYTES + SUM_BYTES;
    for (size_t at = 0; at < keys->count; at++) {
        length += GENERATION_BYTES + keys->generations[at].tree.count * NODE_BYTES;
    }
    return length;
}

static void encode(const Keys *keys, Bytes bytes) {
    unsigned char *at = bytes.at;
    put(&at, MAGIC, MAGIC_BYTES);
    put(&at, keys->seed, sizeof keys->seed);
    put_number(&at, keys->count, 2);
    for (size_t index = 0; index < keys->count; index++) {
        const Generation *generation = &keys->generations[index];
        put_number(&at, (uint64_t)generation->number, 8);
        put(&at, generation->name, sizeof generation->name);
        put(&at, generation->vault, sizeof generation->vault);
        put_number(&at, generation->tree.count, 4);
        for (size_t node = 0; node < generation->tree.count; node++) {
            put_number(&at, generation->tree.nodes[node].length, 1);
            put_number(&at, generation->tree.nodes[node].first, 4);
            put(&at, generation->tree.nodes[node].seed, TREE_SEED_BYTES);
        }
    }
    crypto_generichash(at, SUM_BYTES, bytes.at, (size_t)(at - bytes.at), NULL, 0);
    assert(at + SUM_BYTES == bytes.at + bytes.length);
}

static const char *decode_tree(Tree *tree, const unsigned char **at, uint64_t nodes) {
    for (uint64_t index = 0; index < nodes; index++) {
        TreeNode node = {.length = (uint32_t)get_number(at, 1)};
        node.first = (uint32_t)get_number(at, 4);
        get(at, node.seed, sizeof node.seed);
        const bool is_added = tree_add(tree, &node);
        sodium_memzero(&node, sizeof node);
        if (!is_added) {
            return "its slots overlap";
        }
    }
    return NULL;
}

static const char *decode_generation(Keys *keys, const unsigned char **at, const unsigned char *end) {
    if (end - *at < GENERATION_BYTES) {
        return "it is cut short";
    }
    const int64_t number = (int64_t)get_number(at, 8);
    if (number < 1 || (keys->count > 0 && number <= keys_newest(keys))) {
        return "its generations are not in order";
    }
    Generation *generation = keys_generation_add(keys, number);
    get(at, generation->name, sizeof generation->name);
    get(at, generation->vault, sizeof generation->vault);
    const uint64_t nodes = get_number(at, 4);
    if ((uint64_t)(end - *at) / NODE_BYTES < nodes) {
        return "it is cut short";
    }
    return decode_tree(&generation->tree, at, nodes);
}

/* NULL: all is well. */
static const char *decode(Keys *keys, const unsigned char *bytes, size_t length) {
    if (length < HEAD_BYTES + SUM_BYTES || memcmp(bytes, MAGIC, MAGIC_BYTES) != 0) {
        return "it is no key file of this program";
    }
    unsigned char sum[SUM_BYTES];
    const unsigned char *end = bytes + length - SUM_BYTES;
    crypto_generichash(sum, sizeof sum, bytes, length - SUM_BYTES, NULL, 0);
    if (sodium_memcmp(sum, end, sizeof sum) != 0) {
        return "it is damaged";
    }
    const unsigned char *at = bytes + MAGIC_BYTES;
    get(&at, keys->seed, sizeof keys->seed);
    const uint64_t generations = get_number(&at, 2);
    if (generations < 1 || generations > KEYS_GENERATIONS) {
        return "it has no generation, or too many";
    }
    for (uint64_t index = 0; index < generations; index++) {
        const char *why = decode_generation(keys, &at, end);
        if (why != NULL) {
            return why;
        }
    }
    if (at != end) {
        return "it is longer than it says";
    }
    /* keys_draw() would look for a slot for ever. */
    return keys->generations[keys->count - 1].tree.count == 0 ? "its newest generation has no slot left"
                                                              : NULL;
}

Keys *keys_of_bytes(Str bytes, const char **ret_why) {
    Keys *keys = keys_alloc();
    *ret_why = decode(keys, (const unsigned char *)bytes.at, bytes.length);
    if (*ret_why != NULL) {
        keys_free(keys);
        return NULL;
    }
    return keys;
}

Str keys_to_bytes(const Keys *keys, Arena *arena) {
    const Bytes bytes = {.at = arena_get(arena, encoded_length(keys)), .length = encoded_length(keys)};
    encode(keys, bytes);
    return (Str){.at = (const char *)bytes.at, .length = bytes.length};
}

/* ---- files ---- */

static void path_copy(char into[PATH_MOST], Str path) {
    if (path.length >= PATH_MOST - 8) {
        fail(FAIL_USAGE, "the key file's path is too long");
    }
    snprintf(into, PATH_MOST, "%.*s", STR_ARGS(path));
}

/* So many bytes of a file, which is closed. Empty: it ends before. */
static Bytes bytes_of_file(int file, size_t length) {
    const Bytes bytes = bytes_try(length);
    size_t done = 0;
    ssize_t got = 1;
    while (bytes.at != NULL && done < length && got > 0) {
        got = read(file, bytes.at + done, length - done);
        done += got > 0 ? (size_t)got : 0;
    }
    close(file);
    if (bytes.at == NULL) {
        fail_without_memory();
    }
    if (done < length) {
        bytes_free(bytes);
        return (Bytes){0};
    }
    return bytes;
}

/* The whole file, of which only its owner may know. Empty: it is not there. */
static Bytes file_read(const char *path, size_t most, FileMark *ret_mark) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) {
        return (Bytes){0};
    }
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0) {
        const int why = errno;
        if (file >= 0) {
            close(file);
        }
        fail(FAIL_USAGE, "cannot read %s: %s", path, strerror(why));
    }
    if ((about.st_mode & 077) != 0) {
        close(file);
        fail(FAIL_USAGE, "%s can be read by others; run: chmod 600 %s", path, path);
    }
    /* not covered: no system tells of a size below zero; cast, it would be a great one */
    if (!S_ISREG(about.st_mode) || about.st_size < 0 || (size_t)about.st_size > most) {
        close(file);
        fail(FAIL_USAGE, "%s is not a key file: its size makes no sense", path);
    }
    const Bytes bytes = bytes_of_file(file, (size_t)about.st_size);
    if (bytes.at == NULL) {
        fail(FAIL_USAGE, "cannot read %s to its end", path);
    }
    *ret_mark = (FileMark){.inode = about.st_ino,
                           .size = about.st_size,
                           .changed = {about.st_mtim.tv_sec * TIME_SECOND + about.st_mtim.tv_nsec / 1000}};
    return bytes;
}

/* The key of the file's own lock, from the credential. False: it cannot be read. */
static bool lock_key(const char *lock, unsigned char key[KEYS_KEY_BYTES]) {
    struct stat about;
    const int file = open(lock, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &about) != 0 || about.st_size < 1 || about.st_size > LOCK_MOST) {
        if (file >= 0) {
            close(file);
        }
        return false;
    }
    const Bytes bytes = bytes_of_file(file, (size_t)about.st_size);
    if (bytes.at == NULL) {
        return false;
    }
    crypto_generichash(key, KEYS_KEY_BYTES, bytes.at, bytes.length, NULL, 0);
    bytes_free(bytes);
    return true;
}

_Noreturn static void fail_without_lock(const char *lock) {
    fail(FAIL_USAGE, "the credential %s that locks the key file cannot be read", lock);
}

/* Opens the file's own lock; what comes back stands in locked memory. */
static Bytes unlock(const char *path, const char *lock, Bytes locked) {
    if (lock[0] == '\0') {
        bytes_free(locked);
        fail(FAIL_USAGE, "%s is locked by a credential (beenthere-lock) that this process was not given",
             path);
    }
    unsigned char key[KEYS_KEY_BYTES];
    if (!lock_key(lock, key)) {
        bytes_free(locked);
        fail_without_lock(lock);
    }
    const Bytes bytes = bytes_try(locked.length < LOCKED_MORE ? 0 : locked.length - LOCKED_MORE);
    if (bytes.at == NULL) {
        bytes_free(locked);
        fail_without_memory();
    }
    const unsigned char *nonce = locked.at + MAGIC_BYTES;
    const bool is_opened = locked.length >= LOCKED_MORE && crypto_aead_xchacha20poly1305_ietf_decrypt(
                                                               bytes.at, NULL, NULL, nonce + NONCE_BYTES,
                                                               locked.length - MAGIC_BYTES - NONCE_BYTES,
                                                               locked.at, MAGIC_BYTES, nonce, key) == 0;
    sodium_memzero(key, sizeof key);
    bytes_free(locked);
    if (!is_opened) {
        bytes_free(bytes);
        fail(FAIL_USAGE, "%s does not open with the credential beenthere-lock that was given", path);
    }
    return bytes;
}

static Keys *file_open(const char *path, const char *lock) {
    FileMark mark = {0};
    Bytes bytes = file_read(path, FILE_MOST, &mark);
    if (bytes.at == NULL) {
        fail(
            FAIL_USAGE,
            "the key file %s is missing: without it nothing that people wrote can be read. Copy it back from "
            "where you keep its copy",
            path);
    }
    if (bytes.length >= MAGIC_BYTES && memcmp(bytes.at, MAGIC_LOCKED, MAGIC_BYTES) == 0) {
        bytes = unlock(path, lock, bytes);
    }
    const char *why = NULL;
    Keys *keys = keys_of_bytes((Str){.at = (const char *)bytes.at, .length = bytes.length}, &why);
    bytes_free(bytes);
    if (keys == NULL) {
        fail(FAIL_USAGE, "the key file %s cannot be used: %s. Copy it back from where you keep its copy",
             path, why);
    }
    keys->mark = mark;
    return keys;
}

Keys *keys_open(KeysPlace place) {
    char path[PATH_MOST];
    char lock[PATH_MOST];
    path_copy(path, place.path);
    path_copy(lock, place.lock);
    Keys *keys = file_open(path, lock);
    memcpy(keys->path, path, sizeof path);
    memcpy(keys->lock, lock, sizeof lock);
    return keys;
}

bool keys_exist(KeysPlace place) {
    char path[PATH_MOST];
    path_copy(path, place.path);
    return access(path, F_OK) == 0;
}

typedef struct Again {
    const Keys *keys;
    Keys *read;
} Again;

/* Caught, because a process that serves goes on with the keys it has. */
static void read_again(void *context) {
    Again *again = context;
    again->read = file_open(again->keys->path, again->keys->lock);
}

bool keys_refresh(Keys *keys, bool is_urgent) {
    const Time now = time_monotonic();
    if (keys->path[0] == '\0' || (!is_urgent && time_between(keys->looked_at, now) < LOOK_EVERY_US)) {
        return false;
    }
    keys->looked_at = now;
    struct stat about;
    if (stat(keys->path, &about) != 0) {
        return false; /* being replaced, or taken away under a running program: serve on with what is here */
    }
    const Time changed = {about.st_mtim.tv_sec * TIME_SECOND + about.st_mtim.tv_nsec / 1000};
    if (about.st_ino == keys->mark.inode && about.st_size == keys->mark.size &&
        changed.us == keys->mark.changed.us) {
        return false;
    }
    Again again = {.keys = keys};
    Fail why = {0};
    if (!fail_catch(read_again, &again, &why)) {
        log_line(LOG_ERROR, "keys_unread", "why=\"%s\"", why.message);
        return false;
    }
    keys_take_over(keys, again.read);
    return true;
}

/* ---- writing ---- */

static void folder_sync(const char *path) {
    char folder[PATH_MOST];
    memcpy(folder, path, sizeof folder);
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        folder[0] = '.';
        folder[1] = '\0';
    } else {
        /* not covered: a key file in the root folder, where no test writes */
        *(slash == folder ? slash + 1 : slash) = '\0';
    }
    const int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0 || fsync(file) != 0) {
        const int why = errno;
        if (file >= 0) {
            close(file);
        }
        fail(FAIL_IO, "cannot make %s durable: %s", path, strerror(why));
    }
    close(file);
}

static Bytes bytes_to_write(const Keys *keys, const char *lock) {
    const Bytes plain = bytes_new(encoded_length(keys));
    encode(keys, plain);
    if (lock[0] == '\0') {
        return plain;
    }
    unsigned char key[KEYS_KEY_BYTES];
    if (!lock_key(lock, key)) {
        bytes_free(plain);
        fail_without_lock(lock);
    }
    const Bytes locked = bytes_try(plain.length + LOCKED_MORE);
    if (locked.at == NULL) {
        bytes_free(plain);
        fail_without_memory();
    }
    memcpy(locked.at, MAGIC_LOCKED, MAGIC_BYTES);
    randombytes_buf(locked.at + MAGIC_BYTES, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(locked.at + MAGIC_BYTES + NONCE_BYTES, NULL, plain.at,
                                               plain.length, locked.at, MAGIC_BYTES, NULL,
                                               locked.at + MAGIC_BYTES, key);
    sodium_memzero(key, sizeof key);
    bytes_free(plain);
    return locked;
}

static bool write_all(int file, Bytes bytes) {
    size_t length = 0;
    while (length < bytes.length) {
        const ssize_t wrote = write(file, bytes.at + length, bytes.length - length);
        if (wrote < 0 && errno != EINTR) {
            return false;
        }
        length += wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

/* Beside, to the disk, then into its place: whoever reads sees the old file or the new one, whole. */
static void file_replace(const Keys *keys, const char *path, const char *lock) {
    char beside[PATH_MOST + 8];
    snprintf(beside, sizeof beside, "%s.new", path);
    const Bytes bytes = bytes_to_write(keys, lock);
    (void)unlink(beside);
    const int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool is_written = file >= 0 && write_all(file, bytes) && fsync(file) == 0;
    const int why = errno;
    bytes_free(bytes);
    const bool is_closed = file >= 0 && close(file) == 0;
    if (!is_written || !is_closed || rename(beside, path) != 0) {
        const int reason = is_written ? errno : why;
        (void)unlink(beside);
        fail(FAIL_USAGE, "cannot write the key file %s: %s; nothing has changed", path, strerror(reason));
    }
    folder_sync(path);
}

typedef struct Change {
    const char *path;
    const char *lock;
    void (*apply)(Keys *keys, void *what);
    void *what;
    Keys *keys;
} Change;

static void change_under_lock(void *context) {
    Change *change = context;
    change->keys = file_open(change->path, change->lock);
    change->apply(change->keys, change->what);
    file_replace(change->keys, change->path, change->lock);
}

/* One at a time: takes the lock beside the file, reads the file, changes it, writes it. The catch is for the
 * lock, which must not outlive a failure in a process that goes on. */
static void file_change(KeysPlace place, void (*apply)(Keys *keys, void *what), void *what) {
    char path[PATH_MOST];
    char lock[PATH_MOST];
    char beside[PATH_MOST + 8];
    path_copy(path, place.path);
    path_copy(lock, place.lock);
    snprintf(beside, sizeof beside, "%s.lock", path);
    const int file = open(beside, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || flock(file, LOCK_EX) != 0) {
        const int why = errno;
        if (file >= 0) {
            close(file);
        }
        fail(FAIL_USAGE, "cannot lock the key file %s: %s", path, strerror(why));
    }
    Change change = {.path = path, .lock = lock, .apply = apply, .what = what};
    Fail why = {0};
    const bool is_done = fail_catch(change_under_lock, &change, &why);
    keys_free(change.keys);
    close(file); /* and the lock with it */
    if (!is_done) {
        fail(why.kind, "%s", why.message);
    }
}

void keys_write(const Keys *keys, KeysPlace place) {
    char path[PATH_MOST];
    char lock[PATH_MOST];
    path_copy(path, place.path);
    path_copy(lock, place.lock);
    assert(!keys_exist(place));
    file_replace(keys, path, lock);
}

typedef struct Puncture {
    const KeysSlot *slots;
    size_t count;
    size_t done;
} Puncture;

static void puncture(Keys *keys, void *what) {
    Puncture *order = what;
    for (size_t at = 0; at < order->count; at++) {
        order->done += keys_puncture_here(keys, order->slots[at]);
    }
}

size_t keys_puncture(KeysPlace place, const KeysSlot *slots, size_t count) {
    Puncture order = {.slots = slots, .count = count};
    file_change(place, puncture, &order);
    return order.done;
}

static void add_generation(Keys *keys, void *what) {
    *(int64_t *)what = keys_add_generation_here(keys);
}

int64_t keys_add_generation(KeysPlace place) {
    int64_t made = 0;
    file_change(place, add_generation, &made);
    return made;
}

typedef struct Drop {
    int64_t generation;
    size_t dropped;
} Drop;

static void drop_before(Keys *keys, void *what) {
    Drop *drop = what;
    drop->dropped = keys_drop_before_here(keys, drop->generation);
}

size_t keys_drop_before(KeysPlace place, int64_t generation) {
    Drop drop = {.generation = generation};
    file_change(place, drop_before, &drop);
    return drop.dropped;
}
