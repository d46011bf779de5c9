#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every pair that the rules allow, looked at the plain way, lies within the proof of the plan.

usage: long_pairs.py BUILD/beenthere     one "ok" or "not ok" line a check

10,000 x 2,000 people with all their pairs each time; of 100,000 x 20,000 one family in SLICES, another slice
each day, so that SLICES days look at all of some 270 million pairs, and the next days at other people.
"""
import json
import os
import subprocess
import sys
import time

SLICES = 25
failed = 0


def check(program, name, *arguments, expect=0):
    global failed
    began = time.monotonic()
    command = [program, *(str(one) for one in arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    is_good = done.returncode == expect
    figures = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
    is_good = is_good and figures.get("pairs", 0) > 0
    failed += not is_good
    print(f"{'ok' if is_good else 'not ok'} - {name}: {figures.get('pairs', 0):,} pairs of "
          f"{figures.get('families', 0):,} families, {figures.get('wrong', '?')} outside the proof "
          f"({time.monotonic() - began:.0f} s)", flush=True)
    if not is_good:
        print(done.stdout + done.stderr)


def main(arguments):
    folder = os.path.dirname(os.path.abspath(arguments[1]))
    subprocess.run(["ninja", "-C", folder, "test/long_pairs"], stdout=subprocess.DEVNULL, check=True)
    program = os.path.join(folder, "test/long_pairs")
    day = int(time.time()) // 86400
    seed, slice_ = day // SLICES % 65536, day % SLICES
    print(f"seed {seed}, slice {slice_} of {SLICES}")
    for regime in ("shortage", "slack"):
        check(program, f"10,000 x 2,000, {regime}", 10000, 2000, regime, day % 65536, 1, 0)
        check(program, f"100,000 x 20,000, {regime}", 100000, 20000, regime, seed, SLICES, slice_)
    check(program, "a price that is one too low is found", 1000, 200, "shortage", day % 65536, 1, 0, "spoil",
          expect=1)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
