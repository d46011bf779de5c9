/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences around platform/backup. */
#include "platform/command/backup_command.h"

#include "base/fail.h"
#include "platform/backup/backup_folder.h"
#include "platform/backup/backup_past.h"
#include "platform/config.h"

#include <unistd.h>

static void moment_print(char *text, size_t room, Time time) {
    const time_t seconds = (time_t)(time.us / TIME_SECOND);
    struct tm parts = {0};
    gmtime_r(&seconds, &parts);
    (void)strftime(text, room, "%Y-%m-%d %H:%M:%S UTC", &parts);
}

static double seconds_of(int64_t us) {
    return (double)us / (double)TIME_SECOND;
}

static void text_put(Arena *arena, Str path, Str text) {
    BackupNewFile *file = backup_file_new(arena, str_print(arena, "%.*s.partial", STR_ARGS(path)));
    if (fwrite(text.at, 1, text.length, file->stream) != text.length) {
        fail(FAIL_IO, "cannot write %.*s", STR_ARGS(path));
    }
    backup_file_place(arena, file, path);
}

void backup_key_command(Arena *arena, const Config *config, Str to) {
    const Str path = backup_path(arena, config->data, STR(BACKUP_PUBLIC_NAME));
    if (access(str_c(arena, path), F_OK) == 0) {
        fail(FAIL_USAGE,
             "%.*s is there already: backups are made for the recovery key that belongs to it. "
             "For another key, move it away first, and keep the old key for the old backups",
             STR_ARGS(path));
    }
    if (!str_is_none(to) && access(str_c(arena, to), F_OK) == 0) {
        fail(FAIL_USAGE, "%.*s is there already, and a key is never written over", STR_ARGS(to));
    }
    BackupSecret key = backup_key_new();
    const Str text = backup_secret_text(arena, &key);
    if (str_is_none(to)) {
        printf("%.*s", STR_ARGS(text));
    } else {
        text_put(arena, to, text);
    }
    text_put(arena, path, str_print(arena, "%.*s\n", STR_ARGS(backup_public_text(arena, &key.its_public))));
    backup_secret_forget(&key);
    if (!str_is_none(to)) {
        printf(
            "The recovery key is in %.*s. Take it from this machine to the office safe: without it no backup "
            "can be opened, and with it all of them.\n",
            STR_ARGS(to));
    }
}

BackupPublic backup_key_of(Arena *arena, const Config *config, Str given) {
    if (!str_is_none(given)) {
        return backup_public_read(arena, given);
    }
    const Str path = backup_path(arena, config->data, STR(BACKUP_PUBLIC_NAME));
    if (access(str_c(arena, path), F_OK) != 0) {
        fail(FAIL_USAGE,
             "there is no backup key yet; make one with: beenthere backup-key --data %.*s --to FILE",
             STR_ARGS(config->data));
    }
    return backup_public_read(arena, path);
}

void backup_place_check(Arena *arena, const Config *config) {
    (void)backup_key_of(arena, config, STR_NONE);
    const char *folder = str_c(arena, config->backup_to);
    if (!backup_is_folder(arena, config->backup_to) || access(folder, W_OK | X_OK) != 0) {
        fail(FAIL_USAGE, "--backup-to wants a folder that can be written, and %s is none", folder);
    }
}

static int wrong_print(Strs wrong) {
    for (size_t at = 0; at < wrong.count; at++) {
        printf("%.*s\n", STR_ARGS(wrong.items[at]));
    }
    return wrong.count == 0 ? 0 : 1;
}

int backup_command(Random *random, const BackupOrder *order) {
    const BackupDone done = backup_make(order);
    backup_note_done(order->db, random, &done, order->drills);
    printf(
        "%.*s: %lld rows of %lld tables in %lld bytes, written in %.1f s, read back, restored and checked in "
        "%.1f s. The keys are beside it.\n",
        STR_ARGS(done.path), (long long)done.count.rows, (long long)done.count.tables, (long long)done.bytes,
        seconds_of(done.write_us), seconds_of(done.drill_us));
    if (done.wrong.count > 0) {
        puts("The backup is whole, but what it holds is not as it must be:");
    }
    return wrong_print(done.wrong);
}

int drill_command(const Scope *scope, Str from, Str key, BackupCheck *check) {
    BackupSecret secret = backup_secret_read(scope->arena, key);
    const Str path = backup_newest(scope->arena, from);
    const BackupDrilled drilled =
        backup_drill(scope->arena, scope->config, path, &secret, check, isatty(STDERR_FILENO) == 1);
    backup_note_drill(scope->db, scope->random, &drilled);
    backup_secret_forget(&secret);
    char moment[40];
    moment_print(moment, sizeof moment, drilled.label.made);
    printf(
        "%.*s of %s: %lld rows of %lld tables were restored to a scratch place, checked and removed again in "
        "%.1f s.\n",
        STR_ARGS(path), moment, (long long)drilled.count.rows, (long long)drilled.count.tables,
        seconds_of(drilled.took_us));
    puts(drilled.wrong.count == 0 ? "All is well: this backup can be restored."
                                  : "It can be restored, but is not as it must be:");
    return wrong_print(drilled.wrong);
}

void restore_command(Arena *arena, Config *config, Str from, Str key) {
    BackupSecret *secret = NEW(arena, BackupSecret);
    *secret = backup_secret_read(arena, key);
    const Restored restored = backup_restore(&(RestoreOrder){.arena = arena,
                                                             .config = config,
                                                             .from = from,
                                                             .secret = secret,
                                                             .tells_progress = isatty(STDERR_FILENO) == 1});
    backup_secret_forget(secret);
    const Str lock = backup_path(arena, config->data, STR("beenthere-lock"));
    if (access(str_c(arena, lock), F_OK) == 0) {
        /* As systemd would give it; for the check that follows. */
        (void)setenv("CREDENTIALS_DIRECTORY", str_c(arena, config->data), 1);
        printf("%.*s locks the key file: give it to systemd as a credential, and remove it there.\n",
               STR_ARGS(lock));
    }
    char made[40];
    char keys[40];
    moment_print(made, sizeof made, restored.label.made);
    moment_print(keys, sizeof keys, restored.keys_of);
    printf("%.*s holds what %.*s held at %s: %lld rows of %lld tables, made by beenthere %.*s on %s, with "
           "the keys "
           "of %s.\nWhat was written after that moment is not in it. Families who were forgotten before the "
           "keys "
           "were copied stay forgotten.\n",
           STR_ARGS(config->data), STR_ARGS(restored.path), made, (long long)restored.count.rows,
           (long long)restored.count.tables, STR_ARGS(restored.label.version),
           restored.label.engine == DB_SQLITE ? "SQLite" : "PostgreSQL", keys);
}
