#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What sealing, backups, the sandbox and hardening cost, on county data; writes doc/sealing-figures.md.

Started by script/bench --sealing. Pages are counted in instructions under callgrind, which other work on the
machine does not change: opening is all that happens below db_opened(), finding the persons' keys among it.
Backups and starts are measured in turns with what they are compared with, in CPU seconds of the processes.
"""
import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "test/scenario"))
sys.path.insert(0, os.path.join(ROOT, "test/bench"))
from bench import mails, pages, cookie_of, first_link, Page  # noqa: E402
from browser import POSTGRES, Program, Visitor, postgres_drop, postgres_make  # noqa: E402

TIMES = 100  # each page


class Counted(Program):
    """One worker under callgrind, on the folder of another program; counted is what answers a request."""

    def __init__(self, binary, data):
        super().__init__(binary, init=None)
        os.symlink(data, self.data)

    def start(self):
        command = ["valgrind", "-q", "--tool=callgrind", "--toggle-collect=boundary_answer",
                   f"--callgrind-out-file={self.folder}/counted.%p", self.binary, "serve", *self.where,
                   "--listen", self.listen, "--workers", "1"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=open(os.path.join(self.folder, "log"), "ab"),
                                        env={**os.environ, "BEENTHERE_SANDBOX": "off"})
        self.wait(120)
        return self

    def counted(self):
        """After it has ended: instructions (all, those of opening) of the process that answered."""
        return max(annotated(os.path.join(self.folder, name)) for name in os.listdir(self.folder)
                   if name.startswith("counted."))


def annotated(path):
    done = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", path], check=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    said = done.stdout.decode()
    total = re.search(r"^ *([\d,]+)[^\n]*PROGRAM TOTALS", said, re.M)
    opened = re.search(r"^ *([\d,]+) [^\n]*:db_opened\b", said, re.M)
    return [int(found[1].replace(",", "")) if found else 0 for found in (total, opened)]


def page_cost(binary, data, page):
    program = Counted(binary, data)
    try:
        program.start()
        visitor = Visitor(program)
        for _ in range(TIMES):
            status, _, _ = visitor.ask("GET", page.path, headers={"Cookie": page.cookie})
            if status != 200:
                raise SystemExit(f"bench: {page.path} is answered {status}")
        program.stop()
        return program.counted()
    finally:
        program.close()


def page_line(binary, plain, data, page):
    total, opened = page_cost(binary, data, page)
    bare, _ = page_cost(plain, data, page)
    line = f"| {page.name} | {total / TIMES / 1000:,.0f} | {opened / TIMES / 1000:,.1f} | " \
           f"{opened / total:.1%} | {opened / (total - opened):.1%} | {bare / TIMES / 1000:,.0f} | " \
           f"{total / bare - 1:.1%} |"
    print(line, flush=True)
    return line


def page_costs(binary, plain, data):
    """The pages are found with the program as it is; the sessions lie in the folder."""
    program = Program(binary, init=None)
    os.symlink(data, program.data)
    try:
        program.start()
        found = [*pages(program)[1:], *read_by_families(program)]
    finally:
        program.close()
    return [page_line(binary, plain, data, page) for page in found]


def read_by_families(program):
    visitor = Visitor(program)
    visitor.sign_in(mails(program)["family"])
    path = first_link(r"^/request/\w+$", "/me")(visitor)
    return [Page("a family's request", path, cookie_of(visitor), 0)]


# ---- backups

def cpu_of(command):
    """Runs it to its end; CPU seconds of it and all that it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - began


def peers(data, folder, url):
    """As one would do without us: copied, compressed, encrypted under a key."""
    encrypt = "openssl enc -chacha20 -pass pass:x -pbkdf2"
    dump = f"pg_dump -Fc '{url}' | {encrypt} > {folder}/dump"
    copy = (f"sqlite3 {data}/beenthere.db '.backup {folder}/copy' && zstd -q -3 -f {folder}/copy -o "
            f"{folder}/copy.zst && {encrypt} -in {folder}/copy.zst -out {folder}/peer")
    back = (f"openssl enc -d -chacha20 -pass pass:x -pbkdf2 -in {folder}/peer | zstd -q -d -f -o "
            f"{folder}/back && sqlite3 {folder}/back 'PRAGMA integrity_check'")
    return {"dump": dump, "copy": copy, "back": back}


def backups(binary, data, rounds):
    folder = tempfile.mkdtemp(prefix="beenthere-bench-")
    name = f"beenthere_bench_{os.getpid()}"
    url = postgres_make(name) if POSTGRES else ""
    try:
        key = os.path.join(folder, "key")
        ours = os.path.join(folder, "ours")
        os.mkdir(ours)
        first = os.path.join(ours, "first")
        cpu_of([binary, "backup-key", "--data", data, "--to", key])
        cpu_of([binary, "backup", "--data", data, "--to", first])
        if url:
            cpu_of([binary, "restore", "--data", os.path.join(folder, "onpg"), "--database", url,
                    "--from", first, "--key", key])
        told = peers(data, folder, url)
        done = {}
        for number in range(rounds):
            into = os.path.join(folder, f"restored{number}")
            every = {"our backup": [binary, "backup", "--data", data, "--to", f"{ours}/b{number}"],
                     "sqlite3 .backup, zstd, openssl": ["sh", "-c", told["copy"]],
                     "our restore": [binary, "restore", "--data", into, "--from", first, "--key", key],
                     "openssl, zstd, integrity_check": ["sh", "-c", told["back"]]}
            if url:
                every["pg_dump -Fc, openssl"] = ["sh", "-c", told["dump"]]
            for what, command in every.items():
                done.setdefault(what, []).append(cpu_of(command))
            shutil.rmtree(into)
        sizes = {"our backup": first, "sqlite3 .backup, zstd, openssl": os.path.join(folder, "peer"),
                 "pg_dump -Fc, openssl": os.path.join(folder, "dump")}
        return [f"| {what} | {statistics.median(one[0] for one in runs):.2f} | "
                f"{statistics.median(one[1] for one in runs):.2f} | "
                + (f"{os.path.getsize(sizes[what]) / 2**20:.2f} |" if what in sizes else "|")
                for what, runs in done.items()]
    finally:
        if url:
            postgres_drop(name)
        shutil.rmtree(folder, ignore_errors=True)


# ---- the start

def start_costs(binary, rounds):
    """Milliseconds to the first answer, with and without the sandbox, in turns."""
    program = Program(binary)
    took = {"on": [], "off": []}
    try:
        for _ in range(rounds * 5):
            for how, times in took.items():
                os.environ.pop("BEENTHERE_SANDBOX", None)
                if how == "off":
                    os.environ["BEENTHERE_SANDBOX"] = "off"
                began = time.monotonic()
                program.start()
                times.append((time.monotonic() - began) * 1000)
                program.stop()
    finally:
        os.environ.pop("BEENTHERE_SANDBOX", None)
        program.close()
    return [f"| with the sandbox | {statistics.median(took['on']):.1f} | {min(took['on']):.1f} |",
            f"| without | {statistics.median(took['off']):.1f} | {min(took['off']):.1f} |"]


TEXT = """# What sealing, backups, the sandbox and hardening cost

Made by `script/bench --sealing` on {day}, on county data (2,000 families, 300 supporters), load {load:.1f}
from other work when it began.

## Pages

Counted under callgrind in the worker, which other work does not change: each page {times} times from a
worker's start, thousands of instructions a page below `boundary_answer()`. Neither the HTTP library's nor
the kernel's are among them, so that the shares are higher than of all CPU. Opening is all below
`db_opened()`: finding the key, and XChaCha20-Poly1305; "more" is what the page costs more than with opening
left out. Hardening is what the compiler adds to our own code (stack protector, stack clash protection,
control flow, zeroed variables, fortified calls).

| page | instructions | of opening | share | more | without hardening | hardening adds |
|---|---|---|---|---|---|---|
{pages}

## Backups

Medians of {rounds} rounds in turns; CPU seconds are of all processes of the command, but not of a server.
Ours reads each backup back, restores it to a scratch place, opens every value and verifies the audit before
it gets its name; and restoring ends with the same. The others do none of that, but for SQLite's own check
where it stands. openssl stands in for a tool that encrypts to a public key.

| | CPU s | s | MiB |
|---|---|---|---|
{backups}

## The start

Milliseconds from the start of the process to the first answer of two workers, in turns.

| | median | least |
|---|---|---|
{starts}
"""


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("plain", help="the same without hardening")
    options.add_argument("--rounds", type=int, default=5)
    options = options.parse_args()
    binary = os.path.abspath(options.binary)
    load = os.getloadavg()[0]
    folder = tempfile.mkdtemp(prefix="beenthere-county-")
    try:
        data = os.path.join(folder, "data")
        subprocess.run([binary, "demo", "--data", data, "--scale", "county", "--seed", "1"], check=True,
                       stdout=subprocess.DEVNULL)
        text = TEXT.format(day=time.strftime("%Y-%m-%d"), load=load, times=TIMES, rounds=options.rounds,
                           pages="\n".join(page_costs(binary, os.path.abspath(options.plain), data)),
                           backups="\n".join(backups(binary, data, options.rounds)),
                           starts="\n".join(start_costs(binary, options.rounds)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    with open(os.path.join(ROOT, "doc/sealing-figures.md"), "w", encoding="utf-8") as file:
        file.write(text)
    print(text)


if __name__ == "__main__":
    main()
