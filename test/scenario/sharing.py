#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a family shares, over HTTP: one tap to stop, one to start again, and emergency access in front of
everyone whom it concerns: sharing.py BINARY

The scenarios follow each other."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, Visitor, engine_wanted, hold, run, signed_in  # noqa: E402

NEED = "She hides under the bed when the school bus comes."
REASON = "She wrote that she cannot go on, and does not answer."


class World:
    def __init__(self, program):
        self.program = program
        self.kim = signed_in(program)
        self.ana = Visitor(program)
        self.work = ""
        self.record = ""

    def board(self):
        self.kim.go("/me")
        self.kim.follow("/board/")
        return self.kim.page


def asked(world):
    """Before asking is sent, the page says what is shared and with whom."""
    ana = world.ana
    ana.go("/ask/river/need")
    safe = {"text": "yes", "voicemail": "no", "when": "after 6"}
    ana.answer_questions(NEED, "Ana", "ana@example.org", safe)
    ana.page.need("What you share by this", "coordinate River", "one tap")
    form = ana.page.form(action="/check$")
    ana.send(form, {"consent": "0" * 64})
    ana.page.need("These words have changed meanwhile")
    ana.send(ana.page.form(action="/check$"))
    ana.sign_in("ana@example.org")
    world.board().need("Ana")
    world.kim.follow("/request/")
    world.work = world.kim.page.path
    world.kim.page.need(NEED, "ana@example.org")


def stopped(world):
    """One tap, no reason, and it holds with the very next page."""
    ana, kim = world.ana, world.kim
    open_form = kim.page.form(action="/note$")
    ana.go("/me")
    ana.follow("/sharing$")
    ana.page.need("What I share", "coordinate River", "nobody looks for anyone", "kim")
    ana.send(ana.page.form(action="/stop$"))
    ana.page.need("You stopped it", "Stopped on", "Number of these words")
    hold(ana.page.path.startswith("/sharing/"), "the receipt follows")
    kim.go(world.work, wanted=404)
    kim.page.need_not(NEED, "Ana")
    # What was open meanwhile writes nothing and shows nothing.
    kim.post(open_form.action, kim.pairs(open_form, {"kind": "line", "words": "Called."}), wanted=404)
    kim.page.need_not(NEED, "Ana")
    page = world.board()
    page.need_not("Ana")
    page.need("1 family shares nothing with you now")
    ana.go("/sharing")
    ana.page.need("You share nothing with anybody now")


def started(world):
    """The request says why it rests; one tap starts again."""
    ana = world.ana
    ana.go("/me")
    ana.follow("/request/")
    ana.page.need("You share this request with nobody")
    ana.send(ana.page.form(action="/reopen$"))
    ana.page.need("Start sharing first")
    stale = ana.page.form(action="/start$")
    ana.send(stale)
    ana.page.need("You share it from now on", "Ana,")
    world.kim.go(world.work)
    world.kim.page.need(NEED)


def marked(world):
    """A note about substance use has its notice for others, and none for the family."""
    kim, ana = world.kim, world.ana
    statement = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    kim.go(world.work)
    kim.send(kim.page.form(action="/note$"), {"kind": "line", "words": "School starts at nine."})
    kim.page.need("School starts at nine.")
    kim.page.need_not("42 CFR")
    kim.send(kim.page.form(action="/note$"),
             {"kind": "line", "words": "She is sober since May.", "part2": "yes"})
    kim.page.need("She is sober since May.", statement, "shares it with those who coordinate River")
    ana.go(world.work.removesuffix("/work"))
    ana.page.need("She is sober since May.")
    ana.page.need_not("42 CFR")


def marked_words(world):
    """The family's own words likewise: marked by either, unmarked by the family alone."""
    ana, kim = world.ana, world.kim
    kim.go(world.work.removesuffix("/work") + "/code")
    kim.page.need_not("42 CFR")
    ana.send(ana.page.form(action="/mark$"), button="yes")
    ana.page.need("Marked as telling of alcohol or drug use")
    ana.page.need_not("42 CFR")
    kim.go(world.work.removesuffix("/work") + "/code")
    kim.page.need(NEED, "42 CFR part 2 prohibits unauthorized use",
                  "shares it with those who coordinate River")
    kim.go(world.work)
    kim.page.need_not("words tell of alcohol or drug use", "do not tell of it")
    ana.send(ana.page.form(action="/mark$"), button="no")
    ana.page.need("The mark is gone")
    kim.go(world.work.removesuffix("/work") + "/code")
    kim.page.need_not("42 CFR")


def narrowed(world):
    """What is left out is not shown from the next page on, and nothing else changes."""
    ana, kim = world.ana, world.kim
    ana.go("/sharing")
    ana.follow("/items$")
    ana.page.need("Always in it", "Ways to reach me", "Without it they cannot call or write to you")
    form = ana.page.form(action="/items$")
    ana.send(form, {"words": "0" * 64, "share": ["reach"]}, wanted=422)
    ana.page.need("These words have changed meanwhile")
    ana.send(ana.page.form(action="/items$"), {"share": ["reach"]})
    ana.page.need("It holds from now on", "My request, in my words; Ways to reach me", "Shared now")
    ana.go("/sharing")
    ana.page.need("You leave out: What was written down", "Earlier", "Replaced by a newer one")
    kim.go(world.work)
    kim.page.need(NEED, "ana@example.org", "does not share with you what was written down")
    kim.page.need_not("She is sober since May.", "School starts at nine.")
    ana.go("/sharing")
    ana.follow("/items$")
    ana.send(ana.page.form(action="/items$"), {"share": ["notes", "contacts", "progress"]})
    kim.go(world.work)
    kim.page.need(NEED, "School starts at nine.", "does not share with you how to reach it")
    kim.page.need_not("ana@example.org")
    # A page that was open meanwhile is no way back to more.
    ana.post(form.action, ana.pairs(form, {}), wanted=409)
    ana.go("/sharing")
    ana.follow("/items$")
    ana.send(ana.page.form(action="/items$"), {"share": ["reach", "notes", "contacts", "progress"]})


def recorded(world):
    """What was said on the phone is asked again at the first sign-in."""
    kim = world.kim
    world.board()
    kim.follow("/record$")
    kim.send(kim.page.form(action="/record$"),
             {"called": "Bea", "mail": "bea@example.org", "kind": "support"})
    bea = Visitor(world.program)
    bea.sign_in("bea@example.org")
    bea.go("/me")
    bea.page.need("Look at what you share")
    bea.follow("/sharing$")
    bea.page.need("wrote down", "that I said yes")
    bea.send(bea.page.form(action="/start$"))
    bea.page.need("I read it here")
    bea.go("/me")
    bea.page.need_not("Look at what you share")


def emergency(world):
    """Reason first, then the record; the family, the board and the list tell of it at once."""
    ana, kim = world.ana, world.kim
    ana.go("/sharing")
    ana.send(ana.page.form(action="/stop$"))
    world.board()
    kim.follow("/settings$")
    kim.follow("/people$")
    people = kim.page.path
    kim.send(kim.page.form(action="/people$"), {"mail": "kim@example.org", "duty": "emergency"}, wanted=422)
    kim.page.need("Somebody else has to give you this duty")
    kim.send(kim.page.form(action="/people$"),
             {"called": "Lou", "mail": "lou@example.org", "duty": "coordinator"})
    lou = Visitor(world.program)
    lou.sign_in("lou@example.org")
    lou.go(people)
    lou.send(lou.page.form(action="/people$"), {"mail": "kim@example.org", "duty": "emergency"})
    kim.go("/me")
    kim.follow("/emergency$")
    form = kim.page.form(action="/emergency$")
    kim.send(form, {"reason": "quick", "who": "Ana"}, wanted=422)
    kim.page.need("Say it in a whole sentence")
    kim.page.need_not(NEED)
    kim.send(kim.page.form(action="/emergency$"), {"reason": REASON, "who": "Nobody"}, wanted=422)
    kim.send(kim.page.form(action="/emergency$"), {"reason": REASON, "who": "ana"})
    kim.page.need(NEED, "ana@example.org", "The person sees that you do")
    world.record = kim.page.path
    kim.go(world.work, wanted=404)
    world.board().need("1 record is open because of an emergency")
    kim.follow("/emergencies$")
    kim.page.need("kim")
    kim.page.need_not("Ana", REASON)
    ana.go("/me")
    ana.page.need("is reading your record because of an emergency", REASON)
    ana.follow("/emergency$")
    ana.page.need(REASON)
    ana.send(ana.page.form(action="/answer$"), {"words": ""}, wanted=422)
    ana.send(ana.page.form(action="/answer$"), {"words": "I was only asleep."})
    ana.page.need("I was only asleep.")
    ana.go(world.record, wanted=404)


def sound(world):
    """Whatever was done above, the program itself finds nothing wrong in what it keeps."""
    world.program.command("check")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        sys.exit(run([("asked", asked), ("stopped", stopped), ("started again", started),
                      ("a marked note", marked), ("marked words", marked_words),
                      ("narrowed", narrowed),
                      ("said on the phone", recorded), ("an emergency", emergency),
                      ("nothing is wrong afterwards", sound)],
                     World(served)))
