#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every line and branch of the areas below is reached by their own unit tests, or says in place why not.

    test/long_coverage.py [--page] [AREA...]      --page: the tables of doc/coverage.md

Built without the optimizer in a folder of its own. Left out of the count, because a right program never takes
them: the other side of an assert, the way around a switch over every value of an enum, what an assert(false)
refuses there, and STR_ARGS of no string, which str_test reaches. Any other line or branch may only be missed
where a comment

    /* not covered: REASON */

stands on its line, and counts for the whole of the block that begins there, or alone on a line, and counts
for the statement that follows. An excuse that excuses nothing fails as well.
"""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build-coverage")
KERNELS = "src/matching/pool_kernel.c"

# An area: its files by a pattern, and the tests that must reach all of them.
AREAS = {
    "matching": (r"src/matching/", r"matching/"),
    "audit": (r"src/(features/audit|platform/chain)/",
              r"(platform/chain(_files)?_test|features/audit(_command)?_test)$"),
    "access": (r"src/features/access/", r"(features/(access|account|proof)_test|access matrix)$"),
    "consent": (r"src/features/consent/",
                r"features/(consent|consent_pick|request_consent|sharing|signature|handover|emergency"
                r"|forget)_test$"),
    "crypto": (r"src/platform/crypto/", r"platform/(crypto|keys|keys_fault|tree|passphrase)_test$"),
}


def run(*command):
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)


# ---- what the source says ----


class Source:
    """The lines of a file, and which of them are excused."""

    def __init__(self, path):
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            self.lines = file.read().split("\n")
        self.excuse_of = {}  # line number: the excuse's own line number
        self.reasons = {}  # line number: reason
        self.asserts = set()
        self.unknown = set()  # what follows assert(false: no value of the enum leads there
        for number, line in enumerate(self.lines, 1):
            found = re.search(r"/\* not covered: ", line)
            if found:
                said = "\n".join([line[found.end():]] + self.lines[number:]).split("*/")[0]
                self.reasons[number] = " ".join(re.sub(r"\n\s*\*", " ", said).split())
                for excused in self.excused_from(number, found.start()):
                    self.excuse_of[excused] = number
            if re.search(r"\bassert\(", line):
                end = self.end_of_statement(number)
                self.asserts.update(range(number, end + 1))
                if "assert(false" in line:
                    self.unknown.update(range(number, self.end_of_statement(end + 1) + 1))

    def code(self, number):
        """The line without its comment, as far as a comment begins or ends on it."""
        return re.sub(r"/\*.*?(\*/|$)", "", self.lines[number - 1]).rstrip()

    def end_of_statement(self, number):
        while not self.code(number).endswith((";", "{")) and number < len(self.lines):
            number += 1
        return number

    def excused_from(self, number, column):
        """What an excuse counts for."""
        if not self.lines[number - 1][:column].strip():
            while not self.lines[number - 1].rstrip().endswith("*/"):
                number += 1
            number += 1
        end = self.end_of_statement(number)
        depth = sum(self.deeper(line) for line in range(number, end + 1))
        while depth > 0 and end < len(self.lines):
            end += 1
            depth += self.deeper(end)
        return range(number, end + 1)

    def deeper(self, number):
        return self.code(number).count("{") - self.code(number).count("}")

    def free_branches(self, number):
        """How many branches of a line nobody has to take."""
        code = self.code(number)
        if number in self.asserts:
            return sys.maxsize
        return len(re.findall(r"\bswitch \(", code)) + code.count("STR_ARGS(")


# ---- what was reached ----


class Tally:
    """What was counted in one file."""

    def __init__(self, name):
        self.name = name
        self.counted = [0, 0]  # lines, branches
        self.excused = [0, 0]
        self.missed = []  # text of each line of which something is missed
        self.missed_count = [0, 0]
        self.reasons = []

    def is_good(self):
        return not self.missed

    def row(self):
        cells = [self.name]
        for kind in range(2):
            counted = self.counted[kind]
            reached = counted - self.missed_count[kind] - self.excused[kind]
            cells += [f"{reached:,} of {counted:,}", str(self.excused[kind])]
        return "| " + " | ".join(cells) + " |"


def tally_of(name, file, source):
    tally = Tally(name)
    used = set()
    for line in file["lines"]:
        number = line["line_number"]
        if line.get("gcovr/noncode") or number in source.unknown:
            continue
        branches = line["branches"]
        untaken = sum(branch["count"] == 0 for branch in branches)
        free = min(untaken, source.free_branches(number)) if line["count"] > 0 else 0
        missed = [int(line["count"] == 0), untaken - free]
        tally.counted[0] += 1
        tally.counted[1] += len(branches) - free
        if missed == [0, 0]:
            continue
        excuse = source.excuse_of.get(number)
        where = tally.missed_count if excuse is None else tally.excused
        where[0] += missed[0]
        where[1] += missed[1]
        if excuse is None:
            part = "line" if missed[0] else f"{missed[1]} of {len(branches)} branches"
            text = source.lines[number - 1].strip()
            tally.missed.append(f"{name}:{number}: {part} not reached: {text}")
        used.add(excuse)
    for number, reason in source.reasons.items():
        if number in used:
            tally.reasons.append(f"{name}:{number}: {reason}")
        else:
            tally.missed.append(f"{name}:{number}: excuses nothing: {reason}")
    return tally


def measured(pattern, folder=BUILD):
    """What gcovr knows of the files of a pattern, from the object files in a folder."""
    done = run("gcovr", "--root", ROOT, "--object-directory", BUILD, "--filter", pattern,
               "--exclude", r".*_(test\.c|bench\.h)", "--gcov-ignore-parse-errors", "--json", "-", folder)
    return json.loads(done.stdout[done.stdout.index("{"):])["files"]


def can_run(kernel):
    """Whether this machine has the vectors of a kernel."""
    if kernel == "plain":
        return True
    with open("/proc/cpuinfo", encoding="ascii") as file:
        flags = file.read().split()
    return {"avx2": "avx2", "avx512": "avx512bw"}[kernel] in flags


def kernel_tallies():
    """The loops of the pool are compiled once for each width of vectors: each must be reached on its own."""
    tallies = []
    for kernel in ("plain", "avx2", "avx512"):
        folder = os.path.join(BUILD, "src", "matching", f"libpool_kernel_{kernel}.a.p")
        if os.path.isdir(folder) and can_run(kernel):
            tallies += [tally_of(f"{file['file']} as {kernel}", file, Source(file["file"]))
                        for file in measured(KERNELS, folder)]
        else:
            print(f"# {KERNELS} as {kernel}: not run, this processor lacks it")
    return tallies


def area_tallies(pattern):
    tallies = []
    for file in sorted(measured(pattern), key=lambda one: one["file"]):
        if file["file"] == KERNELS:
            tallies += kernel_tallies()
        else:
            tallies.append(tally_of(file["file"], file, Source(file["file"])))
    return tallies


def clean():
    for folder, _, names in os.walk(BUILD):
        for name in names:
            if name.endswith(".gcda"):
                os.remove(os.path.join(folder, name))


def tests_pass(pattern):
    listed = run("meson", "test", "-C", BUILD, "--list").stdout.splitlines()
    names = [line.split(" / ")[-1] for line in listed if re.match(pattern, line.split(" / ")[-1])]
    tests = run("meson", "test", "-C", BUILD, "--timeout-multiplier", "10", *names)
    if tests.returncode != 0:
        print(tests.stdout)
    return tests.returncode == 0


def print_page(area, tallies):
    print(f"\n## {area}\n\n| | lines | excused | branches | excused |\n|---|---|---|---|---|")
    for tally in tallies:
        print(tally.row())
    print()
    for tally in tallies:
        for reason in tally.reasons:
            print("- " + reason)


def print_results(tallies):
    for tally in tallies:
        print(f"{'ok' if tally.is_good() else 'not ok'} - {tally.row().strip('| ')}")
        for line in [f"excused: {reason}" for reason in tally.reasons] + tally.missed:
            print(f"# {line}")


def measure(area, is_page):
    pattern, tests = AREAS[area]
    clean()
    if not tests_pass(tests):
        print(f"not ok - unit tests of {area}")
        return False
    tallies = area_tallies(pattern)
    if not tallies:
        print(f"not ok - {area}: no file was measured")
        return False
    if is_page:
        print_page(area, tallies)
    else:
        print_results(tallies)
    return all(tally.is_good() for tally in tallies)


def main():
    is_page = "--page" in sys.argv
    if not os.path.isdir(BUILD):
        run("meson", "setup", BUILD, "-Db_coverage=true", "-Doptimization=0")
    areas = [name for name in sys.argv[1:] if name in AREAS] or list(AREAS)
    results = [measure(area, is_page) for area in areas]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
