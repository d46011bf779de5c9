/* SPDX-License-Identifier: Apache-2.0 */
/* What a phone sends, whole and damaged. */
#include "test/unit.h"

#include "features/capture/capture_batch.h"
#include "platform/http/form.h"
#include "test/one_arena.h"

#define ENTRY(capture)                                                                                       \
    "{\"kind\":\"message\",\"capture\":\"" capture "\",\"author\":\"0000000000001\",\"match\":\"x\","        \
    "\"captured_at\":1772632800000,\"fields\":[[\"words\",\"Hi\"]]}"
#define ONE "00112233445566778899aabbccddeeff"
#define BATCH(entries) "{\"now\":1772636400000,\"entries\":[" entries "]}"

static void test_a_batch_is_read(void **state) {
    (void)state;
    CaptureBatch batch;
    assert_true(capture_batch_read(arena, STR(BATCH(ENTRY(ONE))), &batch));
    assert_int_equal(batch.now.us, INT64_C(1772636400000000));
    assert_int_equal(batch.count, 1);
    const CaptureEntry *entry = &batch.items[0];
    assert_true(str_equal(entry->kind, STR("message")));
    assert_true(str_equal(entry->name, STR(ONE)));
    assert_int_equal(entry->capture.length, 16);
    assert_memory_equal(entry->capture.at, "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff",
                        16);
    assert_int_equal(entry->author.value, 1);
    assert_int_equal(entry->match.value, 0);
    assert_true(str_equal(input_only(entry->fields, STR("words")), STR("Hi")));
}

static void test_what_is_no_batch(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "{}",
        "[]",
        BATCH(""),
        BATCH("3"),
        BATCH(ENTRY(ONE) "," ENTRY(ONE)),
        BATCH(ENTRY("00112233445566778899aabbccddee")),
        BATCH(ENTRY("0011223344556677889XaAbbccddeeff")),
        "{\"now\":0,\"entries\":[" ENTRY(ONE) "]}",
        "{\"now\":1e300,\"entries\":[" ENTRY(ONE) "]}",
        "{\"now\":9223372036854775807,\"entries\":[" ENTRY(ONE) "]}",
        "{\"entries\":[" ENTRY(ONE) "]}",
        BATCH("{\"capture\":\"" ONE "\",\"captured_at\":1,\"fields\":[[\"words\"]]}"),
        BATCH("{\"capture\":\"" ONE "\",\"captured_at\":1,\"fields\":[[\"words\",3]]}"),
        BATCH("{\"capture\":\"" ONE "\",\"captured_at\":1,\"fields\":{\"words\":\"x\"}}"),
        BATCH("{\"capture\":\"" ONE "\",\"captured_at\":1}"),
        BATCH("{\"capture\":\"" ONE "\",\"captured_at\":-1,\"fields\":[]}"),
    };
    CaptureBatch batch = {.count = 77};
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++) {
        if (capture_batch_read(arena, str_of(texts[at]), &batch)) {
            fail_msg("%s was read", texts[at]);
        }
    }
    assert_int_equal(batch.count, 77);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_batch_is_read, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(test_what_is_no_batch, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
