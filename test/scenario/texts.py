#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Text messages both ways, with a provider that is a real web server: texts.py BINARY"""
import re
import sys
import urllib.parse

from browser import Program, Visitor, engine_wanted, hold, run, signed_in
from provider import Provider

ANA, STRANGER = "+12065550111", "+34600000000"


class World:
    def __init__(self, program, provider):
        self.program, self.provider = program, provider
        self.ana = Visitor(program, "es")
        self.ana.go("/ask/river/need")
        self.ana.answer_questions("Mi hijo no va a la escuela.", "Ana", "(206) 555-0111", {"text": "yes"})
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


def suggest(world):
    """A coordinator suggests somebody to Ana: there is news for her."""
    kim, gloria = signed_in(world.program), Visitor(world.program)
    gloria.go("/ask/river/need")
    gloria.answer_questions("We have been there.", "Gloria", "gloria@example.org")
    gloria.send(gloria.page.form(action="/check$"))
    gloria.sign_in("gloria@example.org")
    gloria.go("/me")
    form = gloria.go(gloria.page.link("/program/[^/]*/offer$")).form(action="/offer$")
    speaks = [field.value for field in form.fields if field.name == "speaks"]
    lived = next(field.value for field in form.fields if field.name == "lived")
    gloria.send(form, {"about": "I have been there.", "lived": lived, "speaks": speaks})
    kim.go(gloria.page.path)
    kim.send(kim.page.form(action="/clear$"), button="yes")
    world.ana.go("/me")
    kim.go(world.ana.page.link("/request/[^/]*$") + "/shortlist")
    kim.send(kim.page.form(action="/shortlist$"))


def told(world):
    """By text, because she gave no mailbox; the words name nobody, and her page tells what became of it."""
    ana, provider = world.ana, world.provider
    before = len(provider.to(ANA))
    ana.go("/account")
    ana.follow("/account/messages$").need("Hay algo nuevo para usted", "NUEVO", "pantalla bloqueada",
                                          "(206) 555-0111", "Todavía nada.")
    suggest(world)
    text = provider.wait(ANA, before + 1)
    hold(f"http://{world.program.listen}/me" in text and "ALTO" in text, text)
    hold(not re.search(r"Ana|Gloria|River|escuela|acompañ", text), text)
    ana.go("/account/messages").need("Mensaje de texto. Enviado.")
    state = urllib.parse.urlsplit(provider.texts[-1]["StatusCallback"]).path
    news = {"MessageSid": "SMout", "MessageStatus": "delivered", "To": ANA, "From": "+12065550100"}
    provider.post(state, news, "forged", wanted=403)
    ana.go("/account/messages").need("Enviado.").need_not("Llegó.")
    provider.post(state, news)
    provider.post(state, {**news, "MessageStatus": "undelivered", "ErrorCode": "30003"})
    ana.go("/account/messages").need("Mensaje de texto. Llegó.").need_not("30003")
    provider.post("/text/state/0000000000001", news)
    hold("StatusCallback" not in provider.texts[0], "a code is nobody's news")


class Phone:
    """Ana's own phone: what she writes, and what she is answered."""

    def __init__(self, provider):
        self.provider = provider
        self.last = ""

    def says(self, body, *wanted, told=0):
        """`told`: so many neutral notices come beside the answer, in whatever order."""
        before = len(self.provider.to(ANA))
        self.provider.writes(ANA, body)
        self.provider.wait(ANA, before + 1 + told)
        new = self.provider.to(ANA)[before:]
        self.last = next(text for text in new if not text.startswith("Hay algo nuevo"))
        for words in wanted:
            hold(words in self.last, f"{words!r} is not in {self.last!r}")
        return self.last

    def number(self, pattern):
        """The number that the last text draws for this."""
        found = re.search(pattern, self.last)
        hold(found, f"{pattern!r} is not in {self.last!r}")
        return found.group(1)


def by_text_alone(world):
    """Without a browser: she opens the line, reads who was suggested and what she would share, chooses, and
    writes."""
    phone = Phone(world.provider)
    phone.says("nuevo", "también podría leerlo")
    wrong = str(10 + (int(phone.number(r"envíe (\d\d)")) - 9) % 80)
    agreed = phone.number(r"envíe (\d\d)")
    phone.says(wrong, "no corresponde")
    phone.says(agreed, "Gloria")
    phone.says(phone.number(r"(\d\d) Gloria"), "I have been there.")
    phone.says(phone.number(r"envíe (\d\d)"), "Comparto con Gloria")
    hold(not world.program.rows("SELECT id FROM invitation"), "somebody was asked before she agreed")
    chosen = phone.number(r"elegir a Gloria, envíe (\d\d)")
    phone.says(chosen, "Listo.")
    hold(len(world.program.rows("SELECT id FROM invitation")) == 1, "Gloria was asked once")
    phone.says(chosen, "no corresponde")
    gloria, ana = Visitor(world.program), world.ana
    gloria.sign_in("gloria@example.org")
    gloria.go("/me")
    gloria.go(gloria.page.link("/invitation/[^/]*$"))
    before = len(world.provider.to(ANA))
    gloria.send(gloria.page.form(action="/invitation/[^/]*$"), button="yes")
    hold("NUEVO" in world.provider.wait(ANA, before + 1), "she is told that there is news")
    walk = gloria.go("/me").link("/match/[^/]*$")
    phone.says("nuevo", "Acompañamiento con Gloria.")
    gloria.go(walk + "/messages")
    gloria.send(gloria.page.form(action="/messages$"), {"words": "Hello, Ana. How was the morning?"})
    phone.says("Novedades", "Gloria: Hello, Ana.")
    phone.says(phone.number(r"envíe (\d\d)") + " Mejor que ayer. 2 horas de escuela.", "Enviado a Gloria")
    gloria.go(walk + "/messages").need("Mejor que ayer. 2 horas de escuela.")
    ana.go("/me/openings").need("Empezó a leer y contestar por mensaje de texto", "por mensaje de texto")
    ana.go("/account/texting").need("Activo desde")
    phone.says("Comparto", "quienes coordinan")
    phone.says(phone.number(r"(\d\d) Gloria"), "Ahí ya no se comparte nada.", told=1)
    gloria.go(walk, wanted=404)
    phone.says("Cerrar", "Listo.")
    ana.go("/account/texting").need("NUEVO", "+12065550100")


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


def unsigned(world):
    return int(re.search(r"unsigned_total (\d+)", world.ana.ask("GET", "/metrics")[2]).group(1))


def forged(world):
    """Without the signature nothing happens at all."""
    world.program.settle()
    before, refused = world.program.fingerprint(), unsigned(world)
    pairs = {"MessageSid": "SMforged", "From": ANA, "To": "+12065550100", "Body": "STOP"}
    for signature in ("", "x", "q3+0KCTR6DLpKmkAf8muzZqo1nDgQ="):
        hold(world.provider.post("/text/in", pairs, signature, wanted=403) == "", "a refusal says nothing")
    world.ana.go("/account")
    world.ana.post("/text/in", [*pairs.items(), *world.ana.page.forms[0].defaults()], wanted=403)
    hold(world.program.fingerprint() == before, "a forged text changed something")
    hold(unsigned(world) == refused + 4, f"{unsigned(world)} were counted")


def main():
    program = Program(sys.argv[1], engine_wanted())
    provider = Provider(program)
    program.flags = provider.flags()
    try:
        with program:
            world = World(program, provider)
            return run([("texts are stopped and started from the phone", stopped),
                        ("news by text", told),
                        ("living on text messages alone", by_text_alone),
                        ("a number that nobody knows", unknown),
                        ("a forged text", forged)], world)
    finally:
        provider.close()


sys.exit(main())
