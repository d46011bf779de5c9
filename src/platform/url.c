/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens, percent-encoding, and addresses from outside. */
#include "platform/url.h"

#include <assert.h>

enum { ADDRESS_MOST = 8192, BITS_OF_CHARACTER = 5 };

static const char token_characters[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* The value of each byte in a token, plus one; 0 is a byte that no token holds. */
static const uint8_t token_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['g'] = 17, ['h'] = 18, ['j'] = 19, ['k'] = 20, ['m'] = 21, ['n'] = 22, ['p'] = 23, ['q'] = 24,
    ['r'] = 25, ['s'] = 26, ['t'] = 27, ['v'] = 28, ['w'] = 29, ['x'] = 30, ['y'] = 31, ['z'] = 32,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16, ['G'] = 17, ['H'] = 18,
    ['J'] = 19, ['K'] = 20, ['M'] = 21, ['N'] = 22, ['P'] = 23, ['Q'] = 24, ['R'] = 25, ['S'] = 26,
    ['T'] = 27, ['V'] = 28, ['W'] = 29, ['X'] = 30, ['Y'] = 31, ['Z'] = 32,
};

static void write_token(int64_t id, char *token) {
    assert(id >= 0);
    uint64_t left = (uint64_t)id;
    for (size_t i = ID_TOKEN_LENGTH; i-- > 0; left >>= BITS_OF_CHARACTER) {
        token[i] = token_characters[left % 32];
    }
}

void url_add_id(Buf *buf, int64_t id) {
    write_token(id, buf_reserve(buf, ID_TOKEN_LENGTH));
    buf_wrote(buf, ID_TOKEN_LENGTH);
}

void url_write_id(int64_t id, char ret_token[ID_TOKEN_LENGTH + 1]) {
    write_token(id, ret_token);
    ret_token[ID_TOKEN_LENGTH] = '\0';
}

bool url_read_id(Str token, int64_t *ret_id) {
    /* 13 characters hold 65 bits: a first one above 7 would be past 2^63. */
    if (token.length != ID_TOKEN_LENGTH || token_values[(uint8_t)token.at[0]] > 8) {
        return false;
    }
    uint64_t id = 0;
    for (size_t i = 0; i < ID_TOKEN_LENGTH; i++) {
        const uint8_t value = token_values[(uint8_t)token.at[i]];
        if (value == 0) {
            return false;
        }
        id = id << BITS_OF_CHARACTER | (uint64_t)(value - 1);
    }
    if (id == 0) {
        return false;
    }
    *ret_id = (int64_t)id;
    return true;
}

static bool is_unreserved(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void url_add_word(Buf *buf, Str word) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < word.length; i++) {
        const char byte = word.at[i];
        if (is_unreserved(byte)) {
            buf_add_char(buf, byte);
        } else {
            const uint8_t value = (uint8_t)byte;
            const char encoded[3] = {'%', digits[value >> 4], digits[value & 15]};
            buf_add_bytes(buf, encoded, sizeof encoded);
        }
    }
}

static Url phone_url(Arena *arena, Str scheme, Str phone) {
    if (str_is_none(phone)) {
        return (Url){STR_NONE};
    }
    Buf buf = buf_new(arena, ADDRESS_MOST);
    buf_add(&buf, scheme);
    const size_t start = buf.length;
    for (size_t i = 0; i < phone.length; i++) {
        const char byte = phone.at[i];
        if ((byte >= '0' && byte <= '9') || (byte == '+' && buf.length == start)) {
            buf_add_char(&buf, byte);
        }
    }
    return (Url){buf_str(&buf)};
}

Url url_tel(Arena *arena, Str phone) {
    return phone_url(arena, STR("tel:"), phone);
}

Url url_sms(Arena *arena, Str phone) {
    return phone_url(arena, STR("sms:"), phone);
}

Url url_mailto(Arena *arena, Str mail) {
    if (str_is_none(mail)) {
        return (Url){STR_NONE};
    }
    Buf buf = buf_new(arena, ADDRESS_MOST);
    buf_add(&buf, STR("mailto:"));
    for (size_t i = 0; i < mail.length; i++) {
        const char byte = mail.at[i];
        if (byte == '@') {
            buf_add_char(&buf, byte);
        } else if ((uint8_t)byte > ' ' && byte != 0x7F) {
            url_add_word(&buf, str_part(mail, i, 1)); /* a "?" would begin headers of the mail */
        }
    }
    return (Url){buf_str(&buf)};
}

Url url_with(Arena *arena, Url url, Str name, Str value) {
    Buf buf = buf_new(arena, ADDRESS_MOST);
    buf_add(&buf, url.text);
    buf_add_char(&buf, str_contains(url.text, STR("?")) ? '&' : '?');
    url_add_word(&buf, name);
    buf_add_char(&buf, '=');
    url_add_word(&buf, value);
    return (Url){buf_str(&buf)};
}

Url url_back(Arena *arena, Str path) {
    const Url home = {STR("/")};
    /* Two slashes would lead to another host. */
    if (path.length > ADDRESS_MOST || !str_starts_with(path, STR("/")) || str_starts_with(path, STR("//"))) {
        return home;
    }
    for (size_t i = 0; i < path.length; i++) {
        if (path.at[i] != '/' && !is_unreserved(path.at[i])) {
            return home;
        }
    }
    return (Url){str_copy(arena, path)};
}
