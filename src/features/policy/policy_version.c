/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of a program's policy: read, drafted, signed and retired. */
#include "features/policy/policy_version.h"

#include "base/fail.h"
#include "features/policy/policy_trial.h"
#include "features/program/program.h"
#include "features/request/request.h"
#include "matching/policy.h"
#include "policy_sql.h"

/* A stored text was written by policy_write(), so it reads. */
static MatchingPolicy parse(Str text) {
    MatchingPolicy policy;
    if (policy_read(text, &policy).flaw != POLICY_FINE) {
        fail(FAIL_DATABASE, "a stored policy cannot be read");
    }
    return policy;
}

static Str written(const Scope *scope, const MatchingPolicy *policy) {
    Buf buf = buf_new(scope->arena, POLICY_TEXT_MOST);
    policy_write(&buf, policy);
    return buf_str(&buf);
}

static const MatchingPolicy *kept(const Scope *scope, Str text) {
    MatchingPolicy *policy = NEW(scope->arena, MatchingPolicy);
    *policy = parse(text);
    return policy;
}

/* ---- for whoever decides by it ---- */

const MatchingPolicy *policy_of(const Scope *scope, ProgramId program) {
    PolicyRowAdopted row;
    return policy_row_adopted(scope->db, program, &row) ? kept(scope, row.text) : &matching_policy_start;
}

const MatchingPolicy *policy_keep(const Scope *scope, Tx *tx, ProgramId program) {
    PolicyRowAdopted row;
    if (policy_row_adopted(tx_db(tx), program, &row)) {
        return kept(scope, row.text);
    }
    policy_row_insert(tx, &(PolicyRowInsert){
                              .id = {random_id(scope->random)},
                              .program = program,
                              .name = matching_policy_start.name,
                              .text = written(scope, &matching_policy_start),
                              .state = POLICY_ADOPTED,
                              .now = scope->now,
                              .adopted_at = scope->now,
                          });
    return &matching_policy_start;
}

const MatchingPolicy *policy_by_name(const Scope *scope, ProgramId program, Str name) {
    PolicyRowByName row;
    if (policy_row_by_name(scope->db, program, name, &row)) {
        return kept(scope, row.text);
    }
    return str_equal(name, matching_policy_start.name) ? &matching_policy_start : NULL;
}

/* ---- versions ---- */

bool policy_find(const Scope *scope, PolicyId id, PolicyVersion *ret_version) {
    PolicyRow row;
    if (!policy_row(scope->db, id, &row)) {
        return false;
    }
    *ret_version = (PolicyVersion){
        .id = row.id,
        .program = row.program,
        .policy = parse(row.text),
        .why = row.why,
        .state = (PolicyState)row.state,
        .version = row.version,
        .drafted_by = row.drafted_by_called,
        .drafted_at = row.drafted_at,
        .is_tried = row.tried_version.is_known && row.tried_version.value == row.version,
        .tried_at = row.tried_at,
        .adopted_by = row.adopted_by_called,
        .adopted_at = row.adopted_at,
        .reason = row.reason,
        .retired_at = row.retired_at,
    };
    return true;
}

PolicyVersion policy_followed(const Scope *scope, ProgramId program) {
    PolicyRowAdopted row;
    PolicyVersion version;
    if (policy_row_adopted(scope->db, program, &row) && policy_find(scope, row.id, &version)) {
        return version;
    }
    return (PolicyVersion){.program = program, .policy = matching_policy_start, .state = POLICY_ADOPTED};
}

/* The program's word in addresses and a number: "river-3". */
static Str free_name(const Scope *scope, ProgramId program, int64_t number) {
    Program found;
    Str slug = program_find(scope, program, &found) ? found.slug : STR("policy");
    for (;; number++) {
        Str name = str_print(scope->arena, "%.*s-%lld", STR_ARGS(slug), (long long)number);
        PolicyRowByName row;
        if (!policy_row_by_name(scope->db, program, name, &row)) {
            return name;
        }
    }
}

PolicyResult policy_draft(const Scope *scope, Tx *tx, ProgramId program, PolicyId *ret_id) {
    PolicyRowCounts counts = {0};
    MatchingPolicy policy = *policy_keep(scope, tx, program);
    (void)policy_row_counts(scope->db, program, &counts);
    if (counts.drafts >= POLICY_DRAFTS_MOST) {
        return POLICY_MANY_DRAFTS;
    }
    policy.name = free_name(scope, program, counts.versions + 1);
    *ret_id = (PolicyId){random_id(scope->random)};
    policy_row_insert(tx, &(PolicyRowInsert){
                              .id = *ret_id,
                              .program = program,
                              .name = policy.name,
                              .text = written(scope, &policy),
                              .state = POLICY_DRAFT,
                              .drafted_by = scope->actor,
                              .now = scope->now,
                              .adopted_at = TIME_NONE,
                          });
    return POLICY_DONE;
}

PolicyResult policy_change(const Scope *scope, Tx *tx, PolicyId id, int64_t version,
                           const MatchingPolicy *policy, Str why) {
    PolicyVersion found;
    if (!policy_find(scope, id, &found)) {
        return POLICY_STALE;
    }
    MatchingPolicy named = *policy;
    named.name = found.policy.name;
    Str text = written(scope, &named);
    return policy_row_change(tx, id, version, text, why) == 1 ? POLICY_DONE : POLICY_STALE;
}

PolicyResult policy_drop(Tx *tx, PolicyId id, int64_t version) {
    PolicyRow row;
    if (!policy_row(tx_db(tx), id, &row) || row.state != POLICY_DRAFT || row.version != version) {
        return POLICY_STALE;
    }
    policy_trial_forget(tx, id);
    return policy_row_delete(tx, id, version) == 1 ? POLICY_DONE : POLICY_STALE;
}

bool policy_is_same(const MatchingPolicy *left, const MatchingPolicy *right) {
    bool is_same = left->known == right->known && left->listed_penalty == right->listed_penalty &&
                   left->fit == right->fit && left->day == right->day && left->urgent == right->urgent &&
                   left->method == right->method && left->hold_hours == right->hold_hours;
    for (size_t at = 0; at < FACET_COUNT; at++) {
        const MatchingFacetPolicy *one = &left->facets[at];
        const MatchingFacetPolicy *other = &right->facets[at];
        is_same = is_same && one->rule == other->rule && one->first == other->first &&
                  one->chosen == other->chosen && one->coded == other->coded;
    }
    return is_same;
}

PolicyResult policy_adopt(const Scope *scope, Tx *tx, PolicyId id, int64_t version, Str reason) {
    PolicyVersion draft;
    if (!policy_find(scope, id, &draft) || draft.state != POLICY_DRAFT || draft.version != version) {
        return POLICY_STALE;
    }
    if (policy_is_same(&draft.policy, policy_of(scope, draft.program))) {
        return POLICY_SAME;
    }
    if (!draft.is_tried) {
        return POLICY_UNTRIED;
    }
    PolicyTrial trial = policy_trial_of(scope, id);
    if (trial.reaches_nobody) {
        return POLICY_NOBODY;
    }
    if (!trial.is_passed && str_is_empty(str_trim(reason))) {
        return POLICY_REASON_WANTED;
    }
    policy_row_retire(tx, draft.program, scope->now);
    Str kept_reason = trial.is_passed ? STR("") : str_trim(reason);
    const PolicyRowAdopt row = {
        .id = id, .before = version, .adopted_by = scope->actor, .now = scope->now, .reason = kept_reason};
    if (policy_row_adopt(tx, &row) != 1) {
        return POLICY_STALE;
    }
    request_touched_all(tx, draft.program); /* the standing plan is made anew */
    return POLICY_DONE;
}
