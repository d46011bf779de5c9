/* SPDX-License-Identifier: Apache-2.0 */
/* Notes: who reads a draft, what makes it stand, that nothing that stands goes, and words that label. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/note/note.h"
#include "test/feature_pair.h"

static void set_mode(World *world, NoteMode mode) {
    Tx *tx = world_begin(world);
    note_set_mode(&world->scope, tx, world->program, mode);
    world_commit(tx);
}

static Match match_of(World *world, MatchId id) {
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    return match;
}

static const NoteWords some_words = {.strengths = STR("She kept calm at the school."),
                                     .talked = STR("We looked at the letter."),
                                     .next = STR("I call on Monday.")};

static NoteId write_note(World *world, const Pair *pair, MatchId id, const NoteWords *words) {
    world_act_as(world, pair->giver);
    const Match match = match_of(world, id);
    Tx *tx = world_begin(world);
    NoteId note = {0};
    assert_int_equal(note_write(&world->scope, tx, &match, words, &note), NOTE_DONE);
    world_commit(tx);
    return note;
}

static NoteResult answer(World *world, PersonId person, NoteId id, NoteAnswer how) {
    world_act_as(world, person);
    Note note;
    assert_true(note_find(&world->scope, id, &note));
    how.version = how.version == 0 ? note.version : how.version;
    Tx *tx = world_begin(world);
    const NoteResult result = note_answer(&world->scope, tx, &note, &how);
    world_commit(tx);
    return result;
}

static Note note_of(World *world, PersonId person, NoteId id) {
    world_act_as(world, person);
    Note note;
    assert_true(note_find(&world->scope, id, &note));
    return note;
}

static bool reads(World *world, PersonId person, MatchId match, NoteId id) {
    world_act_as(world, person);
    Note note;
    const bool is_found = note_find(&world->scope, id, &note);
    size_t listed = 0;
    const NoteHeads heads = note_list(&world->scope, match);
    for (size_t at = 0; at < heads.count; at++) {
        listed += note_id_equal(heads.items[at].id, id) ? 1 : 0;
    }
    assert_int_equal(listed, is_found ? 1 : 0);
    return is_found;
}

static void test_no_notes_unless_the_program_says_so(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    const Match match = match_of(world, id);
    assert_int_equal(note_mode(&world->scope, world->program), NOTE_COUNT_ONLY);
    Tx *tx = world_begin(world);
    NoteId note = {0};
    assert_int_equal(note_write(&world->scope, tx, &match, &some_words, &note), NOTE_ELSEWHERE);
    world_commit(tx);
    assert_int_equal(note_list(&world->scope, id).count, 0);
    set_mode(world, NOTE_PEER);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(note_write(&world->scope, tx, &match, &some_words, &note), NOTE_ELSEWHERE);
    world_commit(tx);
}

static void test_a_draft_is_for_the_two(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    set_mode(world, NOTE_CO_WRITTEN);
    const NoteId note = write_note(world, &pair, match, &some_words);
    assert_true(reads(world, pair.receiver, match, note));
    assert_true(reads(world, pair.giver, match, note));
    assert_false(reads(world, pair.coordinator, match, note));
    assert_false(access_may(&world->scope, ACCESS_NOTE_READ, note.value));
    assert_int_equal(note_drafts(&world->scope, match), 1);
    assert_int_equal(note_waiting(&world->scope).count, 0);
    world_act_as(world, pair.receiver);
    const NoteWaitings waiting = note_waiting(&world->scope);
    assert_int_equal(waiting.count, 1);
    assert_int_equal(waiting.items[0].drafts, 1);
    assert_words(waiting.items[0].giver_called, "gloria");
    assert_int_equal(
        answer(world, pair.receiver, note, (NoteAnswer){.deed = NOTE_ADD, .words = STR("And I slept.")}),
        NOTE_DONE);
    assert_int_equal(note_of(world, pair.giver, note).state, NOTE_DRAFT);
    assert_int_equal(answer(world, pair.giver, note, (NoteAnswer){.deed = NOTE_AGREE}), NOTE_ELSEWHERE);
    world_wait(world, TIME_HOUR);
    assert_int_equal(answer(world, pair.receiver, note, (NoteAnswer){.deed = NOTE_AGREE}), NOTE_DONE);
    const Note agreed = note_of(world, pair.coordinator, note);
    assert_int_equal(agreed.state, NOTE_AGREED);
    assert_int_equal(agreed.stands_at.us, world->scope.now.us);
    assert_words(agreed.strengths.hidden_words, "She kept calm at the school.");
    assert_words(agreed.besides.items[0].words.hidden_words, "And I slept.");
    assert_int_equal(answer(world, pair.receiver, note, (NoteAnswer){.deed = NOTE_AGREE}), NOTE_ELSEWHERE);
}

static void test_nobody_agrees_to_words_unseen(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    set_mode(world, NOTE_CO_WRITTEN);
    const NoteId note = write_note(world, &pair, id, &some_words);
    const Match match = match_of(world, id);
    const Note before = note_of(world, pair.giver, note);
    Tx *tx = world_begin(world);
    NoteId changed = {0};
    const NoteWords other = {.strengths = STR("Other words."), .talked = STR(""), .next = STR("")};
    assert_int_equal(note_change(&world->scope, tx, &match, &before, &other, &changed), NOTE_DONE);
    assert_int_equal(note_change(&world->scope, tx, &match, &before, &some_words, &changed), NOTE_ELSEWHERE);
    world_commit(tx);
    assert_true(note_id_equal(changed, note));
    assert_int_equal(
        answer(world, pair.receiver, note, (NoteAnswer){.deed = NOTE_AGREE, .version = before.version}),
        NOTE_ELSEWHERE);
    assert_int_equal(note_of(world, pair.receiver, note).state, NOTE_DRAFT);
    assert_int_equal(answer(world, pair.receiver, note, (NoteAnswer){.deed = NOTE_AGREE}), NOTE_DONE);
}

/* Disagreement stands beside the note, and makes a draft stand; what stands is replaced and stays. */
static void test_disagreement_stands_beside(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    set_mode(world, NOTE_CO_WRITTEN);
    const NoteId first = write_note(world, &pair, id, &some_words);
    assert_int_equal(
        answer(world, pair.receiver, first,
               (NoteAnswer){.deed = NOTE_DIFFER, .words = STR("I was not calm."), .is_kept = true}),
        NOTE_DONE);
    Note note = note_of(world, pair.coordinator, first);
    assert_int_equal(note.state, NOTE_OTHERWISE);
    assert_int_equal(note.besides.count, 0); /* kept between the two */
    note = note_of(world, pair.receiver, first);
    assert_true(note.besides.items[0].is_otherwise);
    Tx *tx = world_begin(world);
    assert_true(note_beside_keep(&world->scope, tx, first, note.besides.items[0].id, false));
    world_commit(tx);
    note = note_of(world, pair.coordinator, first);
    assert_words(note.besides.items[0].words.hidden_words, "I was not calm.");
    tx = world_begin(world);
    assert_false(note_beside_keep(&world->scope, tx, first, note.besides.items[0].id, true));
    world_commit(tx);
    note = note_of(world, pair.giver, first);
    const Match match = match_of(world, id);
    world_wait(world, TIME_HOUR);
    tx = world_begin(world);
    NoteId second = {0};
    NoteId third = {0};
    assert_int_equal(note_change(&world->scope, tx, &match, &note, &some_words, &second), NOTE_DONE);
    assert_int_equal(note_change(&world->scope, tx, &match, &note, &some_words, &third), NOTE_ELSEWHERE);
    world_commit(tx);
    note = note_of(world, pair.receiver, second);
    assert_int_equal(note.state, NOTE_DRAFT);
    assert_true(note_id_equal(note.replaces, first));
    note = note_of(world, pair.receiver, first);
    assert_int_equal(note.state, NOTE_OTHERWISE);
    assert_true(note_id_equal(note.replaced_by, second));
    assert_words(note.besides.items[0].words.hidden_words, "I was not calm.");
}

static void test_not_wanting_to_look(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    set_mode(world, NOTE_CO_WRITTEN);
    const NoteId waiting = write_note(world, &pair, match, &some_words);
    Tx *tx = world_begin_as(world, pair.receiver);
    note_waive(&world->scope, tx, match, true);
    world_commit(tx);
    assert_int_equal(note_of(world, pair.receiver, waiting).state, NOTE_WAIVED);
    assert_int_equal(note_of(world, pair.receiver, write_note(world, &pair, match, &some_words)).state,
                     NOTE_WAIVED);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    note_waive(&world->scope, tx, match, false);
    world_commit(tx);
    assert_int_equal(note_of(world, pair.receiver, write_note(world, &pair, match, &some_words)).state,
                     NOTE_DRAFT);
}

static void test_a_peers_note_stands_at_once(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    set_mode(world, NOTE_PEER);
    NoteWords words = some_words;
    words.is_part2 = true;
    const NoteId note = write_note(world, &pair, match, &words);
    assert_int_equal(answer(world, pair.receiver, note,
                            (NoteAnswer){.deed = NOTE_DIFFER, .words = STR("It was Tuesday.")}),
                     NOTE_DONE);
    const Note read = note_of(world, pair.coordinator, note);
    assert_int_equal(read.state, NOTE_WRITTEN);
    assert_true(read.strengths.is_marked && read.besides.items[0].words.is_marked);
    assert_true(read.besides.items[0].is_otherwise);
    /* What was written stays readable, whatever the program does later. */
    set_mode(world, NOTE_COUNT_ONLY);
    assert_true(reads(world, pair.receiver, match, note));
    /* And is the receiver's alone when nothing is shared any more. */
    world_stop_sharing(world, &pair);
    assert_true(reads(world, pair.receiver, match, note));
    assert_false(reads(world, pair.giver, match, note));
    set_mode(world, NOTE_PEER);
    const Match found = match_of(world, match);
    Tx *tx = world_begin(world);
    NoteId other = {0};
    assert_int_equal(note_write(&world->scope, tx, &found, &some_words, &other), NOTE_ELSEWHERE);
    world_commit(tx);
}

static void test_words_that_label(void **state) {
    World *world = *state;
    const NoteLabels found =
        note_labels(world->arena, STR("She was NON-COMPLIANT, y el es Alcoholico. A high risk; a hot dog."));
    assert_int_equal(found.count, 3);
    assert_words(found.items[0].word, "non-compliant");
    assert_words(found.items[1].word, "high-risk");
    assert_words(found.items[2].word, "alcoh\xc3\xb3lico");
    assert_int_equal(note_labels(world->arena, STR("Refusedly cleaning; he addicted nobody.")).count, 0);
    assert_int_equal(note_labels(world->arena, STR("SE NEG\xc3\x93")).count, 1);
    assert_int_equal(note_labels(world->arena, STR("")).count, 0);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_no_notes_unless_the_program_says_so),
        IN_A_WORLD(test_a_draft_is_for_the_two),
        IN_A_WORLD(test_nobody_agrees_to_words_unseen),
        IN_A_WORLD(test_disagreement_stands_beside),
        IN_A_WORLD(test_not_wanting_to_look),
        IN_A_WORLD(test_a_peers_note_stands_at_once),
        IN_A_WORLD(test_words_that_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
