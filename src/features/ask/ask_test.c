/* SPDX-License-Identifier: Apache-2.0 */
/* Asking: drafts and their day, one request however often it is sent, whose it is, and what status tells. */
#include "test/unit.h"

#include "features/ask/ask.h"
#include "features/draft/draft.h"
#include "test/feature_world.h"

static const char *const VISIT = "a browser's own secret";
static const char *const OTHER_VISIT = "another browser's secret";

static AskDraft full_draft(World *world) {
    ListItemId *wishes = NEW_MANY(world->arena, 2, ListItemId);
    wishes[0] = world_item(world, LIST_EXPERIENCE, "Autism");
    wishes[1] = world_item(world, LIST_EXPERIENCE, "Loss and grief");
    ListItemId *times = NEW_MANY(world->arena, 2, ListItemId);
    times[0] = world_item(world, LIST_TIME, "Weekends");
    times[1] = world_item(world, LIST_AGE, "6 to 9"); /* of another list: must not be taken for a time */
    AskDraft draft = ask_draft(&world->scope, str_of(VISIT), world->program);
    AskAnswers *answers = &draft.answers;
    answers->answered = 1U << ASK_NEED | 1U << ASK_ABOUT | 1U << ASK_HOPES | 1U << ASK_SAFE | 1U << ASK_REACH;
    answers->need = STR("He won't go. 100% & more = \"less\"\nni un d\xC3\xAD"
                        "a m\xC3\xA1s + a%26b");
    answers->would_talk = true;
    answers->relation = world_item(world, LIST_RELATION, "Mother");
    answers->age = world_item(world, LIST_AGE, "6 to 9");
    answers->experiences = (ItemIds){.items = wishes, .count = 2};
    ListItemId *more = NEW_MANY(world->arena, 2, ListItemId);
    more[0] = world_item(world, LIST_CHANNEL, "By text message");
    more[1] = world_item(world, LIST_GENDER, "A woman");
    answers->wishes = (ItemIds){.items = more, .count = 2};
    answers->required = 1U << LIST_CHANNEL;
    answers->unlike = 1U << LIST_REGION | 1U << LIST_AGE;
    answers->first = wishes[1];
    answers->hopes = STR("a dad");
    answers->voicemail = SAFE_NO;
    answers->text = SAFE_YES;
    answers->times = (ItemIds){.items = times, .count = 2};
    answers->when = STR("not on Sundays");
    answers->called = STR("Ana");
    answers->reach = STR("Ana@Example.org");
    return draft;
}

static void keep(World *world, const char *visit, const AskDraft *draft) {
    Tx *tx = world_begin(world);
    ask_draft_keep(&world->scope, tx, str_of(visit), draft);
    world_commit(tx);
}

static AskResult send(World *world, const char *visit) {
    Program program;
    assert_true(program_find(&world->scope, world->program, &program));
    Tx *tx = world_begin(world);
    AskResult result = ask_send(&world->scope, tx, str_of(visit), &program);
    world_commit(tx);
    return result;
}

static AskReceipt receipt_of(World *world, const char *visit) {
    AskDraft draft;
    assert_true(ask_draft_find(&world->scope, str_of(visit), &draft));
    return draft.receipt;
}

/* ---- drafts ---- */

static void assert_same(const AskAnswers *left, const AskAnswers *right) {
    assert_true(str_equal(left->need, right->need));
    assert_true(str_equal(left->hopes, right->hopes));
    assert_true(str_equal(left->when, right->when));
    assert_true(str_equal(left->called, right->called));
    assert_true(str_equal(left->reach, right->reach));
    assert_int_equal(left->answered, right->answered);
    assert_int_equal(left->would_talk, right->would_talk);
    assert_int_equal(left->is_part2, right->is_part2);
    assert_true(str_equal(left->young, right->young));
    assert_int_equal(left->is_apart, right->is_apart);
    assert_int_equal(left->voicemail, right->voicemail);
    assert_int_equal(left->text, right->text);
    assert_true(list_item_id_equal(left->relation, right->relation));
    assert_int_equal(left->required, right->required);
    assert_int_equal(left->unlike, right->unlike);
    assert_true(list_item_id_equal(left->first, right->first));
    assert_int_equal(left->wishes.count, right->wishes.count);
    for (size_t at = 0; at < left->wishes.count; at++) {
        assert_true(list_item_id_equal(left->wishes.items[at], right->wishes.items[at]));
    }
    assert_int_equal(left->experiences.count, right->experiences.count);
    for (size_t at = 0; at < left->experiences.count; at++) {
        assert_true(list_item_id_equal(left->experiences.items[at], right->experiences.items[at]));
    }
}

static void test_draft_comes_back_as_written(void **state) {
    World *world = *state;
    AskDraft draft = full_draft(world);
    keep(world, VISIT, &draft);
    AskDraft back = ask_draft(&world->scope, str_of(VISIT), world->program);
    assert_same(&draft.answers, &back.answers);
    AskDraft other;
    assert_false(ask_draft_find(&world->scope, str_of(OTHER_VISIT), &other));
}

/* Whatever bytes a person can type come back the same; whatever stands in the column is read without harm. */
static void test_any_words_survive(void **state) {
    World *world = *state;
    Random random = random_seeded(11);
    const char *pieces[] = {
        "%", "&", "=", "+", "%4", "%26", "\n", "\t", "a", "\xC3\xB1", "\xF0\x9F\x8C\xB1", " ", "need="};
    for (int turn = 0; turn < 2000; turn++) {
        Buf words = buf_new(world->arena, 4096);
        for (uint64_t left = random_below(&random, 40); left > 0; left--) {
            buf_add(&words, str_of(pieces[random_below(&random, sizeof pieces / sizeof pieces[0])]));
        }
        AskDraft draft = ask_draft_read(world->arena, STR(""));
        draft.answers.need = draft.answers.called = buf_str(&words);
        Str written = ask_draft_write(world->arena, &draft);
        AskDraft back = ask_draft_read(world->arena, written);
        assert_true(str_equal(back.answers.need, draft.answers.need));
        assert_true(str_equal(back.answers.called, draft.answers.called));
        (void)ask_draft_read(world->arena, str_part(written, 0, random_below(&random, written.length + 1)));
        (void)ask_draft_read(world->arena, buf_str(&words));
    }
}

static void test_draft_lives_a_day(void **state) {
    World *world = *state;
    AskDraft draft = full_draft(world);
    keep(world, VISIT, &draft);
    world_wait(world, TIME_DAY - TIME_SECOND);
    assert_true(ask_draft_find(&world->scope, str_of(VISIT), &draft));
    world_wait(world, TIME_SECOND);
    assert_false(ask_draft_find(&world->scope, str_of(VISIT), &draft));
    world_wait(world, -TIME_SECOND);
    Tx *tx = world_begin(world);
    draft_clean_up(&world->scope, tx); /* a second too early: it must stay */
    world_commit(tx);
    assert_true(ask_draft_find(&world->scope, str_of(VISIT), &draft));
    world_wait(world, TIME_SECOND);
    tx = world_begin(world);
    draft_clean_up(&world->scope, tx);
    world_commit(tx);
    world_wait(world, -TIME_HOUR);
    assert_false(ask_draft_find(&world->scope, str_of(VISIT), &draft));
}

static void test_leaving_deletes(void **state) {
    World *world = *state;
    AskDraft draft = full_draft(world);
    keep(world, VISIT, &draft);
    keep(world, OTHER_VISIT, &draft);
    Tx *tx = world_begin(world);
    draft_delete(&world->scope, tx, str_of(VISIT));
    world_commit(tx);
    assert_false(ask_draft_find(&world->scope, str_of(VISIT), &draft));
    assert_true(ask_draft_find(&world->scope, str_of(OTHER_VISIT), &draft));
}

static void test_another_program_asks_its_own_lists_again(void **state) {
    World *world = *state;
    AskDraft draft = full_draft(world);
    keep(world, VISIT, &draft);
    Tx *tx = world_begin(world);
    ProgramId lake = program_add(&world->scope, tx, STR("lake"), STR("Lake"), STR("America/Chicago"));
    world_commit(tx);
    AskDraft there = ask_draft(&world->scope, str_of(VISIT), lake);
    assert_true(str_equal(there.answers.need, draft.answers.need));
    assert_words(there.answers.called, "Ana");
    assert_int_equal(there.answers.relation.value, 0);
    assert_int_equal(there.answers.experiences.count, 0);
    assert_int_equal(ask_next(&world->scope, &there.answers), ASK_ABOUT);
}

/* ---- the way ---- */

static void test_steps(void **state) {
    World *world = *state;
    AskAnswers answers = {.answered = 0};
    assert_int_equal(ask_next(&world->scope, &answers), ASK_NEED);
    answers.answered = 1U << ASK_NEED | 1U << ASK_HOPES;
    assert_int_equal(ask_next(&world->scope, &answers), ASK_ABOUT);
    assert_int_equal(ask_count(&world->scope), 6);
    assert_int_equal(ask_before(&world->scope, ASK_NEED), 0);
    assert_int_equal(ask_before(&world->scope, ASK_CHECK), ASK_REACH);
    world_act_as(world, world_person(world, "ben"));
    assert_int_equal(ask_count(&world->scope), 4);
    assert_int_equal(ask_number(&world->scope, ASK_CHECK), 4);
    assert_int_equal(ask_before(&world->scope, ASK_CHECK), ASK_HOPES);
    assert_false(ask_has_step(&world->scope, ASK_REACH));
    answers.answered |= 1U << ASK_ABOUT;
    assert_int_equal(ask_next(&world->scope, &answers), ASK_CHECK);
}

static void test_reach(void **state) {
    (void)state;
    const char *mails[] = {"ana@example.org", " a.b+c@x.example.co ", "\xC3\xB1@ejemplo.es"};
    const char *phones[] = {"787-555-0101", "(206) 555-0102", "+1 787.555.0104", "7875550105 x12"};
    const char *wrong[] = {"",
                           "ana",
                           "ana@",
                           "@example.org",
                           "ana@example",
                           "ana@example.",
                           "a b@example.org",
                           "a@b@example.org",
                           "555-0101",
                           "call me 787-555-0101",
                           "123456789012345678901"};
    ContactPointKind kind;
    for (size_t at = 0; at < sizeof mails / sizeof mails[0]; at++) {
        assert_true(ask_reach_kind(str_of(mails[at]), &kind));
        assert_int_equal(kind, CONTACT_POINT_MAIL);
    }
    for (size_t at = 0; at < sizeof phones / sizeof phones[0]; at++) {
        assert_true(ask_reach_kind(str_of(phones[at]), &kind));
        assert_int_equal(kind, CONTACT_POINT_PHONE);
    }
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_false(ask_reach_kind(str_of(wrong[at]), &kind));
    }
}

/* ---- sending ---- */

static void test_sent_once(void **state) {
    World *world = *state;
    AskDraft draft = full_draft(world);
    keep(world, VISIT, &draft);
    assert_int_equal(send(world, VISIT), ASK_SENT);
    AskReceipt first = receipt_of(world, VISIT);
    assert_true(first.code.length >= 8);
    assert_int_equal(send(world, VISIT), ASK_SENT_BEFORE);
    assert_true(str_equal(receipt_of(world, VISIT).code, first.code));

    Request request;
    assert_true(ask_status(&world->scope, first.code, STR("ana@EXAMPLE.org "), &request));
    assert_true(str_equal(request.need.hidden_words, draft.answers.need));
    assert_words(request.called, "Ana");
    assert_int_equal(request.state, REQUEST_NEW);
    assert_true(list_item_id_equal(request.relation, draft.answers.relation));
    Time due = program_due(&world->scope, world->program, CLOCK_REPLY, world->scope.now);
    assert_int_equal(request.due_at.us, due.us);
    /* Nothing of the answers stays in the draft. */
    assert_false(str_contains(draft_answers(&world->scope, str_of(VISIT)), STR("Ana")));
    assert_words(ask_safe_times(&world->scope, &draft.answers), "Weekends; not on Sundays");

    /* By list and the program's order: Autism, grief (first of all), text (must be so), a woman. */
    RequestItems wishes = request_wishes(&world->scope, request.id);
    assert_int_equal(wishes.count, 4);
    assert_int_equal(wishes.items[0].kind, REQUEST_WISH_CHOSEN);
    assert_int_equal(wishes.items[1].kind, REQUEST_WISH_FIRST);
    assert_true(list_item_id_equal(wishes.items[1].item, draft.answers.first));
    assert_true(wishes.items[2].is_required && !wishes.items[3].is_required);
    assert_int_equal(request_unlike(&world->scope, request.id), draft.answers.unlike);
}

/* The page of wishes stands beside the third question, and only where there is something to wish for. */
static void test_more_is_beside_a_question(void **state) {
    World *world = *state;
    Scope *scope = &world->scope;
    assert_true(ask_has_wishes(scope, world->program));
    assert_int_equal(ask_before(scope, ASK_WISHES), ASK_HOPES);
    assert_int_equal(ask_number(scope, ASK_WISHES), ask_number(scope, ASK_HOPES));
    assert_int_equal(ask_count(scope), 6);
    AskAnswers none = {.answered = 1U << ASK_WISHES};
    assert_int_equal(ask_next(scope, &none), ASK_NEED);
    Tx *tx = world_begin(world);
    for (int list = LIST_SYSTEM; list < LIST_ASKED_COUNT; list++) {
        ListItems items = program_items(scope, world->program, (ListKind)list);
        for (size_t at = 0; at < items.count; at++) {
            ListItemEdit edit;
            assert_true(program_item_read(scope, world->program, (ListKind)list, items.items[at].id, &edit));
            edit.is_retired = true;
            program_item_change(scope, tx, world->program, (ListKind)list, items.items[at].id, &edit);
        }
    }
    world_commit(tx);
    assert_false(ask_has_wishes(scope, world->program));
}

static void test_same_contact_is_never_merged(void **state) {
    World *world = *state;
    PersonId known = world_person(world, "ana");
    AskDraft draft = full_draft(world);
    keep(world, VISIT, &draft);
    keep(world, OTHER_VISIT, &draft);
    assert_int_equal(send(world, VISIT), ASK_SENT);
    assert_int_equal(send(world, OTHER_VISIT), ASK_SENT);
    Request one;
    Request other;
    assert_true(ask_status(&world->scope, receipt_of(world, VISIT).code, draft.answers.reach, &one));
    assert_true(ask_status(&world->scope, receipt_of(world, OTHER_VISIT).code, draft.answers.reach, &other));
    assert_false(person_id_equal(one.person, other.person));
    assert_false(person_id_equal(one.person, known));
}

static void test_signed_in_asks_as_oneself(void **state) {
    World *world = *state;
    PersonId ben = world_person(world, "ben");
    world_act_as(world, ben);
    AskDraft draft = full_draft(world);
    draft.answers.answered = 1U << ASK_NEED | 1U << ASK_ABOUT | 1U << ASK_HOPES;
    keep(world, VISIT, &draft);
    assert_int_equal(send(world, VISIT), ASK_SENT);
    Request request;
    assert_true(ask_status(&world->scope, receipt_of(world, VISIT).code, STR("ben@example.org"), &request));
    assert_true(person_id_equal(request.person, ben));
}

static void test_not_sent(void **state) {
    World *world = *state;
    assert_int_equal(send(world, VISIT), ASK_INCOMPLETE);
    AskDraft draft = full_draft(world);
    draft.answers.answered &= ~(1U << ASK_REACH);
    keep(world, VISIT, &draft);
    assert_int_equal(send(world, VISIT), ASK_INCOMPLETE);
    draft = full_draft(world);
    keep(world, VISIT, &draft);
    Tx *tx = world_begin(world);
    program_set_takes_requests(tx, world->program, false);
    world_commit(tx);
    assert_int_equal(send(world, VISIT), ASK_CLOSED);
    assert_true(str_is_empty(receipt_of(world, VISIT).code));
}

static void test_information_keeps_the_draft(void **state) {
    World *world = *state;
    AskDraft draft = full_draft(world);
    keep(world, VISIT, &draft);
    Program program;
    assert_true(program_find(&world->scope, world->program, &program));
    AskAnswers answers = {
        .program = world->program, .when = STR(""), .called = STR("Eva"), .reach = STR("787-555-0101")};
    Tx *tx = world_begin(world);
    ask_information(&world->scope, tx, str_of(VISIT), &program, &answers);
    world_commit(tx);
    AskDraft after = ask_draft(&world->scope, str_of(VISIT), world->program);
    assert_same(&draft.answers, &after.answers);
    assert_int_equal(after.receipt.kind, REQUEST_INFORMATION_CALL);
    Request request;
    assert_true(ask_status(&world->scope, after.receipt.code, STR("+1 (787) 555-0101"), &request));
    assert_int_equal(request.kind, REQUEST_INFORMATION_CALL);
    assert_words(request.need.hidden_words, "");
}

/* ---- status ---- */

static void test_status_needs_both(void **state) {
    World *world = *state;
    AskDraft draft = full_draft(world);
    keep(world, VISIT, &draft);
    assert_int_equal(send(world, VISIT), ASK_SENT);
    Str code = receipt_of(world, VISIT).code;
    world_person(world, "ben");
    Request request;
    assert_true(ask_status(&world->scope, code, draft.answers.reach, &request));
    assert_false(ask_status(&world->scope, code, STR("ben@example.org"), &request));
    assert_false(ask_status(&world->scope, code, STR(""), &request));
    assert_false(ask_status(&world->scope, code, STR("nonsense"), &request));
    assert_false(ask_status(&world->scope, STR("AAA-AAA-AAA"), draft.answers.reach, &request));
    assert_false(ask_status(&world->scope, STR(""), draft.answers.reach, &request));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_draft_comes_back_as_written, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_any_words_survive, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_draft_lives_a_day, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_leaving_deletes, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_another_program_asks_its_own_lists_again, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_steps, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_more_is_beside_a_question, world_open, world_close),
        cmocka_unit_test(test_reach),
        cmocka_unit_test_setup_teardown(test_sent_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_same_contact_is_never_merged, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_signed_in_asks_as_oneself, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_not_sent, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_information_keeps_the_draft, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_status_needs_both, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
