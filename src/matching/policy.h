/* SPDX-License-Identifier: Apache-2.0 */
/* A policy as a text that people can read, sign and keep: one `name value` a line, `#` for a comment.
 *
 *     policy plain-4
 *     method best-sum                                             (or no-envy)
 *     experience rule common first 60 chosen 60 coded 20          (rule free, if-said or common)
 *     language rule common first 15 chosen 5 coded 0
 *     known 30
 *     listed-penalty 8
 *     fit 4
 *     day 4
 *     urgent 40
 *     hold-hours 72
 *
 * There is no line for the `floor` bonus of model.h: who is of a group would have to be said somewhere, and
 * no page says it. Only a caller of the engine that knows groups sets it; a policy that is read has 0.
 *
 * Lines in any order, every line at most once. A facet that is not named has rule free and no points; all
 * other lines must be there. Words stand apart by spaces or tabs, lines end with LF or CR LF. What is read
 * and written again is the same text, but for comments, blanks and order; a policy that was written reads
 * as the same policy.
 *
 * **Nothing can overflow.** All points of a policy are 0 to 1,000 (POLICY_POINTS_MOST). A request has at
 * most POLICY_WISHES_MOST = 200 wishes, each gives its points at most once, and `known` once more:
 *     |score| <= 201 x 1,000 = 201,000
 * and with fit <= 100, at most 36,500 days of at most 1,000 each, and bonuses of at most 100,000 each,
 *     value = score x fit + days x day + urgent + floor <= 20,100,000 + 36,500,000 + 200,000 < 2^26.
 * Points, scores and values thus fit int32, and the sum over 2^32 families fits int64 (58 of 63 bits).
 *
 * **Days are never capped, and the lottery still fits beside them.** Weights of the solver have 31 bits.
 * With `bits` of lottery below the value a weight is value x 2^bits + lot < (greatest value of the run +
 * 1) x 2^bits: policy_lot_bits() gives the most bits, up to 16, for which that fits. All 16 remain while
 * no value of the run passes 32,767 (at 4 points a day that is 22 years of waiting) and never fewer than
 * 5, so that values are always exact, in full order and at full distance; only ties of a run that holds
 * absurd values are drawn from fewer lots. Capping the days instead would bring back what uncapped days
 * are for (families of a small language waited twice as long); shifting all values by the same amount
 * would change who is worth a place beside staying alone at 0. */
#ifndef POLICY_H
#define POLICY_H

#include "base/buf.h"
#include "matching/model.h"

enum {
    POLICY_TEXT_MOST = 65536, /* bytes */
    POLICY_NAME_MOST = 64,
    POLICY_POINTS_MOST = 1000,  /* a facet's first, chosen and coded; known; listed-penalty; day */
    POLICY_FIT_MOST = 100,      /* fit: 1 to this, so that a price in values can be told in points */
    POLICY_BONUS_MOST = 100000, /* urgent; floor where it is set */
    POLICY_HOURS_MOST = 8760,   /* hold-hours: 1 to a year */
    POLICY_WISHES_MOST = 200,
    POLICY_DAYS_MOST = 36500,
    POLICY_SCORE_MOST = (POLICY_WISHES_MOST + 1) * POLICY_POINTS_MOST,
    POLICY_VALUE_MOST =
        POLICY_SCORE_MOST * POLICY_FIT_MOST + POLICY_DAYS_MOST * POLICY_POINTS_MOST + 2 * POLICY_BONUS_MOST,
    POLICY_LOT_BITS_MOST = 16,
    POLICY_LOT_BITS_LEAST = 5,
};

typedef enum PolicyFlaw {
    POLICY_FINE,
    POLICY_TOO_LONG,     /* over 64 KiB */
    POLICY_LINE_UNKNOWN, /* a line that begins with no known word */
    POLICY_LINE_TWICE,
    POLICY_NUMBER_BAD, /* no number, or not in its range */
    POLICY_WORD_BAD,   /* no known rule or method; no name of 1 to 64 of a-z 0-9 - . ; a word too many */
    POLICY_LINE_MISSING,
    POLICY_NOTHING_SCORES, /* no facet has points: everyone would be the same */
    POLICY_FLAW_COUNT,
} PolicyFlaw;

typedef struct PolicyFault {
    PolicyFlaw flaw;
    size_t line; /* from 1; 0: the text as a whole */
    Str word;    /* what was not understood (empty: the line ended there), or the name of the line that is
                    unknown, missing or there twice; points into the text or is a constant */
} PolicyFault;

/* Reads a policy; its name points into the text, which may hold any bytes. On a fault ret_policy is not
 * touched. The first fault in the text is told; what the text as a whole lacks, only when every line is
 * fine. */
PolicyFault policy_read(Str text, MatchingPolicy *ret_policy);
/* Writes it, one line a rule, in a fixed order, facets of rule free and no points left out. The policy
 * must be one that policy_read() could give. */
void policy_write(Buf *buf, const MatchingPolicy *policy);

/* The word of a facet, as policies name it: "experience". */
Str policy_facet_word(MatchingFacet facet);

/* ---- what a pair weighs in a plan ---- */

/* score x fit + days x day + urgent + floor, from 1 to POLICY_VALUE_MOST, for a request of at most
 * POLICY_WISHES_MOST wishes. Never below 1: two whom no rule
 * keeps apart are always worth a free place, also when the family asked for someone unlike itself and the
 * points are below zero. Days past POLICY_DAYS_MOST count as that many. */
int64_t policy_value(const MatchingPolicy *policy, const MatchingRequest *request, int64_t score);

/* How many bits of lottery fit below values of which `greatest` (0 to POLICY_VALUE_MOST) is the greatest
 * of the run; POLICY_LOT_BITS_LEAST to POLICY_LOT_BITS_MOST. */
unsigned policy_lot_bits(int64_t greatest);

#endif
