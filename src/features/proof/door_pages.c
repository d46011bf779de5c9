/* SPDX-License-Identifier: Apache-2.0 */
/* The door: a code by mail, a passphrase, or a passkey. */
#include "features/proof/proof_pages.h"

#include "features/access/proof.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/passphrase.h"
#include "platform/webauthn/webauthn.h"
#include "proof_html.h"
#include "routes.h"

/* ---- passkeys, for all pages here ---- */

static const Field sent_fields[] = {
    [SENT_CHALLENGE] = {.name = "challenge", .kind = FIELD_LINE},
    [SENT_ID] = {.name = "id", .kind = FIELD_LINE, .most_characters = 1400},
    [SENT_SAID] = {.name = "said", .kind = FIELD_LINE, .most_characters = 4000},
    [SENT_AUTHENTICATOR] = {.name = "authenticator", .kind = FIELD_LINE, .most_characters = 8000},
    [SENT_SIGNATURE] = {.name = "signature", .kind = FIELD_LINE, .most_characters = 1400},
};

PasskeySent passkey_sent(const Scope *scope, const Input *input) {
    const Form form = form_read(scope, input, sent_fields, SENT_FIELDS);
    return (PasskeySent){.challenge = form_str(&form, SENT_CHALLENGE),
                         .id = form_str(&form, SENT_ID),
                         .said = form_str(&form, SENT_SAID),
                         .authenticator = form_str(&form, SENT_AUTHENTICATOR),
                         .signature = form_str(&form, SENT_SIGNATURE)};
}

static Str known_words(const Scope *scope) {
    const PasskeyListRows rows = passkey_list(scope->db, scope->actor);
    Buf out = buf_new(scope->arena, 64 * 1024);
    for (size_t at = 0; at < rows.count; at++) {
        buf_add(&out, at > 0 ? STR(",") : STR(""));
        buf_add(&out, webauthn_text(scope->arena, rows.items[at].credential));
    }
    return buf_str(&out);
}

PasskeyAsk passkey_ask(const Scope *scope, Reply *reply, PasskeyPurpose purpose) {
    PasskeyAsk ask = {.challenge = passkey_challenge(scope, purpose, reply_visit(reply)),
                      .site = webauthn_site(scope->arena, scope->config->origin).id,
                      .known = purpose == PASSKEY_SIGN_IN ? STR("") : known_words(scope)};
    Person person;
    if (purpose == PASSKEY_ADD && account_person_find(scope, scope->actor, &person)) {
        const Str number = str_print(scope->arena, "%lld", (long long)scope->actor.value);
        const Str hash = crypto_hash_raw(scope->arena, scope->config->secret, STR("passkey user"), number);
        ask.user = webauthn_text(scope->arena, str_part(hash, 0, 16));
        ask.called = person.called;
    }
    return ask;
}

Text passkey_words(PasskeyResult result) {
    switch (result) {
    case PASSKEY_SHOWN:
        return TEXT_NONE;
    case PASSKEY_OVER:
        return TEXT_PROOF_PASSKEY_OVER;
    case PASSKEY_WRONG:
        return TEXT_PROOF_PASSKEY_WRONG;
    case PASSKEY_STOPPED:
        return TEXT_PROOF_PASSKEY_STOPPED;
    case PASSKEY_FULL:
        return TEXT_PROOF_PASSKEY_FULL;
    case PASSKEY_KNOWN:
        return TEXT_PROOF_PASSKEY_KNOWN;
    }
    return TEXT_NONE;
}

/* A new token for a new standing: the session never outlives the change of person behind it. */
void door_open(Post *post, SignedIn *signed_in) {
    signed_in->device = reply_device(post->reply);
    if (post->scope->session.value != 0) {
        session_end(post->tx, post->scope->session);
    }
    const Str token = session_start(post->scope, post->tx, signed_in);
    reply_sign_in(post->reply, token, 30 * TIME_DAY);
    reply_redirect(post->reply, url_me_show(post->scope->arena));
}

/* ---- a code by mail ---- */

enum { SIGN_IN_MAIL, SIGN_IN_FIELDS };
static const Field sign_in_fields[] = {
    [SIGN_IN_MAIL] = {.name = "mail",
                      .kind = FIELD_MAIL,
                      .is_required = true,
                      .missing = TEXT_ACCOUNT_MAIL_MISSING,
                      .autocomplete = "email"},
};

static void show_door(Scope *scope, Reply *reply, const Form *form, Text problem) {
    DoorPage page = {.layout = layout_of(scope, reply, TEXT_ACCOUNT_SIGN_IN),
                     .form = form,
                     .passkey = passkey_ask(scope, reply, PASSKEY_SIGN_IN),
                     .problem = problem};
    page.layout.has_error = problem != TEXT_NONE || !form->is_valid;
    sign_in_page(reply_html(reply, page.layout.has_error ? 422 : 200), &page);
}

void sign_in_show(Get *get) {
    Form form = form_empty(get->scope, sign_in_fields, SIGN_IN_FIELDS);
    show_door(get->scope, get->reply, &form, TEXT_NONE);
}

void sign_in_do(Post *post) {
    Form form = form_read(post->scope, post->input, sign_in_fields, SIGN_IN_FIELDS);
    if (!form.is_valid) {
        show_door(post->scope, post->reply, &form, TEXT_NONE);
        return;
    }
    sign_in_send(post->scope, post->tx, form_str(&form, SIGN_IN_MAIL), reply_visit(post->reply));
    reply_redirect(post->reply, url_sign_in_code_show(post->scope->arena));
}

/* ---- a code by text ---- */

static const Field phone_fields[] = {{.name = "phone",
                                      .kind = FIELD_PHONE,
                                      .is_required = true,
                                      .missing = TEXT_PROOF_PHONE_MISSING,
                                      .autocomplete = "tel"}};

static void show_text(Scope *scope, Reply *reply, const Form *form) {
    DoorPage page = {.layout = layout_of(scope, reply, TEXT_PROOF_BY_TEXT), .form = form};
    page.layout.has_error = !form->is_valid;
    text_door_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void sign_in_text_show(Get *get) {
    Form form = form_empty(get->scope, phone_fields, 1);
    show_text(get->scope, get->reply, &form);
}

void sign_in_text_do(Post *post) {
    Form form = form_read(post->scope, post->input, phone_fields, 1);
    if (!form.is_valid) {
        show_text(post->scope, post->reply, &form);
        return;
    }
    sign_in_send_text(post->scope, post->tx, form_str(&form, 0), reply_visit(post->reply));
    reply_redirect(post->reply, url_sign_in_code_show(post->scope->arena));
}

/* ---- a passkey ---- */

void sign_in_passkey_do(Post *post) {
    const PasskeySent sent = passkey_sent(post->scope, post->input);
    SignedIn signed_in;
    const PasskeyResult result =
        passkey_finish(post->scope, post->tx, PASSKEY_SIGN_IN, reply_visit(post->reply), &sent, &signed_in);
    if (result == PASSKEY_SHOWN) {
        door_open(post, &signed_in);
        return;
    }
    Form form = form_empty(post->scope, sign_in_fields, SIGN_IN_FIELDS);
    show_door(post->scope, post->reply, &form, passkey_words(result));
    reply_keep_changes(post->reply); /* the challenge is spent, and a copied key stopped */
}

/* ---- a passphrase ---- */

enum { PASSPHRASE_MAIL, PASSPHRASE_WORDS, PASSPHRASE_CODE, PASSPHRASE_FIELDS };
static const Field passphrase_fields[] = {
    [PASSPHRASE_MAIL] = {.name = "mail",
                         .kind = FIELD_MAIL,
                         .is_required = true,
                         .missing = TEXT_ACCOUNT_MAIL_MISSING,
                         .autocomplete = "username"},
    [PASSPHRASE_WORDS] = {.name = "passphrase",
                          .kind = FIELD_LINE,
                          .is_required = true,
                          .most_characters = PASSPHRASE_MOST,
                          .missing = TEXT_PROOF_PASSPHRASE_MISSING,
                          .autocomplete = "current-password"},
    [PASSPHRASE_CODE] = {.name = "code",
                         .kind = FIELD_LINE,
                         .most_characters = 12,
                         .autocomplete = "one-time-code"},
};

static void show_passphrase(Scope *scope, Reply *reply, const Form *form, int64_t minutes) {
    PassphraseDoorPage page = {
        .layout = layout_of(scope, reply, TEXT_PROOF_WITH_PASSPHRASE), .form = form, .minutes = minutes};
    page.layout.has_error = !form->is_valid;
    passphrase_door_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void sign_in_passphrase_show(Get *get) {
    Form form = form_empty(get->scope, passphrase_fields, PASSPHRASE_FIELDS);
    show_passphrase(get->scope, get->reply, &form, 0);
}

const void *sign_in_passphrase_do_before(Get *get) {
    const Form form = form_read(get->scope, get->input, passphrase_fields, PASSPHRASE_FIELDS);
    if (!form.is_valid) {
        return NULL;
    }
    PassphraseTried *tried = NEW(get->scope->arena, PassphraseTried);
    *tried =
        passphrase_try_mail(get->scope, form_str(&form, PASSPHRASE_MAIL), form_str(&form, PASSPHRASE_WORDS));
    return tried;
}

void sign_in_passphrase_do(Post *post) {
    Form form = form_read(post->scope, post->input, passphrase_fields, PASSPHRASE_FIELDS);
    const PassphraseTried *tried = post->before;
    if (tried == NULL) {
        show_passphrase(post->scope, post->reply, &form, 0);
        return;
    }
    SignedIn signed_in;
    int64_t minutes = 0;
    switch (passphrase_finish(post->scope, post->tx, tried, form_str(&form, PASSPHRASE_CODE), &signed_in,
                              &minutes)) {
    case PROOF_SHOWN:
        door_open(post, &signed_in);
        return;
    case PROOF_WRONG:
        form_error(&form, PASSPHRASE_WORDS, TEXT_PROOF_WRONG);
        break;
    case PROOF_CODE_USED:
        form_error(&form, PASSPHRASE_CODE, TEXT_PROOF_CODE_USED);
        break;
    case PROOF_CLOCK:
        form_error(&form, PASSPHRASE_CODE, TEXT_PROOF_CODE_CLOCK);
        break;
    case PROOF_LATER:
        form_error(&form, PASSPHRASE_WORDS, TEXT_PROOF_LATER);
        break;
    }
    show_passphrase(post->scope, post->reply, &form, minutes);
    reply_keep_changes(post->reply); /* the try counts */
}
