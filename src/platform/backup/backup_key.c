/* SPDX-License-Identifier: Apache-2.0 */
/* Key pairs of libsodium's sealed boxes (X25519), as text that a person can type. */
#include "platform/backup/backup_key.h"

#include "base/fail.h"

#include <errno.h>
#include <sodium.h>

enum { DIGITS = 2 * BACKUP_KEY_BYTES, CHECK_BYTES = 4, TEXT_MOST = 4096 };

_Static_assert(BACKUP_KEY_BYTES == crypto_box_PUBLICKEYBYTES && BACKUP_KEY_BYTES == crypto_box_SECRETKEYBYTES,
               "a key is 256 bits");

#define PUBLIC_START "beenthere-public-"
#define SECRET_START "beenthere-recovery-"

BackupSecret backup_key_new(void) {
    BackupSecret key;
    crypto_box_keypair(key.its_public.bytes, key.bytes);
    return key;
}

static Str hex(Arena *arena, const unsigned char *bytes, size_t length) {
    char *digits = arena_get(arena, 2 * length + 1);
    (void)sodium_bin2hex(digits, 2 * length + 1, bytes, length);
    return (Str){.at = digits, .length = 2 * length};
}

static bool bytes_read(Str digits, unsigned char *ret_bytes, size_t length) {
    size_t found = 0;
    const char *end = NULL;
    return digits.length == 2 * length &&
           sodium_hex2bin(ret_bytes, length, digits.at, digits.length, NULL, &found, &end) == 0 &&
           found == length;
}

/* What stands first in the text of a file, as far as it is short. */
static Str file_text(Arena *arena, Str path) {
    char *text = arena_get(arena, TEXT_MOST);
    FILE *file = fopen(str_c(arena, path), "rbe");
    if (file == NULL) {
        fail(FAIL_USAGE, "cannot read the key in %.*s: %s", STR_ARGS(path), strerror(errno));
    }
    const size_t length = fread(text, 1, TEXT_MOST, file);
    (void)fclose(file);
    return (Str){.at = text, .length = length};
}

/* The line that starts so, without what it starts with; STR_NONE when there is none. */
static Str line_find(Str text, Str start) {
    Str line = STR_NONE;
    Str rest = text;
    while (!str_is_empty(rest)) {
        (void)str_cut(rest, '\n', &line, &rest);
        line = str_trim(line);
        if (str_starts_with(line, start)) {
            return str_part(line, start.length, line.length);
        }
    }
    return STR_NONE;
}

Str backup_public_text(Arena *arena, const BackupPublic *key) {
    return str_print(arena, PUBLIC_START "%.*s", STR_ARGS(hex(arena, key->bytes, sizeof key->bytes)));
}

BackupPublic backup_public_read(Arena *arena, Str text_or_path) {
    const Str start = STR(PUBLIC_START);
    const Str digits = line_find(
        str_starts_with(text_or_path, start) ? text_or_path : file_text(arena, text_or_path), start);
    BackupPublic key;
    if (str_is_none(digits) || !bytes_read(digits, key.bytes, sizeof key.bytes)) {
        fail(FAIL_USAGE, "%.*s holds no public backup key (" PUBLIC_START " and %d digits)",
             STR_ARGS(text_or_path), DIGITS);
    }
    return key;
}

static Str check_of(Arena *arena, const unsigned char *secret) {
    unsigned char hash[crypto_generichash_BYTES];
    crypto_generichash(hash, sizeof hash, secret, BACKUP_KEY_BYTES, NULL, 0);
    return hex(arena, hash, CHECK_BYTES);
}

Str backup_secret_text(Arena *arena, const BackupSecret *key) {
    return str_print(arena,
                     "# The recovery key of a beenthere program. It opens every backup made for\n"
                     "# %.*s\n"
                     "# Keep it in the office safe, on paper or on a stick, and never on the machine that it "
                     "is for.\n" SECRET_START "%.*s-%.*s\n",
                     STR_ARGS(backup_public_text(arena, &key->its_public)),
                     STR_ARGS(hex(arena, key->bytes, sizeof key->bytes)),
                     STR_ARGS(check_of(arena, key->bytes)));
}

BackupSecret backup_secret_read(Arena *arena, Str path) {
    const Str digits = line_find(file_text(arena, path), STR(SECRET_START));
    BackupSecret key;
    if (digits.length != DIGITS + 1 + 2 * CHECK_BYTES || digits.at[DIGITS] != '-' ||
        !bytes_read(str_part(digits, 0, DIGITS), key.bytes, sizeof key.bytes)) {
        fail(FAIL_USAGE, "%.*s holds no recovery key of beenthere", STR_ARGS(path));
    }
    if (!str_equal(str_lower_ascii(arena, str_part(digits, DIGITS + 1, digits.length)),
                   check_of(arena, key.bytes))) {
        fail(FAIL_USAGE, "the recovery key in %.*s is mistyped: its last eight digits do not fit",
             STR_ARGS(path));
    }
    crypto_scalarmult_base(key.its_public.bytes, key.bytes);
    return key;
}

void backup_secret_forget(BackupSecret *key) {
    sodium_memzero(key, sizeof *key);
}
