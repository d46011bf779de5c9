#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The disk fails under the program, call by call: nothing that was answered is lost, nothing is half done.

usage: faults.py PROGRAM [FAULTS] [SEED]      FAULTS: how many, drawn by the seed; "all" is each in turn

strace lets the Nth pwrite64, fdatasync, fsync, ftruncate or write of a process fail with EIO or ENOSPC, once
or for a while. Meanwhile a coordinator and two people sign in, ask, offer, are listed, choose, agree, log a
contact, read it, stop sharing and start again. Whoever is told of a failure, in a plain sentence, sends the
very same form again. At the end all of it must be there exactly once, and `beenthere check` find nothing.
"""
import http.client
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scenario"))
from browser import Problem, Program, Visitor, run  # noqa: E402
from main_job import both_agree, log_contact, walk_together  # noqa: E402

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "write")
ERRORS = ("EIO", "ENOSPC")
WHILE = 6  # calls for which the disk stays full
GIVE_UP_S = 30
LINE = "We laughed about the same thing."
PLAIN = re.compile(r"try again in a moment|Please try again in a minute|Intente de nuevo", re.I)
FOLDER = re.escape(tempfile.gettempdir())
LEAKS = re.compile(r"sqlite|SQL|disk I/O|errno|No space|pwrite|" + FOLDER, re.I)

seen = {"answers": 0, "failures": 0}


def stubborn(ask_once):
    """A visitor's ask() that sends again what failed, as a person does."""
    def ask(visitor, method, path, body=None, headers=None):
        end = time.monotonic() + GIVE_UP_S
        while True:
            try:
                status, fields, content = ask_once(visitor, method, path, body, headers)
            except (OSError, http.client.HTTPException):
                status, fields, content = 0, {}, ""  # a worker died; its successor answers
            seen["answers"] += 1
            if 0 < status < 500:
                return status, fields, content
            seen["failures"] += 1
            if status >= 500 and (not PLAIN.search(content) or LEAKS.search(content)):
                raise Problem(f"{method} {path} was answered {status}, in no plain words: {content[:1500]}")
            if time.monotonic() > end:
                raise Problem(f"{method} {path} was answered {status} for {GIVE_UP_S} s")
            time.sleep(0.02)
    return ask


class Faulty(Program):
    """A program on a copy of prepared data, under strace."""

    def __init__(self, binary, prepared):
        self.inject = None
        super().__init__(binary, workers=1, init=None)
        shutil.copytree(prepared, self.data)

    def start(self):
        traced = ["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-o", os.path.join(self.folder, "trace"),
                  *self.inject]
        log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen([*traced, self.binary, "serve", *self.where, "--listen", self.listen,
                                         "--workers", "1"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait(30)
        return self

    def trace(self):
        with open(os.path.join(self.folder, "trace"), encoding="utf-8", errors="replace") as file:
            return file.read()


def story(program):
    """What is done while the disk fails."""
    cast, fay, gus, match, request, _ = walk_together(program)
    both_agree(match, fay, gus)
    log_contact(gus, match, LINE)
    fay.go(f"/match/{match}").need(LINE)
    cast.coordinator.go(f"/request/{request}/work")
    # Stops sharing with Gus, and starts again.
    page = fay.go("/sharing")
    fay.send(next(form for form in page.forms if form.action.endswith("/stop")))
    page = fay.go("/sharing")
    fay.send(next(form for form in page.forms if form.action.endswith("/start")))
    fay.go("/sharing").need("Gus", "River")


def once_each(program):
    """Everything that was done, exactly once."""
    for what, sql in (("Fay", "SELECT count(*) FROM person WHERE called = 'Fay'"),
                      ("Gus", "SELECT count(*) FROM person WHERE called = 'Gus'"),
                      ("the match", "SELECT count(*) FROM match"),
                      ("the offer", "SELECT count(*) FROM offer"),
                      ("the contact", "SELECT count(*) FROM contact"),
                      ("both agreed", "SELECT count(*) FROM match WHERE receiver_agreed_at > 0 AND "
                                      "giver_agreed_at > 0")):
        found = program.rows(sql)
        if found != [("1",)]:
            raise Problem(f"{what}: {found}, not once")


def start_in_the_end(program):
    """A program that cannot open its data says so in one sentence and ends; systemd would start it again."""
    try:
        program.start()
    except Problem:
        said = program.log().strip().splitlines()[-1]
        if program.process.poll() != 1 or not said.startswith("beenthere serve: "):
            raise
        seen["failures"] += 1
        program.inject = ["-e", "trace=none"]
        program.start()


def one_fault(binary, prepared, call, error, when):
    program = Faulty(binary, prepared)
    program.inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
    try:
        start_in_the_end(program)
        story(program)
        program.stop()
        hits = program.trace().count("(INJECTED)")
        said = program.command("check", check=False)
        if "all is well" not in said:
            raise Problem(f"beenthere check: {said}")
        once_each(program)
        return hits
    finally:
        program.close()


def counts(binary, prepared):
    """How often each call is made by the process that makes it most, without any fault."""
    program = Faulty(binary, prepared)
    program.inject = ["-e", "trace=" + ",".join(CALLS)]
    try:
        program.start()
        story(program)
        program.stop()
        once_each(program)
        found = {}
        for pid, call in re.findall(r"^(\d+) +(\w+)\(", program.trace(), re.M):
            found[call, pid] = found.get((call, pid), 0) + 1
        return {call: max((count for (name, _), count in found.items() if name == call), default=0)
                for call in CALLS}
    finally:
        program.close()


def faults(binary, prepared, wanted, chance):
    most = counts(binary, prepared)
    print(f"# calls of one process: {most}")
    every = [(call, error, f"{nth}{more}") for call in CALLS for error in ERRORS
             for nth in range(1, most[call] + 1) for more in ("", f"..{nth + WHILE}")]
    if wanted != "all":
        # The same share of each call, so that the rare ones are looked at as well.
        chosen = []
        for number in range(int(wanted)):
            of_call = [one for one in every if one[0] == CALLS[number % len(CALLS)]]
            chosen += [chance.choice(of_call)] if of_call else []
        every = chosen
    hits = 0
    problems = []
    for call, error, when in every:
        try:
            hits += one_fault(binary, prepared, call, error, when)
        except Problem as problem:  # the others are wanted as well: a whole run takes hours
            problems.append(f"{call} failed with {error} at {when}: {problem}")
            print(f"# {problems[-1]}", flush=True)
    print(f"# {len(every)} faults, {hits} calls failed, {seen['failures']} of {seen['answers']} answers were "
          "that it failed")
    if problems:
        raise Problem(f"{len(problems)} of {len(every)} faults, the first: {problems[0]}")
    if hits == 0 or seen["failures"] == 0:
        raise Problem("nothing failed, so nothing is shown")


def main():
    binary = sys.argv[1]
    wanted = sys.argv[2] if len(sys.argv) > 2 else "10"
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    print(f"# seed {seed}")
    Visitor.ask = stubborn(Visitor.ask)
    prepared = Program(binary)
    try:
        # What init wrote is linked once: it must not be found waiting later in a run that takes hours.
        prepared.start()
        prepared.stop()
        return run([(f"{wanted} faults of the disk", faults)], binary, prepared.data, wanted,
                   random.Random(seed))
    finally:
        prepared.close()


if __name__ == "__main__":
    sys.exit(main())
