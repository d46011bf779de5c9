/* SPDX-License-Identifier: Apache-2.0 */
/* Reads plans and proofs of an instance. */
#include "matching/instance.h"

typedef struct Reader {
    const AssignmentInstance *instance;
    Lines lines;
    uint32_t *partner;
    int64_t *value;
    int64_t *price;
    bool *has_value; /* by family */
    bool *has_price; /* by supporter */
} Reader;

typedef InstanceFlaw LineRead(Reader *reader);

static InstanceFault read_all(Reader *reader, LineRead *read) {
    for (;;) {
        const LinesNext next = lines_next(&reader->lines);
        if (next == LINES_OVER) {
            return (InstanceFault){.flaw = INSTANCE_FINE};
        }
        InstanceFlaw flaw = next == LINES_TOO_LONG ? INSTANCE_LINE_LONG : read(reader);
        if (flaw == INSTANCE_FINE && !lines_ended(&reader->lines)) {
            flaw = INSTANCE_LINE_MALFORMED;
        }
        if (flaw != INSTANCE_FINE) {
            return (InstanceFault){.flaw = flaw, .line = reader->lines.line};
        }
    }
}

/* From 1 to `most` in the file, from 0 in ret_id. */
static InstanceFlaw take_id(Lines *lines, uint32_t most, InstanceFlaw flaw_if_unknown, uint32_t *ret_id) {
    uint64_t id = 0;
    const LinesNumber read = lines_whole(lines, most, &id);
    if (read != LINES_NUMBER || id == 0) {
        return read == LINES_NO_NUMBER ? INSTANCE_LINE_MALFORMED : flaw_if_unknown;
    }
    *ret_id = (uint32_t)id - 1;
    return INSTANCE_FINE;
}

static InstanceFlaw take_signed(Lines *lines, uint64_t most, int64_t *ret_number) {
    switch (lines_signed(lines, most, ret_number)) {
    case LINES_NO_NUMBER:
        return INSTANCE_LINE_MALFORMED;
    case LINES_TOO_GREAT:
        return INSTANCE_NUMBER_GREAT;
    case LINES_NUMBER:
        break;
    }
    return INSTANCE_FINE;
}

/* ---- plans ---- */

/* False when the instance has the pair with another weight. */
static bool is_weight(const AssignmentInstance *instance, uint32_t family, uint32_t supporter,
                      int64_t weight) {
    for (uint32_t pair = instance->first[family]; pair < instance->first[family + 1]; pair++) {
        if (instance->supporter[pair] == supporter) {
            return instance->weight[pair] == weight;
        }
    }
    return true;
}

static InstanceFlaw plan_line_read(Reader *reader) {
    const AssignmentInstance *instance = reader->instance;
    uint32_t family = 0;
    uint32_t supporter = 0;
    int64_t weight = 0;
    InstanceFlaw flaw = take_id(&reader->lines, instance->families, INSTANCE_FAMILY_UNKNOWN, &family);
    if (flaw == INSTANCE_FINE) {
        flaw = take_id(&reader->lines, instance->supporters, INSTANCE_SUPPORTER_UNKNOWN, &supporter);
    }
    if (flaw == INSTANCE_FINE) {
        flaw = take_signed(&reader->lines, INT32_MAX, &weight);
    }
    if (flaw != INSTANCE_FINE) {
        return flaw;
    }
    if (reader->partner[family] != ASSIGNMENT_ALONE) {
        return INSTANCE_FAMILY_TWICE;
    }
    if (!is_weight(instance, family, supporter, weight)) {
        return INSTANCE_OTHER_WEIGHT;
    }
    reader->partner[family] = supporter;
    return INSTANCE_FINE;
}

InstanceFault instance_read_plan(Arena *arena, Arena *scratch, const LinesSource *source,
                                 const AssignmentInstance *instance, const uint32_t **ret_partner) {
    Reader reader = {.instance = instance,
                     .lines = lines_new(scratch, source),
                     .partner = NEW_MANY(arena, instance->families, uint32_t)};
    memset(reader.partner, 0xFF, instance->families * sizeof *reader.partner);
    const InstanceFault fault = read_all(&reader, plan_line_read);
    *ret_partner = reader.partner;
    return fault;
}

/* ---- proofs ---- */

static InstanceFlaw proof_line_read(Reader *reader) {
    const AssignmentInstance *instance = reader->instance;
    const char letter = lines_letter(&reader->lines);
    if (letter != 'f' && letter != 's') {
        return INSTANCE_LINE_UNKNOWN;
    }
    const bool is_family = letter == 'f';
    uint32_t id = 0;
    int64_t number = 0;
    InstanceFlaw flaw = is_family
                            ? take_id(&reader->lines, instance->families, INSTANCE_FAMILY_UNKNOWN, &id)
                            : take_id(&reader->lines, instance->supporters, INSTANCE_SUPPORTER_UNKNOWN, &id);
    if (flaw == INSTANCE_FINE) {
        flaw = take_signed(&reader->lines, INT64_MAX, &number);
    }
    if (flaw != INSTANCE_FINE) {
        return flaw;
    }
    bool *is_known = is_family ? &reader->has_value[id] : &reader->has_price[id];
    if (*is_known) {
        return is_family ? INSTANCE_FAMILY_TWICE : INSTANCE_PRICE_TWICE;
    }
    *is_known = true;
    *(is_family ? &reader->value[id] : &reader->price[id]) = number;
    return INSTANCE_FINE;
}

InstanceFault instance_read_proof(Arena *arena, Arena *scratch, const LinesSource *source,
                                  const AssignmentInstance *instance, const int64_t **ret_family_value,
                                  const int64_t **ret_supporter_price) {
    Reader reader = {.instance = instance,
                     .lines = lines_new(scratch, source),
                     .value = NEW_MANY(arena, instance->families, int64_t),
                     .price = NEW_MANY(arena, instance->supporters, int64_t),
                     .has_value = NEW_MANY(scratch, instance->families, bool),
                     .has_price = NEW_MANY(scratch, instance->supporters, bool)};
    const InstanceFault fault = read_all(&reader, proof_line_read);
    *ret_family_value = reader.value;
    *ret_supporter_price = reader.price;
    return fault;
}
