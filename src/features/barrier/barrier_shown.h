/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the way as one reader may see it: opened for that reader (platform/http/part2.h). */
#ifndef BARRIER_SHOWN_H
#define BARRIER_SHOWN_H

#include "base/str.h"
#include "features/barrier/barrier.h"

typedef struct BarrierTryShown {
    BarrierTryId id;
    Str words;
    Str came_of;
    Date on;
} BarrierTryShown;
typedef struct BarrierTriesShown {
    const BarrierTryShown *items;
    size_t count;
} BarrierTriesShown;

typedef struct BarrierShown {
    BarrierId id;
    Str words;
    bool is_part2;
    bool is_gone;
    Date gone_on;
    BarrierTriesShown tries;
    Readers readers; /* on pages of its person */
} BarrierShown;
typedef struct BarriersShown {
    const BarrierShown *items;
    size_t count;
} BarriersShown;

BarriersShown barriers_shown(const Scope *scope, const Part2Notice *notice, Barriers barriers);

#endif
