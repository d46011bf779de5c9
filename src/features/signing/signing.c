/* SPDX-License-Identifier: Apache-2.0 */
/* The table of rules: what counts, what came before, and what is followed where nobody wrote one. */
#include "features/signing/signing.h"

#include "features/audit/audit.h"
#include "signing_sql.h"
#include "texts.h"

/* ---- where a program works ---- */

SigningPlace signing_place(const Scope *scope, ProgramId program) {
    SigningPlaceRow row;
    return signing_place_row(scope->db, program, &row)
               ? (SigningPlace){.state = row.state, .service = (SigningService)row.service}
               : (SigningPlace){.state = STR("")};
}

static void record(const Scope *scope, Tx *tx, ProgramId program, Str action) {
    audit_add(
        scope, tx,
        &(AuditEntry){.action = action, .kind = OBJECT_PROGRAM, .object = program.value, .program = program});
}

void signing_set_place(const Scope *scope, Tx *tx, ProgramId program, SigningPlace place) {
    signing_place_put(tx, program, place.state, place.service);
    record(scope, tx, program, STR("signing_place_set"));
}

/* ---- reading ---- */

static bool rule_find(const Scope *scope, SigningRuleId id, SigningRule *ret_rule) {
    SigningRuleRow row;
    if (!signing_rule_row(scope->db, id, &row)) {
        return false;
    }
    *ret_rule = (SigningRule){
        .id = id,
        .state = row.state,
        .service = (SigningService)row.service,
        .both_from = row.both_from,
        .alone_from = row.alone_from,
        .parent_sees = row.parent_sees,
        .source = row.source,
        .checked = row.checked_on.is_known ? calendar_date(row.checked_on.value) : (Date){0},
        .by_called = row.by_called,
        .added_at = row.added_at,
        .retired_at = row.retired_at,
    };
    return true;
}

bool signing_rule_own(const Scope *scope, ProgramId program, Str state, SigningService service,
                      SigningRule *ret_rule) {
    const SigningRuleNowRows rows = signing_rule_now(scope->db, program, state, service);
    return (rows.count > 0 && rule_find(scope, rows.items[0].id, ret_rule)) ||
           signing_start_rule(scope, state, service, ret_rule);
}

SigningRule signing_rule_for(const Scope *scope, ProgramId program, Str state, SigningService service,
                             bool *ret_is_strictest) {
    SigningRule rule;
    *ret_is_strictest = false;
    if (signing_rule_own(scope, program, state, service, &rule) ||
        signing_rule_own(scope, program, SIGNING_EVERYWHERE, service, &rule)) {
        return rule;
    }
    *ret_is_strictest = true;
    return signing_strictest(scope, service);
}

SigningRule signing_rule_here(const Scope *scope, ProgramId program, SigningPlace *ret_place,
                              bool *ret_is_strictest) {
    *ret_place = signing_place(scope, program);
    if (ret_place->service == 0) {
        *ret_is_strictest = true;
        return signing_strictest(scope, SIGNING_PEER);
    }
    return signing_rule_for(scope, program, ret_place->state, ret_place->service, ret_is_strictest);
}

/* What every program starts with in its state stands among them until the program writes its own: another
 * state's would only be read as if it counted. */
SigningRules signing_rules(const Scope *scope, ProgramId program) {
    const SigningRuleAllRows rows = signing_rule_all(scope->db, program);
    const SigningRules starts = signing_start_rules(scope);
    const SigningPlace place = signing_place(scope, program);
    SigningRule *items = NEW_MANY(scope->arena, rows.count + starts.count, SigningRule);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += signing_rule_own(scope, program, rows.items[at].state,
                                  (SigningService)rows.items[at].service, &items[count])
                     ? 1
                     : 0;
    }
    for (size_t at = 0; at < starts.count; at++) {
        const SigningRule *start = &starts.items[at];
        if (str_equal(start->state, place.state) &&
            signing_rule_now(scope->db, program, start->state, start->service).count == 0) {
            items[count++] = *start;
        }
    }
    return (SigningRules){.items = items, .count = count};
}

SigningRules signing_rule_history(const Scope *scope, ProgramId program, Str state, SigningService service) {
    const SigningRuleWasRows rows = signing_rule_was(scope->db, program, state, service);
    SigningRule *items = NEW_MANY(scope->arena, rows.count, SigningRule);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += rule_find(scope, rows.items[at].id, &items[count]) ? 1 : 0;
    }
    return (SigningRules){.items = items, .count = count};
}

/* ---- writing ---- */

static SigningRuleId now_of(const Scope *scope, ProgramId program, Str state, SigningService service) {
    const SigningRuleNowRows rows = signing_rule_now(scope->db, program, state, service);
    return rows.count == 0 ? (SigningRuleId){0} : rows.items[0].id;
}

static bool is_like(const SigningRule *left, const SigningRule *right) {
    return left->both_from == right->both_from && left->alone_from == right->alone_from &&
           left->parent_sees == right->parent_sees && str_equal(left->source, right->source) &&
           left->checked.year == right->checked.year && left->checked.month == right->checked.month &&
           left->checked.day == right->checked.day;
}

static MaybeInt day_of(Date date) {
    return date_is_none(date) ? (MaybeInt){0} : (MaybeInt){.is_known = true, .value = date_days(date)};
}

SigningResult signing_rule_set(const Scope *scope, Tx *tx, ProgramId program, const SigningRule *rule,
                               SigningRuleId was) {
    SigningRule now;
    if (rule->alone_from < rule->both_from) {
        return SIGNING_AGES;
    }
    if (str_is_empty(str_trim(rule->source))) {
        return SIGNING_SOURCE;
    }
    if (!signing_rule_id_equal(now_of(scope, program, rule->state, rule->service), was)) {
        return SIGNING_STALE;
    }
    if (was.value != 0 && rule_find(scope, was, &now) && is_like(&now, rule)) {
        return SIGNING_SAME;
    }
    (void)signing_rule_set_retired(tx, &(SigningRuleSetRetired){.program = program,
                                                                .state = rule->state,
                                                                .service = rule->service,
                                                                .now = scope->now,
                                                                .by = scope->actor});
    signing_rule_insert(tx, &(SigningRuleInsert){.id = {random_id(scope->random)},
                                                 .program = program,
                                                 .state = rule->state,
                                                 .service = rule->service,
                                                 .both_from = rule->both_from,
                                                 .alone_from = rule->alone_from,
                                                 .parent_sees = rule->parent_sees,
                                                 .source = str_trim(rule->source),
                                                 .checked_on = day_of(rule->checked),
                                                 .added_by = scope->actor,
                                                 .now = scope->now,
                                                 .retired_at = TIME_NONE});
    record(scope, tx, program, STR("signing_rule_set"));
    return SIGNING_DONE;
}

SigningResult signing_rule_retire(const Scope *scope, Tx *tx, ProgramId program, Str state,
                                  SigningService service, SigningRuleId was) {
    if (!signing_rule_id_equal(now_of(scope, program, state, service), was)) {
        return SIGNING_STALE;
    }
    if (was.value == 0) {
        return SIGNING_SAME;
    }
    (void)signing_rule_set_retired(
        tx,
        &(SigningRuleSetRetired){
            .program = program, .state = state, .service = service, .now = scope->now, .by = scope->actor});
    record(scope, tx, program, STR("signing_rule_retired"));
    return SIGNING_DONE;
}

/* ---- what a rule says ---- */

SigningWho signing_who(const SigningRule *rule, int64_t age) {
    if (age >= rule->alone_from) {
        return SIGNING_YOUNG;
    }
    return age >= rule->both_from ? SIGNING_BOTH : SIGNING_PARENT;
}

Text signing_service_text(SigningService service) {
    switch (service) {
    case SIGNING_PEER:
        return TEXT_SIGNING_SERVICE_PEER;
    case SIGNING_MENTAL:
        return TEXT_SIGNING_SERVICE_MENTAL;
    case SIGNING_SUBSTANCE:
        return TEXT_SIGNING_SERVICE_SUBSTANCE;
    }
    return TEXT_NONE;
}

/* Each span of ages that is not empty, in its own sentence. */
Str signing_rule_words(const Scope *scope, const SigningRule *rule) {
    const Words words = scope_words(scope);
    Buf buf = buf_new(scope->arena, 1024);
    if (rule->both_from > 0) {
        buf_add(&buf, text_signing_until_parent(&words, rule->both_from));
        buf_add_char(&buf, ' ');
    }
    if (rule->alone_from > rule->both_from) {
        buf_add(&buf, rule->both_from > 0 ? text_signing_both(&words, rule->both_from, rule->alone_from)
                                          : text_signing_until_both(&words, rule->alone_from));
        buf_add_char(&buf, ' ');
    }
    buf_add(&buf, rule->alone_from > 0 ? text_signing_from_alone(&words, rule->alone_from)
                                       : text_str(scope->lang, TEXT_SIGNING_ALWAYS_ALONE));
    return buf_str(&buf);
}
