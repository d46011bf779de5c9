/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a conversation shows: filled by message_pages.c, drawn by message.html. */
#ifndef MESSAGE_VIEW_H
#define MESSAGE_VIEW_H

#include "features/card/card_hours.h"
#include "features/message/message.h"
#include "features/program/program.h"
#include "ui/ui.h"

/* One message, opened for this reader. */
typedef struct MessageShown {
    MessageId id;
    Str words;
    Str called;
    bool is_mine;
    bool is_new;
    bool is_late;    /* written a good while before it reached the other */
    bool is_waiting; /* has not reached the other yet; only its writer sees it */
    Time captured_at;
    Time reaches_at;
} MessageShown;
typedef struct MessagesShown {
    const MessageShown *items;
    size_t count;
} MessagesShown;

typedef struct MessagePage {
    Layout layout;
    const Form *form;
    Match match;
    Str other_called;
    MessagesShown messages;
    Url older; /* empty: there are none */
    bool is_newest;
    bool has_new;
    Time seen_until;  /* what reached the reader up to then stands on this page or before */
    Time rests_until; /* what is written now waits until then; TIME_NONE: it does not */
    Said after_hours; /* if it waits, or something does: whom to turn to meanwhile */
    bool is_resting;
    Text why_not; /* why nobody writes here now; TEXT_NONE: they may */
    bool is_receiver;
} MessagePage;

typedef struct MessageHoursPage {
    Layout layout;
    const Form *form;
    Options kinds;
    Options days;
    Options zones;
} MessageHoursPage;

/* What the forms of the page have. */
enum { MESSAGE_FIELD_WORDS, MESSAGE_FIELD_PART2, MESSAGE_FIELD_SEEN, MESSAGE_FIELDS };

#endif
