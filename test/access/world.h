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

/* The secret of a family's link for calendars. */
#define ACCESS_WORLD_CALENDAR "k7m33qx9tb2a4fghk7m33qx9tb2a"

/* Fills an empty migrated database that holds the two programs. `url` must outlive the world. */
AccessWorld *access_world_new(const Scope *scope, Str url, ProgramId river, ProgramId hill);
void access_world_free(AccessWorld *world);

/* Keeps what the database holds now, for access_world_restore(). */
void access_world_keep(AccessWorld *world);
/* True when anything but the audit has changed since the database was kept or restored. */
bool access_world_is_changed(AccessWorld *world);
void access_world_restore(AccessWorld *world);

/* What the audit has gained: rows of this action by this actor (0: nobody signed in), by outcome, and
 * others. */
enum { ACCESS_OUTCOMES = 3 };
typedef struct AccessAudited {
    int64_t rows[ACCESS_OUTCOMES]; /* changed, read, turned away */
    int64_t others;
} AccessAudited;

/* From here on no row can be added to the audit, as when the disk is full; or it can be again. */
void access_world_audit_stop(AccessWorld *world, bool is_stopped);

/* Says so, and empties the audit. */
void access_world_audit(AccessWorld *world, const char *action, int64_t actor, AccessAudited *ret_audited);

#endif
