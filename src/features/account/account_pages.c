/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in, signing out, leaving, and a person's own account page. */
#include "account_html.h"
#include "account_sql.h"
#include "features/account/account.h"
#include "features/account/account_view.h"
#include "features/access/proof.h"
#include "features/draft/draft.h"
#include "features/youth/youth.h"
#include "platform/http/page.h"
#include "routes.h"
#include "ui/ui.h"

enum { CODE_CODE, CODE_FIELDS };
static const Field code_fields[] = {
    [CODE_CODE] = {.name = "code",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .most_characters = 12,
                   .missing = TEXT_ACCOUNT_CODE_MISSING,
                   .autocomplete = "one-time-code"},
};

enum { ACCOUNT_CALLED, ACCOUNT_LANG, ACCOUNT_FIELDS };
static const char *const lang_tags[] = {"en", "es", NULL};
static const Field account_fields[] = {
    [ACCOUNT_CALLED] = {.name = "called",
                        .kind = FIELD_LINE,
                        .is_required = true,
                        .most_characters = 100,
                        .missing = TEXT_ACCOUNT_CALLED_MISSING,
                        .autocomplete = "nickname"},
    [ACCOUNT_LANG] = {.name = "lang", .kind = FIELD_CHOICE, .is_required = true, .choices = lang_tags},
};

enum { CHANGE_PERSON, CHANGE_FIELDS };
static const Field change_fields[] = {
    [CHANGE_PERSON] = {.name = "person", .kind = FIELD_ID, .is_required = true},
};

static void show_code(Scope *scope, Reply *reply, const Form *form) {
    SignInPage page = {.layout = layout_of(scope, reply, TEXT_ACCOUNT_CODE_TITLE), .form = form};
    sign_in_code_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void sign_in_code_show(Get *get) {
    Form form = form_empty(get->scope, code_fields, CODE_FIELDS);
    show_code(get->scope, get->reply, &form);
}

/* A mailbox, a phone or a link is not enough for a space that opens with its owner's word. */
static void lead_to_door(Post *post, PersonId person, Str mail_key, unsigned proofs) {
    youth_door_wait(post->scope, post->tx, reply_visit(post->reply),
                    &(YouthDoor){.person = person, .mail_key = mail_key, .proofs = proofs});
    reply_redirect(post->reply, url_own_door_show(post->scope->arena));
}

/* A new token for a new standing: the session never outlives the change of person behind it. */
static void start_session(Post *post, SignedIn *signed_in) {
    if (youth_has_door(post->scope, signed_in->person)) {
        lead_to_door(post, signed_in->person, signed_in->mail_key, signed_in->proofs);
        return;
    }
    signed_in->device = reply_device(post->reply);
    Str token = session_start(post->scope, post->tx, signed_in);
    reply_sign_in(post->reply, token, 30 * TIME_DAY);
    reply_redirect(post->reply, url_me_show(post->scope->arena));
}

void sign_in_code_do(Post *post) {
    Form form = form_read(post->scope, post->input, code_fields, CODE_FIELDS);
    SignedIn signed_in;
    SignInResult result = SIGN_IN_WRONG;
    if (form.is_valid) {
        result = sign_in_by_code(post->scope, post->tx, reply_visit(post->reply), form_str(&form, CODE_CODE),
                                 &signed_in);
    }
    switch (result) {
    case SIGN_IN_DONE:
        start_session(post, &signed_in);
        return;
    case SIGN_IN_WRONG:
        form_error(&form, CODE_CODE, TEXT_ACCOUNT_CODE_WRONG);
        break;
    case SIGN_IN_OVER:
        form_error(&form, CODE_CODE, TEXT_ACCOUNT_CODE_OVER);
        break;
    }
    show_code(post->scope, post->reply, &form);
    reply_keep_changes(post->reply); /* the try counts */
}

/* The link opens a page with one button: mail scanners open links too, and must not use it up. */
void sign_in_link_show(Get *get, Str token) {
    SignInLinkPage page = {.layout = layout_of(get->scope, get->reply, TEXT_ACCOUNT_SIGN_IN), .token = token};
    sign_in_link_page(reply_html(get->reply, 200), &page);
}

void sign_in_link_do(Post *post, Str token) {
    SignedIn signed_in;
    switch (sign_in_by_link(post->scope, post->tx, token, &signed_in)) {
    case SIGN_IN_DONE:
        start_session(post, &signed_in);
        return;
    case SIGN_IN_WRONG:
    case SIGN_IN_OVER:
        reply_sorry(post->reply, 410, TEXT_ACCOUNT_LINK_OVER);
        reply_keep_changes(post->reply); /* the try counts */
        return;
    }
}

void sign_out_do(Post *post) {
    session_leave(post->scope, post->tx);
    /* What was typed and not sent belongs to whoever leaves, not to whoever comes next. */
    draft_delete(post->scope, post->tx, reply_visit(post->reply));
    reply_sign_out(post->reply);
    reply_redirect_saying(post->reply, ui_home(), TEXT_ACCOUNT_SIGNED_OUT);
}

void leave_show(Get *get) {
    LeavePage page = {.layout = layout_of(get->scope, get->reply, TEXT_ACCOUNT_LEAVE_TITLE)};
    leave_page(reply_html(get->reply, 200), &page);
}

void leave_do(Post *post) {
    session_leave(post->scope, post->tx);
    draft_delete(post->scope, post->tx, reply_visit(post->reply));
    reply_leave(post->reply);
}

/* ---- the account page ---- */

static void show_account(Scope *scope, Reply *reply, const Form *form) {
    AccountPage page = {
        .layout = layout_of(scope, reply, TEXT_ACCOUNT_TITLE),
        .form = form,
        .langs = ui_langs(scope->arena),
        .points = contact_point_list(scope->db, scope->actor),
        .sessions = session_list(scope->db, scope->actor, scope->now),
        .household = account_household(scope),
        .actor = scope->actor,
        .session = scope->session,
    };
    account_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void account_show(Get *get) {
    Person person;
    if (!account_person_find(get->scope, get->scope->actor, &person)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, account_fields, ACCOUNT_FIELDS);
    form_set_str(&form, ACCOUNT_CALLED, person.called);
    form_set_str(&form, ACCOUNT_LANG, lang_tag(person.lang));
    show_account(get->scope, get->reply, &form);
}

void account_save(Post *post) {
    Form form = form_read(post->scope, post->input, account_fields, ACCOUNT_FIELDS);
    Lang lang = post->scope->lang;
    if (!form.is_valid || !lang_find(form_str(&form, ACCOUNT_LANG), &lang)) {
        show_account(post->scope, post->reply, &form);
        return;
    }
    account_person_change(post->tx, post->scope->actor, form_str(&form, ACCOUNT_CALLED), lang);
    reply_redirect_saying(post->reply, url_account_show(post->scope->arena), TEXT_UI_SAVED);
}

void account_session_end(Post *post, SessionId session) {
    session_end(post->tx, session);
    reply_redirect_saying(post->reply, url_account_show(post->scope->arena), TEXT_ACCOUNT_SESSION_ENDED);
}

void account_sessions_end(Post *post) {
    session_end_others(post->scope, post->tx);
    reply_redirect_saying(post->reply, url_account_show(post->scope->arena), TEXT_ACCOUNT_SESSIONS_ENDED);
}

void account_change_person_do(Post *post) {
    Form form = form_read(post->scope, post->input, change_fields, CHANGE_FIELDS);
    Str token = STR_NONE;
    const PersonId person = {form_id(&form, CHANGE_PERSON)};
    const Str mailbox = account_session_mailbox(post->scope);
    if (!str_is_none(mailbox) && youth_has_door(post->scope, person) &&
        account_reaches(post->scope, mailbox, person)) {
        lead_to_door(post, person, mailbox, post->scope->proofs & (PROOF_MAILBOX | PROOF_OPERATOR));
        return;
    }
    if (!account_change_person(post->scope, post->tx, person, &token)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    reply_sign_in(post->reply, token, 30 * TIME_DAY);
    reply_redirect(post->reply, url_me_show(post->scope->arena));
}

/* ---- how it is safe to reach me ---- */

enum { SAFETY_VOICEMAIL, SAFETY_TEXT, SAFETY_TIMES, SAFETY_FIELDS };
static const char *const safe_words[] = {"yes", "no", NULL};
static const Field safety_fields[] = {
    [SAFETY_VOICEMAIL] = {.name = "voicemail", .kind = FIELD_CHOICE, .choices = safe_words},
    [SAFETY_TEXT] = {.name = "text", .kind = FIELD_CHOICE, .choices = safe_words},
    [SAFETY_TIMES] = {.name = "times", .kind = FIELD_LINE, .most_characters = 300},
};

static Safe safe_of(const Form *form, size_t field) {
    if (form_has(form, field, STR("yes"))) {
        return SAFE_YES;
    }
    return form_has(form, field, STR("no")) ? SAFE_NO : SAFE_NOT_SAID;
}

void contact_point_save(Post *post, ContactPointId point) {
    Form form = form_read(post->scope, post->input, safety_fields, SAFETY_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_ACCOUNT_SAFETY_WRONG);
        return;
    }
    ContactPoint safety = {.voicemail = safe_of(&form, SAFETY_VOICEMAIL),
                           .text = safe_of(&form, SAFETY_TEXT),
                           .safe_times = form_str(&form, SAFETY_TIMES)};
    if (!account_contact_point_set_safety(post->tx, post->scope->actor, point, &safety)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    reply_redirect_saying(post->reply, url_account_show(post->scope->arena), TEXT_UI_SAVED);
}
