/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes against another program's (Python's hashlib), the tree against a slow one, lines against every
 * damage, and the verifier against each thing that somebody could do to a chain. */
#include "test/unit.h"

#include "platform/chain/chain_verify.h"
#include "platform/crypto/crypto.h"

#include <string.h>

#define ROW_AT ((Time){INT64_C(1772636400000000)})

static const ChainRow sample = {.id = 77,
                                .at = ROW_AT,
                                .actor = 20,
                                .action = {.at = "request_show", .length = 12},
                                .object = {.at = "request", .length = 7},
                                .object_id = 101,
                                .subject = 12,
                                .program = 5,
                                .outcome = 1};

static void assert_hash(const ChainHash *hash, const char *digits) {
    ChainHash wanted;
    assert_true(chain_unhex(str_of(digits), wanted.bytes, CHAIN_HASH));
    assert_true(chain_hash_equal(hash, &wanted));
}

static void test_hashes(void **state) {
    (void)state;
    unsigned char salt[CHAIN_SALT], name[CHAIN_NAME];
    for (unsigned char at = 0; at < CHAIN_SALT; at++) {
        salt[at] = at;
        name[at] = (unsigned char)(100 + at);
    }
    const ChainHash commitment = chain_commit(salt, &sample);
    assert_hash(&commitment, "cd798b7f9069e4f1c6da16c2cf52667316a9d82f2a0c4036c2eb0c7214011498");
    const ChainHash first = chain_first(name);
    assert_hash(&first, "952ecb81b0c33780db8b24549a10f49b3cc584c0de6c737425d0abf116898b00");
    const ChainHash next = chain_next(&first, 1, sample.id, sample.at, &commitment);
    assert_hash(&next, "e8b53743fea84e734d4c41a4b3f57ddeedec7cc0936de1abdc5ea81fbc8ee344");
}

/* Each part of a row is in its commitment: nothing can be changed alone, and no text can move to its
 * neighbor. */
static void test_every_part_counts(void **state) {
    (void)state;
    const unsigned char salt[CHAIN_SALT] = {1};
    const unsigned char other_salt[CHAIN_SALT] = {2};
    const ChainHash is = chain_commit(salt, &sample);
    ChainRow changed[12];
    for (size_t at = 0; at < 12; at++) {
        changed[at] = sample;
    }
    changed[0].id++;
    changed[1].at.us++;
    changed[2].actor = 0;
    changed[3].via = 1;
    changed[4].action = STR("request_shov");
    changed[5].object = STR("");
    changed[6].object_id++;
    changed[7].subject = 0;
    changed[8].program = 0;
    changed[9].reason = STR("because");
    changed[10].outcome = 2;
    changed[11].action = STR("request_showrequest");
    changed[11].object = STR("");
    for (size_t at = 0; at < 12; at++) {
        const ChainHash other = chain_commit(salt, &changed[at]);
        assert_false(chain_hash_equal(&is, &other));
    }
    const ChainHash salted = chain_commit(other_salt, &sample);
    assert_false(chain_hash_equal(&is, &salted));
}

/* RFC 6962, 2.1, word by word: split at the largest power of two below n. */
static ChainHash slow_root(const ChainHash *leaves, size_t count) {
    if (count == 1) {
        ChainTree one = {0};
        chain_tree_add(&one, leaves);
        return one.levels[0];
    }
    size_t split = 1;
    while (2 * split < count) {
        split *= 2;
    }
    unsigned char bytes[1 + 2 * CHAIN_HASH] = {1};
    const ChainHash left = slow_root(leaves, split);
    const ChainHash right = slow_root(leaves + split, count - split);
    memcpy(bytes + 1, left.bytes, CHAIN_HASH);
    memcpy(bytes + 1 + CHAIN_HASH, right.bytes, CHAIN_HASH);
    return checkpoint_hash((Str){.at = (const char *)bytes, .length = sizeof bytes}); /* plain BLAKE2b-256 */
}

static void test_tree(void **state) {
    (void)state;
    ChainHash leaves[70];
    ChainTree tree = {0};
    for (size_t at = 0; at < 70; at++) {
        memset(leaves[at].bytes, (int)at, CHAIN_HASH);
        chain_tree_add(&tree, &leaves[at]);
        const ChainHash is = chain_tree_root(&tree);
        const ChainHash wanted = slow_root(leaves, at + 1);
        assert_true(chain_hash_equal(&is, &wanted));
    }
}

static const unsigned char seed[CHAIN_SEED] = {7};

static Checkpoint some_checkpoint(void) {
    Checkpoint checkpoint = {.number = 3, .seq = 4711, .at = ROW_AT};
    memset(checkpoint.name, 9, CHAIN_NAME);
    memset(checkpoint.head.bytes, 8, CHAIN_HASH);
    memset(checkpoint.root.bytes, 7, CHAIN_HASH);
    memset(checkpoint.before.bytes, 6, CHAIN_HASH);
    return checkpoint;
}

static void test_line(void **state) {
    (void)state;
    unsigned char key[CHAIN_PUBLIC];
    chain_public_key(seed, key);
    for (int is_resumed = 0; is_resumed < 2; is_resumed++) {
        Checkpoint written = some_checkpoint();
        written.is_resumed = is_resumed == 1;
        char line[CHAIN_LINE];
        const size_t length = checkpoint_write(&written, seed, line);
        char logged[2 * CHAIN_LINE];
        const int logged_length =
            snprintf(logged, sizeof logged, "2026-03-04 event=audit line=\"%.*s\" more", (int)length, line);
        Checkpoint read;
        Str text;
        assert_int_equal(checkpoint_read((Str){.at = logged, .length = (size_t)logged_length}, &read, &text),
                         CHECKPOINT_READ);
        assert_true(str_equal(text, (Str){.at = line, .length = length}));
        assert_memory_equal(&read, &written, sizeof read);
        assert_true(checkpoint_is_signed(text, &read, key));
        key[0] ^= 1;
        assert_false(checkpoint_is_signed(text, &read, key));
        key[0] ^= 1;
    }
}

static void test_damaged_line(void **state) {
    (void)state;
    unsigned char key[CHAIN_PUBLIC];
    chain_public_key(seed, key);
    Checkpoint written = some_checkpoint();
    char line[CHAIN_LINE];
    const size_t length = checkpoint_write(&written, seed, line);
    for (size_t at = 0; at < length; at++) {
        for (int bit = 0; bit < 7; bit++) {
            line[at] ^= (char)(1 << bit);
            Checkpoint read;
            Str text;
            const CheckpointRead is = checkpoint_read((Str){.at = line, .length = length}, &read, &text);
            assert_false(is == CHECKPOINT_READ && checkpoint_is_signed(text, &read, key));
            line[at] ^= (char)(1 << bit);
        }
        Checkpoint read;
        Str text;
        assert_int_not_equal(checkpoint_read((Str){.at = line, .length = at}, &read, &text), CHECKPOINT_READ);
    }
}

/* ---- a chain to do harm to ---- */

enum { LINKS = 9 };

typedef struct Example {
    ChainLink links[LINKS];
    ChainHash commitments[LINKS], hashes[LINKS];
    unsigned char salts[LINKS][CHAIN_SALT];
    char lines[3][CHAIN_LINE];
    ChainPoint points[3];
    size_t point_count;
    unsigned char name[CHAIN_NAME], key[CHAIN_PUBLIC];
} Example;

static Str bytes_of(const void *bytes, size_t length) {
    return (Str){.at = bytes, .length = length};
}

/* Links of the rows as they stand, from `first` on. */
static void chain_make(Example *example, size_t first) {
    ChainHash hash = first == 0 ? chain_first(example->name) : example->hashes[first - 1];
    for (size_t at = first; at < LINKS; at++) {
        ChainLink *link = &example->links[at];
        example->commitments[at] = chain_commit(example->salts[at], &link->row);
        hash = chain_next(&hash, (int64_t)at + 1, link->row.id, link->row.at, &example->commitments[at]);
        example->hashes[at] = hash;
        link->seq = (int64_t)at + 1;
        link->id = link->row.id;
        link->at = link->row.at;
        link->has_row = true;
        link->commitment = link->row_commitment = bytes_of(example->commitments[at].bytes, CHAIN_HASH);
        link->hash = bytes_of(example->hashes[at].bytes, CHAIN_HASH);
        link->salt = bytes_of(example->salts[at], CHAIN_SALT);
    }
}

static void point_make(Example *example, size_t at, int64_t seq, int64_t after, bool is_resumed) {
    Checkpoint checkpoint = {.number = (int64_t)at + 1,
                             .seq = seq,
                             .at = time_after(ROW_AT, (int64_t)at * TIME_HOUR),
                             .head = example->hashes[seq - 1],
                             .is_resumed = is_resumed};
    memcpy(checkpoint.name, example->name, CHAIN_NAME);
    ChainTree tree = {0};
    for (int64_t leaf = after; leaf < seq; leaf++) {
        chain_tree_add(&tree, &example->hashes[leaf]);
    }
    checkpoint.root = chain_tree_root(&tree);
    if (at > 0) {
        checkpoint.before = checkpoint_hash(example->points[at - 1].text);
    }
    const size_t length = checkpoint_write(&checkpoint, seed, example->lines[at]);
    example->points[at] =
        (ChainPoint){.checkpoint = checkpoint, .text = bytes_of(example->lines[at], length)};
    example->point_count = at + 1;
}

static void example_make(Example *example) {
    *example = (Example){.name = {5}};
    chain_public_key(seed, example->key);
    for (size_t at = 0; at < LINKS; at++) {
        memset(example->salts[at], (int)at, CHAIN_SALT);
        example->links[at].row = sample;
        example->links[at].row.id = (int64_t)(1000 - at);
        example->links[at].row.at = time_after(ROW_AT, (int64_t)at * TIME_MINUTE);
    }
    chain_make(example, 0);
    point_make(example, 0, 3, 0, false);
    point_make(example, 1, 8, 3, false);
}

/* The links but `skipped` (none: LINKS), at most `count` of them. */
static ChainVerify verify_some(Example *example, size_t skipped, size_t count) {
    ChainVerify verify;
    chain_verify_begin(&verify, &(ChainVerifyIn){.name = example->name,
                                                 .key = example->key,
                                                 .points = example->points,
                                                 .point_count = example->point_count,
                                                 .erasing_action = STR("erased")});
    for (size_t at = 0; at < count; at++) {
        if (at != skipped) {
            chain_verify_link(&verify, &example->links[at]);
        }
    }
    chain_verify_end(&verify);
    return verify;
}

static void assert_found(const ChainVerify *verify, ChainFault fault, int64_t from, int64_t to,
                         const char *says) {
    assert_int_equal(verify->finding_count, 1);
    char sentence[CHAIN_SENTENCE] = {0};
    assert_true(chain_finding_say(&verify->findings[0], sentence) > 0);
    if (verify->findings[0].fault != fault || strstr(sentence, says) == NULL) {
        fail_msg("found \"%s\", wanted \"%s\"", sentence, says);
    }
    assert_int_equal(verify->findings[0].from, from);
    assert_int_equal(verify->findings[0].to, to);
}

static void test_whole(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    const ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_int_equal(verify.finding_count, 0);
    assert_int_equal(verify.links, LINKS);
    assert_int_equal(verify.points_held, 2);
    assert_int_equal(verify.last_number, 2);
}

static void test_edited(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    example.links[4].row.subject = 13;
    ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_ROW_CHANGED, 5, 5, "entry 5 (of 2026-03-04T15:04:00Z): the row was edited");
    /* With a commitment to match, the link no longer agrees; with the whole chain made anew, the
     * signature. */
    example_make(&example);
    example.links[4].row.subject = 13;
    chain_make(&example, 4);
    verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_REWRITTEN, 4, 8, "checkpoint 2 of 2026-03-04T16:00:00Z signed others");
    example_make(&example);
    const ChainHash other = example.commitments[3];
    example.links[4].commitment = example.links[4].row_commitment = bytes_of(other.bytes, CHAIN_HASH);
    verify = verify_some(&example, LINKS, LINKS);
    assert_int_equal(verify.finding_count, 2);
    assert_int_equal(verify.findings[0].fault, CHAIN_LINK_CHANGED);
    assert_int_equal(verify.findings[1].fault, CHAIN_ROW_CHANGED);
}

static void test_deleted(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    example.links[4].has_row = false;
    ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_ROW_GONE, 5, 5, "the row was deleted");
    example_make(&example);
    verify = verify_some(&example, 4, LINKS);
    assert_found(&verify, CHAIN_LINK_GONE, 5, 5, "entry 5 (before 2026-03-04T15:05:00Z): deleted");
}

static void test_reordered(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    const ChainLink swapped = example.links[4];
    example.links[4] = example.links[5];
    example.links[5] = swapped;
    example.links[4].seq = 5;
    example.links[5].seq = 6;
    const ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_true(verify.finding_count >= 2);
    assert_int_equal(verify.findings[0].fault, CHAIN_LINK_CHANGED);
    assert_int_equal(verify.findings[0].from, 5);
}

static void test_cut(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    ChainVerify verify = verify_some(&example, LINKS, 6);
    assert_found(&verify, CHAIN_CUT, 7, 8, "entries 7 to 8 are gone: checkpoint 2 of 2026-03-04T16:00:00Z");
    /* Even to nothing, and what no checkpoint covers cannot be missed. */
    example_make(&example);
    verify = verify_some(&example, LINKS, 0);
    assert_found(&verify, CHAIN_CUT, 1, 8, "the database ends at 0");
    example_make(&example);
    verify = verify_some(&example, LINKS, 8);
    assert_int_equal(verify.finding_count, 0);
}

static void test_erased(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    example.links[8].row.action = STR("erased");
    example.links[8].row.object_id = 1;
    chain_make(&example, 8);
    example.links[2].row = (ChainRow){.id = example.links[2].id, .at = example.links[2].at};
    example.links[2].salt = STR("");
    ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_int_equal(verify.finding_count, 0);
    assert_int_equal(verify.erased, 1);
    /* One more than forgetting knows of. */
    example.links[6].salt = STR("");
    verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_ERASED_MORE, 1, 2, "2 rows are empty, and forgetting has emptied 1");
}

static void test_points(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    example.lines[1][40] ^= 1; /* a digit: still a line, no longer the one that was signed */
    ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_POINT_FORGED, 2, 2, "not signed with this database's key");
    example_make(&example);
    example.points[0].is_broken = true;
    example.point_count = 1;
    verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_POINT_BROKEN, 1, 1, "checkpoint 1: the line is cut");
    example_make(&example);
    example.points[0] = example.points[1];
    example.point_count = 1;
    verify = verify_some(&example, LINKS, LINKS);
    assert_int_equal(verify.findings[0].fault, CHAIN_POINT_GONE);
    example_make(&example);
    example.name[1] = 1;
    verify = verify_some(&example, LINKS, 0);
    assert_int_equal(verify.finding_count, 2);
    assert_int_equal(verify.findings[0].fault, CHAIN_POINT_OF_ANOTHER);
    /* A log that tells each line twice is no fault. */
    example_make(&example);
    example.points[2] = example.points[1];
    example.point_count = 3;
    verify = verify_some(&example, LINKS, LINKS);
    assert_int_equal(verify.finding_count, 0);
}

/* A restored copy goes on from where it was, with a signed word; without one it is a rollback. */
static void test_resumed(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    for (size_t at = 5; at < LINKS; at++) {
        example.links[at].row.id += 5000;
    }
    chain_make(&example, 5); /* what was written after the copy was put back */
    ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_REWRITTEN, 4, 8, "signed others");
    example_make(&example);
    point_make(&example, 2, 3, 3, true);
    for (size_t at = 5; at < LINKS; at++) {
        example.links[at].row.id += 5000;
    }
    chain_make(&example, 5);
    verify = verify_some(&example, LINKS, LINKS);
    assert_int_equal(verify.finding_count, 0);
}

/* The copy is the first thing that was ever signed. */
static void test_resumed_at_first(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    point_make(&example, 0, 3, 0, true);
    const ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_int_equal(verify.finding_count, 0);
    assert_int_equal(verify.points_held, 1);
}

/* With the right signature, and not behind the line that it says. */
static void test_another_line_before(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    point_make(&example, 0, 2, 0, false);
    example.point_count = 2;
    const ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_int_equal(verify.findings[0].fault, CHAIN_POINT_FORGED);
    assert_int_equal(verify.findings[0].from, 1);
    assert_int_equal(verify.findings[0].to, 1);
}

/* Somebody with the database in hand can put any bytes anywhere. */
static void test_bytes_of_any_length(void **state) {
    (void)state;
    Example example;
    ChainHash hash;
    assert_false(chain_hash_of(STR("short"), &hash));
    Str *const places[] = {&example.links[4].commitment, &example.links[4].row_commitment,
                           &example.links[4].salt, &example.links[4].hash};
    static const ChainFault faults[] = {CHAIN_LINK_CHANGED, CHAIN_ROW_CHANGED, CHAIN_ROW_CHANGED,
                                        CHAIN_LINK_CHANGED};
    for (size_t at = 0; at < sizeof places / sizeof places[0]; at++) {
        example_make(&example);
        *places[at] = STR("short");
        const ChainVerify harmed = verify_some(&example, LINKS, LINKS);
        assert_true(harmed.finding_count > 0);
        assert_int_equal(harmed.findings[0].fault, faults[at]);
        assert_int_equal(harmed.findings[0].from, 5);
    }
    /* A row with another's commitment, and the row's own time, which its link holds as well. */
    example_make(&example);
    example.links[4].row_commitment = example.links[3].commitment;
    ChainVerify verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_ROW_CHANGED, 5, 5, "the row was edited");
    example_make(&example);
    example.links[4].row.at.us++;
    verify = verify_some(&example, LINKS, LINKS);
    assert_found(&verify, CHAIN_ROW_CHANGED, 5, 5, "the row was edited");
}

/* The very link that was signed is deleted. */
static void test_the_signed_link_is_deleted(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    const ChainVerify verify = verify_some(&example, 2, LINKS);
    assert_found(&verify, CHAIN_LINK_GONE, 3, 3, "entry 3 (before");
    assert_int_equal(verify.points_held, 0); /* both signed it, the second as a leaf of its tree */
}

static void test_numbers_and_lengths_of_lines(void **state) {
    (void)state;
    Checkpoint written = some_checkpoint();
    char line[CHAIN_LINE];
    const size_t length = checkpoint_write(&written, seed, line);
    const char *number = strstr(line, "seq=4711") + 4;
    Checkpoint read;
    Str text;
    char longer[2 * CHAIN_LINE];
    const int longer_length =
        snprintf(longer, sizeof longer, "%.*s99999999999999999999%.*s", (int)(number - line), line,
                 (int)(line + length - number - 4), number + 4);
    assert_int_equal(checkpoint_read((Str){.at = longer, .length = (size_t)longer_length}, &read, &text),
                     CHECKPOINT_BROKEN);
    unsigned char key[CHAIN_PUBLIC];
    chain_public_key(seed, key);
    assert_int_equal(checkpoint_read((Str){.at = line, .length = length}, &read, &text), CHECKPOINT_READ);
    assert_false(checkpoint_is_signed(str_part(text, 0, 20), &read, key));
}

/* ---- sentences ---- */

static void test_every_fault_has_its_sentence(void **state) {
    (void)state;
    static const char *const says[] = {
        [CHAIN_ROW_GONE] = "the row was deleted",
        [CHAIN_ROW_CHANGED] = "the row was edited",
        [CHAIN_LINK_GONE] = "deleted from the chain",
        [CHAIN_LINK_CHANGED] = "does not follow from the one before",
        [CHAIN_REWRITTEN] = "the chain was written anew",
        [CHAIN_CUT] = "its end was cut off",
        [CHAIN_ROW_OUTSIDE] = "3 rows stand outside the chain",
        [CHAIN_ERASED_MORE] = "emptied by another way",
        [CHAIN_POINT_FORGED] = "checkpoints 2 to 3 (of an unknown time): not signed",
        [CHAIN_POINT_BROKEN] = "the line is cut",
        [CHAIN_POINT_OF_ANOTHER] = "belongs to another database",
        [CHAIN_POINT_GONE] = "missing from the checkpoints",
        [CHAIN_POINTS_GONE] = "they are not in the checkpoint file",
    };
    for (size_t fault = 0; fault < sizeof says / sizeof says[0]; fault++) {
        const ChainFinding finding = {.fault = (ChainFault)fault, .from = 2, .to = 3, .at = TIME_NONE};
        char sentence[CHAIN_SENTENCE] = {0};
        const size_t length = chain_finding_say(&finding, sentence);
        assert_int_equal(length, strlen(sentence));
        if (strstr(sentence, says[fault]) == NULL) {
            fail_msg("\"%s\" does not say \"%s\"", sentence, says[fault]);
        }
    }
    const ChainFinding last = {.fault = CHAIN_ROW_GONE, .at = {INT64_MAX}};
    char sentence[CHAIN_SENTENCE] = {0};
    assert_true(chain_finding_say(&last, sentence) > 0);
    assert_non_null(strstr(sentence, "of 294247-01-10T04:00:54Z"));
}

/* All are counted, as many as there is room for are kept. */
static void test_more_findings_than_are_kept(void **state) {
    (void)state;
    Example example;
    example_make(&example);
    ChainVerify verify = verify_some(&example, LINKS, LINKS);
    for (int64_t at = 0; at < CHAIN_FINDINGS_MOST + 7; at++) {
        chain_verify_found(&verify, &(ChainFinding){.fault = CHAIN_ROW_GONE, .from = at, .to = at});
    }
    assert_int_equal(verify.finding_count, CHAIN_FINDINGS_MOST + 7);
    assert_int_equal(verify.findings[CHAIN_FINDINGS_MOST - 1].from, CHAIN_FINDINGS_MOST - 1);
}

static int start(void **state) {
    (void)state;
    crypto_start();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hashes),
        cmocka_unit_test(test_every_part_counts),
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_damaged_line),
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_edited),
        cmocka_unit_test(test_deleted),
        cmocka_unit_test(test_reordered),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_erased),
        cmocka_unit_test(test_points),
        cmocka_unit_test(test_resumed),
        cmocka_unit_test(test_resumed_at_first),
        cmocka_unit_test(test_another_line_before),
        cmocka_unit_test(test_bytes_of_any_length),
        cmocka_unit_test(test_the_signed_link_is_deleted),
        cmocka_unit_test(test_numbers_and_lengths_of_lines),
        cmocka_unit_test(test_every_fault_has_its_sentence),
        cmocka_unit_test(test_more_findings_than_are_kept),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
