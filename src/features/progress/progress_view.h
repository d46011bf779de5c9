/* SPDX-License-Identifier: Apache-2.0 */
/* What shows a person's own progress: filled by progress_pages.c, drawn by progress.html. */
#ifndef PROGRESS_VIEW_H
#define PROGRESS_VIEW_H

#include "features/progress/progress_figure.h"
#include "ui/ui.h"

typedef struct ProgressPage {
    Layout layout;
    const Form *form;
    Options scale;
    RequestId request;
    ProgressFigure figure;
} ProgressPage;

#endif
