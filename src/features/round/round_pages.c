/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of a plan for the waiting list: make one, look at it, change a proposal, send. */
#include "base/small_cells.h"
#include "features/consent/consent.h"
#include "features/round/round_view.h"
#include "round_html.h"
#include "routes.h"
#include "texts.h"

#include <assert.h>

enum { EARLIER_SHOWN = 10 };

/* ---- making ---- */

void round_start_show(Get *get, ProgramId program) {
    RoundStartPage page = {.layout = layout_of(get->scope, get->reply, TEXT_ROUND_TITLE)};
    RoundCountWaiting waiting;
    if (!program_find(get->scope, program, &page.program) ||
        !round_count_waiting(get->scope->db, program, get->scope->now, &waiting)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.waiting = waiting.families;
    page.earlier = round_list(get->scope->db, program, EARLIER_SHOWN);
    round_start_page(reply_html(get->reply, 200), &page);
}

void round_make_do(Post *post, ProgramId program) {
    RoundId round;
    switch (round_make(post->scope, post->tx, program, &round)) {
    case ROUND_DONE:
        reply_redirect_saying(post->reply, url_round_show(post->scope->arena, round), TEXT_ROUND_IS_MADE);
        return;
    case ROUND_NOBODY_WAITS:
    case ROUND_STALE:
    case ROUND_ELSEWHERE:
        reply_redirect_saying(post->reply, url_round_start_show(post->scope->arena, program),
                              TEXT_ROUND_NOBODY_WAITS);
        return;
    }
}

/* ---- looking ---- */

enum { SEND_REQUEST, SEND_ALL, SEND_FIELDS };
static const char *const all_choices[] = {"yes", NULL};
static const Field send_fields[] = {
    [SEND_REQUEST] = {.name = "request", .kind = FIELD_IDS},
    [SEND_ALL] = {.name = "all", .kind = FIELD_CHOICE, .choices = all_choices},
};

/* Nothing at all where every group is small: a table that tells nothing helps nobody. */
static RoundGroupRows rows_of(const Scope *scope, RoundGroups groups, bool *ret_has_few) {
    RoundGroupRow *rows = NEW_MANY(scope->arena, groups.count, RoundGroupRow);
    bool tells_any = false;
    for (size_t at = 0; at < groups.count; at++) {
        const RoundGroup *group = &groups.items[at];
        rows[at] = (RoundGroupRow){
            .language = list_item_id_is_none(group->language) ? text_str(scope->lang, TEXT_UI_NOT_SAID)
                                                              : program_item_label(scope, group->language),
            .waiting = group->waiting,
            .placed = group->placed,
            .median_days = group->median_days,
            .hides_waiting = group->hides_waiting,
            .hides_placed = group->hides_placed,
        };
        *ret_has_few = *ret_has_few || group->hides_placed || group->hides_waiting;
        tells_any = tells_any || !group->hides_placed || !group->hides_waiting;
    }
    return (RoundGroupRows){.items = rows, .count = tells_any ? groups.count : 0};
}

static bool is_newest(const Scope *scope, const Round *round) {
    RoundId newest;
    return round_newest(scope, round->program, &newest) && round_id_equal(newest, round->id);
}

static void show_round(Scope *scope, Reply *reply, const Round *round, const Form *form) {
    RoundPage page = {
        .layout = layout_of(scope, reply, TEXT_ROUND_TITLE),
        .round = *round,
        .proposals = round_proposals(scope, round->id),
        .few = SMALL_CELLS_LEAST,
        .is_newest = is_newest(scope, round),
        .form = form,
        .now = scope->now,
    };
    page.layout.is_wide = true;
    page.layout.has_error = !form->is_valid;
    page.groups = rows_of(scope, round_groups(scope, round), &page.has_few);
    for (size_t at = 0; at < page.proposals.count; at++) {
        page.open += page.proposals.items[at].state == PROPOSAL_OPEN ? 1 : 0;
    }
    round_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void round_show(Get *get, RoundId id) {
    Form form = form_empty(get->scope, send_fields, SEND_FIELDS);
    Round round;
    if (!round_find(get->scope, id, &round)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    show_round(get->scope, get->reply, &round, &form);
}

/* ---- sending ---- */

/* The families that are marked, or all whose proposal can be sent. */
static size_t families_marked(const Post *post, const Round *round, const Form *form,
                              RequestId *ret_requests) {
    RoundProposals proposals = round_proposals(post->scope, round->id);
    bool takes_all = form_has(form, SEND_ALL, STR("yes"));
    size_t count = 0;
    for (size_t at = 0; at < proposals.count && count < ROUND_MOST; at++) {
        const RoundProposal *one = &proposals.items[at];
        Str value = ui_id_value(post->scope->arena, one->request.value);
        if ((takes_all && one->state == PROPOSAL_OPEN) || form_has(form, SEND_REQUEST, value)) {
            ret_requests[count++] = one->request;
        }
    }
    return count;
}

void round_send_do(Post *post, RoundId id) {
    Form form = form_read(post->scope, post->input, send_fields, SEND_FIELDS);
    Round round;
    if (!round_find(post->scope, id, &round)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    RequestId *requests = NEW_MANY(post->scope->arena, ROUND_MOST, RequestId);
    size_t count = families_marked(post, &round, &form, requests);
    if (count == 0) {
        form_error(&form, SEND_REQUEST, TEXT_ROUND_SEND_NONE);
        show_round(post->scope, post->reply, &round, &form);
        return;
    }
    RoundSent sent = round_send(post->scope, post->tx, id, requests, count);
    reply_redirect_saying(post->reply, url_round_show(post->scope->arena, id),
                          sent.sent > 0 ? TEXT_ROUND_SAID_SENT : TEXT_ROUND_SAID_NOTHING_SENT);
}

/* ---- one family ---- */

enum { ONE_OFFER, ONE_VERSION, ONE_FIELDS };
static const Field one_fields[] = {
    [ONE_OFFER] = {.name = "offer",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .missing = TEXT_ROUND_ONE_MISSING},
    [ONE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
};

static RoundReasons reasons_of(const Scope *scope, const RoundAlternative *one, const Part2Notice *notice) {
    RoundReason *items = NEW_MANY(scope->arena, one->reason_count, RoundReason);
    for (size_t at = 0; at < one->reason_count; at++) {
        items[at] = (RoundReason){
            .words = shortlist_reason_words(
                scope, one->reasons[at].kind,
                part2_open(notice, program_item_words(scope, (ListItemId){one->reasons[at].item})), false),
            .points = one->reasons[at].points,
        };
    }
    return (RoundReasons){.items = items, .count = one->reason_count};
}

static RoundPeople people_of(const Scope *scope, RoundAlternatives alternatives, const Part2Notice *notice) {
    RoundPerson *items = NEW_MANY(scope->arena, alternatives.count, RoundPerson);
    size_t count = 0;
    for (size_t at = 0; at < alternatives.count; at++) {
        const RoundAlternative *one = &alternatives.items[at];
        Offer offer;
        if (offer_find(scope, one->offer, &offer)) {
            items[count++] = (RoundPerson){
                .offer = offer.id,
                .value = ui_id_value(scope->arena, offer.id.value),
                .called = offer.called,
                .load = offer.load,
                .capacity = offer.capacity,
                .score = one->score,
                .cost = one->cost,
                .reasons = reasons_of(scope, one, notice),
            };
        }
    }
    return (RoundPeople){.items = items, .count = count};
}

static const RoundProposal *proposal_for(RoundProposals proposals, RequestId request) {
    for (size_t at = 0; at < proposals.count; at++) {
        if (request_id_equal(proposals.items[at].request, request)) {
            return &proposals.items[at];
        }
    }
    return NULL;
}

static void show_one(Scope *scope, Reply *reply, RoundId id, RequestId request, const Form *form) {
    RoundOnePage page = {.form = form};
    if (!round_find(scope, id, &page.round) || !request_find(scope, request, &page.request)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const RoundProposal *proposal = proposal_for(round_proposals(scope, id), request);
    if (proposal == NULL) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Words words = scope_words(scope);
    page.layout = layout_titled(scope, reply, text_round_one_title(&words, page.request.called));
    page.layout.has_error = !form->is_valid;
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, request, (PersonId){0}));
    page.need = part2_open(notice, page.request.need);
    page.people = people_of(scope, round_alternatives(scope, &page.round, request), notice);
    page.is_proposed = page.people.count > 0 && offer_id_equal(page.people.items[0].offer, proposal->offer);
    page.may_change = is_newest(scope, &page.round) && proposal->state != PROPOSAL_SENT &&
                      proposal->state != PROPOSAL_MOVED_ON;
    round_one_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void round_one_show(Get *get, RoundId round, RequestId request) {
    Form form = form_empty(get->scope, one_fields, ONE_FIELDS);
    show_one(get->scope, get->reply, round, request, &form);
}

void round_one_do(Post *post, RoundId round, RequestId request) {
    Form form = form_read(post->scope, post->input, one_fields, ONE_FIELDS);
    OfferId offer = {0};
    bool is_nobody = form_has(&form, ONE_OFFER, STR("none"));
    if (form.is_valid && !is_nobody && !url_read_id(form_str(&form, ONE_OFFER), &offer.value)) {
        form_error(&form, ONE_OFFER, TEXT_ROUND_ONE_MISSING);
    }
    if (!form.is_valid) {
        show_one(post->scope, post->reply, round, request, &form);
        return;
    }
    switch (round_change(post->scope, post->tx,
                         &(RoundChange){.round = round,
                                        .version = form_int(&form, ONE_VERSION, 0),
                                        .request = request,
                                        .offer = offer})) {
    case ROUND_DONE:
        reply_redirect_saying(post->reply, url_round_show(post->scope->arena, round),
                              TEXT_ROUND_SAID_CHANGED);
        return;
    case ROUND_ELSEWHERE:
        form_error(&form, ONE_OFFER, TEXT_ROUND_ONE_GONE);
        show_one(post->scope, post->reply, round, request, &form);
        return;
    case ROUND_STALE:
    case ROUND_NOBODY_WAITS:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
