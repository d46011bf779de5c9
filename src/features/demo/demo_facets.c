/* SPDX-License-Identifier: Apache-2.0 */
/* What the made-up people say beside experiences, languages and times: systems, roles, ways of talking,
 * places, cultures and genders; and who pays, as coordinators note it. */
#include "demo_sql.h"
#include "features/demo/demo_parts.h"
#include "texts.h"

/* ---- the lists of a place of its own ---- */

static const struct {
    ListKind list;
    Text words;
} own_items[] = {
    {LIST_REGION, TEXT_DEMO_REGION_1},   {LIST_REGION, TEXT_DEMO_REGION_2},
    {LIST_REGION, TEXT_DEMO_REGION_3},   {LIST_REGION, TEXT_DEMO_REGION_4},
    {LIST_CULTURE, TEXT_DEMO_CULTURE_1}, {LIST_CULTURE, TEXT_DEMO_CULTURE_2},
    {LIST_CULTURE, TEXT_DEMO_CULTURE_3}, {LIST_CULTURE, TEXT_DEMO_CULTURE_4},
    {LIST_FUNDING, TEXT_DEMO_FUNDING_1}, {LIST_FUNDING, TEXT_DEMO_FUNDING_2},
};

void demo_lists_add(Demo *demo, ProgramId program) {
    for (size_t at = 0; at < sizeof own_items / sizeof own_items[0]; at++) {
        program_item_add(&demo->scope, demo->tx, program, own_items[at].list,
                         text_str(LANG_EN, own_items[at].words), text_str(LANG_ES, own_items[at].words));
    }
}

static int64_t any_of(Demo *demo, ListKind list) {
    return demo_item(demo, list, (size_t)demo_below(demo, (int64_t)demo->program.lists[list].count)).value;
}

/* ---- who offers ---- */

static bool says_already(const DemoGiver *giver, int64_t item) {
    for (size_t at = 0; at < giver->more_count; at++) {
        if (giver->more[at].item == item) {
            return true;
        }
    }
    return false;
}

static void say(DemoGiver *giver, int64_t item, MatchingFacet facet) {
    if (giver->more_count < DEMO_MORE && !says_already(giver, item)) {
        giver->more[giver->more_count++] = (MatchingItem){.item = item, .facet = facet};
    }
}

/* Nearly all walk with caregivers and talk by phone; young people, video and meeting are for fewer. */
void demo_giver_say_more(Demo *demo, DemoGiver *giver) {
    for (int64_t left = 1 + demo_below(demo, 3); left > 0; left--) {
        say(giver, any_of(demo, LIST_SYSTEM), FACET_SYSTEM);
    }
    const bool is_for_young = demo_chance(demo, 34);
    if (!is_for_young || demo_chance(demo, 80)) {
        say(giver, demo_item(demo, LIST_ROLE, 0).value, FACET_ROLE);
    }
    if (is_for_young) {
        say(giver, demo_item(demo, LIST_ROLE, 1).value, FACET_ROLE);
    }
    say(giver, demo_item(demo, LIST_CHANNEL, 0).value, FACET_CHANNEL);
    if (demo_chance(demo, 70)) {
        say(giver, demo_item(demo, LIST_CHANNEL, 1).value, FACET_CHANNEL);
    }
    if (demo_chance(demo, 50)) {
        say(giver, demo_item(demo, LIST_CHANNEL, 2 + (size_t)demo_below(demo, 2)).value, FACET_CHANNEL);
    }
    for (int64_t left = 1 + demo_below(demo, 2); left > 0; left--) {
        say(giver, any_of(demo, LIST_REGION), FACET_REGION);
    }
    if (demo_chance(demo, 60)) {
        say(giver, any_of(demo, LIST_CULTURE), FACET_CULTURE);
    }
    if (demo_chance(demo, 80)) {
        const size_t gender = demo_chance(demo, 70) ? 0 : 1 + (size_t)demo_chance(demo, 15);
        say(giver, demo_item(demo, LIST_GENDER, gender).value, FACET_GENDER);
    }
    if (demo_chance(demo, 30)) {
        say(giver, any_of(demo, LIST_FUNDING), FACET_FUNDING);
    }
}

/* Some keep a culture or a gender for the coordinator; who pays is never a family's to read. */
void demo_giver_write_more(Demo *demo, const DemoGiver *giver) {
    for (size_t at = 0; at < giver->more_count; at++) {
        const MatchingItem *item = &giver->more[at];
        const bool is_private = item->facet == FACET_CULTURE || item->facet == FACET_GENDER;
        const bool is_quiet = item->facet == FACET_FUNDING || (is_private && demo_chance(demo, 20));
        demo_offer_item_insert(demo->tx, giver->offer, (ListItemId){item->item},
                               item->facet == FACET_SYSTEM ? OFFER_LIVED : OFFER_HAS,
                               is_quiet ? OFFER_FOR_COORDINATOR : OFFER_FOR_FAMILIES);
    }
}

/* ---- who asks ---- */

static void wish(Demo *demo, DemoFamily *family, int64_t item, MatchingFacet facet, int required_percent) {
    family->more[family->more_count++] = (MatchingWish){
        .item = item,
        .facet = facet,
        .kind = WISH_CHOSEN,
        .is_required = required_percent > 0 && demo_chance(demo, required_percent),
    };
}

/* Most say little of it, and few that it must be so. */
void demo_family_wish_more(Demo *demo, DemoFamily *family) {
    if (demo_chance(demo, 25)) {
        const size_t role = demo_chance(demo, 15) ? 1 : 0;
        wish(demo, family, demo_item(demo, LIST_ROLE, role).value, FACET_ROLE, 30);
    }
    if (demo_chance(demo, 35)) {
        const size_t channel = (size_t)demo_below(demo, demo_chance(demo, 20) ? 4 : 2);
        wish(demo, family, demo_item(demo, LIST_CHANNEL, channel).value, FACET_CHANNEL, 20);
    }
    if (demo_chance(demo, 35)) {
        wish(demo, family, any_of(demo, LIST_SYSTEM), FACET_SYSTEM, 0);
    }
    if (demo_chance(demo, 40)) {
        wish(demo, family, any_of(demo, LIST_REGION), FACET_REGION, 0);
    }
    if (demo_chance(demo, 15)) {
        wish(demo, family, any_of(demo, LIST_CULTURE), FACET_CULTURE, 15);
    }
    if (demo_chance(demo, 20)) {
        const size_t gender = demo_chance(demo, 80) ? 0 : 1;
        wish(demo, family, demo_item(demo, LIST_GENDER, gender).value, FACET_GENDER, 25);
    }
    family->has_first = family->chosen_count > 1 && demo_chance(demo, 60);
}

void demo_family_write_more(Demo *demo, const DemoFamily *family) {
    for (size_t at = 0; at < family->more_count; at++) {
        const MatchingWish *one = &family->more[at];
        demo_wish_insert(demo->tx, family->request, (ListItemId){one->item}, REQUEST_WISH_CHOSEN,
                         one->is_required);
    }
}
