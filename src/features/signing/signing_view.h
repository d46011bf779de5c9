/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages about who signs show: filled by signing_pages.c, drawn by signing.html. */
#ifndef SIGNING_VIEW_H
#define SIGNING_VIEW_H

#include "features/program/program.h"
#include "features/signing/signing.h"
#include "ui/ui.h"

/* A rule in sentences. */
typedef struct SigningLine {
    SigningRule rule;
    Str where; /* "California: mental health care" */
    Str says;
    Str key;     /* its state as addresses write it */
    Str service; /* and its service */
} SigningLine;
typedef struct SigningLines {
    const SigningLine *items;
    size_t count;
} SigningLines;

typedef struct SigningListPage {
    Layout layout;
    Program program;
    SigningPlace place;
    Str place_words;    /* where and what, in words; "": not said */
    SigningLine follow; /* what is followed there */
    bool is_strictest;
    bool may_change; /* the reader leads the program */
    SigningLines lines;
    SigningLines strictest; /* what holds where nobody wrote a rule, by service */
    const Form *place_form;
    const Form *add_form;
    Options states;
    Options states_or_all;
    Options services;
    bool is_stale; /* the place was changed meanwhile */
    Str was;
} SigningListPage;

typedef struct SigningRulePage {
    Layout layout;
    Program program;
    Str where;
    Str key;
    Str service;
    SigningLine now;   /* what counts there */
    bool is_strictest; /* because nobody wrote a rule */
    bool is_own;       /* the program wrote it */
    bool is_stale;     /* somebody replaced it while this form was open */
    SigningLines before;
    const Form *form;
} SigningRulePage;

#endif
