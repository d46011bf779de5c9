/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of the question pages: their fields, and how answers go in and out of them. */
#ifndef ASK_FORM_PAGES_H
#define ASK_FORM_PAGES_H

#include "features/ask/ask.h"
#include "ui/ui.h"

enum { NEED_NEED, NEED_TALK, NEED_KEPT, NEED_PART2, NEED_GO, NEED_FIELDS };
enum { ABOUT_RELATION, ABOUT_AGE, ABOUT_GO, ABOUT_FIELDS };
enum { HOPES_EXPERIENCES, HOPES_LANGUAGES, HOPES_MORE, HOPES_ANY, HOPES_GO, HOPES_FIELDS };
enum {
    WISHES_ROLE,
    WISHES_ROLE_MUST,
    WISHES_CHANNEL,
    WISHES_CHANNEL_MUST,
    WISHES_SYSTEM,
    WISHES_REGION,
    WISHES_CULTURE,
    WISHES_CULTURE_MUST,
    WISHES_GENDER,
    WISHES_GENDER_MUST,
    WISHES_UNLIKE,
    WISHES_GO,
    WISHES_FIELDS
};
enum { SAFE_VOICEMAIL, SAFE_TEXT, SAFE_TIMES, SAFE_WHEN, SAFE_GO, SAFE_FIELDS };
enum { REACH_CALLED, REACH_REACH, REACH_GO, REACH_FIELDS };

/* The lists of ASK_WISHES, and where each stands in its form. */
typedef struct AskWishSet {
    ListKind list;
    size_t field;
    size_t must; /* "only ...": the switch that requires it; the same as field: there is none */
    Text label;
    Text only; /* what the switch says */
} AskWishSet;
enum { ASK_WISH_SETS = 6 };
extern const AskWishSet ask_wish_sets[ASK_WISH_SETS];
/* The lists with anything in them in which someone unlike oneself can be wished for. */
Options ask_unlike_options(const Scope *scope, ProgramId program);

/* A page with what was answered before. `step` is one of the pages with questions (not ASK_CHECK). */
Form ask_form(const Scope *scope, AskStep step, const AskAnswers *answers);
/* What was sent, with the rules that a single field cannot know. */
Form ask_form_read(const Scope *scope, AskStep step, const Input *input);
/* On ASK_HOPES, the visitor would say more about the person. */
bool ask_form_goes_to_wishes(const Form *form);
/* The visitor pressed Back: keep what was typed, whether or not it is complete. */
bool ask_form_goes_back(const Form *form);
/* Takes what was typed over into the answers. Items that are not of the program's lists are left out. */
void ask_form_take(const Scope *scope, AskStep step, const Form *form, AskAnswers *answers);

/* ---- pieces, for a form that asks some of it again (change_pages.c) ---- */

/* Those of ASK_WISHES; a form that begins with them can be filled and read by the next two. */
extern const Field ask_wishes_fields[WISHES_FIELDS];
void ask_form_set_wishes(const Scope *scope, Form *form, const AskAnswers *answers);
void ask_form_take_wishes(const Scope *scope, const Form *form, AskAnswers *answers);
void ask_form_set_ids(const Scope *scope, Form *form, size_t field, ItemIds ids);
/* What was chosen of a list of this program; 0: nothing. */
ListItemId ask_form_id(const Scope *scope, ProgramId program, ListKind list, const Form *form, size_t field);
ItemIds ask_form_ids(const Scope *scope, ProgramId program, ListKind list, const Form *form, size_t field);

/* The items of a list as options; with `none`, a last one that says nothing was chosen. */
Options ask_options(const Scope *scope, ProgramId program, ListKind list, Text none);
Options ask_yes_no(const Scope *scope);
/* The choice between yes and no as it is kept. */
Safe ask_safe(const Form *form, size_t field);
/* Says beside the field that this is no way to reach anybody, unless it is empty and said so already. */
void ask_check_reach(Form *form, size_t field);

extern const char *const ask_yes_no_values[];

#endif
