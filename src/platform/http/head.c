/* SPDX-License-Identifier: Apache-2.0 */
/* The strict reading of request heads. */
#include "platform/http/head.h"

#include <stddef.h>

enum { MOST_METHOD = 16, MOST_LENGTH_DIGITS = 18 };

static bool is_token_char(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           (byte != 0 && strchr("!#$%&'*+-.^_`|~", byte) != NULL);
}

static bool is_token(Str text) {
    for (size_t at = 0; at < text.length; at++) {
        if (!is_token_char((unsigned char)text.at[at])) {
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

/* 0, or the status that refuses it. */
static int method_read(Str text, HeadMethod *ret_method) {
    static const struct {
        Str name;
        HeadMethod method;
        int status;
    } methods[] = {
        {STR("GET"), HEAD_METHOD_GET, 0},       {STR("HEAD"), HEAD_METHOD_HEAD, 0},
        {STR("POST"), HEAD_METHOD_POST, 0},     {STR("PUT"), HEAD_METHOD_GET, 405},
        {STR("DELETE"), HEAD_METHOD_GET, 405},  {STR("PATCH"), HEAD_METHOD_GET, 405},
        {STR("OPTIONS"), HEAD_METHOD_GET, 405}, {STR("TRACE"), HEAD_METHOD_GET, 405},
        {STR("CONNECT"), HEAD_METHOD_GET, 405},
    };
    if (!is_token(text) || text.length > MOST_METHOD) {
        return 400;
    }
    for (size_t at = 0; at < sizeof methods / sizeof methods[0]; at++) {
        if (str_equal(text, methods[at].name)) {
            *ret_method = methods[at].method;
            return methods[at].status;
        }
    }
    return 501;
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

static int version_read(Str version, bool *ret_is_1_1) {
    *ret_is_1_1 = str_equal(version, STR("HTTP/1.1"));
    if (*ret_is_1_1 || str_equal(version, STR("HTTP/1.0"))) {
        return 0;
    }
    const bool is_other = version.length == 8 && str_starts_with(version, STR("HTTP/")) &&
                          version.at[6] == '.' && version.at[5] >= '0' && version.at[5] <= '9' &&
                          version.at[7] >= '0' && version.at[7] <= '9';
    return is_other ? 505 : 400;
}

static int request_line_read(Str line, Head *head, bool *ret_is_1_1) {
    Str method = STR_NONE;
    Str target = STR_NONE;
    Str version = STR_NONE;
    if (!str_cut(line, ' ', &method, &target) || !str_cut(target, ' ', &target, &version)) {
        return is_token(method) && line.length > HEAD_MOST_TARGET ? 414 : 400;
    }
    int status = method_read(method, &head->method);
    if (status == 400) {
        return status; /* not even HTTP */
    }
    const int version_status = version_read(version, ret_is_1_1);
    if (version_status != 0) {
        return version_status;
    }
    return status != 0 ? status : target_read(target, head);
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
    {STR("accept-encoding"), offsetof(Head, accept_encoding), false},
    {STR("x-forwarded-for"), offsetof(Head, forwarded_for), false},
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

static int field_read(Str line, Head *head) {
    Str name = STR_NONE;
    Str value = STR_NONE;
    /* A space before the colon or a folded line makes the name no token. */
    if (!str_cut(line, ':', &name, &value) || !is_token(name)) {
        return 400;
    }
    for (size_t at = 0; at < value.length; at++) {
        const unsigned char byte = (unsigned char)value.at[at];
        if ((byte < ' ' && byte != '\t') || byte == 0x7f) {
            return 400;
        }
    }
    while (value.length > 0 && (value.at[0] == ' ' || value.at[0] == '\t')) {
        value = str_part(value, 1, value.length);
    }
    while (value.length > 0 && (value.at[value.length - 1] == ' ' || value.at[value.length - 1] == '\t')) {
        value.length--;
    }
    return field_keep(head, name, value);
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

static int head_read_all(Str text, Head *head) {
    bool is_1_1 = false;
    size_t fields = 0;
    for (bool is_first = true; text.length > 0; is_first = false) {
        Str line = STR_NONE;
        str_cut(text, '\n', &line, &text);
        line.length--; /* the carriage return: head_end() has seen one before every line feed */
        if (!is_first && line.length == 0) {
            break;
        }
        const int status = is_first ? request_line_read(line, head, &is_1_1) : field_read(line, head);
        if (status != 0) {
            return status;
        }
        if (!is_first && ++fields > HEAD_MOST_FIELDS) {
            return 431;
        }
    }
    return head_check(head, is_1_1);
}

/* An unfinished head is refused as soon as it is known to be wrong or too long. */
static int unfinished_check(const char *bytes, size_t length) {
    const char *feed = memchr(bytes, '\n', length);
    if (feed == NULL) {
        return length > HEAD_MOST_TARGET + MOST_METHOD + 16 ? 414 : 0;
    }
    Head ignored = {0};
    bool is_1_1 = false;
    const Str line = {.at = bytes, .length = (size_t)(feed - bytes) - 1};
    const int status = request_line_read(line, &ignored, &is_1_1);
    return status != 0 ? status : (length >= HEAD_MOST_BYTES ? 431 : 0);
}

HeadResult head_read(const char *bytes, size_t length, size_t *scanned, Head *ret_head) {
    bool is_bare = false;
    const size_t seen = length > HEAD_MOST_BYTES ? HEAD_MOST_BYTES : length;
    *ret_head = (Head){0};
    const bool is_whole = head_end(bytes, seen, scanned, &is_bare);
    int status = 0;
    if (is_bare) {
        status = 400;
    } else if (!is_whole) {
        status = unfinished_check(bytes, seen);
        if (status == 0) {
            return HEAD_MORE;
        }
    } else {
        const size_t head_length = *scanned;
        ret_head->length = head_length;
        status = head_read_all((Str){.at = bytes, .length = head_length}, ret_head);
    }
    if (status != 0) {
        ret_head->refusal = status;
        ret_head->keeps_alive = false;
        return HEAD_REFUSED;
    }
    return HEAD_READY;
}
