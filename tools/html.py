#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles an HTML template to C, choosing the escaper of each value by the place it stands in.

Usage: html.py TEMPLATE.html OUTPUT.h OUTPUT.c        (the language: doc/templates.md)

The source is cut into pieces (markup, {{ value }}, {% block %}). Markup runs through a small HTML tokenizer
(html_markup.py) whose state, a Place, says at every moment what may come next. Control blocks save and join
Places: after an `if` the Place is the one on which all branches agree. A value becomes a call that _Generic
resolves by the value's type, so that a type which does not belong in its place is a C compile error at the
template's own line."""
import dataclasses
import os
import re
import sys

from emit import c_string, write_changed
from html_markup import PLAIN, Failure, Markup, Place, join

C_STRING = r'"(?:\\.|[^"\\])*"' + r"|'(?:\\.|[^'\\])*'"


def pieces_of(source):
    """Yields (kind, offset, text): markup, value, block. Comments are dropped, and so is the whole line of a
    block or comment that stands alone on it."""
    pattern = re.compile(r"\{\{|\{%|\{#")
    ends = {"{{": "}}", "{%": "%}", "{#": "#}"}
    at = 0
    while True:
        found = pattern.search(source, at)
        if not found:
            yield "markup", at, source[at:]
            return
        start, end_mark = found.start(), ends[found.group()]
        end = source.find(end_mark, found.end())
        if end < 0:
            raise Failure(start, f"{found.group()} has no {end_mark}")
        inner, after = source[found.end():end], end + 2
        before = source[at:start]
        if found.group() != "{{":
            line_start = source.rfind("\n", 0, start) + 1
            line_end = source.find("\n", after)
            line_end = len(source) if line_end < 0 else line_end
            if not source[line_start:start].strip() and not source[after:line_end].strip():
                before = source[at:max(at, line_start)]
                after = min(line_end + 1, len(source))
        yield "markup", at, before
        if found.group() != "{#":
            if not inner.strip():
                raise Failure(start, f"{found.group()} {end_mark} is empty")
            yield ("value" if found.group() == "{{" else "block"), start, inner.strip()
        at = after


def closing(text, start):
    """The index of the parenthesis that closes the one at `start`, or -1."""
    depth = 0
    for found in re.compile(C_STRING + r"|[()]").finditer(text, start):
        depth += {"(": 1, ")": -1}.get(found.group(), 0)
        if depth == 0:
            return found.start()
    return -1


def name_and_arguments(expression):
    """("text", "key", "a, b") when the whole expression is text.key(a, b); None for arguments when bare."""
    found = re.match(r"(text|url|asset)\s*\.\s*(\w+)\s*", expression)
    if not found:
        return None
    rest = expression[found.end():]
    if not rest:
        return found.group(1), found.group(2), None
    if rest[0] == "(" and closing(rest, 0) == len(rest) - 1:
        return found.group(1), found.group(2), rest[1:-1].strip()
    return None


def c_expression(expression):
    """The expression with text.x, url.x(..) and asset.x replaced by what they are in C."""
    def replace(found):
        kind, name, parenthesis = found.group(1), found.group(2), found.group(3)
        if kind is None:
            return found.group()
        if kind == "asset":
            return f"ASSET_{name.upper()}" + (parenthesis or "")
        if kind == "text" and not parenthesis:
            return f"((Text)TEXT_{name.upper()})"
        if kind == "text":
            return f"text_{name}(&html->words, "
        if not parenthesis:
            return f"url_{name}(html->words.arena)"
        return f"url_{name}(html->words.arena" + (")" if parenthesis.endswith(")") else ", ")
    names = r"|(?<![\w.>])(text|url|asset)\s*\.\s*(\w+)(\s*\(\s*\)|\s*\()?"
    return re.sub(C_STRING + names, replace, expression)


@dataclasses.dataclass
class Block:
    """A control block that waits for its {% end %}."""
    kind: str
    offset: int
    start: Place
    ends: list = dataclasses.field(default_factory=list)
    has_else: bool = False
    closing: str = ""


class Compiler:
    """One template file. `lines` is the body of the function being written, `static` the markup to come."""

    def __init__(self, path, source):
        self.path = path
        self.source = source
        self.includes, self.prototypes, self.functions = [], [], []
        self.uses = set()
        self.blocks = []
        self.lines, self.static, self.lets = [], "", []
        self.template = None
        self.count = 0
        self.markup = Markup(self.add_static, lambda: self.code(None, "html_write_form_hidden(html);"))

    def position(self, offset):
        line = self.source.count("\n", 0, offset) + 1
        return line, offset - self.source.rfind("\n", 0, offset)

    def add_static(self, text):
        self.static += text

    def flush(self):
        if self.static:
            self.lines.append(f"    html_write_static(html, {c_string(self.static)}, "
                              f"{len(self.static.encode())});")
            self.static = ""

    def code(self, offset, text):
        self.flush()
        if offset is not None:
            self.lines.append(f'#line {self.position(offset)[0]} "{self.path}"')
        self.lines.append("    " + text)

    def expression(self, text):
        for kind in ("text", "url", "asset"):
            if re.search(r"(?<![\w.>])" + kind + r"\s*\.\s*\w", text):
                self.uses.add(kind)
        return c_expression(text)

    def run(self):
        for kind, offset, text in pieces_of(self.source):
            if kind == "markup":
                self.take_markup(offset, text)
            elif kind == "value":
                self.take_value(offset, text)
            else:
                self.take_block(offset, text)
        if self.blocks:
            raise Failure(self.blocks[-1].offset, f"{{% {self.blocks[-1].kind} %}} has no {{% end %}}")
        return self

    def take_markup(self, offset, text):
        if self.template:
            self.markup.feed(text, offset, self.source[:offset].endswith("\n"))
        elif text.strip():
            raise Failure(offset + len(text) - len(text.lstrip()), "markup stands inside {% template %} only")

    def take_value(self, offset, text):
        place = self.markup.place
        if not self.template:
            raise Failure(offset, "a value stands inside {% template %} only")
        if place.state not in ("data", "value"):
            raise Failure(offset, "a value stands in text or in a double-quoted attribute value only")
        if re.search(r"\bTEXT_[A-Z]", text):
            raise Failure(offset, "write a sentence as {{ text.name }}")
        called = name_and_arguments(text)
        self.code(offset, self.value_call(offset, place, called, self.expression(text)))

    def value_call(self, offset, place, called, expression):
        """The statement that writes a value in this place."""
        kind, name, arguments = called or (None, None, None)
        arguments = self.expression(arguments) if arguments is not None else None
        if kind == "text" and arguments == "":
            raise Failure(offset, f"text.{name} without arguments has no parentheses")
        if place.url:
            return self.url_call(offset, place, kind, name, arguments, expression)
        if kind == "text" and arguments is None:
            return f"html_text_sentence(html, TEXT_{name.upper()});"
        if kind in ("url", "asset"):
            raise Failure(offset, f"{kind}.{name} stands in href, src, action and the like only")
        if place.state == "data" and place.inside not in PLAIN | {"option"}:
            if kind == "text":
                return f"html_sentence_{name}(html, {arguments});"
            return f"HTML_TEXT(html, ({expression}));"
        macro = "HTML_ATTRIBUTE" if place.state == "value" else "HTML_PLAIN"  # no <time> fits here
        return f"{macro}(html, ({expression}));"

    def url_call(self, offset, place, kind, name, arguments, expression):
        if place.url == "path":
            raise Failure(offset, "inside an address a value can stand after a ? or # only")
        if place.url == "query":
            return f"HTML_QUERY(html, ({expression}));"
        self.markup.move(url="path", has_src=place.has_src or place.attribute == "src",
                         action="made" if place.attribute == "action" and kind != "asset" else place.action)
        if kind == "url":
            return f"html_address_{name}(html{', ' + arguments if arguments else ''});"
        if kind == "asset":
            return f"html_url_asset(html, ASSET_{name.upper()});"
        return f"HTML_URL(html, ({expression}));"

    def take_block(self, offset, text):
        word = re.match(r"\w*", text).group()
        rest = text[len(word):]
        take = getattr(self, "block_" + word, None)
        if take is None:
            raise Failure(offset, f"unknown block {{% {word} %}}")
        if not self.template and word not in ("template", "include", "end"):
            raise Failure(offset, f"{{% {word} %}} stands inside {{% template %}} only")
        if self.markup.place.state == "script":
            raise Failure(offset, "<script src> stays empty")
        take(offset, rest.strip())

    def begin(self, kind, offset, closing=""):
        self.blocks.append(Block(kind, offset, self.markup.place, closing=closing))

    def in_text(self, offset, kind):
        place = self.markup.place
        if place.state != "data" or place.inside in PLAIN:
            raise Failure(offset, f"{{% {kind} %}} stands in text only")

    def block_include(self, offset, rest):
        if not re.fullmatch(r'"[\w./-]+\.h"', rest) or self.template:
            raise Failure(offset, 'write {% include "folder/file.h" %} above the templates')
        self.includes.append(rest)

    def block_template(self, offset, rest):
        found = re.fullmatch(r"([a-z]\w*)\s*\((.*)\)", rest, re.DOTALL)
        if not found or self.template:
            raise Failure(offset, "write {% template name(C parameters) %}, outside any other template")
        parameters = " ".join(found.group(2).split())
        self.template = found.group(1), "" if parameters == "void" else parameters
        self.markup.place = Place()
        self.lines, self.static, self.lets, self.first_part = [], "", [], None
        self.begin("template", offset)

    def block_if(self, offset, rest):
        self.need(offset, "if", rest)
        self.begin("if", offset, "}")
        self.code(offset, f"if ({self.expression(rest)}) {{")

    def need(self, offset, kind, rest):
        if not rest:
            raise Failure(offset, f"{{% {kind} %}} needs an expression")

    def branch(self, offset, kind):
        block = self.blocks[-1]
        if block.kind != "if" or block.has_else:
            raise Failure(offset, f"{{% {kind} %}} belongs to no {{% if %}}")
        self.flush()
        block.ends.append(self.markup.place)
        self.markup.place = block.start
        return block

    def block_elif(self, offset, rest):
        self.need(offset, "elif", rest)
        self.branch(offset, "elif")
        self.code(offset, f"}} else if ({self.expression(rest)}) {{")

    def block_else(self, offset, rest):
        self.branch(offset, "else").has_else = True
        self.code(None, "} else {")

    def block_for(self, offset, rest):
        found = re.fullmatch(r"([A-Za-z_]\w*)\s+in\s+(.+)", rest, re.DOTALL)
        if not found:
            raise Failure(offset, "write {% for name in LIST %}")
        name, values = found.group(1), self.expression(found.group(2))
        self.count += 1
        kept = f"list_{self.count}"
        self.begin("for", offset, "} }")
        self.code(offset, f"{{ const __typeof__({values}) {kept} = ({values});")
        self.code(None, f"for (size_t {name}_index = 0; {name}_index < {kept}.count; {name}_index++) {{")
        self.code(None, f"const __typeof__(*{kept}.items) *const {name} = &{kept}.items[{name}_index];")
        self.code(None, f"(void){name};")

    def block_let(self, offset, rest):
        found = re.fullmatch(r"([A-Za-z_]\w*)\s*=\s*(.+)", rest, re.DOTALL)
        if not found:
            raise Failure(offset, "write {% let name = C expression %}")
        value = self.expression(found.group(2))
        line = f"const __typeof__({value}) {found.group(1)} = ({value});"
        if all(block.kind in ("template", "wrap") for block in self.blocks):
            self.lets.append((offset, line, found.group(1)))
        self.code(offset, line)

    def block_call(self, offset, rest):
        self.in_text(offset, "call")
        name, arguments = self.callee(offset, "call", rest)
        self.code(offset, f"{name}(html{arguments});")

    def callee(self, offset, kind, rest):
        found = re.fullmatch(r"([a-z]\w*)\s*(\(.*\))", rest, re.DOTALL)
        if not found or closing(found.group(2), 0) != len(found.group(2)) - 1:
            raise Failure(offset, f"write {{% {kind} name(arguments) %}}")
        arguments = found.group(2)[1:-1].strip()
        return found.group(1), ", " + self.expression(arguments) if arguments else ""

    def block_wrap(self, offset, rest):
        self.in_text(offset, "wrap")
        name, arguments = self.callee(offset, "wrap", rest)
        self.code(offset, f"{name}_begin(html{arguments});")
        self.begin("wrap", offset, f"{name}_end(html{arguments});")

    def block_body(self, offset, rest):
        self.in_text(offset, "body")
        inside = any(block.kind not in ("template", "wrap") for block in self.blocks)
        if self.first_part is not None or inside:
            raise Failure(offset, "{% body %} stands once in a template, outside if and for")
        self.flush()
        self.first_part, self.lines = self.lines, []
        for let_offset, line, name in self.lets:
            self.code(let_offset, f"{line} (void){name};")

    def block_end(self, offset, rest):
        if not self.blocks:
            raise Failure(offset, "{% end %} ends nothing")
        block = self.blocks[-1]
        ends = block.ends + [self.markup.place]
        if not block.has_else:  # nothing may have been written at all
            ends.append(block.start)
        joined = join(ends)
        if joined is None:
            raise Failure(offset, self.disagreement(block, ends))
        self.markup.place = joined
        self.flush()
        self.blocks.pop()
        if block.kind == "template":
            self.finish_template()
        else:
            self.code(block.offset if block.kind == "wrap" else None, block.closing)

    def disagreement(self, block, ends):
        names = [f"<{place.inside}>" if place.open else "no element" for place in ends]
        line = self.position(block.offset)[0]
        where = f"the {{% {block.kind} %}} of line {line}"
        if len(set(names)) > 1 or len({place.open for place in ends}) > 1:
            return (f"tags do not balance in {where}: it ends inside {names[0]} on one way, "
                    f"{names[-1]} on another")
        return f"{where} does not end in the place in HTML where it began"

    def finish_template(self):
        name, parameters = self.template
        signature = f"(Html *html{', ' + parameters if parameters else ''})"
        parts = [(name, self.lines)]
        if self.first_part is not None:
            unused = [f"    (void){found};" for found in re.findall(r"(\w+)\s*(?:\[\])?(?:,|$)", parameters)]
            parts = [(name + "_begin", unused + self.first_part), (name + "_end", unused + self.lines)]
        for part, lines in parts:
            self.prototypes.append(f"void {part}{signature};")
            self.functions.append("\n".join([f"void {part}{signature} {{", "    (void)html;", *lines, "}"]))
        self.template = None

    def header(self, stem):
        guard = re.sub(r"\W", "_", stem.upper()) + "_H"
        lines = [f"/* Made by tools/html.py from {os.path.basename(self.path)}. */", f"#ifndef {guard}",
                 f"#define {guard}", "", '#include "platform/html/html.h"',
                 *(f"#include {name}" for name in self.includes), "", *self.prototypes, "", "#endif", ""]
        return "\n".join(lines)

    def implementation(self, stem):
        needs = {"text": '#include "texts_html.h"', "url": '#include "routes_url.h"',
                 "asset": '#include "assets.h"'}
        made = f"/* Made by tools/html.py from {os.path.basename(self.path)}. */"
        lines = [made, f'#include "{stem}.h"', "",
                 *(needs[kind] for kind in sorted(self.uses)), "", "\n\n".join(self.functions), ""]
        return "\n".join(lines)


def compile_template(path, source, stem):
    """(header, implementation). Raises ValueError with a located sentence."""
    compiler = Compiler(path, source)
    try:
        compiler.run()
    except Failure as failure:
        line, column = compiler.position(failure.offset)
        raise ValueError(f"{path}:{line}:{column}: {failure.sentence}") from None
    return compiler.header(stem), compiler.implementation(stem)


def main(arguments):
    if len(arguments) != 3:
        sys.exit("usage: html.py TEMPLATE.html OUTPUT.h OUTPUT.c")
    path, header_path, implementation_path = arguments
    try:
        with open(path, encoding="utf-8") as file:
            source = file.read()
        stem = os.path.basename(header_path).removesuffix(".h")
        header, implementation = compile_template(path, source, stem)
    except UnicodeDecodeError:
        sys.exit(f"{path}:1:1: the file is not UTF-8")
    except ValueError as error:
        sys.exit(str(error))
    write_changed(header_path, header)
    write_changed(implementation_path, implementation)


if __name__ == "__main__":
    main(sys.argv[1:])
