/* SPDX-License-Identifier: Apache-2.0 */
/* The page that two people share while they walk together, and their switches. */
#include "features/card/card.h"
#include "features/consent/consent.h"
#include "features/gathering/gathering.h"
#include "features/walk/walk_view.h"
#include "features/youth/youth.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"
#include "walk_html.h"

enum { WALK_BEFORE, WALK_FIELDS };
static const Field walk_fields[] = {
    [WALK_BEFORE] = {.name = "before", .kind = FIELD_ID},
};

enum { END_HOW, END_FIELDS };
static const char *const endings[] = {"for-now", "another-person", NULL};
static const Field end_fields[] = {
    [END_HOW] = {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = endings},
};

static WalkReader reader_of(const Scope *scope, const Match *match) {
    if (person_id_equal(scope->actor, match->receiver)) {
        return WALK_RECEIVER;
    }
    return person_id_equal(scope->actor, match->giver) ? WALK_GIVER : WALK_COORDINATOR;
}

static Str title_of(const Scope *scope, const WalkPage *page) {
    const Words words = scope_words(scope);
    return page->reader == WALK_COORDINATOR
               ? text_walk_title_two(&words, page->match.giver_called, page->match.receiver_called)
               : text_walk_title(&words, page->other_called);
}

static WalkEarlierList earlier_of(const Scope *scope, const Match *match) {
    WalkEarlierRows rows = walk_earlier(scope->db, match->receiver, match->id);
    WalkBefore *items = NEW_MANY(scope->arena, rows.count, WalkBefore);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (WalkBefore){
            .id = rows.items[at].id,
            .called = rows.items[at].called,
            .began_on = zone_date(scope->zone, rows.items[at].began_at),
            .ended_on = zone_date(scope->zone, rows.items[at].ended_at),
        };
    }
    return (WalkEarlierList){.items = items, .count = rows.count};
}

/* What was written about the request and kept between the two. */
static WalkKeptList kept_of(const Scope *scope, const WalkPage *page, const Part2Notice *notice) {
    const RequestKeptNotes notes = request_kept_notes(scope, page->match.request);
    WalkKept *items = NEW_MANY(scope->arena, notes.count, WalkKept);
    for (size_t at = 0; at < notes.count; at++) {
        items[at] = (WalkKept){.words = part2_open(notice, notes.items[at].words),
                               .by_called = notes.items[at].by_called,
                               .at = notes.items[at].at};
    }
    return (WalkKeptList){.items = items, .count = notes.count};
}

/* Under which consent this reader sees what is the receiver's. */
static const Part2Notice *notice_of(const Scope *scope, Reply *reply, WalkPage *page) {
    const PersonId with = page->reader == WALK_GIVER ? page->match.giver : (PersonId){0};
    return part2_notice(reply, &page->layout.part2, consent_scope_words(scope, page->match.request, with));
}

/* What the reader themself said to a coordinator: their own words. */
static ContactSaids told_of(const Scope *scope, MatchId match, CheckinSide side) {
    const Checkins done = checkin_list_done(scope, match, side);
    ContactSaid *items = NEW_MANY(scope->arena, done.count, ContactSaid);
    for (size_t at = 0; at < done.count; at++) {
        items[at] = (ContactSaid){
            .words = part2_open_own(scope, scope->actor, done.items[at].words),
            .by_called = done.items[at].done_by_called,
            .at = done.items[at].done_at,
        };
    }
    return (ContactSaids){.items = items, .count = done.count};
}

/* What the receiver gives this reader, item by item. */
static void add_shared(const Scope *scope, WalkPage *page, PersonId with) {
    const Match *match = &page->match;
    const unsigned items = consent_items_shared(scope, match->request, with);
    page->not_reach = (items & CONSENT_REACH) == 0;
    page->not_contacts = (items & CONSENT_CONTACTS) == 0;
    page->reach = page->not_reach ? (ContactPoints){0} : account_contact_points(scope, match->receiver);
}

/* What only one of the three kinds of reader sees. */
static void add_own(const Scope *scope, WalkPage *page) {
    const Match *match = &page->match;
    switch (page->reader) {
    case WALK_RECEIVER:
        page->must_agree = time_is_none(match->receiver_agreed_at);
        page->reach = account_contact_points(scope, match->giver);
        page->progress = progress_figure_of(scope, match->request);
        page->told = told_of(scope, match->id, CHECKIN_RECEIVER);
        page->earlier = earlier_of(scope, match);
        break;
    case WALK_GIVER:
        page->may_read_card = match->state != MATCH_ENDED && card_is_for_giver(scope, match->receiver);
        page->has_word = youth_has_word(scope, match->receiver);
        page->must_agree = time_is_none(match->giver_agreed_at);
        add_shared(scope, page, match->giver);
        page->told = told_of(scope, match->id, CHECKIN_GIVER);
        break;
    case WALK_COORDINATOR:
        page->may_read_card = card_is_for_coordinator(scope, match->receiver);
        add_shared(scope, page, (PersonId){0});
        page->reach_giver = account_contact_points(scope, match->giver);
        break;
    }
}

static ContactsShown shown_of(const Scope *scope, const WalkPage *page, const Part2Notice *notice) {
    const PersonId receiver = page->match.receiver;
    ContactShown *items = NEW_MANY(scope->arena, page->contacts.count, ContactShown);
    for (size_t at = 0; at < page->contacts.count; at++) {
        const Contact *contact = &page->contacts.items[at];
        ContactSaid *answers = NEW_MANY(scope->arena, contact->answers.count, ContactSaid);
        for (size_t beside = 0; beside < contact->answers.count; beside++) {
            const ContactAnswer *answer = &contact->answers.items[beside];
            answers[beside] = (ContactSaid){.id = answer->id,
                                            .by = answer->by,
                                            .is_kept = answer->is_kept,
                                            .words = part2_open_about(notice, receiver, answer->words),
                                            .by_called = answer->by_called,
                                            .at = answer->at};
        }
        items[at] = (ContactShown){
            .contact = *contact,
            .line = part2_open_about(notice, receiver, contact->line),
            .activities = contact_activities_shown(scope, notice, contact, receiver),
            .answers = {.items = answers, .count = contact->answers.count},
        };
    }
    return (ContactsShown){.items = items, .count = page->contacts.count};
}

static void add_contacts(Get *get, WalkPage *page, const Part2Notice *notice) {
    const Scope *scope = get->scope;
    Form form = form_read(scope, get->input, walk_fields, WALK_FIELDS);
    const ContactId before = {form.is_valid ? form_id(&form, WALK_BEFORE) : 0};
    page->is_newest = contact_id_is_none(before);
    page->contacts = contact_list(scope, page->match.id, before);
    page->shown = shown_of(scope, page, notice);
    page->shown.has_flow = contact_flow_wish(scope, page->match.id).is_open;
    page->shown.other_called = page->other_called;
    if (page->contacts.has_older) {
        const ContactId last = page->contacts.items[page->contacts.count - 1].id;
        page->older = url_with(scope->arena, url_match_show(scope->arena, page->match.id), STR("before"),
                               ui_id_value(scope->arena, last.value));
    }
}

static PassingsShown passed_on(const Scope *scope, const WalkPage *page, const Part2Notice *notice) {
    static const PassingReader readers[] = {[WALK_RECEIVER] = PASSING_FOR_PERSON,
                                            [WALK_GIVER] = PASSING_FOR_WRITER,
                                            [WALK_COORDINATOR] = PASSING_FOR_PROGRAM};
    const Match *match = &page->match;
    const Passings list = passing_list(scope, match->id);
    PassingShown *items = NEW_MANY(scope->arena, list.count, PassingShown);
    bool has_said_why = false;
    for (size_t at = 0; at < list.count; at++) {
        const Passing *one = &list.items[at];
        const bool is_withheld = part2_is_withheld(notice, match->receiver, one->what);
        items[at] = (PassingShown){.by_called = one->by_called,
                                   .is_withheld = is_withheld,
                                   .says_why = is_withheld && !has_said_why,
                                   .what = part2_open_about(notice, match->receiver, one->what),
                                   .whom = part2_open_about(notice, match->receiver, one->whom),
                                   .told = one->told,
                                   .why = part2_open_about(notice, match->receiver, one->why),
                                   .at = one->at};
        has_said_why = has_said_why || is_withheld;
    }
    return (PassingsShown){.items = items,
                           .count = list.count,
                           .reader = readers[page->reader],
                           .called = match->receiver_called,
                           .giver_called = match->giver_called};
}

/* How many, and no words: those open one by one. */
static NotesStanding notes_of(const Scope *scope, const WalkPage *page) {
    const Match *match = &page->match;
    return (NotesStanding){
        .match = match->id,
        .count = note_list(scope, match->id).count,
        .drafts = page->reader == WALK_RECEIVER ? note_drafts(scope, match->id) : 0,
        .may_write = note_may_write(scope, match),
    };
}

/* For the two alone. */
static void add_meetings(const Scope *scope, WalkPage *page, const Part2Notice *notice) {
    MeetingWalk walk;
    if (page->reader != WALK_COORDINATOR && meeting_walk(scope, page->match.id, &walk)) {
        page->may_meet = walk.may_meet;
        page->meetings = meetings_shown(scope, notice, &walk, meeting_list(scope, page->match.id));
    }
}

/* For the two alone. */
static void add_hard(const Scope *scope, WalkPage *page) {
    const Match *match = &page->match;
    if (page->reader != WALK_COORDINATOR) {
        page->hard = hard_shown(scope, match);
        page->hello = callout_hello(scope, match);
        page->was_called_out = match->state == MATCH_ENDED && callout_list(scope, match->id).count > 0;
        page->may_say_hard = match->state == MATCH_NEW || match->state == MATCH_WALKING;
    }
}

static PromisesShown promised(const Scope *scope, const Match *match, const Part2Notice *notice) {
    const Promises list = promise_list(scope, match->id);
    PromiseShown *items = NEW_MANY(scope->arena, list.count, PromiseShown);
    for (size_t at = 0; at < list.count; at++) {
        const Promise *one = &list.items[at];
        items[at] = (PromiseShown){.id = one->id,
                                   .match = match->id,
                                   .words = part2_open_about(notice, match->receiver, one->words),
                                   .called = one->by_called,
                                   .is_mine = person_id_equal(one->by, scope->actor),
                                   .due_on = one->due_on,
                                   .is_due = one->is_due};
    }
    return (PromisesShown){.items = items, .count = list.count};
}

/* What the receiver passed on of their own, and for them whether they did. */
static void add_carried(const Scope *scope, WalkPage *page, const Part2Notice *notice) {
    Carry carry;
    if (page->reader == WALK_GIVER && carry_read(scope, page->match.id, &carry)) {
        page->carried = carry_shown(scope, notice, &carry);
    }
    page->is_carried = page->reader == WALK_RECEIVER && carry_find(scope, page->match.id, &carry) &&
                       !time_is_none(carry.passed_at);
}

void match_show(Get *get, MatchId id) {
    Scope *scope = get->scope;
    WalkPage page = {0};
    if (!match_find(scope, id, &page.match) || !request_find(scope, page.match.request, &page.request)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Match *match = &page.match;
    page.reader = reader_of(scope, match);
    page.other_called = page.reader == WALK_RECEIVER ? match->giver_called : match->receiver_called;
    page.layout = layout_titled(scope, get->reply, title_of(scope, &page));
    page.program = program_words(scope, match->program, PROGRAM_NAME);
    page.since = zone_date(scope->zone, match->began_at);
    page.due_on = zone_date(scope->zone, match->due_at);
    page.ended_on = match->state == MATCH_ENDED ? zone_date(scope->zone, match->ended_at) : (Date){0};
    const Part2Notice *notice = notice_of(scope, get->reply, &page);
    page.passed_on = passed_on(scope, &page, notice);
    page.notes = notes_of(scope, &page);
    page.promises = promised(scope, match, notice);
    add_meetings(scope, &page, notice);
    add_hard(scope, &page);
    page.need = part2_open_about(notice, match->receiver, page.request.need);
    Gathering gathering;
    page.has_gathering =
        gathering_find(scope, id, &gathering) &&
        (gathering.is_open || (gathering.is_receiver && (gathering.was_opened || gathering.other_count > 1)));
    page.unread = page.reader == WALK_COORDINATOR ? 0 : message_unread(scope, id);
    add_own(scope, &page);
    add_carried(scope, &page, notice);
    page.proposed = page.reader == WALK_RECEIVER ? goal_proposals_wait(scope) : 0;
    if (page.reader == WALK_GIVER) {
        page.kept = kept_of(scope, &page, notice);
        const GoalNames names = {.person = match->receiver_called, .giver = match->giver_called};
        const ReaderLet let = reader_let(scope, id);
        page.goals = goals_shown(scope, notice, names, goal_list_opened(scope, &let));
        page.cards = toolbox_shown(scope, notice, toolbox_list_opened(scope, &let));
        page.sheets = sheet_lines_shown(scope, notice, sheet_list_opened(scope, &let));
        page.barriers = barriers_shown(scope, notice, barrier_list_opened(scope, &let));
    }
    add_contacts(get, &page, notice);
    walk_page(reply_html(get->reply, 200), &page);
}

/* ---- switches: one tap and a confirmation, no reason ---- */

static void answer(Post *post, MatchResult result, Url url, Text said) {
    switch (result) {
    case MATCH_DONE:
        reply_redirect_saying(post->reply, url, said);
        return;
    case MATCH_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void match_pause_do(Post *post, MatchId match) {
    answer(post, match_pause(post->scope, post->tx, match), url_match_show(post->scope->arena, match),
           TEXT_WALK_HAS_PAUSED);
}

void match_come_back_do(Post *post, MatchId match) {
    Match found;
    if (match_find(post->scope, match, &found) &&
        !consent_shares(post->scope, found.request, found.giver, CONSENT_WORDS)) {
        reply_redirect_saying(post->reply, url_sharing_show(post->scope->arena), TEXT_CONSENT_SHARE_FIRST);
        return;
    }
    answer(post, match_come_back(post->scope, post->tx, match), url_match_show(post->scope->arena, match),
           TEXT_WALK_IS_BACK);
}

void match_end_do(Post *post, MatchId id) {
    Form form = form_read(post->scope, post->input, end_fields, END_FIELDS);
    Match match;
    if (!form.is_valid || !match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    bool is_another = form_has(&form, END_HOW, STR("another-person"));
    bool is_receiver = reader_of(post->scope, &match) == WALK_RECEIVER;
    MatchResult result =
        match_end(post->scope, post->tx, id, is_another ? MATCH_END_ANOTHER_PERSON : MATCH_END_FOR_NOW);
    /* Another person is looked for on the page of what was asked; else a goodbye may be written. */
    Url url = is_receiver && is_another ? url_request_show(post->scope->arena, match.request)
                                        : url_goodbye_show(post->scope->arena, id);
    answer(post, result, url, is_receiver && is_another ? TEXT_WALK_LOOKS_FOR_ANOTHER : TEXT_WALK_HAS_ENDED);
}
