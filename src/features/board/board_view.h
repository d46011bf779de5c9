/* SPDX-License-Identifier: Apache-2.0 */
/* What the board shows: filled by board_pages.c, drawn by board.html. */
#ifndef BOARD_VIEW_H
#define BOARD_VIEW_H

#include "board_sql.h"
#include "features/debrief/debrief.h"
#include "features/hard/hard_backup.h"
#include "features/help/help.h"
#include "features/passing/passing.h"
#include "features/program/program.h"
#include "features/safety/safety.h"
#include "platform/backup/backup_past.h"
#include "ui/ui.h"

/* The lists of the board, in the order in which they are read. */
typedef enum BoardSection {
    BOARD_URGENT, /* requests, in whatever state; only on the board when there are any */
    BOARD_NEW,
    BOARD_TAKEN,
    BOARD_LISTED,
    BOARD_INVITED,
    BOARD_SILENT, /* matches without a first contact */
    BOARD_QUIET,  /* matches whose next contact is overdue */
    BOARD_CHECKINS,
    BOARD_FREE,
    BOARD_FULL,
    BOARD_PAUSED,
    BOARD_SECTIONS,
} BoardSection;

/* One list. Exactly one of the row sets is filled, by the section's kind; the others are empty. */
typedef struct BoardPanel {
    Str word; /* in addresses and as the panel's id */
    Text title;
    Text empty;
    int64_t count; /* no further than BOARD_COUNT_MOST */
    BoardRequestsRows requests;
    BoardMatchesRows matches;
    BoardCheckinsRows checkins;
    BoardOffersRows offers;
    Url more; /* the next page of this list; empty when this is all */
} BoardPanel;

typedef struct BoardPanels {
    const BoardPanel *items;
    size_t count;
} BoardPanels;

/* Counting goes no further than one screenful of a list: "25+" says what a coordinator needs to know. */
enum { BOARD_COUNT_MOST = 26 };

typedef struct BoardPage {
    int64_t emergencies;       /* records open because of an emergency now */
    int64_t kept;              /* families who share nothing with those who coordinate now */
    int64_t unsigned_count;    /* young people for whom a parent has to sign yet: none of it is shown */
    bool has_payer_notes;      /* the program writes notes that somebody signs off */
    int64_t ready;             /* words of hope to read, and wishes to answer */
    Helps helps;               /* who needs somebody from the program */
    PassingNewsList passed_on; /* what nobody of the program followed yet */
    Debriefs debriefs;         /* supporters who would like to talk */
    HardMisseds missed;        /* hard days on which nobody got through */
    HardWishes wishes;         /* who asks for somebody to stand by */
    Layout layout;
    Program program;
    Time now;
    BoardPanels panels;
    BackupStatus backups; /* of the whole board */
    bool is_whole;        /* the whole board, or one of its lists */
    bool is_bare;         /* nobody asked and nobody offered yet: what to begin with is shown */
    Str offers_at;        /* on a bare board: the address to give to people who have been there */
    Str families_at;      /* and the one to give to families */
} BoardPage;

static inline bool board_is_late(const BoardPage *page, Time due_at) {
    return !time_is_none(due_at) && time_is_before(due_at, page->now);
}

/* From when on this person may be reached, if not now; TIME_NONE: now is fine. */
static inline Time board_wait_until(const BoardPage *page, Str hours, Str zone) {
    return safety_at(hours, zone, page->now).not_before;
}

static inline bool board_comes_itself(const BoardPage *page, Str hours, Str zone) {
    return safety_at(hours, zone, page->now).kind == SAFETY_NOT_THIS_WAY;
}

#endif
