/* SPDX-License-Identifier: Apache-2.0 */
/* A page being written. Compiled templates (doc/templates.md) are the only callers of what stands below
 * html_new().
 *
 * Static markup goes out as it is; every value passes the escaper of the place it stands in. The template
 * compiler knows the place and writes the macro of that place; the macro picks the function by the
 * value's type, and a type that does not belong there does not compile. Nothing here writes a value raw. */
#ifndef HTML_H
#define HTML_H

#include "base/buf.h"
#include "platform/scope.h"
#include "platform/url.h"

enum { HTML_ONCE_BYTES = 16, HTML_KEYS = 8 };

typedef struct Html {
    Buf out;
    Words words;
    Random *random;    /* once-only keys of forms */
    size_t form_count; /* forms written so far: without one, a page holds nothing of its reader's browser */
    Str form_token;    /* anti-forgery token, 64 hexadecimal digits */
    /* Keys drawn ahead, because a page has many forms and the kernel is asked for each draw. They live as
     * long as the page, so no two processes ever share them. */
    uint8_t keys[HTML_KEYS][HTML_ONCE_BYTES];
    size_t keys_left;
} Html;

/* A page of at most 4 MiB in the scope's arena. */
Html html_new(const Scope *scope, Str form_token);

/* ---- for compiled templates only ---- */

static inline void html_write_static(Html *html, const char *markup, size_t length) {
    buf_add_bytes(&html->out, markup, length);
}
/* Text content and double-quoted attribute values share one escaper: & < > " ' */
void html_write_escaped(Html *html, Str text);
/* The hidden fields of a POST form: "token" (anti-forgery) and "once" (a fresh once-only key). */
void html_write_form_hidden(Html *html);

/* Text: as a person reads it, so numbers get the language's separators. */
void html_text_str(Html *html, Str value);
void html_text_int(Html *html, int64_t value);
void html_text_unsigned(Html *html, uint64_t value);
void html_text_sentence(Html *html, Text value);
void html_text_time(Html *html, Time value); /* <time datetime="..">, in the reader's zone and language */
void html_text_date(Html *html, Date value);
void html_text_span(Html *html, int64_t span_us);

/* Attributes, <title>, <textarea> and <option>: no markup, numbers as digits. */
void html_attribute_int(Html *html, int64_t value);
void html_attribute_unsigned(Html *html, uint64_t value);
void html_attribute_id(Html *html, int64_t value); /* any generated id type, by its token */

/* Addresses. */
void html_url_url(Html *html, Url value);
void html_url_asset(Html *html, Str asset);
/* One value behind the ? or # of an address. */
void html_query_str(Html *html, Str value);

/* clang-format off */
#define HTML_ID_WRITER(Id) \
    static inline void html_attribute_##Id(Html *html, Id value) { html_attribute_id(html, value.value); }
IDS_EACH(HTML_ID_WRITER)
#define HTML_ID_CASE(Id) Id: html_attribute_##Id,

/* Plain unsigned int is not taken: C cannot tell it from the enum Text. Neither are bool and char. */
#define HTML_NUMBERS(signed_writer, unsigned_writer) \
    signed char: signed_writer, short: signed_writer, int: signed_writer, long: signed_writer, \
    long long: signed_writer, unsigned char: unsigned_writer, unsigned short: unsigned_writer, \
    unsigned long: unsigned_writer, unsigned long long: unsigned_writer

/* An enum that is none of ours to write: with it a plain unsigned int fits twice and is refused. */
typedef enum HtmlRefusal { HTML_REFUSES_UNSIGNED } HtmlRefusal;
typedef struct HtmlRefused HtmlRefused;
void html_refuse(Html *html, HtmlRefused *value);

#define HTML_TEXT(html, value) _Generic((value), \
    Str: html_text_str, Text: html_text_sentence, Time: html_text_time, Date: html_text_date, \
    HtmlRefusal: html_refuse, HTML_NUMBERS(html_text_int, html_text_unsigned))((html), (value))
#define HTML_PLAIN(html, value) _Generic((value), \
    Str: html_text_str, Text: html_text_sentence, \
    HtmlRefusal: html_refuse, HTML_NUMBERS(html_attribute_int, html_attribute_unsigned))((html), (value))
#define HTML_ATTRIBUTE(html, value) _Generic((value), IDS_EACH(HTML_ID_CASE) \
    Str: html_text_str, Text: html_text_sentence, \
    HtmlRefusal: html_refuse, HTML_NUMBERS(html_attribute_int, html_attribute_unsigned))((html), (value))
#define HTML_URL(html, value) _Generic((value), Url: html_url_url)((html), (value))
#define HTML_QUERY(html, value) _Generic((value), IDS_EACH(HTML_ID_CASE) \
    Str: html_query_str, HTML_NUMBERS(html_attribute_int, html_attribute_unsigned))((html), (value))
/* clang-format on */

#endif
