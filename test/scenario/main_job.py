#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The whole main job over HTTP, without scripts, on an empty program: from asking to walking, and on.

usage: main_job.py PROGRAM

A family asks and reads where it stands; a coordinator takes the request, notes, codes and sends a list; the
family chooses; the supporter accepts; both agree; a contact is logged, read and answered; the family says
how far along it is; they pause and come back; the family changes the person, ends, comes back; and then
walks with another family.
"""
import functools
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Problem, Program, Visitor, engine_wanted, run  # noqa: E402

# What a careless page would break: markup, quotes, accents, another script, several lines.
NEED = "School says \"no\" & we <b>wait</b>.\nMañana, quizás. 日本"
NEED_ON_PAGE = "School says \"no\" & we <b>wait</b>. Mañana, quizás. 日本"
ITEMS = {"en": {"English": "English", "school": "Not going to school"},
         "es": {"English": "Inglés", "school": "No querer ir a la escuela"}}


def of_row(program, sql):
    """An id as addresses write it."""
    number, token = int(program.rows(sql)[0][0]), ""
    for _ in range(13):
        token = "0123456789abcdefghjkmnpqrstvwxyz"[number & 31] + token
        number >>= 5
    return token


class Cast:
    """Everyone in one program, and what each does, by the pages alone."""

    def __init__(self, program, lang):
        self.program, self.lang = program, lang
        self.coordinator = self.person("kim@example.org")

    def person(self, mail):
        visitor = Visitor(self.program, self.lang)
        visitor.cookies["lang"] = self.lang
        visitor.sign_in(mail)
        return visitor

    def asks(self, called, need):
        """The public form, signed out; (the visitor, the request, the receipt code)."""
        visitor = Visitor(self.program, self.lang)
        visitor.go("/ask/river/need")
        visitor.answer_question("need", {"need": need})
        visitor.answer_question("about", {})
        english = visitor.page.form(action="hopes$").labels("language")
        wanted = next(value for words, value in english.items() if words == ITEMS[self.lang]["English"])
        visitor.answer_question("hopes", {"language": wanted})
        visitor.answer_question("safe", {"voicemail": "yes"})
        visitor.answer_question("reach", {"called": called, "reach": f"{called.lower()}@example.org"})
        if visitor.page.status == 200:
            visitor.page.need(" ".join(need.split()), called)
        visitor.send(visitor.page.form(action="/check$"))
        code = re.search(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b", visitor.page.words)
        if not code:
            raise Problem(f"no receipt code: {visitor.page.words}")
        request = of_row(self.program, "SELECT r.id FROM request r JOIN person p ON p.id = r.person "
                                       f"WHERE p.called = '{called}' ORDER BY r.created_at DESC")
        return visitor, request, code.group(0)

    def offers(self, called, visitor=None):
        """Somebody known to the program says who they are for others, and is cleared; (visitor, offer)."""
        if visitor is None:
            self.program_person(called)
            visitor = self.person(f"{called.lower()}@example.org")
        visitor.go("/me")
        visitor.follow(r"^/program/\w+/offer$")
        form = visitor.page.form(action="/offer$")
        visitor.send(form, {"about": f"I am {called} and have been there.", "capacity": "3",
                            "speaks": form.labels("speaks")[ITEMS[self.lang]["English"]],
                            "lived": [form.labels("lived")[ITEMS[self.lang]["school"]]]})
        offer = of_row(self.program, "SELECT o.id FROM offer o JOIN person p ON p.id = o.person "
                                     f"WHERE p.called = '{called}'")
        self.coordinator.go(f"/offer/{offer}")
        self.coordinator.send(self.coordinator.page.form(action="/clear$"), button="yes")
        return visitor, offer

    def program_person(self, called):
        """A way in for somebody who has not asked for anything: a call with information."""
        visitor = Visitor(self.program, self.lang)
        visitor.go("/information/river")
        visitor.send(visitor.page.form(field="reach"), {"called": called,
                                                        "reach": f"{called.lower()}@example.org"})

    def lists(self, request):
        """The coordinator takes the request if it is free, and sends whom the matcher found."""
        kim = self.coordinator
        kim.go(f"/request/{request}/work")
        if any(form.action.endswith("/take") for form in kim.page.forms):
            kim.send(kim.page.form(action="/take$"))
        kim.go(f"/request/{request}/shortlist")
        kim.send(kim.page.form(action="/shortlist$"))

    def match(self, request, giver, offer, family):
        """The family chooses this offer and its person says yes; the match."""
        family.go(f"/request/{request}/choose")
        family.follow(f"/choose/{offer}$")
        family.send(family.page.form(action=f"/choose/{offer}$"))
        giver.go("/me")
        giver.follow("^/invitation/")
        giver.send(giver.page.form(button="", action="^/invitation/", field=""), button="yes")
        return re.search(r"/match/(\w+)", giver.page.path).group(1)


def walk_together(program, lang="en"):
    """Fay receives and Gus gives; (cast, fay, gus, match, request, offer)."""
    cast = Cast(program, lang)
    gus, offer = cast.offers("Gus")
    fay, request, _ = cast.asks("Fay", NEED)
    cast.lists(request)
    fay = cast.person("fay@example.org")
    match = cast.match(request, gus, offer, fay)
    return cast, fay, gus, match, request, offer


def status_tells(cast, code):
    """Signed out, with the code and the mail: where it stands, and neither name nor need."""
    stranger = Visitor(cast.program, cast.lang)
    stranger.go("/status")
    form = stranger.page.form(action="/status$")
    names = sorted(form.names() - {"token", "once"})
    reach = next(name for name in names if "reach" in name)
    other = next(name for name in names if name != reach)
    stranger.send(form, {other: code, reach: "fay@example.org"})
    stranger.page.need_not("Fay", "School says", "Mañana")
    stranger.go("/status")
    wrong = "AAA-AAA-AAA"
    stranger.send(stranger.page.form(action="/status$"), {other: wrong, reach: "fay@example.org"},
                  wanted=None)
    if stranger.page.status < 400:
        raise Problem(f"a wrong code was answered {stranger.page.status}: {stranger.page.words}")


def coordinator_works(cast, request):
    kim = cast.coordinator
    kim.go(f"/request/{request}/work").need(NEED_ON_PAGE)
    kim.send(kim.page.form(action="/take$"))
    kinds = [field.value for field in kim.page.form(action="/note$").fields if field.name == "kind"]
    kim.send(kim.page.form(action="/note$"), {"kind": kinds[-1],
                                              "words": "We talked about \"Tuesdays\"."})
    kim.go(f"/request/{request}/code")
    form = kim.page.form(action="/code$")
    kim.send(form, {"experience": [form.labels("experience")[ITEMS[cast.lang]["school"]]]})
    kim.go(f"/request/{request}/work").need(NEED_ON_PAGE, "We talked about \"Tuesdays\".",
                                            ITEMS[cast.lang]["school"])


def family_reads(cast, request):
    """Words unchanged, what was coded, what was written, and by whom; and it can write beside it."""
    fay = cast.person("fay@example.org")
    fay.go(f"/request/{request}")
    fay.page.need(NEED_ON_PAGE, "We talked about \"Tuesdays\".", ITEMS[cast.lang]["school"], "kim")
    fay.send(fay.page.form(action=f"^/request/{request}/answer$"), {"words": "Mondays, I said."})
    fay.go(f"/request/{request}").need("Mondays, I said.", "We talked about \"Tuesdays\".")
    cast.coordinator.go(f"/request/{request}/work").need("Mondays, I said.")
    return fay


def both_agree(match, *sides):
    for side in sides:
        side.go(f"/match/{match}/agreement")
        side.send(side.page.form(action="/agreement$"))


def log_contact(giver, match, line):
    giver.go(f"/match/{match}/contact")
    form = giver.page.form(action="/contact$")
    first = {name: next(field.value for field in form.fields if field.name == name)
             for name in ("kind", "minutes", "support")}
    giver.send(form, {**first, "line": line}, button="talked")


def contact_and_answer(fay, gus, match):
    log_contact(gus, match, "We laughed <a lot>.")
    fay.go(f"/match/{match}").need("We laughed <a lot>.")
    fay.follow("^/contact/")
    fay.send(fay.page.form(action="^/contact/"), {"words": "So we did."})
    gus.go(f"/match/{match}").need("We laughed <a lot>.", "So we did.")
    gus.go(f"/match/{match}/contact")
    gus.send(gus.page.form(action="/contact$"), button="no-answer")


def progress_is_own(cast, fay, gus, match, request):
    """Said by the family, seen by the family alone."""
    for value in ("3", "7"):
        fay.go(f"/request/{request}/progress")
        fay.send(fay.page.form(action="/progress$"), {"value": value, "words": f"Now {value}, I feel."})
    fay.go(f"/match/{match}")
    fay.page.need("Now 7, I feel.")
    for other in (gus, cast.coordinator):
        other.go(f"/match/{match}").need_not("Now 7, I feel.", "Now 3, I feel.")


def pause_and_back(fay, gus, match):
    fay.go(f"/match/{match}")
    fay.send(fay.page.form(action="/pause$"))
    gus.go(f"/match/{match}")
    gus.send(gus.page.form(action="/come-back$"))


def another_person(cast, fay, gus, match, request):
    """The family ends this walk and chooses someone else; the one before can no longer look."""
    ida, offer = cast.offers("Ida")
    fay.go(f"/match/{match}")
    fay.send(fay.page.form(action="/end$", button=end_words(fay, match, "another-person")),
             button="another-person")
    gus.go(f"/match/{match}", wanted=404)
    cast.lists(request)
    second = cast.match(request, ida, offer, fay)
    log_contact(ida, second, "Hello from Ida.")
    fay.go(f"/match/{second}").need("Hello from Ida.")
    fay.go(f"/match/{match}").need("We laughed <a lot>.")  # history stays with the family
    return second


def end_words(visitor, match, how):
    visitor.go(f"/match/{match}")
    for form in visitor.page.forms:
        for _, value, words, _ in form.buttons:
            if value == how:
                return words
    raise Problem(f"no way to end by {how}")


def end_and_back(fay, match, request):
    fay.go(f"/match/{match}")
    fay.send(fay.page.form(action="/end$", button=end_words(fay, match, "for-now")), button="for-now")
    fay.go(f"/request/{request}")
    fay.send(fay.page.form(action="/reopen$"))
    fay.go(f"/request/{request}")
    fay.send(fay.page.form(action="/withdraw$"))


def turns_to_giver(cast, fay):
    """Fay, who was walked with, walks with Ana; and both sides of her stand on her page."""
    fay, offer = cast.offers("Fay", fay)
    _, request, _ = cast.asks("Ana", "A night of sleep.")
    cast.lists(request)
    ana = cast.person("ana@example.org")
    match = cast.match(request, fay, offer, ana)
    log_contact(fay, match, "I know that night.")
    ana.go(f"/match/{match}").need("I know that night.")
    fay.go("/me").need("Ana", " ".join(NEED.split())[:20])
    for side, count in (("giver", "1"), ("receiver", "2")):
        found = cast.program.rows(f"SELECT count(*) FROM match m JOIN person p ON p.id = m.{side} "
                                  "WHERE p.called = 'Fay'")
        if found != [(count,)]:
            raise Problem(f"Fay is the {side} of {found} matches, not {count}")


def counts_hours(giver, other):
    """What one gives, month by month, beside what one wants to give: for oneself."""
    giver.go("/me")
    giver.follow("^/hours$").need(" 5 min")
    form = giver.page.form(action="^/hours$")
    giver.send(form, {"hours": "201"}, wanted=422)
    if "201" not in [field.value for field in giver.page.form(action="^/hours$").fields]:
        raise Problem("what was typed is gone")
    giver.send(giver.page.form(action="^/hours$"), {"hours": "20"}).need(" 20 ho")
    giver.go("/me").need(" 20 ho")
    other.go("/hours").need_not(" 20 ho", " 5 min")


def whole_job(binary, engine, lang):
    with Program(binary, engine) as program:
        cast = Cast(program, lang)
        gus, offer = cast.offers("Gus")
        _, request, code = cast.asks("Fay", NEED)
        status_tells(cast, code)
        coordinator_works(cast, request)
        fay = family_reads(cast, request)
        cast.lists(request)
        match = cast.match(request, gus, offer, fay)
        both_agree(match, fay, gus)
        contact_and_answer(fay, gus, match)
        gus.go("/me").need({"en": "1 of 3.", "es": "1 de 3."}[lang])  # places
        counts_hours(gus, fay)
        progress_is_own(cast, fay, gus, match, request)
        pause_and_back(fay, gus, match)
        gus.go(f"/match/{match}/contact")
        written = gus.page.form(action="/contact$")
        second = another_person(cast, fay, gus, match, request)
        gus.send(written, {"kind": "call", "line": "Written while it ended."}, wanted=404)
        gus.page.need("Written while it ended.")
        end_and_back(fay, second, request)
        turns_to_giver(cast, fay)
        program.stop()
        said = program.command("check")
        if "all is well" not in said:
            raise Problem(f"beenthere check: {said}")


def main():
    engine = engine_wanted()
    return run([(f"the whole main job in {lang} on {engine}",
                 functools.partial(whole_job, sys.argv[1], engine, lang)) for lang in ("en", "es")])


if __name__ == "__main__":
    sys.exit(main())
