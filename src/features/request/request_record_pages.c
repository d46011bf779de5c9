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
    RECORD_PART2,
    RECORD_RELATION,
    RECORD_AGE,
    RECORD_EXPERIENCES,
    RECORD_LANGUAGES,
    RECORD_ROLES,
    RECORD_ROLES_MUST,
    RECORD_CHANNELS,
    RECORD_CHANNELS_MUST,
    RECORD_SYSTEMS,
    RECORD_REGIONS,
    RECORD_CULTURES,
    RECORD_CULTURES_MUST,
    RECORD_GENDERS,
    RECORD_GENDERS_MUST,
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
    [RECORD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [RECORD_RELATION] = {.name = "relation", .kind = FIELD_ID},
    [RECORD_AGE] = {.name = "age", .kind = FIELD_ID},
    [RECORD_EXPERIENCES] = {.name = "experience", .kind = FIELD_IDS},
    [RECORD_LANGUAGES] = {.name = "language", .kind = FIELD_IDS},
    [RECORD_ROLES] = {.name = "role", .kind = FIELD_IDS},
    [RECORD_ROLES_MUST] = {.name = "only-role", .kind = FIELD_SWITCH},
    [RECORD_CHANNELS] = {.name = "channel", .kind = FIELD_IDS},
    [RECORD_CHANNELS_MUST] = {.name = "only-channel", .kind = FIELD_SWITCH},
    [RECORD_SYSTEMS] = {.name = "system", .kind = FIELD_IDS},
    [RECORD_REGIONS] = {.name = "region", .kind = FIELD_IDS},
    [RECORD_CULTURES] = {.name = "culture", .kind = FIELD_IDS},
    [RECORD_CULTURES_MUST] = {.name = "only-culture", .kind = FIELD_SWITCH},
    [RECORD_GENDERS] = {.name = "gender", .kind = FIELD_IDS},
    [RECORD_GENDERS_MUST] = {.name = "only-gender", .kind = FIELD_SWITCH},
};

/* Where each list of wishes stands in the form. */
typedef struct RecordSet {
    ListKind list;
    size_t field;
    size_t must; /* the switch that says it must be so; 0: there is none */
    Text label;
    Text only;
} RecordSet;
static const RecordSet sets[] = {
    {LIST_EXPERIENCE, RECORD_EXPERIENCES, 0, TEXT_REQUEST_WISHES, TEXT_NONE},
    {LIST_LANGUAGE, RECORD_LANGUAGES, 0, TEXT_REQUEST_CODE_LANGUAGE, TEXT_NONE},
    {LIST_ROLE, RECORD_ROLES, RECORD_ROLES_MUST, TEXT_REQUEST_WISH_ROLE, TEXT_REQUEST_RECORD_ONLY_ROLE},
    {LIST_CHANNEL, RECORD_CHANNELS, RECORD_CHANNELS_MUST, TEXT_REQUEST_WISH_CHANNEL,
     TEXT_REQUEST_RECORD_ONLY_CHANNEL},
    {LIST_SYSTEM, RECORD_SYSTEMS, 0, TEXT_REQUEST_WISH_SYSTEM, TEXT_NONE},
    {LIST_REGION, RECORD_REGIONS, 0, TEXT_REQUEST_WISH_REGION, TEXT_NONE},
    {LIST_CULTURE, RECORD_CULTURES, RECORD_CULTURES_MUST, TEXT_REQUEST_WISH_CULTURE,
     TEXT_REQUEST_RECORD_ONLY_CULTURE},
    {LIST_GENDER, RECORD_GENDERS, RECORD_GENDERS_MUST, TEXT_REQUEST_WISH_GENDER,
     TEXT_REQUEST_RECORD_ONLY_GENDER},
};
enum { SETS = sizeof sets / sizeof sets[0], SETS_FIRST = 2 };

static Options pair_of(const Scope *scope, const char *const *values, Text first, Text second) {
    Option *items = NEW_MANY(scope->arena, 2, Option);
    items[0] = (Option){.value = str_of(values[0]), .label = text_str(scope->lang, first)};
    items[1] = (Option){.value = str_of(values[1]), .label = text_str(scope->lang, second)};
    return (Options){.items = items, .count = 2};
}

/* The sets from one place on to before another that have anything in their lists. */
static RequestRecordSets sets_of(const Scope *scope, ProgramId program, size_t first, size_t end) {
    RequestRecordSet *items = NEW_MANY(scope->arena, SETS, RequestRecordSet);
    size_t count = 0;
    for (size_t at = first; at < end; at++) {
        const Options options = request_options(scope, program, sets[at].list);
        if (options.count > 0) {
            items[count++] = (RequestRecordSet){.field = sets[at].field,
                                                .must = sets[at].must,
                                                .label = sets[at].label,
                                                .only = sets[at].only,
                                                .options = options};
        }
    }
    return (RequestRecordSets){.items = items, .count = count};
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
        .sets = sets_of(scope, program, 0, SETS_FIRST),
        .more = sets_of(scope, program, SETS_FIRST, SETS),
        .safe = pair_of(scope, safe_words, TEXT_UI_YES, TEXT_UI_NO),
    };
    for (size_t at = SETS_FIRST; at < SETS; at++) {
        page.has_more = page.has_more || form->values[sets[at].field].many.count > 0;
    }
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

/* What is wished, and in which lists it must be so. */
static void take_wishes(const Scope *scope, const Form *form, RequestNew *request) {
    const int64_t *ids[SETS];
    size_t counts[SETS];
    size_t most = 0;
    for (size_t at = 0; at < SETS; at++) {
        counts[at] = form_ids(form, sets[at].field, &ids[at]);
        most += counts[at];
        bool is_required = sets[at].must != 0 && form_is_on(form, sets[at].must);
        request->required |= is_required ? 1U << sets[at].list : 0;
    }
    ListItemId *wishes = NEW_MANY(scope->arena, most, ListItemId);
    size_t count = 0;
    for (size_t at = 0; at < SETS; at++) {
        for (size_t id = 0; id < counts[at]; id++) {
            wishes[count++] = (ListItemId){ids[at][id]};
        }
    }
    request->wishes = wishes;
    request->wish_count = count;
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
    RequestNew request = {
        .program = program,
        .person = person,
        .kind = form_has(&form, RECORD_KIND, STR("call")) ? REQUEST_INFORMATION_CALL : REQUEST_SUPPORT,
        .source = REQUEST_RECORDED,
        .lang = lang,
        .need = form_str(&form, RECORD_NEED),
        .is_part2 = form_is_on(&form, RECORD_PART2),
        .relation = {form_id(&form, RECORD_RELATION)},
        .age = {form_id(&form, RECORD_AGE)},
    };
    take_wishes(post->scope, &form, &request);
    Str receipt;
    RequestId id = request_add(post->scope, post->tx, &request, &receipt);
    reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id), TEXT_REQUEST_RECORDED);
}
