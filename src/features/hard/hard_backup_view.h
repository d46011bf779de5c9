/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of who stands by show: filled by hard_backup_pages.c, drawn by hard_backup.html. */
#ifndef HARD_BACKUP_VIEW_H
#define HARD_BACKUP_VIEW_H

#include "features/account/account.h"
#include "features/hard/hard_backup.h"
#include "ui/ui.h"

enum { HARD_BACKUP_DO, HARD_BACKUP_SHARE, HARD_BACKUP_CONSENT, HARD_BACKUP_FIELDS };

/* The family's. */
typedef struct HardBackupPage {
    Layout layout;
    const Form *form;
    MatchId match;
    bool tells_coordinators; /* the family shares with those who coordinate */
    bool is_wished;
    bool has_backup;
    HardBackup backup;
    Options picks; /* what can be left out */
    Str words;     /* the consent, as it is read */
    Str hash;
} HardBackupPage;

/* Who coordinates names somebody. */
typedef struct HardNamePage {
    Layout layout;
    const Form *form;
    ProgramId program;
    MatchId match;
    Str called;
    Options candidates;
} HardNamePage;

/* Of whoever is asked, or stands by. */
typedef struct HardBackPage {
    Layout layout;
    HardBackup backup;
    bool stands; /* else asked: no name is shown */
    Date until;
    bool has_missed;
    Date missed_on;
    bool not_reach;
    ContactPoints reach;
    bool may_read_card;
} HardBackPage;

#endif
