/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of an offer show: filled by offer_pages.c, drawn by offer.html. */
#ifndef OFFER_VIEW_H
#define OFFER_VIEW_H

#include "features/account/account.h"
#include "features/offer/offer.h"
#include "features/origin/origin.h"
#include "ui/ui.h"

/* Which of its readers looks at it. */
typedef enum OfferReader { OFFER_READ_BY_OWNER, OFFER_READ_BY_COORDINATOR, OFFER_READ_BY_FAMILY } OfferReader;

/* What the offer says in one list. */
typedef struct OfferFact {
    Text label;
    Strs words;
    bool is_quiet; /* for the coordinator only */
} OfferFact;
typedef struct OfferFacts {
    const OfferFact *items;
    size_t count;
} OfferFacts;

typedef struct OfferPage {
    Layout layout;
    OfferReader reader;
    Offer offer;
    Str relation; /* "" when not said */
    Strs lived;
    Strs ages;
    Strs lived_quietly; /* for the coordinator only */
    Strs speaks;
    Strs free_then;
    OfferFacts facts; /* of the other lists; nothing quiet for families */
    Strs rather_not;  /* never filled for families */
    Origin origin;    /* the list it came from, if it did; never filled for families */
    OriginLines origin_lines;
    ContactPoints reach; /* for the coordinator only */
    const Form *form;    /* the coordinator's: capacity */
    const Form *funding; /* the coordinator's: who pays */
    Options funding_options;
} OfferPage;

/* The public page where someone new begins. */
typedef struct OfferStartPage {
    Layout layout;
    Program program;
    const Form *form;
} OfferStartPage;

typedef struct OfferEditPage {
    Layout layout;
    const Form *form;
    ProgramId program;
    OfferId offer; /* 0: a new one */
    int64_t version;
    bool is_stale;
    Options relations;
    Options experiences;
    Options ages;
    Options languages;
    Options times;
    Options systems;
    Options roles;
    Options channels;
    Options regions;
    Options cultures;
    Options genders;
} OfferEditPage;

#endif
