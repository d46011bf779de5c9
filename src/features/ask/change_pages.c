/* SPDX-License-Identifier: Apache-2.0 */
/* What a family hopes for, once more on one page: of a request that was made already. */
#include "ask_html.h"
#include "features/ask/ask_form_pages.h"
#include "features/ask/ask_view.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"

/* Those of ASK_WISHES first, as they are there; then the rest. */
static const Field *fields_new(Arena *arena) {
    static const Field more[CHANGE_FIELDS] = {
        [CHANGE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
        [CHANGE_RELATION] = {.name = "relation", .kind = FIELD_ID},
        [CHANGE_AGE] = {.name = "age", .kind = FIELD_ID},
        [CHANGE_EXPERIENCES] = {.name = "experience", .kind = FIELD_IDS},
        [CHANGE_FIRST] = {.name = "first", .kind = FIELD_ID},
        [CHANGE_LANGUAGES] = {.name = "language", .kind = FIELD_IDS},
        [CHANGE_TIMES] = {.name = "time", .kind = FIELD_IDS},
        [CHANGE_ANY] = {.name = "any", .kind = FIELD_SWITCH},
    };
    Field *fields = NEW_MANY(arena, CHANGE_FIELDS, Field);
    for (size_t at = 0; at < CHANGE_FIELDS; at++) {
        fields[at] = at < WISHES_GO ? ask_wishes_fields[at] : more[at];
    }
    return fields;
}

/* ---- what stands there, into the form ---- */

/* Those of one list. */
static ItemIds wished(const Scope *scope, RequestItems wishes, ListKind list) {
    ListItemId *items = NEW_MANY(scope->arena, wishes.count, ListItemId);
    size_t count = 0;
    for (size_t at = 0; at < wishes.count; at++) {
        if (wishes.items[at].list == list) {
            items[count++] = wishes.items[at].item;
        }
    }
    return (ItemIds){.items = items, .count = count};
}

static AskAnswers answers_of(const Scope *scope, const Request *request, const RequestSaid *said) {
    ListItemId *items = NEW_MANY(scope->arena, said->wishes.count, ListItemId);
    AskAnswers answers = {.program = request->program, .unlike = said->unlike};
    for (size_t at = 0; at < said->wishes.count; at++) {
        items[at] = said->wishes.items[at].item;
        answers.required |= said->wishes.items[at].is_required ? 1U << said->wishes.items[at].list : 0U;
    }
    answers.wishes = (ItemIds){.items = items, .count = said->wishes.count};
    return answers;
}

static Form form_of(const Scope *scope, const Request *request) {
    const RequestSaid said = request_said(scope, request);
    const AskAnswers answers = answers_of(scope, request, &said);
    Form form = form_empty(scope, fields_new(scope->arena), CHANGE_FIELDS);
    ask_form_set_wishes(scope, &form, &answers);
    ask_form_set_ids(scope, &form, CHANGE_EXPERIENCES, wished(scope, said.wishes, LIST_EXPERIENCE));
    ask_form_set_ids(scope, &form, CHANGE_LANGUAGES, wished(scope, said.wishes, LIST_LANGUAGE));
    ask_form_set_ids(scope, &form, CHANGE_TIMES, wished(scope, said.wishes, LIST_TIME));
    for (size_t at = 0; at < said.wishes.count; at++) {
        if (said.wishes.items[at].kind == REQUEST_WISH_FIRST) {
            form_set_id(&form, CHANGE_FIRST, said.wishes.items[at].item.value);
        }
    }
    if (said.relation.value != 0) {
        form_set_id(&form, CHANGE_RELATION, said.relation.value);
    }
    if (said.age.value != 0) {
        form_set_id(&form, CHANGE_AGE, said.age.value);
    }
    form_set_on(&form, CHANGE_ANY, said.has_no_preference);
    return form;
}

/* Which of those that stand there matters most is only a question when there are several, as in asking. */
static Options firsts_of(const Scope *scope, ItemIds experiences) {
    if (experiences.count < 2) {
        return (Options){0};
    }
    Option *options = NEW_MANY(scope->arena, experiences.count + 1, Option);
    for (size_t at = 0; at < experiences.count; at++) {
        options[at] = (Option){.value = ui_id_value(scope->arena, experiences.items[at].value),
                               .label = program_item_label(scope, experiences.items[at])};
    }
    options[experiences.count] =
        (Option){.value = STR(""), .label = text_str(scope->lang, TEXT_ASK_CHECK_FIRST_NONE)};
    return (Options){.items = options, .count = experiences.count + 1};
}

static void show_change(Scope *scope, Reply *reply, const Request *request, const Form *form, bool is_stale) {
    const ProgramId program = request->program;
    ChangePage page = {
        .layout = layout_of(scope, reply, TEXT_ASK_CHANGE_TITLE),
        .request = *request,
        .form = form,
        .is_stale = is_stale,
        .relations = ask_options(scope, program, LIST_RELATION, TEXT_ASK_RATHER_NOT),
        .ages = ask_options(scope, program, LIST_AGE, TEXT_ASK_RATHER_NOT),
        .experiences = ask_options(scope, program, LIST_EXPERIENCE, TEXT_NONE),
        .languages = ask_options(scope, program, LIST_LANGUAGE, TEXT_NONE),
        .times = ask_options(scope, program, LIST_TIME, TEXT_NONE),
        .wishes = ask_wish_lists(scope, program),
        .unlike = ask_unlike_options(scope, program),
    };
    page.firsts = firsts_of(scope, wished(scope, request_wishes(scope, request->id), LIST_EXPERIENCE));
    change_page(reply_html(reply, is_stale ? 409 : 200), &page);
}

/* Of support, and on its way: else there is nothing to wish any more. */
static bool find_open(const Scope *scope, Reply *reply, RequestId id, Request *ret_request) {
    if (!request_find(scope, id, ret_request)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    if (!request_may_change_wishes(ret_request)) {
        reply_sorry(reply, 409, TEXT_UI_CONFLICT);
        return false;
    }
    return true;
}

void wishes_show(Get *get, RequestId id) {
    Request request;
    if (find_open(get->scope, get->reply, id, &request)) {
        Form form = form_of(get->scope, &request);
        show_change(get->scope, get->reply, &request, &form, false);
    }
}

/* ---- what was sent ---- */

typedef struct Wished {
    ListItemId *items;
    size_t count;
} Wished;

static void add_all(Wished *wished_all, ItemIds ids) {
    for (size_t at = 0; at < ids.count; at++) {
        wished_all->items[wished_all->count++] = ids.items[at];
    }
}

/* What matters most counts only while it is wished. */
static RequestNew request_of(const Scope *scope, ProgramId program, const Form *form) {
    AskAnswers answers = {.program = program};
    ask_form_take_wishes(scope, form, &answers);
    const ItemIds experiences = ask_form_ids(scope, program, LIST_EXPERIENCE, form, CHANGE_EXPERIENCES);
    const ItemIds languages = ask_form_ids(scope, program, LIST_LANGUAGE, form, CHANGE_LANGUAGES);
    const ItemIds times = ask_form_ids(scope, program, LIST_TIME, form, CHANGE_TIMES);
    const ListItemId first = ask_form_id(scope, program, LIST_EXPERIENCE, form, CHANGE_FIRST);
    Wished all = {.items = NEW_MANY(scope->arena,
                                    experiences.count + languages.count + times.count + answers.wishes.count,
                                    ListItemId)};
    add_all(&all, experiences);
    add_all(&all, languages);
    add_all(&all, times);
    add_all(&all, answers.wishes);
    return (RequestNew){
        .relation = ask_form_id(scope, program, LIST_RELATION, form, CHANGE_RELATION),
        .age = ask_form_id(scope, program, LIST_AGE, form, CHANGE_AGE),
        .has_no_preference = form_is_on(form, CHANGE_ANY),
        .wishes = all.items,
        .wish_count = all.count,
        .first = first,
        .required = answers.required,
        .unlike = answers.unlike,
    };
}

void wishes_do(Post *post, RequestId id) {
    const Scope *scope = post->scope;
    Request request;
    if (!find_open(scope, post->reply, id, &request)) {
        return;
    }
    Form form = form_read(scope, post->input, fields_new(scope->arena), CHANGE_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const RequestNew wishes = request_of(scope, request.program, &form);
    const int64_t version = form_int(&form, CHANGE_VERSION, 0);
    switch (request_change_wishes(scope, post->tx, id, version, &wishes)) {
    case REQUEST_DONE:
        reply_redirect_saying(post->reply, url_request_show(scope->arena, id), TEXT_ASK_CHANGE_SAVED);
        return;
    case REQUEST_STALE:
        show_change(post->scope, post->reply, &request, &form, true);
        return;
    case REQUEST_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
