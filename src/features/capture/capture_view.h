/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages around a phone without a signal show: filled by capture_pages.c, drawn by capture.html. */
#ifndef CAPTURE_VIEW_H
#define CAPTURE_VIEW_H

#include "features/capture/capture.h"
#include "features/contact/contact_form.h"
#include "ui/ui.h"

typedef struct CapturePhonePage {
    Layout layout;
    int64_t aside; /* how many could not be sent */
} CapturePhonePage;

/* The same for everybody. */
typedef struct CaptureOfflinePage {
    const ContactQuestions *questions;
} CaptureOfflinePage;

typedef struct CaptureAsidePage {
    Layout layout;
    CaptureAsides asides;
} CaptureAsidePage;

#endif
