/* SPDX-License-Identifier: Apache-2.0 */
/* What was picked to go along, as one reader may see it (platform/http/part2.h). carry_pages.c fills it. */
#ifndef CARRY_SHOWN_H
#define CARRY_SHOWN_H

#include "base/str.h"
#include "features/carry/carry.h"

typedef struct CarryMessageShown {
    Str words;
    Date on;
} CarryMessageShown;
typedef struct CarryMessagesShown {
    const CarryMessageShown *items;
    size_t count;
} CarryMessagesShown;

typedef struct CarryShown {
    bool is_there;
    bool is_new; /* to who reads it */
    Str words;
    CarryMessagesShown messages;
} CarryShown;

CarryShown carry_shown(const Scope *scope, const Part2Notice *notice, const Carry *carry);

#endif
