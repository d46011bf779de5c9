/* SPDX-License-Identifier: Apache-2.0 */
/* The backup reader, twice: on the bytes as they are, and on a well-made file whose content they are, as
 * somebody who has the public key could make it. Either ends well or with a sentence. */
// needs: src/platform/backup/backup_file.c src/platform/backup/backup_content.c
// needs: src/platform/backup/backup_key.c src/platform/db/db_rows.c src/platform/db/db.c
// needs: src/platform/db/db_sqlite.c src/platform/db/db_postgres.c src/platform/db/db_sqlite_rows.c
// needs: src/platform/db/db_postgres_rows.c BUILD/src/generated/schema.c src/platform/db/db_seal.c
// needs: src/platform/crypto/keys.c src/platform/crypto/keys_file.c src/platform/crypto/seal.c
// needs: src/platform/crypto/tree.c src/platform/crypto/crypto.c src/platform/db/person_key.c
// needs: BUILD/src/generated/person_key_sql.c BUILD/src/generated/sealed.c
// needs: -lzstd -lsodium -lsqlite3 -lpq
#include "platform/backup/backup_content.h"

#include "base/fail.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Reading {
    Arena *arena;
    FILE *file;
    const BackupSecret *secret;
} Reading;

static void read_file(void *context, Str name, Str bytes) {
    (void)context;
    assert(backup_file_name_is_plain(name) && bytes.length <= BACKUP_FILE_MOST);
}

static void begin(void *context, const DbTable *table) {
    *(const DbTable **)context = table;
}

static void row(void *context, Str bytes) {
    assert(db_row_is_whole(*(const DbTable **)context, bytes));
}

static void end(void *context) {
    *(const DbTable **)context = NULL;
}

static void read_all(void *context) {
    const Reading *reading = context;
    const DbTable *table = NULL;
    const DbRowTaker taker = {.context = &table, .begin = begin, .row = row, .end = end};
    BackupReader *reader = backup_reader_new(reading->arena, reading->file, STR("B"), BACKUP_ROWS,
                                             &(BackupOpener){.secret = reading->secret});
    const BackupLabel label = backup_read_label(reading->arena, reader);
    assert(label.made.us > 0 && label.rows >= 0);
    (void)backup_read_all(reading->arena, reader, &(BackupTaking){.file = read_file, .rows = &taker});
}

static void read_bytes(const BackupSecret *secret, const void *bytes, size_t length) {
    Reading reading = {.arena = arena_new(300 << 20),
                       .file = fmemopen((void *)(uintptr_t)bytes, length, "rb"),
                       .secret = secret};
    assert(reading.file != NULL);
    Fail why = {0};
    if (!fail_catch(read_all, &reading, &why)) {
        assert(why.kind == FAIL_USAGE || why.kind == FAIL_MEMORY);
    }
    arena_free(reading.arena);
    (void)fclose(reading.file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static BackupSecret secret;
    static bool is_made;
    if (!is_made) {
        secret = backup_key_new();
        is_made = true;
    }
    if (size == 0) {
        return 0;
    }
    read_bytes(&secret, data, size);
    Arena *arena = arena_new(64 << 20);
    char *bytes = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&bytes, &length);
    BackupWriter *writer = backup_writer_new(arena, file, STR("B"), BACKUP_ROWS, &secret.its_public);
    backup_write(writer, data, size);
    (void)backup_writer_end(writer);
    (void)fclose(file);
    read_bytes(&secret, bytes, length);
    free(bytes);
    arena_free(arena);
    return 0;
}
