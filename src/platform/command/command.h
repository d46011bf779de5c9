/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: `beenthere serve --data DIR` and its sisters, one table of them.
 *
 * Everything that can be wrong with flags, folders, ports and databases is one sentence on standard error
 * and exit status 1 (2 when the command line itself was wrong). main.c hands over an Application: what the
 * features do behind the commands that the platform cannot know. */
#ifndef COMMAND_H
#define COMMAND_H

#include "platform/config.h"
#include "platform/http/hooks.h"
#include "platform/jobs/jobs.h"

typedef enum DemoScale { DEMO_SMALL, DEMO_COUNTY, DEMO_STATE } DemoScale;

typedef struct ImportFile {
    Str path;    /* as typed */
    Str content; /* its bytes; one byte more than a spreadsheet may have tells that there are more */
} ImportFile;

typedef struct ImportOrder {
    Str program; /* its slug or name, as typed */
    const ImportFile *files;
    size_t file_count;
    Str kind;            /* "waiting", "supporters"; none: find out */
    bool takes;          /* --take: take them in; otherwise only say what would happen */
    bool tells_progress; /* standard error is a terminal */
} ImportOrder;

/* The bodies get a scope whose database is open and current; they begin and end their own transactions on
 * scope->db, print for people on standard output, and return the exit status. A body that is NULL is no
 * command. */
typedef struct Application {
    const char *version;
    HttpHooks hooks;
    JobTable jobs;

    int (*demo)(Scope *scope, DemoScale scale, uint64_t seed);
    /* Makes a program with its first coordinator, for `init --program`. */
    int (*start)(Scope *scope, Str program, Str zone, Str mail);
    /* Prints one address to open (config->origin and path), or says on standard error that nobody has this
     * mail. */
    int (*sign_in)(Scope *scope, Str mail);
    int (*import)(Scope *scope, const ImportOrder *order);
    /* The features' own invariants, after the platform has checked the engine's: prints a line each; 0: all
     * is well. */
    int (*check)(Scope *scope);
} Application;

/* Runs the command that the arguments name; returns the exit status. */
int command_run(const Application *application, int count, char **arguments);

#endif
