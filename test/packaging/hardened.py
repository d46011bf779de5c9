#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The service for systemd scores what doc/operate.md says, and the program is built as its meson.build means.

usage: hardened.py PROGRAM BUILD_FOLDER
"""
import json
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
UNIT = os.path.join(ROOT, "packaging", "beenthere.service")
THRESHOLD = 15  # tenths: 1.5
FLAGS = ("-fstack-protector-strong", "-fstack-clash-protection", "-fcf-protection",
         "-ftrivial-auto-var-init=zero")
results = []


def check(name, is_fine, detail=""):
    results.append(bool(is_fine))
    if not is_fine:
        print(f"FAILED {name}: {detail}")


def output(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def unit():
    if shutil.which("systemd-analyze") is None:
        print("SKIPPED: systemd-analyze is not here; script/setup test installs it")
        return
    analyze = ("systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={THRESHOLD}")
    status, said = output(*analyze, UNIT)
    score = re.search(r"Overall exposure level for beenthere.service: ([0-9.]+)", said)
    check("score", status == 0 and score and float(score.group(1)) <= THRESHOLD / 10, said[-300:])
    bare = os.path.join(os.path.dirname(sys.argv[1]), "bare.service")
    with open(bare, "w", encoding="ascii") as file:
        file.write("[Service]\nExecStart=/bin/true\n")
    check("the threshold can fail", output(*analyze, bare)[0] != 0)
    os.remove(bare)
    with open(os.path.join(ROOT, "doc", "operate.md"), encoding="utf-8") as file:
        said = file.read()
    check("doc/operate.md says the score", score and f"scores {score.group(1)}" in said, score)
    check("doc/operate.md names the file", "packaging/beenthere.service" in said)
    with open(UNIT, encoding="ascii") as file:
        lines = file.read()
    command = re.search(r"^ExecStart=\S+ (\w+) (.*)$", lines, re.M)
    _, help_text = output(sys.argv[1], command.group(1), "--help")
    for flag in re.findall(r"--[a-z-]+", command.group(2)):
        check(f"serve has {flag}", flag + " " in help_text, help_text)


def program():
    _, head = output("readelf", "-hldW", "--notes", sys.argv[1])
    check("position independent", re.search(r"Type:\s+DYN", head), head[:300])
    check("relocations are read only", "GNU_RELRO" in head)
    check("bound at the start", "BIND_NOW" in head or re.search(r"FLAGS.*NOW", head), head)
    check("no stack that runs", re.search(r"GNU_STACK.*RW ", head), head)
    check("no path of a library's own", "RPATH" not in head and "RUNPATH" not in head)
    check("nothing both written and run", not re.search(r"LOAD.*RWE", head))
    _, symbols = output("readelf", "--dyn-syms", "-W", sys.argv[1])
    with open(os.path.join(sys.argv[2], "compile_commands.json"), encoding="utf-8") as file:
        commands = [entry["command"] for entry in json.load(file) if entry["file"].endswith("/src/main.c")]
    is_plain = "-fsanitize" not in commands[0]
    check("stacks are guarded", not is_plain or "__stack_chk_fail" in symbols)
    check("library calls are fortified", not is_plain or "_chk@" in symbols.replace("__stack_chk_fail@", ""))
    for flag in FLAGS:
        check(f"compiled with {flag}", flag in commands[0], commands[0])
    check("fortified", not is_plain or "-D_FORTIFY_SOURCE=3" in commands[0])
    if os.uname().machine == "x86_64" and is_plain:
        check("indirect jumps are marked", "endbr64" in output("objdump", "-d", "--no-show-raw-insn",
                                                              "--disassemble=main", sys.argv[1])[1])


unit()
program()
print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
sys.exit(0 if all(results) else 1)
