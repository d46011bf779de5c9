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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_boxes, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
