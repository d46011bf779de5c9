/* SPDX-License-Identifier: Apache-2.0 */
/* Records: one byte that tells the kind, then what that kind needs; numbers have their highest byte first. */
#include "platform/backup/backup_content.h"

#include "base/buf.h"
#include "base/fail.h"

#include <endian.h>

enum { NAME_MOST = 200, PROGRESS_ROWS = 1000, VERSION_MOST = 100 };
enum { RECORD_FILE = 'F', RECORD_TABLE = 'T', RECORD_ROW = 'R', RECORD_END = 'E', RECORD_SUM = 'Z' };

/* ---- writing ---- */

static void put_byte(BackupWriter *writer, int byte) {
    const unsigned char one = (unsigned char)byte;
    backup_write(writer, &one, 1);
}

static void put_16(BackupWriter *writer, size_t number) {
    const uint16_t two = htobe16((uint16_t)number);
    backup_write(writer, &two, sizeof two);
}

static void put_32(BackupWriter *writer, size_t number) {
    const uint32_t four = htobe32((uint32_t)number);
    backup_write(writer, &four, sizeof four);
}

static void put_64(BackupWriter *writer, int64_t number) {
    const uint64_t eight = htobe64((uint64_t)number);
    backup_write(writer, &eight, sizeof eight);
}

static void put_name(BackupWriter *writer, Str name) {
    put_16(writer, name.length);
    backup_write(writer, name.at, name.length);
}

void backup_write_label(BackupWriting *writing, const BackupLabel *label) {
    BackupWriter *writer = writing->writer;
    put_64(writer, label->made.us);
    put_64(writer, label->schema);
    put_64(writer, label->rows);
    put_byte(writer, label->engine == DB_SQLITE ? 's' : 'p');
    put_name(writer, label->version);
}

void backup_write_file(BackupWriting *writing, Str name, Str bytes) {
    put_byte(writing->writer, RECORD_FILE);
    put_name(writing->writer, name);
    put_32(writing->writer, bytes.length);
    backup_write(writing->writer, bytes.at, bytes.length);
    writing->count.files++;
}

static void write_table(void *context, const DbTable *table) {
    BackupWriting *writing = context;
    put_byte(writing->writer, RECORD_TABLE);
    put_name(writing->writer, table->name);
    put_16(writing->writer, table->count);
    for (size_t at = 0; at < table->count; at++) {
        put_byte(writing->writer, table->kinds[at]);
        put_name(writing->writer, table->columns[at]);
    }
    writing->table_rows = 0;
}

static void write_row(void *context, Str row) {
    BackupWriting *writing = context;
    if (row.length > BACKUP_ROW_MOST) {
        fail(FAIL_DATABASE, "a row is larger than a backup can hold");
    }
    put_byte(writing->writer, RECORD_ROW);
    put_32(writing->writer, row.length);
    backup_write(writing->writer, row.at, row.length);
    writing->table_rows++;
    writing->count.rows++;
    if (writing->progress != NULL && writing->count.rows % PROGRESS_ROWS == 0) {
        writing->progress(writing->context, writing->count.rows);
    }
}

static void write_end(void *context) {
    BackupWriting *writing = context;
    put_byte(writing->writer, RECORD_END);
    put_64(writing->writer, writing->table_rows);
    writing->count.tables++;
}

DbRowTaker backup_row_writer(BackupWriting *writing) {
    return (DbRowTaker){.context = writing, .begin = write_table, .row = write_row, .end = write_end};
}

void backup_write_sum(BackupWriting *writing) {
    put_byte(writing->writer, RECORD_SUM);
    put_64(writing->writer, writing->count.tables);
    put_64(writing->writer, writing->count.rows);
    put_64(writing->writer, writing->count.files);
}

/* ---- reading ---- */

typedef struct Reading {
    Arena *arena;
    BackupReader *reader;
    const BackupTaking *taking;
    BackupCount count;
    Buf bytes; /* the row or file being read */
} Reading;

static int get_byte(BackupReader *reader) {
    unsigned char byte = 0;
    backup_read(reader, &byte, 1);
    return byte;
}

static size_t get_16(BackupReader *reader) {
    uint16_t two = 0;
    backup_read(reader, &two, sizeof two);
    return be16toh(two);
}

static size_t get_32(BackupReader *reader) {
    uint32_t four = 0;
    backup_read(reader, &four, sizeof four);
    return be32toh(four);
}

static int64_t get_64(BackupReader *reader) {
    uint64_t eight = 0;
    backup_read(reader, &eight, sizeof eight);
    return (int64_t)be64toh(eight);
}

/* Letters, digits and _ - . only: names of tables, columns, files and versions. */
static Str get_name(Arena *arena, BackupReader *reader) {
    const size_t length = get_16(reader);
    if (length == 0 || length > NAME_MOST) {
        backup_reader_refuse(reader, "holds a name that makes no sense");
    }
    char *name = arena_get(arena, length);
    backup_read(reader, name, length);
    for (size_t at = 0; at < length; at++) {
        if (isalnum((unsigned char)name[at]) == 0 && strchr("_-./+~", name[at]) == NULL) {
            backup_reader_refuse(reader, "holds a name that makes no sense");
        }
    }
    return (Str){.at = name, .length = length};
}

BackupLabel backup_read_label(Arena *arena, BackupReader *reader) {
    BackupLabel label = {.made = {get_64(reader)}};
    label.schema = get_64(reader);
    label.rows = get_64(reader);
    label.engine = get_byte(reader) == 's' ? DB_SQLITE : DB_POSTGRES;
    label.version = get_name(arena, reader);
    if (label.schema < 0 || label.rows < 0 || label.made.us <= 0) {
        backup_reader_refuse(reader, "has a label that makes no sense");
    }
    return label;
}

bool backup_file_name_is_plain(Str name) {
    Str folder = STR_NONE;
    Str rest = name;
    const bool has_folder = str_cut(name, '/', &folder, &rest);
    const Str last = has_folder ? rest : name;
    return !str_is_empty(last) && !str_contains(last, STR("/")) && !str_starts_with(last, STR(".")) &&
           !(has_folder && (str_is_empty(folder) || str_starts_with(folder, STR("."))));
}

/* So many bytes into the one buffer, which is used again for the next. */
static Str get_bytes(Reading *reading, size_t length, size_t most) {
    if (length > most) {
        backup_reader_refuse(reading->reader, "holds a length that makes no sense");
    }
    reading->bytes.length = 0;
    char *room = buf_reserve(&reading->bytes, length);
    backup_read(reading->reader, room, length);
    return (Str){.at = room, .length = length};
}

static void read_file(Reading *reading) {
    const Str name = get_name(reading->arena, reading->reader);
    const Str bytes = get_bytes(reading, get_32(reading->reader), BACKUP_FILE_MOST);
    if (!backup_file_name_is_plain(name) || ++reading->count.files > BACKUP_FILES_MOST) {
        backup_reader_refuse(reading->reader, "holds a file that makes no sense");
    }
    if (reading->taking->file != NULL) {
        reading->taking->file(reading->taking->context, name, bytes);
    }
}

static DbTable *read_table_head(Reading *reading) {
    DbTable *table = NEW(reading->arena, DbTable);
    table->name = get_name(reading->arena, reading->reader);
    table->count = get_16(reading->reader);
    if (table->count == 0 || table->count > DB_COLUMNS_MOST || reading->count.tables == DB_TABLES_MOST) {
        backup_reader_refuse(reading->reader, "holds a table that makes no sense");
    }
    Str *columns = NEW_MANY(reading->arena, table->count, Str);
    char *kinds = arena_get(reading->arena, table->count);
    for (size_t at = 0; at < table->count; at++) {
        kinds[at] = (char)get_byte(reading->reader);
        columns[at] = get_name(reading->arena, reading->reader);
    }
    table->columns = columns;
    table->kinds = kinds;
    return table;
}

static void told(const Reading *reading) {
    if (reading->taking->progress != NULL && reading->count.rows % PROGRESS_ROWS == 0) {
        reading->taking->progress(reading->taking->progress_context, reading->count.rows);
    }
}

static void read_table(Reading *reading) {
    const DbRowTaker *taker = reading->taking->rows;
    const DbTable *table = read_table_head(reading);
    if (taker != NULL) {
        taker->begin(taker->context, table);
    }
    int64_t rows = 0;
    int record = get_byte(reading->reader);
    for (; record == RECORD_ROW; record = get_byte(reading->reader)) {
        const Str row = get_bytes(reading, get_32(reading->reader), BACKUP_ROW_MOST);
        if (!db_row_is_whole(table, row)) {
            backup_reader_refuse(reading->reader, "holds a row that makes no sense");
        }
        if (taker != NULL) {
            taker->row(taker->context, row);
        }
        rows++;
        reading->count.rows++;
        told(reading);
    }
    if (record != RECORD_END || get_64(reading->reader) != rows) {
        backup_reader_refuse(reading->reader, "holds another number of rows than it says");
    }
    if (taker != NULL) {
        taker->end(taker->context);
    }
    reading->count.tables++;
}

BackupCount backup_read_all(Arena *arena, BackupReader *reader, const BackupTaking *taking) {
    Reading reading = {
        .arena = arena, .reader = reader, .taking = taking, .bytes = buf_new(arena, BACKUP_ROW_MOST)};
    for (;;) {
        switch (get_byte(reader)) {
        case RECORD_FILE:
            read_file(&reading);
            break;
        case RECORD_TABLE:
            read_table(&reading);
            break;
        case RECORD_SUM: {
            const int64_t tables = get_64(reader);
            const int64_t rows = get_64(reader);
            const int64_t files = get_64(reader);
            if (tables != reading.count.tables || rows != reading.count.rows ||
                files != reading.count.files) {
                backup_reader_refuse(reader, "holds another number of rows than it says");
            }
            backup_reader_end(reader);
            return reading.count;
        }
        default:
            backup_reader_refuse(reader, "holds a record of a kind that this program does not know");
        }
    }
}
