#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the live process: live.py HTTP_PROGRAM; started by script/bench --live, writes
doc/live-figures.md.

How long it takes from asking for a change to reading the event on another connection, with 1,000 people
listening, in turns with a peer: Node's own http server that keeps the responses in a Map and writes to one
(nothing is checked or stored there, while ours runs a form's whole way through a durable transaction; the
form's own time stands beside it). And what 10,000 listeners cost who hear nothing.
"""
import datetime
import os
import random
import re
import resource
import select
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "test/http"))
from harness import Server, form_of, free_port, read_one  # noqa: E402

LISTENERS, TELLINGS, ROUNDS, IDLE = 1000, 300, 3, 10000
NOBODY = 10 ** 12
ALONE = ", the form's answer when nobody listens"
PEER = """
import http from "node:http";
const streams = new Map();
const server = http.createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const person = url.searchParams.get("person");
    if (url.pathname === "/live") {
        response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
        response.write("event: here\\ndata:\\n\\n");
        streams.set(person, response);
        return;
    }
    streams.get(person)?.write(`event: new\\ndata: thing ${url.searchParams.get("object")}\\n\\n`);
    response.writeHead(303, { "Content-Length": "0" });
    response.end();
});
server.keepAliveTimeout = 0; // it must not end the asking connection while the other side has its turn
server.listen(Number(process.argv[2]), "127.0.0.1");
"""


class Ours:
    name = "beenthere"

    def __init__(self, binary):
        self.server = Server(binary)
        token, _, visit = form_of(self.server)
        self.form, self.cookie = f"token={token}", f"visit={visit}"
        self.port = self.server.port
        self.asking = self.server.connect()
        self.pid = None

    def listen_to(self, person):
        return ("GET /live HTTP/1.1\r\nHost: localhost\r\n"
                f"Cookie: session={person:032d}{person:032d}\r\n\r\n")

    def tell(self, person, number):
        body = f"{self.form}&once={random.getrandbits(128):032x}&person={person}&object={number}"
        self.asking.sendall(f"POST /tell HTTP/1.1\r\nHost: localhost\r\nCookie: {self.cookie}\r\n"
                            "Content-Type: application/x-www-form-urlencoded\r\n"
                            f"Content-Length: {len(body)}\r\n\r\n{body}".encode())

    def live(self):
        return self.server.children()[-1]

    def close(self):
        self.asking.close()
        self.server.close()


class Peer:
    name = "Node http"

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="beenthere-bench-")
        path = os.path.join(self.folder, "peer.mjs")
        with open(path, "w", encoding="utf-8") as file:
            file.write(PEER)
        self.port = free_port()
        self.process = subprocess.Popen(["node", path, str(self.port)])
        self.asking = None
        while self.asking is None:
            try:
                self.asking = socket.create_connection(("127.0.0.1", self.port), 5)
            except ConnectionRefusedError:
                time.sleep(0.05)
        self.asking.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def listen_to(self, person):
        return f"GET /live?person={person} HTTP/1.1\r\nHost: localhost\r\n\r\n"

    def tell(self, person, number):
        self.asking.sendall(f"POST /tell?person={person}&object={number} HTTP/1.1\r\nHost: localhost\r\n"
                            "Content-Length: 0\r\n\r\n".encode())

    def live(self):
        return self.process.pid

    def close(self):
        self.asking.close()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)


def listen(side, count):
    """That many open streams, each past its beginning."""
    streams = []
    for person in range(1, count + 1):
        one = socket.create_connection(("127.0.0.1", side.port), 10)
        one.sendall(side.listen_to(person).encode())
        streams.append(one)
        if person % 200 == 0:
            begun(streams[-200:])
    return streams


def begun(streams):
    for one in streams:
        got = b""
        while b"event: here" not in got:
            part = one.recv(65536)
            if not part:
                raise RuntimeError(f"a stream ended: {got[:200]}")
            got += part
        one.setblocking(False)


def heard(poller, by_file, number):
    """Reads until somebody was told that number; when, and by which connection."""
    while True:
        for file, _ in poller.poll(5):
            came = by_file[file].recv(65536)
            if b"data: thing" in came:
                return time.perf_counter(), file


def latencies(side, streams):
    poller = select.epoll()
    by_file = {one.fileno(): one for one in streams}
    for file in by_file:
        poller.register(file, select.EPOLLIN)
    took, alone = [], []
    for number in range(1, TELLINGS + 1):
        person = random.randrange(len(streams))
        began = time.perf_counter()
        side.tell(person + 1, number)
        when, file = heard(poller, by_file, number)
        if by_file[file] is not streams[person] or read_one(side.asking).status != 303:
            raise RuntimeError("the wrong one was told")
        took.append((when - began) * 1e6)
        time.sleep(0.002)
        began = time.perf_counter()
        side.tell(NOBODY, number)
        read_one(side.asking)
        alone.append((time.perf_counter() - began) * 1e6)
        time.sleep(0.002)
    poller.close()
    return took, alone


def field_kib(path, name):
    with open(path, encoding="ascii") as file:
        return int(re.search(rf"^{name}:\s+(\d+) kB", file.read(), re.M).group(1))


def tcp_kib():
    with open("/proc/net/sockstat", encoding="ascii") as file:
        pages = int(re.search(r"^TCP: .* mem (\d+)", file.read(), re.M).group(1))
    return pages * resource.getpagesize() // 1024


def memory(side):
    """(resident, proportional, slab of the kernel, TCP buffers), in KiB."""
    pid = side.live()
    return (field_kib(f"/proc/{pid}/status", "VmRSS"), field_kib(f"/proc/{pid}/smaps_rollup", "Pss"),
            field_kib("/proc/meminfo", "Slab"), tcp_kib())


def idle_cost(side):
    before = memory(side)
    streams = listen(side, IDLE)
    time.sleep(1)
    after = memory(side)
    for one in streams:
        one.close()
    time.sleep(1)
    return before, after


def percentile(values, part):
    return sorted(values)[int(len(values) * part)]


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    sides = [Ours(sys.argv[1]), Peer()]
    listening = {side.name: listen(side, LISTENERS) for side in sides}
    took = {side.name + what: [] for side in sides for what in ("", ALONE)}
    for _ in range(ROUNDS):
        for side in sides:
            told, alone = latencies(side, listening[side.name])
            took[side.name] += told
            took[side.name + ALONE] += alone
    for streams in listening.values():
        for one in streams:
            one.close()
    time.sleep(1)
    costs = {side.name: idle_cost(side) for side in sides}
    lines = [f"{LISTENERS:,} people listen, {TELLINGS * ROUNDS} are told one after another; from sending the",
             "form to reading the event, microseconds:", "",
             "| | median | 90% | 99% | most |", "|---|--:|--:|--:|--:|"]
    for name, values in took.items():
        lines.append(f"| {name} | {statistics.median(values):,.0f} | {percentile(values, 0.9):,.0f} | "
                     f"{percentile(values, 0.99):,.0f} | {max(values):,.0f} |")
    lines += ["", f"{IDLE:,} listeners who hear nothing, MiB more than without them (the kernel's part",
              "holds both ends of each connection, ours and the browser's):", "",
              "| | resident in all | resident | PSS | kernel objects | TCP buffers |",
              "|---|--:|--:|--:|--:|--:|"]
    for name, (before, after) in costs.items():
        cells = [f"{after[0] / 1024:,.1f}"]
        cells += [f"{(late - early) / 1024:,.1f}" for early, late in zip(before, after)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    print("\n".join(lines))
    for side in sides:
        side.close()
    with open(os.path.join(ROOT, "doc/live-figures.md"), "w", encoding="utf-8") as file:
        file.write("# What listening costs\n\n"
                   "Written by `script/bench --live`, two processors, on "
                   f"{datetime.date.today().isoformat()};\n"
                   "the peer is Node's own http server, which checks and stores nothing, in the same run.\n\n"
                   + "\n".join(lines) + "\n")


main()
