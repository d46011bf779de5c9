/* SPDX-License-Identifier: Apache-2.0 */
/* How people call the clock that hangs where they are, and the days. */
#ifndef CARD_CLOCK_H
#define CARD_CLOCK_H

#include "text/text.h"

typedef struct CardClock {
    const char *zone; /* IANA name */
    Text label;
} CardClock;

/* Those that a person chooses from. */
enum { CARD_CLOCKS = 8 };
extern const CardClock card_clocks[CARD_CLOCKS];

/* "Eastern time", or the zone's own name. */
Str card_zone_words(Lang lang, Str zone);
/* "Monday"; 0 is Sunday. */
Text card_day_text(int weekday);

#endif
