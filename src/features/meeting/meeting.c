/* SPDX-License-Identifier: Apache-2.0 */
/* Meetings from the first proposal until they took place or are off. */
#include "features/meeting/meeting.h"

#include "base/fail.h"
#include "features/diary/diary.h"
#include "features/notice/notice.h"
#include "meeting_sql.h"
#include "platform/live/live.h"
#include "platform/zone/zone.h"
#include "texts.h"

#include <assert.h>

enum { QUARTER_MINUTES = 15 };

/* enum MatchState of features/match, which stands on this feature. */
enum { STATE_NEW = 1, STATE_WALKING = 2 };

Text meeting_how_text(MeetingHow how) {
    static const Text texts[] = {TEXT_MEETING_CALL, TEXT_MEETING_VIDEO, TEXT_MEETING_VISIT};
    assert(how >= MEETING_CALL && how <= MEETING_VISIT);
    return texts[how - MEETING_CALL];
}

bool meeting_walk(const Scope *scope, MatchId match, MeetingWalk *ret_walk) {
    MeetingWalkRow row;
    if (!meeting_walk_row(scope->db, match, &row)) {
        return false;
    }
    const bool is_receiver = person_id_equal(scope->actor, row.receiver);
    *ret_walk = (MeetingWalk){.match = match,
                              .request = row.request,
                              .receiver = row.receiver,
                              .giver = row.giver,
                              .other = is_receiver ? row.giver : row.receiver,
                              .other_called = is_receiver ? row.giver_called : row.receiver_called,
                              .may_meet = row.state == STATE_NEW || row.state == STATE_WALKING,
                              .clock = meeting_clock(scope, scope->actor, row.zone)};
    return true;
}

static void tell(const Scope *scope, Tx *tx, MatchId match, PersonId person) {
    live_tell(tx, person, STR("match"), match.value);
    notice_send(scope, tx, person);
}

/* Of a meeting that is set now, or was: the other one hears of it, and it goes into or out of both calendars.
 */
static void tell_both(const Scope *scope, Tx *tx, const MeetingWalk *walk, const DiaryChange *change) {
    live_tell(tx, walk->other, STR("match"), walk->match.value);
    diary_tell(scope, tx, walk->other, change);
    (void)diary_send(scope, tx, scope->actor, change);
}

/* ---- reading ---- */

static bool has_begun(const Scope *scope, const Meeting *meeting) {
    return meeting->state == MEETING_SET && !time_is_before(scope->now, meeting->starts_at);
}

static void add_waiting(const Scope *scope, Meeting *meeting) {
    if (has_begun(scope, meeting)) {
        return; /* too late to move it */
    }
    const MeetingTimesOfRows rows = meeting_times_of(scope->db, meeting->id, scope->now);
    for (size_t at = 0; at < rows.count && at < MEETING_TIMES; at++) {
        meeting->waiting.at[meeting->waiting.count++] = rows.items[at].starts_at;
        meeting->waiting_by = rows.items[at].by_person;
    }
}

/* From a row of either query. */
#define MEETING_OF(meeting_match, row, meeting_id)                                                           \
    ((Meeting){.id = (meeting_id),                                                                           \
               .match = (meeting_match),                                                                     \
               .receiver = (row)->person,                                                                    \
               .how = (MeetingHow)(row)->how,                                                                \
               .minutes = (int)(row)->minutes,                                                               \
               .place = (row)->place,                                                                        \
               .state = (MeetingState)(row)->state,                                                          \
               .starts_at = (row)->starts_at,                                                                \
               .sequence = (row)->sequence})

bool meeting_find(const Scope *scope, MatchId match, MeetingId id, Meeting *ret_meeting) {
    MeetingById row;
    if (!meeting_by_id(
            scope->db,
            &(MeetingByIdIn){
                .id = id, .match = match, .reader = scope->actor, .over = MEETING_OVER, .now = scope->now},
            &row)) {
        return false;
    }
    *ret_meeting = MEETING_OF(match, &row, id);
    add_waiting(scope, ret_meeting);
    return true;
}

Meetings meeting_list(const Scope *scope, MatchId match) {
    const MeetingOfMatchRows rows = meeting_of_match(
        scope->db, &(MeetingOfMatchIn){.match = match,
                                       .reader = scope->actor,
                                       .proposed = MEETING_PROPOSED,
                                       .set = MEETING_SET,
                                       .now = scope->now,
                                       .since = time_before(scope->now, MEETING_MINUTES_MOST * TIME_MINUTE),
                                       .most = 2 * MEETING_MOST});
    Meeting *items = NEW_MANY(scope->arena, rows.count, Meeting);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const MeetingOfMatch *row = &rows.items[at];
        Meeting *meeting = &items[count];
        *meeting = MEETING_OF(match, row, row->id);
        add_waiting(scope, meeting);
        const bool is_past =
            meeting->state == MEETING_SET &&
            !time_is_before(scope->now, time_after(meeting->starts_at, meeting->minutes * TIME_MINUTE));
        count += is_past ? 0 : 1;
    }
    return (Meetings){.items = items, .count = count};
}

static int64_t quarter_of(Time time) {
    return time.us / (QUARTER_MINUTES * TIME_MINUTE);
}

MeetingNext meeting_next(const Scope *scope) {
    const MeetingNextOfRows rows =
        meeting_next_of(scope->db, scope->actor, quarter_of(scope->now), scope->now);
    if (rows.count == 0) {
        return (MeetingNext){.id = {0}};
    }
    const MeetingNextOf *row = &rows.items[0];
    return (MeetingNext){.id = row->id,
                         .match = row->match,
                         .called = row->called,
                         .how = (MeetingHow)row->how,
                         .starts_at = row->starts_at,
                         .clock = meeting_clock(scope, scope->actor, row->zone)};
}

MeetingAskeds meeting_asked(const Scope *scope) {
    const MeetingWaitingOfRows rows = meeting_waiting_of(scope->db, scope->actor, MEETING_OVER, scope->now);
    MeetingAsked *items = NEW_MANY(scope->arena, rows.count, MeetingAsked);
    for (size_t at = 0; at < rows.count; at++) {
        const MeetingWaitingOf *row = &rows.items[at];
        items[at] = (MeetingAsked){.match = row->match,
                                   .meeting = row->meeting,
                                   .called = row->called,
                                   .first_at = row->first_at,
                                   .times = row->times,
                                   .clock = meeting_clock(scope, scope->actor, row->zone)};
    }
    return (MeetingAskeds){.items = items, .count = rows.count};
}

/* ---- proposing ---- */

static void times_set(const Scope *scope, Tx *tx, MeetingId id, const MeetingTimes *times) {
    assert(times->count >= 1 && times->count <= MEETING_TIMES);
    (void)meeting_times_clear(tx, id);
    for (size_t at = 0; at < times->count; at++) {
        (void)meeting_time_insert(tx, id, times->at[at], scope->actor);
    }
}

MeetingResult meeting_propose(const Scope *scope, Tx *tx, MatchId match, const MeetingNew *meeting,
                              MeetingId *ret_meeting) {
    assert(meeting->minutes > 0 && meeting->minutes <= MEETING_MINUTES_MOST &&
           meeting->minutes % QUARTER_MINUTES == 0);
    MeetingWalk walk;
    if (!meeting_walk(scope, match, &walk) || !walk.may_meet) {
        return MEETING_NOT_NOW;
    }
    MeetingOpenCount open;
    if (meeting_open_count(scope->db, match, MEETING_PROPOSED, MEETING_SET, scope->now, &open) &&
        open.meetings >= MEETING_MOST) {
        return MEETING_FULL;
    }
    const MeetingId id = {random_id(scope->random)};
    meeting_insert(tx, &(MeetingInsert){.id = id,
                                        .match = match,
                                        .person = walk.receiver,
                                        .how = meeting->how,
                                        .minutes = meeting->minutes,
                                        .place = meeting->place,
                                        .state = MEETING_PROPOSED,
                                        .now = scope->now});
    if (meeting->is_part2) {
        meeting_mark_part2(tx, id);
    }
    times_set(scope, tx, id, &meeting->times);
    tell(scope, tx, match, walk.other);
    *ret_meeting = id;
    return MEETING_DONE;
}

/* Whether it can still change: it has not begun yet. */
static MeetingResult find_open(const Scope *scope, MatchId match, MeetingId id, MeetingWalk *ret_walk,
                               Meeting *ret_meeting) {
    if (!meeting_walk(scope, match, ret_walk) || !ret_walk->may_meet) {
        return MEETING_NOT_NOW;
    }
    if (!meeting_find(scope, match, id, ret_meeting)) {
        return MEETING_ELSEWHERE;
    }
    return has_begun(scope, ret_meeting) ? MEETING_ELSEWHERE : MEETING_DONE;
}

MeetingResult meeting_propose_others(const Scope *scope, Tx *tx, MatchId match, MeetingId id,
                                     const MeetingTimes *times) {
    MeetingWalk walk;
    Meeting meeting;
    const MeetingResult result = find_open(scope, match, id, &walk, &meeting);
    if (result == MEETING_DONE) {
        times_set(scope, tx, id, times);
        tell(scope, tx, match, walk.other);
    }
    return result;
}

/* ---- setting ---- */

static bool is_free(const Scope *scope, PersonId person, const Meeting *meeting, int64_t first) {
    MeetingIsBusy row;
    return meeting_is_busy(scope->db, person, first, first + meeting->minutes / QUARTER_MINUTES, meeting->id,
                           &row) &&
           row.busy == 0;
}

static void diary_add(Tx *tx, PersonId person, const Meeting *meeting, int64_t first) {
    for (int64_t at = 0; at < meeting->minutes / QUARTER_MINUTES; at++) {
        if (meeting_busy_insert(tx, person, first + at, meeting->id) != 1) {
            fail(FAIL_RETRY, "somebody else wrote into the same diary in this moment");
        }
    }
}

static bool is_waiting(const Meeting *meeting, Time time) {
    for (size_t at = 0; at < meeting->waiting.count; at++) {
        if (meeting->waiting.at[at].us == time.us) {
            return true;
        }
    }
    return false;
}

MeetingResult meeting_accept(const Scope *scope, Tx *tx, MatchId match, MeetingId id, Time time) {
    MeetingWalk walk;
    Meeting meeting;
    const MeetingResult result = find_open(scope, match, id, &walk, &meeting);
    if (result != MEETING_DONE) {
        return result;
    }
    if (!person_id_equal(meeting.waiting_by, walk.other) || !is_waiting(&meeting, time)) {
        return MEETING_ELSEWHERE;
    }
    const int64_t first = quarter_of(time);
    if (!is_free(scope, walk.receiver, &meeting, first) || !is_free(scope, walk.giver, &meeting, first)) {
        return MEETING_TAKEN;
    }
    const bool is_moved = meeting.state == MEETING_SET;
    (void)meeting_busy_clear(tx, id);
    diary_add(tx, walk.receiver, &meeting, first);
    diary_add(tx, walk.giver, &meeting, first);
    (void)meeting_times_clear(tx, id);
    const DiaryChange change = {.meeting = id, .sequence = meeting.sequence + (is_moved ? 1 : 0)};
    (void)meeting_set_start(tx, &(MeetingSetStart){.id = id,
                                                   .starts_at = time,
                                                   .sequence = change.sequence,
                                                   .state = MEETING_SET,
                                                   .now = scope->now});
    tell_both(scope, tx, &walk, &change);
    return MEETING_DONE;
}

/* ---- letting go ---- */

static void call_off(const Scope *scope, Tx *tx, MeetingId id) {
    (void)meeting_times_clear(tx, id);
    (void)meeting_busy_clear(tx, id);
    (void)meeting_set_over(tx, id, MEETING_OVER, scope->now);
}

MeetingResult meeting_let_be(const Scope *scope, Tx *tx, MatchId match, MeetingId id) {
    MeetingWalk walk;
    Meeting meeting;
    const MeetingResult result = find_open(scope, match, id, &walk, &meeting);
    if (result != MEETING_DONE) {
        return result;
    }
    if (meeting.waiting.count == 0) {
        return MEETING_ELSEWHERE;
    }
    if (meeting.state == MEETING_PROPOSED) {
        call_off(scope, tx, id);
    } else {
        (void)meeting_times_clear(tx, id);
    }
    tell(scope, tx, match, walk.other);
    return MEETING_DONE;
}

MeetingResult meeting_cancel(const Scope *scope, Tx *tx, MatchId match, MeetingId id) {
    MeetingWalk walk;
    Meeting meeting;
    const MeetingResult result = find_open(scope, match, id, &walk, &meeting);
    if (result != MEETING_DONE) {
        return result;
    }
    call_off(scope, tx, id);
    if (meeting.state == MEETING_SET) {
        tell_both(scope, tx, &walk, &(DiaryChange){.meeting = id, .sequence = meeting.sequence + 1});
    } else {
        tell(scope, tx, match, walk.other);
    }
    return MEETING_DONE;
}

void meeting_drop(const Scope *scope, Tx *tx, MatchId match) {
    const MeetingToDropRows rows =
        meeting_to_drop(scope->db, match, MEETING_PROPOSED, MEETING_SET, scope->now);
    for (size_t at = 0; at < rows.count; at++) {
        const MeetingToDrop *row = &rows.items[at];
        call_off(scope, tx, row->id);
        if (row->state == MEETING_SET) {
            const DiaryChange change = {.meeting = row->id, .sequence = row->sequence + 1};
            (void)diary_send(scope, tx, row->receiver, &change);
            (void)diary_send(scope, tx, row->giver, &change);
        }
    }
}
