#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a family keeps for itself, and opens to who walks with it: own.py BINARY

The scenarios follow each other."""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, engine_wanted, hold, run  # noqa: E402
from walk import World, invited  # noqa: E402


def proposed(world):
    """Who reads a goal may propose a step: it stands apart; its person takes it, changed, or leaves it."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go("/goals/new")
    ana.send(ana.page.form(action="/goals/new$"), {"words": "An evening for myself.", "kind": "myself"})
    evening = ana.page.path
    ana.follow("/step$")
    ana.send(ana.page.form(action="/step$"), {"words": "My sister minds him.", "who": "other", "day": "week"})
    gloria.go(world.match)
    hold(not gloria.page.has_link("/goal/"), "what is not opened is not there")
    ana.send(ana.page.form(action="/reader/"), button="on")
    gloria.go(world.match)
    gloria.follow("/goal/").need("An evening for myself.", "Sus palabras quedan aparte, con su nombre.")
    here = gloria.page.path
    gloria.send(gloria.page.form(action="/goal/"), {"words": "  "}, wanted=422)
    told = world.mails("ana")
    for words in ("Los jueves la cuido.", "Venga a cantar."):
        gloria.go(here)
        gloria.send(gloria.page.form(action="/goal/"), {"words": words, "who": "giver"})
        gloria.page.need(words, "Lo tiene ana")
    kim.go(here, wanted=404)
    ana.go(here, wanted=404)
    for words in ("No era esto.", "Ni esto."):
        gloria.go(here)
        gloria.send(gloria.page.form(action="/goal/"), {"words": words, "who": "giver"})
    gloria.page.need("Retirarlo", "Lo que ana ya puso en su lista se queda")
    for words in ("No era esto.", "Ni esto."):
        back = [form for form in gloria.page.forms if "/back/" in form.action][-1]
        gloria.send(back).need("Ya está retirado.")
        gone = back.action
    gloria.page.need_not("No era esto.", "Ni esto.")
    fresh = [form for form in gloria.page.forms if "/back/" in form.action][0]
    gloria.post(gone, gloria.pairs(fresh, {}), wanted=409)
    ana.go("/me").need("Waiting for you", "gloria proposes 2 steps")
    hold(world.mails("ana") <= told + 1, "several steps in a short while are news once")
    ana.go(world.match).need("2 proposed steps to look at")
    ana.go(evening).need("Proposed to you", "gloria wrote this on")
    ana.follow("/proposal/").need("Los jueves la cuido.")
    ana.send(ana.page.form(action="/proposal/[^/]*$"), {"words": "Gloria minds him on Thursdays."})
    ana.page.need("Gloria minds him on Thursdays.", "Proposed by gloria", "Venga a cantar.")
    ana.follow("/proposal/")
    ana.send(ana.page.form(action="/proposal/.*/leave$")).need_not("Venga a cantar.")
    gloria.go(world.match).need("ana lo tomó", "Gloria minds him on Thursdays.", "Venga a cantar.")
    gloria.page.need("Lo tiene ana")
    ana.go(evening)
    ana.follow("/goal/[^/]*/edit$").need("reads the new words from now on: gloria.")
    ana.send(ana.page.form(action="/edit$"), {"words": "An evening a week for myself."})
    ana.follow("/step/[^/]*/edit$")
    ana.send(ana.page.form(action="/edit$"), {"words": "My sister minds him too."})
    gloria.go(world.match).need("An evening a week for myself.", "My sister minds him too.")
    ana.go(evening).need("Somebody else, by")  # the day stays


def practiced(world):
    """Something to get better at: small steps, tried again and again, how it went in one's own words."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go("/goals")
    ana.follow("/goals/practice$").need("Staying steady on hard days", "Speaking up in meetings")
    ana.follow("practice=3$")
    ana.send(ana.page.form(action="/goals/new$"), {"words": "Speaking up at school."})
    goal = ana.page.path
    ana.page.need("Practicing something", "try again and again")
    ana.follow("/step$").need("I ask for plain words when I do not understand.")
    ana.follow("practice=3&step=1$").need("I write three questions, and ask the first one.")
    for wrong in ("practice=3&step=9", "practice=4&step=1", "practice=x", "step=1"):
        ana.go(f"{goal}/step?{wrong}")
    ana.send(ana.page.form(action="/step$"), {"words": "I ask one question.", "who": "me", "day": "whenever"})
    ana.follow("/tried$").need("I ask one question.")
    form, page = ana.page.form(action="/tried$"), ana.page.path
    ana.send(form, {"words": " "}, wanted=422)
    ana.send(form, {"words": "Tomorrow?", "day": "2999-01-01"}, wanted=422).need("Choose a day that has come")
    ana.send(ana.page.form(action="/tried$"), {"words": "Zero to one.", "day": "never"}, wanted=422)
    ana.go(page)
    ana.send(ana.page.form(action="/tried$"), {"words": "I forgot it.", "helped": ""}).need("Tried 1 time")
    ana.follow("/tried$")
    ana.send(ana.page.form(action="/tried$"), {"words": "She answered.", "helped": "The paper."})
    ana.page.need("Tried 2 times", "What helped: The paper.")
    gloria.go(world.match).need_not("Speaking up at school.", "She answered.")
    ana.send(ana.page.form(action="/reader/"), button="on")
    gloria.go(world.match).need("Speaking up at school.", "She answered.", "Qué ayudó: The paper.")
    gloria.page.need_not("Tried 2 times", "2 intentos")
    for visitor in (gloria, kim):
        visitor.go(page, wanted=404)
    ana.go(goal)
    first = [link for link, _ in ana.page.links if re.search("/tried/[^/]*$", link)][-1]
    gloria.go(first, wanted=404)
    ana.go(first).need("I forgot it.", "reads the new words from now on: gloria.")
    ana.send(ana.page.form(action="/tried/[^/]*$"), {"words": "I nearly asked it."})
    ana.page.need("I nearly asked it.")
    ana.go(first)
    ana.send(ana.page.form(action="/drop$")).need_not("I nearly asked it.")
    gloria.go(world.match).need("She answered.").need_not("I nearly asked it.")


def boxed(world):
    """What works, on cards: one's own until one is opened, and on paper to cut out."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go("/me")
    ana.follow("/toolbox$").need("There is no card yet.")
    ana.follow("begins=1$").need("When it gets loud I")
    ana.send(ana.page.form(action="/toolbox/new$"), {"words": " ", "kind": "calms"}, wanted=422)
    for words, kind in (("When it gets loud I count.", "calms"), ("We sing.", "home")):
        ana.go("/toolbox/new")
        ana.send(ana.page.form(action="/toolbox/new$"), {"words": words, "kind": kind, "trial": "on"})
    ana.page.need("When it gets loud I count.", "Calms me", "To try", "Only you read it")
    ana.send(ana.page.form(action="/turn$", button="down"), button="down")
    words = ana.page.words
    hold(words.index("We sing.") < words.index("When it gets loud I count."), "the order is hers")
    gloria.go(world.match).need_not("We sing.")
    ana.follow("/toolbox/[^/?]{13}$").need("gloria does not read it.")
    card = ana.page.path
    ana.send(ana.page.form(action="/reader/"), button="on").need("gloria reads it")
    gloria.go(world.match).need("Lo que le funciona a ana", "We sing.").need_not("I count.")
    for visitor in (gloria, kim):
        visitor.go(card, wanted=404)
        visitor.go("/toolbox").need_not("We sing.", "I count.")
    kim.go(world.match).need_not("We sing.")
    ana.go(card)
    ana.send(ana.page.form(action=card + "$"), {"words": "We sing in the car.", "kind": "home"})
    ana.page.need("We sing in the car.")
    gloria.go(world.match).need("We sing in the car.")
    ana.go(card)
    ana.send(ana.page.form(action="/reader/"), button="off")
    gloria.go(world.match).need_not("We sing in the car.")
    ana.go(card)
    ana.send(ana.page.form(action="/turn$"), button="drop").need_not("We sing in the car.")


def carried(world):
    """Somebody new need not be told it all again: own words go along, seen first, and can be taken back."""
    ana, gloria, kim, old = world.ana, world.gloria, world.kim, world.match
    for visitor, words in ((ana, "Mornings are hard for us."), (gloria, "Le entiendo.")):
        visitor.go(old + "/messages")
        visitor.send(visitor.page.form(action="/messages$"), {"words": words})
    ana.go(old)
    ana.send(ana.page.form(button="someone else"), button="another-person")
    ben = world.family("ben", "I need rest.")
    world.offer(ben)
    world.choose(ana, "ben")
    ben.go("/me")
    ben.follow("/invitation/")
    ben.send(ben.page.form(button="Yes"), button="yes")
    new = ben.page.path
    ana.go(new)
    ana.follow("/carry/").need("What ben should know", "Mornings are hard for us.", "to gloria")
    ana.page.need_not("Le entiendo.")
    page = ana.page.path
    ana.send(ana.page.form(action="/carry/[^/]*$"), {"words": " "}, wanted=422)
    form = ana.page.form(action="/carry/[^/]*$")
    picked = [field.value for field in form.fields if field.name == "message"]
    ana.send(form, {"words": "Text before you call.", "message": picked})
    ana.page.need("How ben would read it", "ben does not read it.")
    ben.go(new).need_not("Text before you call.", "Mornings are hard")
    ana.send(ana.page.form(action="/turn$"), button="pass").need("ben reads this since")
    ben.go(new).need("What ana passed on to you", "Text before you call.", "Mornings are hard for us.")
    ben.page.need_not("gloria", "Le entiendo.")
    ben.go("/me").need("ana passes some words on to you")
    ana.go("/me").need_not("passes some words on")
    ben.go(new)
    ben.send(ben.page.form(action="/seen$", button="I have read this")).need_not("I have read this")
    ben.page.need("Text before you call.")
    ben.go("/me").need_not("passes some words on to you")
    ana.go(new).need("ben reads what you passed on")
    for visitor in (ben, gloria, kim):
        visitor.go(page, wanted=404)
        visitor.post(page, visitor.pairs(visitor.go("/me").form(action="/sign-out$"), {}), wanted=404)
    kim.go(new).need_not("Text before you call.")
    ana.go(page)
    ana.send(ana.page.form(action="/turn$"), button="back")
    ben.go(new).need_not("Text before you call.", "Mornings are hard")


def got_ready(world):
    """A sheet for a meeting: written, opened to who walks along, a question of theirs taken, how it went."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go(world.match)
    ana.follow("/sheets$")
    ana.follow("/sheets/new$")
    first = {"want": "He stays in his class.", "kind": "school", "called": "Yearly meeting",
             "day": "2026-13-01"}
    ana.send(ana.page.form(action="/sheets/new$"), first, wanted=422)
    ana.page.need("He stays in his class.", "Write the day like this")
    ana.send(ana.page.form(action="/sheets/new$"), {**first, "day": "", "want": " "}, wanted=422)
    ana.send(ana.page.form(action="/sheets/new$"), {**first, "day": ""})
    sheet = ana.page.path
    ana.page.need("Yearly meeting", "He stays in his class.", "gloria does not read it.")
    ana.follow("/before$").need("34 CFR 300.321", "not legal advice")
    more = {"questions": "Who helps him on Monday?\n\nWhen do we look again?",
            "speak_me": "How mornings are", "speak_supporter": "Writes down what is said",
            "speak_family": "What recess is like", "speak_other": "His aunt, about Sundays",
            "bring": "The plan"}
    ana.send(ana.page.form(action="/before$"), more)
    ana.page.need("Who helps him on Monday?", "Writes down what is said")
    for visitor in (gloria, kim):
        visitor.go(sheet, wanted=404)
        visitor.go(sheet + "/with", wanted=404)
    gloria.go(world.match).need_not("Yearly meeting")
    ana.send(ana.page.form(action="/reader/"), button="on")
    gloria.go(world.match)
    gloria.follow("/with$").need("He stays in his class.", "Who helps him on Monday?")
    gloria.send(gloria.page.form(action="/with$"), {"words": " "}, wanted=422)
    gloria.send(gloria.page.form(action="/with$"), {"words": "Can you read it at home first?"})
    kim.go(sheet + "/with", wanted=404)
    gloria.send(gloria.page.form(action="/with$"), {"words": "No era esta."})
    ana.go("/me").need("gloria suggests 2 questions", "Yearly meeting")
    gloria.send([form for form in gloria.page.forms if "/back" in form.action][-1]).need_not("No era esta.")
    gloria.page.need("Ya está retirada.", "Can you read it at home first?")
    ana.go("/sheets").need("1 idea waits for you.")
    ana.go(sheet)
    ana.send(ana.page.form(action="/idea/"), button="take")
    ana.page.need("(gloria thought of it)")
    ana.go(sheet + "/after")
    how = {"decided": "An aide from Monday on.", "seat": "yes", "say": "partly",
           "unsaid": "That he is funny."}
    ana.send(ana.page.form(action="/after$"), how)
    ana.page.need("An aide from Monday on.", "That he is funny.", "Partly")
    ana.follow("/step$")
    ana.send(ana.page.form(action="/step$"), {"words": "They send the plan.", "who": "other", "day": ""})
    ana.follow("/step/")
    ana.send(ana.page.form(action="/step/[^/]*$"), {"done": "on", "came": "It came on Friday."})
    ana.page.need("Somebody else: done on", "What came of it: It came on Friday.")
    gloria.go(sheet + "/with").need("An aide from Monday on.", "It came on Friday.")
    gloria.page.need_not("That he is funny.", "Did I get to say it?")
    ana.go(sheet)
    ana.send(ana.page.form(action="/reader/"), button="off")
    gloria.go(sheet + "/with", wanted=404)
    gloria.go(world.match).need_not("Yearly meeting")


def tried(world):
    """What stands in the way, and what was tried: one's own until it is opened."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go(world.match)
    ana.follow("/barriers$")
    ana.follow("/barriers/new$")
    ana.send(ana.page.form(action="/barriers/new$"), {"words": " "}, wanted=422)
    ana.send(ana.page.form(action="/barriers/new$"), {"words": "The bus leaves early."})
    barrier = ana.page.path
    ana.send(ana.page.form(action=barrier + "$"), {"words": " "}, wanted=422)
    ana.send(ana.page.form(action=barrier + "$"), {"words": "I asked for a later bus."})
    ana.follow("/try/")
    ana.send(ana.page.form(action="/try/[^/]*$"), {"came": "There is none on Mondays."})
    ana.page.need("I asked for a later bus.", "What came of it: There is none on Mondays.")
    gloria.go(world.match).need_not("The bus leaves early.")
    ana.send(ana.page.form(action="/reader/"), button="on")
    gloria.go(world.match).need("The bus leaves early.", "There is none on Mondays.")
    for visitor in (gloria, kim):
        visitor.go(barrier, wanted=404)
    kim.go(world.match).need_not("The bus leaves early.")
    ana.go(barrier)
    ana.send(ana.page.form(action="/turn$"), button="gone")
    gloria.go(world.match).need_not("The bus leaves early.")
    ana.go("/barriers").need("Out of the way since")


def sends_file(visitor, name, content, wanted=200):
    return visitor.send_file(visitor.page.form(action="/documents$"), name, content, wanted=wanted)


def kept(world):
    """Documents: taken in by what they are, given back byte for byte, to nobody else."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go("/me")
    ana.follow("/documents$").need("At most 4 MB each, 40 MB in all; you have used 0 MB.",
                                   "holds the file with the keys")
    sends_file(ana, "program.exe", b"MZ\x90\x00", wanted=422).need("Only PDF, JPEG, PNG or plain text")
    sends_file(ana, "nothing.txt", b"", wanted=422)
    sends_file(ana, "big.txt", b"a" * (4 * 1024 * 1024 + 1), wanted=422).need("This file is too large")
    letter = b"A letter of many pages. " * (4 * 1024 * 1024 // 24)
    sends_file(ana, "C:\\papers\\La carta.txt", letter).need("La carta.txt", "Only you can open it.")
    ana.follow("/document/")
    document = ana.page.path
    hold(ana.page.fields["content-disposition"] == 'attachment; filename="La_carta.txt"', "it is a download")
    status, fields, content = ana.ask("GET", document)
    hold(status == 200 and content.encode() == letter, "byte for byte")
    hold(fields["content-type"].startswith("text/plain"), "of its kind, whatever the browser said")
    hold(fields["x-content-type-options"] == "nosniff", "and of no other")
    for visitor in (gloria, kim):
        visitor.go(document, wanted=404)
        visitor.go("/documents").need_not("La carta.txt")
    ana.go("/documents")
    ana.send(ana.page.form(action="/drop$")).need_not("La carta.txt")
    ana.go(document, wanted=404)
    ana.go("/documents")
    sends_file(ana, "plan.txt", b"The plan of last year.")
    ana.go("/sheets")
    ana.follow("/sheet/[^/]*$")
    for _ in range(2):  # naming it twice names it once
        bring = ana.page.form(action="/bring$")
        ana.post(bring.action, [*bring.defaults(), ("document", next(iter(bring.buttons))[1])])
    hold(ana.page.words.count("plan.txt") == 2, "its name stands there, and where it can be named")


def sound(world):
    world.program.command("check")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        there = World(served)
        sys.exit(run([("invited, another time, yes", invited), ("a proposed step", proposed),
                      ("practice", practiced), ("a toolbox", boxed), ("a sheet", got_ready), ("tries", tried),
                      ("documents", kept), ("words that go along", carried),
                      ("nothing is wrong afterwards", sound)],
                     there))
