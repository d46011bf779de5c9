/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of the question pages: their fields, and how answers go in and out of them. */
#ifndef ASK_FORM_PAGES_H
#define ASK_FORM_PAGES_H

#include "features/ask/ask.h"
#include "ui/ui.h"

enum { NEED_NEED, NEED_TALK, NEED_GO, NEED_FIELDS };
enum { ABOUT_RELATION, ABOUT_AGE, ABOUT_GO, ABOUT_FIELDS };
enum { HOPES_EXPERIENCES, HOPES_LANGUAGES, HOPES_MORE, HOPES_ANY, HOPES_GO, HOPES_FIELDS };
enum { SAFE_VOICEMAIL, SAFE_TEXT, SAFE_TIMES, SAFE_WHEN, SAFE_GO, SAFE_FIELDS };
enum { REACH_CALLED, REACH_REACH, REACH_GO, REACH_FIELDS };

/* A page with what was answered before. `step` is one of the pages with questions (not ASK_CHECK). */
Form ask_form(const Scope *scope, AskStep step, const AskAnswers *answers);
/* What was sent, with the rules that a single field cannot know. */
Form ask_form_read(const Scope *scope, AskStep step, const Input *input);
/* The visitor pressed Back: keep what was typed, whether or not it is complete. */
bool ask_form_goes_back(const Form *form);
/* Takes what was typed over into the answers. Items that are not of the program's lists are left out. */
void ask_form_take(const Scope *scope, AskStep step, const Form *form, AskAnswers *answers);

/* The items of a list as options; with `none`, a last one that says nothing was chosen. */
Options ask_options(const Scope *scope, ProgramId program, ListKind list, Text none);
Options ask_yes_no(const Scope *scope);
/* The choice between yes and no as it is kept. */
Safe ask_safe(const Form *form, size_t field);
/* Says beside the field that this is no way to reach anybody, unless it is empty and said so already. */
void ask_check_reach(Form *form, size_t field);

extern const char *const ask_yes_no_values[];

#endif
