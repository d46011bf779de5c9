/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a record in an emergency, reading it, and how those whom it concerns see that it happened. */
#include "emergency_html.h"
#include "emergency_sql.h"
#include "features/emergency/emergency_view.h"
#include "features/program/program.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"

enum { OPEN_REASON, OPEN_WHO, OPEN_FIELDS };
static const Field open_fields[] = {
    [OPEN_REASON] = {.name = "reason",
                     .kind = FIELD_WORDS,
                     .is_required = true,
                     .most_characters = 1000,
                     .missing = TEXT_EMERGENCY_REASON_MISSING},
    [OPEN_WHO] = {.name = "who",
                  .kind = FIELD_LINE,
                  .is_required = true,
                  .most_characters = 200,
                  .missing = TEXT_EMERGENCY_WHO_MISSING},
};

enum { ANSWER_WORDS, ANSWER_FIELDS };
static const Field answer_fields[] = {
    [ANSWER_WORDS] = {.name = "words",
                      .kind = FIELD_WORDS,
                      .is_required = true,
                      .most_characters = 2000,
                      .missing = TEXT_EMERGENCY_ANSWER_MISSING},
};

/* ---- opening ---- */

static void show_start(Scope *scope, Reply *reply, ProgramId program, const Form *form) {
    EmergencyStartPage page = {
        .layout = layout_of(scope, reply, TEXT_EMERGENCY_TITLE),
        .program = program,
        .program_name = program_words(scope, program, PROGRAM_NAME),
        .form = form,
        .open = emergency_list_by(scope, scope->actor),
    };
    page.layout.has_error = !form->is_valid;
    emergency_start_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void emergency_start_show(Get *get, ProgramId program) {
    Form form = form_empty(get->scope, open_fields, OPEN_FIELDS);
    show_start(get->scope, get->reply, program, &form);
}

void emergency_open_do(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, open_fields, OPEN_FIELDS);
    if (!form.is_valid) {
        show_start(post->scope, post->reply, program, &form);
        return;
    }
    EmergencyId id;
    switch (emergency_open(post->scope, post->tx, program, form_str(&form, OPEN_WHO),
                           form_str(&form, OPEN_REASON), &id)) {
    case EMERGENCY_OPENED:
        reply_redirect(post->reply, url_emergency_show(post->scope->arena, id));
        return;
    case EMERGENCY_NO_REASON:
        form_error(&form, OPEN_REASON, TEXT_EMERGENCY_REASON_SHORT);
        break;
    case EMERGENCY_NOBODY:
        form_error(&form, OPEN_WHO, TEXT_EMERGENCY_NOBODY);
        break;
    case EMERGENCY_SEVERAL:
        form_error(&form, OPEN_WHO, TEXT_EMERGENCY_SEVERAL);
        break;
    }
    show_start(post->scope, post->reply, program, &form);
}

/* ---- the record ---- */

static EmergencyRequests requests_of(const Scope *scope, const Emergency *emergency,
                                     const Part2Notice *notice) {
    const EmergencyRequestIdsRows rows =
        emergency_request_ids(scope->db, emergency->program, emergency->person);
    EmergencyRequest *items = NEW_MANY(scope->arena, rows.count, EmergencyRequest);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        if (request_find(scope, rows.items[at].id, &items[count].request)) {
            items[count].need = part2_open(notice, items[count].request.need);
            items[count].walks = emergency_walks(scope->db, rows.items[at].id);
            count++;
        }
    }
    return (EmergencyRequests){.items = items, .count = count};
}

void emergency_show(Get *get, EmergencyId id) {
    EmergencyPage page = {0};
    if (!emergency_find(get->scope, id, &page.emergency)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.layout = layout_titled(get->scope, get->reply, page.emergency.called);
    /* No consent covers it, and the law needs none in an emergency: the notice says that. */
    const Words words = scope_words(get->scope);
    page.requests = requests_of(get->scope, &page.emergency,
                                part2_notice(get->reply, &page.layout.part2,
                                             text_emergency_part2_scope(&words, page.emergency.ends_at)));
    page.reach = account_contact_points(get->scope, page.emergency.person);
    emergency_page(reply_html(get->reply, 200), &page);
}

/* ---- whom it concerns ---- */

static void show_mine(Scope *scope, Reply *reply, const Form *form, EmergencyId answering) {
    EmergencyListPage page = {
        .layout = layout_of(scope, reply, TEXT_EMERGENCY_MINE),
        .all = emergency_list_of(scope, scope->actor),
        .tells_reason = true,
        .form = form,
        .answering = answering,
    };
    page.layout.has_error = !form->is_valid;
    emergency_mine_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void emergency_mine_show(Get *get) {
    Form form = form_empty(get->scope, answer_fields, ANSWER_FIELDS);
    show_mine(get->scope, get->reply, &form, (EmergencyId){0});
}

void emergency_answer_do(Post *post, EmergencyId id) {
    Form form = form_read(post->scope, post->input, answer_fields, ANSWER_FIELDS);
    if (!form.is_valid) {
        show_mine(post->scope, post->reply, &form, id);
        return;
    }
    emergency_answer_add(post->scope, post->tx, id, form_str(&form, ANSWER_WORDS));
    reply_redirect_saying(post->reply, url_emergency_mine_show(post->scope->arena), TEXT_EMERGENCY_ANSWERED);
}

static bool leads(const Scope *scope, ProgramId program) {
    const Programs led = program_list_with_duty(scope, DUTY_LEADER);
    for (size_t at = 0; at < led.count; at++) {
        if (program_id_equal(led.items[at].id, program)) {
            return true;
        }
    }
    return false;
}

/* Those who lead judge whether it was right, so they read why; those who coordinate see that it happened. */
void emergency_list_show(Get *get, ProgramId program) {
    EmergencyListPage page = {
        .layout = layout_of(get->scope, get->reply, TEXT_EMERGENCY_LIST),
        .all = emergency_list_in(get->scope, program),
        .tells_reason = leads(get->scope, program),
    };
    emergency_list_page(reply_html(get->reply, 200), &page);
}
