/* SPDX-License-Identifier: Apache-2.0 */
/* The boxes by which the items of a consent are picked. */
#include "test/unit.h"

#include "features/consent/consent_pick.h"
#include "test/feature_world.h"

/* A box for each that can be left out by that recipient's consent; what is needed has none and is in it. */
static void test_boxes(void **state) {
    World *world = *state;
    static const Field fields[] = {{.name = "share", .kind = FIELD_SET, .choices = consent_pick_values}};
    Form form = form_empty(&world->scope, fields, 1);
    assert_int_equal(consent_pick_options(&world->scope, CONSENT_TO_COORDINATORS).count, 4);
    assert_int_equal(consent_pick_options(&world->scope, CONSENT_TO_PERSON).count, 2);
    assert_int_equal(consent_picked(&form, 0, CONSENT_TO_COORDINATORS), CONSENT_NEEDED);
    consent_pick_set(&world->scope, &form, 0, CONSENT_NOTES | CONSENT_CONTACTS);
    assert_int_equal(consent_picked(&form, 0, CONSENT_TO_COORDINATORS),
                     CONSENT_NEEDED | CONSENT_NOTES | CONSENT_CONTACTS);
}

/* For an organization there is a box for all but the name, and the hints are of what stands on paper. */
static void test_boxes_of_paper(void **state) {
    World *world = *state;
    static const Field fields[] = {{.name = "share", .kind = FIELD_SET, .choices = consent_pick_all}};
    Form form = form_empty(&world->scope, fields, 1);
    const Options boxes = consent_pick_options(&world->scope, CONSENT_TO_ORGANIZATION);
    assert_int_equal(boxes.count, CONSENT_ITEMS - 1);
    for (size_t at = 0; at < boxes.count; at++) {
        assert_true(str_equal(boxes.items[at].value, str_of(consent_pick_all[at])));
    }
    assert_words(boxes.items[0].value, "words");
    assert_true(str_contains(boxes.items[0].hint, STR("as I wrote it")));
    assert_words(boxes.items[3].value, "contacts");
    assert_true(str_is_none(boxes.items[3].hint));
    assert_int_equal(consent_picked(&form, 0, CONSENT_TO_ORGANIZATION), CONSENT_NAME);
    consent_pick_set(&world->scope, &form, 0, CONSENT_CARD | CONSENT_SUBSTANCE);
    assert_int_equal(consent_picked(&form, 0, CONSENT_TO_ORGANIZATION),
                     CONSENT_NAME | CONSENT_CARD | CONSENT_SUBSTANCE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_boxes, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_boxes_of_paper, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
