/* SPDX-License-Identifier: Apache-2.0 */
/* Argon2id in turns, and the filter of common passphrases that tools/common.py makes. */
#include "platform/crypto/passphrase.h"

#include "base/fail.h"
#include "base/time.h"
#include "common_passphrases.h"
#include "platform/crypto/crypto.h"

#include <fcntl.h>
#include <sodium/crypto_pwhash.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TURNS = 2, PAUSE_US = 20000, DISTINCT_LEAST = 5, CORE_LEAST = 5 };
static const int64_t WAIT_US = 5 * TIME_SECOND;

/* One nameless file of memory for all processes of a server, whose first bytes are locked in turn. A lock
 * ends with its process, so a killed worker holds up nobody. Set once, before there is a second process. */
static int turns = -1;
static struct {
    unsigned long long ops;
    size_t memory;
    int64_t times; /* in this process, for tests */
} work = {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE, 0};

void passphrase_start(void) {
    if (turns < 0) {
        turns = memfd_create("turns", MFD_CLOEXEC);
    }
    if (turns < 0) {
        fail(FAIL_IO, "no memory to share between processes");
    }
}

void passphrase_test_cheaply(void) {
    work.ops = crypto_pwhash_OPSLIMIT_MIN;
    work.memory = crypto_pwhash_MEMLIMIT_MIN;
}

int64_t passphrase_times(void) {
    return work.times;
}

static bool turn_set(int turn, short type) {
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = turn, .l_len = 1};
    return fcntl(turns, F_SETLK, &lock) == 0;
}

static int turn_take(void) {
    passphrase_start();
    const Time since = time_monotonic();
    while (time_between(since, time_monotonic()) < WAIT_US) {
        for (int turn = 0; turn < TURNS; turn++) {
            if (turn_set(turn, F_WRLCK)) {
                work.times++;
                return turn;
            }
        }
        const struct timespec pause = {.tv_nsec = PAUSE_US * 1000L};
        nanosleep(&pause, NULL);
    }
    fail(FAIL_DATABASE, "too many passphrases at once");
}

Str passphrase_hash(Arena *arena, Str passphrase) {
    char *hash = arena_get(arena, crypto_pwhash_STRBYTES);
    const int turn = turn_take();
    const int result = crypto_pwhash_str(hash, passphrase.at, passphrase.length, work.ops, work.memory);
    turn_set(turn, F_UNLCK);
    if (result != 0) {
        fail(FAIL_MEMORY, "no memory for a passphrase");
    }
    return str_of(hash);
}

bool passphrase_fits(Arena *arena, Str hash, Str passphrase) {
    /* Nobody's: well formed, of the usual cost, and the hash of nothing that anybody could type. */
    const Str nobodys =
        str_print(arena, "$argon2id$v=19$m=%zu,t=%llu,p=1$%022d$%043d", work.memory / 1024, work.ops, 0, 0);
    const Str against = str_is_none(hash) ? nobodys : hash;
    char text[crypto_pwhash_STRBYTES] = {0};
    if (against.length >= sizeof text) {
        fail(FAIL_DATABASE, "a passphrase is not in the form that passphrase_hash() writes");
    }
    memcpy(text, against.at, against.length);
    const int turn = turn_take();
    const int result = crypto_pwhash_str_verify(text, passphrase.at, passphrase.length);
    turn_set(turn, F_UNLCK);
    /* not covered: nobody's hash fits nothing, as far as anybody knows */
    return result == 0 && !str_is_none(hash);
}

/* ---- too well known ---- */

static bool is_listed(Arena *arena, Str lower) {
    const Str hash = crypto_hash_raw(arena, NULL, STR(""), lower);
    uint32_t wanted = 0;
    for (size_t at = 0; at < sizeof wanted; at++) {
        wanted |= (uint32_t)(unsigned char)hash.at[at] << (8 * at);
    }
    size_t low = 0;
    size_t high = common_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (common_hashes[middle] < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < common_count && common_hashes[low] == wanted;
}

static bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

static size_t distinct_bytes(Str text) {
    bool seen[256] = {false};
    size_t count = 0;
    for (size_t at = 0; at < text.length; at++) {
        const unsigned char byte = (unsigned char)text.at[at];
        count += seen[byte] ? 0 : 1;
        seen[byte] = true;
    }
    return count;
}

bool passphrase_is_common(Arena *arena, Str passphrase) {
    const Str lower = str_lower_ascii(arena, passphrase);
    Str core = lower;
    while (core.length > 0 && !is_letter(core.at[0])) {
        core = str_part(core, 1, core.length);
    }
    while (core.length > 0 && !is_letter(core.at[core.length - 1])) {
        core = str_part(core, 0, core.length - 1);
    }
    return distinct_bytes(lower) < DISTINCT_LEAST || is_listed(arena, lower) ||
           (core.length >= CORE_LEAST && is_listed(arena, core));
}
