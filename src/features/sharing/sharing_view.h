/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of sharing show: filled by sharing_pages.c, drawn by sharing.html. */
#ifndef SHARING_VIEW_H
#define SHARING_VIEW_H

#include "features/sharing/sharing.h"
#include "sharing_sql.h"
#include "ui/ui.h"

/* One consent in sentences. */
typedef struct SharingLine {
    Consent consent;
    Str to;
    Strs names; /* who that is now, where a duty is named */
    Strs items;
    Text purpose;
    Str why; /* besides, in the person's own words; may be empty */
    Str until;
    Str how;
    Text state;
    Text stopping;   /* what stopping means, said before the tap; TEXT_NONE where there is no more to say */
    Text starting;   /* the same of starting again */
    Text ending;     /* that it ends soon, and what one tap does then */
    bool is_paper;   /* to an organization, and holds now: there is a page to hand over */
    Strs left_out;   /* what could be shared by it too */
    bool may_change; /* which items */
    bool may_stop;
    bool may_start; /* stopped or past its day, nothing newer in its place, and there is something to start */
    bool is_ending; /* within a month: it can go on with one tap */
    Str renewed;    /* the words as they would be given then */
    bool to_confirm; /* somebody wrote it down; the person has not read it here */
} SharingLine;
typedef struct SharingLines {
    const SharingLine *items;
    size_t count;
} SharingLines;

typedef struct SharingPage {
    Layout layout;
    SharingRequestsRows requests; /* about which something can be given to an organization */
    SharingLines confirm;         /* to be read and kept or stopped: on top */
    SharingLines now;
    SharingLines resting; /* can be started again */
    SharingLines before;  /* the rest of the ledger; what ended with a walk can be stopped there */
} SharingPage;

/* Which items one consent carries, to be changed. */
typedef struct SharingItemsPage {
    Layout layout;
    SharingLine line;
    const Form *form;
    Options picks;
    Str words;   /* as they read for what is ticked */
    Str hash;    /* of the words for all that can be shared, to come back with the form */
    Text always; /* what is said before what is needed */
    Strs needed;
} SharingItemsPage;

typedef struct SharingReceiptPage {
    Layout layout;
    SharingLine line;
    Str program;
    ConsentSigneds signatures;
} SharingReceiptPage;

#endif
