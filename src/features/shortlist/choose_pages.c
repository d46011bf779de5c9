/* SPDX-License-Identifier: Apache-2.0 */
/* The family looks at the people suggested, compares, chooses one, or none; nobody asks why. */
#include "features/shortlist/shortlist.h"
#include "features/shortlist/shortlist_view.h"
#include "platform/http/page.h"
#include "routes.h"
#include "shortlist_html.h"
#include "shortlist_sql.h"
#include "texts.h"
#include "ui/ui.h"

enum { UNLIKE_LISTS, UNLIKE_FIELDS };
static const char *const unlike_words[] = {"experience", "relation", "age", "time", NULL};
static const ListKind unlike_lists[] = {LIST_EXPERIENCE, LIST_RELATION, LIST_AGE, LIST_TIME};
enum { UNLIKES = sizeof(unlike_lists) / sizeof(unlike_lists[0]) };
static const Field unlike_fields[] = {
    [UNLIKE_LISTS] = {.name = "unlike", .kind = FIELD_SET, .choices = unlike_words},
};

/* ---- cards ---- */

/* The languages that the interface knows, as list items of the program. */
typedef struct KnownLanguages {
    ListItemId items[LANG_COUNT];
} KnownLanguages;

static KnownLanguages known_languages(const Scope *scope, ProgramId program) {
    KnownLanguages known = {0};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        ShortlistLanguageRows rows = shortlist_language(scope->db, program, lang_name((Lang)lang));
        known.items[lang] = rows.count == 0 ? (ListItemId){0} : rows.items[0].item;
    }
    return known;
}

/* In its own name where the interface knows that, otherwise as the program calls it. */
static LanguageBadge badge_of(const Scope *scope, const KnownLanguages *known, ListItemId item) {
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (list_item_id_equal(known->items[lang], item)) {
            return (LanguageBadge){.words = lang_name((Lang)lang), .tag = lang_tag((Lang)lang)};
        }
    }
    return (LanguageBadge){.words = program_item_label(scope, item), .tag = lang_tag(scope->lang)};
}

static Strs labels_of(const Scope *scope, const ShortlistItemsRows *rows, int64_t position,
                      OfferItemKind kind) {
    Str *labels = NEW_MANY(scope->arena, rows->count, Str);
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        if (rows->items[at].position == position && rows->items[at].kind == (int64_t)kind) {
            labels[count++] = program_item_label(scope, rows->items[at].item);
        }
    }
    return (Strs){.items = labels, .count = count};
}

static LanguageBadges badges_of(const Scope *scope, const ShortlistItemsRows *rows, int64_t position,
                                const KnownLanguages *known) {
    LanguageBadge *badges = NEW_MANY(scope->arena, rows->count, LanguageBadge);
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        if (rows->items[at].position == position && rows->items[at].kind == OFFER_SPEAKS) {
            badges[count++] = badge_of(scope, known, rows->items[at].item);
        }
    }
    return (LanguageBadges){.items = badges, .count = count};
}

static Strs reasons_of(const Scope *scope, const ShortlistReasonsRows *rows, int64_t position) {
    Str *sentences = NEW_MANY(scope->arena, rows->count, Str);
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        const ShortlistReasons *row = &rows->items[at];
        if (row->position == position) {
            sentences[count++] = reason_words(scope, (MatchingReasonKind)row->reason, row->item, true);
        }
    }
    return (Strs){.items = sentences, .count = count};
}

static bool is_reason(const ShortlistReasonsRows *rows, int64_t position, ListItemId item) {
    for (size_t at = 0; at < rows->count; at++) {
        if (rows->items[at].position == position && list_item_id_equal(rows->items[at].item, item)) {
            return true;
        }
    }
    return false;
}

static Strs also_of(const Scope *scope, const ShortlistItemsRows *rows, const ShortlistReasonsRows *reasons,
                    int64_t position) {
    Str *labels = NEW_MANY(scope->arena, rows->count, Str);
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        const ShortlistItems *row = &rows->items[at];
        bool is_lived = row->position == position && row->kind == OFFER_LIVED;
        if (is_lived && !is_reason(reasons, position, row->item)) {
            labels[count++] = program_item_label(scope, row->item);
        }
    }
    return (Strs){.items = labels, .count = count};
}

ChooseCards choose_cards(const Scope *scope, const Request *request, size_t *ret_hidden) {
    ShortlistNewestRows lists = shortlist_newest(scope->db, request->id);
    *ret_hidden = 0;
    if (lists.count == 0 || lists.items[0].state != SHORTLIST_OPEN) {
        return (ChooseCards){0};
    }
    ShortlistEntriesRows entries = shortlist_entries(scope->db, lists.items[0].id);
    ShortlistItemsRows items = shortlist_items(scope->db, lists.items[0].id);
    ShortlistReasonsRows reasons = shortlist_reasons(scope->db, lists.items[0].id);
    KnownLanguages known = known_languages(scope, request->program);
    ChooseCard *cards = NEW_MANY(scope->arena, entries.count, ChooseCard);
    size_t count = 0;
    for (size_t at = 0; at < entries.count; at++) {
        const ShortlistEntries *entry = &entries.items[at];
        if (entry->answer != ENTRY_UNANSWERED) {
            continue;
        }
        if (entry->standing != OFFER_FREE || !entry->is_cleared) {
            (*ret_hidden)++;
            continue;
        }
        cards[count++] = (ChooseCard){
            .offer = entry->offer,
            .called = entry->called,
            .relation = program_item_label(scope, entry->relation),
            .about = entry->about,
            .lived = labels_of(scope, &items, entry->position, OFFER_LIVED),
            .also = also_of(scope, &items, &reasons, entry->position),
            .speaks = badges_of(scope, &items, entry->position, &known),
            .free_then = labels_of(scope, &items, entry->position, OFFER_FREE_THEN),
            .reasons = reasons_of(scope, &reasons, entry->position),
        };
    }
    return (ChooseCards){.items = cards, .count = count};
}

/* ---- looking ---- */

static Options unlike_options(const Scope *scope) {
    const Text labels[UNLIKES] = {TEXT_SHORTLIST_UNLIKE_EXPERIENCE, TEXT_SHORTLIST_UNLIKE_RELATION,
                                  TEXT_SHORTLIST_UNLIKE_AGE, TEXT_SHORTLIST_UNLIKE_TIME};
    Option *items = NEW_MANY(scope->arena, UNLIKES, Option);
    for (size_t at = 0; at < UNLIKES; at++) {
        items[at] = (Option){.value = str_of(unlike_words[at]), .label = text_str(scope->lang, labels[at])};
    }
    return (Options){.items = items, .count = UNLIKES};
}

/* What was asked for before is on already. */
static Form unlike_form(const Scope *scope, RequestId id) {
    Form form = form_empty(scope, unlike_fields, UNLIKE_FIELDS);
    unsigned lists = request_unlike(scope, id);
    Str *values = NEW_MANY(scope->arena, UNLIKES, Str);
    size_t count = 0;
    for (size_t at = 0; at < UNLIKES; at++) {
        if ((lists & (1U << unlike_lists[at])) != 0) {
            values[count++] = str_of(unlike_words[at]);
        }
    }
    form_set_many(&form, UNLIKE_LISTS, (Strs){.items = values, .count = count});
    return form;
}

static bool find_page(Get *get, RequestId id, Text title, ChoosePage *ret_page) {
    Request request;
    if (!request_find(get->scope, id, &request)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    size_t hidden = 0;
    ChooseCards cards = choose_cards(get->scope, &request, &hidden);
    *ret_page = (ChoosePage){
        .layout = layout_of(get->scope, get->reply, title),
        .request = request,
        .cards = cards,
        .hidden = (int64_t)hidden,
        .is_open = request.state == REQUEST_LISTED,
        .next = request_next_words(get->scope, &request),
    };
    return true;
}

void choose_show(Get *get, RequestId id) {
    ChoosePage page;
    if (!find_page(get, id, TEXT_SHORTLIST_TITLE, &page)) {
        return;
    }
    Form form = unlike_form(get->scope, id);
    page.unlike = &form;
    page.unlike_lists = unlike_options(get->scope);
    InvitationWaitingRows asked = invitation_waiting(get->scope->db, id);
    if (asked.count > 0) {
        page.asked_called = asked.items[0].called;
        page.asked_words = asked.items[0].words;
    }
    choose_page(reply_html(get->reply, 200), &page);
}

void choose_compare_show(Get *get, RequestId id) {
    ChoosePage page;
    if (find_page(get, id, TEXT_SHORTLIST_COMPARE, &page)) {
        page.layout.is_wide = true;
        choose_compare_page(reply_html(get->reply, 200), &page);
    }
}

/* The second of two taps: who this is, what happens next, and one button. */
void choose_one_show(Get *get, RequestId id, OfferId offer) {
    ChoosePage page;
    if (!find_page(get, id, TEXT_SHORTLIST_TITLE, &page)) {
        return;
    }
    const Words words = scope_words(get->scope);
    for (size_t at = 0; at < page.cards.count; at++) {
        if (offer_id_equal(page.cards.items[at].offer, offer)) {
            ChooseOnePage one = {
                .layout = layout_titled(get->scope, get->reply,
                                        text_shortlist_one_title(&words, page.cards.items[at].called)),
                .request = page.request,
                .card = page.cards.items[at],
                .role = program_words(get->scope, page.request.program, PROGRAM_ROLE),
                .must_tell = program_words(get->scope, page.request.program, PROGRAM_MUST_TELL),
            };
            choose_one_page(reply_html(get->reply, 200), &one);
            return;
        }
    }
    reply_sorry(get->reply, 404, TEXT_SHORTLIST_FULL);
}

/* ---- answering ---- */

static void reply_choice(Post *post, RequestId id, ChoiceResult result, Text done) {
    switch (result) {
    case CHOICE_DONE:
        reply_redirect_saying(post->reply, url_choose_show(post->scope->arena, id), done);
        return;
    case CHOICE_FULL:
        reply_sorry(post->reply, 409, TEXT_SHORTLIST_FULL);
        return;
    case CHOICE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void choose_one_do(Post *post, RequestId id, OfferId offer) {
    InvitationId invitation;
    reply_choice(post, id, shortlist_choose(post->scope, post->tx, id, offer, &invitation),
                 TEXT_SHORTLIST_CHOSEN);
}

void choose_not_do(Post *post, RequestId id, OfferId offer) {
    reply_choice(post, id, shortlist_not_this_person(post->scope, post->tx, id, offer),
                 TEXT_SHORTLIST_NOT_DONE);
}

void choose_back_do(Post *post, RequestId id) {
    reply_choice(post, id, shortlist_take_back(post->scope, post->tx, id), TEXT_SHORTLIST_TAKEN_BACK);
}

void choose_none_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, unlike_fields, UNLIKE_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    unsigned lists = 0;
    for (size_t at = 0; at < UNLIKES; at++) {
        lists |= form_has(&form, UNLIKE_LISTS, str_of(unlike_words[at])) ? 1U << unlike_lists[at] : 0;
    }
    request_set_unlike(post->scope, post->tx, id, lists);
    ChoiceResult result = shortlist_none_of_these(post->scope, post->tx, id);
    if (result == CHOICE_DONE) {
        reply_redirect_saying(post->reply, url_request_show(post->scope->arena, id),
                              TEXT_SHORTLIST_NONE_DONE);
        return;
    }
    reply_choice(post, id, result, TEXT_SHORTLIST_NONE_DONE);
}
