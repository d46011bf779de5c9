/* SPDX-License-Identifier: Apache-2.0 */
/* Instances, plans and proofs as text, one record a line, numbered from 1 there and from 0 here:
 *
 *     c comment
 *     p bm FAMILIES SUPPORTERS PAIRS
 *     s SUPPORTER CAPACITY            (missing: 1; 0: takes nobody)
 *     e FAMILY SUPPORTER WEIGHT       (at most 2^31-1; 0 or less: never worth a place)
 *
 * The p line comes first, the others in any order, and there are PAIRS lines that begin with e. A plan is
 * lines `FAMILY SUPPORTER WEIGHT`, a proof is lines `f FAMILY VALUE` and `s SUPPORTER PRICE` (missing: 0).
 * lines.h says how lines look.
 *
 * Whatever the bytes are, reading them ends with an instance or with the first fault; of repeated pairs,
 * those in families whose lines are scattered over the file are told last. The order of lines does not
 * matter: rows come out by rising supporter. */
#ifndef INSTANCE_H
#define INSTANCE_H

#include "base/str.h"
#include "matching/assignment.h"
#include "matching/lines.h"
#include "matching/records.h"

enum {
    INSTANCE_PEOPLE_MOST = 1 << 24, /* of each side */
    INSTANCE_PAIRS_MOST = 1 << 30,
};

typedef enum InstanceFlaw {
    INSTANCE_FINE,
    INSTANCE_LINE_LONG,      /* over LINES_BYTES_MOST */
    INSTANCE_LINE_UNKNOWN,   /* begins with no letter that may stand there */
    INSTANCE_LINE_MALFORMED, /* a number is missing or is none, or there is a word too many */
    INSTANCE_NUMBER_GREAT,   /* a weight or capacity over 2^31-1, a value over 2^63-1 */
    INSTANCE_NO_HEADER,      /* something before the p line, or no line at all */
    INSTANCE_HEADER_TWICE,
    INSTANCE_HEADER_GREAT,      /* more people or pairs than this program takes */
    INSTANCE_FAMILY_UNKNOWN,    /* not from 1 to what the p line says */
    INSTANCE_SUPPORTER_UNKNOWN, /* likewise */
    INSTANCE_SUPPORTER_TWICE,   /* two s lines */
    INSTANCE_PAIR_TWICE,
    INSTANCE_PAIRS_MORE,   /* more e lines than the p line says */
    INSTANCE_PAIRS_FEWER,  /* fewer; told of the p line when the file is too short to hold them, else of the
                                   last */
    INSTANCE_FAMILY_TWICE, /* a plan gives a family two partners, or a proof two values */
    INSTANCE_PRICE_TWICE,  /* a proof gives a supporter two prices */
    INSTANCE_OTHER_WEIGHT, /* a plan tells another weight than the instance */
    INSTANCE_FLAW_COUNT,
} InstanceFlaw;

typedef struct InstanceFault {
    InstanceFlaw flaw;
    uint64_t line; /* from 1; 0: there is none */
} InstanceFault;

/* ---- reading ---- */

/* The instance lives in the arena, 8 bytes a pair and 4 a person; scratch holds what is needed meanwhile
 * (16 bytes a pair when the families' lines are scattered, little otherwise). On a fault ret_instance is
 * not touched. */
InstanceFault instance_read(Arena *arena, Arena *scratch, const LinesSource *source,
                            AssignmentInstance *ret_instance);

/* A plan for an instance: its partner, by family, in the arena. Pairs that the instance does not have are
 * taken as they are; certificate.h finds them. */
InstanceFault instance_read_plan(Arena *arena, Arena *scratch, const LinesSource *source,
                                 const AssignmentInstance *instance, const uint32_t **ret_partner);

/* A proof: values and prices, any int64, in the arena. */
InstanceFault instance_read_proof(Arena *arena, Arena *scratch, const LinesSource *source,
                                  const AssignmentInstance *instance, const int64_t **ret_family_value,
                                  const int64_t **ret_supporter_price);

/* ---- writing ---- */

/* What instance_read() reads as the same instance; `comment`, one line or STR_NONE, is told first. */
void instance_write(Arena *scratch, const RecordsSink *sink, const AssignmentInstance *instance, Str comment);
/* The pairs of a plan, by family. */
void instance_write_plan(Arena *scratch, const RecordsSink *sink, const AssignmentInstance *instance,
                         const uint32_t *partner);
/* All values and prices, also those that are 0. */
void instance_write_proof(Arena *scratch, const RecordsSink *sink, const AssignmentInstance *instance,
                          const int64_t *family_value, const int64_t *supporter_price);

#endif
