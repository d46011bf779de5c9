#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Hard days: said by the family, answered by the supporter, and over again: hard.py BINARY

The scenarios follow each other."""
import datetime
import os
import re
import sys
import zoneinfo

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, engine_wanted, hold, run  # noqa: E402
from walk import World, invited  # noqa: E402


def buttons(page):
    return [button[1] for form in page.forms for button in form.buttons]


def asked(world):
    """Gloria asks, in words that promise nothing; ana says that they are, at an hour that is safe."""
    ana, gloria = world.ana, world.gloria
    world.page = world.match + "/hard"
    world.kim.go(world.page, wanted=404)
    gloria.go(world.match)
    gloria.follow("/hard$").need("No somos un servicio de emergencia", "Solo ana decide", "988")
    gloria.send(gloria.page.form(action="/hard$"), button="propose").need("Todavía no ha contestado")
    ana.go("/me")
    ana.follow("gloria asks whether these are hard days").need("Nobody asks what is hard", "988")
    ana.send(ana.page.form(field="hour"), button="begin", wanted=422).need("Pick an hour")
    ana.send(ana.page.form(field="hour"), {"hour": "18"}, button="begin").need("It is said.", "6:00 pm")


def day_there():
    """Today, where the program's clock hangs."""
    return datetime.datetime.now(zoneinfo.ZoneInfo("America/New_York")).date()


def called_out(world):
    """A crisis team came yesterday: what helped is kept for the two, and today there is a hello."""
    ana, gloria = world.ana, world.gloria
    world.call_out = page = world.match + "/call-out"
    world.kim.go(page, wanted=404)
    mails = world.mails("ana")
    gloria.go(world.match)
    gloria.follow("/call-out$").need("No somos un servicio de emergencia", "988", "Nada de esto se envía")
    gloria.send(gloria.page.form(action="/call-out$"), {"day": ""}, wanted=422)
    gloria.page.need("Elija una hora", "Marque quién vino", "Elija una de las tres")
    today = day_there()
    told = {"day": (today + datetime.timedelta(days=2)).isoformat(), "hour": "1", "came": ["team", "police"],
            "supporter": "phone", "helped": "She sat on the <b>floor</b>.", "otherwise": "No sirens."}
    gloria.send(gloria.page.form(action="/call-out$"), told, wanted=422).need("todavía no ha llegado")
    told["day"] = (today - datetime.timedelta(days=1)).isoformat()
    gloria.send(gloria.page.form(action="/call-out$"), told).need("Un equipo móvil de crisis", "La policía")
    gloria.page.need("on the <b>floor</b>", "Un saludo al día siguiente", "También puede quedarle a usted")
    hold(world.mails("ana") == mails + 1, "the other one is told")
    gloria.go("/me").need("Un saludo a ana", "Después de días difíciles: ").need_not("equipo de crisis")
    world.kim.go(world.match).need_not("crisis team", "hello the day after", "No sirens")
    ana.go("/me")
    ana.follow("A hello with gloria").need("A hello the day after")
    ana.follow("/call-out$").need("No sirens.", "Kept by gloria")
    ana.follow("Write it in my own words").need("No sirens.")
    gloria.go(ana.page.path, wanted=404)
    mine = {"helped": "Nobody <i>hurried</i> us.", "otherwise": "One of them speaks."}
    ana.send(ana.page.form(field="helped"), mine).need("Nobody <i>hurried</i> us.", "The words are by ana")
    gloria.go(page).need("One of them speaks.").need_not("No sirens.", "Quitar esto")


def daily(world):
    """Gloria says that she can; the log of a contact is all that a day takes."""
    ana, gloria = world.ana, world.gloria
    mails = world.mails("ana")
    gloria.go("/me")
    gloria.follow("dice que son días difíciles")
    hold("end" not in buttons(gloria.page), "the end is ana's to say")
    gloria.send(gloria.page.form(action="/hard$"), button="each-day")
    hold(world.mails("ana") == mails + 1, "the answer is told")
    gloria.go("/me").need("En contacto todos los días").need_not("Hoy ya hablaron.")
    hold(gloria.page.body.index("En contacto todos los días") < gloria.page.body.index("A quién acompaña"),
         "the walk stands on top")
    world.kim.go(world.match).need_not("Hard days")
    gloria.go(world.match + "/contact")
    gloria.send(gloria.page.form(action="/contact$"), {"minutes": "5"}, "talked").need("Hoy ya hablaron.")
    ana.go("/me").need("Hard days", "You talked today.").need_not("A hello with gloria")
    for _ in range(3):
        gloria.go(world.match)
    ana.go("/me/openings").need("gloria opened the page of you and who you walk with (4 times)")
    gloria.go("/me").need_not("Un saludo a ana")


def called_again(world):
    """The talk of today was the hello. For what was today there is one tomorrow, unless ana needs none."""
    ana, gloria = world.ana, world.gloria
    gloria.go(world.call_out).need("Hablaron después").need_not("Un saludo al día siguiente")
    told = {"day": day_there().isoformat(), "hour": "0", "came": ["emergency-room"],
            "supporter": "team", "helped": "", "otherwise": ""}
    gloria.send(gloria.page.form(action="/call-out$"), told)
    gloria.page.need("Un saludo al día siguiente", "Quitar esto")
    ana.go(world.call_out).need("To the emergency room", "A hello the day after")
    ana.send(steps(ana.page)[0], button="no-hello").need("Nobody asks why").need_not("A hello the day after")
    gloria.go("/me").need_not("Un saludo a ana")
    gloria.go(world.call_out)
    gloria.send(steps(gloria.page)[0], button="remove").need("Está borrado")
    hold(not steps(gloria.page), "only the first one is left, with ana's words")
    ana.go("/me/life/page").need("Nobody <i>hurried</i> us.", "A mobile crisis team")


def steps(page):
    return [form for form in page.forms if form.action.endswith("/step")]


def backed(world):
    """Dora stands by: the family asks, kim names, the family agrees to what is ticked, then dora is asked."""
    ana, kim = world.ana, world.kim
    dora = world.family("dora", "My son is angry.")
    world.offer(dora)
    ana.go(world.page)
    ana.follow("/hard/backup$").need("You read who it is and say yes or no.")
    form = ana.page.form(action="/hard/backup$")
    world.gloria.go(ana.page.path, wanted=404)
    kim.go(world.match + "/backup", wanted=409)
    ana.send(form, button="wish").need("You asked for somebody.")
    kim.go("/me")
    kim.follow("/board").need("somebody to stand by")
    kim.follow("/match/[^/]*/backup$").need("says yes or no").need_not("gloria")
    kim.send(kim.page.form(action="/backup$"), {"who": value_of(kim.page, "dora")})
    dora.go("/me").need_not("stand by")
    ana.go(form.action).need("The program names dora", "I share with dora")
    ana.send(ana.page.form(field="share"), {"share": ["reach"]}, button="agree").need("You agreed to dora")
    dora.go("/me").need_not("ana")
    dora.follow("A family asks whether you can stand by").need_not("ana@example.org").need_not("Hello, ana")
    page = dora.page.path
    for visitor in (ana, kim, world.gloria):
        visitor.go(page, wanted=404)
    dora.send(dora.page.form(action="/backup/"), button="yes").need("You stand by for ana", "ana@example.org")
    dora.page.need_not("safety card of ana")
    dora.go(world.match, wanted=404)
    world.gloria.go(world.match).need("dora está de respaldo.")
    ana.go("/sharing").need("To stand by in hard days", "Until hard days end")
    dora.go(page)
    dora.send(dora.page.form(action="/backup/"), button="no").need("Nobody asks why")
    dora.go(page, wanted=404)
    ana.go(form.action).need("Those who coordinate name a supporter")


def value_of(page, words):
    """The value of the option with these words in a list."""
    found = re.search(r'<option value="([^"]*)"[^>]*>' + words, page.body)
    return found.group(1)


def handed_over(world):
    """What is said to a warmline is agreed to word by word, and said by a person."""
    ana, gloria = world.ana, world.gloria
    page = world.match + "/hand-over"
    world.kim.go(page, wanted=404)
    gloria.go(world.page)
    gloria.follow("/hand-over$").need("El programa no envía nada")
    gloria.send(gloria.page.form(field="what"), {"what": " ", "whom": ""}, wanted=422)
    words = "She wants to <b>talk</b> tonight."
    gloria.send(gloria.page.form(field="what"), {"what": words, "whom": "The warmline"}).need(words)
    hold("said" not in buttons(gloria.page), "nothing is said before it is agreed to")
    ana.go("/me")
    ana.follow("You are asked whether something may be said").need(words, "Nothing is said before you agree")
    ana.send(ana.page.form(action="/hand-over/"), button="agree").need("Agreed here on")
    gloria.go(page)
    gloria.send(gloria.page.form(action="/hand-over/"), button="said").need("Se dijo el")
    gloria.go("/me").need("Estar en contacto, al día siguiente")


def planned(world):
    """Around coming home: stages on their days, and what helps, by either of the two."""
    ana, gloria = world.ana, world.gloria
    gloria.go(world.match)
    gloria.follow("/plan$")
    gloria.send(gloria.page.form(action="/plan$"), {"kind": "discharge", "day": ""}, wanted=422)
    today = datetime.date.today()
    gloria.send(gloria.page.form(action="/plan$"), {"kind": "discharge", "day": today.isoformat()})
    gloria.page.need("A los 90 días", "Escribir a quién llamar")
    gloria.send(gloria.page.form(field="stage"), {"words": " ", "stage": "day"}, wanted=422)
    gloria.send(gloria.page.form(field="stage"), {"words": "Té <b>primero</b>.", "stage": "day"})
    gloria.page.need("Té <b>primero</b>.")
    law = "42 CFR"
    gloria.page.need_not(law)
    marked = {"words": "Una hora sin beber.", "stage": "day", "part2": "on"}
    gloria.send(gloria.page.form(field="stage"), marked).need("Una hora sin beber.", law)
    ana.go("/me").need("Coming home")
    ana.follow("Coming home").need("Té <b>primero</b>.", "Una hora sin beber.", "Marked: alcohol")
    ana.page.need_not(law)
    ana.send(ana.page.form(action="/plan/step/", button="sin beber"), button="out").need_not("sin beber")
    gloria.go(world.match + "/plan").need_not("sin beber", law)
    marks = [form for form in ana.page.forms if "/plan/step/" in form.action]
    ana.send(marks[0], button="done").need("Done, ana")
    world.kim.go(world.match + "/plan", wanted=404)
    ana.send([form for form in ana.page.forms if form.action.endswith("/end")][0]).need("It is put away.")


def over(world):
    ana, gloria = world.ana, world.gloria
    ana.go(world.page)
    ana.send(ana.page.form(action="/hard$"), button="go-on").need("go on for 14 days")
    ana.go(world.page)
    ana.send(ana.page.form(action="/hard$"), button="end").need("You can say it again").need_not("6:00 pm")
    gloria.go(world.page)
    hold("propose" in buttons(gloria.page), "it can be asked again")
    gloria.go("/me").need_not("Días difíciles")
    gloria.go(world.call_out).need("Solo ana lo decide")
    ana.go("/me/life/page").need("Hard days", "6:00 pm")


def talked_over(world):
    """When the days are over gloria is offered a talk; kim sees that she wishes one, no more."""
    gloria, kim = world.gloria, world.kim
    gloria.go("/me")
    gloria.follow("Después de días difíciles: ").need("Solo usted lee esto")
    gloria.send(gloria.page.form(field="words"), {"words": "Dormí <b>mal</b>."}).need("Dormí <b>mal</b>.")
    gloria.send(gloria.page.form(field="fits"), {"fits": "x" * 300}, wanted=422)
    gloria.send(gloria.page.form(field="fits"), {"fits": "El jueves"}).need("Pedido desde el")
    gloria.go("/me").need_not("Después de días difíciles: ")
    kim.go("/me")
    kim.follow("/board").need("Supporters who would like to talk")
    kim.follow("/debrief/").need("El jueves", "gloria@example.org").need_not("Dormí", "ana")
    page = kim.page.path
    gloria.go(page, wanted=404)
    kim.send(kim.page.form(action="/debrief/")).need_not("Supporters who would like to talk")
    kim.go(page, wanted=404)
    gloria.go("/debrief")
    gloria.follow("/story$").need("Antes de contarla")
    gloria.go("/debrief").need("Conversaron el", "Dormí <b>mal</b>.")


def ended(world):
    """What was written stays ana's, one link away; gloria reads no more by name that ana opens their page."""
    ana, gloria = world.ana, world.gloria
    gloria.go("/me/openings").need("ana abrió")
    ana.go(world.match)
    ana.send(ana.page.form(button="End it"), button="for-now")
    ana.go(world.match)
    ana.follow("/call-out$").need("Nobody <i>hurried</i> us.")
    gloria.go("/me/openings").need("Una familia abrió").need_not("ana abrió", "ana escribió")
    hold('"ana"' not in gloria.go("/me/life/data").body, "nor in the file")
    ana.go("/me/openings").need("gloria opened")


def sound(world):
    world.program.command("check")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted(), workers=1) as program:
        there = World(program)
        sys.exit(run([("somebody says yes", invited), ("asked, and said", asked), ("called out", called_out),
                      ("every day", daily), ("called out again", called_again),
                      ("somebody stands by", backed),
                      ("word by word", handed_over), ("around a day", planned),
                      ("over", over), ("talked over", talked_over), ("ended", ended),
                      ("nothing is wrong afterwards", sound)], there))
