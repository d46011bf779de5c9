/* SPDX-License-Identifier: Apache-2.0 */
/* Begins and ends what mail.c and sms.c send. */
#include "platform/send/send.h"

#include "base/fail.h"
#include "platform/config.h"

#include <fcntl.h>
#include <unistd.h>

enum { SECRET_MOST = 256 };

static void transfer_free(void *context) {
    curl_easy_cleanup(context);
}

CURL *send_begin(const Scope *scope, long seconds_most) {
    CURL *transfer = curl_easy_init();
    if (transfer == NULL) {
        fail(FAIL_MEMORY, "no memory for sending");
    }
    arena_at_end(scope->arena, transfer_free, transfer);
    curl_easy_setopt(transfer, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(transfer, CURLOPT_TIMEOUT, seconds_most);
    return transfer;
}

Str send_secret(const Scope *scope, const char *file) {
    const char *path =
        str_c(scope->arena, str_print(scope->arena, "%.*s/%s", STR_ARGS(scope->config->data), file));
    char *bytes = arena_get(scope->arena, SECRET_MOST);
    const int from = open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0) {
        return STR("");
    }
    const ssize_t length = read(from, bytes, SECRET_MOST);
    close(from);
    return str_trim((Str){.at = bytes, .length = length > 0 ? (size_t)length : 0});
}

bool send_is_local(Str url) {
    Str scheme = STR_NONE;
    Str host = STR_NONE;
    Str rest = STR_NONE;
    (void)str_cut(url, ':', &scheme, &host);
    if (!str_starts_with(host, STR("//"))) {
        return false;
    }
    host = str_part(host, 2, host.length);
    (void)str_cut(host, '/', &host, &rest);
    (void)str_cut(host, ':', &host, &rest);
    return str_equal(host, STR("127.0.0.1")) || str_equal_ascii(host, STR("localhost"));
}

Sent send_do(CURL *transfer) {
    const CURLcode result = curl_easy_perform(transfer);
    Sent sent = {.is_whole = result == CURLE_OK, .why = curl_easy_strerror(result)};
    curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &sent.status);
    return sent;
}

void send_failed(const char *what, Sent sent) {
    fail(FAIL_IO, "%s: %s (status %ld)", what, sent.why, sent.status);
}
