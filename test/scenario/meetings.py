#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Meetings of two people who walk together: meetings.py BINARY

Proposed, taken, moved and cancelled by either; fifty taps on overlapping times at once: one holds."""
import datetime
import http.client
import os
import secrets
import sys
import threading
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import FORM_TYPE, Program, engine_wanted, hold, run  # noqa: E402
from walk import World, agreed, invited  # noqa: E402


def day(ahead):
    """A day as browsers write it; never one on which clocks change within the year's other half."""
    return (datetime.date.today() + datetime.timedelta(days=ahead)).isoformat()


def times_on(page):
    """What the buttons send that take a time."""
    return [button[1] for button in page.form(action="/answer$").buttons if button[1].isdigit()]


def propose(visitor, match, **values):
    visitor.go(match + "/meeting")
    return visitor.send(visitor.page.form(action="/meeting$"), {"day1": day(2), **values})


def set_up(world):
    """Proposed by one, seen by both and nobody else, taken by the other."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go(world.match).need("No meeting is set.")
    ana.follow("/meeting$").need("Propose a meeting")
    form = ana.page.form(action="/meeting$")
    ana.send(form, {"day1": ""}, wanted=422).need("Choose a day")
    ana.send(ana.page.form(action="/meeting$"), {"day1": day(-2)}, wanted=422).need("That time is over.")
    propose(ana, world.match, time1="14:30", day2=day(3), time2="09:00", how="visit", minutes="60",
            place="The library, by the door.")
    ana.page.need("gloria has not answered yet", "The library, by the door.")
    gloria.go("/me").need("ana ofrece horas para un encuentro", "14:30 (Hora del Este) +1 opción")
    gloria.follow("/meeting/").need("14:30", "9:00", "Hora del Este", "The library, by the door.")
    world.meeting = gloria.page.path
    for address in (world.match, "/me"):
        kim.go(address).need_not("The library", "ana offers", "When we meet")
    for behind in ("", "/times", "/cancel"):
        kim.go(world.meeting + behind, wanted=404)
    times = times_on(gloria.page)
    hold(len(times) == 2, "two times, a tap each")
    gloria.send(gloria.page.form(action="/answer$"), button=times[0]).need("Está acordado.", "14:30")
    gloria.go("/me").need("14:30")
    ana.go("/me").need("Next: ", "2:30 pm, Eastern time", "Visit with gloria")


def moved(world):
    """A new time waits for the other; the old one holds until then. Cancelling takes a confirmation."""
    ana, gloria = world.ana, world.gloria
    gloria.go(world.meeting)
    gloria.follow("/times$")
    gloria.send(gloria.page.form(action="/times$"), {"day1": day(4), "time1": "18:00"}).need("14:30")
    ana.go(world.meeting).need("2:30", "6:00 pm")
    ana.send(ana.page.form(action="/answer$"), button=times_on(ana.page)[0])
    ana.page.need("6:00 pm").need_not("2:30")
    ana.go(world.meeting)
    ana.follow("/cancel$").need("Cancel this meeting?", "Nobody asks why.")
    ana.send(ana.page.form(action="/cancel$")).need("It is cancelled.", "No meeting is set.")
    gloria.go(world.meeting, wanted=404)
    hold(world.program.rows("SELECT COUNT(*) FROM meeting_busy") == [("0",)], "no ghost in a diary")


def at_once(world):
    """Fifty answers to overlapping times of the same two, in the same moment: one holds."""
    ana, gloria, program = world.ana, world.gloria, world.program
    for _ in range(12):
        propose(ana, world.match, time1="14:00", day2=day(2), time2="14:30", day3=day(2), time3="15:00",
                minutes="90")
    hold("muchos encuentros" in gloria_full(world), "so many are enough")
    ana.go(world.match).need("11 more")
    gloria.go("/me")
    hold(gloria.page.words.count("+2 opciones") == 12, "a line for each that waits for an answer")
    gloria.go(world.match).need_not("11 más")
    hold(gloria.page.words.count("+2 opciones") == 12, "each stands open, with its first time")
    token = dict(gloria.page.forms[0].defaults())["token"]
    times = program.rows("SELECT meeting, starts_at FROM meeting_time ORDER BY starts_at, meeting")
    hold(len(times) == 36, "three times each")
    pages = {}
    for path in sorted({href for href, _ in gloria.page.links if "/meeting/" in href}):
        gloria.go(path)
        for value in times_on(gloria.page):
            pages.setdefault(value, []).append(path)
    wanted = [(path, value) for value, paths in pages.items() for path in paths]
    wanted = (wanted + wanted)[:50]
    hold(len(wanted) == 50, f"fifty taps, not {len(wanted)}")
    cookies = "; ".join(f"{name}={value}" for name, value in gloria.cookies.items())
    gate, answers = threading.Barrier(len(wanted)), []

    def tap(path, value):
        body = urllib.parse.urlencode({"token": token, "once": secrets.token_hex(16), "time": value})
        connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=60)
        connection.connect()
        gate.wait()
        connection.request("POST", path + "/answer", body, {"Cookie": cookies, **FORM_TYPE})
        answers.append(connection.getresponse().status)
        connection.close()

    taps = [threading.Thread(target=tap, args=one) for one in wanted]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    counts = {status: answers.count(status) for status in sorted(set(answers))}
    print(f"# fifty at once: {counts}")
    hold(len(answers) == 50 and counts.get(303) == 1, f"one holds: {counts}")
    hold(set(counts) <= {303, 409, 422, 503}, f"the others are told: {counts}")
    hold(program.rows("SELECT COUNT(*) FROM meeting WHERE state = 2") == [("1",)], "one is set")
    hold(program.rows("SELECT COUNT(*) FROM meeting_busy") == [("12",)], "six quarters in two diaries")


def gloria_full(world):
    gloria = world.gloria
    gloria.go(world.match + "/meeting")
    return gloria.send(gloria.page.form(action="/meeting$"), {}, wanted=422).words


def rested(world):
    """A pause takes what is to come out of both diaries."""
    ana, gloria = world.ana, world.gloria
    gloria.go("/me").need("Lo próximo")
    ana.go(world.match)
    ana.send(ana.page.form(action="/pause$")).need_not("Propose a meeting")
    gloria.go("/me").need_not("Lo próximo", "ofrece horas")
    ana.go(world.match + "/meeting", wanted=409).need("This walk rests")
    ana.go(world.match)
    ana.send(ana.page.form(action="/come-back$")).need("No meeting is set.", "Propose a meeting")


def sound(world):
    world.program.command("check")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        there = World(served)
        there.meeting = ""
        sys.exit(run([("invited", invited), ("both agree", agreed), ("a meeting is set", set_up),
                      ("moved and cancelled", moved), ("fifty at once", at_once),
                      ("a pause empties the diary", rested), ("nothing is wrong afterwards", sound)], there))
