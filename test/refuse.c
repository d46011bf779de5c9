/* SPDX-License-Identifier: Apache-2.0 */
/* Stands in front of the system's calls: a program's own symbols come before those of its libraries. */
#include "test/refuse.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    const char *call; /* NULL: none */
    int let;
    int error;
    bool has_happened;
} refusal;

void refuse(const char *call, int let, int error) {
    refusal.call = call;
    refusal.let = let;
    refusal.error = error;
    refusal.has_happened = false;
}

bool refuse_has_happened(void) {
    refusal.call = NULL;
    return refusal.has_happened;
}

int refuse_files_open(void) {
    int count = 0;
    for (int file = 0; file < 1024; file++) {
        count += fcntl(file, F_GETFD) != -1;
    }
    return count;
}

static bool is_refused(const char *call) {
    if (refusal.call == NULL || strcmp(refusal.call, call) != 0 || refusal.let-- > 0) {
        return false;
    }
    refusal.call = NULL;
    refusal.has_happened = true;
    errno = refusal.error;
    return true;
}

/* The system's own; calls about files have another name where files may be long. */
#define NEXT(call, symbol) ((__typeof__(&(call)))dlsym(RTLD_NEXT, symbol))

int fsync(int file) {
    return is_refused("fsync") ? -1 : NEXT(fsync, "fsync")(file);
}

int close(int file) {
    /* The descriptor is gone whatever close() says. */
    const int result = NEXT(close, "close")(file);
    return is_refused("close") ? -1 : result;
}

int flock(int file, int operation) {
    return is_refused("flock") ? -1 : NEXT(flock, "flock")(file, operation);
}

int rename(const char *from, const char *to) {
    return is_refused("rename") ? -1 : NEXT(rename, "rename")(from, to);
}

int link(const char *from, const char *to) {
    return is_refused("link") ? -1 : NEXT(link, "link")(from, to);
}

int mkdir(const char *path, mode_t mode) {
    return is_refused("mkdir") ? -1 : NEXT(mkdir, "mkdir")(path, mode);
}

int fstat(int file, struct stat *ret_about) {
    return is_refused("fstat") ? -1 : NEXT(fstat, "fstat64")(file, ret_about);
}

int ftruncate(int file, off_t length) {
    return is_refused("ftruncate") ? -1 : NEXT(ftruncate, "ftruncate64")(file, length);
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    return is_refused("open") ? -1 : NEXT(open, "open64")(path, flags, mode);
}

ssize_t read(int file, void *bytes, size_t length) {
    if (is_refused("read")) {
        return errno == 0 ? 0 : -1;
    }
    return NEXT(read, "read")(file, bytes, length);
}

ssize_t pread(int file, void *bytes, size_t length, off_t from) {
    if (is_refused("pread")) {
        return errno == 0 ? 0 : -1;
    }
    return NEXT(pread, "pread64")(file, bytes, length, from);
}

ssize_t write(int file, const void *bytes, size_t length) {
    return is_refused("write") ? -1 : NEXT(write, "write")(file, bytes, length);
}

int memfd_create(const char *name, unsigned flags) {
    return is_refused("memfd_create") ? -1 : NEXT(memfd_create, "memfd_create")(name, flags);
}

/* ---- libsodium ---- */

int sodium_init(void) {
    return is_refused("sodium_init") ? -1 : NEXT(sodium_init, "sodium_init")();
}

void *sodium_malloc(const size_t size) {
    return is_refused("sodium_malloc") ? NULL : NEXT(sodium_malloc, "sodium_malloc")(size);
}

void *sodium_allocarray(size_t count, size_t size) {
    return is_refused("sodium_allocarray") ? NULL : NEXT(sodium_allocarray, "sodium_allocarray")(count, size);
}

int crypto_pwhash_str(char hash[crypto_pwhash_STRBYTES], const char *const passphrase,
                      unsigned long long length, unsigned long long operations, size_t memory) {
    return is_refused("crypto_pwhash_str")
               ? -1
               : NEXT(crypto_pwhash_str, "crypto_pwhash_str")(hash, passphrase, length, operations, memory);
}
