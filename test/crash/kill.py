#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 at random moments while visitors post: nothing that was answered is lost, nothing is made twice.

usage: kill.py PROGRAM [POSTS] [SEED]

Visitors post requests and contacts, each with its own once-only key, and send the very same form again until
they get an answer, as a person does who sees none and taps again. Meanwhile workers and the parent are
killed. At the end every form must stand in the database exactly once, and `beenthere check` find nothing.
"""
import http.client
import os
import random
import re
import secrets
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scenario"))
from browser import Problem, Program, Visitor, engine_wanted, run  # noqa: E402
from main_job import walk_together  # noqa: E402

VISITORS = 4
GIVE_UP_S = 60


class Poster(threading.Thread):
    """One browser that posts again and again."""

    def __init__(self, visitor, make, count):
        super().__init__(daemon=True)
        self.visitor, self.make, self.count = visitor, make, count
        self.answered = []
        self.again = 0
        self.problem = None

    def run(self):
        try:
            for number in range(self.count):
                self.answered.append(self.post(number))
        except Exception as problem:  # told at the end, by the main thread
            self.problem = problem

    def post(self, number):
        """Sends one form until it is answered; what marks its row."""
        mark = f"{self.name}-{number:05d}"
        path, pairs = self.make(mark)
        body = urllib.parse.urlencode(pairs)
        end = time.monotonic() + GIVE_UP_S
        while time.monotonic() < end:
            try:
                status, fields, page = self.visitor.ask("POST", path, body,
                                                        {"Content-Type": "application/x-www-form-urlencoded"})
            except (OSError, http.client.HTTPException):
                self.again += 1
                time.sleep(0.01)
                continue
            if status == 303 and not fields["location"].startswith("/sign-in"):
                return mark
            if status not in (500, 503):
                raise Problem(f"{path} was answered {status} {fields.get('location')}: {page[-1500:]}")
            self.again += 1
            time.sleep(0.01)
        raise Problem(f"{path} was not answered for {GIVE_UP_S} s")


class Killer:
    """Kills workers, and sometimes the parent, which it starts again."""

    def __init__(self, program, chance):
        self.program, self.chance = program, chance
        self.workers = self.parents = 0

    def strike(self):
        if (self.workers + self.parents) % 5 == 4:
            self.program.kill()
            self.parents += 1
            self.start_again()
            return
        try:
            os.kill(self.chance.choice(self.program.children()), 9)
            self.workers += 1
        except (IndexError, ProcessLookupError, FileNotFoundError):
            pass  # it is being replaced right now

    def start_again(self):
        """The killed parent's workers let go of the port a moment later."""
        end = time.monotonic() + 10
        while True:
            try:
                self.program.start()
                return
            except Problem:
                if time.monotonic() > end:
                    raise


def calls(visitor):
    """Makes forms that ask for a call with information: one request each."""
    page = visitor.go("/information/river")
    pairs = visitor.pairs(page.form(field="reach"), {"called": "?", "reach": "?"})

    def make(mark):
        kept = [pair for pair in pairs if pair[0] not in ("once", "called", "reach")]
        return "/information/river", kept + [("once", secrets.token_hex(16)), ("called", mark),
                                             ("reach", f"{mark}@example.org")]
    return make


def contacts(giver, match):
    """Makes forms that log a contact with this match, marked by the line."""
    page = giver.go(f"/match/{match}/contact")
    form = page.form(action="/contact$")
    first = {name: next(field.value for field in form.fields if field.name == name)
             for name in ("kind", "minutes", "support")}
    pairs = giver.pairs(form, {**first, "line": "?"}, "talked")

    def make(mark):
        kept = [pair for pair in pairs if pair[0] not in ("once", "line")]
        return f"/match/{match}/contact", kept + [("once", secrets.token_hex(16)), ("line", mark)]
    return make


def hold(program, posters, chance):
    killer = Killer(program, chance)
    for poster in posters:
        poster.start()
    while any(poster.is_alive() for poster in posters):
        time.sleep(chance.uniform(0.01, 0.12))
        killer.strike()
    for poster in posters:
        poster.join()
        if poster.problem:
            raise poster.problem
    again = sum(poster.again for poster in posters)
    print(f"# killed {killer.workers} workers and {killer.parents} parents; {again} posts were sent again")
    if killer.workers + killer.parents < 3 or again == 0:
        raise Problem("too few were killed for this to prove anything")
    program.stop()
    said = program.command("check")
    if "all is well" not in said:
        raise Problem(f"beenthere check: {said}")


def marks(program, sql):
    found = {}
    for (mark,) in program.rows(sql):
        found[mark] = found.get(mark, 0) + 1
    return found


def lines_read(reader, match):
    """The marks that the supporter reads, page by page: lines are sealed in the database."""
    found = {}
    page = reader.go(f"/match/{match}")
    while True:
        for mark in re.findall(r"\bline\d-\d{5}\b", page.words):
            found[mark] = found.get(mark, 0) + 1
        if not page.has_link(r"\?before="):
            return found
        page = reader.go(page.link(r"\?before="))


def compare(wanted, found):
    lost = [mark for mark in wanted if mark not in found]
    twice = [mark for mark, count in found.items() if count > 1]
    if lost or twice or len(found) != len(wanted):
        raise Problem(f"{len(wanted)} answered, {len(found)} there; lost {lost[:5]}, twice {twice[:5]}")
    print(f"# {len(wanted)} answered, each there exactly once")


def requests_survive(binary, posts, seed):
    chance = random.Random(seed)
    with Program(binary, engine_wanted()) as program:
        posters = []
        for number in range(VISITORS):
            visitor = Visitor(program)
            posters.append(Poster(visitor, calls(visitor), posts // VISITORS))
            posters[-1].name = f"call{number}"
        hold(program, posters, chance)
        compare([mark for poster in posters for mark in poster.answered],
                marks(program, "SELECT p.called FROM request r JOIN person p ON p.id = r.person"))


def contacts_survive(binary, posts, seed):
    chance = random.Random(seed)
    with Program(binary, engine_wanted()) as program:
        _, _, giver, match, _, _ = walk_together(program)
        posters = []
        for number in range(VISITORS):
            visitor = Visitor(program)
            visitor.cookies = dict(giver.cookies)
            posters.append(Poster(visitor, contacts(visitor, match), posts // VISITORS))
            posters[-1].name = f"line{number}"
        hold(program, posters, chance)
        program.start()
        reader = Visitor(program)  # the giver's own connection ended with the parent that was killed
        reader.cookies = dict(giver.cookies)
        compare([mark for poster in posters for mark in poster.answered], lines_read(reader, match))


def main():
    binary = sys.argv[1]
    posts = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    print(f"# seed {seed}")
    return run([(f"{posts} posted requests survive kill -9", requests_survive),
                (f"{posts} posted contacts survive kill -9", contacts_survive)], binary, posts, seed)


if __name__ == "__main__":
    sys.exit(main())
