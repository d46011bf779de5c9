/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator said on the command line, fixed for the life of the process. */
#ifndef CONFIG_H
#define CONFIG_H

#include "base/str.h"
#include "platform/crypto/keys.h"

#include <stdbool.h>
#include <stdint.h>

struct Config {
    Str data;       /* the data directory, created by `init` */
    KeysPlace keys; /* DIR/keys, and what locks it itself */
    Str database;   /* "sqlite:..." or "postgresql://..." */
    Str listen;     /* "127.0.0.1:8080", "[::1]:8080" */
    Str origin; /* how people reach it: "https://support.example.org"; made from `listen` when not given */
    bool is_secure;    /* origin is https: __Host- cookies, Secure, HSTS */
    bool trusts_proxy; /* the last X-Forwarded-For address is the visitor */
    int workers;
    Str checkpoints; /* the folder for the audit's checkpoints; empty: DIR/checkpoints */
    Str smtp;        /* "smtp://host:25", empty: mail stays in the outbox */
    Str smtp_user;
    Str text_url; /* of the text provider, "https://..."; empty: texts stay in the outbox */
    Str text_user;
    Str text_from;
    Str mail_from;
    Str backup_to; /* the folder for scheduled backups; empty: none are made */
    int64_t backup_every_us;
    int64_t drill_every_us;   /* how often one of them is restored to a scratch place */
    unsigned char secret[32]; /* DIR/secret.key, 0600: keys anti-forgery tokens and receipt look-ups */
};
typedef struct Config Config;

#endif
