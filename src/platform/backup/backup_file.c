/* SPDX-License-Identifier: Apache-2.0 */
/* zstd inside libsodium's secretstream inside a header that the first chunk authenticates. */
#include "platform/backup/backup_file.h"

#include "base/fail.h"

#include <endian.h>
#include <errno.h>
#include <sodium.h>
#include <zstd.h>

enum {
    FORM = 1,
    MAGIC_BYTES = 8,
    SEALED_BYTES = crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES,
    KIND_AT = MAGIC_BYTES + 2,
    PUBLIC_AT = KIND_AT + 2,
    SEALED_AT = PUBLIC_AT + BACKUP_KEY_BYTES,
    STREAM_AT = SEALED_AT + SEALED_BYTES,
    HEADER_BYTES = STREAM_AT + crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    PLAIN_BYTES = 64 * 1024,
    CHUNK_BYTES = PLAIN_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES,
    LEVEL = 3,
    WINDOW_LOG_MOST = 23, /* what level 3 needs and a little more: nobody makes us take a gigabyte */
};

_Static_assert(HEADER_BYTES == 148, "doc/backup-format.md says so");
_Static_assert(sizeof(BackupFileKey) == crypto_secretstream_xchacha20poly1305_KEYBYTES, "one key, one size");

static const char MAGIC[MAGIC_BYTES + 1] = "BEENBACK";

struct BackupWriter {
    FILE *file;
    Str name;
    BackupFileKey key;
    ZSTD_CCtx *zstd;
    crypto_secretstream_xchacha20poly1305_state stream;
    int64_t written;
    bool is_first;
    size_t filled;
    unsigned char header[HEADER_BYTES];
    unsigned char plain[PLAIN_BYTES];
    unsigned char chunk[CHUNK_BYTES];
};

struct BackupReader {
    FILE *file;
    Str name;
    ZSTD_DCtx *zstd;
    crypto_secretstream_xchacha20poly1305_state stream;
    int64_t place; /* of the file: where the next chunk begins */
    bool is_first;
    bool is_last;    /* the mark of the end has been read */
    bool is_drained; /* zstd's frame has ended */
    ZSTD_inBuffer in;
    unsigned char header[HEADER_BYTES];
    unsigned char plain[PLAIN_BYTES];
    unsigned char chunk[CHUNK_BYTES];
};

static void writer_clean(void *context) {
    BackupWriter *writer = context;
    (void)ZSTD_freeCCtx(writer->zstd);
    sodium_memzero(writer, sizeof *writer);
}

static void reader_clean(void *context) {
    BackupReader *reader = context;
    (void)ZSTD_freeDCtx(reader->zstd);
    sodium_memzero(reader, sizeof *reader);
}

/* ---- writing ---- */

static void put(BackupWriter *writer, const void *bytes, size_t length) {
    if (fwrite(bytes, 1, length, writer->file) != length) {
        fail(FAIL_IO, "%.*s cannot be written: %s", STR_ARGS(writer->name), strerror(errno));
    }
    writer->written += (int64_t)length;
}

static void number_put(unsigned char *at, unsigned number) {
    const uint16_t two = htobe16((uint16_t)number);
    memcpy(at, &two, sizeof two);
}

BackupWriter *backup_writer_new(Arena *arena, FILE *file, Str name, BackupKind kind,
                                const BackupPublic *key) {
    BackupWriter *writer = NEW(arena, BackupWriter);
    writer->file = file;
    writer->name = name;
    writer->is_first = true;
    writer->zstd = ZSTD_createCCtx();
    arena_at_end(arena, writer_clean, writer);
    if (writer->zstd == NULL ||
        ZSTD_isError(ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_compressionLevel, LEVEL)) != 0 ||
        ZSTD_isError(ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_checksumFlag, 1)) != 0) {
        fail(FAIL_MEMORY, "the system has no memory left to compress with");
    }
    crypto_secretstream_xchacha20poly1305_keygen(writer->key.bytes);
    memcpy(writer->header, MAGIC, MAGIC_BYTES);
    number_put(writer->header + MAGIC_BYTES, FORM);
    number_put(writer->header + KIND_AT, kind);
    memcpy(writer->header + PUBLIC_AT, key->bytes, sizeof key->bytes);
    if (crypto_box_seal(writer->header + SEALED_AT, writer->key.bytes, sizeof writer->key.bytes,
                        key->bytes) != 0) {
        fail(FAIL_USAGE, "the public backup key is not one that can be used");
    }
    (void)crypto_secretstream_xchacha20poly1305_init_push(&writer->stream, writer->header + STREAM_AT,
                                                          writer->key.bytes);
    put(writer, writer->header, HEADER_BYTES);
    return writer;
}

static void chunk_put(BackupWriter *writer, bool is_last) {
    unsigned long long length = 0;
    (void)crypto_secretstream_xchacha20poly1305_push(
        &writer->stream, writer->chunk, &length, writer->plain, writer->filled,
        writer->is_first ? writer->header : NULL, writer->is_first ? HEADER_BYTES : 0,
        is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    writer->is_first = false;
    writer->filled = 0;
    put(writer, writer->chunk, (size_t)length);
}

/* Returns what zstd still holds back. */
static size_t compress(BackupWriter *writer, ZSTD_inBuffer *in, ZSTD_EndDirective directive) {
    if (writer->filled == PLAIN_BYTES) {
        chunk_put(writer, false);
    }
    ZSTD_outBuffer out = {.dst = writer->plain, .size = PLAIN_BYTES, .pos = writer->filled};
    const size_t left = ZSTD_compressStream2(writer->zstd, &out, in, directive);
    if (ZSTD_isError(left) != 0) {
        fail(FAIL_MEMORY, "%.*s cannot be compressed: %s", STR_ARGS(writer->name), ZSTD_getErrorName(left));
    }
    writer->filled = out.pos;
    return left;
}

void backup_write(BackupWriter *writer, const void *bytes, size_t length) {
    ZSTD_inBuffer in = {.src = bytes, .size = length};
    while (in.pos < in.size) {
        (void)compress(writer, &in, ZSTD_e_continue);
    }
}

int64_t backup_writer_end(BackupWriter *writer) {
    ZSTD_inBuffer in = {.src = "", .size = 0};
    while (compress(writer, &in, ZSTD_e_end) != 0) {
    }
    chunk_put(writer, true);
    if (fflush(writer->file) != 0) {
        fail(FAIL_IO, "%.*s cannot be written: %s", STR_ARGS(writer->name), strerror(errno));
    }
    return writer->written;
}

BackupFileKey backup_writer_key(const BackupWriter *writer) {
    return writer->key;
}

/* ---- reading ---- */

static unsigned number_at(const unsigned char *at) {
    uint16_t two = 0;
    memcpy(&two, at, sizeof two);
    return be16toh(two);
}

static size_t get(BackupReader *reader, unsigned char *bytes, size_t length) {
    const size_t found = fread(bytes, 1, length, reader->file);
    if (ferror(reader->file) != 0) {
        fail(FAIL_IO, "%.*s cannot be read: %s", STR_ARGS(reader->name), strerror(errno));
    }
    return found;
}

void backup_reader_refuse(const BackupReader *reader, const char *what) {
    fail(FAIL_USAGE, "%.*s %s", STR_ARGS(reader->name), what);
}

static void header_check(BackupReader *reader, BackupKind kind) {
    const size_t length = get(reader, reader->header, HEADER_BYTES);
    if (memcmp(reader->header, MAGIC, length < MAGIC_BYTES ? length : MAGIC_BYTES) != 0 || length == 0) {
        backup_reader_refuse(reader, "is not a backup of beenthere");
    }
    if (length >= PUBLIC_AT && number_at(reader->header + MAGIC_BYTES) > FORM) {
        backup_reader_refuse(reader, "has a form of backup that only a newer beenthere can read");
    }
    if (length < HEADER_BYTES) {
        backup_reader_refuse(reader, "is only the beginning of a backup");
    }
    const unsigned found = number_at(reader->header + KIND_AT);
    if (number_at(reader->header + MAGIC_BYTES) != FORM || (found != BACKUP_ROWS && found != BACKUP_KEYS)) {
        backup_reader_refuse(reader, "is damaged in its first bytes");
    }
    if (found != kind) {
        backup_reader_refuse(reader, kind == BACKUP_ROWS
                                         ? "holds the keys beside a backup: name the backup itself"
                                         : "is a backup and not the keys beside one");
    }
    reader->place = HEADER_BYTES;
}

static void key_open(BackupReader *reader, const BackupOpener *opener) {
    BackupFileKey key = {{0}};
    if (opener->file_key != NULL) {
        key = *opener->file_key;
    } else {
        const BackupSecret *secret = opener->secret;
        if (memcmp(reader->header + PUBLIC_AT, secret->its_public.bytes, BACKUP_KEY_BYTES) != 0) {
            backup_reader_refuse(reader, "was made for another recovery key than this one");
        }
        if (crypto_box_seal_open(key.bytes, reader->header + SEALED_AT, SEALED_BYTES,
                                 secret->its_public.bytes, secret->bytes) != 0) {
            backup_reader_refuse(reader, "is damaged in its first bytes");
        }
    }
    const bool is_open = crypto_secretstream_xchacha20poly1305_init_pull(
                             &reader->stream, reader->header + STREAM_AT, key.bytes) == 0;
    sodium_memzero(&key, sizeof key);
    if (!is_open) {
        backup_reader_refuse(reader, "is damaged in its first bytes");
    }
}

BackupReader *backup_reader_new(Arena *arena, FILE *file, Str name, BackupKind kind,
                                const BackupOpener *opener) {
    BackupReader *reader = NEW(arena, BackupReader);
    reader->file = file;
    reader->name = name;
    reader->is_first = true;
    reader->in.src = reader->plain;
    reader->zstd = ZSTD_createDCtx();
    arena_at_end(arena, reader_clean, reader);
    if (reader->zstd == NULL ||
        ZSTD_isError(ZSTD_DCtx_setParameter(reader->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MOST)) != 0) {
        fail(FAIL_MEMORY, "the system has no memory left to read a backup with");
    }
    header_check(reader, kind);
    key_open(reader, opener);
    return reader;
}

/* The next chunk becomes what zstd reads from. */
static void chunk_get(BackupReader *reader) {
    if (reader->is_last) {
        backup_reader_refuse(reader, "ends before what it says it holds");
    }
    const size_t length = get(reader, reader->chunk, CHUNK_BYTES);
    unsigned long long plain = 0;
    unsigned char tag = 0;
    const bool is_whole =
        length >= crypto_secretstream_xchacha20poly1305_ABYTES &&
        crypto_secretstream_xchacha20poly1305_pull(
            &reader->stream, reader->plain, &plain, &tag, reader->chunk, length,
            reader->is_first ? reader->header : NULL, reader->is_first ? HEADER_BYTES : 0) == 0;
    if (!is_whole && length < CHUNK_BYTES) {
        fail(FAIL_USAGE, "%.*s is only a part of a backup, or damaged: it breaks off after byte %lld",
             STR_ARGS(reader->name), (long long)reader->place + (long long)length);
    }
    if (!is_whole) {
        fail(FAIL_USAGE, "%.*s is damaged, or was changed, between byte %lld and byte %lld",
             STR_ARGS(reader->name), (long long)reader->place, (long long)reader->place + CHUNK_BYTES);
    }
    reader->is_first = false;
    reader->place += (int64_t)length;
    reader->is_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (!reader->is_last && length < CHUNK_BYTES) {
        backup_reader_refuse(reader, "is only a part of a backup");
    }
    reader->in = (ZSTD_inBuffer){.src = reader->plain, .size = (size_t)plain};
}

/* Up to so many bytes; at least one unless the content has ended. */
static size_t expand(BackupReader *reader, void *bytes, size_t length) {
    ZSTD_outBuffer out = {.dst = bytes, .size = length};
    while (out.pos == 0 && !reader->is_drained) {
        if (reader->in.pos == reader->in.size) {
            chunk_get(reader);
        }
        const size_t left = ZSTD_decompressStream(reader->zstd, &out, &reader->in);
        if (ZSTD_isError(left) != 0) {
            backup_reader_refuse(reader, "holds what this program did not compress");
        }
        reader->is_drained = left == 0;
    }
    return out.pos;
}

void backup_read(BackupReader *reader, void *ret_bytes, size_t length) {
    char *at = ret_bytes;
    while (length > 0) {
        const size_t found = expand(reader, at, length);
        if (found == 0) {
            backup_reader_refuse(reader, "ends before what it says it holds");
        }
        at += found;
        length -= found;
    }
}

void backup_reader_end(BackupReader *reader) {
    unsigned char more = 0;
    if (expand(reader, &more, 1) != 0 || reader->in.pos != reader->in.size) {
        backup_reader_refuse(reader, "holds more than it says");
    }
    /* zstd's end may have filled its chunk, and then the mark of the end stands alone in the next. */
    while (!reader->is_last) {
        chunk_get(reader);
        if (reader->in.size != 0) {
            backup_reader_refuse(reader, "holds more than it says");
        }
    }
    if (get(reader, &more, 1) != 0) {
        backup_reader_refuse(reader, "has bytes behind its end");
    }
}
