/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions that are tried until the others let them pass. */
#include "platform/again.h"

#include "base/fail.h"

#include <time.h>

enum { TRIES = 12, WAIT_FIRST_US = 1000 }; /* waits of 1, 2, 4 ... ms: about two seconds in all */

typedef struct Attempt {
    Scope *scope;
    AgainWrite *write;
    void *context;
} Attempt;

static void attempt_run(void *context) {
    const Attempt *attempt = context;
    Tx *tx = tx_begin(attempt->scope->db);
    attempt->write(attempt->scope, tx, attempt->context);
    tx_commit(tx);
}

void again_write(Scope *scope, AgainWrite *write, void *context) {
    Attempt attempt = {.scope = scope, .write = write, .context = context};
    int64_t wait_us = WAIT_FIRST_US;
    for (int tries = 1;; tries++) {
        Fail why = {0};
        if (fail_catch(attempt_run, &attempt, &why)) {
            return;
        }
        db_rollback(scope->db);
        if (why.kind != FAIL_RETRY) {
            fail(why.kind, "%s", why.message);
        }
        if (tries == TRIES) {
            fail(FAIL_RETRY, "the database is too busy right now, try again in a moment");
        }
        const struct timespec pause = {.tv_sec = wait_us / TIME_SECOND,
                                       .tv_nsec = wait_us % TIME_SECOND * 1000};
        (void)nanosleep(&pause, NULL);
        wait_us *= 2;
    }
}
