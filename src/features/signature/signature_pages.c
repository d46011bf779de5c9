/* SPDX-License-Identifier: Apache-2.0 */
/* The young person's own page about a parent's signature, the parent's switch, and the list of who waits. */
#include "features/signature/signature_pages.h"

#include "features/request/request.h"
#include "platform/config.h"
#include "routes.h"
#include "signature_html.h"
#include "signature_sql.h"
#include "texts.h"

SignatureLink signature_link_shown(const Scope *scope, const GuardianLink *link) {
    const Str origin = scope->config->origin;
    const Str address = str_print(scope->arena, "%.*s%.*s", STR_ARGS(origin),
                                  STR_ARGS(url_sign_show(scope->arena, link->code).text));
    return (SignatureLink){
        .link = *link,
        .address = address,
        .address_code = str_print(scope->arena, "%.*s%.*s", STR_ARGS(origin),
                                  STR_ARGS(url_sign_code_show(scope->arena).text)),
        .qr = qr_make(scope->arena, address),
    };
}

/* ---- both sides ---- */

static Guardians guardians_in(const Scope *scope, const Guardians *all, ProgramId program) {
    Guardian *items = NEW_MANY(scope->arena, all->count, Guardian);
    size_t count = 0;
    for (size_t at = 0; at < all->count; at++) {
        if (program_id_equal(all->items[at].program, program)) {
            items[count++] = all->items[at];
        }
    }
    return (Guardians){.items = items, .count = count};
}

static SignatureMines mines_of(const Scope *scope) {
    const SignatureProgramsRows rows = signature_programs(scope->db, scope->actor);
    const Guardians all = guardian_list_of(scope, scope->actor);
    SignatureMine *items = NEW_MANY(scope->arena, rows.count, SignatureMine);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        SignatureMine *mine = &items[count];
        if (!program_find(scope, rows.items[at].program, &mine->program)) {
            continue;
        }
        const ProgramId program = mine->program.id;
        GuardianLink link;
        mine->need = signing_need(scope, program, scope->actor);
        mine->waits = consent_list_waiting(scope, program, scope->actor).count > 0;
        mine->guardians = guardians_in(scope, &all, program);
        mine->was_refused =
            mine->waits && guardian_link_closed(scope, program, scope->actor) == GUARDIAN_CLOSED_NO;
        mine->has_link = mine->waits && guardian_link_open(scope, program, scope->actor, &link);
        if (mine->has_link) {
            mine->link = signature_link_shown(scope, &link);
        }
        count += mine->waits || mine->guardians.count > 0;
    }
    return (SignatureMines){.items = items, .count = count};
}

static SignatureGivens givens_of(const Scope *scope) {
    const Guardians all = guardian_list_by(scope, scope->actor);
    SignatureGiven *items = NEW_MANY(scope->arena, all.count, SignatureGiven);
    for (size_t at = 0; at < all.count; at++) {
        items[at] = (SignatureGiven){.guardian = all.items[at],
                                     .program = program_words(scope, all.items[at].program, PROGRAM_NAME)};
    }
    return (SignatureGivens){.items = items, .count = all.count};
}

void signature_mine_show(Get *get) {
    SignaturePage page = {
        .layout = layout_of(get->scope, get->reply, TEXT_SIGNATURE_TITLE),
        .mines = mines_of(get->scope),
        .givens = givens_of(get->scope),
    };
    signature_page(reply_html(get->reply, 200), &page);
}

enum { LINK_SHOWS, LINK_FIELDS };
static const Field link_fields[] = {
    [LINK_SHOWS] = {.name = "shows", .kind = FIELD_SWITCH},
};

void signature_link_do(Post *post, ProgramId program) {
    const Form form = form_read(post->scope, post->input, link_fields, LINK_FIELDS);
    if (consent_list_waiting(post->scope, program, post->scope->actor).count == 0) {
        reply_sorry(post->reply, 409, TEXT_SIGNATURE_NOTHING);
        return;
    }
    (void)guardian_link_make(post->scope, post->tx, program, post->scope->actor,
                             form_is_on(&form, LINK_SHOWS));
    reply_redirect_saying(post->reply, url_signature_mine_show(post->scope->arena), TEXT_SIGNATURE_LINK_MADE);
}

void signature_unlink_do(Post *post, ProgramId program) {
    guardian_link_close(post->scope, post->tx, program, post->scope->actor, GUARDIAN_CLOSED_BACK);
    reply_redirect_saying(post->reply, url_signature_mine_show(post->scope->arena), TEXT_SIGNATURE_LINK_BACK);
}

void signature_stop_do(Post *post, GuardianId id) {
    if (!signature_stop(post->scope, post->tx, id)) {
        reply_sorry(post->reply, 409, TEXT_SIGNATURE_ENDED_BEFORE);
        return;
    }
    reply_redirect_saying(post->reply, url_signature_mine_show(post->scope->arena), TEXT_SIGNATURE_STOPPED);
}

/* ---- who waits, for those who coordinate ---- */

enum { WAIT_CODE, WAIT_FIELDS };
static const Field wait_fields[] = {
    [WAIT_CODE] = {.name = "code",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .most_characters = 40,
                   .missing = TEXT_SIGNATURE_WAIT_CODE_MISSING},
};

static void show_waiting(Scope *scope, Reply *reply, ProgramId id, const Form *form,
                         const GuardianLink *link) {
    SignatureWaitPage page = {.layout = layout_of(scope, reply, TEXT_SIGNATURE_WAITING), .form = form};
    if (!program_find(scope, id, &page.program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.layout.has_error = !form->is_valid;
    page.asked = guardian_asked(scope, id);
    page.has_link = link != NULL;
    if (link != NULL) {
        page.link = signature_link_shown(scope, link);
    }
    signature_waiting_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void signature_waiting_show(Get *get, ProgramId program) {
    Form form = form_empty(get->scope, wait_fields, WAIT_FIELDS);
    show_waiting(get->scope, get->reply, program, &form, NULL);
}

/* The young person told the code of their request, so this is what they want; nothing about them is shown. */
void signature_waiting_do(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, wait_fields, WAIT_FIELDS);
    PersonId person = {0};
    if (form.is_valid &&
        !guardian_asked_by(post->scope, program,
                           request_receipt_hash(post->scope, form_str(&form, WAIT_CODE)), &person)) {
        form_error(&form, WAIT_CODE, TEXT_SIGNATURE_WAIT_CODE_WRONG);
    }
    if (!form.is_valid) {
        show_waiting(post->scope, post->reply, program, &form, NULL);
        return;
    }
    const GuardianLink link = guardian_link_make(post->scope, post->tx, program, person, false);
    show_waiting(post->scope, post->reply, program, &form, &link);
}
