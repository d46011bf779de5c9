/* SPDX-License-Identifier: Apache-2.0 */
/* The form of the log: for its page, and for what a phone kept of it until there was a signal. */
#ifndef CONTACT_FORM_H
#define CONTACT_FORM_H

#include "features/contact/contact.h"

typedef struct Form Form;
typedef struct Input Input;
/* The form with what can be chosen in it, for contact_log_questions() and contact_log_more() of
 * contact.html. */
typedef struct ContactQuestions ContactQuestions;

enum {
    CONTACT_LOG_OUTCOME,
    CONTACT_LOG_KIND,
    CONTACT_LOG_MINUTES,
    CONTACT_LOG_SUPPORT,
    CONTACT_LOG_LINE,
    CONTACT_LOG_WHEN,
    CONTACT_LOG_DAY,
    CONTACT_LOG_PART2,
    CONTACT_LOG_PROMISE,
    CONTACT_LOG_PROMISE_DAY,
    CONTACT_LOG_VENUE,
    CONTACT_LOG_TRAVEL,
    CONTACT_LOG_OTHERS,
    CONTACT_LOG_FLOW,
    CONTACT_LOG_DONE,
    CONTACT_LOG_FIELDS
};

/* What can be chosen, NULL behind the last: in the order of the enums of contact.h. */
enum { CONTACT_MINUTES = 5, CONTACT_TRAVELS = 5, CONTACT_SUPPORTS = 4 };
extern const char *const contact_outcomes[];
extern const char *const contact_kinds[];
extern const char *const contact_minutes[CONTACT_MINUTES + 1];
extern const char *const contact_venues[];
extern const char *const contact_travels[CONTACT_TRAVELS + 1];
extern const char *const contact_supports[CONTACT_SUPPORTS + 1];
extern const char *const contact_days[];
extern const char *const contact_flows[];

/* One of contact_flows; anything else: nothing was said. */
ContactFlow contact_flow_of(Str word);

/* Nothing answered yet but what is most often so. */
Form contact_log_empty(const Scope *scope);
/* The same to be drawn, about no walk in particular. */
const ContactQuestions *contact_questions_empty(const Scope *scope);
/* Reads what was answered at that moment, which is never ahead of now: "today" and "yesterday" are that
 * moment's. `ret_log` counts only when the form is valid. */
Form contact_log_read(const Scope *scope, const Match *match, const Input *input, Time written_at,
                      ContactLog *ret_log);

#endif
