/* SPDX-License-Identifier: Apache-2.0 */
/* A young person's own space: the door to it, its switches, and the way back when the word was lost. */
#include "own_html.h"
#include "features/access/proof.h"
#include "features/ask/ask.h"
#include "features/ask/ask_view.h"
#include "features/audit/audit.h"
#include "features/youth/youth.h"
#include "routes.h"
#include "texts.h"

enum { OWN_CODE, OWN_FIELDS };
static const Field own_fields[] = {
    [OWN_CODE] = {.name = "code",
                  .kind = FIELD_LINE,
                  .is_required = true,
                  .most_characters = YOUTH_WORD_MOST,
                  .missing = TEXT_ASK_OWN_MISSING,
                  .autocomplete = "off"},
};

enum { APART_APART, APART_FIELDS };
static const char *const apart_values[] = {"yes", "no", NULL};
static const Field apart_fields[] = {
    [APART_APART] = {.name = "apart", .kind = FIELD_CHOICE, .is_required = true, .choices = apart_values},
};

enum { WORD_NOW, WORD_NEW, WORD_FIELDS };
static const Field word_fields[] = {
    [WORD_NOW] = {.name = "now",
                  .kind = FIELD_LINE,
                  .most_characters = YOUTH_WORD_MOST,
                  .autocomplete = "off"},
    [WORD_NEW] = {.name = "word",
                  .kind = FIELD_LINE,
                  .is_required = true,
                  .most_characters = YOUTH_WORD_MOST,
                  .missing = TEXT_ASK_WORD_MISSING,
                  .autocomplete = "off"},
};

/* ---- inside, or looking for it ---- */

/* `form`: to open a space, for whoever is not in one; `word`: to change its word, for whoever is. */
static void show_own(Scope *scope, Reply *reply, const Form *form, const Form *word) {
    OwnPage page = {.form = form, .word = word, .read = STR("")};
    page.is_young = youth_is(scope, scope->actor);
    page.is_apart = youth_is_apart(scope, scope->actor);
    page.has_word = youth_has_word(scope, scope->actor);
    page.ways_back = youth_ways_back(scope, scope->actor);
    page.layout = layout_of(scope, reply, page.is_young ? TEXT_ASK_OWN_MINE : TEXT_ASK_OWN_TITLE);
    page.layout.has_error = !form->is_valid || !word->is_valid;
    (void)youth_read_last(scope, scope->actor, &page.read, &page.read_at);
    own_page(reply_html(reply, page.layout.has_error ? 422 : 200), &page);
}

void own_show(Get *get) {
    Form form = form_empty(get->scope, own_fields, OWN_FIELDS);
    Form word = form_empty(get->scope, word_fields, WORD_FIELDS);
    show_own(get->scope, get->reply, &form, &word);
}

/* The door is asked for what the mailbox does not show. */
static void lead_to_door(Post *post, const YouthDoor *door) {
    youth_door_wait(post->scope, post->tx, reply_visit(post->reply), door);
    reply_redirect(post->reply, url_own_door_show(post->scope->arena));
}

/* The word of somebody of this mailbox; none fits: person 0. Wrong words count for each of them. */
static PersonId owner_of_word(const Scope *scope, Tx *tx, Str mailbox, Str word) {
    const Household young = account_young_of(scope, mailbox);
    for (size_t at = 0; at < young.count; at++) {
        if (youth_word_try(scope, tx, young.items[at].id, word) == YOUTH_WORD_FITS) {
            return young.items[at].id;
        }
    }
    return (PersonId){0};
}

/* The mailbox, and beside it the word; or, where none was set yet, the code of the request. Neither alone
 * opens anything. A wrong one and one of somebody else's say the same. */
void own_do(Post *post) {
    Form form = form_read(post->scope, post->input, own_fields, OWN_FIELDS);
    const Form word = form_empty(post->scope, word_fields, WORD_FIELDS);
    const Str mailbox = account_session_mailbox(post->scope);
    const Str said = form_str(&form, OWN_CODE);
    Request request;
    Str token = STR_NONE;
    if (form.is_valid && !str_is_none(mailbox)) {
        if (!request_find_by_receipt(post->scope, said, mailbox, &request)) {
            const PersonId person = owner_of_word(post->scope, post->tx, mailbox, said);
            (void)(!person_id_is_none(person) && account_open_own(post->scope, post->tx, person, &token));
        } else if (youth_has_door(post->scope, request.person)) {
            lead_to_door(post, &(YouthDoor){.person = request.person,
                                            .mail_key = mailbox,
                                            .proofs = post->scope->proofs & PROOF_MAILBOX});
            return;
        } else {
            (void)account_open_own(post->scope, post->tx, request.person, &token);
        }
    }
    if (form.is_valid && str_is_none(token)) {
        form_error(&form, OWN_CODE, TEXT_ASK_OWN_WRONG);
    }
    if (!form.is_valid) {
        show_own(post->scope, post->reply, &form, &word);
        reply_keep_changes(post->reply); /* the tries count */
        return;
    }
    reply_sign_in(post->reply, token, 30 * TIME_DAY);
    reply_redirect(post->reply, url_me_show(post->scope->arena));
}

void own_apart_do(Post *post) {
    Form form = form_read(post->scope, post->input, apart_fields, APART_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    youth_set_apart(post->scope, post->tx, form_has(&form, APART_APART, STR("yes")));
    reply_redirect_saying(post->reply, url_own_show(post->scope->arena), TEXT_UI_SAVED);
}

void ask_word_check(Form *form, size_t field) {
    if (str_characters(str_trim(form_str(form, field))) < YOUTH_WORD_LEAST) {
        form_error(form, field, TEXT_ASK_WORD_SHORT);
    }
}

static void say_result(Form *form, size_t field, YouthWordResult result, Text wrong) {
    switch (result) {
    case YOUTH_WORD_FITS:
        return;
    case YOUTH_WORD_WRONG:
        form_error(form, field, wrong);
        return;
    case YOUTH_WORD_LATER:
        form_error(form, field, TEXT_ASK_WORD_LATER);
        return;
    }
}

/* The word as it is goes first: an open page on a phone that others use is not enough to shut its owner
 * out. */
void own_word_do(Post *post) {
    const Scope *scope = post->scope;
    const Form form = form_empty(scope, own_fields, OWN_FIELDS);
    Form word = form_read(scope, post->input, word_fields, WORD_FIELDS);
    if (!youth_is(scope, scope->actor)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    ask_word_check(&word, WORD_NEW);
    if (word.is_valid && youth_has_word(scope, scope->actor)) {
        say_result(&word, WORD_NOW, youth_word_try(scope, post->tx, scope->actor, form_str(&word, WORD_NOW)),
                   TEXT_ASK_WORD_WRONG);
    }
    if (!word.is_valid) {
        show_own(post->scope, post->reply, &form, &word);
        reply_keep_changes(post->reply); /* the try counts */
        return;
    }
    youth_word_set(scope, post->tx, scope->actor, youth_word_make(scope, form_str(&word, WORD_NEW)));
    reply_redirect_saying(post->reply, url_own_show(scope->arena), TEXT_UI_SAVED);
}

/* ---- the door ---- */

enum { DOOR_WORD, DOOR_CODE, DOOR_NEW, DOOR_FIELDS };
static const Field door_fields[] = {
    [DOOR_WORD] = {.name = "word",
                   .kind = FIELD_LINE,
                   .most_characters = YOUTH_WORD_MOST,
                   .autocomplete = "off"},
    [DOOR_CODE] = {.name = "code", .kind = FIELD_LINE, .most_characters = 20, .autocomplete = "off"},
    [DOOR_NEW] = {.name = "new",
                  .kind = FIELD_LINE,
                  .most_characters = YOUTH_WORD_MOST,
                  .autocomplete = "off"},
};

/* `door` NULL: nobody stands at one. */
static void show_door(Scope *scope, Reply *reply, const Form *form, const YouthDoor *door) {
    OwnDoorPage page = {.layout = layout_of(scope, reply, TEXT_ASK_DOOR_TITLE),
                        .form = form,
                        .is_there = door != NULL,
                        .must_choose = door != NULL && !youth_has_word(scope, door->person),
                        .is_lost = !str_is_empty(form_str(form, DOOR_CODE)) ||
                                   field_error(form, DOOR_NEW) != TEXT_NONE};
    page.layout.has_error = !form->is_valid;
    own_door_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void own_door_show(Get *get) {
    YouthDoor door;
    const Form form = form_empty(get->scope, door_fields, DOOR_FIELDS);
    const bool is_there = youth_door_find(get->scope, reply_visit(get->reply), &door);
    show_door(get->scope, get->reply, &form, is_there ? &door : NULL);
}

/* The space has no word yet: whoever showed its mailbox, phone or code chooses one, and from then on none of
 * these opens it alone. It stands in the record that its owner reads. */
static void choose_word(Post *post, Form *form, const YouthDoor *door) {
    ask_word_check(form, DOOR_NEW);
    if (form->is_valid) {
        youth_word_set(post->scope, post->tx, door->person,
                       youth_word_make(post->scope, form_str(form, DOOR_NEW)));
        audit_add(post->scope, post->tx,
                  &(AuditEntry){.action = STR("young_word_chosen"), .subject = door->person});
    }
}

/* The word; or the code of somebody who met the young person, with a new word. */
static void try_door(Post *post, Form *form, const YouthDoor *door) {
    const bool is_lost = !str_is_empty(form_str(form, DOOR_CODE));
    if (!youth_has_word(post->scope, door->person)) {
        choose_word(post, form, door);
    } else if (is_lost) {
        ask_word_check(form, DOOR_NEW);
        if (form->is_valid) {
            say_result(form, DOOR_CODE,
                       youth_way_back_try(post->scope, post->tx, door->person, form_str(form, DOOR_CODE)),
                       TEXT_ASK_DOOR_CODE_WRONG);
        }
        if (form->is_valid) {
            youth_word_set(post->scope, post->tx, door->person,
                           youth_word_make(post->scope, form_str(form, DOOR_NEW)));
        }
    } else if (str_is_empty(form_str(form, DOOR_WORD))) {
        form_error(form, DOOR_WORD, TEXT_ASK_DOOR_MISSING);
    } else {
        say_result(form, DOOR_WORD,
                   youth_word_try(post->scope, post->tx, door->person, form_str(form, DOOR_WORD)),
                   TEXT_ASK_WORD_WRONG);
    }
}

void own_door_do(Post *post) {
    const Str visit = reply_visit(post->reply);
    Form form = form_read(post->scope, post->input, door_fields, DOOR_FIELDS);
    YouthDoor door;
    if (!youth_door_find(post->scope, visit, &door)) {
        show_door(post->scope, post->reply, &form, NULL);
        return;
    }
    if (form.is_valid) {
        try_door(post, &form, &door);
    }
    if (!form.is_valid) {
        show_door(post->scope, post->reply, &form, &door);
        reply_keep_changes(post->reply); /* the try counts */
        return;
    }
    youth_door_leave(post->scope, post->tx, visit);
    if (post->scope->session.value != 0) {
        session_end(post->tx, post->scope->session);
    }
    const Str token = session_start(post->scope, post->tx,
                                    &(SignedIn){.person = door.person,
                                                .mail_key = door.mail_key,
                                                .proofs = door.proofs,
                                                .device = reply_device(post->reply)});
    reply_sign_in(post->reply, token, 30 * TIME_DAY);
    reply_redirect(post->reply, url_me_show(post->scope->arena));
}

/* ---- the way back, by somebody who met them ---- */

enum { BACK_MET, BACK_FIELDS };
static const Field back_fields[] = {[BACK_MET] = {.name = "met", .kind = FIELD_SWITCH}};

static bool show_way_back(Scope *scope, Reply *reply, RequestId id, const Form *form, Str code) {
    WayBackPage page = {.form = form, .code = code};
    if (!request_find(scope, id, &page.request) || !youth_has_word(scope, page.request.person)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    page.layout = layout_of(scope, reply, TEXT_ASK_BACK_TITLE);
    page.layout.has_error = !form->is_valid;
    way_back_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
    return true;
}

void way_back_show(Get *get, RequestId id) {
    const Form form = form_empty(get->scope, back_fields, BACK_FIELDS);
    (void)show_way_back(get->scope, get->reply, id, &form, STR(""));
}

/* The code is shown once, to be handed over: it is sent nowhere, and the young person reads who made it. */
void way_back_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, back_fields, BACK_FIELDS);
    Request request;
    if (form.is_valid && !form_is_on(&form, BACK_MET)) {
        form_error(&form, BACK_MET, TEXT_ASK_BACK_MET_MISSING);
    }
    Str code = STR("");
    if (form.is_valid && request_find(post->scope, id, &request) &&
        youth_has_word(post->scope, request.person)) {
        code = youth_way_back_make(post->scope, post->tx, request.person);
    }
    (void)show_way_back(post->scope, post->reply, id, &form, code);
}
