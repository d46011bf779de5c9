#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A young person asks for themselves, over HTTP and without scripts, from a mailbox that a parent uses too.

usage: young.py PROGRAM

Kai reads first, asks, and keeps apart. The parent signs in by the same mailbox and opens everything a page
offers: in no byte of it is Kai, or a word that Kai wrote. Kai opens the space with the code. Then a supporter
has to pass something on, and Kai reads every word.
"""
import os
import re
import sqlite3
import subprocess
import sys
from datetime import date

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, Visitor, engine_wanted, hold, run, signed_in  # noqa: E402
from main_job import Cast, of_row, walk_together  # noqa: E402

WORDS = ("Kaimana", "Nobody at home may know this")
WORD = "Blue wren 77"
PAGES_MOST = 60
REQUEST = f"SELECT r.id FROM request r JOIN person p ON p.id = r.person WHERE p.called = '{WORDS[0]}'"


def asks(program):
    """Reads, asks, and gets a code."""
    kai = Visitor(program)
    kai.go("/ask/river/start")
    kai.follow("^/young/river$")
    kai.page.need("We tell you first")
    kai.send(kai.page.form(action="^/young/river$"), {"apart": "on", "word": "wren"}, wanted=422)
    kai.page.need("6 letters or numbers", "Write the month", "Write the year")
    kai.send(kai.page.form(action="^/young/river$"), {"word": WORD, "month": "4", "year": "1950"}, wanted=422)
    kai.page.need("up to 25")
    kai.send(kai.page.form(action="^/young/river$"),
             {"word": WORD, "month": "4", "year": str(date.today().year - 20)})
    kai.page.need("You sign alone")
    kai.follow("^/ask/river/need$")
    kai.page.need("Only for me and whoever walks with me", "We tell you first")
    kai.answer_question("need", {"need": WORDS[1], "kept": "on"})
    kai.answer_question("about", {})
    kai.answer_question("hopes", {})
    kai.answer_question("safe", {})
    kai.answer_question("reach", {"called": WORDS[0], "reach": "ana@example.org"})
    kai.send(kai.page.form(action="/check$"))
    return re.search(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b", kai.page.words).group(0)


def parent_finds_nothing(program, parent):
    """Everything that links lead to, byte by byte."""
    waiting, seen = ["/me", "/account", "/own", "/safety", "/sharing"], set()
    while waiting and len(seen) < PAGES_MOST:
        path = waiting.pop(0)
        if path in seen or "lang=" in path or path.startswith("/assets/"):
            continue
        seen.add(path)
        parent.go(path, wanted=None)
        for words in WORDS:
            hold(words not in parent.page.body, f"{path} tells the parent \"{words}\"")
        waiting += [href for href, _ in parent.page.links if href.startswith("/")]
    hold(len(seen) >= 8, f"only these pages were found: {sorted(seen)}")
    for kind, table in (("request", "request"), ("match", "match")):
        for number, in program.rows(f"SELECT id FROM {table}"):
            letters, token, rest = "0123456789abcdefghjkmnpqrstvwxyz", "", int(number)
            for _ in range(13):
                token, rest = letters[rest & 31] + token, rest >> 5
            parent.go(f"/{kind}/{token}", wanted=None)
            for words in WORDS:
                hold(words not in parent.page.body, f"/{kind}/... tells the parent \"{words}\"")


def kept_from_coordinators(program, kim):
    """A coordinator finds the request, and that its words are kept."""
    request = of_row(program, REQUEST)
    kim.go(f"/request/{request}/work").need(WORDS[0], "kept between this person")
    for path in ("/work", "/code"):
        kim.go(f"/request/{request}{path}")
        hold(WORDS[1] not in kim.page.body, f"{path} tells the coordinator what is kept")
    hold(not any("/keep" in form.action for form in kim.page.forms), "the coordinator is offered the switch")


def lets_go(program, kai, kim):
    """One tap lets the coordinators read, and one keeps it again."""
    request = of_row(program, REQUEST)
    for keep in ("no", "yes"):
        kai.go(f"/request/{request}").need(WORDS[1])
        kai.send(kai.page.form(action="^/request/[^/]+/keep$"), button=keep)
        kim.go(f"/request/{request}/work")
        hold((WORDS[1] in kim.page.words) == (keep == "no"), f"keep={keep} does not hold for the coordinator")


def shared_mailbox(program):
    parent = Cast(program, "en")
    parent.program_person("Ana")
    code = asks(program)
    ana = Visitor(program)
    ana.sign_in("ana@example.org")
    kept_from_coordinators(program, parent.coordinator)
    ana.go("/me").need("Ana")
    parent_finds_nothing(program, ana)
    ana.go("/young/river").need("You are signed in as Ana")
    ana.go("/own")
    ana.send(ana.page.form(action="^/own$"), {"code": "AAA-AAA-AAA"}, wanted=422)
    ana.go("/own")
    ana.send(ana.page.form(action="^/own$"), {"code": code})
    ana.page.need("A young person's own space", "nothing is lost").need_not(WORDS[0])
    ana.go("/me").need("Ana").need_not(WORDS[0])
    ana.go("/own/door")
    ana.send(ana.page.form(action="^/own/door$"), {"word": "guessed word"}, wanted=422)
    ana.send(ana.page.form(action="^/own/door$"), {"word": WORD.upper()})
    ana.go("/me").need(WORDS[0])
    lets_go(program, ana, parent.coordinator)
    ana.go("/own").need("We tell you first")
    ana.send(ana.page.form(action="^/own/apart$"), button="no")
    again = Visitor(program)
    again.sign_in("ana@example.org")
    again.go("/account").need(f"Go on as {WORDS[0]}")
    again.send(again.page.form(action="^/account/person$"), {})
    again.page.need("A young person's own space").need_not(WORDS[0])
    again.go("/own")
    again.send(again.page.form(action="^/own$"), {"code": WORD})
    again.go("/me").need(WORDS[0])


def link_meant_for_the_young(program):
    """A mailbox that reaches nobody but a young person, opened by someone else; and a word that was lost."""
    kai = Visitor(program, "es")
    kai.cookies["lang"] = "es"
    kai.go("/young/river")
    kai.send(kai.page.form(action="^/young/river$"),
             {"word": WORD, "month": "4", "year": str(date.today().year - 20)})
    kai.go("/ask/river/need")
    kai.answer_questions(WORDS[1], "Noelani", "noelani@example.org")
    kai.send(kai.page.form(action="/check$"))
    parent = Visitor(program)
    parent.sign_in("noelani@example.org")
    parent.go("/own/door").need("Not yours?", "Nothing was opened").need_not("Noelani", WORDS[1])
    parent.go("/me", wanted=None)
    hold("Noelani" not in parent.page.body, "the link alone opens the space")
    form = Visitor(program)
    form.go("/own/door").need("waited too long")
    kim = signed_in(program)
    request = of_row(program, "SELECT r.id FROM request r JOIN person p ON p.id = r.person "
                              "WHERE p.called = 'Noelani'")
    kim.go(f"/request/{request}/work")
    kim.follow("/way-back$")
    kim.send(kim.page.form(action="/way-back$"), {}, wanted=422)
    kim.send(kim.page.form(action="/way-back$"), {"met": "on"})
    code = re.search(r"\b[0-9a-z]{3}-[0-9a-z]{3}-[0-9a-z]{3}\b", kim.page.words).group(0)
    parent.go(f"/request/{request}/way-back", wanted=None)
    hold(code not in parent.page.body, "the code is shown to the parent")
    back = Visitor(program)
    back.sign_in("noelani@example.org")
    back.go("/own/door")
    back.send(back.page.form(action="^/own/door$"), {"code": code.upper(), "new": "short"}, wanted=422)
    back.send(back.page.form(action="^/own/door$"), {"code": code.upper(), "new": "Otra palabra 9"})
    back.go("/me").need("Noelani")
    back.go("/own").need("kim hizo un código")
    back.send(back.page.form(action="^/own/word$"), {"now": WORD, "word": "Nueva palabra"}, wanted=422)
    back.send(back.page.form(action="^/own/word$"), {"now": "otra palabra 9", "word": "Nueva palabra"})
    back.go("/me/openings").need("palabra perdida")


def write_past(program, sql):
    """As an older version left it."""
    if program.database:
        subprocess.run(["psql", "-q", program.where[-1], "-c", sql], check=True, stdout=subprocess.DEVNULL)
        return
    database = sqlite3.connect(f"{program.data}/beenthere.db", timeout=20)
    with database:
        database.execute(sql)
    database.close()


def a_space_without_a_word(program):
    """Whoever was there before words were asked for chooses one at the door, and sees nothing before it."""
    write_past(program, "DELETE FROM youth_word WHERE person IN "
                        "(SELECT id FROM person WHERE called = 'Noelani')")
    parent = Visitor(program)
    parent.sign_in("noelani@example.org")
    parent.go("/own/door").need("Is it yours?", "Not yours?", "choose no word here")
    parent.page.need_not("Noelani", WORDS[1])
    parent.go("/me", wanted=None)
    hold("Noelani" not in parent.page.body, "the link alone opens a space that has no word")
    parent.go("/own/door")
    parent.send(parent.page.form(action="^/own/door$"), {"new": "wren"}, wanted=422)
    parent.page.need("6 letters or numbers").need_not("Noelani")
    kai = Visitor(program)
    kai.sign_in("noelani@example.org")
    kai.send(kai.page.form(action="^/own/door$"), {"new": "Third word 3"})
    kai.go("/me").need("Noelani")
    kai.go("/me/openings").need("eligió la primera palabra para su espacio")
    # Somebody else who stands at the door still has no word, and the new one is asked of them.
    parent.go("/own/door").need("Write your word").need_not("Noelani")
    again = Visitor(program)
    again.sign_in("noelani@example.org")
    again.send(again.page.form(action="^/own/door$"), {"word": "third WORD 3"})
    again.go("/me").need("Noelani").need_not("Elija una palabra que solo usted sepa")
    write_past(program, "DELETE FROM youth_word WHERE person IN "
                        "(SELECT id FROM person WHERE called = 'Noelani')")
    again.go("/me").need("Elija una palabra que solo usted sepa")
    again.follow("^/own$")
    again.send(again.page.form(action="^/own/word$"), {"word": "Fourth word 4"})
    again.go("/me").need_not("Elija una palabra que solo usted sepa")


def something_is_passed_on(program):
    cast, fay, gus, match, _, _ = walk_together(program)
    fay.go(f"/match/{match}/pass-on", wanted=404)
    gus.go(f"/match/{match}")
    gus.follow("/pass-on$")
    form = gus.page.form(action="/pass-on$")
    gus.send(form, {"what": "Tonight is not <safe>.", "whom": "911", "told": "not"}, wanted=422)
    gus.page.need("why you could not")
    gus.send(gus.page.form(action="/pass-on$"), {"why": "It could not wait."})
    for who in (fay, gus):
        who.go(f"/match/{match}").need("Tonight is not <safe>.", "911", "It could not wait.")
    gus.page.need("You had to tell someone.", "Fay reads it too").need_not("Your supporter")
    fay.page.need("Your supporter had to tell someone.")
    fay.go("/me").need_not("had to tell someone")  # it could not be said first: no line on top of it
    withheld_once(cast, fay, gus, match)


def withheld_once(cast, fay, gus, match):
    """What no consent covers is not shown, and says why once, however much there is of it. Gus coordinates
    too, so that the walk's page opens when Fay shares with the program and not with Gus."""
    for what in ("He drinks again.", "He took pills."):
        gus.go(f"/match/{match}/pass-on")
        gus.send(gus.page.form(action="/pass-on$"),
                 {"what": what, "whom": "911", "told": "first", "part2": "yes"})
    fay.go("/me").need("Gus had to tell someone. Read what was said")
    hold(fay.page.has_link(f"/match/{match}#passed-on$"), "to where it is read")
    fay.go(f"/match/{match}").need("He drinks again.", "He took pills.")
    board = of_row(cast.program, "SELECT id FROM program ORDER BY created_at LIMIT 1")
    cast.coordinator.go(f"/program/{board}/people")
    cast.coordinator.send(cast.coordinator.page.form(action="/people$"),
                          {"called": "Gus", "mail": "gus@example.org", "duty": "coordinator"})
    consent = of_row(cast.program, "SELECT id FROM consent WHERE to_kind = 2 AND stopped_at IS NULL "
                                   "AND to_person = (SELECT id FROM person WHERE called = 'Gus')")
    fay.go("/sharing")
    fay.send(fay.page.form(action=f"{consent}/stop$"))
    gus = cast.person("gus@example.org")
    page = gus.go(f"/match/{match}")
    page.need("They are not shown, because no consent covers it.").need_not("He drinks", "He took pills")
    hold(page.words.count("no consent covers it") == 1, page.words)


def main():
    with Program(sys.argv[1], engine_wanted()) as program:
        return run((("a young person's space is not there for a parent", lambda: shared_mailbox(program)),
                    ("a link meant for the young shows nothing", lambda: link_meant_for_the_young(program)),
                    ("a space without a word asks for one", lambda: a_space_without_a_word(program)),
                    ("what is passed on is read by the person", lambda: something_is_passed_on(program))))


if __name__ == "__main__":
    sys.exit(main())
