/* SPDX-License-Identifier: Apache-2.0 */
/* Writes plain-text mail by RFC 5322 and hands it to the mail server through libcurl. */
#include "platform/mail/mail.h"

#include "base/fail.h"
#include "platform/crypto/crypto.h"
#include "platform/send/send.h"

#include <sodium/utils.h>

enum {
    MESSAGE_MOST = 512 * 1024,
    LINE_MOST = 76,
    WORD_BYTES = 42, /* of text in one encoded word: 56 base64 digits, under 75 with its frame */
    SECONDS_MOST = 60,
};

/* An address or subject becomes part of a header: one line, nothing that ends it. */
static bool is_header_safe(Str text) {
    for (size_t at = 0; at < text.length; at++) {
        const unsigned char byte = (unsigned char)text.at[at];
        if (byte < ' ' || byte == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool is_address(Str text) {
    return is_header_safe(text) && str_contains(text, STR("@")) && !str_contains(text, STR(" ")) &&
           !str_contains(text, STR("<")) && !str_contains(text, STR(">")) && !str_contains(text, STR(",")) &&
           text.length <= 254;
}

/* ---- the queue: "address", or "person point notice until address", then the subject, then the body; earlier
 * versions wrote no moment, and no notice ---- */

Str mail_whom(const Scope *scope, const MailTo *to) {
    if (!is_address(to->address)) {
        fail(FAIL_IO, "a mail's address cannot stand in a header");
    }
    return person_id_is_none(to->person)
               ? to->address
               : str_print(scope->arena, "%lld %lld %lld %lld %.*s", (long long)to->person.value,
                           (long long)to->point.value, (long long)to->notice.value, (long long)to->until.us,
                           STR_ARGS(to->address));
}

void mail_to_person(const Scope *scope, Tx *tx, const MailTo *to, Str subject, Str body) {
    if (!is_header_safe(subject)) {
        fail(FAIL_IO, "a mail's subject cannot stand in a header");
    }
    const Str payload = str_print(scope->arena, "%.*s\n%.*s\n%.*s", STR_ARGS(mail_whom(scope, to)),
                                  STR_ARGS(subject), STR_ARGS(body));
    job_add(scope, tx, to->person, STR(MAIL_JOB_KIND), payload, scope->now);
}

void mail_add(const Scope *scope, Tx *tx, Str to, Str subject, Str body) {
    mail_to_person(scope, tx, &(MailTo){.address = to}, subject, body);
}

MailTo mail_to(Str payload) {
    enum { NUMBERS = 4 };
    int64_t numbers[NUMBERS] = {0};
    size_t count = 0;
    Str line = STR_NONE;
    Str rest = STR_NONE;
    (void)str_cut(payload, '\n', &line, &rest);
    Str number = STR_NONE;
    while (count < NUMBERS && str_cut(line, ' ', &number, &rest) &&
           str_to_int(number, 0, INT64_MAX, &numbers[count])) {
        line = rest;
        count++;
    }
    const bool is_sound = count == 0 || (count >= 2 && numbers[0] > 0 && numbers[1] > 0);
    if (!is_sound || !is_address(line)) {
        fail(FAIL_USAGE, "a queued mail is not in the form that mail_to_person() writes");
    }
    return (MailTo){.person = {numbers[0]},
                    .point = {numbers[1]},
                    .notice = {numbers[2]},
                    .until = {numbers[3]},
                    .address = line};
}

/* ---- the message ---- */

static bool is_ascii(Str text) {
    for (size_t at = 0; at < text.length; at++) {
        if ((unsigned char)text.at[at] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* RFC 2047: whole characters in base64 words, a word a line. */
static void add_encoded(Buf *out, Str text) {
    bool is_first = true;
    while (text.length > 0) {
        size_t length = text.length < WORD_BYTES ? text.length : WORD_BYTES;
        while (length < text.length && ((unsigned char)text.at[length] & 0xc0) == 0x80) {
            length--;
        }
        char word[sodium_base64_ENCODED_LEN(WORD_BYTES, sodium_base64_VARIANT_ORIGINAL)];
        sodium_bin2base64(word, sizeof word, (const unsigned char *)text.at, length,
                          sodium_base64_VARIANT_ORIGINAL);
        buf_print(out, "%s=?UTF-8?B?%s?=", is_first ? "" : "\r\n ", word);
        text = str_part(text, length, text.length);
        is_first = false;
    }
}

#define PLAIN_TYPE "text/plain; charset=utf-8"

/* LF or CR LF. */
static bool is_line_end(Str text, size_t at) {
    return at < text.length &&
           (text.at[at] == '\n' || (text.at[at] == '\r' && at + 1 < text.length && text.at[at + 1] == '\n'));
}

/* RFC 2045 quoted-printable; a line break of the text is a line break of the message. */
static void add_quoted(Buf *out, Str text) {
    static const char digits[] = "0123456789ABCDEF";
    size_t column = 0;
    for (size_t at = 0; at < text.length; at++) {
        const unsigned char byte = (unsigned char)text.at[at];
        if (byte == '\r' && is_line_end(text, at)) {
            continue;
        }
        if (byte == '\n') {
            buf_add(out, STR("\r\n"));
            column = 0;
            continue;
        }
        const bool ends_line = at + 1 == text.length || is_line_end(text, at + 1);
        const bool is_plain = (byte > ' ' && byte < 0x7f && byte != '=') || (byte == ' ' && !ends_line);
        /* A dot at the start of a line would have to be doubled for SMTP; curl does it, an odd relay may
         * not. */
        const bool is_quoted = !is_plain || (byte == '.' && column == 0);
        const size_t width = is_quoted ? 3 : 1;
        if (column + width > LINE_MOST - 1) {
            buf_add(out, STR("=\r\n"));
            column = 0;
        }
        if (is_quoted) {
            const char quoted[3] = {'=', digits[byte >> 4], digits[byte & 15]};
            buf_add_bytes(out, quoted, sizeof quoted);
        } else {
            buf_add_char(out, (char)byte);
        }
        column += width;
    }
}

static void add_date(Buf *out, Time now) {
    const time_t seconds = (time_t)(now.us / TIME_SECOND);
    struct tm parts;
    char text[48];
    gmtime_r(&seconds, &parts);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &parts);
    buf_print(out, "Date: %s\r\n", text);
}

Str mail_bare_address(Str from) {
    Str name = STR_NONE;
    Str rest = STR_NONE;
    if (str_cut(from, '<', &name, &rest)) {
        Str address = STR_NONE;
        str_cut(rest, '>', &address, &rest);
        return address;
    }
    return from;
}

/* The header of a part, and its text. */
static void add_part(Buf *out, Str type, Str text) {
    buf_print(out, "Content-Type: %.*s\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
              STR_ARGS(type));
    add_quoted(out, text);
    buf_add(out, STR("\r\n"));
}

/* Two forms of the same: who cannot read the second shows the first. */
static void add_alternatives(Buf *out, const Scope *scope, const MailOut *mail) {
    const Str type =
        str_print(scope->arena, "text/calendar; charset=utf-8; method=%.*s", STR_ARGS(mail->calendar_method));
    const Str token = crypto_token(scope->arena, scope->random);
    const Str boundary = str_part(token, 0, 32);
    buf_print(out, "Content-Type: multipart/alternative; boundary=\"%.*s\"\r\n\r\n--%.*s\r\n",
              STR_ARGS(boundary), STR_ARGS(boundary));
    add_part(out, STR(PLAIN_TYPE), mail->body);
    buf_print(out, "--%.*s\r\n", STR_ARGS(boundary));
    add_part(out, type, mail->calendar);
    buf_print(out, "--%.*s--\r\n", STR_ARGS(boundary));
}

Str mail_message(const Scope *scope, const MailOut *mail) {
    Buf out = buf_new(scope->arena, MESSAGE_MOST);
    const Str from = scope->config->mail_from;
    Str local = STR_NONE;
    Str domain = STR_NONE;
    str_cut(mail_bare_address(from), '@', &local, &domain);
    const Str id = crypto_token(scope->arena, scope->random);
    buf_print(&out, "From: %.*s\r\nTo: %.*s\r\nSubject: ", STR_ARGS(from), STR_ARGS(mail->to));
    if (is_ascii(mail->subject)) {
        buf_add(&out, mail->subject);
    } else {
        add_encoded(&out, mail->subject);
    }
    buf_add(&out, STR("\r\n"));
    add_date(&out, scope->now);
    buf_print(&out, "Message-ID: <%.*s@%.*s>\r\n", STR_ARGS(str_part(id, 0, 32)), STR_ARGS(domain));
    buf_add(&out, STR("MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
                      "X-Auto-Response-Suppress: All\r\n"));
    if (str_is_none(mail->calendar)) {
        add_part(&out, STR(PLAIN_TYPE), mail->body);
    } else {
        add_alternatives(&out, scope, mail);
    }
    return buf_str(&out);
}

/* ---- sending ---- */

typedef struct Upstream {
    Str rest;
} Upstream;

static size_t read_message(char *into, size_t size, size_t count, void *context) {
    Upstream *upstream = context;
    const size_t room = size * count;
    const size_t length = upstream->rest.length < room ? upstream->rest.length : room;
    memcpy(into, upstream->rest.at, length);
    upstream->rest = str_part(upstream->rest, length, upstream->rest.length);
    return length;
}

static void list_free(void *context) {
    curl_slist_free_all(context);
}

static void send_message(const Scope *scope, Str to, Str message) {
    const Config *config = scope->config;
    CURL *handle = send_begin(scope, SECONDS_MOST);
    struct curl_slist *recipients = curl_slist_append(NULL, str_c(scope->arena, to));
    if (recipients == NULL) {
        fail(FAIL_MEMORY, "no memory for sending mail");
    }
    arena_at_end(scope->arena, list_free, recipients);
    Upstream upstream = {.rest = message};
    const bool has_login = !str_is_empty(config->smtp_user);
    curl_easy_setopt(handle, CURLOPT_URL, str_c(scope->arena, config->smtp));
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, str_c(scope->arena, mail_bare_address(config->mail_from)));
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(handle, CURLOPT_READDATA, &upstream);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    /* Neither passwords nor mail travel in the clear; only a server on this machine may do without. */
    const bool may_be_clear = !has_login && send_is_local(config->smtp);
    curl_easy_setopt(handle, CURLOPT_USE_SSL, (long)(may_be_clear ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    if (has_login) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, str_c(scope->arena, config->smtp_user));
        curl_easy_setopt(handle, CURLOPT_PASSWORD, str_c(scope->arena, send_secret(scope, "smtp.password")));
    }
    const Sent sent = send_do(handle);
    if (!sent.is_whole) {
        send_failed("the mail server did not take a mail", sent);
    }
}

JobSent mail_send(const Scope *scope, const MailOut *mail) {
    if (str_is_empty(scope->config->smtp)) {
        return JOB_NOT_NOW;
    }
    send_message(scope, mail->to, mail_message(scope, mail));
    return JOB_SENT;
}

JobSent mail_job_send(const Scope *scope, Str payload) {
    Str first = STR_NONE;
    Str subject = STR_NONE;
    Str body = STR_NONE;
    const Str to = mail_to(payload).address;
    if (!str_cut(payload, '\n', &first, &body) || !str_cut(body, '\n', &subject, &body)) {
        fail(FAIL_USAGE, "a queued mail is not in the form that mail_to_person() writes");
    }
    return mail_send(scope, &(MailOut){.to = to, .subject = subject, .body = body, .calendar = STR_NONE});
}
