# SPDX-License-Identifier: Apache-2.0
"""A browser without pictures, for scenarios over HTTP: sends forms as they stand on the page, keeps cookies.

    with Program() as program:                      # init and serve on fresh data
        browser = program.browser()
        page = browser.get("/ask")                  # asserts 200
        page = browser.post("/ask/river/need", need="Mornings.")   # the form's action
        page = browser.post("/ask/river/reach", status=422, reach="x")   # a refusal is the page itself

A form is sent with its hidden fields, whatever is filled in, ticked or chosen on the page, and the fields
given; a list sends a name several times, None leaves one out.
"""
import html.parser
import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse


class Refused(AssertionError):
    """The answer was not the one that the scenario expects."""


class Form:
    def __init__(self, attributes):
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get")
        self.pairs = []


class Page(html.parser.HTMLParser):
    """One answer, read: status, path, text, forms, ids, links."""

    def __init__(self, status, path, headers, body):
        super().__init__(convert_charrefs=True)
        self.status, self.path, self.headers, self.body = status, path, headers, body
        self.forms, self.ids, self.links, self.lang, self.title = [], [], [], None, ""
        self.words = []
        self.area = self.select = None
        self.in_title = False
        self.feed(body)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if "id" in at:
            self.ids.append(at["id"])
        if tag == "html":
            self.lang = at.get("lang")
        elif tag == "title":
            self.in_title = True
        elif tag == "a" and "href" in at:
            self.links.append(at["href"])
        elif tag == "form":
            self.forms.append(Form(at))
        elif self.forms:
            self.control(tag, at)

    def control(self, tag, at):
        pairs = self.forms[-1].pairs
        if tag == "input" and "name" in at:
            if at.get("type") not in ("checkbox", "radio") or "checked" in at:
                pairs.append((at["name"], at.get("value") or ""))
        elif tag == "textarea":
            self.area = at["name"]
            pairs.append((self.area, ""))
        elif tag == "select":
            self.select = at["name"]
        elif tag == "option" and self.select and "selected" in at:
            pairs.append((self.select, at.get("value") or ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "title":
            self.in_title = False

    def handle_data(self, data):
        self.words.append(data)
        if self.in_title:
            self.title += data
        if self.area:
            name, before = self.forms[-1].pairs[-1]
            # HTML drops the line break that may stand right behind <textarea>.
            data = data[1:] if not before and data[:1] == "\n" else data
            self.forms[-1].pairs[-1] = (name, before + data)

    def form(self, action):
        for form in self.forms:
            if form.method == "post" and form.action == action:
                return form
        raise Refused(f"{self.path} has no form for {action}, only {[form.action for form in self.forms]}")

    def value(self, action, name):
        """What stands in a field; a list when it stands there several times; None when it does not."""
        found = [value for one, value in self.form(action).pairs if one == name]
        return found if len(found) > 1 else (found[0] if found else None)


class Browser:
    def __init__(self, address, language="en"):
        self.address, self.language, self.cookies, self.page = address, language, {}, None

    def ask(self, method, path, body=None, headers=None):
        """One request and its answer: (status, headers, bytes). Does not follow."""
        connection = http.client.HTTPConnection(self.address, timeout=20)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Accept-Language": self.language, "Cookie": cookies}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            sent["Origin"] = f"http://{self.address}"
        try:
            connection.request(method, path, body, {**sent, **(headers or {})})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            value = rest.split(";")[0]
            self.cookies[name] = value
            if not value or "max-age=0" in line.lower():
                self.cookies.pop(name)
        return answer.status, answer.headers, content

    def follow(self, method, path, body, status):
        code, headers, content = self.ask(method, path, body)
        for _ in range(5):
            if code != 303:
                break
            path = urllib.parse.urljoin(path, headers["Location"])
            code, headers, content = self.ask("GET", path)
        if code != status:
            raise Refused(f"{method} {path} answered {code}, not {status}: {content[:300]!r}")
        self.page = Page(code, path, headers, content.decode("utf-8"))
        return self.page

    def get(self, path, status=200):
        return self.follow("GET", path, None, status)

    def fill(self, action, fields):
        """The body that the form of the present page would send."""
        pairs = [(name, value) for name, value in self.page.form(action).pairs if name not in fields]
        for name, value in fields.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    pairs.append((name, one))
        return urllib.parse.urlencode(pairs)

    def post(self, action, status=200, **fields):
        return self.follow("POST", action, self.fill(action, fields), status)

    def send(self, action, body):
        """Sends a body as it is and does not follow: (status, where it leads)."""
        code, headers, _ = self.ask("POST", action, body)
        return code, headers["Location"]


class Program:
    """`beenthere` on fresh data with one program and its coordinator; stops with the block."""

    def __init__(self, binary, name="River Families", coordinator="carmen@example.org"):
        self.binary, self.coordinator = binary, coordinator
        self.folder = tempfile.mkdtemp(prefix="beenthere-scenario-")
        self.data = os.path.join(self.folder, "data")
        self.database = os.path.join(self.data, "beenthere.db")
        self.log = os.path.join(self.folder, "log")
        self.child = None
        self.command("init", "--program", name, "--email", coordinator)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.serve()

    def command(self, name, *flags):
        done = subprocess.run([self.binary, name, "--data", self.data, *flags], capture_output=True,
                              text=True, check=False, timeout=60)
        if done.returncode != 0:
            raise Refused(f"beenthere {name} said: {done.stderr}")
        return done.stdout.strip()

    def serve(self):
        with open(self.log, "ab") as log:
            serve = [self.binary, "serve", "--data", self.data, "--listen", self.address]
            self.child = subprocess.Popen(serve, stderr=log)
        end = time.monotonic() + 20
        while True:
            try:
                connection = http.client.HTTPConnection(self.address, timeout=2)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            finally:
                connection.close()
            if self.child.poll() is not None or time.monotonic() > end:
                raise Refused(f"the program did not start: {self.logged()}")
            time.sleep(0.02)

    def kill(self):
        """As if the machine had lost power, as far as a process can tell."""
        self.child.kill()
        self.child.wait()

    def logged(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def browser(self, language="en"):
        return Browser(self.address, language)

    def signed_in(self, mail=None, language="en"):
        """A browser of somebody the program knows, by the operator's link."""
        link = self.command("sign-in", "--email", mail or self.coordinator, "--listen", self.address)
        browser = self.browser(language)
        path = urllib.parse.urlsplit(link).path
        browser.get(path)
        browser.post(path)
        return browser

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(10)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
