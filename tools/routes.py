#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Turns src/routes.txt into the dispatch table, the handlers' prototypes and the makers of addresses.

Usage: routes.py routes.txt OUTPUT_FOLDER        (the rules: doc/routes.md)

Written: routes_url.h routes_url.c (url_X for C, html_address_X for templates; layer features), routes.h (the
handlers' prototypes, `program_routes`) and routes.c (the table and the tree that platform/http/route.h tells
of)."""
import os
import re
import sys

from emit import C_WORDS, c_string, write_changed

ARGUMENTS_MOST = 4  # ROUTE_ARGUMENTS_MOST
KINDS = ("sign-in", "ask", "import", "search", "download", "calendar")
LIMITS = {"limit:" + kind: kind for kind in KINDS}  # RouteLimit
MARKS = ("upload", "fresh", "before", "signed")
TAKEN = C_WORDS | {"get", "post", "arena", "arguments", "html", "buf"}  # names that the made functions use
MADE = "/* Made by tools/routes.py from routes.txt. */"


class Failure(Exception):
    """One sentence about the routes, with its place in front."""


class Route:
    """One line. `parts` are fixed words (str) and arguments ((name, type))."""

    def __init__(self, where, words):
        method, pattern, rule, handler, *further = words
        self.where, self.method, self.pattern, self.handler = where, method, pattern, handler
        self.takes_upload, self.is_fresh, self.has_before, self.is_signed = (
            mark in further for mark in MARKS)
        limits = [LIMITS[word] for word in further if word in LIMITS]
        self.limit = (limits or ["none"])[0].upper().replace("-", "_")
        marks = [word for word in further if word in MARKS]
        if len(further) != len(set(marks)) + len(limits) or len(limits) > 1:
            raise Failure(f"{where}: behind the handler stand {', '.join(MARKS)} or one of "
                          f"{' '.join(LIMITS)}, not {' '.join(further)}")
        for mark in ("upload", "before"):
            if mark in marks and method != "POST":
                raise Failure(f"{where}: only a POST takes {'an upload' if mark == 'upload' else mark}")
        if self.is_fresh and rule == "public":
            raise Failure(f"{where}: nobody in particular can show again who this is")
        if self.is_signed and (method, rule, len(further)) != ("POST", "public", 1):
            raise Failure(f"{where}: only a public POST is signed, and is nothing else: who sends it is no "
                          "visitor")
        self.parts = [self.part(part) for part in pattern[1:].split("/")] if pattern != "/" else []
        self.arguments = [part for part in self.parts if isinstance(part, tuple)]
        self.action, self.object = self.access(rule)
        names = [name for name, _ in self.arguments]
        if len(set(names)) != len(names):
            raise Failure(f"{where}: two parts of {pattern} have the same name")
        if len(names) > ARGUMENTS_MOST:
            raise Failure(f"{where}: {pattern} has more than {ARGUMENTS_MOST} arguments")
        if handler in names:
            raise Failure(f"{where}: {handler} is both the handler and an argument")

    def part(self, text):
        if re.fullmatch(r"[a-z0-9][a-z0-9._-]*", text):
            return text
        found = re.fullmatch(r"\{([a-z][a-z0-9_]*):([A-Z][A-Za-z]*)\}", text)
        if not found:
            raise Failure(f"{self.where}: '{text}' in {self.pattern} is neither a fixed word nor "
                          "{name:Type}")
        name, kind = found.groups()
        if kind != "Str" and not re.fullmatch(r"[A-Z][A-Za-z]*Id", kind):
            raise Failure(f"{self.where}: the type {kind} is neither Str nor an id such as PersonId")
        if name in TAKEN:
            raise Failure(f"{self.where}: {name} cannot be an argument's name")
        return name, kind

    def access(self, rule):
        found = re.fullmatch(r"(public|person)|([a-z][a-z0-9_]*)(?:\(([a-z][a-z0-9_]*)\))?", rule)
        if not found:
            raise Failure(f"{self.where}: '{rule}' is no access rule: public, person or action(parameter)")
        action, parameter = found.group(1) or found.group(2), found.group(3)
        if found.group(2) in ("public", "person"):
            raise Failure(f"{self.where}: the rule {action} asks about nothing: write it without "
                          f"({parameter})")
        if found.group(2) and parameter is None:
            raise Failure(f"{self.where}: the rule {action} must say on what: {action}(parameter)")
        if parameter is None:
            return action, -1
        for index, (name, kind) in enumerate(self.arguments):
            if name == parameter:
                if kind == "Str":
                    raise Failure(f"{self.where}: the rule {rule} needs an id, and {name} is a Str")
                return action, index
        raise Failure(f"{self.where}: the rule names {parameter}, which is no part of {self.pattern}")

    def parameters(self, first):
        return ", ".join([first] + [f"{kind} {name}" for name, kind in self.arguments])


class Place:
    """A node of the tree of paths."""

    def __init__(self, word="", kind=None):
        self.word, self.kind = word, kind
        self.fixed, self.argument = {}, None
        self.routes = {}
        self.first_where = None


def read_routes(path, text):
    routes = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        where = f"{path}:{number}"
        if len(words) < 4:
            raise Failure(f"{where}: a route is: method path access handler, and perhaps upload or a limit")
        method, pattern, _, handler = words[:4]
        if method not in ("GET", "POST"):
            raise Failure(f"{where}: the method is GET or POST, not {method}")
        if not pattern.startswith("/"):
            raise Failure(f"{where}: the path {pattern} must start with /")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", handler) or handler in TAKEN:
            raise Failure(f"{where}: {handler} is no name for a C function")
        routes.append(Route(where, words))
    if not routes:
        raise Failure(f"{path}:1: there are no routes")
    handlers = {}
    for route in routes:
        if route.handler in handlers:
            raise Failure(f"{route.where}: {route.handler} already answers in line "
                          f"{handlers[route.handler].where.rpartition(':')[2]}")
        handlers[route.handler] = route
    return routes


def could_be(word, kind):
    """Whether a fixed word could be read as an argument of this type."""
    if kind == "Str":
        return re.fullmatch(r"[a-z0-9-]{1,64}", word) is not None
    return re.fullmatch(r"[0-7][0-9abcdefghjkmnpqrstvwxyz]{12}", word) is not None


def grow_tree(routes):
    """The root Place. Raises Failure where a path could be read in two ways."""
    root = Place()
    for index, route in enumerate(routes):
        place = root
        for part in route.parts:
            if isinstance(part, str):
                child = place.fixed.setdefault(part, Place(part))
            else:
                if place.argument is None:
                    place.argument = Place(kind=part[1])
                child = place.argument
                if child.kind != part[1]:
                    raise Failure(f"{route.where}: {{{part[0]}:{part[1]}}} stands where {child.first_where} "
                                  f"has a {child.kind}")
            child.first_where = child.first_where or route.where
            place = child
        if route.method in place.routes:
            raise Failure(f"{route.where}: {route.method} {route.pattern} already stands in line "
                          f"{routes[place.routes[route.method]].where.rpartition(':')[2]}")
        place.routes[route.method] = index
    check_ambiguity(root)
    return root


def check_ambiguity(place):
    children = list(place.fixed.values()) + ([place.argument] if place.argument else [])
    for child in children:
        if place.argument and child is not place.argument and could_be(child.word, place.argument.kind):
            later = max(child.first_where, place.argument.first_where,
                        key=lambda at: int(at.rpartition(":")[2]))
            raise Failure(f"{later}: the fixed word '{child.word}' could also be read as the "
                          f"{place.argument.kind} that stands in its place")
        check_ambiguity(child)


def places_of(root):
    """The tree in rows, the fixed words below one place side by side: lines of C."""
    rows, at = [root], 0
    lines = []
    while at < len(rows):
        place = rows[at]
        fixed = [place.fixed[word] for word in sorted(place.fixed)]
        first = len(rows) if fixed else 0
        rows += fixed
        argument = 0
        if place.argument:
            argument = len(rows)
            rows.append(place.argument)
        part = {None: "FIXED", "Str": "WORD"}.get(place.kind, "ID")
        lines.append(f'    [{at}] = {{.word = {{.at = "{place.word}", .length = {len(place.word)}}}, .part = '
                     f"ROUTE_PART_{part}, .first_child = {first}, .child_count = {len(fixed)}, "
                     f".argument = {argument}, .get = {place.routes.get('GET', -1)}, "
                     f".post = {place.routes.get('POST', -1)}}},")
        at += 1
    return lines


def url_steps(route, add_text, add_word, add_id):
    """Statements that write the address: fixed runs merged, arguments by their kind."""
    run = "" if route.parts else "/"
    for part in route.parts:
        run += "/"
        if isinstance(part, str):
            run += part
            continue
        yield "    " + add_text.format(c_string(run), len(run))
        run = ""
        yield "    " + (add_word if part[1] == "Str" else add_id).format(part[0])
    if run:
        yield "    " + add_text.format(c_string(run), len(run))


def url_header(routes):
    lines = [MADE, "#ifndef ROUTES_URL_H", "#define ROUTES_URL_H", "", '#include "ids.h"',
             '#include "platform/html/html.h"', '#include "platform/url.h"', "",
             "/* The addresses of the program: url_X for C, html_address_X for compiled templates. */"]
    for route in routes:
        lines += [f"/* {route.pattern} */", f"Url url_{route.handler}({route.parameters('Arena *arena')});",
                  f"void html_address_{route.handler}({route.parameters('Html *html')});"]
    return lines + ["", "#endif", ""]


def url_source(routes):
    lines = [MADE, '#include "routes_url.h"', "", "enum { ADDRESS_MOST = 1024 };"]
    for route in routes:
        lines += ["", f"Url url_{route.handler}({route.parameters('Arena *arena')}) {{",
                  "    Buf buf = buf_new(arena, ADDRESS_MOST);",
                  *url_steps(route, "buf_add_bytes(&buf, {}, {});", "url_add_word(&buf, {});",
                             "url_add_id(&buf, {}.value);"),
                  "    return (Url){.text = buf_str(&buf)};", "}", "",
                  f"void html_address_{route.handler}({route.parameters('Html *html')}) {{",
                  *url_steps(route, "html_write_static(html, {}, {});", "url_add_word(&html->out, {});",
                             "url_add_id(&html->out, {}.value);"), "}"]
    return lines + [""]


def handler_header(routes):
    lines = [MADE, "#ifndef ROUTES_H", "#define ROUTES_H", "", '#include "platform/http/page.h"',
             '#include "platform/http/route.h"', '#include "routes_url.h"', "",
             "extern const Routes program_routes;", ""]
    for route in routes:
        first = "Get *get" if route.method == "GET" else "Post *post"
        lines.append(f"void {route.handler}({route.parameters(first)});")
        if route.has_before:
            lines.append(f"const void *{route.handler}_before({route.parameters('Get *get')});")
    return lines + ["", "#endif", ""]


def handler_source(path, routes, root):
    lines = [MADE, '#include "routes.h"', "", '#include "features/access/access.h"', ""]
    for route in routes:
        first = "get" if route.method == "GET" else "post"
        given = [f"arguments->items[{index}].word" if kind == "Str"
                 else f"({kind}){{arguments->items[{index}].id}}"
                 for index, (_, kind) in enumerate(route.arguments)]
        unused = [] if given else ["    (void)arguments;"]
        lines += [f"static void run_{route.handler}({first.title()} *{first}, "
                  "const RouteArguments *arguments) {",
                  *unused, f"    {route.handler}({', '.join([first] + given)});", "}"]
        if route.has_before:
            lines += [f"static const void *before_{route.handler}(Get *get, "
                      "const RouteArguments *arguments) {",
                      *unused, f"    return {route.handler}_before({', '.join(['get'] + given)});", "}"]
    lines += ["", "static const Route items[] = {"]
    for route in routes:
        number = route.where.rpartition(":")[2]
        before = f"before_{route.handler}" if route.has_before else "NULL"
        lines += [f'#line {number} "{path}"',
                  f'    {{.is_post = {str(route.method == "POST").lower()}, .pattern = "{route.pattern}", '
                  f".rule = ACCESS_{route.action.upper()}, .object = {route.object}, "
                  f".{route.method.lower()} = run_{route.handler}, "
                  f".takes_upload = {str(route.takes_upload).lower()}, "
                  f".is_signed = {str(route.is_signed).lower()}, "
                  f".is_fresh = {str(route.is_fresh).lower()}, .before = {before}, "
                  f'.limit = ROUTE_LIMIT_{route.limit}, .name = "{route.handler}"}},']
    return lines + ["};", "", "static const RoutePlace places[] = {", *places_of(root), "};", "",
                    "const Routes program_routes = {.items = items, .count = sizeof items / sizeof items[0], "
                    ".places = places};", ""]


def generate(path, text):
    """{file name: text}. Raises Failure."""
    routes = read_routes(path, text)
    root = grow_tree(routes)
    files = {"routes_url.h": url_header(routes), "routes_url.c": url_source(routes),
             "routes.h": handler_header(routes), "routes.c": handler_source(path, routes, root)}
    return {name: "\n".join(lines) for name, lines in files.items()}


def main(arguments):
    if len(arguments) != 2:
        sys.exit("usage: routes.py routes.txt OUTPUT_FOLDER")
    try:
        with open(arguments[0], encoding="utf-8") as file:
            text = file.read()
        for name, content in generate(arguments[0], text).items():
            write_changed(os.path.join(arguments[1], name), content)
    except UnicodeDecodeError:
        sys.exit(f"{arguments[0]}:1: the file is not UTF-8")
    except Failure as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main(sys.argv[1:])
