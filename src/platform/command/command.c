/* SPDX-License-Identifier: Apache-2.0 */
/* The table of commands, their flags, and what the platform does for each. */
#include "platform/command/command.h"

#include "base/fail.h"
#include "platform/again.h"
#include "platform/command/backup_command.h"
#include "platform/command/data.h"
#include "platform/command/flags.h"
#include "platform/command/rotate.h"
#include "platform/command/serve.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/keys.h"
#include "platform/db/person_key.h"
#include "platform/crypto/passphrase.h"
#include "platform/keep.h"
#include "platform/zone/zone.h"

#include <sys/stat.h>
#include <unistd.h>

enum { ARENA_MOST = 1024 * 1024 * 1024, STATUS_USAGE = 2, SPREADSHEET_MOST = 8 * 1024 * 1024 };

typedef struct Work {
    const Application *application;
    const struct Command *command;
    Flags flags;
    Arena *arena;
    Keep *keep;
    Random random;
    Config config;
    Db *db;
    Scope scope;
    int status;
} Work;

typedef struct Command {
    const char *name;
    const char *summary;
    unsigned flags; /* FlagBits */
    void (*run)(Work *work);
    bool (*exists)(const Application *application); /* NULL: always */
} Command;

/* ---- what several commands need ---- */

static void config_load(Work *work) {
    work->config = flags_config(work->arena, &work->flags);
    data_secret_read(work->arena, &work->config);
}

static void db_close_at_end(void *context) {
    Work *work = context;
    if (work->db != NULL) {
        db_close(work->db);
        work->db = NULL;
    }
}

static void db_open_any(Work *work, bool create) {
    work->db = db_open(work->config.database, create);
    arena_at_end(work->arena, db_close_at_end, work);
    db_use(work->db, work->arena);
}

/* The schema must be the one that this binary was made for. */
static void schema_check(Work *work) {
    db_begin_read(work->db);
    const int64_t version = db_schema_version(work->db);
    db_end_read(work->db);
    if (version > db_schema_newest()) {
        fail(FAIL_USAGE,
             "the database has schema %lld, newer than this program knows (%lld); use a newer beenthere",
             (long long)version, (long long)db_schema_newest());
    }
    if (version < db_schema_newest()) {
        fail(FAIL_USAGE, "the database has schema %lld and needs %lld; run: beenthere migrate --data %.*s",
             (long long)version, (long long)db_schema_newest(), STR_ARGS(work->config.data));
    }
}

/* Makes the key file where nothing was sealed yet and there is none. */
static void keys_make_file(Work *work) {
    if (keys_exist(work->config.keys)) {
        return;
    }
    db_begin_read(work->db);
    const bool is_lost = key_file_is_needed(work->db);
    db_end_read(work->db);
    if (is_lost) {
        (void)keys_open(work->config.keys); /* says what is missing, and what to do */
    }
    Keys *keys = keys_new();
    keys_write(keys, work->config.keys);
    keys_free(keys);
}

static void keys_note(Scope *scope, Tx *tx, void *context) {
    (void)scope;
    (void)context;
    key_file_note(tx);
}

/* The key file must be the one that what is here was sealed with. */
static void keys_use(Work *work) {
    db_keys_open(work->db, work->config.keys);
    db_begin_read(work->db);
    const bool is_noted = key_file_check(work->db);
    db_end_read(work->db);
    if (!is_noted) { /* somebody who rotates right now may be noting the same generation */
        again_write(&(Scope){.arena = work->arena, .db = work->db}, keys_note, NULL);
    }
}

static void scope_fill(Work *work) {
    work->scope = (Scope){.arena = work->arena,
                          .db = work->db,
                          .random = &work->random,
                          .now = time_now(),
                          .zone = zone_find(STR("UTC")),
                          .via = SCOPE_COMMAND,
                          .config = &work->config,
                          .keep = work->keep};
}

static void scope_open(Work *work) {
    config_load(work);
    db_open_any(work, false);
    schema_check(work);
    keys_use(work);
    scope_fill(work);
}

/* A copy from before somebody was forgotten must not bring them back. */
static void forget_again(Work *work) {
    const int64_t people =
        work->application->forget_again == NULL ? 0 : work->application->forget_again(&work->scope);
    if (people > 0) {
        printf("%lld %s forgotten after this copy was made: everything about them is deleted here too.\n",
               (long long)people, people == 1 ? "person was" : "people were");
        (void)fflush(stdout);
    }
}

typedef struct Recording {
    Work *work;
    Str action;
    int64_t count;
} Recording;

static void record_write(Scope *scope, Tx *tx, void *context) {
    const Recording *recording = context;
    recording->work->application->record(scope, tx, recording->action, recording->count);
}

static void record_run(void *context) {
    Recording *recording = context;
    again_write(&recording->work->scope, record_write, recording);
}

/* A row of the audit for what an operator did. It is done by now: a row that cannot be written ends the
 * command with a sentence all the same. */
static void record(Work *work, const char *action, int64_t count) {
    if (work->application->record == NULL) {
        return;
    }
    Recording recording = {.work = work, .action = str_of(action), .count = count};
    Fail why = {0};
    if (!fail_catch(record_run, &recording, &why)) {
        fail(why.kind, "it is done, but no row of it stands in the audit: %s", why.message);
    }
}

/* ---- the commands ---- */

static void init_do(Work *work) {
    work->config = flags_config(work->arena, &work->flags);
    data_create(work->arena, &work->config);
    db_open_any(work, true);
    (void)db_migrate(work->db);
    keys_make_file(work);
    keys_use(work);
    if (!str_is_none(work->flags.program)) {
        scope_fill(work);
        const Str zone = str_is_none(work->flags.zone) ? STR("America/New_York") : work->flags.zone;
        work->status = work->application->start(&work->scope, work->flags.program, zone, work->flags.email);
        if (work->status != 0) {
            return;
        }
    }
    printf("%.*s is ready. Next: beenthere serve --data %.*s\n", STR_ARGS(work->config.data),
           STR_ARGS(work->config.data));
}

static void migrate_do(Work *work) {
    config_load(work);
    db_open_any(work, false);
    const int steps = db_migrate(work->db);
    printf("schema %lld, %d step%s taken\n", (long long)db_schema_newest(), steps, steps == 1 ? "" : "s");
}

static void serve_do(Work *work) {
    scope_open(work);
    forget_again(work);
    if (!str_is_empty(work->config.backup_to)) {
        backup_place_check(work->arena, &work->config);
    }
    /* A database connection must not be carried across a fork: each process opens its own. */
    db_close(work->db);
    work->db = NULL;
    work->status = serve_run(work->application, &work->config);
}

static void demo_do(Work *work) {
    static const Str names[] = {STR("small"), STR("county"), STR("state")};
    const Str scale = str_is_none(work->flags.scale) ? names[0] : work->flags.scale;
    int64_t seed = 1;
    if (!str_is_none(work->flags.seed) && !str_to_int(work->flags.seed, 0, INT64_MAX, &seed)) {
        fail(FAIL_USAGE, "--seed wants a whole number, not \"%.*s\"", STR_ARGS(work->flags.seed));
    }
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        if (str_equal(scale, names[at])) {
            /* A demo may be the first thing anyone does here. */
            work->config = flags_config(work->arena, &work->flags);
            data_create(work->arena, &work->config);
            db_open_any(work, true);
            if (db_schema_version(work->db) == 0) {
                (void)db_migrate(work->db);
            }
            schema_check(work);
            keys_make_file(work);
            keys_use(work);
            scope_fill(work);
            work->random = random_seeded((uint64_t)seed);
            work->status = work->application->demo(&work->scope, (DemoScale)at, (uint64_t)seed);
            return;
        }
    }
    fail(FAIL_USAGE, "--scale wants small, county or state, not \"%.*s\"", STR_ARGS(scale));
}

static void sign_in_do(Work *work) {
    if (str_is_empty(work->flags.email)) {
        fail(FAIL_USAGE, "sign-in needs --email ADDRESS");
    }
    scope_open(work);
    work->status = work->application->sign_in(&work->scope, work->flags.email);
}

static void sign_out_do(Work *work) {
    if (str_is_empty(work->flags.email) || str_is_empty(work->flags.reason)) {
        fail(FAIL_USAGE, "sign-out needs --email ADDRESS and --reason WORDS");
    }
    scope_open(work);
    work->status = work->application->sign_out(&work->scope, work->flags.email, work->flags.reason);
}

/* Enough of the file to see whether it is too large to be a spreadsheet of ours. */
static Str file_read(Arena *arena, Str path) {
    char *bytes = arena_get(arena, SPREADSHEET_MOST + 1);
    FILE *file = fopen(str_c(arena, path), "rbe");
    /* A folder opens, and cannot be read. */
    const size_t length = file == NULL ? 0 : fread(bytes, 1, SPREADSHEET_MOST + 1, file);
    const bool is_broken = file == NULL || ferror(file) != 0;
    if (file != NULL) {
        (void)fclose(file);
    }
    if (is_broken) {
        fail(FAIL_USAGE, "%.*s cannot be read", STR_ARGS(path));
    }
    return (Str){.at = bytes, .length = length};
}

static void import_do(Work *work) {
    const Strs paths = work->flags.files;
    if (str_is_empty(work->flags.program) || paths.count == 0) {
        fail(FAIL_USAGE, "import needs --program NAME and at least one file");
    }
    ImportFile *files = NEW_MANY(work->arena, paths.count, ImportFile);
    for (size_t at = 0; at < paths.count; at++) {
        files[at] = (ImportFile){.path = paths.items[at], .content = file_read(work->arena, paths.items[at])};
    }
    scope_open(work);
    work->status = work->application->import(&work->scope, &(ImportOrder){.program = work->flags.program,
                                                                          .files = files,
                                                                          .file_count = paths.count,
                                                                          .kind = work->flags.kind,
                                                                          .takes = work->flags.takes,
                                                                          .is_part2 = work->flags.is_part2,
                                                                          .tells_progress = isatty(2) == 1});
}

static void match_do(Work *work) {
    const Flags *flags = &work->flags;
    const MatchOrder order = {.words = flags->files,
                              .pairs = flags->pairs,
                              .duals = flags->duals,
                              .method = flags->method,
                              .families = flags->families,
                              .supporters = flags->supporters,
                              .regime = flags->regime,
                              .seed = flags->seed,
                              .pool = flags->pool,
                              .program = flags->program};
    if (str_is_empty(flags->data)) {
        work->status = work->application->match(work->arena, &order);
        return;
    }
    scope_open(work);
    work->status = work->application->match_people(&work->scope, &order);
}

static void audit_do(Work *work) {
    scope_open(work);
    work->status = work->application->audit(
        &work->scope, &(AuditOrder){.words = work->flags.files, .public_key = work->flags.public_key});
}

static void forget_do(Work *work) {
    const Flags *flags = &work->flags;
    const Str person = flags->files.count == 1 ? flags->files.items[0] : STR_NONE;
    if (str_is_empty(person) == str_is_empty(flags->email)) {
        fail(FAIL_USAGE, "forget needs a person, or --email ADDRESS");
    }
    scope_open(work);
    work->status = work->application->forget(
        &work->scope, &(ForgetOrder){.person = person, .mail = flags->email, .is_sure = flags->is_sure});
}

static void rotate_do(Work *work) {
    scope_open(work);
    const RotateOrder order = {.db = work->db,
                               .arena = work->arena,
                               .keys = work->config.keys,
                               .data = work->config.data,
                               .tells_progress = isatty(2) == 1};
    if (work->flags.drops_old) {
        rotate_drop_old(&order);
    } else {
        rotate(&order);
    }
    record(work, work->flags.drops_old ? "keys_dropped" : "keys_rotated", keys_newest(db_keys(work->db)));
}

static void check_print(Work *work, Strs (*features)(Scope *scope)) {
    const Strs wrong = db_check_engine(work->db, work->arena);
    for (size_t at = 0; at < wrong.count; at++) {
        printf("database: %.*s\n", STR_ARGS(wrong.items[at]));
    }
    db_begin_read(work->db);
    const JobsLeft jobs = jobs_left(work->db);
    db_end_read(work->db);
    if (jobs.dead > 0) {
        printf("jobs: %lld given up after too many tries\n", (long long)jobs.dead);
    }
    const Strs broken = features == NULL ? (Strs){0} : features(&work->scope);
    for (size_t at = 0; at < broken.count; at++) {
        printf("%.*s\n", STR_ARGS(broken.items[at]));
    }
    work->status = wrong.count > 0 || jobs.dead > 0 || broken.count > 0 ? 1 : 0;
    if (work->status == 0) {
        puts("all is well");
    }
}

static void check_do(Work *work) {
    scope_open(work);
    forget_again(work);
    check_print(work, work->application->check);
}

static void backup_key_do(Work *work) {
    config_load(work);
    backup_key_command(work->arena, &work->config, work->flags.to);
}

static void backup_do(Work *work) {
    if (str_is_empty(work->flags.to)) {
        fail(FAIL_USAGE, "backup needs --to FILE, or a folder");
    }
    scope_open(work);
    work->status = backup_command(
        &work->random, &(BackupOrder){.arena = work->arena,
                                      .db = work->db,
                                      .config = &work->config,
                                      .key = backup_key_of(work->arena, &work->config, work->flags.key),
                                      .to = work->flags.to,
                                      .version = str_of(work->application->version),
                                      .check = work->application->check_copy,
                                      .drills = true,
                                      .tells_progress = isatty(STDERR_FILENO) == 1});
    record(work, "backup_made", 0);
}

static void from_and_key_check(const Work *work) {
    if (str_is_empty(work->flags.from) || str_is_empty(work->flags.key)) {
        fail(FAIL_USAGE, "%s needs --from BACKUP and --key FILE, the recovery key", work->command->name);
    }
}

static void drill_do(Work *work) {
    from_and_key_check(work);
    scope_open(work);
    work->status =
        drill_command(&work->scope, work->flags.from, work->flags.key, work->application->check_copy);
    record(work, "backup_drilled", 0);
}

/* The new place is opened as any other command would open it, and checked. */
static void restore_do(Work *work) {
    from_and_key_check(work);
    work->config = flags_config(work->arena, &work->flags);
    restore_command(work->arena, &work->config, work->flags.from, work->flags.key);
    scope_open(work);
    forget_again(work);
    record(work, "restored", 0);
    check_print(work, work->application->check_copy);
}

static void version_do(Work *work) {
    printf("beenthere %s\n", work->application->version);
}

static bool has_routes(const Application *application) {
    return application->hooks.routes != NULL;
}
static bool has_demo(const Application *application) {
    return application->demo != NULL;
}
static bool has_sign_out(const Application *application) {
    return application->sign_out != NULL;
}
static bool has_sign_in(const Application *application) {
    return application->sign_in != NULL;
}
static bool has_import(const Application *application) {
    return application->import != NULL;
}
static bool has_match(const Application *application) {
    return application->match != NULL && application->match_people != NULL;
}

static bool has_forget(const Application *application) {
    return application->forget != NULL;
}
static bool has_audit(const Application *application) {
    return application->audit != NULL;
}

static const Command commands[] = {
    {"init", "make the data folder, its key and its database, and a program in it",
     FLAG_DATA | FLAG_DATABASE | FLAG_PROGRAM | FLAG_EMAIL | FLAG_ZONE, init_do, NULL},
    {"serve", "answer people's browsers until told to stop",
     FLAG_DATA | FLAG_DATABASE | FLAG_LISTEN | FLAG_ORIGIN | FLAG_TRUST_PROXY | FLAG_WORKERS | FLAG_SMTP |
         FLAG_CHECKPOINTS | FLAG_BACKUP,
     serve_do, has_routes},
    {"demo", "fill an empty database with a made-up program",
     FLAG_DATA | FLAG_DATABASE | FLAG_DEMO | FLAG_SEED, demo_do, has_demo},
    {"sign-in", "print a link that signs one person in",
     FLAG_DATA | FLAG_DATABASE | FLAG_ORIGIN | FLAG_LISTEN | FLAG_EMAIL, sign_in_do, has_sign_in},
    {"sign-out", "sign somebody out everywhere: a lost phone, a stranger who came in",
     FLAG_DATA | FLAG_DATABASE | FLAG_ORIGIN | FLAG_LISTEN | FLAG_EMAIL | FLAG_REASON, sign_out_do,
     has_sign_out},
    {"import", "read a program's own spreadsheets", FLAG_DATA | FLAG_DATABASE | FLAG_PROGRAM | FLAG_IMPORT,
     import_do, has_import},
    {"match", "find the best plan for who walks with whom, and check it",
     FLAG_DATABASE | FLAG_PROGRAM | FLAG_MATCH | FLAG_SEED, match_do, has_match},
    {"audit", "verify that no record of who did what was changed",
     FLAG_DATA | FLAG_DATABASE | FLAG_CHECKPOINTS | FLAG_AUDIT, audit_do, has_audit},
    {"forget", "delete everything about a person, in older backups too",
     FLAG_DATA | FLAG_DATABASE | FLAG_EMAIL | FLAG_FORGET, forget_do, has_forget},
    {"rotate", "make a new generation of keys and wrap everyone's key under it",
     FLAG_DATA | FLAG_DATABASE | FLAG_ROTATE, rotate_do, NULL},
    {"migrate", "bring the database to this version's schema", FLAG_DATA | FLAG_DATABASE, migrate_do, NULL},
    {"check", "say what is wrong in the database", FLAG_DATA | FLAG_DATABASE, check_do, NULL},
    {"backup-key", "make the key that backups are made for", FLAG_DATA | FLAG_TO, backup_key_do, NULL},
    {"backup", "make a backup, read it back and check it", FLAG_DATA | FLAG_DATABASE | FLAG_TO | FLAG_KEY,
     backup_do, NULL},
    {"restore", "fill an empty place from a backup", FLAG_DATA | FLAG_DATABASE | FLAG_FROM | FLAG_KEY,
     restore_do, NULL},
    {"drill", "try whether a backup can be restored, in a scratch place",
     FLAG_DATA | FLAG_DATABASE | FLAG_FROM | FLAG_KEY, drill_do, NULL},
    {"version", "print the version", 0, version_do, NULL},
};

static bool command_exists(const Application *application, const Command *command) {
    return command->exists == NULL || command->exists(application);
}

static void commands_print(const Application *application, FILE *to) {
    fputs("usage: beenthere COMMAND [FLAGS]\n\n", to);
    for (size_t at = 0; at < sizeof commands / sizeof commands[0]; at++) {
        if (command_exists(application, &commands[at])) {
            fprintf(to, "  %-10s %s\n", commands[at].name, commands[at].summary);
        }
    }
    fputs("\nbeenthere COMMAND --help tells its flags.\n", to);
}

static const Command *command_find(const Application *application, Str name) {
    for (size_t at = 0; at < sizeof commands / sizeof commands[0]; at++) {
        if (command_exists(application, &commands[at]) && str_equal(name, str_of(commands[at].name))) {
            return &commands[at];
        }
    }
    return NULL;
}

static void command_work(void *context) {
    Work *work = context;
    crypto_start();
    passphrase_start();
    work->command->run(work);
}

int command_run(const Application *application, int count, char **arguments) {
    const Str name = str_of(count > 1 ? arguments[1] : NULL);
    if (str_equal(name, STR("--help")) || str_equal(name, STR("help"))) {
        commands_print(application, stdout);
        return 0;
    }
    const Command *command = command_find(application, name);
    if (command == NULL) {
        if (count > 1) {
            fprintf(stderr, "beenthere: there is no command \"%s\"\n", arguments[1]);
        }
        commands_print(application, stderr);
        return STATUS_USAGE;
    }
    umask(077);
    Work work = {.application = application,
                 .command = command,
                 .arena = arena_new(ARENA_MOST),
                 .random = random_system()};
    switch (flags_read(work.arena, command->name, command->flags, count, arguments, &work.flags)) {
    case FLAGS_WRONG:
        arena_free(work.arena);
        return STATUS_USAGE;
    case FLAGS_HELP:
        printf("beenthere %s: %s\n\n", command->name, command->summary);
        flags_print(command->flags);
        arena_free(work.arena);
        return 0;
    case FLAGS_READ:
        break;
    }
    work.keep = keep_new(KEEP_BYTES);
    Fail why = {0};
    if (!fail_catch(command_work, &work, &why)) {
        fprintf(stderr, "beenthere %s: %s\n", command->name, why.message);
        work.status = 1;
    }
    keep_free(work.keep);
    arena_free(work.arena); /* closes the database, which takes what was written into its one file */
    return work.status;
}
