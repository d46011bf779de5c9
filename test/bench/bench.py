#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the program against nginx and against bare SQLite, in turns, and writes doc/performance.md.

Started by script/bench. Every row is measured in the same run: first the program, then nginx with a static
file of the same size, round after round, so that whatever else the machine does strikes both.
"""
import argparse
import os
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "test/scenario"))
from browser import Program, Visitor, free_port  # noqa: E402

WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")
NGINX = """
worker_processes {workers}; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 4096; }}
http {{
    access_log {folder}/access.log; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000000;
    open_file_cache max=100; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
    fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{ listen 127.0.0.1:{port}; root {folder}/www; default_type text/html; }}
}}
"""
POST_LUA = """
local thread = 0
function setup(one) one:set("number", thread); thread = thread + 1 end
function init() count = 0; stamp = os.time() end
function request()
    count = count + 1
    local once = string.format("%08x%08x%016x", stamp, number, count)
    return wrk.format("POST", "{path}", {{["Cookie"] = "{cookie}",
        ["Content-Type"] = "application/x-www-form-urlencoded"}}, "{body}&once=" .. once)
end
"""


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            parts = file.read().rpartition(")")[2].split()
        total += int(parts[11]) + int(parts[12])
    return total / TICKS


def memory_kib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def wrk(port, path, connections, seconds, cookie="", script=None):
    """One run of wrk; requests, requests a second, p50 and p99 in ms, and what went wrong."""
    command = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{seconds}s", "--latency"]
    if script:
        command += ["-s", script]
    if cookie and not script:
        command += ["-H", f"Cookie: {cookie}"]
    said = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], check=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE).stdout.decode()
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = re.search(r"Socket errors: (.*)", said)
    return {"requests": int(re.search(r"(\d+) requests in", said).group(1)),
            "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
            "p50": milliseconds(re.search(r"^\s+50%\s+(\S+)", said, re.M).group(1)),
            "p99": milliseconds(re.search(r"^\s+99%\s+(\S+)", said, re.M).group(1)),
            "bad": int(bad.group(1)) if bad else 0, "errors": errors.group(1) if errors else ""}


def merged(runs):
    return {"requests": sum(one["requests"] for one in runs), "bad": sum(one["bad"] for one in runs),
            "errors": " ".join(one["errors"] for one in runs if one["errors"]),
            **{key: statistics.median(one[key] for one in runs) for key in ("rate", "p50", "p99")}}


class Nginx:
    def __init__(self, folder):
        self.port = free_port()
        os.makedirs(f"{folder}/www")
        self.folder = folder
        with open(f"{folder}/nginx.conf", "w", encoding="ascii") as file:
            file.write(NGINX.format(workers=WORKERS, folder=folder, port=self.port,
                                    user="user root;" if os.getuid() == 0 else ""))
        self.process = None

    def start(self):
        command = ["/usr/sbin/nginx", "-c", f"{self.folder}/nginx.conf", "-p", self.folder]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def children(self):
        pid = self.process.pid
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]

    def file(self, name, size):
        with open(f"{self.folder}/www/{name}.html", "wb") as file:
            file.write(b"x" * size)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Page:
    def __init__(self, name, path, cookie, size):
        self.name, self.path, self.cookie, self.size = name, path, cookie, size


class Bench:
    def __init__(self, program, nginx, options):
        self.program, self.nginx, self.options = program, nginx, options
        self.rows = []

    def workers(self):
        """The children that answer requests: those that have used the most processor time."""
        pids = self.program.children()
        return sorted(pids, key=lambda pid: cpu_seconds([pid]), reverse=True)[:WORKERS]

    def page(self, page, connections):
        ours, theirs, cpu, their_cpu = [], [], [], []
        for _ in range(self.options.rounds):
            before = cpu_seconds(self.program.children())
            ours.append(wrk(self.program.port, page.path, connections, self.options.seconds, page.cookie))
            cpu.append((cpu_seconds(self.program.children()) - before) / ours[-1]["requests"] * 1e6)
            before = cpu_seconds(self.nginx.children())
            theirs.append(wrk(self.nginx.port, f"/{page.name}.html", connections, self.options.seconds))
            their_cpu.append((cpu_seconds(self.nginx.children()) - before) / theirs[-1]["requests"] * 1e6)
        self.rows.append((page, connections, merged(ours), merged(theirs), statistics.median(cpu),
                          statistics.median(their_cpu)))
        print(self.line(self.rows[-1]), flush=True)

    @staticmethod
    def line(row):
        page, connections, ours, theirs, cpu, their_cpu = row
        return (f"| {page.name} ({page.size / 1024:.1f} KiB) | {connections} | {ours['rate']:,.0f} | "
                f"{ours['p50']:.2f} | {ours['p99']:.2f} | {cpu:.0f} | "
                f"{theirs['rate']:,.0f} | {theirs['p99']:.2f} | "
                f"{their_cpu:.0f} | "
                f"{ours['rate'] / theirs['rate']:.2f} |" + (f" {ours['bad']} bad" if ours["bad"] else "")
                + (f" {ours['errors']}" if ours["errors"] else ""))


def cookie_of(visitor):
    return "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())


def page_as(program, mail, name, find):
    """Signs in and finds the page by its own links; the Page to measure."""
    visitor = Visitor(program)
    if mail:
        visitor.sign_in(mail)
    path = find(visitor)
    visitor.cookies.pop("said", None)
    status, _, body = visitor.ask("GET", path)
    if status != 200:
        raise SystemExit(f"bench: {path} is answered {status}")
    return Page(name, path, cookie_of(visitor), len(body.encode()))


def mails(program):
    with open(f"{program.data}/demo-people.txt", encoding="utf-8") as file:
        return dict(reversed([line.rstrip("\n").split("\t") for line in file]))


def first_link(pattern, *paths):
    def find(visitor):
        for path in paths:
            page = visitor.go(path)
            found = [address for address, _ in page.links if re.search(pattern, address)]
            if found:
                return found[0]
        raise SystemExit(f"bench: no link {pattern}")
    return find


def request_with_its_shortlist(visitor):
    """Of the first request on the board for which people are looked for: who would be on a list made now."""
    board = visitor.go(first_link(r"^/board/\w+$", "/me", "/")(visitor))
    for address in [address for address, _ in board.links if re.search(r"^/request/\w+", address)]:
        links = [link for link, _ in visitor.go(address).links]
        found = [link for link in links if re.search(r"^/request/\w+/shortlist$", link)]
        if found:
            return found[0]
    raise SystemExit("bench: no request waits for people")


def pages(program):
    people = mails(program)
    return [page_as(program, None, "home", lambda visitor: "/"),
            page_as(program, people["coordinator"], "board", first_link(r"^/board/\w+$", "/me", "/")),
            page_as(program, people["supporter"], "today", lambda visitor: "/me"),
            page_as(program, people["supporter"], "match", first_link(r"^/match/\w+$", "/me")),
            page_as(program, people["coordinator"], "shortlist", request_with_its_shortlist)]


class Posting:
    """Logs contacts with fresh once-only keys, as one supporter."""

    def __init__(self, program, folder):
        self.program = program
        visitor = Visitor(program)
        visitor.sign_in(mails(program)["supporter"])
        match = first_link(r"^/match/\w+$", "/me")(visitor)
        page = visitor.go(f"{match}/contact")
        form = page.form(action="/contact$")
        first = {name: next(field.value for field in form.fields if field.name == name)
                 for name in ("kind", "minutes", "support")}
        pairs = visitor.pairs(form, {**first, "line": "A line of a contact."}, "talked")
        body = "&".join(f"{name}={value}" for name, value in pairs if name != "once").replace(" ", "+")
        self.path = f"{match}/contact"
        self.script = f"{folder}/post.lua"
        with open(self.script, "w", encoding="utf-8") as file:
            file.write(POST_LUA.format(path=self.path, cookie=cookie_of(visitor), body=body))

    def count(self):
        """All there are: what a line says is sealed, and nobody else logs any."""
        return int(self.program.rows("SELECT count(*) FROM contact")[0][0])


def bare_commits(folder, seconds):
    """One process, one row a durable commit, the program's own pragmas; commits a second."""
    path = f"{folder}/bare.db"
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=1000", "cache_size=-8192"):
        database.execute(f"PRAGMA {pragma}").fetchone()
    database.execute("CREATE TABLE IF NOT EXISTS contact (match INTEGER, at INTEGER, id INTEGER, line TEXT,"
                     " PRIMARY KEY (match, at, id)) WITHOUT ROWID")
    end, count, began = time.monotonic() + seconds, 0, time.monotonic()
    while time.monotonic() < end:
        database.execute("INSERT INTO contact VALUES (1, ?, ?, 'A line of a contact.')",
                         (time.time_ns(), count))
        count += 1
    rate = count / (time.monotonic() - began)
    database.close()
    return rate


def posted(bench, folder):
    """Rows for posted contacts, with the bare commit rate in turns."""
    posting = Posting(bench.program, folder)
    lines = []
    for connections in (32, 256):
        rates, bare, p50, p99, cpu, done, bad = [], [], [], [], [], 0, 0
        had = posting.count()
        for _ in range(bench.options.rounds):
            before = cpu_seconds(bench.program.children())
            run = wrk(bench.program.port, posting.path, connections, bench.options.seconds,
                      script=posting.script)
            cpu.append((cpu_seconds(bench.program.children()) - before) / run["requests"] * 1e6)
            bare.append(bare_commits(folder, bench.options.seconds))
            rates.append(run["rate"])
            p50.append(run["p50"])
            p99.append(run["p99"])
            done += run["requests"]
            bad += run["bad"]
        made = posting.count() - had
        rate, plain = statistics.median(rates), statistics.median(bare)
        lines.append(f"| posted contact | {connections} | {rate:,.0f} | {statistics.median(p50):.2f} | "
                     f"{statistics.median(p99):.2f} | {statistics.median(cpu):.0f} | {plain:,.0f} | "
                     f"{rate / plain:.2f} | {made:,} rows of {done:,} answers, {bad} refused |")
        print(lines[-1], flush=True)
    return lines


def first_answer(binary):
    """Milliseconds from the start of the process to its first good answer, the median of five."""
    times = []
    for _ in range(5):
        program = Program(binary)
        began = time.monotonic()
        program.start()
        times.append((time.monotonic() - began) * 1000)
        program.close()
    return statistics.median(times)


def at_state_scale(binary, options, county):
    """Processor time of the pages that read much with state data, and the ratio to county."""
    with Program(binary, demo="state", workers=WORKERS) as program:
        lines = []
        for page in pages(program)[1:]:
            cpu = []
            for _ in range(options.rounds):
                before = cpu_seconds(program.children())
                run = wrk(program.port, page.path, 32, options.seconds, page.cookie)
                cpu.append((cpu_seconds(program.children()) - before) / run["requests"] * 1e6)
            was = next(row[4] for row in county if row[0].name == page.name and row[1] == 32)
            lines.append(f"| {page.name} | {was:.0f} | {statistics.median(cpu):.0f} | "
                         f"{statistics.median(cpu) / was:.2f} |")
            print(lines[-1], flush=True)
    return lines


HEAD = """# Performance

Made by `{command}` on {date}: {processors} processors, load {load} from other work when it began.
County data: 2,000 families, 300 supporters. Each row was measured in turns, {rounds} rounds of {seconds} s,
medians; the program and nginx with {workers} workers each, both writing a line a request to a log, over
loopback with keep-alive, by wrk on the same processors. CPU is the workers' own, in microseconds a request.

| page | connections | requests/s | p50 ms | p99 ms | CPU | nginx: requests/s | p99 ms | CPU | ratio |
|---|---|---|---|---|---|---|---|---|---|
"""


def write(bench, options, lines, facts, state):
    text = HEAD.format(command="script/bench" + (" --state" if options.state else ""),
                       date=time.strftime("%Y-%m-%d"), processors=os.cpu_count(), load=facts["load"],
                       rounds=options.rounds, seconds=options.seconds, workers=WORKERS)
    text += "\n".join(bench.line(row) for row in bench.rows)
    text += ("\n\nPosted contacts are durable before the answer (synchronous=FULL). Bare: one process that "
             "inserts one row a\ncommit, with the same pragmas, in the same turns. More rows than answers "
             "are those under way when wrk stopped.\n\n"
             "| | connections | posts/s | p50 ms | p99 ms | CPU | bare commits/s | ratio | proof |\n"
             "|---|---|---|---|---|---|---|---|---|\n" + "\n".join(lines))
    text += f"""

| | |
|---|---|
| start to first answer | {facts['start']:.0f} ms |
| binary | {facts['binary'] / 1e6:.2f} MB |
| memory of a worker before | {facts['before']} |
| memory of a worker after {facts['requests']:,} requests | {facts['after']} |
| home at 1,000 connections | {facts['thousand']} |
"""
    if state:
        text += ("\nState data: 50,000 families, 5,000 supporters, 500,000 contacts.\n\n"
                 "| page | CPU with county | CPU with state | ratio |\n|---|---|---|---|\n"
                 + "\n".join(state) + "\n")
    text += "\nWhat of a page is sealing, what a backup costs: [sealing-figures.md](sealing-figures.md).\n"
    path = os.path.join(ROOT, "doc/performance.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    print(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--seconds", type=int, default=4, help="of one run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--state", action="store_true", help="also with state data")
    options = parser.parse_args()
    facts = {"load": f"{os.getloadavg()[0]:.1f}", "start": first_answer(options.binary),
             "binary": os.path.getsize(options.binary)}
    folder = tempfile.mkdtemp(prefix="beenthere-bench-")
    os.chmod(folder, 0o755)
    nginx = Nginx(folder)
    try:
        with Program(options.binary, demo="county", workers=WORKERS) as program:
            bench = Bench(program, nginx, options)
            measured = pages(program)
            for page in measured:
                nginx.file(page.name, page.size)
            nginx.start()
            facts["before"] = ", ".join(f"{memory_kib(pid) / 1024:.1f} MiB" for pid in program.children())
            for page in measured:
                for connections in (32, 256):
                    bench.page(page, connections)
            many = wrk(program.port, "/", 1000, options.seconds)
            facts["thousand"] = (f"{many['rate']:,.0f} requests/s, p99 {many['p99']:.1f} ms, "
                                 f"{many['errors'] or 'no errors'}")
            lines = posted(bench, folder)
            facts["requests"] = sum(row[2]["requests"] for row in bench.rows) // WORKERS
            facts["after"] = ", ".join(f"{memory_kib(pid) / 1024:.1f} MiB" for pid in program.children())
        nginx.stop()
        state = at_state_scale(options.binary, options, bench.rows) if options.state else []
        write(bench, options, lines, facts, state)
    finally:
        if nginx.process is not None and nginx.process.poll() is None:
            nginx.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
