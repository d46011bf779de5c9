/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and writes the audit's key and its checkpoints. */
#include "platform/chain/chain_files.h"

#include "base/fail.h"
#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MOST = 256 * 1024 * 1024, TAIL_BYTES = 4 * CHAIN_LINE, AGAIN_TRIES = 8, AGAIN_NS = 250000000 };

static void close_at_end(int file) {
    const int before = errno;
    close(file);
    errno = before;
}

/* Makes what was created or renamed in a folder durable. */
static bool folder_sync(const char *path) {
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_synced = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) {
        close_at_end(folder);
    }
    return is_synced;
}

/* ---- the key ---- */

static bool seed_read(const char *path, unsigned char seed[CHAIN_SEED]) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) {
        return false;
    }
    struct stat about;
    unsigned char extra = 0;
    const bool is_whole =
        file >= 0 && read(file, seed, CHAIN_SEED) == CHAIN_SEED && read(file, &extra, 1) == 0;
    const bool is_private = file >= 0 && fstat(file, &about) == 0 && (about.st_mode & 077) == 0;
    if (file >= 0) {
        close_at_end(file);
    }
    if (!is_whole) {
        fail(FAIL_IO, "%s is not a key of %d bytes that can be read", path, (int)CHAIN_SEED);
    }
    if (!is_private) {
        fail(FAIL_IO, "%s can be read by others; run: chmod 600 %s", path, path);
    }
    return true;
}

void chain_seed(Arena *arena, const Config *config, unsigned char ret_seed[CHAIN_SEED]) {
    const char *path = str_c(arena, str_print(arena, "%.*s/audit.key", STR_ARGS(config->data)));
    if (seed_read(path, ret_seed)) {
        return;
    }
    Random random = random_system();
    random_bytes(&random, ret_seed, CHAIN_SEED);
    /* Linked into place, so that of two who make one at the same time both end with the same. */
    const char *beside = str_c(arena, str_print(arena, "%s.%d", path, (int)getpid()));
    const int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool is_written = file >= 0 && write(file, ret_seed, CHAIN_SEED) == CHAIN_SEED && fsync(file) == 0;
    if (file >= 0) {
        close_at_end(file);
    }
    const bool is_placed = is_written && (link(beside, path) == 0 || errno == EEXIST);
    const int why = errno;
    (void)unlink(beside);
    if (!is_placed || !folder_sync(str_c(arena, config->data)) || !seed_read(path, ret_seed)) {
        fail(FAIL_IO, "cannot write %s: %s", path, strerror(why));
    }
}

/* ---- the checkpoints ---- */

Str checkpoints_folder(Arena *arena, const Config *config) {
    return str_is_empty(config->checkpoints) ? str_print(arena, "%.*s/checkpoints", STR_ARGS(config->data))
                                             : config->checkpoints;
}

static const char *file_in(Arena *arena, Str folder) {
    return str_c(arena, str_print(arena, "%.*s/checkpoints.log", STR_ARGS(folder)));
}

static void file_end(void *context) {
    int *file = context;
    if (*file >= 0) {
        close_at_end(*file);
        *file = -1;
    }
}

/* The last `most` bytes of a file; STR_NONE when there is none. */
static Str file_tail(Arena *arena, const char *path, off_t most) {
    int *file = NEW(arena, int);
    *file = open(path, O_RDONLY | O_CLOEXEC);
    if (*file < 0 && errno == ENOENT) {
        return STR_NONE;
    }
    const int open_error = errno;
    arena_at_end(arena, file_end, file);
    struct stat about;
    if (*file < 0 || fstat(*file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > FILE_MOST) {
        const char *why = *file < 0 ? strerror(open_error) : "it is no file of a size that makes sense";
        fail(FAIL_USAGE, "%s cannot be read: %s", path, why);
    }
    const off_t start = about.st_size > most ? about.st_size - most : 0;
    const size_t room = (size_t)(about.st_size - start);
    char *bytes = arena_get(arena, room + 1);
    size_t length = 0;
    ssize_t got = 1;
    while (length < room && got > 0) {
        got = pread(*file, bytes + length, room - length, start + (off_t)length);
        length += got > 0 ? (size_t)got : 0;
    }
    file_end(file);
    if (got < 0) {
        fail(FAIL_USAGE, "%s cannot be read: %s", path, strerror(errno));
    }
    return (Str){.at = bytes, .length = length};
}

ChainPoints checkpoints_of(Arena *arena, Str text) {
    size_t lines = 0;
    for (size_t at = 0; at < text.length; at++) {
        lines += text.at[at] == '\n';
    }
    ChainPoints points = {.is_there = true, .items = NEW_MANY(arena, lines + 1, ChainPoint)};
    for (Str left = text, line; str_cut(left, '\n', &line, &left);) {
        ChainPoint point = {0};
        switch (checkpoint_read(line, &point.checkpoint, &point.text)) {
        case CHECKPOINT_NONE:
            continue;
        case CHECKPOINT_BROKEN:
            point.is_broken = true;
            break;
        case CHECKPOINT_READ:
            break;
        }
        points.items[points.count++] = point;
    }
    return points;
}

ChainPoints checkpoints_read(Arena *arena, Str path) {
    struct stat about;
    const char *given = str_c(arena, path);
    const bool is_folder = stat(given, &about) == 0 && S_ISDIR(about.st_mode);
    const Str text = file_tail(arena, is_folder ? file_in(arena, path) : given, FILE_MOST);
    return str_is_none(text) ? (ChainPoints){0} : checkpoints_of(arena, text);
}

bool checkpoints_reach(Arena *arena, Str path, int64_t number) {
    static const struct timespec moment = {.tv_nsec = AGAIN_NS};
    for (int tries = 0; tries < AGAIN_TRIES; tries++) {
        const ChainPoints points = checkpoints_read(arena, path);
        for (size_t at = points.count; at > 0; at--) {
            if (!points.items[at - 1].is_broken && points.items[at - 1].checkpoint.number >= number) {
                return true;
            }
        }
        nanosleep(&moment, NULL);
    }
    return false;
}

bool checkpoints_last(Arena *arena, Str folder, Checkpoint *ret_checkpoint, Str *ret_text) {
    const Str text = file_tail(arena, file_in(arena, folder), TAIL_BYTES);
    if (str_is_none(text)) {
        return false;
    }
    const ChainPoints points = checkpoints_of(arena, text);
    for (size_t at = points.count; at > 0; at--) {
        if (!points.items[at - 1].is_broken) {
            *ret_checkpoint = points.items[at - 1].checkpoint;
            *ret_text = points.items[at - 1].text;
            return true;
        }
    }
    return false;
}

/* Takes away what a crash left behind the last whole line. */
static bool tail_mend(int file) {
    char byte = '\n';
    off_t end = lseek(file, 0, SEEK_END);
    const off_t whole = end;
    while (end > 0 && pread(file, &byte, 1, end - 1) == 1 && byte != '\n') {
        end--;
    }
    return end == whole || ftruncate(file, end) == 0;
}

void checkpoints_add(Arena *arena, Str folder, Str line) {
    const char *where = str_c(arena, folder);
    const char *path = file_in(arena, folder);
    if (mkdir(where, 0700) != 0 && errno != EEXIST) {
        fail(FAIL_IO, "cannot make the folder %s: %s", where, strerror(errno));
    }
    const int file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) {
        fail(FAIL_IO, "cannot write %s: %s", path, strerror(errno));
    }
    const Str whole = str_print(arena, "%.*s\n", STR_ARGS(line));
    const bool is_written =
        tail_mend(file) && write(file, whole.at, whole.length) == (ssize_t)whole.length && fsync(file) == 0;
    close_at_end(file);
    if (!is_written || !folder_sync(where)) {
        fail(FAIL_IO, "cannot write %s: %s", path, strerror(errno));
    }
}
