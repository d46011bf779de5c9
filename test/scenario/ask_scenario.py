#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Asking for support over HTTP, as families do it: ask_scenario.py BINARY"""
import os
import re
import sqlite3
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from forms import Program  # noqa: E402

BINARY = sys.argv.pop(1) if len(sys.argv) > 1 else "build/beenthere"
NEED = "He will not go to school. <b>100% & \"more\"</b> = ¿qué hago?"
AT = "/ask/river-families"


def count(program, table, where="1 = 1"):
    with sqlite3.connect(program.database) as database:
        return database.execute(f"SELECT COUNT(*) FROM {table} WHERE {where}").fetchone()[0]


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
        page = browser.post(f"{AT}/{name}", go="on", **fields())
    return page


def receipt(page):
    return re.search(r'class="code">([^<]+)<', page.body).group(1).strip()


class Asking(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = Program(BINARY).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.program.__exit__()

    def requests(self):
        return count(self.program, "request")

    def test_the_whole_way(self):
        before = self.requests()
        browser = self.program.browser()
        page = walk(browser)
        for words in (NEED, "a dad", "after 5", "Ana", "ana@example.org"):
            self.assertIn(" ".join(words.split()), page.text)
        page = browser.post(f"{AT}/check")
        self.assertEqual(page.path, f"{AT}/sent")
        self.assertEqual(self.requests(), before + 1)
        code = receipt(page)
        self.assertEqual(receipt(browser.get(f"{AT}/sent")), code, "the receipt survives a reload")
        page = browser.get(f"{AT}/check")
        self.assertEqual(page.path, f"{AT}/sent", "there is nothing more to send")
        for other in ("need", "check"):
            self.assertEqual(browser.get(f"{AT}/{other}").path, f"{AT}/sent")
        log = self.program.logged()
        for secret in (code, code.replace("-", "").lower(), "ana@", "school", "Ana"):
            self.assertNotIn(secret, log)

    def test_back_and_forward_without_loss(self):
        browser = self.program.browser()
        walk(browser, until="reach")
        page = browser.post(f"{AT}/reach", go="back", called="Half", reach="not yet")
        self.assertEqual(page.path, f"{AT}/safe")
        self.assertEqual(page.value(f"{AT}/safe", "voicemail"), "no")
        self.assertEqual(page.value(f"{AT}/safe", "when"), "after 5")
        page = browser.post(f"{AT}/safe", go="back")
        self.assertEqual(len(page.value(f"{AT}/hopes", "experience")), 2)
        self.assertEqual(page.value(f"{AT}/hopes", "more"), "a dad")
        self.assertEqual(browser.get(f"{AT}/need").value(f"{AT}/need", "need"), NEED)
        page = browser.get(f"{AT}/reach")
        self.assertEqual(page.value(f"{AT}/reach", "called"), "Half", "back keeps what was typed")
        self.assertEqual(browser.get(f"{AT}/check").path, f"{AT}/reach", "what is missing is asked for")

    def test_resumes_after_the_browser_and_the_program_die(self):
        browser = self.program.browser()
        walk(browser, until="safe")
        self.program.kill()
        self.program.serve()
        again = self.program.browser()
        again.cookies = {"visit": browser.cookies["visit"]}
        page = again.get("/ask")
        self.assertIn(f"{AT}/safe", page.links)
        self.assertEqual(again.get(f"{AT}/need").value(f"{AT}/need", "need"), NEED)
        stranger = self.program.browser()
        self.assertEqual(stranger.get(f"{AT}/need").value(f"{AT}/need", "need"), "")

    def test_sent_twice_makes_one(self):
        before = self.requests()
        browser = self.program.browser()
        walk(browser)
        same = browser.fill(f"{AT}/check", {})
        browser.get(f"{AT}/check")
        fresh = browser.fill(f"{AT}/check", {})
        answers = []

        def send(body):
            answers.append(browser.send(f"{AT}/check", body))

        threads = [threading.Thread(target=send, args=(body,)) for body in (same, same, fresh, same, fresh)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(set(answers), {(303, f"{AT}/sent")})
        self.assertEqual(self.requests(), before + 1)

    def test_errors_lead_to_their_fields(self):
        browser = self.program.browser()
        browser.get(f"{AT}/need")
        page = browser.post(f"{AT}/need", status=422, go="on", need="   ")
        self.assertIn("#need", page.links)
        self.assertIn("need", page.ids)
        self.assertTrue(page.title.startswith("Error:"))
        browser.post(f"{AT}/need", go="on", talk="on")
        walk(browser, until="reach")
        page = browser.post(f"{AT}/reach", status=422, go="on", called="Eva", reach="555-0101")
        self.assertIn("#reach", page.links)
        self.assertEqual(page.value(f"{AT}/reach", "called"), "Eva")
        self.assertEqual(page.value(f"{AT}/reach", "reach"), "555-0101")
        browser.get(f"{AT}/need")
        browser.post(f"{AT}/need", status=422, go="on", need="x" * 4001)

    def test_what_is_not_of_the_list_is_dropped(self):
        browser = self.program.browser()
        walk(browser, until="about")
        page = browser.get(f"{AT}/about")
        age = option(page, "age")
        page = browser.post(f"{AT}/about", go="on", relation=age, age=age)
        page = browser.get(f"{AT}/about")
        self.assertEqual(page.value(f"{AT}/about", "age"), age)
        self.assertNotEqual(page.value(f"{AT}/about", "relation"), age)

    def test_same_mail_is_another_person(self):
        people = count(self.program, "person")
        for _ in range(2):
            browser = self.program.browser()
            walk(browser, reach="twice@example.org")
            browser.post(f"{AT}/check")
        self.assertEqual(count(self.program, "person"), people + 2)

    def test_signed_in_is_not_asked_twice(self):
        browser = self.program.browser()
        walk(browser, reach="dora@example.org", called="Dora")
        browser.post(f"{AT}/check")
        dora = self.program.signed_in("dora@example.org")
        people = count(self.program, "person")
        dora.get(f"{AT}/need")
        dora.post(f"{AT}/need", go="on", need="Another thing")
        dora.post(f"{AT}/about", go="on")
        page = dora.post(f"{AT}/hopes", go="on", any="on")
        self.assertEqual(page.path, f"{AT}/check")
        dora.post(f"{AT}/check")
        self.assertEqual(count(self.program, "person"), people)
        dora.get(f"{AT}/reach", status=404)

    def test_spanish_all_the_way(self):
        browser = self.program.browser("es")
        page = walk(browser)
        self.assertEqual(page.lang, "es")
        page = browser.post(f"{AT}/check")
        self.assertIn("Tenemos su pedido", page.text)

    def test_pages_stay_small(self):
        browser = self.program.browser()
        walk(browser)
        browser.post(f"{AT}/check")
        for language in ("en", "es"):
            fresh = self.program.browser(language)
            for path in ("/", "/ask", f"{AT}/need", f"{AT}/about", f"{AT}/hopes", f"{AT}/safe", f"{AT}/reach",
                         "/information/river-families", "/about/river-families", "/status"):
                _, headers, body = fresh.ask("GET", path)
                self.assertLessEqual(len(body) + len(str(headers)), 12 * 1024, path)
        page = browser.get("/")
        cold = len(page.body.encode())
        for path in re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.body):
            cold += len(browser.ask("GET", path, headers={"Accept-Encoding": "br"})[2])
        self.assertLessEqual(cold, 35 * 1024)

    def test_leaving_forgets(self):
        browser = self.program.browser()
        walk(browser, until="hopes")
        visit = browser.cookies["visit"]
        browser.get(f"{AT}/need")
        status, _ = browser.send("/leave", browser.fill("/leave", {}))
        self.assertEqual(status, 303)
        browser.cookies["visit"] = visit
        self.assertEqual(browser.get(f"{AT}/need").value(f"{AT}/need", "need"), "")


class Information(unittest.TestCase):
    def test_reading_leaves_no_record_and_a_call_does(self):
        with Program(BINARY) as program:
            tables = ("person", "contact_point", "request", "draft", "once", "job", "session")
            before = [count(program, table) for table in tables]
            browser = program.browser()
            for path in ("/", "/about/river-families", "/information/river-families", "/ask", f"{AT}/need"):
                browser.get(path)
            self.assertEqual([count(program, table) for table in tables], before)
            page = browser.get("/information/river-families")
            page = browser.post(page.path, status=422, called="Eva")
            self.assertIn("#reach", page.links)
            page = browser.post(page.path, called="Eva", reach="(787) 555-0101", text="yes")
            self.assertIn(receipt(page), page.text)
            self.assertEqual(count(program, "request", "kind = 2"), 1)


class Status(unittest.TestCase):
    def test_status_says_only_what_it_may(self):
        with Program(BINARY) as program:
            browser = program.browser()
            walk(browser, reach="(787) 555-0102")
            code = receipt(browser.post(f"{AT}/check"))
            other = program.browser()
            other.get("/status")
            page = other.post("/status", code=code.lower().replace("-", " "), reach="+1 787.555.0102")
            self.assertNotIn("Ana", page.text)
            self.assertNotIn("school", page.text)
            self.assertNotIn("555", page.text)
            self.assertNotIn(code, page.body)
            refusals = set()
            for wrong, reach in ((code, "787-555-0103"), ("AAA-AAA-AAA", "787-555-0102"), ("x", "y")):
                other.get("/status")
                page = other.post("/status", status=422, code=wrong, reach=reach)
                bare = re.sub(r'value="[^"]*"', "", page.body)
                refusals.add(bare)
            self.assertEqual(len(refusals), 1, "every refusal reads the same")


class Programs(unittest.TestCase):
    def test_several_programs_and_a_closed_one(self):
        with Program(BINARY) as program:
            program.command("init", "--program", "Lake Families", "--email", "carmen@example.org")
            browser = program.browser()
            page = browser.get("/ask")
            self.assertIn(f"{AT}/start", page.links)
            self.assertIn("/ask/lake-families/start", page.links)
            page = browser.get("/")
            self.assertIn("/about/lake-families", page.links)
            walk(browser, until="about")
            page = browser.get("/ask/lake-families/need")
            self.assertEqual(page.value(page.path, "need"), NEED, "nothing is asked twice")
            browser.get("/ask/nowhere/need", status=404)
            browser.get(f"{AT}/nonsense", status=404)

    def test_settings(self):
        with Program(BINARY) as program:
            carmen = program.signed_in()
            token = self.token(program)
            at = f"/program/{token}"
            stranger = program.browser()
            self.assertIn(stranger.ask("GET", f"{at}/settings")[0], (303, 404))
            walk(stranger, reach="dora@example.org")
            stranger.post(f"{AT}/check")
            program.signed_in("dora@example.org").get(f"{at}/settings", status=404)
            self.words(program, carmen, at)
            self.lists(program, carmen, at)
            self.clocks(carmen, at)
            self.people(carmen, at)
            carmen.get(f"{at}/settings")
            carmen.post(f"{at}/settings", open="no")
            page = program.browser().get(f"{AT}/need")
            self.assertIn("closed", page.text)
            self.assertIn("/information/river-families", page.links)

    def token(self, program):
        with sqlite3.connect(program.database) as database:
            value = database.execute("SELECT id FROM program").fetchone()[0]
        letters = "0123456789abcdefghjkmnpqrstvwxyz"
        return "".join(letters[value >> 5 * place & 31] for place in reversed(range(13)))

    def words(self, program, carmen, at):
        other = program.signed_in()
        other.get(f"{at}/words/title")
        carmen.get(f"{at}/words/title")
        stale = other.fill(f"{at}/words/title", {"english": "family navigator"})
        page = carmen.post(f"{at}/words/title", english="parent mentor", spanish="")
        self.assertIn("Changed just now", page.text)
        status, _ = other.send(f"{at}/words/title", stale)
        self.assertEqual(status, 409)
        page = carmen.get(f"{at}/words/title")
        self.assertEqual(page.value(page.path, "english"), "parent mentor", "nobody is overwritten unseen")
        page = carmen.post(f"{at}/words/title")
        self.assertIn("Nothing was different", page.text)
        carmen.get(f"{at}/words/reach")
        carmen.post(f"{at}/words/reach", english="<script>Call 555-0100")
        page = program.browser().get("/about/river-families")
        self.assertIn("<script>Call 555-0100", page.text)
        self.assertNotIn("<script>Call", page.body)
        carmen.get(f"{at}/words/nonsense", status=404)

    def lists(self, program, carmen, at):
        page = carmen.get(f"{at}/list/age")
        first = next(link for link in page.links if link.startswith(f"{at}/list/age/"))
        page = carmen.post(f"{at}/list/age", status=422, english="up to 5")
        self.assertEqual(page.value(page.path, "english"), "up to 5")
        carmen.post(f"{at}/list/age", english="Over 25", spanish="Más de 25")
        self.assertIn("Over 25", program.browser().get(f"{AT}/about").text)
        carmen.get(first)
        carmen.post(first, retired="on")
        self.assertNotIn("Up to 5", program.browser().get(f"{AT}/about").text)
        carmen.get(first)
        carmen.post(first, retired=None, place="2", english="Under 6")
        text = program.browser().get(f"{AT}/about").text
        self.assertLess(text.index("6 to 9"), text.index("Under 6"))
        self.assertLess(text.index("Under 6"), text.index("10 to 12"))
        carmen.get(f"{at}/list/time/{first.rsplit('/', 1)[1]}", status=404)

    def clocks(self, carmen, at):
        carmen.get(f"{at}/clocks")
        page = carmen.post(f"{at}/clocks", status=422, **{"amount-1": "0", "amount-2": "36"})
        self.assertEqual(page.value(page.path, "amount-2"), "36")
        page = carmen.post(f"{at}/clocks", **{"amount-1": "2", "amount-2": "36"})
        self.assertEqual(page.value(f"{at}/clocks", "amount-2"), "36")
        self.assertEqual(page.value(f"{at}/clocks", "unit-1"), "work-days")

    def people(self, carmen, at):
        page = carmen.get(f"{at}/people")
        self.assertFalse([form for form in page.forms if form.action.endswith("/end")], "the last one stays")
        carmen.post(f"{at}/people", status=422, mail="nobody@example.org")
        page = carmen.post(f"{at}/people", mail="dora@example.org")
        ends = [form.action for form in page.forms if form.action.endswith("/end")]
        self.assertEqual(len(ends), 2)
        page = carmen.post(ends[1])
        carmen.get(f"{at}/people")
        self.assertFalse([form for form in carmen.page.forms if form.action.endswith("/end")])


if __name__ == "__main__":
    unittest.main()
