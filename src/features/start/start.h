/* SPDX-License-Identifier: Apache-2.0 */
/* The first minute of an installation: a program and the coordinator who will run it, from the command line.
 * Everything else happens on pages. */
#ifndef START_H
#define START_H

#include "platform/scope.h"

typedef enum StartResult {
    START_DONE,
    START_NAME_TAKEN, /* a program of this name is here already */
    START_NAME_WRONG, /* no name that could stand in an address: at least two letters a to z */
    START_ZONE_WRONG, /* no such IANA time zone */
    START_MAIL_WRONG,
} StartResult;

/* Makes the program and gives the coordinator's duty to whoever this mailbox reaches; somebody new if
 * nobody. */
StartResult start_program(const Scope *scope, Tx *tx, Str name, Str zone, Str mail);

/* The part of an address that a name becomes: "Familias del Rio" -> "familias-del-rio". "" when nothing is
 * left. */
Str start_slug(Arena *arena, Str name);

/* The body of `beenthere init --program`: does it in a transaction of its own and says what came of it.
 * Returns the exit status. */
int start_command(Scope *scope, Str name, Str zone, Str mail);

#endif
