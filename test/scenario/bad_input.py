#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every form that a person can reach is sent damaged: a plain sentence refuses it, and nothing changes.

usage: bad_input.py PROGRAM

It walks through the program's own links as each kind of person, one page of each shape, and damages every
form it finds there. A new page with a form is therefore tested without a word here.
"""
import functools
import os
import re
import secrets
import socket
import sys
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import FORM_TYPE, Page, Problem, Program, Visitor, engine_wanted, run  # noqa: E402

ID = re.compile(r"\b[0-9a-hjkmnp-tv-z]{13}\b")
# Sending these changes who the visitor is.
LEFT_ALONE = re.compile(r"^/(leave|sign-out|account/person|account/session)")
PAGES_MOST = 60


def shape(path):
    """The address without ids and query, so that one page of each shape is looked at."""
    return ID.sub("ID", urllib.parse.urlsplit(path).path)


def crawl(visitor, starts):
    """One page of each shape that this visitor's links lead to; a file to download is no page."""
    seen, waiting, pages = set(), list(starts), []
    while waiting and len(pages) < PAGES_MOST:
        path = waiting.pop(0)
        if not path.startswith("/") or path.startswith("/assets/") or "lang=" in path or shape(path) in seen:
            continue
        seen.add(shape(path))
        page = visitor.go(path)
        if page.fields.get("content-disposition", "").startswith("attachment"):
            continue
        if page.lang != visitor.lang or not page.title.strip():
            raise Problem(f"{path} is in {page.lang!r}, titled {page.title!r}")
        pages.append(page)
        waiting += [urllib.parse.urljoin(page.path, address) for address, _ in page.links
                    if not address.startswith("#")]
    return pages


class Damage:
    """Sends one form damaged in every way, and holds each answer against the rules."""

    def __init__(self, program, visitor, stranger):
        self.program, self.visitor, self.stranger = program, visitor, stranger
        self.sent = 0

    def refused(self, what, path, body, headers, wanted):
        status, fields, content = self.visitor.ask("POST", path, body, {**FORM_TYPE, **headers})
        self.sent += 1
        self.held(what, path, status, fields, content, wanted)

    def held(self, what, path, status, fields, content, wanted):
        if status not in wanted:
            raise Problem(f"{what}: {path} was answered {status} {fields.get('location', '')}, not {wanted}: "
                          f"{Page(status, path, content, fields).words[:600]}")
        if status < 400:
            return
        if fields["content-type"].startswith("text/plain"):
            # Refused before any page could speak: one sentence in each language.
            if not re.search(r"[A-Z][\w ]+\..* / [A-Z][\w ]+\.", content):
                raise Problem(f"{what}: {path} was refused without a sentence: {content!r}")
            return
        page = Page(status, path, content, fields)
        if page.lang != self.visitor.lang:
            raise Problem(f"{what}: {path} was refused in {page.lang!r}: {page.words[:300]}")
        main = re.sub(r"<[^>]*>", " ", content.partition("<main")[2].partition("</main")[0])
        if len(main.split()) < 4:
            raise Problem(f"{what}: {path} was refused without a sentence: {main!r}")

    def whole(self, form, path):
        """Everything that can be wrong with one form; the database is compared once, because that is slow."""
        self.program.settle()
        before = self.program.fingerprint()
        self.all_ways(form, path)
        self.truncated(path)
        if self.program.fingerprint() != before:
            raise Problem(f"{path}: one of its damaged forms changed something")

    def all_ways(self, form, path):
        visitor = self.visitor
        pairs = visitor.pairs(form, {})
        body = urllib.parse.urlencode(pairs)
        without_token = urllib.parse.urlencode([pair for pair in pairs if pair[0] != "token"])
        strangers = without_token + "&token=" + self.stranger
        self.refused("no token", path, without_token, {}, [403])
        self.refused("another browser's token", path, strangers, {}, [403])
        self.refused("two tokens", path, body + "&" + body, {}, [403])
        self.refused("from another site", path, body, {"Origin": "https://elsewhere.example"}, [403])
        self.refused("from another site, as fetched", path, body, {"Sec-Fetch-Site": "cross-site"}, [403])
        self.refused("no once-only key", path, re.sub(r"once=\w+", "once=", body), {}, [400, 404])
        self.refused("broken percent", path, body + "&x=%zz", {}, [400])
        self.refused("not UTF-8", path, body + "&x=%ff%fe", {}, [400])
        self.refused("a NUL", path, body + "&x=a%00b", {}, [400])
        self.refused("too many fields", path, body + "&x=1" * 600, {}, [400])
        self.refused("too long a body", path, body + "&x=" + "y" * 70_000, {}, [413])
        self.refused("JSON", path, '{"token": 1}', {"Content-Type": "application/json"}, [415])
        self.refused("no type", path, body, {"Content-Type": "text/plain"}, [415])
        self.fields(form, path, pairs)

    def fields(self, form, path, pairs):
        """Fields twice, too long, and with ids and choices that the page never offered."""
        fresh = [pair for pair in pairs if pair[0] != "once"]
        wrong = [400, 404, 409, 422]

        def body(name, *values):
            kept = [pair for pair in fresh if pair[0] != name]
            kept += [("once", secrets.token_hex(16)), *((name, one) for one in values)]
            return urllib.parse.urlencode(kept)

        for field in {field.name: field for field in form.fields}.values():
            if field.name in ("", "token", "once"):
                continue
            if field.kind in ("text", "email", "tel", "textarea"):
                self.refused(f"{field.name} too long", path, body(field.name, "x" * 9000), {}, wrong)
                self.refused(f"{field.name} twice", path, body(field.name, "one", "two"), {}, wrong)
            elif field.kind == "radio":
                self.refused(f"{field.name} not offered", path, body(field.name, "0123456789abc"), {}, wrong)

    def truncated(self, path):
        """The connection ends in the middle of the form."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items())
        with socket.create_connection(("127.0.0.1", self.program.port), timeout=5) as connection:
            connection.sendall("\r\n".join((
                f"POST {path} HTTP/1.1", f"Host: {self.program.listen}", f"Cookie: {cookies}",
                "Content-Type: application/x-www-form-urlencoded", "Content-Length: 500", "",
                "token=")).encode())
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(100)
        if answer and not answer.startswith(b"HTTP/1.1 4"):
            raise Problem(f"truncated: {path} was answered {answer!r}")


def people(program):
    """{kind: mail} of the people to walk through as; nobody: not signed in."""
    found = {"nobody": None}
    listing = os.path.join(program.data, "demo-people.txt")
    if not os.path.exists(listing):
        return {**found, "coordinator": "kim@example.org"}
    with open(listing, encoding="utf-8") as file:
        for line in file:
            kind, mail = line.rstrip("\n").split("\t")
            found.setdefault(kind, mail)
    return found


def damaged_forms(program, kind, mail, lang):
    visitor = Visitor(program, lang)
    starts = ["/"]
    if mail:
        visitor.sign_in(mail)
        visitor.cookies["lang"] = lang
        starts = [visitor.page.path, "/me", "/"]
    stranger = Visitor(program)
    token = dict(stranger.go("/sign-in").forms[0].defaults())["token"]
    damage = Damage(program, visitor, token)
    done = set()
    for page in crawl(visitor, starts):
        for form in page.forms:
            path = form.action or page.path
            if LEFT_ALONE.match(path) or shape(path) in done or form.is_upload or form.method != "post":
                continue
            done.add(shape(path))
            damage.whole(form, path)
    if damage.sent < 20:
        raise Problem(f"only {damage.sent} damaged forms were sent as {kind}")
    print(f"# {kind}, {lang}: {len(done)} forms, {damage.sent} damaged ones sent")


def replayed(program):
    """The same form twice is one call, and both answers lead to the same place."""
    visitor = Visitor(program)
    slug = "/information/" + program.rows("SELECT slug FROM program ORDER BY created_at, id")[0][0]
    page = visitor.go(slug)
    pairs = visitor.pairs(page.form(field="reach"), {"called": "Twice", "reach": "twice@example.org"})
    body = urllib.parse.urlencode(pairs)
    answers = [visitor.ask("POST", slug, body, FORM_TYPE) for _ in range(3)]
    said = {(status, fields.get("location")) for status, fields, _ in answers}
    if said != {(303, answers[0][1]["location"])}:
        raise Problem(f"replayed forms were answered {[answer[0] for answer in answers]}")
    count = program.rows("SELECT count(*) FROM person WHERE called = 'Twice'")
    if count != [("1",)]:
        raise Problem(f"a form sent three times made {count} people")


def odd_addresses(program):
    """Addresses that lead nowhere say so in the visitor's language."""
    for lang in ("en", "es"):
        visitor = Visitor(program, lang)
        damage = Damage(program, visitor, "")
        for path, wanted in (("/nothing-here", [404]), ("/leave?x=%zz", [400]), ("/leave?x=%ff", [400]),
                             ("/program/0000000000000/settings", [404]), ("/%61sk", [404]),
                             ("/sign-out", [405])):
            status, fields, content = visitor.ask("GET", path)
            damage.held("an odd address", path, status, fields, content, wanted)


def main():
    engine = engine_wanted()
    # Looking whether anything changed is slow beside PostgreSQL: there it is an empty program's forms, in one
    # language.
    demo = "small" if engine == "sqlite" else None
    with Program(sys.argv[1], engine, demo=demo) as program:
        tests = [("a form sent again is answered again and counts once", lambda: replayed(program)),
                 ("odd addresses are refused in the visitor's language", lambda: odd_addresses(program))]
        for kind, mail in people(program).items():
            for lang in ("en", "es") if demo else ("es",):
                tests.append((f"damaged forms of {kind} in {lang} on {engine}",
                              functools.partial(damaged_forms, program, kind, mail, lang)))
        return run(tests)


if __name__ == "__main__":
    sys.exit(main())
