/* SPDX-License-Identifier: Apache-2.0 */
/* Days and clocks by the names that people have for them. */
#include "features/card/card_clock.h"

#include "texts.h"

#include <assert.h>

const CardClock card_clocks[CARD_CLOCKS] = {
    {"America/New_York", TEXT_CARD_ZONE_EASTERN},    {"America/Chicago", TEXT_CARD_ZONE_CENTRAL},
    {"America/Denver", TEXT_CARD_ZONE_MOUNTAIN},     {"America/Phoenix", TEXT_CARD_ZONE_ARIZONA},
    {"America/Los_Angeles", TEXT_CARD_ZONE_PACIFIC}, {"America/Anchorage", TEXT_CARD_ZONE_ALASKA},
    {"Pacific/Honolulu", TEXT_CARD_ZONE_HAWAII},     {"America/Puerto_Rico", TEXT_CARD_ZONE_PUERTO_RICO},
};

Str card_zone_words(Lang lang, Str zone) {
    for (size_t at = 0; at < CARD_CLOCKS; at++) {
        if (str_equal(zone, str_of(card_clocks[at].zone))) {
            return text_str(lang, card_clocks[at].label);
        }
    }
    return zone;
}

Text card_day_text(int weekday) {
    assert(weekday >= 0 && weekday < 7);
    static const Text texts[7] = {TEXT_CARD_SUNDAY,    TEXT_CARD_MONDAY,   TEXT_CARD_TUESDAY,
                                  TEXT_CARD_WEDNESDAY, TEXT_CARD_THURSDAY, TEXT_CARD_FRIDAY,
                                  TEXT_CARD_SATURDAY};
    return texts[weekday];
}
