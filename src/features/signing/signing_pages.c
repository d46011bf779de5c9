/* SPDX-License-Identifier: Apache-2.0 */
/* The table of who signs: to be read by those who coordinate, kept by those who lead. */
#include "features/access/access.h"
#include "features/signing/signing_view.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "signing_html.h"
#include "texts.h"

static const char *const service_keys[] = {"peer", "mental", "substance", NULL};

static Str service_key(SigningService service) {
    return str_of(service_keys[service - 1]);
}

/* 0: there is none such. */
static SigningService service_of(Str key) {
    for (int at = 0; at < SIGNING_SERVICES; at++) {
        if (str_equal(key, str_of(service_keys[at]))) {
            return (SigningService)(at + 1);
        }
    }
    return (SigningService)0;
}

/* Addresses are in lower case, and "everywhere" stands there for the star. "": no such state. */
static Str state_of(const Scope *scope, Str key) {
    const Str lower = str_lower_ascii(scope->arena, key);
    const SigningStates states = signing_states(scope);
    for (size_t at = 0; at < states.count; at++) {
        if (str_equal(lower, str_lower_ascii(scope->arena, states.items[at].code))) {
            return states.items[at].code;
        }
    }
    return str_equal(lower, STR("everywhere")) ? SIGNING_EVERYWHERE : STR("");
}

static Str state_key(const Scope *scope, Str state) {
    return str_equal(state, SIGNING_EVERYWHERE) ? STR("everywhere") : str_lower_ascii(scope->arena, state);
}

static Str where_words(const Scope *scope, Str state, SigningService service) {
    const Words words = scope_words(scope);
    const Str place = str_equal(state, SIGNING_EVERYWHERE) ? text_str(scope->lang, TEXT_SIGNING_EVERYWHERE)
                                                           : signing_state_name(state);
    return text_signing_where(&words, place, text_str(scope->lang, signing_service_text(service)));
}

static SigningLine line_of(const Scope *scope, const SigningRule *rule) {
    return (SigningLine){.rule = *rule,
                         .where = where_words(scope, rule->state, rule->service),
                         .says = signing_rule_words(scope, rule),
                         .key = state_key(scope, rule->state),
                         .service = service_key(rule->service)};
}

static SigningLines lines_of(const Scope *scope, SigningRules rules) {
    SigningLine *items = NEW_MANY(scope->arena, rules.count, SigningLine);
    for (size_t at = 0; at < rules.count; at++) {
        items[at] = line_of(scope, &rules.items[at]);
    }
    return (SigningLines){.items = items, .count = rules.count};
}

static Options service_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, SIGNING_SERVICES, Option);
    for (int at = 0; at < SIGNING_SERVICES; at++) {
        items[at] = (Option){.value = str_of(service_keys[at]),
                             .label = text_str(scope->lang, signing_service_text((SigningService)(at + 1)))};
    }
    return (Options){.items = items, .count = SIGNING_SERVICES};
}

/* All states, after a first line that says something else. */
static Options state_options(const Scope *scope, Str first_value, Text first) {
    const SigningStates states = signing_states(scope);
    Option *items = NEW_MANY(scope->arena, states.count + 1, Option);
    items[0] = (Option){.value = first_value, .label = text_str(scope->lang, first)};
    for (size_t at = 0; at < states.count; at++) {
        items[at + 1] = (Option){.value = states.items[at].code, .label = states.items[at].name};
    }
    return (Options){.items = items, .count = states.count + 1};
}

/* ---- the table, and where the program works ---- */

enum { PLACE_STATE, PLACE_SERVICE, PLACE_WAS, PLACE_FIELDS };
static const Field place_fields[] = {
    [PLACE_STATE] = {.name = "state",
                     .kind = FIELD_LINE,
                     .is_required = true,
                     .most_characters = 2,
                     .missing = TEXT_SIGNING_STATE_MISSING},
    [PLACE_SERVICE] = {.name = "service",
                       .kind = FIELD_CHOICE,
                       .is_required = true,
                       .choices = service_keys,
                       .missing = TEXT_SIGNING_SERVICE_MISSING},
    [PLACE_WAS] = {.name = "was", .kind = FIELD_LINE, .most_characters = 40},
};

enum { ADD_STATE, ADD_SERVICE, ADD_FIELDS };
static const Field add_fields[] = {
    [ADD_STATE] = {.name = "rule-state", .kind = FIELD_LINE, .is_required = true, .most_characters = 10},
    [ADD_SERVICE] = {.name = "rule-service",
                     .kind = FIELD_CHOICE,
                     .is_required = true,
                     .choices = service_keys,
                     .missing = TEXT_SIGNING_SERVICE_MISSING},
};

/* What the place was when a form showed it. */
static Str place_was(const Scope *scope, SigningPlace place) {
    return str_print(scope->arena, "%.*s-%d", STR_ARGS(place.state), (int)place.service);
}

static bool page_begin(Scope *scope, Reply *reply, ProgramId program, Program *ret_program) {
    if (!program_find(scope, program, ret_program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    scope->zone = ret_program->zone;
    return true;
}

static void show_list(Scope *scope, Reply *reply, const Program *program, const Form *place_form,
                      const Form *add_form, bool is_stale) {
    const SigningPlace place = signing_place(scope, program->id);
    SigningListPage page = {
        .layout = layout_of(scope, reply, TEXT_SIGNING_TITLE),
        .program = *program,
        .place = place,
        .place_words = place.service == 0 ? STR("") : where_words(scope, place.state, place.service),
        .may_change = access_may(scope, ACCESS_SIGNING_CHANGE, program->id.value),
        .lines = lines_of(scope, signing_rules(scope, program->id)),
        .place_form = place_form,
        .add_form = add_form,
        .states = state_options(scope, STR(""), TEXT_SIGNING_STATE_CHOOSE),
        .states_or_all = state_options(scope, STR("everywhere"), TEXT_SIGNING_EVERYWHERE),
        .services = service_options(scope),
        .is_stale = is_stale,
        .was = place_was(scope, place),
    };
    SigningPlace here;
    const SigningRule rule = signing_rule_here(scope, program->id, &here, &page.is_strictest);
    page.follow = line_of(scope, &rule);
    SigningRule *strictest = NEW_MANY(scope->arena, SIGNING_SERVICES, SigningRule);
    for (int at = 0; at < SIGNING_SERVICES; at++) {
        strictest[at] = signing_strictest(scope, (SigningService)(at + 1));
    }
    page.strictest = lines_of(scope, (SigningRules){.items = strictest, .count = SIGNING_SERVICES});
    const bool is_fine = place_form->is_valid && add_form->is_valid;
    page.layout.has_error = !is_fine;
    signing_list_page(reply_html(reply, is_stale ? 409 : is_fine ? 200 : 422), &page);
}

static Form place_form_of(const Scope *scope, SigningPlace place) {
    Form form = form_empty(scope, place_fields, PLACE_FIELDS);
    form_set_str(&form, PLACE_STATE, place.state);
    if (place.service != 0) {
        form_set_str(&form, PLACE_SERVICE, service_key(place.service));
    }
    return form;
}

void signing_list_show(Get *get, ProgramId id) {
    Program program;
    if (page_begin(get->scope, get->reply, id, &program)) {
        Form place = place_form_of(get->scope, signing_place(get->scope, id));
        Form add = form_empty(get->scope, add_fields, ADD_FIELDS);
        show_list(get->scope, get->reply, &program, &place, &add, false);
    }
}

void signing_place_do(Post *post, ProgramId id) {
    Program program;
    if (!page_begin(post->scope, post->reply, id, &program)) {
        return;
    }
    Form form = form_read(post->scope, post->input, place_fields, PLACE_FIELDS);
    Form add = form_empty(post->scope, add_fields, ADD_FIELDS);
    if (form.is_valid && str_is_empty(signing_state_name(form_str(&form, PLACE_STATE)))) {
        form_error(&form, PLACE_STATE, TEXT_SIGNING_STATE_MISSING);
    }
    const Str now = place_was(post->scope, signing_place(post->scope, id));
    const bool is_stale = form.is_valid && !str_equal(form_str(&form, PLACE_WAS), now);
    if (!form.is_valid || is_stale) {
        show_list(post->scope, post->reply, &program, &form, &add, is_stale);
        return;
    }
    signing_set_place(post->scope, post->tx, id,
                      (SigningPlace){.state = form_str(&form, PLACE_STATE),
                                     .service = service_of(form_str(&form, PLACE_SERVICE))});
    reply_redirect_saying(post->reply, url_signing_list_show(post->scope->arena, id), TEXT_UI_SAVED);
}

/* Which rule is to be written: leads to its page. */
void signing_add_do(Post *post, ProgramId id) {
    Program program;
    if (!page_begin(post->scope, post->reply, id, &program)) {
        return;
    }
    Form form = form_read(post->scope, post->input, add_fields, ADD_FIELDS);
    if (form.is_valid && str_is_empty(state_of(post->scope, form_str(&form, ADD_STATE)))) {
        form_error(&form, ADD_STATE, TEXT_SIGNING_STATE_MISSING);
    }
    if (!form.is_valid) {
        Form place = place_form_of(post->scope, signing_place(post->scope, id));
        show_list(post->scope, post->reply, &program, &place, &form, false);
        return;
    }
    const Str state = state_of(post->scope, form_str(&form, ADD_STATE));
    reply_redirect(post->reply, url_signing_rule_show(post->scope->arena, id, state_key(post->scope, state),
                                                      form_str(&form, ADD_SERVICE)));
}

/* ---- one rule ---- */

static const char *const go_values[] = {"save", "retire", NULL};
enum { RULE_BOTH, RULE_ALONE, RULE_SEES, RULE_SOURCE, RULE_CHECKED, RULE_WAS, RULE_GO, RULE_FIELDS };
static const Field rule_fields[] = {
    [RULE_BOTH] = {.name = "both",
                   .kind = FIELD_NUMBER,
                   .is_required = true,
                   .most = SIGNING_AGE_MOST,
                   .missing = TEXT_SIGNING_AGE_MISSING},
    [RULE_ALONE] = {.name = "alone",
                    .kind = FIELD_NUMBER,
                    .is_required = true,
                    .most = SIGNING_AGE_MOST,
                    .missing = TEXT_SIGNING_AGE_MISSING},
    [RULE_SEES] = {.name = "sees", .kind = FIELD_SWITCH},
    [RULE_SOURCE] = {.name = "source",
                     .kind = FIELD_WORDS,
                     .is_required = true,
                     .most_characters = SIGNING_SOURCE_MOST,
                     .missing = TEXT_SIGNING_SOURCE_MISSING},
    [RULE_CHECKED] = {.name = "checked", .kind = FIELD_LINE, .most_characters = 10},
    [RULE_WAS] = {.name = "was", .kind = FIELD_ID},
    [RULE_GO] = {.name = "go", .kind = FIELD_CHOICE, .choices = go_values},
};

/* A day as people of the country write it, month first. */
static Str day_words(const Scope *scope, Date day) {
    return date_is_none(day) ? STR("") : str_print(scope->arena, "%d/%d/%d", day.month, day.day, day.year);
}

/* "3/14/2026". Empty is no day; false: not a day, or one that is still to come. */
static bool day_read(const Scope *scope, Str text, Date *ret_day) {
    *ret_day = (Date){0};
    Str month = STR_NONE;
    Str day = STR_NONE;
    Str year = STR_NONE;
    Str rest = STR_NONE;
    int64_t numbers[3] = {0};
    if (str_is_empty(text)) {
        return true;
    }
    if (!str_cut(text, '/', &month, &rest) || !str_cut(rest, '/', &day, &year) ||
        !str_to_int(month, 1, 12, &numbers[0]) || !str_to_int(day, 1, 31, &numbers[1]) ||
        !str_to_int(year, 1990, 9999, &numbers[2])) {
        return false;
    }
    const int64_t days = calendar_days(numbers[2], numbers[0], numbers[1]);
    const Date today = zone_date(scope->zone, scope->now);
    *ret_day = calendar_date(days);
    return ret_day->month == numbers[0] && days <= date_days(today);
}

static Form rule_form_of(const Scope *scope, const SigningRule *rule) {
    Form form = form_empty(scope, rule_fields, RULE_FIELDS);
    form_set_int(&form, RULE_BOTH, rule->both_from);
    form_set_int(&form, RULE_ALONE, rule->alone_from);
    form_set_on(&form, RULE_SEES, rule->parent_sees);
    form_set_str(&form, RULE_SOURCE, rule->source);
    form_set_str(&form, RULE_CHECKED, day_words(scope, rule->checked));
    return form;
}

/* Whose rule a page is about; false (and sorry is said) when the address names none. */
typedef struct RuleAt {
    Program program;
    Str state;
    SigningService service;
    SigningRule rule; /* what counts there now */
    bool is_strictest;
} RuleAt;

static bool rule_begin(Scope *scope, Reply *reply, ProgramId id, Str key, Str service, RuleAt *ret_at) {
    *ret_at = (RuleAt){.state = state_of(scope, key), .service = service_of(service)};
    if (str_is_empty(ret_at->state) || ret_at->service == 0) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    if (!page_begin(scope, reply, id, &ret_at->program)) {
        return false;
    }
    if (!signing_rule_own(scope, id, ret_at->state, ret_at->service, &ret_at->rule)) {
        ret_at->rule = signing_strictest(scope, ret_at->service);
        ret_at->is_strictest = true;
    }
    return true;
}

static void show_rule(Scope *scope, Reply *reply, const RuleAt *at, const Form *form, bool is_stale) {
    const SigningRules before = signing_rule_history(scope, at->program.id, at->state, at->service);
    SigningRulePage page = {
        .program = at->program,
        .where = where_words(scope, at->state, at->service),
        .key = state_key(scope, at->state),
        .service = service_key(at->service),
        .now = line_of(scope, &at->rule),
        .is_strictest = at->is_strictest,
        .is_own = at->rule.id.value != 0,
        .is_stale = is_stale,
        .before = lines_of(scope, before),
        .form = form,
    };
    page.layout = layout_titled(scope, reply, page.where);
    page.layout.has_error = !form->is_valid;
    signing_rule_page(reply_html(reply, is_stale ? 409 : form->is_valid ? 200 : 422), &page);
}

void signing_rule_show(Get *get, ProgramId id, Str state, Str service) {
    RuleAt at;
    if (rule_begin(get->scope, get->reply, id, state, service, &at)) {
        Form form = rule_form_of(get->scope, &at.rule);
        show_rule(get->scope, get->reply, &at, &form, false);
    }
}

/* What the fields alone cannot tell, beside what they did: all of it at once. */
static void check_rule(const Scope *scope, Form *form) {
    Date checked;
    if (!day_read(scope, form_str(form, RULE_CHECKED), &checked)) {
        form_error(form, RULE_CHECKED, TEXT_SIGNING_CHECKED_WRONG);
    }
    if (form->values[RULE_BOTH].error == TEXT_NONE && form->values[RULE_ALONE].error == TEXT_NONE &&
        form_int(form, RULE_ALONE, 0) < form_int(form, RULE_BOTH, 0)) {
        form_error(form, RULE_ALONE, TEXT_SIGNING_AGES_WRONG);
    }
}

/* Read and checked; what was typed is kept in every case. True: it is done; *ret_is_stale: somebody else was
 * quicker. */
static bool rule_keep(Post *post, const RuleAt *at, Form *form, bool *ret_is_stale) {
    SigningRule rule = {.state = at->state,
                        .service = at->service,
                        .both_from = form_int(form, RULE_BOTH, 0),
                        .alone_from = form_int(form, RULE_ALONE, 0),
                        .parent_sees = form_is_on(form, RULE_SEES),
                        .source = form_str(form, RULE_SOURCE)};
    (void)day_read(post->scope, form_str(form, RULE_CHECKED), &rule.checked);
    switch (signing_rule_set(post->scope, post->tx, at->program.id, &rule,
                             (SigningRuleId){form_id(form, RULE_WAS)})) {
    case SIGNING_DONE:
    case SIGNING_SAME:
        return true;
    case SIGNING_STALE:
        *ret_is_stale = true;
        return false;
    case SIGNING_AGES:
        form_error(form, RULE_ALONE, TEXT_SIGNING_AGES_WRONG);
        return false;
    case SIGNING_SOURCE:
        form_error(form, RULE_SOURCE, TEXT_SIGNING_SOURCE_MISSING);
        return false;
    }
    return false;
}

void signing_rule_do(Post *post, ProgramId id, Str state, Str service) {
    RuleAt at;
    if (!rule_begin(post->scope, post->reply, id, state, service, &at)) {
        return;
    }
    Form form = form_read(post->scope, post->input, rule_fields, RULE_FIELDS);
    bool is_done = false;
    bool is_stale = false;
    if (form_has(&form, RULE_GO, STR("retire"))) {
        /* Whoever takes a rule out does not have to mend what the form says about another one. */
        const SigningRuleId was = {form_id(&form, RULE_WAS)};
        is_stale = signing_rule_retire(post->scope, post->tx, id, at.state, at.service, was) == SIGNING_STALE;
        is_done = !is_stale;
        form = rule_form_of(post->scope, &at.rule);
    } else {
        check_rule(post->scope, &form);
        is_done = form.is_valid && rule_keep(post, &at, &form, &is_stale);
    }
    if (!is_done) {
        show_rule(post->scope, post->reply, &at, &form, is_stale);
        return;
    }
    reply_redirect_saying(post->reply, url_signing_list_show(post->scope->arena, id), TEXT_UI_SAVED);
}
