/* SPDX-License-Identifier: Apache-2.0 */
/* Which page function answers an address: the table that tools/routes.py makes from src/routes.txt, and how a
 * path is looked up in it.
 *
 * The table is a value that main.c hands to the platform (`program_routes` of routes.h), so the platform
 * knows no page and a test can serve its own table. Looking up reads the path once, segment by segment, along
 * a tree; a path part that is an id or a word is checked on the way, so a handler never sees a malformed one.
 */
#ifndef ROUTE_H
#define ROUTE_H

#include "base/str.h"

typedef struct Get Get;
typedef struct Post Post;

enum { ROUTE_ARGUMENTS_MOST = 4, ROUTE_WORD_MOST = 64 };

/* What stood in the path for the pattern's {name:Type} parts, in their order: id for an id, word for a Str.
 */
typedef struct RouteArguments {
    size_t count;
    struct {
        int64_t id;
        Str word; /* a view of the path that was looked up */
    } items[ROUTE_ARGUMENTS_MOST];
} RouteArguments;

/* Which further rate limit holds for an address (limits.h). */
typedef enum RouteLimit {
    ROUTE_LIMIT_NONE,
    ROUTE_LIMIT_SIGN_IN,
    ROUTE_LIMIT_ASK,
    ROUTE_LIMIT_IMPORT,
    ROUTE_LIMIT_SEARCH,
    ROUTE_LIMIT_DOWNLOAD,
    ROUTE_LIMIT_CALENDAR,
} RouteLimit;

/* One line of routes.txt. Exactly one of get and post is set. */
typedef struct Route {
    bool is_post;
    const char *pattern; /* as written: "/board/{program:ProgramId}" */
    int rule;            /* an AccessAction of features/access/access.h */
    int object;          /* index into the arguments of what the rule asks about; -1: about nothing */
    void (*get)(Get *get, const RouteArguments *arguments);
    void (*post)(Post *post, const RouteArguments *arguments);
    bool is_fresh; /* wants a proof of who this is that is minutes old (hooks.h) */
    /* What takes its time and must not hold up who else writes: runs before the write transaction, in a read
     * transaction; what it returns is the Post's `before`. NULL: nothing. */
    const void *(*before)(Get *get, const RouteArguments *arguments);
    bool is_signed;    /* another machine sends it: its signature counts, no session and no token */
    bool takes_upload; /* the body may be a file (multipart, and the larger limit) */
    RouteLimit limit;
    const char *name; /* the handler */
} Route;

/* A place in the tree of paths. children[] of one place are sorted by word; the part that stands for an
 * argument, if any, is tried when no fixed word fits. Index 0 is the root, "/"; 0 as an index means none. */
typedef enum RoutePart { ROUTE_PART_FIXED, ROUTE_PART_ID, ROUTE_PART_WORD } RoutePart;
typedef struct RoutePlace {
    Str word;
    RoutePart part;
    uint16_t first_child; /* of the fixed words, which stand side by side */
    uint16_t child_count;
    uint16_t argument; /* the place of the part that is an argument */
    int16_t get;       /* index into items, -1: nothing answers */
    int16_t post;
} RoutePlace;

typedef struct Routes {
    const Route *items; /* in the order of routes.txt */
    size_t count;
    const RoutePlace *places;
} Routes;

typedef enum RouteFound { ROUTE_FOUND, ROUTE_NOT_FOUND, ROUTE_WRONG_METHOD } RouteFound;

/* Looks up a path (no query, percent signs never match). ROUTE_WRONG_METHOD: the path is known, but not for
 * this method. Only for ROUTE_FOUND the out-parameters are set. HEAD asks as GET. */
RouteFound route_find(const Routes *routes, bool is_post, Str path, const Route **ret_route,
                      RouteArguments *ret_arguments);

#endif
