/* SPDX-License-Identifier: Apache-2.0 */
/* What pages say, turned into header lines: cookies, the security headers, redirects. */
#include "platform/http/reply_parts.h"

#include "platform/crypto/crypto.h"
#include "platform/http/accept.h"
#include "platform/http/asset.h"
#include "platform/http/cookie.h"
#include "platform/http/device.h"
#include "platform/http/page.h"

#include <assert.h>

enum {
    TOKEN_BYTES = 16,  /* of the anti-forgery hash; masked with as many random bytes */
    TOKEN_LENGTH = 64, /* hexadecimal digits of both */
    VISIT_LENGTH = 64,
    VISIT_SECONDS = 7 * 86400, /* a draft can be taken up again after the browser died */
    SAID_SECONDS = 60,
    LANG_SECONDS = 365 * 86400,
    FIELDS_MOST = 3500,
    TAG_LENGTH = 32,
};

/* Where "leave this page" leads: a page nobody asks about. */
#define LEAVE_TO "https://www.weather.gov/"

static const char hex_digits[] = "0123456789abcdef";

static bool is_hex(Str text, size_t length) {
    for (size_t at = 0; at < text.length; at++) {
        const char byte = text.at[at];
        if (!((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f'))) {
            return false;
        }
    }
    return text.length == length;
}

static unsigned hex_value(char digit) {
    return digit <= '9' ? (unsigned)(digit - '0') : (unsigned)(digit - 'a' + 10);
}

Str reply_cookie_name(Arena *arena, const Config *config, Str name) {
    return config->is_secure ? str_print(arena, "__Host-%.*s", STR_ARGS(name)) : name;
}

/* ---- the sentence for the next page: its number and a keyed hash, so that nobody can plant one ---- */

static Str said_value(const Scope *scope, int64_t number) {
    const Str digits = str_print(scope->arena, "%lld", (long long)number);
    const Str proof = crypto_hash_hex(scope->arena, scope->config->secret, STR("said"), digits);
    return str_print(scope->arena, "%.*s.%.*s", STR_ARGS(digits), STR_ARGS(str_part(proof, 0, 32)));
}

static Text said_read(const Scope *scope, Str value) {
    Str digits = STR_NONE;
    Str proof = STR_NONE;
    int64_t number = 0;
    if (!str_cut(value, '.', &digits, &proof) || !str_to_int(digits, 1, TEXT_COUNT - 1, &number) ||
        !crypto_equal(value, said_value(scope, number))) {
        return TEXT_NONE;
    }
    return (Text)number;
}

void reply_begin(Reply *reply, Str cookies) {
    const Scope *scope = reply->scope;
    const Str visit = cookie_find(cookies, reply_cookie_name(scope->arena, scope->config, STR("visit")));
    reply->visit = is_hex(visit, VISIT_LENGTH) ? visit : STR_NONE;
    const Str said = cookie_find(cookies, reply_cookie_name(scope->arena, scope->config, STR("said")));
    reply->has_said_cookie = !str_is_none(said);
    reply->said = str_is_none(said) ? TEXT_NONE : said_read(scope, said);
}

/* ---- the visit and the anti-forgery token ---- */

static void visit_find(Reply *reply) {
    if (str_is_none(reply->visit)) {
        reply->visit = crypto_token(reply->scope->arena, reply->scope->random);
        reply->visit_is_new = true;
    }
}

Str reply_visit(Reply *reply) {
    visit_find(reply);
    reply->visit_is_asked = true;
    return reply->visit;
}

/* Whoever only reads is given no cookie: it comes with the first form. */
static bool visit_is_used(const Reply *reply) {
    return reply->visit_is_asked || (reply->kind == REPLY_HTML && reply->html.form_count > 0);
}

bool reply_is_for_all(const Reply *reply) {
    return reply->kind == REPLY_HTML && reply->status == 200 && !visit_is_used(reply) &&
           !reply->said_is_used && !reply->drops_session;
}

bool reply_has_visit(const Reply *reply) {
    return !str_is_none(reply->visit) && !reply->visit_is_new;
}

static Str visit_proof(const Reply *reply) {
    return crypto_hash_raw(reply->scope->arena, reply->scope->config->secret, STR("form"), reply->visit);
}

/* Random bytes, then the proof under them: each page shows another token, so that compressed answers of
 * guessed sizes tell nothing about it. */
static Str token_make(Reply *reply) {
    visit_find(reply);
    const Str proof = visit_proof(reply);
    unsigned char mask[TOKEN_BYTES];
    random_bytes(reply->scope->random, mask, sizeof mask);
    char *digits = arena_get(reply->scope->arena, TOKEN_LENGTH);
    for (size_t at = 0; at < TOKEN_BYTES; at++) {
        const unsigned char hidden = (unsigned char)(mask[at] ^ (unsigned char)proof.at[at]);
        digits[2 * at] = hex_digits[mask[at] >> 4];
        digits[2 * at + 1] = hex_digits[mask[at] & 15];
        digits[2 * (TOKEN_BYTES + at)] = hex_digits[hidden >> 4];
        digits[2 * (TOKEN_BYTES + at) + 1] = hex_digits[hidden & 15];
    }
    return (Str){.at = digits, .length = TOKEN_LENGTH};
}

bool reply_token_is_ours(const Reply *reply, Str token) {
    if (str_is_none(reply->visit) || !is_hex(token, TOKEN_LENGTH)) {
        return false;
    }
    const Str proof = visit_proof(reply);
    char shown[TOKEN_BYTES];
    for (size_t at = 0; at < TOKEN_BYTES; at++) {
        const size_t hidden = 2 * (TOKEN_BYTES + at);
        const unsigned mask = hex_value(token.at[2 * at]) << 4 | hex_value(token.at[2 * at + 1]);
        const unsigned under = hex_value(token.at[hidden]) << 4 | hex_value(token.at[hidden + 1]);
        shown[at] = (char)(mask ^ under);
    }
    return crypto_equal((Str){.at = shown, .length = TOKEN_BYTES}, str_part(proof, 0, TOKEN_BYTES));
}

/* ---- what pages call ---- */

static void reply_start(Reply *reply, ReplyKind kind, int status) {
    assert(reply->kind == REPLY_NOTHING); /* a page replies exactly once */
    reply->kind = kind;
    reply->status = status;
}

Html *reply_html(Reply *reply, int status) {
    reply_start(reply, REPLY_HTML, status);
    reply->html = html_new(reply->scope, token_make(reply));
    return &reply->html;
}

void reply_redirect(Reply *reply, Url url) {
    reply_start(reply, REPLY_REDIRECT, 303);
    reply->location = url.text;
}

void reply_redirect_saying(Reply *reply, Url url, Text sentence) {
    assert(sentence != TEXT_NONE);
    reply_redirect(reply, url);
    reply->is_saying = true;
    reply->saying = sentence;
}

/* Of several words each: a choice, an id or a key of the form's own is none. */
static Strs typed_words(const Scope *scope, const Input *typed) {
    if (typed == NULL) {
        return (Strs){0};
    }
    Str *items = NEW_MANY(scope->arena, typed->count, Str);
    size_t count = 0;
    for (size_t at = 0; at < typed->count; at++) {
        const Str value = str_trim(typed->pairs[at].value);
        if (memchr(value.at, ' ', value.length) != NULL || memchr(value.at, '\n', value.length) != NULL) {
            items[count++] = value;
        }
    }
    return (Strs){.items = items, .count = count};
}

void reply_sorry(Reply *reply, int status, Text sentence) {
    assert(status >= 400 && sentence != TEXT_NONE);
    const Sorry sorry = {.sentence = sentence,
                         .reference = reply->reference,
                         .typed = typed_words(reply->scope, reply->typed)};
    reply->hooks->sorry(reply->scope, reply, status, &sorry);
    assert(reply->kind == REPLY_HTML && reply->status == status);
}

void reply_file(Reply *reply, Str type, Str name, Str content) {
    for (size_t at = 0; at < name.length; at++) {
        assert(name.at[at] > ' ' && name.at[at] < 0x7f && strchr("\"\\/;", name.at[at]) == NULL);
    }
    reply_start(reply, REPLY_BYTES, 200);
    reply->type = type;
    reply->file_name = name;
    reply->bytes = content;
}

void reply_plain(Reply *reply, int status, Str text) {
    reply_start(reply, REPLY_BYTES, status);
    reply->type = STR("text/plain; charset=utf-8");
    reply->bytes = text;
}

void reply_xml(Reply *reply, Str text) {
    reply_plain(reply, 200, text);
    reply->type = STR("text/xml; charset=utf-8");
}

void reply_json(Reply *reply, Str text) {
    reply_plain(reply, 200, text);
    reply->type = STR("application/json; charset=utf-8");
}

Str reply_token(Reply *reply) {
    reply->visit_is_asked = true;
    return token_make(reply);
}

void reply_calendar(Reply *reply, Str content) {
    const Scope *scope = reply->scope;
    const Str hash = crypto_hash_hex(scope->arena, scope->config->secret, STR("calendar"), content);
    const Str tag = str_print(scope->arena, "\"%.*s\"", TAG_LENGTH, hash.at);
    /* Tags are random enough to be looked for in the list as it is, weak or not. */
    const bool is_known = str_contains(reply->if_none_match, tag);
    reply_plain(reply, is_known ? 304 : 200, is_known ? STR("") : content);
    reply->type = STR("text/calendar; charset=utf-8");
    reply->tag = tag;
}

void reply_starts_worker(Reply *reply) {
    reply->starts_worker = true;
}

void reply_live(Reply *reply, Time since) {
    assert(reply->scope->session.value != 0);
    reply_start(reply, REPLY_LIVE, 200);
    reply->type = STR("text/event-stream; charset=utf-8");
    reply->since = since;
}

void reply_keep_changes(Reply *reply) {
    reply->keeps_changes = true;
}

Text reply_said(Reply *reply) {
    reply->said_is_used = reply->has_said_cookie;
    return reply->said;
}

Str reply_path(const Reply *reply) {
    return reply->path;
}

void reply_sign_in(Reply *reply, Str session_token, int64_t lifetime_us) {
    reply->signs_in = true;
    reply->signs_out = false;
    reply->session_token = session_token;
    reply->session_us = lifetime_us;
}

void reply_sign_out(Reply *reply) {
    reply->signs_out = true;
    reply->signs_in = false;
}

void reply_go_on(Reply *reply, Str target) {
    reply_plain(reply, 200, STR_NONE);
    reply->type = STR("text/html; charset=utf-8");
    reply->refresh = target;
    Html page = html_new(reply->scope, STR(""));
    html_write_escaped(&page, target); /* what an address may hold, as an attribute may hold it */
    reply->bytes =
        str_print(reply->scope->arena,
                  "<!doctype html>\n<html lang=\"%.*s\">\n<meta charset=\"utf-8\">\n<title>-</title>\n"
                  "<a href=\"%.*s\" rel=\"noreferrer\">%.*s</a>\n</html>\n",
                  STR_ARGS(lang_tag(reply->scope->lang)), STR_ARGS(buf_str(&page.out)),
                  STR_ARGS(text_str(reply->scope->lang, TEXT_UI_CONTINUE)));
}

/* A redirect would break form-action, which browsers hold against all that a form leads to. */
void reply_leave(Reply *reply) {
    reply_go_on(reply, STR(LEAVE_TO));
    reply->leaves = true;
    reply_sign_out(reply);
}

Str reply_device(const Reply *reply) {
    return device_words(reply->scope->arena, reply->user_agent);
}

bool reply_asset(Reply *reply, const Head *head) {
    const bool is_worker = str_equal(head->path, STR("/worker.js"));
    const Asset *asset =
        is_worker || str_starts_with(head->path, STR("/assets/")) ? asset_find(head->path) : NULL;
    if (asset == NULL) {
        return false;
    }
    Str bytes = {.at = (const char *)asset->bytes, .length = asset->length};
    if (accept_encoding(head->accept_encoding, STR("br"))) {
        bytes = (Str){.at = (const char *)asset->brotli, .length = asset->brotli_length};
        reply->encoding = STR("br");
    } else if (accept_encoding(head->accept_encoding, STR("gzip"))) {
        bytes = (Str){.at = (const char *)asset->gzip, .length = asset->gzip_length};
        reply->encoding = STR("gzip");
    }
    reply_plain(reply, 200, bytes);
    reply->type = str_of(asset->type);
    reply->varies = true;
    reply->is_forever = !is_worker; /* it has one address for good, and is asked for anew */
    return true;
}

/* ---- header lines ---- */

static void cookies_write(const Reply *reply, Buf *fields) {
    const Scope *scope = reply->scope;
    const bool is_secure = scope->config->is_secure;
    const CookieOptions drop = {.lifetime_seconds = -1, .is_secure = is_secure};
    if (reply->signs_in) {
        cookie_write(
            fields, STR("session"), reply->session_token,
            (CookieOptions){.lifetime_seconds = reply->session_us / TIME_SECOND, .is_secure = is_secure});
    } else if (reply->signs_out || reply->drops_session) {
        cookie_write(fields, STR("session"), STR(""), drop);
    }
    if (reply->leaves) {
        cookie_write(fields, STR("visit"), STR(""), drop);
    } else if (reply->visit_is_new && visit_is_used(reply)) {
        cookie_write(
            fields, STR("visit"), reply->visit,
            (CookieOptions){.lifetime_seconds = VISIT_SECONDS, .is_secure = is_secure, .is_lax = true});
    }
    if (reply->is_saying) {
        cookie_write(fields, STR("said"), said_value(scope, (int64_t)reply->saying),
                     (CookieOptions){.lifetime_seconds = SAID_SECONDS, .is_secure = is_secure});
    } else if (reply->said_is_used) {
        cookie_write(fields, STR("said"), STR(""), drop);
    }
    if (reply->has_new_lang) {
        cookie_write(
            fields, STR("lang"), lang_tag(reply->new_lang),
            (CookieOptions){.lifetime_seconds = LANG_SECONDS, .is_secure = is_secure, .is_lax = true});
    }
}

/* What of the browser a page may use is said in full: what is not named is allowed by default. Scripts may
 * make no markup, not even through a policy of their own ('none'). */
#define SECURITY_FIELDS(types)                                                                               \
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "     \
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'; "        \
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "      \
    "trusted-types " types "\r\n"                                                                            \
    "X-Content-Type-Options: nosniff\r\n"                                                                    \
    "Referrer-Policy: no-referrer\r\n"                                                                       \
    "Cross-Origin-Opener-Policy: same-origin\r\n"                                                            \
    "Cross-Origin-Resource-Policy: same-origin\r\n"                                                          \
    "Permissions-Policy: accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), " \
    "encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), " \
    "idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), "       \
    "payment=(), picture-in-picture=(), publickey-credentials-create=(self), "                               \
    "publickey-credentials-get=(self), screen-wake-lock=(), serial=(), storage-access=(), usb=(), "          \
    "web-share=(), window-management=(), xr-spatial-tracking=()\r\n"
#define SECURE_FIELDS "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n"

Str reply_security_fields(const Config *config) {
    return config->is_secure ? STR(SECURITY_FIELDS("'none'") SECURE_FIELDS) : STR(SECURITY_FIELDS("'none'"));
}

/* Starting a service worker is making a script address, which one page alone does, under one name. */
static Str security_fields(const Reply *reply) {
    if (!reply->starts_worker) {
        return reply_security_fields(reply->scope->config);
    }
    return reply->scope->config->is_secure ? STR(SECURITY_FIELDS("worker") SECURE_FIELDS)
                                           : STR(SECURITY_FIELDS("worker"));
}

Str reply_fields(const Reply *reply, size_t body_length) {
    Buf fields = buf_new(reply->scope->arena, FIELDS_MOST);
    buf_reserve(&fields, 1536);
    if (reply->kind == REPLY_REDIRECT) {
        buf_print(&fields, "Location: %.*s\r\n", STR_ARGS(reply->location));
    }
    const Str type = reply->kind == REPLY_HTML ? STR("text/html; charset=utf-8") : reply->type;
    if ((body_length > 0 || reply->kind == REPLY_LIVE) && type.length > 0) {
        buf_print(&fields, "Content-Type: %.*s\r\n", STR_ARGS(type));
    }
    if (!str_is_empty(reply->tag)) {
        buf_print(&fields, "Cache-Control: private, no-cache\r\nETag: %.*s\r\n", STR_ARGS(reply->tag));
    } else {
        buf_add(&fields, reply->is_forever ? STR("Cache-Control: public, max-age=31536000, immutable\r\n")
                                           : STR("Cache-Control: no-store\r\n"));
    }
    if (!str_is_empty(reply->refresh)) {
        buf_print(&fields, "Refresh: 0; url=%.*s\r\n", STR_ARGS(reply->refresh));
    }
    if (!str_is_empty(reply->encoding)) {
        buf_print(&fields, "Content-Encoding: %.*s\r\n", STR_ARGS(reply->encoding));
    }
    if (reply->varies) {
        buf_add(&fields, STR("Vary: Accept-Encoding\r\n"));
    }
    if (!str_is_empty(reply->file_name)) {
        /* Whatever a browser makes of the file, it is none of our pages: both policies hold. */
        buf_print(&fields,
                  "Content-Disposition: attachment; filename=\"%.*s\"\r\n"
                  "Content-Security-Policy: sandbox\r\n",
                  STR_ARGS(reply->file_name));
    }
    if (reply->retry_seconds > 0) {
        buf_print(&fields, "Retry-After: %d\r\n", reply->retry_seconds);
    }
    if (!str_is_empty(reply->allow)) {
        buf_print(&fields, "Allow: %.*s\r\n", STR_ARGS(reply->allow));
    }
    if (reply->leaves) {
        buf_add(&fields, STR("Clear-Site-Data: \"cache\", \"cookies\", \"storage\"\r\n"));
    } else if (reply->signs_out) {
        buf_add(&fields, STR("Clear-Site-Data: \"cache\", \"storage\"\r\n"));
    }
    cookies_write(reply, &fields);
    buf_add(&fields, security_fields(reply));
    return buf_str(&fields);
}
