/* SPDX-License-Identifier: Apache-2.0 */
/* Tests that the compiled-in files are found, and only by their whole path. */
#include "assets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_found_by_path(void **state) {
    (void)state;
    assert_true(asset_count >= 3);
    for (size_t i = 0; i < asset_count; i++) {
        assert_ptr_equal(asset_find(str_of(asset_items[i].path)), &asset_items[i]);
    }
    const Asset *sheet = asset_find(ASSET_APP_CSS);
    assert_non_null(sheet);
    assert_string_equal(sheet->type, "text/css; charset=utf-8");
    const Str bytes = {.at = (const char *)sheet->bytes, .length = sheet->length};
    assert_true(str_contains(bytes, STR(".page-header")));
}

static void test_only_whole_paths(void **state) {
    (void)state;
    const Str sheet = ASSET_APP_CSS;
    assert_null(asset_find(STR("")));
    assert_null(asset_find(STR("/assets/")));
    assert_null(asset_find(STR("/zzz")));
    assert_null(asset_find(str_part(sheet, 0, sheet.length - 1)));
}

/* A family on a slow line pays for these bytes before it sees a word. */
static void test_within_budget(void **state) {
    (void)state;
    assert_in_range(asset_find(ASSET_APP_CSS)->gzip_length, 1, 20 * 1024);
    assert_in_range(asset_find(ASSET_APP_JS)->gzip_length, 1, 6 * 1024);
    assert_in_range(asset_find(ASSET_PHONE_JS)->gzip_length, 1, 6 * 1024);
    for (size_t i = 0; i < asset_count; i++) {
        assert_int_equal(asset_items[i].gzip[0], 0x1f);
        assert_in_range(asset_items[i].brotli_length, 1, asset_items[i].length);
    }
}

/* A sheet that loads a picture or a font would be one more request, or one to somebody else. */
static void test_sheet_loads_nothing(void **state) {
    (void)state;
    const Asset *sheet = asset_find(ASSET_APP_CSS);
    const Str bytes = {.at = (const char *)sheet->bytes, .length = sheet->length};
    assert_false(str_contains(bytes, STR("url(\"")));
    assert_false(str_contains(bytes, STR("http:")));
    assert_false(str_contains(bytes, STR("https:")));
    assert_false(str_contains(bytes, STR("@import")));
    assert_false(str_contains(bytes, STR("@font-face")));
}

/* The worker has one address, and other bytes whenever something that it keeps has changed. */
static void test_the_worker_knows_what_it_keeps(void **state) {
    (void)state;
    const Asset *worker = asset_find(STR("/worker.js"));
    assert_non_null(worker);
    assert_string_equal(worker->type, "text/javascript; charset=utf-8");
    const Str bytes = {.at = (const char *)worker->bytes, .length = worker->length};
    const Str kept[] = {ASSET_APP_CSS, ASSET_APP_JS, ASSET_PHONE_JS, ASSET_ICON_SVG};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        assert_true(str_contains(bytes, kept[i]));
    }
    assert_null(asset_find(STR("/assets/worker.js")));
    const Asset *manifest = asset_find(ASSET_APP_WEBMANIFEST);
    assert_string_equal(manifest->type, "application/manifest+json");
    const Str said = {.at = (const char *)manifest->bytes, .length = manifest->length};
    assert_true(str_contains(said, ASSET_ICON_SVG));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found_by_path),
        cmocka_unit_test(test_only_whole_paths),
        cmocka_unit_test(test_within_budget),
        cmocka_unit_test(test_sheet_loads_nothing),
        cmocka_unit_test(test_the_worker_knows_what_it_keeps),
    };
    return cmocka_run_group_tests_name("asset", tests, NULL, NULL);
}
