#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""With a county's data no page makes the database go through it: county.py BINARY

The program says so in its log where a statement takes too many steps. They are counted by SQLite, so a busy
machine makes no difference."""
import re
import sys

from browser import Problem, Program, Visitor, run

KINDS = ("coordinator", "family", "supporter", "both", "leader")
PAGES_MOST = 150
IDS = re.compile(r"\b[0-9a-hjkmnp-tv-z]{13}\b")


def shape(address):
    return IDS.sub("ID", address.split("?")[0].split("#")[0])


def walk(program, kind, mail):
    """One page of each shape, as links lead there."""
    visitor = Visitor(program)
    visitor.sign_in(mail)
    waiting, seen = ["/me"], set()
    while waiting and len(seen) < PAGES_MOST:
        address = waiting.pop(0)
        if not address.startswith("/") or address.startswith(("/assets/", "/live")) or shape(address) in seen:
            continue
        seen.add(shape(address))
        if visitor.ask("GET", address)[0] == 200:
            visitor.go(address)
            waiting += [link for link, _ in visitor.page.links]
    if len(seen) < 10:
        raise Problem(f"{kind} found only {sorted(seen)}")


def told(program):
    return re.findall(r"event=long_statement (query=\w+ steps=\d+)", program.log())


def pages(program):
    with open(f"{program.data}/demo-people.txt", encoding="utf-8") as file:
        people = dict(reversed([line.rstrip("\n").split("\t") for line in file]))
    for kind in KINDS:
        walk(program, kind, people[kind])
    if told(program):
        raise Problem("; ".join(told(program)))


if __name__ == "__main__":
    with Program(sys.argv[1], demo="county") as served:
        sys.exit(run([("no page goes through a county", pages)], served))
