/* SPDX-License-Identifier: Apache-2.0 */
/* A QR code as the path of an SVG picture, through libqrencode. */
#ifndef QR_H
#define QR_H

#include "base/str.h"

typedef struct Qr {
    int width; /* of the square, in modules, with the quiet border that readers need */
    Str path;  /* for <path d="...">: a unit square for each dark module */
} Qr;

/* Text of at most 1 KiB. Lives in the arena. */
Qr qr_make(Arena *arena, Str text);

#endif
