/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of numbers into a stream, the other way around of lines.h, some 64 KiB at a time. */
#ifndef RECORDS_H
#define RECORDS_H

#include "base/str.h"

typedef void RecordsWrite(void *context, Str bytes);

/* Where bytes go. */
typedef struct RecordsSink {
    RecordsWrite *write;
    void *context;
} RecordsSink;

typedef struct Records {
    const RecordsSink *sink;
    char *block;
    size_t used;
} Records;

enum { RECORDS_NUMBERS_MOST = 10 }; /* in a line */

/* The block lives in the arena. */
Records records_new(Arena *arena, const RecordsSink *sink);
/* A letter, unless it is 0, and at most RECORDS_NUMBERS_MOST numbers behind it. */
void records_line(Records *records, char letter, size_t count, const int64_t *numbers);
/* What was kept back until now leaves. Call it last. */
void records_flush(Records *records);

#endif
