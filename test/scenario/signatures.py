#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A young person asks, and a parent has to sign too: over HTTP and without scripts.

usage: signatures.py PROGRAM

Kai reads who signs before writing anything, asks, and hands a link over. Until the parent signs, nobody of
the program reads a word or a name of Kai's. The parent sees what is signed and not what Kai wrote, signs, and
stops it again. Links that were used, replaced or never made show nothing. The program's leader writes and
replaces the rule, and what waited for a parent goes on alone when the rule asks for none any more.
"""
import os
import re
import sys
import time
from datetime import date

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Problem, Program, Visitor, engine_wanted, run  # noqa: E402
from main_job import Cast, of_row  # noqa: E402

WORD = "blue heron 7"
NAME, NEED = "Kaimana", "Nobody at home may know this"
CODE = r"\b(?:[2-9a-z]{4}-){3}[2-9a-z]{4}\b"


def asks(program, called=NAME):
    """Under the strictest rule."""
    return asks_by(program, "Younger than 18", "follows the strictest", called=called)


def asks_by(program, *rule_says, called=NAME):
    """Fourteen years old; (the visitor on the receipt, the receipt's code, the parent's code)."""
    kai = Visitor(program)
    kai.go("/young/river/signs")  # leads back to what is read first
    kai.send(kai.page.form(action="^/young/river$"),
             {"word": WORD, "month": "1", "year": str(date.today().year - 14)})
    kai.page.need("You and a parent or guardian both sign", *rule_says)
    kai.follow("^/ask/river/need$")
    kai.answer_questions(NEED, called, f"{called.lower()}@example.org").need("has to sign, too")
    kai.send(kai.page.form(action="/check$"))
    kai.page.need("Now a parent or guardian signs")
    receipt = re.search(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b", kai.page.words).group(0)
    return kai, receipt, re.search(CODE, kai.page.words).group(0)


def comes_back(cast):
    """By the mailbox and the word of their own."""
    kai = cast.person(f"{NAME.lower()}@example.org")
    kai.send(kai.page.form(action="^/own/door$"), {"word": WORD})
    return kai


def opens(program, code):
    """A parent, signed out, opens a link: first nothing of anybody, then the part to sign."""
    parent = Visitor(program)
    parent.go(f"/sign/{code}").need_not(NAME, NEED)
    parent.send(parent.page.form(action="^/sign/"), button="open")
    parent.page.need(NAME, "What you sign", "I can stop it at any time").need_not(NEED)
    return parent


def signs(parent, called="Ana"):
    form = parent.page.form(action="^/sign/")
    parent.send(form, {"called": called}, button="sign", wanted=422)
    parent.page.need("Write a mail address", "Only a parent or legal guardian can sign").need_not(NEED)
    form = parent.page.form(action="^/sign/")
    parent.send(form, {"reach": f"{called.lower()}@example.org", "parent": "on"}, button="sign")
    parent.page.need("You signed")


def shows_nothing(program, code, status, sentence):
    stranger = Visitor(program)
    stranger.go(f"/sign/{code}", wanted=status).need(sentence).need_not(NAME, NEED)


def looks(program, receipt, *words):
    """Where the request stands, signed out, by the receipt's code and the mailbox."""
    visitor = Visitor(program)
    visitor.go("/status")
    visitor.send(visitor.page.form(action="^/status$"),
                 {"code": receipt, "reach": f"{NAME.lower()}@example.org"})
    return visitor.page.need("Where it stands", *words).need_not(NAME, NEED)


def both_sign(program):
    cast = Cast(program, "en")
    kim = cast.coordinator
    device, receipt, code = asks(program)
    looks(program, receipt, "Waits for a parent or guardian to sign", "It can be used until",
          "If you cannot ask a parent").need_not("will answer you by")
    request = of_row(program, "SELECT id FROM request ORDER BY created_at DESC LIMIT 1")
    board = of_row(program, "SELECT id FROM program ORDER BY created_at LIMIT 1")
    kim.go(f"/request/{request}/work", wanted=404)
    kim.go(f"/board/{board}").need("1 young person waits for a signature").need_not(NAME, NEED)
    kim.go(f"/program/{board}/waiting").need("Waits for a parent or guardian to sign").need_not(NAME, NEED)
    parent = opens(program, code)
    kim.go(f"/request/{request}/work", wanted=404)  # an open page is no signature
    signs(parent)
    shows_nothing(program, code, 410, "This link was used already")
    kim.go(f"/request/{request}/work").need(NAME, NEED)
    kim.go(f"/program/{board}/waiting").need("Nobody waits for a signature")
    ana = cast.person("ana@example.org")
    ana.go(f"/request/{request}", wanted=404)
    ana.go("/me").need_not(NEED)
    ana.go("/signature").need(NAME, "What you signed").need_not(NEED)
    looks(program, receipt, "Your request is here", "will answer you by").need_not("guardian to sign")
    device.go("/ask/river/sent").need("cannot be used any more", receipt).need_not(code)
    kai = comes_back(cast)
    kai.go("/signature").need("Ana signs with you")
    ana.send(ana.page.form(action="^/guardian/"))
    ana.page.need("Nothing is shared by it any more")
    kim.go(f"/request/{request}/work", wanted=404)
    kai.go("/signature").need("Ana signed with you until")
    kai.go("/sharing").need("What I share")


def links(program):
    cast = Cast(program, "en")
    kim = cast.coordinator
    board = of_row(program, "SELECT id FROM program ORDER BY created_at LIMIT 1")
    _, receipt, first = asks(program)
    kai = comes_back(cast)
    request = of_row(program, "SELECT id FROM request ORDER BY created_at DESC LIMIT 1")
    kai.go(f"/request/{request}").need("Waits for a parent", "It can be used until").need_not("answer you by")
    kai.follow("^/signature$")
    kai.go(f"/sign/{first}", wanted=409).need("You cannot sign it yourself")
    kai.go("/signature").need(first)
    kai.send(kai.page.form(action="/link$"))
    second = re.search(CODE, kai.page.words).group(0)
    shows_nothing(program, first, 410, "too old or was taken back")
    shows_nothing(program, "2222-2222-2222-2222", 404, "There is no such link or code")
    kim.go(f"/program/{board}/waiting")
    kim.send(kim.page.form(action="/waiting$"), {"code": "AAA-AAA-AAA"}, wanted=422)
    kim.page.need("Nobody who waits here").need_not(NAME)
    kim.send(kim.page.form(action="/waiting$"), {"code": receipt})
    third = re.search(CODE, kim.page.need_not(NAME, NEED).words).group(0)
    shows_nothing(program, second, 410, "too old or was taken back")
    stranger = Visitor(program)
    stranger.go("/sign")
    stranger.send(stranger.page.form(action="^/sign$"), {"code": "nonsense"}, wanted=422)
    stranger.send(stranger.page.form(action="^/sign$"), {"code": third.upper().replace("-", " ")})
    stranger.send(stranger.page.form(action="^/sign/"), button="open")
    stranger.send(stranger.page.form(action="^/sign/"), button="no")
    stranger.page.need("You did not sign. Nothing is shared.")
    shows_nothing(program, third, 410, "This link was used already")
    kai.go("/signature").need("answered with no")
    looks(program, receipt, "answered with no").need_not("answer you by")


def leader(cast, board):
    kim = cast.coordinator
    kim.go(f"/program/{board}/people")
    kim.send(kim.page.form(action="/people$"), {"called": "Lee", "mail": "lee@example.org", "duty": "leader"})
    return cast.person("lee@example.org")


def writes(visitor, wanted=200, button="save", **values):
    visitor.send(visitor.page.form(field="both"), values, button=button, wanted=wanted)
    return visitor.page


def still_typed(visitor, **values):
    typed = {field.name: field.value for field in visitor.page.form(field="both").fields}
    for name, value in values.items():
        if not typed[name].startswith(value):  # scenario marker writes a word behind it
            raise Problem(f"{name} is {typed[name]!r} again, not {value!r}")


def rule(program):
    """The leader's pages: all errors at once, versions, two who write at a time; and whom a new rule lets go
    on alone."""
    cast = Cast(program, "en")
    kim = cast.coordinator
    board = of_row(program, "SELECT id FROM program ORDER BY created_at LIMIT 1")
    rules, peer = f"/program/{board}/signing", f"/program/{board}/signing/tx/peer"
    kim.go(rules).need("Only those who lead the program can change this")
    kim.go(peer, wanted=404)
    lee = leader(cast, board)
    lee.go(rules).need("has not said yet in which state it works")
    lee.send(lee.page.form(field="service"), {}, wanted=422)
    lee.page.need("Choose the state.", "Choose what it is.")
    lee.send(lee.page.form(field="service"), {"state": "TX", "service": "peer"})
    lee.page.need("Texas: support by people who have been there", "Nobody has written a rule for this yet")
    lee.send(lee.page.form(field="rule-state"), {"rule-state": "TX", "rule-service": "peer"})
    writes(lee, 422, both="", alone="x", source="", checked="13/40/2020").need(
        "Write an age in years", "Say where this is written", "Write the day as month/day/year")
    still_typed(lee, both="", alone="x", checked="13/40/2020")
    writes(lee, 422, both="16", alone="12", source="Law <1>", checked="1/1/2999").need(
        "alone comes after together", "not after today")
    still_typed(lee, both="16", alone="12", source="Law <1>")
    writes(lee, both="12", alone="16", source="Law <1>", checked="1/2/2024")
    lee.page.need("From 12 on, and younger than 16: both sign", "Law <1>", "Written by Lee", "Checked on")
    other = cast.person("lee@example.org")
    other.go(peer)
    kim.go(rules).need("From 12 on, and younger than 16: both sign")
    kai, receipt, code = asks_by(program, "From 12 on, and younger than 16: both sign")
    kim.go(f"/board/{board}").need("2 young people wait for a signature")
    lee.go(peer)
    writes(lee, both="12", alone="14", source="Law <2>", checked="")
    writes(other, 409, both="10", alone="18", source="Law <3>").need(
        "Somebody else changed this rule", "Law <2>", "Counted until")
    still_typed(other, both="10", alone="18", source="Law <3>")
    # Fourteen and alone now: the clock's hourly look lets it go on, and the parent's link signs no more.
    program.stop()
    program.start()
    for visitor in (kim, lee, kai):
        visitor.connection = None  # what was open ended with the program
    end = time.monotonic() + 20
    while "wait for a signature" in kim.go(f"/board/{board}").words and time.monotonic() < end:
        time.sleep(0.2)
    kim.page.need_not("wait for a signature", "waits for a signature")
    shows_nothing(program, code, 410, "too old or was taken back")
    looks(program, receipt, "will answer you by")
    kai.go("/ask/river/sent").need("cannot be used any more")
    lee.go(peer)
    writes(lee, button="retire", both="", source="")
    lee.page.need("Nobody has written a rule for this yet").need_not("Law <2>")
    lee.go(peer).need("Law <2>", "Law <1>", "Counted until")


def main():
    with Program(sys.argv[1], engine_wanted()) as program:
        return run((("both sign, and either stops", lambda: both_sign(program)),
                    ("links that are not open show nothing", lambda: links(program)),
                    ("a leader writes and replaces the rule", lambda: rule(program))))


if __name__ == "__main__":
    sys.exit(main())
