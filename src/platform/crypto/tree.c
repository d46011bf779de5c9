/* SPDX-License-Identifier: Apache-2.0 */
/* Seeds down a tree, and the nodes that are left of it. */
#include "platform/crypto/tree.h"

#include "base/fail.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

_Static_assert(TREE_SEED_BYTES == crypto_generichash_KEYBYTES && TREE_SEED_BYTES == crypto_generichash_BYTES,
               "a seed is both key and hash");

enum { ROOM_FIRST = 64 };

/* The node's child on the side of bit 0 or 1, into another place or its own. */
static void child_seed(const unsigned char *seed, unsigned bit, unsigned char *ret_seed) {
    unsigned char made[TREE_SEED_BYTES];
    const unsigned char side = (unsigned char)bit;
    crypto_generichash(made, sizeof made, &side, 1, seed, TREE_SEED_BYTES);
    memcpy(ret_seed, made, sizeof made);
    sodium_memzero(made, sizeof made);
}

/* Which way to go from a node on this level to the slot. */
static unsigned bit_below(const Tree *tree, uint32_t level, uint32_t slot) {
    return (slot >> (tree->depth - level - 1)) & 1;
}

/* The last slot below the node. */
static uint32_t last_of(const Tree *tree, const TreeNode *node) {
    const uint32_t below = tree->depth - node->length;
    return node->first + (below == 32 ? UINT32_MAX : ((UINT32_C(1) << below) - 1));
}

static uint32_t last_slot(const Tree *tree) {
    return tree->depth == 32 ? UINT32_MAX : (UINT32_C(1) << tree->depth) - 1;
}

/* More room, in locked memory; the old one is wiped. */
static void make_room(Tree *tree, size_t room) {
    if (room <= tree->room) {
        return;
    }
    size_t larger = tree->room == 0 ? ROOM_FIRST : tree->room;
    while (larger < room) {
        larger *= 2;
    }
    TreeNode *nodes = sodium_allocarray(larger, sizeof *nodes);
    if (nodes == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    if (tree->count > 0) {
        memcpy(nodes, tree->nodes, tree->count * sizeof *nodes);
    }
    sodium_free(tree->nodes);
    tree->nodes = nodes;
    tree->room = larger;
}

Tree tree_empty(uint32_t depth) {
    assert(depth >= 1 && depth <= TREE_DEPTH);
    return (Tree){.depth = depth};
}

Tree tree_new(uint32_t depth, const unsigned char seed[TREE_SEED_BYTES]) {
    Tree tree = tree_empty(depth);
    make_room(&tree, 1);
    tree.nodes[0] = (TreeNode){.first = 0, .length = 0};
    memcpy(tree.nodes[0].seed, seed, TREE_SEED_BYTES);
    tree.count = 1;
    return tree;
}

bool tree_add(Tree *tree, const TreeNode *node) {
    if (node->length > tree->depth || node->first > last_slot(tree)) {
        return false;
    }
    const uint32_t last = last_of(tree, node);
    const bool is_aligned = (node->first & (last - node->first)) == 0;
    if (!is_aligned || (tree->count > 0 && node->first <= last_of(tree, &tree->nodes[tree->count - 1]))) {
        return false;
    }
    make_room(tree, tree->count + 1);
    tree->nodes[tree->count++] = *node;
    return true;
}

void tree_free(Tree *tree) {
    sodium_free(tree->nodes); /* wipes them */
    *tree = (Tree){.depth = tree->depth};
}

/* The node above the slot, or NULL. */
static TreeNode *node_above(const Tree *tree, uint32_t slot) {
    size_t low = 0;
    size_t high = tree->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        TreeNode *node = &tree->nodes[middle];
        if (slot < node->first) {
            high = middle;
        } else if (slot > last_of(tree, node)) {
            low = middle + 1;
        } else {
            return node;
        }
    }
    return NULL;
}

bool tree_covers(const Tree *tree, uint32_t slot) {
    return slot <= last_slot(tree) && node_above(tree, slot) != NULL;
}

bool tree_leaf(const Tree *tree, uint32_t slot, unsigned char ret_key[TREE_SEED_BYTES]) {
    if (!tree_covers(tree, slot)) {
        return false;
    }
    const TreeNode *node = node_above(tree, slot);
    memcpy(ret_key, node->seed, TREE_SEED_BYTES);
    for (uint32_t level = node->length; level < tree->depth; level++) {
        child_seed(ret_key, bit_below(tree, level, slot), ret_key);
    }
    return true;
}

bool tree_puncture(Tree *tree, uint32_t slot) {
    if (!tree_covers(tree, slot)) {
        return false;
    }
    make_room(tree, tree->count + tree->depth);
    TreeNode *node = node_above(tree, slot);
    TreeNode lost = *node;
    const size_t place = (size_t)(node - tree->nodes);
    const size_t added = tree->depth - lost.length; /* siblings in place of one node */
    memmove(node + added, node + 1, (tree->count - place - 1) * sizeof *node);
    /* Siblings on the left come in the order of the way down, those on the right in the order back up. */
    size_t left = 0;
    size_t right = added;
    for (uint32_t level = lost.length; level < tree->depth; level++) {
        const unsigned bit = bit_below(tree, level, slot);
        TreeNode *sibling = bit == 1 ? &node[left++] : &node[--right];
        child_seed(lost.seed, 1 - bit, sibling->seed);
        sibling->length = level + 1;
        const uint32_t half = UINT32_C(1) << (tree->depth - level - 1);
        sibling->first = (slot & ~(half - 1)) ^ half;
        child_seed(lost.seed, bit, lost.seed);
    }
    if (added == 0) {
        /* It was a leaf: the last of the array moved into its place. */
        sodium_memzero(&tree->nodes[tree->count - 1], sizeof *node);
    }
    tree->count = tree->count - 1 + added;
    sodium_memzero(&lost, sizeof lost);
    return true;
}
