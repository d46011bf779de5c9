#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Meetings in people's own calendars: diary.py BINARY

What a mail server and a browser are really given: the right moment, and no word of what it is."""
import datetime
import email
import email.policy
import http.client
import os
import re
import subprocess
import sys
import time

from aiosmtpd.controller import Controller

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, engine_wanted, free_port, hold, run  # noqa: E402
from meetings import day, propose, times_on  # noqa: E402
from walk import World  # noqa: E402

TELLING = ("ana", "gloria", "river", "library", "support", "peer", "beenthere", "school", "apoyo", "america",
           "new_york")


class Inbox:
    """A mail server that keeps what it was given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        del server, session
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.messages.append((envelope.rcpt_tos[0], message))
        return "250 taken"


def calendar_of(message):
    """The second form of a mail of two, checked: (its lines by name, how often a name stands there)."""
    hold(not message.defects, f"a mail is malformed: {message.defects}")
    hold(message.get_content_type() == "multipart/alternative", "two forms of one mail")
    plain, part = message.get_payload()
    types = [one.get_content_type() for one in (plain, part)]
    hold(types == ["text/plain", "text/calendar"], f"in this order, not {types}")
    text = part.get_content()
    lines = dict(re.findall(r"^([A-Z-]+)[;:](.*?)\r?$", text.replace("\r\n ", ""), re.M))
    hold(part.get_param("method") == lines["METHOD"], "head and calendar say one method")
    to = lines["ATTENDEE"].rpartition(":")[2]
    hold(re.findall(r"[\w.]+@[\w.]+", text) == ["hello@example.org", to], "nobody else's address")
    words = (str(message["Subject"]) + plain.get_content() + text.replace(to, "")).lower()
    for telling in TELLING:
        hold(telling not in words, f"'{telling}' in a mail: {words}")
    return lines


def sent_now(world):
    """What was in the outbox, once all of it has left."""
    end = time.monotonic() + 20
    while world.program.rows("SELECT COUNT(*) FROM job") != [("0",)]:
        hold(time.monotonic() < end, f"the outbox does not empty: {world.program.log()[-1000:]}")
        time.sleep(0.05)
    messages, world.inbox.messages = world.inbox.messages, []
    return messages


def entries(world):
    """The two mails that just left: {to whom: the lines of its calendar}. No other mail comes besides."""
    messages = sent_now(world)
    hold(len(messages) == 2, f"{[(to, str(message['Subject'])) for to, message in messages]}")
    return {to: calendar_of(message) for to, message in messages}


def walking(world):
    world.offer(world.gloria)
    world.choose(world.ana, "gloria")
    world.gloria.go("/me")
    page = world.gloria.follow("/invitation/")
    world.gloria.send(page.form(button="acompañarles"), button="yes")
    world.match = world.gloria.page.path


def chosen(world):
    """Off until somebody chose it; only a mailbox of one's own can be."""
    for visitor, other in ((world.ana, "gloria"), (world.gloria, "ana")):
        visitor.go("/account")
        visitor.follow("/account/calendar$")
        form = visitor.page.form(action="/calendar$")
        hold(dict(form.defaults())["mailbox"] == "none", "off by default")
        visitor.page.need_not(f"{other}@example.org")
        visitor.send(form, {"mailbox": "0" * 12 + "1"}, wanted=422)
        mailbox = next(value for value in form.labels("mailbox").values() if value != "none")
        visitor.send(visitor.page.form(action="/calendar$"), {"mailbox": mailbox})
        hold(dict(visitor.page.form(action="/calendar$").defaults())["mailbox"] == mailbox, "kept")


def agree(world, **values):
    """Ana offers a time, Gloria takes it: what leaves then is not looked at yet."""
    ana, gloria = world.ana, world.gloria
    propose(ana, world.match, place="The library, by the door.", **values)
    hold([message.is_multipart() for _, message in sent_now(world)] == [False],
         "what is only proposed goes into no calendar")
    gloria.go(world.match)
    gloria.follow("/meeting/")
    world.meeting = gloria.page.path
    gloria.send(gloria.page.form(action="/answer$"), button=times_on(gloria.page)[0])


def moment(lines):
    return datetime.datetime.strptime(lines["DTSTART"] + "+0000", "%Y%m%dT%H%M%SZ%z")


def sent(world):
    """Both get an entry when a meeting is set, moved and cancelled: one id each, and it counts up."""
    ana, gloria = world.ana, world.gloria
    sent_now(world)  # what the walk so far has queued is not what is looked at
    agree(world, time1="14:30", how="visit", minutes="60")
    first = entries(world)
    of_ana, of_gloria = first["ana@example.org"], first["gloria@example.org"]
    starts = int(world.program.rows("SELECT starts_at FROM meeting WHERE state = 2")[0][0]) // 1000000
    for lines, busy in ((of_ana, "Busy"), (of_gloria, "Ocupado")):
        hold((lines["METHOD"], lines["SEQUENCE"], lines["SUMMARY"], lines["STATUS"])
             == ("REQUEST", "0", busy, "CONFIRMED"), lines)
        hold(moment(lines).timestamp() == starts, "the moment that was meant")
    hold(of_ana["UID"] != of_gloria["UID"], "two calendars cannot be laid side by side")
    gloria.go(world.meeting)
    gloria.follow("/times$")
    gloria.send(gloria.page.form(action="/times$"), {"day1": day(4), "time1": "18:00"})
    sent_now(world)
    ana.go(world.meeting)
    ana.send(ana.page.form(action="/answer$"), button=times_on(ana.page)[0])
    moved = entries(world)
    for to, lines in moved.items():
        hold((lines["METHOD"], lines["SEQUENCE"], lines["UID"]) == ("REQUEST", "1", first[to]["UID"]), lines)
        hold(moment(lines) > moment(first[to]), "the new time")
    by_hand(world, moved["ana@example.org"])
    ana.go(world.meeting)
    ana.follow("/cancel$")
    ana.send(ana.page.form(action="/cancel$"))
    for to, lines in entries(world).items():
        hold((lines["METHOD"], lines["SEQUENCE"], lines["UID"], lines["STATUS"])
             == ("CANCEL", "2", first[to]["UID"], "CANCELLED"), lines)


def by_hand(world, by_mail):
    """The same as a file, for the two alone."""
    for visitor, wanted in ((world.ana, 200), (world.gloria, 200), (world.kim, 404)):
        visitor.go(world.match if wanted == 200 else "/me")
        path = world.meeting + "/calendar.ics"
        visitor.go(path, wanted=wanted)
    world.ana.go(world.meeting)
    world.ana.follow("/calendar.ics$")
    fields, body = world.ana.page.fields, world.ana.page.body
    hold(fields["content-type"] == "text/calendar; charset=utf-8", fields)
    hold("attachment" in fields["content-disposition"] and fields["cache-control"] == "no-store", fields)
    lines = dict(re.findall(r"^([A-Z-]+)[;:](.*?)\r?$", body, re.M))
    for name in ("UID", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY"):
        hold(lines[name] == by_mail[name], f"one entry, however it comes: {name}")
    hold("ATTENDEE" not in lines and "library" not in body, body)


def fetch(world, path, method="GET", **fields):
    """As a calendar does: no cookie, no language. (status, fields, body)."""
    connection = http.client.HTTPConnection("127.0.0.1", world.program.port, timeout=10)
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def link_of(visitor, **values):
    """A new link's path. It stands on that one page alone."""
    visitor.go("/account/calendar")
    page = visitor.send(visitor.page.form(action="/link$"), values)
    path = re.search(r"/calendar/[a-z0-9]{28}/calendar\.ics", page.words).group(0)
    visitor.go("/account/calendar").need_not(path)
    return path


def summaries(world, path):
    status, _, body = fetch(world, path)
    hold(status == 200, f"{path} is answered {status}")
    return re.findall(r"SUMMARY:(.*)\r", body)


def link(world):
    """A calendar fetches by the secret alone; what it was given once need not be sent again."""
    ana, gloria = world.ana, world.gloria
    agree(world, time1="11:00")
    mailed = entries(world)["ana@example.org"]
    hold("Stop the link" not in ana.go("/account/calendar").words, "there is none until it was made")
    path = link_of(ana)
    status, fields, body = fetch(world, path)
    hold((status, fields["content-type"]) == (200, "text/calendar; charset=utf-8"), fields)
    hold(fields["cache-control"] == "private, no-cache" and "set-cookie" not in fields, fields)
    lines = dict(re.findall(r"^([A-Z-]+)[;:](.*?)\r?$", body, re.M))
    for name in ("UID", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY"):
        hold(lines[name] == mailed[name], f"the same entry as by mail: {name}")
    for telling in TELLING:
        hold(telling not in body.lower(), f"'{telling}' in {body}")
    again = fetch(world, path, If_None_Match=f'"other", W/{fields["etag"]}')
    hold((again[0], again[2], again[1]["etag"]) == (304, "", fields["etag"]), again)
    hold("content-length" not in again[1] and "set-cookie" not in again[1], again[1])
    hold(fetch(world, path, method="HEAD")[0] == 200, "asked for its head")
    named(world, path)
    rows = world.program.rows("SELECT * FROM diary_feed")
    hold(len(rows) == 2 and not any(path.split("/")[2] in "".join(row) for row in rows), "no secret is kept")
    ana.go(world.meeting + "/cancel")
    ana.send(ana.page.form(action="/cancel$"))
    sent_now(world)
    hold(summaries(world, world.of_gloria) == [], "what is off is not there")
    gloria.go("/account/calendar")
    gloria.send(gloria.page.form(action="/stop$")).need("El enlace está apagado.")
    hold(fetch(world, world.of_gloria)[0] == 404, "a stopped link")


def named(world, path):
    """Only who asked for it reads who supports them there; nobody who supports exports a family's name."""
    newer = link_of(world.ana, names="on")
    hold(fetch(world, path)[0] == 404, "a new link ends the old one")
    hold(summaries(world, newer) == ["With gloria"], "named where it was asked for")
    world.of_gloria = link_of(world.gloria, names="on")
    hold(summaries(world, world.of_gloria) == ["Ocupado"], "a family's name is not passed on")
    guessed = f"/calendar/{'2' * 28}/calendar.ics"
    wrong = {re.sub('"[0-9a-f]{32,}"', "", fetch(world, where)[2].replace(where, ""))
             for where in (path, guessed, "/calendar/x")}
    hold(len(wrong) == 1, "a wrong secret is answered as an address that never was")


def write(program, sql):
    """A change that no page makes, into the database itself."""
    command = (["psql", "-q", program.where[-1], "-c", sql] if program.database
               else ["sqlite3", os.path.join(program.data, "beenthere.db"), sql])
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def reminded(world):
    """As each wants it; once, also when everything dies in between."""
    gloria, program = world.gloria, world.program
    gloria.go("/account/calendar").need("Como lo hace el programa: 1 día antes")
    form = gloria.page.form(action="/calendar$")
    hold(dict(form.defaults())["reminder"] == "program", "as the program does unless somebody says otherwise")
    gloria.send(form, {"reminder": "hours", "mailbox": "none"}).need("Dos horas antes")
    world.ana.go("/account/calendar")
    world.ana.send(world.ana.page.form(action="/calendar$"), {"mailbox": "none"})
    agree(world, time1="12:00")
    sent_now(world)
    rows = program.rows("SELECT t.starts_at - r.remind_at FROM diary_reminder r "
                        "JOIN meeting t ON t.id = r.meeting ORDER BY r.remind_at")
    hours = [int(row[0]) / 3600e6 for row in rows]
    hold(len(hours) == 2 and 22 < hours[0] < 26 and hours[1] == 2, f"a day, and two hours before: {hours}")
    program.kill()
    write(program, "UPDATE diary_reminder SET remind_at = 1")
    for expected in (["Un recordatorio", "A reminder"], []):
        program.start()
        time.sleep(1)
        mails = sent_now(world)
        hold(sorted(str(message["Subject"]) for _, message in mails) == sorted(expected), f"{mails}")
        for to, message in mails:
            words = message.get_content().lower().replace(to, "")
            hold(not any(telling in words for telling in TELLING), f"a reminder tells: {words}")
        program.kill()
    program.start()
    for visitor in (world.ana, gloria):
        visitor.connection = None
    world.ana.go(world.meeting + "/cancel")
    world.ana.send(world.ana.page.form(action="/cancel$"))
    sent_now(world)
    for visitor in (world.ana, gloria):
        visitor.go("/account/calendar")
        form = visitor.page.form(action="/calendar$")
        mailbox = next(value for value in form.labels("mailbox").values() if value != "none")
        visitor.send(form, {"mailbox": mailbox})


def taken_out(world):
    """A pause takes out of the calendars what it cancels."""
    ana = world.ana
    agree(world, time1="10:00")
    sent_now(world)
    ana.go(world.match)
    ana.send(ana.page.form(action="/pause$"))
    calendars = [calendar_of(message) for _, message in sent_now(world) if message.is_multipart()]
    hold([lines["METHOD"] for lines in calendars] == ["CANCEL", "CANCEL"], calendars)
    ana.go("/account/messages").need("Sent.")


def sound(world):
    world.program.command("check")


if __name__ == "__main__":
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    program = Program(sys.argv[1], engine_wanted())
    program.flags = ["--smtp", f"smtp://127.0.0.1:{controller.port}", "--mail-from",
                     "Hello <hello@example.org>"]
    with program as served:
        there = World(served)
        there.inbox = inbox
        status = run([("two walk together", walking), ("each chooses", chosen),
                      ("set, moved, cancelled", sent), ("a secret link", link), ("reminded", reminded),
                      ("a pause takes it out", taken_out), ("nothing is wrong afterwards", sound)], there)
    controller.stop()
    sys.exit(status)
