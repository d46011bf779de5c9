/* SPDX-License-Identifier: Apache-2.0 */
/* Why these people, the plan for everyone, and what one more would be worth, as lines on standard output. */
#include "features/solve/solve_people.h"

#include "features/asked/asked.h"
#include "features/audit/audit.h"
#include "features/consent/consent.h"
#include "features/policy/policy_version.h"
#include "features/round/round_recruit.h"
#include "features/round/round_table.h"
#include "features/shortlist/shortlist.h"
#include "features/solve/solve_files.h"
#include "matching/policy.h"
#include "platform/again.h"
#include "platform/url.h"
#include "texts.h"

#include <inttypes.h>

enum { STATUS_NOTHING = 1, LINE_MOST = 64 * 1024 };

/* What one command has open. */
typedef struct Desk {
    Scope *scope;
    const MatchOrder *order;
    Words words;
    SolveFile *out;
} Desk;

/* ---- lines ---- */

/* Names and words of lists are people's own: none of them moves the cursor. */
static void tell(const Desk *desk, Str line) {
    Buf said = buf_new(desk->scope->arena, LINE_MOST);
    for (size_t at = 0; at < line.length; at++) {
        const unsigned char byte = (unsigned char)line.at[at];
        buf_add_char(&said, byte < 0x20 || byte == 0x7f ? ' ' : line.at[at]);
    }
    buf_add_char(&said, '\n');
    const RecordsSink *sink = solve_file_sink(desk->out);
    sink->write(sink->context, buf_str(&said));
}

static void tell_text(const Desk *desk, Text text) {
    tell(desk, text_str(desk->words.lang, text));
}

/* The seed as it is typed: without commas. */
static void tell_made(const Desk *desk, Str policy, uint64_t seed) {
    const Str number = str_print(desk->scope->arena, "%" PRIu64, seed);
    tell(desk, text_solve_made(&desk->words, policy, number));
}

static int nothing(const Desk *desk, Text why) {
    const Str sentence = text_str(desk->words.lang, why);
    (void)solve_say("%.*s", STR_ARGS(sentence));
    return STATUS_NOTHING;
}

/* What was printed has left, or this fails. */
static int told(const Desk *desk) {
    solve_file_close(desk->out);
    return 0;
}

static Str called_of(const Desk *desk, OfferId id) {
    Offer offer;
    return offer_find(desk->scope, id, &offer) ? offer.called : STR("");
}

static Str token_of(const Desk *desk, RequestId id) {
    Buf token = buf_new(desk->scope->arena, LINE_MOST);
    url_add_id(&token, id.value);
    return buf_str(&token);
}

/* ---- explain ---- */

/* `scope_words`: under which consent the family's items are read here. */
static void tell_choice(const Desk *desk, size_t place, const MatchingChoice *choice, Str scope_words) {
    const Words *words = &desk->words;
    tell(desk, STR(""));
    tell(desk, text_solve_person(words, (int64_t)place + 1, called_of(desk, (OfferId){choice->offer}),
                                 choice->score));
    for (size_t at = 0; at < choice->reason_count; at++) {
        const MatchingReason *reason = &choice->reasons[at];
        const Str label =
            part2_open_noted(words, scope_words, program_item_words(desk->scope, (ListItemId){reason->item}));
        const Str why = shortlist_reason_words(desk->scope, reason->kind, label, false);
        tell(desk, reason->points < 0 ? text_solve_reason_against(words, why, reason->points)
                                      : text_solve_reason(words, why, reason->points));
    }
    tell(desk, text_solve_order(words, choice->price, choice->penalty));
}

static void tell_rules(const Desk *desk, const MatchingResult *result) {
    tell(desk, STR(""));
    tell_text(desk, TEXT_SOLVE_RULES);
    for (int rule = 0; rule < MATCHING_RULE_COUNT; rule++) {
        if (result->removed[rule] > 0) {
            const Str name = text_str(desk->words.lang, shortlist_rule_text((MatchingRule)rule));
            tell(desk, text_solve_rule(&desk->words, name, (int64_t)result->removed[rule],
                                       (int64_t)result->opens[rule]));
        }
    }
}

static bool says_anything_in(const MatchingRequest *asked, MatchingFacet facet) {
    for (size_t at = 0; at < asked->wishes.count; at++) {
        if (asked->wishes.items[at].facet == facet) {
            return true;
        }
    }
    return false;
}

/* The facets by the names that the text of a policy has for them. */
static void tell_not_used(const Desk *desk, const Request *request) {
    const MatchingRequest asked = asked_of(desk->scope, request);
    Buf facets = buf_new(desk->scope->arena, LINE_MOST);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        if (!says_anything_in(&asked, (MatchingFacet)facet)) {
            buf_add(&facets, facets.length > 0 ? STR(", ") : STR(""));
            buf_add(&facets, policy_facet_word((MatchingFacet)facet));
        }
    }
    tell(desk, STR(""));
    if (facets.length > 0) {
        tell(desk, text_solve_unsaid(&desk->words, buf_str(&facets)));
    }
    tell_text(desk, TEXT_ROUND_NOT_USED);
}

static size_t kept_off(const MatchingResult *result) {
    size_t sum = 0;
    for (int rule = 0; rule < MATCHING_RULE_COUNT; rule++) {
        sum += result->removed[rule];
    }
    return sum;
}

static int explain_do(Desk *desk) {
    const Strs words = desk->order->words;
    RequestId id;
    Request request;
    if (words.count != 2 || !url_read_id(words.items[1], &id.value)) {
        return solve_say("explain wants one request, the 13 letters and digits that stand in its address");
    }
    if (!str_is_none(desk->order->program)) {
        return solve_say("a request has its program; leave --program out");
    }
    if (!request_find(desk->scope, id, &request)) {
        (void)solve_say("there is no request %.*s", STR_ARGS(words.items[1]));
        return STATUS_NOTHING;
    }
    if (request.kind != REQUEST_SUPPORT) {
        return nothing(desk, TEXT_SOLVE_NO_SUPPORT);
    }
    /* The operator's terminal sees no more of a family than those who coordinate. */
    if (!consent_shares(desk->scope, id, (PersonId){0}, CONSENT_WORDS)) {
        return nothing(desk, TEXT_SOLVE_NOT_SHARED);
    }
    uint64_t seed = 0;
    const MatchingResult result = shortlist_explain(desk->scope, &request, &seed);
    if (result.fitting + kept_off(&result) == 0) {
        return nothing(desk, TEXT_SOLVE_NO_POOL);
    }
    tell_made(desk, policy_of(desk->scope, request.program)->name, seed);
    tell(desk, result.fitting == 0 ? text_str(desk->words.lang, TEXT_SOLVE_NOBODY_FITS)
                                   : text_solve_fitting(&desk->words, (int64_t)result.fitting));
    const Str scope_words = consent_scope_words(desk->scope, id, (PersonId){0});
    for (size_t at = 0; at < result.count; at++) {
        tell_choice(desk, at, &result.choices[at], scope_words);
    }
    tell_rules(desk, &result);
    tell_not_used(desk, &request);
    return told(desk);
}

/* ---- of a whole program ---- */

/* The one that was named, or the only one there is. 0, or the exit status. */
static int find_program(const Desk *desk, Program *ret_program) {
    const Str name = desk->order->program;
    const Programs programs = program_list(desk->scope);
    if (programs.count == 0) {
        return nothing(desk, TEXT_SOLVE_NO_PROGRAM);
    }
    if (str_is_none(name) && programs.count == 1) {
        *ret_program = programs.items[0];
        return 0;
    }
    if (!str_is_none(name) && program_find_by_slug(desk->scope, name, ret_program)) {
        return 0;
    }
    Buf known = buf_new(desk->scope->arena, LINE_MOST);
    for (size_t at = 0; at < programs.count; at++) {
        buf_add(&known, at > 0 ? STR(", ") : STR(""));
        buf_add(&known, programs.items[at].slug);
    }
    const Str slugs = buf_str(&known);
    if (str_is_none(name)) {
        return solve_say("say --program and one of these: %.*s", STR_ARGS(slugs));
    }
    (void)solve_say("there is no program \"%.*s\"; there is: %.*s", STR_ARGS(name), STR_ARGS(slugs));
    return STATUS_NOTHING;
}

/* ---- plan ---- */

/* Told in whole points, rounded down; whether both are the same is said of the exact numbers. */
static void tell_worth(const Desk *desk, const Plan *plan) {
    tell(desk, text_solve_objective(&desk->words, plan->objective >> plan->lot_bits));
    tell(desk, text_solve_bound(&desk->words, plan->bound >> plan->lot_bits));
    if (!plan->is_proved) {
        tell_text(desk, TEXT_SOLVE_UNPROVED);
    } else if (plan->objective == plan->bound) {
        tell_text(desk, TEXT_ROUND_PROVED);
    } else {
        tell_text(desk, TEXT_SOLVE_PROVED_BOUND);
    }
}

static void tell_proposals(const Desk *desk, const Plan *plan, const RoundTable *table) {
    const Str nobody = text_str(desk->words.lang, TEXT_ROUND_NOBODY);
    for (size_t at = 0; at < table->count; at++) {
        const PlanFamily *family = &plan->families[at];
        const Str token = token_of(desk, table->requests[at]);
        tell(desk, family->offer == 0
                       ? text_solve_proposal_nobody(&desk->words, token, nobody)
                       : text_solve_proposal(&desk->words, token, called_of(desk, (OfferId){family->offer}),
                                             family->score));
    }
}

static int plan_do(Desk *desk) {
    int64_t seed = 1;
    Program program;
    if (desk->order->words.count != 1) {
        return solve_say("plan takes no file and no request");
    }
    if (!str_is_none(desk->order->seed) && !str_to_int(desk->order->seed, 0, ROUND_SEEDS - 1, &seed)) {
        return solve_say("--seed wants a number from 0 to %d here, not \"%.*s\"", ROUND_SEEDS - 1,
                         STR_ARGS(desk->order->seed));
    }
    const int status = find_program(desk, &program);
    if (status != 0) {
        return status;
    }
    const RoundTable table = round_table_now(desk->scope, program.id, (uint16_t)seed);
    if (table.count == 0) {
        return nothing(desk, TEXT_ROUND_NOBODY_WAITS);
    }
    if (table.offer_count == 0) {
        return nothing(desk, TEXT_SOLVE_NO_POOL);
    }
    const Plan plan = round_table_plan(&table);
    const size_t envious = plan_count_envious(table.arena, &plan);
    tell_made(desk, table.policy->name, (uint64_t)seed);
    tell(desk, text_round_placed(&desk->words, (int64_t)plan.matched, (int64_t)table.count));
    tell_worth(desk, &plan);
    tell(desk, envious == 0 ? text_str(desk->words.lang, TEXT_ROUND_ENVY_NONE)
                            : text_round_envy(&desk->words, (int64_t)envious));
    tell(desk, STR(""));
    tell_proposals(desk, &plan, &table);
    return told(desk);
}

/* ---- recruit ---- */

static void tell_rows(const Desk *desk, Text title, RecruitRows rows) {
    tell(desk, STR(""));
    tell_text(desk, title);
    if (rows.count == 0) {
        tell_text(desk, TEXT_ROUND_RECRUIT_NOTHING);
    }
    for (size_t at = 0; at < rows.count; at++) {
        const RecruitRow *row = &rows.items[at];
        Buf what = buf_new(desk->scope->arena, LINE_MOST);
        if (!offer_id_is_none(row->offer)) {
            buf_add(&what, called_of(desk, row->offer));
            buf_add(&what, row->item_count > 0 ? STR(": ") : STR(""));
        }
        for (size_t item = 0; item < row->item_count; item++) {
            buf_add(&what, item > 0 ? STR("; ") : STR(""));
            buf_add(&what, program_item_label(desk->scope, row->items[item]));
        }
        tell(desk,
             text_solve_recruit(&desk->words, (int64_t)at + 1, buf_str(&what), row->points, row->families));
    }
}

static int recruit_do(Desk *desk) {
    Program program;
    if (desk->order->words.count != 1) {
        return solve_say("recruit takes no file and no request");
    }
    const int status = find_program(desk, &program);
    if (status != 0) {
        return status;
    }
    const Recruit recruit = round_recruit(desk->scope, program.id);
    if (recruit.waiting == 0) {
        return nothing(desk, TEXT_ROUND_NOBODY_WAITS);
    }
    tell(desk, text_round_recruit_lead(&desk->words, recruit.waiting, recruit.nobody));
    tell_text(desk, TEXT_ROUND_RECRUIT_HOW);
    tell_rows(desk, TEXT_ROUND_RECRUIT_PEOPLE, recruit.people);
    tell_rows(desk, TEXT_ROUND_RECRUIT_LESSONS, recruit.lessons);
    tell_rows(desk, TEXT_ROUND_RECRUIT_PLACES, recruit.places);
    tell(desk, STR(""));
    tell_text(desk, TEXT_ROUND_RECRUIT_ASK);
    return told(desk);
}

/* ---- which ---- */

typedef struct Verb {
    const char *name;
    const char *action; /* as the audit keeps it */
    int (*run)(Desk *desk);
} Verb;

static const Verb verbs[] = {{"explain", "match_explain", explain_do},
                             {"plan", "match_plan", plan_do},
                             {"recruit", "match_recruit", recruit_do}};

typedef struct Reading {
    const MatchOrder *order;
    const Verb *verb;
} Reading;

/* Whoever runs the computer is about to read people's records: that stands in the audit before a line is
 * printed. */
static void record(Scope *scope, Tx *tx, void *context) {
    const Reading *reading = context;
    const MatchOrder *order = reading->order;
    AuditEntry entry = {
        .action = str_of(reading->verb->action), .kind = OBJECT_PROGRAM, .outcome = AUDIT_READ};
    AccessSubjects subjects = {0};
    Program program;
    if (order->words.count == 2 && url_read_id(order->words.items[1], &entry.object)) {
        entry.kind = OBJECT_REQUEST;
        subjects = access_subjects(scope, OBJECT_REQUEST, entry.object);
    } else if (!str_is_none(order->program) && program_find_by_slug(scope, order->program, &program)) {
        entry.object = program.id.value;
        subjects.program = program.id;
    }
    audit_add_about(scope, tx, &entry, &subjects);
}

int solve_people_command(Scope *scope, const MatchOrder *order) {
    for (size_t at = 0; order->words.count > 0 && at < sizeof verbs / sizeof verbs[0]; at++) {
        if (str_equal(order->words.items[0], str_of(verbs[at].name))) {
            Desk desk = {.scope = scope,
                         .order = order,
                         .words = scope_words(scope),
                         .out = solve_file_standard(scope->arena)};
            again_write(scope, record, &(Reading){.order = order, .verb = &verbs[at]});
            db_begin_read(scope->db); /* all of it is one moment */
            const int status = verbs[at].run(&desk);
            db_end_read(scope->db);
            return status;
        }
    }
    return solve_say(
        "with --data say explain REQUEST, plan or recruit; solve, check and generate take files");
}
