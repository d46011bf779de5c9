#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What programs that are not ours read in our calendars: readers.py BINARY

Meetings around both nights on which the clocks of New York change, also in the hour that comes twice. Fetched
at a secret link by vdirsyncer and read by khal and ical.js; sent by mail and read by both. Each must show the
local time that Python's own tables give for the moment that was agreed on."""
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zoneinfo

from aiosmtpd.controller import Controller

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "scenario"))
from browser import Program, free_port, hold, run  # noqa: E402
from diary import Inbox, chosen, link_of, sent_now, walking  # noqa: E402
from meetings import times_on  # noqa: E402
from walk import World  # noqa: E402

UTC = datetime.timezone.utc
NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
# A clock that never changes, so that every moment has a time of day there: also the second 1:30 elsewhere.
PUERTO_RICO = zoneinfo.ZoneInfo("America/Puerto_Rico")
MINUTES = 30
SHOWN = "%Y-%m-%d %H:%M %Z"


def changes():
    """The next two moments, within a year, at which New York's clocks change."""
    hour = datetime.datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + datetime.timedelta(days=2)
    offset = hour.astimezone(NEW_YORK).utcoffset()
    while True:
        hour += datetime.timedelta(hours=1)
        if hour.astimezone(NEW_YORK).utcoffset() != offset:
            offset = hour.astimezone(NEW_YORK).utcoffset()
            yield hour


def moments():
    """Around each change: the evening before, the hour before, the hour behind, and the noon after."""
    both = changes()
    for change in (next(both), next(both)):
        for minutes in (-4 * 60, -60, -30, 0, 30, 10 * 60):
            yield change + datetime.timedelta(minutes=minutes)


def agree(world, moment):
    local = moment.astimezone(PUERTO_RICO)
    ana, gloria = world.ana, world.gloria
    ana.go(world.match + "/meeting")
    ana.send(ana.page.form(action="/meeting$"), {"day1": local.date().isoformat(), "minutes": str(MINUTES),
                                                 "time1": local.strftime("%H:%M")})
    path = next(href for href, words in ana.page.links if "/meeting/" in href and "has not answered" in words)
    gloria.go(path)
    gloria.send(gloria.page.form(action="/answer$"), button=times_on(gloria.page)[0])


def agreed(world):
    ana = world.ana
    ana.go("/safety/edit")
    ana.send(ana.page.form(action="/safety/edit$"), {"zone": "America/Puerto_Rico"})
    world.moments = sorted(moments())
    for moment in world.moments:
        agree(world, moment)
    mails = [(to, message) for to, message in sent_now(world) if message.is_multipart()]
    hold(len(mails) == 2 * len(world.moments), f"{len(mails)} mails for {len(world.moments)} meetings")
    world.mailed = []
    for at, (to, message) in enumerate(mails):
        if to == "ana@example.org":
            world.mailed.append(os.path.join(world.folder, f"mail-{at}.ics"))
            with open(world.mailed[-1], "w", encoding="utf-8", newline="") as file:
                file.write(message.get_payload()[1].get_content())


def command(world, *words):
    environment = {**os.environ, "HOME": world.folder, "XDG_CONFIG_HOME": world.folder, "TZ": "UTC"}
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=environment, timeout=60, check=False)
    said = done.stdout.decode()
    hold(done.returncode == 0, f"{words} ended with {done.returncode}: {said}")
    return said


def write(world, name, *lines):
    path = os.path.join(world.folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def by_ical_js(world, *paths):
    return json.loads(command(world, "node", os.path.join(HERE, "read.mjs"), *paths))


def held(world, entries):
    starts = sorted(entry["starts"] for entry in entries)
    hold(starts == [int(moment.timestamp()) for moment in world.moments], f"ical.js reads {starts}")
    hold({entry["ends"] - entry["starts"] for entry in entries} == {MINUTES * 60}, "and how long")
    hold(len({entry["uid"] for entry in entries}) == len(entries), "each its own")


def by_khal(world, name, *arguments):
    """The start of each entry of a calendar, as khal shows it on the clock of New York."""
    config = write(world, f"khal-{name}.conf", "[calendars]", f"[[{name}]]", f"path = {world.folder}/{name}",
                   "[locale]", "local_timezone = America/New_York", "default_timezone = America/New_York",
                   "timeformat = %H:%M", "dateformat = %Y-%m-%d", "longdateformat = %Y-%m-%d",
                   "datetimeformat = %Y-%m-%d %H:%M", f"longdatetimeformat = {SHOWN}",
                   "[sqlite]", f"path = {world.folder}/khal-{name}.db")
    for one in arguments:
        command(world, "khal", "-c", config, "import", "--batch", "-a", name, one)
    first = world.moments[0].astimezone(NEW_YORK).date().isoformat()
    said = command(world, "khal", "-c", config, "list", "--day-format", "", "--format", "{start-long-full}",
                   "--once", first, "370d")
    shown = [line for line in said.splitlines() if line]
    wanted = [moment.astimezone(NEW_YORK).strftime(SHOWN) for moment in world.moments]
    hold(sorted(shown) == sorted(wanted), f"khal shows {shown}, not {wanted}")


def at_the_link(world):
    """Fetched over HTTP by a program that knows nothing of us."""
    url = f"http://{world.program.listen}{link_of(world.ana)}"
    config = write(world, "vdirsyncer.conf", "[general]", f'status_path = "{world.folder}/status"',
                   "[pair feed]", 'a = "there"', 'b = "here"', 'collections = null',
                   "[storage there]", 'type = "http"', f'url = "{url}"',
                   "[storage here]", 'type = "filesystem"', f'path = "{world.folder}/feed"',
                   'fileext = ".ics"')
    os.mkdir(os.path.join(world.folder, "feed"))
    command(world, "vdirsyncer", "-c", config, "discover")
    command(world, "vdirsyncer", "-c", config, "sync")
    names = os.listdir(os.path.join(world.folder, "feed"))
    held(world, by_ical_js(world, *(os.path.join(world.folder, "feed", name) for name in names)))
    by_khal(world, "feed")


def by_mail(world):
    entries = by_ical_js(world, *world.mailed)
    held(world, entries)
    for entry in entries:
        hold((entry["method"], entry["attendees"], entry["summary"])
             == ("REQUEST", ["mailto:ana@example.org"], "Busy"), entry)
    os.mkdir(os.path.join(world.folder, "mailed"))
    by_khal(world, "mailed", *world.mailed)


if __name__ == "__main__":
    if not os.path.isdir(os.path.join(HERE, "node_modules", "ical.js")):
        sys.exit("first: npm --prefix test/calendar ci --ignore-scripts (script/test does it)")
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    folder = tempfile.mkdtemp(prefix="beenthere-calendar-")
    program = Program(sys.argv[1])
    program.flags = ["--smtp", f"smtp://127.0.0.1:{controller.port}", "--mail-from", "hello@example.org"]
    with program as served:
        there = World(served)
        there.inbox, there.folder = inbox, folder
        status = run([("two walk together", walking), ("each chooses", chosen),
                      ("around both changes of the clock", agreed), ("read at the link", at_the_link),
                      ("read by mail", by_mail)], there)
    controller.stop()
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(status)
