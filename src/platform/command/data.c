/* SPDX-License-Identifier: Apache-2.0 */
/* The data folder. */
#include "platform/command/data.h"

#include "base/fail.h"
#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *key_path(Arena *arena, const Config *config) {
    return str_c(arena, str_print(arena, "%.*s/secret.key", STR_ARGS(config->data)));
}

/* Written beside and moved into place, so that a crash leaves a whole key or none. */
static void secret_make(Arena *arena, const Config *config, const char *path) {
    const char *beside = str_c(arena, str_print(arena, "%s.new", path));
    unsigned char secret[sizeof config->secret];
    Random random = random_system();
    random_bytes(&random, secret, sizeof secret);
    (void)unlink(beside);
    const int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        fail(FAIL_USAGE, "cannot write in %.*s: %s", STR_ARGS(config->data), strerror(errno));
    }
    const bool is_written = write(file, secret, sizeof secret) == (ssize_t)sizeof secret && fsync(file) == 0;
    const int why = errno;
    if (close(file) != 0 || !is_written || rename(beside, path) != 0) {
        fail(FAIL_USAGE, "cannot write %s: %s", path, strerror(is_written ? errno : why));
    }
}

void data_create(Arena *arena, Config *config) {
    const char *folder = str_c(arena, config->data);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        fail(FAIL_USAGE, "cannot make the folder %s: %s", folder, strerror(errno));
    }
    struct stat about;
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode)) {
        fail(FAIL_USAGE, "%s is not a folder", folder);
    }
    if (access(folder, W_OK | X_OK) != 0) {
        fail(FAIL_USAGE, "cannot write in %s: %s", folder, strerror(errno));
    }
    const char *path = key_path(arena, config);
    if (access(path, F_OK) != 0) {
        secret_make(arena, config, path);
    }
    data_secret_read(arena, config);
}

void data_secret_read(Arena *arena, Config *config) {
    const char *path = key_path(arena, config);
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) {
        fail(FAIL_USAGE, "%.*s holds no data of beenthere; make it with: beenthere init --data %.*s",
             STR_ARGS(config->data), STR_ARGS(config->data));
    }
    if (file < 0) {
        fail(FAIL_USAGE, "cannot read %s: %s", path, strerror(errno));
    }
    struct stat about;
    unsigned char extra = 0;
    const bool is_private = fstat(file, &about) == 0 && (about.st_mode & 077) == 0;
    const bool is_whole =
        read(file, config->secret, sizeof config->secret) == (ssize_t)sizeof config->secret &&
        read(file, &extra, 1) == 0;
    close(file);
    if (!is_private) {
        fail(FAIL_USAGE, "%s can be read by others; run: chmod 600 %s", path, path);
    }
    if (!is_whole) {
        fail(FAIL_USAGE, "%s is not a key of 32 bytes", path);
    }
}
