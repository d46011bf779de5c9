#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a phone without a signal sends later, over HTTP: no_signal.py BINARY

Fay receives and Gus gives. A Phone does what the script on theirs does, and what a broken one might."""
import concurrent.futures
import http.client
import json
import os
import secrets
import socket
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import FORM_TYPE, Program, Visitor, engine_wanted, hold, run, signed_in  # noqa: E402
from main_job import walk_together  # noqa: E402

NOTE = "zqxwords of the morning"  # with the word that marker.py looks for
AGO_MS = 300


def now_ms():
    return int(time.time() * 1000)


class Phone:
    """Entries that wait, and a browser to send them with."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.given = {}

    def look(self):
        """What the phone is given to keep."""
        status, fields, text = self.visitor.ask("GET", "/phone/data")
        hold(status == 200 and "application/json" in fields["content-type"], f"{status} for the data")
        hold(fields["cache-control"] == "no-store", "nobody between keeps it")
        self.given = json.loads(text)
        return self.given

    def entry(self, kind, fields, **changed):
        return {"kind": kind, "capture": secrets.token_hex(16), "author": self.given["person"],
                "match": self.given["walks"][0]["match"] if self.given["walks"] else "",
                "captured_at": now_ms() - AGO_MS, "fields": fields, **changed}

    def log(self, line=NOTE, **changed):
        fields = [["kind", "visit"], ["minutes", "30"], ["support", "emotional"], ["outcome", "talked"],
                  ["when", "today"], ["line", line]]
        return self.entry("contact", fields, **changed)

    def message(self, words=NOTE, **changed):
        return self.entry("message", [["words", words]], **changed)

    def body(self, entries, **changed):
        batch = json.dumps({"now": now_ms(), "entries": entries, **changed})
        return urllib.parse.urlencode({"token": self.given["token"], "once": secrets.token_hex(16),
                                       "batch": batch})

    def send(self, entries, wanted=200, visitor=None, **changed):
        """[(state, reason)] as they were sent; again when the server is busy, as a phone does."""
        status, text = 503, ""
        for _ in range(20):
            status, _, text = (visitor or self.visitor).ask("POST", "/phone/send",
                                                           self.body(entries, **changed), FORM_TYPE)
            if status != 503:
                break
            time.sleep(0.02)
        hold(status == wanted, f"{status}, not {wanted}: {text[-600:]}")
        if status != 200:
            return None
        answer = json.loads(text)
        hold([one["capture"] for one in answer["entries"]] == [one["capture"] for one in entries],
             "each is answered by its name")
        stored = sum(one["state"] != "refused" for one in answer["entries"])
        hold(answer["count"] == stored, f"{answer['count']} are there, {stored} were said to be")
        return [(one["state"], one["reason"]) for one in answer["entries"]]


class World:
    def __init__(self, program):
        self.program = program
        self.cast, self.fay, self.gus, self.match, _, _ = walk_together(program)
        self.phone = Phone(self.gus)
        self.count = program.count
        self.theirs = Phone(self.fay)


def given(world):
    data = world.phone.look()
    hold([(walk["match"], walk["called"], walk["gives"]) for walk in data["walks"]]
         == [(world.match, "Fay", True)], f"the walks are {data['walks']}")
    hold(data["walks"][0]["may_leave_message"] is False, "nobody said that a voicemail is safe")
    hold("@" not in json.dumps(data), "no way to reach anybody")
    hold(world.theirs.look()["walks"][0]["called"] == "Gus", "the other side has the other name")
    hold(not world.theirs.given["walks"][0]["gives"], "who receives logs nothing")
    world.gus.go(f"/match/{world.match}/promise")
    world.gus.send(world.gus.page.form(action="/promise$"), {"words": f"{NOTE} calls", "day": "week"})
    world.gus.go(f"/match/{world.match}/promise")
    world.gus.send(world.gus.page.form(action="/promise$"),
                   {"words": f"{NOTE} hidden", "day": "month", "part2": "on"})
    words = [promise["words"] for promise in world.phone.look()["promises"]]
    hold(len(words) == 2 and any("calls" in one for one in words), f"promises are there: {words}")
    hold(not any("hidden" in one for one in words), "what may tell of substance use stays off the phone")
    status, fields, _ = Visitor(world.program).ask("GET", "/phone/data")
    hold(status == 303 and fields["location"].startswith("/sign-in"), "nothing for a stranger")


def once(world):
    contacts, messages = world.count("contact"), world.count("message")
    batch = [world.phone.log(), world.phone.message(), world.phone.log("second")]
    hold(world.phone.send(batch) == [("stored", "")] * 3, "stored")
    for again in (batch, batch[::-1], batch[:1]):
        hold(world.phone.send(again) == [("known", "")] * len(again), "known when it comes again")
    world.gus.go(f"/match/{world.match}/contact")
    done, item = list(world.gus.page.form(action="/contact$").labels("done").items())[1]
    wrote = world.phone.log("what we did")
    wrote["fields"] += [["done", item], ["done", "0000000000009"]]
    hold(world.phone.send([wrote]) == [("stored", "")], "with what was done; what is in no list is not")
    world.fay.go(f"/match/{world.match}").need(done)
    more = world.phone.message("and one more")
    hold(world.phone.send([batch[1], more]) == [("known", ""), ("stored", "")], "a new one beside a known")
    hold((world.count("contact"), world.count("message")) == (contacts + 3, messages + 2), "each once")
    world.fay.go(f"/match/{world.match}").need("Visit, 30 minutes", NOTE)
    world.fay.go(f"/match/{world.match}/messages").need("and one more")
    world.fay.go("/me/openings").need("Gus", "wrote a message", "wrote down a contact with you")


def tabs(world):
    """The same entries from several tabs at once."""
    contacts, messages = world.count("contact"), world.count("message")
    rounds = [[world.phone.log(f"tab {number}"), world.phone.message(f"tab {number}")]
              for number in range(12)]

    def tab(_):
        visitor = Visitor(world.program)
        visitor.cookies = dict(world.gus.cookies)
        return [world.phone.send(batch, visitor=visitor) for batch in rounds]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(tab, range(4)))
    for number in range(len(rounds)):
        for at in range(2):
            states = [answer[number][at][0] for answer in answers]
            hold(sorted(states) == ["known"] * 3 + ["stored"], f"one of four stores it: {states}")
    hold((world.count("contact"), world.count("message")) == (contacts + 12, messages + 12), "each once")


def torn(world):
    """The signal is lost on the way there, or on the way back."""
    contacts = world.count("contact")
    batch = [world.phone.log("torn")]
    body = world.phone.body(batch).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in world.gus.cookies.items())
    head = (f"POST /phone/send HTTP/1.1\r\nHost: 127.0.0.1:{world.program.port}\r\nCookie: {cookies}\r\n"
            f"Content-Type: {FORM_TYPE['Content-Type']}\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    for length in (10, len(head), len(head) + len(body) // 2, len(head) + len(body)):
        with socket.create_connection(("127.0.0.1", world.program.port), timeout=5) as line:
            line.sendall((head + body)[:length])
            line.shutdown(socket.SHUT_WR)
    state = world.phone.send(batch)[0][0]
    hold(state in ("stored", "known"), "whatever arrived")
    hold(world.phone.send(batch) == [("known", "")], "known now")
    hold(world.count("contact") == contacts + 1, "once, however it was torn")


def authors(world):
    """Somebody else signed in on the same phone: nothing goes out as theirs."""
    world.theirs.look()
    messages = world.count("message")
    kept = world.phone.message("from gus")
    hold(world.theirs.send([kept]) == [("refused", "not-author")], "fay sends nothing of gus")
    hold(world.theirs.send([{**kept, "author": ""}]) == [("refused", "not-author")], "nor of nobody")
    hold(world.count("message") == messages, "nothing was written")
    hold(world.phone.send([kept]) == [("stored", "")], "gus does, later")
    hold(world.theirs.send([world.theirs.log()]) == [("refused", "elsewhere")], "who receives logs nothing")
    kim = Phone(signed_in(world.program))
    hold(kim.look()["walks"] == [], "who coordinates walks with nobody here")
    hold(kim.send([kim.message(match=world.match)]) == [("refused", "elsewhere")], "nor writes in a walk")
    hold(world.phone.send([world.phone.message(match="0000000000001")]) == [("refused", "elsewhere")],
         "a walk that is not there")


def decides(world):
    """What decides something never waits."""
    for kind in ("consent", "consent_stop", "choose", "promise", "promise_end", "match_end", "", "contact "):
        answer = world.phone.send([world.phone.entry(kind, [["outcome", "talked"]])])
        hold(answer == [("refused", "not-waiting")], f"{kind} was taken: {answer}")


def clocks(world):
    """A phone whose clock is a year off; one that was set right since."""
    year = 365 * 24 * 3600 * 1000
    began = int(world.program.rows("SELECT began_at FROM match")[0][0]) / 1e6
    time.sleep(max(0.0, began + 2 - time.time()))  # else all of it would be from the beginning of the walk
    for off in (-year, year):
        one = world.phone.message(f"clock {off}", captured_at=now_ms() + off - AGO_MS)
        hold(world.phone.send([one], now=now_ms() + off) == [("stored", "")], "stored")
        late = float(world.program.rows("SELECT arrived_at - captured_at FROM message "
                                        "ORDER BY arrived_at DESC, id LIMIT 1")[0][0]) / 1000
        hold(AGO_MS <= late < 3 * AGO_MS, f"written {late} ms ago, not {AGO_MS}")
    ahead = world.phone.log("clock ahead", captured_at=now_ms() + year)
    before = world.phone.log("clock before", captured_at=now_ms() - 30 * year)
    hold(world.phone.send([ahead, before]) == [("stored", "")] * 2, "stored")
    wrong = world.program.rows("SELECT COUNT(*) FROM contact c JOIN match m ON m.id = c.match "
                               "WHERE c.at > c.logged_at OR c.at < m.began_at")
    hold(wrong[0][0] == "0", "never ahead, and never from before they walked together")


def bad_input(world):
    phone = world.phone
    good = [phone.log()]
    contacts = world.count("contact")
    for batch in ([], good * 2, [phone.log() for _ in range(21)], [{**good[0], "capture": "short"}],
                  [{**good[0], "fields": {"outcome": "talked"}}], [{**good[0], "captured_at": "now"}], [3],
                  [{**good[0], "fields": [["line", "x"]] * 41}]):
        phone.send(batch, wanted=422)
    for text in ("", "{", "[]", "null", "\"\\u0000\"", "{\"now\":1,\"now\":2}", "[" * 5000, "\x01"):
        fields = {"token": phone.given["token"], "once": secrets.token_hex(16), "batch": text}
        status, _, _ = world.gus.ask("POST", "/phone/send", urllib.parse.urlencode(fields), FORM_TYPE)
        hold(status == 422, f"{text[:20]!r} was answered {status}")
    batch = json.dumps({"now": now_ms(), "entries": good})
    for fields, wanted in (({"once": secrets.token_hex(16), "batch": batch}, 403),
                           ({"token": "0" * 64, "once": secrets.token_hex(16), "batch": batch}, 403),
                           ({"token": phone.given["token"], "batch": batch}, 400)):
        status, _, _ = world.gus.ask("POST", "/phone/send", urllib.parse.urlencode(fields), FORM_TYPE)
        hold(status == wanted, f"{list(fields)}: {status}, not {wanted}")
    status, _, _ = world.gus.ask("POST", "/phone/send", phone.body(good),
                                 {**FORM_TYPE, "Origin": "https://elsewhere.example"})
    hold(status == 403, "from another site")
    status, _, _ = world.gus.ask("POST", "/phone/send", batch, {"Content-Type": "application/json"})
    hold(status == 415, "only as a form, which no other site can send with its token")
    try:
        much = phone.body([phone.message("x" * 70_000)])
        status, _, _ = world.gus.ask("POST", "/phone/send", much, FORM_TYPE)
        hold(status == 413, f"too much was answered {status}")
    except (OSError, http.client.HTTPException):
        pass  # the line was closed before all of it was sent
    stranger = Visitor(world.program)
    stranger.go("/sign-in")
    stranger.cookies["visit"] = world.gus.cookies["visit"]
    status, fields, _ = stranger.ask("POST", "/phone/send", phone.body(good), FORM_TYPE)
    hold(status == 303 and fields["location"].startswith("/sign-in"), "no session, nothing is taken")
    hold(world.count("contact") == contacts, "nothing was written")


def unfit(world):
    """What cannot be read is kept in full for who wrote it, and deleted by nobody else."""
    phone = world.phone
    long = "y" * 4001
    entries = [phone.message(long), phone.message("  "),
               phone.entry("contact", [["outcome", "sang"], ["line", f"{NOTE} <b>sang</b>"]]),
               phone.entry("contact", [["outcome", "talked"]])]
    hold(phone.send(entries) == [("aside", "unfit")] * 4, "kept aside")
    hold(phone.send(entries) == [("aside", "unfit")] * 4, "once")
    world.gus.go("/me").need("4 things you wrote without a signal could not be sent")
    page = world.gus.follow("/phone/aside$").need(long, f"{NOTE} <b>sang</b>", "outcome: sang")
    page.need_not("<b>sang")
    hold(phone.look()["aside"] == 4, "the phone knows that there is something")
    forms = [form for form in page.forms if form.action.endswith("/drop")]
    world.fay.go("/phone/aside").need("Nothing is here.")
    other = world.fay.go("/account/messages").forms[-1]
    world.fay.post(forms[0].action, world.fay.pairs(other, {}), wanted=404)
    for form in forms[:2]:
        world.gus.send(form)
    world.gus.page.need("It is deleted.")
    hold(world.count("capture_aside", "dropped_at IS NULL") == 2, "two are left")
    hold(phone.send(entries) == [("aside", "unfit")] * 4, "what was deleted does not come back")
    hold(world.count("capture_aside", "dropped_at IS NULL") == 2, "two are left")


def over(world):
    """Shared no more, then over: kept for its author, shown with the reason, in nobody else's way."""
    phone, match = world.phone, f"/match/{world.match}"
    waiting = [phone.log("on the bus"), phone.message("on the bus, too")]
    late = [phone.log(f"{NOTE} too late"), phone.message(f"{NOTE} too late")]
    world.gus.go(match)
    world.gus.send(world.gus.page.form(action=f"^{match}/end$"))
    hold(phone.send(waiting + late) == [("aside", "over")] * 4, "kept aside")
    hold(phone.look()["walks"] == [] and phone.given["promises"] == [], "nothing of it is kept on the phone")
    world.gus.go("/phone/aside").need("your walk had ended", "on the bus", "on the bus, too")
    world.gus.page.need("Visit 30 minutes")
    world.fay.go(match).need_not("too late", "on the bus")
    world.fay.go(match + "/messages").need_not("too late", "on the bus")
    hold("all is well" in world.program.command("check"), "check finds nothing")


def main():
    binary = os.path.abspath(sys.argv[1])
    with Program(binary, engine_wanted(), workers=3) as program:
        world = World(program)
        return run([("what a phone is given", given), ("sent again, stored once", once),
                    ("the same from four tabs", tabs), ("torn connections", torn),
                    ("only as its author", authors), ("nothing that decides", decides),
                    ("clocks that are wrong", clocks), ("bad input", bad_input),
                    ("what does not fit is kept", unfit), ("what comes too late is kept", over)], world)


if __name__ == "__main__":
    sys.exit(main())
