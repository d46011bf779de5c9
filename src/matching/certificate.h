/* SPDX-License-Identifier: Apache-2.0 */
/* Checks a plan against its proof without knowing how either was found: weights, capacities, and the three
 * lines of linear programming duality. Shares nothing with the solver but the shape of its input. */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include "matching/assignment.h"

typedef enum CertificateFlaw {
    CERTIFICATE_HOLDS,
    CERTIFICATE_NO_SUCH_PAIR,   /* a family is given someone it has no pair with */
    CERTIFICATE_WORTHLESS_PAIR, /* a pair of weight 0 or less was taken */
    CERTIFICATE_OVER_CAPACITY,
    CERTIFICATE_BELOW_ZERO,     /* a value or price below zero */
    CERTIFICATE_PAIR_UNCOVERED, /* value + price < weight */
    CERTIFICATE_GAP,            /* what the plan is worth is not what the proof allows */
    CERTIFICATE_OVERFLOW,       /* a sum that does not fit 64 bits */
} CertificateFlaw;

typedef struct CertificateVerdict {
    CertificateFlaw flaw;
    uint32_t family;    /* where, from 0; ASSIGNMENT_ALONE: no one family */
    uint32_t supporter; /* likewise */
    uint32_t matched;
    int64_t objective; /* counted again from the pairs */
    int64_t dual;      /* counted again from values and prices */
} CertificateVerdict;

/* `partner`, `family_value` and `supporter_price` as in an AssignmentPlan; what it says of itself is not
 * believed. The first flaw is told: pairs and places first, by family, then values, prices, cover and gap.
 * matched and objective are counted up to it. Takes 4 bytes a supporter from the arena. */
CertificateVerdict certificate_check(Arena *arena, const AssignmentInstance *instance,
                                     const AssignmentPlan *plan);

#endif
