/* SPDX-License-Identifier: Apache-2.0 */
/* What each process of `serve` gives up once it has what it needs, so that somebody who breaks into one finds
 * an empty room: no other programs, no other files, and no way out.
 *
 * Three walls: privileges (no new ones, no capabilities, no core file, no debugger), Landlock (which files,
 * and which TCP ports), and seccomp (which system calls). What is on no list is answered with ENOSYS, which
 * libraries take as "not on this system"; what only an intruder would try ends the process at once, and the
 * parent's log says signal=31. A wall that this kernel does not have is said once in the log, and left out:
 * the unit for systemd builds the same ones from outside. doc/decisions tells why it is so. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "base/str.h"
#include "platform/config.h"

typedef enum SandboxKind {
    SANDBOX_PARENT, /* the sum of what its children need: they are made from it */
    SANDBOX_WORKER, /* the data folder; out only to PostgreSQL */
    SANDBOX_JOBS,   /* mail: names of hosts, certificates, out */
    SANDBOX_LIVE,   /* no file at all, and what is needed to answer who has come; out only to PostgreSQL */
    SANDBOX_BACKUP, /* the data folder and the folder of the backups; out only to PostgreSQL */
} SandboxKind;

/* Enters the sandbox, for this process and all its children, for good. The parent calls it when it has its
 * port; a child after its fork. Nothing is given up when BEENTHERE_SANDBOX=off stands in the environment,
 * which is for looking for faults, and is said in the log. fail(FAIL_IO) when a wall that the kernel has
 * cannot be built. */
void sandbox_enter(Arena *arena, const Config *config, SandboxKind kind);

/* Which walls this kernel has, for the log: "landlock=7 seccomp=1". */
Str sandbox_walls(Arena *arena);

#endif
