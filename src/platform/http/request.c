/* SPDX-License-Identifier: Apache-2.0 */
/* The request boundary, step by step. */
#include "platform/http/request.h"

#include "base/fail.h"
#include "base/log.h"
#include "once_sql.h"
#include "platform/backup/backup_past.h"
#include "platform/crypto/crypto.h"
#include "platform/http/accept.h"
#include "platform/http/address.h"
#include "platform/http/compress.h"
#include "platform/http/cookie.h"
#include "platform/http/kept.h"
#include "platform/http/multipart.h"
#include "platform/http/page.h"
#include "platform/http/request_parts.h"
#include "platform/jobs/jobs.h"
#include "platform/keep.h"
#include "platform/zone/zone.h"

#include <assert.h>

enum {
    ARENA_MOST = 16 * 1024 * 1024,
    TRIES_MOST = 3,
    REFERENCE_LENGTH = 8,
    ONCE_LEAST = 16,
    ONCE_MOST = 64,
    METRICS_MOST = 16 * 1024,
};

/* ---- the pieces of a request ---- */

bool boundary_is_post(const Boundary *boundary) {
    return boundary->request->head->method == HEAD_METHOD_POST;
}

static Str cookie_read(const Boundary *boundary, Str name) {
    return cookie_find(boundary->request->head->cookie,
                       reply_cookie_name(boundary->arena, boundary->config, name));
}

void boundary_sorry(Boundary *boundary, int status, Text sentence) {
    reply_sorry(&boundary->reply, status, sentence);
}

static void request_begin(Boundary *boundary) {
    const Head *head = boundary->request->head;
    arena_reset(boundary->arena);
    db_use(boundary->db, boundary->arena);
    boundary->pattern = "none";
    boundary->has_answer = false;
    boundary->route = NULL;
    boundary->touch = (SessionId){0};
    boundary->input = (Input){0};
    boundary->scope = (Scope){.arena = boundary->arena,
                              .db = boundary->db,
                              .random = &boundary->random,
                              .now = time_now(),
                              .zone = boundary->utc,
                              .config = boundary->config,
                              .keep = boundary->keep};
    Lang lang = LANG_EN;
    boundary->scope.lang =
        lang_find(cookie_read(boundary, STR("lang")), &lang) ? lang : accept_lang(head->accept_language);
    boundary->address = boundary->request->address;
    if (boundary->config->trusts_proxy && !str_is_none(head->forwarded_for)) {
        (void)address_forwarded(head->forwarded_for, &boundary->address);
    }
    boundary->scope.block = address_block(boundary->arena, boundary->address);
    boundary->reply = (Reply){.scope = &boundary->scope,
                              .hooks = boundary->hooks,
                              .path = head->path,
                              .user_agent = head->user_agent,
                              .if_none_match = head->if_none_match};
    reply_begin(&boundary->reply, head->cookie);
    boundary->recorder = (Recorder){.scope = &boundary->scope,
                                    .hooks = boundary->hooks,
                                    .limits = boundary->limits,
                                    .block = boundary->scope.block};
}

/* ?lang=es on any page: remembered, then the same page without it. True when that was the request. */
static bool lang_switch(Boundary *boundary) {
    Lang lang = LANG_EN;
    Str address = STR_NONE;
    const Head *head = boundary->request->head;
    if (!accept_lang_asked(boundary->arena, head->path, head->query, &lang, &address)) {
        return false;
    }
    boundary->reply.has_new_lang = true;
    boundary->reply.new_lang = lang;
    reply_redirect(&boundary->reply, (Url){.text = address});
    return true;
}

/* False when the input was refused and the refusal has been written. */
static bool input_read(Boundary *boundary) {
    const Head *head = boundary->request->head;
    if (!boundary_is_post(boundary)) {
        if (form_parse_urlencoded(boundary->arena, head->query, &boundary->input)) {
            return true;
        }
        boundary_sorry(boundary, 400, TEXT_UI_BAD_REQUEST);
        return false;
    }
    const Str type = head_content_type(head);
    bool is_read = false;
    if (str_equal_ascii(type, STR("application/x-www-form-urlencoded"))) {
        is_read = form_parse_urlencoded(boundary->arena, boundary->request->body, &boundary->input);
    } else if (boundary->route->takes_upload && str_equal_ascii(type, STR("multipart/form-data"))) {
        is_read =
            multipart_parse(boundary->arena, head->content_type, boundary->request->body, &boundary->input);
    } else {
        boundary_sorry(boundary, 415, TEXT_UI_BAD_REQUEST);
        return false;
    }
    if (!is_read) {
        boundary_sorry(boundary, 400, TEXT_UI_BAD_REQUEST);
    }
    return is_read;
}

/* Does the form come from a page of ours, in this browser? */
static bool form_is_ours(const Boundary *boundary) {
    return accept_origin(boundary->arena, boundary->request->head, boundary->config) &&
           reply_token_is_ours(&boundary->reply, input_only(&boundary->input, STR("token")));
}

/* Who asks: the cookie's token, hashed, looked up within the request's transaction. */
static void person_find(Boundary *boundary) {
    const Str token = cookie_read(boundary, STR("session"));
    if (token.length != 64) {
        return;
    }
    HttpPerson person = {0};
    if (!boundary->hooks->session_find(&boundary->scope, token, &person)) {
        boundary->reply.drops_session = true;
        return;
    }
    boundary->scope.actor = person.person;
    boundary->scope.session = person.session;
    boundary->scope.proofs = person.proofs;
    boundary->scope.proved_at = person.proved_at;
    Lang lang = LANG_EN;
    if (person.has_lang && !lang_find(cookie_read(boundary, STR("lang")), &lang)) {
        boundary->scope.lang = person.lang;
    }
    if (person.zone != NULL) {
        boundary->scope.zone = person.zone;
    }
    if (person.wants_touch) {
        boundary->touch = person.session;
    }
}

/* ---- the answer ---- */

static Str page_bytes(Boundary *boundary) {
    Reply *reply = &boundary->reply;
    const Str page = buf_str(&reply->html.out);
    part2_hold(reply, page);
    reply->varies = true;
    const Str packed = compress_may(boundary->request->head)
                           ? compress_gzip(boundary->compressor, boundary->arena, page)
                           : STR_NONE;
    reply->encoding = str_is_none(packed) ? STR_NONE : STR("gzip");
    return str_is_none(packed) ? page : packed;
}

/* Before anything is committed, since it takes memory: who is told that it failed finds nothing changed. */
void boundary_answer_make(Boundary *boundary) {
    Reply *reply = &boundary->reply;
    boundary->has_answer = true;
    HttpAnswer *answer = boundary->answer;
    answer->status = reply->status;
    answer->body = STR("");
    if (reply->kind == REPLY_HTML) {
        answer->body = page_bytes(boundary);
    } else if (reply->kind == REPLY_BYTES) {
        part2_hold(reply, reply->bytes);
        answer->body = reply->bytes;
    }
    answer->is_forever = reply->is_forever;
    answer->is_stream = reply->kind == REPLY_LIVE;
    answer->fields = reply_fields(reply, answer->body.length);
}

/* ---- GET and POST ---- */

static void get_run(Boundary *boundary) {
    db_begin_read(boundary->db);
    person_find(boundary);
    if (boundary_limit_person(boundary) && boundary_access(boundary)) {
        Get get = {.scope = &boundary->scope, .input = &boundary->input, .reply = &boundary->reply};
        boundary->route->get(&get, &boundary->arguments);
        assert(boundary->reply.kind != REPLY_NOTHING);
        if (boundary->reply.status < 300) {
            recorder_begin(&boundary->recorder, boundary->route, boundary_object(boundary), RECORD_READ);
        }
    }
    db_end_read(boundary->db);
    boundary_answer_make(boundary);
    recorder_write_alone(&boundary->recorder);
}

/* The once-only key of this form, bound to who sent it and where to. STR_NONE: the form brought none. */
static Str once_key(const Boundary *boundary) {
    const Str once = input_only(&boundary->input, STR("once"));
    if (once.length < ONCE_LEAST || once.length > ONCE_MOST) {
        return STR_NONE;
    }
    const Str text = str_print(boundary->arena, "%.*s|%lld|%.*s|%.*s", STR_ARGS(once),
                               (long long)boundary->scope.actor.value, STR_ARGS(boundary->reply.visit),
                               STR_ARGS(boundary->reply.path));
    return crypto_hash_raw(boundary->arena, boundary->config->secret, STR("once"), text);
}

/* The page, unless this very form was answered before. */
static void post_page(Boundary *boundary, Tx *tx, const void *before_page) {
    const Str key = once_key(boundary);
    if (str_is_none(key)) {
        boundary_sorry(boundary, 400, TEXT_UI_REFUSED_FORM);
        return;
    }
    OnceFind before = {0};
    if (once_find(boundary->db, key, &before)) {
        reply_redirect(&boundary->reply, (Url){.text = before.location});
        return;
    }
    Recorder *recorder = &boundary->recorder;
    recorder_begin(recorder, boundary->route, boundary_object(boundary), RECORD_CHANGED);
    Post post = {.scope = &boundary->scope,
                 .tx = tx,
                 .input = &boundary->input,
                 .reply = &boundary->reply,
                 .before = before_page};
    boundary->route->post(&post, &boundary->arguments);
    assert(boundary->reply.kind != REPLY_NOTHING);
    if (boundary->reply.status < 400) {
        recorder_write(recorder, tx);
    }
    recorder->has_event = false;
    if (boundary->reply.kind == REPLY_REDIRECT &&
        once_add(tx, key, boundary->reply.location, boundary->scope.now) == 0) {
        fail(FAIL_RETRY, "the same form is being answered elsewhere");
    }
}

/* What takes its time, while nobody else's change waits for it. */
static const void *before_run(Boundary *boundary) {
    const void *found = NULL;
    db_begin_read(boundary->db);
    person_find(boundary);
    if (boundary_limit_person(boundary) && boundary_access(boundary)) {
        Get get = {.scope = &boundary->scope, .input = &boundary->input, .reply = &boundary->reply};
        found = boundary->route->before(&get, &boundary->arguments);
    }
    db_end_read(boundary->db);
    if (boundary->recorder.has_event) {
        recorder_write_alone(&boundary->recorder);
    }
    return found;
}

static void post_run(Boundary *boundary) {
    const bool has_before = boundary->route->before != NULL;
    const void *found = has_before ? before_run(boundary) : NULL;
    if (boundary->reply.kind != REPLY_NOTHING) {
        return;
    }
    Tx *tx = tx_begin(boundary->db);
    person_find(boundary);
    if ((has_before || boundary_limit_person(boundary)) && boundary_access(boundary)) {
        post_page(boundary, tx, found);
    }
    boundary_answer_make(boundary);
    if (boundary->recorder.has_event) {
        /* Turned away: nothing was done that could be kept. */
        db_rollback(boundary->db);
        recorder_write_alone(&boundary->recorder);
        return;
    }
    if (boundary->reply.status < 400 || boundary->reply.keeps_changes) {
        tx_commit(tx);
    } else {
        db_rollback(boundary->db);
    }
}

/* ---- what is no page ---- */

/* Only for the machine itself: a proxy adds X-Forwarded-For to what it passes on. */
static bool metrics_may(const Boundary *boundary) {
    const Head *head = boundary->request->head;
    return address_is_loopback(boundary->request->address) && str_is_none(head->forwarded_for) &&
           str_is_none(head->forwarded);
}

/* True when the address is one of the operator's. */
static bool operator_run(Boundary *boundary) {
    const Str path = boundary->reply.path;
    if (boundary_is_post(boundary)) {
        return false;
    }
    if (str_equal(path, STR("/healthz"))) {
        boundary->pattern = "/healthz";
        db_begin_read(boundary->db);
        const bool is_current = db_schema_version(boundary->db) == db_schema_newest();
        db_end_read(boundary->db);
        reply_plain(&boundary->reply, is_current ? 200 : 503,
                    is_current ? STR("ok\n") : STR("schema is not current\n"));
        return true;
    }
    if (str_equal(path, STR("/metrics")) && metrics_may(boundary)) {
        boundary->pattern = "/metrics";
        db_begin_read(boundary->db);
        const JobsLeft jobs = jobs_left(boundary->db);
        const BackupStatus backups = backup_status(boundary->db, boundary->config, time_now());
        db_end_read(boundary->db);
        Buf out = buf_new(boundary->arena, METRICS_MOST);
        const MetricsJobs counted = {.waiting = jobs.waiting, .dead = jobs.dead, .backups = backups};
        metrics_write(boundary->metrics, &counted, &out);
        reply_plain(&boundary->reply, 200, buf_str(&out));
        boundary->reply.type = STR("text/plain; version=0.0.4; charset=utf-8");
        return true;
    }
    return false;
}

/* True when the address is a style sheet, script or icon. */
static bool asset_run(Boundary *boundary) {
    if (boundary_is_post(boundary) || !reply_asset(&boundary->reply, boundary->request->head)) {
        return false;
    }
    boundary->pattern = "/assets/";
    return true;
}

/* ---- all together ---- */

/* True when a page of the program answers this address. */
static bool route_choose(Boundary *boundary) {
    switch (route_find(boundary->hooks->routes, boundary_is_post(boundary), boundary->reply.path,
                       &boundary->route, &boundary->arguments)) {
    case ROUTE_FOUND:
        boundary->pattern = boundary->route->pattern;
        return true;
    case ROUTE_WRONG_METHOD:
        boundary->reply.allow = boundary_is_post(boundary) ? STR("GET, HEAD") : STR("POST");
        boundary_sorry(boundary, 405, TEXT_UI_WRONG_METHOD);
        return false;
    case ROUTE_NOT_FOUND:
        break;
    }
    boundary_sorry(boundary, 404, TEXT_UI_NOT_FOUND);
    return false;
}

static void page_run(Boundary *boundary) {
    if (!boundary_limit(boundary, LIMIT_PAGE_BLOCK, boundary->scope.block) || !route_choose(boundary)) {
        return;
    }
    if (!boundary_is_post(boundary)) {
        if (!lang_switch(boundary) && input_read(boundary)) {
            get_run(boundary);
        }
        return;
    }
    if (!input_read(boundary)) {
        return;
    }
    if (boundary->route->is_signed) {
        boundary_signed(boundary);
        return;
    }
    if (!form_is_ours(boundary)) {
        boundary_sorry(boundary, 403, TEXT_UI_REFUSED_FORM);
        return;
    }
    boundary->reply.typed = &boundary->input;
    post_run(boundary);
}

/* ---- pages that are the same for all who only read ---- */

static bool is_reading(const Boundary *boundary) {
    const Head *head = boundary->request->head;
    return head->method == HEAD_METHOD_GET && str_is_none(head->cookie) && str_is_none(head->query);
}

static KeptKey kept_key(Boundary *boundary) {
    return (KeptKey){.path = boundary->reply.path,
                     .lang = boundary->scope.lang,
                     .is_packed = compress_may(boundary->request->head)};
}

/* True when the answer of less than a second ago was given. */
static bool kept_run(Boundary *boundary) {
    if (!is_reading(boundary)) {
        return false;
    }
    const KeptKey key = kept_key(boundary);
    KeptAnswer answer;
    if (!kept_find(boundary->kept, &key, time_monotonic(), &answer) ||
        !boundary_limit(boundary, LIMIT_PAGE_BLOCK, boundary->scope.block)) {
        return false;
    }
    boundary->pattern = answer.pattern;
    boundary->answer->status = 200;
    boundary->answer->fields = answer.fields;
    boundary->answer->body = answer.body;
    boundary->answer->is_forever = false;
    return true;
}

static void answer_keep(Boundary *boundary) {
    if (is_reading(boundary) && reply_is_for_all(&boundary->reply)) {
        const KeptKey key = kept_key(boundary);
        kept_add(boundary->kept, &key, time_monotonic(),
                 &(KeptAnswer){.pattern = boundary->pattern,
                               .fields = boundary->answer->fields,
                               .body = boundary->answer->body});
    }
}

static void request_work(void *context) {
    Boundary *boundary = context;
    request_begin(boundary);
    if (boundary_is_foreign(boundary) || kept_run(boundary)) {
        return;
    }
    if (boundary->reply.kind == REPLY_NOTHING && !operator_run(boundary) && !asset_run(boundary)) {
        page_run(boundary);
    }
    if (!boundary->has_answer) {
        boundary_answer_make(boundary);
    }
    answer_keep(boundary);
}

/* ---- when it breaks ---- */

static void rollback_work(void *context) {
    Boundary *boundary = context;
    db_rollback(boundary->db);
}

static void broken_work(void *context) {
    Boundary *boundary = context;
    const char *pattern = boundary->pattern;
    request_begin(boundary);
    boundary->pattern = pattern;
    const bool is_passing = boundary->fail.kind == FAIL_DATABASE || boundary->fail.kind == FAIL_RETRY;
    const Str reference = crypto_code(boundary->arena, &boundary->random, REFERENCE_LENGTH);
    boundary->reply.reference = reference;
    log_line(LOG_ERROR, "request_failed", "reference=%.*s route=%s why=\"%s\"", STR_ARGS(reference), pattern,
             boundary->fail.message);
    boundary->reply.retry_seconds = is_passing ? 5 : 0;
    boundary_sorry(boundary, is_passing ? 503 : 500, is_passing ? TEXT_UI_BUSY : TEXT_UI_BROKEN);
    boundary_answer_make(boundary);
}

static void request_broken(Boundary *boundary) {
    metrics_failure(boundary->metrics);
    Fail second = {0};
    if (fail_catch(broken_work, boundary, &second)) {
        return;
    }
    /* Not even the sorry page can be made. */
    log_line(LOG_ERROR, "request_failed_twice", "why=\"%s\"", second.message);
    *boundary->answer = (HttpAnswer){.status = 503,
                                     .fields = str_of(boundary->last_fields),
                                     .body = STR("Something is broken here. Please try again in a minute. / "
                                                 "Algo no funciona. Intente de nuevo en un minuto.\n"),
                                     .closes = true};
}

static void boundary_answer(void *context, const HttpRequest *request, HttpAnswer *ret_answer) {
    static const char *const method_names[] = {"GET", "HEAD", "POST"};
    Boundary *boundary = context;
    const Time started = time_monotonic();
    boundary->request = request;
    boundary->answer = ret_answer;
    for (int tries = 1;; tries++) {
        if (fail_catch(request_work, boundary, &boundary->fail)) {
            break;
        }
        Fail ignored;
        const bool is_back = fail_catch(rollback_work, boundary, &ignored);
        if (is_back && boundary->fail.kind == FAIL_RETRY && tries < TRIES_MOST) {
            metrics_retry(boundary->metrics);
            continue;
        }
        request_broken(boundary);
        break;
    }
    const int64_t took = time_between(started, time_monotonic());
    metrics_request(boundary->metrics, ret_answer->status, took, ret_answer->body.length);
    log_line(LOG_INFO, "request", "method=%s route=%s status=%d us=%lld bytes=%zu",
             method_names[request->head->method], boundary->pattern, ret_answer->status, (long long)took,
             ret_answer->body.length);
}

static void touch_work(void *context) {
    Boundary *boundary = context;
    Tx *tx = tx_begin(boundary->db);
    boundary->hooks->session_touch(&boundary->scope, tx, boundary->touch);
    tx_commit(tx);
}

static void boundary_sent(void *context) {
    Boundary *boundary = context;
    if (boundary->touch.value == 0) {
        return;
    }
    Fail why = {0};
    if (!fail_catch(touch_work, boundary, &why)) {
        /* The next request will try again. */
        Fail ignored;
        (void)fail_catch(rollback_work, boundary, &ignored);
        log_line(LOG_WARNING, "session_touch_failed", "why=\"%s\"", why.message);
    }
    boundary->touch = (SessionId){0};
}

static void boundary_refused(void *context, int status) {
    Boundary *boundary = context;
    metrics_refused(boundary->metrics);
    log_line(LOG_INFO, "refused", "status=%d", status);
}

static void boundary_connections(void *context, int change) {
    const Boundary *boundary = context;
    metrics_connections(boundary->metrics, boundary->slot, change);
}

static bool boundary_is_ahead(void *context) {
    const Boundary *boundary = context;
    return metrics_is_ahead(boundary->metrics, boundary->slot);
}

HttpService boundary_service(Boundary *boundary) {
    return (HttpService){.context = boundary,
                         .fields = reply_security_fields(boundary->config),
                         .is_behind_proxy = boundary->config->trusts_proxy,
                         .is_ahead = boundary_is_ahead,
                         .body_most = boundary_body_most,
                         .answer = boundary_answer,
                         .hand_over = boundary_hand_over,
                         .sent = boundary_sent,
                         .refused = boundary_refused,
                         .connections = boundary_connections};
}

Boundary *boundary_new(const Config *config, const HttpHooks *hooks, Metrics *metrics, Limits *limits,
                       int slot) {
    boundary_signed_check(hooks);
    Boundary *boundary = calloc(1, sizeof(Boundary));
    if (boundary == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    *boundary =
        (Boundary){.config = config, .hooks = hooks, .metrics = metrics, .limits = limits, .slot = slot};
    const Str fields = reply_security_fields(config);
    const int length = snprintf(boundary->last_fields, sizeof boundary->last_fields,
                                "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
                                "Retry-After: 5\r\n%.*s",
                                STR_ARGS(fields));
    assert(length > 0 && (size_t)length < sizeof boundary->last_fields);
    boundary->kept = kept_new();
    boundary->keep = keep_new(KEEP_BYTES);
    boundary->arena = arena_new(ARENA_MOST);
    boundary->random = random_system();
    boundary->utc = zone_find(STR("UTC"));
    boundary->compressor = compressor_new();
    boundary->db = db_open(config->database, false);
    db_keys_open(boundary->db, config->keys);
    metrics_serving(metrics, slot);
    return boundary;
}

void boundary_free(Boundary *boundary) {
    db_close(boundary->db);
    compressor_free(boundary->compressor);
    kept_free(boundary->kept);
    keep_free(boundary->keep);
    arena_free(boundary->arena);
    free(boundary);
}

void once_forget_old(Scope *scope, Tx *tx) {
    (void)once_forget(tx, time_before(scope->now, 2 * TIME_DAY));
}
