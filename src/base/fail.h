/* SPDX-License-Identifier: Apache-2.0 */
/* "The world broke": the one way out of the middle of work, to the one place that catches it.
 *
 * Three kinds of error, never mixed. Expected outcomes (a full supporter, a wrong code) are result enums with
 * exhaustive switches. A bug is an assert: the worker dies and is replaced. Everything else (disk, memory,
 * database, a broken invariant in stored data) is fail(): it leaves at once for the boundary that called
 * fail_catch(), where the transaction is rolled back, the arena reset and an honest error page sent.
 *
 * Only the request, job and command boundaries call fail_catch(). Never call fail() from inside a callback of
 * a foreign library: its frames would be skipped. The message is for the operator's log: it never holds
 * personal data. */
#ifndef FAIL_H
#define FAIL_H

#include <stdbool.h>

typedef enum FailKind {
    FAIL_MEMORY,   /* an arena's maximum, or the system's memory */
    FAIL_DATABASE, /* the database refused, is gone, or holds what it must not */
    FAIL_RETRY,    /* a serialization conflict: the same work may be run again */
    FAIL_IO,       /* files, sockets, outside services */
    FAIL_USAGE,    /* the operator's flags or files; the message is the sentence to print */
} FailKind;

typedef struct Fail {
    FailKind kind;
    char message[512]; /* cut when longer */
} Fail;

typedef void FailWork(void *context);

/* Runs work(context). True when it returned; false when it failed, and then *ret_fail says why. Nests: an
 * inner catch leaves the outer one in place. */
bool fail_catch(FailWork *work, void *context, Fail *ret_fail);

/* Leaves for the innermost fail_catch(). Without one, prints the message and exits with status 1. */
_Noreturn void fail(FailKind kind, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
