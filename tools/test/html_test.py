#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of tools/html.py: the golden page, what must be refused and how it is said, types, and random damage.

UPDATE_GOLDEN=1 writes the golden files anew. CC and GENERATED (the folder of ids.h) come from meson."""
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = os.path.dirname(HERE)
SOURCE = os.path.join(os.path.dirname(TOOLS), "src")
GOLDEN = os.path.join(HERE, "golden")
sys.path.append(TOOLS)  # at the end: tools/html.py must not hide Python's own html


def load(name):
    spec = importlib.util.spec_from_file_location("tool_" + name, os.path.join(TOOLS, name + ".py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


html = load("html")


def compiled(body, name="t.html"):
    return html.compile_template(name, "{% template t(Str a, int n) %}" + body + "{% end %}", "t_html")


REFUSED = [
    # place of a value
    ("<p title={{ a }}>", "t.html:1:34: put the attribute's value in double quotes"),
    ("<p title='x'>", "put the attribute's value in double quotes"),
    ("<p {{ a }}>", "a value stands in text or in a double-quoted attribute value only"),
    ("<p{{ a }}>", "a value stands in text or in a double-quoted attribute value only"),
    ("<{{ a }}>", "a < that starts no tag"),
    ("<p{{ n }} class=\"x\">", "a value stands in text"),
    ("<p data-{{ a }}=\"x\">", "a value stands in text"),
    ("<script>{{ a }}</script>", "<script> needs a src"),
    ("<script src=\"/x.js\">{{ a }}</script>", "a value stands in text"),
    ("<script src=\"/x.js\">alert(1)</script>", "<script src> stays empty"),
    ("<style>p{}</style>", "<style> is not allowed"),
    ("<!-- {{ a }} -->", "an HTML comment would reach the reader"),
    ("<p onclick=\"x()\">", "the attribute onclick is not allowed"),
    ("<p style=\"color: red\">", "the attribute style is not allowed"),
    ("<iframe srcdoc=\"x\">", "<iframe> is not allowed"),
    ("<img srcset=\"{{ a }}\">", "the attribute srcset is not allowed"),
    ("<title><b>x</b></title>", "no tag can stand inside <title>"),
    ("<textarea><p></textarea>", "no tag can stand inside <textarea>"),
    # addresses
    ("<a href=\"/x/{{ a }}\">x</a>", "a value can stand after a ? or # only"),
    ("<a href=\"{{ url.x }}{{ a }}\">x</a>", "a value can stand after a ? or # only"),
    ("<a href=\"javascript:alert(1)\">x</a>", "a fixed address starts with"),
    ("<a href=\"//evil.example\">x</a>", "a fixed address starts with"),
    ("<p title=\"{{ url.x }}\"></p>", "url.x stands in href"),
    ("<p>{{ asset.x }}</p>", "asset.x stands in href"),
    # forms
    ("<form method=\"post\" action=\"/x\"></form>", "needs action="),
    ("<form method=\"post\"></form>", "needs action="),
    ("<form action=\"{{ url.x }}\" method=\"{{ a }}\"></form>", "a form's method is fixed"),
    ("<form method=\"POST\" action=\"{{ url.x }}\"></form>", "a form's method is fixed"),
    ("<form method action=\"{{ url.x }}\"></form>", "a form's method is fixed"),
    ("<form method=\"post\" action=\"{{ asset.x }}\"></form>", "needs action="),
    ('<form method="get" method="post" action="{{ url.x }}"></form>', "the attribute method stands twice"),
    ('<form{% if n %} method="post"{% end %} action="{{ url.x }}"></form>', "does not end in the place"),
    ("<button formmethod=\"post\">x</button>", "formmethod is not allowed"),
    # balance
    ("<p>", "tags do not balance"),
    ("</p>", "</p> closes nothing here; no element is open"),
    ("<b><i></b></i>", "</b> closes nothing here; <i> is open"),
    ("<p>{% if n %}</p>{% end %}", "tags do not balance in the {% if %} of line 1"),
    ("{% for x in y %}<p>{% end %}", "tags do not balance in the {% for %} of line 1"),
    ("<div/>", "does not close itself"),
    ("<P></P>", "write tag names in lower case"),
    ("<p {% if n %}title=\"{% end %}\"></p>", "does not end in the place in HTML"),
    ("<p class=\"a\"id=\"b\"></p>", "put a space before the attribute id"),
    ("<p a=\"1\" a=\"2\"></p>", "the attribute a stands twice"),
    ("a & b", "a bare & in HTML"),
    ("a < b", "a < that starts no tag"),
    # blocks
    ("{% if %}{% end %}", "needs an expression"),
    ("{% else %}", "belongs to no {% if %}"),
    ("{% if n %}{% else %}{% else %}{% end %}", "belongs to no {% if %}"),
    ("{% if n %}", "has no {% end %}"),
    ("{% end %}{% end %}", "ends nothing"),
    ("{% for x %}{% end %}", "write {% for name in LIST %}"),
    ("{% let 1 = 2 %}", "write {% let name = C expression %}"),
    ("{% jump x %}", "unknown block {% jump %}"),
    ("{% call x %}", "write {% call name(arguments) %}"),
    ("<p title=\"{% call x() %}\"></p>", "{% call %} stands in text only"),
    ("<title>{% call x() %}</title>", "{% call %} stands in text only"),
    ("{% if n %}{% body %}{% end %}", "{% body %} stands once in a template"),
    ("{% body %}{% body %}", "{% body %} stands once in a template"),
    ("{% template u() %}{% end %}", "outside any other template"),
    ("{% include \"x.h\" %}", "above the templates"),
    ("{{ TEXT_X }}", "write a sentence as {{ text.name }}"),
    ("{{ text.x() }}", "text.x without arguments has no parentheses"),
    ("{{ }}", "is empty"),
    ("{{ a ", "has no }}"),
]


class Refusals(unittest.TestCase):
    def test_each(self):
        for body, expected in REFUSED:
            with self.subTest(body):
                with self.assertRaises(ValueError) as caught:
                    compiled(body)
                self.assertRegex(str(caught.exception), r"^t\.html:\d+:\d+: \S")
                self.assertIn(expected, str(caught.exception))

    def test_place_of_error(self):
        with self.assertRaises(ValueError) as caught:
            html.compile_template("t.html", "{% template t() %}\n<p>\n  <b></i>\n</p>{% end %}", "t_html")
        self.assertTrue(str(caught.exception).startswith("t.html:3:6: "), caught.exception)

    def test_outside(self):
        for source in ("<p></p>", "{{ a }}", "{% if a %}{% end %}", "{% template T() %}{% end %}"):
            with self.subTest(source), self.assertRaises(ValueError):
                html.compile_template("t.html", source, "t_html")


class Accepted(unittest.TestCase):
    def static(self, body):
        """All static markup of a template, in order."""
        text = "".join(re.findall(r'^\s*(?:html_write_static\(html, )?"((?:\\.|[^"\\])*)"', compiled(body)[1],
                                  re.MULTILINE))
        return text.replace("\\?", "?").encode().decode("unicode_escape").encode("latin-1").decode()

    def test_white_space(self):
        self.assertEqual(self.static("<p>\n   a  b\n\n</p>"), "<p>\na  b\n</p>")
        self.assertEqual(self.static("<pre>\n   a\n\n</pre>"), "<pre>\n   a\n\n</pre>")
        self.assertEqual(self.static("<p>\n  {% if n %}\n  x\n  {% end %}\n</p>"), "<p>\nx\n</p>")
        self.assertEqual(self.static("a {% if n %}b{% end %} c"), "a b c")
        self.assertEqual(self.static("a{# b #}c"), "ac")

    def test_static_is_merged(self):
        self.assertEqual(compiled("<p>a</p>{# x #}<p>b</p>")[1].count("html_write_static"), 1)

    def test_characters(self):
        self.assertEqual(self.static("<p>\u00bfqu\u00e9\\?</p>"), "<p>\u00bfqu\u00e9\\?</p>")
        self.assertNotIn("??", compiled("<p>what??/</p>")[1])

    def test_hidden_fields(self):
        post = '<form method="post" action="{{ url.x }}">'
        self.assertRegex(compiled(post + "</form>")[1],
                         r'html_address_x\(html\);\n.*"\\">".*\n\s+html_write_form_hidden\(html\);')
        self.assertIn("form_hidden", compiled('<form action="{{ a }}" method="post"></form>')[1])
        self.assertNotIn("form_hidden", compiled('<form method="get" action="/x"></form>')[1])
        both = '<form method="post" action="{% if n %}{{ url.x }}{% else %}{{ url.y }}{% end %}"></form>'
        self.assertIn("form_hidden", compiled(both)[1])

    def test_branches_may_agree_on_another_place(self):
        compiled('{% if n %}<div class="x">{% else %}<div>{% end %}</div>')
        compiled('<a href="{{ url.x }}{% if n %}?q={{ a }}{% end %}">x</a>')

    def test_namespaces_in_expressions(self):
        code = compiled('{% call f(text.a, text.b(n), url.c, url.d(1), "text.e", page->text.f) %}')[1]
        self.assertIn('f(html, ((Text)TEXT_A), text_b(&html->words, n), url_c(html->words.arena), '
                      'url_d(html->words.arena, 1), "text.e", page->text.f);', code)


class Golden(unittest.TestCase):
    maxDiff = None

    def test_golden(self):
        with open(os.path.join(GOLDEN, "page.html"), encoding="utf-8") as file:
            made = html.compile_template("page.html", file.read(), "page_html")
        for name, text in zip(("page_html.h", "page_html.c"), made):
            path = os.path.join(GOLDEN, name + ".expected")
            if os.environ.get("UPDATE_GOLDEN"):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), text)


TYPES = {"text": "<p>{{ %s }}</p>", "title": "<title>{{ %s }}</title>", "attribute": '<p id="{{ %s }}"></p>',
         "address": '<a href="{{ %s }}"></a>', "query": '<a href="/?{{ %s }}"></a>'}
ALLOWED = {"Str": {"text", "title", "attribute", "query"}, "int": {"text", "title", "attribute", "query"},
           "size_t": {"text", "title", "attribute", "query"},
           "int16_t": {"text", "title", "attribute", "query"},
           "Text": {"text", "title", "attribute"}, "Time": {"text"}, "Date": {"text"},
           "PersonId": {"attribute", "query"}, "Url": {"address"}, "bool": set(), "char": set(),
           "unsigned": set(), "double": set(), "const char *": set(), "Lang": set(),
           "Part2Words": set()}


@unittest.skipUnless(os.environ.get("GENERATED"), "needs GENERATED, the build's folder of generated headers")
class Types(unittest.TestCase):
    """Each type in each place: the C compiler takes it or refuses it at the template's own line."""

    def test_each(self):
        compiler = os.environ.get("CC", "cc").split()
        with tempfile.TemporaryDirectory() as folder:
            for kind, allowed in ALLOWED.items():
                for place, body in TYPES.items():
                    with self.subTest(type=kind, place=place):
                        self.check(compiler, folder, kind, body, place in allowed)

    def check(self, compiler, folder, kind, body, is_allowed):
        source = ('{% include "platform/http/page.h" %}\n\n{% template t(' + kind + " v) %}\n" + body % "v" +
                  "\n{% end %}\n")
        header, code = html.compile_template("t.html", source, "t_html")
        for name, text in (("t_html.h", header), ("t_html.c", code)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run(
            compiler + ["-std=c17", "-Wall", "-Werror", "-fsyntax-only", "-I" + SOURCE,
                        "-I" + os.environ["GENERATED"],
                        os.path.join(folder, "t_html.c")], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode == 0, is_allowed, done.stderr)
        if not is_allowed:
            self.assertIn("t.html:4", done.stderr)


class Damage(unittest.TestCase):
    """Random changes of a good template end in success or in one located sentence."""

    def test_mutations(self):
        with open(os.path.join(GOLDEN, "page.html"), encoding="utf-8") as file:
            good = file.read()
        chance = random.Random(11)
        bits = ["{{", "}}", "{%", "%}", "{#", "#}", "<", ">", '"', "=", "&", "/", "{% end %}", "{% if x %}",
                "</p>", "<p ", "<script", "<form", "\u00e9", "\0", "\n", "text.", "url.", "(", ")",
                "template", "body"]
        outcomes = {True: 0, False: 0}
        for _ in range(int(os.environ.get("MUTATIONS", "1500"))):
            source = good
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(source) + 1)
                end = min(len(source), at + chance.choice((0, 0, 1, 3, 20)))
                source = source[:at] + chance.choice(bits + [""]) + source[end:]
            try:
                html.compile_template("t.html", source, "t_html")
                outcomes[True] += 1
            except ValueError as error:
                self.assertRegex(str(error), r"^t\.html:\d+:\d+: \S")
                outcomes[False] += 1
        self.assertGreater(min(outcomes.values()), 0)


if __name__ == "__main__":
    unittest.main()
