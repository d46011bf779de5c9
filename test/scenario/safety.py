#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A safety card over HTTP, without scripts: written, read by those who are let, and honored.

usage: safety.py PROGRAM

Fay walks with Gus. She writes her card and changes it; Gus and the coordinator read it while she lets them.
Outside her hours nobody is offered to call her and no mail leaves; what is not safe is no link anywhere.
"""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, engine_wanted, hold, run  # noqa: E402
from main_job import of_row, walk_together  # noqa: E402


def write(fay, **answers):
    """The card's form, with what stands in it and these changes."""
    fay.go("/safety")
    fay.follow("^/safety/edit$")
    fay.send(fay.page.form(action="/safety/edit$"), answers)


def person(program, called):
    return of_row(program, f"SELECT id FROM person WHERE called = '{called}'")


def card_is_read_and_kept(cast, fay, gus, match):
    address = f"/person/{person(cast.program, 'Fay')}/safety"
    gus.go(address, wanted=404)
    write(fay, safe="The <porch>.", helps="The dog.", reader=["giver"])
    fay.page.need("The <porch>.", "The dog.")
    gus.go(f"/match/{match}")
    gus.follow("/safety$")
    gus.page.need("The <porch>.", "The dog.")
    cast.coordinator.go(address, wanted=404)
    write(fay, safe="The kitchen.", reader=["coordinator"])
    gus.go(address, wanted=404)
    gus.go(f"/match/{match}").need_not("The kitchen.", "Safety card")
    cast.coordinator.go(address).need("The kitchen.")
    fay.go("/safety/earlier").need("The <porch>.", "The kitchen.")
    cast.coordinator.go("/safety/earlier").need_not("The <porch>.")


STATEMENT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def marked(cast, fay, gus, match):
    """A card that tells of substance use goes with its notice to whom a consent covers; to whom none does it
    says neither a word nor how many there are. What is passed on likewise."""
    address = f"/person/{person(cast.program, 'Fay')}/safety"
    write(fay, safe="Sober since May.", part2="on", reader=["giver", "coordinator"])
    fay.page.need("Sober since May.", "Marked: alcohol or drug use").need_not(STATEMENT)
    gus.go(address).need("Sober since May.", STATEMENT, "Gus")
    cast.coordinator.go(address).need("Sober since May.", STATEMENT, "those who coordinate River")
    write(fay, part2=[], safe="The kitchen.", reader=["coordinator"])
    cast.coordinator.go(address).need("The kitchen.").need_not(STATEMENT)
    # Gus only offers from here on: the coordinator reads his card by his own leave, under no consent.
    gus.go("/sharing")
    gus.send(gus.page.form(action="/stop$"))
    theirs = f"/person/{person(cast.program, 'Gus')}/safety"
    sizes = set()
    for words in ("Wine.", "Nothing to drink in this house, and nobody who brings any. " * 3):
        write(gus, safe=words.strip(), part2="on", reader=["coordinator"])
        cast.coordinator.go(theirs).need("no consent covers it").need_not(words.strip(), STATEMENT)
        sizes.add(len(cast.coordinator.page.words))
    hold(len(sizes) == 1, f"the page tells how long the words are that it withholds: {sizes}")
    gus.go(f"/match/{match}/pass-on")
    gus.send(gus.page.form(action="/pass-on$"),
             {"what": "She took pills.", "whom": "911", "told": "first", "part2": "on"})
    gus.go(f"/match/{match}").need("She took pills.", STATEMENT)
    board = of_row(cast.program, "SELECT id FROM program")
    cast.coordinator.go(f"/board/{board}").need("What was passed on", "Gus about Fay")
    hold(cast.coordinator.page.has_link(f"/match/{match}#passed-on$"), "to where it is read")
    cast.coordinator.go(f"/match/{match}").need("She took pills.", STATEMENT)
    cast.coordinator.page.need("Gus had to tell someone about Fay.").need_not("Your supporter")
    fay.go(f"/match/{match}").need("She took pills.").need_not(STATEMENT)


def wrong_forms(fay):
    for answers, said in (({"hours": "only"}, "at least one day"),
                          ({"hours": "only", "days1": ["1"], "from1": "9", "to1": "10:00"}, "Write a time"),
                          ({"hours": "only", "days1": ["1"], "from1": "09:01", "to1": "09:14"}, "quarter"),
                          ({"hours": "only", "from1": "09:00", "to1": "10:00"}, "one day"),
                          ({"zone": "Nowhere/Lost"}, "clock"), ({"safe": "x" * 251}, "")):
        fay.go("/safety/edit")
        form = fay.page.form(action="/safety/edit$")
        fay.send(form, answers, wanted=422)
        fay.page.need(said)


def links(page):
    return [href for href, _ in page.links if href.startswith(("mailto:", "tel:", "sms:"))
            and href[4:] not in ("988", "911")]


def unsafe_ways_are_no_links(cast, fay, gus, match, request):
    pages = ((gus, f"/match/{match}"), (gus, "/me"), (cast.coordinator, f"/request/{request}/work"),
             (cast.coordinator, f"/match/{match}"))

    def seen():
        return [any("fay" in link for link in links(who.go(where))) for who, where in pages]

    hold(seen() == [True] * 4, f"Fay can be reached where it is safe: {seen()}")
    fay.go("/safety/edit")
    form = fay.page.form(action="/safety/edit$")
    way = next(field.value for field in form.fields if field.name == "unsafe")
    write(fay, unsafe=[way])
    hold(seen() == [False] * 4, f"a way that is not safe is a link: {seen()}")
    write(fay, unsafe=[])
    hold(seen() == [True] * 4, "a way that is safe again is no link")
    write(fay, hours="never")
    hold(seen() == [False] * 4, "someone who wants no contact is offered to be called")
    write(fay, hours="any")


def mail_is_dropped(cast, fay, gus, match):
    """Who wants no contact gets no mail, and the queue forgets it; nothing in a mail names anybody."""
    where = "FROM job j JOIN person p ON p.id = j.person WHERE j.kind = 'mail' AND p.called = 'Fay'"

    def queued():
        return {job for (job,) in cast.program.rows(f"SELECT j.id {where}")}

    def pause_and_back():
        gus.go(f"/match/{match}")
        gus.send(gus.page.form(action="/pause$"))
        fay.go(f"/match/{match}")
        fay.send(fay.page.form(action="/come-back$"))

    # By their ids: an earlier one may leave the queue meanwhile.
    before = queued()
    pause_and_back()
    hold(len(queued() - before) == 1, "pausing tells the other side by mail")
    queue = str(cast.program.rows(f"SELECT j.payload {where}"))
    hold("Fay" not in queue and "fay@" not in queue, "a queued mail names somebody, in the open")
    write(fay, hours="never")
    before = queued()
    pause_and_back()
    end = time.monotonic() + 10
    while queued() - before and time.monotonic() < end:
        time.sleep(0.1)
    hold(not queued() - before, "a mail to someone who wants none was not dropped")


def provider_form(cast, fay, gus, match):
    """The program says which provider's form it uses; Fay fills it in, and it stands under her own card."""
    fay.go("/safety/provider", wanted=404).need("Your own safety card is all it needs")
    river = of_row(cast.program, "SELECT id FROM program")
    kim = cast.coordinator
    kim.go(f"/program/{river}/people")
    kim.send(kim.page.form(action="/people$"), {"called": "Lee", "mail": "lee@example.org", "duty": "leader"})
    lee = cast.person("lee@example.org")
    lee.go("/me")
    lee.follow("/provider-form$")
    lee.send(lee.page.form(action="/provider-form$"), {"headings": "Signs\nPlaces"}, wanted=422)
    lee.page.need("Write what the form is called", "Signs")
    lee.send(lee.page.form(action="/provider-form$"),
             {"name": "Plan <A>", "filled-by": "The family and Dr. Example"})
    kim.go(f"/program/{river}/provider-form", wanted=404)
    write(fay, safe="The kitchen.", reader=["giver"])
    fay.go("/safety")
    fay.follow("^/safety/provider$")
    form = fay.page.form(action="/safety/provider$")
    fay.send(form, {"line1": "He goes <quiet>."}, wanted=422)
    fay.page.need("Write whom you fill it in with", "He goes <quiet>.", "Plan <A>", "Dr. Example")
    fay.send(fay.page.form(action="/safety/provider$"), {"with": "Dr. Example", "reader": ["giver"]})
    for who, address in ((fay, "/safety"), (gus, f"/person/{person(cast.program, 'Fay')}/safety")):
        words = who.go(address).need("The kitchen.", "Plan <A>", "He goes <quiet>.", "Signs").words
        hold(words.index("The kitchen.") < words.index("He goes <quiet>."), "the provider's form comes first")
    lee.go(f"/person/{person(cast.program, 'Fay')}/safety", wanted=404)
    fay.go("/safety/provider")
    fay.send(fay.page.form(action="/safety/provider$"), {"reader": []})
    gus.go(f"/person/{person(cast.program, 'Fay')}/safety").need("The kitchen.").need_not("He goes")
    fay.go("/safety").need("He goes <quiet>.")


def main():
    engine = engine_wanted()
    program = Program(sys.argv[1], engine).start()
    try:
        cast, fay, gus, match, request, _ = walk_together(program)
        return run((
            ("a card is written, read by those who are let, and kept", lambda: card_is_read_and_kept(
                cast, fay, gus, match)),
            ("a card that tells of substance use goes with its notice", lambda: marked(
                cast, fay, gus, match)),
            ("a card that says nothing clear is not saved", lambda: wrong_forms(fay)),
            ("a way that is not safe is no link", lambda: unsafe_ways_are_no_links(
                cast, fay, gus, match, request)),
            ("who wants no mail gets none", lambda: mail_is_dropped(cast, fay, gus, match)),
            ("a provider's form stands beside the card", lambda: provider_form(cast, fay, gus, match)),
        ))
    finally:
        program.stop()


if __name__ == "__main__":
    sys.exit(main())
