#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the matching engine against its peers, in turns, and writes doc/matching-figures.md.

Started by `script/bench --matching`. Every number is processor time of a process of its own. Round after
round, each peer in turn solves the very same file; objectives must agree, and `beenthere match check` must
confirm each proof.
"""
import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
import matching_sets  # noqa: E402

OURS, SIMPLEX, SCALING, SCIPY = "beenthere", "LEMON NetworkSimplex", "LEMON CostScaling", "scipy LAPJVsp"


def say(*words):
    print(time.strftime("%H:%M:%S"), *words, flush=True)


class Peer:
    """One way to solve a file: a command that prints a JSON object."""

    def __init__(self, name, command, minutes=30):
        self.name, self.command, self.minutes = name, command, minutes

    def solve(self, path):
        """What it printed, and its whole process's processor time and greatest memory; None: too slow."""
        process = subprocess.Popen([*self.command, path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        deadline = time.monotonic() + self.minutes * 60
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid != 0:
                break
            if time.monotonic() > deadline:
                process.kill()
                os.wait4(process.pid, 0)
                process.returncode = -9
                return None
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        said = process.stdout.read().decode()
        if process.returncode != 0:
            raise SystemExit(f"bench: {self.name} on {path} ended with {process.returncode}: {said}")
        return {**json.loads(said), "whole": usage.ru_utime + usage.ru_stime, "kib": usage.ru_maxrss}


class Bench:
    def __init__(self, binary, folder, options):
        self.binary, self.folder, self.options = binary, folder, options
        lemon = os.path.join(folder, "lemon")
        say("compiling LEMON's programs")
        subprocess.run(["g++", "-O2", "-std=c++17", "-w", os.path.join(HERE, "matching_lemon.cc"), "-o",
                        lemon,
                        "-llemon"], check=True)
        self.ours = Peer(OURS, [binary, "match", "solve"])
        self.lemons = [Peer(SIMPLEX, [lemon, "network-simplex"]), Peer(SCALING, [lemon, "cost-scaling"])]
        self.scipy = Peer(SCIPY, ["/usr/bin/python3", os.path.join(HERE, "matching_scipy.py")],
                          options.minutes)

    def path(self, name):
        return os.path.join(self.folder, name)

    def generate(self, families, supporters, regime):
        path = self.path(f"{families}-{regime}")
        say("making", os.path.basename(path))
        with open(path, "wb") as file:
            subprocess.run([self.binary, "match", "generate", "--families", str(families), "--supporters",
                            str(supporters), "--regime", regime, "--seed", "1"], stdout=file, check=True)
        return path

    def prove(self, path):
        """Our plan with its proof, checked by the separate checker; what solving printed."""
        pairs, duals = self.path("pairs"), self.path("duals")
        solve = [self.binary, "match", "solve", path, "--pairs", pairs, "--duals", duals]
        said = json.loads(subprocess.run(solve, check=True, stdout=subprocess.PIPE).stdout)
        done = subprocess.run([self.binary, "match", "check", path, pairs, duals], check=True,
                              stdout=subprocess.PIPE)
        checked = json.loads(done.stdout)
        if not said["proved"] or checked["objective"] != said["objective"]:
            raise SystemExit(f"bench: {path} is not proved: {said} {checked}")
        return said

    def compare(self, path, rounds, with_scipy):
        """Medians by peer: of the solver, of the whole process, of its greatest memory."""
        proved = self.prove(path)
        runs = {}
        for turn in range(rounds):
            for peer in [self.ours, *self.lemons, *([self.scipy] if with_scipy and turn == 0 else [])]:
                run = peer.solve(path)
                say(f"{os.path.basename(path)}, round {turn + 1}: {peer.name}",
                    f"{run['seconds']:.3f} s, {run['kib'] / 1024:.0f} MiB" if run else "stopped, too slow")
                if run and run["objective"] != proved["objective"]:
                    raise SystemExit(f"bench: {peer.name} finds {run['objective']} in {path}, not "
                                     f"{proved['objective']}")
                runs.setdefault(peer.name, []).append(run)
        return proved, {name: {key: statistics.median(run[key] for run in all_runs)
                               for key in ("seconds", "whole", "kib")} if None not in all_runs else None
                        for name, all_runs in runs.items()}


def ratio(theirs, ours, key):
    return f"{theirs[key] / ours[key]:.1f}" if theirs else "-"


def table(result):
    """Lines of a table for one file: each peer beside us."""
    proved, figures = result
    ours = figures[OURS]
    lines = []
    for name, one in figures.items():
        if one is None:
            lines.append(f"| {name} | stopped, too slow | | | | |")
            continue
        lines.append(f"| {name} | {one['seconds']:.3f} | {ratio(one, ours, 'seconds')} | "
                     f"{one['whole']:.2f} | {one['kib'] / 1024:.0f} | {ratio(one, ours, 'kib')} |")
    return [f"{proved['families']:,} families, {proved['supporters']:,} supporters, {proved['pairs']:,} "
            f"pairs: {proved['matched']:,} matched, objective {proved['objective']:,}, proved and checked.",
            "",
            "| | solver, s | times ours | whole process, s | peak memory, MiB | times ours |",
            "|---|---|---|---|---|---|", *lines, ""]


def hard_sets(bench, options):
    lines = ["| set | ours, s | LEMON NetworkSimplex, s | LEMON CostScaling, s | better, times ours |",
             "|---|---|---|---|---|"]
    figures = {}
    for kind in matching_sets.SETS:
        path = bench.path(kind.__name__)
        say("making", kind.__name__)
        matching_sets.write(path, kind)
        _, medians = bench.compare(path, options.rounds, False)
        ours, simplex, scaling = (medians[name]["seconds"] for name in (OURS, SIMPLEX, SCALING))
        figures[kind.__name__] = medians
        lines.append(f"| {kind.__name__}: {kind.__doc__.split(':')[0].split(',')[0].rstrip('.').lower()} | "
                     f"{ours:.3f} | {simplex:.3f} | {scaling:.3f} | {min(simplex, scaling) / ours:.1f} |")
        os.remove(path)
    return lines, figures


def built(name, *arguments):
    """What a program of this folder prints."""
    subprocess.run(["ninja", "-C", os.path.join(ROOT, "build"), f"test/{name}"], check=True,
                   stdout=subprocess.DEVNULL)
    done = subprocess.run([os.path.join(ROOT, "build/test", name), *map(str, arguments)], check=True,
                          stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def kernel_rows(figures):
    """The kernel beside a plain scan and a plain read of the same rows (kernel.c)."""
    lines = ["| supporters | pool, us | portable build | scalar scan | plain read of the rows | mismatches |",
             "|---|---|---|---|---|---|"]
    for one in figures["sizes"]:
        lines.append(f"| {one['supporters']:,} | {one['kernel_us']:,.1f} | {one['portable_us']:,.1f} | "
                     f"{one['scalar_us']:,.0f} | {one['read_us']:,.1f} | {one['mismatches']} |")
    return lines


def sqlite_rows(asked):
    """The same question as SQL (matching_sqlite.c)."""
    rows = (("the pool", "pool_us"), ("SQLite, one wide row a supporter", "wide_us"),
            ("SQLite, normalized tables", "normalized_us"), ("the plain way of oracle.h", "scan_us"))
    return [f"{asked['supporters']:,} supporters, {asked['requests']} requests, "
            f"{asked['different']} answered differently.", "",
            "| | us a request | times the pool |", "|---|---|---|",
            *(f"| {name} | {asked[key]:,.1f} | {asked[key] / asked['pool_us']:,.0f} |" for name, key in rows)]


HEAD = """# Figures of the matching engine

Made by `script/bench --matching` on {date}: {processors} processors,
load {load} from other work when it began.
Processor time, medians of {rounds} rounds in which each peer solved the same file in turn. All objectives are
equal, and `beenthere match check` confirmed every proof. scipy ran once a file,
for at most {minutes} minutes.

"""


def plan_rows(options):
    """The plan over all pairs there are, found by asking the pool (plan.c)."""
    lines = ["| | seconds | peak memory, MiB | rounds | pairs looked at | matched | proved |",
             "|---|---|---|---|---|---|---|"]
    for regime in ("shortage", "slack"):
        for lots in ("no-lots", "lots"):
            runs = [built("bench_plan", options.families, options.families // 5, regime, lots)
                    for _ in range(options.rounds)]
            one = sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]
            say(f"all pairs, {regime}, {lots}: {one['seconds']:.2f} s")
            lines.append(f"| {regime}{', with lots' if lots == 'lots' else ''} | {one['seconds']:.2f} | "
                         f"{one['peak_bytes'] / 2**20:.0f} | {one['rounds']} | {one['pairs']:,} | "
                         f"{one['matched']:,} | {'yes' if one['proved'] else 'no'} |")
    return lines


def picture(figures, families):
    """An SVG of solver seconds on the large instances; each step to the right is ten times more."""
    rows = [(f"{regime}: {name}", one["seconds"]) for regime in ("shortage", "slack")
            for name, one in figures[f"{families} {regime}"].items() if one]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{len(rows) * 28 + 40}" '
           'font-family="sans-serif" font-size="13"><title>Seconds to solve a waiting list</title>']
    for power in range(-2, 3):
        x = 300 + (power + 2) * 100
        out.append(f'<path d="M{x} 8V{len(rows) * 28 + 12}" stroke="#ccc"/>'
                   f'<text x="{x}" y="{len(rows) * 28 + 30}" text-anchor="middle">{10.0 ** power:g} s</text>')
    for at, (label, seconds) in enumerate(rows):
        wide = max(2, (math.log10(seconds) + 2) * 100)
        out.append(f'<text x="290" y="{at * 28 + 27}" text-anchor="end">{label}</text>'
                   f'<rect x="300" y="{at * 28 + 14}" width="{wide:.0f}" height="18" '
                   f'fill="{"#17625c" if OURS in label else "#b9a08a"}"/>'
                   f'<text x="{306 + wide:.0f}" y="{at * 28 + 27}">{seconds:.2f}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=10, help="for scipy, of one run")
    parser.add_argument("--families", type=int, default=100000, help="of the large instances")
    parser.add_argument("--asked", type=int, default=100000, help="supporters, of the question to SQLite")
    parser.add_argument("--no-scipy", action="store_true")
    options = parser.parse_args()
    text = HEAD.format(date=time.strftime("%Y-%m-%d"), processors=os.cpu_count(),
                       load=f"{os.getloadavg()[0]:.1f}", rounds=options.rounds,
                       minutes=f"{options.minutes:g}")
    folder = tempfile.mkdtemp(prefix="beenthere-bench-")
    figures = {}
    try:
        bench = Bench(options.binary, folder, options)
        for families in (10000, options.families):
            for regime in ("shortage", "slack"):
                path = bench.generate(families, families // 5, regime)
                result = bench.compare(path, options.rounds, not options.no_scipy)
                figures[f"{families} {regime}"] = result[1]
                text += f"## {regime.capitalize()}, {families:,} families\n\n"
                text += "\n".join(table(result)) + "\n"
                os.remove(path)
        lines, figures["sets"] = hard_sets(bench, options)
        text += "## Hard in one way each\n\n" + "\n".join(lines) + "\n\n"
        figures["plan"] = plan_rows(options)
        text += (f"## All pairs: {options.families:,} families, {options.families // 5:,} supporters\n\n"
                 + "\n".join(figures["plan"]) + "\n\nMemory is the whole process, its people included.\n\n")
        say("asking the kernel, and SQLite, for the best three")
        figures["kernel"] = built("bench_kernel", 15, 100000, 1000000)
        figures["sqlite"] = built("bench_sqlite", options.asked, 20)
        text += "## The best three under all rules\n\n" + "\n".join(kernel_rows(figures["kernel"])) + "\n\n"
        text += "\n".join(sqlite_rows(figures["sqlite"])) + "\n"
        with open(os.path.join(ROOT, "doc/matching-figures.md"), "w", encoding="utf-8") as file:
            file.write(text)
        with open(os.path.join(ROOT, "doc/matching-solvers.svg"), "w", encoding="utf-8") as file:
            file.write(picture(figures, options.families))
        with open(os.path.join(ROOT, "build/matching-figures.json"), "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
        print(text)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
