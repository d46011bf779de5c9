/* SPDX-License-Identifier: Apache-2.0 */
/* The switch by which a person opens one thing of theirs to who walks with them, or closes it: a feature's
 * page draws it (reader.html), and its form comes here. */
#ifndef READER_SWITCH_H
#define READER_SWITCH_H

#include "features/reader/reader.h"
#include "ui/ui.h"

/* Where the person then reads that it is so. */
typedef struct ReaderSaid {
    Url back;
    Text opened;
    Text closed;
} ReaderSaid;
void reader_switch_do(Post *post, ReaderThing thing, MatchId match, const ReaderSaid *said);

#endif
