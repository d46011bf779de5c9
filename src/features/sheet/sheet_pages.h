/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of getting ready share among themselves. */
#ifndef SHEET_PAGES_H
#define SHEET_PAGES_H

#include "features/sheet/sheet_view.h"

/* How the reader calls the sheet's person, and who walks with them. */
typedef struct SheetNames {
    Str person;
    Str giver;
    bool is_young; /* the sheet's person */
} SheetNames;

SheetShown sheet_shown(const Scope *scope, const Part2Notice *notice, const SheetNames *names,
                       const Sheet *sheet);
Str sheet_who_words(const Scope *scope, const SheetNames *names, SheetWho who);
/* The reader's own sheet; false: told them that it is not there. */
bool sheet_own(const Scope *scope, Reply *reply, Layout *layout, SheetId id, SheetShown *ret_shown);
/* Back to the sheet, or why not. */
void sheet_back(Post *post, SheetResult result, SheetId sheet, Text said);

#endif
