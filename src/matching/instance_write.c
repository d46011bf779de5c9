/* SPDX-License-Identifier: Apache-2.0 */
/* Writes instances, plans and proofs. */
#include "matching/instance.h"

#include <assert.h>

void instance_write(Arena *scratch, const RecordsSink *sink, const AssignmentInstance *instance,
                    Str comment) {
    Records records = records_new(scratch, sink);
    if (!str_is_none(comment)) {
        assert(!str_contains(comment, STR("\n")));
        sink->write(sink->context, str_print(scratch, "c %.*s\n", STR_ARGS(comment)));
    }
    sink->write(sink->context, str_print(scratch, "p bm %u %u %u\n", instance->families, instance->supporters,
                                         instance->first[instance->families]));
    for (uint32_t supporter = 0; supporter < instance->supporters; supporter++) {
        if (instance->capacity[supporter] != 1) {
            records_line(&records, 's', 2,
                         (int64_t[]){supporter + INT64_C(1), instance->capacity[supporter]});
        }
    }
    for (uint32_t family = 0; family < instance->families; family++) {
        for (uint32_t pair = instance->first[family]; pair < instance->first[family + 1]; pair++) {
            records_line(&records, 'e', 3,
                         (int64_t[]){family + INT64_C(1), instance->supporter[pair] + INT64_C(1),
                                     instance->weight[pair]});
        }
    }
    records_flush(&records);
}

void instance_write_plan(Arena *scratch, const RecordsSink *sink, const AssignmentInstance *instance,
                         const uint32_t *partner) {
    Records records = records_new(scratch, sink);
    for (uint32_t family = 0; family < instance->families; family++) {
        for (uint32_t pair = instance->first[family]; pair < instance->first[family + 1]; pair++) {
            if (instance->supporter[pair] == partner[family]) {
                const int64_t numbers[] = {family + INT64_C(1), partner[family] + INT64_C(1),
                                           instance->weight[pair]};
                records_line(&records, 0, 3, numbers);
            }
        }
    }
    records_flush(&records);
}

void instance_write_proof(Arena *scratch, const RecordsSink *sink, const AssignmentInstance *instance,
                          const int64_t *family_value, const int64_t *supporter_price) {
    Records records = records_new(scratch, sink);
    for (uint32_t family = 0; family < instance->families; family++) {
        records_line(&records, 'f', 2, (int64_t[]){family + INT64_C(1), family_value[family]});
    }
    for (uint32_t supporter = 0; supporter < instance->supporters; supporter++) {
        records_line(&records, 's', 2, (int64_t[]){supporter + INT64_C(1), supporter_price[supporter]});
    }
    records_flush(&records);
}
