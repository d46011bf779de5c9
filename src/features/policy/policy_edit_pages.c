/* SPDX-License-Identifier: Apache-2.0 */
/* The page on which a draft is edited: a rule and three numbers for each side of a life, then the rest. */
#include "features/policy/policy_words_pages.h"
#include "matching/policy.h"
#include "policy_html.h"
#include "routes.h"
#include "texts.h"

static const char *const rule_words[] = {
    [RULE_FREE] = "free", [RULE_IF_SAID] = "if-said", [RULE_COMMON] = "common", [RULE_COMMON + 1] = NULL};
static const char *const method_words[] = {
    [METHOD_BEST_SUM] = "best-sum", [METHOD_NO_ENVY] = "no-envy", [METHOD_NO_ENVY + 1] = NULL};

#define NUMBER(word, from, to)                                                                               \
    { .name = word, .kind = FIELD_NUMBER, .is_required = true, .least = (from), .most = (to) }
#define FACET(word)                                                                                          \
    {.name = "rule-" word, .kind = FIELD_CHOICE, .is_required = true, .choices = rule_words},                \
        NUMBER("first-" word, 0, POLICY_POINTS_MOST), NUMBER("chosen-" word, 0, POLICY_POINTS_MOST),         \
        NUMBER("coded-" word, 0, POLICY_POINTS_MOST)

enum {
    PARTS = 4, /* fields of a facet */
    PART_RULE = 0,
    PART_FIRST = 1,
    PART_CHOSEN = 2,
    PART_CODED = 3,
    EDIT_NUMBERS = FACET_COUNT * PARTS,
    EDIT_FIT = EDIT_NUMBERS,
    EDIT_DAY,
    EDIT_URGENT,
    EDIT_KNOWN,
    EDIT_LISTED,
    EDIT_HOLD,
    EDIT_METHOD,
    EDIT_WHY,
    EDIT_VERSION,
    EDIT_FIELDS,
};
/* In the order of MatchingFacet. */
static const Field fields[EDIT_FIELDS] = {
    FACET("experience"),
    FACET("system"),
    FACET("role"),
    FACET("language"),
    FACET("relation"),
    FACET("age"),
    FACET("time"),
    FACET("channel"),
    FACET("region"),
    FACET("culture"),
    FACET("gender"),
    FACET("funding"),
    [EDIT_FIT] = NUMBER("fit", 1, POLICY_FIT_MOST),
    [EDIT_DAY] = NUMBER("day", 0, POLICY_POINTS_MOST),
    [EDIT_URGENT] = NUMBER("urgent", 0, POLICY_BONUS_MOST),
    [EDIT_KNOWN] = NUMBER("known", 0, POLICY_POINTS_MOST),
    [EDIT_LISTED] = NUMBER("listed", 0, POLICY_POINTS_MOST),
    [EDIT_HOLD] = NUMBER("hold", 1, POLICY_HOURS_MOST),
    [EDIT_METHOD] = {.name = "method", .kind = FIELD_CHOICE, .is_required = true, .choices = method_words},
    [EDIT_WHY] = {.name = "why", .kind = FIELD_WORDS, .most_characters = 1000},
    [EDIT_VERSION] =
        {.name = "version", .kind = FIELD_NUMBER, .is_required = true, .least = 1, .most = INT64_MAX},
};

/* What to say about a number that is none, or not in its range. */
static Text number_sorry(size_t field) {
    switch (field) {
    case EDIT_FIT:
        return TEXT_POLICY_SORRY_FIT;
    case EDIT_URGENT:
        return TEXT_POLICY_SORRY_BONUS;
    case EDIT_HOLD:
        return TEXT_POLICY_SORRY_HOURS;
    default:
        return TEXT_POLICY_SORRY_POINTS;
    }
}

static void say_numbers(Form *form) {
    for (size_t field = 0; field < EDIT_VERSION; field++) {
        if (fields[field].kind == FIELD_NUMBER && form->values[field].error != TEXT_NONE) {
            form->values[field].error = number_sorry(field);
        }
    }
}

/* ---- form and policy ---- */

static void fill(Form *form, const PolicyVersion *draft) {
    const MatchingPolicy *policy = &draft->policy;
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        const MatchingFacetPolicy *one = &policy->facets[facet];
        form_set_str(form, facet * PARTS + PART_RULE, str_of(rule_words[one->rule]));
        form_set_int(form, facet * PARTS + PART_FIRST, one->first);
        form_set_int(form, facet * PARTS + PART_CHOSEN, one->chosen);
        form_set_int(form, facet * PARTS + PART_CODED, one->coded);
    }
    form_set_int(form, EDIT_FIT, policy->fit);
    form_set_int(form, EDIT_DAY, policy->day);
    form_set_int(form, EDIT_URGENT, policy->urgent);
    form_set_int(form, EDIT_KNOWN, policy->known);
    form_set_int(form, EDIT_LISTED, policy->listed_penalty);
    form_set_int(form, EDIT_HOLD, policy->hold_hours);
    form_set_str(form, EDIT_METHOD, str_of(method_words[policy->method]));
    form_set_str(form, EDIT_WHY, draft->why);
    form_set_int(form, EDIT_VERSION, draft->version);
}

static MatchingFacetPolicy facet_of(const Form *form, size_t facet) {
    const size_t rule = facet * PARTS + PART_RULE;
    MatchingFacetPolicy policy = {
        .first = form_int(form, facet * PARTS + PART_FIRST, 0),
        .chosen = form_int(form, facet * PARTS + PART_CHOSEN, 0),
        .coded = form_int(form, facet * PARTS + PART_CODED, 0),
    };
    for (MatchingFacetRule one = RULE_FREE; one <= RULE_COMMON; one++) {
        policy.rule = form_has(form, rule, str_of(rule_words[one])) ? one : policy.rule;
    }
    return policy;
}

/* False: nothing has points, and everyone would be the same. */
static bool read_policy(const Form *form, MatchingPolicy *ret_policy) {
    bool scores = false;
    *ret_policy = (MatchingPolicy){
        .fit = form_int(form, EDIT_FIT, 1),
        .day = form_int(form, EDIT_DAY, 0),
        .urgent = form_int(form, EDIT_URGENT, 0),
        .known = form_int(form, EDIT_KNOWN, 0),
        .listed_penalty = form_int(form, EDIT_LISTED, 0),
        .hold_hours = form_int(form, EDIT_HOLD, 1),
        .method = form_has(form, EDIT_METHOD, str_of(method_words[METHOD_NO_ENVY])) ? METHOD_NO_ENVY
                                                                                    : METHOD_BEST_SUM,
    };
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        ret_policy->facets[facet] = facet_of(form, facet);
        const MatchingFacetPolicy *one = &ret_policy->facets[facet];
        scores = scores || one->first > 0 || one->chosen > 0 || one->coded > 0;
    }
    return scores;
}

/* ---- the page ---- */

static PolicyFacetFieldsRows facet_fields(const Scope *scope) {
    PolicyFacetFields *rows = NEW_MANY(scope->arena, FACET_COUNT, PolicyFacetFields);
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        rows[facet] = (PolicyFacetFields){.facet = policy_facet_text((MatchingFacet)facet),
                                          .rule = facet * PARTS + PART_RULE,
                                          .first = facet * PARTS + PART_FIRST,
                                          .chosen = facet * PARTS + PART_CHOSEN,
                                          .coded = facet * PARTS + PART_CODED};
    }
    return (PolicyFacetFieldsRows){.items = rows, .count = FACET_COUNT};
}

static Options rule_options(const Scope *scope) {
    Option *options = NEW_MANY(scope->arena, RULE_COMMON + 1, Option);
    for (MatchingFacetRule rule = RULE_FREE; rule <= RULE_COMMON; rule++) {
        options[rule] = (Option){.value = str_of(rule_words[rule]),
                                 .label = text_str(scope->lang, policy_rule_text(rule))};
    }
    return (Options){.items = options, .count = RULE_COMMON + 1};
}

static Options method_options(const Scope *scope) {
    Option *options = NEW_MANY(scope->arena, METHOD_NO_ENVY + 1, Option);
    for (MatchingMethod method = METHOD_BEST_SUM; method <= METHOD_NO_ENVY; method++) {
        options[method] = (Option){.value = str_of(method_words[method]),
                                   .label = text_str(scope->lang, policy_method_text(method))};
    }
    return (Options){.items = options, .count = METHOD_NO_ENVY + 1};
}

static void show_edit(Scope *scope, Reply *reply, const PolicyVersion *draft, const Form *form, Text sorry) {
    PolicyEditPage page = {
        .layout = layout_of(scope, reply, TEXT_POLICY_EDIT),
        .version = *draft,
        .sorry = sorry,
        .form = form,
        .facets = facet_fields(scope),
        .rules = rule_options(scope),
        .methods = method_options(scope),
        .numbers = EDIT_NUMBERS,
    };
    page.layout.has_error = !form->is_valid;
    int status = sorry == TEXT_NONE ? 200 : 409;
    policy_edit_page(reply_html(reply, form->is_valid ? status : 422), &page);
}

/* False, and sorry is said: there is no such draft. */
static bool find_draft(const Scope *scope, Reply *reply, PolicyId id, PolicyVersion *ret_draft) {
    if (!policy_find(scope, id, ret_draft)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    if (ret_draft->state != POLICY_DRAFT) {
        reply_sorry(reply, 409, TEXT_POLICY_SORRY_NO_DRAFT);
        return false;
    }
    return true;
}

void policy_edit_show(Get *get, PolicyId id) {
    PolicyVersion draft;
    if (find_draft(get->scope, get->reply, id, &draft)) {
        Form form = form_empty(get->scope, fields, EDIT_FIELDS);
        fill(&form, &draft);
        show_edit(get->scope, get->reply, &draft, &form, TEXT_NONE);
    }
}

void policy_edit_do(Post *post, PolicyId id) {
    PolicyVersion draft;
    if (!find_draft(post->scope, post->reply, id, &draft)) {
        return;
    }
    Form form = form_read(post->scope, post->input, fields, EDIT_FIELDS);
    say_numbers(&form);
    MatchingPolicy policy;
    if (!read_policy(&form, &policy) && form.is_valid) {
        form_error(&form, PART_FIRST, TEXT_POLICY_SORRY_NOTHING_SCORES);
    }
    if (!form.is_valid) {
        show_edit(post->scope, post->reply, &draft, &form, TEXT_NONE);
        return;
    }
    const int64_t version = form_int(&form, EDIT_VERSION, 0);
    if (policy_change(post->scope, post->tx, id, version, &policy, form_str(&form, EDIT_WHY)) !=
        POLICY_DONE) {
        form_set_int(&form, EDIT_VERSION, draft.version); /* seen now: what is typed here may follow it */
        show_edit(post->scope, post->reply, &draft, &form, TEXT_POLICY_SORRY_CHANGED);
        return;
    }
    reply_redirect_saying(post->reply, url_policy_show(post->scope->arena, id), TEXT_UI_SAVED);
}
