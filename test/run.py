#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every runner and counts test cases in one place; the last line is "N passed, N failed".

A runner that crashes, cannot be built or counts nothing is a failed case itself. Start it through script/test.
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TAIL_LINES = 60
MEMORY_BYTES = 2 << 30  # what must be free, with room to spare: the tests' databases together take about 300 MiB


class Tally:
    """What passed and failed so far."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.names = []

    def add(self, name, passed, failed):
        self.passed += passed
        self.failed += failed
        if failed:
            self.names.append(name)


def cases(output, is_good):
    """(passed, failed) that a runner's output tells: TAP lines, cmocka's or unittest's sums; else one case."""
    passed = len(re.findall(r"^\s*ok\b(?!.*# SKIP)", output, re.M))
    failed = len(re.findall(r"^\s*not ok\b(?!.*# SKIP)", output, re.M))
    if passed + failed == 0:
        passed = sum(int(count) for count in re.findall(r"^\[  PASSED  \] (\d+) test", output, re.M))
        failed = sum(int(count) for count in re.findall(r"^\[  FAILED  \].* (\d+) test\(s\), listed", output, re.M))
    for ran, verdict in re.findall(r"^Ran (\d+) tests? in .*\n\n(.*)$", output, re.M):
        bad = sum(int(count) for count in re.findall(r"(?:failures|errors)=(\d+)", verdict))
        skipped = sum(int(count) for count in re.findall(r"skipped=(\d+)", verdict))
        passed += int(ran) - bad - skipped
        failed += bad
    if not is_good and failed == 0:
        return passed, 1
    if passed + failed == 0:
        return 1, 0
    return passed, failed


def tail(text):
    return "\n".join(text.rstrip().splitlines()[-TAIL_LINES:])


def failures(text):
    """What was said about each case that failed; the end of it all where none says so by itself."""
    told, is_told = [], False
    for line in text.splitlines():
        is_told = line.startswith(("not ok", "--- ")) or is_told and not line.startswith("ok ")
        if is_told:
            told.append(line)
    return "\n".join(told[:TAIL_LINES]) or tail(text)


def run(command, environment=None, minutes=20):
    """(is good, what it wrote). A runner that hangs is stopped and has failed."""
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=minutes * 60, check=False)
    except subprocess.TimeoutExpired as late:
        return False, (late.output or b"").decode("utf-8", "replace") + f"\nstopped after {minutes} minutes"
    except OSError as problem:
        return False, str(problem)
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")


class Session:
    def __init__(self, tally, environment):
        self.tally = tally
        self.environment = environment

    def step(self, name, command, extra=None, counts=True, minutes=20):
        """Runs one runner and counts its cases; counts=False: the whole is one case. True when it went well."""
        began = time.monotonic()
        is_good, output = run(command, {**self.environment, **(extra or {})}, minutes)
        passed, failed = cases(output, is_good) if counts else (int(is_good), int(not is_good))
        self.finish(name, passed, failed, began, output)
        return is_good

    def finish(self, name, passed, failed, began, output):
        self.tally.add(name, passed, failed)
        print(f"{'not ok' if failed else 'ok'} - {name}: {passed} passed, {failed} failed"
              f" ({time.monotonic() - began:.0f} s)", flush=True)
        if failed:
            print(failures(output), flush=True)

    def build(self, folder, options, extra=None):
        environment = {**self.environment, **(extra or {})}
        began = time.monotonic()
        is_good, output = True, ""
        if not os.path.exists(os.path.join(ROOT, folder, "build.ninja")):
            is_good, output = run(["meson", "setup", folder, *options], environment)
        if is_good:
            is_good, output = run(["ninja", "-C", folder], environment)
        self.finish(f"build {folder}", int(is_good), int(not is_good), began, output)
        return is_good

    def meson(self, folder, extra=None, which=()):
        """The tests that meson knows, or `which` of them; each program's own cases are counted from its log."""
        began = time.monotonic()
        environment = {**self.environment, "CMOCKA_MESSAGE_OUTPUT": "TAP", **(extra or {})}
        log = os.path.join(ROOT, folder, "meson-logs", "testlog.json")
        if os.path.exists(log):
            os.remove(log)
        # Many wait for a clock, a disk or the other side of a socket: one more than the processors can hold at once.
        processes = str(1 + (os.cpu_count() or 1))
        is_good, output = run(["meson", "test", "-C", folder, "--num-processes", processes, *which], environment)
        if not os.path.exists(log):
            self.finish(f"tests {folder}", 0, 1, began, output)
            return
        passed = failed = 0
        details = []
        with open(log, encoding="utf-8") as file:
            for line in file:
                result = json.loads(line)
                is_ok = result["result"] in ("OK", "EXPECTEDFAIL", "SKIP")
                if result["result"] == "SKIP":
                    continue
                said = (result.get("stdout") or "") + "\n" + (result.get("stderr") or "")
                # A program that must fail says so by its status alone.
                good, bad = cases(said, is_ok) if result["result"] != "EXPECTEDFAIL" else (1, 0)
                passed, failed = passed + good, failed + bad
                if bad:
                    details.append(f"--- {result['name']}: {result['result']}\n{tail(said)}")
        if not is_good and failed == 0:
            failed = 1
            details.append(output)
        self.finish(f"tests {folder}", passed, failed or int(passed == 0), began, "\n".join(details))


def memory_folder():
    """A folder for what tests write, PostgreSQL's files too: in memory where there is room, as making a database is
    some 300 files, and a disk may take long over each of thousands of commits."""
    shared = "/dev/shm"
    is_roomy = os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > MEMORY_BYTES
    folder = tempfile.mkdtemp(prefix="beenthere-test-", dir=shared if is_roomy else None)
    os.chmod(folder, 0o755)  # the user that PostgreSQL runs as must be able to enter
    return folder


def start_postgres(folder):
    """The URL of a private server in `folder`."""
    done = subprocess.run([os.path.join(ROOT, "test/postgres.sh"), "start", folder], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, check=False)
    return done.stdout.decode().strip() if done.returncode == 0 else ""


def has(path):
    return os.path.exists(os.path.join(ROOT, path))


def install_packages(name):
    """The packages of a folder of test/, unless these very ones are there. What went wrong, or nothing."""
    folder = os.path.join(ROOT, "test", name)
    with open(os.path.join(folder, "package-lock.json"), "rb") as file:
        wanted = hashlib.sha256(file.read()).hexdigest()
    mark = os.path.join(folder, "node_modules", ".installed-for")
    if os.path.exists(mark):
        with open(mark, encoding="ascii") as file:
            if file.read() == wanted:
                return ""
    is_good, output = run(["npm", "--prefix", folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    if not is_good:
        return output
    with open(mark, "w", encoding="ascii") as file:
        file.write(wanted)
    return ""


def run_all(session, options, scratch):
    postgres = os.path.join(scratch, "postgres")
    url = start_postgres(postgres)
    session.finish("private PostgreSQL", int(bool(url)), int(not url), time.monotonic(), "")
    if url:
        session.environment["BEENTHERE_POSTGRES_URL"] = url
        session.environment["BEENTHERE_TEST_POSTGRES"] = url
    began = time.monotonic()
    problem = install_packages("calendar")
    if problem:
        session.finish("calendar packages", 0, 1, began, problem)
    try:
        # Each test runs once, in the build that its suite says; all of them in both when there is time.
        is_split = not options.quick and not options.long
        # As it is shipped, but for what a debugger reads: a third of the compiler's time.
        if session.build("build-gcc", ["-Ddebug=false"]):
            session.meson("build-gcc", which=["--suite", "plain"] if is_split else [])
        if has("script/lint"):
            session.step("lint", ["script/lint"])
        if options.quick:
            return
        # The other compiler, for what it warns of alone and what its sanitizers see.
        sanitizers = {"ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1", "UBSAN_OPTIONS": "halt_on_error=1"}
        # Without an optimizer it is made in a third of the time, and the tests take no longer.
        if session.build("build-clang", ["-Db_sanitize=address,undefined", "-Db_lundef=false", "-Doptimization=0"],
                         {"CC": "clang"}):
            session.meson("build-clang", sanitizers, which=["--no-suite", "plain"] if is_split else [])
        if has("script/fuzz"):
            session.step("fuzz", ["script/fuzz", "600" if options.long else "20"], {"BUILD": "build-gcc"})
        problem = install_packages("browser")
        if problem:
            session.finish("browser packages", 0, 1, time.monotonic(), problem)
        else:
            session.step("browser", ["node", "test/browser/run.mjs", "build-gcc/beenthere"])
        if options.long:
            session.step("kill -9, long", [sys.executable, "test/crash/kill.py", "build-gcc/beenthere", "20000"])
        for name in sorted(os.listdir(os.path.join(ROOT, "test"))) if options.long else []:
            if re.fullmatch(r"long_\w+\.(sh|py)", name):
                session.step(name, [os.path.join("test", name), "build-gcc/beenthere"], minutes=120)
    finally:
        if url:
            subprocess.run([os.path.join(ROOT, "test/postgres.sh"), "stop", postgres], check=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="one compiler, no sanitizers, no browser")
    length.add_argument("--long", action="store_true", help="also what takes many minutes")
    options = parser.parse_args()
    tally = Tally()
    scratch = memory_folder()
    # Over a hundred programs of tests are linked in each build; mold takes a tenth of the usual linker's time.
    environment = {"CC_LD": "mold", **os.environ, "TMPDIR": os.path.join(scratch, "tmp")}
    os.mkdir(environment["TMPDIR"])
    os.chmod(environment["TMPDIR"], 0o1777)  # like /tmp: some tests write as another
    if options.long:
        environment["BEENTHERE_TEST_LONG"] = "1"
    try:
        run_all(Session(tally, environment), options, scratch)
    except Exception as problem:  # the last line must come whatever happens
        print(f"not ok - test/run.py: {problem!r}")
        tally.add("test/run.py", 0, 1)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    for name in tally.names:
        print(f"failed: {name}")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
