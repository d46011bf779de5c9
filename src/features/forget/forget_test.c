/* SPDX-License-Identifier: Apache-2.0 */
/* Forgetting a person: what goes, what stays, and that no older copy of the database opens any more. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/consent/consent.h"
#include "features/diary/diary.h"
#include "features/forget/forget.h"
#include "features/match/match.h"
#include "features/meeting/meeting.h"
#include "features/request/request.h"
#include "platform/crypto/keys.h"
#include "base/fail.h"
#include "platform/crypto/seal.h"
#include "platform/db/db_query.h"
#include "platform/db/person_key.h"
#include "test/database.h"
#include "test/feature_pair.h"

#include <unistd.h>

/* A world whose keys are in a file of its own. */
static int open_world(void **state) {
    (void)world_open(state);
    World *world = *state;
    world->config.keys = test_keys_file(world->arena);
    db_keys_open(world->db, world->config.keys);
    return 0;
}

static int close_world(void **state) {
    World *world = *state;
    const char *path = str_c(world->arena, world->config.keys.path);
    (void)unlink(path);
    (void)unlink(str_c(world->arena, str_print(world->arena, "%s.lock", path)));
    return world_close(state);
}

typedef struct Family {
    PersonId person;
    RequestId request;
} Family;

static Family ask(World *world, const char *name, const char *need) {
    const PersonId person = world_person(world, name);
    Tx *tx = world_begin(world);
    Str receipt;
    const RequestId id = request_add(&world->scope, tx,
                                     &(RequestNew){.program = world->program,
                                                   .person = person,
                                                   .kind = REQUEST_SUPPORT,
                                                   .source = REQUEST_FROM_FORM,
                                                   .lang = LANG_EN,
                                                   .need = str_of(need),
                                                   .hopes = STR("Somebody patient.")},
                                     &receipt);
    world_act_as(world, person);
    request_note(&world->scope, tx, id, REQUEST_NOTE_ANSWER, STR("Mornings are worst."));
    world_commit(tx);
    return (Family){.person = person, .request = id};
}

static bool forget_now(World *world, PersonId person) {
    Tx *tx = world_begin(world);
    const bool is_done = forget_person(&world->scope, tx, person);
    world_commit(tx);
    return is_done;
}

static Str rows(World *world, const char *sql) {
    return test_database_rows(world->db, world->arena, sql);
}

static void test_everything_goes(void **state) {
    World *world = *state;
    const Family ana = ask(world, "ana", "My son does not sleep.");
    const Family bea = ask(world, "bea", "My daughter is afraid of school.");
    assert_true(forget_now(world, ana.person));
    assert_false(forget_now(world, ana.person));
    assert_false(forget_now(world, (PersonId){4711}));
    Person person;
    assert_true(account_person_find(&world->scope, ana.person, &person));
    assert_words(person.called, "Someone who left");
    assert_int_equal(account_contact_points(&world->scope, ana.person).count, 0);
    assert_int_equal(account_find_by_mail(&world->scope, STR("ana@example.org")).count, 0);
    Request request;
    assert_true(request_find(&world->scope, ana.request, &request));
    assert_words(request.need.hidden_words, "");
    assert_words(request.hopes.hidden_words, "");
    assert_int_equal(request.state, REQUEST_WITHDRAWN);
    assert_words(rows(world, "SELECT LENGTH(n.words) FROM request_note n JOIN request r ON r.id = n.request "
                             "JOIN person p ON p.id = r.person WHERE p.called = 'Someone who left'"),
                 "0|\n");
    assert_int_equal(forget_state(&world->scope, ana.person).step, FORGET_DONE);
    /* The other family is as it was. */
    assert_true(request_find(&world->scope, bea.request, &request));
    assert_words(request.need.hidden_words, "My daughter is afraid of school.");
    assert_int_equal(account_contact_points(&world->scope, bea.person).count, 1);
    assert_words(rows(world, "SELECT COUNT(*) FROM person_key"), "1|\n");
}

static Consent to_a_person(World *world, PersonId receiver) {
    const Consents all = consent_list(&world->scope, receiver);
    for (size_t at = 0; at < all.count; at++) {
        if (all.items[at].to == CONSENT_TO_PERSON) {
            return all.items[at];
        }
    }
    fail_msg("nothing is shared with a person");
    return (Consent){0};
}

/* A family's ledger says to whom it gave something, and keeps no name of whoever left. */
static void test_a_supporter_is_in_no_kept_words(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    assert_true(str_contains(to_a_person(world, pair.receiver).words, STR("gloria")));
    /* Also where the name was kept in the words, as it was before. */
    Tx *tx = world_begin(world);
    test_database_run(world->db,
                      "UPDATE consent_text SET words = 'I share with gloria:' WHERE words LIKE '%{name}%'");
    world_commit(tx);
    assert_true(forget_now(world, pair.giver));
    const Str words = to_a_person(world, pair.receiver).words;
    assert_false(str_contains(words, STR("gloria")));
    assert_true(str_contains(words, STR("I share with Someone who left:")));
    assert_words(rows(world, "SELECT COUNT(*) FROM consent_text WHERE words LIKE '%gloria%'"), "0|\n");
}

/* What a backup made at this moment holds of two families, as bytes. */
typedef struct Copy {
    KeysSlot slot;
    Str wrapped;
    Str need;
} Copy;

static Str bytes_of(World *world, Str hex) {
    const size_t length = (hex.length - 2) / 2;
    unsigned char *bytes = arena_get(world->arena, length + 1);
    for (size_t at = 0; at < length; at++) {
        const char digits[3] = {hex.at[2 + 2 * at], hex.at[3 + 2 * at], 0};
        bytes[at] = (unsigned char)strtol(digits, NULL, 16);
    }
    return (Str){.at = (const char *)bytes, .length = length};
}

static Copy copy_of(World *world, Family family) {
    Str line = rows(world, str_c(world->arena,
                                 str_print(world->arena,
                                           "SELECT k.generation, k.slot, k.wrapped, r.need FROM person_key k "
                                           "JOIN request r ON r.person = k.person WHERE k.person = %lld",
                                           (long long)family.person.value)));
    Str cells[4];
    for (size_t at = 0; at < 4; at++) {
        assert_true(str_cut(line, '|', &cells[at], &line));
    }
    Copy copy = {.slot = {.person = family.person.value}};
    int64_t slot = 0;
    assert_true(str_to_int(cells[0], 1, 1000, &copy.slot.generation));
    assert_true(str_to_int(cells[1], 0, UINT32_MAX, &slot));
    copy.slot.slot = (uint32_t)slot;
    copy.wrapped = bytes_of(world, cells[2]);
    copy.need = bytes_of(world, cells[3]);
    return copy;
}

/* Opens a copy's words with a key file, as a program would that has nothing else. */
static KeysResult open_copy(World *world, KeysPlace place, const Copy *copy, Family family, Str *ret_need) {
    Keys *keys = keys_open(place);
    const unsigned char *key = NULL;
    const KeysResult result = keys_unwrap(keys, copy->slot, copy->wrapped, &key);
    if (result == KEYS_DONE) {
        assert_true(seal_open(world->arena, key, "request.need", family.request.value, copy->need, ret_need));
    }
    keys_free(keys);
    return result;
}

static KeysPlace keys_copied(World *world) {
    const KeysPlace place = {.path = str_print(world->arena, "%.*s.copy", STR_ARGS(world->config.keys.path)),
                             .lock = STR("")};
    Keys *keys = keys_open(world->config.keys);
    keys_write(keys, place);
    keys_free(keys);
    return place;
}

/* The promise: with the key file of after the forgetting, a copy of the database of before opens for
 * everybody else and not for the one who was forgotten. */
static void prove(World *world, Family ana, Family bea, const Copy *of_ana, const Copy *of_bea) {
    const KeysPlace before = keys_copied(world);
    assert_true(forget_now(world, ana.person));
    forget_watch(&world->scope);
    Str need = STR_NONE;
    assert_int_equal(open_copy(world, before, of_ana, ana, &need),
                     KEYS_DONE); /* else this test shows nothing */
    assert_words(need, "My son does not sleep.");
    need = STR_NONE;
    assert_int_equal(open_copy(world, world->config.keys, of_ana, ana, &need), KEYS_PUNCTURED);
    assert_true(str_is_none(need));
    assert_int_equal(open_copy(world, world->config.keys, of_bea, bea, &need), KEYS_DONE);
    assert_words(need, "My daughter is afraid of school.");
    (void)unlink(str_c(world->arena, before.path));
}

static void test_older_copies_do_not_open(void **state) {
    World *world = *state;
    const Family ana = ask(world, "ana", "My son does not sleep.");
    const Family bea = ask(world, "bea", "My daughter is afraid of school.");
    const Copy of_ana = copy_of(world, ana);
    const Copy of_bea = copy_of(world, bea);
    prove(world, ana, bea, &of_ana, &of_bea);
}

static void rotate_now(World *world) {
    (void)keys_add_generation(world->config.keys);
    assert_true(keys_refresh(db_keys(world->db), true));
    PersonId after = {0};
    Tx *tx = world_begin(world);
    while (person_keys_rewrap(tx, &after, 1) > 0) {
    }
    world_commit(tx);
    assert_int_equal(person_keys_older(world->db), 0);
}

/* A copy from before a rotation, too: the slots of then are punctured with those of now. */
static void test_copies_older_than_a_rotation_do_not_open(void **state) {
    World *world = *state;
    const Family ana = ask(world, "ana", "My son does not sleep.");
    const Family bea = ask(world, "bea", "My daughter is afraid of school.");
    const Copy of_ana = copy_of(world, ana);
    const Copy of_bea = copy_of(world, bea);
    rotate_now(world);
    rotate_now(world);
    Request request;
    assert_true(request_find(&world->scope, ana.request, &request));
    assert_words(request.need.hidden_words, "My son does not sleep.");
    const Copy between = copy_of(world, ana);
    assert_int_equal(between.slot.generation, 3);
    prove(world, ana, bea, &of_ana, &of_bea);
    Str need = STR_NONE;
    assert_int_equal(open_copy(world, world->config.keys, &between, ana, &need), KEYS_PUNCTURED);
}

/* A copy of before that is served again: the words are gone there too, plainly, and nothing breaks. */
static void test_a_restored_copy_shows_nothing(void **state) {
    World *world = *state;
    if (db_engine(world->db) != DB_SQLITE) {
        skip();
    }
    const Family ana = ask(world, "ana", "My son does not sleep.");
    const Family bea = ask(world, "bea", "My daughter is afraid of school.");
    const Str path =
        str_print(world->arena, "%.*s-copy", STR_ARGS(str_part(world->url, 7, world->url.length)));
    test_database_run(world->db,
                      str_c(world->arena, str_print(world->arena, "VACUUM INTO '%.*s'", STR_ARGS(path))));
    assert_true(forget_now(world, ana.person));
    forget_watch(&world->scope);
    Db *copy = db_open(str_print(world->arena, "sqlite:%.*s", STR_ARGS(path)), false);
    db_use(copy, world->arena);
    db_keys_open(copy, world->config.keys);
    Scope scope = world->scope;
    scope.db = copy;
    Request request;
    assert_true(request_find(&scope, ana.request, &request));
    assert_words(request.called, "ana");
    assert_words(request.need.hidden_words, "");
    assert_int_equal(account_contact_points(&scope, ana.person).items[0].value.length, 0);
    assert_true(request_find(&scope, bea.request, &request));
    assert_words(request.need.hidden_words, "My daughter is afraid of school.");
    db_close(copy);
}

/* Takes a person's slot out of the key file alone, which leaves what a restore from an older copy finds. */
static void puncture(World *world, PersonId person) {
    const Str line = rows(
        world, str_c(world->arena,
                     str_print(world->arena, "SELECT generation, slot FROM person_key WHERE person = %lld",
                               (long long)person.value)));
    Str generation = STR_NONE;
    Str rest = STR_NONE;
    Str slot_text = STR_NONE;
    assert_true(str_cut(line, '|', &generation, &rest));
    assert_true(str_cut(rest, '|', &slot_text, &rest));
    KeysSlot slot = {.person = person.value};
    int64_t number = 0;
    assert_true(str_to_int(generation, 1, 1000, &slot.generation));
    assert_true(str_to_int(slot_text, 0, UINT32_MAX, &number));
    slot.slot = (uint32_t)number;
    assert_int_equal(keys_puncture(world->config.keys, &slot, 1), 1);
    assert_true(keys_refresh(db_keys(world->db), true));
}

/* Two who walk together and were both forgotten after the copy was made, and one who was not: what the key
 * file knows is finished in the copy, and nobody is written to at an address that does not open. */
static void test_a_restored_copy_forgets_again(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Family bea = ask(world, "bea", "My daughter is afraid of school.");
    assert_int_equal(forget_again(&world->scope), 0);
    puncture(world, pair.receiver);
    puncture(world, pair.giver);
    db_fail_nth(world->db, 20, FAIL_RETRY); /* another process is in its way: it is done again */
    assert_int_equal(forget_again(&world->scope), 2);
    assert_int_equal(forget_again(&world->scope), 0);
    Person person;
    assert_true(account_person_find(&world->scope, pair.receiver, &person));
    assert_words(person.called, "Someone who left");
    assert_true(account_person_find(&world->scope, pair.giver, &person));
    assert_words(person.called, "Someone who left");
    assert_int_equal(account_find_by_mail(&world->scope, STR("ana@example.org")).count, 0);
    assert_int_equal(account_find_by_mail(&world->scope, STR("gloria@example.org")).count, 0);
    assert_int_equal(forget_state(&world->scope, pair.giver).step, FORGET_DONE);
    Match ended;
    assert_true(match_find(&world->scope, match, &ended));
    assert_int_equal(ended.state, MATCH_ENDED);
    Request request;
    assert_true(request_find(&world->scope, pair.request, &request));
    assert_words(request.need.hidden_words, "");
    /* Which of the two comes first is chance: it ends with the walk, or is withdrawn when that has ended. */
    assert_true(request.state == REQUEST_ENDED || request.state == REQUEST_WITHDRAWN);
    assert_words(rows(world, "SELECT COUNT(*) FROM person_key WHERE person IN "
                             "(SELECT id FROM person WHERE called = 'Someone who left')"),
                 "0|\n");
    assert_true(request_find(&world->scope, bea.request, &request));
    assert_words(request.need.hidden_words, "My daughter is afraid of school.");
    assert_int_equal(account_contact_points(&world->scope, bea.person).count, 1);
}

static void seal_for_nobody(void *context) {
    World *world = context;
    (void)db_sealed(world->db, "request.need", 1, 4711, STR("x"));
}

static void test_nothing_is_sealed_for_the_forgotten(void **state) {
    World *world = *state;
    Fail why = {0};
    assert_false(fail_catch(seal_for_nobody, world, &why));
    assert_int_equal(why.kind, FAIL_DATABASE);
    assert_non_null(strstr(why.message, "request.need"));
}

static void test_days_to_call_it_off(void **state) {
    World *world = *state;
    const Family ana = ask(world, "ana", "My son does not sleep.");
    assert_int_equal(forget_state(&world->scope, ana.person).step, FORGET_NOT_ASKED);
    Tx *tx = world_begin(world);
    assert_false(forget_call_off(&world->scope, tx, ana.person));
    forget_ask(&world->scope, tx, ana.person);
    world_commit(tx);
    const ForgetState state_now = forget_state(&world->scope, ana.person);
    assert_int_equal(state_now.step, FORGET_WAITS);
    assert_int_equal(time_between(world->scope.now, state_now.due_at), 7 * TIME_DAY);
    world_wait(world, 7 * TIME_DAY - 1);
    forget_watch(&world->scope);
    assert_int_equal(forget_state(&world->scope, ana.person).step, FORGET_WAITS);
    tx = world_begin(world);
    forget_ask(&world->scope, tx, ana.person); /* the first day counts */
    assert_true(forget_call_off(&world->scope, tx, ana.person));
    forget_ask(&world->scope, tx, ana.person);
    world_commit(tx);
    world_wait(world, 7 * TIME_DAY);
    db_fail_nth(world->db, 8, FAIL_RETRY); /* another process is in its way: it is done again */
    forget_watch(&world->scope);
    assert_int_equal(forget_state(&world->scope, ana.person).step, FORGET_DONE);
    const ForgetCounts counts = forget_counts(&world->scope, ana.person);
    assert_int_equal(counts.requests, 1);
    assert_int_equal(counts.contact_points, 0);
}

/* Whom it was for and what for goes with the key; the ledger says that something was given, and it is
 * stopped. */
static void test_what_went_to_an_organization(void **state) {
    World *world = *state;
    const Family ana = ask(world, "ana", "Nights are long");
    Tx *tx = world_begin(world);
    const ConsentPaper paper = {.program = world->program,
                                .person = ana.person,
                                .request = ana.request,
                                .items = CONSENT_WORDS,
                                .organization = STR("Hill School"),
                                .whom = STR("Ms. Ortiz"),
                                .purpose = CONSENT_FOR_SCHOOL,
                                .why = STR("Back to class"),
                                .until = consent_paper_day(&world->scope, CONSENT_PAPER_DAYS)};
    const ConsentId id = consent_on_paper(&world->scope, tx, &paper);
    world_commit(tx);
    tx = world_begin(world);
    assert_true(forget_person(&world->scope, tx, ana.person));
    world_commit(tx);
    Consent consent;
    assert_true(consent_find(&world->scope, id, &consent));
    assert_int_equal(consent.state, CONSENT_STOPPED);
    assert_int_equal(consent.to_called.length + consent.to_whom.length + consent.why.length, 0);
    assert_false(str_contains(consent.words, STR("Hill")));
    ConsentId again = {0};
    tx = world_begin(world);
    assert_int_equal(consent_give_again(&world->scope, tx, id, &again), CONSENT_ELSEWHERE);
    world_commit(tx);
}

/* Their calendar gets nothing any more; what was in the other's comes out of it. */
static void test_nothing_for_a_calendar(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time time = time_after(world->scope.now, TIME_DAY);
    MeetingId meeting;
    Tx *tx = world_begin(world);
    const MeetingNew new = {
        .how = MEETING_CALL, .minutes = 30, .place = STR(""), .times = {.at = {time}, .count = 1}};
    assert_int_equal(meeting_propose(&world->scope, tx, match, &new, &meeting), MEETING_DONE);
    const PersonId both[] = {pair.giver, pair.receiver};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, both[at]);
        const ContactPointId own = diary_mailboxes(&world->scope, both[at]).items[0].point;
        assert_int_equal(diary_choose_mailbox(&world->scope, tx, own), DIARY_CHOSEN);
    }
    assert_int_equal(meeting_accept(&world->scope, tx, match, meeting, time), MEETING_DONE);
    const Str secret = diary_feed_make(&world->scope, tx, true); /* ana's */
    world_commit(tx);
    assert_true(forget_now(world, pair.receiver));
    assert_words(rows(world, "SELECT person FROM diary_mail"),
                 str_c(world->arena, str_print(world->arena, "%lld|\n", (long long)pair.giver.value)));
    Str content = STR_NONE;
    assert_false(diary_feed_content(&world->scope, secret, &content));
    assert_words(rows(world, "SELECT COUNT(*), MIN(person) FROM job WHERE kind = 'diary'"),
                 str_c(world->arena, str_print(world->arena, "2|%lld|\n", (long long)pair.giver.value)));
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_everything_goes),
        IN_A_WORLD(test_a_supporter_is_in_no_kept_words),
        IN_A_WORLD(test_older_copies_do_not_open),
        IN_A_WORLD(test_copies_older_than_a_rotation_do_not_open),
        IN_A_WORLD(test_a_restored_copy_shows_nothing),
        IN_A_WORLD(test_a_restored_copy_forgets_again),
        IN_A_WORLD(test_nothing_is_sealed_for_the_forgotten),
        IN_A_WORLD(test_days_to_call_it_off),
        IN_A_WORLD(test_what_went_to_an_organization),
        IN_A_WORLD(test_nothing_for_a_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
