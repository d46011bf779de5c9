/* SPDX-License-Identifier: Apache-2.0 */
/* Hard days as the page of the walk and a person's own page show them: in sentences, for one of the two. */
#ifndef HARD_SHOWN_H
#define HARD_SHOWN_H

#include "features/hard/hard.h"

typedef struct HardShown {
    bool is_there; /* something holds; nothing else counts without it */
    MatchId match;
    bool is_receiver;
    HardBackupId backup; /* the reader stands by, or is asked to; 0: neither */
    bool is_asked;       /* to stand by: then nothing else is said */
    Str backup_called;   /* on the page of the walk: who stands by; empty: nobody */
    PersonId receiver;
    Str other_called;
    HardState state;
    HardAnswer answer;
    bool has_hour;
    Str clock; /* "6:00 pm" */
    Date until;
    bool is_ending; /* within HARD_ENDING: the family is asked whether it goes on */
    bool talked_today;
    bool has_missed;
    Date missed_on;     /* the first day */
    bool may_read_card; /* the reader, who gives, the other's */
} HardShown;
typedef struct HardShowns {
    const HardShown *items;
    size_t count;
} HardShowns;

#define HARD_ENDING (3 * TIME_DAY)

/* For one of the two of a walk. */
HardShown hard_shown(const Scope *scope, const Match *match);
/* The reader's own, in all walks. */
HardShowns hard_shown_own(const Scope *scope);
/* "6:00 pm" */
Str hard_clock(const Scope *scope, int64_t hour);

/* What the reader has to answer: what was proposed, an hour that was picked, or whether it goes on. */
static inline bool hard_waits(const HardShown *shown) {
    if (shown->backup.value != 0) {
        return shown->is_asked;
    }
    const bool is_asked =
        shown->is_receiver ? shown->state == HARD_PROPOSED || shown->is_ending
                           : shown->state == HARD_ON && shown->has_hour && shown->answer == HARD_NOT_ANSWERED;
    return shown->is_there && is_asked;
}

static inline bool hard_is_on(const HardShown *shown) {
    return shown->is_there && shown->state == HARD_ON;
}

static inline bool hard_any_waits(HardShowns own) {
    bool waits = false;
    for (size_t at = 0; at < own.count; at++) {
        waits = waits || hard_waits(&own.items[at]);
    }
    return waits;
}

static inline bool hard_any_on(HardShowns own) {
    bool is_on = false;
    for (size_t at = 0; at < own.count; at++) {
        is_on = is_on || (own.items[at].state == HARD_ON && !own.items[at].is_asked);
    }
    return is_on;
}

/* Of a walk that the reader gives; NULL: no hard days now. */
static inline const HardShown *hard_on_of(HardShowns own, MatchId match) {
    for (size_t at = 0; at < own.count; at++) {
        const HardShown *one = &own.items[at];
        if (!one->is_receiver && one->backup.value == 0 && one->state == HARD_ON &&
            match_id_equal(one->match, match)) {
            return one;
        }
    }
    return NULL;
}

#endif
