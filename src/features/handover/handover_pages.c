/* SPDX-License-Identifier: Apache-2.0 */
/* The page to hand over, put together for whoever opens it. */
#include "features/card/card.h"
#include "features/checkin/checkin.h"
#include "features/contact/contact.h"
#include "features/handover/handover_view.h"
#include "features/program/program.h"
#include "features/request/request.h"
#include "handover_html.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"

#include <assert.h>

enum { SECTIONS_MOST = 8, TITLE_MOST = 400 };

/* The page while it is filled. */
typedef struct Paper {
    const Scope *scope;
    Words words;
    const Handover *handover;
    const Part2Notice *notice;
    HandoverSection sections[SECTIONS_MOST];
    size_t count;
} Paper;

static bool has(const Paper *paper, ConsentItem item) {
    return (paper->handover->items & (unsigned)item) != 0;
}

static HandoverEntry *entries(const Paper *paper, size_t count) {
    return NEW_MANY(paper->scope->arena, count, HandoverEntry);
}

/* A section without entries is shown too: that nothing was written is said. */
static void add_section(Paper *paper, const char *name, Text title, const HandoverEntry *items,
                        size_t count) {
    assert(paper->count < SECTIONS_MOST);
    paper->sections[paper->count++] =
        (HandoverSection){.name = str_of(name), .title = title, .items = items, .count = count};
}

/* ---- section by section ---- */

static void add_request(Paper *paper) {
    const HandoverRequestRows rows =
        handover_request(paper->scope->db, paper->handover->consent.request, has(paper, CONSENT_SUBSTANCE));
    HandoverEntry *items = entries(paper, 2 * rows.count);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const HandoverRequest *row = &rows.items[at];
        const Str said[] = {part2_open(paper->notice, row->need), part2_open(paper->notice, row->hopes)};
        const Text titles[] = {TEXT_HANDOVER_NEED, TEXT_HANDOVER_HOPES};
        for (size_t each = 0; each < 2; each++) {
            if (!str_is_empty(said[each])) {
                items[count++] = (HandoverEntry){.title = text_str(paper->scope->lang, titles[each]),
                                                 .at = row->at,
                                                 .words = said[each],
                                                 .lang = (Lang)row->lang,
                                                 .has_lang = true};
            }
        }
    }
    add_section(paper, "words", TEXT_HANDOVER_WORDS_TITLE, items, count);
}

static Str note_title(const Paper *paper, const HandoverNotes *row) {
    return row->is_own ? text_handover_own(&paper->words, paper->handover->consent.called)
                       : text_str(paper->scope->lang, TEXT_HANDOVER_PROGRAM);
}

static void add_notes(Paper *paper) {
    const HandoverNotesRows rows =
        handover_notes(paper->scope->db, paper->handover->consent.request, has(paper, CONSENT_SUBSTANCE));
    HandoverEntry *items = entries(paper, rows.count);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const Str said = part2_open(paper->notice, rows.items[at].words);
        if (!str_is_empty(said)) {
            items[count++] = (HandoverEntry){
                .title = note_title(paper, &rows.items[at]), .at = rows.items[at].at, .words = said};
        }
    }
    add_section(paper, "notes", TEXT_HANDOVER_NOTES_TITLE, items, count);
}

/* "Call, 20 minutes", "Call: nobody answered". */
static Str contact_title(const Paper *paper, const HandoverContacts *row) {
    Buf title = buf_new(paper->scope->arena, TITLE_MOST);
    buf_add(&title, text_str(paper->scope->lang, contact_kind_text((ContactKind)row->kind)));
    if (row->outcome != CONTACT_TALKED) {
        buf_add(&title, STR(": "));
        buf_add(&title, text_str(paper->scope->lang, contact_outcome_text((ContactOutcome)row->outcome)));
    } else if (row->minutes > 0) {
        buf_add(&title, STR(", "));
        buf_add(&title, text_contact_lasted(&paper->words, row->minutes));
    }
    return buf_str(&title);
}

/* Each with what was set beside it: both lists are in the same order. */
static void add_contacts(Paper *paper) {
    const RequestId request = paper->handover->consent.request;
    const bool covers = has(paper, CONSENT_SUBSTANCE);
    const HandoverContactsRows rows = handover_contacts(paper->scope->db, request, covers);
    const HandoverAnswersRows answers = handover_answers(paper->scope->db, request, covers);
    HandoverEntry *items = entries(paper, rows.count + answers.count);
    size_t count = 0;
    size_t next = 0;
    for (size_t at = 0; at < rows.count; at++) {
        items[count++] = (HandoverEntry){.title = contact_title(paper, &rows.items[at]),
                                         .at = rows.items[at].at,
                                         .words = part2_open(paper->notice, rows.items[at].line)};
        for (; next < answers.count && contact_id_equal(answers.items[next].contact, rows.items[at].id);
             next++) {
            const HandoverAnswers *answer = &answers.items[next];
            items[count++] = (HandoverEntry){
                .title = answer->is_own
                             ? text_handover_own_beside(&paper->words, paper->handover->consent.called)
                             : text_str(paper->scope->lang, TEXT_HANDOVER_GIVER_BESIDE),
                .at = answer->at,
                .words = part2_open(paper->notice, answer->words)};
        }
    }
    add_section(paper, "contacts", TEXT_HANDOVER_CONTACTS_TITLE, items, count);
}

static void add_checkins(Paper *paper) {
    const HandoverCheckinsRows rows =
        handover_checkins(paper->scope->db, paper->handover->consent.request, has(paper, CONSENT_SUBSTANCE));
    HandoverEntry *items = entries(paper, rows.count);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const Str said = part2_open(paper->notice, rows.items[at].words);
        if (!str_is_empty(said)) {
            items[count++] = (HandoverEntry){
                .title = text_str(
                    paper->scope->lang,
                    checkin_occasion_text((CheckinOccasion)rows.items[at].occasion, CHECKIN_RECEIVER)),
                .at = rows.items[at].at,
                .words = said};
        }
    }
    add_section(paper, "checkins", TEXT_HANDOVER_CHECKINS_TITLE, items, count);
}

static void add_progress(Paper *paper) {
    const HandoverProgressRows rows =
        handover_progress(paper->scope->db, paper->handover->consent.request, has(paper, CONSENT_SUBSTANCE));
    HandoverEntry *items = entries(paper, rows.count);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (HandoverEntry){.title = text_handover_far(&paper->words, rows.items[at].value),
                                    .at = rows.items[at].at,
                                    .words = part2_open(paper->notice, rows.items[at].words)};
    }
    add_section(paper, "progress", TEXT_HANDOVER_PROGRESS_TITLE, items, rows.count);
}

static void add_card(Paper *paper) {
    const HandoverCardRows rows =
        handover_card(paper->scope->db, paper->handover->consent.person, has(paper, CONSENT_SUBSTANCE));
    HandoverEntry *items = entries(paper, CARD_PARTS * rows.count);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const HandoverCard *row = &rows.items[at];
        const Part2Words said[CARD_PARTS] = {[CARD_SAFE] = row->safe,
                                             [CARD_CALL] = row->call,
                                             [CARD_NOT_CALL] = row->not_call,
                                             [CARD_WORSE] = row->worse,
                                             [CARD_HELPS] = row->helps};
        for (int part = CARD_SAFE; part < CARD_PARTS; part++) {
            const Str words = part2_open(paper->notice, said[part]);
            if (!str_is_empty(words)) {
                items[count++] =
                    (HandoverEntry){.title = text_str(paper->scope->lang, card_part_text((CardPart)part)),
                                    .words = words,
                                    .lang = (Lang)row->lang,
                                    .has_lang = true};
            }
        }
    }
    add_section(paper, "card", TEXT_HANDOVER_CARD_TITLE, items, count);
}

static void fill(Paper *paper) {
    static const struct {
        ConsentItem item;
        void (*add)(Paper *paper);
    } parts[] = {
        {CONSENT_WORDS, add_request},     {CONSENT_NOTES, add_notes},       {CONSENT_CONTACTS, add_contacts},
        {CONSENT_CHECKINS, add_checkins}, {CONSENT_PROGRESS, add_progress}, {CONSENT_CARD, add_card},
    };
    for (size_t at = 0; at < sizeof parts / sizeof parts[0]; at++) {
        if (has(paper, parts[at].item)) {
            parts[at].add(paper);
        }
    }
}

/* ---- the page ---- */

void handover_show(Get *get, ConsentId id) {
    const Scope *scope = get->scope;
    HandoverPage page = {0};
    if (!handover_find(scope, id, &page.handover)) {
        reply_sorry(get->reply, 410, TEXT_HANDOVER_CLOSED);
        return;
    }
    const Consent *consent = &page.handover.consent;
    Person reader;
    const bool is_known = account_person_find(scope, scope->actor, &reader);
    const Words words = scope_words(scope);
    page.to = consent_to_words(scope, consent);
    page.layout = layout_titled(scope, get->reply, text_handover_title(&words, page.to));
    page.program = program_words(scope, consent->program, PROGRAM_NAME);
    page.items = consent_item_words(scope, page.handover.items);
    page.left_out = consent_item_words(scope, page.handover.left_out);
    page.purpose = consent_purpose_text(consent->purpose);
    page.until = consent_until_words(scope, consent);
    page.signatures = consent_signatures(scope, id);
    page.opened_by = is_known ? reader.called : STR("");
    page.opened_at = scope->now;
    page.has_reach = (page.handover.items & CONSENT_REACH) != 0;
    if (page.has_reach) {
        page.reach = handover_reach(scope, consent->person);
    }
    if (page.handover.is_own) {
        page.before = handover_openings(scope->db, consent->person, consent->id);
    }
    /* Without that item there is no scope, and what is marked could not be opened if it were read. */
    const Str scope_words =
        (page.handover.items & CONSENT_SUBSTANCE) != 0 ? consent_paper_scope_words(scope, consent) : STR("");
    Paper paper = {.scope = scope,
                   .words = words,
                   .handover = &page.handover,
                   .notice = part2_notice(get->reply, &page.layout.part2, scope_words)};
    fill(&paper);
    page.sections = (HandoverSections){.items = paper.sections, .count = paper.count};
    handover_page(reply_html(get->reply, 200), &page);
}
