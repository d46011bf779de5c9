/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a new promise shows: filled by promise_pages.c, drawn by promise.html. */
#ifndef PROMISE_VIEW_H
#define PROMISE_VIEW_H

#include "features/promise/promise_shown.h"
#include "ui/ui.h"

typedef struct PromisePage {
    Layout layout;
    const Form *form;
    Match match;
    Str other_called;
    Options days;
} PromisePage;

#endif
