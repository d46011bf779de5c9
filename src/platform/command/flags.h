/* SPDX-License-Identifier: Apache-2.0 */
/* The flags that commands take: one table, read with getopt_long(). */
#ifndef FLAGS_H
#define FLAGS_H

#include "platform/config.h"

typedef enum FlagBits {
    FLAG_DATA = 1 << 0,
    FLAG_DATABASE = 1 << 1,
    FLAG_LISTEN = 1 << 2,
    FLAG_ORIGIN = 1 << 3,
    FLAG_TRUST_PROXY = 1 << 4,
    FLAG_WORKERS = 1 << 5,
    FLAG_SMTP = 1 << 6, /* --smtp, --smtp-user, --mail-from */
    FLAG_DEMO = 1 << 7, /* --scale, --seed */
    FLAG_EMAIL = 1 << 8,
    FLAG_IMPORT = 1 << 9, /* --kind, --take, FILE... */
    FLAG_PROGRAM = 1 << 10,
    FLAG_ZONE = 1 << 11,
} FlagBits;

/* As typed; STR_NONE when not given. */
typedef struct Flags {
    Str data, database, listen, origin, workers, smtp, smtp_user, mail_from;
    Str scale, seed, email, kind, program, zone;
    bool trusts_proxy;
    bool takes;
    Strs files;
} Flags;

typedef enum FlagsResult {
    FLAGS_READ,
    FLAGS_HELP,  /* --help was among them */
    FLAGS_WRONG, /* a sentence has been printed on standard error */
} FlagsResult;

/* Reads the flags behind the command's name; `allowed` are FlagBits. */
FlagsResult flags_read(Arena *arena, const char *command, unsigned allowed, int count, char **arguments,
                       Flags *ret_flags);

/* The flags' help, a line each. */
void flags_print(unsigned allowed);

/* The configuration that they mean, with defaults filled in and without the secret. fail(FAIL_USAGE) on
 * values that make no sense. */
Config flags_config(Arena *arena, const Flags *given);

#endif
