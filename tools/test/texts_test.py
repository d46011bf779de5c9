#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of tools/texts.py: what must be refused and how it is said, what is made, random damage."""
import os
import random
import subprocess
import sys
import tempfile
import unittest

TOOLS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.append(TOOLS)
import texts  # noqa: E402

HEADER = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
          '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n')
ONE = 'msgid "a_one"\nmsgstr "One."\n'
SAYS = 'msgid "a_says"\nmsgstr "{}"\n'
COUNTS = 'msgid "a_counts"\nmsgid_plural "{}"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'


def generate(english, spanish, name="a"):
    """The files made of two PO bodies. Failure carries the folder-free sentence."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for tag, body in (("en", english), ("es", spanish)):
            paths.append(os.path.join(folder, f"{name}.{tag}.po"))
            with open(paths[-1], "wb") as file:
                file.write(body if isinstance(body, bytes) else (HEADER + body).encode())
        try:
            return texts.generate(paths)
        except texts.Failure as failure:
            raise texts.Failure(str(failure).replace(folder + os.sep, "")) from None


REFUSED = [
    (ONE, "", "a.en.po:6: a_one is missing in 'es'"),
    ("", ONE, "a.es.po:6: a_one is missing in 'en'"),
    ('msgid "b_one"\nmsgstr "x"\n', "", "a.en.po:6: the key 'b_one' must be a C name that starts with a_"),
    ('msgid "a_One"\nmsgstr "x"\n', "", "must be a C name"),
    (SAYS.format("{x}"), SAYS.format("y"), "a.es.po:6: a_says has {x} in one language only"),
    (SAYS.format("{x}"), SAYS.format("{y}"), "in one language only"),
    (SAYS.format("{x:Int}"), SAYS.format("{x:Time}"), "a.es.po:6: {x} is Time here and Int in 'en'"),
    (SAYS.format("{x:Int} {x:Time}"), "", "a.en.po:6: {x} is of two kinds"),
    (SAYS.format("{x:Float}"), "", "a.en.po:6: {x:Float} is of no known kind"),
    (SAYS.format("{x"), "", "a.en.po:6: a brace belongs to an argument only"),
    (SAYS.format("{X}"), "", "a brace belongs to an argument only"),
    (SAYS.format("{words}"), "", "{words} cannot be an argument's name"),
    (SAYS.format(" "), "", "a.en.po:6: a_says has no words"),
    (SAYS.format(""), "", "a.en.po:6: a_says has no words"),
    ("#, fuzzy\n" + ONE, "", "a.en.po:7: a_one has no words, or is marked fuzzy"),
    (SAYS.format("Thanks!"), "", "'!' is not a word or sign we use"),
    (SAYS.format("Our staff calls."), "", "'staff' is not a word or sign we use"),
    (SAYS.format("x"), SAYS.format("\u00a1x"), "'\u00a1' is not a word or sign we use"),
    (ONE + ONE, "", "a.en.po:8: duplicate message definition"),
    ('msgid "a_one"\nmsgstr "x\n', "", "a.en.po:8: end-of-line within string"),
    (COUNTS.format("n", "{n} x", "{n} y"), SAYS.format("x"), "is missing in"),
    (COUNTS.format("n", "{n} x", "{n} y"), COUNTS.format("m", "{m} x", "{m} y"),
     "a_counts counts 'm' here and 'n'"),
    (COUNTS.format("n", "{n:Time} x", "{n} y"), "", "the plural's number {n} must be an Int"),
    (COUNTS.format("n", "{n} x", "{n} of {name}"), "", "a form of a_counts lacks {name}"),
    (COUNTS.format("N", "x", "y"), "", "msgid_plural must be the name of the argument that counts"),
    (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', "",
     "a.en.po:1: the header has no Plural-Forms"),
    (b"\xff\xfe", "", "a.en.po:1: the file is not UTF-8"),
    (b'msgid "a_one"\nmsgstr "x"\n', "", "a.en.po:1: msgfmt refuses the file"),
]


class Refusals(unittest.TestCase):
    def test_each(self):
        for english, spanish, expected in REFUSED:
            with self.subTest(expected):
                with self.assertRaises(texts.Failure) as caught:
                    generate(english, spanish)
                self.assertIn(expected, str(caught.exception))

    def test_file_name(self):
        with self.assertRaises(texts.Failure) as caught:
            texts.generate(["x/A.po"])
        self.assertEqual(str(caught.exception), "x/A.po:1: the file's name is not feature.language.po")

    def test_missing_msgfmt(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.en.po")
            with open(path, "w", encoding="utf-8") as file:
                file.write(HEADER)
            done = subprocess.run([sys.executable, os.path.join(TOOLS, "texts.py"), folder, path],
                                  env={"PATH": folder}, capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "msgfmt is missing: install the package gettext\n")
        self.assertEqual(done.returncode, 1)


class Made(unittest.TestCase):
    def test_enum(self):
        files = generate(ONE, 'msgid "a_one"\nmsgstr "Uno."\n')
        self.assertIn("    LANG_EN,\n    LANG_ES,\n    LANG_COUNT\n", files["texts_enum.h"])
        self.assertIn("    TEXT_NONE,\n    TEXT_A_ONE,\n    TEXT_COUNT\n", files["texts_enum.h"])
        self.assertIn('[TEXT_A_ONE] = {.at = "Uno.", .length = 4},', files["texts.c"])

    def test_arguments(self):
        files = generate(SAYS.format("{when:Time} {n:Int} {name}"), SAYS.format("{name} {n} {when}"))
        taken = ", Time when, int64_t n, Str name);"
        self.assertIn("Str text_a_says(const Words *words" + taken, files["texts.h"])
        self.assertIn("void html_sentence_a_says(Html *html" + taken, files["texts_html.h"])
        self.assertNotIn("TEXT_A_SAYS", files["texts_enum.h"])

    def test_plural_order_is_that_of_the_fullest_form(self):
        form = COUNTS.format("n", "One for {name}", "{n} for {name}")
        self.assertIn("(const Words *words, int64_t n, Str name)", generate(form, form)["texts.h"])

    def test_escaping(self):
        body = SAYS.format("<b> & 'x' \\\"y\\\" \u00e9")
        files = generate(body, body)
        self.assertIn('"&lt;b&gt; &amp; &#39;x&#39; &quot;y&quot; \\303\\251"', files["texts_html.c"])
        body = SAYS.format("<{name}>")
        self.assertIn('html_write_static(html, "&lt;", 4);\n        html_text_str(html, name);',
                      generate(body, body)["texts_html.c"])


class Damage(unittest.TestCase):
    """Random changes of a good file end in success or in one located sentence."""

    def test_mutations(self):
        good = (HEADER + ONE + SAYS.format("{n:Int} {name}") + COUNTS.format("n", "{n} x", "{n} y")).encode()
        chance = random.Random(12)
        bits = [b'"', b"{", b"}", b"\\", b"\n", b"msgid ", b"msgstr ", b"#, fuzzy\n", b"\xff", b"\0", b":Int",
                b"n", b"!"]
        outcomes = {True: 0, False: 0}
        for _ in range(int(os.environ.get("MUTATIONS", "150"))):
            data = good
            for _ in range(chance.randint(1, 3)):
                at = chance.randrange(len(data) + 1)
                data = data[:at] + chance.choice(bits + [b""]) + data[at + chance.choice((0, 0, 1, 5)):]
            try:
                generate(data, good)
                outcomes[True] += 1
            except texts.Failure as failure:
                self.assertRegex(str(failure), r"^a\.e[ns]\.po:\d+: \S|^a\.e[ns]\.po:\d+:\d+: \S")
                outcomes[False] += 1
        self.assertGreater(min(outcomes.values()), 0)


if __name__ == "__main__":
    unittest.main()
