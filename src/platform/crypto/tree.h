/* SPDX-License-Identifier: Apache-2.0 */
/* A key that can forget: from one seed it gives a key to each of 2^depth slots, and it can be made to lose
 * the key of one slot for good while it still gives every other.
 *
 * A binary tree of seeds (Goldreich, Goldwasser, Micali 1986): each node's two children are hashes of its
 * seed, and the leaves are the slots' keys. What is kept is not the tree but the few nodes from which the
 * slots that still count can be reached: at first the root alone. To puncture a slot, the node above it is
 * replaced by the siblings along the way down (Boneh and Waters 2013; Kiayias and others 2013; Boyle and
 * others 2013). No seed that is left leads to the slot, and hashes do not run backwards. Each punctured slot
 * costs at most `depth` nodes.
 *
 * The nodes live in locked memory and are wiped when they go. */
#ifndef TREE_H
#define TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TREE_SEED_BYTES = 32, TREE_DEPTH = 32 };

typedef struct TreeNode {
    unsigned char seed[TREE_SEED_BYTES];
    uint32_t first;  /* of the slots below it */
    uint32_t length; /* of the way from the root: 0 is the root, `depth` a leaf */
} TreeNode;

typedef struct Tree {
    TreeNode *nodes; /* by `first`; they never overlap */
    size_t count;
    size_t room;
    uint32_t depth; /* at most TREE_DEPTH */
} Tree;

/* The whole tree of a seed. fail(FAIL_MEMORY) without memory. Lives until tree_free(). */
Tree tree_new(uint32_t depth, const unsigned char seed[TREE_SEED_BYTES]);
/* A tree without a node: every slot is punctured. For reading one from a file. */
Tree tree_empty(uint32_t depth);
/* Adds a node behind the others; false when it does not fit behind them. */
bool tree_add(Tree *tree, const TreeNode *node);
void tree_free(Tree *tree);

/* False: the slot was punctured. */
bool tree_covers(const Tree *tree, uint32_t slot);
bool tree_leaf(const Tree *tree, uint32_t slot, unsigned char ret_key[TREE_SEED_BYTES]);

/* Loses the slot's key. False: it was lost before. After a fail(FAIL_MEMORY) nothing has changed. */
bool tree_puncture(Tree *tree, uint32_t slot);

#endif
