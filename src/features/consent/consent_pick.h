/* SPDX-License-Identifier: Apache-2.0 */
/* The boxes by which a person says which items a consent carries: one of them each for what can be left out.
 * What is needed has no box. A form without boxes (nothing of it was on the page) picks all. */
#ifndef CONSENT_PICK_H
#define CONSENT_PICK_H

#include "features/consent/consent.h"
#include "ui/ui.h"

/* The values of a FIELD_SET field: of what is shared within the program, and of whatever can be shared. */
extern const char *const consent_pick_values[];
extern const char *const consent_pick_all[];

/* With what leaving each out means beside it, in the scope's language. */
Options consent_pick_options(const Scope *scope, ConsentTo to);
/* Ticks what these items have. */
void consent_pick_set(const Scope *scope, Form *form, size_t field, unsigned items);
/* What was ticked, and what is needed. */
unsigned consent_picked(const Form *form, size_t field, ConsentTo to);

#endif
