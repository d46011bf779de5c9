/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of the safety card show: filled by card_pages.c, drawn by card.html. */
#ifndef CARD_VIEW_H
#define CARD_VIEW_H

#include "features/card/card.h"
#include "features/card/card_hours.h"
#include "features/provider/provider.h"
#include "ui/ui.h"

/* One of its five things, with what is written. */
typedef struct CardWords {
    Text title;
    Str words;
    bool is_kept;
} CardWords;
typedef struct CardWordsList {
    const CardWords *items;
    size_t count;
} CardWordsList;

/* A card as it is read: by its person, or by someone who is let. */
typedef struct CardPage {
    Layout layout;
    PersonId person;
    Card card;
    bool is_own;
    CardWordsList parts; /* those with something in them */
    Strs hours;          /* "Monday, Tuesday, 9:00 am to 2:00 pm" */
    Str clock;           /* whose clock they are meant by */
    Date written_on;
    ContactPoints points;
    Str must_tell;          /* what a supporter of the person's program must pass on */
    ProviderSheet provider; /* beside the card, where has_provider */
    bool has_provider;
    Str provider_form; /* on one's own card: the name of the form that the program uses; "": none */
} CardPage;

typedef struct CardVersions {
    const CardPage *items;
    size_t count;
} CardVersions;

typedef struct CardEarlierPage {
    Layout layout;
    CardVersions versions;
} CardEarlierPage;

typedef struct CardEditPage {
    Layout layout;
    const Form *form;
    Options kinds; /* of hours */
    Options days;
    Options zones;
    Options readers;
    Options parts; /* the five, to be kept */
    Options ways;  /* the person's own contact points */
    Str must_tell;
} CardEditPage;

/* Is something on it kept from this reader? */
static inline bool card_is_kept_in_part(const CardPage *page) {
    unsigned shown = 0;
    for (size_t at = 0; at < page->parts.count; at++) {
        shown += page->parts.items[at].is_kept ? 1 : 0;
    }
    return page->card.kept != 0 && !page->is_own && shown == 0;
}

/* ---- the form ---- */

enum {
    CARD_FIELD_WORDS, /* CARD_PARTS of them, in their order */
    CARD_FIELD_HOURS = CARD_FIELD_WORDS + CARD_PARTS,
    CARD_FIELD_UNSAFE = CARD_FIELD_HOURS + CARD_HOURS_FIELDS,
    CARD_FIELD_READERS,
    CARD_FIELD_KEPT,
    CARD_FIELD_PART2,
    CARD_FIELDS,
};

/* The actor's own card. */
Form card_form(const Scope *scope, const Card *card, ContactPoints points);
/* What was sent, checked; *ret_card is only whole when the form is valid. */
Form card_form_read(const Scope *scope, const Input *input, CardNew *ret_card);
void card_form_options(const Scope *scope, CardEditPage *page, Str zone, ContactPoints points);

Text card_part_hint(CardPart part);
/* The windows as sentences. */
Strs card_hours_words(const Scope *scope, const SafetyHours *hours);

#endif
