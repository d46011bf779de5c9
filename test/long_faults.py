#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every fault of the disk in turn, every statement and allocation of every request; each run has a sample.

usage: long_faults.py BINARY
"""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.path.abspath(sys.argv[1])


def main():
    torture = os.path.join(os.path.dirname(BINARY), "test", "access_torture")
    environment = {**os.environ, "BEENTHERE_TEST_ENGINE": "sqlite", "TORTURE_SECONDS": "0"}
    return max(subprocess.run([sys.executable, os.path.join(ROOT, "test/crash/faults.py"), BINARY, "all"],
                              check=False).returncode,
               subprocess.run([torture], env=environment, check=False).returncode)


if __name__ == "__main__":
    sys.exit(main())
