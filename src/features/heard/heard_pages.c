/* SPDX-License-Identifier: Apache-2.0 */
/* Answering for oneself how it is between two people, and the counts that a program sees. */
#include "features/access/access.h"
#include "features/heard/heard_view.h"
#include "heard_html.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

static const char *const answer_names[HEARD_ANSWERS] = {
    [HEARD_YES] = "yes", [HEARD_BETWEEN] = "between", [HEARD_NO] = "no"};
static const char *const answers_taken[] = {"yes", "between", "no", NULL};
static const char *const hows[] = {"answer", "not-now", NULL};

#define ANSWER(field_name)                                                                                   \
    { .name = (field_name), .kind = FIELD_CHOICE, .choices = answers_taken }
enum { HOW = HEARD_QUESTIONS, FIELDS };
static const Field fields[] = {
    [HEARD_SAID] = ANSWER("said"),
    [HEARD_TAKEN] = ANSWER("taken"),
    [HEARD_DECIDE] = ANSWER("decide"),
    [HEARD_LOOK] = ANSWER("look"),
    [HEARD_ASK] = ANSWER("ask"),
    [HEARD_LEARN] = ANSWER("learn"),
    [HEARD_LEAD] = ANSWER("lead"),
    [HOW] = {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = hows},
};

static Options options_of(const Scope *scope, HeardQuestion question) {
    Option *items = NEW_MANY(scope->arena, HEARD_NO, Option);
    for (HeardAnswer answer = HEARD_YES; answer <= HEARD_NO; answer++) {
        items[answer - HEARD_YES] =
            (Option){.value = str_of(answer_names[answer]),
                     .label = text_str(scope->lang, heard_answer_text(question, answer))};
    }
    return (Options){.items = items, .count = HEARD_NO};
}

static HeardChoices choices_of(const Scope *scope) {
    HeardChoice *items = NEW_MANY(scope->arena, HEARD_QUESTIONS, HeardChoice);
    for (HeardQuestion question = HEARD_SAID; question < HEARD_QUESTIONS; question++) {
        items[question] = (HeardChoice){.question = question, .options = options_of(scope, question)};
    }
    return (HeardChoices){.items = items, .count = HEARD_QUESTIONS};
}

static HeardTimes times_of(const Scope *scope, HeardOwnList own) {
    HeardTime *items = NEW_MANY(scope->arena, own.count, HeardTime);
    for (size_t at = 0; at < own.count; at++) {
        const HeardOwn *one = &own.items[at];
        HeardLine *lines = NEW_MANY(scope->arena, HEARD_QUESTIONS, HeardLine);
        for (HeardQuestion question = HEARD_SAID; question < HEARD_QUESTIONS; question++) {
            lines[question] = (HeardLine){.question = heard_question_text(question),
                                          .answer = heard_answer_text(question, one->answers.of[question])};
        }
        items[at] = (HeardTime){.occasion = heard_occasion_text(one->occasion),
                                .on = zone_date(scope->zone, one->at),
                                .items = lines,
                                .count = HEARD_QUESTIONS};
    }
    return (HeardTimes){.items = items, .count = own.count};
}

static void add_asked(const Scope *scope, HeardPage *page) {
    const HeardAskedList list = heard_list_asked(scope);
    for (size_t at = 0; at < list.count; at++) {
        if (match_id_equal(list.items[at].match, page->match.id)) {
            page->is_asked = true;
            page->occasion = list.items[at].occasion;
        }
    }
}

static void show(Scope *scope, Reply *reply, MatchId id, const Form *form) {
    HeardPage page = {.form = form};
    if (!match_find(scope, id, &page.match)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.layout = layout_of(scope, reply, TEXT_HEARD_TITLE);
    page.layout.has_error = !form->is_valid;
    page.other_called = match_other_called(&page.match, scope->actor);
    add_asked(scope, &page);
    page.choices = choices_of(scope);
    const HeardOwnList own = heard_list_own(scope, id);
    page.times = times_of(scope, own);
    page.feels_off = own.count > 0 && heard_feels_off(&own.items[0].answers);
    heard_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void heard_show(Get *get, MatchId match) {
    const Form form = form_empty(get->scope, fields, FIELDS);
    show(get->scope, get->reply, match, &form);
}

static HeardAnswers answers_of(const Form *form) {
    HeardAnswers answers = {0};
    for (HeardQuestion question = HEARD_SAID; question < HEARD_QUESTIONS; question++) {
        for (HeardAnswer answer = HEARD_YES; answer <= HEARD_NO; answer++) {
            if (form_has(form, question, str_of(answer_names[answer]))) {
                answers.of[question] = answer;
            }
        }
    }
    return answers;
}

void heard_do(Post *post, MatchId match) {
    Form form = form_read(post->scope, post->input, fields, FIELDS);
    const HeardAnswers answers = answers_of(&form);
    const bool is_not_now = form_has(&form, HOW, STR("not-now"));
    if (!is_not_now && heard_is_empty(&answers)) {
        form_error(&form, HEARD_SAID, TEXT_HEARD_NOTHING);
    }
    if (!form.is_valid) {
        show(post->scope, post->reply, match, &form);
        return;
    }
    const Url back =
        is_not_now ? url_match_show(post->scope->arena, match) : url_heard_show(post->scope->arena, match);
    switch (heard_save(post->scope, post->tx, match, is_not_now ? NULL : &answers)) {
    case HEARD_SAVED:
        reply_redirect_saying(post->reply, back, is_not_now ? TEXT_HEARD_IS_NOT_NOW : TEXT_HEARD_IS_SAVED);
        return;
    case HEARD_NOT_ASKED:
        reply_sorry(post->reply, 409, TEXT_HEARD_NOT_ASKED);
        return;
    }
}

/* ---- counts ---- */

static HeardRow row_of(const Scope *scope, HeardQuestion question, const HeardCounts *counts) {
    static const HeardAnswer columns[HEARD_ANSWERS] = {HEARD_YES, HEARD_BETWEEN, HEARD_NO, HEARD_LEFT_OUT};
    HeardCell *cells = NEW_MANY(scope->arena, HEARD_ANSWERS, HeardCell);
    for (size_t at = 0; at < HEARD_ANSWERS; at++) {
        cells[at] = (HeardCell){.answer = heard_answer_text(question, columns[at]),
                                .count = counts->of[question][columns[at]]};
    }
    return (HeardRow){.question = heard_question_text(question), .items = cells, .count = HEARD_ANSWERS};
}

static HeardSection section_of(const Scope *scope, CheckinSide side, HeardOccasion occasion,
                               const HeardCounts *counts) {
    HeardRow *rows = NEW_MANY(scope->arena, HEARD_QUESTIONS, HeardRow);
    for (HeardQuestion question = HEARD_SAID; question < HEARD_QUESTIONS; question++) {
        rows[question] = row_of(scope, question, counts);
    }
    const bool has_rows = !counts->answered.is_hidden && counts->answered.people > 0;
    return (HeardSection){
        .side = side == CHECKIN_RECEIVER ? TEXT_HEARD_RECEIVERS : TEXT_HEARD_GIVERS,
        .occasion = heard_occasion_text(occasion),
        .id = str_print(scope->arena, "counts-%d-%d", (int)side, (int)occasion),
        .asked = counts->asked,
        .answered = counts->answered,
        .items = rows,
        .count = has_rows ? HEARD_QUESTIONS : 0,
    };
}

void heard_counts_show(Get *get, ProgramId program) {
    static const HeardOccasion occasions[] = {HEARD_THIRD_TALK, HEARD_WEEK_2, HEARD_WEEK_8};
    enum { OCCASIONS = sizeof occasions / sizeof occasions[0], SIDES = 2 };
    const Scope *scope = get->scope;
    const HeardTable *table = heard_table(scope, program);
    HeardSection *sections = NEW_MANY(scope->arena, (size_t)OCCASIONS * SIDES, HeardSection);
    size_t count = 0;
    for (CheckinSide side = CHECKIN_RECEIVER; side <= CHECKIN_GIVER; side++) {
        for (size_t at = 0; at < OCCASIONS; at++) {
            sections[count++] = section_of(scope, side, occasions[at], &table->of[side][occasions[at]]);
        }
    }
    HeardCountsPage page = {
        .layout = layout_of(scope, get->reply, TEXT_HEARD_COUNTS_TITLE),
        .program = program,
        .is_coordinator = access_may(get->scope, ACCESS_BOARD_READ, program.value),
        .sections = {.items = sections, .count = count},
    };
    heard_counts_page(reply_html(get->reply, 200), &page);
}
