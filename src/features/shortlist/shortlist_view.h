/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages around a shortlist show: filled by shortlist_pages.c and choose_pages.c, drawn by
 * shortlist.html. */
#ifndef SHORTLIST_VIEW_H
#define SHORTLIST_VIEW_H

#include "features/shortlist/shortlist.h"
#include "shortlist_sql.h"
#include "ui/ui.h"

/* A language in its own name. */
typedef struct LanguageBadge {
    Str words;
    Str tag; /* of html lang */
} LanguageBadge;
typedef struct LanguageBadges {
    const LanguageBadge *items;
    size_t count;
} LanguageBadges;

/* Someone on the list, as the family may see them. */
typedef struct ChooseCard {
    OfferId offer;
    Str called;
    Str relation; /* "" when not said */
    Str about;    /* may be empty */
    Strs lived;
    Strs also; /* what was lived and is not among the reasons */
    LanguageBadges speaks;
    Strs free_then;
    Strs says; /* whom they walk with, ways to talk, place, culture, gender: what is not among the reasons */
    Strs reasons; /* sentences */
} ChooseCard;
typedef struct ChooseCards {
    const ChooseCard *items;
    size_t count;
} ChooseCards;

typedef struct ChoosePage {
    Layout layout;
    Request request;
    ChooseCards cards;
    int64_t hidden;   /* on the list, and not free just now */
    bool is_open;     /* a list is with the family */
    bool is_older;    /* than what the family wishes now */
    Str asked_called; /* who is asked now; none: nobody */
    Str asked_words;  /* "another time": when */
    Text standing;
    Str next;
    const Form *unlike;
    Options unlike_lists;
} ChoosePage;

typedef struct ChooseOnePage {
    Layout layout;
    Request request;
    ChooseCard card;
    Str role; /* what such a person does */
    Str must_tell;
    Str consent;      /* what is shared by choosing, in the words that are kept */
    const Form *form; /* what of it is left out */
    Options picks;
    Str consent_hash; /* of these words, to come back with the form */
} ChooseOnePage;

/* For the coordinator: who would be on a list made now, and what keeps others off it. */
typedef struct PreviewReason {
    Str words;
    int64_t points;
    bool is_against;
} PreviewReason;
typedef struct PreviewReasons {
    const PreviewReason *items;
    size_t count;
} PreviewReasons;
typedef struct PreviewCard {
    OfferId offer;
    Str called;
    Str relation;
    int64_t load;
    int64_t capacity;
    int64_t score;
    int64_t price;   /* points taken off for the order: what the place is worth to others who wait */
    int64_t penalty; /* ... and for those who look at it already */
    bool is_planned; /* the standing plan has this person for this family */
    PreviewReasons reasons;
} PreviewCard;
typedef struct PreviewCards {
    const PreviewCard *items;
    size_t count;
} PreviewCards;
typedef struct PreviewRule {
    Text rule;
    int64_t removed;
    int64_t opens;
} PreviewRule;
typedef struct PreviewRules {
    const PreviewRule *items;
    size_t count;
} PreviewRules;

typedef struct PreviewPage {
    Layout layout;
    Request request;
    PreviewCards cards;
    PreviewRules rules;
    int64_t fitting;
    bool is_short;
    Str policy;
} PreviewPage;

typedef struct ToldPage {
    Layout layout;
    Request request;
    const Form *form;
    Options answers;
} ToldPage;

/* The cards of the newest list that are still to choose from, and how many are not free just now. */
ChooseCards choose_cards(const Scope *scope, const Request *request, const Part2Notice *notice,
                         size_t *ret_hidden);

#endif
