/* SPDX-License-Identifier: Apache-2.0 */
/* Cards of a toolbox as one reader may see them: opened for that reader (platform/http/part2.h).
 * toolbox_pages.c fills it. */
#ifndef TOOLBOX_SHOWN_H
#define TOOLBOX_SHOWN_H

#include "base/str.h"
#include "features/toolbox/toolbox.h"

typedef struct ToolboxCardShown {
    ToolboxCardId id;
    Str words;
    bool is_part2;
    ToolboxKind kind;
    bool is_trial;
    Date made_on;
    Readers readers; /* on pages of the card's person */
} ToolboxCardShown;
typedef struct ToolboxCardsShown {
    const ToolboxCardShown *items;
    size_t count;
} ToolboxCardsShown;

ToolboxCardsShown toolbox_shown(const Scope *scope, const Part2Notice *notice, ToolboxCards cards);

#endif
