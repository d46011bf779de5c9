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
    bool is_part2;       /* --part2: some lines tell of substance use */
    bool tells_progress; /* standard error is a terminal */
} ImportOrder;

/* As typed; STR_NONE when not given. */
typedef struct MatchOrder {
    Strs words; /* what to do, and with which files */
    Str pairs, duals, method;
    Str families, supporters, regime, seed, pool;
    Str program;
} MatchOrder;

typedef struct AuditOrder {
    Strs words; /* verify, public-key, resume */
    Str public_key;
} AuditOrder;

typedef struct ForgetOrder {
    Str person; /* a token, or none */
    Str mail;   /* or an address */
    bool is_sure;
} ForgetOrder;

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
    /* Signs whom this mail reaches out everywhere, and says how many they were. */
    int (*sign_out)(Scope *scope, Str mail, Str reason);
    int (*import)(Scope *scope, const ImportOrder *order);
    /* The engine on files: needs no database and gets no scope. Prints its own sentences. */
    int (*match)(Arena *arena, const MatchOrder *order);
    /* The engine on the people of a database, for `match` with --data: only reads. Prints its own sentences.
     */
    int (*match_people)(Scope *scope, const MatchOrder *order);
    int (*audit)(Scope *scope, const AuditOrder *order);
    int (*forget)(Scope *scope, const ForgetOrder *order);
    /* Finishes forgettings that the key file knows of and this database does not, because it is a copy from
     * before them; returns of how many people. NULL: the features forget nobody. */
    int64_t (*forget_again)(Scope *scope);
    /* Adds to the open transaction the audit's row of what a command of the platform did: a word that stays,
     * and how much of it. NULL: there is no audit. */
    void (*record)(Scope *scope, Tx *tx, Str action, int64_t count);
    /* The features' own invariants, after the platform has checked the engine's: a line each for what is
     * broken, in the scope's arena. */
    Strs (*check)(Scope *scope);
    /* The same of a database that was restored, and whether its audit is as it was written. */
    Strs (*check_copy)(Scope *scope);
} Application;

/* Runs the command that the arguments name; returns the exit status. */
int command_run(const Application *application, int count, char **arguments);

#endif
