/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a provider's form show: filled by provider_pages.c, drawn by provider.html. */
#ifndef PROVIDER_VIEW_H
#define PROVIDER_VIEW_H

#include "features/provider/provider.h"
#include "ui/ui.h"

/* What a program says of its form. */
typedef struct ProviderFormPage {
    Layout layout;
    const Form *form;
    ProgramId program;
    bool is_used;
} ProviderFormPage;

enum { SHEET_WITH, SHEET_READERS, SHEET_LINES, SHEET_FIELDS = SHEET_LINES + PROVIDER_HEADINGS_MOST };

/* The family's own page of it. */
typedef struct ProviderSheetPage {
    Layout layout;
    const Form *form;
    ProviderForm provider;
    Options readers;
    ProviderSheets earlier;
} ProviderSheetPage;

static inline Strs provider_titles(const ProviderForm *form) {
    return (Strs){.items = form->headings, .count = form->count};
}
static inline Strs provider_sheet_titles(const ProviderSheet *sheet) {
    return (Strs){.items = sheet->headings, .count = sheet->count};
}

#endif
