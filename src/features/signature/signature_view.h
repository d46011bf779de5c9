/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of the second signature show: filled by *_pages.c, drawn by signature.html. */
#ifndef SIGNATURE_VIEW_H
#define SIGNATURE_VIEW_H

#include "features/program/program.h"
#include "features/signature/signature.h"
#include "features/signing/signing.h"
#include "platform/qr/qr.h"
#include "ui/ui.h"

/* The link and the code in it, to be handed over. */
typedef struct SignatureLink {
    GuardianLink link;
    Str address;      /* the whole address */
    Str address_code; /* the page on which the code can be typed */
    Qr qr;
} SignatureLink;

/* Where a young person stands in one program. */
typedef struct SignatureMine {
    Program program;
    SigningNeed need;
    bool waits; /* a parent has to sign yet */
    bool has_link;
    SignatureLink link;
    bool was_refused; /* the last link was answered with no */
    Guardians guardians;
} SignatureMine;
typedef struct SignatureMines {
    const SignatureMine *items;
    size_t count;
} SignatureMines;

typedef struct SignatureGiven {
    Guardian guardian;
    Str program;
} SignatureGiven;
typedef struct SignatureGivens {
    const SignatureGiven *items;
    size_t count;
} SignatureGivens;

/* The page of both sides: who signs with me, and with whom I signed. */
typedef struct SignaturePage {
    Layout layout;
    SignatureMines mines;
    SignatureGivens givens;
} SignaturePage;

typedef struct SignCodePage {
    Layout layout;
    const Form *form;
} SignCodePage;

/* A parent's own part. */
typedef struct SignPage {
    Layout layout;
    Program program;
    Str code;
    Str called; /* the young person */
    Str words;  /* what is signed */
    Str hash;   /* of these words, to come back with the form */
    Strs shown; /* the request in the young person's words, where they show it */
    bool is_known;
    Str known_as;
    bool has_changed; /* the words have, while the page was open */
    const Form *form;
} SignPage;

/* For those who coordinate: who waits, without a name. */
typedef struct SignatureWaitPage {
    Layout layout;
    Program program;
    GuardianAskeds asked;
    const Form *form;
    bool has_link;
    SignatureLink link;
} SignatureWaitPage;

#endif
