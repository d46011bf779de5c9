/* SPDX-License-Identifier: Apache-2.0 */
/* Opens and closes the small world of the rules' tests. */
#include "test/unit.h"

#include "test/feature_world.h"

#include "features/access/proof.h"
#include "features/account/account.h"
#include "platform/crypto/crypto.h"
#include "platform/keep.h"
#include "platform/zone/zone.h"
#include "test/database.h"

int world_open(void **state) {
    crypto_start();
    World *world = calloc(1, sizeof *world);
    assert_non_null(world);
    world->arena = arena_new((size_t)64 << 20);
    world->keep = keep_new(KEEP_BYTES);
    world->db = test_database_open(world->arena, &world->url);
    world->random = random_seeded(7);
    world->config.origin = STR("https://support.example.org");
    const Zone *zone = zone_find(STR("America/New_York"));
    world->scope = (Scope){
        .arena = world->arena,
        .db = world->db,
        .random = &world->random,
        .now = zone_moment(zone, (LocalTime){.date = {2026, 3, 4}, .hour = 10}),
        .lang = LANG_EN,
        .zone = zone,
        .config = &world->config,
        .keep = world->keep,
    };
    Tx *tx = tx_begin(world->db);
    world->program =
        program_add(&world->scope, tx, STR("river"), STR("River Families"), STR("America/New_York"));
    tx_commit(tx);
    *state = world;
    return 0;
}

int world_close(void **state) {
    World *world = *state;
    test_database_close(world->db, world->url);
    keep_free(world->keep);
    arena_free(world->arena);
    free(world);
    return 0;
}

Tx *world_begin(World *world) {
    return tx_begin(world->db);
}

void world_commit(Tx *tx) {
    tx_commit(tx);
}

PersonId world_person(World *world, const char *name) {
    Tx *tx = tx_begin(world->db);
    PersonId person = account_person_add(&world->scope, tx, str_of(name), LANG_EN);
    Str mail = str_print(world->arena, "%s@example.org", name);
    account_contact_point_add(&world->scope, tx, person,
                              &(ContactPoint){.kind = CONTACT_POINT_MAIL, .value = mail});
    tx_commit(tx);
    return person;
}

void world_act_as(World *world, PersonId person) {
    world->scope.actor = person;
    world->scope.proofs = PROOF_OPERATOR;
    world->scope.proved_at = world->scope.now;
}

Tx *world_begin_as(World *world, PersonId person) {
    world_act_as(world, person);
    return world_begin(world);
}

void world_wait(World *world, int64_t span_us) {
    world->scope.now = time_after(world->scope.now, span_us);
}

ListItemId world_item(World *world, ListKind list, const char *english) {
    ListItems items = program_items(&world->scope, world->program, list);
    for (size_t at = 0; at < items.count; at++) {
        if (str_equal(items.items[at].label, str_of(english))) {
            return items.items[at].id;
        }
    }
    fail_msg("the program has no list item \"%s\"", english);
    return (ListItemId){0};
}

void assert_words(Str is, const char *wanted) {
    Arena *arena = arena_new(1 << 16);
    assert_string_equal(str_c(arena, is), wanted);
    arena_free(arena);
}
