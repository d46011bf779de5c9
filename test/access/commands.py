#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The access matrix of the command line and of the jobs: every command by everybody who can type it, and
every kind of job about everybody it can be about; what each leaves in the audit, and whose words it gives
away.

usage: commands.py BINARY      BEENTHERE_GOLDEN=write rewrites commands.golden; read the difference.

A cell of a command says: the status; what was added to the audit; and whether a family's name, words or mail
address stood in what was printed. Fay walks with Gus, Bea waits, Ana has stopped sharing. The command line
belongs to the operator, who holds the key file; anybody else on the machine must get nothing.
"""
import collections
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from aiosmtpd.controller import Controller

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "scenario"))
from browser import Problem, Program, engine_wanted, free_port  # noqa: E402
from main_job import Cast, of_row, walk_together  # noqa: E402

GOLDEN = os.path.join(HERE, "commands.golden")
SHEET = "Name,Email,What they said\nZoemark,zoemark@example.org,Plumwords about nights.\n"
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
MARKS = (("a family's name", r"Fay\b|Beamark|Anamark|Zoemark"),
         ("a family's words", r"School says|Pearwords|Plumwords"),
         ("a family's mail address", r"(?:fay|beamark|anamark|zoemark)@"))
AUDIT = """SELECT CASE a.outcome WHEN 2 THEN 'refused ' ELSE '' END || action
        || CASE WHEN a.subject IS NULL THEN '' ELSE ' about ' || p.called END
    FROM audit a LEFT JOIN person p ON p.id = a.subject WHERE a.via = {via} ORDER BY a.id"""
COMMAND, JOB = 1, 2


def write(program, sql):
    """A change that no command makes, into the database itself."""
    if program.database:
        command = ["psql", "-q", program.where[-1], "-c", sql]
    else:
        command = ["sqlite3", os.path.join(program.data, "beenthere.db"), sql]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def audit(program, via):
    return [row[0] for row in program.rows(AUDIT.format(via=via))]


class World:
    """The data folder as the families left it; each cell works on a copy."""

    def __init__(self, binary):
        self.program = Program(binary, engine_wanted()).start()
        cast, fay, _, match, self.fay, _ = walk_together(self.program)
        fay.go(f"/match/{match}")
        _, self.bea, _ = cast.asks("Beamark", "Pearwords of Bea.")
        _, self.ana, _ = cast.asks("Anamark", "Pearwords of Ana.")
        ana = cast.person("anamark@example.org")
        ana.go("/sharing")
        ana.send(ana.page.form(action="/stop$"))
        self.program.stop()
        self.outside = tempfile.mkdtemp(prefix="beenthere-outside-")
        os.chmod(self.outside, 0o755)
        self.sheet = os.path.join(self.outside, "sheet.csv")
        with open(self.sheet, "w", encoding="utf-8") as file:
            file.write(SHEET)
        self.safe = os.path.join(self.outside, "recovery")
        self.run_plain("backup-key", "--data", self.program.data, "--to", self.safe)
        self.backups = os.path.join(self.outside, "backups")
        os.mkdir(self.backups)
        self.program.command("backup", "--to", self.backups)
        self.other = os.path.join(self.outside, "other")
        self.run_plain("init", "--data", self.other)

    def run_plain(self, *arguments):
        subprocess.run([self.program.binary, *arguments], check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL)

    def close(self):
        self.program.close()
        shutil.rmtree(self.outside, ignore_errors=True)


class Copy(Program):
    """A copy of the world's folder and database, for one cell."""

    made = 0

    def __init__(self, world):
        super().__init__(world.program.binary, init=None)
        self.world = world
        shutil.rmtree(self.folder)
        shutil.copytree(world.program.folder, self.folder)
        if world.program.database:
            Copy.made += 1
            self.database = f"{world.program.database}_copy{Copy.made}"
            url = world.program.where[-1]
            subprocess.run(["psql", "-q", url.replace(world.program.database, "postgres"), "-c",
                            f"CREATE DATABASE {self.database} TEMPLATE {world.program.database}"],
                           check=True, stdin=subprocess.DEVNULL)
            self.where += ["--database", url.replace(world.program.database, self.database)]



def operator(copy):
    del copy
    return []


def another_user(copy):
    os.chmod(copy.folder, 0o755)
    return NOBODY


def no_key_file(copy):
    os.unlink(os.path.join(copy.data, "keys"))
    return []


def key_of_another(copy):
    shutil.copy(os.path.join(copy.world.other, "keys"), os.path.join(copy.data, "keys"))
    return []


def newer_database(copy):
    write(copy, "INSERT INTO schema_version VALUES (9999)" if copy.database
          else "PRAGMA user_version = 9999")
    return []


CIRCUMSTANCES = (("the operator", operator), ("another user", another_user), ("no key file", no_key_file),
                 ("another's key file", key_of_another), ("a newer database", newer_database))


def commands(world, copy):
    """Each command as somebody would type it; what does not name the copy's folder is not about data."""
    ran = os.path.join(copy.folder, "out")
    return (
        ("init", ["init"]), ("migrate", ["migrate"]), ("check", ["check"]), ("serve", ["serve"]),
        ("demo", ["demo"]),
        ("sign-in of a family", ["sign-in", "--email", "fay@example.org"]),
        ("sign-in of nobody", ["sign-in", "--email", "none@example.org"]),
        ("sign-out of a family", ["sign-out", "--email", "fay@example.org", "--reason", "A lost phone."]),
        ("import, to look", ["import", "--program", "River", world.sheet]),
        ("import, to take", ["import", "--program", "River", "--take", world.sheet]),
        ("match explain, who shares", ["match", "explain", world.bea]),
        ("match explain, who stopped", ["match", "explain", world.ana]),
        ("match plan", ["match", "plan"]), ("match recruit", ["match", "recruit"]),
        ("audit verify", ["audit", "verify"]), ("audit public-key", ["audit", "public-key"]),
        ("forget a family", ["forget", "--email", "fay@example.org", "--yes"]),
        ("rotate", ["rotate"]),
        ("backup-key over what is there", ["backup-key", "--to", ran]),
        ("backup", ["backup", "--to", world.backups]),
        ("drill", ["drill", "--from", world.backups, "--key", world.safe]),
        ("restore over what is there", ["restore", "--from", world.backups, "--key", world.safe]),
        ("version", ["version"]),
    )


def serves(command, copy):
    """Started, and stopped once it answers: 0 then, else its status."""
    with open(os.path.join(copy.folder, "said"), "w+", encoding="utf-8") as said:
        process = subprocess.Popen([*command, "--listen", copy.listen], stdin=subprocess.DEVNULL, stdout=said,
                                   stderr=said)
        copy.process = process
        try:
            copy.wait()
            process.send_signal(signal.SIGTERM)
        except Problem:
            pass
        status = process.wait(30)
        said.seek(0)
        return status, said.read()


def cell(world, name, who, prepare):
    copy = Copy(world)
    try:
        before = collections.Counter(audit(copy, COMMAND))
        prefix = prepare(copy)
        arguments = dict(commands(world, copy))[name]
        takes_database = arguments[0] not in ("version", "backup-key")
        where = [] if arguments == ["version"] else copy.where if takes_database else ["--data", copy.data]
        split = 2 if arguments[0] in ("match", "audit") else 1
        command = [*prefix, copy.binary, *arguments[:split], *where, *arguments[split:]]
        if arguments == ["serve"]:
            status, said = serves(command, copy)
        else:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, check=False, timeout=120)
            status, said = done.returncode, done.stdout.decode("utf-8", "replace")
        if status < 0 or status > 2:
            raise Problem(f"{name} by {who} ended with {status}: {said[-1500:]}")
        # By name: within a second the rows of an audit are in no order.
        added = sorted((collections.Counter(audit(copy, COMMAND)) - before).elements())
        shown = [word for word, pattern in MARKS if re.search(pattern, said)]
        if who != "the operator" and shown:
            raise Problem(f"{name} by {who} tells {shown}: {said[-1500:]}")
        parts = [str(status), *(f"audit: {row}" for row in added), *(f"tells {word}" for word in shown)]
        return f"{name} | {who} | {'; '.join(parts)}"
    finally:
        copy.close()


# ---- jobs ----

class Inbox:
    """A mail server that keeps to whom it was sent."""

    def __init__(self):
        self.to = []

    async def handle_DATA(self, server, session, envelope):
        del server, session
        self.to.extend(envelope.rcpt_tos)
        return "250 taken"


def shares(cast, fay):
    del cast, fay


def stopped(cast, fay):
    del cast
    fay.go("/sharing")
    for form in [form for form in fay.page.forms if form.action.endswith("/stop")]:
        fay.send(form)


def wants_no_contact(cast, fay):
    del cast
    fay.go("/safety/edit")
    fay.send(fay.page.form(action="/safety/edit$"), {"hours": "never"})


def forgotten(cast, fay):
    del fay
    cast.program.command("forget", "--email", "fay@example.org", "--yes")


def job_cell(binary, name, change):
    """Gus pauses; a mail about it waits for Fay. Then something changes, and only then mail can be sent."""
    program = Program(binary, engine_wanted()).start()
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    try:
        cast, fay, gus, match, _, _ = walk_together(program)
        queued = "SELECT COUNT(*) FROM job WHERE kind = 'mail'"
        gus.go(f"/match/{match}")
        gus.send(gus.page.form(action="/pause$"))
        change(cast, fay)
        program.stop()
        # It was put off for a minute, as there was no mail server.
        write(program, "UPDATE job SET run_at = 0")
        controller.start()
        program.flags = ["--smtp", f"smtp://127.0.0.1:{controller.port}", "--mail-from", "hello@example.org"]
        program.start()
        end = time.monotonic() + 60
        while program.rows(queued) != [("0",)] and time.monotonic() < end:
            time.sleep(0.1)
        left = program.rows(queued)[0][0]
        whom = sorted({to.split("@")[0] for to in inbox.to if to.startswith("fay")})
        rows = sorted(set(audit(program, JOB)))
        parts = [f"mail to {' '.join(whom) or 'nobody of the family'}", f"{left} left",
                 *(f"audit: {row}" for row in rows)]
        return f"jobs | a family that {name} | {'; '.join(parts)}"
    finally:
        if controller.loop.is_running():
            controller.stop()
        program.close()


JOBS = (("shares", shares), ("stopped sharing", stopped), ("wants no contact", wants_no_contact),
        ("is forgotten", forgotten))


def circumstances():
    """Files are files on either engine: on PostgreSQL only what the database itself can tell."""
    on_postgres = engine_wanted() == "postgres"
    return [(who, prepare) for who, prepare in CIRCUMSTANCES
            if prepare in (operator, newer_database)
            or not on_postgres and (prepare is not another_user or os.geteuid() == 0)]


def main():
    binary = os.path.abspath(sys.argv[1])
    world = World(binary)
    lines = []
    try:
        for name, _ in commands(world, world.program):
            lines += [cell(world, name, who, prepare) for who, prepare in circumstances()]
    finally:
        world.close()
    lines += [job_cell(binary, name, change) for name, change in JOBS]
    return compare(lines)


def compare(lines):
    if os.environ.get("BEENTHERE_GOLDEN") == "write":
        with open(GOLDEN, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    with open(GOLDEN, encoding="utf-8") as file:
        golden = {line.rsplit(" | ", 1)[0]: line for line in file.read().splitlines()}
    wrong = 0
    for line in lines:
        wanted = golden.pop(line.rsplit(" | ", 1)[0], "a line for it in commands.golden")
        wrong += line != wanted
        print(f"ok - {line}" if line == wanted else f"not ok - {line}\n  wanted: {wanted}")
    asked = {"jobs", *(who for who, _ in circumstances())}
    for line in golden.values():
        if asked & set(line.split(" | ")[:2]):
            wrong += 1
            print("not ok - nothing answers to:", line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
