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
    FLAG_SMTP = 1 << 6, /* --smtp, --smtp-user, --mail-from, and the same for texts */
    FLAG_DEMO = 1 << 7, /* --scale */
    FLAG_EMAIL = 1 << 8,
    FLAG_IMPORT = 1 << 9, /* --kind, --take, --part2, FILE... */
    FLAG_PROGRAM = 1 << 10,
    FLAG_ZONE = 1 << 11,
    FLAG_MATCH = 1 << 12, /* --pairs and so on, WORD... */
    FLAG_SEED = 1 << 13,
    FLAG_CHECKPOINTS = 1 << 14,
    FLAG_AUDIT = 1 << 15, /* --public-key, WORD */
    FLAG_TO = 1 << 16,
    FLAG_FROM = 1 << 17,
    FLAG_KEY = 1 << 18,
    FLAG_REASON = 1 << 22, /* --reason */
    FLAG_FORGET = 1 << 19, /* --email, --yes, PERSON */
    FLAG_ROTATE = 1 << 20, /* --drop-old */
    FLAG_BACKUP = 1 << 21, /* --backup-to, --backup-every, --drill-every */
} FlagBits;

/* As typed; STR_NONE when not given. */
typedef struct Flags {
    Str data, database, keys, listen, origin, workers, smtp, smtp_user, mail_from, text_url, text_user,
        text_from;
    Str reason;
    Str scale, seed, email, kind, program, zone;
    Str to, from, key;
    Str backup_to, backup_every, drill_every;
    Str pairs, duals, method, families, supporters, regime, pool;
    Str checkpoints, public_key;
    bool trusts_proxy;
    bool takes;
    bool is_part2;
    bool is_sure;
    bool drops_old;
    Strs files; /* and other words that are no flags */
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
