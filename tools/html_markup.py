# SPDX-License-Identifier: Apache-2.0
"""The HTML side of the template compiler: a tokenizer whose state, a Place, says what may come next."""
import dataclasses
import re

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PLAIN = {"title", "textarea"}  # their content is text without tags
REFUSED = {"style", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "xmp", "noembed",
           "noframes", "plaintext", "listing", "noscript", "math", "foreignObject"}
URLS = {"href", "src", "action", "formaction", "poster", "cite", "data", "ping", "background", "manifest",
        "xlink:href"}
REFUSED_ATTRIBUTES = {"style", "srcdoc", "srcset", "formmethod"}
FIXED_URL = re.compile(r"(?:/(?!/)|#|\?|tel:|sms:|mailto:|https://)")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);")


class Failure(Exception):
    """What is wrong with a template, and where (an offset into its source)."""

    def __init__(self, offset, sentence):
        super().__init__(sentence)
        self.offset = offset
        self.sentence = sentence


@dataclasses.dataclass(frozen=True)
class Place:
    """Where in the HTML the next character falls."""
    state: str = "data"      # data, tag, value, script
    open: tuple = ()         # elements that are open
    tag: str = ""            # in a start tag: its name ...
    names: frozenset = frozenset()  # ... its attributes so far ...
    gap: bool = False        # ... and whether white space was the last thing
    method: str = ""         # of a form
    action: str = ""         # of a form: "", fixed or made
    has_src: bool = False    # of a script
    attribute: str = ""      # whose value this is
    url: str = ""            # in an address: start, path, query

    @property
    def inside(self):
        return self.open[-1] if self.open else ""


def join(places):
    """The Place on which all these agree, or None. Attributes seen on any way count as seen."""
    names = frozenset().union(*(place.names for place in places))
    gap = all(place.gap for place in places)
    urls = {place.url for place in places}
    url = urls.pop() if len(urls) == 1 else "path"
    joined = {dataclasses.replace(place, names=names, gap=gap, url=url) for place in places}
    return joined.pop() if len(joined) == 1 else None


class Markup:
    """The HTML tokenizer: takes markup piece by piece, moves the Place, hands static text on."""

    def __init__(self, write, after_form):
        self.place = Place()
        self.write = write
        self.after_form = after_form
        self.text = ""
        self.base = 0
        self.at = 0
        self.begins_line = False

    def move(self, **changes):
        self.place = dataclasses.replace(self.place, **changes)

    def refuse(self, sentence):
        raise Failure(self.base + self.at, sentence)

    def take(self, pattern):
        """Matches at the current position, and moves behind the match."""
        found = re.compile(pattern).match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def feed(self, text, base, begins_line):
        self.text, self.base, self.at, self.begins_line = text, base, 0, begins_line
        steps = {"data": self.data, "tag": self.tag, "value": self.value, "script": self.script}
        while self.at < len(self.text):
            steps[self.place.state]()

    def check_entities(self, run):
        for found in re.finditer("&", run):
            if not ENTITY.match(run, found.start()):
                self.at += found.start()
                self.refuse("a bare & in HTML: write &amp;")

    def data(self):
        end = self.text.find("<", self.at)
        end = len(self.text) if end < 0 else end
        run = self.text[self.at:end]
        if run:
            self.check_entities(run)
            if not {"pre", "textarea"} & set(self.place.open):
                run = re.sub(r"[ \t\r\n]*\n[ \t\r\n]*", "\n", run)
                run = run.lstrip(" \t") if self.at == 0 and self.begins_line else run
            self.write(run)
            self.at = end
            return
        if self.text.startswith("<!--", self.at):
            self.refuse("an HTML comment would reach the reader: write {# ... #}")
        if found := self.take(r"<!(?i:doctype) html>"):
            self.write("<!doctype html>")
        elif found := self.take(r"</([A-Za-z][A-Za-z0-9:-]*)\s*>"):
            self.close(found.group(1), found.start())
        elif self.place.inside in PLAIN:
            self.refuse(f"no tag can stand inside <{self.place.inside}>")
        elif found := self.take(r"<([A-Za-z][A-Za-z0-9:-]*)(?=[\s/>]|$)"):
            self.start(found.group(1), found.start())
        else:
            self.refuse("a < that starts no tag: write &lt;, and keep values and blocks out of tag names")

    def close(self, name, start):
        if name != self.place.inside:
            self.at = start
            self.refuse(f"</{name}> closes nothing here; " + (
                f"<{self.place.inside}> is open" if self.place.open else "no element is open"))
        self.move(open=self.place.open[:-1])
        self.write(f"</{name}>")

    def start(self, name, start):
        in_svg = "svg" in self.place.open
        self.at = start if name in REFUSED or (not in_svg and name != name.lower()) else self.at
        if name in REFUSED:
            self.refuse(f"<{name}> is not allowed in templates")
        if self.at == start:
            self.refuse(f"write tag names in lower case: <{name.lower()}>")
        self.move(state="tag", tag=name, names=frozenset(), gap=False, method="", action="", has_src=False)
        self.write(f"<{name}")

    def tag(self):
        if found := self.take(r"\s+"):
            self.move(gap=True)
            self.write("\n" if "\n" in found.group() else " ")
        elif found := self.take(r"/?>"):
            self.finish_tag(found.group() == "/>")
        elif found := self.take(r'([A-Za-z_][\w:.-]*)(\s*=\s*"|(?![\w:.=-]))'):
            self.begin_attribute(found.group(1), found.group(2) != "", found.start())
        elif re.compile(r"[A-Za-z_][\w:.-]*\s*=").match(self.text, self.at):
            self.refuse('put the attribute\'s value in double quotes: name="value"')
        else:
            self.refuse(f"{self.text[self.at]!r} has no place in the tag <{self.place.tag}>")

    def begin_attribute(self, name, has_value, start):
        place = self.place
        after, self.at = self.at, start
        if not place.gap:
            self.refuse(f"put a space before the attribute {name}")
        lower = name.lower()
        if "svg" not in place.open and place.tag != "svg" and name != lower:
            self.refuse(f"write attribute names in lower case: {lower}")
        if lower.startswith("on") or lower in REFUSED_ATTRIBUTES:
            self.refuse(f"the attribute {name} is not allowed in templates")
        if lower in place.names:
            self.refuse(f"the attribute {name} stands twice in <{place.tag}>")
        if lower == "method" and place.tag == "form":
            found = re.compile(r'method="(get|post)"').match(self.text, start)
            if not found:
                self.refuse('a form\'s method is fixed: method="get" or method="post"')
            place = dataclasses.replace(place, method=found.group(1))
        self.at = after
        self.place = dataclasses.replace(place, names=place.names | {lower}, gap=False)
        self.write(f'{name}="' if has_value else name)
        if has_value:
            self.move(state="value", attribute=lower, url="start" if lower in URLS else "")

    def value(self):
        end = self.text.find('"', self.at)
        run = self.text[self.at:len(self.text) if end < 0 else end]
        self.check_entities(run)
        if run and self.place.url:
            self.fixed_url(run)
        self.write(run)
        self.at += len(run)
        if end >= 0:
            self.at += 1
            self.write('"')
            self.move(state="tag", attribute="", url="")

    def fixed_url(self, run):
        if self.place.url == "start":
            if not FIXED_URL.match(run):
                self.refuse("a fixed address starts with / # ? https:// tel: sms: or mailto:")
            self.move(action="fixed" if self.place.attribute == "action" else self.place.action,
                      has_src=self.place.has_src or self.place.attribute == "src")
        if self.place.url != "query":
            self.move(url="query" if re.search("[?#]", run) else "path")

    def finish_tag(self, closes_itself):
        place = self.place
        name = place.tag
        if name == "form" and place.method == "post" and place.action != "made":
            self.refuse('a form with method="post" needs action="{{ url.page(..) }}"')
        if name == "script" and not place.has_src:
            self.refuse("<script> needs a src: no script is written into a page")
        in_svg = name == "svg" or "svg" in place.open
        if closes_itself and name not in VOID and not in_svg:
            self.refuse(f"<{name}/> does not close itself in HTML: write <{name}></{name}>")
        self.write("/>" if closes_itself and in_svg else ">")
        is_open = name not in VOID and not closes_itself
        self.place = Place(state="script" if name == "script" else "data",
                           open=place.open + ((name,) if is_open else ()))
        if name == "form" and place.method == "post":
            self.after_form()
        if name == "textarea":
            self.write("\n")  # browsers drop a line break here, and it must not be one of the person's own

    def script(self):
        if not self.take(r"\s*</script\s*>"):
            self.refuse("<script src> stays empty: no script is written into a page")
        self.close("script", self.at)
        self.move(state="data")
