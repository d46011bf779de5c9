/* SPDX-License-Identifier: Apache-2.0 */
/* What a browser would send for the forms of a page: every form filled with what stands in it, and something
 * plausible where nothing does. Include test/unit.h first. */
#ifndef ACCESS_FORMS_H
#define ACCESS_FORMS_H

#include "base/str.h"

typedef struct FilledForm {
    Str action; /* the path it is sent to */
    Str body;   /* urlencoded, without token and once; may be empty, else begins with '&' */
} FilledForm;

typedef struct FilledForms {
    FilledForm items[64];
    size_t count;
} FilledForms;

/* Reads the POST forms of a page that one of our templates wrote; not a general HTML parser. */
void forms_fill(Arena *arena, Str page, FilledForms *ret_forms);

#endif
