/* SPDX-License-Identifier: Apache-2.0 */
/* A parent's own part, by a link or the code in it: nothing is shown before a tap, and nothing at all when
 * the link is not open. */
#include "features/account/account.h"
#include "features/ask/ask.h"
#include "features/audit/audit.h"
#include "features/signature/signature_pages.h"
#include "routes.h"
#include "signature_html.h"
#include "texts.h"

/* ---- the code, typed ---- */

enum { CODE_CODE, CODE_FIELDS };
static const Field code_fields[] = {
    [CODE_CODE] = {.name = "code",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .most_characters = 60,
                   .missing = TEXT_SIGNATURE_CODE_MISSING},
};

static void show_code(Scope *scope, Reply *reply, const Form *form) {
    SignCodePage page = {.layout = layout_of(scope, reply, TEXT_SIGNATURE_SIGN), .form = form};
    page.layout.has_error = !form->is_valid;
    sign_code_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

static Text look_text(GuardianLook look) {
    switch (look) {
    case GUARDIAN_LINK_OPEN:
        return TEXT_NONE;
    case GUARDIAN_LINK_UNKNOWN:
        return TEXT_SIGNATURE_UNKNOWN;
    case GUARDIAN_LINK_USED:
        return TEXT_SIGNATURE_USED;
    case GUARDIAN_LINK_OVER:
        return TEXT_SIGNATURE_OVER;
    }
    return TEXT_NONE;
}

void sign_code_show(Get *get) {
    Form form = form_empty(get->scope, code_fields, CODE_FIELDS);
    show_code(get->scope, get->reply, &form);
}

void sign_code_do(Post *post) {
    Form form = form_read(post->scope, post->input, code_fields, CODE_FIELDS);
    GuardianLink link;
    if (form.is_valid) {
        const GuardianLook look = guardian_link_find(post->scope, form_str(&form, CODE_CODE), &link);
        if (look == GUARDIAN_LINK_OPEN) {
            reply_redirect(post->reply, url_sign_show(post->scope->arena, link.code));
            return;
        }
        form_error(&form, CODE_CODE, look_text(look));
    }
    show_code(post->scope, post->reply, &form);
}

/* ---- the parent's part ---- */

static const char *const go_values[] = {"open", "sign", "no", NULL};
enum { SIGN_GO, SIGN_CALLED, SIGN_REACH, SIGN_PARENT, SIGN_HASH, SIGN_FIELDS };
static const Field sign_fields[] = {
    [SIGN_GO] = {.name = "go", .kind = FIELD_CHOICE, .choices = go_values},
    [SIGN_CALLED] = {.name = "called", .kind = FIELD_LINE, .most_characters = 60, .autocomplete = "name"},
    [SIGN_REACH] = {.name = "reach", .kind = FIELD_LINE, .most_characters = 200, .autocomplete = "email"},
    [SIGN_PARENT] = {.name = "parent", .kind = FIELD_SWITCH},
    [SIGN_HASH] = {.name = "words", .kind = FIELD_LINE, .most_characters = 64},
};

/* The open link of this address; false, and said, when there is none or it is not for whoever opens it. */
static bool link_of(Scope *scope, Reply *reply, Str code, GuardianLink *ret_link) {
    const GuardianLook look = guardian_link_find(scope, code, ret_link);
    if (look != GUARDIAN_LINK_OPEN) {
        reply_sorry(reply, look == GUARDIAN_LINK_UNKNOWN ? 404 : 410, look_text(look));
        return false;
    }
    if (scope->actor.value != 0 && person_id_equal(scope->actor, ret_link->person)) {
        reply_sorry(reply, 409, TEXT_SIGNATURE_OWN);
        return false;
    }
    if (consent_list_waiting(scope, ret_link->program, ret_link->person).count == 0) {
        reply_sorry(reply, 410, TEXT_SIGNATURE_NOTHING);
        return false;
    }
    return true;
}

static bool page_of(Scope *scope, Reply *reply, const GuardianLink *link, const Form *form,
                    SignPage *ret_page) {
    *ret_page = (SignPage){.code = link->code, .form = form, .is_known = scope->actor.value != 0};
    if (!program_find(scope, link->program, &ret_page->program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    scope->zone = ret_page->program.zone;
    ret_page->layout = layout_of(scope, reply, TEXT_SIGNATURE_SIGN);
    ret_page->layout.has_error = !form->is_valid;
    return true;
}

/* Programs that open links for a look, and whoever the link reached by mistake, see no name. */
void sign_show(Get *get, Str code) {
    GuardianLink link;
    SignPage page;
    Form form = form_empty(get->scope, sign_fields, SIGN_FIELDS);
    if (link_of(get->scope, get->reply, code, &link) &&
        page_of(get->scope, get->reply, &link, &form, &page)) {
        sign_start_page(reply_html(get->reply, 200), &page);
    }
}

static void show_part(Scope *scope, Reply *reply, const GuardianLink *link, const Form *form,
                      bool has_changed) {
    SignPage page;
    Person person;
    Person known;
    if (!page_of(scope, reply, link, form, &page) || !account_person_find(scope, link->person, &person)) {
        return;
    }
    page.called = person.called;
    page.words = signature_words(scope, link);
    page.hash = consent_words_hash(scope, page.words);
    page.shown = guardian_link_words(scope, link);
    page.known_as =
        page.is_known && account_person_find(scope, scope->actor, &known) ? known.called : STR("");
    page.has_changed = has_changed;
    sign_part_page(reply_html(reply, has_changed ? 409 : form->is_valid ? 200 : 422), &page);
}

/* Whoever is signed in; or somebody new, who can be reached. */
static PersonId parent_of(const Scope *scope, Tx *tx, const Form *form) {
    if (scope->actor.value != 0) {
        return scope->actor;
    }
    ContactPoint point = {.value = str_trim(form_str(form, SIGN_REACH)), .safe_times = STR("")};
    const PersonId parent = account_person_add(scope, tx, form_str(form, SIGN_CALLED), scope->lang);
    if (ask_reach_kind(point.value, &point.kind)) {
        (void)account_contact_point_add(scope, tx, parent, &point);
    }
    return parent;
}

static void check_part(const Scope *scope, Form *form) {
    ContactPointKind kind = CONTACT_POINT_MAIL;
    if (scope->actor.value == 0 && str_is_empty(form_str(form, SIGN_CALLED))) {
        form_error(form, SIGN_CALLED, TEXT_SIGNATURE_CALLED_MISSING);
    }
    if (scope->actor.value == 0 && !ask_reach_kind(form_str(form, SIGN_REACH), &kind)) {
        form_error(form, SIGN_REACH, TEXT_SIGNATURE_REACH_MISSING);
    }
    if (!form_is_on(form, SIGN_PARENT)) {
        form_error(form, SIGN_PARENT, TEXT_SIGNATURE_PARENT_MISSING);
    }
}

static void sign(Post *post, const GuardianLink *link, Form *form) {
    const Str words = signature_words(post->scope, link);
    if (!str_equal(form_str(form, SIGN_HASH), consent_words_hash(post->scope, words))) {
        show_part(post->scope, post->reply, link, form, true);
        return;
    }
    check_part(post->scope, form);
    if (!form->is_valid) {
        show_part(post->scope, post->reply, link, form, false);
        return;
    }
    switch (signature_give(post->scope, post->tx, link, parent_of(post->scope, post->tx, form), words)) {
    case SIGNATURE_DONE:
        reply_redirect_saying(post->reply,
                              post->scope->actor.value != 0 ? url_signature_mine_show(post->scope->arena)
                                                            : url_sign_code_show(post->scope->arena),
                              TEXT_SIGNATURE_SIGNED);
        return;
    case SIGNATURE_OWN:
        reply_sorry(post->reply, 409, TEXT_SIGNATURE_OWN);
        return;
    case SIGNATURE_NOTHING:
        reply_sorry(post->reply, 410, TEXT_SIGNATURE_NOTHING);
        return;
    }
}

void sign_do(Post *post, Str code) {
    GuardianLink link;
    if (!link_of(post->scope, post->reply, code, &link)) {
        return;
    }
    Form form = form_read(post->scope, post->input, sign_fields, SIGN_FIELDS);
    if (form_has(&form, SIGN_GO, STR("sign"))) {
        sign(post, &link, &form);
    } else if (form_has(&form, SIGN_GO, STR("no"))) {
        signature_say_no(post->scope, post->tx, &link);
        reply_redirect_saying(post->reply, url_sign_code_show(post->scope->arena), TEXT_SIGNATURE_SAID_NO);
    } else {
        audit_add(post->scope, post->tx,
                  &(AuditEntry){.action = STR("guardian_link_opened"),
                                .subject = link.person,
                                .program = link.program,
                                .outcome = AUDIT_READ});
        show_part(post->scope, post->reply, &link, &form, false);
    }
}
