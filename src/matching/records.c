/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers to digits to blocks. */
#include "matching/records.h"

#include <assert.h>

enum {
    BLOCK_BYTES = 65536,
    NUMBER_BYTES = 20, /* of an int64, its sign included */
    LINE_BYTES = RECORDS_NUMBERS_MOST * (NUMBER_BYTES + 1) + 2,
};

Records records_new(Arena *arena, const RecordsSink *sink) {
    return (Records){.sink = sink, .block = arena_get(arena, BLOCK_BYTES)};
}

void records_flush(Records *records) {
    if (records->used > 0) {
        records->sink->write(records->sink->context, (Str){.at = records->block, .length = records->used});
        records->used = 0;
    }
}

static void put(Records *records, char byte) {
    records->block[records->used++] = byte;
}

static void put_number(Records *records, int64_t number) {
    char digits[NUMBER_BYTES];
    size_t count = 0;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[count++] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) {
        put(records, '-');
    }
    while (count > 0) {
        put(records, digits[--count]);
    }
}

void records_line(Records *records, char letter, size_t count, const int64_t *numbers) {
    assert(count > 0 && count <= RECORDS_NUMBERS_MOST);
    if (BLOCK_BYTES - records->used < LINE_BYTES) {
        records_flush(records);
    }
    if (letter != 0) {
        put(records, letter);
        put(records, ' ');
    }
    for (size_t at = 0; at < count; at++) {
        put_number(records, numbers[at]);
        put(records, at + 1 < count ? ' ' : '\n');
    }
}
