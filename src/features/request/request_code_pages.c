/* SPDX-License-Identifier: Apache-2.0 */
/* The second layer of a request as a form: what a coordinator codes beside the family's own words. */
#include "features/consent/consent.h"
#include "features/request/request.h"
#include "features/request/request_view.h"
#include "platform/http/page.h"
#include "request_html.h"
#include "routes.h"
#include "texts.h"
#include "ui/ui.h"

/* The version first; behind it each list at its own number. */
enum { CODE_VERSION = 0, CODE_FIELDS = LIST_ASKED_COUNT };
static const Field code_fields[CODE_FIELDS] = {
    [CODE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
    [LIST_EXPERIENCE] = {.name = "experience", .kind = FIELD_IDS},
    [LIST_LANGUAGE] = {.name = "language", .kind = FIELD_IDS},
    [LIST_RELATION] = {.name = "relation", .kind = FIELD_IDS},
    [LIST_AGE] = {.name = "age", .kind = FIELD_IDS},
    [LIST_TIME] = {.name = "time", .kind = FIELD_IDS},
    [LIST_SYSTEM] = {.name = "system", .kind = FIELD_IDS},
    [LIST_ROLE] = {.name = "role", .kind = FIELD_IDS},
    [LIST_CHANNEL] = {.name = "channel", .kind = FIELD_IDS},
    [LIST_REGION] = {.name = "region", .kind = FIELD_IDS},
    [LIST_CULTURE] = {.name = "culture", .kind = FIELD_IDS},
    [LIST_GENDER] = {.name = "gender", .kind = FIELD_IDS},
    [LIST_FUNDING] = {.name = "funding", .kind = FIELD_IDS},
};
static const Text code_labels[LIST_ASKED_COUNT] = {
    [LIST_EXPERIENCE] = TEXT_REQUEST_CODE_EXPERIENCE,
    [LIST_LANGUAGE] = TEXT_REQUEST_CODE_LANGUAGE,
    [LIST_RELATION] = TEXT_REQUEST_CODE_RELATION,
    [LIST_AGE] = TEXT_REQUEST_CODE_AGE,
    [LIST_TIME] = TEXT_REQUEST_CODE_TIME,
    [LIST_SYSTEM] = TEXT_REQUEST_CODE_SYSTEM,
    [LIST_ROLE] = TEXT_REQUEST_CODE_ROLE,
    [LIST_CHANNEL] = TEXT_REQUEST_CODE_CHANNEL,
    [LIST_REGION] = TEXT_REQUEST_CODE_REGION,
    [LIST_CULTURE] = TEXT_REQUEST_CODE_CULTURE,
    [LIST_GENDER] = TEXT_REQUEST_CODE_GENDER,
    [LIST_FUNDING] = TEXT_REQUEST_CODE_FUNDING,
};

/* The lists from `first` to before `end` that have anything in them. */
static RequestCodeSets sets_of(const Scope *scope, ProgramId program, int first, int end) {
    RequestCodeSet *sets = NEW_MANY(scope->arena, LIST_ASKED_COUNT, RequestCodeSet);
    size_t count = 0;
    for (int list = first; list < end; list++) {
        const Options options = request_options(scope, program, (ListKind)list);
        if (options.count > 0) {
            sets[count++] =
                (RequestCodeSet){.field = (size_t)list, .label = code_labels[list], .options = options};
        }
    }
    return (RequestCodeSets){.items = sets, .count = count};
}

static Strs coded_now(const Scope *scope, RequestId id, const Part2Notice *notice) {
    RequestItems codes = request_codes(scope, id);
    Str *now = NEW_MANY(scope->arena, codes.count, Str);
    for (size_t at = 0; at < codes.count; at++) {
        now[at] = part2_open(notice, program_item_words(scope, codes.items[at].item));
    }
    return (Strs){.items = now, .count = codes.count};
}

static void show_code(Scope *scope, Reply *reply, const Request *request, const Form *form, bool is_stale) {
    RequestCodePage page = {
        .layout = layout_of(scope, reply, TEXT_REQUEST_CODE_TITLE),
        .request = *request,
        .form = form,
        .sets = sets_of(scope, request->program, LIST_EXPERIENCE, LIST_SYSTEM),
        .more = sets_of(scope, request->program, LIST_SYSTEM, LIST_ASKED_COUNT),
        .version = request->version,
        .is_stale = is_stale,
    };
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, request->id, (PersonId){0}));
    page.need = part2_open(notice, request->need);
    for (int list = LIST_SYSTEM; list < LIST_ASKED_COUNT; list++) {
        page.has_more = page.has_more || form->values[list].many.count > 0;
    }
    if (is_stale) {
        page.coded_now = coded_now(scope, request->id, notice);
    }
    request_code_page(reply_html(reply, is_stale ? 409 : 200), &page);
}

void request_code_show(Get *get, RequestId id) {
    Request request;
    if (!request_find(get->scope, id, &request)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, code_fields, CODE_FIELDS);
    RequestItems codes = request_codes(get->scope, id);
    for (int list = LIST_EXPERIENCE; list < LIST_ASKED_COUNT; list++) {
        Str *values = NEW_MANY(get->scope->arena, codes.count, Str);
        size_t count = 0;
        for (size_t at = 0; at < codes.count; at++) {
            if (codes.items[at].list == (ListKind)list) {
                values[count++] = ui_id_value(get->scope->arena, codes.items[at].item.value);
            }
        }
        form_set_many(&form, (size_t)list, (Strs){.items = values, .count = count});
    }
    show_code(get->scope, get->reply, &request, &form, false);
}

void request_code_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, code_fields, CODE_FIELDS);
    Request request;
    if (!form.is_valid || !request_find(post->scope, id, &request)) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const int64_t *ids[LIST_ASKED_COUNT] = {0};
    size_t counts[LIST_ASKED_COUNT] = {0};
    size_t most = 0;
    for (int list = LIST_EXPERIENCE; list < LIST_ASKED_COUNT; list++) {
        counts[list] = form_ids(&form, (size_t)list, &ids[list]);
        most += counts[list];
    }
    ListItemId *items = NEW_MANY(post->scope->arena, most, ListItemId);
    size_t count = 0;
    for (int list = LIST_EXPERIENCE; list < LIST_ASKED_COUNT; list++) {
        for (size_t at = 0; at < counts[list]; at++) {
            items[count++] = (ListItemId){ids[list][at]};
        }
    }
    int64_t version = form_int(&form, CODE_VERSION, 0);
    switch (request_code(post->scope, post->tx, id, version, items, count)) {
    case REQUEST_DONE:
        reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id), TEXT_UI_SAVED);
        return;
    case REQUEST_ELSEWHERE:
    case REQUEST_STALE:
        show_code(post->scope, post->reply, &request, &form, true);
        return;
    }
}
