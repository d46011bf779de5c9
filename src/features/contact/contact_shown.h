/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts as one reader may see them: what was written, opened for that reader (platform/http/part2.h). */
#ifndef CONTACT_SHOWN_H
#define CONTACT_SHOWN_H

#include "features/contact/contact.h"

typedef struct ContactSaid {
    ContactAnswerId id; /* of an answer beside a contact; 0: of nothing that can be kept */
    PersonId by;
    bool is_kept; /* between the two alone */
    Str words;
    Str by_called;
    Time at;
} ContactSaid;
typedef struct ContactSaids {
    const ContactSaid *items;
    size_t count;
} ContactSaids;
typedef struct ContactShown {
    Contact contact;
    Str line;
    Strs activities;
    ContactSaids answers;
} ContactShown;
typedef struct ContactsShown {
    const ContactShown *items;
    size_t count;
    bool has_flow;    /* both wish to notice what flowed each way, and the reader is one of them */
    Str other_called; /* for has_flow */
} ContactsShown;

/* What was done, opened for the page of this notice. */
struct Part2Notice;
Strs contact_activities_shown(const Scope *scope, const struct Part2Notice *notice, const Contact *contact,
                              PersonId receiver);

#endif
