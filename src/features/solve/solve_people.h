/* SPDX-License-Identifier: Apache-2.0 */
/* `beenthere match explain`, `plan` and `recruit`: the engine on the people of a database, in plain lines.
 *
 * For an operator's terminal; it only reads. Supporters stand there by the name they are called, families by
 * the token of their request, never with a name or their words. doc/operate.md says what is printed. */
#ifndef SOLVE_PEOPLE_H
#define SOLVE_PEOPLE_H

#include "platform/command/command.h"

/* Returns the exit status: 2 when the order is malformed, 1 when there is no such request or program or
 * nothing to work with. One sentence on standard error says why. fail(FAIL_IO) when what was worked out
 * cannot be written. */
int solve_people_command(Scope *scope, const MatchOrder *order);

#endif
