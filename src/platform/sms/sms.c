/* SPDX-License-Identifier: Apache-2.0 */
/* Hands texts to the provider through libcurl. */
#include "platform/sms/sms.h"

#include "base/fail.h"
#include "base/log.h"
#include "platform/send/send.h"
#include "platform/url.h"

enum { FORM_MOST = 8 * 1024, SECONDS_MOST = 30, US_DIGITS = 10 };

/* ---- the queue: "number" or "last number", then until when it holds, then the body ---- */

static void queue(const Scope *scope, Tx *tx, Str whom, Str body, Time until) {
    const Str payload =
        str_print(scope->arena, "%.*s\n%lld\n%.*s", STR_ARGS(whom), (long long)until.us, STR_ARGS(body));
    job_add(scope, tx, (PersonId){0}, STR(SMS_JOB_KIND), payload, scope->now);
}

void sms_add(const Scope *scope, Tx *tx, Str to, Str body, Time until) {
    queue(scope, tx, to, body, until);
}

void sms_add_last(const Scope *scope, Tx *tx, Str to, Str body, Time until) {
    queue(scope, tx, str_print(scope->arena, "last %.*s", STR_ARGS(to)), body, until);
}

/* What sms_add() wrote. */
typedef struct Queued {
    SmsTo to;
    Time until;
    Str body;
} Queued;

static Queued queued_read(Str payload) {
    Queued queued = {0};
    Str whom = STR_NONE;
    Str rest = STR_NONE;
    Str until = STR_NONE;
    if (!str_cut(payload, '\n', &whom, &rest) || !str_cut(rest, '\n', &until, &queued.body) ||
        !str_to_int(until, 0, INT64_MAX, &queued.until.us)) {
        fail(FAIL_USAGE, "a queued text is not in the form that sms_add() writes");
    }
    queued.to.is_last = str_starts_with(whom, STR("last "));
    queued.to.number = queued.to.is_last ? str_part(whom, 5, whom.length) : whom;
    return queued;
}

SmsTo sms_to(Str payload) {
    return queued_read(payload).to;
}

/* ---- sending ---- */

Str sms_form(const Scope *scope, Str to, Str body) {
    const bool is_us = to.length == US_DIGITS && to.at[0] != '+';
    Buf form = buf_new(scope->arena, FORM_MOST);
    buf_add(&form, STR("To="));
    url_add_word(&form, is_us ? str_print(scope->arena, "+1%.*s", STR_ARGS(to)) : to);
    buf_add(&form, STR("&From="));
    url_add_word(&form, scope->config->text_from);
    buf_add(&form, STR("&Body="));
    url_add_word(&form, body);
    return buf_str(&form);
}

/* What the provider answers is of no use here, and may repeat the number. */
static size_t drop(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes;
    (void)context;
    return size * count;
}

/* Hands the form over. */
static Sent hand_over(const Scope *scope, Str form) {
    const Config *config = scope->config;
    CURL *handle = send_begin(scope, SECONDS_MOST);
    curl_easy_setopt(handle, CURLOPT_URL, str_c(scope->arena, config->text_url));
    /* Neither the token nor a code travels in the clear; only what is on this machine may do without. */
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, send_is_local(config->text_url) ? "https,http" : "https");
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, (long)form.length);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, form.at);
    curl_easy_setopt(handle, CURLOPT_USERNAME, str_c(scope->arena, config->text_user));
    curl_easy_setopt(handle, CURLOPT_PASSWORD, str_c(scope->arena, send_secret(scope, "text.password")));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, drop);
    return send_do(handle);
}

/* What trying again cannot change: the provider understood, and says that this text is not to be sent. The
 * token, the address and the rate are the operator's, so those are tried again and seen. */
static bool is_for_good(long status) {
    return status == 400 || status == 410 || status == 422;
}

bool sms_job_send(const Scope *scope, Str payload) {
    if (str_is_empty(scope->config->text_url)) {
        return false;
    }
    const Queued queued = queued_read(payload);
    if (!time_is_before(scope->now, queued.until)) {
        log_line(LOG_WARNING, "text_too_late", "say=\"a text was no longer true and was not sent\"");
        return true;
    }
    const Sent sent = hand_over(scope, sms_form(scope, queued.to.number, queued.body));
    if (sent.status >= 200 && sent.status < 300) {
        return true; /* also when the rest of the answer was broken off: it is taken */
    }
    if (!is_for_good(sent.status)) {
        send_failed("the text provider did not take a text", sent);
    }
    log_line(LOG_WARNING, "text_refused", "status=%ld", sent.status);
    return true;
}
