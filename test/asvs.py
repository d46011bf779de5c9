#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""doc/asvs.csv: every requirement of OWASP ASVS 5.0.0 at levels 1 and 2, with what shows it or a reason.

A place is a file of the tree, with #word for something that stands in it: a test's name, a heading. Only the
numbers of the standard's requirements are kept here.
"""
import csv
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COLUMNS = ["id", "level", "about", "applies", "status", "shown", "reason"]
STATES = {("yes", "met"), ("yes", "unmet"), ("no", "na")}

LEVEL_1 = """
1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2
3.5.1 3.5.2 3.5.3 4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7
6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2
9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1
14.3.1 15.1.1 15.2.1 15.3.1
"""
LEVEL_2 = """
1.1.1 1.1.2 1.2.6 1.2.7 1.2.8 1.2.9 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.3.8 1.3.9 1.3.10 1.3.11 1.4.1 1.4.2
1.4.3 1.5.2 2.1.2 2.1.3 2.2.3 2.3.2 2.3.3 2.3.4 2.4.1 3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4
3.5.5 3.7.1 3.7.2 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.3 4.4.4 5.1.1 5.2.3 5.4.1 5.4.2 5.4.3 6.1.2
6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3
6.8.1 6.8.2 6.8.3 6.8.4 7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 8.1.2
8.2.3 8.4.1 9.2.2 9.2.3 9.2.4 10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7
10.4.8 10.4.9 10.4.10 10.4.11 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3
11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1 12.1.2 12.1.3 12.3.1 12.3.2
12.3.3 12.3.4 13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.2 13.4.3 13.4.4 13.4.5 14.1.1
14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3 15.1.2 15.1.3 15.2.2 15.2.3 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6
15.3.7 16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1
16.5.2 16.5.3 17.1.1 17.2.1 17.2.2 17.2.3 17.2.4 17.3.1 17.3.2
"""
# Of level 3, those that doc/security.md speaks of.
LEVEL_3 = "1.2.10 3.4.7 3.4.8 8.3.2 14.2.7 16.5.4"

failed = 0


def check(name, problems):
    global failed
    failed += bool(problems)
    print(f"{'not ok' if problems else 'ok'} - {name}")
    for problem in problems:
        print(f"  {problem}")


def missing(place):
    """Why this place is none; empty when it is there."""
    path, _, word = place.partition("#")
    full = os.path.join(ROOT, path)
    if not os.path.isfile(full):
        return f"{path} is not there"
    with open(full, encoding="utf-8", errors="replace") as file:
        return "" if not word or word in file.read() else f"{path} has no {word}"


def main():
    with open(os.path.join(ROOT, "doc/asvs.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    check("columns", [] if list(rows[0]) == COLUMNS else [list(rows[0])])
    ids = [row["id"] for row in rows]
    levels = {number: level for level, numbers in (("1", LEVEL_1), ("2", LEVEL_2), ("3", LEVEL_3))
              for number in numbers.split()}
    check("every requirement, once", [f"{number} is missing" for number in levels if number not in ids] +
          [f"{number} is no requirement of these" for number in ids if number not in levels] +
          [f"{number} stands twice" for number in sorted(set(ids)) if ids.count(number) > 1])
    check("levels", [row["id"] for row in rows if row["level"] != levels.get(row["id"])])
    check("states", [row["id"] for row in rows if (row["applies"], row["status"]) not in STATES])
    check("what is met is shown", [row["id"] for row in rows if row["status"] == "met" and not row["shown"]])
    check("what is not has a reason", [row["id"] for row in rows if row["status"] != "met" and
                                       len(row["reason"].split()) < 2 and row["reason"] != "none"])
    check("what shows it is there", [f"{row['id']}: {why}" for row in rows for place in row["shown"].split()
                                     if (why := missing(place))])
    check("said in our words", [row["id"] for row in rows if not row["about"] or
                                re.match(r"Verify", row["about"])])
    counts = {state: sum(row["status"] == state for row in rows) for state in ("met", "unmet", "na")}
    print(f"# {counts['met']} met, {counts['unmet']} not met and why, {counts['na']} not for us")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
