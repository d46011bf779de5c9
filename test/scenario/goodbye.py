#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""When a walk has ended: a page to keep, words of farewell, and the ways back: goodbye.py BINARY

The scenarios follow each other."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, engine_wanted, hold, run  # noqa: E402
from walk import World, invited  # noqa: E402

FROM_GLORIA = "Vaya <b>bien</b>."
FROM_ANA = "Thank you."


def walked(world):
    """They talk, a goal that ana opened to gloria is reached, one that she kept is too; then ana ends it."""
    ana, gloria = world.ana, world.gloria
    gloria.go(world.match + "/contact")
    gloria.send(gloria.page.form(action="/contact$"), {"minutes": "30"}, button="talked")
    for words, is_opened in (("He sleeps.", True), ("I sing again.", False)):
        ana.go("/goals/new")
        ana.send(ana.page.form(action="/goals/new$"), {"words": words, "kind": "child"})
        ana.go("/goals")
        ana.follow(words)
        if is_opened:
            ana.send(ana.page.form(action="/reader/"), button="on")
        ana.send(ana.page.form(button="I got there"), button="reached")
    world.page = world.match.replace("/match/", "/goodbye/")
    for visitor in (ana, gloria):
        visitor.go(world.page, wanted=404)
        hold(not visitor.go("/me").has_link("/goodbye/"), "nobody is led to an end that did not come")
    ana.go(world.match)
    ana.send(ana.page.form(button="End it"), button="for-now")


def kept(world):
    """A page for each of the two, under one address, and for nobody else."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    gloria.go("/me").need("Acompañamientos que di").need_not("ana")
    gloria.follow("/goodbye/").need("Un acompañamiento que usted dio", "1 vez")
    gloria.page.need_not("ana", "He sleeps.")
    hold(gloria.page.path == world.page, "one address")
    gloria.go(world.match, wanted=404)
    ana.go(world.match)
    ana.follow("/goodbye/").need("Your walk with gloria", "1 time", "What you reached", "He sleeps.")
    ana.page.need_not("I sing again.")
    ana.go("/me")
    hold(ana.page.link("/goodbye/") == world.page, "also from one's own page")
    kim.go(world.page, wanted=404)
    hold(not kim.go(world.match).has_link("/goodbye/"), "whoever coordinates finds no way there")


def told(world, name, visitor):
    return visitor.go("/me/openings").words, world.mails(name)


def farewell(world):
    """Words reach whoever wants them, and nobody is told anything."""
    ana, gloria = world.ana, world.gloria
    before = told(world, "ana", ana)
    gloria.go(world.page)
    for words in (" ", "Adiós. " * 80):
        gloria.send(gloria.page.form(action=world.page + "$"), {"words": words}, wanted=422)
    hold("Adiós. Adiós." in gloria.page.body, "what was too long is kept")
    gloria.send(gloria.page.form(action=world.page + "$"), {"words": "Adiós."})
    gloria.send(gloria.page.form(action=world.page + "$"), {"words": FROM_GLORIA})
    gloria.page.need(FROM_GLORIA, "Sus palabras están guardadas.").need_not("Adiós.")
    hold(told(world, "ana", ana) == before, "ana is told nothing")
    ana.go(world.page).need_not(FROM_GLORIA)
    before = told(world, "gloria", gloria)
    ana.go(world.page)
    ana.send(ana.page.form(button="Words are welcome"), button="yes").need(FROM_GLORIA)
    ana.send(ana.page.form(action=world.page + "$"), {"words": "A clean year.", "part2": "1"}, wanted=422)
    ana.page.need("words about substance use cannot go to the other", "A clean year.")
    ana.go(world.page)
    ana.send(ana.page.form(action=world.page + "$"), {"words": FROM_ANA})
    gloria.go(world.page).need_not(FROM_ANA)
    hold(told(world, "gloria", gloria) == before, "gloria is told nothing of what ana reads and writes")
    gloria.go(world.page)
    gloria.send(gloria.page.form(button="Quiero recibir"), button="yes").need(FROM_ANA)
    ana.go(world.page)
    ana.send(ana.page.form(button="do not want"), button="no").need_not(FROM_GLORIA)
    ana.send(ana.page.form(action="/back$")).need("Nothing is left of your words.")
    gloria.go(world.page).need_not(FROM_ANA)
    ana.send(ana.page.form(button="Words are welcome"), button="yes").need(FROM_GLORIA)


def not_anybody_else(world):
    """The forms of the page are theirs alone, whoever sends them."""
    kim = world.kim
    for action in ("", "/back", "/welcome"):
        own = kim.pairs(kim.go("/me").form(action="/sign-out$"), {})
        kim.post(world.page + action, own + [("words", "Hello."), ("welcome", "yes")], wanted=404)
    hold(world.program.rows("SELECT COUNT(*) FROM goodbye") == [("1",)], "and nobody else wrote")
    hold(not world.program.rows("SELECT 1 FROM audit WHERE action = 'goodbye_show' AND outcome <> 2 "
                                "AND actor <> subject"), "of the reading nothing is kept")


def open_door(world):
    """Back without telling it all again; and on to walking with others."""
    ana = world.ana
    ana.go(world.page).need("You do not have to tell it all again.", "What you received stays yours")
    ana.follow("/walk/river$")
    hold("/offer" in ana.page.path, "who is known already goes on to the offer")
    ana.go(world.page)
    ana.send(ana.page.form(action="/reopen$"))
    hold(world.program.rows("SELECT r.state FROM request r JOIN person p ON p.id = r.person "
                            "WHERE p.called = 'ana'") == [("2",)], "back where it was, with its coordinator")
    hold(not any("/reopen" in form.action for form in ana.go(world.page).forms), "it is open already")
    world.gloria.go(world.page)
    world.gloria.follow("/offer/")


def turned(world):
    """If one is ready: a word that is read before it shows, and gone at once; wishes that are answered."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    gloria.go(world.page)
    hold(not gloria.page.has_link("/ready/"), "who gave is not asked to turn around")
    ana.go("/me/life")
    hold(ana.page.has_link("/ready/"), "also from one's own record")
    ana.go(world.page)
    ana.follow("/ready/").need("If you are ready", "Nobody has to")
    page = ana.page.path
    kim.go(page, wanted=404)
    cleo = world.family("cleo", "She is afraid of school.")
    cleo.go("/me")
    waits = cleo.page.link("/request/[^/]*$")
    ana.send(ana.page.form(action="/ready/[^/]*$"), {"words": " ", "name": "called"}, wanted=422)
    ana.send(ana.page.form(action="/ready/[^/]*$"), {"words": "It got lighter.", "name": "called"})
    ana.page.need("As a family reads it", "It got lighter.", "Nobody else reads it yet.")
    kim.go("/me")
    kim.follow("/board/")
    kim.follow("/program/[^/]*/ready$").need_not("ana")
    work = kim.page.path
    ana.send(ana.page.form(action="/ready/[^/]*/turn$"), button="send")
    ana.page.need("waits for somebody who coordinates")
    cleo.go(waits).need_not("It got lighter.")
    for visitor in (ana, gloria, cleo):
        visitor.go(work, wanted=404)
    kim.go(work)
    kim.follow("/hope/[^/]*$").need("It got lighter.", "ana")
    read = kim.page.path
    kim.send(kim.page.form(action="/hope/"), {"said": " "}, button="ask", wanted=422)
    kim.send(kim.page.form(action="/hope/"), {"said": "Could you say what helped?"}, button="ask")
    ana.go(page).need("kim asks for a change:", "Could you say what helped?")
    form = ana.page.form(action="/ready/[^/]*$")
    ana.send(form, {"words": "Somebody called, and it got lighter.", "name": "none"})
    ana.send(ana.page.form(action="/ready/[^/]*/turn$"), button="send")
    kim.go(read, wanted=404)
    kim.go(work)
    kim.follow("/hope/[^/]*$")
    kim.send(kim.page.form(action="/hope/"), button="show")
    cleo.go(waits).need("From others who waited once", "Somebody called, and it got lighter.").need_not("ana")
    ana.go("/me/openings").need("kim", "your word of hope")
    ana.go(page)
    ana.send(ana.page.form(action="/ready/[^/]*/turn$"), button="back").need("gone, everywhere")
    cleo.go(waits).need_not("it got lighter")
    ana.send(ana.page.form(action="/ready/[^/]*$"), {"words": "Call Dr. Made-Up.", "name": "none"})
    ana.send(ana.page.form(action="/ready/[^/]*/turn$"), button="send")
    kim.go(work)
    kim.follow("/hope/[^/]*$")
    kim.send(kim.page.form(action="/hope/"), {"said": "It names somebody."}, button="decline")
    ana.go(page).need("kim decided not to show it:", "It names somebody.")
    cleo.go(waits).need_not("Made-Up")
    ana.send(ana.page.form(action="/wish$", button="I would like that"), button="on")
    ana.page.need("Your wish is with those who coordinate.")
    kim.go(work).need("ana: Join the welcome calls")
    kim.follow("/hope/wish/")
    kim.send(kim.page.form(action="/hope/wish/"), {"answer": "Come on Tuesday at six."})
    ana.go("/me").need("Join the welcome calls", "kim answered")
    ana.follow("/ready/").need("kim answered", "Come on Tuesday at six.")


def stopped(world):
    """What was shared for the walk ended with it; whoever shared it can stop it none the less."""
    ana = world.ana
    ana.go("/sharing").need("The walk has ended", "no words of farewell pass between you")
    ended, = [form for form in ana.page.forms if any("gloria" in words for _, _, words, _ in form.buttons)]
    ana.send(ended).need("You stopped it.", "Stopped on")
    hold(not any("gloria" in words for form in ana.go("/sharing").forms for _, _, words, _ in form.buttons),
         "once")
    ana.go(world.page).need_not(FROM_GLORIA)
    world.gloria.go(world.page).need_not(FROM_ANA)


def sound(world):
    world.program.command("check")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        there = World(served)
        there.page = ""
        sys.exit(run([("invited, another time, yes", invited), ("a walk that ends", walked),
                      ("a page for each", kept), ("words of farewell", farewell),
                      ("nobody else", not_anybody_else), ("turning around", turned),
                      ("an open door", open_door), ("what was shared is stopped", stopped),
                      ("nothing is wrong afterwards", sound)],
                     there))
