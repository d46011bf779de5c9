/* SPDX-License-Identifier: Apache-2.0 */
/* The key that can forget, against a whole tree held in memory. */
#include "test/unit.h"

#include "base/random.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/tree.h"
#include "test/refuse.h"

#include <errno.h>
#include <sodium.h>

enum { SMALL = 6, SLOTS = 1 << SMALL };

/* Every seed of a whole small tree, by number: 1 is the root, 2n and 2n + 1 are the children of n. */
typedef struct Whole {
    unsigned char seeds[2 * SLOTS][TREE_SEED_BYTES];
} Whole;

static Whole whole_of(const unsigned char *root) {
    Whole whole;
    memcpy(whole.seeds[1], root, TREE_SEED_BYTES);
    for (size_t node = 1; node < SLOTS; node++) {
        for (unsigned char bit = 0; bit < 2; bit++) {
            crypto_generichash(whole.seeds[2 * node + bit], TREE_SEED_BYTES, &bit, 1, whole.seeds[node],
                               TREE_SEED_BYTES);
        }
    }
    return whole;
}

static Tree small(unsigned char *ret_root) {
    for (size_t at = 0; at < TREE_SEED_BYTES; at++) {
        ret_root[at] = (unsigned char)(at * 7);
    }
    return tree_new(SMALL, ret_root);
}

/* No node is above a punctured slot, nodes are in order, and together they are above every other slot. */
static void assert_holds(const Tree *tree, const Whole *whole, const bool *punctured) {
    uint32_t next = 0;
    for (size_t at = 0; at < tree->count; at++) {
        const TreeNode *node = &tree->nodes[at];
        const uint32_t size = UINT32_C(1) << (SMALL - node->length);
        for (; next < node->first; next++) {
            assert_true(punctured[next]);
        }
        for (; next < node->first + size; next++) {
            assert_false(punctured[next]);
        }
        const size_t number = (size_t)(SLOTS + node->first) >> (SMALL - node->length);
        assert_memory_equal(node->seed, whole->seeds[number], TREE_SEED_BYTES);
    }
    for (; next < SLOTS; next++) {
        assert_true(punctured[next]);
    }
    for (uint32_t slot = 0; slot < SLOTS; slot++) {
        unsigned char key[TREE_SEED_BYTES];
        assert_int_equal(tree_leaf(tree, slot, key), !punctured[slot]);
        assert_int_equal(tree_covers(tree, slot), !punctured[slot]);
        if (!punctured[slot]) {
            assert_memory_equal(key, whole->seeds[SLOTS + slot], TREE_SEED_BYTES);
        }
    }
}

static void test_like_a_whole_tree(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        Random random = random_seeded(seed);
        unsigned char root[TREE_SEED_BYTES];
        Tree tree = small(root);
        const Whole whole = whole_of(root);
        bool punctured[SLOTS] = {false};
        assert_holds(&tree, &whole, punctured);
        for (size_t round = 0; round < 3 * SLOTS; round++) {
            const uint32_t slot = (uint32_t)random_below(&random, SLOTS);
            assert_int_equal(tree_puncture(&tree, slot), !punctured[slot]);
            punctured[slot] = true;
            assert_holds(&tree, &whole, punctured);
        }
        tree_free(&tree);
    }
}

/* Down to nothing, in order and backwards. */
static void test_everything_can_go(void **state) {
    (void)state;
    for (int backwards = 0; backwards < 2; backwards++) {
        unsigned char root[TREE_SEED_BYTES];
        Tree tree = small(root);
        for (uint32_t slot = 0; slot < SLOTS; slot++) {
            assert_true(tree_puncture(&tree, backwards == 1 ? SLOTS - 1 - slot : slot));
        }
        assert_int_equal(tree.count, 0);
        assert_false(tree_covers(&tree, 0));
        tree_free(&tree);
    }
}

/* What is left of the array behind the nodes that count holds no seed that was lost. */
static void test_nothing_is_left_behind(void **state) {
    (void)state;
    unsigned char root[TREE_SEED_BYTES];
    Tree tree = small(root);
    const Whole whole = whole_of(root);
    assert_true(tree_puncture(&tree, 5));
    assert_true(tree_puncture(&tree, 4)); /* a leaf by now: only its sibling's node was left */
    for (size_t node = 1; node < 2 * SLOTS; node++) {
        const bool is_lost = node == 1 || node == SLOTS + 5 || node == SLOTS + 4 || node == (SLOTS + 4) / 2 ||
                             node == (SLOTS + 4) / 4 || node == (SLOTS + 4) / 8;
        for (size_t at = 0; is_lost && at < tree.room; at++) {
            assert_memory_not_equal(tree.nodes[at].seed, whole.seeds[node], TREE_SEED_BYTES);
        }
    }
    tree_free(&tree);
}

static void test_full_depth(void **state) {
    (void)state;
    unsigned char root[TREE_SEED_BYTES] = {1, 2, 3};
    Tree tree = tree_new(TREE_DEPTH, root);
    unsigned char before[TREE_SEED_BYTES];
    unsigned char after[TREE_SEED_BYTES];
    assert_true(tree_leaf(&tree, UINT32_MAX - 1, before));
    static const uint32_t slots[] = {0, UINT32_MAX, UINT32_C(1) << 31, (UINT32_C(1) << 31) - 1, 77};
    for (size_t at = 0; at < sizeof slots / sizeof slots[0]; at++) {
        assert_true(tree_puncture(&tree, slots[at]));
        assert_false(tree_covers(&tree, slots[at]));
        assert_false(tree_puncture(&tree, slots[at]));
    }
    assert_true(tree.count <= 5 * TREE_DEPTH);
    assert_true(tree_leaf(&tree, UINT32_MAX - 1, after));
    assert_memory_equal(before, after, sizeof before);
    Random random = random_seeded(3);
    for (size_t at = 0; at < 500; at++) {
        const uint32_t slot = (uint32_t)random_next(&random);
        assert_true(tree_covers(&tree, slot));
        assert_true(tree_puncture(&tree, slot));
    }
    assert_true(tree_covers(&tree, UINT32_MAX - 1));
    tree_free(&tree);
}

static void test_nodes_must_fit(void **state) {
    (void)state;
    Tree tree = tree_empty(SMALL);
    assert_false(tree_add(&tree, &(TreeNode){.first = 0, .length = SMALL + 1}));
    assert_false(tree_add(&tree, &(TreeNode){.first = SLOTS, .length = SMALL}));
    assert_false(tree_add(&tree, &(TreeNode){.first = 1, .length = SMALL - 1}));
    assert_true(tree_add(&tree, &(TreeNode){.first = 2, .length = SMALL - 1}));
    assert_false(tree_add(&tree, &(TreeNode){.first = 3, .length = SMALL}));
    assert_false(tree_add(&tree, &(TreeNode){.first = 0, .length = SMALL - 1}));
    assert_true(tree_add(&tree, &(TreeNode){.first = 4, .length = SMALL}));
    assert_int_equal(tree.count, 2);
    tree_free(&tree);
}

static void make_one(void *context) {
    tree_free(context);
    *(Tree *)context = tree_new(SMALL, (const unsigned char[TREE_SEED_BYTES]){1});
}

static void test_no_memory_for_nodes(void **state) {
    (void)state;
    Tree tree = tree_empty(SMALL);
    refuse("sodium_allocarray", 0, ENOMEM);
    ASSERT_FAILS(make_one, &tree, FAIL_MEMORY, "no memory left");
    assert_true(refuse_has_happened());
    make_one(&tree);
    assert_true(tree_covers(&tree, SLOTS - 1));
    assert_false(tree_covers(&tree, SLOTS)); /* there is no such slot */
    tree_free(&tree);
}

int main(void) {
    crypto_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_like_a_whole_tree),      cmocka_unit_test(test_everything_can_go),
        cmocka_unit_test(test_nothing_is_left_behind), cmocka_unit_test(test_full_depth),
        cmocka_unit_test(test_nodes_must_fit),         cmocka_unit_test(test_no_memory_for_nodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
