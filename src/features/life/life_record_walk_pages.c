/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept about a person's walks, on either side of them. */
#include "features/checkin/checkin.h"
#include "features/contact/contact.h"
#include "features/heard/heard.h"
#include "features/life/life_record.h"
#include "features/meeting/meeting.h"
#include "features/passing/passing.h"
#include "features/promise/promise.h"
#include "life_sql.h"
#include "texts.h"

static const char *kind_word(ContactKind kind) {
    static const char *const words[] = {[CONTACT_CALL] = "call",
                                        [CONTACT_TEXT] = "text",
                                        [CONTACT_VISIT] = "visit",
                                        [CONTACT_VIDEO] = "video",
                                        [CONTACT_MAIL] = "mail"};
    return words[kind];
}

static const char *outcome_word(ContactOutcome outcome) {
    static const char *const words[] = {[CONTACT_TALKED] = "talked",
                                        [CONTACT_NO_ANSWER] = "no_answer",
                                        [CONTACT_LEFT_MESSAGE] = "left_message",
                                        [CONTACT_WRONG_NUMBER] = "wrong_number"};
    return words[outcome];
}

static void add_contact_head(Life *life, int64_t walk, Time at, ContactKind kind, ContactOutcome outcome) {
    life_record(life);
    life_number(life, "walk", TEXT_LIFE_WALK, walk);
    life_time(life, "at", TEXT_LIFE_AT, at);
    life_code(life, "how", TEXT_LIFE_HOW, kind_word(kind), contact_kind_text(kind));
    life_code(life, "outcome", TEXT_LIFE_OUTCOME, outcome_word(outcome),
              outcome == CONTACT_TALKED ? TEXT_LIFE_TALKED : contact_outcome_text(outcome));
}

static void add_answers(const Scope *scope, Life *life, int64_t walk, const Contact *contact) {
    for (size_t at = 0; at < contact->answers.count; at++) {
        const ContactAnswer *answer = &contact->answers.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "at", TEXT_LIFE_AT, answer->at);
        life_words(life, "beside_by", TEXT_LIFE_BESIDE_BY, answer->by_called);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, answer->words);
    }
}

/* The newest first, with what was set beside each right after it. */
static void add_contacts(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    Contacts page = {.has_older = true};
    Time before = TIME_NONE;
    while (page.has_older) {
        page = contact_list(scope, match, before);
        for (size_t at = 0; at < page.count; at++) {
            const Contact *contact = &page.items[at];
            add_contact_head(life, walk, contact->at, contact->kind, contact->outcome);
            life_number(life, "minutes", TEXT_LIFE_MINUTES, contact->minutes);
            life_words(life, "by", TEXT_LIFE_BY, contact->by_called);
            life_own(scope, life, "words", TEXT_LIFE_WORDS, contact->line);
            add_answers(scope, life, walk, contact);
            before = contact->at;
        }
    }
}

/* Of what was logged about a family the supporter keeps when, how and how long. */
static void add_logged(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    const LifeLoggedRows rows = life_logged(scope->db, match, scope->actor);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeLogged *row = &rows.items[at];
        add_contact_head(life, walk, row->at, (ContactKind)row->kind, (ContactOutcome)row->outcome);
        life_number(life, "minutes", TEXT_LIFE_MINUTES, row->minutes);
        life_number(life, "travel_minutes", TEXT_LIFE_TRAVEL_MINUTES, row->travel_minutes);
    }
}

static void add_promises(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const words[] = {
        [PROMISE_OPEN] = "open", [PROMISE_DONE] = "done", [PROMISE_LET_GO] = "let_go"};
    static const Text texts[] = {[PROMISE_OPEN] = TEXT_LIFE_GOAL_OPEN,
                                 [PROMISE_DONE] = TEXT_PROMISE_DONE,
                                 [PROMISE_LET_GO] = TEXT_LIFE_GOAL_LET_GO};
    const LifePromisesRows rows = life_promises(scope->db, match);
    for (size_t at = 0; at < rows.count; at++) {
        const LifePromises *row = &rows.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_words(life, "by", TEXT_LIFE_BY, row->by_called);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, row->words);
        life_time(life, "at", TEXT_LIFE_AT, row->made_at);
        life_time(life, "until", TEXT_LIFE_DAY, row->due_at);
        life_code(life, "state", TEXT_LIFE_STANDING, words[row->state], texts[row->state]);
    }
}

static void add_meetings(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const hows[] = {
        [MEETING_CALL] = "call", [MEETING_VIDEO] = "video", [MEETING_VISIT] = "visit"};
    static const char *const words[] = {
        [MEETING_PROPOSED] = "proposed", [MEETING_SET] = "set", [MEETING_OVER] = "called_off"};
    static const Text texts[] = {[MEETING_PROPOSED] = TEXT_LIFE_PROPOSED,
                                 [MEETING_SET] = TEXT_LIFE_SET,
                                 [MEETING_OVER] = TEXT_LIFE_CALLED_OFF};
    const LifeMeetingsRows rows = life_meetings(scope->db, match);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeMeetings *row = &rows.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "starts_at", TEXT_LIFE_AT, row->starts_at);
        life_code(life, "how", TEXT_LIFE_HOW, hows[row->how], meeting_how_text((MeetingHow)row->how));
        life_number(life, "minutes", TEXT_LIFE_MINUTES, row->minutes);
        life_own(scope, life, "place", TEXT_LIFE_PLACE, row->place);
        life_code(life, "state", TEXT_LIFE_STANDING, words[row->state], texts[row->state]);
        life_time(life, "made_at", TEXT_LIFE_MADE_AT, row->made_at);
    }
}

/* Words that somebody said in a walk. */
static void add_said(const Scope *scope, Life *life, int64_t walk, Time at, Str by, Part2Words words) {
    life_record(life);
    life_number(life, "walk", TEXT_LIFE_WALK, walk);
    life_time(life, "at", TEXT_LIFE_AT, at);
    life_words(life, "by", TEXT_LIFE_BY, by);
    life_own(scope, life, "words", TEXT_LIFE_WORDS, words);
}

static void add_messages(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    const LifeMessagesRows rows = life_messages(scope->db, match, scope->actor, scope->now);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeMessages *row = &rows.items[at];
        add_said(scope, life, walk, row->captured_at, row->by_called, row->words);
    }
}

static void add_passed_on(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    const Passings list = passing_list(scope, match);
    for (size_t at = 0; at < list.count; at++) {
        const Passing *one = &list.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_words(life, "by", TEXT_LIFE_BY, one->by_called);
        life_time(life, "at", TEXT_LIFE_AT, one->at);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, one->what);
        life_own(scope, life, "to", TEXT_LIFE_TO, one->whom);
        life_own(scope, life, "reason", TEXT_LIFE_REASON, one->why);
    }
}

static void add_told(const Scope *scope, Life *life, int64_t walk, const LifeWalks *row) {
    const Checkins done = checkin_list_done(scope, row->id, row->receives ? CHECKIN_RECEIVER : CHECKIN_GIVER);
    for (size_t at = 0; at < done.count; at++) {
        const Checkin *one = &done.items[at];
        add_said(scope, life, walk, one->done_at, one->done_by_called, one->words);
    }
}

static void add_heard(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const keys[HEARD_QUESTIONS] = {"said", "taken", "decide", "look",
                                                      "ask",  "learn", "lead"};
    static const char *const words[HEARD_ANSWERS] = {"left_out", "yes", "between", "no"};
    const HeardOwnList list = heard_list_own(scope, match);
    for (size_t at = 0; at < list.count; at++) {
        const HeardOwn *one = &list.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "at", TEXT_LIFE_AT, one->at);
        for (HeardQuestion question = HEARD_SAID; question < HEARD_QUESTIONS; question++) {
            const HeardAnswer answer = one->answers.of[question];
            life_code(life, keys[question], heard_question_text(question), words[answer],
                      heard_answer_text(question, answer));
        }
    }
}

static void add_walk(Life *life, int64_t number, const LifeWalks *row) {
    static const char *const words[] = {
        [MATCH_NEW] = "new", [MATCH_WALKING] = "walking", [MATCH_PAUSED] = "paused", [MATCH_ENDED] = "ended"};
    life_record(life);
    life_number(life, "walk", TEXT_LIFE_WALK, number);
    life_code(life, "side", TEXT_LIFE_SIDE, row->receives ? "receives" : "gives",
              row->receives ? TEXT_LIFE_RECEIVES : TEXT_LIFE_GIVES);
    life_words(life, "with", TEXT_LIFE_WITH, row->other_called);
    life_time(life, "began_at", TEXT_LIFE_BEGAN_AT, row->began_at);
    life_time(life, "ended_at", TEXT_LIFE_ENDED_AT, row->ended_at);
    life_code(life, "state", TEXT_LIFE_STANDING, words[row->state], match_state_text((MatchState)row->state));
    life_number(life, "talks", TEXT_LIFE_TALKS, row->talks);
    life_number(life, "minutes", TEXT_LIFE_MINUTES, row->minutes);
}

/* Of both sides: each asked for oneself. */
static void add_helps(const Scope *scope, Life *life) {
    const LifeHelpsRows rows = life_helps(scope->db, scope->actor);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeHelps *row = &rows.items[at];
        life_record(life);
        life_time(life, "at", TEXT_LIFE_AT, row->asked_at);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, row->words);
        life_words(life, "by", TEXT_LIFE_BY, row->taken_by_called);
        life_own(scope, life, "answer", TEXT_LIFE_HELP_ANSWER, row->answer);
        life_time(life, "done_at", TEXT_LIFE_ENDED_AT, row->done_at);
    }
}

typedef void AddOfWalk(const Scope *scope, Life *life, int64_t walk, MatchId match);

/* What is about the one who receives. */
static void add_of_received(const Scope *scope, Life *life, const LifeWalksRows *walks, AddOfWalk *add) {
    for (size_t at = 0; at < walks->count; at++) {
        if (walks->items[at].receives) {
            add(scope, life, (int64_t)at + 1, walks->items[at].id);
        }
    }
}

void life_add_walks(const Scope *scope, Life *life) {
    const LifeWalksRows walks = life_walks(scope->db, scope->actor, scope->now);
    life_section(life, "walks", TEXT_LIFE_WALKS);
    for (size_t at = 0; at < walks.count; at++) {
        add_walk(life, (int64_t)at + 1, &walks.items[at]);
    }
    life_section(life, "contacts", TEXT_LIFE_CONTACTS);
    add_of_received(scope, life, &walks, add_contacts);
    for (size_t at = 0; at < walks.count; at++) {
        if (!walks.items[at].receives) {
            add_logged(scope, life, (int64_t)at + 1, walks.items[at].id);
        }
    }
    life_section(life, "promises", TEXT_LIFE_PROMISES);
    add_of_received(scope, life, &walks, add_promises);
    life_section(life, "meetings", TEXT_LIFE_MEETINGS);
    add_of_received(scope, life, &walks, add_meetings);
    life_section(life, "messages", TEXT_LIFE_MESSAGES);
    add_of_received(scope, life, &walks, add_messages);
    life_section(life, "asked_for_someone", TEXT_LIFE_HELPS);
    add_helps(scope, life);
    life_section(life, "passed_on", TEXT_LIFE_PASSED_ON);
    add_of_received(scope, life, &walks, add_passed_on);
    life_section(life, "told_to_coordinators", TEXT_LIFE_TOLD);
    for (size_t at = 0; at < walks.count; at++) {
        add_told(scope, life, (int64_t)at + 1, &walks.items[at]);
    }
    life_section(life, "answers_for_oneself", TEXT_LIFE_HEARD);
    for (size_t at = 0; at < walks.count; at++) {
        add_heard(scope, life, (int64_t)at + 1, walks.items[at].id);
    }
    const LifeThenRows then = life_then(scope->db, scope->actor);
    life_section(life, "when_they_can", TEXT_LIFE_THEN);
    for (size_t at = 0; at < then.count; at++) {
        if (!str_is_empty(then.items[at].words)) {
            life_record(life);
            life_time(life, "at", TEXT_LIFE_AT, then.items[at].created_at);
            life_words(life, "words", TEXT_LIFE_WORDS, then.items[at].words);
        }
    }
}
