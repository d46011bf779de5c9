/* SPDX-License-Identifier: Apache-2.0 */
/* Question pages as tables of fields, and the way of answers in and out of them. */
#include "features/ask/ask_form_pages.h"

#include <assert.h>

const char *const ask_yes_no_values[] = {"yes", "no", NULL};
static const char *const ways[] = {"on", "back", NULL};
static const char *const ways_of_hopes[] = {"on", "back", "more", NULL};

static const Field need_fields[] = {
    [NEED_NEED] = {.name = "need", .kind = FIELD_WORDS, .most_characters = 4000},
    [NEED_TALK] = {.name = "talk", .kind = FIELD_SWITCH},
    [NEED_KEPT] = {.name = "kept", .kind = FIELD_SWITCH},
    [NEED_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [NEED_GO] = {.name = "go", .kind = FIELD_CHOICE, .choices = ways},
};
static const Field about_fields[] = {
    [ABOUT_RELATION] = {.name = "relation", .kind = FIELD_ID},
    [ABOUT_AGE] = {.name = "age", .kind = FIELD_ID},
    [ABOUT_GO] = {.name = "go", .kind = FIELD_CHOICE, .choices = ways},
};
static const Field hopes_fields[] = {
    [HOPES_EXPERIENCES] = {.name = "experience", .kind = FIELD_IDS},
    [HOPES_LANGUAGES] = {.name = "language", .kind = FIELD_IDS},
    [HOPES_MORE] = {.name = "more", .kind = FIELD_WORDS, .most_characters = 1000},
    [HOPES_ANY] = {.name = "any", .kind = FIELD_SWITCH},
    [HOPES_GO] = {.name = "go", .kind = FIELD_CHOICE, .choices = ways_of_hopes},
};
const Field ask_wishes_fields[WISHES_FIELDS] = {
    [WISHES_ROLE] = {.name = "role", .kind = FIELD_IDS},
    [WISHES_ROLE_MUST] = {.name = "only-role", .kind = FIELD_SWITCH},
    [WISHES_CHANNEL] = {.name = "channel", .kind = FIELD_IDS},
    [WISHES_CHANNEL_MUST] = {.name = "only-channel", .kind = FIELD_SWITCH},
    [WISHES_SYSTEM] = {.name = "system", .kind = FIELD_IDS},
    [WISHES_REGION] = {.name = "region", .kind = FIELD_IDS},
    [WISHES_CULTURE] = {.name = "culture", .kind = FIELD_IDS},
    [WISHES_CULTURE_MUST] = {.name = "only-culture", .kind = FIELD_SWITCH},
    [WISHES_GENDER] = {.name = "gender", .kind = FIELD_IDS},
    [WISHES_GENDER_MUST] = {.name = "only-gender", .kind = FIELD_SWITCH},
    [WISHES_UNLIKE] = {.name = "unlike", .kind = FIELD_SET, .choices = request_unlike_words},
    [WISHES_GO] = {.name = "go", .kind = FIELD_CHOICE, .choices = ways},
};
const AskWishSet ask_wish_sets[ASK_WISH_SETS] = {
    {LIST_ROLE, WISHES_ROLE, WISHES_ROLE_MUST, TEXT_ASK_WISHES_ROLE, TEXT_ASK_WISHES_ROLE_ONLY},
    {LIST_CHANNEL, WISHES_CHANNEL, WISHES_CHANNEL_MUST, TEXT_ASK_WISHES_CHANNEL,
     TEXT_ASK_WISHES_CHANNEL_ONLY},
    {LIST_SYSTEM, WISHES_SYSTEM, WISHES_SYSTEM, TEXT_ASK_WISHES_SYSTEM, TEXT_NONE},
    {LIST_REGION, WISHES_REGION, WISHES_REGION, TEXT_ASK_WISHES_REGION, TEXT_NONE},
    {LIST_CULTURE, WISHES_CULTURE, WISHES_CULTURE_MUST, TEXT_ASK_WISHES_CULTURE,
     TEXT_ASK_WISHES_CULTURE_ONLY},
    {LIST_GENDER, WISHES_GENDER, WISHES_GENDER_MUST, TEXT_ASK_WISHES_GENDER, TEXT_ASK_WISHES_GENDER_ONLY},
};
static const Field safe_fields[] = {
    [SAFE_VOICEMAIL] = {.name = "voicemail", .kind = FIELD_CHOICE, .choices = ask_yes_no_values},
    [SAFE_TEXT] = {.name = "text", .kind = FIELD_CHOICE, .choices = ask_yes_no_values},
    [SAFE_TIMES] = {.name = "time", .kind = FIELD_IDS},
    [SAFE_WHEN] = {.name = "when", .kind = FIELD_LINE, .most_characters = 300},
    [SAFE_GO] = {.name = "go", .kind = FIELD_CHOICE, .choices = ways},
};
static const Field reach_fields[] = {
    [REACH_CALLED] = {.name = "called",
                      .kind = FIELD_LINE,
                      .is_required = true,
                      .most_characters = 100,
                      .missing = TEXT_ASK_REACH_CALLED_MISSING,
                      .autocomplete = "nickname"},
    [REACH_REACH] = {.name = "reach",
                     .kind = FIELD_LINE,
                     .is_required = true,
                     .most_characters = 200,
                     .missing = TEXT_ASK_REACH_MISSING},
    [REACH_GO] = {.name = "go", .kind = FIELD_CHOICE, .choices = ways},
};

typedef struct FieldTable {
    const Field *fields;
    size_t count; /* the last one is the way to go */
} FieldTable;

static const FieldTable tables[] = {
    [ASK_NEED] = {need_fields, NEED_FIELDS},    [ASK_ABOUT] = {about_fields, ABOUT_FIELDS},
    [ASK_HOPES] = {hopes_fields, HOPES_FIELDS}, [ASK_SAFE] = {safe_fields, SAFE_FIELDS},
    [ASK_REACH] = {reach_fields, REACH_FIELDS}, [ASK_WISHES] = {ask_wishes_fields, WISHES_FIELDS},
};

/* ---- options ---- */

static Str id_token(Arena *arena, int64_t id) {
    Buf buf = buf_new(arena, ID_TOKEN_LENGTH);
    url_add_id(&buf, id);
    return buf_str(&buf);
}

Options ask_options(const Scope *scope, ProgramId program, ListKind list, Text none) {
    ListItems items = program_items(scope, program, list);
    Option *options = NEW_MANY(scope->arena, items.count + 1, Option);
    size_t count = 0;
    for (size_t at = 0; at < items.count; at++) {
        options[count++] = (Option){.value = id_token(scope->arena, items.items[at].id.value),
                                    .label = items.items[at].label};
    }
    if (none != TEXT_NONE) {
        options[count++] = (Option){.value = STR(""), .label = text_str(scope->lang, none)};
    }
    return (Options){.items = options, .count = count};
}

Options ask_unlike_options(const Scope *scope, ProgramId program) {
    Option *options = NEW_MANY(scope->arena, REQUEST_UNLIKES, Option);
    size_t count = 0;
    for (size_t at = 0; at < REQUEST_UNLIKES; at++) {
        const ListKind list = request_unlike_lists[at];
        if (program_items(scope, program, list).count > 0) {
            options[count++] = (Option){.value = str_of(request_unlike_words[at]),
                                        .label = text_str(scope->lang, request_unlike_text(list))};
        }
    }
    return (Options){.items = options, .count = count};
}

Options ask_yes_no(const Scope *scope) {
    Option *options = NEW_MANY(scope->arena, 2, Option);
    options[0] = (Option){.value = STR("yes"), .label = text_str(scope->lang, TEXT_UI_YES)};
    options[1] = (Option){.value = STR("no"), .label = text_str(scope->lang, TEXT_UI_NO)};
    return (Options){.items = options, .count = 2};
}

/* ---- answers into a form ---- */

void ask_form_set_ids(const Scope *scope, Form *form, size_t field, ItemIds ids) {
    Str *tokens = NEW_MANY(scope->arena, ids.count, Str);
    for (size_t at = 0; at < ids.count; at++) {
        tokens[at] = id_token(scope->arena, ids.items[at].value);
    }
    form_set_many(form, field, (Strs){.items = tokens, .count = ids.count});
}

static void set_safe(Form *form, size_t field, Safe safe) {
    switch (safe) {
    case SAFE_YES:
        form_set_str(form, field, STR("yes"));
        break;
    case SAFE_NO:
        form_set_str(form, field, STR("no"));
        break;
    case SAFE_NOT_SAID:
        break;
    }
}

/* Those of the ids that stand in this list. */
static ItemIds ids_in(const Scope *scope, ProgramId program, ListKind list, ItemIds ids) {
    ListItemId *items = NEW_MANY(scope->arena, ids.count, ListItemId);
    size_t count = 0;
    for (size_t at = 0; at < ids.count; at++) {
        if (program_has_item(scope, program, list, ids.items[at])) {
            items[count++] = ids.items[at];
        }
    }
    return (ItemIds){.items = items, .count = count};
}

void ask_form_set_wishes(const Scope *scope, Form *form, const AskAnswers *answers) {
    for (size_t at = 0; at < ASK_WISH_SETS; at++) {
        const AskWishSet *set = &ask_wish_sets[at];
        ask_form_set_ids(scope, form, set->field,
                         ids_in(scope, answers->program, set->list, answers->wishes));
        if (set->must != set->field) {
            form_set_on(form, set->must, (answers->required & 1U << set->list) != 0);
        }
    }
    Str *unlike = NEW_MANY(scope->arena, REQUEST_UNLIKES, Str);
    size_t count = 0;
    for (size_t at = 0; at < REQUEST_UNLIKES; at++) {
        if ((answers->unlike & 1U << request_unlike_lists[at]) != 0) {
            unlike[count++] = str_of(request_unlike_words[at]);
        }
    }
    form_set_many(form, WISHES_UNLIKE, (Strs){.items = unlike, .count = count});
}

/* Has this page questions? */
static bool is_question(AskStep step) {
    return step >= ASK_NEED && step <= ASK_WISHES && step != ASK_CHECK;
}

Form ask_form(const Scope *scope, AskStep step, const AskAnswers *answers) {
    assert(is_question(step));
    Form form = form_empty(scope, tables[step].fields, tables[step].count);
    switch (step) {
    case ASK_NEED:
        form_set_str(&form, NEED_NEED, answers->need);
        form_set_on(&form, NEED_TALK, answers->would_talk);
        form_set_on(&form, NEED_KEPT, answers->is_kept);
        form_set_on(&form, NEED_PART2, answers->is_part2);
        break;
    case ASK_ABOUT:
        if (answers->relation.value != 0) {
            form_set_id(&form, ABOUT_RELATION, answers->relation.value);
        }
        if (answers->age.value != 0) {
            form_set_id(&form, ABOUT_AGE, answers->age.value);
        }
        break;
    case ASK_HOPES:
        ask_form_set_ids(scope, &form, HOPES_EXPERIENCES, answers->experiences);
        ask_form_set_ids(scope, &form, HOPES_LANGUAGES, answers->languages);
        form_set_str(&form, HOPES_MORE, answers->hopes);
        form_set_on(&form, HOPES_ANY, answers->has_no_preference);
        break;
    case ASK_SAFE:
        set_safe(&form, SAFE_VOICEMAIL, answers->voicemail);
        set_safe(&form, SAFE_TEXT, answers->text);
        ask_form_set_ids(scope, &form, SAFE_TIMES, answers->times);
        form_set_str(&form, SAFE_WHEN, answers->when);
        break;
    case ASK_REACH:
        form_set_str(&form, REACH_CALLED, answers->called);
        form_set_str(&form, REACH_REACH, answers->reach);
        break;
    case ASK_WISHES:
        ask_form_set_wishes(scope, &form, answers);
        break;
    case ASK_CHECK:
        break;
    }
    return form;
}

/* ---- a form into answers ---- */

void ask_check_reach(Form *form, size_t field) {
    ContactPointKind kind;
    if (field_error(form, field) == TEXT_NONE && !ask_reach_kind(form_str(form, field), &kind)) {
        form_error(form, field, TEXT_ASK_REACH_WRONG);
    }
}

Form ask_form_read(const Scope *scope, AskStep step, const Input *input) {
    assert(is_question(step));
    Form form = form_read(scope, input, tables[step].fields, tables[step].count);
    if (step == ASK_NEED && str_is_empty(str_trim(form_str(&form, NEED_NEED))) &&
        !form_is_on(&form, NEED_TALK)) {
        form_error(&form, NEED_NEED, TEXT_ASK_NEED_MISSING);
    }
    if (step == ASK_REACH) {
        ask_check_reach(&form, REACH_REACH);
    }
    return form;
}

bool ask_form_goes_to_wishes(const Form *form) {
    return form_has(form, form->count - 1, STR("more"));
}

bool ask_form_goes_back(const Form *form) {
    return form_has(form, form->count - 1, STR("back"));
}

Safe ask_safe(const Form *form, size_t field) {
    if (form_has(form, field, STR("yes"))) {
        return SAFE_YES;
    }
    return form_has(form, field, STR("no")) ? SAFE_NO : SAFE_NOT_SAID;
}

ListItemId ask_form_id(const Scope *scope, ProgramId program, ListKind list, const Form *form, size_t field) {
    ListItemId item = {form_id(form, field)};
    return item.value != 0 && program_has_item(scope, program, list, item) ? item : (ListItemId){0};
}

ItemIds ask_form_ids(const Scope *scope, ProgramId program, ListKind list, const Form *form, size_t field) {
    const int64_t *ids = NULL;
    size_t sent = form_ids(form, field, &ids);
    ListItemId *items = NEW_MANY(scope->arena, sent, ListItemId);
    size_t count = 0;
    for (size_t at = 0; at < sent && count < 200; at++) {
        if (program_has_item(scope, program, list, (ListItemId){ids[at]})) {
            items[count++] = (ListItemId){ids[at]};
        }
    }
    return (ItemIds){.items = items, .count = count};
}

/* Back also keeps what is too long, as far as it fits. */
static Str take_str(const Form *form, size_t field) {
    return str_first_characters(form_str(form, field), form->fields[field].most_characters);
}

void ask_form_take_wishes(const Scope *scope, const Form *form, AskAnswers *answers) {
    ListItemId *items = NEW_MANY(scope->arena, (size_t)ASK_WISH_SETS * 200, ListItemId);
    size_t count = 0;
    answers->required = answers->unlike = 0;
    for (size_t at = 0; at < ASK_WISH_SETS; at++) {
        const AskWishSet *set = &ask_wish_sets[at];
        const ItemIds ids = ask_form_ids(scope, answers->program, set->list, form, set->field);
        for (size_t id = 0; id < ids.count; id++) {
            items[count++] = ids.items[id];
        }
        /* Nothing can be required of a list in which nothing is wished. */
        if (set->must != set->field && ids.count > 0 && form_is_on(form, set->must)) {
            answers->required |= 1U << set->list;
        }
    }
    for (size_t at = 0; at < REQUEST_UNLIKES; at++) {
        bool is_wished = form_has(form, WISHES_UNLIKE, str_of(request_unlike_words[at]));
        answers->unlike |= is_wished ? 1U << request_unlike_lists[at] : 0;
    }
    answers->wishes = (ItemIds){.items = items, .count = count};
}

void ask_form_take(const Scope *scope, AskStep step, const Form *form, AskAnswers *answers) {
    ProgramId program = answers->program;
    switch (step) {
    case ASK_NEED:
        answers->need = take_str(form, NEED_NEED);
        answers->would_talk = form_is_on(form, NEED_TALK);
        answers->is_kept = form_is_on(form, NEED_KEPT);
        answers->is_part2 = form_is_on(form, NEED_PART2);
        break;
    case ASK_ABOUT:
        answers->relation = ask_form_id(scope, program, LIST_RELATION, form, ABOUT_RELATION);
        answers->age = ask_form_id(scope, program, LIST_AGE, form, ABOUT_AGE);
        break;
    case ASK_HOPES:
        answers->experiences = ask_form_ids(scope, program, LIST_EXPERIENCE, form, HOPES_EXPERIENCES);
        answers->languages = ask_form_ids(scope, program, LIST_LANGUAGE, form, HOPES_LANGUAGES);
        answers->hopes = take_str(form, HOPES_MORE);
        answers->has_no_preference = form_is_on(form, HOPES_ANY);
        break;
    case ASK_SAFE:
        answers->voicemail = ask_safe(form, SAFE_VOICEMAIL);
        answers->text = ask_safe(form, SAFE_TEXT);
        answers->times = ask_form_ids(scope, program, LIST_TIME, form, SAFE_TIMES);
        answers->when = take_str(form, SAFE_WHEN);
        break;
    case ASK_REACH:
        answers->called = take_str(form, REACH_CALLED);
        answers->reach = take_str(form, REACH_REACH);
        break;
    case ASK_WISHES:
        ask_form_take_wishes(scope, form, answers);
        break;
    case ASK_CHECK:
        break;
    }
}
