/* SPDX-License-Identifier: Apache-2.0 */
/* The time that somebody gives to others, month by month, beside what they want to give.
 *
 * It is there so that nobody burns out, and for the one who gives alone: nobody else reads the wish, nothing
 * is asked when it is passed, and no contact is refused for it. Time is what contacts that reached somebody
 * took; a contact with several people counts once. */
#ifndef HOURS_H
#define HOURS_H

#include "features/contact/contact.h"

enum { HOURS_MOST = 200, HOURS_MONTHS = 12 };

/* What the actor wants to give in a month, in hours; 0: they said nothing. */
int64_t hours_wish(const Scope *scope);
/* `hours`: 0 to HOURS_MOST; 0 takes it back. */
void hours_set_wish(const Scope *scope, Tx *tx, int64_t hours);
/* For whoever's record is erased. */
void hours_forget(Tx *tx, PersonId person);

typedef struct HoursMonth {
    Date first; /* its first day, where the actor's clock hangs */
    ContactTime time;
} HoursMonth;

/* This month so far. */
HoursMonth hours_month(const Scope *scope);

typedef struct HoursMonths {
    const HoursMonth *items;
    size_t count;
} HoursMonths;
/* This month and those before it, the newest first: as far back as something was logged, at most
 * HOURS_MONTHS. */
HoursMonths hours_months(const Scope *scope);

/* How it stands this month beside the wish. */
typedef enum HoursStanding {
    HOURS_UNSAID, /* there is no wish */
    HOURS_WITHIN, /* below nine tenths of it */
    HOURS_NEAR,   /* nine tenths and more: time to look who could share the load */
    HOURS_OVER,   /* more than that */
} HoursStanding;
/* The way there and back is part of what is given. */
HoursStanding hours_standing(ContactTime time, int64_t wish);

#endif
