#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Backup, restore and drill from the command line, on bad days too.

usage: backup.py PROGRAM

What is restored, on either engine, is row for row what was there at one moment, while visitors went on
writing. kill -9 and a full disk leave either nothing or a whole backup, and nothing or a whole program.
"""
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "scenario"))
sys.path.insert(0, os.path.join(HERE, "..", "crash"))
from browser import (POSTGRES, Problem, Program, Visitor, engine_wanted, hold, postgres_drop,  # noqa: E402
                     postgres_make, run, signed_in)
from kill import calls  # noqa: E402

POSTS = 1000
KILLS = 12


class Place:
    """Where a backup is restored to: a folder, and on PostgreSQL a database."""

    def __init__(self, program, engine):
        self.binary = program.binary
        self.folder = tempfile.mkdtemp(prefix="beenthere-restore-")
        self.data = os.path.join(self.folder, "data")
        self.database = None
        self.where = ["--data", self.data]
        if engine == "postgres":
            self.database = f"beenthere_restore_{os.getpid()}_{int(time.time() * 1000000) % 100000000}"
            self.where += ["--database", postgres_make(self.database)]

    rows = Program.rows
    command = Program.command

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.database:
            postgres_drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)


def tables(place):
    """{table: its columns}."""
    if place.database:
        found = place.rows("SELECT table_name, column_name FROM information_schema.columns "
                           "WHERE table_schema = 'public' AND table_name <> 'schema_version' "
                           "ORDER BY ordinal_position")
    else:
        found = place.rows("SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
                           "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY c.cid")
    columns = {}
    for table, column in found:
        columns.setdefault(table, []).append(column)
    return columns


def cell(value):
    """Bytes as PostgreSQL writes them."""
    return "\\x" + eval(value).hex() if value[:2] in ("b'", 'b"') else value  # pylint: disable=eval-used


def content(place):
    columns = tables(place)
    return {table: sorted(tuple(cell(value) for value in row)
                          for row in place.rows(f"SELECT {', '.join(names)} FROM {table}"))
            for table, names in columns.items()}


def compare(before, after):
    """The same rows, and one of the audit that says that they were restored."""
    for table in sorted(set(before) | set(after)):
        is_same = before.get(table) == after.get(table)
        if table in ("audit", "audit_new"):
            is_same = set(before[table]) < set(after[table]) and len(after[table]) == len(before[table]) + 1
        if not is_same:
            raise Problem(f"table {table}: {len(before.get(table, []))} rows before, "
                          f"{len(after.get(table, []))} after, and they differ")
    return sum(len(rows) for rows in before.values())


class Safe:
    """The office safe and the backup disk."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="beenthere-safe-")
        self.key = os.path.join(self.folder, "key")
        self.out = os.path.join(self.folder, "out")
        os.mkdir(self.out)
        said = program.command("backup-key", "--to", self.key) if not program.database else \
            subprocess.run([program.binary, "backup-key", "--data", program.data, "--to", self.key],
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True).stdout.decode()
        if "office safe" not in said or os.stat(self.key).st_mode & 0o777 != 0o600:
            raise Problem(f"backup-key: {said}")

    def files(self):
        return sorted(os.listdir(self.out))

    def backups(self):
        return [name for name in self.files() if name.endswith(".backup")]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)


def there_and_across(binary):
    """From this engine to both."""
    program = Program(binary, engine_wanted(), demo="small")
    try:
        with Safe(program) as safe:
            before = content(program)
            said = program.command("backup", "--to", safe.out)
            if "read back, restored and checked" not in said or safe.files()[0][-7:] != ".backup":
                raise Problem(said)
            for engine in ["sqlite"] + (["postgres"] if POSTGRES else []):
                with Place(program, engine) as place:
                    said = place.command("restore", "--from", safe.out, "--key", safe.key)
                    if "holds what" not in said or "all is well" not in said:
                        raise Problem(said)
                    if os.path.exists(os.path.join(place.data, "beenthere.db-wal")):
                        raise Problem("the restored database is not one file")
                    print(f"# {compare(before, content(place))} rows came back on {engine}")
                    with open(os.path.join(program.data, "secret.key"), "rb") as one, \
                            open(os.path.join(place.data, "secret.key"), "rb") as other:
                        if one.read() != other.read():
                            raise Problem("the key came back as another one")
            said = program_drill(program, safe, safe.out)
            if "this backup can be restored" not in said:
                raise Problem(said)
    finally:
        program.close()


def posted(program, count):
    """A thread that posts one form after the other; those answered so far."""
    visitor = Visitor(program)
    make = calls(visitor)
    answered = []

    def work():
        for number in range(count):
            mark = f"m{number:05}"
            path, pairs = make(mark)
            visitor.post(path, pairs, follow=False, wanted=303)
            answered.append(mark)
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread, answered


def while_people_write(binary):
    """A backup holds all that was answered before it, nothing that was sent after it, and no gap between."""
    with Program(binary, engine_wanted()) as program, Safe(program) as safe:
        thread, answered = posted(program, POSTS)
        moments = []
        while thread.is_alive():
            first = len(answered)
            path = os.path.join(safe.out, f"b{len(moments)}")
            program.command("backup", "--to", path)
            moments.append((path, first, len(answered) + 1))
            time.sleep(0.05)
        if len(answered) != POSTS or len(moments) < 2:
            raise Problem(f"{len(answered)} posts were answered, {len(moments)} backups made")
        for path, least, most in moments[:6]:
            with Place(program, "sqlite") as place:
                place.command("restore", "--from", path, "--key", safe.key)
                found = sorted(mark for (mark,)
                               in place.rows("SELECT called FROM person WHERE called LIKE 'm%'"))
                is_whole = found == [f"m{number:05}" for number in range(len(found))]
                if not is_whole or not least <= len(found) <= most:
                    raise Problem(f"{len(found)} posts in a backup made between {least} and {most}")
        print(f"# {len(moments)} backups while {POSTS} forms were posted")


def killed(command, seconds):
    """Starts it, and ends it with kill -9 after so long; True when it was still running."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    is_running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return is_running


def survives_kill(binary):
    chance = random.Random(int(os.environ.get("SEED", "7")))
    program = Program(binary, engine_wanted(), demo="small")
    try:
        with Safe(program) as safe:
            began = time.monotonic()
            program.command("backup", "--to", safe.out)
            took = time.monotonic() - began
            struck = 0
            for _ in range(KILLS):
                command = [binary, "backup", *program.where, "--to", safe.out]
                struck += killed(command, chance.uniform(0, took))
            for name in safe.backups():
                program_drill(program, safe, os.path.join(safe.out, name))
            program.command("backup", "--to", safe.out)
            if os.path.exists(os.path.join(program.data, "drill.partial")):
                raise Problem("the scratch place is still there after a backup that went well")
            with Place(program, engine_wanted()) as place:
                command = [binary, "restore", *place.where, "--from", safe.out, "--key", safe.key]
                for _ in range(KILLS):
                    struck += killed(command, chance.uniform(0, took))
                    if os.path.exists(place.data):
                        break  # it had just ended well
                if not os.path.exists(place.data):
                    place.command("restore", "--from", safe.out, "--key", safe.key)
                if "all is well" not in place.command("check"):
                    raise Problem("what was restored after kills is not well")
            print(f"# killed {struck} of {2 * KILLS} in their middle")
            if struck < KILLS // 2:
                raise Problem("too few were killed for this to prove anything")
    finally:
        program.close()


def program_drill(program, safe, path):
    command = [program.binary, "drill", *program.where, "--from", path, "--key", safe.key]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    if done.returncode != 0:
        raise Problem(f"{path}: {done.stdout.decode()}")
    return done.stdout.decode()


def limited(command, most):
    """Runs it where no file may grow larger than so much, which fails as a full disk does."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          preexec_fn=limit, check=False)  # pylint: disable=subprocess-popen-preexec-fn
    return done.returncode, done.stdout.decode()


def full_disk(binary):
    program = Program(binary, engine_wanted(), demo="small")
    try:
        with Safe(program) as safe:
            backup = [binary, "backup", *program.where, "--to", safe.out]
            for most in (0, 100, 20000, 40000):
                status, said = limited(backup, most)
                if status != 1 or not said.startswith("beenthere backup: ") or safe.files():
                    raise Problem(f"backup within {most} bytes: {status} {said} {safe.files()}")
            # The backup fits, and its drill does not.
            status, said = limited(backup, 200000)
            if status != 1 or safe.backups() or os.path.exists(os.path.join(program.data, "drill.partial")):
                raise Problem(f"drill on a full disk: {status} {said} {safe.files()}")
            program.command("backup", "--to", safe.out)
            with Place(program, "sqlite") as place:
                restore = [binary, "restore", *place.where, "--from", safe.out, "--key", safe.key]
                for most in (0, 40, 10000, 100000, 300000):
                    status, said = limited(restore, most)
                    left = os.listdir(place.folder)
                    if status != 1 or not said.startswith("beenthere restore: ") or left:
                        raise Problem(f"restore within {most} bytes: {status} {said} {left}")
                place.command("restore", "--from", safe.out, "--key", safe.key)
    finally:
        program.close()


def must_fail(binary, sentence, *arguments):
    done = subprocess.run([binary, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    said = done.stderr.decode()
    if done.returncode == 0 or sentence not in said or said.count("\n") != 1:
        raise Problem(f"{arguments}: {done.returncode} {said!r} does not say {sentence!r}")


def plain_answers(binary):
    program = Program(binary, engine_wanted(), demo="small")
    try:
        must_fail(binary, "there is no backup key yet", "backup", *program.where, "--to", "/tmp/x")
        with Safe(program) as safe, Place(program, engine_wanted()) as place:
            data = ["--data", program.data]
            other = os.path.join(safe.folder, "other")
            must_fail(binary, "is there already", "backup-key", *data, "--to", other)
            must_fail(binary, "cannot write", "backup", *program.where, "--to", "/nowhere/b")
            must_fail(binary, "needs --to", "backup", *program.where)
            program.command("backup", "--to", safe.out)
            path = os.path.join(safe.out, safe.backups()[0])
            restore = ["restore", *place.where, "--key", safe.key, "--from"]
            must_fail(binary, "needs --from", "restore", *place.where)
            must_fail(binary, "is not empty", "restore", *data, "--key", safe.key, "--from", path)
            must_fail(binary, "holds no recovery key", *restore[:-3], "--key", path, "--from", path)
            must_fail(binary, "is not a backup of beenthere", *restore, safe.key)
            wrong = os.path.join(safe.folder, "wrong")
            subprocess.run([binary, "init", "--data", wrong], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([binary, "backup-key", "--data", wrong, "--to", wrong + ".key"], check=True,
                           stdout=subprocess.DEVNULL)
            must_fail(binary, "was made for another recovery key", *restore[:-3], "--key", wrong + ".key",
                      "--from", path)
            with open(path, "rb") as file:
                whole = file.read()
            half = os.path.join(safe.folder, "half")
            shutil.copy(os.path.join(safe.out, "beenthere.keys"), safe.folder)
            with open(half, "wb") as file:
                file.write(whole[:len(whole) // 2])
            must_fail(binary, "is only a part of a backup", *restore, half)
            with open(half, "wb") as file:
                file.write(whole[:40000] + bytes([whole[40000] ^ 1]) + whole[40001:])
            must_fail(binary, "damaged", *restore, half)
            if os.path.exists(place.data) or os.path.exists(place.data + ".partial"):
                raise Problem("something was left behind")
            if place.database and tables(place):
                raise Problem(f"tables were left behind: {sorted(tables(place))}")
            place.command("restore", "--key", safe.key, "--from", path)
    finally:
        program.close()


def demo_mail(program, kind):
    with open(os.path.join(program.data, "demo-people.txt"), encoding="utf-8") as file:
        return next(line.split("\t")[1].strip() for line in file if line.startswith(kind))


def forgotten_stays_forgotten(binary):
    """A backup from before a forgetting, with the keys of after: who was forgotten is deleted there too."""
    program = Program(binary, engine_wanted(), demo="small")
    try:
        with Safe(program) as safe:
            program.command("backup", "--to", safe.out)
            path = os.path.join(safe.out, safe.backups()[0])
            people = dict(program.rows("SELECT id, called FROM person"))
            for kind in ("family", "supporter"):
                program.command("forget", "--email", demo_mail(program, kind), "--yes")
            left = dict(program.rows("SELECT id, called FROM person"))
            gone = [person for person in people if people[person] != left[person]]
            if len(gone) != 2:
                raise Problem(f"{len(gone)} people were forgotten")
            time.sleep(1)  # a backup of the same second would take the other one's name
            program.command("backup", "--to", safe.out)
            said = program_drill(program, safe, path)
            if "this backup can be restored" not in said:
                raise Problem(said)
            for engine in ["sqlite"] + (["postgres"] if POSTGRES else []):
                with Place(program, engine) as place:
                    said = place.command("restore", "--from", path, "--key", safe.key)
                    if "2 people were forgotten after this copy was made" not in said or \
                            "all is well" not in said:
                        raise Problem(said)
                    who = ", ".join(str(person) for person in gone)
                    for table, sql in (("person_key", "person"), ("contact_point", "person")):
                        if place.rows(f"SELECT 1 FROM {table} WHERE {sql} IN ({who})"):
                            raise Problem(f"{engine}: {table} still has them")
                    named = dict(place.rows(f"SELECT id, called FROM person WHERE id IN ({who})"))
                    if named != {person: left[person] for person in gone}:
                        raise Problem(f"{engine}: they are called {named}")
                    if "forgotten" in place.command("check"):
                        raise Problem("a second time there is nothing to forget")
    finally:
        program.close()


DOCUMENT = 4 * 1024 * 1024  # as large as one may be


def put_document(program, mail):
    """Puts one of bytes that nothing can be left out of; its owner, its address and the bytes."""
    visitor = signed_in(program, mail)
    content = b"%PDF-1.7\n" + random.randbytes(DOCUMENT - 9)
    visitor.go("/documents")
    visitor.send_file(visitor.page.form(action="/documents$"), "plan.pdf", content)
    (owner,), = program.rows("SELECT person FROM document ORDER BY added_at DESC LIMIT 1")
    return owner, visitor.page.link("/document/"), content


def served_from(place):
    program = Program(place.binary, init=None)
    program.where = place.where
    return program


def documents_come_back(binary):
    """Sealed files: byte for byte where they are restored, and nowhere when their person was forgotten."""
    program = Program(binary, engine_wanted(), demo="small")
    try:
        with Safe(program) as safe:
            mails = {kind: demo_mail(program, kind) for kind in ("family", "supporter")}
            program.start()
            _, kept, content = put_document(program, mails["family"])
            gone, lost, _ = put_document(program, mails["supporter"])
            program.stop()
            program.command("backup", "--to", safe.out)
            path = os.path.join(safe.out, safe.backups()[0])
            hold(os.path.getsize(path) > 2 * DOCUMENT, "both are in the backup, whole")
            program.command("forget", "--email", mails["supporter"], "--yes")
            time.sleep(1)  # as above
            program.command("backup", "--to", safe.out)
            for name in (path, os.path.join(safe.out, safe.backups()[-1])):
                for engine in ["sqlite"] + (["postgres"] if POSTGRES else []):
                    with Place(program, engine) as place:
                        said = place.command("restore", "--from", name, "--key", safe.key)
                        hold("all is well" in said, said)
                        rows = place.rows("SELECT person FROM document")
                        hold(len(rows) == 1 and (gone,) not in rows, f"{engine}: {rows}")
                        with served_from(place) as served:
                            visitor = signed_in(served, mails["family"])
                            status, _, back = visitor.ask_bytes("GET", kept)
                            hold(status == 200 and back == content, f"{engine}: {status}, byte for byte")
                            visitor.go(lost, wanted=404)
    finally:
        program.close()


def coordinator(program):
    with open(os.path.join(program.data, "demo-people.txt"), encoding="utf-8") as file:
        people = dict(line.split("\t") for line in file.read().splitlines())
    visitor = Visitor(program)
    visitor.sign_in(people["coordinator"])
    visitor.board = visitor.page.link("^/board/")
    return visitor


def board(visitor):
    return visitor.go(visitor.board)


def until(what, seconds, holds):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise Problem(f"{what} did not happen within {seconds} s")
        time.sleep(0.1)


def metric(program, name):
    _, _, text = Visitor(program).ask("GET", "/metrics")
    return float(next(line.split()[1] for line in text.splitlines() if line.startswith(name + " ")))


def by_calendar(binary):
    """serve makes them by itself, keeps the keys beside them newest, and says on the board how it went."""
    program = Program(binary, engine_wanted(), demo="small")
    try:
        with Safe(program) as safe:
            serve = ["serve", *program.where]
            must_fail(binary, "--backup-to wants a folder", *serve, "--backup-to", "/nowhere")
            must_fail(binary, "wants a number and m, h or d", *serve, "--backup-every", "x")
            program.start()
            visitor = coordinator(program)
            board(visitor).need("This program makes no backups yet")
            program.stop()
            program.flags = ["--backup-to", safe.out, "--backup-every", "3s"]
            program.flags += ["--drill-every", "5s"]
            left = os.path.join(safe.out, "beenthere-20260101T000000Z.backup.partial")
            with open(left, "wb") as file:
                file.write(b"killed")
            program.start()
            until("three backups", 240, lambda: len(safe.backups()) >= 3)
            if os.path.exists(left):
                raise Problem("what a killed backup left is still there")
            visitor = coordinator(program)
            board(visitor).need("The last backup was made on", "we tried it out")
            if metric(program, "beenthere_backups_well") != 1 or \
                    metric(program, "beenthere_drill_last_success_timestamp_seconds") < time.time() - 300:
                raise Problem("the metrics do not say that all is well")
            program_drill(program, safe, safe.out)
            with open(os.path.join(program.data, "smtp.password"), "wb") as file:
                file.write(b"another key")
            keys = os.path.join(safe.out, "beenthere.keys")
            before = os.stat(keys).st_ino
            until("newer keys", 120, lambda: os.stat(keys).st_ino != before)
            os.rename(safe.out, safe.out + ".gone")
            until("a failure is known", 240, lambda: metric(program, "beenthere_backups_well") == 0)
            page = board(visitor).need("did not go well", "tell the person who runs the computer")
            if page.body.index("did not go well") > page.body.index('class="counts"'):
                raise Problem("what may be lost does not stand before everything else on the board")
    finally:
        program.close()


def main():
    return run([("by the calendar of serve", by_calendar),
                ("what is restored is what was there", there_and_across),
                ("a backup from before a forgetting", forgotten_stays_forgotten),
                ("documents come back", documents_come_back),
                ("a clear sentence for each mistake", plain_answers),
                ("one moment while people write", while_people_write),
                ("kill -9 during backup and restore", survives_kill),
                ("a full disk during backup and restore", full_disk)], os.path.abspath(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
