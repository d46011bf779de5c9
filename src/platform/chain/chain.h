/* SPDX-License-Identifier: Apache-2.0 */
/* The arithmetic behind the audit: commitments, the chain of hashes, Merkle roots, signed checkpoints.
 *
 * Pure functions on values, on libsodium alone: no database, no clock, no memory of their own, so that the
 * same file verifies an audit where the program is not. doc/audit.md has the formats byte by byte.
 *
 *   commitment = BLAKE2b-256(salt | the row)      salted, so that emptying the row takes its content with it
 *   hash(n)    = BLAKE2b-256(hash(n - 1) | n | id | time | commitment)
 *   root       = Merkle tree (RFC 6962) over the hashes since the checkpoint before
 *   checkpoint = one line of text, signed with Ed25519, which holds the hash of the line before */
#ifndef CHAIN_H
#define CHAIN_H

#include "base/str.h"
#include "base/time.h"

enum {
    CHAIN_HASH = 32,
    CHAIN_SALT = 16,
    CHAIN_NAME = 16, /* of a database */
    CHAIN_SEED = 32,
    CHAIN_PUBLIC = 32,
    CHAIN_SIGNATURE = 64,
    CHAIN_LINE = 768,  /* more than the longest checkpoint's line */
    CHAIN_LEVELS = 63, /* of a tree */
};

typedef struct ChainHash {
    unsigned char bytes[CHAIN_HASH];
} ChainHash;

/* Everything that a row of the audit says. */
typedef struct ChainRow {
    int64_t id;
    Time at;
    int64_t actor; /* 0: nobody */
    int64_t via;
    Str action;
    Str object;
    int64_t object_id;
    int64_t subject; /* 0: nobody in particular */
    int64_t program; /* 0: none */
    Str reason;
    int64_t outcome;
} ChainRow;

bool chain_hash_equal(const ChainHash *left, const ChainHash *right);
/* False when the text is not 32 bytes. */
bool chain_hash_of(Str bytes, ChainHash *ret_hash);

ChainHash chain_commit(const unsigned char salt[CHAIN_SALT], const ChainRow *row);

/* What stands before the first link. */
ChainHash chain_first(const unsigned char name[CHAIN_NAME]);
ChainHash chain_next(const ChainHash *before, int64_t seq, int64_t id, Time at, const ChainHash *commitment);

/* A tree that is given its leaves from left to right. {0} is an empty one. */
typedef struct ChainTree {
    uint64_t count;
    ChainHash levels[CHAIN_LEVELS]; /* of each bit of count: the root of that many leaves */
} ChainTree;

void chain_tree_add(ChainTree *tree, const ChainHash *leaf);
ChainHash chain_tree_root(const ChainTree *tree);

typedef struct Checkpoint {
    int64_t number; /* 1, 2, 3 ... */
    int64_t seq;    /* the last link that it covers */
    Time at;
    unsigned char name[CHAIN_NAME]; /* of the database */
    ChainHash head;                 /* of link `seq` */
    ChainHash root;                 /* of the links since the checkpoint before */
    ChainHash before;               /* checkpoint_hash() of the line before; zeros for the first */
    bool is_resumed;                /* the database is a restored copy that goes on from `seq` */
    unsigned char signature[CHAIN_SIGNATURE];
} Checkpoint;

/* Signs, and writes the line without a line end; returns its length. checkpoint->signature is set. */
size_t checkpoint_write(Checkpoint *checkpoint, const unsigned char seed[CHAIN_SEED], char line[CHAIN_LINE]);

/* Finds a checkpoint in a line, which may be one of a log with other words around it. */
typedef enum CheckpointRead {
    CHECKPOINT_READ,
    CHECKPOINT_NONE,   /* the line speaks of something else */
    CHECKPOINT_BROKEN, /* it begins like one, and is not whole */
} CheckpointRead;
/* *ret_text is the checkpoint's own part of the line: what checkpoint_hash() takes. */
CheckpointRead checkpoint_read(Str line, Checkpoint *ret_checkpoint, Str *ret_text);
bool checkpoint_is_signed(Str text, const Checkpoint *checkpoint, const unsigned char key[CHAIN_PUBLIC]);
ChainHash checkpoint_hash(Str text);

/* The key that belongs to a seed. */
void chain_public_key(const unsigned char seed[CHAIN_SEED], unsigned char ret_key[CHAIN_PUBLIC]);

/* 2 * length digits and no NUL. */
void chain_hex(const unsigned char *bytes, size_t length, char *ret_digits);
/* False unless the text is exactly 2 * length lower-case digits. */
bool chain_unhex(Str digits, unsigned char *ret_bytes, size_t length);

#endif
