/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of shortlists and invitations: the pool, the list as it was shown, the choice and the answer.
 */
#include "features/shortlist/shortlist.h"

#include "base/fail.h"
#include "features/asked/asked.h"
#include "features/consent/consent.h"
#include "features/notice/notice.h"
#include "features/policy/policy_version.h"
#include "features/pool/pool_of.h"
#include "matching/oracle.h"
#include "platform/config.h"
#include "shortlist_sql.h"
#include "texts.h"

#include <assert.h>

/* Breaks ties for one look at one request. Few numbers, to write on paper; the same for the preview and its
 * list, and another one after every change, so that equals take turns. */
static uint64_t seed_of(const Request *request) {
    return (uint64_t)(request->id.value ^ (request->id.value >> 32)) + (uint64_t)request->version * 40503U;
}
static const uint64_t SEEDS = 1 << 16;

/* A list made now takes the place of the open one, so the places that this one holds count against nobody.
 */
static MatchingResult match_now(const Scope *scope, const Request *request, uint64_t seed) {
    MatchingRequest asked = asked_of(scope, request);
    ShortlistHeldRows held = shortlist_held(scope->db, request->id);
    OfferId *own = NEW_MANY(scope->arena, held.count, OfferId);
    for (size_t at = 0; at < held.count; at++) {
        own[at] = held.items[at].offer;
    }
    return pool_of_shortlist(scope, request->program, policy_of(scope, request->program), &asked, seed,
                             SHORTLIST_MOST, own, held.count);
}

MatchingResult shortlist_preview(const Scope *scope, const Request *request) {
    return match_now(scope, request, seed_of(request) % SEEDS);
}

MatchingResult shortlist_explain(const Scope *scope, const Request *request, uint64_t *ret_seed) {
    const MatchingRequest asked = asked_of(scope, request);
    const PoolOffers pool = pool_of_offers(scope, request->program);
    const ShortlistHeldRows held = shortlist_held(scope->db, request->id);
    MatchingOffer *offers = NEW_MANY(scope->arena, pool.count, MatchingOffer);
    for (size_t at = 0; at < pool.count; at++) {
        offers[at] = pool.items[at];
        for (size_t own = 0; own < held.count; own++) {
            const bool is_held = offers[at].key == held.items[own].offer.value && offers[at].listed > 0;
            offers[at].listed -= is_held ? 1 : 0;
        }
    }
    *ret_seed = seed_of(request) % SEEDS;
    return oracle_shortlist(scope->arena, policy_of(scope, request->program), offers, pool.count, &asked,
                            *ret_seed, SHORTLIST_MOST);
}

/* ---- making ---- */

/* The open list of this request; false when none is with the family. */
static bool find_open(const Scope *scope, RequestId request, ShortlistId *ret_shortlist) {
    ShortlistNewestRows rows = shortlist_newest(scope->db, request);
    if (rows.count == 0 || rows.items[0].state != SHORTLIST_OPEN) {
        return false;
    }
    *ret_shortlist = rows.items[0].id;
    return true;
}

/* Places that the list holds, or holds no longer. */
static void count_again(const Scope *scope, Tx *tx, ShortlistId shortlist) {
    ShortlistOffersRows rows = shortlist_offers(scope->db, shortlist);
    for (size_t at = 0; at < rows.count; at++) {
        offer_load_changed(scope, tx, rows.items[at].offer);
    }
}

static Time hold_end(const Scope *scope, const MatchingPolicy *policy) {
    return time_after(scope->now, policy->hold_hours * TIME_HOUR);
}

/* Answered or replaced: it holds no place any more. */
static void close_list(const Scope *scope, Tx *tx, ShortlistId id, ShortlistState state) {
    Time answered = state == SHORTLIST_ANSWERED ? scope->now : TIME_NONE;
    shortlist_set_state(tx, id, (int64_t)state, answered, TIME_NONE);
    count_again(scope, tx, id);
}

typedef struct List {
    PersonId by;
    uint64_t seed;
    ShortlistId follows; /* 0: sent by a coordinator */
    int64_t shown;
} List;

/* An open list without anybody on it yet. */
static ShortlistId insert_list(const Scope *scope, Tx *tx, const Request *request, const List *list) {
    ShortlistId id = {random_id(scope->random)};
    const MatchingPolicy *policy = policy_keep(scope, tx, request->program);
    shortlist_insert(tx, &(ShortlistInsert){
                             .id = id,
                             .request = request->id,
                             .made_by = list->by,
                             .policy = policy->name,
                             .seed = (int64_t)list->seed,
                             .now = scope->now,
                             .held_until = hold_end(scope, policy),
                             .follows = list->follows,
                             .shown = list->shown,
                         });
    return id;
}

/* With their reasons, from this position on. */
static void keep_choices(Tx *tx, ShortlistId id, const MatchingResult *result, int64_t first) {
    for (size_t at = 0; at < result->count; at++) {
        const MatchingChoice *choice = &result->choices[at];
        int64_t position = first + (int64_t)at;
        shortlist_entry_insert(tx, id, position, (OfferId){choice->offer}, choice->score);
        for (size_t reason = 0; reason < choice->reason_count; reason++) {
            shortlist_reason_insert(tx, &(ShortlistReasonInsert){
                                            .shortlist = id,
                                            .position = position,
                                            .reason = (int64_t)choice->reasons[reason].kind,
                                            .item = {choice->reasons[reason].item},
                                            .points = choice->reasons[reason].points,
                                        });
        }
    }
}

/* Brings the request to where a list can be made; the actor takes it when nobody has. */
static ShortlistResult make_ready(const Scope *scope, Tx *tx, Request *request) {
    switch (request->state) {
    case REQUEST_NEW:
        if (request_take(scope, tx, request->id, request->version) != REQUEST_DONE ||
            !request_find(scope, request->id, request)) {
            return SHORTLIST_STALE;
        }
        return SHORTLIST_DONE;
    case REQUEST_TAKEN:
    case REQUEST_LISTED:
        return SHORTLIST_DONE;
    case REQUEST_INVITED:
    case REQUEST_MATCHED:
    case REQUEST_PAUSED:
    case REQUEST_WITHDRAWN:
    case REQUEST_ENDED:
        break;
    }
    return SHORTLIST_ELSEWHERE;
}

/* Sends what was found to the family, in place of an open list. */
static ShortlistResult send_list(Scope *scope, Tx *tx, Request *request, uint64_t seed,
                                 const MatchingResult *result, ShortlistId *ret_shortlist) {
    ShortlistResult ready = make_ready(scope, tx, request);
    if (ready != SHORTLIST_DONE) {
        return ready;
    }
    ShortlistId before;
    if (find_open(scope, request->id, &before)) {
        close_list(scope, tx, before, SHORTLIST_REPLACED);
    }
    ShortlistId shortlist = insert_list(
        scope, tx, request, &(List){.by = scope->actor, .seed = seed, .shown = (int64_t)result->count});
    keep_choices(tx, shortlist, result, 1);
    count_again(scope, tx, shortlist);
    if (request_move(scope, tx, request->id, request->state, REQUEST_LISTED) != REQUEST_DONE) {
        fail(FAIL_DATABASE, "a request could not get its shortlist");
    }
    notice_send(scope, tx, request->person);
    *ret_shortlist = shortlist;
    return SHORTLIST_DONE;
}

ShortlistResult shortlist_make(Scope *scope, Tx *tx, RequestId id, int64_t version,
                               ShortlistId *ret_shortlist) {
    Request request;
    if (!request_find(scope, id, &request) || request.kind != REQUEST_SUPPORT) {
        return SHORTLIST_ELSEWHERE;
    }
    if (request.version != version) {
        return SHORTLIST_STALE;
    }
    uint64_t seed = seed_of(&request) % SEEDS;
    MatchingResult result = match_now(scope, &request, seed);
    return result.count == 0 ? SHORTLIST_NOBODY
                             : send_list(scope, tx, &request, seed, &result, ret_shortlist);
}

ShortlistResult shortlist_make_beginning(Scope *scope, Tx *tx, RequestId id, const MatchingChoice *first,
                                         ShortlistId *ret_shortlist) {
    Request request;
    if (!request_find(scope, id, &request) || request.kind != REQUEST_SUPPORT ||
        request.state > REQUEST_TAKEN) {
        return SHORTLIST_ELSEWHERE;
    }
    uint64_t seed = seed_of(&request) % SEEDS;
    MatchingResult found = match_now(scope, &request, seed);
    MatchingChoice *choices = NEW_MANY(scope->arena, SHORTLIST_MOST, MatchingChoice);
    choices[0] = *first;
    size_t count = 1;
    for (size_t at = 0; at < found.count && count < SHORTLIST_MOST; at++) {
        if (found.choices[at].offer != first->offer) {
            choices[count++] = found.choices[at];
        }
    }
    MatchingResult result = {.choices = choices, .count = count};
    return send_list(scope, tx, &request, seed, &result, ret_shortlist);
}

/* ---- choosing ---- */

static bool is_choosable(const ShortlistEntries *entry) {
    return entry->standing == OFFER_FREE && entry->is_cleared;
}

static bool is_standing(const ShortlistEntries *entry) {
    return entry->answer == ENTRY_UNANSWERED && is_choosable(entry);
}

ShortlistPeople shortlist_people(const Scope *scope, RequestId request) {
    const ShortlistNewestRows lists = shortlist_newest(scope->db, request);
    if (lists.count == 0 || lists.items[0].state != SHORTLIST_OPEN) {
        return (ShortlistPeople){0};
    }
    const ShortlistEntriesRows rows = shortlist_entries(scope->db, lists.items[0].id);
    ShortlistPerson *items = NEW_MANY(scope->arena, rows.count, ShortlistPerson);
    ShortlistPeople people = {.list = lists.items[0].id, .items = items};
    for (size_t at = 0; at < rows.count; at++) {
        const ShortlistEntries *entry = &rows.items[at];
        if (is_standing(entry)) {
            items[people.count++] = (ShortlistPerson){.position = entry->position,
                                                      .offer = entry->offer,
                                                      .called = entry->called,
                                                      .relation = entry->relation,
                                                      .about = entry->about};
        } else if (entry->answer == ENTRY_UNANSWERED) {
            people.hidden++;
        }
    }
    return people;
}

Strs shortlist_why(const Scope *scope, ShortlistId list, int64_t position) {
    const Words words = scope_words(scope);
    const ShortlistReasonsRows rows = shortlist_reasons(scope->db, list);
    Str *sentences = NEW_MANY(scope->arena, rows.count, Str);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const ShortlistReasons *row = &rows.items[at];
        const Part2Words item = program_item_words(scope, row->item);
        if (row->position == position && !item.is_marked) {
            sentences[count++] = shortlist_reason_words(scope, (MatchingReasonKind)row->reason,
                                                        part2_open_noted(&words, STR_NONE, item), true);
        }
    }
    return (Strs){.items = sentences, .count = count};
}

static bool find_entry(const Scope *scope, ShortlistId shortlist, OfferId offer,
                       ShortlistEntries *ret_entry) {
    ShortlistEntriesRows rows = shortlist_entries(scope->db, shortlist);
    for (size_t at = 0; at < rows.count; at++) {
        if (offer_id_equal(rows.items[at].offer, offer) && rows.items[at].answer == ENTRY_UNANSWERED) {
            *ret_entry = rows.items[at];
            return true;
        }
    }
    return false;
}

ChoiceResult shortlist_choose(Scope *scope, Tx *tx, RequestId request, OfferId offer, unsigned items,
                              InvitationId *ret_invitation) {
    ShortlistId shortlist;
    ShortlistEntries entry;
    Request found;
    if (!request_find(scope, request, &found) || !find_open(scope, request, &shortlist) ||
        !find_entry(scope, shortlist, offer, &entry)) {
        return CHOICE_ELSEWHERE;
    }
    if (!is_choosable(&entry)) {
        return CHOICE_FULL;
    }
    if (request_move(scope, tx, request, REQUEST_LISTED, REQUEST_INVITED) != REQUEST_DONE) {
        return CHOICE_ELSEWHERE;
    }
    shortlist_set_answer(tx, shortlist, offer, ENTRY_UNANSWERED, ENTRY_CHOSEN);
    InvitationId id = {random_id(scope->random)};
    invitation_insert(tx, &(InvitationInsert){
                              .id = id,
                              .request = request,
                              .offer = offer,
                              .shortlist = shortlist,
                              .now = scope->now,
                              .due_at = program_due(scope, found.program, CLOCK_CHOICE, scope->now),
                          });
    (void)consent_on_choosing(scope, tx,
                              &(ConsentChoosing){.program = found.program,
                                                 .person = found.person,
                                                 .request = request,
                                                 .items = items,
                                                 .to = entry.person,
                                                 .to_called = entry.called});
    close_list(scope, tx, shortlist, SHORTLIST_ANSWERED);
    notice_send(scope, tx, entry.person);
    *ret_invitation = id;
    return CHOICE_DONE;
}

/* Opens the list of a withdrawn or declined invitation again. */
static void open_again(const Scope *scope, Tx *tx, const Request *request, ShortlistId shortlist) {
    request_move(scope, tx, request->id, REQUEST_INVITED, REQUEST_LISTED);
    Time held = hold_end(scope, policy_of(scope, request->program));
    shortlist_set_state(tx, shortlist, SHORTLIST_OPEN, TIME_NONE, held);
    count_again(scope, tx, shortlist);
}

/* Others who fit, to join those who still stand. Nobody twice, and never so many that someone could leaf
 * through everyone who offers: after SHORTLIST_SHOWN_MOST a coordinator looks again. */
static MatchingResult find_joining(const Scope *scope, const Request *request, const ShortlistById *list,
                                   const ShortlistEntriesRows *entries, size_t standing) {
    MatchingRequest asked = asked_of(scope, request);
    int64_t *passed = NEW_MANY(scope->arena, asked.passed.count + entries->count, int64_t);
    size_t count = 0;
    for (size_t at = 0; at < entries->count; at++) {
        if (entries->items[at].answer == ENTRY_UNANSWERED) {
            passed[count++] = entries->items[at].offer.value;
        }
    }
    for (size_t at = 0; at < asked.passed.count; at++) {
        passed[count++] = asked.passed.items[at];
    }
    asked.passed = (MatchingKeys){.items = passed, .count = count};
    int64_t left = SHORTLIST_SHOWN_MOST - list->shown;
    size_t room = SHORTLIST_MOST - standing;
    size_t most = left <= 0 ? 0 : (size_t)left < room ? (size_t)left : room;
    if (most == 0) {
        return (MatchingResult){0};
    }
    return pool_of_shortlist(scope, request->program, policy_of(scope, request->program), &asked,
                             seed_of(request) % SEEDS, most, NULL, 0);
}

/* The list of before, as it was shown, makes room for one on which those who stand keep their order and
 * their reasons, and others join behind them. */
static void follow_list(const Scope *scope, Tx *tx, const Request *request, const ShortlistById *list,
                        const ShortlistEntriesRows *entries, const MatchingResult *joining) {
    close_list(scope, tx, list->id, SHORTLIST_REPLACED);
    ShortlistId id = insert_list(scope, tx, request,
                                 &(List){.by = list->made_by,
                                         .seed = seed_of(request) % SEEDS,
                                         .follows = list->id,
                                         .shown = list->shown + (int64_t)joining->count});
    int64_t position = 1;
    for (size_t at = 0; at < entries->count; at++) {
        const ShortlistEntries *entry = &entries->items[at];
        if (is_standing(entry)) {
            shortlist_entry_copy(tx, list->id, entry->position, id, position);
            shortlist_reasons_copy(tx, list->id, entry->position, id, position);
            position++;
        }
    }
    keep_choices(tx, id, joining, position);
    count_again(scope, tx, id);
}

/* After a no, of either side: the family goes on with those who can still be chosen, and with others who
 * fit, up to as many as before. The request stands at LISTED or INVITED and is LISTED then. False: nobody
 * is left, and the list is as it was. */
static bool go_on(const Scope *scope, Tx *tx, const Request *request, ShortlistId shortlist) {
    ShortlistById list;
    if (!shortlist_by_id(scope->db, shortlist, &list)) {
        return false;
    }
    ShortlistEntriesRows entries = shortlist_entries(scope->db, shortlist);
    size_t standing = 0;
    for (size_t at = 0; at < entries.count; at++) {
        standing += is_standing(&entries.items[at]) ? 1 : 0;
    }
    MatchingResult joining = find_joining(scope, request, &list, &entries, standing);
    if (joining.count == 0 && standing == 0) {
        return false;
    }
    if (joining.count > 0) {
        follow_list(scope, tx, request, &list, &entries, &joining);
        request_move(scope, tx, request->id, request->state, REQUEST_LISTED);
    } else if (list.state != SHORTLIST_OPEN) {
        open_again(scope, tx, request, shortlist);
    } else {
        count_again(scope, tx, shortlist);
    }
    return true;
}

/* Nobody is left to choose from: the list is answered and the coordinator looks again. */
static void give_back(const Scope *scope, Tx *tx, RequestId request, ShortlistId shortlist) {
    close_list(scope, tx, shortlist, SHORTLIST_ANSWERED);
    request_move(scope, tx, request, REQUEST_LISTED, REQUEST_TAKEN);
}

ChoiceResult shortlist_not_this_person(const Scope *scope, Tx *tx, RequestId request, OfferId offer) {
    ShortlistId shortlist;
    ShortlistEntries entry;
    Request found;
    if (!request_find(scope, request, &found) || !find_open(scope, request, &shortlist) ||
        !find_entry(scope, shortlist, offer, &entry)) {
        return CHOICE_ELSEWHERE;
    }
    shortlist_set_answer(tx, shortlist, offer, ENTRY_UNANSWERED, ENTRY_NOT_THIS_PERSON);
    shortlist_apart_add(tx, found.person, entry.person, scope->actor, scope->now);
    shortlist_apart_add(tx, entry.person, found.person, scope->actor, scope->now);
    request_touched_of(scope, tx, found.person);
    request_touched_of(scope, tx, entry.person);
    if (!go_on(scope, tx, &found, shortlist)) {
        request_note(scope, tx, request, REQUEST_NOTE_NONE, STR(""));
        give_back(scope, tx, request, shortlist);
    }
    return CHOICE_DONE;
}

ChoiceResult shortlist_none_of_these(const Scope *scope, Tx *tx, RequestId request) {
    ShortlistId shortlist;
    Request found;
    if (!request_find(scope, request, &found) || !find_open(scope, request, &shortlist)) {
        return CHOICE_ELSEWHERE;
    }
    shortlist_set_answers(tx, shortlist, ENTRY_UNANSWERED, ENTRY_NONE_OF_THESE);
    request_note(scope, tx, request, REQUEST_NOTE_NONE, STR(""));
    if (!go_on(scope, tx, &found, shortlist)) {
        give_back(scope, tx, request, shortlist);
    }
    return CHOICE_DONE;
}

ChoiceResult shortlist_take_back(const Scope *scope, Tx *tx, RequestId request) {
    InvitationWaitingRows rows = invitation_waiting(scope->db, request);
    Request found;
    if (rows.count == 0 || !request_find(scope, request, &found)) {
        return CHOICE_ELSEWHERE;
    }
    const InvitationWaiting *row = &rows.items[0];
    shortlist_set_answer(tx, row->shortlist, row->offer, ENTRY_CHOSEN, ENTRY_UNANSWERED);
    /* The move withdraws the invitation and counts the load. */
    open_again(scope, tx, &found, row->shortlist);
    return CHOICE_DONE;
}

/* ---- invitations ---- */

bool invitation_find(const Scope *scope, InvitationId id, Invitation *ret_invitation) {
    InvitationById row;
    if (!invitation_by_id(scope->db, id, &row)) {
        return false;
    }
    *ret_invitation = (Invitation){
        .id = row.id,
        .request = row.request,
        .offer = row.offer,
        .program = row.program,
        .receiver = row.receiver,
        .giver = row.giver,
        .state = (InvitationState)row.state,
        .words = row.words,
        .created_at = row.created_at,
        .due_at = row.due_at,
        .answered_at = row.answered_at,
    };
    return true;
}

/* The supporter said no: the family goes on, or the coordinator looks again. */
static void after_no(const Scope *scope, Tx *tx, const InvitationById *row) {
    Request request;
    shortlist_set_answer(tx, row->shortlist, row->offer, ENTRY_CHOSEN, ENTRY_SAID_NO);
    request_note(scope, tx, row->request, REQUEST_NOTE_SAID_NO, STR(""));
    offer_load_changed(scope, tx, row->offer);
    bool goes_on = request_find(scope, row->request, &request) && go_on(scope, tx, &request, row->shortlist);
    if (!goes_on) {
        request_move(scope, tx, row->request, REQUEST_INVITED, REQUEST_TAKEN);
    }
}

InvitationResult invitation_answer(Scope *scope, Tx *tx, InvitationId id, InvitationState answer, Str words) {
    InvitationById row;
    assert(answer == INVITATION_ACCEPTED || answer == INVITATION_DECLINED ||
           answer == INVITATION_ANOTHER_TIME);
    bool is_another_time = answer == INVITATION_ANOTHER_TIME;
    Str kept = is_another_time && !str_is_none(words) ? words : STR("");
    if (!invitation_by_id(scope->db, id, &row) ||
        invitation_set_state(
            tx, &(InvitationSetState){.id = id,
                                      .receiver = row.receiver,
                                      .state = (int64_t)answer,
                                      .words = kept,
                                      .answered_at = is_another_time ? TIME_NONE : scope->now}) != 1) {
        return INVITATION_OVER;
    }
    if (answer == INVITATION_ACCEPTED &&
        request_move(scope, tx, row.request, REQUEST_INVITED, REQUEST_MATCHED) != REQUEST_DONE) {
        fail(FAIL_DATABASE, "an invitation waited for a request that was not waiting");
    }
    if (answer == INVITATION_DECLINED) {
        after_no(scope, tx, &row);
    }
    notice_send(scope, tx, row.receiver);
    return INVITATION_DONE;
}

/* ---- holds ---- */

void shortlist_let_holds_go(Scope *scope, Tx *tx) {
    ShortlistListRunOutRows rows = shortlist_list_run_out(scope->db, scope->now);
    for (size_t at = 0; at < rows.count; at++) {
        shortlist_let_go(tx, rows.items[at].id);
        count_again(scope, tx, rows.items[at].id);
    }
}
