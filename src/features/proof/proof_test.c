/* SPDX-License-Identifier: Apache-2.0 */
/* What proves who somebody is, what is enough for a duty, and what nobody can find out. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/proof/proof.h"
#include "jobs_sql.h"
#include "test/proof_bench.h"

#include <sodium.h>

static int64_t mails_waiting(World *world) {
    JobCount count = {0};
    assert_true(job_count(world->db, 1, &count));
    return count.waiting;
}

static ProofResult sign_in(World *world, const char *mail, Str words, Str code, SignedIn *ret_signed_in) {
    const PassphraseTried tried = passphrase_try_mail(&world->scope, str_of(mail), words);
    int64_t minutes = 0;
    Tx *tx = world_begin(world);
    const ProofResult result = passphrase_finish(&world->scope, tx, &tried, code, ret_signed_in, &minutes);
    world_commit(tx);
    return result;
}

/* ---- passphrases ---- */

static void test_a_long_passphrase_signs_in(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    act(world, ana, PROOF_MAILBOX);
    set_passphrase(world, WORDS, true);
    SignedIn in = {0};
    assert_int_equal(sign_in(world, " Ana@example.org", WORDS, STR(""), &in), PROOF_SHOWN);
    assert_true(person_id_equal(in.person, ana));
    assert_int_equal(in.proofs, PROOF_PASSPHRASE);
    assert_int_equal(sign_in(world, "ana@example.org", STR("green boats sing"), STR(""), &in), PROOF_WRONG);
}

static void test_a_short_one_needs_the_app(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    set_passphrase(world, STR("purple boat"), false);
    SignedIn in = {0};
    assert_int_equal(sign_in(world, "ana@example.org", STR("purple boat"), STR(""), &in), PROOF_WRONG);
    set_app(world);
    assert_int_equal(sign_in(world, "ana@example.org", STR("purple boat"), STR(""), &in), PROOF_WRONG);
    assert_int_equal(sign_in(world, "ana@example.org", STR("purple boat"), app_code_now(world), &in),
                     PROOF_CODE_USED);
    world_wait(world, 30 * TIME_SECOND);
    assert_int_equal(sign_in(world, "ana@example.org", STR("purple boat"), app_code_now(world), &in),
                     PROOF_SHOWN);
    assert_int_equal(in.proofs, PROOF_PASSPHRASE | PROOF_APP);
    assert_true(proof_is_enough(in.proofs));
}

/* The same number of hashes, of tries noted, and the same answer. */
static void test_nobody_is_told_apart(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    set_passphrase(world, WORDS, true);
    world_person(world, "luz"); /* known, without a passphrase */
    static const char *const mails[] = {"ana@example.org", "luz@example.org", "nobody@example.org"};
    SignedIn in = {0};
    for (size_t at = 0; at < sizeof mails / sizeof mails[0]; at++) {
        const int64_t before = passphrase_times();
        for (int times = 1; times <= 12; times++) {
            assert_int_equal(sign_in(world, mails[at], STR("not it at all"), STR("123456"), &in),
                             times <= 10 ? PROOF_WRONG : PROOF_LATER);
        }
        assert_int_equal(passphrase_times() - before, 10);
    }
    /* Also the right one waits now, and not for ever. */
    assert_int_equal(sign_in(world, "ana@example.org", WORDS, STR(""), &in), PROOF_LATER);
    world_wait(world, 15 * TIME_MINUTE);
    assert_int_equal(sign_in(world, "ana@example.org", WORDS, STR(""), &in), PROOF_SHOWN);
}

static void test_changed_between_the_halves(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    set_passphrase(world, WORDS, true);
    const PassphraseTried tried = passphrase_try_again(&world->scope, WORDS);
    assert_true(tried.fits);
    set_passphrase(world, STR("quite other words"), true);
    SignedIn in = {0};
    int64_t minutes = 0;
    Tx *tx = world_begin(world);
    assert_int_equal(passphrase_finish(&world->scope, tx, &tried, STR(""), &in, &minutes), PROOF_WRONG);
    world_commit(tx);
}

static void test_again_counts_tries_of_the_person(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    SignedIn in = {0};
    int64_t minutes = 0;
    for (int times = 1; times <= 11; times++) {
        const PassphraseTried tried = passphrase_try_again(&world->scope, WORDS);
        Tx *tx = world_begin(world);
        assert_int_equal(passphrase_finish(&world->scope, tx, &tried, STR(""), &in, &minutes),
                         times <= 10 ? PROOF_WRONG : PROOF_LATER);
        world_commit(tx);
    }
}

static void test_a_wrong_clock_is_told(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    set_passphrase(world, WORDS, true);
    set_app(world);
    AuthenticatorOf row;
    assert_true(authenticator_of(world->db, world->scope.actor, &row));
    const Str late = totp_code(world->arena, row.secret, totp_step(world->scope.now) + 9);
    const PassphraseTried tried = passphrase_try_mail(&world->scope, STR("ana@example.org"), WORDS);
    SignedIn in = {0};
    int64_t minutes = 0;
    Tx *tx = world_begin(world);
    assert_int_equal(passphrase_finish(&world->scope, tx, &tried, late, &in, &minutes), PROOF_CLOCK);
    world_commit(tx);
    assert_int_equal(minutes, 5);
}

static void test_judging(void **state) {
    World *world = *state;
    act(world, world_person(world, "anastasia"), PROOF_MAILBOX);
    const Scope *scope = &world->scope;
    assert_int_equal(passphrase_judge(scope, WORDS), PASSPHRASE_FINE);
    assert_int_equal(passphrase_judge(scope, STR("purple")), PASSPHRASE_SHORT);
    assert_int_equal(passphrase_judge(scope, STR("purple boats")), PASSPHRASE_SHORT_ALONE);
    assert_int_equal(passphrase_judge(scope, STR("password12345678")), PASSPHRASE_COMMON);
    assert_int_equal(passphrase_judge(scope, STR("Anastasia is me")), PASSPHRASE_COMMON);
    assert_int_equal(passphrase_judge(scope, STR("anastasia@example.org")), PASSPHRASE_COMMON);
    assert_int_equal(passphrase_judge(scope, STR("anastasia and seven purple boats")), PASSPHRASE_FINE);
    char many[300];
    for (size_t at = 0; at < sizeof many; at++) {
        many[at] = (char)('a' + at * at % 23);
    }
    assert_int_equal(passphrase_judge(scope, (Str){many, 257}), PASSPHRASE_LONG);
    assert_int_equal(passphrase_judge(scope, (Str){many, 256}), PASSPHRASE_FINE);
    set_app(world);
    assert_int_equal(passphrase_judge(scope, STR("purple boats")), PASSPHRASE_FINE);
}

/* ---- apps ---- */

static void test_an_app_counts_once_confirmed(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    Str secret = STR_NONE;
    int64_t minutes = 0;
    assert_false(app_waiting(&world->scope, &secret));
    Tx *tx = world_begin(world);
    assert_int_equal(app_confirm(&world->scope, tx, STR("123456"), &minutes), APP_WRONG);
    app_begin(&world->scope, tx);
    assert_true(app_waiting(&world->scope, &secret));
    const Str first = str_copy(world->arena, secret);
    app_begin(&world->scope, tx); /* begun again: another secret */
    assert_true(app_waiting(&world->scope, &secret));
    assert_false(str_equal(first, secret));
    assert_int_equal(app_check(&world->scope, tx, world->scope.actor, app_code_now(world), &minutes),
                     APP_WRONG);
    assert_int_equal(app_confirm(&world->scope, tx, app_code_now(world), &minutes), APP_FITS);
    assert_false(app_waiting(&world->scope, &secret));
    app_begin(&world->scope, tx); /* changes nothing while there is one */
    assert_false(app_waiting(&world->scope, &secret));
    assert_int_equal(app_check(&world->scope, tx, world->scope.actor, app_code_now(world), &minutes),
                     APP_USED);
    world_commit(tx);
    assert_true(ways_of(&world->scope, world->scope.actor).has_app);
    assert_int_equal(mails_waiting(world), 1);
}

static void test_a_short_passphrase_keeps_its_app(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    set_app(world);
    set_passphrase(world, STR("purple boat"), false);
    Tx *tx = world_begin(world);
    assert_int_equal(app_remove(&world->scope, tx), WAY_SHORT);
    assert_int_equal(passphrase_remove(&world->scope, tx), WAY_DROPPED);
    assert_int_equal(passphrase_remove(&world->scope, tx), WAY_NONE);
    assert_int_equal(app_remove(&world->scope, tx), WAY_DROPPED);
    assert_int_equal(app_remove(&world->scope, tx), WAY_NONE);
    world_commit(tx);
    assert_int_equal(mails_waiting(world), 4);
}

static void test_a_duty_keeps_its_last_way(void **state) {
    World *world = *state;
    act(world, coordinator(world, "kim"), PROOF_MAILBOX);
    set_app(world);
    Tx *tx = world_begin(world);
    assert_int_equal(app_remove(&world->scope, tx), WAY_DROPPED); /* it was no way yet */
    world_commit(tx);
    set_app(world);
    set_passphrase(world, WORDS, true);
    tx = world_begin(world);
    assert_int_equal(app_remove(&world->scope, tx), WAY_LAST);
    assert_int_equal(passphrase_remove(&world->scope, tx), WAY_LAST);
    world_commit(tx);
}

/* ---- recovery codes ---- */

static ProofResult recover(World *world, Str code) {
    Tx *tx = world_begin(world);
    const ProofResult result = recovery_finish(&world->scope, tx, code);
    world_commit(tx);
    return result;
}

static void test_recovery_codes_work_once_beside_a_mailbox(void **state) {
    World *world = *state;
    act(world, coordinator(world, "kim"), PROOF_MAILBOX);
    Tx *tx = world_begin(world);
    const Strs old = recovery_make(&world->scope, tx);
    const Strs codes = recovery_make(&world->scope, tx);
    world_commit(tx);
    assert_int_equal(codes.count, 10);
    assert_int_equal(ways_of(&world->scope, world->scope.actor).codes, 10);
    assert_int_equal(recover(world, old.items[0]), PROOF_WRONG);
    assert_int_equal(recover(world, codes.items[0]), PROOF_SHOWN);
    assert_int_equal(recover(world, codes.items[0]), PROOF_WRONG);
    const Str typed = str_print(world->arena, " %c%.*s ", codes.items[1].at[0],
                                STR_ARGS(str_part(codes.items[1], 1, codes.items[1].length)));
    assert_int_equal(recover(world, typed), PROOF_SHOWN);
    assert_int_equal(ways_of(&world->scope, world->scope.actor).codes, 8);
    assert_true(proof_is_enough(PROOF_MAILBOX | PROOF_RECOVERY));
    assert_false(proof_is_enough(PROOF_RECOVERY));
    /* Never without the mailbox. */
    act(world, world->scope.actor, PROOF_PASSPHRASE);
    assert_int_equal(recover(world, codes.items[2]), PROOF_WRONG);
    assert_int_equal(ways_of(&world->scope, world->scope.actor).codes, 8);
}

static void test_recovery_tries_are_few(void **state) {
    World *world = *state;
    act(world, coordinator(world, "kim"), PROOF_MAILBOX);
    Tx *tx = world_begin(world);
    const Strs codes = recovery_make(&world->scope, tx);
    world_commit(tx);
    for (int times = 0; times < 10; times++) {
        assert_int_equal(recover(world, STR("aaaaa-aaaaa")), PROOF_WRONG);
    }
    assert_int_equal(recover(world, codes.items[0]), PROOF_LATER);
    world_wait(world, 2 * TIME_HOUR);
    tx = world_begin(world);
    proof_clean_up(&world->scope, tx);
    world_commit(tx);
    assert_int_equal(recover(world, codes.items[0]), PROOF_SHOWN);
}

/* ---- passkeys, by a key that lives in this test ---- */

#define VISIT STR("a browser's own secret")

typedef struct SoftKey {
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    unsigned char id;
    uint32_t uses;
} SoftKey;

static SoftKey soft_key(unsigned char id) {
    SoftKey key = {.id = id};
    unsigned char seed[crypto_sign_SEEDBYTES] = {id};
    crypto_sign_seed_keypair(key.public, key.secret, seed);
    return key;
}

static Str base64(World *world, const void *bytes, size_t length) {
    char *text = arena_get(world->arena, 2 * length + 8);
    sodium_bin2base64(text, 2 * length + 8, bytes, length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(text);
}

static Str said(World *world, const char *type, Str challenge) {
    return str_print(world->arena, "{\"type\":\"%s\",\"challenge\":\"%.*s\",\"origin\":\"%.*s\"}", type,
                     STR_ARGS(challenge), STR_ARGS(world->config.origin));
}

/* The hash of the site's name, flags, counter. */
static void add_data(Buf *out, SoftKey *key, unsigned char flags) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)"support.example.org", 19);
    buf_add_bytes(out, (const char *)hash, sizeof hash);
    buf_add_char(out, (char)flags);
    const char count[4] = {(char)(key->uses >> 24), (char)(key->uses >> 16), (char)(key->uses >> 8),
                           (char)key->uses};
    buf_add_bytes(out, count, sizeof count);
}

static PasskeySent soft_new(World *world, SoftKey *key, Str challenge) {
    static const char head[] = "\xa3"
                               "cfmt"
                               "dnone"
                               "gattStmt"
                               "\xa0"
                               "hauthData"
                               "\x58";
    static const char cose[] = "\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20";
    Buf data = buf_new(world->arena, 1024);
    add_data(&data, key, 0x45);
    for (int at = 0; at < 16; at++) {
        buf_add_char(&data, 0);
    }
    buf_add_bytes(&data, "\0\1", 2);
    buf_add_char(&data, (char)key->id);
    buf_add_bytes(&data, cose, sizeof cose - 1);
    buf_add_bytes(&data, (const char *)key->public, sizeof key->public);
    Buf all = buf_new(world->arena, 2048);
    buf_add_bytes(&all, head, sizeof head - 1);
    buf_add_char(&all, (char)data.length);
    buf_add(&all, buf_str(&data));
    const Str words = said(world, "webauthn.create", challenge);
    return (PasskeySent){.challenge = challenge,
                         .id = base64(world, &key->id, 1),
                         .said = base64(world, words.at, words.length),
                         .authenticator = base64(world, all.bytes, all.length)};
}

static PasskeySent soft_answer(World *world, SoftKey *key, Str challenge) {
    Buf data = buf_new(world->arena, 1024);
    add_data(&data, key, 0x05);
    const Str words = said(world, "webauthn.get", challenge);
    const Str plain = buf_str(&data);
    Buf to_sign = buf_new(world->arena, 1024);
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)words.at, words.length);
    buf_add(&to_sign, plain);
    buf_add_bytes(&to_sign, (const char *)hash, sizeof hash);
    unsigned char signature[crypto_sign_BYTES];
    crypto_sign_detached(signature, NULL, (const unsigned char *)to_sign.bytes, to_sign.length, key->secret);
    return (PasskeySent){.challenge = challenge,
                         .id = base64(world, &key->id, 1),
                         .said = base64(world, words.at, words.length),
                         .authenticator = base64(world, plain.at, plain.length),
                         .signature = base64(world, signature, sizeof signature)};
}

static PasskeyResult add_key(World *world, SoftKey *key) {
    const PasskeySent sent = soft_new(world, key, passkey_challenge(&world->scope, PASSKEY_ADD, VISIT));
    Tx *tx = world_begin(world);
    const PasskeyResult result = passkey_add(&world->scope, tx, VISIT, &sent, STR("Phone"));
    world_commit(tx);
    return result;
}

static PasskeyResult send_answer(World *world, PasskeyPurpose purpose, const PasskeySent *sent,
                                 SignedIn *ret_in) {
    Tx *tx = world_begin(world);
    const PasskeyResult result = passkey_finish(&world->scope, tx, purpose, VISIT, sent, ret_in);
    world_commit(tx);
    return result;
}

static PasskeyResult use_key(World *world, PasskeyPurpose purpose, SoftKey *key, SignedIn *ret_in) {
    const PasskeySent sent = soft_answer(world, key, passkey_challenge(&world->scope, purpose, VISIT));
    return send_answer(world, purpose, &sent, ret_in);
}

static void test_a_passkey_signs_in_once_a_challenge(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    act(world, ana, PROOF_MAILBOX);
    SoftKey key = soft_key(1);
    SignedIn in = {0};
    assert_int_equal(use_key(world, PASSKEY_SIGN_IN, &key, &in), PASSKEY_WRONG); /* not known yet */
    assert_int_equal(add_key(world, &key), PASSKEY_SHOWN);
    assert_int_equal(add_key(world, &key), PASSKEY_KNOWN);
    assert_int_equal(ways_of(&world->scope, ana).passkeys, 1);
    world->scope.actor = (PersonId){0};
    const Str challenge = passkey_challenge(&world->scope, PASSKEY_SIGN_IN, VISIT);
    const PasskeySent sent = soft_answer(world, &key, challenge);
    assert_int_equal(send_answer(world, PASSKEY_SIGN_IN, &sent, &in), PASSKEY_SHOWN);
    assert_true(person_id_equal(in.person, ana));
    assert_int_equal(in.proofs, PROOF_PASSKEY);
    assert_int_equal(send_answer(world, PASSKEY_SIGN_IN, &sent, &in), PASSKEY_OVER);
    /* In another browser, for another purpose, or later, the question is another. */
    const PasskeySent again =
        soft_answer(world, &key, passkey_challenge(&world->scope, PASSKEY_SIGN_IN, STR("elsewhere")));
    assert_int_equal(send_answer(world, PASSKEY_SIGN_IN, &again, &in), PASSKEY_OVER);
    const PasskeySent late =
        soft_answer(world, &key, passkey_challenge(&world->scope, PASSKEY_SIGN_IN, VISIT));
    world_wait(world, 10 * TIME_MINUTE);
    assert_int_equal(send_answer(world, PASSKEY_SIGN_IN, &late, &in), PASSKEY_OVER);
    assert_int_equal(send_answer(world, PASSKEY_SIGN_IN, &(PasskeySent){0}, &in), PASSKEY_OVER);
}

static void test_a_counter_that_goes_back_stops_the_key(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    SoftKey key = soft_key(1);
    key.uses = 5;
    SignedIn in = {0};
    assert_int_equal(add_key(world, &key), PASSKEY_SHOWN);
    key.uses = 7;
    assert_int_equal(use_key(world, PASSKEY_SIGN_IN, &key, &in), PASSKEY_SHOWN);
    const int64_t mails = mails_waiting(world);
    assert_int_equal(use_key(world, PASSKEY_SIGN_IN, &key, &in), PASSKEY_STOPPED); /* the same number */
    assert_int_equal(mails_waiting(world), mails + 1);
    key.uses = 9;
    assert_int_equal(use_key(world, PASSKEY_SIGN_IN, &key, &in), PASSKEY_WRONG);
    assert_int_equal(ways_of(&world->scope, world->scope.actor).passkeys, 0);
}

static void test_a_damaged_answer_changes_nothing(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    SoftKey key = soft_key(1);
    SoftKey thief = soft_key(2);
    thief.id = 1;
    SignedIn in = {0};
    assert_int_equal(add_key(world, &key), PASSKEY_SHOWN);
    assert_int_equal(use_key(world, PASSKEY_SIGN_IN, &thief, &in), PASSKEY_WRONG);
    assert_int_equal(use_key(world, PASSKEY_SIGN_IN, &key, &in), PASSKEY_SHOWN);
    const PasskeySent empty = {.challenge = passkey_challenge(&world->scope, PASSKEY_ADD, VISIT)};
    Tx *tx = world_begin(world);
    assert_int_equal(passkey_add(&world->scope, tx, VISIT, &empty, STR("x")), PASSKEY_WRONG);
    world_commit(tx);
}

static void test_again_only_with_ones_own(void **state) {
    World *world = *state;
    SoftKey anas = soft_key(1);
    SoftKey luzs = soft_key(2);
    SignedIn in = {0};
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    assert_int_equal(add_key(world, &anas), PASSKEY_SHOWN);
    act(world, world_person(world, "luz"), PROOF_MAILBOX);
    assert_int_equal(add_key(world, &luzs), PASSKEY_SHOWN);
    assert_int_equal(use_key(world, PASSKEY_AGAIN, &anas, &in), PASSKEY_WRONG);
    assert_int_equal(use_key(world, PASSKEY_AGAIN, &luzs, &in), PASSKEY_SHOWN);
}

static void test_names_and_removal(void **state) {
    World *world = *state;
    act(world, coordinator(world, "kim"), PROOF_MAILBOX);
    SoftKey one = soft_key(1);
    SoftKey two = soft_key(2);
    assert_int_equal(add_key(world, &one), PASSKEY_SHOWN);
    const PasskeyId first = passkey_list(world->db, world->scope.actor).items[0].id;
    Tx *tx = world_begin(world);
    assert_true(passkey_change_name(&world->scope, tx, first, STR("Old phone")));
    assert_int_equal(passkey_remove(&world->scope, tx, first), WAY_LAST);
    world_commit(tx);
    assert_int_equal(add_key(world, &two), PASSKEY_SHOWN);
    tx = world_begin(world);
    assert_int_equal(passkey_remove(&world->scope, tx, first), WAY_DROPPED);
    assert_int_equal(passkey_remove(&world->scope, tx, first), WAY_NONE);
    assert_false(passkey_change_name(&world->scope, tx, first, STR("Gone")));
    world_commit(tx);
    for (unsigned char id = 3; id <= 11; id++) {
        SoftKey more = soft_key(id);
        assert_int_equal(add_key(world, &more), PASSKEY_SHOWN);
    }
    SoftKey last = soft_key(12);
    assert_int_equal(add_key(world, &last), PASSKEY_FULL);
}

/* ---- what is enough for what ---- */

static bool may_read_board(World *world) {
    return access_may(&world->scope, ACCESS_BOARD_READ, world->program.value);
}

static void test_a_duty_wants_more_than_a_mailbox(void **state) {
    World *world = *state;
    const PersonId kim = coordinator(world, "kim");
    static const struct {
        unsigned proofs;
        bool is_enough;
    } rows[] = {
        {0, false},
        {PROOF_MAILBOX, false},
        {PROOF_PHONE, false},
        {PROOF_MAILBOX | PROOF_PHONE, false},
        {PROOF_PASSPHRASE, false},
        {PROOF_APP | PROOF_MAILBOX, false},
        {PROOF_PASSPHRASE | PROOF_MAILBOX, false},
        {PROOF_RECOVERY | PROOF_PASSPHRASE, false},
        {PROOF_PASSPHRASE | PROOF_APP, true},
        {PROOF_PASSKEY, true},
        {PROOF_OPERATOR, true},
        {PROOF_PHONE | PROOF_RECOVERY, true},
    };
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        act(world, kim, rows[at].proofs);
        assert_int_equal(may_read_board(world), rows[at].is_enough);
        assert_int_equal(access_wants_proof(&world->scope, ACCESS_BOARD_READ, world->program.value),
                         !rows[at].is_enough);
    }
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    assert_false(may_read_board(world));
    assert_false(access_wants_proof(&world->scope, ACCESS_BOARD_READ, world->program.value));
}

static void test_fresh(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const PersonId kim = coordinator(world, "kim");
    act(world, ana, PROOF_MAILBOX);
    assert_true(access_is_fresh(&world->scope));
    set_passphrase(world, WORDS, true);
    set_app(world);
    assert_true(access_is_fresh(&world->scope)); /* one's own things only: the mailbox is a way back in */
    act(world, kim, PROOF_MAILBOX);
    assert_true(access_is_fresh(&world->scope)); /* nothing set up yet */
    set_passphrase(world, WORDS, true);
    assert_true(access_is_fresh(&world->scope));
    set_app(world);
    assert_false(access_is_fresh(&world->scope)); /* whoever has the mailbox cannot replace what is better */
    act(world, kim, PROOF_PASSPHRASE | PROOF_APP);
    assert_true(access_is_fresh(&world->scope));
    world_wait(world, 10 * TIME_MINUTE);
    assert_false(access_is_fresh(&world->scope));
}

/* A clock that is put back makes no old proof a new one, however long it takes to catch up. */
static void test_a_proof_from_the_future_is_not_fresh(void **state) {
    World *world = *state;
    act(world, world_person(world, "ana"), PROOF_MAILBOX);
    assert_true(access_is_fresh(&world->scope));
    world_wait(world, -1);
    assert_false(access_is_fresh(&world->scope));
    world_wait(world, -30 * TIME_DAY);
    assert_false(access_is_fresh(&world->scope));
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, open_cheap_world, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_a_long_passphrase_signs_in),
        IN_A_WORLD(test_a_short_one_needs_the_app),
        IN_A_WORLD(test_nobody_is_told_apart),
        IN_A_WORLD(test_changed_between_the_halves),
        IN_A_WORLD(test_again_counts_tries_of_the_person),
        IN_A_WORLD(test_a_wrong_clock_is_told),
        IN_A_WORLD(test_judging),
        IN_A_WORLD(test_an_app_counts_once_confirmed),
        IN_A_WORLD(test_a_short_passphrase_keeps_its_app),
        IN_A_WORLD(test_a_duty_keeps_its_last_way),
        IN_A_WORLD(test_recovery_codes_work_once_beside_a_mailbox),
        IN_A_WORLD(test_recovery_tries_are_few),
        IN_A_WORLD(test_a_passkey_signs_in_once_a_challenge),
        IN_A_WORLD(test_a_counter_that_goes_back_stops_the_key),
        IN_A_WORLD(test_a_damaged_answer_changes_nothing),
        IN_A_WORLD(test_again_only_with_ones_own),
        IN_A_WORLD(test_names_and_removal),
        IN_A_WORLD(test_a_duty_wants_more_than_a_mailbox),
        IN_A_WORLD(test_fresh),
        IN_A_WORLD(test_a_proof_from_the_future_is_not_fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
