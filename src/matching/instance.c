/* SPDX-License-Identifier: Apache-2.0 */
/* Reads instances in one pass: rows are filled as the lines come, and put in order only when they do not. */
#include "matching/instance.h"

#include "matching/sorting.h"

static const uint32_t CAPACITY_UNSAID = UINT32_MAX;

/* A pair that waits for its row. */
typedef struct Scattered {
    uint32_t family;
    uint32_t supporter;
    int32_t weight;
    uint32_t line; /* modulo 2^32, which only a file of more lines would notice */
} Scattered;

typedef struct Reader {
    Arena *arena;
    Arena *scratch;
    Lines lines;
    bool has_header;
    uint32_t families;
    uint32_t supporters;
    uint32_t pairs;
    uint32_t pairs_read;
    uint32_t family; /* of the pair before */
    uint32_t *capacity;
    uint32_t *first;      /* while reading, first[family + 1] counts the pairs of the family */
    uint32_t *supporter;  /* by pair */
    int32_t *weight;      /* by pair */
    uint32_t *last_asked; /* by supporter: the family that named it last, from 1 */
    Scattered *scattered; /* by pair as they come, once a family's lines do not stand together; else NULL */
} Reader;

static InstanceFlaw flaw_of_number(LinesNumber read, InstanceFlaw flaw_if_great) {
    switch (read) {
    case LINES_NO_NUMBER:
        return INSTANCE_LINE_MALFORMED;
    case LINES_TOO_GREAT:
        return flaw_if_great;
    case LINES_NUMBER:
        break;
    }
    return INSTANCE_FINE;
}

/* A number of people or things from 1 to `most`, told from 0. */
static inline InstanceFlaw take_id(Lines *lines, uint32_t most, InstanceFlaw flaw_if_unknown,
                                   uint32_t *ret_id) {
    uint64_t id = 0;
    const LinesNumber read = lines_whole(lines, most, &id);
    if (read != LINES_NUMBER || id == 0) {
        return read == LINES_NO_NUMBER ? INSTANCE_LINE_MALFORMED : flaw_if_unknown;
    }
    *ret_id = (uint32_t)id - 1;
    return INSTANCE_FINE;
}

/* ---- the p line ---- */

static bool take_word_bm(Lines *lines) {
    while (lines_is_blank(*lines->at)) {
        lines->at++;
    }
    if (lines->at[0] != 'b' || lines->at[1] != 'm' || !lines_is_blank(lines->at[2])) {
        return false;
    }
    lines->at += 2;
    return true;
}

/* Memory is taken for pairs that the source has room to hold: "e 1 1 1" and a line end each. */
static bool has_room_for(const LinesSource *source, uint64_t pairs) {
    enum { PAIR_BYTES_LEAST = 8 };
    return pairs <= source->bytes_most / PAIR_BYTES_LEAST + 1;
}

static InstanceFlaw header_read(Reader *reader) {
    uint64_t numbers[3] = {0};
    if (reader->has_header) {
        return INSTANCE_HEADER_TWICE;
    }
    if (!take_word_bm(&reader->lines)) {
        return INSTANCE_LINE_MALFORMED;
    }
    for (size_t at = 0; at < 3; at++) {
        const uint64_t most = at < 2 ? INSTANCE_PEOPLE_MOST : INSTANCE_PAIRS_MOST;
        const InstanceFlaw flaw =
            flaw_of_number(lines_whole(&reader->lines, most, &numbers[at]), INSTANCE_HEADER_GREAT);
        if (flaw != INSTANCE_FINE) {
            return flaw;
        }
    }
    if (!has_room_for(reader->lines.source, numbers[2])) {
        return INSTANCE_PAIRS_FEWER;
    }
    reader->has_header = true;
    reader->families = (uint32_t)numbers[0];
    reader->supporters = (uint32_t)numbers[1];
    reader->pairs = (uint32_t)numbers[2];
    reader->capacity = NEW_MANY(reader->arena, reader->supporters, uint32_t);
    reader->first = NEW_MANY(reader->arena, (size_t)reader->families + 1, uint32_t);
    reader->supporter = NEW_MANY(reader->arena, reader->pairs, uint32_t);
    reader->weight = NEW_MANY(reader->arena, reader->pairs, int32_t);
    reader->last_asked = NEW_MANY(reader->scratch, reader->supporters, uint32_t);
    memset(reader->capacity, 0xFF, reader->supporters * sizeof *reader->capacity);
    return INSTANCE_FINE;
}

/* ---- s and e lines ---- */

static InstanceFlaw supporter_read(Reader *reader) {
    uint32_t supporter = 0;
    uint64_t capacity = 0;
    InstanceFlaw flaw = take_id(&reader->lines, reader->supporters, INSTANCE_SUPPORTER_UNKNOWN, &supporter);
    if (flaw == INSTANCE_FINE) {
        flaw = flaw_of_number(lines_whole(&reader->lines, INT32_MAX, &capacity), INSTANCE_NUMBER_GREAT);
    }
    if (flaw != INSTANCE_FINE) {
        return flaw;
    }
    if (reader->capacity[supporter] != CAPACITY_UNSAID) {
        return INSTANCE_SUPPORTER_TWICE;
    }
    reader->capacity[supporter] = (uint32_t)capacity;
    return INSTANCE_FINE;
}

/* From here on pairs are kept as they come; those before stand in their rows already. */
static void scatter_begin(Reader *reader) {
    reader->scattered = NEW_MANY(reader->scratch, reader->pairs, Scattered);
    uint32_t pair = 0;
    for (uint32_t family = 0; family < reader->families; family++) {
        for (uint32_t left = reader->first[family + 1]; left > 0; left--) {
            reader->scattered[pair] = (Scattered){
                .family = family, .supporter = reader->supporter[pair], .weight = reader->weight[pair]};
            pair++;
        }
    }
}

static inline InstanceFlaw pair_read(Reader *reader) {
    uint32_t family = 0;
    uint32_t supporter = 0;
    int64_t weight = 0;
    InstanceFlaw flaw = take_id(&reader->lines, reader->families, INSTANCE_FAMILY_UNKNOWN, &family);
    if (flaw == INSTANCE_FINE) {
        flaw = take_id(&reader->lines, reader->supporters, INSTANCE_SUPPORTER_UNKNOWN, &supporter);
    }
    if (flaw == INSTANCE_FINE) {
        flaw = flaw_of_number(lines_signed(&reader->lines, INT32_MAX, &weight), INSTANCE_NUMBER_GREAT);
    }
    if (flaw != INSTANCE_FINE) {
        return flaw;
    }
    if (reader->pairs_read == reader->pairs) {
        return INSTANCE_PAIRS_MORE;
    }
    if (family < reader->family && reader->scattered == NULL) {
        scatter_begin(reader);
    }
    const uint32_t pair = reader->pairs_read++;
    reader->family = family;
    reader->first[family + 1]++;
    if (reader->scattered != NULL) {
        reader->scattered[pair] = (Scattered){.family = family,
                                              .supporter = supporter,
                                              .weight = (int32_t)weight,
                                              .line = (uint32_t)reader->lines.line};
        return INSTANCE_FINE;
    }
    if (reader->last_asked[supporter] == family + 1) {
        return INSTANCE_PAIR_TWICE;
    }
    reader->last_asked[supporter] = family + 1;
    reader->supporter[pair] = supporter;
    reader->weight[pair] = (int32_t)weight;
    return INSTANCE_FINE;
}

static inline InstanceFlaw line_read(Reader *reader) {
    const char letter = lines_letter(&reader->lines);
    if (letter != 'p' && letter != 's' && letter != 'e') {
        return INSTANCE_LINE_UNKNOWN;
    }
    if (letter != 'p' && !reader->has_header) {
        return INSTANCE_NO_HEADER;
    }
    const InstanceFlaw flaw = letter == 'e'   ? pair_read(reader)
                              : letter == 's' ? supporter_read(reader)
                                              : header_read(reader);
    return flaw != INSTANCE_FINE || lines_ended(&reader->lines) ? flaw : INSTANCE_LINE_MALFORMED;
}

/* ---- rows ---- */

/* Counts become beginnings. */
static void sum_counts(Reader *reader) {
    for (uint32_t family = 0; family < reader->families; family++) {
        reader->first[family + 1] += reader->first[family];
    }
}

static void gather(Reader *reader) {
    uint32_t *next = NEW_MANY(reader->scratch, reader->families, uint32_t);
    memcpy(next, reader->first, reader->families * sizeof *next);
    for (uint32_t at = 0; at < reader->pairs; at++) {
        const Scattered *one = &reader->scattered[at];
        const uint32_t pair = next[one->family]++;
        reader->supporter[pair] = one->supporter;
        reader->weight[pair] = one->weight;
    }
}

/* Where the pair was said for the second time. Of its lines before the scattering began none is known, and
 * there is at most one. */
static uint64_t line_repeated(const Reader *reader, uint32_t family, uint32_t supporter) {
    size_t times = 0;
    for (const Scattered *one = reader->scattered;; one++) {
        if (one->family == family && one->supporter == supporter && ++times == 2) {
            return one->line;
        }
    }
}

/* Puts each row in order of supporters. Returns the line of the first pair found twice, or 0. */
static uint64_t sort_rows(Reader *reader) {
    uint32_t longest = 0;
    for (uint32_t family = 0; family < reader->families; family++) {
        const uint32_t length = reader->first[family + 1] - reader->first[family];
        longest = length > longest ? length : longest;
    }
    uint64_t *row = NEW_MANY(reader->scratch, longest, uint64_t);
    for (uint32_t family = 0; family < reader->families; family++) {
        const uint32_t first = reader->first[family];
        const uint32_t length = reader->first[family + 1] - first;
        for (uint32_t at = 0; at < length; at++) {
            row[at] = (uint64_t)reader->supporter[first + at] << 32 | (uint32_t)reader->weight[first + at];
        }
        sorting_rise(row, length);
        for (uint32_t at = 0; at < length; at++) {
            if (at > 0 && row[at] >> 32 == row[at - 1] >> 32) {
                return line_repeated(reader, family, (uint32_t)(row[at] >> 32));
            }
            reader->supporter[first + at] = (uint32_t)(row[at] >> 32);
            reader->weight[first + at] = (int32_t)(uint32_t)row[at];
        }
    }
    return 0;
}

/* ---- the whole ---- */

/* Reads to the end of the source. */
static InstanceFlaw lines_all_read(Reader *reader) {
    for (;;) {
        const LinesNext next = lines_next(&reader->lines);
        if (next == LINES_OVER) {
            break;
        }
        const InstanceFlaw flaw = next == LINES_TOO_LONG ? INSTANCE_LINE_LONG : line_read(reader);
        if (flaw != INSTANCE_FINE) {
            return flaw;
        }
    }
    if (!reader->has_header) {
        return INSTANCE_NO_HEADER;
    }
    return reader->pairs_read < reader->pairs ? INSTANCE_PAIRS_FEWER : INSTANCE_FINE;
}

InstanceFault instance_read(Arena *arena, Arena *scratch, const LinesSource *source,
                            AssignmentInstance *ret_instance) {
    Reader reader = {.arena = arena, .scratch = scratch, .lines = lines_new(scratch, source)};
    const InstanceFlaw flaw = lines_all_read(&reader);
    if (flaw != INSTANCE_FINE) {
        return (InstanceFault){.flaw = flaw, .line = reader.lines.line};
    }
    sum_counts(&reader);
    if (reader.scattered != NULL) {
        gather(&reader);
    }
    const uint64_t repeated = sort_rows(&reader);
    if (repeated != 0) {
        return (InstanceFault){.flaw = INSTANCE_PAIR_TWICE, .line = repeated};
    }
    for (uint32_t supporter = 0; supporter < reader.supporters; supporter++) {
        if (reader.capacity[supporter] == CAPACITY_UNSAID) {
            reader.capacity[supporter] = 1;
        }
    }
    *ret_instance = (AssignmentInstance){.families = reader.families,
                                         .supporters = reader.supporters,
                                         .capacity = reader.capacity,
                                         .first = reader.first,
                                         .supporter = reader.supporter,
                                         .weight = reader.weight};
    return (InstanceFault){.flaw = INSTANCE_FINE};
}
