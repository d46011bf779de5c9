/* SPDX-License-Identifier: Apache-2.0 */
/* Asks every rule. They stand in check.sql, with their names and sentences. */
#include "features/check/check.h"

#include "check_sql.h"

enum { LINES_MOST = 100 };

typedef struct Lines {
    Arena *arena;
    Str items[LINES_MOST];
    size_t count;
} Lines;

static void line_add(Lines *lines, Str rule, int64_t wrong, Str what) {
    if (wrong > 0 && lines->count < LINES_MOST) {
        lines->items[lines->count++] =
            str_print(lines->arena, "%.*s: %lld %.*s", STR_ARGS(rule), (long long)wrong, STR_ARGS(what));
    }
}

Strs check_rules_broken(const Scope *scope) {
    Lines *lines = NEW(scope->arena, Lines);
    lines->arena = scope->arena;
    const CheckProgramsRows programs = check_programs(scope->db, scope->now);
    for (size_t at = 0; at < programs.count; at++) {
        line_add(lines, programs.items[at].rule, programs.items[at].wrong, programs.items[at].what);
    }
    const CheckRequestsRows requests = check_requests(scope->db);
    for (size_t at = 0; at < requests.count; at++) {
        line_add(lines, requests.items[at].rule, requests.items[at].wrong, requests.items[at].what);
    }
    const CheckOffersRows offers = check_offers(scope->db);
    for (size_t at = 0; at < offers.count; at++) {
        line_add(lines, offers.items[at].rule, offers.items[at].wrong, offers.items[at].what);
    }
    const CheckMatchesRows matches = check_matches(scope->db);
    for (size_t at = 0; at < matches.count; at++) {
        line_add(lines, matches.items[at].rule, matches.items[at].wrong, matches.items[at].what);
    }
    return (Strs){.items = lines->items, .count = lines->count};
}
