/* SPDX-License-Identifier: Apache-2.0 */
/* Flags to configuration. */
#include "platform/command/flags.h"

#include "base/fail.h"
#include "base/time.h"
#include "platform/send/send.h"

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
    {"keys", "PATH", "the key file; default: DIR/keys", FLAG_DATABASE, SHAPE_TEXT, offsetof(Flags, keys)},
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
    {"text-url", "URL", "https://... of the text message provider; without it texts wait", FLAG_SMTP,
     SHAPE_TEXT, offsetof(Flags, text_url)},
    {"text-user", "NAME", "with the password in DIR/text.password", FLAG_SMTP, SHAPE_TEXT,
     offsetof(Flags, text_user)},
    {"text-from", "NUMBER", "the sender of texts; needed with --text-url", FLAG_SMTP, SHAPE_TEXT,
     offsetof(Flags, text_from)},
    {"mail-from", "ADDRESS", "the sender of mail; needed with --smtp", FLAG_SMTP, SHAPE_TEXT,
     offsetof(Flags, mail_from)},
    {"scale", "SIZE", "small, county or state; default: small", FLAG_DEMO, SHAPE_TEXT,
     offsetof(Flags, scale)},
    {"seed", "N", "the same number makes the same people; default: 1", FLAG_SEED, SHAPE_TEXT,
     offsetof(Flags, seed)},
    {"email", "ADDRESS", "whose mail address", FLAG_EMAIL, SHAPE_TEXT, offsetof(Flags, email)},
    {"reason", "WORDS", "why; whom it is about reads it", FLAG_REASON, SHAPE_TEXT, offsetof(Flags, reason)},
    {"program", "NAME", "the program's name", FLAG_PROGRAM, SHAPE_TEXT, offsetof(Flags, program)},
    {"zone", "ZONE", "where its clocks hang; default: America/New_York", FLAG_ZONE, SHAPE_TEXT,
     offsetof(Flags, zone)},
    {"kind", "WHAT", "waiting or supporters; default: by the headings", FLAG_IMPORT, SHAPE_TEXT,
     offsetof(Flags, kind)},
    {"data", "DIR", "explain, plan, recruit: the data folder (required)", FLAG_MATCH, SHAPE_TEXT,
     offsetof(Flags, data)},
    {"pairs", "OUT", "solve: writes the plan there, FAMILY SUPPORTER WEIGHT a line", FLAG_MATCH, SHAPE_TEXT,
     offsetof(Flags, pairs)},
    {"duals", "OUT", "solve: writes the proof there, f FAMILY VALUE and s SUPPORTER PRICE", FLAG_MATCH,
     SHAPE_TEXT, offsetof(Flags, duals)},
    {"method", "HOW", "solve: auction or deferred; default: auction", FLAG_MATCH, SHAPE_TEXT,
     offsetof(Flags, method)},
    {"families", "N", "generate: how many", FLAG_MATCH, SHAPE_TEXT, offsetof(Flags, families)},
    {"supporters", "N", "generate: how many", FLAG_MATCH, SHAPE_TEXT, offsetof(Flags, supporters)},
    {"regime", "WHICH", "generate: shortage or slack of places", FLAG_MATCH, SHAPE_TEXT,
     offsetof(Flags, regime)},
    {"pool", "OUT", "generate: also writes the people there", FLAG_MATCH, SHAPE_TEXT, offsetof(Flags, pool)},
    {"checkpoints", "PATH",
     "where the audit's checkpoints are, best on another disk; default: DIR/checkpoints", FLAG_CHECKPOINTS,
     SHAPE_TEXT, offsetof(Flags, checkpoints)},
    {"public-key", "HEX", "verify: the key that must have signed; default: the one of the data folder",
     FLAG_AUDIT, SHAPE_TEXT, offsetof(Flags, public_key)},
    {"to", "PATH", "the file to write, or for a backup its folder", FLAG_TO, SHAPE_TEXT, offsetof(Flags, to)},
    {"from", "PATH", "the backup, or a folder: its newest", FLAG_FROM, SHAPE_TEXT, offsetof(Flags, from)},
    {"key", "KEY",
     "to make a backup: a public key or its file, default DIR/backup.public; else the recovery key's file",
     FLAG_KEY, SHAPE_TEXT, offsetof(Flags, key)},
    {"yes", NULL, "do not ask for the name to be typed", FLAG_FORGET, SHAPE_SWITCH, offsetof(Flags, is_sure)},
    {"drop-old", NULL, "drop older generations: older backups no longer open", FLAG_ROTATE, SHAPE_SWITCH,
     offsetof(Flags, drops_old)},
    {"backup-to", "FOLDER", "make backups there by a calendar; best on another disk", FLAG_BACKUP, SHAPE_TEXT,
     offsetof(Flags, backup_to)},
    {"backup-every", "SPAN", "30m, 6h, 1d; default: 6h", FLAG_BACKUP, SHAPE_TEXT,
     offsetof(Flags, backup_every)},
    {"drill-every", "SPAN", "restore one to a scratch place this often; default: 1d", FLAG_BACKUP, SHAPE_TEXT,
     offsetof(Flags, drill_every)},
    {"take", NULL, "take them in; without it, only say what would happen", FLAG_IMPORT, SHAPE_SWITCH,
     offsetof(Flags, takes)},
    {"part2", NULL, "some lines tell of alcohol or drug use: mark what becomes of them", FLAG_IMPORT,
     SHAPE_SWITCH, offsetof(Flags, is_part2)},
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
    if (optind < count_left && (allowed & (FLAG_IMPORT | FLAG_MATCH | FLAG_AUDIT | FLAG_FORGET)) == 0) {
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
    if ((allowed & FLAG_MATCH) != 0) {
        printf("  %-22s %s\n", "solve FILE", "the best plan for an instance, as one line of JSON");
        printf("  %-22s %s\n", "check FILE PAIRS DUALS", "verifies a plan and its proof");
        printf("  %-22s %s\n", "generate", "makes an instance of made-up people, on standard output");
        printf("  %-22s %s\n", "explain REQUEST",
               "why these people for this request, and what keeps others off");
        printf("  %-22s %s\n", "plan", "the best plan for everyone who waits");
        printf("  %-22s %s\n", "recruit", "what one more person, skill or place would be worth");
    }
    if ((allowed & FLAG_AUDIT) != 0) {
        printf("  %-22s %s\n", "verify", "says whether anything was changed afterwards, and where");
        printf("  %-22s %s\n", "public-key", "prints the key that checkpoints are signed with");
        printf("  %-22s %s\n", "resume",
               "goes on after a restored copy, with what was lost known to be lost");
    }
    if ((allowed & FLAG_FORGET) != 0) {
        printf("  %-22s %s\n", "PERSON", "the 13 characters behind person in an address; or --email");
    }
    printf("  %-22s %s\n", "--help", "this");
}

static Str or_else(Str value, Str otherwise) {
    return str_is_none(value) ? otherwise : value;
}

/* The credential that systemd hands to this process, if the unit names one (doc/operate.md). */
static Str lock_of_keys(Arena *arena) {
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    if (folder == NULL) {
        return STR("");
    }
    const Str path = str_print(arena, "%s/beenthere-lock", folder);
    return access(str_c(arena, path), F_OK) == 0 ? path : STR("");
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

/* A number and m, h or d; seconds (s) are for tests. */
static int64_t span_read(const char *flag, Str text) {
    static const struct {
        char letter;
        int64_t us;
    } units[] = {{'s', TIME_SECOND}, {'m', TIME_MINUTE}, {'h', TIME_HOUR}, {'d', TIME_DAY}};
    int64_t count = 0;
    const char letter = text.length < 2 ? '\0' : text.at[text.length - 1];
    for (size_t at = 0; at < sizeof units / sizeof units[0]; at++) {
        if (letter == units[at].letter && str_to_int(str_part(text, 0, text.length - 1), 1, 1000, &count)) {
            return count * units[at].us;
        }
    }
    fail(FAIL_USAGE, "--%s wants a number and m, h or d, such as 6h, not \"%.*s\"", flag, STR_ARGS(text));
}

Config flags_config(Arena *arena, const Flags *given) {
    Config config = {
        .data = given->data,
        .keys = {.path = or_else(given->keys, str_print(arena, "%.*s/keys", STR_ARGS(given->data))),
                 .lock = lock_of_keys(arena)},
        .database =
            or_else(given->database, str_print(arena, "sqlite:%.*s/beenthere.db", STR_ARGS(given->data))),
        .listen = or_else(given->listen, STR("127.0.0.1:8080")),
        .trusts_proxy = given->trusts_proxy,
        .workers = workers_read(given->workers),
        .checkpoints = or_else(given->checkpoints, STR("")),
        .smtp = or_else(given->smtp, STR("")),
        .smtp_user = or_else(given->smtp_user, STR("")),
        .text_url = or_else(given->text_url, STR("")),
        .text_user = or_else(given->text_user, STR("")),
        .text_from = or_else(given->text_from, STR("")),
        .mail_from = or_else(given->mail_from, STR("")),
        .backup_to = or_else(given->backup_to, STR("")),
        .backup_every_us = span_read("backup-every", or_else(given->backup_every, STR("6h"))),
        .drill_every_us = span_read("drill-every", or_else(given->drill_every, STR("1d"))),
    };
    config.origin = or_else(given->origin, str_print(arena, "http://%.*s", STR_ARGS(config.listen)));
    origin_check(config.origin);
    config.is_secure = str_starts_with(config.origin, STR("https://"));
    if (!str_is_empty(config.text_url) && str_is_empty(config.text_from)) {
        fail(FAIL_USAGE, "--text-url needs --text-from NUMBER, the sender that people see");
    }
    /* In the clear only within this machine. */
    if (!str_is_empty(config.text_url) && !str_starts_with(config.text_url, STR("https://")) &&
        !(str_starts_with(config.text_url, STR("http://")) && send_is_local(config.text_url))) {
        fail(FAIL_USAGE, "--text-url wants https://..., not \"%.*s\"", STR_ARGS(config.text_url));
    }
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
