/* SPDX-License-Identifier: Apache-2.0 */
/* Days and hours of hard days where the reader's clock hangs. */
#include "features/hard/hard_shown.h"

#include "features/card/card.h"
#include "features/hard/hard_backup.h"
#include "platform/zone/zone.h"
#include "text/text.h"

Str hard_clock(const Scope *scope, int64_t hour) {
    enum { CLOCK_MOST = 32 };
    Buf clock = buf_new(scope->arena, CLOCK_MOST);
    text_add_clock(&clock, scope->lang, (int)hour, 0);
    return buf_str(&clock);
}

static Date day_of(const Scope *scope, Time time) {
    return time_is_none(time) ? (Date){0} : zone_date(scope->zone, time);
}

static bool is_today(const Scope *scope, Time time) {
    return !time_is_none(time) && date_days(day_of(scope, time)) == date_days(day_of(scope, scope->now));
}

static HardShown shown_of(const Scope *scope, const HardOwn *own) {
    const Hard *hard = &own->hard;
    const bool is_on = hard->state == HARD_ON;
    return (HardShown){
        .is_there = true,
        .match = hard->match,
        .is_receiver = own->side == HARD_RECEIVES,
        .backup = own->backup,
        .is_asked = own->is_asked,
        .receiver = own->receiver,
        .other_called = own->other_called,
        .state = hard->state,
        .answer = hard->answer,
        .has_hour = hard->hour != HARD_NO_HOUR,
        .clock = hard->hour == HARD_NO_HOUR ? STR("") : hard_clock(scope, hard->hour),
        .until = day_of(scope, hard->until_at),
        .is_ending = is_on && !time_is_before(time_after(scope->now, HARD_ENDING), hard->until_at),
        .talked_today = is_today(scope, hard->reached_at),
        .has_missed = !time_is_none(hard->missed_since),
        .missed_on = day_of(scope, hard->missed_since),
        .may_read_card = is_on && own->side == HARD_GIVES && card_is_for_giver(scope, own->receiver),
    };
}

HardShown hard_shown(const Scope *scope, const Match *match) {
    const bool is_receiver = person_id_equal(scope->actor, match->receiver);
    HardOwn own = {.side = is_receiver ? HARD_RECEIVES : HARD_GIVES,
                   .receiver = match->receiver,
                   .other_called = match_other_called(match, scope->actor)};
    if (!hard_find(scope, match->id, &own.hard)) {
        return (HardShown){0};
    }
    HardShown shown = shown_of(scope, &own);
    HardBackup backup;
    if (shown.state == HARD_ON && hard_backup_of(scope, match->id, &backup) &&
        backup.state == HARD_BACKUP_STANDS) {
        shown.backup_called = backup.called;
    }
    return shown;
}

HardShowns hard_shown_own(const Scope *scope) {
    const HardOwns own = hard_list_own(scope);
    HardShown *items = NEW_MANY(scope->arena, own.count, HardShown);
    for (size_t at = 0; at < own.count; at++) {
        items[at] = shown_of(scope, &own.items[at]);
    }
    return (HardShowns){.items = items, .count = own.count};
}
