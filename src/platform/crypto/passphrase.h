/* SPDX-License-Identifier: Apache-2.0 */
/* Passphrases: Argon2id through libsodium, and which ones are too well known to be one.
 *
 * A hash costs 256 MiB for about half a second on purpose. At most two processes of this server do it at the
 * same time, whoever asks for more waits a little, and nobody waits for ever. Never call while a write
 * transaction is open: everybody else would wait with it (Before in platform/http/page.h). */
#ifndef PASSPHRASE_H
#define PASSPHRASE_H

#include "base/str.h"

enum {
    PASSPHRASE_LEAST = 8,        /* characters, beside a second proof */
    PASSPHRASE_LEAST_ALONE = 15, /* where it is the only one */
    PASSPHRASE_MOST = 256,
};

/* Once, before processes are forked: what they share to take turns. */
void passphrase_start(void);

/* Argon2id's own text, with its salt and cost. fail(FAIL_DATABASE), so "busy, try again", after waiting five
 * seconds for a turn. */
Str passphrase_hash(Arena *arena, Str passphrase);
/* Is this the passphrase behind the hash? Without a hash (STR_NONE) the same work is done, and the answer is
 * no. */
bool passphrase_fits(Arena *arena, Str hash, Str passphrase);

/* In a list of passphrases that everybody tries first, as it stands or with figures and marks around it, or
 * of fewer than five different characters. */
bool passphrase_is_common(Arena *arena, Str passphrase);

/* Tests: the least cost that Argon2id has, and how often it was paid so far in this process. */
void passphrase_test_cheaply(void);
int64_t passphrase_times(void);

#endif
