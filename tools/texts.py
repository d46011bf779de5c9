#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the PO files of every language into C: one enum of sentences, one function a sentence with arguments.

Usage: texts.py OUTPUT_FOLDER FEATURE.LANG.po...        (the rules: doc/texts.md)

msgfmt checks and compiles each file; the compiled catalog is what is read here (not through Python's gettext,
which drops the msgid_plural that names a plural's number). All languages must have the same keys, arguments
and kinds. Written: texts_enum.h texts.h texts.c (layer text), texts_html.h texts_html.c (layer platform)."""
import os
import re
import struct
import subprocess
import sys
import tempfile

from emit import C_WORDS, c_string, write_changed

KINDS = {"Str": "Str", "Int": "int64_t", "Time": "Time", "Date": "Date", "Span": "int64_t", "Text": "Text"}
ADD = {"Str": "buf_add(buf, {})", "Int": "text_add_number(buf, words->lang, {})",
       "Time": "text_add_moment(buf, words, {})", "Date": "text_add_date(buf, words->lang, {})",
       "Span": "text_add_span(buf, words->lang, {})", "Text": "buf_add(buf, text_str(words->lang, {}))"}
ADD_HTML = {"Str": "html_text_str(html, {})", "Int": "html_text_int(html, {})",
            "Time": "html_text_time(html, {})", "Date": "html_text_date(html, {})",
            "Span": "html_text_span(html, {})", "Text": "html_text_sentence(html, {})"}
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
TAKEN = C_WORDS | {"buf", "words", "html", "lang"}  # names that the made functions use
UNWELCOME = re.compile(r"[!\u00a1]|\b(?:clients?|clientes?|staff|patients?|consumers?|high-risk)\b",
                       re.IGNORECASE)
ARGUMENT = re.compile(r"\{([a-z][a-z0-9_]*)(?::([A-Za-z]+))?\}")


class Failure(Exception):
    """One sentence about the texts, with its place in front."""


class Sentence:
    """One key in one language: its forms (one, or one for each plural), where it stands."""

    def __init__(self, key, count, forms, where):
        self.key, self.count, self.forms, self.where = key, count, forms, where

    def parts(self, form):
        """The form cut into ("", words) and (name, kind or None)."""
        at = 0
        for found in ARGUMENT.finditer(form):
            if found.start() > at:
                yield "", form[at:found.start()]
            yield found.group(1), found.group(2)
            at = found.end()
        if at < len(form):
            yield "", form[at:]

    def arguments(self):
        """{name: kind} in order; a plural's last form, which is the fullest, gives the order."""
        kinds = {}
        for form in reversed(self.forms):
            for name, kind in self.parts(form):
                if not name:
                    continue
                if kind is not None and kind not in KINDS:
                    raise Failure(f"{self.where}: {{{name}:{kind}}} is of no known kind ({', '.join(KINDS)})")
                if kind and kinds.get(name) and kind != kinds[name]:
                    raise Failure(f"{self.where}: {{{name}}} is of two kinds, {kinds[name]} and {kind}")
                kinds[name] = kinds.get(name) or kind
        if self.count:
            if kinds.get(self.count) not in (None, "Int"):
                raise Failure(f"{self.where}: the plural's number {{{self.count}}} must be an Int")
            kinds[self.count] = "Int"
        return kinds

    def check(self):
        for form in self.forms:
            if re.search(r"[{}]", ARGUMENT.sub("", form)):
                raise Failure(f"{self.where}: a brace belongs to an argument only: {{name}} or {{name:Kind}}")
            if not form.strip():
                raise Failure(f"{self.where}: {self.key} has no words")
            # A list of unwelcome words, to find them in what people write.
            if not self.key.endswith("_label_list") and (found := UNWELCOME.search(form)):
                raise Failure(f"{self.where}: '{found.group()}' is not a word or sign we use")
            missing = set(self.arguments()) - {self.count} - {name for name, _ in self.parts(form)}
            if missing:
                raise Failure(f"{self.where}: a form of {self.key} lacks {{{sorted(missing)[0]}}}")
        taken = TAKEN & set(self.arguments())
        if taken:
            raise Failure(f"{self.where}: {{{sorted(taken)[0]}}} cannot be an argument's name")


class Language:
    """All sentences of one language, and its plural rule as a C expression of n."""

    def __init__(self, tag):
        self.tag, self.sentences, self.plural, self.plural_count = tag, {}, None, 0

    def set_plural(self, path, header):
        found = re.search(r"^Plural-Forms:\s*nplurals=([1-6]);\s*plural=([-n0-9 ()!=<>&|?:%+*]+?);?\s*$",
                          header, re.MULTILINE)
        if not found:
            raise Failure(f"{path}:1: the header has no Plural-Forms of the usual form")
        rule = int(found.group(1)), found.group(2).strip()
        if self.plural and rule != (self.plural_count, self.plural):
            raise Failure(f"{path}:1: its Plural-Forms differ from those of the other {self.tag} files")
        self.plural_count, self.plural = rule


def compile_catalog(path):
    """The compiled catalog of a PO file: [(msgid, msgid_plural or "", [msgstr...])]."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = os.path.join(folder, "catalog.mo")
        try:
            done = subprocess.run(["msgfmt", "-c", "-o", compiled, path], capture_output=True, check=False)
        except FileNotFoundError:
            raise Failure("msgfmt is missing: install the package gettext") from None
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").splitlines()
            lines = [line for line in said if line.startswith(path + ":") and "warning:" not in line]
            raise Failure(lines[0] if lines else f"{path}:1: msgfmt refuses the file: {' '.join(said[:1])}")
        with open(compiled, "rb") as file:
            data = file.read()
    _, _, count, ids_at, texts_at = struct.unpack_from("<5I", data)
    entries = []
    for index in range(count):
        texts = []
        for table in (ids_at, texts_at):
            length, start = struct.unpack_from("<2I", data, table + 8 * index)
            texts.append(data[start:start + length].decode())
        msgid, _, plural = texts[0].partition("\0")
        entries.append((msgid, plural, texts[1].split("\0")))
    return entries


def read_file(path, languages):
    """Adds a PO file's sentences to its language."""
    found = re.fullmatch(r"([a-z][a-z0-9_]*)\.([a-z]{2})\.po", os.path.basename(path))
    if not found:
        raise Failure(f"{path}:1: the file's name is not feature.language.po")
    feature, tag = found.groups()
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except UnicodeDecodeError:
        raise Failure(f"{path}:1: the file is not UTF-8") from None
    where = {}
    for number, line in enumerate(lines, 1):
        if match := re.match(r'\s*msgid\s+"(\w*)"', line):
            where[match.group(1)] = number
    language = languages.setdefault(tag, Language(tag))
    try:
        entries = compile_catalog(path)
    except UnicodeDecodeError:
        raise Failure(f"{path}:1: the file is not UTF-8") from None
    for key, count, forms in entries:
        place = f"{path}:{where.get(key, 1)}"
        if key == "":
            language.set_plural(path, forms[0])
            continue
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key) or not key.startswith(feature + "_"):
            raise Failure(f"{place}: the key '{key}' must be a C name that starts with {feature}_")
        if key in language.sentences:
            raise Failure(f"{place}: {key} stands in two files")
        if count and not re.fullmatch(r"[a-z][a-z0-9_]*", count):
            raise Failure(f"{place}: msgid_plural must be the name of the argument that counts")
        language.sentences[key] = Sentence(key, count, forms, place)
        language.sentences[key].check()
    if language.plural is None:
        raise Failure(f"{path}:1: the header has no Plural-Forms of the usual form")
    missing = {key for key in where if key} - {key for key, _, _ in entries}
    if missing:
        key = min(missing)
        raise Failure(f"{path}:{where[key]}: {key} has no words, or is marked fuzzy")


def agreed_arguments(languages):
    """{key: {name: kind}} on which all languages agree; the first language gives the order."""
    first = languages[0]
    for other in languages[1:]:
        for one, two in ((first, other), (other, first)):
            for key in sorted(one.sentences):
                if key not in two.sentences:
                    raise Failure(f"{one.sentences[key].where}: {key} is missing in '{two.tag}'")
    agreed = {}
    for key in sorted(first.sentences):
        sentence = first.sentences[key]
        kinds = sentence.arguments()
        for other in languages[1:]:
            twin = other.sentences[key]
            if twin.count != sentence.count:
                raise Failure(f"{twin.where}: {key} counts '{twin.count}' here and '{sentence.count}' in "
                              f"'{first.tag}'")
            theirs = twin.arguments()
            if set(theirs) != set(kinds):
                name = min(set(theirs) ^ set(kinds))
                raise Failure(f"{twin.where}: {key} has {{{name}}} in one language only")
            for name, kind in theirs.items():
                if kind and kinds[name] and kind != kinds[name]:
                    raise Failure(f"{twin.where}: {{{name}}} is {kind} here and {kinds[name]} in "
                                  f"'{first.tag}'")
                kinds[name] = kinds[name] or kind
        agreed[key] = {name: kind or "Str" for name, kind in kinds.items()}
    return agreed


def steps(sentence, form, kinds, add, write):
    """The statements that write one form."""
    for name, words in sentence.parts(form):
        yield (add[kinds[name]].format(name) if name else write(words)) + ";"


def body(languages, key, kinds, add, write, lang):
    """The body of a function that writes a sentence in the language `lang`."""
    lines = [f"    switch ({lang}) {{"]
    for language in languages:
        sentence = language.sentences[key]
        lines.append(f"    case LANG_{language.tag.upper()}:")
        if sentence.count:
            lines.append(f"        switch (plural_{language.tag}({sentence.count})) {{")
            for index, form in enumerate(sentence.forms):
                is_last = index == len(sentence.forms) - 1
                lines.append("        default:" if is_last else f"        case {index}:")
                lines += ["            " + step for step in steps(sentence, form, kinds, add, write)]
                lines.append("            break;")
            lines.append("        }")
        else:
            lines += ["        " + step for step in steps(sentence, sentence.forms[0], kinds, add, write)]
        lines.append("        return;")
    return lines + ["    case LANG_COUNT:", "        break;", "    }",
                    "    assert(false); /* no language of ours */"]


def table(name, languages, plain, convert):
    """The constant table of the sentences without arguments."""
    lines = [f"const Str {name}[LANG_COUNT][TEXT_COUNT] = {{"]
    for language in languages:
        lines.append(f"    [LANG_{language.tag.upper()}] = {{")
        for key in plain:
            words = convert(language.sentences[key].forms[0])
            lines.append(f"        [TEXT_{key.upper()}] = {{.at = {c_string(words)}, .length = "
                         f"{len(words.encode())}}},")
        lines.append("    },")
    return lines + ["};"]


def plural_functions(languages):
    for language in languages:
        yield from ["", f"__attribute__((unused)) static unsigned plural_{language.tag}(int64_t number) {{",
                    "    const uint64_t n = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;",
                    f"    return (unsigned)({language.plural});", "}"]


def signatures(kinds):
    return "".join(f", {KINDS[kind]} {name}" for name, kind in kinds.items())


MADE = "/* Made by tools/texts.py from the .po files. */"


def enum_header(languages, plain):
    return [MADE, "#ifndef TEXTS_ENUM_H", "#define TEXTS_ENUM_H", "", "typedef enum Lang {",
            *(f"    LANG_{language.tag.upper()}," for language in languages), "    LANG_COUNT", "} Lang;", "",
            "typedef enum Text {", "    TEXT_NONE,",
            *(f"    TEXT_{key.upper()}," for key in plain), "    TEXT_COUNT", "} Text;", "", "#endif", ""]


def text_header(languages, spoken):
    lines = [MADE, "#ifndef TEXTS_H", "#define TEXTS_H", "", '#include "text/text.h"', "",
             "/* For text.c only. */", "extern const Str texts_sentences[LANG_COUNT][TEXT_COUNT];",
             "extern const Str texts_tags[LANG_COUNT];", "",
             "/* Each sentence with arguments: as a Str in the reader's arena, or added to a Buf. */"]
    for key, kinds in spoken.items():
        sentence = languages[0].sentences[key]
        example = " | ".join(sentence.forms).replace("\n", " ").replace("*/", "* /")
        lines += [f"/* {example} */",
                  f"Str text_{key}(const Words *words{signatures(kinds)});",
                  f"void text_add_{key}(Buf *buf, const Words *words{signatures(kinds)});"]
    return lines + ["", "#endif", ""]


def text_source(languages, plain, spoken):
    tags = [f'    [LANG_{language.tag.upper()}] = {{.at = "{language.tag}", .length = 2}},'
            for language in languages]
    lines = [MADE, '#include "texts.h"', "", "#include <assert.h>", "",
             "enum { SENTENCE_MOST = 1 << 20 };", "",
             "const Str texts_tags[LANG_COUNT] = {", *tags, "};", "",
             *table("texts_sentences", languages, plain, str), *plural_functions(languages)]
    for key, kinds in spoken.items():
        names = "".join(f", {name}" for name in kinds)
        lines += ["", f"void text_add_{key}(Buf *buf, const Words *words{signatures(kinds)}) {{",
                  *body(languages, key, kinds, ADD,
                        lambda words: f"buf_add_bytes(buf, {c_string(words)}, {len(words.encode())})",
                        "words->lang"), "}", "",
                  f"Str text_{key}(const Words *words{signatures(kinds)}) {{",
                  "    Buf buf = buf_new(words->arena, SENTENCE_MOST);",
                  f"    text_add_{key}(&buf, words{names});", "    return buf_str(&buf);", "}"]
    return lines + [""]


def page_header(spoken):
    return [MADE, "#ifndef TEXTS_HTML_H", "#define TEXTS_HTML_H", "", '#include "platform/html/html.h"',
            '#include "texts.h"', "", "/* For html.c only: the sentences without arguments, escaped. */",
            "extern const Str texts_escaped[LANG_COUNT][TEXT_COUNT];", "",
            "/* For compiled templates only: a sentence written into text, its arguments escaped. */",
            *(f"void html_sentence_{key}(Html *html{signatures(kinds)});" for key, kinds in spoken.items()),
            "", "#endif", ""]


def page_source(languages, plain, spoken):
    def write(words):
        escaped = words.translate(ENTITIES)
        return f"html_write_static(html, {c_string(escaped)}, {len(escaped.encode())})"
    lines = [MADE, '#include "texts_html.h"', "", "#include <assert.h>", "",
             *table("texts_escaped", languages, plain, lambda words: words.translate(ENTITIES)),
             *plural_functions(languages)]
    for key, kinds in spoken.items():
        lines += ["", f"void html_sentence_{key}(Html *html{signatures(kinds)}) {{",
                  *body(languages, key, kinds, ADD_HTML, write, "html->words.lang"), "}"]
    return lines + [""]


def generate(paths):
    """{file name: text}. Raises Failure."""
    found = {}
    for path in sorted(paths):
        read_file(path, found)
    languages = [found[tag] for tag in sorted(found)]  # "en" comes first and gives the order of arguments
    if not languages:
        raise Failure("no .po files were given")
    agreed = agreed_arguments(languages)
    plain = [key for key, kinds in agreed.items() if not kinds]
    spoken = {key: kinds for key, kinds in agreed.items() if kinds}
    files = {"texts_enum.h": enum_header(languages, plain), "texts.h": text_header(languages, spoken),
             "texts.c": text_source(languages, plain, spoken), "texts_html.h": page_header(spoken),
             "texts_html.c": page_source(languages, plain, spoken)}
    return {name: "\n".join(lines) for name, lines in files.items()}


def main(arguments):
    if len(arguments) < 2:
        sys.exit("usage: texts.py OUTPUT_FOLDER FEATURE.LANG.po...")
    try:
        for name, text in generate(arguments[1:]).items():
            write_changed(os.path.join(arguments[0], name), text)
    except Failure as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main(sys.argv[1:])
