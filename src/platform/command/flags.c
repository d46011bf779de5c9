/* SPDX-License-Identifier: Apache-2.0 */
/* Flags to configuration. */
#include "platform/command/flags.h"

#include "base/fail.h"

#include <getopt.h>
#include <stddef.h>
#include <unistd.h>

enum { WORKERS_MOST = 64, WORKERS_DEFAULT_MOST = 16, HELP_VALUE = 1000 };

typedef enum FlagShape { SHAPE_TEXT, SHAPE_SWITCH } FlagShape;

static const struct {
    const char *name;
    const char *value;
    const char *help;
    unsigned bit;
    FlagShape shape;
    size_t place;
} table[] = {
    {"data", "DIR", "the data folder (required)", FLAG_DATA, SHAPE_TEXT, offsetof(Flags, data)},
    {"database", "URL", "sqlite:PATH or postgresql://...; default: sqlite:DIR/beenthere.db", FLAG_DATABASE,
     SHAPE_TEXT, offsetof(Flags, database)},
    {"listen", "ADDRESS:PORT", "default: 127.0.0.1:8080", FLAG_LISTEN, SHAPE_TEXT, offsetof(Flags, listen)},
    {"origin", "URL",
     "how people reach it, https://support.example.org; default: http:// and the listening address",
     FLAG_ORIGIN, SHAPE_TEXT, offsetof(Flags, origin)},
    {"trust-proxy", NULL, "a proxy in front sets X-Forwarded-For, and nobody else can reach this port",
     FLAG_TRUST_PROXY, SHAPE_SWITCH, offsetof(Flags, trusts_proxy)},
    {"workers", "N", "processes that answer; default: one a processor", FLAG_WORKERS, SHAPE_TEXT,
     offsetof(Flags, workers)},
    {"smtp", "URL", "smtp://host:25 or smtps://host; without it mail waits", FLAG_SMTP, SHAPE_TEXT,
     offsetof(Flags, smtp)},
    {"smtp-user", "NAME", "with the password in DIR/smtp.password", FLAG_SMTP, SHAPE_TEXT,
     offsetof(Flags, smtp_user)},
    {"mail-from", "ADDRESS", "the sender of mail; needed with --smtp", FLAG_SMTP, SHAPE_TEXT,
     offsetof(Flags, mail_from)},
    {"scale", "SIZE", "small, county or state; default: small", FLAG_DEMO, SHAPE_TEXT,
     offsetof(Flags, scale)},
    {"seed", "N", "the same number makes the same people; default: 1", FLAG_DEMO, SHAPE_TEXT,
     offsetof(Flags, seed)},
    {"email", "ADDRESS", "whose mail address", FLAG_EMAIL, SHAPE_TEXT, offsetof(Flags, email)},
    {"program", "NAME", "the program's name", FLAG_PROGRAM, SHAPE_TEXT, offsetof(Flags, program)},
    {"zone", "ZONE", "where its clocks hang; default: America/New_York", FLAG_ZONE, SHAPE_TEXT,
     offsetof(Flags, zone)},
    {"kind", "WHAT", "waiting or supporters; default: by the headings", FLAG_IMPORT, SHAPE_TEXT,
     offsetof(Flags, kind)},
    {"take", NULL, "take them in; without it, only say what would happen", FLAG_IMPORT, SHAPE_SWITCH,
     offsetof(Flags, takes)},
};
enum { TABLE_COUNT = sizeof table / sizeof table[0] };

static void value_store(Flags *given, int index, const char *value) {
    char *place = (char *)given + table[index].place;
    if (table[index].shape == SHAPE_SWITCH) {
        *(bool *)(void *)place = true;
        return;
    }
    *(Str *)(void *)place = str_of(value);
}

static FlagsResult wrong(const char *command, const char *what, const char *argument) {
    fprintf(stderr, "beenthere %s: %s %s; see: beenthere %s --help\n", command, what, argument, command);
    return FLAGS_WRONG;
}

FlagsResult flags_read(Arena *arena, const char *command, unsigned allowed, int count, char **arguments,
                       Flags *ret_flags) {
    struct option known[TABLE_COUNT + 2] = {{0}};
    int used = 0;
    for (int at = 0; at < (int)TABLE_COUNT; at++) {
        if ((table[at].bit & allowed) != 0) {
            known[used++] = (struct option){
                .name = table[at].name, .has_arg = table[at].shape == SHAPE_TEXT, .val = HELP_VALUE + 1 + at};
        }
    }
    known[used] = (struct option){.name = "help", .val = HELP_VALUE};
    opterr = 0;
    optind = 1;
    const int count_left = count - 1;
    char **left = arguments + 1;
    *ret_flags = (Flags){0};
    for (int found = getopt_long(count_left, left, ":h", known, NULL); found != -1;
         found = getopt_long(count_left, left, ":h", known, NULL)) {
        if (found == 'h' || found == HELP_VALUE) {
            return FLAGS_HELP;
        }
        if (found == ':') {
            return wrong(command, "a value is missing behind", left[optind - 1]);
        }
        if (found == '?') {
            return wrong(command, "there is no flag", left[optind - 1]);
        }
        value_store(ret_flags, found - HELP_VALUE - 1, optarg);
    }
    if (optind < count_left && (allowed & FLAG_IMPORT) == 0) {
        return wrong(command, "does not take", left[optind]);
    }
    const size_t files = (size_t)(count_left - optind);
    Str *items = NEW_MANY(arena, files, Str);
    for (size_t at = 0; at < files; at++) {
        items[at] = str_of(left[optind + (int)at]);
    }
    ret_flags->files = (Strs){.items = items, .count = files};
    if ((allowed & FLAG_DATA) != 0 && str_is_empty(ret_flags->data)) {
        return wrong(command, "needs", "--data DIR");
    }
    return FLAGS_READ;
}

void flags_print(unsigned allowed) {
    for (size_t at = 0; at < TABLE_COUNT; at++) {
        if ((table[at].bit & allowed) != 0) {
            char flag[64];
            snprintf(flag, sizeof flag, "--%s %s", table[at].name,
                     table[at].value == NULL ? "" : table[at].value);
            printf("  %-22s %s\n", flag, table[at].help);
        }
    }
    if ((allowed & FLAG_IMPORT) != 0) {
        printf("  %-22s %s\n", "FILE...", "spreadsheets as .csv");
    }
    printf("  %-22s %s\n", "--help", "this");
}

static Str or_else(Str value, Str otherwise) {
    return str_is_none(value) ? otherwise : value;
}

static int workers_read(Str text) {
    int64_t workers = sysconf(_SC_NPROCESSORS_ONLN);
    if (str_is_none(text)) {
        return workers < 1 ? 1 : (int)(workers > WORKERS_DEFAULT_MOST ? WORKERS_DEFAULT_MOST : workers);
    }
    if (!str_to_int(text, 1, WORKERS_MOST, &workers)) {
        fail(FAIL_USAGE, "--workers wants a number from 1 to %d, not \"%.*s\"", WORKERS_MOST, STR_ARGS(text));
    }
    return (int)workers;
}

/* "https://host" without a path: it is put before every address. */
static void origin_check(Str origin) {
    Str rest = STR_NONE;
    if (str_starts_with(origin, STR("https://"))) {
        rest = str_part(origin, 8, origin.length);
    } else if (str_starts_with(origin, STR("http://"))) {
        rest = str_part(origin, 7, origin.length);
    }
    if (str_is_empty(rest) || str_contains(rest, STR("/")) || str_contains(rest, STR(" "))) {
        fail(FAIL_USAGE, "--origin wants https://HOST without a path, not \"%.*s\"", STR_ARGS(origin));
    }
}

Config flags_config(Arena *arena, const Flags *given) {
    Config config = {
        .data = given->data,
        .database =
            or_else(given->database, str_print(arena, "sqlite:%.*s/beenthere.db", STR_ARGS(given->data))),
        .listen = or_else(given->listen, STR("127.0.0.1:8080")),
        .trusts_proxy = given->trusts_proxy,
        .workers = workers_read(given->workers),
        .smtp = or_else(given->smtp, STR("")),
        .smtp_user = or_else(given->smtp_user, STR("")),
        .mail_from = or_else(given->mail_from, STR("")),
    };
    config.origin = or_else(given->origin, str_print(arena, "http://%.*s", STR_ARGS(config.listen)));
    origin_check(config.origin);
    config.is_secure = str_starts_with(config.origin, STR("https://"));
    if (!str_is_empty(config.smtp) && !str_contains(config.mail_from, STR("@"))) {
        fail(FAIL_USAGE, "--smtp needs --mail-from ADDRESS, the sender that people see");
    }
    if (!str_is_empty(config.smtp) && !str_starts_with(config.smtp, STR("smtp://")) &&
        !str_starts_with(config.smtp, STR("smtps://"))) {
        fail(FAIL_USAGE, "--smtp wants smtp://HOST:PORT or smtps://HOST:PORT, not \"%.*s\"",
             STR_ARGS(config.smtp));
    }
    return config;
}
