/* SPDX-License-Identifier: Apache-2.0 */
/* Hands texts to the provider through libcurl. */
#include "platform/sms/sms.h"

#include "base/fail.h"
#include "base/log.h"
#include "platform/send/send.h"
#include "platform/url.h"

enum { FORM_MOST = 8 * 1024, SECONDS_MOST = 30, US_DIGITS = 10 };

Str sms_digits(Arena *arena, Str typed) {
    Buf digits = buf_new(arena, 64);
    for (size_t at = 0; at < typed.length && digits.length < 20; at++) {
        const char byte = typed.at[at];
        if (byte == 'x' || byte == 'X') {
            break; /* an extension reaches the same household or office: not part of the number */
        }
        if (byte >= '0' && byte <= '9') {
            buf_add_char(&digits, byte);
        }
    }
    const Str key = buf_str(&digits);
    return key.length == US_DIGITS + 1 && key.at[0] == '1' ? str_part(key, 1, US_DIGITS) : key;
}

/* ---- the queue: "number", "last number", or "person point notice path number"; then until when it holds,
 * then the body ---- */

static void queue(const Scope *scope, Tx *tx, PersonId person, Str whom, Str body, Time until) {
    const Str payload =
        str_print(scope->arena, "%.*s\n%lld\n%.*s", STR_ARGS(whom), (long long)until.us, STR_ARGS(body));
    job_add(scope, tx, person, STR(SMS_JOB_KIND), payload, scope->now);
}

void sms_add(const Scope *scope, Tx *tx, Str to, Str body, Time until) {
    queue(scope, tx, (PersonId){0}, to, body, until);
}

void sms_add_last(const Scope *scope, Tx *tx, Str to, Str body, Time until) {
    queue(scope, tx, (PersonId){0}, str_print(scope->arena, "last %.*s", STR_ARGS(to)), body, until);
}

void sms_to_person(const Scope *scope, Tx *tx, const SmsTo *to, Str body, Time until) {
    const Str whom = str_print(scope->arena, "%lld %lld %lld %.*s %.*s", (long long)to->person.value,
                               (long long)to->point.value, (long long)to->notice.value,
                               STR_ARGS(to->state_path), STR_ARGS(to->number));
    queue(scope, tx, to->person, whom, body, until);
}

/* The first line. False when it is none of the three forms. */
static bool whom_read(Str whom, SmsTo *ret_to) {
    Str words[5] = {{0}};
    size_t count = 0;
    bool has_more = true;
    while (has_more && count < 5) {
        has_more = str_cut(whom, ' ', &words[count], &whom);
        count++;
    }
    if (has_more || (count == 2 && !str_equal(words[0], STR("last"))) || (count > 2 && count < 5)) {
        return false;
    }
    ret_to->number = words[count - 1];
    ret_to->is_last = count == 2;
    if (count < 5) {
        return true;
    }
    ret_to->state_path = words[3];
    return str_to_int(words[0], 1, INT64_MAX, &ret_to->person.value) &&
           str_to_int(words[1], 1, INT64_MAX, &ret_to->point.value) &&
           str_to_int(words[2], 0, INT64_MAX, &ret_to->notice.value);
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
        !str_to_int(until, 0, INT64_MAX, &queued.until.us) || !whom_read(whom, &queued.to)) {
        fail(FAIL_USAGE, "a queued text is not in the form that sms_add() writes");
    }
    return queued;
}

SmsTo sms_to(Str payload) {
    return queued_read(payload).to;
}

/* ---- sending ---- */

/* As the provider wants it. Fewer digits than a US number has are a short number of the provider's. */
static Str international(const Scope *scope, Str to) {
    if (to.length < US_DIGITS || to.at[0] == '+') {
        return to;
    }
    return str_print(scope->arena, to.length == US_DIGITS ? "+1%.*s" : "+%.*s", STR_ARGS(to));
}

Str sms_form(const Scope *scope, Str to, Str body, Str state_path) {
    Buf form = buf_new(scope->arena, FORM_MOST);
    buf_add(&form, STR("To="));
    url_add_word(&form, international(scope, to));
    buf_add(&form, STR("&From="));
    url_add_word(&form, scope->config->text_from);
    buf_add(&form, STR("&Body="));
    url_add_word(&form, body);
    if (!str_is_empty(state_path)) {
        buf_add(&form, STR("&StatusCallback="));
        url_add_word(&form, scope->config->origin);
        url_add_word(&form, state_path);
    }
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

JobSent sms_job_send(const Scope *scope, Str payload) {
    if (str_is_empty(scope->config->text_url)) {
        return JOB_NOT_NOW;
    }
    const Queued queued = queued_read(payload);
    if (!time_is_before(scope->now, queued.until)) {
        log_line(LOG_WARNING, "text_too_late", "say=\"a text was no longer true and was not sent\"");
        return JOB_REFUSED;
    }
    const Sent sent = hand_over(scope, sms_form(scope, queued.to.number, queued.body, queued.to.state_path));
    if (sent.status >= 200 && sent.status < 300) {
        return JOB_SENT; /* also when the rest of the answer was broken off: it is taken */
    }
    if (!is_for_good(sent.status)) {
        send_failed("the text provider did not take a text", sent);
    }
    log_line(LOG_WARNING, "text_refused", "status=%ld", sent.status);
    return JOB_REFUSED;
}
