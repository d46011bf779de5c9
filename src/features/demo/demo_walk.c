/* SPDX-License-Identifier: Apache-2.0 */
/* Two people walking together: contacts and what is set beside them, progress, and check-ins. */
#include "demo_sql.h"
#include "features/capture/capture.h"
#include "features/demo/demo_parts.h"
#include "platform/zone/zone.h"
#include "texts.h"

typedef struct Walk {
    const DemoGiver *giver;
    DemoWalk kind;
    Time began;
    Time until;
    Time first; /* someone was reached; TIME_NONE: not yet */
    Time first_logged;
    Time last;
} Walk;

/* ---- contacts ---- */

static ContactKind contact_kind(Demo *demo) {
    static const ContactKind kinds[] = {CONTACT_CALL, CONTACT_CALL, CONTACT_CALL,  CONTACT_CALL,
                                        CONTACT_TEXT, CONTACT_TEXT, CONTACT_VISIT, CONTACT_VIDEO,
                                        CONTACT_MAIL, CONTACT_VISIT};
    return kinds[demo_below(demo, sizeof kinds / sizeof kinds[0])];
}

static ContactOutcome contact_outcome(Demo *demo) {
    const int64_t lot = demo_below(demo, 100);
    return lot < 78   ? CONTACT_TALKED
           : lot < 89 ? CONTACT_NO_ANSWER
           : lot < 97 ? CONTACT_LEFT_MESSAGE
                      : CONTACT_WRONG_NUMBER;
}

static void answers_add(Demo *demo, const DemoFamily *family, const Walk *walk, ContactId contact,
                        Time logged) {
    if (!demo_chance(demo, 14)) {
        return;
    }
    const Time at = demo_later(demo, logged, TIME_MINUTE, 40 * TIME_HOUR);
    demo_contact_answer_insert(
        demo->tx, &(DemoContactAnswerInsert){.contact = contact,
                                             .receiver = family->person,
                                             .at = at,
                                             .id = {random_id(&demo->random)},
                                             .by_person = family->person,
                                             .words = demo_say(demo, DEMO_BESIDE, family->lang)});
    if (demo_chance(demo, 20)) {
        const PersonId giver = walk->giver->person;
        const Str words = demo_say(demo, DEMO_BESIDE, walk->giver->lang);
        demo_contact_answer_insert(
            demo->tx, &(DemoContactAnswerInsert){.contact = contact,
                                                 .receiver = family->person,
                                                 .at = demo_later(demo, at, TIME_MINUTE, TIME_HOUR),
                                                 .id = {random_id(&demo->random)},
                                                 .by_person = giver,
                                                 .words = words});
    }
}

/* Two in three say what they did, and half of these say two things. */
static void activities_add(Demo *demo, ContactId contact) {
    enum { ACTIVITY_SEED = 63 };
    const ListItems *list = &demo->program.lists[LIST_ACTIVITY];
    Random random = random_seeded((uint64_t)contact.value + ACTIVITY_SEED);
    const size_t first = (size_t)random_below(&random, list->count);
    const uint64_t count = random_below(&random, 3);
    for (uint64_t at = 0; at < count; at++) {
        demo_contact_activity_insert(demo->tx, contact, list->items[(first + at) % list->count].id);
    }
}

static void contact_add_at(Demo *demo, const DemoFamily *family, Walk *walk, Time at,
                           ContactOutcome outcome) {
    const ContactId id = {random_id(&demo->random)};
    const bool is_reached = outcome == CONTACT_TALKED;
    Time logged = time_after(at, demo_below(demo, 20 * TIME_HOUR));
    if (time_is_before(walk->until, logged)) {
        logged = walk->until;
    }
    const unsigned support = is_reached ? 1U + (unsigned)demo_below(demo, 15) : 0U;
    const bool has_line = demo_chance(demo, is_reached ? 65 : 10);
    demo_contact_insert(
        demo->tx,
        &(DemoContactInsert){
            .match = family->match,
            .receiver = family->person,
            .at = at,
            .id = id,
            .by_person = walk->giver->person,
            .kind = contact_kind(demo),
            .outcome = outcome,
            .minutes = is_reached ? 5 * (1 + demo_below(demo, 12)) : 0,
            .was_emotional = (support & CONTACT_EMOTIONAL) != 0,
            .was_informational = (support & CONTACT_INFORMATIONAL) != 0,
            .was_instrumental = (support & CONTACT_INSTRUMENTAL) != 0,
            .was_affiliational = (support & CONTACT_AFFILIATIONAL) != 0,
            .line = has_line ? demo_say(demo, is_reached ? DEMO_CONTACT : DEMO_NOT_REACHED, walk->giver->lang)
                             : STR(""),
            .logged_at = logged});
    if (is_reached) {
        if (time_is_none(walk->first)) {
            walk->first = at;
            walk->first_logged = logged;
        }
        walk->last = at;
        activities_add(demo, id);
        answers_add(demo, family, walk, id, logged);
    }
}

/* A first try within a day or two, then a rhythm; some who walk have gone quiet. */
static void contacts_add(Demo *demo, const DemoFamily *family, Walk *walk) {
    const bool is_quiet = walk->kind == DEMO_WALK_RUNNING && demo_chance(demo, 15);
    const Time stop = is_quiet ? time_before(walk->until, 18 * TIME_DAY) : walk->until;
    int tries = 0;
    Time at = demo_day(demo, walk->began, TIME_HOUR, 40 * TIME_HOUR);
    while (time_is_before(at, stop)) {
        ContactOutcome outcome = contact_outcome(demo);
        if (walk->kind == DEMO_WALK_SILENT) {
            outcome = demo_chance(demo, 60) ? CONTACT_NO_ANSWER : CONTACT_LEFT_MESSAGE;
        } else if (time_is_none(walk->first) && tries >= 2) {
            outcome = CONTACT_TALKED;
        }
        contact_add_at(demo, family, walk, at, outcome);
        tries++;
        at = demo_day(demo, at, 36 * TIME_HOUR, demo->program.size.rhythm * TIME_DAY);
    }
}

/* ---- progress ---- */

static void progress_at(Demo *demo, DemoFamily *family, Time at, ProgressOccasion occasion) {
    if (time_is_before(family->last_progress, at)) {
        demo->scope.now = at;
        demo_progress(demo, family, occasion);
    }
}

static void progress_follow(Demo *demo, DemoFamily *family, const Walk *walk) {
    static const ProgressOccasion occasions[] = {PROGRESS_WEEK_2, PROGRESS_WEEK_8, PROGRESS_WHENEVER};
    static const int64_t days[] = {14, 56, 45};
    Time from = walk->began;
    for (size_t at = 0; time_is_before(from, walk->until); at++) {
        const size_t kind = at < 2 ? at : 2;
        const Time base = kind == 2 ? from : walk->began;
        from = demo_day(demo, base, days[kind] * TIME_DAY + 12 * TIME_HOUR, (days[kind] + 9) * TIME_DAY);
        if (time_is_before(from, walk->until) && demo_chance(demo, 75)) {
            progress_at(demo, family, from, occasions[kind]);
        }
    }
}

/* ---- check-ins ---- */

static void checkin_write(Demo *demo, const DemoFamily *family, CheckinSide side, CheckinOccasion occasion,
                          Time due, CheckinState state, Time done) {
    const DemoWords table = side == CHECKIN_RECEIVER ? DEMO_CHECKIN_RECEIVER : DEMO_CHECKIN_GIVER;
    const DemoGiver *giver = &demo->program.givers[family->listed[family->chosen_entry]];
    const bool is_done = state == CHECKIN_DONE;
    demo_checkin_insert(
        demo->tx, &(DemoCheckinInsert){.id = {random_id(&demo->random)},
                                       .person = side == CHECKIN_RECEIVER ? family->person : giver->person,
                                       .match = family->match,
                                       .program = demo->program.id,
                                       .side = side,
                                       .occasion = occasion,
                                       .due_at = due,
                                       .state = state,
                                       .done_at = done,
                                       .done_by = is_done ? family->coordinator : (PersonId){0},
                                       .words = is_done ? demo_say(demo, table, family->lang) : STR("")});
}

/* One side is asked at weeks 2 and 8 and then quarterly; what was not asked in time is still due, or
 * dropped. */
static void checkins_add(Demo *demo, const DemoFamily *family, const Walk *walk, CheckinSide side) {
    Time due[] = {demo_due(demo, CLOCK_CHECKIN_FIRST, walk->began),
                  demo_due(demo, CLOCK_CHECKIN_SECOND, walk->began)};
    const Time second_done = demo_day(demo, due[1], 0, 5 * TIME_DAY);
    const bool is_second_done = time_is_before(second_done, walk->until) && demo_chance(demo, 85);
    const Time first_done = demo_day(demo, due[0], 0, 5 * TIME_DAY);
    const bool is_first_done = time_is_before(first_done, walk->until) && demo_chance(demo, 85);
    const CheckinState left = walk->kind == DEMO_WALK_ENDED ? CHECKIN_DROPPED : CHECKIN_DUE;
    checkin_write(demo, family, side, CHECKIN_WEEK_2, due[0],
                  is_first_done    ? CHECKIN_DONE
                  : is_second_done ? CHECKIN_DROPPED
                                   : left,
                  is_first_done ? first_done : TIME_NONE);
    checkin_write(demo, family, side, CHECKIN_WEEK_8, due[1], is_second_done ? CHECKIN_DONE : left,
                  is_second_done ? second_done : TIME_NONE);
    Time done = is_second_done ? second_done : TIME_NONE;
    while (!time_is_none(done)) {
        const Time next = demo_due(demo, CLOCK_CHECKIN_LATER, done);
        done = demo_day(demo, next, 0, 6 * TIME_DAY);
        const bool is_done = time_is_before(done, walk->until) && demo_chance(demo, 90);
        done = is_done ? done : TIME_NONE;
        checkin_write(demo, family, side, CHECKIN_QUARTERLY, next, is_done ? CHECKIN_DONE : left, done);
    }
}

/* ---- how it is between them ---- */

static HeardAnswer heard_answer(Random *random) {
    const uint64_t drawn = random_below(random, 100);
    if (drawn < 70) {
        return HEARD_YES;
    }
    if (drawn < 88) {
        return HEARD_BETWEEN;
    }
    return drawn < 95 ? HEARD_NO : HEARD_LEFT_OUT;
}

static void heard_write(Demo *demo, Random *random, const DemoHeardInsert *row) {
    demo_heard_insert(demo->tx, row);
    for (HeardQuestion question = HEARD_SAID; question < HEARD_QUESTIONS; question++) {
        const HeardAnswer answer = question == HEARD_SAID ? HEARD_YES : heard_answer(random);
        if (answer != HEARD_LEFT_OUT) {
            demo_heard_answer_insert(demo->tx, &(DemoHeardAnswerInsert){.match = row->match,
                                                                        .side = row->side,
                                                                        .occasion = row->occasion,
                                                                        .question = question,
                                                                        .answer = answer});
        }
    }
}

/* Six of ten answer when they are asked, within days. Drawn from the match's own id: nothing else of the demo
 * changes with it. */
static void heard_follow(Demo *demo, const DemoFamily *family, const Walk *walk, CheckinSide side) {
    static const ClockKind clocks[] = {
        [HEARD_WEEK_2] = CLOCK_CHECKIN_FIRST, [HEARD_WEEK_8] = CLOCK_CHECKIN_SECOND};
    Random random = random_seeded((uint64_t)family->match.value + (uint64_t)side);
    for (HeardOccasion occasion = HEARD_WEEK_2; occasion <= HEARD_WEEK_8; occasion++) {
        const int64_t later = (int64_t)random_below(&random, 9 * TIME_DAY);
        const Time at = time_after(demo_due(demo, clocks[occasion], walk->began), later);
        if (random_below(&random, 10) < 6 && time_is_before(at, walk->until)) {
            heard_write(
                demo, &random,
                &(DemoHeardInsert){.match = family->match,
                                   .side = side,
                                   .occasion = occasion,
                                   .person = side == CHECKIN_RECEIVER ? family->person : walk->giver->person,
                                   .program = demo->program.id,
                                   .at = at});
        }
    }
}

/* ---- the match ---- */

static MatchState state_of(const Walk *walk) {
    switch (walk->kind) {
    case DEMO_WALK_PAUSED:
        return MATCH_PAUSED;
    case DEMO_WALK_ENDED:
        return MATCH_ENDED;
    case DEMO_WALK_SILENT:
    case DEMO_WALK_RUNNING:
        break;
    }
    return time_is_none(walk->first) ? MATCH_NEW : MATCH_WALKING;
}

static Time agreed_at(Demo *demo, const Walk *walk) {
    const Time at = demo_day(demo, walk->began, TIME_MINUTE, 90 * TIME_HOUR);
    return time_is_before(at, walk->until) && demo_chance(demo, 90) ? at : TIME_NONE;
}

static void match_keep(Demo *demo, const DemoFamily *family, const Walk *walk) {
    const MatchState state = state_of(walk);
    Time state_at = walk->began;
    if (state == MATCH_WALKING) {
        state_at = walk->first_logged;
    } else if (state != MATCH_NEW) {
        state_at = walk->until;
    }
    const bool is_reached = !time_is_none(walk->first);
    demo_match_settle(demo->tx, &(DemoMatchSettle){
                                    .id = family->match,
                                    .state = state,
                                    .state_at = state_at,
                                    .due_at = is_reached ? demo_due(demo, CLOCK_RHYTHM, walk->last)
                                                         : demo_due(demo, CLOCK_FIRST_CONTACT, walk->began),
                                    .receiver_agreed_at = agreed_at(demo, walk),
                                    .giver_agreed_at = agreed_at(demo, walk),
                                    .first_contact_at = walk->first,
                                    .ended_at = state == MATCH_ENDED ? walk->until : TIME_NONE,
                                });
}

/* ---- words between the two ---- */

/* The last one or two of a short exchange; whoever is written to last has not read it yet. */
static void messages_add(Demo *demo, const DemoFamily *family, const Walk *walk) {
    static const Text words[] = {TEXT_DEMO_MESSAGE_1, TEXT_DEMO_MESSAGE_2, TEXT_DEMO_MESSAGE_3,
                                 TEXT_DEMO_MESSAGE_4, TEXT_DEMO_MESSAGE_5, TEXT_DEMO_MESSAGE_6};
    enum { WORDS = sizeof words / sizeof words[0] };
    const int64_t count = WORDS - (int64_t)random_below(&demo->messages, 2);
    const PersonId sides[] = {walk->giver->person, family->person};
    const Lang langs[] = {walk->giver->lang, family->lang};
    Time at = time_before(walk->until, 30 * TIME_HOUR);
    Time read = TIME_NONE;
    if (time_is_before(at, walk->began)) {
        return;
    }
    for (int64_t place = 0; place < count; place++) {
        read = place + 1 == count ? read : at;
        demo_message_insert(demo->tx, &(DemoMessageInsert){.id = {random_id(&demo->messages)},
                                                           .match = family->match,
                                                           .person = family->person,
                                                           .by_person = sides[place % 2],
                                                           .words = text_str(langs[place % 2], words[place]),
                                                           .now = at});
        at = time_after(at, TIME_HOUR + (int64_t)random_below(&demo->messages, 3 * TIME_HOUR));
    }
    demo_message_reader_insert(demo->tx, sides[count % 2], family->match, read, walk->until);
    demo_message_reader_insert(demo->tx, sides[(count + 1) % 2], family->match, walk->until, TIME_NONE);
}

/* ---- when the two meet ---- */

/* Behind those of what is heard (CheckinSide); what demo_own.c draws has those from 4 on. */
enum { DIARY_MINUTES = 15, MEETING_HALF_HOUR = 30, FIRST_HOUR = 9, MEETING_SEED = 3, NOTE_SEED = 6 };

static bool diary_is_free(const Demo *demo, PersonId person, int64_t first, int64_t last) {
    DemoDiaryBusy row;
    return demo_diary_busy(demo->scope.db, person, first, last, &row) && row.busy == 0;
}

/* At an hour of this family's own among those of its supporter, some days from now. */
static Time meeting_moment(const Demo *demo, const DemoFamily *family, Random *random) {
    LocalTime local = zone_local(demo->program.zone, demo->end);
    local.date = calendar_date(date_days(local.date) + 1 + (int64_t)random_below(random, 6));
    local.hour = (int8_t)(FIRST_HOUR + family->place);
    local.minute = local.second = 0;
    return zone_moment(demo->program.zone, local);
}

static void meeting_keep(Demo *demo, const DemoFamily *family, MeetingId id, MeetingHow how, Time starts_at) {
    const Text place = how == MEETING_VISIT ? TEXT_DEMO_MEETING_PLACE : TEXT_NONE;
    const bool is_set = !time_is_none(starts_at);
    demo_meeting_insert(
        demo->tx, &(DemoMeetingInsert){.id = id,
                                       .match = family->match,
                                       .person = family->person,
                                       .how = how,
                                       .minutes = MEETING_HALF_HOUR,
                                       .place = place == TEXT_NONE ? STR("") : text_str(family->lang, place),
                                       .state = is_set ? MEETING_SET : MEETING_PROPOSED,
                                       .starts_at = starts_at,
                                       .now = time_before(demo->end, TIME_HOUR)});
}

/* Half of them have a meeting before them, some have times to answer. Drawn from the match's own id, as what
 * is heard: nothing else of the demo changes with it. */
static void meetings_add(Demo *demo, const DemoFamily *family, const Walk *walk) {
    Random random = random_seeded((uint64_t)family->match.value + MEETING_SEED);
    const int64_t fate = (int64_t)random_below(&random, 10);
    const MeetingHow how = MEETING_CALL + (MeetingHow)random_below(&random, MEETING_VISIT);
    const MeetingId id = {random_id(&random)};
    const Time at = meeting_moment(demo, family, &random);
    const int64_t first = at.us / (DIARY_MINUTES * TIME_MINUTE);
    const int64_t last = first + MEETING_HALF_HOUR / DIARY_MINUTES;
    if (fate < 2) {
        meeting_keep(demo, family, id, how, TIME_NONE);
        demo_meeting_time_insert(demo->tx, id, at, walk->giver->person);
        demo_meeting_time_insert(demo->tx, id, time_after(at, 7 * TIME_DAY), walk->giver->person);
    } else if (fate < 7 && diary_is_free(demo, family->person, first, last) &&
               diary_is_free(demo, walk->giver->person, first, last)) {
        meeting_keep(demo, family, id, how, at);
        for (int64_t quarter = first; quarter < last; quarter++) {
            demo_diary_insert(demo->tx, family->person, quarter, id);
            demo_diary_insert(demo->tx, walk->giver->person, quarter, id);
        }
    }
}

/* One note, written together: a draft that waits, one that both agreed to, or one that the family sees
 * otherwise. Drawn from the match's own id, as what is heard. */
static void notes_add(Demo *demo, const DemoFamily *family, const Walk *walk) {
    static const Text strengths[] = {TEXT_DEMO_NOTE_STRENGTHS_1, TEXT_DEMO_NOTE_STRENGTHS_2};
    static const Text talked[] = {TEXT_DEMO_NOTE_TALKED_1, TEXT_DEMO_NOTE_TALKED_2};
    static const Text next[] = {TEXT_DEMO_NOTE_NEXT_1, TEXT_DEMO_NOTE_NEXT_2};
    static const NoteState states[] = {NOTE_AGREED, NOTE_AGREED, NOTE_DRAFT, NOTE_OTHERWISE};
    Random random = random_seeded((uint64_t)family->match.value + NOTE_SEED);
    const size_t lot = random_below(&random, 2);
    const NoteState state = states[random_below(&random, 4)];
    const Lang lang = walk->giver->lang;
    const NoteId id = {random_id(&random)};
    const Time at = walk->last;
    const Time answered = time_after(at, TIME_HOUR + (int64_t)random_below(&random, 20 * TIME_HOUR));
    if (time_is_none(at) || time_is_before(walk->until, answered)) {
        return;
    }
    demo_walk_note_insert(demo->tx,
                          &(DemoWalkNoteInsert){.id = id,
                                                .match = family->match,
                                                .person = family->person,
                                                .by_person = walk->giver->person,
                                                .state = state,
                                                .strengths = text_str(lang, strengths[lot]),
                                                .talked = text_str(lang, talked[lot]),
                                                .next = text_str(lang, next[lot]),
                                                .now = at,
                                                .stands_at = state == NOTE_DRAFT ? TIME_NONE : answered});
    if (state == NOTE_OTHERWISE) {
        demo_note_beside_insert(
            demo->tx, &(DemoNoteBesideInsert){.id = {random_id(&random)},
                                              .note = id,
                                              .person = family->person,
                                              .words = text_str(family->lang, TEXT_DEMO_NOTE_BESIDE),
                                              .now = answered});
    }
}

/* The last words came when it was over: who gives wrote them where there was no signal. */
static void aside_add(Demo *demo, const DemoFamily *family, const Walk *walk) {
    Random own = random_seeded((uint64_t)family->match.value);
    unsigned char name[CAPTURE_BYTES];
    random_bytes(&own, name, sizeof name);
    demo_aside_insert(demo->tx,
                      &(DemoAsideInsert){.id = {random_id(&own)},
                                         .match = family->match,
                                         .receiver = family->person,
                                         .person = walk->giver->person,
                                         .capture = {.at = (const char *)name, .length = sizeof name},
                                         .kind = CAPTURE_MESSAGE,
                                         .reason = CAPTURE_OVER,
                                         .words = text_str(walk->giver->lang, TEXT_DEMO_ASIDE),
                                         .captured_at = time_before(walk->until, TIME_HOUR),
                                         .kept_at = walk->until});
}

void demo_walk(Demo *demo, DemoFamily *family, DemoWalk kind, Time until) {
    DemoGiver *giver = &demo->program.givers[family->listed[family->chosen_entry]];
    Walk walk = {.giver = giver, .kind = kind, .began = demo->scope.now, .until = until};
    family->match = (MatchId){random_id(&demo->random)};
    demo_match_insert(demo->tx, &(DemoMatchInsert){.id = family->match,
                                                   .program = demo->program.id,
                                                   .request = family->request,
                                                   .offer = giver->offer,
                                                   .receiver = family->person,
                                                   .giver = giver->person,
                                                   .due_at = walk.began,
                                                   .now = walk.began});
    contacts_add(demo, family, &walk);
    progress_follow(demo, family, &walk);
    checkins_add(demo, family, &walk, CHECKIN_RECEIVER);
    checkins_add(demo, family, &walk, CHECKIN_GIVER);
    heard_follow(demo, family, &walk, CHECKIN_RECEIVER);
    heard_follow(demo, family, &walk, CHECKIN_GIVER);
    match_keep(demo, family, &walk);
    notes_add(demo, family, &walk);
    if (kind == DEMO_WALK_RUNNING) {
        messages_add(demo, family, &walk);
        meetings_add(demo, family, &walk);
        demo_own(demo, family, giver->person);
        demo_hard(demo, family, giver, walk.last);
    }
    if (kind == DEMO_WALK_ENDED) {
        aside_add(demo, family, &walk);
        demo_goodbye(demo, family, giver, until);
        giver->places[family->place] = until;
    }
    demo->scope.now = until;
}
