/* SPDX-License-Identifier: Apache-2.0 */
/* `beenthere match solve`, `check` and `generate`: the engine on files, without a database, for whoever
 * wants to repeat a plan, doubt it, or measure. doc/operate.md says what they take and print. */
#ifndef SOLVE_COMMAND_H
#define SOLVE_COMMAND_H

#include "platform/command/command.h"

/* Returns the exit status: 2 when the order or a file in it is malformed, 1 when a plan does not hold. One
 * sentence on standard error says why. fail(FAIL_IO) when what was worked out cannot be written. Memory of
 * any size is taken until the arena ends. */
int solve_command(Arena *arena, const MatchOrder *order);

#endif
