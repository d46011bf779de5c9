/* SPDX-License-Identifier: Apache-2.0 */
/* Cookies, by the narrow part of RFC 6265 that this program uses. */
#include "platform/http/cookie.h"

static bool is_value(Str value) {
    for (size_t at = 0; at < value.length; at++) {
        const char byte = value.at[at];
        const bool is_fine = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                             (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_';
        if (!is_fine) {
            return false;
        }
    }
    return value.length > 0;
}

Str cookie_find(Str header, Str name) {
    Str found = STR_NONE;
    while (header.length > 0) {
        Str pair = STR_NONE;
        Str name_sent = STR_NONE;
        Str value = STR_NONE;
        str_cut(header, ';', &pair, &header);
        while (pair.length > 0 && pair.at[0] == ' ') {
            pair = str_part(pair, 1, pair.length);
        }
        if (!str_cut(pair, '=', &name_sent, &value) || !str_equal(name_sent, name)) {
            continue;
        }
        /* Two of the same name: somebody planted one; believe neither. */
        if (!str_is_none(found)) {
            return STR_NONE;
        }
        found = value;
    }
    return is_value(found) ? found : STR_NONE;
}

void cookie_write(Buf *fields, Str name, Str value, CookieOptions options) {
    buf_add(fields, STR("Set-Cookie: "));
    if (options.is_secure) {
        buf_add(fields, STR("__Host-"));
    }
    buf_add(fields, name);
    buf_add_char(fields, '=');
    buf_add(fields, value);
    buf_add(fields, STR("; Path=/; HttpOnly; SameSite="));
    buf_add(fields, options.is_lax ? STR("Lax") : STR("Strict"));
    if (options.is_secure) {
        buf_add(fields, STR("; Secure"));
    }
    if (options.lifetime_seconds != 0) {
        buf_add(fields, STR("; Max-Age="));
        buf_add_int(fields, options.lifetime_seconds < 0 ? 0 : options.lifetime_seconds);
    }
    buf_add(fields, STR("\r\n"));
}
