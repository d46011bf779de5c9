/* SPDX-License-Identifier: Apache-2.0 */
/* What a browser says of itself: what it can take, and where a form comes from. Pure; values are bytes from
 * outside, not checked to be UTF-8. */
#ifndef ACCEPT_H
#define ACCEPT_H

#include "platform/config.h"
#include "platform/http/head.h"
#include "text/text.h"

/* The best of our languages in an Accept-Language header; English when none of them is there. */
Lang accept_lang(Str header);

/* Does an Accept-Encoding header name this encoding with a weight above zero? */
bool accept_encoding(Str header, Str encoding);

/* Does the query ask for another language, ?lang=es? Then *ret_lang says which, and *ret_address is the same
 * page without it, keeping every other pair, in the arena. */
bool accept_lang_asked(Arena *arena, Str path, Str query, Lang *ret_lang, Str *ret_address);

/* Is this the address that people know the program by, or the machine's own name for itself? Whoever was sent
 * here under another one (a name of theirs that leads to us, a cache that keeps pages by it) gets no page. */
bool accept_host(Str host, const Config *config);

/* May a form come from where the browser says it does? Nothing said is no objection: the form's token
 * decides. */
bool accept_origin(Arena *arena, const Head *head, const Config *config);

#endif
