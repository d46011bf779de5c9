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
    DutyHolders holders; /* coordinators */
    DutyHolders leaders;
    DutyHolders rescuers; /* who may open a record in an emergency */
    Options duties;
} SettingsPage;

/* What the program says on how much of one's own story to tell. */
typedef struct StoryPage {
    Layout layout;
    Program program;
    Said guide;
} StoryPage;

/* Whether anything of a list, those that are offered first, is offered. */
static inline bool settings_is_offered(ListItems items) {
    return items.count > 0 && !items.items[0].is_retired;
}

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

/* One duty on the page of how long it stays signed in. */
typedef struct SignInRule {
    Text label;
    size_t idle, longest; /* fields */
    DutySession now;
} SignInRule;
typedef struct SignInRules {
    const SignInRule *items;
    size_t count;
} SignInRules;
typedef struct SignInRulesPage {
    Layout layout;
    Program program;
    const Form *form;
    bool may_change;
    SignInRules rules;
    size_t grace; /* field */
    int64_t grace_us;
    DutyHolders holders; /* who may be signed out */
} SignInRulesPage;

typedef struct SignOutPage {
    Layout layout;
    Program program;
    const Form *form;
    PersonId person;
    Str called;
} SignOutPage;

#endif
