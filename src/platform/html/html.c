/* SPDX-License-Identifier: Apache-2.0 */
/* Escapers, and how values read on a page. */
#include "platform/html/html.h"

#include "texts_html.h"

#include <assert.h>

enum { PAGE_MOST = 4 * 1024 * 1024, ONCE_BYTES = 16, PHRASE_MOST = 1024 };

Html html_new(const Scope *scope, Str form_token) {
    return (Html){
        .out = buf_new(scope->arena, PAGE_MOST),
        .words = scope_words(scope),
        .random = scope->random,
        .form_token = form_token,
    };
}

void html_write_escaped(Html *html, Str text) {
    static const struct {
        char text[7];
        uint8_t length; /* 0: the byte may stand as it is */
    } entities[256] = {
        ['&'] = {"&amp;", 5},  ['<'] = {"&lt;", 4},   ['>'] = {"&gt;", 4},
        ['"'] = {"&quot;", 6}, ['\''] = {"&#39;", 5},
    };
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
    uint8_t key[ONCE_BYTES];
    random_bytes(html->random, key, sizeof key);
    char once[2 * ONCE_BYTES];
    for (size_t i = 0; i < sizeof key; i++) {
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

/* What a phrase of text.h made, escaped: the sentences it is built from may hold any character. */
static void write_phrase(Html *html, const Buf *phrase) {
    html_write_escaped(html, buf_str(phrase));
}

void html_text_int(Html *html, int64_t value) {
    Buf phrase = buf_new(html->words.arena, PHRASE_MOST);
    text_add_number(&phrase, html->words.lang, value);
    write_phrase(html, &phrase);
}

void html_text_unsigned(Html *html, uint64_t value) {
    assert(value <= INT64_MAX);
    html_text_int(html, (int64_t)value);
}

void html_text_sentence(Html *html, Text value) {
    assert(value > TEXT_NONE && value < TEXT_COUNT);
    buf_add(&html->out, texts_escaped[html->words.lang][value]);
}

void html_text_time(Html *html, Time value) {
    const LocalTime utc = calendar_local(value, 0);
    buf_print(&html->out, "<time datetime=\"%04d-%02d-%02dT%02d:%02d:%02dZ\">", utc.date.year, utc.date.month,
              utc.date.day, utc.hour, utc.minute, utc.second);
    Buf phrase = buf_new(html->words.arena, PHRASE_MOST);
    text_add_moment(&phrase, &html->words, value);
    write_phrase(html, &phrase);
    buf_add(&html->out, STR("</time>"));
}

void html_text_date(Html *html, Date value) {
    buf_print(&html->out, "<time datetime=\"%04d-%02d-%02d\">", value.year, value.month, value.day);
    Buf phrase = buf_new(html->words.arena, PHRASE_MOST);
    text_add_date(&phrase, html->words.lang, value);
    write_phrase(html, &phrase);
    buf_add(&html->out, STR("</time>"));
}

void html_text_span(Html *html, int64_t span_us) {
    Buf phrase = buf_new(html->words.arena, PHRASE_MOST);
    text_add_span(&phrase, html->words.lang, span_us);
    write_phrase(html, &phrase);
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
