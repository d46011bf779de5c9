/* SPDX-License-Identifier: Apache-2.0 */
/* Offers: which lists may stand in one and how, who reads it, and who pays. */
#include "test/unit.h"

#include "features/offer/offer.h"
#include "test/database.h"
#include "test/feature_world.h"

static ListItemId add_item(World *world, ListKind list, const char *words) {
    Tx *tx = world_begin(world);
    ListItemId item = program_item_add(&world->scope, tx, world->program, list, str_of(words), STR(""));
    world_commit(tx);
    return item;
}

static OfferId add_offer(World *world, const OfferItem *items, size_t count) {
    const PersonId gloria = world_person(world, "gloria");
    Tx *tx = world_begin(world);
    OfferId id =
        offer_add(&world->scope, tx, world->program, gloria, &(OfferContent){.items = {items, count}});
    world_commit(tx);
    return id;
}

/* What stands in the offer, as "kind audience words", a line each. */
static void assert_items(World *world, OfferId id, const char *wanted) {
    Buf lines = buf_new(world->arena, 4096);
    OfferItems items = offer_items(&world->scope, id);
    for (size_t at = 0; at < items.count; at++) {
        Str label = program_item_label(&world->scope, items.items[at].item);
        buf_print(&lines, "%d %d %.*s\n", (int)items.items[at].kind, (int)items.items[at].audience,
                  STR_ARGS(label));
    }
    assert_words(buf_str(&lines), wanted);
}

/* Each list stands in an offer in the ways that say something, and in no other; limits and what was said
 * quietly are the coordinator's. */
static void test_lists_that_fit(void **state) {
    World *world = *state;
    const ListItemId court = world_item(world, LIST_SYSTEM, "Juvenile court and probation");
    const ListItemId young = world_item(world, LIST_ROLE, "Young people");
    const ListItemId text = world_item(world, LIST_CHANNEL, "By text message");
    const ListItemId woman = world_item(world, LIST_GENDER, "A woman");
    const ListItemId autism = world_item(world, LIST_EXPERIENCE, "Autism");
    const ListItemId mother = world_item(world, LIST_RELATION, "Mother");
    const ListItemId north = add_item(world, LIST_REGION, "North");
    const ListItemId deaf = add_item(world, LIST_CULTURE, "Deaf");
    const ListItemId grant = add_item(world, LIST_FUNDING, "A grant");
    const OfferItem items[] = {
        {court, OFFER_LIVED, OFFER_FOR_FAMILIES},       {court, OFFER_HAS, OFFER_FOR_FAMILIES},
        {young, OFFER_HAS, OFFER_FOR_FAMILIES},         {young, OFFER_LIVED, OFFER_FOR_FAMILIES},
        {text, OFFER_HAS, OFFER_FOR_FAMILIES},          {text, OFFER_SPEAKS, OFFER_FOR_FAMILIES},
        {woman, OFFER_HAS, OFFER_FOR_COORDINATOR},      {woman, OFFER_RATHER_NOT, OFFER_FOR_FAMILIES},
        {north, OFFER_HAS, OFFER_FOR_FAMILIES},         {deaf, OFFER_HAS, OFFER_FOR_COORDINATOR},
        {grant, OFFER_HAS, OFFER_FOR_FAMILIES},         {mother, OFFER_HAS, OFFER_FOR_FAMILIES},
        {autism, OFFER_RATHER_NOT, OFFER_FOR_FAMILIES}, {autism, OFFER_HAS, OFFER_FOR_FAMILIES},
    };
    assert_items(world, add_offer(world, items, sizeof items / sizeof items[0]),
                 "1 1 Juvenile court and probation\n"
                 "4 2 Autism\n"
                 "5 1 Young people\n"
                 "5 1 By text message\n"
                 "5 1 North\n"
                 "5 2 Deaf\n"
                 "5 2 A woman\n");
}

/* Who pays is not the person's to say, and is not lost when the person changes what it says. */
static void test_funding_is_the_coordinators(void **state) {
    World *world = *state;
    const ListItemId grant = add_item(world, LIST_FUNDING, "A grant");
    const ListItemId county = add_item(world, LIST_FUNDING, "The county");
    const ListItemId young = world_item(world, LIST_ROLE, "Young people");
    const OfferItem items[] = {{young, OFFER_HAS, OFFER_FOR_FAMILIES}};
    OfferId id = add_offer(world, items, 1);
    Tx *tx = world_begin(world);
    assert_int_equal(offer_set_funding(&world->scope, tx, id, 9, &grant, 1), OFFER_STALE);
    assert_int_equal(offer_set_funding(&world->scope, tx, id, 1, (const ListItemId[]){grant, young}, 2),
                     OFFER_DONE);
    world_commit(tx);
    assert_items(world, id, "5 1 Young people\n5 2 A grant\n");

    tx = world_begin(world);
    assert_int_equal(offer_change(&world->scope, tx, id, 2, &(OfferContent){.capacity = 2}), OFFER_DONE);
    world_commit(tx);
    assert_items(world, id, "5 2 A grant\n");

    tx = world_begin(world);
    assert_int_equal(offer_set_funding(&world->scope, tx, id, 3, &county, 1), OFFER_DONE);
    world_commit(tx);
    assert_items(world, id, "5 2 The county\n");

    tx = world_begin(world);
    offer_remove(tx, id);
    world_commit(tx);
    assert_words(test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM offer_item"), "0|\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lists_that_fit, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_funding_is_the_coordinators, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
