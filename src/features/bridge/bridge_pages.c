/* SPDX-License-Identifier: Apache-2.0 */
/* The plan of two who walk together around a day: its stages, and what helps at each. */
#include "bridge_html.h"
#include "features/bridge/bridge_view.h"
#include "features/consent/consent.h"
#include "platform/http/part2.h"
#include "routes.h"
#include "texts.h"

static const char *const kinds[] = {"discharge", "clinic", NULL};
static const char *const stages[] = {"before", "day", "30", "90", NULL};
static const Field fields[BRIDGE_FIELDS] = {
    [BRIDGE_FIELD_KIND] = {.name = "kind", .kind = FIELD_CHOICE, .is_required = true, .choices = kinds},
    [BRIDGE_FIELD_DAY] = {.name = "day", .kind = FIELD_LINE, .most_characters = 10},
};
static const Field step_fields[BRIDGE_STEP_FIELDS] = {
    [BRIDGE_STEP_WORDS] = {.name = "words",
                           .kind = FIELD_LINE,
                           .is_required = true,
                           .most_characters = BRIDGE_WORDS_MOST,
                           .missing = TEXT_BRIDGE_WORDS_MISSING},
    [BRIDGE_STEP_STAGE] = {.name = "stage", .kind = FIELD_CHOICE, .is_required = true, .choices = stages},
    [BRIDGE_STEP_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { MARK_DO, MARK_FIELDS };
static const char *const marks[] = {"done", "open", "out", NULL};
static const Field mark_fields[] = {
    [MARK_DO] = {.name = "do", .kind = FIELD_CHOICE, .is_required = true, .choices = marks},
};

static Options kind_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, 2, Option);
    for (BridgeKind kind = BRIDGE_DISCHARGE; kind <= BRIDGE_CLINIC; kind++) {
        items[kind - 1] = (Option){.value = str_of(kinds[kind - 1]),
                                   .label = text_str(scope->lang, bridge_kind_text(kind))};
    }
    return (Options){.items = items, .count = 2};
}

static BridgeStepsShown steps_shown(const Scope *scope, const Match *match, const Part2Notice *notice,
                                    const BridgeStep *steps, size_t count) {
    BridgeStepShown *items = NEW_MANY(scope->arena, count, BridgeStepShown);
    const bool is_receiver = person_id_equal(scope->actor, match->receiver);
    for (size_t at = 0; at < count; at++) {
        const BridgeStep *step = &steps[at];
        items[at] = (BridgeStepShown){.id = step->id,
                                      .words = part2_open_about(notice, match->receiver, step->words),
                                      .is_part2 = step->words.is_marked,
                                      .is_withheld = part2_is_withheld(notice, match->receiver, step->words),
                                      .is_done = step->is_done,
                                      .done_by_called = step->done_by_called,
                                      .may_take_out = is_receiver || person_id_equal(step->by, scope->actor)};
    }
    return (BridgeStepsShown){.items = items, .count = count};
}

static BridgeShown shown_of(const Scope *scope, const Match *match, const Part2Notice *notice,
                            const Bridge *bridge) {
    const BridgeSteps all = bridge_steps(scope, bridge->id);
    const size_t count = (size_t)bridge_last_stage(bridge->kind);
    BridgeStageShown *items = NEW_MANY(scope->arena, count, BridgeStageShown);
    Option *choices = NEW_MANY(scope->arena, count, Option);
    size_t from = 0;
    for (size_t at = 0; at < count; at++) {
        const BridgeStage stage = (BridgeStage)(at + 1);
        size_t to = from;
        while (to < all.count && all.items[to].stage == stage) {
            to++;
        }
        items[at] =
            (BridgeStageShown){.name = bridge_stage_text(stage),
                               .day = bridge_stage_day(bridge->day, stage),
                               .steps = steps_shown(scope, match, notice, all.items + from, to - from)};
        choices[at] =
            (Option){.value = str_of(stages[at]), .label = text_str(scope->lang, bridge_stage_text(stage))};
        from = to;
    }
    return (BridgeShown){.bridge = *bridge,
                         .stages = {.items = items, .count = count},
                         .choices = {.items = choices, .count = count}};
}

/* Either form NULL: empty. */
static void show(Scope *scope, Reply *reply, MatchId id, const Form *form, const Form *step, BridgeId of) {
    Match match;
    if (!match_find(scope, id, &match) || match.state == MATCH_ENDED) {
        reply_sorry(reply, 409, TEXT_BRIDGE_OVER);
        return;
    }
    const Form empty = form_empty(scope, fields, BRIDGE_FIELDS);
    const Bridges list = bridge_list(scope, id);
    BridgeShown *shown = NEW_MANY(scope->arena, list.count, BridgeShown);
    BridgePage page = {
        .layout = layout_of(scope, reply, TEXT_BRIDGE_TITLE),
        .form = form == NULL ? &empty : form,
        .step_bridge = of,
        .empty_step = form_empty(scope, step_fields, BRIDGE_STEP_FIELDS),
        .match = id,
        .is_receiver = person_id_equal(scope->actor, match.receiver),
        .other_called = match_other_called(&match, scope->actor),
        .kinds = kind_options(scope),
        .list = {.items = shown, .count = list.count},
    };
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, match.request, match.giver));
    for (size_t at = 0; at < list.count; at++) {
        shown[at] = shown_of(scope, &match, notice, &list.items[at]);
    }
    page.step_form = step == NULL ? &page.empty_step : step;
    page.layout.has_error = !page.form->is_valid || !page.step_form->is_valid;
    bridge_page(reply_html(reply, page.layout.has_error ? 422 : 200), &page);
}

void bridge_show(Get *get, MatchId match) {
    show(get->scope, get->reply, match, NULL, NULL, (BridgeId){0});
}

static void answer(Post *post, MatchId match, BridgeResult result, Text said) {
    switch (result) {
    case BRIDGE_DONE:
        reply_redirect_saying(post->reply, url_bridge_show(post->scope->arena, match), said);
        return;
    case BRIDGE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void bridge_do(Post *post, MatchId id) {
    Form form = form_read(post->scope, post->input, fields, BRIDGE_FIELDS);
    const Date day = date_read(form_str(&form, BRIDGE_FIELD_DAY));
    Match match;
    if (form.is_valid && date_is_none(day)) {
        form_error(&form, BRIDGE_FIELD_DAY, TEXT_BRIDGE_DAY_MISSING);
    }
    if (!form.is_valid || !match_find(post->scope, id, &match)) {
        show(post->scope, post->reply, id, &form, NULL, (BridgeId){0});
        return;
    }
    const bool is_clinic = form_has(&form, BRIDGE_FIELD_KIND, str_of(kinds[1]));
    answer(post, id,
           bridge_set(post->scope, post->tx, &match, is_clinic ? BRIDGE_CLINIC : BRIDGE_DISCHARGE, day),
           TEXT_BRIDGE_KEPT);
}

void bridge_end_do(Post *post, MatchId id, BridgeId bridge) {
    Match match;
    if (!match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    answer(post, id, bridge_end(post->scope, post->tx, &match, bridge), TEXT_BRIDGE_HAS_ENDED);
}

static BridgeStage stage_read(const Form *form) {
    BridgeStage stage = BRIDGE_BEFORE;
    while (stage < BRIDGE_DAY_90 && !form_has(form, BRIDGE_STEP_STAGE, str_of(stages[stage - 1]))) {
        stage++;
    }
    return stage;
}

void bridge_add_do(Post *post, MatchId id, BridgeId bridge) {
    const Form form = form_read(post->scope, post->input, step_fields, BRIDGE_STEP_FIELDS);
    Match match;
    if (!form.is_valid || !match_find(post->scope, id, &match)) {
        show(post->scope, post->reply, id, NULL, &form, bridge);
        return;
    }
    answer(post, id,
           bridge_add(post->scope, post->tx, &match, bridge,
                      &(BridgeStepNew){.stage = stage_read(&form),
                                       .words = str_trim(form_str(&form, BRIDGE_STEP_WORDS)),
                                       .is_part2 = form_is_on(&form, BRIDGE_STEP_PART2)}),
           TEXT_BRIDGE_KEPT);
}

void bridge_mark_do(Post *post, MatchId id, BridgeStepId step) {
    const Form form = form_read(post->scope, post->input, mark_fields, MARK_FIELDS);
    Match match;
    if (!form.is_valid || !match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    } else if (form_has(&form, MARK_DO, STR("out"))) {
        answer(post, id, bridge_take_out(post->scope, post->tx, &match, step), TEXT_BRIDGE_TAKEN_OUT);
    } else {
        const bool is_done = form_has(&form, MARK_DO, STR("done"));
        answer(post, id, bridge_mark(post->scope, post->tx, &match, step, is_done), TEXT_BRIDGE_KEPT);
    }
}
