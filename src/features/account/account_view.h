/* SPDX-License-Identifier: Apache-2.0 */
/* What the account pages show: filled by account_pages.c, drawn by account.html. */
#ifndef ACCOUNT_VIEW_H
#define ACCOUNT_VIEW_H

#include "account_sql.h"
#include "features/account/account.h"
#include "ui/ui.h"

typedef struct SignInPage {
    Layout layout;
    const Form *form;
} SignInPage;

typedef struct SignInLinkPage {
    Layout layout;
    Str token;
} SignInLinkPage;

typedef struct LeavePage {
    Layout layout;
} LeavePage;

typedef struct AccountPage {
    Layout layout;
    const Form *form; /* name and language */
    Options langs;
    ContactPointListRows points;
    SessionListRows sessions;
    Household household;
    PersonId actor;
    SessionId session; /* this browser's */
} AccountPage;

#endif
