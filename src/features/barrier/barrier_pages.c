/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in a person's way: the list, one of them with what was tried, and who may read it. */
#include "features/barrier/barrier_view.h"
#include "features/reader/reader_switch.h"
#include "barrier_html.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { NEW_WORDS, NEW_PART2, NEW_FIELDS };
static const Field new_fields[] = {
    [NEW_WORDS] = {.name = "words",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .most_characters = 200,
                   .missing = TEXT_BARRIER_WORDS_MISSING},
    [NEW_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { TRY_WORDS, TRY_CAME, TRY_FIELDS };
static const Field try_fields[] = {
    [TRY_WORDS] = {.name = "words",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .most_characters = 200,
                   .missing = TEXT_BARRIER_TRY_MISSING},
    [TRY_CAME] = {.name = "came", .kind = FIELD_LINE, .most_characters = 500},
};
static const Field came_fields[] = {{.name = "came", .kind = FIELD_LINE, .most_characters = 500}};

static const char *const turns[] = {"gone", "back", "drop", NULL};
static const Field turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = turns}};

static BarrierTriesShown tries_shown(const Scope *scope, const Part2Notice *notice, const Barrier *barrier) {
    BarrierTryShown *items = NEW_MANY(scope->arena, barrier->tries.count, BarrierTryShown);
    for (size_t at = 0; at < barrier->tries.count; at++) {
        const BarrierTry *one = &barrier->tries.items[at];
        items[at] = (BarrierTryShown){.id = one->id,
                                      .words = part2_open_about(notice, barrier->person, one->words),
                                      .came_of = part2_open_about(notice, barrier->person, one->came_of),
                                      .on = zone_date(scope->zone, one->at)};
    }
    return (BarrierTriesShown){.items = items, .count = barrier->tries.count};
}

BarriersShown barriers_shown(const Scope *scope, const Part2Notice *notice, Barriers barriers) {
    BarrierShown *items = NEW_MANY(scope->arena, barriers.count, BarrierShown);
    for (size_t at = 0; at < barriers.count; at++) {
        const Barrier *one = &barriers.items[at];
        const bool is_gone = !time_is_none(one->gone_at);
        const bool is_own = person_id_equal(one->person, scope->actor);
        items[at] =
            (BarrierShown){.id = one->id,
                           .words = part2_open_about(notice, one->person, one->words),
                           .is_part2 = one->words.is_marked,
                           .is_gone = is_gone,
                           .gone_on = is_gone ? zone_date(scope->zone, one->gone_at) : (Date){0},
                           .tries = tries_shown(scope, notice, one),
                           .readers = is_own ? reader_list(scope, READER_THING(one->id)) : (Readers){0}};
    }
    return (BarriersShown){.items = items, .count = barriers.count};
}

/* False: told the reader that it is not there. */
static bool find_own(const Scope *scope, Reply *reply, Layout *layout, BarrierId id,
                     BarrierShown *ret_shown) {
    Barrier barrier;
    if (!barrier_find(scope, id, &barrier)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    const Part2Notice *none = part2_notice(reply, &layout->part2, STR(""));
    *ret_shown = barriers_shown(scope, none, (Barriers){.items = &barrier, .count = 1}).items[0];
    return true;
}

void barrier_list_show(Get *get) {
    BarrierListPage page = {.layout = layout_of(get->scope, get->reply, TEXT_BARRIER_TITLE)};
    const Part2Notice *none = part2_notice(get->reply, &page.layout.part2, STR(""));
    page.barriers = barriers_shown(get->scope, none, barrier_list(get->scope));
    barrier_list_page(reply_html(get->reply, 200), &page);
}

static void back_to_barrier(Post *post, BarrierResult result, BarrierId barrier, Text said) {
    switch (result) {
    case BARRIER_DONE:
        reply_redirect_saying(post->reply, url_barrier_show(post->scope->arena, barrier), said);
        return;
    case BARRIER_FULL:
        reply_sorry(post->reply, 409, TEXT_SHEET_FULL);
        return;
    case BARRIER_ELSEWHERE:
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
}

/* ---- a new one ---- */

static void show_new(const Scope *scope, Reply *reply, const Form *form) {
    BarrierNewPage page = {.layout = layout_of(scope, reply, TEXT_BARRIER_ADD), .form = form};
    page.layout.has_error = !form->is_valid;
    barrier_new_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void barrier_new_show(Get *get) {
    const Form form = form_empty(get->scope, new_fields, NEW_FIELDS);
    show_new(get->scope, get->reply, &form);
}

void barrier_new_do(Post *post) {
    Form form = form_read(post->scope, post->input, new_fields, NEW_FIELDS);
    BarrierId barrier = {0};
    if (form.is_valid && barrier_add(post->scope, post->tx, form_str(&form, NEW_WORDS),
                                     form_is_on(&form, NEW_PART2), &barrier) == BARRIER_FULL) {
        form_error(&form, NEW_WORDS, TEXT_SHEET_FULL);
    }
    if (!form.is_valid) {
        show_new(post->scope, post->reply, &form);
        return;
    }
    back_to_barrier(post, BARRIER_DONE, barrier, TEXT_SHEET_SAVED);
}

/* ---- one of them ---- */

static void show_one(const Scope *scope, Reply *reply, BarrierId id, const Form *form) {
    BarrierPage page = {.layout = layout_of(scope, reply, TEXT_BARRIER_TITLE), .form = form};
    if (find_own(scope, reply, &page.layout, id, &page.barrier)) {
        page.layout.title_words = page.barrier.words;
        page.layout.has_error = !form->is_valid;
        barrier_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
    }
}

void barrier_show(Get *get, BarrierId id) {
    const Form form = form_empty(get->scope, try_fields, TRY_FIELDS);
    show_one(get->scope, get->reply, id, &form);
}

void barrier_try_do(Post *post, BarrierId id) {
    Form form = form_read(post->scope, post->input, try_fields, TRY_FIELDS);
    BarrierResult result = BARRIER_DONE;
    if (form.is_valid) {
        result =
            barrier_try_add(post->scope, post->tx, id, form_str(&form, TRY_WORDS), form_str(&form, TRY_CAME));
    }
    if (result == BARRIER_FULL) {
        form_error(&form, TRY_WORDS, TEXT_SHEET_FULL);
    }
    if (!form.is_valid) {
        show_one(post->scope, post->reply, id, &form);
        return;
    }
    back_to_barrier(post, result, id, TEXT_SHEET_SAVED);
}

void barrier_turn_do(Post *post, BarrierId id) {
    const Form form = form_read(post->scope, post->input, turn_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (!form_has(&form, 0, STR("drop"))) {
        const bool is_gone = form_has(&form, 0, STR("gone"));
        back_to_barrier(post, barrier_turn(post->scope, post->tx, id, is_gone), id, TEXT_SHEET_SAVED);
        return;
    }
    switch (barrier_drop(post->scope, post->tx, id)) {
    case BARRIER_DONE:
        reply_redirect_saying(post->reply, url_barrier_list_show(post->scope->arena), TEXT_BARRIER_DROPPED);
        return;
    case BARRIER_FULL:
    case BARRIER_ELSEWHERE:
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
}

void barrier_reader_do(Post *post, BarrierId barrier, MatchId match) {
    reader_switch_do(post, READER_THING(barrier), match,
                     &(ReaderSaid){.back = url_barrier_show(post->scope->arena, barrier),
                                   .opened = TEXT_BARRIER_IS_OPENED,
                                   .closed = TEXT_BARRIER_IS_CLOSED});
}

/* ---- what came of a try ---- */

static void show_try(const Scope *scope, Reply *reply, BarrierId id, BarrierTryId one, Form *form,
                     bool is_first) {
    BarrierTryPage page = {
        .layout = layout_of(scope, reply, TEXT_SHEET_STEP_CAME_OF), .barrier = id, .form = form};
    BarrierShown barrier;
    if (!find_own(scope, reply, &page.layout, id, &barrier)) {
        return;
    }
    for (size_t at = 0; at < barrier.tries.count; at++) {
        if (barrier_try_id_equal(barrier.tries.items[at].id, one)) {
            page.one = barrier.tries.items[at];
        }
    }
    if (barrier_try_id_is_none(page.one.id)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (is_first) {
        form_set_str(form, 0, page.one.came_of);
    }
    page.layout.has_error = !form->is_valid;
    barrier_try_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void barrier_try_show(Get *get, BarrierId id, BarrierTryId one) {
    Form form = form_empty(get->scope, came_fields, 1);
    show_try(get->scope, get->reply, id, one, &form, true);
}

void barrier_try_say_do(Post *post, BarrierId id, BarrierTryId one) {
    Form form = form_read(post->scope, post->input, came_fields, 1);
    if (!form.is_valid) {
        show_try(post->scope, post->reply, id, one, &form, false);
        return;
    }
    back_to_barrier(post, barrier_try_say(post->scope, post->tx, id, one, form_str(&form, 0)), id,
                    TEXT_SHEET_SAVED);
}

void barrier_try_drop_do(Post *post, BarrierId id, BarrierTryId one) {
    back_to_barrier(post, barrier_try_drop(post->scope, post->tx, id, one), id, TEXT_SHEET_STEP_IS_OFF);
}
