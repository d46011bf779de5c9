/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the programs: draws every family's fate and day of asking, then tells the stories in order of
 * time. */
#include "features/demo/demo.h"

#include "base/fail.h"
#include "demo_sql.h"
#include "features/audit/audit_chain.h"
#include "features/demo/demo_parts.h"
#include "platform/command/meter.h"
#include "platform/config.h"
#include "platform/zone/zone.h"
#include "texts.h"

#include <assert.h>
#include <errno.h>

enum { KEEP_MOST = 64 << 20, BRIEF_MOST = 16 << 20, GIVERS_TURNED_PERCENT = 12 };

const DemoSize demo_small = {
    .families = 60, .supporters = 25, .coordinators = 2, .days = 90, .rhythm = 11, .is_every_fate = true};
const DemoSize demo_county = {
    .families = 2000, .supporters = 300, .coordinators = 4, .days = 730, .rhythm = 18};
const DemoSize demo_state = {
    .families = 50000, .supporters = 5000, .coordinators = 40, .days = 1095, .rhythm = 18};

static const char zone_name[] = "America/New_York";

/* Beside each of them, so that there are several programs. */
static const DemoSize second = {.families = 10, .supporters = 6, .coordinators = 1, .days = 60, .rhythm = 11};

/* How often a story is told (of 60 in the small demo; of 1,000 elsewhere), and how long ago it began: the
 * unfinished ones lately, in hours; `most` 0: at any time since the program began. */
static const struct {
    int64_t count;
    int64_t weight;
    int64_t least;
    int64_t most;
} fates[DEMO_FATE_COUNT] = {
    [DEMO_NEW] = {5, 4, 1, 120},
    [DEMO_CALL_NEW] = {2, 2, 1, 72},
    [DEMO_CALL_DONE] = {2, 40, 120, 0},
    [DEMO_TAKEN] = {4, 6, 34, 190},
    [DEMO_LISTED] = {4, 6, 100, 290},
    [DEMO_INVITED] = {3, 4, 190, 400},
    [DEMO_ANOTHER_TIME] = {1, 1, 240, 400},
    [DEMO_NONE_OF_THESE] = {2, 2, 240, 480},
    [DEMO_NOT_THIS_PERSON] = {2, 2, 190, 400},
    [DEMO_SAID_NO] = {2, 2, 240, 480},
    [DEMO_SILENT] = {3, 5, 150, 330},
    [DEMO_WALKING] = {12, 150, 600, 4800},
    [DEMO_MATCH_PAUSED] = {2, 15, 900, 5000},
    [DEMO_PAUSED] = {2, 20, 500, 0},
    [DEMO_WITHDRAWN] = {3, 91, 500, 0},
    [DEMO_ENDED] = {4, 540, 1200, 0},
    [DEMO_TURNED] = {2, 17, 1700, 0},
    [DEMO_CHANGED] = {2, 60, 1500, 0},
    [DEMO_GAVE_BACK] = {1, 3, 700, 1300},
    [DEMO_GIVES_TOO] = {2, 30, 500, 1100},
};

/* ---- the plan ---- */

static DemoFate fate_by_weight(Demo *demo) {
    int64_t lot = demo_below(demo, 1000);
    int fate = 0;
    while (lot >= fates[fate].weight) {
        lot -= fates[fate].weight;
        fate++;
        assert(fate < DEMO_FATE_COUNT && "the weights add up to 1,000");
    }
    return (DemoFate)fate;
}

static DemoFate fate_by_number(int64_t number) {
    int fate = 0;
    while (number >= fates[fate].count) {
        number -= fates[fate].count;
        fate++;
        assert(fate < DEMO_FATE_COUNT && "the counts add up to the small demo's families");
    }
    return (DemoFate)fate;
}

static Time asked_at(Demo *demo, DemoFate fate) {
    const int64_t ever = demo->program.size.days * 24;
    const bool is_bounded = fates[fate].most != 0 && fates[fate].most < ever;
    const int64_t most = is_bounded ? fates[fate].most : ever;
    const int64_t least = fates[fate].least < most ? fates[fate].least : most / 2;
    const int64_t hours = least + demo_below(demo, most - least + 1);
    return time_before(demo->end, hours * TIME_HOUR - demo_below(demo, TIME_HOUR));
}

static int by_time(const void *left, const void *right) {
    const DemoFamily *one = left;
    const DemoFamily *other = right;
    if (one->asked.us != other->asked.us) {
        return one->asked.us < other->asked.us ? -1 : 1;
    }
    return one->number < other->number ? -1 : one->number > other->number;
}

/* Every family's fate and day, in order of time, numbered in that order. */
static DemoFamily *plan(Demo *demo) {
    const int64_t count = demo->program.size.families;
    DemoFamily *families = NEW_MANY(demo->keep, (size_t)count, DemoFamily);
    int64_t turned = 0;
    for (int64_t at = 0; at < count; at++) {
        DemoFate fate = demo->program.size.is_every_fate ? fate_by_number(at) : fate_by_weight(demo);
        if (fate == DEMO_TURNED && ++turned > demo->program.size.supporters * GIVERS_TURNED_PERCENT / 100) {
            fate = DEMO_ENDED; /* there is room for so many */
        }
        families[at] = (DemoFamily){.number = at, .fate = fate, .asked = asked_at(demo, fate), .place = -1};
        families[at].lang = demo_below(demo, 3) == 0 ? LANG_ES : LANG_EN;
    }
    qsort(families, (size_t)count, sizeof *families, by_time);
    for (int64_t at = 0; at < count; at++) {
        families[at].number = at;
    }
    return families;
}

/* ---- a program and those who are there from its first days ---- */

static void program_make(Demo *demo, Str slug, Text name, const DemoSize *size) {
    demo->scope.now = time_before(demo->end, (size->days + 30) * TIME_DAY);
    const ProgramId id =
        program_add(&demo->scope, demo->tx, slug, text_str(LANG_EN, name), str_of(zone_name));
    demo->program = (DemoProgram){.id = id, .slug = slug, .size = *size};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        program_set_words(demo->tx, id, PROGRAM_NAME, (Lang)lang, text_str((Lang)lang, name));
        program_set_words(demo->tx, id, PROGRAM_REACH, (Lang)lang, text_str((Lang)lang, TEXT_DEMO_REACH));
    }
    demo_lists_add(demo, id);
    db_use(demo->scope.db, demo->keep);
    Scope keeping = demo->scope;
    keeping.arena = demo->keep;
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        demo->program.lists[list] = program_items(&keeping, id, (ListKind)list);
    }
    for (int clock = CLOCK_REPLY; clock < CLOCK_COUNT; clock++) {
        demo->program.clocks[clock] = program_clock(&keeping, id, (ClockKind)clock);
    }
    demo->program.zone = demo->scope.zone;
    db_use(demo->scope.db, demo->brief);
}

static void person_line(Buf *people, const char *kind, Str mail) {
    buf_print(people, "%s\t%.*s\n", kind, STR_ARGS(mail));
}

static void coordinators_add(Demo *demo, Buf *people) {
    const int64_t count = demo->program.size.coordinators;
    demo->program.coordinators = NEW_MANY(demo->keep, (size_t)count, PersonId);
    for (int64_t at = 0; at < count; at++) {
        Str mail = STR_NONE;
        const Lang lang = at % 2 == 0 ? LANG_EN : LANG_ES;
        const PersonId person =
            demo_person(demo, TEXT_DEMO_CALLED_COORDINATOR, "coordinator", at + 1, lang, &mail);
        program_duty_give(&demo->scope, demo->tx, demo->program.id, person, DUTY_COORDINATOR);
        if (at == 0) { /* nobody leads yet in a demo's first days */
            demo_note_mode_insert(demo->tx, demo->program.id, person, demo->scope.now);
        }
        demo->program.coordinators[at] = person;
        if (people != NULL && at == 0) {
            person_line(people, "coordinator", mail);
        }
    }
}

/* A quarter of the supporters came later; those who turned around come on top, within the same number. */
static void givers_add(Demo *demo, const DemoFamily *families) {
    const DemoSize *size = &demo->program.size;
    int64_t turning = 0;
    for (int64_t at = 0; at < size->families; at++) {
        turning += families[at].fate == DEMO_TURNED;
    }
    demo->program.givers = NEW_MANY(demo->keep, (size_t)size->supporters, DemoGiver);
    const Time founded = demo->scope.now;
    for (int64_t at = 0; at < size->supporters - turning; at++) {
        const bool is_later = at % 4 == 3;
        demo->scope.now = is_later
                              ? time_before(demo->end, TIME_DAY + demo_below(demo, size->days * TIME_DAY))
                              : time_after(founded, demo_below(demo, 29 * TIME_DAY));
        const Lang lang = demo_below(demo, 3) == 0 ? LANG_ES : LANG_EN;
        Str mail = STR_NONE;
        const PersonId person =
            demo_person(demo, TEXT_DEMO_CALLED_SUPPORTER, "supporter", at + 1, lang, &mail);
        demo_giver_add(demo, person, lang, mail);
        arena_reset(demo->brief);
    }
}

/* ---- the families ---- */

/* Someone who walks with another already and has not asked before; NULL: nobody. */
static DemoGiver *find_giver_who_asks(const Demo *demo) {
    for (size_t at = 0; at < demo->program.giver_count; at++) {
        DemoGiver *giver = &demo->program.givers[at];
        if (giver->is_cleared && !giver->asks_too && giver->places[0].us == INT64_MAX) {
            return giver;
        }
    }
    return NULL;
}

/* Each family draws from chance of its own: what the hour of the day changes in one story, the length of one
 * leaves in the others' as it was. */
static void family_make(Demo *demo, DemoFamily *family) {
    demo->random = random_seeded(demo->program.seed + (uint64_t)family->number);
    demo->scope.now = family->asked;
    DemoGiver *giver = family->fate == DEMO_GIVES_TOO ? find_giver_who_asks(demo) : NULL;
    if (giver != NULL) {
        giver->asks_too = true;
        family->person = giver->person;
        family->lang = giver->lang;
        family->mail = giver->mail;
    } else {
        family->fate = family->fate == DEMO_GIVES_TOO ? DEMO_WALKING : family->fate;
        family->person = demo_person(demo, TEXT_DEMO_CALLED_PARENT, "parent", family->number + 1,
                                     family->lang, &family->mail);
    }
    demo_live(demo, family);
}

/* Whose links are printed: a supporter who walks with someone and the family on the other side, who both
 * read English, and who does both. */
static void walkers_tell(Demo *demo, Buf *people) {
    for (size_t at = 0; at < demo->program.giver_count; at++) {
        const DemoGiver *giver = &demo->program.givers[at];
        if (!giver->asks_too && giver->lang == LANG_EN && !str_is_none(giver->walks_with)) {
            person_line(people, "family", giver->walks_with);
            demo_consent_paper(demo, giver->walks_with);
            person_line(people, "supporter", giver->mail);
            break;
        }
    }
    if (demo->both.value != 0) {
        person_line(people, "both", demo->both_mail);
    }
}

/* Whether a supporter who asks finds somebody is chance, and on some days none does: then others ask too. */
static void both_sides_make_sure(Demo *demo) {
    enum { TRIES = 12 };
    for (int64_t at = 0; demo->both.value == 0 && at < TRIES; at++) {
        DemoFamily family = {.number = demo->program.size.families + at,
                             .fate = DEMO_GIVES_TOO,
                             .asked =
                                 time_before(demo->end, (fates[DEMO_GIVES_TOO].least - 10 * at) * TIME_HOUR),
                             .place = -1};
        family_make(demo, &family);
        arena_reset(demo->brief);
    }
}

static void families_make(Demo *demo, DemoFamily *families, Meter *meter) {
    for (int64_t at = 0; at < demo->program.size.families; at++) {
        family_make(demo, &families[at]);
        arena_reset(demo->brief);
        meter_step(meter, at + 1);
    }
    if (demo->program.size.is_every_fate) {
        both_sides_make_sure(demo);
    }
}

static void tell(Demo *demo, Str slug, Text name, const DemoSize *size, Buf *people) {
    program_make(demo, slug, name, size);
    coordinators_add(demo, people);
    DemoFamily *families = plan(demo);
    givers_add(demo, families);
    demo->program.seed = random_next(&demo->random);
    const Random chance = demo->random;
    Meter meter = meter_begin("families", size->families);
    families_make(demo, families, &meter);
    meter_end(&meter);
    demo->random = chance;
    demo_givers_settle(demo);
    if (people != NULL) {
        walkers_tell(demo, people);
    }
}

/* ---- all of it ---- */

static void people_write(const Demo *demo, Str lines) {
    const char *path =
        str_c(demo->keep, str_print(demo->keep, "%.*s/demo-people.txt", STR_ARGS(demo->scope.config->data)));
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fail(FAIL_USAGE, "cannot write %s: %s", path, strerror(errno));
    }
    const bool is_written = fwrite(lines.at, 1, lines.length, file) == lines.length;
    if (fclose(file) != 0 || !is_written) {
        fail(FAIL_USAGE, "cannot write %s: %s", path, strerror(errno));
    }
}

static void refuse_real_people(const Scope *scope) {
    db_begin_read(scope->db);
    const bool is_empty = demo_someone(scope->db).count == 0;
    db_end_read(scope->db);
    if (!is_empty) {
        fail(FAIL_USAGE, "there are people in this database already; a demo needs one of its own");
    }
}

void demo_make(const Scope *scope, const DemoSize *size, uint64_t seed) {
    refuse_real_people(scope);
    Demo demo = {.scope = *scope,
                 .random = random_seeded(seed),
                 .consents = random_seeded(seed + 1),
                 .messages = random_seeded(seed + 2)};
    demo.keep = arena_new_within(scope->arena, KEEP_MOST);
    demo.brief = arena_new_within(scope->arena, BRIEF_MOST);
    demo.scope.arena = demo.brief;
    demo.scope.random = &demo.random;
    demo.scope.actor = (PersonId){0};
    demo.scope.zone = zone_find(str_of(zone_name));
    demo.end = scope->now;
    db_use(scope->db, demo.brief);
    db_expect_bulk(scope->db);

    Buf people = buf_new(demo.keep, 1024);
    demo.tx = tx_begin(scope->db);
    tell(&demo, STR("river"), TEXT_DEMO_PROGRAM_RIVER, size, &people);
    demo_young_add(&demo, seed + 2, &people);
    tell(&demo, STR("hill"), TEXT_DEMO_PROGRAM_HILL, &second, NULL);
    demo_lists_hold(demo.tx, demo.end, matching_policy_start.hold_hours);
    demo_offers_count(demo.tx);
    tx_commit(demo.tx);
    people_write(&demo, buf_str(&people));
    db_use(scope->db, scope->arena);
    /* What was recorded is as old as its story, and nobody serves yet. */
    Scope linking = *scope;
    audit_link(&linking);
}
