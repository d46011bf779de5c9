/* SPDX-License-Identifier: Apache-2.0 */
/* Counts a plan and its proof again, pair by pair. */
#include "matching/certificate.h"

static void flaw_at(CertificateVerdict *verdict, CertificateFlaw flaw, uint32_t family, uint32_t supporter) {
    verdict->flaw = flaw;
    verdict->family = family;
    verdict->supporter = supporter;
}

/* The number of the pair, or first[family + 1] where there is none. */
static uint32_t pair_of(const AssignmentInstance *instance, uint32_t family, uint32_t supporter) {
    uint32_t pair = instance->first[family];
    while (pair < instance->first[family + 1] && instance->supporter[pair] != supporter) {
        pair++;
    }
    return pair;
}

/* The plan alone: what it takes is there, is worth it, and nobody has more than there is room for. A sum of
 * 2^32 weights below 2^31 fits. */
static void check_plan(Arena *arena, const AssignmentInstance *instance, const uint32_t *partner,
                       CertificateVerdict *verdict) {
    uint32_t *taken = NEW_MANY(arena, instance->supporters, uint32_t);
    for (uint32_t family = 0; family < instance->families; family++) {
        const uint32_t supporter = partner[family];
        if (supporter == ASSIGNMENT_ALONE) {
            continue;
        }
        const uint32_t pair = pair_of(instance, family, supporter);
        if (pair == instance->first[family + 1]) {
            flaw_at(verdict, CERTIFICATE_NO_SUCH_PAIR, family, supporter);
            return;
        }
        if (instance->weight[pair] <= 0) {
            flaw_at(verdict, CERTIFICATE_WORTHLESS_PAIR, family, supporter);
            return;
        }
        if (taken[supporter] == instance->capacity[supporter]) {
            flaw_at(verdict, CERTIFICATE_OVER_CAPACITY, family, supporter);
            return;
        }
        taken[supporter]++;
        verdict->matched++;
        verdict->objective += instance->weight[pair];
    }
}

/* No value and no price below zero, and what they sum up to. */
static void check_sums(const AssignmentInstance *instance, const AssignmentPlan *plan,
                       CertificateVerdict *verdict) {
    int64_t dual = 0;
    for (uint32_t family = 0; family < instance->families; family++) {
        if (plan->family_value[family] < 0) {
            flaw_at(verdict, CERTIFICATE_BELOW_ZERO, family, ASSIGNMENT_ALONE);
            return;
        }
        if (__builtin_add_overflow(dual, plan->family_value[family], &dual)) {
            flaw_at(verdict, CERTIFICATE_OVERFLOW, family, ASSIGNMENT_ALONE);
            return;
        }
    }
    for (uint32_t supporter = 0; supporter < instance->supporters; supporter++) {
        int64_t worth = 0;
        if (plan->supporter_price[supporter] < 0) {
            flaw_at(verdict, CERTIFICATE_BELOW_ZERO, ASSIGNMENT_ALONE, supporter);
            return;
        }
        if (__builtin_mul_overflow(plan->supporter_price[supporter], (int64_t)instance->capacity[supporter],
                                   &worth) ||
            __builtin_add_overflow(dual, worth, &dual)) {
            flaw_at(verdict, CERTIFICATE_OVERFLOW, ASSIGNMENT_ALONE, supporter);
            return;
        }
    }
    verdict->dual = dual;
}

/* Every pair is covered: value + price >= weight, asked without a sum that could overflow. */
static void check_cover(const AssignmentInstance *instance, const AssignmentPlan *plan,
                        CertificateVerdict *verdict) {
    for (uint32_t family = 0; family < instance->families; family++) {
        const int64_t value = plan->family_value[family];
        for (uint32_t pair = instance->first[family]; pair < instance->first[family + 1]; pair++) {
            const uint32_t supporter = instance->supporter[pair];
            if (instance->weight[pair] - value > plan->supporter_price[supporter]) {
                flaw_at(verdict, CERTIFICATE_PAIR_UNCOVERED, family, supporter);
                return;
            }
        }
    }
}

CertificateVerdict certificate_check(Arena *arena, const AssignmentInstance *instance,
                                     const AssignmentPlan *plan) {
    CertificateVerdict verdict = {
        .flaw = CERTIFICATE_HOLDS, .family = ASSIGNMENT_ALONE, .supporter = ASSIGNMENT_ALONE};
    check_plan(arena, instance, plan->partner, &verdict);
    if (verdict.flaw == CERTIFICATE_HOLDS) {
        check_sums(instance, plan, &verdict);
    }
    if (verdict.flaw == CERTIFICATE_HOLDS) {
        check_cover(instance, plan, &verdict);
    }
    if (verdict.flaw == CERTIFICATE_HOLDS && verdict.objective != verdict.dual) {
        verdict.flaw = CERTIFICATE_GAP;
    }
    return verdict;
}
