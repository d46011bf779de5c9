/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own first page: what waits, whom I walk with, what I asked for and what I offer. */
#include "features/account/account.h"
#include "features/capture/capture.h"
#include "features/consent/consent.h"
#include "features/goal/goal.h"
#include "features/me/me_view.h"
#include "features/proof/way.h"
#include "features/progress/progress.h"
#include "features/request/request.h"
#include "features/youth/youth.h"
#include "me_html.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { PROGRESS_ASKED_MOST = 3, NOTES_MOST = 3 };

static MeAskeds asked_of(const Scope *scope) {
    const MeRequestsRows rows = me_requests(scope->db, scope->actor);
    MeAsked *items = NEW_MANY(scope->arena, rows.count, MeAsked);
    for (size_t at = 0; at < rows.count; at++) {
        const MeRequests *row = &rows.items[at];
        items[at] = (MeAsked){
            .id = row->id,
            .program = row->program,
            .kind = (RequestKind)row->kind,
            .state = (RequestState)row->state,
            .need = part2_open_own(scope, scope->actor, row->need),
            .lang = (Lang)row->lang,
            .created_at = row->created_at,
        };
    }
    return (MeAskeds){.items = items, .count = rows.count};
}

/* Support that is looked for or lasts: only then it makes sense to ask how far along it is. */
static bool is_running(const MeAsked *request) {
    if (request->kind != REQUEST_SUPPORT) {
        return false;
    }
    switch (request->state) {
    case REQUEST_NEW:
    case REQUEST_TAKEN:
    case REQUEST_LISTED:
    case REQUEST_INVITED:
    case REQUEST_MATCHED:
        return true;
    case REQUEST_PAUSED:
    case REQUEST_WITHDRAWN:
    case REQUEST_ENDED:
        return false;
    }
    return false;
}

static MeAskeds open_progress(const Scope *scope, const MeAskeds *requests) {
    MeAsked *items = NEW_MANY(scope->arena, PROGRESS_ASKED_MOST, MeAsked);
    size_t count = 0;
    for (size_t at = 0; at < requests->count && count < PROGRESS_ASKED_MOST; at++) {
        const MeAsked *request = &requests->items[at];
        if (is_running(request) && progress_due(scope, request->id) != PROGRESS_WHENEVER) {
            items[count++] = *request;
        }
    }
    return (MeAskeds){.items = items, .count = count};
}

/* Whoever holds a duty and came in by other means: a link of the operator's, days of grace. */
static bool wants_own_way(const Scope *scope) {
    const Ways ways = ways_of(scope, scope->actor);
    return ways.has_duty && !ways_are_enough(&ways);
}

static void add_duties(const Scope *scope, MePage *page) {
    page->wants_own_way = wants_own_way(scope);
    page->coordinated = program_list_with_duty(scope, DUTY_COORDINATOR);
    page->led = program_list_with_duty(scope, DUTY_LEADER);
    page->rescued = program_list_with_duty(scope, DUTY_EMERGENCY);
}

static bool is_to_choose(const MeAskeds *requests) {
    for (size_t at = 0; at < requests->count; at++) {
        if (requests->items[at].state == REQUEST_LISTED) {
            return true;
        }
    }
    return false;
}

static bool is_to_agree(const MePage *page) {
    for (size_t at = 0; at < page->received.count; at++) {
        if (time_is_none(page->received.items[at].agreed_at)) {
            return true;
        }
    }
    for (size_t at = 0; at < page->given.count; at++) {
        if (time_is_none(page->given.items[at].agreed_at)) {
            return true;
        }
    }
    return false;
}

/* Where the person could turn to giving: the program that was asked, or else any. */
static Programs places_to_offer(const Scope *scope, const MePage *page) {
    if (page->offers.count > 0) {
        return (Programs){0};
    }
    Programs programs = program_list(scope);
    for (size_t at = 0; at < programs.count && page->requests.count > 0; at++) {
        if (program_id_equal(programs.items[at].id, page->requests.items[0].program)) {
            return (Programs){.items = &programs.items[at], .count = 1};
        }
    }
    return programs;
}

/* The first way of each kind that is safe at this moment. */
static MeReach reach_of(const Scope *scope, PersonId person) {
    MeReach reach = {.phone = STR_NONE, .text = STR_NONE, .mail = STR_NONE};
    const ContactPoints points = account_contact_points(scope, person);
    for (size_t at = 0; at < points.count; at++) {
        const ContactPoint *point = &points.items[at];
        const bool is_phone = point->kind == CONTACT_POINT_PHONE;
        switch (point->now.kind) {
        case SAFETY_MAY:
            if (is_phone && str_is_none(reach.phone)) {
                reach.phone = point->value;
            }
            if (is_phone && point->text == SAFE_YES && str_is_none(reach.text)) {
                reach.text = point->value;
            }
            if (!is_phone && str_is_none(reach.mail)) {
                reach.mail = point->value;
            }
            break;
        case SAFETY_NOT_BEFORE:
            reach.not_before = point->now.not_before;
            break;
        case SAFETY_NOT_THIS_WAY:
            break;
        }
    }
    return reach;
}

static const MeReach *reaches_of(const Scope *scope, const MeGivenRows *given) {
    MeReach *reaches = NEW_MANY(scope->arena, given->count, MeReach);
    for (size_t at = 0; at < given->count; at++) {
        reaches[at] = reach_of(scope, given->items[at].receiver);
    }
    return reaches;
}

/* What may tell of substance use stands on the page of its walk, with the notice. */
static PromisesShown promises_of(const Scope *scope, Reply *reply, MePage *page) {
    const Part2Notice *none = part2_notice(reply, &page->layout.part2, STR(""));
    const PromisesOwn list = promise_list_own(scope);
    PromiseShown *items = NEW_MANY(scope->arena, list.count, PromiseShown);
    for (size_t at = 0; at < list.count; at++) {
        const PromiseOwn *one = &list.items[at];
        const bool is_own = person_id_equal(one->receiver, scope->actor);
        items[at] = (PromiseShown){.id = one->id,
                                   .match = one->match,
                                   .words = one->words.is_marked && !is_own
                                                ? STR("")
                                                : part2_open_about(none, one->receiver, one->words),
                                   .called = one->to_called,
                                   .is_mine = true,
                                   .due_on = one->due_on,
                                   .is_due = one->is_due};
    }
    return (PromisesShown){.items = items, .count = list.count};
}

/* What was asked for, and who walks with the person. */
static void add_received(const Scope *scope, const MeHas *has, MePage *page) {
    if (has->has_asked) {
        page->requests = asked_of(scope);
        page->progress = open_progress(scope, &page->requests);
        page->must_confirm = consent_list_to_confirm(scope, scope->actor).count > 0;
    }
    if (has->receives) {
        page->received = me_received(scope->db, scope->actor);
        page->ended = me_ended(scope->db, scope->actor);
        page->notes = note_waiting(scope);
    }
}

/* Whom the person walks with, or has walked with. */
static void add_given(const Scope *scope, const MeHas *has, MePage *page) {
    if (has->is_invited) {
        page->invitations = me_invitations(scope->db, scope->actor, scope->now);
    }
    if (has->gives) {
        page->given = me_given(scope->db, scope->actor, scope->now);
        MeGivenKept kept;
        page->given_kept = me_given_kept(scope->db, scope->actor, scope->now, &kept) ? kept.walks : 0;
        page->gave = me_gave(scope->db, scope->actor);
        page->reaches = reaches_of(scope, &page->given);
        page->hours = page->given.count > 0 ? hours_shown_month(scope) : (HoursShown){0};
        page->note_dues = note_due_list(scope, (MatchId){0}, NOTES_MOST);
    }
}

/* What goes on between two who walk together, on either side. */
static void add_walking(const Scope *scope, Reply *reply, MePage *page) {
    page->meeting = meeting_own(scope);
    page->promises = promises_of(scope, reply, page);
    page->news = message_news(scope);
    page->aside = capture_aside_count(scope);
    page->heard = heard_list_asked(scope);
}

/* What few people have at any time. */
static void add_rare(const Scope *scope, const MeHas *has, MePage *page) {
    page->must_be_signed = has->waits > 0;
    page->has_signatures = has->guardians > 0;
    page->hard = has->has_hard ? hard_shown_own(scope) : (HardShowns){0};
    page->bridges = has->has_bridge ? bridge_list_due(scope) : (BridgeDues){0};
    page->handing_asked = has->is_handed ? handing_asked(scope) : (MatchId){0};
    page->hellos = has->is_called_out ? callout_hellos_own(scope) : (CalloutHellos){0};
    page->gathered = has->is_gathered ? gathering_news(scope) : (GatheringNewsList){0};
    page->proposed = has->is_proposed ? goals_asked_shown(scope) : (GoalsAskedShown){0};
    page->suggested = has->is_suggested ? sheets_asked_shown(scope) : (SheetsAskedShown){0};
    page->carried = has->is_carried ? carry_news(scope) : (CarryNewsList){0};
    page->passed_on = has->is_passed_on ? passing_news(scope) : (PassingNewsList){0};
    page->answered = has->is_answered ? hope_wishes_answered(scope) : (HopeWishes){0};
    page->debrief_waits = debrief_waits(scope);
}

static bool rare_waits_here(const MePage *page) {
    return hard_any_waits(page->hard) || page->debrief_waits || page->bridges.count > 0 ||
           page->handing_asked.value != 0 || page->hellos.count > 0 || page->proposed.count > 0 ||
           page->suggested.count > 0 || page->carried.count > 0 || page->passed_on.count > 0;
}

void me_show(Get *get) {
    const Scope *scope = get->scope;
    Person person;
    if (!account_person_find(scope, scope->actor, &person)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    MePage page = {
        .layout = layout_of(scope, get->reply, TEXT_UI_MY_PAGE),
        .called = person.called,
        .zone = scope->zone,
        .now = scope->now,
        .offers = me_offers(scope->db, scope->actor),
        .emergencies = emergency_list_of(scope, scope->actor),
    };
    MeHas has = {0};
    (void)me_has(scope->db, scope->actor, scope->now, time_before(scope->now, PASSING_NEWS), &has);
    page.must_choose_word = youth_is(scope, scope->actor) && !youth_has_word(scope, scope->actor);
    add_received(scope, &has, &page);
    add_given(scope, &has, &page);
    if (has.receives || has.gives) {
        add_walking(scope, get->reply, &page);
    }
    if (has.has_duty) {
        add_duties(scope, &page);
    }
    add_rare(scope, &has, &page);
    page.is_anything_waiting = rare_waits_here(&page) || page.heard.count > 0 || page.notes.count > 0 ||
                               page.note_dues.count > 0 || page.gathered.count > 0 ||
                               page.meeting.asked.count > 0 || page.must_choose_word || page.must_confirm ||
                               page.must_be_signed || page.invitations.count > 0 || page.progress.count > 0 ||
                               is_to_choose(&page.requests) || is_to_agree(&page);
    page.has_anything = page.is_anything_waiting || page.has_signatures || page.requests.count > 0 ||
                        page.given.count > 0 || page.received.count > 0 || page.given_kept > 0 ||
                        page.offers.count > 0 || page.coordinated.count > 0 || page.led.count > 0 ||
                        page.rescued.count > 0;
    page.may_offer = places_to_offer(scope, &page);
    me_page(reply_html(get->reply, 200), &page);
}
