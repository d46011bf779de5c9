/* SPDX-License-Identifier: Apache-2.0 */
/* A request as its owner sees it, and as its coordinator works on it. */
#include "features/card/card.h"
#include "features/consent/consent.h"
#include "features/request/request.h"
#include "features/request/request_view.h"
#include "features/youth/youth.h"
#include "platform/http/page.h"
#include "request_html.h"
#include "request_sql.h"
#include "routes.h"
#include "texts.h"
#include "ui/ui.h"

enum { ANSWER_WORDS, ANSWER_KEPT, ANSWER_PART2, ANSWER_FIELDS };
static const Field answer_fields[] = {
    [ANSWER_WORDS] = {.name = "words",
                      .kind = FIELD_WORDS,
                      .is_required = true,
                      .missing = TEXT_REQUEST_ANSWER_MISSING},
    [ANSWER_KEPT] = {.name = "kept", .kind = FIELD_SWITCH},
    [ANSWER_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { KEEP_KEEP, KEEP_FIELDS };
static const char *const keep_values[] = {"yes", "no", NULL};
static const Field keep_fields[] = {
    [KEEP_KEEP] = {.name = "keep", .kind = FIELD_CHOICE, .is_required = true, .choices = keep_values},
};

enum { NOTE_KIND, NOTE_WORDS, NOTE_PART2, NOTE_FIELDS };
static const char *const note_kinds[] = {"reached", "not-reached", "line", NULL};
static const Field note_fields[] = {
    [NOTE_KIND] = {.name = "kind",
                   .kind = FIELD_CHOICE,
                   .is_required = true,
                   .choices = note_kinds,
                   .missing = TEXT_REQUEST_NOTE_KIND_MISSING},
    [NOTE_WORDS] = {.name = "words", .kind = FIELD_WORDS},
    [NOTE_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { TAKE_VERSION, TAKE_FIELDS };
static const Field take_fields[] = {
    [TAKE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
};

enum { URGENT_VERSION, URGENT_WORDS, URGENT_FIELDS };
static const Field urgent_fields[] = {
    [URGENT_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
    [URGENT_WORDS] = {.name = "reason",
                      .kind = FIELD_LINE,
                      .is_required = true,
                      .most_characters = 300,
                      .missing = TEXT_REQUEST_URGENT_MISSING},
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
    case REQUEST_NOTE_URGENT:
        return TEXT_REQUEST_NOTE_URGENT;
    case REQUEST_NOTE_NOT_URGENT:
        return TEXT_REQUEST_NOTE_NOT_URGENT;
    case REQUEST_NOTE_WISHES:
        return TEXT_REQUEST_NOTE_WISHES;
    case REQUEST_NOTE_ANOTHER:
        return TEXT_REQUEST_NOTE_ANOTHER;
    case REQUEST_NOTE_STOPPED:
        return TEXT_REQUEST_NOTE_STOPPED;
    }
    return TEXT_REQUEST_NOTE_LINE;
}

static RequestLines lines_of(const Scope *scope, const Request *request, const Part2Notice *notice) {
    RequestNoteListRows rows =
        request_note_list(scope->db, request->id, scope->actor, CONSENT_NOTES, scope->now);
    RequestLine *items = NEW_MANY(scope->arena, rows.count, RequestLine);
    for (size_t at = 0; at < rows.count; at++) {
        const RequestNoteList *row = &rows.items[at];
        items[at] = (RequestLine){
            .id = row->id,
            .title = note_title((RequestNoteKind)row->kind),
            .by = row->by_called,
            .at = row->at,
            .words = part2_open_about(notice, request->person, row->words),
            .is_part2 = row->is_part2,
            .is_kept = row->is_kept,
            .is_own = person_id_equal(row->by_person, request->person),
        };
    }
    return (RequestLines){.items = items, .count = rows.count};
}

/* An item that this family chose or was given, for this reader. */
static Str chosen(const Scope *scope, const Request *request, const Part2Notice *notice, ListItemId item) {
    return part2_open_about(notice, request->person, program_item_words(scope, item));
}

static RequestCodeds codes_of(const Scope *scope, const Request *request, const Part2Notice *notice) {
    RequestCodeListRows rows = request_code_list(scope->db, request->id);
    RequestCoded *items = NEW_MANY(scope->arena, rows.count, RequestCoded);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (RequestCoded){.words = chosen(scope, request, notice, rows.items[at].item),
                                   .by = rows.items[at].by_called,
                                   .at = rows.items[at].at};
    }
    return (RequestCodeds){.items = items, .count = rows.count};
}

/* What is hoped for, a group a list, in the program's order. */
static RequestWishes wishes_of(const Scope *scope, const Request *request, const Part2Notice *notice,
                               RequestItems rows) {
    static const Text labels[LIST_ASKED_COUNT] = {
        [LIST_EXPERIENCE] = TEXT_REQUEST_WISHES,  [LIST_LANGUAGE] = TEXT_REQUEST_WISH_LANGUAGE,
        [LIST_TIME] = TEXT_REQUEST_WISH_TIME,     [LIST_SYSTEM] = TEXT_REQUEST_WISH_SYSTEM,
        [LIST_ROLE] = TEXT_REQUEST_WISH_ROLE,     [LIST_CHANNEL] = TEXT_REQUEST_WISH_CHANNEL,
        [LIST_REGION] = TEXT_REQUEST_WISH_REGION, [LIST_CULTURE] = TEXT_REQUEST_WISH_CULTURE,
        [LIST_GENDER] = TEXT_REQUEST_WISH_GENDER,
    };
    const Words words = scope_words(scope);
    RequestWish *groups = NEW_MANY(scope->arena, rows.count, RequestWish);
    Str *items = NEW_MANY(scope->arena, rows.count, Str);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const RequestItem *row = &rows.items[at];
        if (at == 0 || row->list != rows.items[at - 1].list) {
            groups[count++] = (RequestWish){.label = labels[row->list], .words.items = items + at};
        }
        Str label = chosen(scope, request, notice, row->item);
        items[at] = row->kind == REQUEST_WISH_FIRST ? text_request_wish_first(&words, label) : label;
        groups[count - 1].words.count++;
        groups[count - 1].is_required = groups[count - 1].is_required || row->is_required;
    }
    return (RequestWishes){.items = groups, .count = count};
}

/* In what a difference is hoped for. */
static Strs unlike_of(const Scope *scope, unsigned lists) {
    Str *items = NEW_MANY(scope->arena, REQUEST_UNLIKES, Str);
    size_t count = 0;
    for (size_t at = 0; at < REQUEST_UNLIKES; at++) {
        if ((lists & 1U << request_unlike_lists[at]) != 0) {
            items[count++] = text_str(scope->lang, request_unlike_text(request_unlike_lists[at]));
        }
    }
    return (Strs){.items = items, .count = count};
}

static RequestHopes hopes_of(const Scope *scope, const Request *request, const Part2Notice *notice,
                             const RequestSaid *said) {
    return (RequestHopes){
        .relation = chosen(scope, request, notice, said->relation),
        .age = chosen(scope, request, notice, said->age),
        .wishes = wishes_of(scope, request, notice, said->wishes),
        .unlike = unlike_of(scope, said->unlike),
        .has_no_preference = said->has_no_preference,
    };
}

static RequestBefores befores_of(const Scope *scope, const Request *request, const Part2Notice *notice) {
    RequestChanges changes = request_changes(scope, request->id);
    RequestBefore *items = NEW_MANY(scope->arena, changes.count, RequestBefore);
    for (size_t at = 0; at < changes.count; at++) {
        items[at] = (RequestBefore){.until = changes.items[at].at,
                                    .hopes = hopes_of(scope, request, notice, &changes.items[at].before)};
    }
    return (RequestBefores){.items = items, .count = changes.count};
}

static RequestPage page_of(Scope *scope, Reply *reply, const Request *request, Layout layout,
                           const Form *form) {
    const RequestSaid said = request_said(scope, request);
    RequestPage page = {
        .layout = layout,
        .request = *request,
        .standing = request_standing_text(scope, request),
        .next = request_next_words(scope, request),
        .waits_for_parent = request_waits_for_parent(scope, request),
        .may_change = request_may_change_wishes(request),
        .list_is_older = request_list_is_older(scope, request->id),
        .form = form,
        .matches = request_current_match(scope->db, request->id),
        .earlier = request_ended_matches(scope->db, request->id),
    };
    /* Only coordinators come here beside the person whose it is. */
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, request->id, (PersonId){0}));
    page.need = part2_open_about(notice, request->person, request->need);
    page.hope_words = part2_open_about(notice, request->person, request->hopes);
    page.hopes = hopes_of(scope, request, notice, &said);
    page.befores = befores_of(scope, request, notice);
    page.codes = codes_of(scope, request, notice);
    page.lines = lines_of(scope, request, notice);
    page.origin = origin_of_request(scope, request->id);
    page.origin_lines =
        origin_lines(scope->arena, part2_open_about(notice, request->person, page.origin.original),
                     part2_open_about(notice, request->person, page.origin.unparsed));
    return page;
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
    RequestPage page = page_of(scope, reply, request, layout_of(scope, reply, TEXT_REQUEST_TITLE), form);
    page.layout.has_error = !form->is_valid;
    page.must_tell = program_words(
        scope, request->program, youth_is(scope, scope->actor) ? PROGRAM_MUST_TELL_YOUNG : PROGRAM_MUST_TELL);
    page.is_kept = !consent_shares(scope, request->id, (PersonId){0}, CONSENT_WORDS);
    if (request->state < REQUEST_MATCHED) {
        page.from_others = hope_words(scope, request->program);
    }
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
    request_answer(post->scope, post->tx, id, form_str(&form, ANSWER_WORDS), form_is_on(&form, ANSWER_KEPT),
                   form_is_on(&form, ANSWER_PART2));
    reply_redirect_saying(post->reply, url_request_show(post->scope->arena, id), TEXT_REQUEST_ANSWERED);
}

/* Which way the switch was turned; false: not said, and answered. */
static bool read_keep(Post *post, bool *ret_is_kept) {
    const Form form = form_read(post->scope, post->input, keep_fields, KEEP_FIELDS);
    *ret_is_kept = form_has(&form, KEEP_KEEP, STR("yes"));
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    }
    return form.is_valid;
}

void request_keep_do(Post *post, RequestId id) {
    bool is_kept = false;
    if (read_keep(post, &is_kept)) {
        request_keep(post->tx, id, is_kept);
        reply_redirect_saying(post->reply, url_request_show(post->scope->arena, id), TEXT_UI_SAVED);
    }
}

void request_note_keep_do(Post *post, RequestId id, RequestNoteId note) {
    bool is_kept = false;
    if (!read_keep(post, &is_kept)) {
        return;
    }
    if (!request_note_keep(post->scope, post->tx, id, note, is_kept)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    reply_redirect_saying(post->reply, url_request_show(post->scope->arena, id), TEXT_UI_SAVED);
}

enum { MARK_PART2, MARK_FIELDS };
static const char *const mark_choices[] = {"yes", "no", NULL};
static const Field mark_fields[] = {
    [MARK_PART2] = {.name = "part2", .kind = FIELD_CHOICE, .is_required = true, .choices = mark_choices},
};

/* The family says of its own words that they tell of substance use, or that they do not. */
void request_mark_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, mark_fields, MARK_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const bool is_part2 = form_has(&form, MARK_PART2, STR("yes"));
    request_set_part2(post->tx, id, is_part2);
    reply_redirect_saying(post->reply, url_request_show(post->scope->arena, id),
                          is_part2 ? TEXT_REQUEST_PART2_SET : TEXT_REQUEST_PART2_TAKEN_OFF);
}

/* A coordinator who reads them may set the mark; only the family takes it off. */
void request_work_mark_do(Post *post, RequestId id) {
    request_set_part2(post->tx, id, true);
    reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id), TEXT_REQUEST_PART2_SET);
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
    /* Open again means that somebody looks: the family says first that they may. */
    if (!consent_shares(post->scope, id, (PersonId){0}, CONSENT_WORDS)) {
        reply_redirect_saying(post->reply, url_sharing_show(post->scope->arena), TEXT_CONSENT_SHARE_FIRST);
        return;
    }
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

static void show_work(Scope *scope, Reply *reply, const Request *request, const Form *form,
                      const Form *urgent) {
    RequestPage page = page_of(scope, reply, request, layout_titled(scope, reply, request->called), form);
    bool is_valid = form->is_valid && urgent->is_valid;
    page.layout.has_error = !is_valid;
    page.urgent = urgent;
    page.note_kinds = note_options(scope);
    page.reach = consent_reach(scope, request->id, request->person, (PersonId){0});
    page.not_reach = !consent_shares(scope, request->id, (PersonId){0}, CONSENT_REACH);
    page.not_notes = !consent_shares(scope, request->id, (PersonId){0}, CONSENT_NOTES);
    page.papers = consent_list_paper(scope, request->id);
    page.has_word = youth_has_word(scope, request->person);
    page.may_read_card = card_is_for_coordinator(scope, request->person);
    page.shortlists = request_newest_shortlist(scope->db, request->id);
    if (page.shortlists.count > 0) {
        page.people = request_shortlist_people(scope->db, page.shortlists.items[0].id);
    }
    page.is_mine = person_id_equal(request->taken_by, scope->actor);
    page.taken_at = request_taken_since(scope, request);
    page.is_late = !time_is_none(request->due_at) && time_is_before(request->due_at, scope->now);
    request_work_page(reply_html(reply, is_valid ? 200 : 422), &page);
}

void request_work_show(Get *get, RequestId id) {
    Request request;
    if (!request_find(get->scope, id, &request)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, note_fields, NOTE_FIELDS);
    Form urgent = form_empty(get->scope, urgent_fields, URGENT_FIELDS);
    show_work(get->scope, get->reply, &request, &form, &urgent);
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
        Form urgent = form_empty(post->scope, urgent_fields, URGENT_FIELDS);
        show_work(post->scope, post->reply, &request, &form, &urgent);
        return;
    }
    size_t kind = 0;
    while (!form_has(&form, NOTE_KIND, str_of(note_kinds[kind]))) {
        kind++; /* the form took no other value */
    }
    (form_is_on(&form, NOTE_PART2) ? request_note_part2 : request_note)(
        post->scope, post->tx, id, kinds[kind], form_str(&form, NOTE_WORDS));
    reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id), TEXT_REQUEST_NOTED);
}

void request_urgent_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, urgent_fields, URGENT_FIELDS);
    Request request;
    if (!request_find(post->scope, id, &request)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!form.is_valid) {
        Form note = form_empty(post->scope, note_fields, NOTE_FIELDS);
        show_work(post->scope, post->reply, &request, &note, &form);
        return;
    }
    RequestResult result = request_set_urgent(post->scope, post->tx, id, form_int(&form, URGENT_VERSION, 0),
                                              true, form_str(&form, URGENT_WORDS));
    reply_work(post, id, result, TEXT_UI_SAVED);
}

void request_not_urgent_do(Post *post, RequestId id) {
    RequestResult result = request_set_urgent(post->scope, post->tx, id, sent_version(post), false, STR(""));
    reply_work(post, id, result, TEXT_UI_SAVED);
}
