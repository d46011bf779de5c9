/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of the safety card: read, written, printed, and what it said before. */
#include "card_html.h"
#include "card_sql.h"
#include "features/card/card_clock.h"
#include "features/card/card_view.h"
#include "features/consent/consent.h"
#include "features/program/program.h"
#include "features/youth/youth.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

static Str must_tell_of(const Scope *scope, PersonId person) {
    const CardHomeRows homes = card_home(scope->db, person);
    const ProgramWords said = youth_is(scope, person) ? PROGRAM_MUST_TELL_YOUNG : PROGRAM_MUST_TELL;
    return homes.count > 0 ? program_words(scope, homes.items[0].program, said) : STR("");
}

/* Opened for this reader; what no consent covers is withheld with a sentence, whatever its length. */
static CardPage page_of(const Scope *scope, const Part2Notice *notice, PersonId person, const Card *card) {
    CardPage page = {
        .person = person,
        .card = *card,
        .hours = card_hours_words(scope, &card->rules.hours),
        .clock = card_zone_words(scope->lang, card->rules.zone),
        .written_on = time_is_none(card->at) ? (Date){0} : zone_date(scope->zone, card->at),
    };
    CardWords *parts = NEW_MANY(scope->arena, CARD_PARTS, CardWords);
    for (size_t part = 0; part < CARD_PARTS; part++) {
        const Str words = part2_open_about(notice, person, card->words[part]);
        if (!str_is_empty(words)) {
            parts[page.parts.count++] = (CardWords){.title = card_part_text((CardPart)part),
                                                    .words = words,
                                                    .is_kept = (card->kept & 1U << part) != 0};
        }
    }
    page.parts.items = parts;
    return page;
}

/* Under which consent this reader sees what is the person's. */
static const Part2Notice *notice_of(Get *get, PersonId person, Part2Frame *frame) {
    RequestId request;
    PersonId with;
    const bool is_shared = card_shared_by(get->scope, person, &request, &with);
    return part2_notice(get->reply, frame,
                        is_shared ? consent_scope_words(get->scope, request, with) : STR(""));
}

static void show_card(Get *get, PersonId person) {
    const Scope *scope = get->scope;
    const Words words = scope_words(scope);
    Card card;
    Person who;
    if (!card_find(scope, person, &card) || !account_person_find(scope, person, &who)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Part2Frame frame = {0};
    CardPage page = page_of(scope, notice_of(get, person, &frame), person, &card);
    page.is_own = person_id_equal(person, scope->actor);
    page.layout = page.is_own ? layout_of(scope, get->reply, TEXT_CARD_TITLE)
                              : layout_titled(scope, get->reply, text_card_title_of(&words, who.called));
    page.layout.part2 = frame;
    CardReachIsShared reach;
    if (page.is_own ||
        (card_reach_is_shared(scope->db, person, scope->actor, CONSENT_REACH, scope->now, &reach) &&
         reach.is_shared)) {
        page.points = account_contact_points(scope, person);
    }
    page.must_tell = must_tell_of(scope, person);
    page.has_provider = provider_sheet_find(scope, person, &page.provider);
    const ProviderForm form = page.is_own ? provider_form_for(scope, person) : (ProviderForm){0};
    page.provider_form = form.count > 0 ? form.name : STR("");
    card_page(reply_html(get->reply, 200), &page);
}

void card_show(Get *get) {
    show_card(get, get->scope->actor);
}

void card_of_show(Get *get, PersonId person) {
    show_card(get, person);
}

static void show_edit(Scope *scope, Reply *reply, Str zone, ContactPoints points, const Form *form) {
    CardEditPage page = {.layout = layout_of(scope, reply, TEXT_CARD_EDIT_TITLE), .form = form};
    page.layout.has_error = !form->is_valid;
    page.must_tell = must_tell_of(scope, scope->actor);
    card_form_options(scope, &page, zone, points);
    card_edit_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void card_edit_show(Get *get) {
    Card card;
    if (!card_find(get->scope, get->scope->actor, &card)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const ContactPoints points = account_contact_points(get->scope, get->scope->actor);
    Form form = card_form(get->scope, &card, points);
    show_edit(get->scope, get->reply, card.rules.zone, points, &form);
}

void card_edit_save(Post *post) {
    CardNew card;
    Form form = card_form_read(post->scope, post->input, &card);
    if (!form.is_valid) {
        show_edit(post->scope, post->reply, card.rules.zone,
                  account_contact_points(post->scope, post->scope->actor), &form);
        return;
    }
    const int64_t *ids = NULL;
    const size_t count = form_ids(&form, CARD_FIELD_UNSAFE, &ids);
    ContactPointId *unsafe = NEW_MANY(post->scope->arena, count, ContactPointId);
    for (size_t at = 0; at < count; at++) {
        unsafe[at] = (ContactPointId){ids[at]};
    }
    card_write(post->scope, post->tx, &card, unsafe, count);
    reply_redirect_saying(post->reply, url_card_show(post->scope->arena), TEXT_CARD_SAVED);
}

void card_earlier_show(Get *get) {
    const Scope *scope = get->scope;
    Part2Frame frame = {0};
    const Part2Notice *notice = part2_notice(get->reply, &frame, STR(""));
    const Cards cards = card_versions(scope, scope->actor);
    CardPage *pages = NEW_MANY(scope->arena, cards.count, CardPage);
    for (size_t at = 0; at < cards.count; at++) {
        pages[at] = page_of(scope, notice, scope->actor, &cards.items[at]);
    }
    CardEarlierPage page = {.layout = layout_of(scope, get->reply, TEXT_CARD_EARLIER),
                            .versions = {.items = pages, .count = cards.count}};
    card_earlier_page(reply_html(get->reply, 200), &page);
}
