/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of one request as a picture with its table, for pages of their owner: progress_figure() of
 * progress.html draws it. */
#ifndef PROGRESS_FIGURE_H
#define PROGRESS_FIGURE_H

#include "features/progress/progress.h"
#include "ui/chart.h"

/* An answer as its owner reads it. */
typedef struct ProgressAnswer {
    Time at;
    int64_t value;
    ProgressOccasion occasion;
    Str words;
    bool is_part2;
} ProgressAnswer;
typedef struct ProgressAnswers {
    const ProgressAnswer *items;
    size_t count;
} ProgressAnswers;

typedef struct ProgressFigure {
    ProgressAnswers list;
    Chart chart;
} ProgressFigure;

/* Only for the person whose request it is: nobody else reads the answers. */
ProgressFigure progress_figure_of(const Scope *scope, RequestId request);

#endif
