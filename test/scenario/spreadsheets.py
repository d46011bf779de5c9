#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Starting from the spreadsheets a program has, over HTTP and on the command line: spreadsheets.py PROGRAM

A coordinator brings a waiting list in, sees what was understood, corrects it, decides about rows, takes it
in; a family finds its request by the code; the coordinator works on it, so that the list cannot be undone;
the supporters' list is undone as one step. The command line does the same, all files or none. A family of
one list chooses a supporter of the other.
"""
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Problem, Program, Visitor, engine_wanted, run  # noqa: E402

SHEETS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/features/import/test")


def sheet(name):
    with open(os.path.join(SHEETS, name), "rb") as file:
        return file.read()


def upload(visitor, name, content, kind="guess", wanted=200):
    return visitor.send_file(visitor.page.form(field="kind"), name, content, {"kind": kind}, wanted)


def coordinator(program, lang="en"):
    visitor = Visitor(program, lang)
    visitor.cookies["lang"] = lang
    visitor.sign_in("kim@example.org")
    return visitor


def token_of(number):
    """An id as addresses write it."""
    number, token = int(number), ""
    for _ in range(13):
        token = "0123456789abcdefghjkmnpqrstvwxyz"[number & 31] + token
        number >>= 5
    return token


def import_path(program):
    return f"/program/{token_of(program.rows('SELECT id FROM program')[0][0])}/import"


def request_of(program, called):
    return program.rows("SELECT q.id, r.line FROM import_row r JOIN request q ON q.id = r.request "
                        f"JOIN person p ON p.id = r.person WHERE p.called = '{called}'")[0]


def need_equal(is_, wanted, what):
    if is_ != wanted:
        raise Problem(f"{what}: {is_}, not {wanted}")


def people(program):
    return int(program.rows("SELECT COUNT(*) FROM person")[0][0])


def looks_corrects_and_takes_in(program):
    kim = coordinator(program)
    kim.go(import_path(program))
    upload(kim, "waiting.csv", sheet("waiting.csv"))
    batch = kim.page.path
    kim.page.need("Nothing has been changed yet", "7 to take in", "3 left out", "2 cannot be taken in",
                  "Fits more than one of your age groups", "A mark can mean yes or no")
    need_equal(people(program), 1, "people before anything was taken in")
    # Two columns cannot both be the age; the notes can be what a family hopes for.
    kim.send(kim.page.form(field="column-1"), {"column-13": "age"}, wanted=422)
    kim.page.need("Only one column can mean this")
    kim.send(kim.page.form(field="column-1"), {"column-13": "hopes"})
    kim.go(batch + "/rows")
    kim.page.need("Every cell repeats line 3", "An earlier row has the same email",
                  "There is no name in this row", "A cell looks like a formula")
    kim.send(kim.page.form(field="row-9"), {"row-9": "leave"})
    kim.go(batch + "/rows?show=all")
    kim.page.need("Line 2: Invented Alder")
    kim.go(batch)
    kim.page.need("6 to take in", "4 left out")
    taking = kim.page.form(action="/take$")
    kim.send(taking)
    kim.page.need("People taken in: 6", "These codes are shown only now")
    code = re.search(r"Invented Birch</th><td>([^<]+)", kim.page.body).group(1)
    need_equal(people(program), 7, "people after")
    # The codes are gone on the next look, and a second tap makes nobody twice.
    kim.go(batch)
    kim.page.need("People taken in: 6").need_not(code)
    kim.post(taking.action, taking.defaults())
    need_equal(people(program), 7, "people after a second tap")
    # A family finds its request by the code and its mail.
    family = Visitor(program)
    family.go("/status")
    form = family.page.form(action="/status$")
    names = [field.name for field in form.fields if field.kind not in ("hidden",)]
    family.send(form, {names[0]: code, names[1]: "birch@example.org"})
    family.page.need_not("error-summary__title")
    return batch


def words_stay_and_undo_is_prevented(program):
    kim = coordinator(program)
    kim.go(import_path(program))
    batch = kim.page.link("waiting.csv")
    request, line = request_of(program, "Invented Cedar")
    kim.go(f"/request/{token_of(request)}/work")
    kim.page.need("From the list kept before", "Phone: call grandma first", "Voicemail OK?: x",
                  "Age(s) of child: 11 and 8")
    kim.send(kim.page.form(action="/take$"))
    kim.go(batch)
    kim.send(kim.page.form(action="/undo$"), wanted=409)
    kim.page.need("It cannot be undone now", f"lines: {line}.")


def supporters_in_and_out_in_spanish(program):
    before = people(program)
    kim = coordinator(program, "es")
    kim.go(import_path(program))
    upload(kim, "supporters.csv", sheet("supporters.csv"))
    kim.page.need("Todavía no ha cambiado nada", "Windows-1252", "Se entendió una parte")
    kim.send(kim.page.form(action="/take$"))
    need_equal(people(program), before + 5, "people with the supporters")
    kim.page.need("Personas guardadas: 5")
    kim.send(kim.page.form(action="/undo$"))
    kim.page.need("Deshecha")
    need_equal(people(program), before, "people after the undo")
    kim.go(import_path(program))
    upload(kim, "supporters.csv", sheet("supporters.csv"))
    kim.send(kim.page.form(action="/give-up$"))
    kim.page.need("Abandonada")
    kept = program.rows("SELECT COUNT(*) FROM import_batch WHERE LENGTH(content) > 0")[0][0]
    need_equal(kept, "0", "files still kept")


def bad_files_are_told(program):
    kim = coordinator(program)
    program.settle()
    before = program.fingerprint()
    for name, content, says in (
            ("book.xlsx", b"PK\x03\x04\x00\x00", "This is not a CSV file"),
            ("empty.csv", b"", "There is nothing in this file"),
            ("open.csv", b"Name,Age\nAna,7\n\"Ben,8\n", "Look at line 3 of the file"),
            ("wide.csv", b"," * 70 + b"\n", "more than 64 columns"),
            ("long.csv", b"Name,Age\n" + b"Ana,7\n" * 20011, "more than 20,000 rows")):
        kim.go(import_path(program))
        upload(kim, name, content, wanted=422)
        kim.page.need(says)
    if program.fingerprint() != before:
        raise Problem("a file that was refused changed something")


def the_command_line_takes_all_or_nothing(program):
    program.settle()
    before = program.fingerprint()
    files = [os.path.join(SHEETS, name) for name in ("supporters.csv", "waiting.csv")]
    said = program.command("import", "--program", "river", *files)
    for part in ("Nothing has been changed", "\"11 and 8\"", "\"Tue eve, Sat am\"",
                 "4: Leave out - Every cell repeats line 3"):
        if part not in said:
            raise Problem(f"the dry run does not say {part!r}:\n{said}")
    broken = os.path.join(program.folder, "broken.csv")
    with open(broken, "wb") as file:
        file.write(b"Name,Age\n\"Ana,7\n")
    for arguments in (("--program", "river", "--take", files[0], broken), ("--program", "lake", files[0]),
                      ("--program", "river", "--kind", "birds", files[0]),
                      ("--program", "river", "/nowhere.csv")):
        program.command("import", *arguments, check=False)
        if program.fingerprint() != before:
            raise Problem(f"import {arguments} changed something")
    said = program.command("import", "--program", "river", "--take", files[0])
    need_equal("People taken in: 5" in said, True, "the supporters are taken in")
    said = program.command("check")
    need_equal("all is well" in said, True, "the check after")


WAITS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND wait_event_type = 'Lock' AND query LIKE '%pool_version%'"""


def the_command_line_gives_way_and_tries_again(program):
    """On PostgreSQL somebody changes, while a list is taken in, what the list will change as well."""
    if not program.database:
        return
    path = os.path.join(program.folder, "one.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Name,Email,Places,Languages\nInvented Willow,willow@example.org,2,English\n")
    program.settle()
    other = subprocess.Popen(["psql", "-q", program.where[-1]], stdin=subprocess.PIPE, text=True)
    other.stdin.write("BEGIN; UPDATE pool_version SET version = version + 1;\n")
    other.stdin.flush()
    command = subprocess.Popen([program.binary, "import", *program.where, "--program", "river", "--kind",
                                "supporters", "--take", path], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    end = time.monotonic() + 30
    while program.rows(WAITS) != [("1",)] and command.poll() is None:
        if time.monotonic() > end:
            raise Problem("the list does not meet the other one")
        time.sleep(0.02)
    other.communicate("COMMIT;\n")
    said = command.communicate()[0]
    need_equal((command.returncode, said.count("People taken in: 1")), (0, 1), f"taken in once: {said}")
    need_equal(program.rows("SELECT count(*) FROM person WHERE called = 'Invented Willow'"), [("1",)],
               "how often the supporter is there")


def state_of(program, request):
    return program.rows(f"SELECT state FROM request WHERE id = {request}")[0][0]


def imported_people_find_each_other(program):
    """The family that came with one list is offered people who came with the other, and chooses."""
    kim = coordinator(program)
    request, _ = request_of(program, "Invented Cedar")
    kim.go(f"/request/{token_of(request)}/shortlist")
    kim.page.need("Invented Ma\u00f1aca")
    kim.page.need_not("Invented Nopal", "Invented Oak", "Invented Pine", "Invented Quince")
    kim.send(kim.page.form(action="/shortlist$"))
    family = Visitor(program)
    family.sign_in("cedar@example.org")
    family.go(f"/request/{token_of(request)}/choose")
    family.page.need("Invented Ma\u00f1aca")
    family.follow(r"/choose/")
    family.send(family.page.form(action=r"/choose/"))
    giver = Visitor(program)
    giver.sign_in("manaca@example.org")
    need_equal(state_of(program, request), "4", "the request's state: invited")
    giver.go(f"/invitation/{token_of(program.rows('SELECT id FROM invitation')[0][0])}")
    accept = next(form for form in giver.page.forms if "/invitation/" in form.action)
    giver.send(accept, button="accept" if any(b[1] == "accept" for b in accept.buttons) else None)
    need_equal(state_of(program, request), "5", "the request's state: matched")


def main():
    engine = engine_wanted()
    with Program(sys.argv[1], engine) as program:
        return run([(work.__name__.replace("_", " "), work) for work in (
            bad_files_are_told, looks_corrects_and_takes_in, words_stay_and_undo_is_prevented,
            supporters_in_and_out_in_spanish, the_command_line_takes_all_or_nothing,
            the_command_line_gives_way_and_tries_again,
            imported_people_find_each_other)], program)


if __name__ == "__main__":
    sys.exit(main())
