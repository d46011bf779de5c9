/* SPDX-License-Identifier: Apache-2.0 */
/* Policies from any bytes: what is read is within the ranges that nothing can overflow in, and comes back. */
// needs: src/matching/policy.c src/matching/model.c
#include "matching/policy.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(4 << 20);
    const Str text = {.at = (const char *)data, .length = size};
    MatchingPolicy policy = {.hold_hours = -7};
    const PolicyFault fault = policy_read(text, &policy);
    if (fault.flaw != POLICY_FINE) {
        assert(policy.hold_hours == -7);
        assert(fault.flaw > POLICY_FINE && fault.flaw < POLICY_FLAW_COUNT);
    } else {
        const MatchingRequest request = {
            .waiting_days = INT64_MAX, .is_urgent = true, .is_in_floor_group = true};
        const int64_t value = policy_value(&policy, &request, POLICY_SCORE_MOST);
        assert(value >= 1 && value <= POLICY_VALUE_MOST);
        Buf buf = buf_new(arena, POLICY_TEXT_MOST);
        policy_write(&buf, &policy);
        MatchingPolicy again = {0};
        assert(policy_read(buf_str(&buf), &again).flaw == POLICY_FINE);
        Buf twice = buf_new(arena, POLICY_TEXT_MOST);
        policy_write(&twice, &again);
        assert(str_equal(buf_str(&buf), buf_str(&twice)));
    }
    arena_free(arena);
    return 0;
}
