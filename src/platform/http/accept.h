/* SPDX-License-Identifier: Apache-2.0 */
/* What a browser says it can take. Pure; values are bytes from outside, not checked to be UTF-8. */
#ifndef ACCEPT_H
#define ACCEPT_H

#include "text/text.h"

/* The best of our languages in an Accept-Language header; English when none of them is there. */
Lang accept_lang(Str header);

/* Does an Accept-Encoding header name this encoding with a weight above zero? */
bool accept_encoding(Str header, Str encoding);

#endif
