/* SPDX-License-Identifier: Apache-2.0 */
/* Where a request or an offer came from, when it came from a list that a program kept before: the row in its
 * own words, and which of them were not understood.
 *
 * The person reads it as well: nothing is kept about somebody that they cannot see. */
#ifndef ORIGIN_H
#define ORIGIN_H

#include "platform/part2.h"
#include "platform/scope.h"

typedef struct Origin {
    bool is_there; /* it came from a list; otherwise nothing below is set */
    Str filename;
    Time taken_in_at;
    bool is_kept;        /* the person keeps some of it from this reader, so the words are empty */
    Part2Words original; /* "heading: cell" a line */
    Part2Words unparsed; /* the same, what was not understood; may be empty */
} Origin;

/* The same, opened and line by line. */
typedef struct OriginLines {
    Strs original;
    Strs unparsed;
} OriginLines;
OriginLines origin_lines(Arena *arena, Str original, Str unparsed);

Origin origin_of_request(const Scope *scope, RequestId request);
Origin origin_of_offer(const Scope *scope, OfferId offer);

#endif
