#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A young person asks, and a parent has to sign too: over HTTP and without scripts.

usage: signatures.py PROGRAM

Kai reads who signs before writing anything, asks, and hands a link over. Until the parent signs, nobody of
the program reads a word or a name of Kai's. The parent sees what is signed and not what Kai wrote, signs, and
stops it again. Links that were used, replaced or never made show nothing.
"""
import os
import re
import sys
from datetime import date

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, Visitor, engine_wanted, run  # noqa: E402
from main_job import Cast, of_row  # noqa: E402

WORD = "blue heron 7"
NAME, NEED = "Kaimana", "Nobody at home may know this"
CODE = r"\b(?:[2-9a-z]{4}-){3}[2-9a-z]{4}\b"


def asks(program, called=NAME):
    """Fourteen years old; (the visitor on the receipt, the receipt's code, the parent's code)."""
    kai = Visitor(program)
    kai.go("/young/river/signs")  # leads back to what is read first
    kai.send(kai.page.form(action="^/young/river$"),
             {"word": WORD, "month": "1", "year": str(date.today().year - 14)})
    kai.page.need("You and a parent or guardian both sign", "follows the strictest", "Younger than 18")
    kai.follow("^/ask/river/need$")
    kai.answer_question("need", {"need": NEED})
    kai.answer_question("about", {})
    kai.answer_question("hopes", {})
    kai.answer_question("safe", {})
    kai.answer_question("reach", {"called": called, "reach": f"{called.lower()}@example.org"})
    kai.page.need("has to sign, too")
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


def both_sign(program):
    cast = Cast(program, "en")
    kim = cast.coordinator
    _, _, code = asks(program)
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


def main():
    with Program(sys.argv[1], engine_wanted()) as program:
        return run((("both sign, and either stops", lambda: both_sign(program)),
                    ("links that are not open show nothing", lambda: links(program))))


if __name__ == "__main__":
    sys.exit(main())
