/* SPDX-License-Identifier: Apache-2.0 */
/* What the first page and a program's own page show: filled by home_pages.c, drawn by home.html. */
#ifndef HOME_VIEW_H
#define HOME_VIEW_H

#include "features/program/program.h"
#include "ui/ui.h"

typedef struct HomePage {
    Layout layout;
    Programs programs;
    Str welcome; /* of the only program; empty when there are several */
} HomePage;

typedef struct AboutPage {
    Layout layout;
    Program program;
    Str welcome;
    Str who;
    Str role;
    Str must_tell;
    Str reach;
} AboutPage;

#endif
