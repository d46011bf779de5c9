/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own toolbox: the cards in their order, one of them, and who may read it. */
#include "features/reader/reader_switch.h"
#include "features/toolbox/toolbox_view.h"
#include "features/youth/youth.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"
#include "toolbox_html.h"

enum { CARD_WORDS, CARD_KIND, CARD_TRIAL, CARD_PART2, CARD_FIELDS };
/* In the order of the enum, from 1. */
static const char *const kind_names[] = {"calms", "strength", "child", "home", "people", NULL};
static const Field card_fields[] = {
    [CARD_WORDS] = {.name = "words",
                    .kind = FIELD_WORDS,
                    .is_required = true,
                    .most_characters = TOOLBOX_WORDS_MOST,
                    .missing = TEXT_TOOLBOX_WORDS_MISSING},
    [CARD_KIND] = {.name = "kind",
                   .kind = FIELD_CHOICE,
                   .is_required = true,
                   .choices = kind_names,
                   .missing = TEXT_TOOLBOX_KIND_MISSING},
    [CARD_TRIAL] = {.name = "trial", .kind = FIELD_SWITCH},
    [CARD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

/* Where a card may begin, and of which kind it then is. */
static const struct {
    Text words;
    ToolboxKind kind;
} beginnings[] = {
    {TEXT_TOOLBOX_BEGIN_LOUD, TOOLBOX_CALMS},    {TEXT_TOOLBOX_BEGIN_NIGHT, TOOLBOX_CALMS},
    {TEXT_TOOLBOX_BEGIN_GOOD, TOOLBOX_STRENGTH}, {TEXT_TOOLBOX_BEGIN_CHILD, TOOLBOX_CHILD},
    {TEXT_TOOLBOX_BEGIN_HOME, TOOLBOX_HOME},     {TEXT_TOOLBOX_BEGIN_PLACE, TOOLBOX_PEOPLE},
};
enum { BEGINNINGS = sizeof beginnings / sizeof beginnings[0] };

enum { NEW_BEGINS, NEW_FIELDS };
static const Field new_fields[] = {
    [NEW_BEGINS] = {.name = "begins", .kind = FIELD_NUMBER, .least = 1, .most = BEGINNINGS}};

static const char *const turns[] = {"up", "down", "drop", NULL};
static const Field turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = turns}};

ToolboxCardsShown toolbox_shown(const Scope *scope, const Part2Notice *notice, ToolboxCards cards) {
    ToolboxCardShown *items = NEW_MANY(scope->arena, cards.count, ToolboxCardShown);
    for (size_t at = 0; at < cards.count; at++) {
        const ToolboxCard *card = &cards.items[at];
        const bool is_own = person_id_equal(card->person, scope->actor);
        items[at] =
            (ToolboxCardShown){.id = card->id,
                               .words = part2_open_about(notice, card->person, card->words),
                               .is_part2 = card->words.is_marked,
                               .kind = card->kind,
                               .is_trial = card->is_trial,
                               .made_on = zone_date(scope->zone, card->made_at),
                               .readers = is_own ? reader_list(scope, READER_THING(card->id)) : (Readers){0}};
    }
    return (ToolboxCardsShown){.items = items, .count = cards.count};
}

/* A young person has a toolbox as a child of somebody, not for one. */
static bool is_for(bool is_young, ToolboxKind kind) {
    return !is_young || kind != TOOLBOX_CHILD;
}

static ToolboxBeginnings beginnings_for(const Scope *scope) {
    const bool is_young = youth_is(scope, scope->actor);
    ToolboxBeginning *items = NEW_MANY(scope->arena, BEGINNINGS, ToolboxBeginning);
    size_t count = 0;
    for (size_t at = 0; at < BEGINNINGS; at++) {
        if (is_for(is_young, beginnings[at].kind)) {
            items[count++] = (ToolboxBeginning){.number = (int64_t)at + 1, .words = beginnings[at].words};
        }
    }
    return (ToolboxBeginnings){.items = items, .count = count};
}

/* On a page of their person, who needs no notice. */
static ToolboxCardsShown own(const Scope *scope, Reply *reply, Layout *layout, ToolboxCards cards) {
    return toolbox_shown(scope, part2_notice(reply, &layout->part2, STR("")), cards);
}

void toolbox_list_show(Get *get) {
    const Scope *scope = get->scope;
    ToolboxPage page = {.layout = layout_of(scope, get->reply, TEXT_TOOLBOX_TITLE),
                        .beginnings = beginnings_for(scope)};
    page.cards = own(scope, get->reply, &page.layout, toolbox_list(scope));
    toolbox_page(reply_html(get->reply, 200), &page);
}

/* ---- one card ---- */

static Options kinds_for(const Scope *scope) {
    const bool is_young = youth_is(scope, scope->actor);
    Option *items = NEW_MANY(scope->arena, TOOLBOX_PEOPLE, Option);
    size_t count = 0;
    for (ToolboxKind kind = TOOLBOX_CALMS; kind <= TOOLBOX_PEOPLE; kind++) {
        if (is_for(is_young, kind)) {
            items[count++] = (Option){.value = str_of(kind_names[kind - 1]),
                                      .label = text_str(scope->lang, toolbox_kind_text(kind))};
        }
    }
    return (Options){.items = items, .count = count};
}

static ToolboxNew card_of(const Form *form) {
    size_t kind = 0;
    while (kind_names[kind + 1] != NULL && !form_has(form, CARD_KIND, str_of(kind_names[kind]))) {
        kind++;
    }
    return (ToolboxNew){.words = form_str(form, CARD_WORDS),
                        .kind = (ToolboxKind)(kind + 1),
                        .is_trial = form_is_on(form, CARD_TRIAL),
                        .is_part2 = form_is_on(form, CARD_PART2)};
}

static void show_new(const Scope *scope, Reply *reply, const Form *form) {
    ToolboxFormPage page = {
        .layout = layout_of(scope, reply, TEXT_TOOLBOX_ADD), .form = form, .kinds = kinds_for(scope)};
    page.layout.has_error = !form->is_valid;
    toolbox_new_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

/* A beginning that is none is left out: the form is empty. */
void toolbox_new_show(Get *get) {
    const Scope *scope = get->scope;
    const Form asked = form_read(scope, get->input, new_fields, NEW_FIELDS);
    Form form = form_empty(scope, card_fields, CARD_FIELDS);
    const int64_t begins = asked.is_valid ? form_int(&asked, NEW_BEGINS, 0) : 0;
    if (begins > 0) {
        form_set_str(&form, CARD_WORDS, text_str(scope->lang, beginnings[begins - 1].words));
        form_set_str(&form, CARD_KIND, str_of(kind_names[beginnings[begins - 1].kind - 1]));
    }
    show_new(scope, get->reply, &form);
}

static void back_to_box(Post *post, ToolboxResult result, Text said) {
    switch (result) {
    case TOOLBOX_DONE:
        reply_redirect_saying(post->reply, url_toolbox_list_show(post->scope->arena), said);
        return;
    case TOOLBOX_FULL:
        reply_sorry(post->reply, 409, TEXT_TOOLBOX_FULL);
        return;
    case TOOLBOX_ELSEWHERE:
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
}

void toolbox_new_do(Post *post) {
    Form form = form_read(post->scope, post->input, card_fields, CARD_FIELDS);
    if (!form.is_valid) {
        show_new(post->scope, post->reply, &form);
        return;
    }
    const ToolboxNew card = card_of(&form);
    const ToolboxResult result = toolbox_add(post->scope, post->tx, &card);
    if (result == TOOLBOX_FULL) {
        form_error(&form, CARD_WORDS, TEXT_TOOLBOX_FULL);
        show_new(post->scope, post->reply, &form);
        return;
    }
    back_to_box(post, result, TEXT_TOOLBOX_SAVED);
}

/* `form` NULL: as the card stands. */
static void show_one(const Scope *scope, Reply *reply, ToolboxCardId id, const Form *form) {
    ToolboxCard card;
    if (!toolbox_find(scope, id, &card)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    ToolboxFormPage page = {.layout = layout_of(scope, reply, TEXT_TOOLBOX_ONE), .kinds = kinds_for(scope)};
    page.card = own(scope, reply, &page.layout, (ToolboxCards){.items = &card, .count = 1}).items[0];
    Form standing = form_empty(scope, card_fields, CARD_FIELDS);
    form_set_str(&standing, CARD_WORDS, page.card.words);
    form_set_str(&standing, CARD_KIND, str_of(kind_names[card.kind - 1]));
    form_set_on(&standing, CARD_TRIAL, card.is_trial);
    form_set_on(&standing, CARD_PART2, card.words.is_marked);
    page.form = form != NULL ? form : &standing;
    page.layout.has_error = !page.form->is_valid;
    toolbox_one_page(reply_html(reply, page.form->is_valid ? 200 : 422), &page);
}

void toolbox_one_show(Get *get, ToolboxCardId id) {
    show_one(get->scope, get->reply, id, NULL);
}

void toolbox_one_do(Post *post, ToolboxCardId id) {
    const Form form = form_read(post->scope, post->input, card_fields, CARD_FIELDS);
    if (!form.is_valid) {
        show_one(post->scope, post->reply, id, &form);
        return;
    }
    const ToolboxNew card = card_of(&form);
    back_to_box(post, toolbox_change(post->scope, post->tx, id, &card), TEXT_TOOLBOX_SAVED);
}

void toolbox_turn_do(Post *post, ToolboxCardId id) {
    const Form form = form_read(post->scope, post->input, turn_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    } else if (form_has(&form, 0, STR("drop"))) {
        back_to_box(post, toolbox_drop(post->scope, post->tx, id), TEXT_TOOLBOX_IS_DROPPED);
    } else {
        back_to_box(post, toolbox_move(post->scope, post->tx, id, form_has(&form, 0, STR("up"))),
                    TEXT_TOOLBOX_MOVED);
    }
}

void toolbox_reader_do(Post *post, ToolboxCardId id, MatchId match) {
    reader_switch_do(post, READER_THING(id), match,
                     &(ReaderSaid){.back = url_toolbox_list_show(post->scope->arena),
                                   .opened = TEXT_TOOLBOX_IS_OPENED,
                                   .closed = TEXT_TOOLBOX_IS_CLOSED});
}
