/* SPDX-License-Identifier: Apache-2.0 */
/* Who is asked when, what they answered, and how many may be told. */
#include "features/heard/heard.h"

#include "base/small_cells.h"
#include "heard_sql.h"
#include "texts.h"

#include <assert.h>

bool heard_is_empty(const HeardAnswers *answers) {
    for (size_t at = 0; at < HEARD_QUESTIONS; at++) {
        if (answers->of[at] != HEARD_LEFT_OUT) {
            return false;
        }
    }
    return true;
}

bool heard_feels_off(const HeardAnswers *answers) {
    size_t leading = 0;
    for (size_t at = HEARD_DECIDE; at < HEARD_QUESTIONS; at++) {
        leading += answers->of[at] == HEARD_NO;
    }
    return answers->of[HEARD_SAID] == HEARD_NO || answers->of[HEARD_TAKEN] == HEARD_NO || leading >= 2;
}

/* The newest time that has come, is still open, and lies behind what was answered last. */
static HeardOccasion occasion_of(const Scope *scope, const HeardWalks *walk) {
    const Time times[HEARD_OCCASIONS] = {[HEARD_NEVER] = TIME_NONE,
                                         [HEARD_WEEK_2] = walk->week_2_at,
                                         [HEARD_WEEK_8] = walk->week_8_at,
                                         [HEARD_THIRD_TALK] = walk->third_talk_at};
    HeardOccasion newest = HEARD_NEVER;
    Time after = time_after(scope->now, -HEARD_OPEN_DAYS * TIME_DAY);
    if (!time_is_none(walk->heard_at) && time_is_before(after, walk->heard_at)) {
        after = walk->heard_at;
    }
    for (HeardOccasion one = HEARD_WEEK_2; one <= HEARD_THIRD_TALK; one++) {
        if (!time_is_none(times[one]) && time_is_before(after, times[one]) &&
            !time_is_before(scope->now, times[one])) {
            newest = one;
            after = times[one];
        }
    }
    return newest;
}

HeardAskedList heard_list_asked(const Scope *scope) {
    const HeardWalksRows rows = heard_walks(scope->db, scope->actor, scope->now);
    HeardAsked *items = NEW_MANY(scope->arena, rows.count, HeardAsked);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const HeardWalks *row = &rows.items[at];
        const HeardOccasion occasion = occasion_of(scope, row);
        if (occasion != HEARD_NEVER) {
            items[count++] = (HeardAsked){.match = row->match,
                                          .program = row->program,
                                          .side = (CheckinSide)row->side,
                                          .occasion = occasion,
                                          .other_called = row->other_called};
        }
    }
    return (HeardAskedList){.items = items, .count = count};
}

static void write(const Scope *scope, Tx *tx, const HeardAsked *asked, const HeardAnswers *answers) {
    heard_insert(tx, &(HeardInsert){.match = asked->match,
                                    .side = asked->side,
                                    .occasion = asked->occasion,
                                    .person = scope->actor,
                                    .program = asked->program,
                                    .is_answered = answers != NULL,
                                    .now = scope->now});
    for (size_t at = 0; answers != NULL && at < HEARD_QUESTIONS; at++) {
        if (answers->of[at] != HEARD_LEFT_OUT) {
            heard_answer_insert(tx, &(HeardAnswerInsert){.match = asked->match,
                                                         .side = asked->side,
                                                         .occasion = asked->occasion,
                                                         .question = (int64_t)at,
                                                         .answer = answers->of[at]});
        }
    }
}

HeardResult heard_save(const Scope *scope, Tx *tx, MatchId match, const HeardAnswers *answers) {
    const HeardAskedList list = heard_list_asked(scope);
    for (size_t at = 0; at < list.count; at++) {
        if (match_id_equal(list.items[at].match, match)) {
            write(scope, tx, &list.items[at], answers);
            return HEARD_SAVED;
        }
    }
    return HEARD_NOT_ASKED;
}

HeardOwnList heard_list_own(const Scope *scope, MatchId match) {
    const HeardRowsOwnRows rows = heard_rows_own(scope->db, match, scope->actor);
    HeardOwn *items = NEW_MANY(scope->arena, rows.count, HeardOwn);
    for (size_t at = 0; at < rows.count; at++) {
        const HeardRowsOwn *row = &rows.items[at];
        items[at] = (HeardOwn){.occasion = (HeardOccasion)row->occasion, .at = row->at};
        const HeardRowsAnswersRows said = heard_rows_answers(scope->db, match, row->side, row->occasion);
        for (size_t one = 0; one < said.count; one++) {
            items[at].answers.of[said.items[one].question] = (HeardAnswer)said.items[one].answer;
        }
    }
    return (HeardOwnList){.items = items, .count = rows.count};
}

void heard_forget(Tx *tx, PersonId person) {
    heard_answers_delete(tx, person);
    heard_delete(tx, person);
}

/* ---- how many ---- */

/* What is left out is a group as well: who answered less all others is who left it out. */
static bool hide_question(Arena *arena, HeardCount of[HEARD_ANSWERS], int64_t answered) {
    int64_t counts[HEARD_ANSWERS] = {[HEARD_LEFT_OUT] = answered};
    bool hidden[HEARD_ANSWERS + 1] = {false};
    for (size_t at = HEARD_YES; at < HEARD_ANSWERS; at++) {
        counts[at] = of[at].people;
        counts[HEARD_LEFT_OUT] -= of[at].people;
    }
    of[HEARD_LEFT_OUT].people = counts[HEARD_LEFT_OUT];
    small_cells_hide_list(arena, counts, HEARD_ANSWERS, hidden);
    for (size_t at = 0; at < HEARD_ANSWERS; at++) {
        of[at].is_hidden = hidden[at];
    }
    return hidden[HEARD_ANSWERS];
}

/* When one question gives away how many answered, nothing of this time is told. */
static void hide(Arena *arena, HeardCounts *counts) {
    const int64_t both[2] = {counts->answered.people, counts->asked.people - counts->answered.people};
    bool hidden[3];
    small_cells_hide_list(arena, both, 2, hidden);
    bool is_all = hidden[0];
    for (size_t question = 0; question < HEARD_QUESTIONS; question++) {
        is_all = hide_question(arena, counts->of[question], counts->answered.people) || is_all;
    }
    counts->asked.is_hidden = hidden[2];
    counts->answered.is_hidden = is_all;
    for (size_t question = 0; is_all && question < HEARD_QUESTIONS; question++) {
        for (size_t answer = 0; answer < HEARD_ANSWERS; answer++) {
            counts->of[question][answer].is_hidden = true;
        }
    }
}

const HeardTable *heard_table(const Scope *scope, ProgramId program) {
    HeardTable *table = NEW(scope->arena, HeardTable);
    const HeardCountAskedRows asked = heard_count_asked(scope->db, program, scope->now);
    for (size_t at = 0; at < asked.count; at++) {
        const HeardCountAsked *row = &asked.items[at];
        table->of[row->side][row->occasion].asked.people = row->people;
    }
    const HeardCountAnsweredRows answered = heard_count_answered(scope->db, program);
    for (size_t at = 0; at < answered.count; at++) {
        const HeardCountAnswered *row = &answered.items[at];
        table->of[row->side][row->occasion].answered.people = row->people;
    }
    const HeardCountSaidRows said = heard_count_said(scope->db, program);
    for (size_t at = 0; at < said.count; at++) {
        const HeardCountSaid *row = &said.items[at];
        table->of[row->side][row->occasion].of[row->question][row->answer].people = row->people;
    }
    for (CheckinSide side = CHECKIN_RECEIVER; side <= CHECKIN_GIVER; side++) {
        for (HeardOccasion occasion = HEARD_WEEK_2; occasion <= HEARD_THIRD_TALK; occasion++) {
            hide(scope->arena, &table->of[side][occasion]);
        }
    }
    return table;
}

/* ---- words ---- */

Text heard_occasion_text(HeardOccasion occasion) {
    switch (occasion) {
    case HEARD_NEVER:
        return TEXT_NONE;
    case HEARD_WEEK_2:
        return TEXT_HEARD_WEEK_2;
    case HEARD_WEEK_8:
        return TEXT_HEARD_WEEK_8;
    case HEARD_THIRD_TALK:
        return TEXT_HEARD_THIRD_TALK;
    }
    assert(false && "an occasion that the schema does not know");
    return TEXT_NONE;
}

static const Text questions[HEARD_QUESTIONS] = {
    TEXT_HEARD_SAID, TEXT_HEARD_TAKEN, TEXT_HEARD_DECIDE, TEXT_HEARD_LOOK,
    TEXT_HEARD_ASK,  TEXT_HEARD_LEARN, TEXT_HEARD_LEADS,
};

Text heard_question_text(HeardQuestion question) {
    return questions[question];
}

static const Text together[HEARD_QUESTIONS] = {
    TEXT_HEARD_YES,
    TEXT_HEARD_YES,
    TEXT_HEARD_DECIDE_TOGETHER,
    TEXT_HEARD_LOOK_TOGETHER,
    TEXT_HEARD_ASK_TOGETHER,
    TEXT_HEARD_LEARN_TOGETHER,
    TEXT_HEARD_LEADS_TOGETHER,
};
static const Text above[HEARD_QUESTIONS] = {
    TEXT_HEARD_NO,        TEXT_HEARD_NO,          TEXT_HEARD_DECIDE_ABOVE, TEXT_HEARD_LOOK_ABOVE,
    TEXT_HEARD_ASK_ABOVE, TEXT_HEARD_LEARN_ABOVE, TEXT_HEARD_LEADS_ABOVE,
};

Text heard_answer_text(HeardQuestion question, HeardAnswer answer) {
    switch (answer) {
    case HEARD_LEFT_OUT:
        return TEXT_HEARD_LEFT_OUT;
    case HEARD_YES:
        return together[question];
    case HEARD_BETWEEN:
        return question < HEARD_DECIDE ? TEXT_HEARD_IN_PART : TEXT_HEARD_SOME_OF_EACH;
    case HEARD_NO:
        return above[question];
    case HEARD_ANSWERS:
        break;
    }
    assert(false && "an answer that the schema does not know");
    return TEXT_NONE;
}
