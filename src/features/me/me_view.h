/* SPDX-License-Identifier: Apache-2.0 */
/* What a person's own page shows: filled by me_pages.c, drawn by me.html. */
#ifndef ME_VIEW_H
#define ME_VIEW_H

#include "features/account/account.h"
#include "features/match/match.h"
#include "features/program/program.h"
#include "me_sql.h"
#include "ui/ui.h"

typedef struct MePage {
    Layout layout;
    Str called;
    const Zone *zone;
    bool is_anything_waiting;
    bool has_anything; /* some of the lists below is not empty */
    MeInvitationsRows invitations;
    MeRequestsRows requests;
    MeRequestsRows progress; /* requests with an open question of progress */
    MeReceivedRows received;
    MeGivenRows given;
    MeEndedRows ended;
    MeOffersRows offers;
    Programs coordinated;
    Programs may_offer; /* where the person could walk with others; none for who has an offer already */
} MePage;

/* The day of a moment where the reader's clock hangs. */
static inline Date me_day(const MePage *page, Time time) {
    LocalTime local = calendar_local(time, page->zone->offset_us(page->zone, time));
    return local.date;
}

#endif
