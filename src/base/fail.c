/* SPDX-License-Identifier: Apache-2.0 */
/* The only setjmp of the program. */
#include "base/fail.h"

#include <setjmp.h>
#include <stdarg.h>

typedef struct Catch {
    jmp_buf place;
    struct Catch *outer;
    Fail fail;
} Catch;

static Catch *innermost;

bool fail_catch(FailWork *work, void *context, Fail *ret_fail) {
    Catch here = {.outer = innermost};
    innermost = &here;
    /* No local of this function changes between setjmp and longjmp except through `here`, whose address is
     * taken, so none needs to be volatile. */
    if (setjmp(here.place) == 0) {
        work(context);
        innermost = here.outer;
        return true;
    }
    innermost = here.outer;
    *ret_fail = here.fail;
    return false;
}

void fail(FailKind kind, const char *format, ...) {
    Fail report = {.kind = kind};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(report.message, sizeof report.message, format, arguments);
    va_end(arguments);
    if (innermost == NULL) {
        fprintf(stderr, "beenthere: %s\n", report.message);
        exit(1);
    }
    innermost->fail = report;
    longjmp(innermost->place, 1);
}
