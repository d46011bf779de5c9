/* SPDX-License-Identifier: Apache-2.0 */
/* What the first page and a program's own page show: filled by home_pages.c, drawn by home.html. */
#ifndef HOME_VIEW_H
#define HOME_VIEW_H

#include "features/program/program.h"
#include "ui/ui.h"

typedef struct HomePage {
    Layout layout;
    Programs programs;
    Said welcome; /* of the only program; none when there are several */
} HomePage;

typedef struct AboutPage {
    Layout layout;
    Program program;
    Said welcome;
    Said who;
    Said role;
    Said must_tell;
    Said reach;
} AboutPage;

#endif
