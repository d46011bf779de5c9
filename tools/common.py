#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Turns public lists of common passwords into a sorted table of hashes; their words stay out of the program.

Usage: common.py OUTPUT.h OUTPUT.c

Read: the word list of Debian's cracklib-runtime and the frequency lists of python3-zxcvbn (script/setup
installs both). Kept of each word of at least five characters, in lower case: the first 32 bits of its
BLAKE2b-256 as platform/crypto hashes it. Of a million other passphrases about twenty are taken for common by
chance."""
import ast
import hashlib
import sys

from emit import write_changed

LEAST = 5
CRACKLIB = "/usr/share/dict/cracklib-small"
ZXCVBN = "/usr/lib/python3/dist-packages/zxcvbn/frequency_lists.py"


def zxcvbn_words(text):
    """The words of the lists, each of which is one long text with commas."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "," in node.value:
            yield from node.value.split(",")


def words():
    with open(CRACKLIB, encoding="latin-1") as file:
        yield from file.read().split()
    with open(ZXCVBN, encoding="utf-8") as file:
        yield from zxcvbn_words(file.read())


def hash_of(word):
    return int.from_bytes(hashlib.blake2b(b"\0" + word.encode(), digest_size=32).digest()[:4], "little")


def main(arguments):
    if len(arguments) != 2:
        sys.exit("usage: common.py OUTPUT.h OUTPUT.c")
    try:
        hashes = sorted({hash_of(word.lower()) for word in words() if len(word) >= LEAST})
    except OSError as problem:
        sys.exit(f"{problem.filename}: {problem.strerror}; script/setup installs it")
    write_changed(arguments[0], "/* Made by tools/common.py. */\n#ifndef COMMON_PASSPHRASES_H\n"
                  "#define COMMON_PASSPHRASES_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n"
                  "extern const uint32_t common_hashes[]; /* in rising order */\n"
                  "extern const size_t common_count;\n\n#endif\n")
    rows = [", ".join(f"{number}U" for number in hashes[at:at + 10]) for at in range(0, len(hashes), 10)]
    write_changed(arguments[1], "/* Made by tools/common.py. */\n#include \"common_passphrases.h\"\n\n"
                  "const uint32_t common_hashes[] = {\n" + ",\n".join(rows) + "};\n"
                  "const size_t common_count = sizeof common_hashes / sizeof common_hashes[0];\n")


if __name__ == "__main__":
    main(sys.argv[1:])
