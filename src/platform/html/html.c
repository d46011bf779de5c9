/* SPDX-License-Identifier: Apache-2.0 */
/* Escapers, and how values read on a page. */
#include "platform/html/html.h"

#include "texts_html.h"

#include <assert.h>

enum { PAGE_MOST = 4 * 1024 * 1024 };

Html html_new(const Scope *scope, Str form_token) {
    return (Html){
        .out = buf_new(scope->arena, PAGE_MOST),
        .words = scope_words(scope),
        .random = scope->random,
        .form_token = form_token,
    };
}

/* What stands for each byte; length 0: the byte may stand as it is. */
static const struct {
    char text[7];
    uint8_t length;
} entities[256] = {
    ['&'] = {"&amp;", 5},  ['<'] = {"&lt;", 4},   ['>'] = {"&gt;", 4},
    ['"'] = {"&quot;", 6}, ['\''] = {"&#39;", 5},
};

void html_write_escaped(Html *html, Str text) {
    if (text.length == 0) {
        return; /* no string has no address to count from */
    }
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        const uint8_t byte = (uint8_t)text.at[i];
        if (entities[byte].length == 0) {
            continue;
        }
        buf_add_bytes(&html->out, text.at + start, i - start);
        buf_add_bytes(&html->out, entities[byte].text, entities[byte].length);
        start = i + 1;
    }
    buf_add_bytes(&html->out, text.at + start, text.length - start);
}

void html_write_form_hidden(Html *html) {
    static const char digits[] = "0123456789abcdef";
    html->form_count++;
    if (html->keys_left == 0) {
        random_bytes(html->random, html->keys, sizeof html->keys);
        html->keys_left = HTML_KEYS;
    }
    const uint8_t *key = html->keys[--html->keys_left];
    char once[2 * HTML_ONCE_BYTES];
    for (size_t i = 0; i < HTML_ONCE_BYTES; i++) {
        once[2 * i] = digits[key[i] >> 4];
        once[2 * i + 1] = digits[key[i] & 15];
    }
    buf_add(&html->out, STR("<input type=\"hidden\" name=\"token\" value=\""));
    html_write_escaped(html, html->form_token);
    buf_add(&html->out, STR("\"><input type=\"hidden\" name=\"once\" value=\""));
    buf_add_bytes(&html->out, once, sizeof once);
    buf_add(&html->out, STR("\">"));
}

void html_text_str(Html *html, Str value) {
    html_write_escaped(html, value);
}

/* Escapes what was added to the page since `start`. The phrases of text.h are built from sentences, which may
 * hold any character, but hardly ever one that needs it: so they are written in place first. */
static void escape_since(Html *html, size_t start) {
    for (size_t i = start; i < html->out.length; i++) {
        if (entities[(uint8_t)html->out.bytes[i]].length > 0) {
            const Str phrase = {.at = html->out.bytes + start, .length = html->out.length - start};
            const Str kept = str_copy(html->words.arena, phrase);
            html->out.length = start;
            html_write_escaped(html, kept);
            return;
        }
    }
}

void html_text_int(Html *html, int64_t value) {
    const size_t start = html->out.length;
    text_add_number(&html->out, html->words.lang, value);
    escape_since(html, start);
}

void html_text_unsigned(Html *html, uint64_t value) {
    assert(value <= INT64_MAX);
    html_text_int(html, (int64_t)value);
}

void html_text_sentence(Html *html, Text value) {
    assert(value > TEXT_NONE && value < TEXT_COUNT);
    buf_add(&html->out, texts_escaped[html->words.lang][value]);
}

/* At least `width` digits of a number that is not negative. */
static void add_digits(Buf *buf, int number, int width) {
    char digits[12];
    int count = 0;
    do {
        digits[sizeof digits - (size_t)++count] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || count < width);
    buf_add_bytes(buf, digits + sizeof digits - (size_t)count, (size_t)count);
}

/* "<time datetime="2026-08-03", to be gone on with. */
static void begin_time(Buf *buf, Date date) {
    buf_add(buf, STR("<time datetime=\""));
    add_digits(buf, date.year, 4);
    buf_add_char(buf, '-');
    add_digits(buf, date.month, 2);
    buf_add_char(buf, '-');
    add_digits(buf, date.day, 2);
}

void html_text_time(Html *html, Time value) {
    const LocalTime utc = calendar_local(value, 0);
    Buf *out = &html->out;
    begin_time(out, utc.date);
    buf_add_char(out, 'T');
    add_digits(out, utc.hour, 2);
    buf_add_char(out, ':');
    add_digits(out, utc.minute, 2);
    buf_add_char(out, ':');
    add_digits(out, utc.second, 2);
    buf_add(out, STR("Z\">"));
    const size_t start = out->length;
    text_add_moment(out, &html->words, value);
    escape_since(html, start);
    buf_add(out, STR("</time>"));
}

void html_text_date(Html *html, Date value) {
    begin_time(&html->out, value);
    buf_add(&html->out, STR("\">"));
    const size_t start = html->out.length;
    text_add_date(&html->out, html->words.lang, value);
    escape_since(html, start);
    buf_add(&html->out, STR("</time>"));
}

void html_text_span(Html *html, int64_t span_us) {
    const size_t start = html->out.length;
    text_add_span(&html->out, html->words.lang, span_us);
    escape_since(html, start);
}

void html_attribute_int(Html *html, int64_t value) {
    buf_add_int(&html->out, value);
}

void html_attribute_unsigned(Html *html, uint64_t value) {
    assert(value <= INT64_MAX);
    buf_add_int(&html->out, (int64_t)value);
}

void html_attribute_id(Html *html, int64_t value) {
    url_add_id(&html->out, value);
}

void html_url_url(Html *html, Url value) {
    html_write_escaped(html, value.text);
}

void html_url_asset(Html *html, Str asset) {
    html_write_escaped(html, asset);
}

void html_query_str(Html *html, Str value) {
    url_add_word(&html->out, value);
}
