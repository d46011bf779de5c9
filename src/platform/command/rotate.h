/* SPDX-License-Identifier: Apache-2.0 */
/* `beenthere rotate`: a new generation of keys, while the program serves. */
#ifndef ROTATE_H
#define ROTATE_H

#include "platform/db/db.h"

typedef struct RotateOrder {
    Db *db; /* with its keys open */
    Arena *arena;
    KeysPlace keys;
    Str data; /* the folder, for the lock */
    bool tells_progress;
} RotateOrder;

/* Adds a generation and wraps everyone's data key under it, a few hundred a transaction; or finishes a
 * rotation that was broken off. fail(FAIL_USAGE) when another one is running. Prints what was done. */
void rotate(const RotateOrder *order);

/* Drops all generations but the newest from the key file: backups made before the rotation no longer open.
 * fail(FAIL_USAGE) while something still needs them. */
void rotate_drop_old(const RotateOrder *order);

#endif
