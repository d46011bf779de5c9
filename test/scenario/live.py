#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Two people's open pages over HTTP: what one does, the other's page is told at once: live.py BINARY"""
import os
import socket
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Program, Visitor, engine_wanted, hold, run  # noqa: E402
from walk import World, agreed, invited  # noqa: E402

AT_ONCE = 0.2


class Listening:
    """The open page of a visitor: its stream."""

    def __init__(self, visitor, since=None):
        self.socket = socket.create_connection(("127.0.0.1", visitor.program.port), 10)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        query = "" if since is None else f"?since={since}"
        self.socket.sendall(f"GET /live{query} HTTP/1.1\r\nHost: {visitor.program.listen}\r\n"
                            f"Cookie: {cookies}\r\n\r\n".encode())
        self.bytes, self.ended = b"", False
        hold(self.hears("event: here"), f"a stream begins: {self.bytes[:300]}")
        self.bytes = b""

    def hears(self, part, seconds=5):
        end = time.monotonic() + seconds
        while part.encode() not in self.bytes and not self.ended and time.monotonic() < end:
            self.socket.settimeout(max(0.001, end - time.monotonic()))
            try:
                got = self.socket.recv(65536)
            except TimeoutError:
                break
            self.ended = got == b""
            self.bytes += got
        return part.encode() in self.bytes

    def has_ended(self):
        self.hears("\0")
        return self.ended

    def close(self):
        self.socket.close()


def at_once(listening, part, act):
    """The best of three: other tests share the machine."""
    took = []
    for _ in range(3):
        listening.bytes = b""
        sent = []
        act(lambda: sent.append(time.monotonic()))
        hold(listening.hears(part), f"told {part}: {listening.bytes}")
        took.append(time.monotonic() - sent[0])
    hold(min(took) < AT_ONCE, f"within {AT_ONCE} s: {took}")


def name_of(world):
    return "data: match " + world.match.rpartition("/")[2]


def told(world):
    ana, gloria = world.ana, world.gloria
    page = Listening(ana)
    kim = Listening(world.kim)

    def log(now):
        gloria.go(world.match + "/contact")
        form = gloria.page.form(action="/contact$")
        now()
        gloria.send(form, {"minutes": "30", "support": "emotional", "line": "Hablamos."}, button="talked")

    at_once(page, name_of(world), log)
    hold(b"Hablamos" not in page.bytes and b"gloria" not in page.bytes, "no word of it travels")
    hold(not kim.hears("match", 0.3), "nobody else is told")
    other = Listening(gloria)

    def promise(now):
        ana.go(world.match + "/promise")
        form = ana.page.form(action="/promise$")
        now()
        ana.send(form, {"words": "I call the school."})

    at_once(other, name_of(world), promise)
    def write(now):
        gloria.go(world.match + "/messages")
        form = gloria.page.form(field="words")
        now()
        gloria.send(form, {"words": "Buenas tardes, Ana."})

    at_once(page, name_of(world), write)
    hold(b"tardes" not in page.bytes, "no word of a message travels")
    for one in (page, kim, other):
        one.close()


def refused(world):
    """What was not done is not told."""
    gloria, page = world.gloria, Listening(world.ana)
    gloria.go(world.match + "/contact")
    gloria.send(gloria.page.form(action="/contact$"), button="talked", wanted=422)
    gloria.go(world.match + "/contact")
    hold(not page.hears("data:", 0.5), f"a refused form tells nothing: {page.bytes}")
    page.close()


def missed(world):
    """A page that was away is told of what happened meanwhile."""
    world.ana.go(world.match)
    since = int(world.ana.page.body.split('data-since="')[1].split('"')[0])
    gloria = world.gloria
    gloria.go(world.match)
    gloria.send(gloria.page.form(action="/pause$"))
    page = Listening.__new__(Listening)
    page.socket = socket.create_connection(("127.0.0.1", world.program.port), 10)
    cookies = "; ".join(f"{name}={value}" for name, value in world.ana.cookies.items())
    page.socket.sendall(f"GET /live?since={since} HTTP/1.1\r\nHost: {world.program.listen}\r\n"
                        f"Cookie: {cookies}\r\n\r\n".encode())
    page.bytes, page.ended = b"", False
    hold(page.hears(name_of(world)), f"told when it comes back: {page.bytes}")
    gloria.send(gloria.page.form(action="/come-back$"))
    hold(page.hears("event: here"), "and goes on")
    page.close()


def signed_out(world):
    page = Listening(world.ana)
    world.ana.send(world.ana.page.form(action="^/sign-out$"))
    hold(page.has_ended(), "the stream ends with its session")
    stranger = Visitor(world.program)
    hold(stranger.ask("GET", "/live")[0] == 303, "nobody listens without a session")


def sound(world):
    world.program.command("check")


if __name__ == "__main__":
    with Program(sys.argv[1], engine_wanted()) as served:
        there = World(served)
        sys.exit(run([("invited", invited), ("agreed", agreed), ("told at once", told),
                      ("refused", refused), ("missed", missed), ("signed out", signed_out),
                      ("nothing is wrong afterwards", sound)],
                     there))
