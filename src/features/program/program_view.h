/* SPDX-License-Identifier: Apache-2.0 */
/* What the settings pages of a program show: filled by program_pages.c, drawn by program.html. */
#ifndef PROGRAM_VIEW_H
#define PROGRAM_VIEW_H

#include "features/program/program.h"
#include "ui/ui.h"

/* A line that leads to a page of settings. */
typedef struct SettingsLink {
    Str key; /* as it stands in the address */
    Text label;
    Str words; /* how it reads now; may be none */
} SettingsLink;
typedef struct SettingsLinks {
    const SettingsLink *items;
    size_t count;
} SettingsLinks;

/* All settings pages of one program. A page fills what it needs. */
typedef struct SettingsPage {
    Layout layout;
    Program program;
    Str changed; /* "Changed just now: ...", or none */
    SettingsLinks links;
    const Form *form;
    Str key;         /* of this text or list, as it stands in the address */
    Text label;      /* of this text or list */
    bool is_line;    /* the text is one line */
    Text sorry;      /* why nothing was changed, beside the form; or TEXT_NONE */
    Str was;         /* a mark of what the form showed, so that nobody is overwritten unseen */
    Str now_english; /* how the text reads now */
    Str now_spanish;
    ListItems items;
    ListItemId item;
    DutyHolders holders;
} SettingsPage;

typedef struct ClockRow {
    Text label;
    size_t amount; /* field */
    size_t unit;   /* field; the same as amount when it is a plain count */
    Str start;     /* what we start with, as a sentence */
} ClockRow;
typedef struct ClockRows {
    const ClockRow *items;
    size_t count;
} ClockRows;
typedef struct ClocksPage {
    Layout layout;
    Program program;
    Str changed;
    const Form *form;
    ClockRows rows;
    Options units;
} ClocksPage;

#endif
