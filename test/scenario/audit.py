# SPDX-License-Identifier: Apache-2.0
"""Who opened what: as the people concerned see it, as the operator verifies it, after power cuts, and after
somebody with the database in hand has changed something."""
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

from browser import Program, Visitor, engine_wanted, hold, run

COORDINATOR = "river-coordinator-001@example.org"
FAMILY = "river-parent-019@example.org"
STRANGER = "river-supporter-003@example.org"
HOLD = r"\b[1-9]\d* checkpoints hold"


def people(program):
    """The coordinator, a family and somebody who has nothing to do with it, each in a browser; the family's
    request."""
    coordinator, family, stranger = Visitor(program), Visitor(program), Visitor(program)
    for visitor, mail in ((coordinator, COORDINATOR), (family, FAMILY), (stranger, STRANGER)):
        visitor.sign_in(mail)
    family.go("/me")
    request = re.search(r"/request/[0-9a-z]{13}", family.page.link("/request/")).group(0)
    return coordinator, family, stranger, request


def linked(program, seconds=20):
    """Waits until nothing waits for the chain; how many entries there are."""
    end = time.monotonic() + seconds
    while program.rows("SELECT COUNT(*) FROM audit_new") != [("0",)]:
        hold(time.monotonic() < end, "the jobs process links nothing")
        time.sleep(0.1)
    return int(program.rows("SELECT COUNT(*) FROM audit_link")[0][0])


def verify(program, *arguments):
    """(exit status, what was said)."""
    command = [program.binary, "audit", *program.where, "verify", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def need_whole(program, *arguments):
    status, said = verify(program, *arguments)
    hold(status == 0 and "all is as it was written" in said, said)
    return said


def change(program, sql):
    if program.database:
        subprocess.run(["psql", "-q", program.where[-1], "-c", sql], check=True, stdout=subprocess.DEVNULL)
        return
    database = sqlite3.connect(f"{program.data}/beenthere.db")
    database.executescript(sql)
    database.commit()
    database.close()


def need_found(program, sql, undo, *says):
    """Somebody changes this: it is found, and named; with it taken back, all is whole again."""
    change(program, sql)
    status, said = verify(program)
    hold(status == 1 and all(one in said for one in ("NOT as it was written", *says)), f"{sql}: {said}")
    change(program, undo)
    need_whole(program)


def seen_by_the_person(engine):
    with Program(sys.argv[1], engine, demo="small") as program:
        coordinator, family, stranger, request = people(program)
        family.go("/me/openings").need_not("Coordinator")
        coordinator.go(request + "/work")
        stranger.go(request, wanted=404)
        Visitor(program).go(request)  # sent to sign in
        family.go("/me/openings").need("Sample Coordinator", "(coordinator)", "opened your request",
                                       "Someone who was not signed in",
                                       "tried to open your request and was turned away")
        before = program.rows("SELECT COUNT(*) FROM audit")
        family.go(request)
        family.go("/me/openings?before=nonsense").need("opened your request")
        family.go("/me/openings?before=5-5").need("There are no older lines")
        hold(program.rows("SELECT COUNT(*) FROM audit") == before, "reading one's own left a row")
        spanish = Visitor(program, "es")
        spanish.sign_in(FAMILY)
        spanish.go("/me/openings?lang=es").need("abrió su pedido", "quiso abrir su pedido y no pudo")
        linked(program)
        need_whole(program)


def power_cut(engine):
    with Program(sys.argv[1], engine, demo="small") as program:
        coordinator, _, _, request = people(program)
        for turn in range(3):
            for _ in range(10):
                coordinator.go(request + "/work")
            program.kill()
            rows = int(program.rows("SELECT COUNT(*) FROM audit WHERE action = 'request_work_show'")[0][0])
            hold(rows == 10 * (turn + 1), f"{rows} rows of {10 * (turn + 1)} pages that were shown")
            need_whole(program)
            program.start()
            coordinator.connection = None
        links = linked(program)
        hold(links == int(program.rows("SELECT COUNT(*) FROM audit")[0][0]), "rows outside the chain")
        need_whole(program)


def harm(engine):
    with Program(sys.argv[1], engine, demo="small") as program:
        coordinator, _, _, request = people(program)
        for _ in range(5):
            coordinator.go(request + "/work")
        linked(program)
        program.stop()
        hold("event=audit_checkpoint line=\"beenthere-checkpoint-1" in program.log(), "not in the log")
        path = os.path.join(program.data, "checkpoints", "checkpoints.log")
        hold(os.stat(path).st_mode & 0o077 == 0, "others can read the checkpoints")
        key = program.command("audit", "public-key").strip()
        hold(re.search(HOLD, need_whole(program, "--public-key", key)), "no checkpoint")
        hold(verify(program, "--public-key", "0" * 64)[0] == 1, "any key will do")
        # The journal's lines, on another machine.
        journal = os.path.join(program.folder, "journal")
        shutil.copy(os.path.join(program.folder, "log"), journal)
        hold(re.search(HOLD, need_whole(program, "--checkpoints", journal)), "the journal does not serve")
        row = "id = (SELECT audit FROM audit_link WHERE seq = 3)"
        need_found(program, f"UPDATE audit SET object_id = object_id + 1 WHERE {row}",
                   f"UPDATE audit SET object_id = object_id - 1 WHERE {row}", "entry 3 (of 20", "edited")
        change(program, f"CREATE TABLE kept AS SELECT * FROM audit WHERE {row}")
        need_found(program, f"DELETE FROM audit WHERE {row}", "INSERT INTO audit SELECT * FROM kept",
                   "entry 3 (of 20", "the row was deleted")
        change(program, "DROP TABLE kept")
        swap = ("UPDATE audit_link SET seq = 9999 WHERE seq = 2; "
                "UPDATE audit_link SET seq = 2 WHERE seq = 3; "
                "UPDATE audit_link SET seq = 3 WHERE seq = 9999")
        need_found(program, swap, swap, "entry 2 (of 20", "another order")
        change(program, "CREATE TABLE kept AS SELECT * FROM audit_link WHERE seq > 4")
        need_found(program, "DELETE FROM audit_link WHERE seq > 4",
                   "INSERT INTO audit_link SELECT * FROM kept", "entries 5 to", "cut off, or an older copy")
        change(program, "DROP TABLE kept")
        os.rename(path, path + ".away")
        status, said = verify(program)
        hold(status == 1 and "it went missing or was cut" in said, said)
        os.rename(path + ".away", path)
        need_whole(program)
        if engine == "sqlite":
            rolled_back(program, request)


def rolled_back(program, request):
    """The file of an hour ago is put in the place of today's."""
    shutil.copy(f"{program.data}/beenthere.db", f"{program.folder}/old.db")
    program.start()
    coordinator = Visitor(program)
    coordinator.sign_in(COORDINATOR)
    coordinator.go(request + "/work")
    linked(program)
    program.stop()
    need_whole(program)
    shutil.copy(f"{program.folder}/old.db", f"{program.data}/beenthere.db")
    status, said = verify(program)
    hold(status == 1 and re.search(r"checkpoint \d+ of 20.*an older copy stands in its place", said), said)
    # It goes on serving, and nothing that it signs would hide the gap.
    program.start()
    until = time.monotonic() + 20  # the jobs process may still be on its way
    while "event=audit_checkpoints_ahead" not in program.log() and time.monotonic() < until:
        time.sleep(0.1)
    program.stop()
    hold("event=audit_checkpoints_ahead" in program.log(), "the log does not say that checkpoints are ahead")
    hold(verify(program)[0] == 1, "serving hid it")
    program.command("audit", "resume")
    program.start()
    linked(program)
    program.stop()
    said = need_whole(program)
    hold(re.search(r"note: checkpoint \d+ says that the database was restored", said), said)


if __name__ == "__main__":
    sys.exit(run([("seen by the person", seen_by_the_person), ("power cut", power_cut), ("harm", harm)],
                 engine_wanted()))
