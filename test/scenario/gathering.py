#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""One conversation among a family and several who walk with it: gathering.py BINARY

The scenarios follow each other."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, Visitor, engine_wanted, hold, run  # noqa: E402
from walk import World, invited, sound  # noqa: E402


def second(world):
    """Somebody else comes to walk with the same family."""
    ana = world.ana
    world.gus = world.family("gus", "Nights without sleep.")
    world.offer(world.gus)
    hold(not ana.go(world.match).has_link("/gathering$"), "with one there is nothing to open")
    ana = Visitor(world.program)  # on another device: this one still shows what was sent
    ana.sign_in("ana@example.org")
    ana.go("/ask/river/need")
    ana.answer_question("need", {"need": "Somebody for the evenings."})
    ana.answer_question("about", {})
    ana.answer_question("hopes", {})
    ana.send(ana.page.form(action="/check$"))
    world.choose(ana, "gus")
    world.gus.go("/me")
    world.gus.follow("/invitation/")
    world.gus.send(world.gus.page.form(button="walk with"), button="yes")
    world.second = world.gus.page.path


def opened(world):
    """The family opens it, each of the others decides, and each reads from then on."""
    ana, gloria, gus, kim = world.ana, world.gloria, world.gus, world.kim
    hold(not gus.go(world.second).has_link("/gathering$"), "nobody is led to what is not open")
    ana.go("/circle").need("Who walks with me", "gloria", "gus")
    ana.follow("/gathering$").need("Who could join", "gloria", "gus").need_not("Write to all")
    ana.send(ana.page.form(button="Open it"), button="open").need("Nothing was written yet.")
    form = ana.page.form(action="/gathering$")
    ana.send(form, {"words": " "}, wanted=422)
    ana.send(ana.page.form(action="/gathering$"), {"words": "The <b>meeting</b> is on Friday."})
    ana.page.need("The <b>meeting</b> is on Friday.", "not in it")
    gloria.go(world.match)
    gloria.follow("/gathering$").need("ana abrió una conversación").need_not("Friday")
    gloria.send(gloria.page.form(button="Entrar"), button="join").need_not("Friday")
    ana.go(world.match + "/gathering")
    ana.send(ana.page.form(action="/gathering$"), {"words": "Who comes along?"})
    gloria.go("/me").need("Palabras nuevas en la conversación")
    gloria.follow("/gathering$").need("Who comes along?").need_not("Friday")
    gloria.send(gloria.page.form(button="Ya las"), button="seen")
    gloria.go("/me").need_not("Palabras nuevas en la conversación")
    gus.go(world.second + "/gathering").need("Who is in it", "gloria").need_not("Who comes along?")
    typed = world.second + "/gathering"
    gus.send(gus.page.form(button="Join"), button="join")
    gus.send(gus.page.form(action="/gathering$"), {"words": "I do."})
    late = gus.page.form(action="/gathering$")
    gloria.go(world.match + "/gathering").need("I do.", "gus")
    kim.go(world.match + "/gathering", wanted=404)
    kim.go(world.match).need_not("I do.")
    gus.go(world.match + "/gathering", wanted=404)
    ana.go(world.match + "/gathering")
    ana.send(ana.page.form(button="Close it"), button="close").need("I do.", "Who could join")
    gus.post(late.action, gus.pairs(late, {"words": "Too late, and not lost."}), wanted=422)
    hold("Too late, and not lost." in gus.page.words, "what was typed is there")
    gus.go(typed).need("no open conversation").need_not("I do.")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        there = World(served)
        sys.exit(run([("invited, another time, yes", invited), ("a second walk", second),
                      ("one conversation for all", opened), ("nothing is wrong afterwards", sound)], there))
