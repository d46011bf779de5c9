/* SPDX-License-Identifier: Apache-2.0 */
/* A provider's own safety form, where a program has one. It stands beside the family's safety card and
 * never replaces it: nothing of it changes when and how a family is reached.
 *
 * The program types the form's name, its headings, who fills it in and when it is looked at again; none
 * comes with this program. The family fills it in on its own page, together with the provider, and says who
 * else may read it. Every version of both is kept, and a filled form keeps the headings it was filled in
 * under. */
#ifndef PROVIDER_H
#define PROVIDER_H

#include "features/program/program.h"
#include "platform/scope.h"

enum { PROVIDER_HEADINGS_MOST = 12, PROVIDER_HEADING_MOST = 120, PROVIDER_LINE_MOST = 1000 };

typedef struct ProviderForm {
    ProviderFormId id; /* 0: the program never had one */
    ProgramId program;
    Str name;
    Str filled_by; /* who fills it in, in the program's words */
    int64_t review_days;
    Str headings[PROVIDER_HEADINGS_MOST];
    size_t count; /* 0: the program uses none now */
} ProviderForm;

/* The program's form as it stands; count 0 when it uses none. */
ProviderForm provider_form_find(const Scope *scope, ProgramId program);
/* The form of the program that the person asked last. */
ProviderForm provider_form_for(const Scope *scope, PersonId person);
/* Another version; without headings the program uses none from now on. What was filled in stays. */
void provider_form_write(const Scope *scope, Tx *tx, const ProviderForm *form);

/* One filled form: words under the headings of its version. */
typedef struct ProviderSheet {
    ProviderSheetId id; /* 0: none was filled in */
    int64_t version;
    Str name;
    Time at;
    Time review_at;
    Lang lang;
    Str with; /* whom it was filled in with */
    bool for_giver;
    bool for_coordinator;
    Str headings[PROVIDER_HEADINGS_MOST];
    Str lines[PROVIDER_HEADINGS_MOST];
    size_t count;
} ProviderSheet;
typedef struct ProviderSheets {
    const ProviderSheet *items;
    size_t count;
} ProviderSheets;

/* The newest one of this person that the actor may read: the person always; whoever walks with them and
 * those who coordinate only if the person lets them. The caller has seen that the safety card itself is let
 * to the actor. */
bool provider_sheet_find(const Scope *scope, PersonId person, ProviderSheet *ret_sheet);
/* All of the actor's own, the newest first; at most 20. */
ProviderSheets provider_sheets(const Scope *scope);
/* The actor fills it in anew: lines, with whom, and readers. */
void provider_sheet_write(const Scope *scope, Tx *tx, const ProviderForm *form, const ProviderSheet *sheet);

#endif
