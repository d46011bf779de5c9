/* SPDX-License-Identifier: Apache-2.0 */
/* What flowed each way: for the two alone, and only while both wish it. */
#include "test/unit.h"

#include "features/contact/contact.h"
#include "test/feature_pair.h"

static bool wish(World *world, PersonId person, MatchId id, bool wishes) {
    world_act_as(world, person);
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    Tx *tx = world_begin(world);
    const bool is_done = contact_flow_set_wish(&world->scope, tx, &match, wishes);
    world_commit(tx);
    return is_done;
}

static bool say(World *world, PersonId person, ContactId contact, ContactFlow flow) {
    Tx *tx = world_begin_as(world, person);
    const bool is_done = contact_flow_say(&world->scope, tx, contact, flow);
    world_commit(tx);
    return is_done;
}

static ContactId talk(World *world, PersonId giver, MatchId match, ContactFlow flow) {
    world_act_as(world, giver);
    world_wait(world, TIME_HOUR);
    Tx *tx = world_begin(world);
    const ContactId id = contact_add(
        &world->scope, tx,
        &(ContactNew){
            .match = match, .kind = CONTACT_CALL, .outcome = CONTACT_TALKED, .minutes = 15, .flow = flow});
    world_commit(tx);
    return id;
}

/* The newest contact, as this person reads it. */
static Contact newest(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    const Contacts contacts = contact_list(&world->scope, match, (ContactId){0});
    assert_true(contacts.count > 0);
    return contacts.items[0];
}

static void test_only_while_both_wish(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    ContactId contact = talk(world, pair.giver, match, CONTACT_FLOW_GAVE);
    assert_int_equal(newest(world, pair.giver, match).flow_mine, CONTACT_FLOW_UNSAID);
    assert_false(say(world, pair.giver, contact, CONTACT_FLOW_GAVE));
    assert_true(wish(world, pair.giver, match, true));
    assert_true(wish(world, pair.giver, match, true)); /* said twice is said once */
    assert_false(contact_flow_wish(&world->scope, match).is_open);
    assert_false(say(world, pair.giver, contact, CONTACT_FLOW_GAVE));
    assert_true(wish(world, pair.receiver, match, true));
    assert_true(contact_flow_wish(&world->scope, match).is_open);

    contact = talk(world, pair.giver, match, CONTACT_FLOW_BOTH);
    assert_true(say(world, pair.receiver, contact, CONTACT_FLOW_RECEIVED));
    const Contact gave = newest(world, pair.giver, match);
    assert_int_equal(gave.flow_mine, CONTACT_FLOW_BOTH);
    assert_int_equal(gave.flow_theirs, CONTACT_FLOW_RECEIVED);
    assert_true(say(world, pair.receiver, contact, CONTACT_FLOW_UNSAID));
    assert_int_equal(newest(world, pair.giver, match).flow_theirs, CONTACT_FLOW_UNSAID);
    assert_true(say(world, pair.receiver, contact, CONTACT_FLOW_BOTH));

    /* Who turns it off takes out what they said; the other's own stays theirs, and nobody else's. */
    assert_true(wish(world, pair.receiver, match, false));
    const Contact received = newest(world, pair.receiver, match);
    assert_int_equal(received.flow_mine, CONTACT_FLOW_UNSAID);
    assert_int_equal(received.flow_theirs, CONTACT_FLOW_UNSAID);
    assert_int_equal(newest(world, pair.giver, match).flow_mine, CONTACT_FLOW_BOTH);
    assert_false(say(world, pair.giver, contact, CONTACT_FLOW_GAVE));
}

static void test_nobody_elses(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_true(wish(world, pair.receiver, match, true));
    assert_true(wish(world, pair.giver, match, true));
    const ContactId contact = talk(world, pair.giver, match, CONTACT_FLOW_GAVE);
    assert_false(wish(world, pair.coordinator, match, true));
    assert_false(say(world, pair.coordinator, contact, CONTACT_FLOW_BOTH));
    world_act_as(world, pair.coordinator);
    const Contacts contacts = contact_list(&world->scope, match, (ContactId){0});
    for (size_t at = 0; at < contacts.count; at++) {
        assert_int_equal(contacts.items[at].flow_mine, CONTACT_FLOW_UNSAID);
        assert_int_equal(contacts.items[at].flow_theirs, CONTACT_FLOW_UNSAID);
    }
    Tx *tx = world_begin(world);
    contact_flow_forget(tx, pair.receiver);
    world_commit(tx);
    assert_int_equal(newest(world, pair.giver, match).flow_mine, CONTACT_FLOW_GAVE);
    assert_false(contact_flow_wish(&world->scope, match).is_open);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_only_while_both_wish, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_nobody_elses, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
