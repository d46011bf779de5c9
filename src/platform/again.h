/* SPDX-License-Identifier: Apache-2.0 */
/* One transaction of a command or a job, run again while others are in its way.
 *
 * A request is answered once more by its boundary when the database could not put it into one order with the
 * others. A command that is typed while the program serves deserves the same, and so does the note that a
 * mail has left: without it the mail would leave twice. `write` may run several times: it prints nothing and
 * keeps nothing but what it works out anew in `context`. Any other failure leaves as it
 * came; a database that stays too busy as FAIL_RETRY, with a sentence for whoever typed the command. Nothing
 * is written then. */
#ifndef AGAIN_H
#define AGAIN_H

#include "platform/scope.h"

typedef void AgainWrite(Scope *scope, Tx *tx, void *context);

void again_write(Scope *scope, AgainWrite *write, void *context);

#endif
