/* SPDX-License-Identifier: Apache-2.0 */
/* The walk along the tree of paths. */
#include "platform/http/route.h"

#include "platform/url.h"

static bool is_word(Str part) {
    if (part.length == 0 || part.length > ROUTE_WORD_MOST) {
        return false;
    }
    for (size_t i = 0; i < part.length; i++) {
        const char byte = part.at[i];
        if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-')) {
            return false;
        }
    }
    return true;
}

/* Binary search among the fixed words below `place`; 0 when none fits. */
static size_t fixed_child(const RoutePlace *places, const RoutePlace *place, Str part) {
    size_t low = place->first_child;
    size_t high = low + place->child_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = str_compare(part, places[middle].word);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return 0;
}

/* The place for one part of the path below `place`, or 0. An argument is added to *arguments. */
static size_t step(const RoutePlace *places, const RoutePlace *place, Str part, RouteArguments *arguments) {
    const size_t fixed = fixed_child(places, place, part);
    if (fixed != 0 || place->argument == 0) {
        return fixed;
    }
    int64_t id = 0;
    const bool fits = places[place->argument].part == ROUTE_PART_ID ? url_read_id(part, &id) : is_word(part);
    if (!fits) {
        return 0;
    }
    arguments->items[arguments->count].id = id;
    arguments->items[arguments->count].word = part;
    arguments->count++;
    return place->argument;
}

RouteFound route_find(const Routes *routes, bool is_post, Str path, const Route **ret_route,
                      RouteArguments *ret_arguments) {
    if (path.length == 0 || path.at[0] != '/') {
        return ROUTE_NOT_FOUND;
    }
    RouteArguments arguments = {0};
    size_t place = 0;
    Str rest = str_part(path, 1, path.length - 1);
    bool more = !str_is_empty(rest);
    while (more) {
        Str part = STR_NONE;
        more = str_cut(rest, '/', &part, &rest);
        place = step(routes->places, &routes->places[place], part, &arguments);
        if (place == 0) {
            return ROUTE_NOT_FOUND;
        }
    }
    const RoutePlace *found = &routes->places[place];
    const int wanted = is_post ? found->post : found->get;
    const int other = is_post ? found->get : found->post;
    if (wanted < 0) {
        return other < 0 ? ROUTE_NOT_FOUND : ROUTE_WRONG_METHOD;
    }
    *ret_route = &routes->items[wanted];
    *ret_arguments = arguments;
    return ROUTE_FOUND;
}
