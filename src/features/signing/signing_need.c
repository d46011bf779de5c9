/* SPDX-License-Identifier: Apache-2.0 */
/* From a month of birth and a program's rules to who has to sign. */
#include "features/signing/signing.h"

#include "platform/zone/zone.h"
#include "signing_sql.h"

void signing_born_keep(const Scope *scope, Tx *tx, PersonId person, SigningBorn born) {
    (void)signing_born_delete(tx, person);
    signing_born_insert(tx, (SigningBornId){random_id(scope->random)}, person,
                        str_print(scope->arena, "%04lld-%02lld", (long long)born.year, (long long)born.month),
                        scope->now);
}

bool signing_born_find(const Scope *scope, PersonId person, SigningBorn *ret_born) {
    const SigningBornRowRows rows = signing_born_row(scope->db, person);
    Str year = STR_NONE;
    Str month = STR_NONE;
    return rows.count > 0 && str_cut(rows.items[0].born, '-', &year, &month) &&
           str_to_int(year, 1, 9999, &ret_born->year) && str_to_int(month, 1, 12, &ret_born->month);
}

int64_t signing_age(const Scope *scope, SigningBorn born) {
    const Date today = zone_date(scope->zone, scope->now);
    return today.year - born.year - (today.month > born.month ? 0 : 1);
}

SigningNeed signing_need_at(const Scope *scope, ProgramId program, SigningBorn born) {
    SigningNeed need = {.is_asked = true};
    need.rule = signing_rule_here(scope, program, &need.place, &need.is_strictest);
    need.who = signing_who(&need.rule, signing_age(scope, born));
    return need;
}

SigningNeed signing_need(const Scope *scope, ProgramId program, PersonId person) {
    SigningBorn born;
    return signing_born_find(scope, person, &born) ? signing_need_at(scope, program, born)
                                                   : (SigningNeed){.who = SIGNING_YOUNG};
}

SigningRuleId signing_rule_keep(const Scope *scope, Tx *tx, ProgramId program, const SigningRule *rule) {
    if (rule->id.value != 0) {
        return rule->id;
    }
    const SigningRuleSameRows rows = signing_rule_same(scope->db, &(SigningRuleSameIn){
                                                                      .program = program,
                                                                      .state = rule->state,
                                                                      .service = rule->service,
                                                                      .both_from = rule->both_from,
                                                                      .alone_from = rule->alone_from,
                                                                      .source = rule->source,
                                                                  });
    if (rows.count > 0) {
        return rows.items[0].id;
    }
    const SigningRuleId id = {random_id(scope->random)};
    /* Retired from the first moment: it can be read, and what the program writes counts. */
    signing_rule_insert(tx, &(SigningRuleInsert){.id = id,
                                                 .program = program,
                                                 .state = rule->state,
                                                 .service = rule->service,
                                                 .both_from = rule->both_from,
                                                 .alone_from = rule->alone_from,
                                                 .parent_sees = rule->parent_sees,
                                                 .source = rule->source,
                                                 .now = scope->now,
                                                 .retired_at = scope->now});
    return id;
}
