/* SPDX-License-Identifier: Apache-2.0 */
/* The family looks at the people suggested, compares, chooses one, or none; nobody asks why. */
#include "features/consent/consent_pick.h"
#include "features/shortlist/shortlist.h"
#include "features/shortlist/shortlist_view.h"
#include "platform/http/page.h"
#include "routes.h"
#include "shortlist_html.h"
#include "shortlist_sql.h"
#include "texts.h"
#include "ui/ui.h"

enum { UNLIKE_LISTS, UNLIKE_FIELDS };
static const Field unlike_fields[] = {
    [UNLIKE_LISTS] = {.name = "unlike", .kind = FIELD_SET, .choices = request_unlike_words},
};

/* ---- cards ---- */

/* The languages that the interface knows, as list items of the program. */
typedef struct KnownLanguages {
    ListItemId items[LANG_COUNT];
} KnownLanguages;

static KnownLanguages known_languages(const Scope *scope, ProgramId program) {
    KnownLanguages known = {0};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        known.items[lang] = program_language(scope, program, (Lang)lang);
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

static Strs reasons_of(const Scope *scope, const Part2Notice *notice, PersonId family,
                       const ShortlistReasonsRows *rows, int64_t position) {
    Str *sentences = NEW_MANY(scope->arena, rows->count, Str);
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        const ShortlistReasons *row = &rows->items[at];
        if (row->position == position) {
            sentences[count++] = shortlist_reason_words(
                scope, (MatchingReasonKind)row->reason,
                part2_open_about(notice, family, program_item_words(scope, row->item)), true);
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

/* What someone says in this way that is not among the reasons already. */
static Strs also_of(const Scope *scope, const ShortlistItemsRows *rows, const ShortlistReasonsRows *reasons,
                    int64_t position, OfferItemKind kind) {
    Str *labels = NEW_MANY(scope->arena, rows->count, Str);
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        const ShortlistItems *row = &rows->items[at];
        bool is_said = row->position == position && row->kind == (int64_t)kind;
        if (is_said && !is_reason(reasons, position, row->item)) {
            labels[count++] = program_item_label(scope, row->item);
        }
    }
    return (Strs){.items = labels, .count = count};
}

ChooseCards choose_cards(const Scope *scope, const Request *request, const Part2Notice *notice,
                         size_t *ret_hidden) {
    const ShortlistPeople people = shortlist_people(scope, request->id);
    *ret_hidden = people.hidden;
    ShortlistItemsRows items = shortlist_items(scope->db, people.list);
    ShortlistReasonsRows reasons = shortlist_reasons(scope->db, people.list);
    KnownLanguages known = known_languages(scope, request->program);
    ChooseCard *cards = NEW_MANY(scope->arena, people.count, ChooseCard);
    for (size_t at = 0; at < people.count; at++) {
        const ShortlistPerson *person = &people.items[at];
        cards[at] = (ChooseCard){
            .offer = person->offer,
            .called = person->called,
            .relation = program_item_label(scope, person->relation),
            .about = person->about,
            .lived = labels_of(scope, &items, person->position, OFFER_LIVED),
            .also = also_of(scope, &items, &reasons, person->position, OFFER_LIVED),
            .says = also_of(scope, &items, &reasons, person->position, OFFER_HAS),
            .speaks = badges_of(scope, &items, person->position, &known),
            .free_then = labels_of(scope, &items, person->position, OFFER_FREE_THEN),
            .reasons = reasons_of(scope, notice, request->person, &reasons, person->position),
        };
    }
    return (ChooseCards){.items = cards, .count = people.count};
}

/* ---- looking ---- */

/* A list with nothing in it is not asked about. */
static Options unlike_options(const Scope *scope, ProgramId program) {
    Option *items = NEW_MANY(scope->arena, REQUEST_UNLIKES, Option);
    size_t count = 0;
    for (size_t at = 0; at < REQUEST_UNLIKES; at++) {
        if (program_items(scope, program, request_unlike_lists[at]).count > 0) {
            items[count++] =
                (Option){.value = str_of(request_unlike_words[at]),
                         .label = text_str(scope->lang, request_unlike_text(request_unlike_lists[at]))};
        }
    }
    return (Options){.items = items, .count = count};
}

/* What was asked for before is on already. */
static Form unlike_form(const Scope *scope, RequestId id) {
    Form form = form_empty(scope, unlike_fields, UNLIKE_FIELDS);
    unsigned lists = request_unlike(scope, id);
    Str *values = NEW_MANY(scope->arena, REQUEST_UNLIKES, Str);
    size_t count = 0;
    for (size_t at = 0; at < REQUEST_UNLIKES; at++) {
        if ((lists & (1U << request_unlike_lists[at])) != 0) {
            values[count++] = str_of(request_unlike_words[at]);
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
    Layout layout = layout_of(get->scope, get->reply, title);
    ChooseCards cards = choose_cards(
        get->scope, &request,
        part2_notice(get->reply, &layout.part2, consent_scope_words(get->scope, id, (PersonId){0})), &hidden);
    *ret_page = (ChoosePage){
        .layout = layout,
        .request = request,
        .cards = cards,
        .hidden = (int64_t)hidden,
        .is_open = request.state == REQUEST_LISTED,
        .is_older = request_list_is_older(get->scope, id),
        .standing = request_standing_text(get->scope, &request),
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
    page.unlike_lists = unlike_options(get->scope, page.request.program);
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

enum { CHOOSE_CONSENT, CHOOSE_SHARE, CHOOSE_FIELDS };
static const Field choose_fields[] = {
    [CHOOSE_CONSENT] = {.name = "consent", .kind = FIELD_LINE, .most_characters = 64},
    [CHOOSE_SHARE] = {.name = "share", .kind = FIELD_SET, .choices = consent_pick_values},
};

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
            Form form = form_empty(get->scope, choose_fields, CHOOSE_FIELDS);
            consent_pick_set(get->scope, &form, CHOOSE_SHARE, consent_items_offered(CONSENT_TO_PERSON));
            one.form = &form;
            one.picks = consent_pick_options(get->scope, CONSENT_TO_PERSON);
            one.consent = consent_choosing_words(get->scope, one.card.called, 0);
            one.consent_hash = consent_words_hash(get->scope, one.consent);
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

/* The words on the page that was sent are those that are kept: a name or the language may have changed. */
static bool read_what_holds(Post *post, OfferId id, Str hash) {
    Offer offer;
    return str_is_empty(hash) || !offer_find(post->scope, id, &offer) ||
           str_equal(hash,
                     consent_words_hash(post->scope, consent_choosing_words(post->scope, offer.called, 0)));
}

void choose_one_do(Post *post, RequestId id, OfferId offer) {
    const Form form = form_read(post->scope, post->input, choose_fields, CHOOSE_FIELDS);
    const Str hash = form.is_valid ? form_str(&form, CHOOSE_CONSENT) : STR("");
    if (!read_what_holds(post, offer, hash)) {
        reply_redirect_saying(post->reply, url_choose_one_show(post->scope->arena, id, offer),
                              TEXT_CONSENT_CHANGED);
        return;
    }
    InvitationId invitation;
    /* The boxes count only where their words were read. */
    const unsigned items = str_is_empty(hash) ? 0 : consent_picked(&form, CHOOSE_SHARE, CONSENT_TO_PERSON);
    reply_choice(post, id, shortlist_choose(post->scope, post->tx, id, offer, items, &invitation),
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
    for (size_t at = 0; at < REQUEST_UNLIKES; at++) {
        bool is_wished = form_has(&form, UNLIKE_LISTS, str_of(request_unlike_words[at]));
        lists |= is_wished ? 1U << request_unlike_lists[at] : 0;
    }
    request_set_unlike(post->scope, post->tx, id, lists);
    ChoiceResult result = shortlist_none_of_these(post->scope, post->tx, id);
    Request request;
    bool goes_on = request_find(post->scope, id, &request) && request.state == REQUEST_LISTED;
    if (result == CHOICE_DONE && !goes_on) {
        reply_redirect_saying(post->reply, url_request_show(post->scope->arena, id),
                              TEXT_SHORTLIST_NONE_DONE);
        return;
    }
    reply_choice(post, id, result, TEXT_SHORTLIST_NONE_OTHERS);
}
