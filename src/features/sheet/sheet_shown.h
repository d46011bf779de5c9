/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of sheets as one reader may see them: opened for that reader (platform/http/part2.h). */
#ifndef SHEET_SHOWN_H
#define SHEET_SHOWN_H

#include "base/str.h"
#include "features/sheet/sheet.h"

typedef struct SheetLineShown {
    SheetId id;
    Str title;
    SheetKind kind;
    bool has_day;
    Date day;
    int64_t ideas; /* that wait, on pages of the sheet's person */
} SheetLineShown;
typedef struct SheetLinesShown {
    const SheetLineShown *items;
    size_t count;
} SheetLinesShown;

SheetLinesShown sheet_lines_shown(const Scope *scope, const Part2Notice *notice, SheetLines lines);

/* A sheet of the reader's for which somebody suggests questions. */
typedef struct SheetAskedShown {
    SheetId id;
    Str title;
    Str by_called;
    int64_t count;
} SheetAskedShown;
typedef struct SheetsAskedShown {
    const SheetAskedShown *items;
    size_t count;
} SheetsAskedShown;
SheetsAskedShown sheets_asked_shown(const Scope *scope);

#endif
