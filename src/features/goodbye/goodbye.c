/* SPDX-License-Identifier: Apache-2.0 */
/* Between whom farewell words pass, and until when. */
#include "features/goodbye/goodbye.h"

#include "features/contact/contact.h"
#include "goodbye_sql.h"

static bool welcomes(const Scope *scope, MatchId match, PersonId person) {
    GoodbyeWelcomeRow row;
    return goodbye_welcome_row(scope->db, match, person, &row);
}

static PersonId other_of(const Goodbye *goodbye) {
    return goodbye->is_receiver ? goodbye->match.giver : goodbye->match.receiver;
}

static void add_words(const Scope *scope, Goodbye *goodbye) {
    const MatchId match = goodbye->match.id;
    GoodbyeWordsBy row;
    goodbye->mine_at = goodbye->theirs_at = TIME_NONE;
    if (goodbye_words_by(scope->db, match, scope->actor, &row)) {
        goodbye->mine = row.words;
        goodbye->mine_at = row.written_at;
    }
    if (goodbye->may_pass && goodbye->is_welcome &&
        goodbye_words_by(scope->db, match, other_of(goodbye), &row)) {
        goodbye->theirs = row.words;
        goodbye->theirs_at = row.written_at;
    }
}

bool goodbye_find(const Scope *scope, MatchId id, Goodbye *ret_goodbye) {
    Goodbye goodbye = {0};
    GoodbyeFacts facts;
    if (!match_find(scope, id, &goodbye.match) || goodbye.match.state != MATCH_ENDED ||
        !goodbye_facts(scope->db, id, CONTACT_TALKED, &facts)) {
        return false;
    }
    goodbye.is_receiver = person_id_equal(scope->actor, goodbye.match.receiver);
    if (!goodbye.is_receiver && !person_id_equal(scope->actor, goodbye.match.giver)) {
        return false;
    }
    goodbye.talks = facts.talks;
    goodbye.may_pass = facts.may_pass;
    goodbye.is_welcome = welcomes(scope, id, scope->actor);
    goodbye.write_until = time_after(goodbye.match.ended_at, GOODBYE_TIME);
    goodbye.may_write = goodbye.may_pass && time_is_before(scope->now, goodbye.write_until);
    if (goodbye.is_receiver) {
        goodbye.reached = goal_list_reached_in(scope, id);
    }
    add_words(scope, &goodbye);
    *ret_goodbye = goodbye;
    return true;
}

static void take_back(const Scope *scope, Tx *tx, MatchId match) {
    goodbye_unmark_by(tx, match, scope->actor);
    goodbye_delete_by(tx, match, scope->actor);
}

GoodbyeResult goodbye_write(const Scope *scope, Tx *tx, MatchId match, Str words, bool is_part2) {
    Goodbye goodbye;
    if (!goodbye_find(scope, match, &goodbye) || !goodbye.may_write) {
        return GOODBYE_CLOSED;
    }
    if (str_is_empty(str_trim(words)) || str_characters(words) > GOODBYE_CHARACTERS) {
        return GOODBYE_UNFIT;
    }
    if (is_part2 && goodbye.is_receiver) {
        return GOODBYE_NOT_COVERED;
    }
    const GoodbyeId id = {random_id(scope->random)};
    take_back(scope, tx, match);
    goodbye_insert(tx, &(GoodbyeInsert){.id = id,
                                        .match = match,
                                        .person = goodbye.match.receiver,
                                        .by_person = scope->actor,
                                        .words = words,
                                        .now = scope->now});
    if (is_part2) {
        goodbye_mark_part2(tx, id);
    }
    return GOODBYE_DONE;
}

GoodbyeResult goodbye_take_back(const Scope *scope, Tx *tx, MatchId match) {
    Goodbye goodbye;
    if (!goodbye_find(scope, match, &goodbye) || !goodbye.may_write) {
        return GOODBYE_CLOSED;
    }
    take_back(scope, tx, match);
    return GOODBYE_DONE;
}

GoodbyeResult goodbye_set_welcome(const Scope *scope, Tx *tx, MatchId match, bool is_welcome) {
    Goodbye goodbye;
    if (!goodbye_find(scope, match, &goodbye)) {
        return GOODBYE_CLOSED;
    }
    if (is_welcome) {
        goodbye_welcome_insert(tx, match, scope->actor, scope->now);
    } else {
        goodbye_welcome_delete(tx, match, scope->actor);
    }
    return GOODBYE_DONE;
}

void goodbye_forget(Tx *tx, PersonId person) {
    goodbye_unmark_about(tx, person);
    goodbye_delete_about(tx, person);
    goodbye_welcome_forget(tx, person);
}
