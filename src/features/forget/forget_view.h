/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of forgetting shows: filled by forget_pages.c, drawn by forget.html. */
#ifndef FORGET_VIEW_H
#define FORGET_VIEW_H

#include "features/forget/forget.h"
#include "ui/ui.h"

typedef struct ForgetPage {
    Layout layout;
    ForgetState state;
    ForgetCounts counts;
} ForgetPage;

#endif
