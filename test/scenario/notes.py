#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Notes about a walk over HTTP, from the program's mode to what stands beside them: notes.py BINARY"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, Visitor, engine_wanted, hold, run  # noqa: E402
from walk import World, invited, sound  # noqa: E402

def noted(world):
    """A program that writes notes together: a draft for the two; what stands stays."""
    ana, gloria, kim, lea = world.ana, world.gloria, world.kim, Visitor(world.program)
    notes = world.match + "/notes"
    gloria.go(world.match).need_not("Escribir una nota")
    gloria.go(notes + "/new", wanted=409)
    kim.go("/me")
    kim.follow("/board/")
    kim.follow("/settings$")
    kim.follow("/people$")
    kim.send(kim.page.form(action="/people$"), {"called": "Lea", "mail": "lea@example.org", "duty": "leader"})
    lea.sign_in("lea@example.org")
    lea.go("/me")
    lea.follow("/program/[^/]*/notes$")
    mode = lea.page.path
    lea.send(lea.page.form(action="/notes$"), {"mode": "together"})
    kim.go(mode, wanted=404)
    gloria.go(world.match)
    gloria.follow("/notes/new$").need("Escribir una nota", "Qué salió bien")
    gloria.send(gloria.page.form(action="/new$"), {"strengths": " ", "talked": "La carta."}, wanted=422)
    gloria.page.need("La carta.")
    gloria.send(gloria.page.form(action="/new$"), {"strengths": "Fue manipuladora con calma."})
    gloria.page.need("Solo usted ve esto", "«manipuladora»", "diga qué pidió y cómo")
    note = gloria.page.path
    ana.go("/me").need("Look at a note that gloria wrote")
    ana.go(world.match).need("1 draft waits for you")
    ana.follow("/notes$")
    ana.follow("/note/").need("Fue manipuladora con calma.", "Only the two of you read a draft")
    ana.page.need_not("Only you see this")
    seen = ana.page.form(action=note + "$")
    for address, wanted in ((note, 404), (note + "/change", 404)):
        kim.go(address, wanted=wanted)
    gloria.go(note)
    gloria.follow("/change$").need("La carta.")
    gloria.send(gloria.page.form(action="/change$"), {"strengths": "Pidió la carta con calma."})
    gloria.page.need_not("Solo usted ve esto")
    ana.post(seen.action, ana.pairs(seen, {}, "agree"), wanted=409)
    ana.go(note).need("Pidió la carta con calma.")
    ana.send(ana.page.form(action=note + "$"), {"words": " "}, button="differ", wanted=422)
    ana.send(ana.page.form(action=note + "$"), {"words": "I asked twice."}, button="add")
    ana.send(ana.page.form(action=note + "$"), button="agree").need("You both agreed to it", "I asked twice.")
    kim.go(note).need("Pidió la carta con calma.", "I asked twice.").need_not("Set my words beside it")
    gloria.go(note)
    gloria.follow("/change$").need("también se queda")
    gloria.send(gloria.page.form(action="/change$"), {"strengths": "Pidió la carta dos veces."})
    later = gloria.page.path
    hold(later != note, "what stands is not changed")
    kim.go(later, wanted=404)
    ana.go(later).need("Read the earlier version")
    ana.send(ana.page.form(action=later + "$"), {"words": "Three times."}, button="differ")
    ana.page.need("ana sees it otherwise", "Three times.")
    kim.go(later).need("One of you sees it otherwise", "Three times.")
    ana.go(note).need("Read the later version", "I asked twice.")
    ana.go(notes)
    ana.send(ana.page.form(action="/look$"), button="yes").need("do not want to look at drafts")
    gloria.go(notes + "/new")
    gloria.send(gloria.page.form(action="/new$"), {"strengths": "Durmió bien."}).need("No se miró antes")
    ana.go("/me/openings").need("a note about your walk")
    lea.go(mode)
    lea.send(lea.page.form(action="/notes$"), {"mode": "count"})
    gloria.go(notes).need_not("Escribir una nota")
    ana.go(note).need("Pidió la carta con calma.")


def signed(world):
    """A payer asks for notes: about each contact, by a day, and read by somebody who signs."""
    ana, gloria, kim, lea = world.ana, world.gloria, world.kim, Visitor(world.program)
    lea.sign_in("lea@example.org")
    lea.go("/me")
    lea.follow("/program/[^/]*/notes$")
    form = lea.page.form(action="/notes$")
    lea.send(form, {"mode": "payer", "write_days": "61"}, wanted=422)
    lea.send(lea.page.form(action="/notes$"), {"mode": "payer", "write_days": "2", "sign_days": "5"})
    gloria.go(world.match + "/notes").need("Contactos que esperan una nota", "Ninguno ahora")
    gloria.go(world.match + "/contact")
    gloria.send(gloria.page.form(action="/contact$"), {"minutes": "15", "kind": "call"}, "talked")
    gloria.go("/me").need("Notas por escribir", "Sobre ana:", "a más tardar el")
    gloria.follow("notes/new.contact=").need("Llamada, 15 minutos")
    gloria.send(gloria.page.form(action="/new"), {"strengths": "Llamó a la escuela."}).need("Sobre: Llamada")
    note = gloria.page.path
    gloria.go("/me").need_not("Notas por escribir")
    gloria.go(note).need_not("La leí y doy el visto bueno")
    ana.go(note).need("Llamó a la escuela.", "To be signed off by").need_not("I read it and sign it off")
    kim.go("/me")
    kim.follow("/board/")
    kim.follow("/notes/sign$").need("gloria about ana").need_not("Llamó")
    waiting = kim.page.path
    kim.follow("/note/").need("Llamó a la escuela.")
    kim.send(kim.page.form(action="/sign$"), button=None).need("Nothing waits for a signature.")
    ana.go(note).need("Signed off by kim")
    ana.go("/me/openings").need("signed off a note about you")
    for visitor in (gloria, ana, lea):
        visitor.go(waiting, wanted=404)


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        there = World(served)
        sys.exit(run([("invited, another time, yes", invited), ("notes", noted), ("a payer's notes", signed),
                      ("nothing is wrong afterwards", sound)], there))
