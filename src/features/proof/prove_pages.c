/* SPDX-License-Identifier: Apache-2.0 */
/* Showing again who one is, and going on where one was: nothing typed is lost. */
#include "features/proof/prove.h"

#include "features/access/access.h"
#include "features/access/proof.h"
#include "features/proof/proof_pages.h"
#include "platform/crypto/passphrase.h"
#include "proof_html.h"
#include "routes.h"

#define HELD_PREFIX "held."

enum { AGAIN_PASSPHRASE, AGAIN_APP, AGAIN_FIELDS };
static const Field passphrase_fields[] = {
    [AGAIN_PASSPHRASE] = {.name = "passphrase",
                          .kind = FIELD_LINE,
                          .is_required = true,
                          .most_characters = PASSPHRASE_MOST,
                          .missing = TEXT_PROOF_PASSPHRASE_MISSING,
                          .autocomplete = "current-password"},
    [AGAIN_APP] = {.name = "app", .kind = FIELD_LINE, .most_characters = 12, .autocomplete = "one-time-code"},
};
static const Field code_fields[] = {{.name = "code",
                                     .kind = FIELD_LINE,
                                     .is_required = true,
                                     .most_characters = 12,
                                     .missing = TEXT_ACCOUNT_CODE_MISSING,
                                     .autocomplete = "one-time-code"}};
static const Field recovery_fields[] = {{.name = "recovery",
                                         .kind = FIELD_LINE,
                                         .is_required = true,
                                         .most_characters = 40,
                                         .missing = TEXT_PROOF_RECOVERY_MISSING,
                                         .autocomplete = "off"}};
static const Field back_fields[] = {{.name = "back", .kind = FIELD_LINE, .most_characters = 1000}};

/* ---- what waits ---- */

static Str back_of(const Scope *scope, const Input *input) {
    const Form form = form_read(scope, input, back_fields, 1);
    return url_back(scope->arena, form_str(&form, 0)).text;
}

/* The pairs whose names begin so, without that beginning; the platform's own are made anew by each form. */
static HeldPairs pairs_with(const Scope *scope, const Input *input, Str prefix) {
    Pair *items = NEW_MANY(scope->arena, input->count, Pair);
    size_t count = 0;
    for (size_t at = 0; at < input->count; at++) {
        const Pair *pair = &input->pairs[at];
        if (!str_starts_with(pair->name, prefix)) {
            continue;
        }
        const Str name = str_part(pair->name, prefix.length, pair->name.length);
        if (!str_equal(name, STR("token")) && !str_equal(name, STR("once"))) {
            items[count++] = (Pair){.name = name, .value = pair->value};
        }
    }
    return (HeldPairs){.items = items, .count = count};
}

static Held held_of(const Scope *scope, const Input *input) {
    const bool is_form = str_equal(input_only(input, STR("held")), STR("yes"));
    return (Held){.back = back_of(scope, input),
                  .is_form = is_form,
                  .pairs = is_form ? pairs_with(scope, input, STR(HELD_PREFIX)) : (HeldPairs){0}};
}

/* ---- the page ---- */

typedef struct Asked {
    const Form *passphrase, *code, *recovery; /* NULL: nothing was tried that way */
    bool code_is_sent;
    Text problem;
    int64_t minutes;
    int status;
} Asked;

/* The first mailbox of the person, for a code. */
static Str mail_of(const Scope *scope) {
    const ContactPoints points = account_contact_points(scope, scope->actor);
    for (size_t at = 0; at < points.count; at++) {
        if (points.items[at].kind == CONTACT_POINT_MAIL) {
            return points.items[at].value;
        }
    }
    return STR_NONE;
}

/* What is less than enough for a duty does not replace what is. */
static bool needs_enough(const Ways *ways) {
    return ways->has_duty && ways_are_enough(ways);
}

static void show(Scope *scope, Reply *reply, const Held *held, const Asked *asked) {
    Form passphrase = form_empty(scope, passphrase_fields, AGAIN_FIELDS);
    Form code = form_empty(scope, code_fields, 1);
    Form recovery = form_empty(scope, recovery_fields, 1);
    const Ways ways = ways_of(scope, scope->actor);
    const bool strict = needs_enough(&ways);
    const bool reached = (scope->proofs & (PROOF_MAILBOX | PROOF_PHONE)) != 0;
    const bool wants_setting_up =
        ways.has_duty && !ways_are_enough(&ways) && !proof_is_enough(scope->proofs) && access_is_fresh(scope);
    ProvePage page = {
        .layout = layout_of(scope, reply, TEXT_PROOF_AGAIN_TITLE),
        .held = *held,
        .ways = ways,
        .wants_setting_up = wants_setting_up,
        .takes_passkey = ways.passkeys > 0,
        .takes_passphrase = ways.has_passphrase && (ways.has_app || (ways.is_long && !strict)),
        .mail = mail_of(scope),
        .takes_recovery = ways.codes > 0 && reached && strict,
        .code_is_sent = asked->code_is_sent,
        .passkey = passkey_ask(scope, reply, PASSKEY_AGAIN),
        .passphrase = asked->passphrase != NULL ? asked->passphrase : &passphrase,
        .code = asked->code != NULL ? asked->code : &code,
        .recovery = asked->recovery != NULL ? asked->recovery : &recovery,
        .problem = asked->problem,
        .minutes = asked->minutes,
    };
    page.takes_code = !strict && !wants_setting_up && !str_is_none(page.mail);
    page.layout.has_error = asked->status == 422;
    prove_page(reply_html(reply, asked->status), &page);
}

void prove_ask(Scope *scope, Reply *reply, const Input *held) {
    if (held == NULL) {
        reply_redirect(reply,
                       url_with(scope->arena, url_prove_show(scope->arena), STR("back"), reply_path(reply)));
        return;
    }
    /* A file would have to be kept somewhere: it is chosen again. */
    const Held waiting = {.back = reply_path(reply),
                          .is_form = held->upload_count == 0,
                          .pairs = pairs_with(scope, held, STR(""))};
    show(scope, reply, &waiting, &(Asked){.status = 403});
}

void prove_show(Get *get) {
    const Held held = {.back = back_of(get->scope, get->input)};
    show(get->scope, get->reply, &held, &(Asked){.status = 200});
}

/* ---- once it is shown ---- */

static void go_on(Post *post, const Held *held, unsigned proofs) {
    const Str token = session_raise(post->scope, post->tx, proofs);
    reply_sign_in(post->reply, token, 30 * TIME_DAY);
    if (!held->is_form) {
        reply_redirect(post->reply, url_back(post->scope->arena, held->back));
        return;
    }
    GoOnPage page = {.layout = layout_of(post->scope, post->reply, TEXT_PROOF_THANKS), .held = *held};
    go_on_page(reply_html(post->reply, 200), &page);
}

static void again(Post *post, const Held *held, const Asked *asked) {
    show(post->scope, post->reply, held, asked);
    reply_keep_changes(post->reply); /* the try counts */
}

void prove_passkey_do(Post *post) {
    const Held held = held_of(post->scope, post->input);
    const PasskeySent sent = passkey_sent(post->scope, post->input);
    SignedIn signed_in;
    const PasskeyResult result =
        passkey_finish(post->scope, post->tx, PASSKEY_AGAIN, reply_visit(post->reply), &sent, &signed_in);
    if (result == PASSKEY_SHOWN) {
        go_on(post, &held, PROOF_PASSKEY);
        return;
    }
    again(post, &held, &(Asked){.problem = passkey_words(result), .status = 422});
}

const void *prove_passphrase_do_before(Get *get) {
    const Form form = form_read(get->scope, get->input, passphrase_fields, AGAIN_FIELDS);
    if (!form.is_valid) {
        return NULL;
    }
    PassphraseTried *tried = NEW(get->scope->arena, PassphraseTried);
    *tried = passphrase_try_again(get->scope, form_str(&form, AGAIN_PASSPHRASE));
    return tried;
}

void prove_passphrase_do(Post *post) {
    const Held held = held_of(post->scope, post->input);
    Form form = form_read(post->scope, post->input, passphrase_fields, AGAIN_FIELDS);
    const PassphraseTried *tried = post->before;
    Asked asked = {.passphrase = &form, .status = 422};
    if (tried == NULL) {
        again(post, &held, &asked);
        return;
    }
    SignedIn signed_in;
    const Ways ways = ways_of(post->scope, post->scope->actor);
    switch (passphrase_finish(post->scope, post->tx, tried, form_str(&form, AGAIN_APP), &signed_in,
                              &asked.minutes)) {
    case PROOF_SHOWN:
        if (!needs_enough(&ways) || proof_is_enough(signed_in.proofs)) {
            go_on(post, &held, signed_in.proofs);
            return;
        }
        form_error(&form, AGAIN_PASSPHRASE, TEXT_PROOF_WRONG);
        break;
    case PROOF_WRONG:
        form_error(&form, AGAIN_PASSPHRASE, TEXT_PROOF_WRONG);
        break;
    case PROOF_CODE_USED:
        form_error(&form, AGAIN_APP, TEXT_PROOF_CODE_USED);
        break;
    case PROOF_CLOCK:
        form_error(&form, AGAIN_APP, TEXT_PROOF_CODE_CLOCK);
        break;
    case PROOF_LATER:
        form_error(&form, AGAIN_PASSPHRASE, TEXT_PROOF_LATER);
        break;
    }
    again(post, &held, &asked);
}

/* ---- a code to the person's mailbox ---- */

void prove_send_do(Post *post) {
    const Held held = held_of(post->scope, post->input);
    const Str mail = mail_of(post->scope);
    if (!str_is_none(mail)) {
        sign_in_send(post->scope, post->tx, mail, reply_visit(post->reply));
    }
    show(post->scope, post->reply, &held, &(Asked){.code_is_sent = true, .status = 200});
}

void prove_code_do(Post *post) {
    const Held held = held_of(post->scope, post->input);
    Form form = form_read(post->scope, post->input, code_fields, 1);
    SignedIn signed_in;
    SignInResult result = SIGN_IN_WRONG;
    const Ways ways = ways_of(post->scope, post->scope->actor);
    if (form.is_valid && !needs_enough(&ways)) {
        result =
            sign_in_by_code(post->scope, post->tx, reply_visit(post->reply), form_str(&form, 0), &signed_in);
    }
    switch (result) {
    case SIGN_IN_DONE:
        /* The code shows a mailbox; is it one of the actor's? */
        if (account_reaches(post->scope, signed_in.mail_key, post->scope->actor)) {
            go_on(post, &held, PROOF_MAILBOX);
            return;
        }
        form_error(&form, 0, TEXT_ACCOUNT_CODE_OVER);
        break;
    case SIGN_IN_WRONG:
        form_error(&form, 0, TEXT_ACCOUNT_CODE_WRONG);
        break;
    case SIGN_IN_OVER:
        form_error(&form, 0, TEXT_ACCOUNT_CODE_OVER);
        break;
    }
    again(post, &held, &(Asked){.code = &form, .code_is_sent = true, .status = 422});
}

/* ---- a code from paper ---- */

void prove_recovery_do(Post *post) {
    const Held held = held_of(post->scope, post->input);
    Form form = form_read(post->scope, post->input, recovery_fields, 1);
    ProofResult result = PROOF_WRONG;
    if (form.is_valid) {
        result = recovery_finish(post->scope, post->tx, form_str(&form, 0));
    }
    switch (result) {
    case PROOF_SHOWN:
        go_on(post, &held, PROOF_RECOVERY);
        return;
    case PROOF_LATER:
        form_error(&form, 0, TEXT_PROOF_LATER);
        break;
    case PROOF_WRONG:
    case PROOF_CODE_USED:
    case PROOF_CLOCK:
        form_error(&form, 0, TEXT_PROOF_RECOVERY_WRONG);
        break;
    }
    again(post, &held, &(Asked){.recovery = &form, .status = 422});
}
