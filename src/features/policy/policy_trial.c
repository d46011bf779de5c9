/* SPDX-License-Identifier: Apache-2.0 */
/* Plays a policy through, keeps what came out, and compares the lists of those who wait. */
#include "features/policy/policy_trial.h"

#include "features/asked/asked.h"
#include "features/pool/pool_of.h"
#include "features/request/request.h"
#include "matching/generate.h"
#include "policy_sql.h"

/* For the made-up people of a trial, which are gone after it. */
static const size_t TRIAL_MOST = (size_t)1 << 30;

/* ---- with made-up people ---- */

/* English and Spanish are the first two languages of the made-up people; all others count together. */
static size_t place_of(int64_t language) {
    return language == generate_item(FACET_LANGUAGE, 0)   ? 1
           : language == generate_item(FACET_LANGUAGE, 1) ? 2
                                                          : 3;
}

static void keep_wait(Tx *tx, PolicyId id, int64_t queue, int64_t place, const PolicyWait *wait) {
    policy_wait_insert(tx, &(PolicyWaitInsert){.policy = id,
                                               .queue = queue,
                                               .place = place,
                                               .families = wait->families,
                                               .matched = wait->matched,
                                               .weeks_half = wait->weeks_half,
                                               .weeks_most = wait->weeks_most});
}

static void keep_queue(Tx *tx, PolicyId id, SimulateQueue queue, const SimulateOutcome *outcome) {
    keep_wait(tx, id, queue, 0,
              &(PolicyWait){.families = (int64_t)outcome->families,
                            .matched = (int64_t)outcome->matched,
                            .weeks_half = outcome->weeks_half,
                            .weeks_most = outcome->weeks_most});
    PolicyWait waits[POLICY_PLACES] = {0};
    for (size_t at = 0; at < outcome->group_count; at++) {
        const SimulateGroup *group = &outcome->groups[at];
        PolicyWait *wait = &waits[place_of(group->language)];
        wait->families += (int64_t)group->families;
        wait->matched += (int64_t)group->matched;
        /* Of several small groups that count together, the one that waits longest speaks for them. */
        wait->weeks_half = group->weeks_half > wait->weeks_half ? group->weeks_half : wait->weeks_half;
        wait->weeks_most = group->weeks_most > wait->weeks_most ? group->weeks_most : wait->weeks_most;
    }
    for (int64_t place = 1; place < POLICY_PLACES; place++) {
        if (waits[place].families > 0) {
            keep_wait(tx, id, queue, place, &waits[place]);
        }
    }
}

static void keep_gates(Tx *tx, PolicyId id, const SimulateGates *gates) {
    for (SimulateGate gate = 0; gate < SIMULATE_GATE_COUNT; gate++) {
        const SimulateVerdict *verdict = &gates->gates[gate];
        if (verdict->was_tried) {
            policy_gate_insert(tx, &(PolicyGateInsert){.policy = id,
                                                       .gate = gate,
                                                       .figure = verdict->figure,
                                                       .most_or_least = verdict->limit,
                                                       .is_passed = verdict->is_passed});
        }
    }
    for (SimulateQueue queue = 0; queue < SIMULATE_QUEUE_COUNT; queue++) {
        keep_queue(tx, id, queue, &gates->waits.by[queue]);
    }
    for (FlipKind kind = 0; kind < FLIP_COUNT; kind++) {
        const FlipCount *count = &gates->flips.counts[kind];
        policy_flip_insert(tx, id, kind, (int64_t)count->tried, (int64_t)count->failed);
    }
}

PolicyResult policy_try(const Scope *scope, Tx *tx, PolicyId id, int64_t version) {
    PolicyVersion draft;
    if (!policy_find(scope, id, &draft) || policy_row_set_tried(tx, id, version, scope->now) != 1) {
        return POLICY_STALE;
    }
    Arena *scratch = arena_new_within(scope->arena, TRIAL_MOST);
    const SimulateGates gates = simulate_gates(scratch, &draft.policy, NULL, POLICY_SEED);
    policy_trial_forget(tx, id);
    keep_gates(tx, id, &gates);
    return POLICY_DONE;
}

PolicyTrial policy_trial_of(const Scope *scope, PolicyId id) {
    PolicyTrial trial = {.is_passed = true};
    PolicyGateListRows gates = policy_gate_list(scope->db, id);
    for (size_t at = 0; at < gates.count; at++) {
        const PolicyGateList *row = &gates.items[at];
        if (row->gate < 0 || row->gate >= SIMULATE_GATE_COUNT) {
            continue;
        }
        trial.gates[row->gate] = (SimulateVerdict){.was_tried = true,
                                                   .is_passed = row->is_passed,
                                                   .figure = row->figure,
                                                   .limit = row->most_or_least};
        trial.is_passed = trial.is_passed && row->is_passed;
    }
    const SimulateVerdict *reach = &trial.gates[SIMULATE_GATE_REACH];
    trial.reaches_nobody = reach->was_tried && reach->figure == 0;
    PolicyWaitListRows waits = policy_wait_list(scope->db, id);
    for (size_t at = 0; at < waits.count; at++) {
        const PolicyWaitList *row = &waits.items[at];
        if (row->queue >= 0 && row->queue < SIMULATE_QUEUE_COUNT && row->place >= 0 &&
            row->place < POLICY_PLACES) {
            trial.waits[row->queue][row->place] = (PolicyWait){.families = row->families,
                                                               .matched = row->matched,
                                                               .weeks_half = row->weeks_half,
                                                               .weeks_most = row->weeks_most};
        }
    }
    PolicyFlipListRows flips = policy_flip_list(scope->db, id);
    for (size_t at = 0; at < flips.count; at++) {
        if (flips.items[at].kind >= 0 && flips.items[at].kind < FLIP_COUNT) {
            trial.flips[flips.items[at].kind] =
                (PolicyFlip){.tried = flips.items[at].tried, .failed = flips.items[at].failed};
        }
    }
    return trial;
}

void policy_trial_forget(Tx *tx, PolicyId id) {
    policy_gate_delete(tx, id);
    policy_wait_delete(tx, id);
    policy_flip_delete(tx, id);
}

/* ---- on the waiting list ---- */

static PolicyList list_of(const Scope *scope, ProgramId program, const MatchingPolicy *policy,
                          const MatchingRequest *asked) {
    /* One seed for both, so that equals stand in the same turn. */
    const MatchingResult result =
        pool_of_shortlist(scope, program, policy, asked, POLICY_SEED, POLICY_LIST_MOST, NULL, 0);
    PolicyList list = {.count = result.count};
    for (size_t at = 0; at < result.count; at++) {
        list.offers[at] = (OfferId){result.choices[at].offer};
    }
    return list;
}

static bool is_same_list(const PolicyList *left, const PolicyList *right) {
    bool is_same = left->count == right->count;
    for (size_t at = 0; at < left->count && is_same; at++) {
        is_same = offer_id_equal(left->offers[at], right->offers[at]);
    }
    return is_same;
}

PolicyWaiting policy_waiting_of(const Scope *scope, ProgramId program, const PolicyVersion *other) {
    PolicyRowWaitingRows rows = policy_row_waiting(scope->db, program, scope->now, POLICY_WAITING_MOST);
    PolicyRowWaitingCount all = {0};
    (void)policy_row_waiting_count(scope->db, program, scope->now, &all);
    PolicyTouched *items = NEW_MANY(scope->arena, rows.count, PolicyTouched);
    MatchingRequest *asked = NEW_MANY(scope->arena, rows.count, MatchingRequest);
    const MatchingPolicy *now = policy_of(scope, program);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        Request request;
        if (request_find(scope, rows.items[at].id, &request)) {
            asked[count] = asked_of(scope, &request);
            items[count].request = request.id;
            items[count].now = list_of(scope, program, now, &asked[count]);
            count++;
        }
    }
    /* Pools are kept by the policy's name, and a draft keeps its name while its numbers change. */
    MatchingPolicy then = other->policy;
    then.name = str_print(scope->arena, "%.*s.%lld.%lld", STR_ARGS(then.name), (long long)other->id.value,
                          (long long)other->version);
    PolicyWaiting waiting = {.items = items, .count = count, .families = all.families};
    for (size_t at = 0; at < count; at++) {
        items[at].then = list_of(scope, program, &then, &asked[at]);
        items[at].is_changed = !is_same_list(&items[at].now, &items[at].then);
        waiting.changed += items[at].is_changed ? 1 : 0;
        waiting.nobody_now += items[at].now.count == 0 ? 1 : 0;
        waiting.nobody_then += items[at].then.count == 0 ? 1 : 0;
    }
    return waiting;
}
