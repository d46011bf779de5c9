/* SPDX-License-Identifier: Apache-2.0 */
/* Someone who has been there offers to walk alongside others: what was lived, what is possible, and the
 * switch off.
 *
 * One offer a person and program. What stands in it are the program's own words, each with who may see it,
 * and the person's own lines; nowhere is a diagnosis asked for. What someone would rather not walk with is
 * confidential: only the person and the coordinators see it, and families never do, not even as a reason.
 * Who pays for walking along is a coordinator's word beside the person's own, and read by both.
 *
 * `standing` follows from load, capacity and pause, and is what lists look at: it is kept right by the
 * functions here, so whoever makes or ends a match, an invitation or an open list calls
 * offer_load_changed(). Only a cleared offer that is FREE is ever suggested.
 *
 * Processes keep what lists are made from in memory (features/pool). Every change of that goes through a
 * function here, which says so in the same transaction (offer_touched()). */
#ifndef OFFER_H
#define OFFER_H

#include "features/program/program.h"
#include "platform/scope.h"

typedef enum OfferStanding {
    OFFER_FREE = 1,
    OFFER_FULL = 2,
    OFFER_PAUSED = 3,
    OFFER_ENDED = 4
} OfferStanding;

typedef enum OfferItemKind {
    OFFER_LIVED = 1,      /* of LIST_EXPERIENCE, LIST_SYSTEM, and of LIST_AGE: the ages lived through */
    OFFER_SPEAKS = 2,     /* of LIST_LANGUAGE */
    OFFER_FREE_THEN = 3,  /* of LIST_TIME */
    OFFER_RATHER_NOT = 4, /* of LIST_EXPERIENCE and LIST_AGE; always for the coordinator only */
    OFFER_HAS = 5,        /* of LIST_ROLE, LIST_CHANNEL, LIST_REGION, LIST_CULTURE, LIST_GENDER; the list says
                             what it is. Of LIST_FUNDING only by offer_set_funding() */
} OfferItemKind;

typedef enum OfferAudience { OFFER_FOR_FAMILIES = 1, OFFER_FOR_COORDINATOR = 2 } OfferAudience;

typedef struct OfferItem {
    ListItemId item;
    OfferItemKind kind;
    OfferAudience audience;
} OfferItem;
typedef struct OfferItems {
    const OfferItem *items;
    size_t count;
} OfferItems;

/* What the person says. */
typedef struct OfferContent {
    ListItemId relation; /* of LIST_RELATION: as whom; 0: not said */
    Str about;           /* what families choosing read */
    int64_t capacity;    /* families at the same time, 1 to 50; 0: the program's default for volunteers */
    OfferItems items;    /* those not of this program, or not of a list that fits their kind, are dropped */
} OfferContent;

typedef struct Offer {
    OfferId id;
    ProgramId program;
    PersonId person;
    Str called;
    ListItemId relation;
    Str about;
    int64_t capacity;
    int64_t load;
    OfferStanding standing;
    Time paused_until; /* TIME_NONE: not paused, or until further notice */
    bool is_cleared;
    int64_t version;
    Time created_at;
} Offer;

/* Adds the offer of a person, not cleared. When there is one already, nothing is written and its id
 * returned. */
OfferId offer_add(const Scope *scope, Tx *tx, ProgramId program, PersonId person,
                  const OfferContent *content);

bool offer_find(const Scope *scope, OfferId id, Offer *ret_offer);
/* This person's offer in this program. */
bool offer_find_by_person(const Scope *scope, ProgramId program, PersonId person, OfferId *ret_id);
/* Its words, by kind and then by the program's order. */
OfferItems offer_items(const Scope *scope, OfferId id);

/* Takes out an offer that nobody was shown or invited to: for undoing a step that made it. One that
 * anything else points to is fail(FAIL_DATABASE). */
void offer_remove(Tx *tx, OfferId id);

typedef enum OfferResult {
    OFFER_DONE,
    OFFER_STALE, /* the form showed an older version; nothing was written */
} OfferResult;

/* Replaces what the person says. */
OfferResult offer_change(const Scope *scope, Tx *tx, OfferId id, int64_t version,
                         const OfferContent *content);

/* Gone from every list on the next look; walks and waiting invitations go on. TIME_NONE: until further
 * notice. */
void offer_pause(const Scope *scope, Tx *tx, OfferId id, Time until);
void offer_unpause(const Scope *scope, Tx *tx, OfferId id);
/* No more families after those of now. offer_unpause() takes it back. */
void offer_end(const Scope *scope, Tx *tx, OfferId id);
/* Training done and lived experience attested: may be listed. By a coordinator. */
OfferResult offer_set_cleared(const Scope *scope, Tx *tx, OfferId id, int64_t version, bool is_cleared);
/* Who pays for walking along: items of LIST_FUNDING, in place of those of before. By a coordinator. */
OfferResult offer_set_funding(const Scope *scope, Tx *tx, OfferId id, int64_t version,
                              const ListItemId *items, size_t count);
OfferResult offer_set_capacity(const Scope *scope, Tx *tx, OfferId id, int64_t version, int64_t capacity);

/* Counts running matches (state not ended), waiting invitations and the open lists that hold a place again,
 * and sets load and standing. */
void offer_load_changed(const Scope *scope, Tx *tx, OfferId id);

/* What a place with it is worth to those who wait, in points (MatchingOffer.price). Of the standing plan.
 */
void offer_set_price(Tx *tx, OfferId id, int64_t price);

/* Tells every process, from the commit on, that what it keeps of this offer is old. Only needed by who
 * changes the offer's rows without the functions here. */
void offer_touched(Tx *tx, OfferId id);

/* Ends the pauses whose day has come: for the calendar of the jobs process, every hour. */
void offer_wake(Scope *scope, Tx *tx);

#endif
