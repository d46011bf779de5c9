/* SPDX-License-Identifier: Apache-2.0 */
/* A handful of answers in fixed places. */
#include "platform/http/kept.h"

#include "base/fail.h"

typedef struct Place {
    Time at; /* TIME_NONE: empty */
    KeptAnswer answer;
    KeptKey key;
    char bytes[KEPT_MOST_BYTES]; /* path, fields and body, one behind the other */
} Place;

struct Kept {
    Place places[KEPT_ANSWERS];
};

Kept *kept_new(void) {
    Kept *kept = calloc(1, sizeof(Kept));
    if (kept == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    return kept;
}

void kept_free(Kept *kept) {
    free(kept);
}

static bool is_same(const KeptKey *left, const KeptKey *right) {
    return left->lang == right->lang && left->is_packed == right->is_packed &&
           str_equal(left->path, right->path);
}

bool kept_find(const Kept *kept, const KeptKey *key, Time now, KeptAnswer *ret_answer) {
    for (size_t at = 0; at < KEPT_ANSWERS; at++) {
        const Place *place = &kept->places[at];
        if (!time_is_none(place->at) && is_same(&place->key, key) &&
            time_between(place->at, now) < TIME_SECOND) {
            *ret_answer = place->answer;
            return true;
        }
    }
    return false;
}

/* The same answer's earlier place, or else the one filled longest ago. */
static Place *place_for(Kept *kept, const KeptKey *key) {
    Place *oldest = &kept->places[0];
    for (size_t at = 0; at < KEPT_ANSWERS; at++) {
        Place *place = &kept->places[at];
        if (!time_is_none(place->at) && is_same(&place->key, key)) {
            return place;
        }
        if (time_is_before(place->at, oldest->at)) {
            oldest = place;
        }
    }
    return oldest;
}

static Str put(Place *place, size_t *used, Str text) {
    char *at = place->bytes + *used;
    if (text.length > 0) {
        memcpy(at, text.at, text.length);
    }
    *used += text.length;
    return (Str){.at = at, .length = text.length};
}

void kept_add(Kept *kept, const KeptKey *key, Time now, const KeptAnswer *answer) {
    if (key->path.length + answer->fields.length + answer->body.length > KEPT_MOST_BYTES) {
        return;
    }
    Place *place = place_for(kept, key);
    size_t used = 0;
    place->at = now;
    place->key =
        (KeptKey){.path = put(place, &used, key->path), .lang = key->lang, .is_packed = key->is_packed};
    place->answer.pattern = answer->pattern;
    place->answer.fields = put(place, &used, answer->fields);
    place->answer.body = put(place, &used, answer->body);
}
