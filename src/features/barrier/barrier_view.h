/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of what stands in the way show: filled by barrier_pages.c, drawn by barrier.html. */
#ifndef BARRIER_VIEW_H
#define BARRIER_VIEW_H

#include "features/barrier/barrier_shown.h"
#include "ui/ui.h"

typedef struct BarrierListPage {
    Layout layout;
    BarriersShown barriers;
} BarrierListPage;

typedef struct BarrierNewPage {
    Layout layout;
    const Form *form;
} BarrierNewPage;

typedef struct BarrierPage {
    Layout layout;
    BarrierShown barrier;
    const Form *form; /* one more try */
} BarrierPage;

typedef struct BarrierTryPage {
    Layout layout;
    BarrierId barrier;
    BarrierTryShown one;
    const Form *form; /* what came of it */
} BarrierTryPage;

#endif
