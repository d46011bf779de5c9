/* SPDX-License-Identifier: Apache-2.0 */
/* Where a request or an offer came from, when it came from a list that a program kept before: the row in its
 * own words, and which of them were not understood.
 *
 * The person reads it as well: nothing is kept about somebody that they cannot see. */
#ifndef ORIGIN_H
#define ORIGIN_H

#include "platform/scope.h"

typedef struct Origin {
    bool is_there; /* it came from a list; otherwise nothing below is set */
    Str filename;
    Time taken_in_at;
    Strs original; /* "heading: cell" each */
    Strs unparsed; /* the same, what was not understood; may be none */
} Origin;

Origin origin_of_request(const Scope *scope, RequestId request);
Origin origin_of_offer(const Scope *scope, OfferId offer);

#endif
