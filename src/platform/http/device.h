/* SPDX-License-Identifier: Apache-2.0 */
/* What a browser says of itself, in two names that anybody knows it by. */
#ifndef DEVICE_H
#define DEVICE_H

#include "base/str.h"

/* "Firefox, Android" of a User-Agent line; only one of them, or empty, when no more is known. Nothing of
 * the line itself is ever in the result. */
Str device_words(Arena *arena, Str user_agent);

#endif
