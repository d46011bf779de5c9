/* SPDX-License-Identifier: Apache-2.0 */
/* A database for the access matrix: the rows of world.sql, a way to see whether anything changed, and a way
 * back.
 *
 * It looks at the database beside the program, by the engines' own libraries, so that what it says does not
 * depend on the code under test. Include test/unit.h first. */
#ifndef ACCESS_WORLD_H
#define ACCESS_WORLD_H

#include "platform/scope.h"

typedef struct AccessWorld AccessWorld;

/* Fills an empty migrated database that holds the two programs. `url` must outlive the world. */
AccessWorld *access_world_new(const Scope *scope, Str url, ProgramId river, ProgramId hill);
void access_world_free(AccessWorld *world);

/* Keeps what the database holds now, for access_world_restore(). */
void access_world_keep(AccessWorld *world);
/* True when anything was committed since the database was kept or restored. */
bool access_world_is_changed(AccessWorld *world);
void access_world_restore(AccessWorld *world);

#endif
