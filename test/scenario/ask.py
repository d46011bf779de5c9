#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Asking for support over HTTP, as families do it: ask_scenario.py BINARY"""
import os
import re
import sys
import threading
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Problem, Program, Visitor, engine_wanted  # noqa: E402

BINARY = sys.argv.pop(1) if len(sys.argv) > 1 else "build/beenthere"
NEED = "He will not go to school. <b>100% & \"more\"</b> = ¿qué hago?"
AT = "/ask/river-families"
CARMEN = "carmen@example.org"


def open_program():
    return Program(BINARY, engine_wanted(), init=("--program", "River Families", "--email", CARMEN))


class Browser(Visitor):
    """A visitor whose forms are named by the address they are sent to."""

    def get(self, path, status=200):
        return self.go(path, wanted=status)

    def fill(self, action, fields):
        """The body that this form of the page would send; a list sends a name often, None not at all."""
        pairs = [pair for pair in form_of(self.page, action).defaults() if pair[0] not in fields]
        for name, value in fields.items():
            many = value if isinstance(value, list) else [value]
            pairs += [(name, one) for one in many if one is not None]
        return urllib.parse.urlencode(pairs)

    def answer(self, action, status=200, **fields):
        answer = self.ask("POST", action, self.fill(action, fields), HEADERS)
        return self.settle(action, *answer, wanted=status)

    def send_body(self, action, body):
        """Sends a body as it is and does not follow: (status, where it leads)."""
        status, fields, _ = self.ask("POST", action, body, HEADERS)
        return status, fields.get("location")


HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


def form_of(page, action):
    for form in page.forms:
        if form.method == "post" and form.action == action:
            return form
    raise Problem(f"{page.path} has no form for {action}, but {[form.action for form in page.forms]}")


def value(page, action, name):
    """What stands in a field; a list when it stands there several times; None when it does not."""
    found = [one for key, one in form_of(page, action).defaults() if key == name]
    return found if len(found) > 1 else (found[0] if found else None)


def links(page):
    return [address for address, _ in page.links]


def option(page, name, at=0):
    """The value of the field's checkbox or radio button in that place."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page.body)[at]


def walk(browser, until="check", reach="ana@example.org", called="Ana"):
    """Through the pages, up to the one named."""
    page = browser.get(f"{AT}/need")
    steps = {
        "need": lambda: {"need": NEED, "talk": "on"},
        "about": lambda: {"relation": option(page, "relation"), "age": option(page, "age", 1)},
        "hopes": lambda: {"experience": [option(page, "experience", 0), option(page, "experience", 4)],
                          "language": option(page, "language", 1), "more": "a dad"},
        "safe": lambda: {"voicemail": "no", "text": "yes", "when": "after 5", "time": option(page, "time")},
        "reach": lambda: {"called": called, "reach": reach},
    }
    for name, fields in steps.items():
        if name == until:
            return page
        page = browser.answer(f"{AT}/{name}", go="on", **fields())
    return page


def receipt(page):
    return re.search(r'class="code">([^<]+)<', page.body).group(1).strip()


class Asking(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = open_program().start()

    @classmethod
    def tearDownClass(cls):
        cls.program.close()

    def requests(self):
        return self.program.count("request")

    def test_the_whole_way(self):
        before = self.requests()
        browser = Browser(self.program)
        page = walk(browser)
        for words in (NEED, "a dad", "after 5", "Ana", "ana@example.org"):
            self.assertIn(" ".join(words.split()), page.words)
        page = browser.answer(f"{AT}/check")
        self.assertEqual(page.path, f"{AT}/sent")
        self.assertEqual(self.requests(), before + 1)
        code = receipt(page)
        self.assertEqual(receipt(browser.get(f"{AT}/sent")), code, "the receipt survives a reload")
        page = browser.get(f"{AT}/check")
        self.assertEqual(page.path, f"{AT}/sent", "there is nothing more to send")
        for other in ("need", "check"):
            self.assertEqual(browser.get(f"{AT}/{other}").path, f"{AT}/sent")
        log = self.program.log()
        for secret in (code, code.replace("-", "").lower(), "ana@", "school", "Ana"):
            self.assertNotIn(secret, log)

    def test_back_and_forward_without_loss(self):
        browser = Browser(self.program)
        walk(browser, until="reach")
        page = browser.answer(f"{AT}/reach", go="back", called="Half", reach="not yet")
        self.assertEqual(page.path, f"{AT}/safe")
        self.assertEqual(value(page, f"{AT}/safe", "voicemail"), "no")
        self.assertEqual(value(page, f"{AT}/safe", "when"), "after 5")
        page = browser.answer(f"{AT}/safe", go="back")
        self.assertEqual(len(value(page, f"{AT}/hopes", "experience")), 2)
        self.assertEqual(value(page, f"{AT}/hopes", "more"), "a dad")
        self.assertEqual(value(browser.get(f"{AT}/need"), f"{AT}/need", "need"), NEED)
        page = browser.get(f"{AT}/reach")
        self.assertEqual(value(page, f"{AT}/reach", "called"), "Half", "back keeps what was typed")
        self.assertEqual(browser.get(f"{AT}/check").path, f"{AT}/reach", "what is missing is asked for")

    def test_resumes_after_the_browser_and_the_program_die(self):
        browser = Browser(self.program)
        walk(browser, until="safe")
        self.program.kill()
        self.program.start()
        again = Browser(self.program)
        again.cookies = {"visit": browser.cookies["visit"]}
        page = again.get("/ask")
        self.assertIn(f"{AT}/safe", links(page))
        self.assertEqual(value(again.get(f"{AT}/need"), f"{AT}/need", "need"), NEED)
        stranger = Browser(self.program)
        self.assertEqual(value(stranger.get(f"{AT}/need"), f"{AT}/need", "need"), "")

    def test_sent_twice_makes_one(self):
        before = self.requests()
        browser = Browser(self.program)
        walk(browser)
        same = browser.fill(f"{AT}/check", {})
        browser.get(f"{AT}/check")
        fresh = browser.fill(f"{AT}/check", {})
        answers = []

        def send(body):
            hand = Browser(self.program)
            hand.cookies = dict(browser.cookies)
            answers.append(hand.send_body(f"{AT}/check", body))

        threads = [threading.Thread(target=send, args=(body,)) for body in (same, same, fresh, same, fresh)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(answers), 5)
        self.assertEqual(set(answers), {(303, f"{AT}/sent")})
        self.assertEqual(self.requests(), before + 1)

    def test_errors_lead_to_their_fields(self):
        browser = Browser(self.program)
        browser.get(f"{AT}/need")
        page = browser.answer(f"{AT}/need", status=422, go="on", need="   ")
        self.assertIn("#need", links(page))
        self.assertIn('id="need"', page.body)
        self.assertTrue(page.title.startswith("Error:"))
        browser.answer(f"{AT}/need", go="on", talk="on")
        walk(browser, until="reach")
        page = browser.answer(f"{AT}/reach", status=422, go="on", called="Eva", reach="555-0101")
        self.assertIn("#reach", links(page))
        self.assertEqual(value(page, f"{AT}/reach", "called"), "Eva")
        self.assertEqual(value(page, f"{AT}/reach", "reach"), "555-0101")
        browser.get(f"{AT}/need")
        browser.answer(f"{AT}/need", status=422, go="on", need="x" * 4001)

    def test_what_is_not_of_the_list_is_dropped(self):
        browser = Browser(self.program)
        walk(browser, until="about")
        page = browser.get(f"{AT}/about")
        age = option(page, "age")
        page = browser.answer(f"{AT}/about", go="on", relation=age, age=age)
        page = browser.get(f"{AT}/about")
        self.assertEqual(value(page, f"{AT}/about", "age"), age)
        self.assertNotEqual(value(page, f"{AT}/about", "relation"), age)

    def test_more_about_the_person(self):
        browser = Browser(self.program)
        page = walk(browser, until="hopes")
        page = browser.answer(f"{AT}/hopes", go="more",
                              experience=[option(page, "experience", 1), option(page, "experience", 3)])
        self.assertEqual(page.path, f"{AT}/wishes")
        self.assertIn("Question 3 of 6", page.words)
        for name in ("region", "culture", "funding"):
            self.assertNotIn(f'name="{name}"', page.body, "an empty list is not asked about")
        text = option(page, "channel", 1)
        page = browser.answer(f"{AT}/wishes", go="on", **{
            "channel": text, "only-channel": "on", "only-role": "on", "system": option(page, "system"),
            "gender": [option(page, "gender", 0), text], "unlike": ["relation", "gender"]})
        self.assertEqual(page.path, f"{AT}/safe")
        page = browser.get(f"{AT}/wishes")
        self.assertEqual(value(page, f"{AT}/wishes", "channel"), text)
        self.assertEqual(value(page, f"{AT}/wishes", "unlike"), ["relation", "gender"])
        self.assertIsNone(value(page, f"{AT}/wishes", "only-role"), "nothing is wished there")
        browser.answer(f"{AT}/wishes", go="back")
        browser.get(f"{AT}/safe")
        browser.answer(f"{AT}/safe", go="on")
        page = browser.answer(f"{AT}/reach", go="on", called="Mara", reach="mara@example.org")
        for words in ("By text message (only so)", "A woman", "unlike me in gender"):
            self.assertIn(words, page.words)
        first = option(page, "first", 1)
        browser.answer(f"{AT}/check", first=first)
        rows = self.program.rows("SELECT l.list, w.kind, w.is_required FROM request_wish w JOIN list_item l "
                                 "ON l.id = w.item JOIN request r ON r.id = w.request JOIN person p "
                                 "ON p.id = r.person WHERE p.called = 'Mara' ORDER BY 1, 2")
        self.assertEqual(rows, [("1", "1", "0"), ("1", "2", "0"), ("6", "1", "0"), ("8", "1", "1"),
                                ("11", "1", "0")])

    def test_what_matters_most_is_not_asked_of_one(self):
        browser = Browser(self.program)
        page = walk(browser, until="hopes")
        browser.answer(f"{AT}/hopes", go="on", experience=option(page, "experience"))
        browser.answer(f"{AT}/safe", go="on")
        page = browser.answer(f"{AT}/reach", go="on", called="Uma", reach="uma@example.org")
        self.assertNotIn('name="first"', page.body)
        self.assertEqual(browser.answer(f"{AT}/check").path, f"{AT}/sent")

    def test_same_mail_is_another_person(self):
        people = self.program.count("person")
        for _ in range(2):
            browser = Browser(self.program)
            walk(browser, reach="twice@example.org")
            browser.answer(f"{AT}/check")
        self.assertEqual(self.program.count("person"), people + 2)

    def test_signed_in_is_not_asked_twice(self):
        browser = Browser(self.program)
        walk(browser, reach="dora@example.org", called="Dora")
        browser.answer(f"{AT}/check")
        dora = Browser(self.program)
        dora.sign_in("dora@example.org")
        people = self.program.count("person")
        dora.get(f"{AT}/need")
        dora.answer(f"{AT}/need", go="on", need="Another thing")
        dora.answer(f"{AT}/about", go="on")
        page = dora.answer(f"{AT}/hopes", go="on", any="on")
        self.assertEqual(page.path, f"{AT}/check")
        dora.answer(f"{AT}/check")
        self.assertEqual(self.program.count("person"), people)
        dora.get(f"{AT}/reach", status=404)

    def test_spanish_all_the_way(self):
        browser = Browser(self.program, "es")
        page = walk(browser)
        self.assertEqual(page.lang, "es")
        page = browser.answer(f"{AT}/check")
        self.assertIn("Tenemos su pedido", page.words)

    def test_pages_stay_small(self):
        browser = Browser(self.program)
        walk(browser)
        browser.answer(f"{AT}/check")
        for language in ("en", "es"):
            fresh = Browser(self.program, language)
            for path in ("/", "/ask", f"{AT}/need", f"{AT}/about", f"{AT}/hopes", f"{AT}/wishes",
                         f"{AT}/safe", f"{AT}/reach", "/information/river-families",
                         "/about/river-families", "/status"):
                _, fields, body = fresh.ask("GET", path)
                self.assertLessEqual(len(body.encode()) + len(str(fields)), 12 * 1024, path)
        page = browser.get("/")
        cold = len(page.body.encode())
        for path in re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.body):
            cold += len(browser.ask("GET", path, headers={"Accept-Encoding": "br"})[2])
        self.assertLessEqual(cold, 35 * 1024)

    def test_leaving_forgets(self):
        browser = Browser(self.program)
        walk(browser, until="hopes")
        visit = browser.cookies["visit"]
        browser.get(f"{AT}/need")
        status, _ = browser.send_body("/leave", browser.fill("/leave", {}))
        self.assertEqual(status, 200)
        browser.cookies["visit"] = visit
        self.assertEqual(value(browser.get(f"{AT}/need"), f"{AT}/need", "need"), "")


class Information(unittest.TestCase):
    def test_reading_leaves_no_record_and_a_call_does(self):
        with open_program() as program:
            tables = ("person", "contact_point", "request", "draft", "once", "job", "session")
            before = [program.count(table) for table in tables]
            browser = Browser(program)
            for path in ("/", "/about/river-families", "/information/river-families", "/ask", f"{AT}/need"):
                browser.get(path)
            self.assertEqual([program.count(table) for table in tables], before)
            page = browser.get("/information/river-families")
            page = browser.answer(page.path, status=422, called="Eva")
            self.assertIn("#reach", links(page))
            page = browser.answer(page.path, called="Eva", reach="(787) 555-0101", text="yes")
            self.assertIn(receipt(page), page.words)
            self.assertEqual(program.count("request", "kind = 2"), 1)


class Reading(unittest.TestCase):
    def test_who_only_reads_is_given_no_cookie(self):
        with open_program() as program:
            browser = Browser(program)
            browser.cookies.clear()
            for path in ("/", "/", "/about/river-families"):
                page = browser.get(path)
                self.assertNotIn("visit", browser.cookies)
                self.assertIn("https://www.weather.gov/", links(page))
            browser.get("/sign-in")
            self.assertIn("visit", browser.cookies)
            self.assertIn('action="/leave"', browser.get("/").body)

    def test_what_all_read_is_a_second_old_at_most(self):
        with open_program() as program:
            reader = Browser(program)
            reader.cookies.clear()
            self.assertIn("River Families", reader.get("/").words)
            carmen = Browser(program)
            carmen.sign_in(CARMEN)
            words = carmen.get("/me")
            settings = carmen.get(next(link for link in links(words) if "/board/" in link))
            settings = carmen.get(next(link for link in links(settings) if link.endswith("/settings")))
            name = carmen.get(next(link for link in links(settings) if link.endswith("/words")))
            name = carmen.get(next(link for link in links(name) if link.endswith("/words/name")))
            carmen.answer(name.path, english="Valley Families", spanish="Familias del Valle")
            time.sleep(1.1)
            for _ in range(4):
                self.assertIn("Valley Families", reader.get("/").words)


class Status(unittest.TestCase):
    def test_status_says_only_what_it_may(self):
        with open_program() as program:
            browser = Browser(program)
            walk(browser, reach="(787) 555-0102")
            code = receipt(browser.answer(f"{AT}/check"))
            other = Browser(program)
            other.get("/status")
            page = other.answer("/status", code=code.lower().replace("-", " "), reach="+1 787.555.0102")
            self.assertNotIn("Ana", page.words)
            self.assertNotIn("school", page.words)
            self.assertNotIn("555", page.words)
            self.assertNotIn(code, page.body)
            refusals = set()
            for wrong, reach in ((code, "787-555-0103"), ("AAA-AAA-AAA", "787-555-0102"), ("x", "y")):
                other.get("/status")
                page = other.answer("/status", status=422, code=wrong, reach=reach)
                bare = re.sub(r'value="[^"]*"', "", page.body)
                refusals.add(bare)
            self.assertEqual(len(refusals), 1, "every refusal reads the same")


class Programs(unittest.TestCase):
    def test_several_programs_and_a_closed_one(self):
        with open_program() as program:
            program.command("init", "--program", "Lake Families", "--email", CARMEN)
            browser = Browser(program)
            page = browser.get("/ask")
            self.assertIn(f"{AT}/start", links(page))
            self.assertIn("/ask/lake-families/start", links(page))
            page = browser.get("/")
            self.assertIn("/about/lake-families", links(page))
            walk(browser, until="about")
            page = browser.get("/ask/lake-families/need")
            self.assertEqual(value(page, page.path, "need"), NEED, "nothing is asked twice")
            browser.get("/ask/nowhere/need", status=404)
            browser.get(f"{AT}/nonsense", status=404)

    def test_settings(self):
        with open_program() as program:
            carmen = self.signed_in(program, CARMEN)
            token = self.token(program)
            at = f"/program/{token}"
            stranger = Browser(program)
            self.assertIn(stranger.ask("GET", f"{at}/settings")[0], (303, 404))
            walk(stranger, reach="dora@example.org")
            stranger.answer(f"{AT}/check")
            self.signed_in(program, "dora@example.org").get(f"{at}/settings", status=404)
            self.words(program, carmen, at)
            self.lists(program, carmen, at)
            self.clocks(carmen, at)
            self.people(carmen, at)
            carmen.get(f"{at}/settings")
            carmen.answer(f"{at}/settings", open="no")
            page = Browser(program).get(f"{AT}/need")
            self.assertIn("closed", page.words)
            self.assertIn("/information/river-families", links(page))

    def signed_in(self, program, mail):
        browser = Browser(program)
        browser.sign_in(mail)
        return browser

    def token(self, program):
        number = int(program.rows("SELECT id FROM program")[0][0])
        letters = "0123456789abcdefghjkmnpqrstvwxyz"
        return "".join(letters[number >> 5 * place & 31] for place in reversed(range(13)))

    def words(self, program, carmen, at):
        other = self.signed_in(program, CARMEN)
        other.get(f"{at}/words/title")
        carmen.get(f"{at}/words/title")
        stale = other.fill(f"{at}/words/title", {"english": "family navigator"})
        page = carmen.answer(f"{at}/words/title", english="parent mentor", spanish="")
        self.assertIn("Changed just now", page.words)
        status, _ = other.send_body(f"{at}/words/title", stale)
        self.assertEqual(status, 409)
        page = carmen.get(f"{at}/words/title")
        self.assertEqual(value(page, page.path, "english"), "parent mentor", "nobody is overwritten unseen")
        page = carmen.answer(f"{at}/words/title")
        self.assertIn("Nothing was different", page.words)
        carmen.get(f"{at}/words/reach")
        carmen.answer(f"{at}/words/reach", english="<script>Call 555-0100")
        page = Browser(program).get("/about/river-families")
        self.assertIn("<script>Call 555-0100", page.words)
        self.assertNotIn("<script>Call", page.body)
        carmen.get(f"{at}/words/nonsense", status=404)

    def lists(self, program, carmen, at):
        page = carmen.get(f"{at}/list/age")
        first = next(link for link in links(page) if link.startswith(f"{at}/list/age/"))
        page = carmen.answer(f"{at}/list/age", status=422, english="up to 5")
        self.assertEqual(value(page, page.path, "english"), "up to 5")
        carmen.answer(f"{at}/list/age", english="Over 25", spanish="Más de 25")
        self.assertIn("Over 25", Browser(program).get(f"{AT}/about").words)
        carmen.get(first)
        carmen.answer(first, retired="on")
        self.assertNotIn("Up to 5", Browser(program).get(f"{AT}/about").words)
        carmen.get(first)
        carmen.answer(first, retired=None, place="2", english="Under 6")
        text = Browser(program).get(f"{AT}/about").words
        self.assertLess(text.index("6 to 9"), text.index("Under 6"))
        self.assertLess(text.index("Under 6"), text.index("10 to 12"))
        carmen.get(f"{at}/list/time/{first.rsplit('/', 1)[1]}", status=404)

    def clocks(self, carmen, at):
        carmen.get(f"{at}/clocks")
        page = carmen.answer(f"{at}/clocks", status=422, **{"amount-1": "0", "amount-2": "36"})
        self.assertEqual(value(page, page.path, "amount-2"), "36")
        page = carmen.answer(f"{at}/clocks", **{"amount-1": "2", "amount-2": "36"})
        self.assertEqual(value(page, f"{at}/clocks", "amount-2"), "36")
        self.assertEqual(value(page, f"{at}/clocks", "unit-1"), "work-days")

    def people(self, carmen, at):
        page = carmen.get(f"{at}/people")
        self.assertFalse([form for form in page.forms if form.action.endswith("/end")], "the last one stays")
        carmen.answer(f"{at}/people", status=422, mail="nobody@example.org", called="")
        page = carmen.answer(f"{at}/people", mail="noor@example.org", called="Noor")
        ends = [form.action for form in page.forms if form.action.endswith("/end")]
        self.assertEqual(len(ends), 2)
        page = carmen.answer(ends[1], duty="coordinator")
        page = carmen.answer(f"{at}/people", mail="dora@example.org")
        ends = [form.action for form in page.forms if form.action.endswith("/end")]
        self.assertEqual(len(ends), 2)
        page = carmen.answer(ends[1], duty="coordinator")
        carmen.get(f"{at}/people")
        self.assertFalse([form for form in carmen.page.forms if form.action.endswith("/end")])


if __name__ == "__main__":
    unittest.main(warnings="ignore")
