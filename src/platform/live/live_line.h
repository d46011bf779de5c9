/* SPDX-License-Identifier: Apache-2.0 */
/* What the live process is told: lines of plain text, the same through the local socket and PostgreSQL.
 *
 *     tell PERSON KIND OBJECT    new for this person; the kind may be "all": look again at everything
 *     gone SESSION               this session has ended
 *     left PERSON SESSION        all sessions of the person but this one have ended (0: all of them)
 *     hand PERSON SESSION SINCE  with this message comes the person's open connection
 *
 * Pure; the reader takes bytes that anybody may have sent. */
#ifndef LIVE_LINE_H
#define LIVE_LINE_H

#include "base/str.h"
#include "platform/live/live.h"

enum { LIVE_LINE_MOST = 80 };

typedef enum LiveVerb { LIVE_TELL, LIVE_GONE, LIVE_LEFT, LIVE_HAND } LiveVerb;

typedef struct LiveLine {
    LiveVerb verb;
    int64_t person;
    int64_t session;
    Str kind; /* LIVE_TELL */
    int64_t object;
    int64_t since; /* LIVE_HAND: microseconds, 0: from now on */
} LiveLine;

/* Writes it, without a line end; returns the length. */
size_t live_line_write(const LiveLine *line, char ret_text[LIVE_LINE_MOST]);
/* False for anything else than what live_line_write() writes. The kind is a view of the text. */
bool live_line_read(Str text, LiveLine *ret_line);

#endif
