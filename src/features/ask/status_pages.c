/* SPDX-License-Identifier: Apache-2.0 */
/* Just information, and where a request stands. */
#include "ask_html.h"
#include "features/consent/consent.h"
#include "features/ask/ask_form_pages.h"
#include "features/ask/ask_view.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

/* ---- just information: nothing is kept unless a call is asked for ---- */

enum { CALL_CALLED, CALL_REACH, CALL_VOICEMAIL, CALL_TEXT, CALL_WHEN, CALL_FIELDS };
static const Field call_fields[] = {
    [CALL_CALLED] = {.name = "called",
                     .kind = FIELD_LINE,
                     .is_required = true,
                     .most_characters = 100,
                     .missing = TEXT_ASK_REACH_CALLED_MISSING,
                     .autocomplete = "nickname"},
    [CALL_REACH] = {.name = "reach",
                    .kind = FIELD_LINE,
                    .is_required = true,
                    .most_characters = 200,
                    .missing = TEXT_ASK_REACH_MISSING},
    [CALL_VOICEMAIL] = {.name = "voicemail", .kind = FIELD_CHOICE, .choices = ask_yes_no_values},
    [CALL_TEXT] = {.name = "text", .kind = FIELD_CHOICE, .choices = ask_yes_no_values},
    [CALL_WHEN] = {.name = "when", .kind = FIELD_LINE, .most_characters = 300},
};

static void show_information(Scope *scope, Reply *reply, const Program *program, const Form *form) {
    InformationPage page = {
        .layout = layout_of(scope, reply, TEXT_ASK_INFORMATION_TITLE),
        .program = *program,
        .welcome = program_said(scope, program->id, PROGRAM_WELCOME),
        .role = program_said(scope, program->id, PROGRAM_ROLE),
        .form = form,
        .consent = consent_asking_words(scope, program->id, 0),
        .is_known = scope->actor.value != 0,
        .yes_no = ask_yes_no(scope),
    };
    page.layout.has_error = !form->is_valid;
    information_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void information_show(Get *get, Str program) {
    Program found;
    if (!program_find_by_slug(get->scope, program, &found)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, call_fields, CALL_FIELDS);
    show_information(get->scope, get->reply, &found, &form);
}

void information_do(Post *post, Str program) {
    Scope *scope = post->scope;
    Program found;
    if (!program_find_by_slug(scope, program, &found)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    AskAnswers answers = {.program = found.id, .when = STR(""), .called = STR(""), .reach = STR("")};
    /* We know already how to reach whoever is signed in: nothing is read then. */
    if (scope->actor.value == 0) {
        Form form = form_read(scope, post->input, call_fields, CALL_FIELDS);
        ask_check_reach(&form, CALL_REACH);
        if (!form.is_valid) {
            show_information(scope, post->reply, &found, &form);
            return;
        }
        answers.called = form_str(&form, CALL_CALLED);
        answers.reach = form_str(&form, CALL_REACH);
        answers.voicemail = ask_safe(&form, CALL_VOICEMAIL);
        answers.text = ask_safe(&form, CALL_TEXT);
        answers.when = form_str(&form, CALL_WHEN);
    }
    ask_information(scope, post->tx, reply_visit(post->reply), &found, &answers);
    reply_redirect(post->reply, url_ask_show(scope->arena, found.slug, STR("sent")));
}

/* ---- where a request stands ---- */

enum { STATUS_CODE, STATUS_REACH, STATUS_FIELDS };
static const Field status_fields[] = {
    [STATUS_CODE] = {.name = "code",
                     .kind = FIELD_LINE,
                     .is_required = true,
                     .most_characters = 40,
                     .missing = TEXT_ASK_STATUS_CODE_MISSING},
    [STATUS_REACH] = {.name = "reach",
                      .kind = FIELD_LINE,
                      .is_required = true,
                      .most_characters = 200,
                      .missing = TEXT_ASK_REACH_MISSING},
};

static void show_status(Scope *scope, Reply *reply, const Form *form, const Request *request) {
    StatusPage page = {.layout = layout_of(scope, reply, TEXT_ASK_STATUS_TITLE), .form = form};
    page.layout.has_error = !form->is_valid;
    Program program;
    if (request != NULL && program_find(scope, request->program, &program)) {
        scope->zone = program.zone;
        page.is_found = true;
        page.state = request_standing_text(scope, request);
        page.waits_for_parent = request_waits_for_parent(scope, request);
        page.next = request_next_words(scope, request);
        page.asked = zone_date(program.zone, request->created_at);
        page.reach = program_said(scope, request->program, PROGRAM_REACH);
    }
    status_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void status_show(Get *get) {
    Form form = form_empty(get->scope, status_fields, STATUS_FIELDS);
    show_status(get->scope, get->reply, &form, NULL);
}

void status_do(Post *post) {
    Form form = form_read(post->scope, post->input, status_fields, STATUS_FIELDS);
    Request request;
    bool is_found = form.is_valid && ask_status(post->scope, form_str(&form, STATUS_CODE),
                                                form_str(&form, STATUS_REACH), &request);
    if (form.is_valid && !is_found) {
        form_error(&form, STATUS_CODE, TEXT_ASK_STATUS_WRONG);
    }
    show_status(post->scope, post->reply, &form, is_found ? &request : NULL);
}
