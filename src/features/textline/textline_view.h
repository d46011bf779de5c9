/* SPDX-License-Identifier: Apache-2.0 */
/* What the page about living on texts shows: filled by textline_pages.c, drawn by textline.html. */
#ifndef TEXTLINE_VIEW_H
#define TEXTLINE_VIEW_H

#include "features/textline/textline.h"
#include "ui/ui.h"

typedef struct TextlinePage {
    Layout layout;
    bool has_phone;  /* one of theirs to which texts are safe */
    Str number;      /* to write to */
    Time open_since; /* TIME_NONE: not open */
} TextlinePage;

#endif
