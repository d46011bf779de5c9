/* SPDX-License-Identifier: Apache-2.0 */
/* What a phone sends when it has a signal again, read from JSON:
 *
 *     {"now": 1772636400000, "entries": [
 *         {"kind": "contact", "capture": "00112233445566778899aabbccddeeff", "author": "0123456789abc",
 *          "match": "0123456789abd", "captured_at": 1772632800000,
 *          "fields": [["outcome", "talked"], ["minutes", "30"], ["support", "emotional"]]}]}
 *
 * Times are milliseconds UTC by the phone's clock. The fields are those of the form that the same thing has
 * on its own page, and are checked by that form. Pure: the fuzzer calls it. */
#ifndef CAPTURE_BATCH_H
#define CAPTURE_BATCH_H

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "ids.h"

typedef struct Input Input;

enum { CAPTURE_BATCH_MOST = 20, CAPTURE_FIELDS_MOST = 40, CAPTURE_ID_DIGITS = 32 };

typedef struct CaptureEntry {
    Str kind;        /* whatever was sent */
    Str name;        /* the capture, in CAPTURE_ID_DIGITS hexadecimal digits */
    Str capture;     /* the same as bytes */
    PersonId author; /* 0: none that can be read */
    MatchId match;   /* likewise */
    Time captured_at;
    const Input *fields;
} CaptureEntry;

typedef struct CaptureBatch {
    Time now;
    const CaptureEntry *items; /* at least one; no capture twice */
    size_t count;
} CaptureBatch;

/* False when it is no such document: then nothing in it can be answered by its name. */
bool capture_batch_read(Arena *arena, Str text, CaptureBatch *ret_batch);

#endif
