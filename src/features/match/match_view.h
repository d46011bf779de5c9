/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of invitation and agreement show: filled by match_pages.c, drawn by match.html. */
#ifndef MATCH_VIEW_H
#define MATCH_VIEW_H

#include "features/match/match.h"
#include "match_sql.h"
#include "ui/ui.h"

typedef struct InvitationPage {
    Layout layout;
    const Form *form;
    Invitation invitation;
    Request request;
    Str need;       /* opened for the person who is asked */
    Str hope_words; /* likewise */
    Str relation;   /* empty: not said */
    Str age;
    Strs wishes;
    Offer offer;
    Strs free_then;
    Strs rather_not;
} InvitationPage;

typedef struct AgreementPage {
    Layout layout;
    Match match;
    Str role;
    Str agreement;
    Str must_tell;
    bool gives;     /* the reader is the one who gives */
    bool may_agree; /* the reader is one of the two, and has not agreed yet */
    Date receiver_agreed_on;
    Date giver_agreed_on;
} AgreementPage;

#endif
