/* SPDX-License-Identifier: Apache-2.0 */
/* A page being written. Compiled templates (doc/templates.md) are the only callers of the html_write_ functions.
 *
 * Static markup goes out as it is; every value passes the escaper of the place it stands in, chosen by the
 * template compiler, for the types that place allows, checked by _Generic. Nothing here writes a value raw. */
#ifndef HTML_H
#define HTML_H

#include "base/buf.h"
#include "platform/scope.h"
#include "platform/url.h"

typedef struct Html {
    Buf out;
    Words words;
    Random *random;    /* once-only keys of forms */
    Str form_token;    /* anti-forgery token, 64 hexadecimal digits */
} Html;

/* A page of at most 4 MiB in the scope's arena. */
Html html_new(const Scope *scope, Str form_token);

/* ---- for compiled templates only ---- */

void html_write_static(Html *html, const char *markup, size_t length);
/* Text content and double-quoted attribute values share one escaper: & < > " ' */
void html_write_escaped(Html *html, Str text);
/* One value inside a query string: everything but A-Z a-z 0-9 - . _ ~ is percent-encoded. */
void html_write_query_str(Html *html, Str value);
/* The hidden fields of a POST form: "token" (anti-forgery) and "once" (a fresh once-only key). */
void html_write_form_hidden(Html *html);

void html_text_str(Html *html, Str value);
void html_text_int(Html *html, int64_t value);
void html_text_sentence(Html *html, Text value);
void html_text_time(Html *html, Time value); /* <time datetime="..">, in the reader's zone and language */
void html_text_date(Html *html, Date value);
void html_attribute_id(Html *html, int64_t value); /* any generated id type, by its token */
void html_url_url(Html *html, Url value);

#endif
