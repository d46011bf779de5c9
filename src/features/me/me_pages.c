/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own first page: what waits, whom I walk with, what I asked for and what I offer. */
#include "features/account/account.h"
#include "features/me/me_view.h"
#include "features/progress/progress.h"
#include "features/request/request.h"
#include "me_html.h"
#include "routes.h"

enum { PROGRESS_ASKED_MOST = 3 };

/* Support that is looked for or lasts: only then it makes sense to ask how far along it is. */
static bool is_running(const MeRequests *request) {
    if (request->kind != REQUEST_SUPPORT) {
        return false;
    }
    switch ((RequestState)request->state) {
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

static MeRequestsRows open_progress(const Scope *scope, const MeRequestsRows *requests) {
    MeRequests *items = NEW_MANY(scope->arena, PROGRESS_ASKED_MOST, MeRequests);
    size_t count = 0;
    for (size_t at = 0; at < requests->count && count < PROGRESS_ASKED_MOST; at++) {
        const MeRequests *request = &requests->items[at];
        if (is_running(request) && progress_due(scope, request->id) != PROGRESS_WHENEVER) {
            items[count++] = *request;
        }
    }
    return (MeRequestsRows){.items = items, .count = count};
}

static bool is_to_choose(const MeRequestsRows *requests) {
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
        .invitations = me_invitations(scope->db, scope->actor),
        .requests = me_requests(scope->db, scope->actor),
        .received = me_received(scope->db, scope->actor),
        .given = me_given(scope->db, scope->actor),
        .ended = me_ended(scope->db, scope->actor),
        .offers = me_offers(scope->db, scope->actor),
        .coordinated = program_list_coordinated(scope),
    };
    page.progress = open_progress(scope, &page.requests);
    page.is_anything_waiting = page.invitations.count > 0 || page.progress.count > 0 ||
                               is_to_choose(&page.requests) || is_to_agree(&page);
    page.has_anything = page.is_anything_waiting || page.requests.count > 0 || page.given.count > 0 ||
                        page.received.count > 0 || page.offers.count > 0 || page.coordinated.count > 0;
    page.may_offer = places_to_offer(scope, &page);
    me_page(reply_html(get->reply, 200), &page);
}
