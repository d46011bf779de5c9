/* SPDX-License-Identifier: Apache-2.0 */
/* What every page is made of: the layout around it, and the pieces that forms and lists share.
 *
 * No feature's words are in here. Templates call the components of ui.html; pages fill these structs. */
#ifndef UI_H
#define UI_H

#include "platform/http/page.h"
#include "platform/http/part2.h"

/* The frame of a page: head, the way home, language switch, leave control, status line, crisis lines. */
typedef struct Layout {
    Text title;      /* the page's own title, unless title_words says it */
    Str title_words; /* a title with arguments; none: use title */
    Str path;        /* for the language switch */
    Text said;       /* what just happened, or TEXT_NONE */
    Time now;        /* what happens after this moment is not on the page */
    bool is_signed_in;
    PersonId reader;    /* who is; a browser that keeps somebody else's data drops it (features/capture) */
    bool only_reads;    /* no form here, and none shown to this browser before: leaving is a link */
    bool has_error;     /* the form on this page has errors: the browser's title says so first */
    Part2Frame part2;   /* what must be said when such words stand on the page */
    bool is_wide;       /* a board or a table rather than a reading column */
    bool is_kept_along; /* from here a browser may offer to keep the program like an app */
} Layout;

/* The usual frame of this request. */
Layout layout_of(const Scope *scope, Reply *reply, Text title);
/* The same with a title of its own words. */
Layout layout_titled(const Scope *scope, Reply *reply, Str title);
/* Says of a page without a form of its own: whoever has left no trace here yet is given no cookie by it. */
void layout_only_reads(Layout *layout, const Scope *scope, const Reply *reply);

/* The first page: the one address that needs no route to be known. */
Url ui_home(void);

/* Something to choose from in a form. */
typedef struct Option {
    Str value;
    Str label;
    Str hint; /* may be none */
} Option;
typedef struct Options {
    const Option *items;
    size_t count;
} Options;

/* An id as the value of a choice: what form_has() and form_set_many() compare. */
Str ui_id_value(Arena *arena, int64_t id);

/* How big buttons stand: as many a row as fit; all in one row, for short words; two a row, for long ones. */
typedef enum ChoicesShape { CHOICES_PLAIN, CHOICES_ROW, CHOICES_PAIRS } ChoicesShape;

/* The interface's languages, each in its own name. */
Options ui_langs(Arena *arena);

/* Plain text of several lines, as paragraphs and lists: a line that starts with "- " belongs to a list. Lives
 * in the arena; empty lines are left out. */
typedef struct Block {
    bool is_list;
    Strs lines;
} Block;
typedef struct Blocks {
    const Block *items;
    size_t count;
} Blocks;
Blocks ui_blocks(Arena *arena, Str text);

/* ---- for ui.html ---- */

/* A field's error as links of the error summary need it. */
typedef struct FieldError {
    Str name;
    Text error;
} FieldError;
typedef struct FieldErrors {
    const FieldError *items;
    size_t count;
} FieldErrors;
FieldErrors form_errors(const Form *form);

static inline Str field_name(const Form *form, size_t field) {
    return str_of(form->fields[field].name);
}
static inline Text field_error(const Form *form, size_t field) {
    return form->values[field].error;
}
static inline Str field_autocomplete(const Form *form, size_t field) {
    return str_of(form->fields[field].autocomplete);
}
/* For maxlength; the server counts characters, browsers UTF-16 units, so a little is added. */
int64_t field_most(const Form *form, size_t field);
/* The address of the page that shows the other language. */
Url layout_lang_url(const Layout *layout, Arena *arena, Lang lang);

#endif
