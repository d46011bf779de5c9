/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of passing something on shows: filled by passing_pages.c, drawn by passing.html. */
#ifndef PASSING_VIEW_H
#define PASSING_VIEW_H

#include "features/passing/passing_shown.h"
#include "ui/ui.h"

typedef struct PassingPage {
    Layout layout;
    const Form *form;
    Match match;
    Str must_tell;
    Options told;
} PassingPage;

#endif
