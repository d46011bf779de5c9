/* SPDX-License-Identifier: Apache-2.0 */
/* One's own ways to sign in: what there is, adding, changing, taking away. */
#include "features/proof/way.h"

#include "features/access/proof.h"
#include "features/proof/proof_pages.h"
#include "platform/config.h"
#include "platform/crypto/passphrase.h"
#include "platform/totp/totp.h"
#include "proof_html.h"
#include "routes.h"

void ways_show(Get *get) {
    const Scope *scope = get->scope;
    const Ways ways = ways_of(scope, scope->actor);
    WaysPage page = {.layout = layout_of(scope, get->reply, TEXT_PROOF_WAYS_TITLE),
                     .ways = ways,
                     .wants_setting_up = ways.has_duty && !ways_are_enough(&ways),
                     .passkeys = passkey_list(scope->db, scope->actor)};
    ways_page(reply_html(get->reply, 200), &page);
}

static void back_saying(Post *post, Text sentence) {
    reply_redirect_saying(post->reply, url_ways_show(post->scope->arena), sentence);
}

/* What was set up was shown with it: the person goes on with that. */
static void raise_to(Post *post, unsigned proofs) {
    reply_sign_in(post->reply, session_raise(post->scope, post->tx, proofs), 30 * TIME_DAY);
}

static void say_dropped(Post *post, WayDropped result, Text dropped) {
    switch (result) {
    case WAY_DROPPED:
        back_saying(post, dropped);
        return;
    case WAY_LAST:
        reply_sorry(post->reply, 409, TEXT_PROOF_LAST);
        return;
    case WAY_SHORT:
        reply_sorry(post->reply, 409, TEXT_PROOF_APP_KEEPS_SHORT);
        return;
    case WAY_NONE:
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
}

/* ---- a passphrase ---- */

enum { NEW_PASSPHRASE, NEW_CURRENT, NEW_FIELDS };
static const Field new_fields[] = {
    [NEW_PASSPHRASE] = {.name = "passphrase",
                        .kind = FIELD_LINE,
                        .is_required = true,
                        .most_characters = PASSPHRASE_MOST,
                        .missing = TEXT_PROOF_PASSPHRASE_MISSING,
                        .autocomplete = "new-password"},
    [NEW_CURRENT] = {.name = "current",
                     .kind = FIELD_LINE,
                     .most_characters = PASSPHRASE_MOST,
                     .autocomplete = "current-password"},
};

static void show_passphrase(Scope *scope, Reply *reply, const Form *form) {
    const Ways ways = ways_of(scope, scope->actor);
    PassphrasePage page = {.layout = layout_of(scope, reply, TEXT_PROOF_PASSPHRASE),
                           .form = form,
                           .ways = ways,
                           .wants_current = passphrase_wants_current(scope, &ways)};
    page.layout.has_error = !form->is_valid;
    passphrase_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void way_passphrase_show(Get *get) {
    Form form = form_empty(get->scope, new_fields, NEW_FIELDS);
    show_passphrase(get->scope, get->reply, &form);
}

typedef struct PassphraseMade {
    PassphraseJudgment judgment;
    Str hash; /* of one that is fine */
    bool wants_current;
    PassphraseTried current; /* where that is wanted */
} PassphraseMade;

const void *way_passphrase_do_before(Get *get) {
    const Form form = form_read(get->scope, get->input, new_fields, NEW_FIELDS);
    if (!form.is_valid) {
        return NULL;
    }
    const Str typed = form_str(&form, NEW_PASSPHRASE);
    const Ways ways = ways_of(get->scope, get->scope->actor);
    PassphraseMade *made = NEW(get->scope->arena, PassphraseMade);
    made->wants_current = passphrase_wants_current(get->scope, &ways);
    if (made->wants_current) {
        made->current = passphrase_try_again(get->scope, form_str(&form, NEW_CURRENT));
    }
    made->judgment = passphrase_judge(get->scope, typed);
    if (made->judgment == PASSPHRASE_FINE && (!made->wants_current || made->current.fits)) {
        made->hash = passphrase_hash(get->scope->arena, typed);
    }
    return made;
}

/* Is the one that counts now told, where it must be? Else the page is shown again, and the try counts. */
static bool current_is_told(Post *post, const PassphraseMade *made, Form *form) {
    if (!made->wants_current) {
        return true;
    }
    const ProofResult result = passphrase_confirm(post->scope, post->tx, &made->current);
    if (result == PROOF_SHOWN) {
        return true;
    }
    form_error(form, NEW_CURRENT,
               result == PROOF_LATER ? TEXT_PROOF_LATER : TEXT_PROOF_PASSPHRASE_CURRENT_WRONG);
    show_passphrase(post->scope, post->reply, form);
    reply_keep_changes(post->reply);
    return false;
}

void way_passphrase_do(Post *post) {
    Form form = form_read(post->scope, post->input, new_fields, NEW_FIELDS);
    const PassphraseMade *made = post->before;
    if (made == NULL) {
        show_passphrase(post->scope, post->reply, &form);
        return;
    }
    if (!current_is_told(post, made, &form)) {
        return;
    }
    switch (made->judgment) {
    case PASSPHRASE_FINE: {
        const bool is_long = str_characters(form_str(&form, NEW_PASSPHRASE)) >= PASSPHRASE_LEAST_ALONE;
        passphrase_set(post->scope, post->tx, made->hash, is_long);
        raise_to(post, PROOF_PASSPHRASE);
        const Ways ways = ways_of(post->scope, post->scope->actor);
        if (ways.has_duty && !ways_are_enough(&ways)) {
            /* Alone it is not enough for a duty: on to its other half. */
            reply_redirect_saying(post->reply, url_way_app_show(post->scope->arena),
                                  TEXT_PROOF_PASSPHRASE_NOW_APP);
            return;
        }
        back_saying(post, TEXT_PROOF_PASSPHRASE_SAVED);
        return;
    }
    case PASSPHRASE_SHORT_ALONE:
        form_error(&form, NEW_PASSPHRASE, TEXT_PROOF_PASSPHRASE_SHORT_ALONE);
        break;
    case PASSPHRASE_SHORT:
        form_error(&form, NEW_PASSPHRASE, TEXT_PROOF_PASSPHRASE_SHORT);
        break;
    case PASSPHRASE_LONG:
        form_error(&form, NEW_PASSPHRASE, TEXT_PROOF_PASSPHRASE_LONG);
        break;
    case PASSPHRASE_COMMON:
        form_error(&form, NEW_PASSPHRASE, TEXT_PROOF_PASSPHRASE_COMMON);
        break;
    }
    show_passphrase(post->scope, post->reply, &form);
}

void way_passphrase_remove_do(Post *post) {
    say_dropped(post, passphrase_remove(post->scope, post->tx), TEXT_PROOF_PASSPHRASE_GONE);
}

/* ---- an authenticator app ---- */

static const Field app_fields[] = {{.name = "code",
                                    .kind = FIELD_LINE,
                                    .is_required = true,
                                    .most_characters = 12,
                                    .missing = TEXT_PROOF_APP_CODE_MISSING,
                                    .autocomplete = "one-time-code"}};

static void show_app(Scope *scope, Reply *reply, const Form *form, int64_t minutes) {
    AppPage page = {.layout = layout_of(scope, reply, TEXT_PROOF_APP),
                    .form = form,
                    .ways = ways_of(scope, scope->actor),
                    .minutes = minutes};
    Str secret = STR_NONE;
    Person person;
    page.is_waiting = app_waiting(scope, &secret) && account_person_find(scope, scope->actor, &person);
    if (page.is_waiting) {
        const Str brand = text_str(scope->lang, TEXT_UI_BRAND);
        page.secret = totp_secret_words(scope->arena, secret);
        page.qr = qr_make(scope->arena,
                          totp_address(scope->arena, brand, str_first_characters(person.called, 40), secret));
    }
    page.layout.has_error = !form->is_valid;
    app_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void way_app_show(Get *get) {
    Form form = form_empty(get->scope, app_fields, 1);
    show_app(get->scope, get->reply, &form, 0);
}

void way_app_do(Post *post) {
    app_begin(post->scope, post->tx);
    reply_redirect(post->reply, url_way_app_show(post->scope->arena));
}

void way_app_confirm_do(Post *post) {
    Form form = form_read(post->scope, post->input, app_fields, 1);
    int64_t minutes = 0;
    AppResult result = APP_WRONG;
    if (form.is_valid) {
        result = app_confirm(post->scope, post->tx, form_str(&form, 0), &minutes);
    }
    switch (result) {
    case APP_FITS:
        raise_to(post, PROOF_APP);
        back_saying(post, TEXT_PROOF_APP_SAVED);
        return;
    case APP_USED:
        form_error(&form, 0, TEXT_PROOF_CODE_USED);
        break;
    case APP_CLOCK:
        form_error(&form, 0, TEXT_PROOF_CODE_CLOCK);
        break;
    case APP_WRONG:
        form_error(&form, 0, TEXT_PROOF_APP_WRONG);
        break;
    }
    show_app(post->scope, post->reply, &form, minutes);
}

void way_app_remove_do(Post *post) {
    say_dropped(post, app_remove(post->scope, post->tx), TEXT_PROOF_APP_GONE);
}

/* ---- recovery codes ---- */

void way_recovery_show(Get *get) {
    RecoveryPage page = {.layout = layout_of(get->scope, get->reply, TEXT_PROOF_RECOVERY),
                         .ways = ways_of(get->scope, get->scope->actor)};
    recovery_page(reply_html(get->reply, 200), &page);
}

void way_recovery_do(Post *post) {
    RecoveryPage page = {.layout = layout_of(post->scope, post->reply, TEXT_PROOF_RECOVERY),
                         .codes = recovery_make(post->scope, post->tx)};
    recovery_page(reply_html(post->reply, 200), &page);
}

/* ---- passkeys ---- */

static const Field name_fields[] = {{.name = "name", .kind = FIELD_LINE, .most_characters = 60}};

static void show_passkey(Scope *scope, Reply *reply, const Form *form, Text problem) {
    PasskeyPage page = {.layout = layout_of(scope, reply, TEXT_PROOF_PASSKEY_ADD),
                        .form = form,
                        .passkey = passkey_ask(scope, reply, PASSKEY_ADD),
                        .problem = problem};
    page.layout.has_error = problem != TEXT_NONE || !form->is_valid;
    passkey_page(reply_html(reply, page.layout.has_error ? 422 : 200), &page);
}

void passkey_add_show(Get *get) {
    Form form = form_empty(get->scope, name_fields, 1);
    form_set_str(&form, 0, reply_device(get->reply));
    show_passkey(get->scope, get->reply, &form, TEXT_NONE);
}

static Str name_of(const Post *post, const Form *form) {
    if (!str_is_empty(form_str(form, 0))) {
        return form_str(form, 0);
    }
    const Str device = reply_device(post->reply);
    return str_is_empty(device) ? text_str(post->scope->lang, TEXT_PROOF_PASSKEY) : device;
}

void passkey_add_do(Post *post) {
    Form form = form_read(post->scope, post->input, name_fields, 1);
    if (!form.is_valid) {
        show_passkey(post->scope, post->reply, &form, TEXT_NONE);
        return;
    }
    const PasskeySent sent = passkey_sent(post->scope, post->input);
    const PasskeyResult result =
        passkey_add(post->scope, post->tx, reply_visit(post->reply), &sent, name_of(post, &form));
    if (result == PASSKEY_SHOWN) {
        raise_to(post, PROOF_PASSKEY);
        back_saying(post, TEXT_PROOF_PASSKEY_SAVED);
        return;
    }
    show_passkey(post->scope, post->reply, &form, passkey_words(result));
    reply_keep_changes(post->reply); /* the challenge is spent */
}

void passkey_name_do(Post *post, PasskeyId passkey) {
    Form form = form_read(post->scope, post->input, name_fields, 1);
    if (!form.is_valid || !passkey_change_name(post->scope, post->tx, passkey, name_of(post, &form))) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    back_saying(post, TEXT_UI_SAVED);
}

void passkey_remove_do(Post *post, PasskeyId passkey) {
    say_dropped(post, passkey_remove(post->scope, post->tx, passkey), TEXT_PROOF_PASSKEY_GONE);
}
