/* SPDX-License-Identifier: Apache-2.0 */
/* The made-up people: how they can be reached, and what those who offer have lived. */
#include "demo_sql.h"
#include "features/account/account.h"
#include "features/demo/demo_parts.h"
#include "texts.h"

#include <assert.h>

PersonId demo_person(Demo *demo, Text called, const char *kind, int64_t number, Lang lang, Str *ret_mail) {
    const Scope *scope = &demo->scope;
    const Str name = text_str(lang, called);
    const PersonId person = account_person_add(
        scope, demo->tx, str_print(scope->arena, "%.*s %03lld", STR_ARGS(name), (long long)number), lang);
    *ret_mail = str_print(scope->arena, "%.*s-%s-%03lld@example.org", STR_ARGS(demo->program.slug), kind,
                          (long long)number);
    const Str safe_times = demo_chance(demo, 40) ? demo_say(demo, DEMO_SAFE, lang) : STR("");
    account_contact_point_add(
        scope, demo->tx, person,
        &(ContactPoint){.kind = CONTACT_POINT_MAIL, .value = *ret_mail, .safe_times = safe_times});
    if (demo_chance(demo, 70)) {
        const Str phone =
            str_print(scope->arena, "%lld-555-01%02lld", (long long)(201 + demo_below(demo, 700)),
                      (long long)demo_below(demo, 100));
        account_contact_point_add(scope, demo->tx, person,
                                  &(ContactPoint){.kind = CONTACT_POINT_PHONE,
                                                  .value = phone,
                                                  .voicemail = (Safe)demo_below(demo, 3),
                                                  .text = (Safe)demo_below(demo, 3),
                                                  .safe_times = safe_times});
    }
    return person;
}

ListItemId demo_item(const Demo *demo, ListKind list, size_t at) {
    const ListItems *items = &demo->program.lists[list];
    assert(at < items->count);
    return items->items[at].id;
}

static ListItemId any_item(Demo *demo, ListKind list) {
    return demo_item(demo, list, (size_t)demo_below(demo, (int64_t)demo->program.lists[list].count));
}

static bool has_lived(const DemoGiver *giver, int64_t item) {
    for (size_t at = 0; at < giver->lived_count; at++) {
        if (giver->lived[at] == item) {
            return true;
        }
    }
    return false;
}

/* Five to eight experiences and an age band; the rest follows the giver's number, so that all kinds are
 * there. */
static void giver_fill(Demo *demo, DemoGiver *giver, size_t number) {
    const int64_t experiences = 6 + demo_below(demo, DEMO_LIVED - 5);
    for (int64_t at = 0; at < experiences; at++) {
        const int64_t item =
            at + 1 == experiences ? any_item(demo, LIST_AGE).value : any_item(demo, LIST_EXPERIENCE).value;
        if (!has_lived(giver, item)) {
            giver->lived[giver->lived_count++] = item;
        }
    }
    const bool speaks_both = number % 4 == 0;
    if (giver->lang == LANG_EN || speaks_both) {
        giver->speaks[giver->speaks_count++] = demo_item(demo, LIST_LANGUAGE, 0).value;
    }
    if (giver->lang == LANG_ES || speaks_both) {
        giver->speaks[giver->speaks_count++] = demo_item(demo, LIST_LANGUAGE, 1).value;
    }
    giver->times[0] = demo_item(demo, LIST_TIME, (size_t)demo_below(demo, 2)).value;
    giver->times[1] = demo_item(demo, LIST_TIME, 2 + (size_t)demo_below(demo, 3)).value;
    const int64_t limit = any_item(demo, LIST_EXPERIENCE).value;
    giver->rather_not = demo_chance(demo, 15) && !has_lived(giver, limit) ? limit : 0;
    giver->relation = any_item(demo, LIST_RELATION);
    giver->capacity = number % 10 == 4 ? DEMO_PLACES : number % 10 < 3 ? 2 + demo_below(demo, 3) : 3;
    giver->is_cleared = number % 11 != 7;
    giver->away_since = (Time){INT64_MAX};
    if (number % 12 == 10 && giver->is_cleared) {
        giver->away = number % 24 == 10 ? OFFER_PAUSED : OFFER_ENDED;
        giver->away_since = time_before(demo->end, TIME_DAY + demo_below(demo, 20 * TIME_DAY));
    }
}

static void item_add(Demo *demo, const DemoGiver *giver, int64_t item, OfferItemKind kind) {
    const bool is_shown = kind != OFFER_RATHER_NOT && !demo_chance(demo, 10);
    demo_offer_item_insert(demo->tx, giver->offer, (ListItemId){item}, kind,
                           is_shown ? OFFER_FOR_FAMILIES : OFFER_FOR_COORDINATOR);
}

static void giver_write(Demo *demo, const DemoGiver *giver) {
    demo_offer_insert(demo->tx, &(DemoOfferInsert){.id = giver->offer,
                                                   .program = demo->program.id,
                                                   .person = giver->person,
                                                   .relation = giver->relation,
                                                   .about = demo_about(demo, giver->lang),
                                                   .capacity = giver->capacity,
                                                   .is_cleared = giver->is_cleared,
                                                   .now = giver->since});
    for (size_t at = 0; at < giver->lived_count; at++) {
        item_add(demo, giver, giver->lived[at], OFFER_LIVED);
    }
    for (size_t at = 0; at < giver->speaks_count; at++) {
        item_add(demo, giver, giver->speaks[at], OFFER_SPEAKS);
    }
    for (size_t at = 0; at < sizeof giver->times / sizeof giver->times[0]; at++) {
        item_add(demo, giver, giver->times[at], OFFER_FREE_THEN);
    }
    if (giver->rather_not != 0) {
        item_add(demo, giver, giver->rather_not, OFFER_RATHER_NOT);
    }
}

void demo_giver_add(Demo *demo, PersonId person, Lang lang, Str mail) {
    const size_t number = demo->program.giver_count++;
    DemoGiver *giver = &demo->program.givers[number];
    *giver = (DemoGiver){.offer = {random_id(&demo->random)},
                         .person = person,
                         .lang = lang,
                         .since = demo->scope.now,
                         .mail = str_copy(demo->keep, mail)};
    giver_fill(demo, giver, number);
    demo_giver_say_more(demo, giver);
    giver_write(demo, giver);
    demo_giver_write_more(demo, giver);
}

int demo_place(const Demo *demo, const DemoGiver *giver) {
    for (int place = 0; place < (int)giver->capacity; place++) {
        if (!time_is_before(demo->scope.now, giver->places[place])) {
            return place;
        }
    }
    return -1;
}

void demo_givers_settle(Demo *demo) {
    for (size_t at = 0; at < demo->program.giver_count; at++) {
        const DemoGiver *giver = &demo->program.givers[at];
        int64_t load = 0;
        for (int64_t place = 0; place < giver->capacity; place++) {
            load += giver->places[place].us == INT64_MAX;
        }
        OfferStanding standing = load >= giver->capacity ? OFFER_FULL : OFFER_FREE;
        Time until = TIME_NONE;
        if (giver->away_since.us != INT64_MAX) {
            standing = giver->away;
            /* Some know when they are back, some do not. */
            const bool is_known = standing == OFFER_PAUSED && demo_chance(demo, 50);
            until = is_known ? time_after(demo->end, 2 * TIME_WEEK) : TIME_NONE;
        }
        demo_offer_settle(demo->tx, giver->offer, load, standing, until);
    }
}
