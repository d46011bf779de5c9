/* SPDX-License-Identifier: Apache-2.0 */
/* What a phone is given to keep, what it sends when it has a signal again, and what was kept aside. */
#include "capture_html.h"
#include "features/account/account.h"
#include "features/capture/capture_batch.h"
#include "features/capture/capture_view.h"
#include "features/contact/contact_form.h"
#include "features/program/program.h"
#include "platform/http/part2.h"
#include "platform/json/json.h"
#include "routes.h"
#include "texts.h"

#include <assert.h>

#define MILLISECOND (TIME_SECOND / 1000)

/* ---- the page that stays on the phone, and turning it on ---- */

void capture_offline_show(Get *get) {
    const CaptureOfflinePage page = {.questions = contact_questions_empty(get->scope)};
    capture_offline_page(reply_html(get->reply, 200), &page);
}

void capture_phone_show(Get *get) {
    CapturePhonePage page = {.layout = layout_of(get->scope, get->reply, TEXT_CAPTURE_PHONE_TITLE),
                             .aside = capture_aside_count(get->scope)};
    page.layout.is_kept_along = true;
    reply_starts_worker(get->reply);
    capture_phone_page(reply_html(get->reply, 200), &page);
}

/* ---- what the phone keeps ---- */

static void put_walks(const Scope *scope, JsonNode *document) {
    JsonNode *list = json_put_list(document, "walks");
    const CaptureWalks walks = capture_walks(scope);
    for (size_t at = 0; at < walks.count; at++) {
        const CaptureWalk *walk = &walks.items[at];
        JsonNode *one = json_add_object(list);
        json_put_str(one, "match", ui_id_value(scope->arena, walk->match.value));
        json_put_str(one, "called", walk->called);
        json_put_bool(one, "gives", walk->gives);
        json_put_bool(one, "may_leave_message", walk->may_leave_message);
    }
}

/* What may tell of substance use is read on the page of its walk, and kept on no phone. */
static void put_promises(const Scope *scope, Reply *reply, JsonNode *document) {
    const Words words = scope_words(scope);
    Part2Frame frame = {.scope_words = STR_NONE};
    const Part2Notice *none = part2_notice(reply, &frame, STR(""));
    JsonNode *list = json_put_list(document, "promises");
    const PromisesOwn promises = promise_list_own(scope);
    for (size_t at = 0; at < promises.count; at++) {
        const PromiseOwn *one = &promises.items[at];
        JsonNode *promise = json_add_object(list);
        json_put_str(promise, "words",
                     one->words.is_marked ? text_str(scope->lang, TEXT_CAPTURE_PROMISE_THERE)
                                          : part2_open_about(none, one->receiver, one->words));
        json_put_str(promise, "when",
                     one->is_due ? text_promise_was_due(&words, one->to_called, one->due_on)
                                 : text_promise_to(&words, one->to_called, one->due_on));
    }
}

static void put_numbers(const Scope *scope, JsonNode *document) {
    static const ProgramWords keys[] = {PROGRAM_AFTER_HOURS, PROGRAM_REACH};
    JsonNode *list = json_put_list(document, "numbers");
    const CapturePrograms programs = capture_programs(scope);
    for (size_t at = 0; at < programs.count; at++) {
        for (size_t key = 0; key < sizeof keys / sizeof keys[0]; key++) {
            const Said said = program_said(scope, programs.items[at], keys[key]);
            if (!str_is_empty(said.words)) {
                JsonNode *one = json_add_object(list);
                json_put_str(one, "program", program_words(scope, programs.items[at], PROGRAM_NAME));
                json_put_str(one, "words", said.words);
                json_put_str(one, "lang", lang_tag(said.lang));
            }
        }
    }
}

void capture_data_show(Get *get) {
    const Scope *scope = get->scope;
    JsonNode *document = json_document(scope->arena);
    json_put_str(document, "person", ui_id_value(scope->arena, scope->actor.value));
    json_put_str(document, "lang", lang_tag(scope->lang));
    json_put_int(document, "now", scope->now.us / MILLISECOND);
    json_put_str(document, "token", reply_token(get->reply));
    json_put_int(document, "aside", capture_aside_count(scope));
    put_walks(scope, document);
    put_promises(scope, get->reply, document);
    put_numbers(scope, document);
    reply_json(get->reply, json_text(scope->arena, document));
}

/* ---- what it sends ---- */

static const char *state_name(CaptureState state) {
    switch (state) {
    case CAPTURE_STORED:
        return "stored";
    case CAPTURE_KNOWN:
        return "known";
    case CAPTURE_ASIDE:
        return "aside";
    case CAPTURE_REFUSED:
        return "refused";
    }
    assert(false && "a state that phones do not know");
    return "";
}

static const char *reason_name(CaptureReason reason) {
    switch (reason) {
    case CAPTURE_NO_REASON:
        return "";
    case CAPTURE_OVER:
        return "over";
    case CAPTURE_NOT_SHARED:
        return "not-shared";
    case CAPTURE_UNFIT:
        return "unfit";
    case CAPTURE_NOT_AUTHOR:
        return "not-author";
    case CAPTURE_NOT_WAITING:
        return "not-waiting";
    case CAPTURE_ELSEWHERE:
        return "elsewhere";
    }
    assert(false && "a reason that phones do not know");
    return "";
}

static CaptureKind kind_of(Str kind) {
    if (str_equal(kind, STR("contact"))) {
        return CAPTURE_CONTACT;
    }
    return str_equal(kind, STR("message")) ? CAPTURE_MESSAGE : CAPTURE_NEITHER;
}

/* As it was sent, a line for each answer: what cannot be read otherwise. */
static Str raw_words(Arena *arena, const Input *fields) {
    size_t length = 1;
    for (size_t at = 0; at < fields->count; at++) {
        length += fields->pairs[at].name.length + fields->pairs[at].value.length + 3;
    }
    Buf buf = buf_new(arena, length);
    for (size_t at = 0; at < fields->count; at++) {
        buf_print(&buf, "%.*s: %.*s\n", STR_ARGS(fields->pairs[at].name), STR_ARGS(fields->pairs[at].value));
    }
    return buf_str(&buf);
}

static CaptureResult take_contact(Post *post, const CaptureHead *head, const Match *match,
                                  const Input *fields) {
    ContactLog log;
    /* Never before the two knew each other: a clock that was wrong must not lose what was written. */
    const Time written_at =
        time_is_before(head->captured_at, match->began_at) ? match->began_at : head->captured_at;
    const Form form = contact_log_read(post->scope, match, fields, written_at, &log);
    if (!form.is_valid) {
        return capture_contact(post->scope, post->tx, head, match, NULL,
                               raw_words(post->scope->arena, fields));
    }
    return capture_contact(post->scope, post->tx, head, match, &log, capture_words(post->scope, &log));
}

static CaptureResult take_message(Post *post, const CaptureHead *head, const Match *match,
                                  const Input *fields) {
    const Str words = input_only(fields, STR("words"));
    const MessageNew message = {.words = str_is_none(words) ? STR("") : words,
                                .is_part2 = !str_is_none(input_only(fields, STR("part2")))};
    return capture_message(post->scope, post->tx, head, match, &message);
}

static CaptureResult take(Post *post, Time phone_now, const CaptureEntry *entry) {
    const CaptureHead head = {.kind = kind_of(entry->kind),
                              .capture = entry->capture,
                              .author = entry->author,
                              .match = entry->match,
                              .captured_at = capture_moment(post->scope, phone_now, entry->captured_at)};
    Match match;
    CaptureResult result;
    if (!capture_begin(post->scope, &head, &match, &result)) {
        return result;
    }
    return head.kind == CAPTURE_CONTACT ? take_contact(post, &head, &match, entry->fields)
                                        : take_message(post, &head, &match, entry->fields);
}

void capture_send_do(Post *post) {
    Scope *scope = post->scope;
    CaptureBatch batch;
    if (!capture_batch_read(scope->arena, input_only(post->input, STR("batch")), &batch)) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    JsonNode *document = json_document(scope->arena);
    json_put_str(document, "person", ui_id_value(scope->arena, scope->actor.value));
    JsonNode *list = json_put_list(document, "entries");
    for (size_t at = 0; at < batch.count; at++) {
        const CaptureResult result = take(post, batch.now, &batch.items[at]);
        JsonNode *one = json_add_object(list);
        json_put_str(one, "capture", batch.items[at].name);
        json_put_str(one, "state", str_of(state_name(result.state)));
        json_put_str(one, "reason", str_of(reason_name(result.reason)));
    }
    int64_t count = 0;
    for (size_t at = 0; at < batch.count; at++) {
        count += capture_is_stored(scope, batch.items[at].capture);
    }
    json_put_int(document, "count", count); /* asked of the database, not added up from what was done */
    reply_json(post->reply, json_text(scope->arena, document));
}

/* ---- what was kept aside ---- */

void capture_aside_show(Get *get) {
    const CaptureAsidePage page = {.layout = layout_of(get->scope, get->reply, TEXT_CAPTURE_ASIDE_TITLE),
                                   .asides = capture_asides(get->scope)};
    capture_aside_page(reply_html(get->reply, 200), &page);
}

void capture_drop_do(Post *post, CaptureAsideId id) {
    if (!capture_drop(post->scope, post->tx, id)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    reply_redirect_saying(post->reply, url_capture_aside_show(post->scope->arena), TEXT_CAPTURE_DROPPED);
}
