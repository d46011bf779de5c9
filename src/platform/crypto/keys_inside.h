/* SPDX-License-Identifier: Apache-2.0 */
/* What a Keys is made of; only keys.c and keys_file.c include this. */
#ifndef KEYS_INSIDE_H
#define KEYS_INSIDE_H

#include "base/time.h"
#include "platform/crypto/keys.h"
#include "platform/crypto/tree.h"

enum { AT_HAND_SETS = 1024, AT_HAND_WAYS = 4, PATH_MOST = 4096 };

typedef struct Generation {
    int64_t number;
    unsigned char name[KEYS_NAME_BYTES];
    unsigned char vault[KEYS_KEY_BYTES];
    Tree tree;
} Generation;

typedef struct AtHand {
    int64_t person; /* 0: free */
    unsigned char key[KEYS_KEY_BYTES];
} AtHand;

/* Which file was read, to see whether it is another one now. */
typedef struct FileMark {
    uint64_t inode;
    int64_t size;
    Time changed;
} FileMark;

/* All of it lies in locked memory. */
struct Keys {
    unsigned char seed[KEYS_KEY_BYTES]; /* of the named keys */
    size_t count;
    Generation generations[KEYS_GENERATIONS]; /* oldest first */
    char path[PATH_MOST];                     /* empty: in memory alone */
    char lock[PATH_MOST];
    FileMark mark;
    Time looked_at;
    /* A few persons' keys: a set by the person's number, in which the next one to go takes turns. */
    unsigned char turns[AT_HAND_SETS];
    AtHand at_hand[AT_HAND_SETS][AT_HAND_WAYS];
};

/* Empty, in locked memory. */
Keys *keys_alloc(void);
/* Wipes what was kept of persons. */
void keys_forget_at_hand(Keys *keys);
void keys_take_over(Keys *keys, Keys *from);
/* A generation with nothing in it yet but its number. */
Generation *keys_generation_add(Keys *keys, int64_t number);
Generation *keys_generation_find(const Keys *keys, int64_t number);
size_t keys_drop_before_here(Keys *keys, int64_t generation);

#endif
