/* SPDX-License-Identifier: Apache-2.0 */
/* `beenthere import`: the same dry run and the same taking in as the pages, for an operator's terminal. */
#ifndef IMPORT_COMMAND_H
#define IMPORT_COMMAND_H

#include "platform/command/command.h"

/* Prints what each file would do, and with order->takes does it: all files in one transaction, or none.
 * Returns the exit status: 1 when a file cannot be read or nothing can be taken in. fail(FAIL_USAGE) when
 * there is no such program, or when neither --kind nor the headings say what a file holds. */
int import_command(Scope *scope, const ImportOrder *order);

#endif
