/* SPDX-License-Identifier: Apache-2.0 */
/* What a person's own page shows. */
#ifndef ME_VIEW_H
#define ME_VIEW_H

#include "ui/ui.h"

typedef struct MePage {
    Layout layout;
    Str called;
} MePage;

#endif
