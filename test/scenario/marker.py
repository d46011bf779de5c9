#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What people write is nowhere in the open: marker.py PROGRAM

Other scenarios are played with a word of its own behind everything that anybody writes. Then things go wrong
on purpose: forms too long, addresses with the word in them, broken requests, a database that lets nobody in,
processes that crash, a mail server that refuses. After all of it neither that word nor any address is in the
log, in the database or its write-ahead log, on the page of metrics, in an address, in a mail (but whom it
goes to), in a backup, or in what a crash leaves.
"""
import contextlib
import email
import functools
import glob
import http.client
import io
import os
import re
import runpy
import signal
import socket
import sqlite3
import subprocess
import sys
import time

from aiosmtpd.controller import Controller

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from browser import Problem, Program, Visitor, engine_wanted, free_port, run  # noqa: E402

WORD = "zqxwords"
ADDRESS = "@example.org"  # every mailbox of the scenarios
PLAYED = ("main_job.py", "walk.py", "notes.py", "own.py", "goodbye.py", "gathering.py", "hard.py",
          "meetings.py", "no_signal.py", "safety.py", "sharing.py", "handover.py", "young.py",
          "signatures.py")
# Words are sealed before they meet a database, whichever it is. On PostgreSQL the first of them show what its
# dump and its errors hold, and all of them when there is time: each takes it six times as long as SQLite.
PLAYED_SHORT = PLAYED[:4]
# What a supporter tells families is published, and so is the law behind a rule; a program's own words are
# everybody's.
PUBLISHED = {"about", "headings", "source"}
LEFT = PUBLISHED | {"why"}  # left empty by a scenario to see that it is asked for
WORDS = {"when", "place"}  # in one line
# Sealed, and not there at the end of these scenarios: codes of apps, spreadsheets, and what the answer to an
# invitation empties.
ELSEWHERE = {"authenticator.secret", "import_batch.content", "import_row.original", "import_row.unparsed",
             "invitation.words"}


class Inbox:
    """Refuses all mail while a scenario is played, so that it waits in the queue as well."""

    def __init__(self):
        self.messages = []
        self.refuses = True

    async def handle_DATA(self, _server, _session, envelope):
        if self.refuses:
            return "451 not now"
        self.messages.append(envelope.content)
        return "250 taken"


inbox = Inbox()
smtp_port = free_port()
programs = []
written = set()
seen = {"words": 0, "files": 0, "bytes": 0}


# ---- while they play

def marked(value):
    return f"{value} {WORD}" if isinstance(value, str) and value.strip() else value


def with_word(pairs_of):
    def pairs(visitor, form, values, button=None):
        areas = {field.name: field.value for field in form.fields
                 if field.kind == "textarea" or field.name in WORDS}
        empty = {name: WORD for name in set(areas) - set(values) - LEFT if not areas[name]}
        told = {name: marked(value) if name in set(areas) - PUBLISHED else value
                for name, value in {**empty, **values}.items()}
        seen["words"] += sum(WORD in value for value in told.values() if isinstance(value, str))
        return pairs_of(visitor, form, told, button)
    return pairs


def with_plain_addresses(ask_once):
    def ask(visitor, method, path, body=None, headers=None):
        status, fields, content = ask_once(visitor, method, path, body, headers)
        for address in (path, fields.get("location", "")):
            must_not_hold("an address", address.encode())
        return status, fields, content
    return ask


def with_mail(start_it):
    def start(program):
        if program not in programs:
            programs.append(program)
            program.flags = program.flags + ["--smtp", f"smtp://127.0.0.1:{smtp_port}",
                                             "--mail-from", "hello@beenthere.test"]
        return start_it(program)
    return start


def with_a_look(stop_it):
    def stop(program):
        if program.process is not None and program.process.poll() is None:
            count_columns(program)
            go_wrong(program)
            look(program)
            stop_it(program)
            look(program)
    return stop


# ---- going wrong

def quietly(work, *arguments):
    """What fails here is not what this is about."""
    with contextlib.suppress(Problem, OSError, http.client.HTTPException):
        work(*arguments)


def post_words(program):
    visitor = Visitor(program)
    visitor.go("/ask/river/need")
    visitor.answer_question("need", {"need": WORD})
    visitor.go("/ask/river/need")
    visitor.send(visitor.page.form(action="/need$"), {"need": f"{WORD} " * 2000}, wanted=422)


def broken_request(program, start):
    with socket.create_connection(("127.0.0.1", program.port), timeout=5) as line:
        line.sendall(start)
        line.settimeout(5)
        line.recv(10000)


def locked_out(program):
    """The database lets nobody write, or ends every connection, while words are on their way. Once is enough:
    whoever waits for a locked SQLite is told so after ten seconds, and says the same in every scenario."""
    if program != programs[0]:
        return
    if program.database:
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() " \
              "AND pid <> pg_backend_pid()"
        for _ in range(3):
            subprocess.run(["psql", "-q", program.where[-1], "-c", end], check=True, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL)
            quietly(post_words, program)
        return
    lock = sqlite3.connect(f"{program.data}/beenthere.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    quietly(post_words, program)  # waits ten seconds, and is told so
    lock.execute("ROLLBACK")
    lock.close()


def crashes(program):
    before = set(cores(program))
    for pid in program.children():
        quietly(os.kill, pid, signal.SIGSEGV)
        quietly(post_words, program)
    program.wait()
    if set(cores(program)) - before:
        raise Problem(f"a crash leaves {set(cores(program)) - before}")


def cores(program):
    """Where a kernel would put what was in a process's memory."""
    with open("/proc/sys/kernel/core_pattern", encoding="ascii") as file:
        named = os.path.dirname(file.read().strip().lstrip("|"))
    return [path for folder in (os.getcwd(), program.folder, program.data, named or ".")
            for path in glob.glob(os.path.join(folder, "core*")) if os.path.isfile(path)]


def go_wrong(program):
    for path in (f"/request/{WORD}", f"/{WORD}", f"/?{WORD}=fay{ADDRESS}", f"/sign-in/link/{WORD}"):
        quietly(lambda wanted=path: ask_once(Visitor(program), "GET", wanted))
    for start in (f"GET /{WORD}\r\n\r\n", f"{WORD} / HTTP/1.1\r\nHost: {WORD}\r\n\r\n",
                  f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nContent-Length: 8\r\n\r\n{WORD}",
                  f"GET / HTTP/1.1\r\nHost: x\r\nCookie: {WORD}\r\nX-{WORD}: fay{ADDRESS}\r\n{WORD}\r\n\r\n"):
        quietly(broken_request, program, start.encode())
    quietly(post_words, program)
    locked_out(program)
    crashes(program)
    inbox.refuses = False
    for name in ("fay", "ana", "kim"):
        quietly(sign_in_by_code, program, f"{name}{ADDRESS}")
    end = time.monotonic() + 20
    while not inbox.messages and time.monotonic() < end:
        time.sleep(0.1)
    inbox.refuses = True


def sign_in_by_code(program, mail):
    visitor = Visitor(program)
    visitor.go("/sign-in")
    visitor.send(visitor.page.form(field="mail"), {"mail": mail})


# ---- looking

def must_not_hold(where, content, but=()):
    for mark in (WORD, ADDRESS):
        for form in (mark.encode(), mark.encode().hex().encode(), mark.replace("@", "%40").encode()):
            if mark not in but and form in content:
                at = content.index(form)
                raise Problem(f"{where} holds {form.decode()}: {content[max(0, at - 300):at + 100]!r}")
    seen["files"] += 1
    seen["bytes"] += len(content)


def count_columns(program):
    """Which sealed columns hold something: else it would be no wonder that nothing is found."""
    held = [f"SELECT '{column}' WHERE EXISTS (SELECT 1 FROM {table} WHERE length({name}) > 0)"
            for column in sealed_columns() for table, name in [column.split(".")]]
    written.update(column for column, in program.rows(" UNION ALL ".join(held)))


def sealed_columns():
    found = set()
    for path in glob.glob(os.path.join(HERE, "..", "..", "src", "schema", "*.sql")):
        table = ""
        with open(path, encoding="utf-8") as file:
            for line in file:
                named = re.match(r"(?:CREATE|ALTER) TABLE (\w+)", line)
                table = named[1] if named else table
                column = re.match(r"(?:.*ADD COLUMN|) *(\w+) BLOB[^-]*-- sealed\b", line)
                if column:
                    found.add(f"{table}.{column[1]}")
    return found


def look(program):
    for folder, _, names in os.walk(program.folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError), open(os.path.join(folder, name), "rb") as file:
                must_not_hold(name, file.read())
    if program.database:
        dump = subprocess.run(["pg_dump", program.where[-1]], check=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE).stdout
        must_not_hold("the database", dump)
    if program.process.poll() is None:
        must_not_hold("the metrics", ask_once(Visitor(program), "GET", "/metrics")[2].encode())
        out = os.path.join(program.folder, "out")
        if not os.path.exists(out):
            os.mkdir(out)
            subprocess.run([program.binary, "backup-key", "--data", program.data, "--to", out + ".key"],
                           check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        program.command("backup", "--to", out)
    for content in inbox.messages:
        message = email.message_from_bytes(content)
        must_not_hold("a mail's subject", str(message["subject"]).encode())
        must_not_hold("a mail", content, but=(ADDRESS,))


# ---- all of it

def play(name, binary):
    """Ends as the scenario does; its own lines are shown when it goes wrong."""
    said = io.StringIO()
    sys.argv = [name, binary]
    status = 1
    with contextlib.redirect_stdout(said):
        try:
            runpy.run_path(os.path.join(HERE, name), run_name="__main__")
        except SystemExit as end:
            status = end.code
    if status:
        raise Problem(f"{name}: {said.getvalue()[-3000:]}")


def everything_was_written(is_all):
    missing = sealed_columns() - written - ELSEWHERE
    if missing and is_all or len(written) < 15:
        raise Problem(f"nobody wrote {sorted(missing)}")
    if not inbox.messages or seen["words"] < 30:
        raise Problem(f"{len(inbox.messages)} mails, {seen['words']} texts: that shows nothing")
    print(f"# {seen['words']} texts into {len(written)} sealed columns, {len(inbox.messages)} mails; "
          f"{seen['files']} places of {seen['bytes'] >> 20} MiB looked at")


ask_once = Visitor.ask


def main():
    engine = engine_wanted()
    binary = os.path.abspath(sys.argv[1])
    Visitor.pairs = with_word(Visitor.pairs)
    Visitor.ask = with_plain_addresses(Visitor.ask)
    Program.start = with_mail(Program.start)
    Program.stop = with_a_look(Program.stop)
    server = Controller(inbox, hostname="127.0.0.1", port=smtp_port)
    server.start()
    is_all = engine == "sqlite" or bool(os.environ.get("BEENTHERE_TEST_LONG"))
    try:
        played = [(f"{name[:-3]} on {engine}, and no word of it in the open",
                   functools.partial(play, name, binary)) for name in (PLAYED if is_all else PLAYED_SHORT)]
        found = functools.partial(everything_was_written, is_all)
        return run(played + [("all of it was there to be found", found)])
    finally:
        server.stop()
        for program in programs:
            program.close()


if __name__ == "__main__":
    sys.exit(main())
