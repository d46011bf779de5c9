# SPDX-License-Identifier: Apache-2.0
"""A text provider of the form that Twilio's has, as a real web server: it takes what the program sends, and
hands over, signed, what people write."""
import base64
import hashlib
import hmac
import http.client
import os
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from browser import FORM_TYPE, Problem

TOKEN = "a token of the provider"
NUMBER = "+12065550100"


class Answerer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
        fields = dict(urllib.parse.parse_qsl(body, strict_parsing=True, keep_blank_values=True))
        status = self.server.provider.refused.get(fields["To"], 201)
        if status == 201:
            self.server.provider.texts.append(fields)
        self.send_response(status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")


class Provider:
    """Before the program starts: flags(); after: the rest."""

    def __init__(self, program):
        self.program = program
        self.texts = []
        self.refused = {}  # number: the status it is refused with
        self.count = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answerer)
        self.server.daemon_threads = True
        self.server.provider = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        path = os.path.join(program.data, "text.password")
        with open(path, "w", encoding="utf-8") as file:
            file.write(TOKEN + "\n")
        os.chmod(path, 0o600)

    def flags(self):
        return ["--text-url", f"http://127.0.0.1:{self.server.server_port}/Messages.json", "--text-user",
                "AC1", "--text-from", NUMBER]

    def post(self, path, pairs, signature=None, wanted=200):
        """Sends a form to the program, signed; what it answers."""
        url = f"http://{self.program.listen}{path}"
        words = url + "".join(name + value for name, value in sorted(pairs.items()))
        right = base64.b64encode(hmac.new(TOKEN.encode(), words.encode(), hashlib.sha1).digest()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=30)
        headers = {**FORM_TYPE, "X-Twilio-Signature": right if signature is None else signature}
        connection.request("POST", path, urllib.parse.urlencode(pairs), headers)
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        if answer.status != wanted:
            raise Problem(f"{path} is answered {answer.status}, not {wanted}: {content[:500]}")
        return content

    def writes(self, number, body, sid=None, **more):
        """Somebody writes this from that phone."""
        self.count += 1
        pairs = {"MessageSid": sid or f"SM{self.count:032x}", "AccountSid": "AC1", "From": number,
                 "To": NUMBER, "Body": body, "NumMedia": "0"}
        content = self.post("/text/in", {**pairs, **more})
        if "<Response></Response>" not in content:
            raise Problem(f"the provider is answered {content}")

    def to(self, number):
        return [text["Body"] for text in self.texts if text["To"] == number]

    def wait(self, number, count, seconds=15):
        """Until so many texts went to that phone; the newest."""
        end = time.monotonic() + seconds
        while len(self.to(number)) < count:
            if time.monotonic() > end:
                raise Problem(f"{len(self.to(number))} texts to {number}, not {count}: {self.texts}")
            time.sleep(0.05)
        self.quiet(number, count)
        return self.to(number)[-1]

    def quiet(self, number, count):
        """Nothing waits to be sent, and no more than so many went to that phone."""
        end = time.monotonic() + 15
        while self.program.rows("SELECT COUNT(*) FROM job WHERE kind = 'text' AND run_at < "
                                f"{int((time.time() + 60) * 1e6)}") != [("0",)]:
            if time.monotonic() > end:
                raise Problem("texts wait and are not sent")
            time.sleep(0.05)
        if len(self.to(number)) != count:
            raise Problem(f"{len(self.to(number))} texts to {number}, not {count}: {self.to(number)}")

    def close(self):
        self.server.shutdown()
        self.server.server_close()
