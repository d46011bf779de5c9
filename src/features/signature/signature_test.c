/* SPDX-License-Identifier: Apache-2.0 */
/* Who has to sign at which age, and that nothing opens while a signature is missing. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/account/account.h"
#include "features/request/request.h"
#include "features/sharing/sharing.h"
#include "features/signature/signature.h"
#include "features/signing/signing.h"
#include "test/feature_world.h"
#include "texts.h"

typedef struct Kai {
    PersonId person;
    PersonId carla; /* coordinates */
    RequestId request;
} Kai;

/* Both from 12 on, alone from 16 on. The world's day is March 4, 2026. */
static void follow_rule(World *world, bool parent_sees) {
    Tx *tx = world_begin_as(world, world_person(world, "lena"));
    signing_set_place(&world->scope, tx, world->program,
                      (SigningPlace){.state = STR("TX"), .service = SIGNING_PEER});
    const SigningRule rule = {.state = STR("TX"),
                              .service = SIGNING_PEER,
                              .both_from = 12,
                              .alone_from = 16,
                              .parent_sees = parent_sees,
                              .source = STR("Some law")};
    assert_int_equal(signing_rule_set(&world->scope, tx, world->program, &rule, (SigningRuleId){0}),
                     SIGNING_DONE);
    world_commit(tx);
}

/* Kai, born in this month, asks. */
static Kai asks(World *world, int64_t year, int64_t month) {
    Kai kai = {.person = world_person(world, "kai"), .carla = world_person(world, "carla")};
    Str receipt = STR_NONE;
    Tx *tx = world_begin_as(world, kai.person);
    program_duty_give(&world->scope, tx, world->program, kai.carla, DUTY_COORDINATOR);
    signing_born_keep(&world->scope, tx, kai.person, (SigningBorn){.year = year, .month = month});
    kai.request = request_add(&world->scope, tx,
                              &(RequestNew){.program = world->program,
                                            .person = kai.person,
                                            .kind = REQUEST_SUPPORT,
                                            .source = REQUEST_FROM_FORM,
                                            .need = STR("Nobody at home may know this"),
                                            .hopes = STR("")},
                              &receipt);
    world_commit(tx);
    return kai;
}

static bool may(World *world, PersonId person, AccessAction action, int64_t object) {
    world_act_as(world, person);
    return access_may(&world->scope, action, object);
}

static Consent newest(World *world, const Kai *kai) {
    const Consents all = consent_list(&world->scope, kai->person);
    assert_true(all.count > 0);
    return all.items[0];
}

static GuardianLink make_link(World *world, const Kai *kai, bool shows) {
    Tx *tx = world_begin_as(world, kai->person);
    const GuardianLink link = guardian_link_make(&world->scope, tx, world->program, kai->person, shows);
    world_commit(tx);
    return link;
}

static SignatureResult sign(World *world, const GuardianLink *link, PersonId parent) {
    world_wait(world, TIME_HOUR);
    Tx *tx = world_begin_as(world, parent);
    const SignatureResult result =
        signature_give(&world->scope, tx, link, parent, signature_words(&world->scope, link));
    world_commit(tx);
    return result;
}

static ConsentState state_now(World *world, const Kai *kai) {
    return newest(world, kai).state;
}

/* ---- age and rule ---- */

static void test_age_is_counted_with_care(void **state) {
    World *world = *state;
    static const struct {
        int64_t year, month, age;
    } cases[] = {{2010, 3, 15}, {2010, 2, 16}, {2010, 4, 15}, {2014, 12, 11}, {2026, 3, -1}, {2008, 3, 17}};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        assert_int_equal(
            signing_age(&world->scope, (SigningBorn){.year = cases[at].year, .month = cases[at].month}),
            cases[at].age);
    }
    const PersonId ana = world_person(world, "ana");
    SigningBorn born;
    assert_false(signing_born_find(&world->scope, ana, &born));
    assert_false(signing_need(&world->scope, world->program, ana).is_asked);
    assert_int_equal(signing_need(&world->scope, world->program, ana).who, SIGNING_YOUNG);
    Tx *tx = world_begin(world);
    signing_born_keep(&world->scope, tx, ana, (SigningBorn){.year = 2011, .month = 4});
    signing_born_keep(&world->scope, tx, ana, (SigningBorn){.year = 2012, .month = 11});
    world_commit(tx);
    assert_true(signing_born_find(&world->scope, ana, &born));
    assert_int_equal(born.year, 2012);
    assert_int_equal(born.month, 11);
    const SigningNeed need = signing_need(&world->scope, world->program, ana);
    assert_true(need.is_asked && need.is_strictest); /* the program has not said where it works */
    assert_int_equal(need.who, SIGNING_BOTH);
}

/* Each age, each rule: whose signatures, and whether the coordinators may read it then. */
static void test_who_signs(void **state) {
    World *world = *state;
    follow_rule(world, false);
    static const struct {
        int64_t year, month;
        ConsentSigns signs;
        bool opens;
    } cases[] = {
        {2015, 1, CONSENT_SIGNS_PARENT, false}, /* 11 */
        {2014, 2, CONSENT_SIGNS_BOTH, false},   /* 12 since the month is over */
        {2010, 3, CONSENT_SIGNS_BOTH, false},   /* 16 this month, which is not over */
        {2010, 2, CONSENT_SIGNS_PERSON, true},  /* 16 */
        {2004, 7, CONSENT_SIGNS_PERSON, true},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        const Kai kai = asks(world, cases[at].year, cases[at].month);
        const Consent consent = newest(world, &kai);
        assert_int_equal(consent.signs, cases[at].signs);
        assert_int_equal(consent.state, cases[at].opens ? CONSENT_LIVING : CONSENT_PENDING);
        assert_int_equal(may(world, kai.carla, ACCESS_REQUEST_READ, kai.request.value), cases[at].opens);
        assert_int_equal(may(world, kai.carla, ACCESS_REQUEST_WORK, kai.request.value), cases[at].opens);
        assert_true(may(world, kai.person, ACCESS_REQUEST_READ, kai.request.value));
        assert_int_equal(consent_list_waiting(&world->scope, world->program, kai.person).count,
                         cases[at].opens ? 0 : 1);
        const GuardianAskeds asked = guardian_asked(&world->scope, world->program);
        assert_true(cases[at].opens ? asked.count == 3 : asked.count == at + 1);
    }
}

/* ---- the second signature ---- */

static void test_both_sign_and_it_opens(void **state) {
    World *world = *state;
    follow_rule(world, false);
    for (int64_t year = 2013; year <= 2015; year += 2) { /* both, and the parent alone */
        const Kai kai = asks(world, year, 1);
        const PersonId ana = world_person(world, "ana");
        world_wait(world, 3 * TIME_DAY);
        const GuardianLink link = make_link(world, &kai, false);
        assert_int_equal(sign(world, &link, ana), SIGNATURE_DONE);
        assert_int_equal(state_now(world, &kai), CONSENT_LIVING);
        assert_true(may(world, kai.carla, ACCESS_REQUEST_WORK, kai.request.value));
        assert_false(may(world, ana, ACCESS_REQUEST_READ, kai.request.value)); /* a signature opens nothing */
        assert_int_equal(consent_signatures(&world->scope, newest(world, &kai).id).count, 2);
        Request request;
        assert_true(request_find(&world->scope, kai.request, &request));
        assert_true(time_is_before(world->scope.now, request.due_at)); /* an answer is due from now on */
        const Guardians of = guardian_list_of(&world->scope, kai.person);
        assert_int_equal(of.count, 1);
        assert_words(of.items[0].parent_called, "ana");
        assert_true(time_is_none(of.items[0].ended_at));
        assert_false(str_contains(of.items[0].words, STR("Nobody at home")));
    }
}

/* Kai, who acts, chooses somebody. */
static void choose(World *world, const Kai *kai, PersonId whom) {
    Tx *tx = world_begin_as(world, kai->person);
    (void)consent_on_choosing(&world->scope, tx,
                              &(ConsentChoosing){.program = world->program,
                                                 .person = kai->person,
                                                 .request = kai->request,
                                                 .to = whom,
                                                 .to_called = STR("somebody")});
    world_commit(tx);
}

static void test_whoever_is_chosen_is_signed_for(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2013, 1);
    const PersonId gloria = world_person(world, "gloria");
    const GuardianLink link = make_link(world, &kai, false);
    choose(world, &kai, gloria);
    assert_false(consent_shares(&world->scope, kai.request, gloria, CONSENT_WORDS));
    assert_int_equal(sign(world, &link, world_person(world, "ana")), SIGNATURE_DONE);
    const PersonId hana = world_person(world, "hana");
    choose(world, &kai, hana);
    assert_int_equal(consent_signatures(&world->scope, newest(world, &kai).id).count, 2);
    assert_true(consent_shares(&world->scope, kai.request, hana, CONSENT_WORDS));
    /* For two years, as the parent read: then they are asked again. */
    world_wait(world, 2 * 365 * TIME_DAY);
    const PersonId ines = world_person(world, "ines");
    choose(world, &kai, ines);
    assert_int_equal(consent_signatures(&world->scope, newest(world, &kai).id).count, 1);
    assert_false(consent_shares(&world->scope, kai.request, ines, CONSENT_WORDS));
}

static void test_nobody_signs_for_themself(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2013, 1);
    const GuardianLink link = make_link(world, &kai, false);
    assert_int_equal(sign(world, &link, kai.person), SIGNATURE_OWN);
    assert_int_equal(state_now(world, &kai), CONSENT_PENDING);
}

/* ---- either stops ---- */

static void test_the_parent_stops(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2013, 1);
    const PersonId ana = world_person(world, "ana");
    GuardianLink link = make_link(world, &kai, false);
    assert_int_equal(sign(world, &link, ana), SIGNATURE_DONE);
    const GuardianId guardian = guardian_list_by(&world->scope, ana).items[0].id;
    assert_true(may(world, ana, ACCESS_GUARDIAN_CHANGE, guardian.value));
    assert_false(may(world, kai.person, ACCESS_GUARDIAN_CHANGE, guardian.value));
    assert_false(may(world, kai.carla, ACCESS_GUARDIAN_CHANGE, guardian.value));
    Tx *tx = world_begin_as(world, ana);
    assert_true(signature_stop(&world->scope, tx, guardian));
    assert_false(signature_stop(&world->scope, tx, guardian));
    world_commit(tx);
    assert_int_equal(state_now(world, &kai), CONSENT_STOPPED);
    assert_false(may(world, kai.carla, ACCESS_REQUEST_READ, kai.request.value));
    assert_false(may(world, ana, ACCESS_GUARDIAN_CHANGE, guardian.value));
    assert_int_equal(guardian_list_of(&world->scope, kai.person).items[0].ended_why, GUARDIAN_STOPPED);
    /* Kai starts again, and a parent has to sign again before anything opens or goes on. */
    world_act_as(world, kai.person);
    world_wait(world, TIME_MINUTE);
    tx = world_begin(world);
    ConsentId given;
    assert_int_equal(sharing_start(&world->scope, tx, newest(world, &kai).id, &given), CONSENT_DONE);
    world_commit(tx);
    assert_int_equal(state_now(world, &kai), CONSENT_PENDING);
    Request request;
    assert_true(request_find(&world->scope, kai.request, &request));
    assert_int_equal(request.state, REQUEST_PAUSED);
    link = make_link(world, &kai, false);
    assert_int_equal(sign(world, &link, ana), SIGNATURE_DONE);
    assert_true(request_find(&world->scope, kai.request, &request));
    assert_int_equal(request.state, REQUEST_NEW);
    assert_true(may(world, kai.carla, ACCESS_REQUEST_WORK, kai.request.value));
}

static void test_the_young_person_stops(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2013, 1);
    const GuardianLink link = make_link(world, &kai, false);
    assert_int_equal(sign(world, &link, world_person(world, "ana")), SIGNATURE_DONE);
    Tx *tx = world_begin_as(world, kai.person);
    assert_int_equal(sharing_stop(&world->scope, tx, newest(world, &kai).id), CONSENT_DONE);
    world_commit(tx);
    assert_false(may(world, kai.carla, ACCESS_REQUEST_READ, kai.request.value));
    /* What the parent signed holds for starting again, too. */
    world_act_as(world, kai.person);
    world_wait(world, TIME_MINUTE);
    tx = world_begin(world);
    ConsentId given;
    assert_int_equal(sharing_start(&world->scope, tx, newest(world, &kai).id, &given), CONSENT_DONE);
    world_commit(tx);
    assert_int_equal(state_now(world, &kai), CONSENT_LIVING);
}

/* ---- what the young person reads meanwhile ---- */

static void assert_next(World *world, const Kai *kai, Text standing, const char *part) {
    world_act_as(world, kai->person);
    Request request;
    assert_true(request_find(&world->scope, kai->request, &request));
    assert_int_equal(request_standing_text(&world->scope, &request), standing);
    const Str next = request_next_words(&world->scope, &request);
    if (!str_contains(next, str_of(part))) {
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARGS(next), part);
    }
    assert_int_equal(str_contains(next, STR("by ")), standing == TEXT_REQUEST_STATE_NEW);
}

/* Nobody works on it, so no day is promised: what is missing, and what can be done about it. */
static void test_a_missing_signature_is_told(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2013, 1);
    const Kai grown = asks(world, 2004, 7);
    assert_next(world, &grown, TEXT_REQUEST_STATE_NEW, "will answer you by");
    assert_next(world, &kai, TEXT_REQUEST_STATE_SIGNS, "make a new one");
    const GuardianLink link = make_link(world, &kai, false);
    assert_next(world, &kai, TEXT_REQUEST_STATE_SIGNS, "It can be used until");
    Tx *tx = world_begin(world);
    signature_say_no(&world->scope, tx, &link);
    world_commit(tx);
    assert_next(world, &kai, TEXT_REQUEST_STATE_SIGNS, "answered with no");
    const GuardianLink second = make_link(world, &kai, false);
    world_wait(world, GUARDIAN_LINK_SPAN);
    assert_next(world, &kai, TEXT_REQUEST_STATE_SIGNS, "cannot be used any more");
    assert_int_equal(guardian_link_closed(&world->scope, world->program, kai.person), 0);
    const GuardianLink third = make_link(world, &kai, false);
    assert_false(str_equal(second.code, third.code));
    assert_int_equal(sign(world, &third, world_person(world, "ana")), SIGNATURE_DONE);
    assert_next(world, &kai, TEXT_REQUEST_STATE_NEW, "will answer you by");
}

/* Stopped by the parent and started again, it rests for the signature and not for a tap. */
static void test_it_is_told_when_it_rests(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2013, 1);
    const PersonId ana = world_person(world, "ana");
    const GuardianLink link = make_link(world, &kai, false);
    assert_int_equal(sign(world, &link, ana), SIGNATURE_DONE);
    Tx *tx = world_begin_as(world, ana);
    assert_true(signature_stop(&world->scope, tx, guardian_list_by(&world->scope, ana).items[0].id));
    world_commit(tx);
    assert_next(world, &kai, TEXT_REQUEST_STATE_PAUSED, "until you open it again");
    world_wait(world, TIME_MINUTE);
    tx = world_begin(world);
    ConsentId given;
    assert_int_equal(sharing_start(&world->scope, tx, newest(world, &kai).id, &given), CONSENT_DONE);
    world_commit(tx);
    assert_next(world, &kai, TEXT_REQUEST_STATE_SIGNS, "cannot be used any more");
    tx = world_begin(world);
    assert_int_equal(request_withdraw(&world->scope, tx, kai.request), REQUEST_DONE);
    world_commit(tx);
    assert_next(world, &kai, TEXT_REQUEST_STATE_WITHDRAWN, "Nothing more happens");
}

/* ---- old enough ---- */

static void come_of_age(World *world) {
    Tx *tx = world_begin_as(world, (PersonId){0});
    signature_come_of_age(&world->scope, tx);
    world_commit(tx);
}

static void test_old_enough_while_waiting(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2010, 3); /* 16 once this month is over */
    const GuardianLink link = make_link(world, &kai, false);
    come_of_age(world);
    assert_int_equal(state_now(world, &kai), CONSENT_PENDING);
    world_wait(world, 28 * TIME_DAY); /* April 1 */
    come_of_age(world);
    assert_int_equal(state_now(world, &kai), CONSENT_LIVING);
    assert_true(may(world, kai.carla, ACCESS_REQUEST_WORK, kai.request.value));
    GuardianLink found;
    assert_int_equal(guardian_link_find(&world->scope, link.code, &found), GUARDIAN_LINK_OVER);
}

static void test_old_enough_ends_the_parents_part(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2010, 3);
    const PersonId ana = world_person(world, "ana");
    const GuardianLink link = make_link(world, &kai, false);
    assert_int_equal(sign(world, &link, ana), SIGNATURE_DONE);
    const GuardianId guardian = guardian_list_by(&world->scope, ana).items[0].id;
    world_wait(world, 30 * TIME_DAY);
    come_of_age(world);
    assert_false(may(world, ana, ACCESS_GUARDIAN_CHANGE, guardian.value));
    assert_int_equal(guardian_list_by(&world->scope, ana).items[0].ended_why, GUARDIAN_OF_AGE);
    assert_int_equal(state_now(world, &kai), CONSENT_LIVING); /* what was signed stays signed */
    come_of_age(world);
    assert_int_equal(guardian_waits(&world->scope, (PersonId){0}).count, 0);
}

/* ---- links ---- */

static void test_links(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2013, 1);
    GuardianLink found;
    assert_int_equal(guardian_link_find(&world->scope, STR(""), &found), GUARDIAN_LINK_UNKNOWN);
    assert_int_equal(guardian_link_find(&world->scope, STR("2222-2222-2222-2222"), &found),
                     GUARDIAN_LINK_UNKNOWN);
    const GuardianLink first = make_link(world, &kai, false);
    const GuardianLink second = make_link(world, &kai, true);
    assert_int_equal(guardian_link_find(&world->scope, first.code, &found), GUARDIAN_LINK_OVER);
    assert_int_equal(guardian_link_find(&world->scope, second.code, &found), GUARDIAN_LINK_OPEN);
    assert_true(person_id_equal(found.person, kai.person));
    assert_true(found.shows_words);
    GuardianLink open;
    assert_true(guardian_link_open(&world->scope, world->program, kai.person, &open));
    assert_words(open.code, str_c(world->arena, second.code)); /* it can be seen again */
    world_wait(world, GUARDIAN_LINK_SPAN);
    assert_int_equal(guardian_link_find(&world->scope, second.code, &found), GUARDIAN_LINK_OVER);
    assert_false(guardian_link_open(&world->scope, world->program, kai.person, &open));
    const GuardianLink third = make_link(world, &kai, false);
    Tx *tx = world_begin(world);
    signature_say_no(&world->scope, tx, &third);
    world_commit(tx);
    assert_int_equal(guardian_link_find(&world->scope, third.code, &found), GUARDIAN_LINK_USED);
    assert_int_equal(guardian_link_closed(&world->scope, world->program, kai.person), GUARDIAN_CLOSED_NO);
    assert_int_equal(state_now(world, &kai), CONSENT_PENDING);
    const GuardianLink fourth = make_link(world, &kai, false);
    assert_int_equal(sign(world, &fourth, world_person(world, "ana")), SIGNATURE_DONE);
    assert_int_equal(guardian_link_find(&world->scope, fourth.code, &found), GUARDIAN_LINK_USED);
    assert_int_equal(sign(world, &fourth, world_person(world, "eve")), SIGNATURE_NOTHING);
}

/* A parent reads the request's words only when the rule lets them and the young person shows them. */
static void test_what_a_parent_sees(void **state) {
    World *world = *state;
    follow_rule(world, false);
    const Kai kai = asks(world, 2013, 1);
    GuardianLink link = make_link(world, &kai, true);
    assert_int_equal(guardian_link_words(&world->scope, &link).count, 0);
    assert_true(str_contains(signature_words(&world->scope, &link), STR("kai")));
    assert_false(str_contains(signature_words(&world->scope, &link), STR("Nobody at home")));
    world_act_as(world, world_person(world, "lena"));
    bool is_strictest = false;
    SigningRule rule =
        signing_rule_for(&world->scope, world->program, STR("TX"), SIGNING_PEER, &is_strictest);
    rule.parent_sees = true;
    Tx *tx = world_begin(world);
    assert_int_equal(signing_rule_set(&world->scope, tx, world->program, &rule, rule.id), SIGNING_DONE);
    world_commit(tx);
    assert_int_equal(guardian_link_words(&world->scope, &link).count, 1);
    link = make_link(world, &kai, false);
    assert_int_equal(guardian_link_words(&world->scope, &link).count, 0);
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_age_is_counted_with_care),
        IN_A_WORLD(test_who_signs),
        IN_A_WORLD(test_both_sign_and_it_opens),
        IN_A_WORLD(test_whoever_is_chosen_is_signed_for),
        IN_A_WORLD(test_nobody_signs_for_themself),
        IN_A_WORLD(test_the_parent_stops),
        IN_A_WORLD(test_the_young_person_stops),
        IN_A_WORLD(test_a_missing_signature_is_told),
        IN_A_WORLD(test_it_is_told_when_it_rests),
        IN_A_WORLD(test_old_enough_while_waiting),
        IN_A_WORLD(test_old_enough_ends_the_parents_part),
        IN_A_WORLD(test_links),
        IN_A_WORLD(test_what_a_parent_sees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
