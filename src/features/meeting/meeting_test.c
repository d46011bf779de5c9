/* SPDX-License-Identifier: Apache-2.0 */
/* What two people may rely on when they meet: nobody is promised twice, nothing is left in a diary that does
 * not hold any more, and every time is the one that was meant. */
#include "test/unit.h"

#include "features/card/card.h"
#include "features/meeting/meeting.h"
#include "features/safety/safety.h"
#include "platform/zone/zone.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static const Date tomorrow = {.year = 2026, .month = 3, .day = 5}; /* the world's day is 4 March 2026 */
enum { NINE = 9 * 60, TEN = 10 * 60, TWO = 2 * 60, ONE = 60 };

static MeetingClock new_york(void) {
    return (MeetingClock){.zone = zone_find(STR("America/New_York")), .name = STR("America/New_York")};
}

static Time at(World *world, Date day, int minute) {
    Time time = TIME_NONE;
    assert_int_equal(meeting_read(&world->scope, new_york(), day, minute, &time), MEETING_READ);
    return time;
}

static MeetingTimes times_of(Time first, Time second) {
    return (MeetingTimes){.at = {first, second}, .count = time_is_none(second) ? 1 : 2};
}

static MeetingResult try_propose(World *world, PersonId person, MatchId match, MeetingTimes times,
                                 MeetingId *ret_meeting) {
    Tx *tx = world_begin_as(world, person);
    const MeetingResult result = meeting_propose(
        &world->scope, tx, match,
        &(MeetingNew){.how = MEETING_VISIT, .minutes = 60, .place = STR("The library."), .times = times},
        ret_meeting);
    world_commit(tx);
    return result;
}

static MeetingId propose(World *world, PersonId person, MatchId match, MeetingTimes times) {
    MeetingId id = {0};
    assert_int_equal(try_propose(world, person, match, times, &id), MEETING_DONE);
    return id;
}

static MeetingResult accept(World *world, PersonId person, MatchId match, MeetingId id, Time time) {
    Tx *tx = world_begin_as(world, person);
    const MeetingResult result = meeting_accept(&world->scope, tx, match, id, time);
    world_commit(tx);
    return result;
}

static MeetingResult others(World *world, PersonId person, MatchId match, MeetingId id, MeetingTimes times) {
    Tx *tx = world_begin_as(world, person);
    const MeetingResult result = meeting_propose_others(&world->scope, tx, match, id, &times);
    world_commit(tx);
    return result;
}

static MeetingResult let_be(World *world, PersonId person, MatchId match, MeetingId id) {
    Tx *tx = world_begin_as(world, person);
    const MeetingResult result = meeting_let_be(&world->scope, tx, match, id);
    world_commit(tx);
    return result;
}

static MeetingResult cancel(World *world, PersonId person, MatchId match, MeetingId id) {
    Tx *tx = world_begin_as(world, person);
    const MeetingResult result = meeting_cancel(&world->scope, tx, match, id);
    world_commit(tx);
    return result;
}

static Meeting found(World *world, PersonId person, MatchId match, MeetingId id) {
    Meeting meeting;
    world_act_as(world, person);
    assert_true(meeting_find(&world->scope, match, id, &meeting));
    return meeting;
}

static size_t seen_by(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    return meeting_list(&world->scope, match).count;
}

static MeetingNext next_of(World *world, PersonId person) {
    world_act_as(world, person);
    return meeting_next(&world->scope);
}

/* Another family, with the same giver. */
static MatchId another_match(World *world, const Pair *pair, PersonId *ret_receiver) {
    Pair other = *pair;
    other.request = world_request(world, "olga", "Not going to school");
    Request request;
    assert_true(request_find(&world->scope, other.request, &request));
    other.receiver = *ret_receiver = request.person;
    other.invitation = world_invite(world, other.request, pair->offer, pair->coordinator);
    return world_accept(world, &other);
}

static void test_one_proposes_the_other_takes_one(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time nine = at(world, tomorrow, NINE);
    const Time ten = at(world, tomorrow, TEN);
    const MeetingId id = propose(world, pair.receiver, match, times_of(nine, ten));
    assert_int_equal(found(world, pair.giver, match, id).waiting.count, 2);
    const MeetingAskeds asked = meeting_asked(&world->scope);
    assert_int_equal(asked.count, 1);
    assert_true(meeting_id_equal(asked.items[0].meeting, id));
    assert_int_equal(asked.items[0].first_at.us, nine.us);
    assert_int_equal(asked.items[0].times, 2);
    assert_true(meeting_id_is_none(next_of(world, pair.giver).id));
    /* Nobody answers their own, a time that was not offered, or in another walk's name. */
    assert_int_equal(accept(world, pair.receiver, match, id, ten), MEETING_ELSEWHERE);
    assert_int_equal(accept(world, pair.giver, match, id, time_after(ten, TIME_HOUR)), MEETING_ELSEWHERE);
    assert_int_equal(accept(world, pair.giver, (MatchId){match.value + 1}, id, ten), MEETING_NOT_NOW);
    assert_int_equal(accept(world, pair.giver, match, id, ten), MEETING_DONE);
    const Meeting meeting = found(world, pair.receiver, match, id);
    assert_int_equal(meeting.state, MEETING_SET);
    assert_int_equal(meeting.starts_at.us, ten.us);
    assert_int_equal(meeting.waiting.count, 0);
    assert_words(meeting.place.hidden_words, "The library.");
    assert_int_equal(next_of(world, pair.receiver).id.value, id.value);
    assert_words(next_of(world, pair.giver).called, "ana");
    assert_int_equal(meeting_asked(&world->scope).count, 0);
    assert_int_equal(seen_by(world, pair.coordinator, match), 0);
    /* It stays on the page while it lasts, and cannot be changed then. */
    world->scope.now = time_after(ten, 59 * TIME_MINUTE);
    assert_int_equal(seen_by(world, pair.giver, match), 1);
    assert_int_equal(cancel(world, pair.giver, match, id), MEETING_ELSEWHERE);
    world->scope.now = time_after(ten, TIME_HOUR);
    assert_int_equal(seen_by(world, pair.giver, match), 0);
    assert_true(meeting_id_is_none(next_of(world, pair.giver).id));
}

static void test_nobody_is_promised_twice(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    PersonId olga;
    const MatchId other = another_match(world, &pair, &olga);
    const Time nine = at(world, tomorrow, NINE);
    const Time half_past = time_after(nine, 30 * TIME_MINUTE);
    const Time ten = at(world, tomorrow, TEN);
    const MeetingId first = propose(world, pair.receiver, match, times_of(nine, TIME_NONE));
    const MeetingId second = propose(world, pair.giver, other, times_of(half_past, ten));
    assert_int_equal(accept(world, pair.giver, match, first, nine), MEETING_DONE);
    assert_int_equal(accept(world, olga, other, second, half_past), MEETING_TAKEN);
    assert_int_equal(found(world, olga, other, second).waiting.count, 2);
    /* One ends in the moment the other begins. */
    assert_int_equal(accept(world, olga, other, second, ten), MEETING_DONE);
    /* Moving frees the old time, and is refused like a new one; the meeting keeps its time then. */
    assert_int_equal(others(world, pair.giver, match, first, times_of(half_past, ten)), MEETING_DONE);
    assert_int_equal(found(world, pair.receiver, match, first).starts_at.us, nine.us);
    assert_int_equal(accept(world, pair.receiver, match, first, ten), MEETING_TAKEN);
    assert_int_equal(found(world, pair.receiver, match, first).starts_at.us, nine.us);
    assert_int_equal(cancel(world, olga, other, second), MEETING_DONE);
    assert_int_equal(accept(world, pair.receiver, match, first, half_past), MEETING_DONE);
    const Meeting moved = found(world, pair.receiver, match, first);
    assert_int_equal(moved.starts_at.us, half_past.us);
    assert_int_equal(moved.sequence, 1);
}

static void test_others_in_place_of_an_answer(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time nine = at(world, tomorrow, NINE);
    const Time ten = at(world, tomorrow, TEN);
    const MeetingId id = propose(world, pair.receiver, match, times_of(nine, TIME_NONE));
    assert_int_equal(others(world, pair.giver, match, id, times_of(ten, TIME_NONE)), MEETING_DONE);
    assert_int_equal(accept(world, pair.giver, match, id, ten), MEETING_ELSEWHERE);
    assert_int_equal(accept(world, pair.receiver, match, id, nine), MEETING_ELSEWHERE);
    assert_int_equal(accept(world, pair.receiver, match, id, ten), MEETING_DONE);
    /* What is set stays when a move is let be; what is only proposed is off. */
    assert_int_equal(let_be(world, pair.giver, match, id), MEETING_ELSEWHERE);
    assert_int_equal(others(world, pair.giver, match, id, times_of(nine, TIME_NONE)), MEETING_DONE);
    assert_int_equal(let_be(world, pair.receiver, match, id), MEETING_DONE);
    assert_int_equal(found(world, pair.giver, match, id).starts_at.us, ten.us);
    const MeetingId second = propose(world, pair.giver, match, times_of(nine, TIME_NONE));
    assert_int_equal(let_be(world, pair.giver, match, second), MEETING_DONE);
    assert_int_equal(seen_by(world, pair.receiver, match), 1);
    assert_int_equal(let_be(world, pair.receiver, match, second), MEETING_ELSEWHERE);
}

static void test_a_pause_and_an_end_leave_no_ghost(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time nine = at(world, tomorrow, NINE);
    const MeetingId id = propose(world, pair.receiver, match, times_of(nine, TIME_NONE));
    assert_int_equal(accept(world, pair.giver, match, id, nine), MEETING_DONE);
    (void)propose(world, pair.giver, match, times_of(at(world, tomorrow, TEN), TIME_NONE));
    Tx *tx = world_begin(world);
    assert_int_equal(match_pause(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    assert_true(meeting_id_is_none(next_of(world, pair.giver).id));
    assert_int_equal(meeting_asked(&world->scope).count, 0);
    MeetingId none;
    assert_int_equal(try_propose(world, pair.giver, match, times_of(nine, TIME_NONE), &none),
                     MEETING_NOT_NOW);
    tx = world_begin(world);
    assert_int_equal(match_come_back(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    assert_int_equal(seen_by(world, pair.giver, match), 0);
    /* The time is free again; and so it is after the end. */
    const MeetingId again = propose(world, pair.receiver, match, times_of(nine, TIME_NONE));
    assert_int_equal(accept(world, pair.giver, match, again, nine), MEETING_DONE);
    PersonId olga;
    const MatchId other = another_match(world, &pair, &olga);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_true(meeting_id_is_none(next_of(world, pair.receiver).id));
    const MeetingId free = propose(world, olga, other, times_of(nine, TIME_NONE));
    assert_int_equal(accept(world, pair.giver, other, free, nine), MEETING_DONE);
}

static void test_nothing_for_whom_nothing_is_shared(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time nine = at(world, tomorrow, NINE);
    const MeetingId id = propose(world, pair.receiver, match, times_of(nine, TIME_NONE));
    assert_int_equal(accept(world, pair.giver, match, id, nine), MEETING_DONE);
    world_stop_sharing(world, &pair);
    assert_int_equal(seen_by(world, pair.giver, match), 0);
    assert_true(meeting_id_is_none(next_of(world, pair.giver).id));
    assert_int_equal(cancel(world, pair.giver, match, id), MEETING_ELSEWHERE);
}

static void test_so_many_and_no_more(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time nine = at(world, tomorrow, NINE);
    for (int count = 0; count < MEETING_MOST; count++) {
        (void)propose(world, pair.receiver, match, times_of(nine, TIME_NONE));
    }
    MeetingId none;
    assert_int_equal(try_propose(world, pair.giver, match, times_of(nine, TIME_NONE), &none), MEETING_FULL);
    world->scope.now = nine; /* what nobody answered is no longer open */
    const Time ten = at(world, tomorrow, TEN);
    assert_int_equal(try_propose(world, pair.giver, match, times_of(ten, TIME_NONE), &none), MEETING_DONE);
    assert_int_equal(seen_by(world, pair.giver, match), 1);
}

static void test_a_mark_stays_with_the_words(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    MeetingId id;
    Tx *tx = world_begin_as(world, pair.giver);
    assert_int_equal(meeting_propose(&world->scope, tx, match,
                                     &(MeetingNew){.how = MEETING_VISIT,
                                                   .minutes = 15,
                                                   .place = STR("At the clinic."),
                                                   .is_part2 = true,
                                                   .times = times_of(at(world, tomorrow, NINE), TIME_NONE)},
                                     &id),
                     MEETING_DONE);
    world_commit(tx);
    assert_true(found(world, pair.giver, match, id).place.is_marked);
    assert_true(meeting_list(&world->scope, match).items[0].place.is_marked);
}

/* Both changes of the clock in New York: 8 March and 1 November 2026. */
static void test_times_that_do_not_come_or_come_twice(void **state) {
    World *world = *state;
    const Date spring = {.year = 2026, .month = 3, .day = 8};
    const Date autumn = {.year = 2026, .month = 11, .day = 1};
    const Words words = scope_words(&world->scope);
    Time time;
    assert_int_equal(meeting_read(&world->scope, new_york(), spring, TWO, &time), MEETING_READ_SKIPPED);
    assert_int_equal(meeting_read(&world->scope, new_york(), spring, TWO + 30, &time), MEETING_READ_SKIPPED);
    assert_int_equal(meeting_read(&world->scope, new_york(), spring, TWO + 60, &time), MEETING_READ);
    assert_int_equal(time.us, (calendar_days(2026, 3, 8) * 24 + 7) * TIME_HOUR);
    assert_words(meeting_when(&words, new_york(), time), "Sunday, Mar 8, 3:00 am, Eastern time");
    assert_int_equal(meeting_read(&world->scope, new_york(), autumn, ONE, &time), MEETING_READ);
    assert_int_equal(time.us, (calendar_days(2026, 11, 1) * 24 + 5) * TIME_HOUR);
    assert_words(meeting_when(&words, new_york(), time),
                 "Sunday, Nov 1, 1:00 am, Eastern time, before the clocks go back");
    assert_words(meeting_when(&words, new_york(), time_after(time, TIME_HOUR)),
                 "Sunday, Nov 1, 1:00 am, Eastern time, after the clocks go back");
    assert_int_equal(meeting_read(&world->scope, new_york(), (Date){2026, 3, 4}, TEN, &time),
                     MEETING_READ_PAST);
    assert_int_equal(meeting_read(&world->scope, new_york(), (Date){2028, 3, 4}, TEN, &time),
                     MEETING_READ_FAR);
}

static void test_each_on_their_own_clock(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    MeetingWalk walk;
    world_act_as(world, pair.giver);
    assert_true(meeting_walk(&world->scope, match, &walk));
    assert_words(walk.clock.name, "America/New_York");
    Tx *tx = world_begin(world);
    safety_set(&world->scope, tx, pair.giver,
               &(SafetyRules){.hours = {.kind = SAFETY_ANY_TIME}, .zone = STR("America/Los_Angeles")});
    world_commit(tx);
    assert_true(meeting_walk(&world->scope, match, &walk));
    const Words words = scope_words(&world->scope);
    assert_words(meeting_when(&words, walk.clock, at(world, tomorrow, NINE)),
                 "Thursday, Mar 5, 6:00 am, Pacific time");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_one_proposes_the_other_takes_one),
        IN_A_WORLD(test_nobody_is_promised_twice),
        IN_A_WORLD(test_others_in_place_of_an_answer),
        IN_A_WORLD(test_a_pause_and_an_end_leave_no_ghost),
        IN_A_WORLD(test_nothing_for_whom_nothing_is_shared),
        IN_A_WORLD(test_so_many_and_no_more),
        IN_A_WORLD(test_a_mark_stays_with_the_words),
        IN_A_WORLD(test_times_that_do_not_come_or_come_twice),
        IN_A_WORLD(test_each_on_their_own_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
