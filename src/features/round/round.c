/* SPDX-License-Identifier: Apache-2.0 */
/* Rounds: reading who waits and who is free, planning, changing by hand, sending. */
#include "features/round/round.h"

#include "base/small_cells.h"
#include "features/asked/asked.h"
#include "features/policy/policy_version.h"
#include "features/round/round_table.h"
#include "matching/oracle.h"
#include "round_sql.h"

#include <stdlib.h>

/* ---- making ---- */

/* The language that a family speaks first: what it said first of all, or named, or writes in; 0: not
 * known. */
static ListItemId language_of(const MatchingRequest *asked) {
    ListItemId language = {0};
    for (size_t at = 0; at < asked->wishes.count; at++) {
        const MatchingWish *wish = &asked->wishes.items[at];
        if (wish->facet == FACET_LANGUAGE && wish->kind == WISH_FIRST) {
            return (ListItemId){wish->item};
        }
        if (wish->facet == FACET_LANGUAGE && list_item_id_is_none(language)) {
            language = (ListItemId){wish->item};
        }
    }
    return language;
}

static int64_t whole(int64_t sum, unsigned lot_bits) {
    return sum >> lot_bits;
}

RoundResult round_make(const Scope *scope, Tx *tx, ProgramId program, RoundId *ret_round) {
    uint16_t seed = (uint16_t)random_below(scope->random, ROUND_SEEDS);
    RoundTable table = round_table_now(scope, program, seed);
    if (table.count == 0) {
        return ROUND_NOBODY_WAITS;
    }
    const MatchingPolicy *policy = policy_keep(scope, tx, program);
    Plan plan = round_table_plan(&table);
    RoundId round = {random_id(scope->random)};
    round_insert(tx, &(RoundInsert){
                         .id = round,
                         .program = program,
                         .made_by = scope->actor,
                         .now = scope->now,
                         .policy = policy->name,
                         .seed = seed,
                         .waiting = (int64_t)table.count,
                         .placed = (int64_t)plan.matched,
                         .objective = whole(plan.objective, plan.lot_bits),
                         .bound = whole(plan.bound, plan.lot_bits),
                         .envy = (int64_t)plan_count_envious(table.arena, &plan),
                     });
    for (size_t at = 0; at < table.count; at++) {
        const PlanFamily *family = &plan.families[at];
        round_proposal_insert(tx, &(RoundProposalInsert){.round = round,
                                                         .request = table.requests[at],
                                                         .position = (int64_t)at + 1,
                                                         .offer = {family->offer},
                                                         .language = language_of(&table.asked[at]),
                                                         .score = family->score});
    }
    *ret_round = round;
    return ROUND_DONE;
}

/* ---- looking ---- */

bool round_find(const Scope *scope, RoundId id, Round *ret_round) {
    RoundById row;
    if (!round_by_id(scope->db, id, &row)) {
        return false;
    }
    *ret_round = (Round){
        .id = row.id,
        .program = row.program,
        .made_by_called = row.made_by_called,
        .made_at = row.made_at,
        .policy = row.policy,
        .seed = row.seed,
        .waiting = row.waiting,
        .placed = row.placed,
        .objective = row.objective,
        .bound = row.bound,
        .envy = row.envy,
        .version = row.version,
    };
    return true;
}

bool round_newest(const Scope *scope, ProgramId program, RoundId *ret_round) {
    RoundListRows rows = round_list(scope->db, program, 1);
    if (rows.count > 0) {
        *ret_round = rows.items[0].id;
    }
    return rows.count > 0;
}

static bool is_waiting(int64_t state) {
    return state == REQUEST_NEW || state == REQUEST_TAKEN;
}

static RoundProposalState state_of(const RoundRows *row) {
    if (!shortlist_id_is_none(row->shortlist)) {
        return PROPOSAL_SENT;
    }
    if (!is_waiting(row->state)) {
        return PROPOSAL_MOVED_ON;
    }
    if (offer_id_is_none(row->offer)) {
        return PROPOSAL_NOBODY;
    }
    return row->standing.value == OFFER_FREE ? PROPOSAL_OPEN : PROPOSAL_OVERTAKEN;
}

RoundProposals round_proposals(const Scope *scope, RoundId id) {
    RoundRowsRows rows = round_rows(scope->db, id, scope->now);
    RoundProposal *items = NEW_MANY(scope->arena, rows.count, RoundProposal);
    for (size_t at = 0; at < rows.count; at++) {
        const RoundRows *row = &rows.items[at];
        items[at] = (RoundProposal){
            .request = row->request,
            .called = row->called,
            .waiting_since = row->waiting_since,
            .offer = row->offer,
            .offer_called = row->offer_called,
            .score = row->score,
            .is_by_hand = row->is_by_hand,
            .state = state_of(row),
        };
    }
    return (RoundProposals){.items = items, .count = rows.count};
}

/* ---- changing by hand ---- */

static bool is_still_planned(const RoundProposal *proposal) {
    return proposal->state != PROPOSAL_SENT && proposal->state != PROPOSAL_MOVED_ON;
}

/* The table of a round as things are now: who of it still waits, the places that were sent away taken, and
 * what was changed by hand decided, but for `without`. */
static RoundTable table_again(const Scope *scope, const Round *round, const RoundProposals *proposals,
                              RequestId without) {
    RequestId *requests = NEW_MANY(scope->arena, proposals->count, RequestId);
    size_t count = 0;
    for (size_t at = 0; at < proposals->count; at++) {
        if (is_still_planned(&proposals->items[at])) {
            requests[count++] = proposals->items[at].request;
        }
    }
    RoundTable table = round_table_of(scope, round->program, (uint16_t)round->seed, requests, count);
    for (size_t at = 0; at < proposals->count; at++) {
        const RoundProposal *proposal = &proposals->items[at];
        size_t offer = round_table_offer(&table, proposal->offer);
        if (proposal->state == PROPOSAL_SENT && offer < table.offer_count) {
            table.offers[offer].load++;
        }
        if (is_still_planned(proposal) && proposal->is_by_hand &&
            !request_id_equal(proposal->request, without)) {
            round_table_decide(&table, proposal->request, proposal->offer);
        }
    }
    return table;
}

static const RoundProposal *proposal_of(const RoundProposals *proposals, RequestId request) {
    for (size_t at = 0; at < proposals->count; at++) {
        if (request_id_equal(proposals->items[at].request, request)) {
            return &proposals->items[at];
        }
    }
    return NULL;
}

/* Adds someone once, with what proposing them costs; nothing when they cannot be proposed. */
static void add_alternative(const Scope *scope, const RoundTable *table, const Plan *plan, RequestId request,
                            OfferId offer, RoundAlternative *items, size_t *count) {
    for (size_t at = 0; at < *count; at++) {
        if (offer_id_equal(items[at].offer, offer)) {
            return;
        }
    }
    PlanCost cost;
    size_t place = round_table_offer(table, offer);
    if (place == table->offer_count ||
        plan_cost_of(scope->arena, plan, request.value, offer.value, &cost) != PLAN_TOLD) {
        return;
    }
    const MatchingRequest *asked = &table->asked[round_table_request(table, request)];
    MatchingReason *reasons = NEW_MANY(scope->arena, oracle_reasons_most(asked), MatchingReason);
    RoundAlternative *one = &items[(*count)++];
    *one = (RoundAlternative){.offer = offer, .cost = cost.weight, .reasons = reasons};
    one->score = oracle_score(table->policy, &table->offers[place], asked, reasons, &one->reason_count);
}

RoundAlternatives round_alternatives(const Scope *scope, const Round *round, RequestId request) {
    RoundProposals proposals = round_proposals(scope, round->id);
    const RoundProposal *proposal = proposal_of(&proposals, request);
    if (proposal == NULL || !is_still_planned(proposal)) {
        return (RoundAlternatives){0};
    }
    RoundTable table = table_again(scope, round, &proposals, request);
    size_t asker = round_table_request(&table, request);
    if (asker == table.count) {
        return (RoundAlternatives){0};
    }
    Plan plan = round_table_plan(&table);
    RoundAlternative *items = NEW_MANY(scope->arena, ROUND_ALTERNATIVES + 1, RoundAlternative);
    size_t count = 0;
    if (!offer_id_is_none(proposal->offer)) {
        add_alternative(scope, &table, &plan, request, proposal->offer, items, &count);
    }
    MatchingPolicy by_fit = *table.policy;
    by_fit.listed_penalty = 0;
    MatchingResult best = oracle_shortlist(scope->arena, &by_fit, table.offers, table.offer_count,
                                           &table.asked[asker], table.seed, ROUND_ALTERNATIVES);
    for (size_t at = 0; at < best.count && count < ROUND_ALTERNATIVES; at++) {
        add_alternative(scope, &table, &plan, request, (OfferId){best.choices[at].offer}, items, &count);
    }
    return (RoundAlternatives){.items = items, .count = count};
}

/* Writes what the new plan says for everyone it was made for; false: someone was sent a list meanwhile. */
static bool keep_changes(const Scope *scope, Tx *tx, const Round *round, const RoundTable *table,
                         const RoundProposals *proposals, RequestId changed, const Plan *plan) {
    for (size_t at = 0; at < table->count; at++) {
        RequestId request = table->requests[at];
        const RoundProposal *before = proposal_of(proposals, request);
        const PlanFamily *family = &plan->families[at];
        bool is_by_hand = before->is_by_hand || request_id_equal(request, changed);
        if (round_propose(tx, &(RoundPropose){.round = round->id,
                                              .request = request,
                                              .offer = {family->offer},
                                              .score = family->score,
                                              .is_by_hand = is_by_hand}) != 1) {
            return false;
        }
    }
    RoundTable free_table = *table;
    free_table.decided_count = 0;
    Plan best = round_table_plan(&free_table);
    return round_set_worth(tx, &(RoundSetWorth){
                                   .id = round->id,
                                   .version = round->version,
                                   .placed = (int64_t)plan->matched,
                                   .objective = whole(plan->objective, plan->lot_bits),
                                   .bound = whole(best.bound, best.lot_bits),
                                   .envy = (int64_t)plan_count_envious(scope->arena, plan),
                               }) == 1;
}

RoundResult round_change(const Scope *scope, Tx *tx, const RoundChange *change) {
    Round round;
    RoundId newest;
    if (!round_find(scope, change->round, &round) || round.version != change->version ||
        !round_newest(scope, round.program, &newest) || !round_id_equal(newest, round.id)) {
        return ROUND_STALE;
    }
    RoundProposals proposals = round_proposals(scope, round.id);
    const RoundProposal *proposal = proposal_of(&proposals, change->request);
    if (proposal == NULL || !is_still_planned(proposal)) {
        return ROUND_ELSEWHERE;
    }
    RoundTable table = table_again(scope, &round, &proposals, change->request);
    round_table_decide(&table, change->request, change->offer);
    Plan plan = round_table_plan(&table);
    size_t asker = round_table_request(&table, change->request);
    if (asker == table.count || plan.families[asker].offer != change->offer.value) {
        return ROUND_ELSEWHERE; /* the decision could not be kept */
    }
    return keep_changes(scope, tx, &round, &table, &proposals, change->request, &plan) ? ROUND_DONE
                                                                                       : ROUND_STALE;
}

/* ---- sending ---- */

/* A list for this family that begins with who is proposed, if they may still be. */
static bool send_one(Scope *scope, Tx *tx, const RoundTable *table, const RoundProposal *proposal,
                     ShortlistId *ret_shortlist) {
    Request request;
    size_t place = round_table_offer(table, proposal->offer);
    if (proposal->state != PROPOSAL_OPEN || place == table->offer_count ||
        !request_find(scope, proposal->request, &request)) {
        return false;
    }
    MatchingRequest asked = asked_of(scope, &request);
    MatchingResult first =
        oracle_shortlist(scope->arena, table->policy, &table->offers[place], 1, &asked, 0, 1);
    return first.count == 1 && shortlist_make_beginning(scope, tx, request.id, &first.choices[0],
                                                        ret_shortlist) == SHORTLIST_DONE;
}

RoundSent round_send(Scope *scope, Tx *tx, RoundId id, const RequestId *requests, size_t count) {
    RoundSent sent = {.left = (int64_t)count};
    Round round;
    RoundId newest;
    if (!round_find(scope, id, &round) || !round_newest(scope, round.program, &newest) ||
        !round_id_equal(newest, id)) {
        return sent;
    }
    RoundProposals proposals = round_proposals(scope, id);
    RoundTable table = round_table_of(scope, round.program, (uint16_t)round.seed, NULL, 0);
    for (size_t at = 0; at < count; at++) {
        const RoundProposal *proposal = proposal_of(&proposals, requests[at]);
        ShortlistId shortlist;
        if (proposal != NULL && send_one(scope, tx, &table, proposal, &shortlist)) {
            round_set_sent(tx, id, proposal->request, shortlist);
            sent.sent++;
            sent.left--;
        }
    }
    return sent;
}

/* ---- how groups fare ---- */

static int compare_days(const void *left, const void *right) {
    const int64_t one = *(const int64_t *)left;
    const int64_t other = *(const int64_t *)right;
    return (one > other) - (one < other);
}

static int compare_groups(const void *left, const void *right) {
    const RoundGroup *one = left;
    const RoundGroup *other = right;
    if (one->waiting != other->waiting) {
        return one->waiting < other->waiting ? 1 : -1;
    }
    return (one->language.value > other->language.value) - (one->language.value < other->language.value);
}

static size_t find_group(const RoundGroup *groups, size_t count, ListItemId language) {
    size_t at = 0;
    while (at < count && !list_item_id_equal(groups[at].language, language)) {
        at++;
    }
    return at;
}

static int64_t median_days(const Round *round, const RoundRowsRows *rows, ListItemId language,
                           int64_t *room) {
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        if (list_item_id_equal(rows->items[at].language, language)) {
            room[count++] = time_between(rows->items[at].waiting_since, round->made_at) / TIME_DAY;
        }
    }
    qsort(room, count, sizeof room[0], compare_days);
    return room[count / 2];
}

/* Who is placed and who is not, by group: the page shows the sums of both. */
static void hide_small(const Scope *scope, RoundGroup *groups, size_t count) {
    enum { PLACED, NOT_PLACED, COLUMNS };
    SmallCells cells = small_cells_new(scope->arena, count, COLUMNS);
    for (size_t at = 0; at < count; at++) {
        small_cells_add(&cells, at, PLACED, groups[at].placed);
        small_cells_add(&cells, at, NOT_PLACED, groups[at].waiting - groups[at].placed);
    }
    small_cells_sum(&cells);
    small_cells_hide(&cells);
    for (size_t at = 0; at < count; at++) {
        groups[at].hides_placed = cells.hidden[small_cells_at(&cells, at, PLACED)];
        groups[at].hides_waiting = cells.hidden[small_cells_at(&cells, at, COLUMNS)];
    }
}

RoundGroups round_groups(const Scope *scope, const Round *round) {
    RoundRowsRows rows = round_rows(scope->db, round->id, scope->now);
    RoundGroup *groups = NEW_MANY(scope->arena, rows.count, RoundGroup);
    int64_t *room = NEW_MANY(scope->arena, rows.count, int64_t);
    size_t count = 0;
    for (size_t at = 0; at < rows.count && count < SMALL_CELLS_MOST; at++) {
        size_t group = find_group(groups, count, rows.items[at].language);
        if (group == count) {
            groups[count++] = (RoundGroup){.language = rows.items[at].language};
        }
        groups[group].waiting++;
        groups[group].placed += offer_id_is_none(rows.items[at].offer) ? 0 : 1;
    }
    for (size_t at = 0; at < count; at++) {
        groups[at].median_days = median_days(round, &rows, groups[at].language, room);
    }
    qsort(groups, count, sizeof groups[0], compare_groups);
    hide_small(scope, groups, count);
    return (RoundGroups){.items = groups, .count = count};
}
