/* SPDX-License-Identifier: Apache-2.0 */
/* What was done with what is about a person, as that person reads it. me_openings_pages.c says it. */
#ifndef ME_OPENINGS_H
#define ME_OPENINGS_H

#include "features/audit/audit.h"

/* "opened your request" */
Str me_opening_words(const Words *words, const AuditOpening *opening);

/* The name of whoever works for the program, also as a supporter; of a family, only while it shares with who
 * reads. */
Str me_opening_who(const Scope *scope, const AuditOpening *opening);

#endif
