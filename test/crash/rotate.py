#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Rotating the keys on bad days, while people read: killed, on a full disk, two at once, with half a file.

usage: rotate.py PROGRAM [SPOTS] [SEED]      SPOTS: how many writes of each kind, drawn by the seed, or "all"

strace ends `beenthere rotate` at its Nth write, or lets that write fail with ENOSPC. Each time: one sentence
(or none, of the dead), `beenthere check` finds nothing, the next `rotate` finishes, and a family that reads
its own words all the while never sees an error, nor other words.
"""
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scenario"))
from browser import Problem, Program, Visitor, engine_wanted, run  # noqa: E402

FILE_CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink")
KILL_CALLS = FILE_CALLS + ("sendto",)  # to PostgreSQL
COMMANDS = (("rotate",), ("rotate", "--drop-old"))

WAITS_MOST = 3


class Reader(threading.Thread):
    """Somebody who reads the same sealed words again and again."""

    def __init__(self, program):
        super().__init__(daemon=True)
        with open(os.path.join(program.data, "demo-people.txt"), encoding="utf-8") as file:
            people = dict(line.split("\t") for line in file.read().splitlines())
        self.visitor = Visitor(program)
        self.visitor.sign_in(people["family"])
        self.path = self.visitor.page.link("^/request/")
        self.words = self.visitor.go(self.path).words
        self.ends = False
        self.reads = 0
        self.waits = 0  # told to try again in a moment: a loaded machine can keep the database that long
        self.problem = None

    def run(self):
        try:
            while not self.ends:
                page = self.visitor.go(self.path, wanted=None)
                if page.status == 503 and self.waits < WAITS_MOST:
                    self.waits += 1
                elif page.words != self.words:
                    raise Problem(f"{self.path} is {page.status} and says something else: {page.words[:500]}")
                self.reads += 1
                time.sleep(0.01)
        except Exception as problem:  # told by the main thread
            self.problem = problem

    def fine(self):
        if self.problem:
            raise self.problem
        if not self.words:
            raise Problem("there is nothing to read")

    def end(self):
        self.ends = True
        self.join()
        self.fine()


def traced(program, command, *inject):
    """Runs it under strace; (status, what it said, the calls it made)."""
    trace = os.path.join(program.folder, "trace")
    done = subprocess.run(["strace", "-f", "-qq", "-o", trace, *inject, program.binary, command[0],
                           *program.where, *command[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    with open(trace, encoding="utf-8", errors="replace") as file:
        return done.returncode, done.stderr.decode(), file.read()


def is_ours(line, program):
    """A call that writes something of ours, and not what the loader opens."""
    return "openat(" not in line or (program.data in line and "O_CREAT" in line)


def counts(program, command):
    """At which of its calls each kind writes something, without any fault."""
    status, said, trace = traced(program, command, "-e", "trace=" + ",".join(KILL_CALLS))
    if status != 0:
        raise Problem(f"{command}: {status} {said}")
    found = {call: [] for call in KILL_CALLS}
    seen = dict.fromkeys(KILL_CALLS, 0)
    for line in trace.splitlines():
        call = re.match(r"\d+ +(\w+)\(", line)
        if call and call[1] in seen:
            seen[call[1]] += 1
            if is_ours(line, program):
                found[call[1]].append(seen[call[1]])
    return found


def generations(program):
    return [int(number) for (number,) in program.rows("SELECT DISTINCT generation FROM person_key")]


def well(program, reader, what):
    """Nothing is lost: everything opens, and what was broken off is finished by the next one."""
    reader.fine()
    for command in (("check",), ("rotate",), ("rotate", "--drop-old"), ("check",)):
        said = program.command(*command, check=False)
        if command[0] == "check" and "all is well" not in said or "beenthere " in said:
            raise Problem(f"{what}, then {command}: {said}")
    if len(generations(program)) != 1:
        raise Problem(f"{what}: keys of generations {generations(program)} after the next rotation")
    if program.rows("SELECT count(*) FROM key_check") != [("1",)] or \
            program.rows("SELECT count(*) FROM person_key_past") != [("0",)]:
        raise Problem(f"{what}: older generations are still noted")
    reader.fine()


def strike(program, reader, command, call, nth, fault):
    what = f"{' '.join(command)}, {call} {nth}: {fault}"
    status, said, _ = traced(program, command, "-e", f"trace={call}",
                             "-e", f"inject={call}:{fault}:when={nth}")
    if "KILL" in fault:
        # 0: SQLite wrote fewer pages than when they were counted, and this call did not come.
        if status not in (0, -9, 137):
            raise Problem(f"{what}: it ended with {status}: {said}")
    elif status != 0 and (not said.startswith("beenthere rotate: ") or said.count("\n") != 1):
        raise Problem(f"{what}: {status}, and not one sentence: {said}")
    well(program, reader, what)
    return status != 0


def spots(places, wanted, chance):
    if wanted == "all" or len(places) <= int(wanted):
        return places
    return sorted(chance.sample(places, int(wanted)))


def broken_off(program, reader, wanted, chance):
    struck = {"error=ENOSPC": 0, "signal=KILL": 0}
    tried = dict.fromkeys(struck, 0)
    for command in COMMANDS:
        found = counts(program, command)
        for fault, calls in (("error=ENOSPC", FILE_CALLS), ("signal=KILL", KILL_CALLS)):
            for call in calls:
                for nth in spots(found[call], wanted, chance):
                    struck[fault] += strike(program, reader, command, call, nth, fault)
                    tried[fault] += 1
    print(f"# {sum(tried.values())} times broken off,"
          f" {struck['error=ENOSPC']} told, {struck['signal=KILL']} killed, "
          f"{reader.reads} pages read, {reader.waits} times told to wait")
    if struck["error=ENOSPC"] == 0 or struck["signal=KILL"] < tried["signal=KILL"] / 2:
        raise Problem("too little failed for this to show anything")


def two_at_once(program, reader):
    """One folder: the second is told, or comes when the first is done."""
    for _ in range(6):
        both = [subprocess.Popen([program.binary, "rotate", *program.where], stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
        said = [process.communicate()[1].decode() for process in both]
        statuses = [process.returncode for process in both]
        for status, words in zip(statuses, said):
            if status != 0 and "somebody else is rotating the keys right now" not in words:
                raise Problem(f"two at once: {statuses} {said}")
        if 0 not in statuses:
            raise Problem(f"two at once: {said}")
    well(program, reader, "two at once")


def two_copies(program, reader):
    """Two folders with a copy of the key file each, one database: one wins, the other has changed nothing."""
    other = os.path.join(program.folder, "other")
    where = program.where[2:] if program.database else ["--database", f"sqlite:{program.data}/beenthere.db"]
    told = 0
    for _ in range(6):
        shutil.rmtree(other, ignore_errors=True)
        os.mkdir(other, 0o700)
        for name in ("keys", "secret.key"):
            shutil.copy(os.path.join(program.data, name), other)
        before = keys_of(other)
        both = [subprocess.Popen([program.binary, "rotate", "--data", data, *rest], stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                for data, rest in ((program.data, program.where[2:]), (other, where))]
        said = [process.communicate()[1].decode() for process in both]
        lost = [index for index in range(2) if both[index].returncode != 0]
        if len(lost) != 1 or not re.search("somebody else has just begun|is not the one of this database",
                                           said[lost[0]]):
            raise Problem(f"two copies: {said}")
        told += "somebody else" in said[lost[0]]
        if lost == [0]:  # the other's file is the right one now, as the sentence says
            shutil.copy(os.path.join(other, "keys"), os.path.join(program.data, "keys.copied"))
            os.rename(os.path.join(program.data, "keys.copied"), os.path.join(program.data, "keys"))
        elif keys_of(other) != before:
            raise Problem("the one that lost has changed its key file")
    print(f"# {told} of 6 met in the database")
    time.sleep(2)  # until the workers have looked at the file again
    well(program, reader, "two copies")


def keys_of(data):
    with open(os.path.join(data, "keys"), "rb") as file:
        return file.read()


def half_a_file(program, reader):
    """The file is cut, or gone, under running workers: they go on, and every command says what to do."""
    path = os.path.join(program.data, "keys")
    whole = keys_of(program.data)
    for content, part in ((whole[:len(whole) // 2], "is damaged"), (b"", "is no key file"),
                          (None, "is missing")):
        os.remove(path)
        if content is not None:
            with open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(content)
        for command in ("rotate", "check", "serve"):
            said = program.command(command, check=False)
            if part not in said or "Copy it back" not in said or said.count("\n") != 1:
                raise Problem(f"{command} with half a file: {said}")
        reads = reader.reads
        time.sleep(1.5)
        reader.fine()
        if reader.reads <= reads:
            raise Problem("nobody can read meanwhile")
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(whole)
    well(program, reader, "half a file")


def all_of_it(binary, wanted, chance):
    program = Program(binary, engine_wanted(), demo="small")
    try:
        program.start()
        reader = Reader(program)
        reader.start()
        broken_off(program, reader, wanted, chance)
        two_at_once(program, reader)
        two_copies(program, reader)
        half_a_file(program, reader)
        reader.end()
        if re.search(r" status=5|event=process_died", program.log()):
            raise Problem("something failed for visitors: " + program.log()[-2000:])
    finally:
        program.close()


def main():
    wanted = sys.argv[2] if len(sys.argv) > 2 else "3"
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    print(f"# seed {seed}")
    return run([("rotation broken off while people read", all_of_it)], os.path.abspath(sys.argv[1]), wanted,
               random.Random(seed))


if __name__ == "__main__":
    sys.exit(main())
