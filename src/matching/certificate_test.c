/* SPDX-License-Identifier: Apache-2.0 */
/* The checker of plans: one proof that holds, and for each flaw a plan that has it. */
#include "test/unit.h"

#include "matching/certificate.h"
#include "test/one_arena.h"

/* Two families want supporter 0, who has one place; family 1 also knows supporter 1. Family 2 has one pair
 * that is worth nothing. Best: family 0 with 0 (9), family 1 with 1 (4). */
static const uint32_t CAPACITY[] = {1, 2, 0};
static const uint32_t FIRST[] = {0, 1, 3, 4};
static const uint32_t SUPPORTER[] = {0, 0, 1, 2};
static const int32_t WEIGHT[] = {9, 7, 4, 0};
static const AssignmentInstance INSTANCE = {.families = 3,
                                            .supporters = 3,
                                            .capacity = CAPACITY,
                                            .first = FIRST,
                                            .supporter = SUPPORTER,
                                            .weight = WEIGHT};

typedef struct Written {
    uint32_t partner[3];
    int64_t value[3];
    int64_t price[3];
} Written;

static const Written PROVED = {{0, 1, ASSIGNMENT_ALONE}, {6, 4, 0}, {3, 0, 0}};

static CertificateVerdict judge(const AssignmentInstance *instance, const Written *written) {
    /* What a plan says of itself is all wrong here, and nobody listens. */
    const AssignmentPlan plan = {.partner = written->partner,
                                 .family_value = written->value,
                                 .supporter_price = written->price,
                                 .matched = 77,
                                 .objective = -5,
                                 .dual = 12,
                                 .is_proved = false};
    return certificate_check(arena, instance, &plan);
}

static void is_flawed(Written written, CertificateFlaw flaw, uint32_t family, uint32_t supporter) {
    const CertificateVerdict verdict = judge(&INSTANCE, &written);
    assert_int_equal(verdict.flaw, flaw);
    assert_int_equal(verdict.family, family);
    assert_int_equal(verdict.supporter, supporter);
}

static void a_proof_holds(void **state) {
    (void)state;
    const CertificateVerdict verdict = judge(&INSTANCE, &PROVED);
    assert_int_equal(verdict.flaw, CERTIFICATE_HOLDS);
    assert_int_equal(verdict.family, ASSIGNMENT_ALONE);
    assert_int_equal(verdict.supporter, ASSIGNMENT_ALONE);
    assert_int_equal(verdict.matched, 2);
    assert_int_equal(verdict.objective, 13);
    assert_int_equal(verdict.dual, 13);
    const Written also = {
        {0, 1, ASSIGNMENT_ALONE}, {4, 4, 0}, {5, 0, 1000}}; /* a place nobody has costs nothing */
    assert_int_equal(judge(&INSTANCE, &also).flaw, CERTIFICATE_HOLDS);
}

static void nothing_is_proved_by_nothing(void **state) {
    (void)state;
    const AssignmentInstance empty = {.first = FIRST};
    assert_int_equal(judge(&empty, &PROVED).flaw, CERTIFICATE_HOLDS);
    assert_int_equal(judge(&empty, &PROVED).dual, 0);
}

static void pairs_must_be_there(void **state) {
    (void)state;
    Written written = PROVED;
    written.partner[0] = 1;
    is_flawed(written, CERTIFICATE_NO_SUCH_PAIR, 0, 1);
    written.partner[0] = 3; /* nobody at all */
    is_flawed(written, CERTIFICATE_NO_SUCH_PAIR, 0, 3);
}

static void pairs_must_be_worth_a_place(void **state) {
    (void)state;
    Written written = PROVED;
    written.partner[2] = 2;
    is_flawed(written, CERTIFICATE_WORTHLESS_PAIR, 2, 2);
    const int32_t below[] = {9, 7, 4, -3};
    AssignmentInstance instance = INSTANCE;
    instance.weight = below;
    assert_int_equal(judge(&instance, &written).flaw, CERTIFICATE_WORTHLESS_PAIR);
}

static void places_must_be_free(void **state) {
    (void)state;
    Written written = PROVED;
    written.partner[1] = 0;
    is_flawed(written, CERTIFICATE_OVER_CAPACITY, 1, 0);
    const int32_t worth[] = {9, 7, 4, 1};
    AssignmentInstance instance = INSTANCE;
    instance.weight = worth;
    written = PROVED;
    written.partner[2] = 2; /* who takes nobody */
    assert_int_equal(judge(&instance, &written).flaw, CERTIFICATE_OVER_CAPACITY);
}

static void nothing_is_below_zero(void **state) {
    (void)state;
    Written written = PROVED;
    written.value[2] = -1;
    is_flawed(written, CERTIFICATE_BELOW_ZERO, 2, ASSIGNMENT_ALONE);
    written = PROVED;
    written.price[1] = -1;
    is_flawed(written, CERTIFICATE_BELOW_ZERO, ASSIGNMENT_ALONE, 1);
}

static void every_pair_is_covered(void **state) {
    (void)state;
    Written written = PROVED;
    written.value[1] = 3; /* 3 + 3 < 7 */
    is_flawed(written, CERTIFICATE_PAIR_UNCOVERED, 1, 0);
    written = PROVED;
    written.value[0] = 5;
    written.price[1] = 1; /* the sums agree, the cover does not */
    is_flawed(written, CERTIFICATE_PAIR_UNCOVERED, 0, 0);
}

static void there_is_no_gap(void **state) {
    (void)state;
    Written written = PROVED;
    written.value[0] = 7;
    is_flawed(written, CERTIFICATE_GAP, ASSIGNMENT_ALONE, ASSIGNMENT_ALONE);
    written = PROVED;
    written.partner[1] = ASSIGNMENT_ALONE;
    const CertificateVerdict verdict = judge(&INSTANCE, &written);
    assert_int_equal(verdict.flaw, CERTIFICATE_GAP);
    assert_int_equal(verdict.objective, 9);
    assert_int_equal(verdict.dual, 13);
}

static void sums_fit(void **state) {
    (void)state;
    Written written = PROVED;
    written.value[0] = INT64_MAX;
    is_flawed(written, CERTIFICATE_OVERFLOW, 1, ASSIGNMENT_ALONE);
    written = PROVED;
    written.price[1] = INT64_MAX; /* twice */
    is_flawed(written, CERTIFICATE_OVERFLOW, ASSIGNMENT_ALONE, 1);
    written = PROVED;
    written.price[0] = INT64_MAX;
    is_flawed(written, CERTIFICATE_OVERFLOW, ASSIGNMENT_ALONE, 0);
    /* The greatest weight against the greatest price: asked without adding them. */
    const int32_t great[] = {INT32_MAX, 7, INT32_MIN, 0};
    AssignmentInstance instance = INSTANCE;
    instance.weight = great;
    const Written covered = {{0, ASSIGNMENT_ALONE, ASSIGNMENT_ALONE}, {0, 0, 0}, {INT32_MAX, 0, 0}};
    assert_int_equal(judge(&instance, &covered).flaw, CERTIFICATE_HOLDS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_proof_holds, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(nothing_is_proved_by_nothing, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(pairs_must_be_there, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(pairs_must_be_worth_a_place, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(places_must_be_free, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(nothing_is_below_zero, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(every_pair_is_covered, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(there_is_no_gap, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(sums_fit, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
