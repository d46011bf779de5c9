/* SPDX-License-Identifier: Apache-2.0 */
/* Three rings around a person, with everyone who is there as a numbered dot: where each dot stands.
 *
 * Pure: the same people give the same picture. CIRCLE_SIZE by CIRCLE_SIZE units, the person in the middle;
 * those of one ring stand at equal distances, from the top clockwise. The list beside the picture has the
 * same numbers. */
#ifndef CIRCLE_PICTURE_H
#define CIRCLE_PICTURE_H

#include "features/circle/circle.h"

enum { CIRCLE_SIZE = 320, CIRCLE_MIDDLE = CIRCLE_SIZE / 2, CIRCLE_DOT = 11 };

/* The radius of a ring. */
int64_t circle_ring(CircleNear near);

typedef struct CircleDot {
    int64_t number; /* from 1, in the order of the list */
    int64_t x;
    int64_t y;
} CircleDot;
typedef struct CircleDots {
    const CircleDot *items;
    size_t count;
} CircleDots;
/* For members in the order of circle_list(). Lives in the arena. */
CircleDots circle_dots(Arena *arena, CircleMembers members);

#endif
