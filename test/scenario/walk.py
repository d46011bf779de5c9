#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Walking together over HTTP, from the invitation to the end and back: walk.py BINARY

One program, one coordinator, and families who ask and offer. The scenarios follow each other."""
import datetime
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, Visitor, engine_wanted, hold, run, signed_in  # noqa: E402

TOKEN_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
NEED = "He will not go to school."


def token(number):
    """An id as addresses write it."""
    return "".join(TOKEN_LETTERS[(int(number) >> (5 * place)) & 31] for place in range(12, -1, -1))


class World:
    """Who is there, and the address of what they share."""

    def __init__(self, program):
        self.program = program
        self.kim = signed_in(program)
        self.ana = self.family("ana", f"{NEED} <b>Every</b> morning.")
        self.gloria = self.family("gloria", "Mi hija no duerme.", "es")
        self.match = ""

    def family(self, name, need, lang="en"):
        """Asks for support through the public form, and signs in."""
        visitor = Visitor(self.program, lang)
        visitor.go("/ask/river/need")
        safe = {"text": "yes", "voicemail": "no", "when": "after 6"}
        visitor.answer_questions(need, name, f"{name}@example.org", safe)
        visitor.send(visitor.page.form(action="/check$"))
        visitor.sign_in(f"{name}@example.org")
        return visitor

    def offer(self, visitor):
        """Turns from asking to giving; the coordinator attests it."""
        visitor.go("/me")
        visitor.go(visitor.page.link("/program/[^/]*/offer$"))
        form = visitor.page.form(action="/offer$")
        speaks = [field.value for field in form.fields if field.name == "speaks"]
        lived = next(field.value for field in form.fields if field.name == "lived")
        visitor.send(form, {"about": "I have been there.", "lived": lived, "speaks": speaks})
        self.kim.go(visitor.page.path)
        self.kim.send(self.kim.page.form(action="/clear$"), button="yes")

    def choose(self, visitor, name):
        """A coordinator makes a shortlist for this family's request, and the family chooses that person."""
        visitor.go("/me")
        request = visitor.page.link("/request/[^/]*$")
        self.kim.go(request + "/shortlist")
        self.kim.send(self.kim.page.form(action="/shortlist$"))
        visitor.go("/me")
        visitor.follow("/choose$")
        visitor.follow(f" {name}")
        visitor.send(visitor.page.form(action="/choose/"))
        return request

    def state(self):
        return self.program.rows("SELECT state FROM match ORDER BY began_at DESC LIMIT 1")[0][0]

    def mails(self, name):
        """How many were queued to this person; none of them tells what was written."""
        rows = self.program.rows("SELECT j.payload FROM job j JOIN person p ON p.id = j.person "
                                 f"WHERE j.kind = 'mail' AND p.called = '{name}'")
        hold(not any("school" in str(payload) for payload, in rows), "a mail tells nothing")
        return len(rows)


def invited(world):
    world.offer(world.gloria)
    world.choose(world.ana, "gloria")
    gloria = world.gloria
    gloria.go("/me")
    page = gloria.follow("/invitation/")
    page.need(NEED, "<b>Every</b> morning.").need_not("ana@example.org", "<b>Every")
    later = page.form(field="when")
    gloria.send(later, {"when": " "}, button="later", wanted=422)
    gloria.send(gloria.page.form(field="when"), {"when": "después de la escuela"}, button="later")
    hold(gloria.page.path == "/me", "after \"another time\" one is back on one's own page")
    gloria.follow("/invitation/").need("después de la escuela")
    invitation = gloria.page.path
    form = gloria.page.form(button="acompañarles")
    mails = [world.mails(name) for name in ("ana", "gloria")]
    gloria.send(form, button="yes").need("ana@example.org", NEED)
    hold([world.mails(name) for name in ("ana", "gloria")] == [count + 1 for count in mails],
         "both get one mail")
    world.match = gloria.page.path
    gloria.go(invitation, wanted=404)
    gloria.post(form.action, gloria.pairs(form, {}, "no"), wanted=None)
    hold(world.state() == "1", "a yes stays a yes")
    world.ana.go("/me")
    world.ana.follow("/match/[^/]*$").need("gloria@example.org", "No contact yet")
    world.kim.go(world.match).need("gloria walks with ana")
    # Of a mail address nobody asks what only a phone can do.
    world.ana.go("/account").need("ana@example.org", "When is it safe").need_not("voicemail")
    Visitor(world.program).go(world.match).form(action="^/sign-in$")


def agreed(world):
    for visitor, words in ((world.ana, "ana agreed on"), (world.gloria, "gloria dio su acuerdo")):
        visitor.go("/me")
        visitor.follow("/agreement$")
        visitor.send(visitor.page.form(action="/agreement$"))
        visitor.follow("/agreement$").need(words)
        hold(visitor.page.has_link("/story$") == (visitor is world.gloria), "a guide for the one who gives")
        hold(not any(form.action.endswith("/agreement") for form in visitor.page.forms), "agreed once")
    world.gloria.follow("/story$").need("Antes de contarla", "No cuente")
    world.kim.go(world.match + "/agreement").need("ana agreed", "gloria agreed")
    hold(not any(form.action.endswith("/agreement") for form in world.kim.page.forms),
         "nobody agrees for another")


def logged(world):
    gloria, address = world.gloria, world.match + "/contact"
    form = gloria.go(address).form(action="/contact$")
    hold(len(gloria.page.body.encode()) < 20 * 1024, "the log is a small page")
    hold("left-message" not in [button[1] for button in form.buttons],
         "no voicemail is offered where it is not safe")
    gloria.send(form, button="no-answer").need("No contestó")
    hold(world.state() == "1", "a try is not a contact")
    gloria.go(address)
    gloria.send(gloria.page.form(action="/contact$"), button="talked", wanted=422)
    yesterday = (datetime.date.today() - datetime.timedelta(days=3)).isoformat()
    ahead = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
    for day in (yesterday, ahead, "2026-02-31", "soon", ""):
        gloria.go(address)
        gloria.send(gloria.page.form(action="/contact$"), {"minutes": "30", "when": "day", "day": day},
                    button="talked", wanted=422)
    before = world.program.count("contact")
    gloria.go(address)
    form = gloria.page.form(action="/contact$")
    done = [form.labels("done")[words] for words in ("Fuimos a una reunión", "Llenamos un formulario")]
    pairs = gloria.pairs(form, {"minutes": "30", "support": ["emotional", "instrumental"], "done": done,
                                "line": "Hablamos de <i>las mañanas</i>."}, "talked")
    gloria.post(form.action, pairs)
    gloria.post(form.action, pairs)
    hold(world.program.count("contact") == before + 1, "sent twice is logged once")
    hold(world.state() == "2", "they have talked")
    world.ana.go(address, wanted=404)
    world.kim.go(address, wanted=404)


def answered(world):
    ana, gloria = world.ana, world.gloria
    ana.go(world.match).need("Hablamos de <i>las mañanas</i>.", "30 minutes", "Listening", "Practical help",
                          "Went to a meeting together", "Filled in a form")
    ana.follow("/contact/.*/answer")
    ana.send(ana.page.form(action="/answer$"), {"words": ""}, wanted=422)
    ana.send(ana.page.form(action="/answer$"), {"words": "It helped.\nThank you."}).need("It helped.")
    gloria.go(world.match).need("It helped.", "Hablamos de")
    answer = ana.go(world.match).link("/contact/.*/answer")
    world.kim.go(answer, wanted=404)
    hold(not world.kim.go(world.match).has_link("/answer"),
         "a coordinator reads, and does not write in between")


def promised(world):
    """With the contact or by itself, by either of the two, for nobody else; ended by the one who promised."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    gloria.go(world.match + "/contact")
    gloria.send(gloria.page.form(action="/contact$"),
                {"minutes": "5", "kind": "visit", "venue": "school", "travel": "90",
                 "promise": "Llamo a la escuela.", "promise_day": "today"}, "talked")
    gloria.page.need("En la escuela, 90 minutos de camino", "Llamo a la escuela.",
                     "Solo ustedes dos leen esto.")
    ana.go(world.match).need("Llamo a la escuela.", "gloria, by")
    hold(not any("/promise/" in form.action for form in ana.page.forms), "none of hers to end")
    ana.follow("/promise$")
    ana.send(ana.page.form(action="/promise$"), {"words": " "}, wanted=422)
    ana.send(ana.page.form(action="/promise$"), {"words": "I find the letter.", "day": "month"})
    ana.page.need("I find the letter.", "nobody else")
    for address in (world.match, "/me"):
        kim.go(address).need_not("I find the letter.", "Llamo a la escuela.")
    kim.go(world.match + "/promise", wanted=404)
    gloria.go("/me").need("35 min con familias, 1 h 30 min de camino")
    gloria.page.need("Lo que prometí", "Llamo a la escuela.", "A ana").need_not("I find the letter.")
    form = gloria.page.form(action="/promise/.*/end$")
    gloria.send(form, button="done")
    hold(gloria.page.path == "/me", "back where the tap was")
    gloria.page.need_not("Llamo a la escuela.")
    ana.go("/me").need("What I promised", "I find the letter.")
    ana.go(world.match)
    ana.post(form.action, ana.pairs(ana.page.form(action="/promise/.*/end$"), {}, "done"), wanted=409)
    ana.go(world.match)
    ana.send(ana.page.form(action="/promise/.*/end$"), button="let-go")
    ana.page.need("off the list").need_not("I find the letter.")


def messages(world):
    return int(world.program.rows("SELECT COUNT(*) FROM message")[0][0])


def messaged(world):
    """Words between the two: sent once however often tapped, read when their reader says so."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    address, words = world.match + "/messages", "¿Cómo le fue? \U0001f331\n\u05e9\u05dc\u05d5\u05dd <b>"
    gloria.go(world.match)
    gloria.follow("/messages").need("Aquí aún no hay nada escrito.", "Solo usted y ana leen esto.")
    gloria.send(gloria.page.form(action="/messages$"), {"words": " "}, wanted=422)
    gloria.send(gloria.page.form(action="/messages$"), {"words": "x" * 4001}, wanted=422)
    typed = [field.value for field in gloria.page.form(action="/messages$").fields]
    hold(any(value.startswith("x" * 4001) for value in typed if value), "what was too long is kept")
    gloria.go(address)
    form = gloria.page.form(action="/messages$")
    pairs = gloria.pairs(form, {"words": words})
    gloria.post(form.action, pairs)
    gloria.post(form.action, pairs)
    hold(messages(world) == 1, "tapped twice is sent once")
    gloria.go(address)
    hold(not any("/seen/" in form.action for form in gloria.page.forms), "one's own words are not new")
    before = gloria.go("/me/openings").words
    ana.go("/me/openings").need("gloria wrote a message")
    ana.go("/me").need("gloria wrote to you", "1 new")
    ana.follow("/messages").need("¿Cómo le fue?", "<b>", "gloria does not see whether you have read.")
    hold(words.replace("<b>", "&lt;b&gt;") in ana.page.body, "as it was written")
    ana.go("/me").need("1 new")  # looking at a page writes nothing
    ana.go(address)
    seen = ana.page.form(action="/seen/")
    ana.send(seen)
    hold(ana.page.path.startswith(address), "back in the conversation")
    hold(gloria.go("/me/openings").words == before, "who wrote sees nothing of the reading")
    ana.go("/me/openings").need("marked messages as read")
    ana.go("/me").need_not("wrote to you")
    ana.go(address)
    ana.send(ana.page.form(action="/messages$"), {"words": "He went in."}).need("He went in.")
    gloria.go(world.match).need("1 nuevo")
    gloria.go(address)
    gloria.send(gloria.page.form(action="/messages$"), {"words": "¡Qué bien!"})
    gloria.go(world.match).need_not("1 nuevo")  # who answers has read
    ana.go(address)
    for visitor in (kim, world.family("tom", "Nobody sleeps.")):
        visitor.go(address, wanted=404)
        form = ana.page.form(action="/messages$")
        visitor.post(form.action, ana.pairs(form, {"words": "Hello."}), wanted=None)
        visitor.go("/me")
        own = visitor.pairs(visitor.page.form(action="/sign-out$"), {})
        visitor.post(seen.action, own + [("seen", "1")], wanted=404)
    kim.go(world.match).need_not("He went in.")
    hold(not kim.page.has_link("/messages"), "whoever coordinates finds no way there")
    hold(messages(world) == 3, "and nobody else wrote")
    done = world.program.rows("SELECT DISTINCT action FROM audit "
                              "WHERE actor <> subject AND action LIKE 'message%' AND outcome <> 2")
    hold([action for action, in done] == ["message_send_do"], "of the other's doing only what they wrote")


def rested(world):
    """Whoever walks with others says when words reach them; what waits can be taken back."""
    ana, gloria = world.ana, world.gloria
    address = world.match + "/messages"
    gloria.go("/me")
    gloria.follow("/messages/hours$").need("Cuándo me llegan los mensajes")
    form = gloria.page.form(action="/hours$")
    gloria.send(form, {"hours": "only"}, wanted=422)
    tomorrow = (datetime.datetime.now(datetime.timezone.utc).weekday() + 3) % 7
    gloria.send(gloria.page.form(action="/hours$"),
                {"hours": "only", "days1": [str(tomorrow)], "from1": "09:00", "to1": "10:00", "zone": "UTC"})
    gloria.page.need("Vale desde ahora.")
    ana.go(address).need("gloria is resting.", "If it cannot wait", "988")
    ana.send(ana.page.form(action="/messages$"), {"words": "He shouts."})
    ana.page.need("He shouts.", "gloria is resting now.")
    gloria.go(address).need_not("He shouts.")
    gloria.go("/me").need_not("1 nuevo")
    ana.send(ana.page.form(action="/take-back/")).need_not("He shouts.")
    hold(messages(world) == 3, "nothing is left of it")
    gloria.go("/me/openings").need_not("retiró")
    gloria.go("/messages/hours")
    gloria.send(gloria.page.form(action="/hours$"), {"hours": "any"})
    ana.go(address).need_not("is resting")


def helped(world):
    """Somebody from the program, asked for out of a conversation, which nobody reads for it."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    board = kim.go("/me").link("/board/[^/]*$")
    ana.go(world.match + "/messages")
    ana.follow("/messages/help/").need("gloria is not told that you ask.", "988")
    asking, before = ana.page.path, gloria.go("/me/openings").words
    ana.send(ana.page.form(action="/messages/help/"), {"words": "Who knows the court?"})
    ana.page.need("Who knows the court?", "Nobody has it yet.")
    gloria.go(asking).need_not("Who knows the court?")
    hold(gloria.go("/me/openings").words == before, "the other is not told")
    ana.go("/me/openings").need("asked for someone from the program")
    kim.go(asking, wanted=404)
    kim.go(board).need("ana needs someone from the program")
    kim.follow("/help/").need("Who knows the court?", "Nobody reads the conversation.")
    kim.page.need_not("He went in.")
    work = kim.page.path
    for visitor in (ana, gloria):
        visitor.go(work, wanted=404)
    kim.send(kim.page.form(action="/take$"))
    ana.go(asking).need("has it since")
    kim.send(kim.page.form(action="/done$"), {"line": "I called you."})
    ana.go(asking).need("I called you.", "Done")
    kim.go(board).need_not("ana needs someone")


def wanted(world):
    """One's own goals: in one's own order, with steps, and read by nobody until one says so, at once."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go(world.match)
    ana.follow("/goals$")
    for words, kind in (("He has one friend.", "child"), ("An evening for myself.", "myself")):
        ana.go("/goals")
        ana.follow("/goals/new$")
        ana.send(ana.page.form(action="/goals/new$"), {"words": " ", "kind": kind}, wanted=422)
        ana.send(ana.page.form(action="/goals/new$"), {"words": words, "kind": kind})
        ana.page.need(words, "Only you read it.")
    ana.go("/goals").need("He has one friend.", "My child", "Myself")
    ana.send(ana.page.form(action="/move$", button="down"), button="down")
    page = ana.page.words
    hold(page.index("An evening for myself.") < page.index("He has one friend."), "the order is hers")
    ana.follow("/goal/[^/]*$")
    evening = ana.page.path
    ana.page.need("An evening for myself.", "gloria does not read it.")
    ana.follow("/step$")
    ana.send(ana.page.form(action="/step$"), {"words": "My sister minds him.", "who": "other", "day": "week"})
    ana.page.need("My sister minds him.", "Somebody else, by")
    ana.send(ana.page.form(action="/step/"), button="done")
    ana.page.need("Somebody else: done")
    gloria.go(world.match).need_not("An evening for myself.", "He has one friend.")
    ana.send(ana.page.form(action="/reader/"), button="on")
    gloria.go(world.match).need("Lo que quiere ana", "An evening for myself.", "My sister minds him.")
    gloria.page.need_not("He has one friend.")
    hold(not any("/goal" in form.action for form in gloria.page.forms), "nothing of it is hers to change")
    gloria.go("/goals").need_not("An evening for myself.")
    for address in (world.match, "/me", "/goals"):
        kim.go(address).need_not("An evening for myself.", "He has one friend.")
    for visitor in (gloria, kim):
        visitor.go(evening, wanted=404)
        visitor.go(evening + "/step", wanted=404)
    ana.go(evening)
    ana.send(ana.page.form(action="/reader/"), button="off")
    gloria.go(world.match).need_not("An evening for myself.", "My sister minds him.")
    for button, said in (("rest", "Come back to it when you like."), ("back", "back on your list"),
                         ("reached", "You got there.")):
        ana.send(ana.page.form(action="/turn$"), button=button)
        ana.page.need(said)
    ana.go("/goals").need("Reached and let go", "An evening for myself.", "Reached on")
    for _ in range(29):
        ana.go(evening + "/step")
        ana.send(ana.page.form(action="/step$"), {"words": "Rest."})
    ana.go(evening + "/step")
    ana.send(ana.page.form(action="/step$"), {"words": "One too many."}, wanted=422)
    ana.page.need("The list is full.")
    typed = [field.value for field in ana.page.form(action="/step$").fields]
    hold("One too many." in typed, "what was typed stays")


def surrounded(world):
    """Who is there outside the program: written down, drawn, gone and back, and nobody else's to read."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    ana.go("/me")
    ana.follow("/circle$").need("Nobody stands here yet.")
    for called, near in (("The neighbor with the dog", "far"), ("Grandma", "close")):
        ana.go("/circle/new")
        form = ana.page.form(action="/circle/new$")
        ana.send(form, {"called": called, "near": near, "helps": "Listens."}, wanted=422)
        ana.page.need("Choose from where")
        ana.send(ana.page.form(action="/circle/new$"), {"called": called, "near": near, "kind": "family",
                                                       "helps": "Listens."})
    page = ana.page.words
    hold(page.index("Grandma") < page.index("The neighbor with the dog"), "the closest stand first")
    ana.page.need("I could call at night", "Could be there more", "Listens.")
    ana.follow("Grandma")
    one = ana.page.path
    ana.send(ana.page.form(action="/circle/[^/]*$"), {"called": "Grandma Luz", "near": "near"})
    ana.page.need("Grandma Luz", "I can count on them").need_not("I could call at night")
    for button in ("gone", "back"):
        ana.go(one)
        ana.send(ana.page.form(action="/turn$"), button=button)
    ana.page.need("Grandma Luz", "Changed: there again.")
    for visitor in (gloria, kim):
        visitor.go(one, wanted=404)
        visitor.go("/circle").need_not("Grandma", "with the dog")
        visitor.go(world.match if visitor is gloria else "/me").need_not("Grandma")
    ana.go(one)
    ana.send(ana.page.form(action="/turn$"), button="drop").need("The name is taken out.").need_not("Grandma")
    ana.go(one, wanted=404)


def progressed(world):
    ana = world.ana
    ana.go("/me")
    address = ana.page.link("/progress$")
    ana.go(address)
    form = ana.page.form(action="/progress$")
    for value in ("11", "-1", "3.5", ""):
        ana.post(form.action, ana.pairs(form, {"value": value}), wanted=422)
    ana.go(address)
    ana.send(ana.page.form(action="/progress$"), {"value": "3", "words": "A start"})
    ana.page.need("At the start", "A start")
    hold(ana.page.body.count("chart__dot") == 1, "one answer is one dot")
    ana.send(ana.page.form(action="/progress$"), {"value": "10"})
    hold(ana.page.body.count("chart__dot") == 2 and "polyline" in ana.page.body,
         "two answers are a line")
    hold(not ana.go("/me").has_link("/progress$"), "nothing is asked twice")
    for visitor in (world.gloria, world.kim):
        visitor.go(address, wanted=404)
        visitor.go(world.match).need_not("chart", "A start")


def checked_in(world):
    rows = world.program.rows("SELECT id FROM checkin WHERE side = 1 ORDER BY due_at")
    hold(len(rows) == 2, "weeks 2 and 8")
    address = f"/checkin/{token(rows[0][0])}"
    kim = world.kim
    kim.go(address).need("Ask ana how it goes", "gloria")
    kim.send(kim.page.form(action="/checkin/"), {"words": "Once a week is right."})
    kim.page.need("Once a week is right.")
    world.ana.go(world.match).need("Once a week is right.", "What you told the coordinator")
    world.gloria.go(world.match).need_not("Once a week is right.")
    world.gloria.go(address, wanted=404)


def heard(world):
    """Each answers for themselves how it is; nobody else reads it, and few are not counted aloud."""
    ana, gloria, kim = world.ana, world.gloria, world.kim
    talks = int(world.program.rows("SELECT COUNT(*) FROM contact WHERE outcome = 1")[0][0])
    hold(talks < 3, "they have not talked three times")
    ana.go(world.match)
    ana.follow("/heard$").need("Nothing is asked now")
    for _ in range(3 - talks):
        gloria.go(world.match + "/contact")
        gloria.send(gloria.page.form(action="/contact$"), {"minutes": "15", "kind": "call"}, "talked")
    ana.go("/me").need("How is it with gloria?")
    ana.follow("/heard$").need("How do we decide?")
    ana.send(ana.page.form(action="/heard$"), button="answer", wanted=422)
    ana.send(ana.page.form(action="/heard$"), {"said": "yes", "decide": "no", "learn": "no"}, "answer")
    ana.page.need("Only you can read them", "One of us decides for the other", "Something may be off")
    ana.go("/me").need_not("How is it with gloria?")
    gloria.go("/me")
    gloria.follow("/heard$").need_not("decide por la otra persona")
    gloria.send(gloria.page.form(action="/heard$"), button="not-now")
    hold(gloria.page.path == world.match, "not this time leads back")
    gloria.go(world.match + "/heard").need("Ahora no se pregunta nada")
    kim.go(world.match + "/heard", wanted=404)
    program = world.program.rows("SELECT id FROM program WHERE slug = 'river'")[0][0]
    kim.go(f"/program/{token(program)}/heard").need("Too few people to tell")


def paused(world):
    world.gloria.go(world.match)
    world.gloria.send(world.gloria.page.form(action="/pause$")).need("En pausa")
    world.ana.go(world.match).need("Paused")
    world.ana.send(world.ana.page.form(action="/come-back$"))
    hold(world.state() == "2", "back where they were")


def changed(world):
    ana = world.ana
    old = world.match
    ana.go(old)
    form = ana.page.form(button="someone else")
    ana.send(form, button="another-person")
    hold("/request/" in ana.page.path, "back to the own request")
    ana.page.need("Would like to walk with someone else")
    hold(ana.page.link("Earlier walk with gloria") == old, "what was written follows the person")
    page = world.kim.go(ana.page.path + "/shortlist")
    page.need("Came up for this request before")
    hold(not page.has_link("/offer/"), "someone else is not the same person again")
    rows = world.program.rows("SELECT state, load FROM match, offer WHERE offer.id = match.offer")
    hold(rows == [("4", "0")],
         "ended, and a place is free again")
    ana.go(old).need("It helped.", "Ended")
    ana.follow("/messages").need("He went in.", "This walk has ended.")
    hold(not any(form.action.endswith("/messages") for form in ana.page.forms), "nobody writes after the end")
    world.gloria.go(old + "/messages", wanted=404)
    ana.go(old)
    hold(not any("/end" in form.action or "/pause" in form.action for form in ana.page.forms),
         "it is over")
    ana.post(form.action, ana.pairs(form, {}, "another-person"), wanted=None)
    world.gloria.go(old, wanted=404)
    world.gloria.go("/me").need_not(old)
    hold(world.program.rows("SELECT COUNT(*) FROM checkin WHERE state = 1") == [("0",)],
         "nothing is asked any more")


def taken_home(world):
    """Everything about oneself in one file, for people and for programs, and nothing of anybody else."""
    ana, gloria = world.ana, world.gloria
    ana.go("/me")
    ana.follow("/me/life$").need("gloria", "walks with me", NEED)
    ana.go("/me/life/page")
    ana.page.need("Everything that was kept about you", NEED, "Once a week is right.", "We talked")
    control = re.search(r"\b[0-9a-f]{24}<wbr>", ana.page.body)
    hold(control, "what is long may break on a narrow screen")
    ana.go("/me/life/page?lang=es").need("sobre usted el ").need_not("sobre usted a las")
    ana.go("/me/life/page?lang=en")
    record = json.loads(ana.go("/me/life/data").body)
    hold(record["format"] == "beenthere-life-2", "the file says what it is")
    hold(any(one.get("need", "").startswith(NEED[:10]) for one in record["requests"]), "her words are in it")
    hold({one["side"] for one in record["walks"]} == {"receives"}, "she only receives")
    hold(record["contacts"] and record["promises"] and record["goals"], "what came of walking is in it")
    hold(set(record) <= set(documented()), f"{set(record) - set(documented())} is not in doc/life-record.md")
    hold(any(one.get("by") and len(one["by"]) == len("2026-03-04") for one in record["goal_steps"]),
         "a day has no hour")
    hold("gloria@" not in ana.page.body, "how to reach another is not hers to take")
    other = json.loads(gloria.go("/me/life/data").body)
    hold(any(one["side"] == "gives" for one in other["walks"]), "gloria gives")
    hold(NEED not in gloria.page.body, "a family's words are no part of a supporter's record")
    Visitor(world.program).go("/me/life/data", wanted=None).need_not(NEED)


def documented():
    """The sections that doc/life-record.md tells of."""
    page = os.path.join(os.path.dirname(__file__), "..", "..", "doc", "life-record.md")
    with open(page, encoding="utf-8") as text:
        return re.findall(r"^\| `(\w+)` \|", text.read(), re.M)


def turned_over(world):
    """Who received gives now, and to the same person; and receives again from somebody else meanwhile."""
    ana, gloria = world.ana, world.gloria
    world.offer(ana)
    world.choose(gloria, "ana")
    ana.go("/me")
    ana.follow("/invitation/").need("Mi hija no duerme.")
    ana.send(ana.page.form(button="Yes"), button="yes")
    turned = ana.page.path
    ana.go(turned + "/contact").form(action="/contact$")
    gloria.go(turned).need("ana@example.org")
    gloria.go(turned + "/contact", wanted=404)
    hector = world.family("hector", "Nobody listens.")
    world.offer(hector)
    world.choose(ana, "hector")
    hector.go("/me")
    hector.follow("/invitation/")
    hector.send(hector.page.form(button="Yes"), button="yes")
    page = ana.go("/me").need("Whom you walk with", "gloria", "Who walks with you", "hector")
    hold(page.has_link(turned + "$") and page.has_link(hector.page.path + "$"), "both sides on one page")
    ana.go(hector.page.path).need("Earlier walks", "gloria")
    ana.go(turned)
    ana.send(ana.page.form(button="End it"), button="for-now")
    hold(ana.page.path == turned.replace("/match/", "/goodbye/"), "who ends it comes to the page to keep")
    ana.go(turned, wanted=404)
    hold(world.program.rows("SELECT r.state FROM request r JOIN person p ON p.id = r.person "
                            "WHERE p.called = 'gloria' ORDER BY r.created_at LIMIT 1") == [("2",)],
         "the family did not ask to stop")


def sound(world):
    """Whatever was done above, the program itself finds nothing wrong in what it keeps."""
    world.program.command("check")


def joined(world):
    """Somebody whom nobody knows yet comes to walk with others."""
    tess = Visitor(world.program)
    tess.go("/walk/nowhere", wanted=404)
    tess.go("/")
    tess.follow("/walk/river$")
    tess.send(tess.page.form(action="/walk/"), {"called": " ", "mail": "tess"}, wanted=422)
    tess.send(tess.page.form(action="/walk/"), {"called": "tess", "mail": "tess@example.org"})
    hold(tess.page.path == "/sign-in/code", "the mailbox is proven before anything is offered")
    tess.sign_in("tess@example.org")
    world.offer(tess)
    world.kim.page.need("tess@example.org")
    tess.go("/me")
    hold(tess.go("/walk/river").path.startswith("/offer/"), "who offers already is led to the offer")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        there = World(served)
        sys.exit(run([("invited, another time, yes", invited), ("both agree", agreed), ("a contact", logged),
                      ("words beside it", answered),
                      ("promises", promised), ("messages", messaged),
                      ("quiet hours", rested), ("somebody from the program", helped), ("goals", wanted),
                      ("the people around", surrounded),
                      ("progress", progressed),
                      ("a check-in", checked_in), ("how it is, for oneself", heard),
                      ("pause and back", paused),
                      ("another person", changed), ("all of it to take home", taken_home),
                      ("sides turn over", turned_over),
                      ("somebody new offers", joined),
                      ("nothing is wrong afterwards", sound)],
                     there))
