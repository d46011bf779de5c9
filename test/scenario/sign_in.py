# SPDX-License-Identifier: Apache-2.0
"""From a code in a mailbox to the board, and back to a form that had to wait: as a browser without scripts
does it, with the mail that a real server took, in both languages."""
import base64
import email
import email.policy
import hashlib
import hmac
import re
import sqlite3
import struct
import subprocess
import sys
import time

from aiosmtpd.controller import Controller
from browser import Problem, Program, Visitor, engine_wanted, free_port, hold, run

KIM = "kim@example.org"
LUZ = "luz@example.org"
WORDS = "purple boats sing"
OTHER_WORDS = "seven green kettles"


class Mail:
    """A mail server that keeps what it is given."""

    def __init__(self):
        self.taken = []
        self.server = Controller(self, hostname="127.0.0.1", port=free_port())
        self.server.start()

    async def handle_DATA(self, _server, _session, envelope):
        content = email.message_from_bytes(envelope.content, policy=email.policy.default).get_content()
        self.taken.append((envelope.rcpt_tos[0], content))
        return "250 taken"

    def wait(self, to, pattern, seconds=15):
        """What stands behind the pattern in the newest mail to this address that has it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for address, content in reversed(self.taken):
                found = re.search(pattern, content)
                if address == to and found:
                    self.taken.remove((address, content))
                    return found.group(1)
            time.sleep(0.05)
        raise Problem(f"no mail to {to} has {pattern!r}: {self.taken}")

    def flags(self):
        return ["--smtp", f"smtp://127.0.0.1:{self.server.port}", "--mail-from", "hello@example.org"]

    def close(self):
        self.server.stop()


class App:
    """An authenticator app. A code counts once, so each is of a later half minute; one ahead is allowed."""

    def __init__(self, secret):
        text = secret.replace(" ", "")
        self.secret = base64.b32decode(text + "=" * (-len(text) % 8))
        self.last = 0

    def code(self, at):
        digest = hmac.new(self.secret, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7fffffff) % 1000000:06}"

    def next(self, lasts=5):
        """A code that is not used yet, and is good for `lasts` seconds more (30 at most)."""
        while True:
            now = time.time()
            for step in (int(now) // 30 + ahead for ahead in (-1, 0, 1)):
                # The half minute after its own is the last in which it is taken.
                if step > self.last and (step + 2) * 30 - now >= lasts:
                    self.last = step
                    return self.code(step * 30)
            time.sleep(0.5)


class World:
    def __init__(self, engine):
        self.mail = Mail()
        self.program = Program(sys.argv[1], engine)
        self.program.flags = self.mail.flags()

    def __enter__(self):
        self.program.start()
        return self

    def __exit__(self, *_):
        self.program.close()
        self.mail.close()

    def change(self, sql):
        if self.program.database:
            subprocess.run(["psql", "-q", self.program.where[-1], "-c", sql], check=True,
                           stdout=subprocess.DEVNULL)
            return
        database = sqlite3.connect(f"{self.program.data}/beenthere.db", timeout=20)
        database.execute(sql)
        database.commit()
        database.close()

    def minutes_pass(self, minutes=11):
        """For what was shown: as if it had been shown earlier."""
        self.change(f"UPDATE session SET proved_at = proved_at - {minutes * 60000000}")

    def visitor(self, lang="en"):
        return Visitor(self.program, lang)

    def ask_code(self, visitor, mail):
        visitor.go("/sign-in")
        visitor.send(visitor.page.form(action="^/sign-in$"), {"mail": mail})
        return self.mail.wait(mail, r"(?:code is|código es) (\d{6})")

    def enter_code(self, visitor, code, wanted=200):
        visitor.go("/sign-in/code")
        return visitor.send(visitor.page.form(action="/sign-in/code"), {"code": code}, wanted=wanted)

    def come_in(self, visitor, mail):
        return self.enter_code(visitor, self.ask_code(visitor, mail))

    def set_up(self, visitor, mail):
        """From the mailbox to a passphrase and an app."""
        self.come_in(visitor, mail)
        visitor.go("/account/ways/passphrase")
        visitor.send(visitor.page.form(action="/ways/passphrase$"), {"passphrase": WORDS})
        if visitor.page.path != "/account/ways/app":
            visitor.go("/account/ways/app")
        visitor.send(visitor.page.form(action="/ways/app$"))
        app = App(re.search(r"\b((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})\b", visitor.page.words).group(1))
        visitor.send(visitor.page.form(action="/app/confirm"), {"code": app.next()})
        return app


def board(visitor):
    visitor.go("/me")
    return visitor.page.link(r"^/board/[0-9a-z]{13}$")


def to_the_board(engine):
    with World(engine) as world:
        kim = world.visitor()
        code = world.ask_code(kim, KIM)
        wrong = f"{(int(code) + 1) % 1000000:06}"
        world.enter_code(kim, wrong, 422).need("not the numbers we sent")
        world.enter_code(kim, code)
        hold(kim.page.path == "/me", kim.page.path)
        world.enter_code(kim, code, 422).need("used up or too old")
        # The mailbox alone does not open the board: the page says what is missing, and leads there.
        kim.go(board(kim))
        kim.page.need("lets you see what belongs to other people")
        kim.follow("Use a passphrase and an app")
        kim.send(kim.page.form(action="/ways/passphrase$"), {"passphrase": "purple"}, wanted=422)
        kim.page.need("at least 8 letters")
        kim.send(kim.page.form(action="/ways/passphrase$"), {"passphrase": WORDS})
        kim.page.need("Now set up the app")
        kim.send(kim.page.form(action="/ways/app$"))
        app = App(re.search(r"\b((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})\b", kim.page.words).group(1))
        kim.send(kim.page.form(action="/app/confirm"), {"code": "12"}, wanted=422)
        first = app.next(lasts=30)  # it is shown once more below
        kim.send(kim.page.form(action="/app/confirm"), {"code": first})
        kim.page.need("Your app is set up")
        kim.go(board(kim)).need("Nobody has asked and nobody has offered yet")
        kim.go("/me/openings").need("signed in with a code or link by mail", "set a passphrase",
                                    "set up an app for codes")
        kim.post("/sign-out", kim.pairs(kim.page.form(action="/sign-out"), {}))
        kim.go("/me", wanted=200)
        hold(kim.page.path.startswith("/sign-in"), kim.page.path)
        wrong_at_the_door(world, app, first)


def wrong_at_the_door(world, app, used):
    """Each has its own sentence, and keeps the address that was typed."""
    kim = world.visitor()
    kim.go("/sign-in/passphrase")

    def send(words, code, wanted=422):
        kim.send(kim.page.form(action="/sign-in/passphrase"),
                 {"mail": KIM, "passphrase": words, "code": code}, wanted=wanted)
        if wanted == 422:
            values = {field.name: field.value for field in kim.page.form(action="/sign-in/passphrase").fields}
            hold(values["mail"] == KIM and values["passphrase"] == "", values)
        return kim.page

    send("not it at all", app.code(time.time())).need("This does not fit")
    send(WORDS, "").need("This does not fit")
    send(WORDS, used).need("This code was used")
    send(WORDS, app.code(time.time() + 150)).need("A clock is wrong", "about 3 min apart")
    send(WORDS, app.next(), 200)
    hold(kim.page.path == "/me", kim.page.path)
    kim.go("/me/openings").need("signed in with a passphrase")
    nobody = world.visitor()
    nobody.go("/sign-in/passphrase")
    nobody.send(nobody.page.form(action="/sign-in/passphrase"),
                {"mail": "nobody@example.org", "passphrase": WORDS, "code": "123456"}, wanted=422)
    nobody.page.need("This does not fit")
    # Once the hour is over, kim reads that somebody tried; of the one that nobody has, only a number is kept.
    world.program.stop()
    world.change("UPDATE sign_in_count SET hour = hour - 1")
    world.program.start()
    end = time.monotonic() + 20
    while world.program.rows("SELECT COUNT(*) FROM sign_in_count WHERE event <> 1") != [("0",)]:
        hold(time.monotonic() < end, "the counts stay counts")
        time.sleep(0.1)
    kim.connection = None
    kim.go("/me/openings").need("Someone tried 4 times to sign in as you")
    kim.go("/me/openings?lang=es").need("quiso entrar 4 veces como usted")
    nobodys = "SELECT object_id FROM audit WHERE action = 'sign_in_refused' AND subject IS NULL"
    hold(world.program.rows(nobodys) == [("1",)], world.program.rows(nobodys))


def a_form_that_waits(lang, sentences):
    """Giving a duty asks again who this is: what was typed comes through it whole, and counts once."""
    def work(engine):
        with World(engine) as world:
            kim = world.visitor(lang)
            app = world.set_up(kim, KIM)
            kim.go(f"/me?lang={lang}")
            people = board(kim).replace("/board/", "/program/") + "/people"
            kim.go(people)
            form = kim.page.form(field="mail")
            world.minutes_pass()
            typed = {"mail": LUZ, "called": "Luz \"La Maestra\" & <Ñandú>", "duty": "leader"}
            kim.send(form, typed, wanted=403)
            kim.page.need(sentences["again"])
            held = dict(kim.page.form(action="/prove/passphrase").defaults())
            hold({f"held.{name}": value for name, value in typed.items()}.items() <= held.items(), held)
            form = kim.page.form(action="/prove/passphrase")
            kim.send(form, {"passphrase": "not it at all", "app": "000000"}, wanted=422)
            kim.page.need(sentences["wrong"])
            held = dict(kim.page.form(action="/prove/passphrase").defaults())
            hold({f"held.{name}": value for name, value in typed.items()}.items() <= held.items(), held)
            form = kim.page.form(action="/prove/passphrase")
            kim.send(form, {"passphrase": WORDS, "app": app.next()})
            kim.page.need(sentences["thanks"])
            go_on = kim.page.form(action="/people$")
            hold(typed.items() <= dict(go_on.defaults()).items(), go_on.defaults())
            pairs = kim.pairs(go_on, {})
            kim.post(go_on.action, pairs)
            kim.page.need(sentences["given"], typed["called"])
            kim.post(go_on.action, pairs)  # pressed twice
            duties = world.program.rows("SELECT COUNT(*) FROM duty WHERE kind = 3")
            hold(duties == [("1",)], duties)
    return work


ENGLISH = {"again": "show once more that it is you. What you typed is kept", "wrong": "This does not fit",
           "thanks": "Thank you", "given": "The duty begins now"}
SPANISH = {"again": "muestre otra vez que es usted. Lo que escribió se guarda", "wrong": "Esto no coincide",
           "thanks": "Gracias", "given": "La función empieza ahora"}

def session_of(world, called):
    """(idle, longest) in minutes of each open session of this person."""
    rows = world.program.rows(
        "SELECT s.idle_us / 60000000, (s.ends_at - s.created_at) / 60000000 FROM session s "
        f"JOIN person p ON p.id = s.person WHERE p.called = '{called}' ORDER BY s.created_at")
    return [(int(idle), int(longest)) for idle, longest in rows]


def limits_and_ends(engine):
    """A duty shortens what is open; a leader sets the limits, and signs somebody out; a passphrase is changed
    by whoever knows it."""
    with World(engine) as world:
        kim, luz = world.visitor(), world.visitor()
        app = world.set_up(kim, KIM)
        people = board(kim).replace("/board/", "/program/") + "/people"
        rules = people.replace("/people", "/sign-in")
        kim.go(people)
        kim.send(kim.page.form(field="mail"), {"mail": LUZ, "called": "Luz", "duty": "leader"})
        kim.send(next(form for form in kim.page.forms if "/end" in form.action and
                      any(value == "leader" for _, value, _, _ in form.buttons)))
        world.come_in(luz, LUZ)  # as anybody
        hold(session_of(world, "Luz") == [(7 * 24 * 60, 30 * 24 * 60)], session_of(world, "Luz"))
        kim.go(people)
        kim.send(kim.page.form(field="mail"), {"mail": LUZ, "duty": "leader"})
        hold(session_of(world, "Luz") == [(60, 12 * 60)], session_of(world, "Luz"))

        kim.go(rules).need("Only a leader of the program changes these", "1 hour", "12 hours")
        hold(not any(form.action == rules for form in kim.page.forms), "a coordinator changes the limits")
        world.set_up(luz, LUZ)
        luz.go(rules)
        form = luz.page.form(action="/sign-in$", field="idle-1")
        luz.send(form, {"idle-1": "4", "longest-1": "25", "grace": "15"}, wanted=422)
        luz.page.need("5", "480", "24", "14")
        luz.send(luz.page.form(action="/sign-in$", field="idle-1"),
                 {"idle-1": "480", "longest-1": "1", "grace": "0"}, wanted=422)
        luz.page.need("longer than the hours at the latest")
        luz.send(luz.page.form(action="/sign-in$", field="idle-1"), {"idle-1": "30", "longest-1": "1"})
        luz.page.need("It counts from now on")
        hold(session_of(world, "kim") == [(30, 60)], session_of(world, "kim"))

        for address in [link[0] for link in luz.page.links if "/sign-out/" in link[0]]:
            if luz.go(address).says("Sign kim out everywhere"):
                break
        luz.send(luz.page.form(field="why"), {"why": " "}, wanted=422)
        luz.page.need("Please write why")
        luz.send(luz.page.form(field="why"), {"why": "her <phone> was stolen"})
        luz.page.need("Signed out everywhere")
        kim.go("/me")
        hold(kim.page.path.startswith("/sign-in"), kim.page.path)
        world.mail.wait(KIM, "signed your account (out everywhere)")
        kim.go("/sign-in/passphrase")
        kim.send(kim.page.form(action="/sign-in/passphrase"),
                 {"mail": KIM, "passphrase": WORDS, "code": app.next()})
        kim.go("/me/openings").need("Luz", "(leader)", "signed you out everywhere", "her <phone> was stolen")

        def change(current, words, wanted=422):
            kim.send(kim.page.form(action="/ways/passphrase$"), {"passphrase": words, "current": current},
                     wanted=wanted)

        kim.go("/account/ways/passphrase")
        change("not it at all", OTHER_WORDS)
        kim.page.need("not your passphrase until now")
        change("", OTHER_WORDS)
        change(WORDS, "password12345678")
        change(WORDS, OTHER_WORDS, 200)
        kim.page.need("Your passphrase was saved")

        said = world.program.command("sign-out", "--email", KIM, "--reason", "a call from kim")
        hold("signed out everywhere: 1" in said, said)
        kim.go("/me")
        hold(kim.page.path.startswith("/sign-in"), kim.page.path)
        world.come_in(kim, KIM)
        kim.go("/me/openings").need("Whoever runs the computer", "a call from kim")


TESTS = [
    ("limits, and who ends a session", limits_and_ends),
    ("from a code in a mailbox to the board", to_the_board),
    ("a form that waits for a proof", a_form_that_waits("en", ENGLISH)),
    ("a form that waits for a proof, in Spanish", a_form_that_waits("es", SPANISH)),
]

if __name__ == "__main__":
    sys.exit(run(TESTS, engine_wanted()))
