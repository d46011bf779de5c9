/* SPDX-License-Identifier: Apache-2.0 */
/* The two files of the audit that are not the database: the key that signs, and the checkpoints.
 *
 * A line of the checkpoint file is there whole or not at all for whoever reads it: half a line that a
 * crash left is no line. */
#ifndef CHAIN_FILES_H
#define CHAIN_FILES_H

#include "platform/chain/chain_verify.h"
#include "platform/config.h"

/* The seed of the signing key, DIR/audit.key (0600); made where there is none. fail(FAIL_IO) with a
 * sentence. */
void chain_seed(Arena *arena, const Config *config, unsigned char ret_seed[CHAIN_SEED]);

/* Where checkpoints go: --checkpoints, or DIR/checkpoints. */
Str checkpoints_folder(Arena *arena, const Config *config);

typedef struct ChainPoints {
    bool is_there; /* the file exists */
    ChainPoint *items;
    size_t count;
} ChainPoints;

/* All of them, from a folder that beenthere wrote or from any file with such lines in it, a log too.
 * fail(FAIL_USAGE) when there is something that cannot be read. */
ChainPoints checkpoints_read(Arena *arena, Str path);
/* The same of text that is there already. */
ChainPoints checkpoints_of(Arena *arena, Str text);

/* Does the file have this checkpoint, or gets it within two seconds? The database writes one down first. */
bool checkpoints_reach(Arena *arena, Str path, int64_t number);

/* The last whole line; false when there is none. */
bool checkpoints_last(Arena *arena, Str folder, Checkpoint *ret_checkpoint, Str *ret_text);

/* Adds a line; durable when it returns. fail(FAIL_IO) when it cannot. */
void checkpoints_add(Arena *arena, Str folder, Str line);

#endif
