/* SPDX-License-Identifier: Apache-2.0 */
/* Streams of bytes from and to files. */
#include "features/solve/solve_files.h"

#include "base/fail.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

int solve_say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("beenthere match: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("\n", stderr);
    va_end(arguments);
    return 2;
}

/* ---- reading ---- */

static Str flaw_sentence(InstanceFlaw flaw) {
    switch (flaw) {
    case INSTANCE_FINE:
    case INSTANCE_FLAW_COUNT:
        break;
    case INSTANCE_LINE_LONG:
        return STR("the line is longer than 65,535 bytes");
    case INSTANCE_LINE_UNKNOWN:
        return STR("the line begins with no letter that is known here");
    case INSTANCE_LINE_MALFORMED:
        return STR("the line is malformed: a number is missing, is none, or there is something too much");
    case INSTANCE_NUMBER_GREAT:
        return STR("the number is too great");
    case INSTANCE_NO_HEADER:
        return STR("the line \"p bm FAMILIES SUPPORTERS PAIRS\" is missing; it comes first");
    case INSTANCE_HEADER_TWICE:
        return STR("there is a second p line");
    case INSTANCE_HEADER_GREAT:
        return STR("that is more than 16,777,216 families or supporters, or 1,073,741,824 pairs");
    case INSTANCE_FAMILY_UNKNOWN:
        return STR("there is no family of that number");
    case INSTANCE_SUPPORTER_UNKNOWN:
        return STR("there is no supporter of that number");
    case INSTANCE_SUPPORTER_TWICE:
        return STR("the supporter has a capacity already");
    case INSTANCE_PAIR_TWICE:
        return STR("the pair is there already");
    case INSTANCE_PAIRS_MORE:
        return STR("there are more pairs than the p line says");
    case INSTANCE_PAIRS_FEWER:
        return STR("there are fewer pairs than the p line says");
    case INSTANCE_FAMILY_TWICE:
        return STR("the family is there already");
    case INSTANCE_PRICE_TWICE:
        return STR("the supporter is there already");
    case INSTANCE_OTHER_WEIGHT:
        return STR("the instance gives this pair another weight");
    }
    return STR("");
}

static void close_file(void *context) {
    (void)fclose(context);
}

static size_t read_more(void *context, char *bytes, size_t room) {
    return fread(bytes, 1, room, context);
}

/* A file that cannot tell its size (a pipe) may have any. */
static LinesSource source_of(FILE *file) {
    long size = -1;
    if (fseek(file, 0, SEEK_END) == 0) {
        size = ftell(file);
        rewind(file);
    }
    clearerr(file);
    return (LinesSource){
        .read = read_more, .context = file, .bytes_most = size >= 0 ? (uint64_t)size : UINT64_MAX};
}

/* NULL when a sentence was said. */
static FILE *open_input(Arena *arena, Str path) {
    FILE *file = fopen(str_c(arena, path), "rb");
    if (file == NULL) {
        (void)solve_say("%.*s cannot be read: %s", STR_ARGS(path), strerror(errno));
        return NULL;
    }
    arena_at_end(arena, close_file, file);
    return file;
}

static bool is_fine(Str path, FILE *file, InstanceFault fault) {
    if (ferror(file) != 0) {
        (void)solve_say("%.*s cannot be read", STR_ARGS(path));
        return false;
    }
    if (fault.flaw == INSTANCE_FINE) {
        return true;
    }
    const Str sentence = flaw_sentence(fault.flaw);
    const uint64_t line = fault.line > 0 ? fault.line : 1; /* of an empty file */
    (void)solve_say("%.*s: line %" PRIu64 ": %.*s", STR_ARGS(path), line, STR_ARGS(sentence));
    return false;
}

bool solve_read_instance(Arena *arena, Arena *scratch, Str path, AssignmentInstance *ret_instance) {
    FILE *file = open_input(scratch, path);
    if (file == NULL) {
        return false;
    }
    const LinesSource source = source_of(file);
    return is_fine(path, file, instance_read(arena, scratch, &source, ret_instance));
}

bool solve_read_plan(Arena *arena, Str path, const AssignmentInstance *instance, AssignmentPlan *plan) {
    FILE *file = open_input(arena, path);
    if (file == NULL) {
        return false;
    }
    const LinesSource source = source_of(file);
    return is_fine(path, file, instance_read_plan(arena, arena, &source, instance, &plan->partner));
}

bool solve_read_proof(Arena *arena, Str path, const AssignmentInstance *instance, AssignmentPlan *plan) {
    FILE *file = open_input(arena, path);
    if (file == NULL) {
        return false;
    }
    const LinesSource source = source_of(file);
    return is_fine(
        path, file,
        instance_read_proof(arena, arena, &source, instance, &plan->family_value, &plan->supporter_price));
}

/* ---- writing ---- */

struct SolveFile {
    Str path;
    FILE *file; /* NULL: closed */
    RecordsSink sink;
};

_Noreturn static void fail_unwritten(const SolveFile *file) {
    fail(FAIL_IO, "%.*s cannot be written: %s", STR_ARGS(file->path), strerror(errno));
}

static void write_more(void *context, Str bytes) {
    const SolveFile *file = context;
    if (fwrite(bytes.at, 1, bytes.length, file->file) != bytes.length) {
        fail_unwritten(file);
    }
}

static void close_at_end(void *context) {
    SolveFile *file = context;
    if (file->file != NULL && file->file != stdout) {
        (void)fclose(file->file);
    }
}

static SolveFile *file_new(Arena *arena, Str path, FILE *opened) {
    SolveFile *file = NEW(arena, SolveFile);
    *file = (SolveFile){.path = path, .file = opened, .sink = {.write = write_more, .context = file}};
    if (opened == NULL) {
        fail_unwritten(file);
    }
    arena_at_end(arena, close_at_end, file);
    return file;
}

SolveFile *solve_file_open(Arena *arena, Str path) {
    return str_is_none(path) ? NULL : file_new(arena, path, fopen(str_c(arena, path), "wb"));
}

SolveFile *solve_file_standard(Arena *arena) {
    return file_new(arena, STR("standard output"), stdout);
}

const RecordsSink *solve_file_sink(const SolveFile *file) {
    return &file->sink;
}

void solve_file_close(SolveFile *file) {
    FILE *const open = file->file;
    file->file = NULL;
    if ((open == stdout ? fflush(open) : fclose(open)) != 0) {
        fail_unwritten(file);
    }
}
