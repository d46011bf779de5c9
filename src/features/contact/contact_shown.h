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
    ContactSaids answers;
} ContactShown;
typedef struct ContactsShown {
    const ContactShown *items;
    size_t count;
} ContactsShown;

#endif
