/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold in a program's rows, whatever happened to them: one named rule each, all in check.sql.
 *
 * The engine's own faults (integrity, foreign keys) are db_check_engine()'s; this is what only the
 * features know. */
#ifndef CHECK_H
#define CHECK_H

#include "platform/scope.h"

/* A line for each rule that is broken: its name, what is wrong, how often, and the id of one such row.
 * Empty: all is well. In the scope's arena. Runs in the transaction that is open. */
Strs check_rules_broken(const Scope *scope);

#endif
