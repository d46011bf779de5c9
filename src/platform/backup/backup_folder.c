/* SPDX-License-Identifier: Apache-2.0 */
/* Names, order and durability of files. */
#include "platform/backup/backup_folder.h"

#include "base/calendar.h"
#include "base/fail.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MOST = 20000, DAY_DIGITS = 8 };

#define NAME_START "beenthere-"
#define NAME_END ".backup"
#define PARTIAL ".partial"
enum { NAME_LENGTH = sizeof NAME_START - 1 + sizeof "20261128T190000Z" - 1 + sizeof NAME_END - 1 };

bool backup_is_folder(Arena *arena, Str path) {
    struct stat about;
    return stat(str_c(arena, path), &about) == 0 && S_ISDIR(about.st_mode);
}

Str backup_folder_of(Arena *arena, Str path) {
    size_t end = path.length;
    while (end > 0 && path.at[end - 1] != '/') {
        end--;
    }
    return end == 0 ? STR(".") : end == 1 ? STR("/") : str_copy(arena, str_part(path, 0, end - 1));
}

Str backup_path(Arena *arena, Str folder, Str name) {
    return str_print(arena, "%.*s/%.*s", STR_ARGS(folder), STR_ARGS(name));
}

Str backup_name(Arena *arena, Time made) {
    const time_t seconds = (time_t)(made.us / TIME_SECOND);
    struct tm parts = {0};
    gmtime_r(&seconds, &parts);
    char text[32];
    (void)strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts);
    return str_print(arena, NAME_START "%s" NAME_END, text);
}

static bool digits_read(Str name, size_t at, size_t length, int64_t *ret_number) {
    return str_to_int(str_part(name, at, length), 0, 9999, ret_number);
}

bool backup_name_time(Str name, Time *ret_made) {
    const size_t at = sizeof NAME_START - 1;
    int64_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (name.length != NAME_LENGTH || !str_starts_with(name, STR(NAME_START)) ||
        !str_ends_with(name, STR("Z" NAME_END)) || name.at[at + DAY_DIGITS] != 'T' ||
        !digits_read(name, at, 4, &year) || !digits_read(name, at + 4, 2, &month) ||
        !digits_read(name, at + 6, 2, &day) || !digits_read(name, at + 9, 2, &hour) ||
        !digits_read(name, at + 11, 2, &minute) || !digits_read(name, at + 13, 2, &second)) {
        return false;
    }
    struct tm parts = {.tm_year = (int)year - 1900,
                       .tm_mon = (int)month - 1,
                       .tm_mday = (int)day,
                       .tm_hour = (int)hour,
                       .tm_min = (int)minute,
                       .tm_sec = (int)second};
    *ret_made = (Time){(int64_t)timegm(&parts) * TIME_SECOND};
    return true;
}

/* ---- writing ---- */

static void file_clean(void *context) {
    BackupNewFile *file = context;
    if (file->stream != NULL) {
        (void)fclose(file->stream);
    }
    if (!file->is_placed) {
        (void)unlink(file->path);
    }
}

BackupNewFile *backup_file_new(Arena *arena, Str path) {
    BackupNewFile *file = NEW(arena, BackupNewFile);
    file->path = str_c(arena, path);
    (void)unlink(file->path);
    const int number = open(file->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (number < 0) {
        fail(FAIL_IO, "cannot write %s: %s", file->path, strerror(errno));
    }
    file->stream = fdopen(number, "w+b");
    if (file->stream == NULL) {
        (void)close(number);
    }
    arena_at_end(arena, file_clean, file);
    if (file->stream == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    return file;
}

void backup_file_sync(const BackupNewFile *file) {
    if (fflush(file->stream) != 0 || fsync(fileno(file->stream)) != 0) {
        fail(FAIL_IO, "cannot write %s: %s", file->path, strerror(errno));
    }
}

void backup_file_place(Arena *arena, BackupNewFile *file, Str path) {
    backup_file_sync(file);
    if (rename(file->path, str_c(arena, path)) != 0) {
        fail(FAIL_IO, "cannot move %s into place: %s", file->path, strerror(errno));
    }
    file->is_placed = true;
    backup_folder_sync(arena, backup_folder_of(arena, path));
}

void backup_folder_sync(Arena *arena, Str path) {
    const int folder = open(str_c(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_good = folder >= 0 && fsync(folder) == 0;
    const int why = errno;
    if (folder >= 0) {
        (void)close(folder);
    }
    /* Some network file systems cannot sync a folder and say EINVAL. */
    if (!is_good && why != EINVAL) {
        fail(FAIL_IO, "cannot write in %.*s: %s", STR_ARGS(path), strerror(why));
    }
}

/* ---- reading ---- */

static void stream_close(void *context) {
    (void)fclose(context);
}

FILE *backup_file_open(Arena *arena, Str path) {
    FILE *stream = fopen(str_c(arena, path), "rbe");
    if (stream == NULL) {
        fail(FAIL_USAGE, "cannot read %.*s: %s", STR_ARGS(path),
             errno == ENOENT ? "there is no such file" : strerror(errno));
    }
    arena_at_end(arena, stream_close, stream);
    return stream;
}

static int compare(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static void folder_close(void *context) {
    (void)closedir(context);
}

Strs backup_list(Arena *arena, Str folder) {
    DIR *entries = opendir(str_c(arena, folder));
    if (entries == NULL) {
        fail(FAIL_USAGE, "cannot read the folder %.*s: %s", STR_ARGS(folder), strerror(errno));
    }
    arena_at_end(arena, folder_close, entries);
    Str *names = NEW_MANY(arena, FILES_MOST, Str);
    size_t count = 0;
    Time made = TIME_NONE;
    for (const struct dirent *entry = readdir(entries); entry != NULL && count < FILES_MOST;
         entry = readdir(entries)) {
        if (backup_name_time(str_of(entry->d_name), &made)) {
            names[count++] = str_copy(arena, str_of(entry->d_name));
        }
    }
    qsort(names, count, sizeof *names, compare);
    return (Strs){.items = names, .count = count};
}

/* ---- keeping ---- */

void backup_partials_remove(Arena *arena, Str folder) {
    DIR *entries = opendir(str_c(arena, folder));
    if (entries == NULL) {
        return;
    }
    arena_at_end(arena, folder_close, entries);
    Time made = TIME_NONE;
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        const Str name = str_of(entry->d_name);
        if (str_ends_with(name, STR(PARTIAL)) &&
            backup_name_time(str_part(name, 0, name.length - (sizeof PARTIAL - 1)), &made)) {
            (void)unlinkat(dirfd(entries), entry->d_name, 0);
        }
    }
}

static Str day_of(Str name) {
    return str_part(name, 0, sizeof NAME_START - 1 + DAY_DIGITS);
}

Strs backup_outdated(Arena *arena, Strs names, Time now) {
    Str *old = NEW_MANY(arena, names.count, Str);
    size_t count = 0;
    for (size_t at = 0; at + BACKUP_KEPT_LATEST < names.count; at++) {
        Time made = TIME_NONE;
        const bool is_first = at == 0 || !str_equal(day_of(names.items[at - 1]), day_of(names.items[at]));
        if (backup_name_time(names.items[at], &made) &&
            (!is_first || time_between(made, now) > BACKUP_KEPT_DAYS * TIME_DAY)) {
            old[count++] = names.items[at];
        }
    }
    return (Strs){.items = old, .count = count};
}

static bool remove_inside(int folder, int depth) {
    DIR *entries = fdopendir(folder);
    if (entries == NULL) {
        (void)close(folder);
        return false;
    }
    bool is_gone = true;
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
            continue;
        }
        if (unlinkat(dirfd(entries), name, 0) == 0) {
            continue;
        }
        const int below =
            depth == 0 ? -1 : openat(dirfd(entries), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        is_gone = below >= 0 && remove_inside(below, depth - 1) &&
                  unlinkat(dirfd(entries), name, AT_REMOVEDIR) == 0 && is_gone;
    }
    (void)closedir(entries);
    return is_gone;
}

bool backup_folder_remove(Arena *arena, Str path) {
    const char *name = str_c(arena, path);
    const int folder = open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) {
        return errno == ENOENT;
    }
    return remove_inside(folder, 1) && rmdir(name) == 0;
}
