/* SPDX-License-Identifier: Apache-2.0 */
/* A few of the demo's walks are in hard days. Drawn from the match's own id: nothing else of the demo changes
 * with it. */
#include "features/callout/callout.h"
#include "features/card/card.h"
#include "features/demo/demo_parts.h"
#include "features/hard/hard.h"
#include "demo_sql.h"
#include "platform/zone/zone.h"
#include "texts.h"

enum { HARD_SEED = 8, CALLOUT_SEED = 10, ONE_IN = 16 };

/* What helps, in the family's own words. */
static void card_add(Demo *demo, const DemoFamily *family, Random *random) {
    Scope own = demo->scope;
    own.actor = family->person;
    own.lang = family->lang;
    own.random = random;
    own.now = time_before(demo->end, 3 * TIME_DAY);
    static const Text words[CARD_PARTS] = {
        [CARD_SAFE] = TEXT_DEMO_CARD_SAFE,   [CARD_CALL] = TEXT_DEMO_CARD_CALL,   [CARD_NOT_CALL] = TEXT_NONE,
        [CARD_WORSE] = TEXT_DEMO_CARD_WORSE, [CARD_HELPS] = TEXT_DEMO_CARD_HELPS,
    };
    CardNew card = {.rules = {.hours = {.kind = SAFETY_ONLY_THEN,
                                        .windows = {{.days = 127, .from = 9 * 60, .to = 20 * 60}},
                                        .count = 1},
                              .zone = STR("America/New_York"),
                              .for_giver = true,
                              .for_coordinator = true}};
    for (size_t part = 0; part < CARD_PARTS; part++) {
        card.words[part] = words[part] == TEXT_NONE ? STR("") : text_str(own.lang, words[part]);
    }
    card_write(&own, demo->tx, &card, NULL, 0);
}

/* The last hour of the day that the family's card calls safe. */
static int64_t hour_of(const Demo *demo, PersonId person) {
    const HardHours hours = hard_hours(&demo->scope, person);
    return hours.count == 0 ? HARD_NO_HOUR : hours.items[hours.count - 1];
}

/* Yesterday evening a crisis team came; the hello is due today. */
static void callout_add(Demo *demo, const DemoFamily *family, const DemoGiver *giver) {
    Random random = random_seeded((uint64_t)family->match.value + CALLOUT_SEED);
    const Zone *zone = demo->program.zone;
    const int64_t today = date_days(zone_date(zone, demo->end));
    const Time at = zone_moment(zone, (LocalTime){.date = calendar_date(today - 1), .hour = 19});
    demo_callout_insert(
        demo->tx,
        &(DemoCalloutInsert){.id = {random_id(&random)},
                             .match = family->match,
                             .receiver = family->person,
                             .giver = giver->person,
                             .at = at,
                             .came = CALLOUT_TEAM,
                             .supporter = CALLOUT_BY_PHONE,
                             .helped = text_str(family->lang, TEXT_DEMO_CALLOUT_HELPED),
                             .otherwise = text_str(family->lang, TEXT_DEMO_CALLOUT_OTHERWISE),
                             .now = time_after(at, 2 * TIME_HOUR),
                             .hello_at = zone_moment(zone, (LocalTime){.date = calendar_date(today)})});
}

/* Since the day before yesterday; yesterday nobody got through where they had not talked since. */
void demo_hard(Demo *demo, const DemoFamily *family, const DemoGiver *giver, Time talked) {
    Random random = random_seeded((uint64_t)family->match.value + HARD_SEED);
    if (demo->program.has_hard && random_below(&random, ONE_IN) > 0) {
        return;
    }
    demo->program.has_hard = true;
    card_add(demo, family, &random);
    callout_add(demo, family, giver);
    const int64_t hour = hour_of(demo, family->person);
    const bool has_hour = hour != HARD_NO_HOUR;
    const Time began = time_before(demo->end, 2 * TIME_DAY);
    const Time until = time_after(began, HARD_TIME);
    const Date yesterday = zone_date(demo->program.zone, time_before(demo->end, TIME_DAY));
    const Time missed = zone_moment(demo->program.zone, (LocalTime){.date = yesterday});
    const bool is_missed = has_hour && (time_is_none(talked) || time_is_before(talked, missed));
    demo_debrief_insert(demo->tx, (DebriefId){random_id(&random)}, demo->program.id, giver->person, began);
    const bool has_talked = !time_is_none(talked) && !time_is_before(talked, began);
    demo_hard_insert(demo->tx,
                     &(DemoHardInsert){.id = {random_id(&random)},
                                       .program = demo->program.id,
                                       .match = family->match,
                                       .receiver = family->person,
                                       .giver = giver->person,
                                       .state = HARD_ON,
                                       .began_at = began,
                                       .hour = {.is_known = has_hour, .value = has_hour ? hour : 0},
                                       .answer = has_hour ? HARD_EACH_DAY : HARD_NOT_ANSWERED,
                                       .until_at = until,
                                       .reached_at = has_talked ? talked : TIME_NONE,
                                       .missed_since = is_missed ? missed : TIME_NONE,
                                       .look_at = has_hour ? time_after(demo->end, TIME_DAY) : until});
}
