/* SPDX-License-Identifier: Apache-2.0 */
/* Weighted lists of header values. */
#include "platform/http/accept.h"

#include "base/buf.h"

/* The weight of one "es-PR;q=0.8", in thousandths. */
static int weight_read(Str parameters) {
    Str value = STR_NONE;
    Str name = STR_NONE;
    if (!str_cut(str_trim(parameters), '=', &name, &value) || !str_equal_ascii(name, STR("q")) ||
        value.length == 0) {
        return 1000;
    }
    if (value.at[0] != '0') {
        return 1000;
    }
    int weight = 0;
    int unit = 100;
    for (size_t at = 2; at < value.length && unit > 0; at++, unit /= 10) {
        if (value.at[at] < '0' || value.at[at] > '9') {
            break;
        }
        weight += (value.at[at] - '0') * unit;
    }
    return weight;
}

Lang accept_lang(Str header) {
    Lang best = LANG_EN;
    int best_weight = 0;
    while (header.length > 0) {
        Str item = STR_NONE;
        Str parameters = STR_NONE;
        str_cut(header, ',', &item, &header);
        str_cut(item, ';', &item, &parameters);
        item = str_trim(item);
        Lang lang = LANG_EN;
        Str main = item;
        Str region = STR_NONE;
        str_cut(item, '-', &main, &region);
        const int weight = weight_read(parameters);
        if (weight > best_weight && (lang_find(item, &lang) || lang_find(main, &lang))) {
            best = lang;
            best_weight = weight;
        }
    }
    return best;
}

bool accept_encoding(Str header, Str encoding) {
    Str rest = header;
    while (rest.length > 0) {
        Str item = STR_NONE;
        str_cut(rest, ',', &item, &rest);
        Str parameters = STR_NONE;
        str_cut(item, ';', &item, &parameters);
        if (str_equal_ascii(str_trim(item), encoding)) {
            return weight_read(parameters) > 0;
        }
    }
    return false;
}

bool accept_lang_asked(Arena *arena, Str path, Str query, Lang *ret_lang, Str *ret_address) {
    bool is_asked = false;
    Buf address = buf_new(arena, path.length + query.length + 8);
    buf_add(&address, path);
    char joint = '?';
    while (query.length > 0) {
        Str pair = STR_NONE;
        str_cut(query, '&', &pair, &query);
        if (str_starts_with(pair, STR("lang="))) {
            is_asked = lang_find(str_part(pair, 5, pair.length), ret_lang) || is_asked;
            continue;
        }
        buf_add_char(&address, joint);
        buf_add(&address, pair);
        joint = '&';
    }
    *ret_address = buf_str(&address);
    return is_asked;
}

/* Without the port: nothing depends on it. */
static Str host_name(Str host) {
    size_t end = host.length;
    while (end > 0 && host.at[end - 1] >= '0' && host.at[end - 1] <= '9') {
        end--;
    }
    return end > 0 && host.at[end - 1] == ':' ? str_part(host, 0, end - 1) : host;
}

/* Digits and dots, or in brackets: names can be made to lead here, numbers cannot. */
static bool is_number(Str name) {
    for (size_t at = 0; at < name.length; at++) {
        if (name.at[at] != '.' && (name.at[at] < '0' || name.at[at] > '9')) {
            return str_starts_with(name, STR("[")) && str_ends_with(name, STR("]"));
        }
    }
    return name.length > 0;
}

bool accept_host(Str host, const Config *config) {
    const Str name = host_name(host);
    const Str scheme = str_starts_with(config->origin, STR("https://")) ? STR("https://") : STR("http://");
    const Str own = host_name(str_part(config->origin, scheme.length, config->origin.length));
    const Str listen = host_name(config->listen);
    if (str_equal_ascii(name, own) || str_equal_ascii(name, listen) ||
        str_equal_ascii(name, STR("localhost")) || str_equal(name, STR("127.0.0.1")) ||
        str_equal(name, STR("[::1]"))) {
        return name.length > 0;
    }
    /* Serves all addresses of this machine and was given no name: its numbers are all it is known by. */
    const bool is_nameless = own.length == 0 || str_equal(own, STR("0.0.0.0")) || str_equal(own, STR("[::]"));
    return is_nameless && is_number(name);
}

bool accept_origin(Arena *arena, const Head *head, const Config *config) {
    if (!str_is_none(head->sec_fetch_site) && !str_equal(head->sec_fetch_site, STR("same-origin")) &&
        !str_equal(head->sec_fetch_site, STR("none"))) {
        return false;
    }
    /* Browsers say "null" for our own forms, since pages are sent with Referrer-Policy: no-referrer. */
    if (str_is_none(head->origin) || str_equal(head->origin, STR("null")) ||
        str_equal_ascii(head->origin, config->origin)) {
        return true;
    }
    const Str by_host =
        str_print(arena, "%s://%.*s", config->is_secure ? "https" : "http", STR_ARGS(head->host));
    return str_equal_ascii(head->origin, by_host);
}
