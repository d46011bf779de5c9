/* SPDX-License-Identifier: Apache-2.0 */
/* Small files of the data folder, into the form of a backup and back. */
#include "platform/backup/backup_keys.h"

#include "base/fail.h"
#include "platform/backup/backup_folder.h"
#include "platform/chain/chain_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROOFS "checkpoints"
#define LOCK "beenthere-lock"
#define KEYS "keys"
/* FNV-1a. */
#define MARK_START UINT64_C(0xcbf29ce484222325)

typedef void FileVisit(void *context, Str name, const struct stat *about);

typedef struct Walk {
    Arena *arena;
    Str data;
    FileVisit *visit;
    void *context;
} Walk;

static bool is_left_out(Str name) {
    return str_starts_with(name, STR(".")) || str_contains(name, STR(".partial")) ||
           str_ends_with(name, STR(".new")) || str_starts_with(name, STR("beenthere.db")) ||
           str_equal(name, STR(BACKUP_KEYS_NAME)) || str_ends_with(name, STR(".backup")) ||
           str_starts_with(name, STR("demo-people"));
}

/* SQLite's files may have any name, by --database. */
static bool is_database(Str name, const char *path) {
    char start[16] = "";
    FILE *file = fopen(path, "rbe");
    const size_t length = file == NULL ? 0 : fread(start, 1, sizeof start, file);
    if (file != NULL) {
        (void)fclose(file);
    }
    return str_ends_with(name, STR("-wal")) || str_ends_with(name, STR("-shm")) ||
           (length == sizeof start && memcmp(start, "SQLite format 3", sizeof start) == 0);
}

static void folder_close(void *context) {
    (void)closedir(context);
}

static int compare(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static Strs names_of(Arena *arena, Str path) {
    DIR *entries = opendir(str_c(arena, path));
    if (entries == NULL) {
        if (errno == ENOENT) {
            return (Strs){0};
        }
        fail(FAIL_IO, "cannot read the folder %.*s: %s", STR_ARGS(path), strerror(errno));
    }
    arena_at_end(arena, folder_close, entries);
    Str *names = NEW_MANY(arena, BACKUP_FILES_MOST, Str);
    size_t count = 0;
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (is_left_out(str_of(entry->d_name))) {
            continue;
        }
        if (count == BACKUP_FILES_MOST) {
            fail(FAIL_IO, "the folder %.*s holds too many files", STR_ARGS(path));
        }
        names[count++] = str_copy(arena, str_of(entry->d_name));
    }
    qsort(names, count, sizeof *names, compare);
    return (Strs){.items = names, .count = count};
}

/* Regular files only, and those of the folders in it (`depth` 1); sorted, so that the same files always give
 * the same bytes. */
static void walk(const Walk *order, Str inside, int depth) {
    const Str folder = str_is_empty(inside) ? order->data : backup_path(order->arena, order->data, inside);
    const Strs names = names_of(order->arena, folder);
    for (size_t at = 0; at < names.count; at++) {
        const Str name =
            str_is_empty(inside) ? names.items[at] : backup_path(order->arena, inside, names.items[at]);
        const char *path = str_c(order->arena, backup_path(order->arena, order->data, name));
        struct stat about;
        if (lstat(path, &about) != 0) {
            continue; /* it went away meanwhile */
        }
        if (S_ISDIR(about.st_mode) && depth > 0 && !str_equal(name, STR(PROOFS))) {
            walk(order, name, depth - 1);
        } else if (S_ISREG(about.st_mode) && !is_database(names.items[at], path)) {
            order->visit(order->context, name, &about);
        }
    }
}

typedef struct Keeping {
    Arena *arena;
    Str data;
    BackupWriting *writing;
} Keeping;

static Str file_bytes(Arena *arena, Str path) {
    FILE *file = backup_file_open(arena, path);
    size_t room = BACKUP_FILE_MOST / 256;
    char *bytes = arena_get(arena, room);
    size_t length = fread(bytes, 1, room, file);
    while (length == room && room < BACKUP_FILE_MOST) {
        char *more = arena_get(arena, room * 2);
        memcpy(more, bytes, length);
        bytes = more;
        room *= 2;
        length += fread(bytes + length, 1, room - length, file);
    }
    if (ferror(file) != 0 || length == BACKUP_FILE_MOST) {
        fail(FAIL_IO, "%.*s cannot be read, or is too large to be a key", STR_ARGS(path));
    }
    return (Str){.at = bytes, .length = length};
}

static void keep_file(void *context, Str name, const struct stat *about) {
    (void)about;
    const Keeping *keeping = context;
    const Str bytes = file_bytes(keeping->arena, backup_path(keeping->arena, keeping->data, name));
    backup_write_file(keeping->writing, name, bytes);
}

static void mark_file(void *context, Str name, const struct stat *about) {
    uint64_t *mark = context;
    const uint64_t parts[] = {(uint64_t)about->st_size, (uint64_t)about->st_ino,
                              (uint64_t)about->st_mtim.tv_sec, (uint64_t)about->st_mtim.tv_nsec, name.length};
    for (size_t at = 0; at < sizeof parts / sizeof parts[0]; at++) {
        *mark = (*mark ^ parts[at]) * UINT64_C(0x100000001b3);
    }
}

typedef struct ProofList {
    Arena *arena;
    Str folder;
    Str *names;
    Str *bytes;
    size_t count;
} ProofList;

static void proof_add(void *context, Str name, const struct stat *about) {
    (void)about;
    ProofList *list = context;
    list->names[list->count] = backup_path(list->arena, STR(PROOFS), name);
    list->bytes[list->count] = file_bytes(list->arena, backup_path(list->arena, list->folder, name));
    list->count++;
}

BackupProofs backup_proofs_read(Arena *arena, const Config *config) {
    ProofList list = {.arena = arena,
                      .folder = checkpoints_folder(arena, config),
                      .names = NEW_MANY(arena, BACKUP_FILES_MOST, Str),
                      .bytes = NEW_MANY(arena, BACKUP_FILES_MOST, Str)};
    const Walk order = {.arena = arena, .data = list.folder, .visit = proof_add, .context = &list};
    walk(&order, STR(""), 0);
    return (BackupProofs){.names = list.names, .bytes = list.bytes, .count = list.count};
}

uint64_t backup_proofs_mark(Arena *arena, const Config *config) {
    uint64_t mark = MARK_START;
    const Walk order = {
        .arena = arena, .data = checkpoints_folder(arena, config), .visit = mark_file, .context = &mark};
    walk(&order, STR(""), 0);
    return mark;
}

/* What locks the key file lies with systemd and not in the folder; without it the file would be of no use
 * elsewhere. */
static void lock_keep(const Keeping *keeping) {
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    const Str path = str_print(keeping->arena, "%s/" LOCK, folder == NULL ? "" : folder);
    struct stat about;
    if (folder != NULL && stat(str_c(keeping->arena, path), &about) == 0) {
        backup_write_file(keeping->writing, STR(LOCK), file_bytes(keeping->arena, path));
    }
}

/* --keys may name a file that is not in the folder. */
static bool are_keys_elsewhere(Arena *arena, const Config *config) {
    return !str_is_empty(config->keys.path) &&
           !str_starts_with(config->keys.path, str_print(arena, "%.*s/", STR_ARGS(config->data)));
}

static void elsewhere_keep(const Keeping *keeping, const Config *config) {
    if (are_keys_elsewhere(keeping->arena, config)) {
        backup_write_file(keeping->writing, STR(KEYS), file_bytes(keeping->arena, config->keys.path));
    }
}

void backup_keys_write(Arena *arena, const Config *config, const BackupPublic *key, Str path, Str version) {
    BackupNewFile *file = backup_file_new(arena, str_print(arena, "%.*s.partial", STR_ARGS(path)));
    BackupWriting writing = {.writer = backup_writer_new(arena, file->stream, path, BACKUP_KEYS, key)};
    backup_write_label(&writing, &(BackupLabel){.made = time_now(), .version = version});
    Keeping keeping = {.arena = arena, .data = config->data, .writing = &writing};
    const Walk order = {.arena = arena, .data = config->data, .visit = keep_file, .context = &keeping};
    walk(&order, STR(""), 1);
    elsewhere_keep(&keeping, config);
    lock_keep(&keeping);
    backup_write_sum(&writing);
    (void)backup_writer_end(writing.writer);
    backup_file_place(arena, file, path);
}

uint64_t backup_keys_mark(Arena *arena, const Config *config) {
    uint64_t mark = MARK_START;
    const Walk order = {.arena = arena, .data = config->data, .visit = mark_file, .context = &mark};
    walk(&order, STR(""), 1);
    struct stat about;
    if (are_keys_elsewhere(arena, config) && stat(str_c(arena, config->keys.path), &about) == 0) {
        mark_file(&mark, STR(KEYS), &about);
    }
    return mark;
}

/* ---- taking ---- */

void backup_file_put(Arena *arena, Str folder, Str name, Str bytes) {
    const Str path = backup_path(arena, folder, name);
    const Str inside = backup_folder_of(arena, path);
    if (mkdir(str_c(arena, inside), 0700) != 0 && errno != EEXIST) {
        fail(FAIL_IO, "cannot make the folder %.*s: %s", STR_ARGS(inside), strerror(errno));
    }
    BackupNewFile *file = backup_file_new(arena, path);
    if (fwrite(bytes.at, 1, bytes.length, file->stream) != bytes.length) {
        fail(FAIL_IO, "cannot write %.*s: %s", STR_ARGS(path), strerror(errno));
    }
    backup_file_sync(file);
    file->is_placed = true;
}

typedef struct Putting {
    Arena *arena;
    Str folder;
} Putting;

static void put_file(void *context, Str name, Str bytes) {
    const Putting *putting = context;
    backup_file_put(putting->arena, putting->folder, name, bytes);
}

Time backup_keys_take(Arena *arena, Str path, const BackupSecret *secret, Str folder) {
    Putting putting = {.arena = arena, .folder = folder};
    BackupReader *reader = backup_reader_new(arena, backup_file_open(arena, path), path, BACKUP_KEYS,
                                             &(BackupOpener){.secret = secret});
    const BackupLabel label = backup_read_label(arena, reader);
    (void)backup_read_all(arena, reader, &(BackupTaking){.context = &putting, .file = put_file});
    return label.made;
}
