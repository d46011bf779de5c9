#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the starting policy against its gates at full size: 10,000 families, 2,000 supporters, five seeds.

usage: long_congestion.py BUILD/beenthere     one "ok" or "not ok" line a gate
"""
import os
import subprocess
import sys


def main(arguments):
    folder = os.path.dirname(os.path.abspath(arguments[1]))
    program = 'test/bench_congestion'
    subprocess.run(['ninja', '-C', folder, program], stdout=subprocess.DEVNULL, check=True)
    return subprocess.run([os.path.join(folder, program), 'gates'], check=False).returncode


if __name__ == '__main__':
    sys.exit(main(sys.argv))
