#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of tools/routes.py: what must be refused and how it is said, and the finished table, compiled and
asked for random paths, against a slow oracle. CC and GENERATED (the folder of ids.h) come from meson."""
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest

TOOLS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SOURCE = os.path.join(os.path.dirname(TOOLS), "src")
sys.path.append(TOOLS)
import routes  # noqa: E402

REFUSED = [
    ("", "r:1: there are no routes"),
    ("GET / public", "r:1: a route is: method path access handler"),
    ("GET / public home extra",
     "r:1: behind the handler stand upload, fresh, before, signed or one of limit:sign-in"),
    ("GET / public home limit:none", "r:1: behind the handler stand"),
    ("GET / public home limit:ask limit:import", "r:1: behind the handler stand"),
    ("POST / public home upload upload", "r:1: behind the handler stand"),
    ("# x\nPUT / public home", "r:2: the method is GET or POST, not PUT"),
    ("GET home public home", "r:1: the path home must start with /"),
    ("GET /a/ public a", "'' in /a/ is neither a fixed word nor {name:Type}"),
    ("GET //a public a", "'' in //a is neither"),
    ("GET /A public a", "'A' in /A is neither"),
    ("GET /{x} public a", "'{x}' in /{x} is neither"),
    ("GET /{x:int} public a", "is neither a fixed word"),
    ("GET /{x:Time} public a", "the type Time is neither Str nor an id"),
    ("GET /a{x:Str} public a", "is neither a fixed word"),
    ("GET /{get:Str} public a", "get cannot be an argument's name"),
    ("GET /{x:AId}/{x:AId} public a", "two parts of /{x:AId}/{x:AId} have the same name"),
    ("GET /{a:AId}/{b:AId}/{c:AId}/{d:AId}/{e:AId} public x", "more than 4 arguments"),
    ("GET /{x:AId} public x", "x is both the handler and an argument"),
    ("GET / - home", "'-' is no access rule"),
    ("GET / read home", "the rule read must say on what"),
    ("GET / read() home", "'read()' is no access rule"),
    ("GET /{x:AId} read(y) home", "the rule names y, which is no part of /{x:AId}"),
    ("GET /{x:Str} read(x) home", "the rule read(x) needs an id, and x is a Str"),
    ("GET /{x:AId} public(x) home", "the rule public asks about nothing"),
    ("GET / public Home", "Home is no name for a C function"),
    ("GET / public if", "if is no name for a C function"),
    ("GET / public home upload", "only a POST takes an upload"),
    ("GET / public home before", "only a POST takes before"),
    ("GET / public home signed", "only a public POST is signed"),
    ("POST / person home signed", "only a public POST is signed"),
    ("POST /{x:AId} read(x) home signed", "only a public POST is signed"),
    ("POST / public home signed before", "only a public POST is signed, and is nothing else"),
    ("POST / public home upload signed", "only a public POST is signed, and is nothing else"),
    ("POST / public home signed limit:ask", "only a public POST is signed, and is nothing else"),
    ("POST / public home signed signed", "r:1: behind the handler stand"),
    ("GET / public home fresh", "nobody in particular can show again who this is"),
    ("POST / person home fresh fresh", "behind the handler stand"),
    ("GET / public home\nGET /a public home", "r:2: home already answers in line 1"),
    ("GET /a public a\nGET /a public b", "r:2: GET /a already stands in line 1"),
    ("GET /{x:AId} public a\nGET /{y:AId} public b", "r:2: GET /{y:AId} already stands in line 1"),
    ("GET /{x:AId} public a\nGET /{y:BId} public b", "r:2: {y:BId} stands where r:1 has a AId"),
    ("GET /{x:Str} public a\nGET /new public b", "r:2: the fixed word 'new' could also be read as the Str"),
    ("GET /new public a\nPOST /{x:Str}/b public b", "r:2: the fixed word 'new' could also be read as the"),
    ("GET /0000000000000 public a\nGET /{x:AId} public b", "r:2: the fixed word '0000000000000' could also"),
]


class Refusals(unittest.TestCase):
    def test_each(self):
        for text, expected in REFUSED:
            with self.subTest(text):
                with self.assertRaises(routes.Failure) as caught:
                    routes.generate("r", text)
                self.assertRegex(str(caught.exception), r"^r:\d+: \S")
                self.assertIn(expected, str(caught.exception))


TABLE = """
GET  /                              public               home
GET  /ask                           public               ask_begin
GET  /ask/{step:Str}                public               ask_show
POST /ask/{step:Str}                public               ask_answer
GET  /board/{program:ProgramId}     board_read(program)  board
POST /board                         person               board_do upload limit:import
GET  /request/new                   person               request_new
GET  /request/{request:RequestId}   request_read(request) request_show
POST /request/{request:RequestId}/take                   request_work(request) request_take
GET  /request/{request:RequestId}/of/{person:PersonId}   request_work(request) request_of
GET  /a.css                         public               css
POST /text/in                       public               text_in signed
"""


def oracle(is_post, path):
    """What the table says of a path, read line by line."""
    found = "none"
    for line in TABLE.split("\n"):
        words = line.split()
        if not words:
            continue
        pattern = re.sub(r"\\{\w+:Str\\}", "([a-z0-9-]{1,64})", re.escape(words[1]))
        pattern = re.sub(r"\\{\w+:\w+Id\\}", "((?!0{13})[0-7][0-9a-hjkmnp-tv-zA-HJKMNP-TV-Z]{12})", pattern)
        match = re.fullmatch(pattern, path)
        if not match:
            continue
        if (words[0] == "POST") == is_post:
            return " ".join([words[3], *(group.lower() for group in match.groups())])
        found = "wrong method"
    return found


MAIN = """
#include "routes.h"
#include <stdio.h>
#include <string.h>
static void say_id(int64_t id) {
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    putchar(' ');
    for (int shift = 60; shift >= 0; shift -= 5) {
        putchar(digits[(uint64_t)id >> shift & 31]);
    }
}
%s
int main(void) {
    char line[4096];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\\n")] = '\\0';
        const Route *route = NULL;
        RouteArguments arguments;
        const bool is_post = line[0] == 'P';
        switch (route_find(&program_routes, is_post, str_of(line + 1), &route, &arguments)) {
        case ROUTE_FOUND:
            if (route->is_post != is_post || (route->get == NULL) != is_post) {
                return 1;
            }
            if (route->limit != (route->takes_upload ? ROUTE_LIMIT_IMPORT : ROUTE_LIMIT_NONE)) {
                return 1;
            }
            if (route->is_signed != (strcmp(route->name, "text_in") == 0)) {
                return 1;
            }
            printf("%%s", route->name);
            if (is_post) {
                route->post(NULL, &arguments);
            } else {
                route->get(NULL, &arguments);
            }
            printf("\\n");
            break;
        case ROUTE_NOT_FOUND: printf("none\\n"); break;
        case ROUTE_WRONG_METHOD: printf("wrong method\\n"); break;
        }
    }
    return 0;
}
"""


@unittest.skipUnless(os.environ.get("GENERATED"), "needs GENERATED, the build's folder of generated headers")
class Table(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = os.path.join(folder.name, "table")
        for name, text in routes.generate("table.txt", TABLE).items():
            with open(os.path.join(folder.name, name), "w", encoding="utf-8") as file:
                file.write(text)
        handlers = ""
        for route in routes.read_routes("r", TABLE):
            first = "Get *get" if route.method == "GET" else "Post *post"
            says = "".join(f"    printf(\" %.*s\", STR_ARGS({name}));\n" if kind == "Str"
                           else f"    say_id({name}.value);\n" for name, kind in route.arguments)
            handlers += (f"void {route.handler}({route.parameters(first)}) {{\n"
                         f"    (void){first.split('*')[1]};\n{says}}}\n")
        main = os.path.join(folder.name, "main.c")
        with open(main, "w", encoding="utf-8") as file:
            file.write(MAIN % handlers)
        sources = [os.path.join(SOURCE, name) for name in (
            "platform/http/route.c", "platform/url.c", "base/str.c", "base/buf.c", "base/arena.c",
            "base/fail.c")]
        subprocess.run(os.environ.get("CC", "cc").split() + [
            "-std=c17", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror", "-Wconversion",
            "-include", os.path.join(SOURCE, "base/banned.h"), "-I" + folder.name, "-I" + SOURCE,
            "-I" + os.environ["GENERATED"], main, os.path.join(folder.name, "routes.c"), *sources,
            "-o", self.program], check=True)

    def test_against_oracle(self):
        chance = random.Random(13)
        parts = ["", "ask", "board", "request", "new", "take", "of", "a.css", "text", "in", "0000000000000",
                 "0000000000001", "7zzzzzzzzzzzz", "8000000000000", "3A5CXK9M2VQ7T", "3a5cxk9m2vq7t",
                 "3a5cxk9m2vq7i", "x-1", "X", "a b", "%20", "a" * 64, "a" * 65, "\u00e9", "."]
        asked = ["", "ask", "*"] + ["/" + "/".join(chance.choice(parts) for _ in range(chance.randint(0, 5)))
                                    for _ in range(20000)]
        lines = [chance.choice("GP") + path for path in asked]
        done = subprocess.run([self.program], input="\n".join(lines) + "\n", capture_output=True, text=True,
                              check=True)
        answers = done.stdout.splitlines()
        self.assertEqual(len(answers), len(lines))
        for line, answer in zip(lines, answers):
            self.assertEqual(answer, oracle(line[0] == "P", line[1:]), line)
        self.assertGreater(len(set(answer.split()[0] for answer in answers)), 11)


if __name__ == "__main__":
    unittest.main()
