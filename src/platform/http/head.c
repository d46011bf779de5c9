/* SPDX-License-Identifier: Apache-2.0 */
/* The strict reading of request heads: http-parser takes them apart, and what it is lenient about is
 * refused here. */
#include "platform/http/head.h"

#include <http_parser.h>
#include <stddef.h>

enum { MOST_METHOD = 16, MOST_LENGTH_DIGITS = 18 };

/* RFC 9110's tchar. Debian's build of the parser lets spaces into names. */
static bool is_token(Str text) {
    for (size_t at = 0; at < text.length; at++) {
        const unsigned char byte = (unsigned char)text.at[at];
        const bool is_alphanumeric =
            (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (!is_alphanumeric && (byte == 0 || strchr("!#$%&'*+-.^_`|~", byte) == NULL)) {
            return false;
        }
    }
    return text.length > 0;
}

/* Finds the empty line that ends the head. True when it is there: *scanned is then the head's length. A line
 * feed without its carriage return is reported at once, so that nobody waits for the rest of a malformed
 * head. */
static bool head_end(const char *bytes, size_t length, size_t *scanned, bool *ret_is_bare) {
    *ret_is_bare = false;
    while (*scanned < length) {
        const char *feed = memchr(bytes + *scanned, '\n', length - *scanned);
        if (feed == NULL) {
            *scanned = length;
            return false;
        }
        const size_t at = (size_t)(feed - bytes);
        *scanned = at + 1;
        if (at == 0 || bytes[at - 1] != '\r') {
            *ret_is_bare = true;
            return false;
        }
        if (at == 1 || (at >= 3 && bytes[at - 2] == '\n')) {
            return true;
        }
    }
    return false;
}

/* Only the origin form, printable ASCII, no fragment. */
static int target_read(Str target, Head *head) {
    if (target.length > HEAD_MOST_TARGET) {
        return 414;
    }
    if (target.length == 0 || target.at[0] != '/') {
        return 400;
    }
    for (size_t at = 0; at < target.length; at++) {
        const unsigned char byte = (unsigned char)target.at[at];
        if (byte <= ' ' || byte >= 0x7f || byte == '#') {
            return 400;
        }
    }
    head->path = target;
    head->query = STR_NONE;
    Str path = target;
    Str query = STR_NONE;
    if (str_cut(target, '?', &path, &query)) {
        head->path = path;
        head->query = query;
    }
    return 0;
}

/* Which fields are kept, and whether a second one is a refusal. */
static const struct {
    Str name;
    size_t place;
    bool is_single;
} known[] = {
    {STR("host"), offsetof(Head, host), true},
    {STR("cookie"), offsetof(Head, cookie), true},
    {STR("origin"), offsetof(Head, origin), true},
    {STR("sec-fetch-site"), offsetof(Head, sec_fetch_site), true},
    {STR("content-type"), offsetof(Head, content_type), true},
    {STR("content-length"), offsetof(Head, content_length), true},
    {STR("transfer-encoding"), offsetof(Head, transfer_encoding), true},
    {STR("connection"), offsetof(Head, connection), false},
    {STR("expect"), offsetof(Head, expect), true},
    {STR("accept-language"), offsetof(Head, accept_language), false},
    {STR("user-agent"), offsetof(Head, user_agent), false},
    {STR("accept-encoding"), offsetof(Head, accept_encoding), false},
    {STR("if-none-match"), offsetof(Head, if_none_match), false},
    {STR("x-forwarded-for"), offsetof(Head, forwarded_for), false},
    {STR("x-twilio-signature"), offsetof(Head, signature), true},
    {STR("forwarded"), offsetof(Head, forwarded), false},
};

static int field_keep(Head *head, Str name, Str value) {
    for (size_t at = 0; at < sizeof known / sizeof known[0]; at++) {
        if (str_equal_ascii(name, known[at].name)) {
            Str *place = (Str *)(void *)((char *)head + known[at].place);
            if (known[at].is_single && !str_is_none(*place)) {
                return 400;
            }
            *place = value;
            return 0;
        }
    }
    return 0;
}

static bool host_is_sound(Str host) {
    for (size_t at = 0; at < host.length; at++) {
        const char byte = host.at[at];
        const bool is_fine = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                             (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == '_' ||
                             byte == ':' || byte == '[' || byte == ']';
        if (!is_fine) {
            return false;
        }
    }
    return host.length > 0 && host.length <= 255;
}

static bool list_has(Str list, Str word) {
    for (bool is_more = true; is_more;) {
        Str item = STR_NONE;
        is_more = str_cut(list, ',', &item, &list);
        if (str_equal_ascii(str_trim(item), word)) {
            return true;
        }
    }
    return false;
}

/* Where the body ends, by the one way that is allowed. */
static int body_read(Head *head) {
    const bool has_length = !str_is_none(head->content_length);
    if (!str_is_none(head->transfer_encoding)) {
        if (has_length) {
            return 400;
        }
        return str_equal_ascii(head->transfer_encoding, STR("chunked")) ? 411 : 501;
    }
    if (!has_length) {
        return head->method == HEAD_METHOD_POST ? 411 : 0;
    }
    const Str digits = head->content_length;
    size_t length = 0;
    for (size_t at = 0; at < digits.length; at++) {
        if (digits.at[at] < '0' || digits.at[at] > '9') {
            return 400;
        }
        length = at < MOST_LENGTH_DIGITS ? length * 10 + (size_t)(digits.at[at] - '0') : length;
    }
    if (digits.length == 0) {
        return 400;
    }
    if (digits.length > MOST_LENGTH_DIGITS) {
        return 413;
    }
    head->body_length = length;
    return head->method != HEAD_METHOD_POST && length > 0 ? 400 : 0;
}

static int head_check(Head *head, bool is_1_1) {
    if (str_is_none(head->host) ? is_1_1 : !host_is_sound(head->host)) {
        return 400;
    }
    if (!is_1_1 && !str_is_none(head->transfer_encoding)) {
        return 400;
    }
    if (!str_is_none(head->expect)) {
        if (!str_equal_ascii(head->expect, STR("100-continue"))) {
            return 417;
        }
        head->wants_continue = is_1_1;
    }
    head->keeps_alive = is_1_1 && !list_has(head->connection, STR("close"));
    return body_read(head);
}

/* What the parser's callbacks gather. It reads one stretch of memory, so that a name or a value that comes
 * in two pieces with something between them was folded over lines. */
typedef struct Reading {
    Head *head;
    Str target;
    Str name;
    Str value;
    size_t fields;
    bool is_in_value;
    bool is_ready;
    int status; /* 0, or what refuses the head */
} Reading;

static bool piece_add(Str *whole, const char *at, size_t length) {
    if (str_is_none(*whole)) {
        *whole = (Str){.at = at, .length = length};
        return true;
    }
    if (whole->at + whole->length != at) {
        return false;
    }
    whole->length += length;
    return true;
}

/* A callback that returns something else than 0 ends the parsing. */
static int refuse(Reading *reading, int status) {
    reading->status = reading->status == 0 ? status : reading->status;
    return 1;
}

static int field_end(Reading *reading) {
    if (!reading->is_in_value) {
        return 0;
    }
    Str value = reading->value;
    while (value.length > 0 && (value.at[value.length - 1] == ' ' || value.at[value.length - 1] == '\t')) {
        value.length--;
    }
    /* An empty value was sent all the same. */
    value.at = str_is_none(value) ? "" : value.at;
    const int status = is_token(reading->name) ? field_keep(reading->head, reading->name, value) : 400;
    reading->name = STR_NONE;
    reading->value = STR_NONE;
    reading->is_in_value = false;
    if (status != 0) {
        return refuse(reading, status);
    }
    return ++reading->fields > HEAD_MOST_FIELDS ? refuse(reading, 431) : 0;
}

static int on_target(http_parser *parser, const char *at, size_t length) {
    Reading *reading = parser->data;
    return piece_add(&reading->target, at, length) ? 0 : refuse(reading, 400);
}

static int on_name(http_parser *parser, const char *at, size_t length) {
    Reading *reading = parser->data;
    if (field_end(reading) != 0) {
        return 1;
    }
    return piece_add(&reading->name, at, length) ? 0 : refuse(reading, 400);
}

static int on_value(http_parser *parser, const char *at, size_t length) {
    Reading *reading = parser->data;
    reading->is_in_value = true;
    return length == 0 || piece_add(&reading->value, at, length) ? 0 : refuse(reading, 400);
}

/* The body is ours to cut: the parser stops here. */
static int on_end(http_parser *parser) {
    Reading *reading = parser->data;
    if (field_end(reading) != 0) {
        return 1;
    }
    reading->is_ready = true;
    http_parser_pause(parser, 1);
    return 0;
}

static int method_read(const http_parser *parser, HeadMethod *ret_method) {
    *ret_method = parser->method == HTTP_POST   ? HEAD_METHOD_POST
                  : parser->method == HTTP_HEAD ? HEAD_METHOD_HEAD
                                                : HEAD_METHOD_GET;
    return parser->method == HTTP_POST || parser->method == HTTP_HEAD || parser->method == HTTP_GET ? 0 : 405;
}

/* The status for what the parser itself refuses; 0: wait. It refuses an unknown method at its first wrong
 * letter, but the answer must not depend on how the bytes come in: the word is waited for, as long as it
 * may be one. */
static int refusal_of(const http_parser *parser, const char *bytes, size_t length) {
    const enum http_errno problem = HTTP_PARSER_ERRNO(parser);
    if (problem == HPE_INVALID_METHOD) {
        size_t letters = 0;
        while (letters < length && letters < MOST_METHOD && bytes[letters] >= 'A' && bytes[letters] <= 'Z') {
            letters++;
        }
        if (letters == length && letters < MOST_METHOD) {
            return 0;
        }
        return letters > 0 && letters < length && bytes[letters] == ' ' ? 501 : 400;
    }
    return problem == HPE_HEADER_OVERFLOW ? 431 : 400;
}

static bool is_control(unsigned char byte) {
    return (byte < ' ' && byte != '\t' && byte != '\r' && byte != '\n') || byte == 0x7f;
}

/* All that is refused in the bytes themselves, before anything is understood: control bytes, and a line
 * that goes on the one above it. */
static bool has_bad_bytes(const char *bytes, size_t length) {
    for (size_t at = 0; at < length; at++) {
        if (is_control((unsigned char)bytes[at]) ||
            (bytes[at] == '\r' && at + 1 < length && bytes[at + 1] != '\n') ||
            (bytes[at] == '\n' && at + 1 < length && (bytes[at + 1] == ' ' || bytes[at + 1] == '\t'))) {
            return true;
        }
    }
    return false;
}

/* The parser takes any number of spaces between the parts of the first line. */
static bool is_single_spaced(const http_parser *parser, const char *bytes, Str target) {
    const size_t method = strlen(http_method_str((enum http_method)parser->method));
    return target.at == bytes + method + 1 && target.at[target.length] == ' ' &&
           target.at[target.length + 1] == 'H';
}

/* Reads what is there of a head. 0, or the status that refuses it; *ret_is_ready tells whether it was all. */
static int head_parse(const char *bytes, size_t length, Head *head, bool *ret_is_ready) {
    static const http_parser_settings settings = {.on_url = on_target,
                                                  .on_header_field = on_name,
                                                  .on_header_value = on_value,
                                                  .on_headers_complete = on_end};
    Reading reading = {.head = head};
    http_parser parser;
    http_parser_init(&parser, HTTP_REQUEST);
    parser.data = &reading;
    *ret_is_ready = false;
    if (has_bad_bytes(bytes, length)) {
        return 400;
    }
    http_parser_execute(&parser, &settings, bytes, length);
    if (reading.status != 0) {
        return reading.status;
    }
    const enum http_errno problem = HTTP_PARSER_ERRNO(&parser);
    if (problem != HPE_OK && problem != HPE_PAUSED) {
        return refusal_of(&parser, bytes, length);
    }
    *ret_is_ready = reading.is_ready;
    if (parser.http_major == 0 && parser.http_minor == 9) {
        return 400; /* a request line without a version: nobody waits for more of it */
    }
    if (!reading.is_ready) {
        return reading.target.length > HEAD_MOST_TARGET ? 414 : 0;
    }
    const bool is_1_1 = parser.http_major == 1 && parser.http_minor == 1;
    if (!is_1_1 && (parser.http_major != 1 || parser.http_minor != 0)) {
        return 505;
    }
    int status = method_read(&parser, &head->method);
    if (status == 0 && !is_single_spaced(&parser, bytes, reading.target)) {
        status = 400;
    }
    if (status == 0) {
        status = target_read(reading.target, head);
    }
    return status != 0 ? status : head_check(head, is_1_1);
}

HeadResult head_read(const char *bytes, size_t length, size_t *scanned, Head *ret_head) {
    bool is_bare = false;
    const size_t seen = length > HEAD_MOST_BYTES ? HEAD_MOST_BYTES : length;
    *ret_head = (Head){0};
    const bool is_whole = head_end(bytes, seen, scanned, &is_bare);
    int status = 400;
    if (!is_bare) {
        bool is_ready = false;
        ret_head->length = is_whole ? *scanned : 0;
        status = head_parse(bytes, is_whole ? *scanned : seen, ret_head, &is_ready);
        if (status == 0 && is_ready) {
            return HEAD_READY;
        }
        if (status == 0 && !is_whole && seen < HEAD_MOST_BYTES) {
            return HEAD_MORE;
        }
        /* An empty line where the request should begin, or a head that fills all the room there is. */
        status = status != 0 ? status : (is_whole ? 400 : 431);
    }
    ret_head->refusal = status;
    ret_head->keeps_alive = false;
    return HEAD_REFUSED;
}

Str head_content_type(const Head *head) {
    Str name = head->content_type;
    Str parameters = STR_NONE;
    str_cut(name, ';', &name, &parameters);
    return str_trim(name);
}
