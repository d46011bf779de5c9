/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own documents: given back byte for byte, to nobody else, within limits that were said. */
#include "test/unit.h"

#include "features/document/document.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

#include <string.h>

static DocumentResult keeps(World *world, PersonId person, Str content) {
    Tx *tx = world_begin_as(world, person);
    const DocumentResult result = document_add(&world->scope, tx, STR("Plan de Ana.pdf"), content);
    world_commit(tx);
    return result;
}

/* A PDF by its first bytes, with every byte there is behind them. */
static Str pdf(World *world, size_t length) {
    char *bytes = arena_get(world->arena, length);
    for (size_t at = 0; at < length; at++) {
        bytes[at] = (char)(at * 31);
    }
    memcpy(bytes, "%PDF-", 5);
    return (Str){.at = bytes, .length = length};
}

static void test_what_the_bytes_say(void **state) {
    (void)state;
    assert_int_equal(document_kind_of(STR("%PDF-1.7\n")), DOCUMENT_PDF);
    assert_int_equal(document_kind_of(STR("\xff\xd8\xff\xe0")), DOCUMENT_JPEG);
    assert_int_equal(document_kind_of(STR("\x89PNG\r\n\x1a\n\x00")), DOCUMENT_PNG);
    assert_int_equal(document_kind_of(STR("<script>alert(1)</script>")), DOCUMENT_TEXT);
    assert_int_equal(document_kind_of(STR("MZ\x90\x00\x03")), 0);
    assert_int_equal(document_kind_of(STR("\xff\xfe")), 0);
    assert_int_equal(document_kind_of(STR("")), 0);
}

static void test_byte_for_byte_and_to_nobody_else(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    const Str content = pdf(world, DOCUMENT_BYTES_MOST);
    assert_int_equal(keeps(world, pair.receiver, content), DOCUMENT_DONE);
    const Documents list = document_list(&world->scope);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.bytes, DOCUMENT_BYTES_MOST);
    assert_words(list.items[0].called, "Plan de Ana.pdf");
    const DocumentId id = list.items[0].id;
    Str called, opened;
    DocumentKind kind = 0;
    assert_true(document_open(&world->scope, id, &called, &kind, &opened));
    assert_int_equal(kind, DOCUMENT_PDF);
    assert_true(str_equal(opened, content));
    const PersonId others[] = {pair.giver, pair.coordinator};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, others[at]);
        assert_false(document_open(&world->scope, id, &called, &kind, &opened));
        assert_int_equal(document_list(&world->scope).count, 0);
        Tx *tx = world_begin(world);
        assert_int_equal(document_drop(&world->scope, tx, id), DOCUMENT_ELSEWHERE);
        world_commit(tx);
    }
    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(document_drop(&world->scope, tx, id), DOCUMENT_DONE);
    assert_int_equal(document_drop(&world->scope, tx, id), DOCUMENT_ELSEWHERE);
    world_commit(tx);
    assert_int_equal(document_list(&world->scope).count, 0);
}

static void test_within_limits(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    assert_int_equal(keeps(world, ana, pdf(world, DOCUMENT_BYTES_MOST + 1)), DOCUMENT_TOO_LARGE);
    assert_int_equal(keeps(world, ana, STR("PK\x03\x04\x00")), DOCUMENT_UNKNOWN);
    for (int at = 0; at < DOCUMENT_MOST; at++) {
        assert_int_equal(keeps(world, ana, STR("a letter")), DOCUMENT_DONE);
    }
    assert_int_equal(keeps(world, ana, STR("a letter")), DOCUMENT_NO_ROOM);
    Tx *tx = world_begin(world);
    document_forget(tx, ana);
    world_commit(tx);
    assert_int_equal(document_list(&world->scope).count, 0);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_bytes_say),
        IN_A_WORLD(test_byte_for_byte_and_to_nobody_else),
        IN_A_WORLD(test_within_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
