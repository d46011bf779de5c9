# SPDX-License-Identifier: Apache-2.0
"""What every generator needs to write C: string literals, and files left alone when nothing changed."""
import os

C_WORDS = {"auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
           "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return",
           "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void",
           "volatile", "while"}


def c_string(text):
    """A C string literal of UTF-8 text, cut over lines. Question marks are escaped because of trigraphs."""
    lines, line = [], ""
    for byte in text.encode():
        char = chr(byte)
        line += {"\n": "\\n", '"': '\\"', "\\": "\\\\", "?": "\\?"}.get(
            char, char if 32 <= byte < 127 else f"\\{byte:03o}")
        if len(line) >= 90 or char == "\n" and len(line) > 40:
            lines.append(line)
            line = ""
    if line or not lines:
        lines.append(line)
    return "\n        ".join(f'"{line}"' for line in lines)


def write_changed(path, text):
    """Writes the file only if its text is new, so that the build stops there otherwise."""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
