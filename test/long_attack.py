#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The attacking tools of test/attack, and Caddy as it is shipped (nginx is tried by every run).

usage: long_attack.py BINARY
"""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.path.abspath(sys.argv[1])


def main():
    subprocess.run([os.path.join(ROOT, "script/setup"), "attack"], check=True)
    behind = os.path.join(os.path.dirname(BINARY), "test", "http_program")
    done = [subprocess.run([sys.executable, os.path.join(ROOT, *part), *more], check=False).returncode
            for part, more in ((("test", "proxy", "proxy.py"), (behind, "caddy")),
                               (("test", "attack", "attack.py"), (BINARY,)))]
    return max(done)


if __name__ == "__main__":
    sys.exit(main())
