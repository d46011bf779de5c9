/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of one's toolbox show: filled by toolbox_pages.c, drawn by toolbox.html. */
#ifndef TOOLBOX_VIEW_H
#define TOOLBOX_VIEW_H

#include "features/toolbox/toolbox_shown.h"
#include "ui/ui.h"

/* The beginning of a sentence, to go on with. */
typedef struct ToolboxBeginning {
    int64_t number;
    Text words;
} ToolboxBeginning;
typedef struct ToolboxBeginnings {
    const ToolboxBeginning *items;
    size_t count;
} ToolboxBeginnings;

typedef struct ToolboxPage {
    Layout layout;
    ToolboxCardsShown cards;
    ToolboxBeginnings beginnings;
} ToolboxPage;

typedef struct ToolboxFormPage {
    Layout layout;
    const Form *form;
    Options kinds;
    ToolboxCardShown card; /* id 0: a new one */
} ToolboxFormPage;

#endif
