#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Text messages both ways, with a provider that is a real web server: texts.py BINARY"""
import re
import sys

from browser import Problem, Program, Visitor, engine_wanted, run
from provider import Provider

ANA, STRANGER = "+12065550111", "+34600000000"


def hold(is_so, why):
    if not is_so:
        raise Problem(why)


class World:
    def __init__(self, program, provider):
        self.program, self.provider = program, provider
        self.ana = Visitor(program, "es")
        self.ana.go("/ask/river/need")
        for step, values in (("need", {"need": "Mi hijo no va a la escuela."}), ("about", {}),
                             ("hopes", {}), ("safe", {"text": "yes"}),
                             ("reach", {"called": "Ana", "reach": "(206) 555-0111"})):
            self.ana.answer_question(step, values)
        self.ana.send(self.ana.page.form(action="/check$"))

    def code(self):
        """Asks for a code by text."""
        self.ana.go("/sign-in/text")
        self.ana.send(self.ana.page.form(action="/sign-in/text$"), {"phone": "206 555 0111"})

    def signed_in(self, text):
        code = re.search(r"\d{6}", text).group(0)
        self.ana.send(self.ana.page.form(action="/sign-in/code$"), {"code": code})
        hold(self.ana.page.path == "/me", self.ana.page.path)


def stopped(world):
    """From the phone itself, until the phone says otherwise: one answer, and not even a code after it."""
    ana, provider = world.ana, world.provider
    world.code()
    world.signed_in(provider.wait(ANA, 1))
    provider.writes(ANA, "¡ALTO!", sid="SMstop")
    hold("EMPEZAR" in provider.wait(ANA, 2), provider.to(ANA))
    provider.writes(ANA, "stop")
    provider.writes(ANA, "¡ALTO!", sid="SMstop")
    provider.writes(ANA, "ayuda")
    ana.go("/account").need("Desde este teléfono se pidió no recibir más mensajes", "EMPEZAR")
    ana.go("/me/openings").need("Detuvo los mensajes de texto a su teléfono", "por mensaje de texto")
    other = Visitor(world.program)
    other.go("/sign-in/text")
    other.send(other.page.form(action="/sign-in/text$"), {"phone": "206 555 0111"}).need("START")
    provider.quiet(ANA, 2)
    provider.writes(ANA, "Empezar")
    hold("ALTO" in provider.wait(ANA, 3), provider.to(ANA))
    ana.go("/account").need_not("EMPEZAR")
    world.code()
    hold(re.search(r"\d{6}", provider.wait(ANA, 4)), provider.to(ANA))


def unknown(world):
    """Whoever writes, nobody learns whose number this is; in danger everybody learns whom to call."""
    provider = world.provider
    provider.writes(STRANGER, "Who is this? \U0001F600 " + "x" * 1500)
    text = provider.wait(STRANGER, 1)
    hold("988" in text and "911" in text and "River" not in text, text)
    provider.writes(STRANGER, "\u202eשלום\u202c")
    provider.writes(STRANGER, "")
    provider.writes(STRANGER, "HELP")
    hold("988" in provider.wait(STRANGER, 2), provider.to(STRANGER))
    provider.writes(STRANGER, "Unsubscribe")
    hold("START" in provider.wait(STRANGER, 3), provider.to(STRANGER))
    provider.writes(STRANGER, "HELP")
    provider.quiet(STRANGER, 3)
    provider.writes("737473", "STOP")
    hold(len(world.program.rows("SELECT at FROM text_stop")) == 1, "a number of a machine is no phone")


def forged(world):
    """Without the signature nothing happens at all."""
    before = world.program.fingerprint()
    pairs = {"MessageSid": "SMforged", "From": ANA, "To": "+12065550100", "Body": "STOP"}
    for signature in ("", "x", "q3+0KCTR6DLpKmkAf8muzZqo1nDgQ="):
        hold(world.provider.post("/text/in", pairs, signature, wanted=403) == "", "a refusal says nothing")
    world.ana.go("/account")
    world.ana.post("/text/in", [*pairs.items(), *world.ana.page.forms[0].defaults()], wanted=403)
    hold(world.program.fingerprint() == before, "a forged text changed something")
    metrics = world.ana.ask("GET", "/metrics")[2]
    hold("beenthere_http_unsigned_total 4" in metrics, metrics)


def main():
    program = Program(sys.argv[1], engine_wanted())
    provider = Provider(program)
    program.flags = provider.flags()
    try:
        with program:
            world = World(program, provider)
            return run([("texts are stopped and started from the phone", stopped),
                        ("a number that nobody knows", unknown),
                        ("a forged text", forged)], world)
    finally:
        provider.close()


sys.exit(main())
