/* SPDX-License-Identifier: Apache-2.0 */
/* Asks every rule. They stand in check.sql, with their names and sentences. */
#include "features/check/check.h"

#include "check_sql.h"
#include "features/audit/audit_chain.h"
#include "platform/db/person_key.h"

enum { LINES_MOST = 100 };

typedef struct Lines {
    Arena *arena;
    Str items[LINES_MOST];
    size_t count;
} Lines;

static void line_add(Lines *lines, const CheckPrograms *rule) {
    if (rule->wrong > 0 && lines->count < LINES_MOST) {
        lines->items[lines->count++] =
            str_print(lines->arena, "%.*s: %.*s: %lld (one is %lld)", STR_ARGS(rule->rule),
                      STR_ARGS(rule->what), (long long)rule->wrong, (long long)rule->first.value);
    }
}

static void keys_add(Lines *lines, const Scope *scope) {
    const Strs wrong = person_keys_wrong(scope->db, scope->arena);
    for (size_t at = 0; at < wrong.count && lines->count < LINES_MOST; at++) {
        lines->items[lines->count++] = wrong.items[at];
    }
}

static void lag_add(Lines *lines, const Scope *scope) {
    const AuditLag lag = audit_lag_now(scope);
    if (lag.is_behind && lines->count < LINES_MOST) {
        lines->items[lines->count++] =
            str_print(lines->arena,
                      "audit_lag: %lld entries wait to be linked, some for more than five minutes: does "
                      "`beenthere serve` run, and its jobs process?",
                      (long long)lag.rows);
    }
}

Strs check_rules_broken(const Scope *scope) {
    Lines *lines = NEW(scope->arena, Lines);
    lines->arena = scope->arena;
    const CheckProgramsRows programs = check_programs(scope->db, scope->now);
    for (size_t at = 0; at < programs.count; at++) {
        line_add(lines, &programs.items[at]);
    }
    const CheckRequestsRows requests = check_requests(scope->db);
    for (size_t at = 0; at < requests.count; at++) {
        const CheckRequests *row = &requests.items[at];
        line_add(lines, &(CheckPrograms){row->rule, row->wrong, row->what, row->first});
    }
    const CheckOffersRows offers = check_offers(scope->db);
    for (size_t at = 0; at < offers.count; at++) {
        const CheckOffers *row = &offers.items[at];
        line_add(lines, &(CheckPrograms){row->rule, row->wrong, row->what, row->first});
    }
    const CheckMatchesRows matches = check_matches(scope->db);
    for (size_t at = 0; at < matches.count; at++) {
        const CheckMatches *row = &matches.items[at];
        line_add(lines, &(CheckPrograms){row->rule, row->wrong, row->what, row->first});
    }
    const CheckMeetingsRows meetings = check_meetings(scope->db, scope->now);
    for (size_t at = 0; at < meetings.count; at++) {
        const CheckMeetings *row = &meetings.items[at];
        line_add(lines, &(CheckPrograms){row->rule, row->wrong, row->what, row->first});
    }
    const CheckTextsRows texts = check_texts(scope->db);
    for (size_t at = 0; at < texts.count; at++) {
        const CheckTexts *row = &texts.items[at];
        line_add(lines, &(CheckPrograms){row->rule, row->wrong, row->what, row->first});
    }
    const CheckConsentsRows consents = check_consents(scope->db, scope->now);
    for (size_t at = 0; at < consents.count; at++) {
        const CheckConsents *row = &consents.items[at];
        line_add(lines, &(CheckPrograms){row->rule, row->wrong, row->what, row->first});
    }
    keys_add(lines, scope);
    lag_add(lines, scope);
    return (Strs){.items = lines->items, .count = lines->count};
}
