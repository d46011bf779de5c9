/* SPDX-License-Identifier: Apache-2.0 */
/* A request as the matching engine reads it: what the family said, what was coded beside it, whom it is kept
 * apart from, whom it knows, and how long it waits. Keys and numbers; none of its words. */
#ifndef ASKED_H
#define ASKED_H

#include "features/request/request.h"
#include "matching/model.h"

/* Which side of a life a list speaks of. */
MatchingFacet asked_facet(ListKind list);

/* What the engine is asked for this request. Lives in the scope's arena. */
MatchingRequest asked_of(const Scope *scope, const Request *request);

#endif
