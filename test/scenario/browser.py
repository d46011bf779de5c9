# SPDX-License-Identifier: Apache-2.0
"""A program on data of its own, and visitors who use it as a browser without scripts does.

A Visitor only follows links and sends forms that stand on the page it looks at, with the fields the form has,
so that a scenario breaks when a page no longer offers what it needs. Standard library only.
"""
import hashlib
import html.parser
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

POSTGRES = os.environ.get("BEENTHERE_TEST_POSTGRES", "")


FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
ID = re.compile(r"\b[0-9a-hjkmnp-tv-z]{13}\b")  # as addresses write it


class Problem(Exception):
    """A page was not what the scenario needs."""


def hold(is_so, why):
    if not is_so:
        raise Problem(why)


def engine_wanted():
    """The engine that this run is for; a run for PostgreSQL without a server ends as skipped."""
    engine = os.environ.get("BEENTHERE_TEST_ENGINE", "sqlite")
    if engine == "postgres" and not POSTGRES:
        print("SKIPPED: set BEENTHERE_TEST_POSTGRES to a server's URL to run this on PostgreSQL")
        sys.exit(77)
    return engine


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgres_make(name):
    """A new empty database on the tests' server; its URL."""
    base, _, options = POSTGRES.partition("?")
    make = f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
    subprocess.run(["psql", "-q", POSTGRES, "-c", make], check=True, stdin=subprocess.DEVNULL)
    return f"{base.rsplit('/', 1)[0]}/{name}?{options}"


def postgres_drop(name):
    subprocess.run(["psql", "-q", POSTGRES, "-c", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"],
                   check=False, stdin=subprocess.DEVNULL)


UNSETTLED = """SELECT count(*) FROM program p LEFT JOIN standing_plan s ON s.program = p.id
    LEFT JOIN pool_version v ON v.program = p.id LEFT JOIN waiting_version w ON w.program = p.id
    WHERE s.made_at IS NULL OR s.pool_version <> COALESCE(v.version, 0)
       OR s.waiting_version <> COALESCE(w.version, 0)"""


AUDIT = ("audit", "audit_new", "audit_link", "audit_checkpoint", "audit_database")


class Program:
    """beenthere, served from a folder of its own until stop()."""

    def __init__(self, binary, engine="sqlite", workers=2, demo=None,
                 init=("--program", "River", "--email", "kim@example.org")):
        self.binary = os.path.abspath(binary)
        self.folder = tempfile.mkdtemp(prefix="beenthere-scenario-")
        self.data = os.path.join(self.folder, "data")
        self.database = None
        self.where = ["--data", self.data]
        if engine == "postgres":
            self.database = f"beenthere_scenario_{os.getpid()}_{int(time.time() * 1000) % 1000000}"
            self.where += ["--database", postgres_make(self.database)]
        self.port = free_port()
        self.listen = f"127.0.0.1:{self.port}"
        self.workers = workers
        self.flags = []
        self.process = None
        self.whole_sql = ""
        self.watch = self.seen_version = self.seen_whole = None
        if demo:
            self.command("demo", "--scale", demo, "--seed", "1")
        elif init:
            self.command("init", *init)

    def command(self, name, *arguments, check=True):
        done = subprocess.run([self.binary, name, *self.where, *arguments], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        said = done.stdout.decode("utf-8", "replace")
        if check and done.returncode != 0:
            raise Problem(f"beenthere {name} ended with {done.returncode}: {said[-2000:]}")
        return said

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", *self.where, "--listen", self.listen, "--workers", str(self.workers),
             *self.flags],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=open(os.path.join(self.folder, "log"), "ab"))
        self.wait()
        return self

    def wait(self, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    connection.close()
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                raise Problem(f"the server ended with {self.process.returncode}: {self.log()[-2000:]}")
            time.sleep(0.002)
        raise Problem("the server does not answer")

    def log(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    def children(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as file:
            return [int(pid) for pid in file.read().split()]

    def kill(self):
        """As a power cut for the whole program: the parent, and with it everything it started."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def rows(self, sql):
        """What the database itself says, beside the program; every value as text."""
        if self.database:
            command = ["psql", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e", self.where[-1], "-c", sql]
            done = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
            lines = done.stdout.decode().rstrip("\n")
            return [tuple(line.split("\x1f")) for line in lines.split("\x1e")] if lines else []
        database = sqlite3.connect(f"file:{self.data}/beenthere.db?mode=ro", uri=True)
        try:
            return [tuple("" if value is None else str(value) for value in row)
                    for row in database.execute(sql)]
        finally:
            database.close()

    def count(self, table, where="1 = 1"):
        return int(self.rows(f"SELECT COUNT(*) FROM {table} WHERE {where}")[0][0])

    def settle(self):
        """Waits until the standing plan has followed what the test itself did. The jobs process makes it some
        seconds later, and between two fingerprints its rows and prices would count as a change that somebody
        made. From then on it only moves when something has changed: every table stays compared."""
        end = time.monotonic() + 60
        while self.rows(UNSETTLED) != [("0",)]:
            if time.monotonic() > end:
                raise Problem("the standing plan does not settle")
            time.sleep(0.1)

    def fingerprint(self, but=("session", "once", "job", *AUDIT)):
        """A hash over every row, so that "nothing changed" can be held; without what moves by itself, and
        without the audit, where being turned away leaves a row."""
        if self.database and not self.whole_sql:
            tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            parts = (f"(SELECT string_agg(md5(t::text), '' ORDER BY md5(t::text)) FROM {table} t)"
                     for (table,) in tables if table not in but)
            # A function takes a hundred arguments at most; an empty table is "-".
            self.whole_sql = f"SELECT md5(array_to_string(ARRAY[{', '.join(parts)}], '|', '-'))"
        if self.database:
            return self.rows(self.whole_sql)[0][0]
        if self.watch is None:
            self.watch = sqlite3.connect(f"file:{self.data}/beenthere.db?mode=ro", uri=True)
        version = self.watch.execute("PRAGMA data_version").fetchone()
        if version == self.seen_version:
            return self.seen_whole
        whole = hashlib.sha256()
        for (table,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"):
            if table not in but:
                whole.update(repr((table, sorted(self.rows(f'SELECT * FROM "{table}"')))).encode())
        self.seen_version, self.seen_whole = version, whole.hexdigest()
        return self.seen_whole

    def close(self):
        self.stop()
        if self.database:
            postgres_drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    def sign_in_link(self, mail):
        said = self.command("sign-in", "--email", mail, "--listen", self.listen)
        return urllib.parse.urlsplit(re.search(r"http\S+", said).group(0)).path


class Field:
    def __init__(self, name, kind, value, is_on=True):
        self.name, self.kind, self.value, self.is_on = name, kind, value, is_on
        self.choices = []
        self.label = ""
        self.id = ""


class Form:
    def __init__(self, attributes):
        self.method = attributes.get("method", "get").lower()
        self.action = attributes.get("action", "")
        self.is_upload = attributes.get("enctype") == "multipart/form-data"
        self.fields = []
        self.buttons = []  # (name, value, words, action)

    def names(self):
        return {field.name for field in self.fields}

    def defaults(self):
        """What a browser would send when nobody touched anything, without a button."""
        return [(field.name, field.value) for field in self.fields if field.is_on and field.name]

    def labels(self, name):
        """{words of the label: value} of a group of radio buttons or checkboxes, or of a list."""
        found = {field.label: field.value for field in self.fields if field.name == name and field.label}
        for field in self.fields:
            if field.name == name:
                found.update({words: value for value, words in field.choices})
        return found


class Page(html.parser.HTMLParser):
    """What a reader without eyes or scripts finds on a page: words, links and forms."""

    def __init__(self, status, path, body, fields):
        super().__init__(convert_charrefs=True)
        self.status, self.path, self.body, self.fields = status, path, body, fields
        self.title = ""
        self.lang = ""
        self.links = []
        self.forms = []
        self.pieces = []
        self.open_form = None
        self.open_link = None
        self.open_button = None
        self.open_area = None
        self.open_select = None
        self.open_option = None
        self.open_label = None
        self.labels = {}
        self.in_title = False
        if "html" in fields.get("content-type", ""):
            self.feed(body)
        for form in self.forms:
            for field in form.fields:
                field.label = " ".join(self.labels.get(field.id, "").split())

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "html":
            self.lang = has.get("lang", "")
        elif tag == "title":
            self.in_title = True
        elif tag == "a" and "href" in has:
            self.open_link = [has["href"], ""]
            self.links.append(self.open_link)
        elif tag == "label":
            self.open_label = has.get("for", "")
        elif tag == "form":
            self.open_form = Form(has)
            self.forms.append(self.open_form)
        elif self.open_form is not None:
            self.control(tag, has)

    def control(self, tag, has):
        field = None
        if tag == "input":
            kind = has.get("type", "text")
            is_on = "checked" in has if kind in ("radio", "checkbox") else kind not in ("submit", "file")
            value = has.get("value") or ("on" if kind == "checkbox" else "")
            field = Field(has.get("name", ""), kind, value, is_on)
        elif tag == "textarea":
            field = self.open_area = Field(has.get("name", ""), "textarea", "")
        elif tag == "select":
            field = self.open_select = Field(has.get("name", ""), "select", "")
        elif tag == "option" and self.open_select is not None:
            self.open_option = [has.get("value", ""), ""]
            self.open_select.choices.append(self.open_option)
            if "selected" in has or len(self.open_select.choices) == 1:
                self.open_select.value = has.get("value", "")
        elif tag == "button":
            self.open_button = [has.get("name", ""), has.get("value", ""), "", has.get("formaction", "")]
            self.open_form.buttons.append(self.open_button)
        if field is not None:
            field.id = has.get("id", "")
            self.open_form.fields.append(field)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open_form = None
        elif tag == "a":
            self.open_link = None
        elif tag == "button":
            self.open_button = None
        elif tag == "textarea":
            self.open_area = None
        elif tag == "select":
            self.open_select = None
        elif tag == "option":
            self.open_option = None
        elif tag == "label":
            self.open_label = None
        elif tag == "title":
            self.in_title = False

    def handle_data(self, data):
        if self.in_title:
            self.title += data
            return
        self.pieces.append(data)
        if self.open_link is not None:
            self.open_link[1] += data
        if self.open_button is not None:
            self.open_button[2] += data
        if self.open_area is not None:
            # A browser drops one line break right after the tag.
            self.open_area.value += data[1:] if not self.open_area.value and data.startswith("\n") else data
        if self.open_option is not None:
            self.open_option[1] += data
        if self.open_label:
            self.labels[self.open_label] = self.labels.get(self.open_label, "") + data

    @property
    def words(self):
        return " ".join(" ".join(self.pieces).split())

    def says(self, *parts):
        return all(part in self.words for part in parts)

    def need(self, *parts):
        for part in parts:
            if part not in self.words:
                raise Problem(f"{self.path} ({self.status}) does not say \"{part}\":\n{self.words[:3000]}")
        return self

    def need_not(self, *parts):
        """Ids in addresses are random letters, which may spell somebody's name."""
        for part in parts:
            if part in (self.body if ID.search(part) else ID.sub("", self.body)):
                raise Problem(f"{self.path} says \"{part}\"")
        return self

    def form(self, action="", field="", button=""):
        """The only form whose address holds `action`, that has this field, or a button with these words."""
        found = [form for form in self.forms
                 if (not action or re.search(action, form.action)) and (not field or field in form.names())
                 and (not button or any(button in words for _, _, words, _ in form.buttons))]
        if len({form.action for form in found}) != 1:
            raise Problem(f"{self.path} ({self.status}) has {len(found)} forms {action!r} {field!r} "
                          f"{button!r}; it has {[form.action for form in self.forms]}\n{self.words[:1500]}")
        return found[0]

    def link(self, part):
        """The address of the first link whose words or address match."""
        for address, words in self.links:
            if re.search(part, address) or part in " ".join(words.split()):
                return address
        raise Problem(f"{self.path} ({self.status}) has no link {part!r}; "
                      f"it has {[link[0] for link in self.links]}\n{self.words[:1500]}")

    def has_link(self, part):
        return any(re.search(part, address) or part in words for address, words in self.links)


class Visitor:
    """One browser, without scripts: cookies, the page it looks at, and nothing else."""

    def __init__(self, program, lang="en", retry=False):
        self.program = program
        self.lang = lang
        self.cookies = {}
        self.page = None
        self.connection = None
        self.retry = retry

    def ask(self, method, path, body=None, headers=None):
        """One request, no redirect followed; (status, fields, body text)."""
        status, fields, content = self.ask_bytes(method, path, body, headers)
        return status, fields, content.decode("utf-8", "replace")

    def ask_bytes(self, method, path, body=None, headers=None):
        path = path.partition("#")[0]  # no browser sends the rest
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=30)
        send = {"Accept-Language": self.lang, **(headers or {})}
        if self.cookies:
            send["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self.connection.request(method, path, body, send)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                if "Max-Age=0" in rest or rest.startswith(";"):
                    self.cookies.pop(key, None)
                else:
                    self.cookies[key] = rest.split(";")[0]
        fields = {name.lower(): value for name, value in answer.getheaders()}
        if fields.get("connection") == "close":
            self.connection.close()
            self.connection = None
        return answer.status, fields, content

    def go(self, path, follow=True, wanted=200):
        """Opens an address and follows redirects within the program."""
        return self.settle(path, *self.ask("GET", path), follow=follow, wanted=wanted)

    def settle(self, path, status, fields, content, follow=True, wanted=200):
        for _ in range(6):
            if status != 303 or not follow or not fields["location"].startswith("/"):
                break
            path = fields["location"]
            status, fields, content = self.ask("GET", path)
        self.page = Page(status, path, content, fields)
        if wanted is not None and status != wanted:
            raise Problem(f"{path} is answered {status}, not {wanted}: {self.page.words[:1500]}")
        return self.page

    def follow(self, part, wanted=200):
        return self.go(urllib.parse.urljoin(self.page.path, self.page.link(part)), wanted=wanted)

    def pairs(self, form, values, button=None):
        """What the browser sends for this form with these values; a name it lacks is a Problem."""
        unknown = set(values) - form.names()
        if unknown:
            raise Problem(f"{self.page.path}: the form {form.action} has no {unknown}, but {form.names()}")
        pairs = [(name, value) for name, value in form.defaults() if name not in values]
        for name, value in values.items():
            pairs += [(name, one) for one in (value if isinstance(value, (list, tuple)) else [value])]
        chosen = next((found for found in form.buttons
                       if button is None or button in (found[1], " ".join(found[2].split()))), None)
        if button is not None and chosen is None:
            raise Problem(f"{self.page.path}: no button {button!r}, but {form.buttons}")
        if chosen is not None and chosen[0]:
            pairs.append((chosen[0], chosen[1]))
        return pairs

    def send(self, form, values=None, button=None, wanted=200, follow=True):
        """Fills a form of the page in front and sends it."""
        pairs = self.pairs(form, values or {}, button)
        return self.post(form.action or self.page.path, pairs, wanted, follow)

    def send_file(self, form, name, content, values=None, wanted=200):
        """Sends a form of the page in front with a file, under this name."""
        hold(form.is_upload, f"{self.page.path}: the form {form.action} takes no file")
        mark = "a-mark-that-no-file-has"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
                 for field, value in self.pairs(form, values or {})]
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                     f'Content-Type: image/gif\r\n\r\n'.encode() + content + b"\r\n")
        parts.append(f"--{mark}--\r\n".encode())
        answer = self.ask("POST", form.action, b"".join(parts),
                          {"Content-Type": f"multipart/form-data; boundary={mark}"})
        return self.settle(form.action, *answer, wanted=wanted)

    def post(self, path, pairs, wanted=200, follow=True):
        body = urllib.parse.urlencode(pairs)
        return self.settle(path, *self.ask("POST", path, body, FORM_TYPE), follow=follow, wanted=wanted)

    def sign_in(self, mail):
        self.go(self.program.sign_in_link(mail))
        return self.send(self.page.form(action="^/sign-in/link/"))

    def answer_question(self, step, values):
        """One page of the public form."""
        return self.send(self.page.form(action=f"/{step}$"), values, button="on")

    def answer_questions(self, need, called, reach, safe=None):
        """All pages of the public form but the last, on which it is checked and sent."""
        for step, values in (("need", {"need": need}), ("about", {}), ("hopes", {}), ("safe", safe or {}),
                             ("reach", {"called": called, "reach": reach})):
            self.answer_question(step, values)
        return self.page


def signed_in(program, mail="kim@example.org", lang="en"):
    """A visitor who came in; by itself the coordinator whom `init` names."""
    visitor = Visitor(program, lang)
    visitor.sign_in(mail)
    return visitor


def run(tests, *arguments):
    """Runs scenarios, "ok - name" or "not ok - name" each; the exit status."""
    failed = 0
    for name, work in tests:
        began = time.monotonic()
        try:
            work(*arguments)
            print(f"ok - {name} ({time.monotonic() - began:.1f} s)", flush=True)
        except Exception as problem:  # whatever breaks, the others still run
            failed += 1
            print(f"not ok - {name}\n  {type(problem).__name__}: {str(problem)[:4000]}", flush=True)
            if not isinstance(problem, Problem):
                import traceback
                traceback.print_exc()
    return 1 if failed else 0
