/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator said on the command line, fixed for the life of the process. */
#ifndef CONFIG_H
#define CONFIG_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct Config {
    Str data;     /* the data directory, created by `init` */
    Str database; /* "sqlite:..." or "postgresql://..." */
    Str listen;   /* "127.0.0.1:8080", "[::1]:8080" */
    Str origin;   /* how people reach it: "https://support.example.org"; made from `listen` when not given */
    bool is_secure;    /* origin is https: __Host- cookies, Secure, HSTS */
    bool trusts_proxy; /* the last X-Forwarded-For address is the visitor */
    int workers;
    Str smtp; /* "smtp://host:25", empty: mail stays in the outbox */
    Str smtp_user;
    Str mail_from;
    unsigned char secret[32]; /* DIR/secret.key, 0600: keys anti-forgery tokens and receipt look-ups */
};
typedef struct Config Config;

#endif
