/* SPDX-License-Identifier: Apache-2.0 */
/* A request as its owner sees it, and as its coordinator works on it. */
#include "features/request/request.h"
#include "features/request/request_view.h"
#include "platform/http/page.h"
#include "request_html.h"
#include "request_sql.h"
#include "routes.h"
#include "texts.h"
#include "ui/ui.h"

enum { ANSWER_WORDS, ANSWER_FIELDS };
static const Field answer_fields[] = {
    [ANSWER_WORDS] = {.name = "words",
                      .kind = FIELD_WORDS,
                      .is_required = true,
                      .missing = TEXT_REQUEST_ANSWER_MISSING},
};

enum { NOTE_KIND, NOTE_WORDS, NOTE_FIELDS };
static const char *const note_kinds[] = {"reached", "not-reached", "line", NULL};
static const Field note_fields[] = {
    [NOTE_KIND] = {.name = "kind",
                   .kind = FIELD_CHOICE,
                   .is_required = true,
                   .choices = note_kinds,
                   .missing = TEXT_REQUEST_NOTE_KIND_MISSING},
    [NOTE_WORDS] = {.name = "words", .kind = FIELD_WORDS},
};

enum { TAKE_VERSION, TAKE_FIELDS };
static const Field take_fields[] = {
    [TAKE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
};

enum { CODE_VERSION, CODE_EXPERIENCE, CODE_LANGUAGE, CODE_RELATION, CODE_AGE, CODE_TIME, CODE_FIELDS };
static const Field code_fields[] = {
    [CODE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
    [CODE_EXPERIENCE] = {.name = "experience", .kind = FIELD_IDS},
    [CODE_LANGUAGE] = {.name = "language", .kind = FIELD_IDS},
    [CODE_RELATION] = {.name = "relation", .kind = FIELD_IDS},
    [CODE_AGE] = {.name = "age", .kind = FIELD_IDS},
    [CODE_TIME] = {.name = "time", .kind = FIELD_IDS},
};
static const size_t code_field_of[LIST_COUNT] = {
    [LIST_EXPERIENCE] = CODE_EXPERIENCE,
    [LIST_LANGUAGE] = CODE_LANGUAGE,
    [LIST_RELATION] = CODE_RELATION,
    [LIST_AGE] = CODE_AGE,
    [LIST_TIME] = CODE_TIME,
};

/* ---- what both views show ---- */

Options request_options(const Scope *scope, ProgramId program, ListKind list) {
    ListItems rows = program_items(scope, program, list);
    Option *items = NEW_MANY(scope->arena, rows.count, Option);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (Option){.value = ui_id_value(scope->arena, rows.items[at].id.value),
                             .label = rows.items[at].label};
    }
    return (Options){.items = items, .count = rows.count};
}

static Text note_title(RequestNoteKind kind) {
    switch (kind) {
    case REQUEST_NOTE_REACHED:
        return TEXT_REQUEST_NOTE_REACHED;
    case REQUEST_NOTE_NOT_REACHED:
        return TEXT_REQUEST_NOTE_NOT_REACHED;
    case REQUEST_NOTE_LINE:
        return TEXT_REQUEST_NOTE_LINE;
    case REQUEST_NOTE_ANSWER:
        return TEXT_REQUEST_NOTE_ANSWER;
    case REQUEST_NOTE_TOLD:
        return TEXT_REQUEST_NOTE_TOLD;
    case REQUEST_NOTE_NONE:
        return TEXT_REQUEST_NOTE_NONE;
    case REQUEST_NOTE_SAID_NO:
        return TEXT_REQUEST_NOTE_SAID_NO;
    case REQUEST_NOTE_TAKEN:
        return TEXT_REQUEST_NOTE_TAKEN;
    case REQUEST_NOTE_ANOTHER:
        return TEXT_REQUEST_NOTE_ANOTHER;
    case REQUEST_NOTE_STOPPED:
        return TEXT_REQUEST_NOTE_STOPPED;
    }
    return TEXT_REQUEST_NOTE_LINE;
}

static RequestLines lines_of(const Scope *scope, const Request *request) {
    RequestNoteListRows rows = request_note_list(scope->db, request->id);
    RequestLine *items = NEW_MANY(scope->arena, rows.count, RequestLine);
    for (size_t at = 0; at < rows.count; at++) {
        const RequestNoteList *row = &rows.items[at];
        items[at] = (RequestLine){
            .title = note_title((RequestNoteKind)row->kind),
            .by = row->by_called,
            .at = row->at,
            .words = row->words,
            .is_own = person_id_equal(row->by_person, request->person),
        };
    }
    return (RequestLines){.items = items, .count = rows.count};
}

static RequestCodeds codes_of(const Scope *scope, RequestId id) {
    RequestCodeListRows rows = request_code_list(scope->db, id);
    RequestCoded *items = NEW_MANY(scope->arena, rows.count, RequestCoded);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (RequestCoded){.words = program_item_label(scope, rows.items[at].item),
                                   .by = rows.items[at].by_called,
                                   .at = rows.items[at].at};
    }
    return (RequestCodeds){.items = items, .count = rows.count};
}

static Strs wishes_of(const Scope *scope, RequestId id) {
    RequestItems rows = request_wishes(scope, id);
    Str *items = NEW_MANY(scope->arena, rows.count, Str);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = program_item_label(scope, rows.items[at].item);
    }
    return (Strs){.items = items, .count = rows.count};
}

static RequestReaches reaches_of(const Scope *scope, PersonId person) {
    RequestContactListRows rows = request_contact_list(scope->db, person);
    RequestReach *items = NEW_MANY(scope->arena, rows.count, RequestReach);
    for (size_t at = 0; at < rows.count; at++) {
        const RequestContactList *row = &rows.items[at];
        bool is_phone = row->kind == CONTACT_POINT_PHONE;
        items[at] = (RequestReach){
            .is_phone = is_phone,
            .value = row->value,
            .voicemail = (Safe)row->may_voicemail,
            .text = (Safe)row->may_text,
            .safe_times = row->safe_times,
            .link = is_phone ? url_tel(scope->arena, row->value) : url_mailto(scope->arena, row->value),
            .text_link = url_sms(scope->arena, row->value),
        };
    }
    return (RequestReaches){.items = items, .count = rows.count};
}

static RequestPage page_of(const Scope *scope, const Request *request, const Form *form) {
    return (RequestPage){
        .request = *request,
        .next = request_next_words(scope, request),
        .relation = program_item_label(scope, request->relation),
        .age = program_item_label(scope, request->age),
        .wishes = wishes_of(scope, request->id),
        .codes = codes_of(scope, request->id),
        .lines = lines_of(scope, request),
        .origin = origin_of_request(scope, request->id),
        .form = form,
        .matches = request_current_match(scope->db, request->id),
        .earlier = request_ended_matches(scope->db, request->id),
    };
}

/* What a change by someone else looks like; the caller has written nothing. */
static void reply_result(Post *post, RequestResult result, Url url, Text done) {
    switch (result) {
    case REQUEST_DONE:
        reply_redirect_saying(post->reply, url, done);
        return;
    case REQUEST_ELSEWHERE:
    case REQUEST_STALE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

/* ---- the owner's view ---- */

static void show_own(Scope *scope, Reply *reply, const Request *request, const Form *form) {
    RequestPage page = page_of(scope, request, form);
    page.layout = layout_of(scope, reply, TEXT_REQUEST_TITLE);
    page.layout.has_error = !form->is_valid;
    request_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

/* One address for everyone: a coordinator who opens it is led to the page where the work is done. */
void request_show(Get *get, RequestId id) {
    Request request;
    if (!request_find(get->scope, id, &request)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!person_id_equal(request.person, get->scope->actor)) {
        reply_redirect(get->reply, url_request_work_show(get->scope->arena, id));
        return;
    }
    Form form = form_empty(get->scope, answer_fields, ANSWER_FIELDS);
    show_own(get->scope, get->reply, &request, &form);
}

void request_answer_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, answer_fields, ANSWER_FIELDS);
    Request request;
    if (!request_find(post->scope, id, &request)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!form.is_valid) {
        show_own(post->scope, post->reply, &request, &form);
        return;
    }
    request_note(post->scope, post->tx, id, REQUEST_NOTE_ANSWER, form_str(&form, ANSWER_WORDS));
    reply_redirect_saying(post->reply, url_request_show(post->scope->arena, id), TEXT_REQUEST_ANSWERED);
}

void request_pause_do(Post *post, RequestId id) {
    reply_result(post, request_pause(post->scope, post->tx, id), url_request_show(post->scope->arena, id),
                 TEXT_REQUEST_PAUSED);
}

void request_withdraw_do(Post *post, RequestId id) {
    reply_result(post, request_withdraw(post->scope, post->tx, id), url_request_show(post->scope->arena, id),
                 TEXT_REQUEST_WITHDRAWN);
}

void request_reopen_do(Post *post, RequestId id) {
    reply_result(post, request_reopen(post->scope, post->tx, id), url_request_show(post->scope->arena, id),
                 TEXT_REQUEST_REOPENED);
}

/* ---- the coordinator's view ---- */

static Options note_options(const Scope *scope) {
    const Text labels[] = {TEXT_REQUEST_NOTE_REACHED, TEXT_REQUEST_NOTE_NOT_REACHED, TEXT_REQUEST_NOTE_LINE};
    Option *items = NEW_MANY(scope->arena, 3, Option);
    for (size_t at = 0; at < 3; at++) {
        items[at] = (Option){.value = str_of(note_kinds[at]), .label = text_str(scope->lang, labels[at])};
    }
    return (Options){.items = items, .count = 3};
}

static void show_work(Scope *scope, Reply *reply, const Request *request, const Form *form) {
    RequestPage page = page_of(scope, request, form);
    page.layout = layout_titled(scope, reply, request->called);
    page.layout.has_error = !form->is_valid;
    page.note_kinds = note_options(scope);
    page.reaches = reaches_of(scope, request->person);
    page.shortlists = request_newest_shortlist(scope->db, request->id);
    if (page.shortlists.count > 0) {
        page.people = request_shortlist_people(scope->db, page.shortlists.items[0].id);
    }
    page.is_mine = person_id_equal(request->taken_by, scope->actor);
    page.taken_at = request_taken_since(scope, request);
    page.is_late = !time_is_none(request->due_at) && time_is_before(request->due_at, scope->now);
    request_work_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void request_work_show(Get *get, RequestId id) {
    Request request;
    if (!request_find(get->scope, id, &request)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, note_fields, NOTE_FIELDS);
    show_work(get->scope, get->reply, &request, &form);
}

/* Someone was quicker: who has it, since when, and that nothing was lost. */
static void show_taken(Post *post, RequestId id) {
    RequestTakenPage page = {.layout = layout_of(post->scope, post->reply, TEXT_REQUEST_TAKEN_TITLE)};
    if (!request_find(post->scope, id, &page.request)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.taken_at = request_taken_since(post->scope, &page.request);
    request_taken_page(reply_html(post->reply, 409), &page);
}

static int64_t sent_version(Post *post) {
    Form form = form_read(post->scope, post->input, take_fields, TAKE_FIELDS);
    return form_int(&form, TAKE_VERSION, 0);
}

static void reply_work(Post *post, RequestId id, RequestResult result, Text done) {
    switch (result) {
    case REQUEST_DONE:
        reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id), done);
        return;
    case REQUEST_ELSEWHERE:
    case REQUEST_STALE:
        show_taken(post, id);
        return;
    }
}

void request_take_do(Post *post, RequestId id) {
    RequestResult result = request_take(post->scope, post->tx, id, sent_version(post));
    reply_work(post, id, result, TEXT_REQUEST_TAKEN);
}

void request_give_back_do(Post *post, RequestId id) {
    RequestResult result = request_give_back(post->scope, post->tx, id, sent_version(post));
    reply_work(post, id, result, TEXT_REQUEST_GIVEN_BACK);
}

void request_end_do(Post *post, RequestId id) {
    RequestResult result = request_end(post->scope, post->tx, id, sent_version(post));
    reply_work(post, id, result, TEXT_UI_SAVED);
}

void request_note_do(Post *post, RequestId id) {
    static const RequestNoteKind kinds[] = {REQUEST_NOTE_REACHED, REQUEST_NOTE_NOT_REACHED,
                                            REQUEST_NOTE_LINE};
    Form form = form_read(post->scope, post->input, note_fields, NOTE_FIELDS);
    Request request;
    if (!request_find(post->scope, id, &request)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    bool is_line = form_has(&form, NOTE_KIND, STR("line"));
    if (is_line && str_is_empty(form_str(&form, NOTE_WORDS))) {
        form_error(&form, NOTE_WORDS, TEXT_REQUEST_NOTE_WORDS_MISSING);
    }
    if (!form.is_valid) {
        show_work(post->scope, post->reply, &request, &form);
        return;
    }
    size_t kind = 0;
    while (!form_has(&form, NOTE_KIND, str_of(note_kinds[kind]))) {
        kind++; /* the form took no other value */
    }
    request_note(post->scope, post->tx, id, kinds[kind], form_str(&form, NOTE_WORDS));
    reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id), TEXT_REQUEST_NOTED);
}

/* ---- the second layer ---- */

static void show_code(Scope *scope, Reply *reply, const Request *request, const Form *form, bool is_stale) {
    RequestCodePage page = {
        .layout = layout_of(scope, reply, TEXT_REQUEST_CODE_TITLE),
        .request = *request,
        .form = form,
        .version = request->version,
        .is_stale = is_stale,
    };
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        page.lists[list] = request_options(scope, request->program, (ListKind)list);
    }
    if (is_stale) {
        RequestCodeds codes = codes_of(scope, request->id);
        Str *now = NEW_MANY(scope->arena, codes.count, Str);
        for (size_t at = 0; at < codes.count; at++) {
            now[at] = codes.items[at].words;
        }
        page.coded_now = (Strs){.items = now, .count = codes.count};
    }
    request_code_page(reply_html(reply, is_stale ? 409 : 200), &page);
}

void request_code_show(Get *get, RequestId id) {
    Request request;
    if (!request_find(get->scope, id, &request)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, code_fields, CODE_FIELDS);
    RequestItems codes = request_codes(get->scope, id);
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        Str *values = NEW_MANY(get->scope->arena, codes.count, Str);
        size_t count = 0;
        for (size_t at = 0; at < codes.count; at++) {
            if (codes.items[at].list == (ListKind)list) {
                values[count++] = ui_id_value(get->scope->arena, codes.items[at].item.value);
            }
        }
        form_set_many(&form, code_field_of[list], (Strs){.items = values, .count = count});
    }
    show_code(get->scope, get->reply, &request, &form, false);
}

void request_code_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, code_fields, CODE_FIELDS);
    Request request;
    if (!form.is_valid || !request_find(post->scope, id, &request)) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const int64_t *ids[LIST_COUNT] = {0};
    size_t counts[LIST_COUNT] = {0};
    size_t most = 0;
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        counts[list] = form_ids(&form, code_field_of[list], &ids[list]);
        most += counts[list];
    }
    ListItemId *items = NEW_MANY(post->scope->arena, most, ListItemId);
    size_t count = 0;
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        for (size_t at = 0; at < counts[list]; at++) {
            items[count++] = (ListItemId){ids[list][at]};
        }
    }
    int64_t version = form_int(&form, CODE_VERSION, 0);
    switch (request_code(post->scope, post->tx, id, version, items, count)) {
    case REQUEST_DONE:
        reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id), TEXT_UI_SAVED);
        return;
    case REQUEST_ELSEWHERE:
    case REQUEST_STALE:
        show_code(post->scope, post->reply, &request, &form, true);
        return;
    }
}
