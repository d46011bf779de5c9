#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Asking, being taken, a list, a choice: a family, two coordinators and three supporters, without scripts."""
import sys
import threading

import browser
from browser import Problem, Visitor, engine_wanted, signed_in


def ask(program, name, lang="en", need="He will not go to school."):
    """Someone asks on the public form; afterwards NAME@example.org is a mailbox that signs them in."""
    visitor = Visitor(program, lang)
    visitor.go("/ask")
    if not visitor.page.forms or "need" not in visitor.page.forms[-1].names():
        visitor.follow("/need")
    form = next(form for form in visitor.page.forms if "need" in form.names())
    visitor.send(form, {"need": need})
    for step in ("about", "hopes", "safe", "reach", "check"):
        form = visitor.page.form(action=f"/{step}$")
        values = {"called": name, "reach": f"{name.lower()}@example.org"} if step == "reach" else {}
        if step == "hopes":
            values = {"experience": [form.labels("experience")[next(iter(form.labels("experience")))]]}
        visitor.send(form, values)
    visitor.sign_in(f"{name.lower()}@example.org")
    return visitor


def offer(program, coordinator, name, wanted="", about="I have been there."):
    """Someone who asked once offers to walk with others, and a coordinator clears the offer."""
    visitor = ask(program, name)
    visitor.go(f"/program/{program_of(coordinator)}/offer")
    form = visitor.page.form(field="about")
    lived = form.labels("lived")
    values = {"about": about, "speaks": [next(iter(form.labels("speaks").values()))],
              "lived": [wanted or next(iter(lived.values()))],
              "rather": [list(form.labels("rather").values())[-1]]}
    visitor.send(form, values)
    address = visitor.page.path
    coordinator.go(address).need("Not cleared")
    coordinator.send(coordinator.page.form(action="/clear$")).need("Training is done")
    return visitor, address


def program_of(coordinator):
    """The token of the only program, from any link to it."""
    token = coordinator.program.__dict__.get("token")
    if token is None:
        (number,), = coordinator.program.rows("SELECT id FROM program")
        token = token_of(int(number))
        coordinator.program.token = token
    return token


def token_of(number):
    """An id as addresses write it: 13 characters of Crockford's base32."""
    digits = ""
    for _ in range(13):
        digits = "0123456789abcdefghjkmnpqrstvwxyz"[number & 31] + digits
        number >>= 5
    return digits


def request_of(program, name):
    (number,), = program.rows("SELECT r.id FROM request r JOIN person p ON p.id = r.person "
                              f"WHERE p.called = '{name}' ORDER BY r.created_at DESC LIMIT 1")
    return token_of(int(number))


def second_coordinator(program, first):
    """The first coordinator gives somebody else the same duty."""
    ask(program, "Lee")
    first.go(f"/program/{program_of(first)}/people")
    form = first.page.form(action="/people$")
    values = {}
    for field in form.names():
        if field in ("mail", "email"):
            values[field] = "lee@example.org"
        if field in ("called", "name"):
            values[field] = "Lee"
    first.send(form, values)
    return signed_in(program, "lee@example.org")


def test_two_coordinators(program):
    kim = signed_in(program)
    lee = second_coordinator(program, kim)
    ask(program, "Ana")
    page = f"/request/{request_of(program, 'Ana')}"
    kim.go(page + "/work").need("He will not go to school.", "Assign to me")
    lee.go(page + "/work")
    lee.send(lee.page.form(action="/take$")).need("It is yours now")
    kim.send(kim.page.form(action="/take$"), wanted=409)
    kim.page.need("Someone was quicker", "Lee has this request since")
    kim.go(page + "/work").need("Lee has this request since", "Take it over")
    # Both change the second layer: the second is told, and what was typed stands there again.
    kim.go(page + "/code")
    lee.go(page + "/code")
    words = list(kim.page.form(action="/code$").labels("experience").items())
    lee.send(lee.page.form(action="/code$"), {"experience": [words[0][1]]})
    lee.page.need(words[0][0], "noted by Lee")
    kim.send(kim.page.form(action="/code$"), {"experience": [words[1][1]]}, wanted=409)
    form = kim.page.need("Someone else changed this").form(action="/code$")
    typed = [field.value for field in form.fields if field.name == "experience" and field.is_on]
    if typed != [words[1][1]]:
        raise Problem(f"what was typed is gone: {typed}")
    kim.send(kim.page.form(action="/code$"), {"experience": [words[0][1], words[1][1]]})
    kim.page.need("noted by Lee", words[1][0])


def test_family_reads_and_answers(program):
    kim = signed_in(program)
    family = ask(program, "Bea", need="Two lines.\n\n<b>As written</b> & kept.")
    page = f"/request/{request_of(program, 'Bea')}"
    kim.go(page).need("Bea")
    if not kim.page.path.endswith("/work"):
        raise Problem("a coordinator is not led to the page where the work is done")
    kim.send(kim.page.form(action="/take$"))
    kim.send(kim.page.form(action="/note$"), {"kind": "line"}, wanted=422).need("Write the line")
    talked = {"kind": "reached", "words": "We talked about mornings."}
    kim.send(kim.page.form(action="/note$"), talked)
    family.go(page).need("<b>As written</b> & kept.", "We talked about mornings.", "Call: we talked")
    family.send(family.page.form(action="/answer$"), {"words": "It was about nights."})
    family.page.need("It was about nights.")
    kim.go(page + "/work").need("It was about nights.", "In the family's own words")
    family.send(family.page.form(action="/pause$")).need("on pause")
    family.send(family.page.form(action="/reopen$")).need("open again")
    family.go(page + "/work", wanted=404)
    ask(program, "Eve").go(page, wanted=404)


def test_choosing(program):
    kim = signed_in(program)
    family = ask(program, "Cleo")
    mari, mari_offer = offer(program, kim, "Mari", about="My son was home for two years.")
    tom, tom_offer = offer(program, kim, "Tom")
    luz, _ = offer(program, kim, "Luz")
    page = f"/request/{request_of(program, 'Cleo')}"
    kim.go(page + "/shortlist").need("Mari", "Tom", "Luz", "points")
    kim.send(kim.page.form(action="/shortlist$")).need("The list is ready for the family")
    family.go(page).need("There are people for you to choose from")
    family.follow("/choose$").need("My son was home for two years.", "Mari", "Tom", "Luz")
    family.page.need_not("I would rather not", " points")
    # One tap hides a supporter, on the next look.
    tom.go(tom_offer)
    tom.send(tom.page.form(action="/pause$"), button="Pause until I say").need("On pause")
    family.go(page + "/choose").need("1 person on this list is not free").need_not(">Tom")
    family.go(page + "/compare").need("Mari", "Luz")
    # Not this person: gone, and no reason asked.
    family.go(page + "/choose")
    forms = [form for form in family.page.forms if "/not/" in form.action]
    not_luz = next(form for form in forms if "Luz" in form.buttons[0][2])
    family.send(not_luz).need("not be suggested to each other again").need_not(">Luz")
    # Two taps: choose, yes.
    family.follow("Choose Mari").need("Ask Mari to walk with you?")
    family.send(family.page.form(action="/choose/")).need("We have asked Mari")
    if program.rows("SELECT load FROM offer WHERE load > 0") != [("1",)]:
        raise Problem("the load was not counted")
    family.send(family.page.form(action="/take-back$")).need("Choose Mari")
    family.send(family.page.form(action="/none$"), {"unlike": ["relation"]})
    family.page.need("None of these people was right")
    kim.go(page + "/shortlist").need("Came up for this request before")
    mari.go(mari_offer + "/edit").need("My son was home")
    family.go(mari_offer, wanted=404)


def test_to_a_yes(program):
    kim = signed_in(program)
    family = ask(program, "Gil")
    mari, _ = offer(program, kim, "Mari")
    page = f"/request/{request_of(program, 'Gil')}"
    kim.go(page + "/shortlist")
    kim.send(kim.page.form(action="/shortlist$"))
    family.go(page + "/choose")
    family.follow("Choose Mari")
    family.send(family.page.form(action="/choose/"))
    (number,), = program.rows("SELECT id FROM invitation")
    mari.go(f"/invitation/{token_of(int(number))}").need("He will not go to school.")
    family.go(f"/invitation/{token_of(int(number))}", wanted=404)
    mari.page.need_not("Gil")
    mari.send(mari.page.form(action="/invitation/"), button="Yes, I will walk with them").need("Gil")
    family.go(page).need("You have someone to walk with")
    family.follow("You and Mari").need("Mari")
    kim.go(page + "/work").need("Walks with Mari.")
    if program.rows("SELECT load FROM offer") != [("1",)]:
        raise Problem("a walk is one place, no more and no less")


def test_the_last_place(program):
    """Six families tap at the same moment for one free place: one gets it, five are told kindly."""
    kim = signed_in(program)
    _, address = offer(program, kim, "Mari")
    kim.go(address)
    kim.send(kim.page.form(action="/capacity$"), {"capacity": "1"})
    families = []
    for name in ("Ana", "Bea", "Cleo", "Dora", "Eva", "Flor"):
        families.append(ask(program, name))
        page = f"/request/{request_of(program, name)}"
        kim.go(page + "/shortlist")
        kim.send(kim.page.form(action="/shortlist$"))
        families[-1].go(page + "/choose")
        families[-1].follow("Choose Mari")
    answers = []

    def tap(family):
        form = family.page.form(action="/choose/")
        page = family.send(form, wanted=None)
        answers.append((page.status, "We have asked Mari" in page.words, "Someone was quicker" in page.words))

    taps = [threading.Thread(target=tap, args=(family,)) for family in families]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    if sorted(answers) != [(200, True, False)] + [(409, False, True)] * 5:
        raise Problem(f"the last place was not given once: {answers}")
    if program.rows("SELECT load, standing FROM offer") != [("1", "2")]:
        raise Problem("the load is wrong")


def test_told_by_phone(program):
    kim = signed_in(program)
    kim.go(f"/program/{program_of(kim)}/record")
    form = kim.page.form(action="/record$")
    kim.send(form, {"called": "Dora"}, wanted=422).need("Write a phone number or an email")
    form = kim.page.form(action="/record$")
    kim.send(form, {"called": "Dora", "phone": "787 555 0101", "voicemail": "no",
                    "times": "mornings before ten", "need": "She cannot sleep."})
    kim.page.need("She cannot sleep.", "Safe times: mornings before ten", "No voicemail", "Texts: not said")
    kim.page.need_not("sms:+")
    offer(program, kim, "Nell")
    page = f"/request/{request_of(program, 'Dora')}"
    kim.go(page + "/shortlist")
    kim.send(kim.page.form(action="/shortlist$"))
    kim.follow("They told me by phone")
    answers = kim.page.form(action="/told$").labels("answer")
    told = {"answer": answers["They choose Nell"], "words": "Yes, her please."}
    kim.send(kim.page.form(action="/told$"), told)
    kim.page.need("as told by phone", "Yes, her please.", "Waiting for a yes")


def test_wished_by_phone(program):
    kim = signed_in(program)
    kim.go(f"/program/{program_of(kim)}/record")
    form = kim.page.form(action="/record$")
    kim.send(form, {"called": "Mona", "phone": "787 555 0102", "gender": form.labels("gender")["A woman"],
                    "only-gender": "on", "channel": form.labels("channel")["By phone"], "only-role": "on"})
    kim.page.need("Feels better with It must be so. A woman", "Ways to talk By phone")
    if program.rows("SELECT is_required FROM request_wish ORDER BY 1") != [("0",), ("1",)]:
        raise Problem("what must be so was not kept as said")


TESTS = [
    ("two coordinators on one request", test_two_coordinators),
    ("a family reads every line and answers", test_family_reads_and_answers),
    ("choosing, hiding, not this person, none of these", test_choosing),
    ("from a list to a yes", test_to_a_yes),
    ("six families and one place", test_the_last_place),
    ("a choice told by phone", test_told_by_phone),
    ("what is wished, and must be so, told by phone", test_wished_by_phone),
]


def each(work):
    def on_own_data(binary, engine):
        with browser.Program(binary, engine) as program:
            work(program)
    return on_own_data


if __name__ == "__main__":
    sys.exit(browser.run([(name, each(work)) for name, work in TESTS], sys.argv[1], engine_wanted()))
