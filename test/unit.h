/* SPDX-License-Identifier: Apache-2.0 */
/* What every unit test includes first: cmocka with the headers it silently needs, and a check for fail(). */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* cmocka's macro of this name would swallow ours, and its fail_msg() stands on that macro. */
#undef fail
#undef fail_msg
#define fail_msg(...) (print_error("ERROR: " __VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/fail.h"

/* work(context) must leave by fail() with this kind and a message that holds `part`. */
#define ASSERT_FAILS(work, context, wanted_kind, part)                                                       \
    do {                                                                                                     \
        Fail unit_fail = {.kind = FAIL_USAGE};                                                               \
        assert_false(fail_catch((work), (context), &unit_fail));                                             \
        assert_int_equal(unit_fail.kind, (wanted_kind));                                                     \
        if (strstr(unit_fail.message, (part)) == NULL) {                                                     \
            fail_msg("\"%s\" does not hold \"%s\"", unit_fail.message, (part));                              \
        }                                                                                                    \
    } while (0)

#endif
