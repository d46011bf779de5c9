#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What goes on paper to a clinic, a school or a court, over HTTP: asked, read, signed, printed by the family
and by the program, narrowed, stopped and given again: handover.py BINARY

The scenarios follow each other."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Problem, Program, Visitor, engine_wanted, hold, run, signed_in  # noqa: E402

NEED = "She hides under the bed when the school bus comes."
NOTE = "School starts at nine."
MARKED = "She is sober since May."
KEPT = "Her father does not know."
WHEN = "After 6, when my sister is out."
STATEMENT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
ORGANIZATION = "Hill School"


class World:
    def __init__(self, program):
        self.program = program
        self.kim = signed_in(program)
        self.ana = Visitor(program)
        self.work = ""
        self.paper = ""
        self.until = ""

    def items_of(self, organization):
        """Opens the page on which Ana picks what goes there, or to those who coordinate."""
        self.ana.go("/sharing")
        for link in [address for address, _ in self.ana.page.links if address.endswith("/items")]:
            if self.ana.go(link).says(ORGANIZATION) == organization:
                return self.ana.page.form(action="/items$")
        raise Problem("nothing of this kind is shared")


def asked(world):
    """A request with a note, one that tells of substance use, and one that the family keeps for two."""
    ana, kim = world.ana, world.kim
    ana.go("/ask/river/need")
    ana.answer_questions(NEED, "Ana", "ana@example.org", {"text": "yes", "voicemail": "no", "when": WHEN})
    ana.send(ana.page.form(action="/check$"))
    ana.sign_in("ana@example.org")
    kim.go("/me")
    kim.follow("/board/")
    kim.follow("/request/")
    world.work = kim.page.path
    kim.page.need("ana@example.org", WHEN)
    kim.send(kim.page.form(action="/note$"), {"kind": "line", "words": NOTE})
    kim.send(kim.page.form(action="/note$"), {"kind": "line", "words": MARKED, "part2": "yes"})
    kim.page.need_not("On paper, for others")
    ana.go(world.work.removesuffix("/work"))
    ana.send(ana.page.form(action="/answer$"), {"words": KEPT, "kept": "on"})


def given(world):
    """Errors keep what was typed; nothing is signed but what was read; a double tap makes one."""
    ana = world.ana
    ana.go("/sharing")
    ana.follow("/organization$")
    world.until = dict(ana.page.form(action="/organization$").defaults())["until"]
    typed = {"organization": ORGANIZATION, "whom": "Ms. Ortiz", "own": "So that she can come back to class.",
             "purpose": "school", "share": ["words", "notes"]}
    ana.send(ana.page.form(action="/organization$"), typed | {"organization": "", "share": []}, wanted=422)
    ana.page.need("Write who gets it.", "Pick at least one thing")
    hold("Ms. Ortiz" in dict(ana.page.form(action="/organization$").defaults()).values(), "whom is kept")
    ana.send(ana.page.form(action="/organization$"), typed | {"until": "2020-01-01"}, wanted=422)
    ana.page.need("Pick a day from today on")
    ana.send(ana.page.form(action="/organization$"), typed | {"until": world.until})
    ana.page.need("Read and sign", f"to {ORGANIZATION}, for Ms. Ortiz", "What was written down",
                  "To plan together at school", "So that she can come back to class.",
                  "telling of alcohol or drug use is not in it", "I can stop it at any time")
    hold(world.program.count("consent_organization") == 0, "reading signs nothing")
    sign = ana.page.form(field="words")
    ana.send(ana.page.form(field="change"))
    ana.page.need("What goes on the page")
    kept = dict(ana.page.form(action="/organization$").defaults()).values()
    hold("Ms. Ortiz" in kept, "going back loses nothing")
    ana.send(sign, {"words": "0" * 64}, wanted=422)
    ana.page.need("These words have changed meanwhile")
    sign = ana.page.form(field="words")
    ana.send(sign)
    ana.page.need("Signed. The page to print is there", "Ana,", "Shared now", "The very words", "Ms. Ortiz")
    receipt = ana.page.path
    ana.send(sign)
    hold(ana.page.path == receipt, "a second tap leads to the same")
    hold(world.program.count("consent_organization") == 1, "and there is one")
    ana.follow("/paper$")
    world.paper = ana.page.path


def printed(world):
    """Exactly what was agreed to; nothing marked, and nothing says so; nothing that is kept for two."""
    ana, kim = world.ana, world.kim
    ana.page.need(f"For {ORGANIZATION}, Ms. Ortiz", "About Ana. From River", NEED, NOTE, "The program wrote",
                  "To plan together at school", "So that she can come back to class.", "Opened by")
    ana.page.need_not(MARKED, KEPT, "42 CFR", "ana@example.org", "Who else opened it")
    kim.go(world.work)
    kim.page.need("On paper, for others", ORGANIZATION)
    kim.follow("/paper$")
    kim.page.need(NEED, NOTE, "The family sees that you opened it")
    kim.page.need_not(MARKED, KEPT, "42 CFR", "Not on it, because")
    ana.go(world.paper)
    ana.page.need("Who else opened it", "kim")
    ana.go("/me/openings")
    ana.page.need("opened a page for a clinic, a school or a court, as you agreed")
    other = Visitor(world.program)
    other.go(world.paper)
    hold(other.page.path.startswith("/sign-in"), "whoever is signed out is asked who they are")
    other.page.need_not(NEED, ORGANIZATION)


def intersected(world):
    """Who coordinates has no more on it than the family shares with them, and is told what is left out."""
    ana, kim = world.ana, world.kim
    ana.send(world.items_of(False), {"share": ["reach", "contacts", "progress"]})
    kim.go(world.paper)
    kim.page.need(NEED, "Not on it, because the family does not share it with you: What was written down")
    kim.page.need_not(NOTE)
    ana.go(world.paper)
    ana.page.need(NEED, NOTE)


def covered(world):
    """Widened to what is marked, the page carries the statement and the scope, for whoever opens it. Ways to
    reach the family go without its words about safe times."""
    ana, kim = world.ana, world.kim
    old = world.paper
    ana.send(world.items_of(False), {"share": ["reach", "notes", "contacts", "progress"]})
    ana.send(world.items_of(True), {"share": ["substance"]}, wanted=422)
    ana.page.need("Pick at least one thing besides your name")
    ana.send(ana.page.form(action="/items$"), {"share": ["words", "reach", "notes", "substance"]})
    ana.page.need("It holds from now on", "Shared now")
    ana.follow("/paper$")
    world.paper = ana.page.path
    ana.page.need(MARKED, STATEMENT, f"given to {ORGANIZATION}, Ms. Ortiz", "Do not pass it on",
                  "ana@example.org")
    ana.page.need_not(KEPT, WHEN)
    ana.go(old, wanted=410)
    ana.page.need_not(NEED, MARKED)
    kim.go(old, wanted=404)
    kim.go(world.paper)
    kim.page.need(MARKED, STATEMENT, "ana@example.org")
    kim.page.need_not(KEPT, WHEN)
    ana.go("/sharing")
    ana.page.need("Replaced by a newer one")


def stopped(world):
    """One tap, and it opens for nobody; one tap starts it again."""
    ana, kim = world.ana, world.kim
    kim.go(world.paper)
    ana.go(world.paper.removesuffix("/paper"))
    ana.send(ana.page.form(action="/stop$"))
    ana.page.need("You stopped it", "Stopped on")
    kim.go(world.paper, wanted=404)
    kim.page.need_not(NEED, ORGANIZATION)
    ana.go(world.paper, wanted=410)
    ana.page.need_not(NEED)
    kim.go(world.work)
    kim.page.need_not(ORGANIZATION)
    ana.go("/sharing")
    ana.page.need("for as many days as before")
    start = ana.page.form(action="/start$")
    ana.send(start)
    ana.page.need("You share it from now on")
    ana.follow("/paper$")
    world.paper = ana.page.path
    kim.go(world.paper)
    # Nor does it open for those who coordinate once the family shares nothing with them.
    world.items_of(False)
    ana.go(ana.page.path.removesuffix("/items"))
    ana.send(ana.page.form(action="/stop$"))
    kim.go(world.paper, wanted=404)
    ana.go(world.paper)
    ana.page.need(NEED)


def sound(world):
    """Whatever was done above, the program itself finds nothing wrong in what it keeps."""
    world.program.command("check")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        sys.exit(run([("asked", asked), ("given", given), ("printed", printed),
                      ("no more than both share", intersected), ("with what is marked", covered),
                      ("stopped and started", stopped), ("nothing is wrong afterwards", sound)],
                     World(served)))
