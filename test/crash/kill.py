#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 at random moments while visitors post: nothing that was answered is lost, nothing is made twice.

usage: kill.py PROGRAM [POSTS] [SEED]

Visitors post requests, contacts and messages, each with its own once-only key, and send the very same form
again until they get an answer, as a person does who sees none and taps again. Phones send what waited on
them, each from two tabs at once, until it was confirmed. Meanwhile workers and the parent are killed. At the
end every form must stand in the database exactly once, and `beenthere check` find nothing.
"""
import http.client
import json
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
WORKERS_LEAST = 4
BATCH = 3  # entries that a phone sends at once
GIVE_UP_S = 60


class Sender(threading.Thread):
    """Sends its count at least, and goes on until enough was killed meanwhile for it to prove something."""

    def __init__(self, visitor, count):
        super().__init__(daemon=True)
        self.visitor, self.count = visitor, count
        self.answered = []
        self.again = 0
        self.is_enough = threading.Event()
        self.problem = None

    def run(self):
        try:
            number = 0
            while number < self.count or not self.is_enough.is_set():
                number += self.send(number)
        except Exception as problem:  # told at the end, by the main thread
            self.problem = problem


class Poster(Sender):
    """One browser that posts again and again."""

    def __init__(self, visitor, make, count):
        super().__init__(visitor, count)
        self.make = make

    def send(self, number):
        self.answered.append(self.post(number))
        return 1

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

    def has_proven(self, posters):
        """Workers and a parent died, and somebody was left without an answer by it."""
        return self.workers >= WORKERS_LEAST and self.parents > 0 and any(poster.again for poster in posters)

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


def messages(giver, match):
    """Makes forms that write to the other of this match."""
    page = giver.go(f"/match/{match}/messages")
    pairs = giver.pairs(page.form(action="/messages$"), {"words": "?"})

    def make(mark):
        kept = [pair for pair in pairs if pair[0] not in ("once", "words")]
        return f"/match/{match}/messages", kept + [("once", secrets.token_hex(16)), ("words", mark)]
    return make


def hold(program, posters, chance):
    killer = Killer(program, chance)
    end = time.monotonic() + GIVE_UP_S
    for poster in posters:
        poster.start()
    while any(poster.is_alive() for poster in posters):
        time.sleep(chance.uniform(0.01, 0.12))
        killer.strike()
        if killer.has_proven(posters) or time.monotonic() > end:
            for poster in posters:
                poster.is_enough.set()
    for poster in posters:
        poster.join()
        if poster.problem:
            raise poster.problem
    again = sum(poster.again for poster in posters)
    print(f"# killed {killer.workers} workers and {killer.parents} parents; {again} posts were sent again")
    if not killer.has_proven(posters):
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


def marks_read(reader, path):
    """The marks that the supporter reads, page by page: words are sealed in the database."""
    found = {}
    page = reader.go(path)
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


class Phone(Sender):
    """One of two tabs of a phone, which send what waits on it in batches until each entry was confirmed."""

    def __init__(self, name, visitor, match, entries, count):
        super().__init__(visitor, count)
        self.name, self.match, self.entries = name, match, entries
        data = json.loads(visitor.ask("GET", "/phone/data")[2])
        self.token, self.author = data["token"], data["person"]

    def send(self, number):
        batch = [dict(self.entries[at], author=self.author, match=self.match)
                 for at in range(number, number + BATCH)]
        self.answered += self.confirm(batch)
        return len(batch)

    def confirm(self, batch):
        """Again and again, until as many are there as were sent; their marks."""
        end = time.monotonic() + GIVE_UP_S
        while time.monotonic() < end:
            said = json.dumps({"now": int(time.time() * 1000), "entries": batch})
            body = urllib.parse.urlencode({"token": self.token, "once": secrets.token_hex(16), "batch": said})
            try:
                status, _, page = self.visitor.ask("POST", "/phone/send", body,
                                                   {"Content-Type": "application/x-www-form-urlencoded"})
            except (OSError, http.client.HTTPException):
                status, page = 0, ""
            if status == 200:
                answer = json.loads(page)
                if answer["count"] != len(batch) or any(one["state"] not in ("stored", "known")
                                                        for one in answer["entries"]):
                    raise Problem(f"/phone/send: {page}")
                return [entry["fields"][-1][1] for entry in batch]
            if status not in (0, 500, 503):
                raise Problem(f"/phone/send was answered {status}: {page[-1500:]}")
            self.again += 1
            time.sleep(0.01)
        raise Problem(f"/phone/send was not answered for {GIVE_UP_S} s")


class Captured:
    """Contacts that wait on one phone, marked by the line: the same ones for each of its tabs."""

    def __init__(self, number):
        self.number = number
        self.entries = []
        self.lock = threading.Lock()

    def __getitem__(self, at):
        with self.lock:
            while len(self.entries) <= at:
                line = f"line{self.number}-{len(self.entries):05d}"
                self.entries.append({"kind": "contact", "capture": secrets.token_hex(16),
                                     "captured_at": int(time.time() * 1000),
                                     "fields": [["outcome", "no-answer"], ["kind", "call"], ["line", line]]})
            return self.entries[at]


def captures_survive(binary, posts, seed):
    chance = random.Random(seed)
    with Program(binary, engine_wanted()) as program:
        _, _, giver, match, _, _ = walk_together(program)
        tabs = []
        for number in range(VISITORS // 2):
            entries = Captured(number)
            for tab in range(2):
                visitor = Visitor(program)
                visitor.cookies = dict(giver.cookies)
                tabs.append(Phone(f"phone{number}-{tab}", visitor, match, entries, 2 * posts // VISITORS))
        hold(program, tabs, chance)
        program.start()
        reader = Visitor(program)
        reader.cookies = dict(giver.cookies)
        compare(sorted({mark for tab in tabs for mark in tab.answered}),
                marks_read(reader, f"/match/{match}"))


def words_survive(binary, posts, seed, kind, path):
    """What a supporter posts again and again in one walk, read back on the page where it stands."""
    chance = random.Random(seed)
    with Program(binary, engine_wanted()) as program:
        _, _, giver, match, _, _ = walk_together(program)
        posters = []
        for number in range(VISITORS):
            visitor = Visitor(program)
            visitor.cookies = dict(giver.cookies)
            posters.append(Poster(visitor, kind(visitor, match), posts // VISITORS))
            posters[-1].name = f"line{number}"
        hold(program, posters, chance)
        program.start()
        reader = Visitor(program)  # the giver's own connection ended with the parent that was killed
        reader.cookies = dict(giver.cookies)
        compare([mark for poster in posters for mark in poster.answered],
                marks_read(reader, f"/match/{match}{path}"))


def contacts_survive(binary, posts, seed):
    words_survive(binary, posts, seed, contacts, "")


def messages_survive(binary, posts, seed):
    words_survive(binary, posts, seed, messages, "/messages")


def main():
    binary = sys.argv[1]
    posts = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    print(f"# seed {seed}")
    return run([(f"{posts} posted requests survive kill -9", requests_survive),
                (f"{posts} posted contacts survive kill -9", contacts_survive),
                (f"{posts} posted messages survive kill -9", messages_survive),
                (f"{posts} contacts from phones without a signal survive kill -9", captures_survive)],
               binary, posts, seed)


if __name__ == "__main__":
    sys.exit(main())
