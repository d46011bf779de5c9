/* SPDX-License-Identifier: Apache-2.0 */
/* Text views against slow oracles and their limits. */
#include "test/unit.h"

#include "base/str.h"

static void test_trim(void **state) {
    (void)state;
    assert_true(str_equal(str_trim(STR(" \t\xC2\xA0 a b\r\n\xC2\xA0")), STR("a b")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_trim)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
