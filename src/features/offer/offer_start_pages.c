/* SPDX-License-Identifier: Apache-2.0 */
/* The first step of someone new who wants to walk with others: a name, a mailbox, and a code by mail. */
#include "features/account/account.h"
#include "features/offer/offer_view.h"
#include "offer_html.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"

enum { START_CALLED, START_MAIL, START_FIELDS };
static const Field start_fields[] = {
    [START_CALLED] = {.name = "called",
                      .kind = FIELD_LINE,
                      .is_required = true,
                      .most_characters = 100,
                      .missing = TEXT_OFFER_START_CALLED_MISSING,
                      .autocomplete = "nickname"},
    [START_MAIL] = {.name = "mail",
                    .kind = FIELD_MAIL,
                    .is_required = true,
                    .missing = TEXT_OFFER_START_MAIL_MISSING,
                    .autocomplete = "email"},
};

static bool find_program(const Scope *scope, Reply *reply, Str slug, Program *ret_program) {
    if (!program_find_by_slug(scope, slug, ret_program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    /* Whoever is signed in is known already, and goes on to the offer. */
    if (scope->actor.value != 0) {
        reply_redirect(reply, url_offer_new_show(scope->arena, ret_program->id));
        return false;
    }
    return true;
}

static void show_start(Scope *scope, Reply *reply, const Program *program, const Form *form) {
    OfferStartPage page = {
        .layout = layout_of(scope, reply, TEXT_OFFER_START_TITLE), .program = *program, .form = form};
    page.layout.has_error = !form->is_valid;
    offer_start_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void offer_start_show(Get *get, Str slug) {
    Program program;
    if (find_program(get->scope, get->reply, slug, &program)) {
        Form form = form_empty(get->scope, start_fields, START_FIELDS);
        show_start(get->scope, get->reply, &program, &form);
    }
}

void offer_start_do(Post *post, Str slug) {
    Program program;
    if (!find_program(post->scope, post->reply, slug, &program)) {
        return;
    }
    Form form = form_read(post->scope, post->input, start_fields, START_FIELDS);
    if (!form.is_valid) {
        show_start(post->scope, post->reply, &program, &form);
        return;
    }
    Str mail = form_str(&form, START_MAIL);
    account_person_meet(post->scope, post->tx, form_str(&form, START_CALLED), mail);
    sign_in_send(post->scope, post->tx, mail, reply_visit(post->reply));
    reply_redirect(post->reply, url_sign_in_code_show(post->scope->arena));
}
