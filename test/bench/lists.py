#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Draws what lists of three come to when all families ask at once, and writes doc/matching-lists.md and .svg.

Started by `script/bench --lists`; some two minutes of one core. lists.c says what the figures are.
"""
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WANTED_IN_VAIN, WANTED_SCORE = 0.5, 0.97
LEFT, TOP, WIDE, HIGH = 70, 30, 330, 260
FIRST, LAST, LOW, TALL = 0.1, 0.8, 0.93, 1.0
OURS, BEST, WANTED = "#17625c", "#8a6a4a", "#b3261e"

HEAD = """# Short lists under congestion

Made by `script/bench --lists`: {families:,} families, {supporters:,} supporters, {seeds} seeds, all families
look at once and pick evenly from their three. Figures are parts of what lists by score alone come to. `same`:
mean score of the families that find someone in both ways. `listed`: mean score of everyone on the first lists
of all families. The best lists are those that were found for one weight of fit against finding a place, which
no family alone can better (test/bench/lists.c).

![Fit against first requests in vain](matching-lists.svg)

"""


def place(side, in_vain, score):
    x = LEFT + side * (WIDE + 60) + (in_vain - FIRST) / (LAST - FIRST) * WIDE
    y = TOP + (TALL - score) / (TALL - LOW) * HIGH
    return x, y


def curve(side, points, key, color):
    inside = [(one["in_vain"], one[key]) for one in points
              if FIRST <= one["in_vain"] <= LAST and LOW <= one[key] <= TALL]
    inside.sort()
    at = [place(side, *one) for one in inside]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in at)
    return f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>{dots}'


def panel(side, name, curves):
    left, _ = place(side, FIRST, TALL)
    out = [f'<text x="{left}" y="{TOP - 12}" font-weight="bold">{name}</text>']
    for step in range(8):
        score = LOW + step * 0.01
        x, y = place(side, FIRST, score)
        out.append(f'<path d="M{x} {y:.1f}h{WIDE}" stroke="#ddd"/>'
                   f'<text x="{x - 6}" y="{y + 4:.1f}" text-anchor="end">{score:.2f}</text>')
    for step in range(1, 9):
        x, y = place(side, step / 10, LOW)
        out.append(f'<path d="M{x:.1f} {TOP}v{HIGH}" stroke="#eee"/>'
                   f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{step / 10:.1f}</text>')
    x, y = place(side, FIRST, WANTED_SCORE)
    right, _ = place(side, WANTED_IN_VAIN, WANTED_SCORE)
    out.append(f'<rect x="{x}" y="{TOP}" width="{right - x:.1f}" height="{y - TOP:.1f}" fill="{WANTED}" '
               f'fill-opacity=".12"/><text x="{x + 6}" y="{TOP + 16}" fill="{WANTED}">wanted</text>')
    out.append(curve(side, curves["best"], "listed", BEST))
    out.append(curve(side, curves["ours"], "listed", OURS))
    return out


def picture(figures):
    wide, high = LEFT + 2 * WIDE + 90, TOP + HIGH + 80
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" font-family="sans-serif" '
           'font-size="12"><title>Fit against first requests in vain</title>'
           f'<rect width="{wide}" height="{high}" fill="#fff"/>']
    for side, regime in enumerate(("shortage", "slack")):
        out += panel(side, regime.capitalize(), figures[regime])
    y = TOP + HIGH + 38
    out.append(f'<text x="{LEFT}" y="{y}">across: first requests in vain; up: mean score on first lists; '
               'both by lists by score alone</text>')
    for at, (color, words) in enumerate(((BEST, "the best lists there can be"),
                                         (OURS, "these lists, by listed-penalty"))):
        x = LEFT + at * 220
        out.append(f'<rect x="{x}" y="{y + 12}" width="14" height="14" fill="{color}"/>'
                   f'<text x="{x + 20}" y="{y + 24}">{words}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def table(regime, curves):
    lines = [f"## {regime.capitalize()}", "",
             "| listed-penalty | unmatched | first requests in vain | mean score | same | listed |",
             "|---|---|---|---|---|---|"]
    lines += [f"| {one['penalty']} | {one['unmatched']:.3f} | {one['in_vain']:.3f} | {one['score']:.3f} | "
              f"{one['same']:.3f} | {one['listed']:.3f} |" for one in curves["ours"]]
    lines += ["", "| best lists: points a place found is worth | first requests in vain | listed |",
              "|---|---|---|"]
    lines += [f"| {one['worth']:.0f} | {one['in_vain']:.3f} | {one['listed']:.3f} |"
              for one in curves["best"]]
    lines += ["", "No lists of three with half the first requests in vain have more than "
              f"{curves['ceiling']:.3f} of the fit (proved by the dual). For want of places "
              f"{curves['forced']:.3f} of the first requests that are in vain by score alone must be in vain "
              "by any lists.", ""]
    return "\n".join(lines) + "\n"


def main(arguments):
    program = os.path.join(arguments[1], "test/bench_lists")
    subprocess.run(["ninja", "-C", arguments[1], "test/bench_lists"], stdout=subprocess.DEVNULL, check=True)
    ran = subprocess.run([program, *arguments[2:]], check=True, capture_output=True, text=True)
    figures = json.loads(ran.stdout)
    text = HEAD.format(**figures) + table("shortage", figures["shortage"]) + table("slack", figures["slack"])
    with open(os.path.join(ROOT, "doc/matching-lists.md"), "w", encoding="utf-8") as file:
        file.write(text.rstrip() + "\n")
    with open(os.path.join(ROOT, "doc/matching-lists.svg"), "w", encoding="utf-8") as file:
        file.write(picture(figures))
    print(text)


if __name__ == "__main__":
    main(sys.argv)
