#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Plays the five people of test/browser/journeys/personas.mjs and writes what each does to doc/journeys.md.

Started by script/bench --journeys. usage: journeys.py PROGRAM
"""
import json
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEAD = """# What five people do, counted

Made by `script/bench --journeys` on {day}, from `test/browser/journeys/personas.mjs`, which
`script/test` holds to what each may take. A tap is a press of a button or a link; keys are characters
typed; bytes are what came over the line, compressed, with headers, a browser's first visit included;
milliseconds are from the first tap to the last page, with no time for reading, on the program's own
machine. For who lives on text messages a tap is a text sent, keys are its characters, and bytes are
those of the answers.

| who | does what | taps | keys | bytes | ms |
| --- | --- | ---: | ---: | ---: | ---: |
"""


def main():
    with tempfile.NamedTemporaryFile() as rows:
        environment = {**os.environ, "BEENTHERE_JOURNEYS": rows.name}
        packages = ["npm", "--prefix", "test/browser", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(packages, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["node", "test/browser/run.mjs", sys.argv[1], "persona"], cwd=ROOT, env=environment,
                       check=True)
        found = [json.loads(line) for line in rows.read().decode().splitlines()]
    order = list(dict.fromkeys(row["who"] for row in found))
    with open(os.path.join(ROOT, "doc", "journeys.md"), "w", encoding="utf-8") as file:
        file.write(HEAD.format(day=time.strftime("%Y-%m-%d")))
        for row in sorted(found, key=lambda row: order.index(row["who"])):
            file.write(f"| {row['who']} | {row['what']} | {row['taps']} | {row['keys']} | {row['bytes']:,} | "
                       f"{row['ms']:,} |\n")


if __name__ == "__main__":
    main()
