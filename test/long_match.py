#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The engine's plans against LEMON's, on instances that are hard in one way each and on made-up people.

usage: long_match.py BINARY     every objective equal, every proof checked, the same plan from shuffled lines
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "test/bench"))
import matching_sets  # noqa: E402

BINARY = os.path.abspath(sys.argv[1])
tally = {True: 0, False: 0}


def check(name, is_fine):
    tally[is_fine] += 1
    print(f"{'ok' if is_fine else 'not ok'} - {name}", flush=True)


def said_by(*command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def compare(folder, lemon, path, name):
    pairs, duals, mixed = (os.path.join(folder, part) for part in ("pairs", "duals", "mixed"))
    ours = said_by(BINARY, "match", "solve", path, "--pairs", pairs, "--duals", duals)
    check(f"{name} is proved", ours["proved"] and ours["objective"] == ours["dual"])
    checked = said_by(BINARY, "match", "check", path, pairs, duals)
    check(f"{name} is checked", checked["objective"] == ours["objective"])
    for method in ("cost-scaling", "network-simplex"):
        check(f"{name}: {method} agrees", said_by(lemon, method, path)["objective"] == ours["objective"])
    with open(path, encoding="ascii") as file:
        lines = file.read().splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("p"))
    rest = lines[start + 1:]
    random.Random(3).shuffle(rest)
    with open(mixed, "w", encoding="ascii") as file:
        file.write("\n".join([lines[start], *rest]))
    again = os.path.join(folder, "again")
    said_by(BINARY, "match", "solve", mixed, "--pairs", again)
    with open(pairs, "rb") as one, open(again, "rb") as other:
        check(f"{name}: the same plan from shuffled lines", one.read() == other.read())
    fair = said_by(BINARY, "match", "solve", path, "--method", "deferred")
    check(f"{name}: no envy and no waste", fair["envious"] == 0 and fair["wasteful"] == 0
          and fair["objective"] <= ours["objective"])


def main():
    folder = tempfile.mkdtemp(prefix="beenthere-long-")
    try:
        subprocess.run([os.path.join(ROOT, "script/setup"), "bench"], check=True)
        lemon, path = os.path.join(folder, "lemon"), os.path.join(folder, "instance")
        subprocess.run(["g++", "-O2", "-std=c++17", "-w", os.path.join(ROOT, "test/bench/matching_lemon.cc"),
                        "-o", lemon, "-llemon"], check=True)
        for kind in matching_sets.SETS:
            for seed in (1, 2):
                matching_sets.write(path, kind, seed)
                compare(folder, lemon, path, f"{kind.__name__} {seed}")
        for regime in ("shortage", "slack"):
            for seed in ("1", "2", "3"):
                with open(path, "wb") as file:
                    subprocess.run([BINARY, "match", "generate", "--families", "10000", "--supporters",
                                    "2000", "--regime", regime, "--seed", seed], stdout=file, check=True)
                compare(folder, lemon, path, f"{regime} {seed}")
    finally:
        shutil.rmtree(folder)
    print(f"{tally[True]} passed, {tally[False]} failed")
    sys.exit(1 if tally[False] else 0)


main()
