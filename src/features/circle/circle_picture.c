/* SPDX-License-Identifier: Apache-2.0 */
/* Where the dots stand. */
#include "features/circle/circle_picture.h"

enum { TURN = 120, QUARTER = TURN / 4, THOUSAND = 1000 };

/* The sine of 0, 3, 6, ... 90 degrees, in thousandths. */
static const int64_t sines[QUARTER + 1] = {0,   52,  105, 156, 208, 259, 309, 358, 407, 454, 500,
                                           545, 588, 629, 669, 707, 743, 777, 809, 839, 866, 891,
                                           914, 934, 951, 966, 978, 988, 995, 999, 1000};

static int64_t sine(int64_t steps) {
    const int64_t at = steps % TURN;
    const int64_t half = at % (TURN / 2);
    const int64_t size = sines[half <= QUARTER ? half : TURN / 2 - half];
    return at < TURN / 2 ? size : -size;
}

int64_t circle_ring(CircleNear near) {
    static const int64_t radii[] = {[CIRCLE_CLOSE] = 56, [CIRCLE_NEAR] = 98, [CIRCLE_FAR] = 140};
    return radii[near];
}

static size_t count_of(CircleMembers members, CircleNear near) {
    size_t count = 0;
    for (size_t at = 0; at < members.count; at++) {
        count += members.items[at].near == near;
    }
    return count;
}

CircleDots circle_dots(Arena *arena, CircleMembers members) {
    CircleDot *items = NEW_MANY(arena, members.count, CircleDot);
    size_t place = 0; /* within its ring */
    for (size_t at = 0; at < members.count; at++) {
        const CircleNear near = members.items[at].near;
        place = at > 0 && members.items[at - 1].near == near ? place + 1 : 0;
        const int64_t turned = (int64_t)(place * TURN / count_of(members, near));
        items[at] = (CircleDot){
            .number = (int64_t)at + 1,
            .x = CIRCLE_MIDDLE + circle_ring(near) * sine(turned) / THOUSAND,
            .y = CIRCLE_MIDDLE - circle_ring(near) * sine(turned + QUARTER) / THOUSAND,
        };
    }
    return (CircleDots){.items = items, .count = members.count};
}
