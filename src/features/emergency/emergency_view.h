/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of emergency access show: filled by emergency_pages.c, drawn by emergency.html. */
#ifndef EMERGENCY_VIEW_H
#define EMERGENCY_VIEW_H

#include "emergency_sql.h"
#include "features/account/account.h"
#include "features/emergency/emergency.h"
#include "features/match/match.h"
#include "features/request/request.h"
#include "ui/ui.h"

typedef struct EmergencyStartPage {
    Layout layout;
    ProgramId program;
    Str program_name;
    const Form *form;
    Emergencies open; /* by the reader, and not over */
} EmergencyStartPage;

/* One request of the record that was opened. */
typedef struct EmergencyRequest {
    Request request;
    Str need;
    EmergencyWalksRows walks;
} EmergencyRequest;
typedef struct EmergencyRequests {
    const EmergencyRequest *items;
    size_t count;
} EmergencyRequests;

typedef struct EmergencyPage {
    Layout layout;
    Emergency emergency;
    EmergencyRequests requests;
    ContactPoints reach;
} EmergencyPage;

typedef struct EmergencyListPage {
    Layout layout;
    Emergencies all;
    bool tells_reason; /* to the person it is about, and to those who lead */
    const Form *form;  /* the person's answer */
    EmergencyId answering;
} EmergencyListPage;

#endif
