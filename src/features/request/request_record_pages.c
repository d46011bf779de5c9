/* SPDX-License-Identifier: Apache-2.0 */
/* A coordinator writes down a request for someone on the phone. */
#include "features/account/account.h"
#include "features/request/request.h"
#include "features/request/request_view.h"
#include "platform/http/page.h"
#include "request_html.h"
#include "routes.h"
#include "texts.h"
#include "ui/ui.h"

enum {
    RECORD_CALLED,
    RECORD_PHONE,
    RECORD_MAIL,
    RECORD_VOICEMAIL,
    RECORD_TEXT,
    RECORD_TIMES,
    RECORD_LANG,
    RECORD_KIND,
    RECORD_NEED,
    RECORD_RELATION,
    RECORD_AGE,
    RECORD_EXPERIENCES,
    RECORD_LANGUAGES,
    RECORD_FIELDS
};
static const char *const safe_words[] = {"yes", "no", NULL};
static const char *const lang_tags[] = {"en", "es", NULL};
static const char *const kind_words[] = {"support", "call", NULL};
static const Field record_fields[] = {
    [RECORD_CALLED] = {.name = "called",
                       .kind = FIELD_LINE,
                       .is_required = true,
                       .most_characters = 100,
                       .missing = TEXT_REQUEST_RECORD_CALLED_MISSING},
    [RECORD_PHONE] = {.name = "phone", .kind = FIELD_PHONE},
    [RECORD_MAIL] = {.name = "mail", .kind = FIELD_MAIL},
    [RECORD_VOICEMAIL] = {.name = "voicemail", .kind = FIELD_CHOICE, .choices = safe_words},
    [RECORD_TEXT] = {.name = "text", .kind = FIELD_CHOICE, .choices = safe_words},
    [RECORD_TIMES] = {.name = "times", .kind = FIELD_LINE, .most_characters = 300},
    [RECORD_LANG] = {.name = "lang", .kind = FIELD_CHOICE, .is_required = true, .choices = lang_tags},
    [RECORD_KIND] = {.name = "kind", .kind = FIELD_CHOICE, .is_required = true, .choices = kind_words},
    [RECORD_NEED] = {.name = "need", .kind = FIELD_WORDS},
    [RECORD_RELATION] = {.name = "relation", .kind = FIELD_ID},
    [RECORD_AGE] = {.name = "age", .kind = FIELD_ID},
    [RECORD_EXPERIENCES] = {.name = "experience", .kind = FIELD_IDS},
    [RECORD_LANGUAGES] = {.name = "language", .kind = FIELD_IDS},
};

static Options pair_of(const Scope *scope, const char *const *values, Text first, Text second) {
    Option *items = NEW_MANY(scope->arena, 2, Option);
    items[0] = (Option){.value = str_of(values[0]), .label = text_str(scope->lang, first)};
    items[1] = (Option){.value = str_of(values[1]), .label = text_str(scope->lang, second)};
    return (Options){.items = items, .count = 2};
}

static void show_record(Scope *scope, Reply *reply, ProgramId program, const Form *form) {
    RequestRecordPage page = {
        .layout = layout_of(scope, reply, TEXT_REQUEST_RECORD_TITLE),
        .form = form,
        .program = program,
        .langs = ui_langs(scope->arena),
        .kinds = pair_of(scope, kind_words, TEXT_REQUEST_RECORD_SUPPORT, TEXT_REQUEST_RECORD_CALL),
        .relations = request_options(scope, program, LIST_RELATION),
        .ages = request_options(scope, program, LIST_AGE),
        .experiences = request_options(scope, program, LIST_EXPERIENCE),
        .languages = request_options(scope, program, LIST_LANGUAGE),
        .safe = pair_of(scope, safe_words, TEXT_UI_YES, TEXT_UI_NO),
    };
    page.layout.has_error = !form->is_valid;
    request_record_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void request_record_show(Get *get, ProgramId program) {
    Form form = form_empty(get->scope, record_fields, RECORD_FIELDS);
    form_set_str(&form, RECORD_LANG, lang_tag(get->scope->lang));
    form_set_str(&form, RECORD_KIND, STR("support"));
    show_record(get->scope, get->reply, program, &form);
}

static Safe safe_of(const Form *form, size_t field) {
    if (form_has(form, field, STR("yes"))) {
        return SAFE_YES;
    }
    return form_has(form, field, STR("no")) ? SAFE_NO : SAFE_NOT_SAID;
}

static void add_contacts(Post *post, PersonId person, const Form *form) {
    ContactPoint point = {
        .kind = CONTACT_POINT_PHONE,
        .value = form_str(form, RECORD_PHONE),
        .voicemail = safe_of(form, RECORD_VOICEMAIL),
        .text = safe_of(form, RECORD_TEXT),
        .safe_times = form_str(form, RECORD_TIMES),
    };
    if (!str_is_empty(point.value)) {
        account_contact_point_add(post->scope, post->tx, person, &point);
    }
    point.kind = CONTACT_POINT_MAIL;
    point.value = form_str(form, RECORD_MAIL);
    if (!str_is_empty(point.value)) {
        account_contact_point_add(post->scope, post->tx, person, &point);
    }
}

static ListItemId *wishes_of(Post *post, const Form *form, size_t *ret_count) {
    const int64_t *experiences = NULL;
    const int64_t *languages = NULL;
    size_t experience_count = form_ids(form, RECORD_EXPERIENCES, &experiences);
    size_t language_count = form_ids(form, RECORD_LANGUAGES, &languages);
    ListItemId *wishes = NEW_MANY(post->scope->arena, experience_count + language_count, ListItemId);
    for (size_t at = 0; at < experience_count; at++) {
        wishes[at] = (ListItemId){experiences[at]};
    }
    for (size_t at = 0; at < language_count; at++) {
        wishes[experience_count + at] = (ListItemId){languages[at]};
    }
    *ret_count = experience_count + language_count;
    return wishes;
}

void request_record_do(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, record_fields, RECORD_FIELDS);
    bool has_reach =
        !str_is_empty(form_str(&form, RECORD_PHONE)) || !str_is_empty(form_str(&form, RECORD_MAIL));
    if (form.is_valid && !has_reach) {
        form_error(&form, RECORD_PHONE, TEXT_REQUEST_RECORD_REACH_MISSING);
    }
    Lang lang = post->scope->lang;
    if (!form.is_valid || !lang_find(form_str(&form, RECORD_LANG), &lang)) {
        show_record(post->scope, post->reply, program, &form);
        return;
    }
    PersonId person = account_person_add(post->scope, post->tx, form_str(&form, RECORD_CALLED), lang);
    add_contacts(post, person, &form);
    size_t count = 0;
    const ListItemId *wishes = wishes_of(post, &form, &count);
    Str receipt;
    RequestId id = request_add(
        post->scope, post->tx,
        &(RequestNew){
            .program = program,
            .person = person,
            .kind = form_has(&form, RECORD_KIND, STR("call")) ? REQUEST_INFORMATION_CALL : REQUEST_SUPPORT,
            .source = REQUEST_RECORDED,
            .lang = lang,
            .need = form_str(&form, RECORD_NEED),
            .relation = {form_id(&form, RECORD_RELATION)},
            .age = {form_id(&form, RECORD_AGE)},
            .wishes = wishes,
            .wish_count = count,
        },
        &receipt);
    reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id), TEXT_REQUEST_RECORDED);
}
