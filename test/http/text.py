# SPDX-License-Identifier: Apache-2.0
"""Texts through a real web server of the form that Twilio's has: asked with the right name, token and fields;
never twice once it said that it took one; tried again when it could not; dropped when that cannot help or the
code is over; and never a number or a word of it in the log."""
import base64
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from harness import Server, check, finish, form_of, free_port

NUMBER = '7875550103'
BODY = 'Su código es 271828 & vale 10 minutos'
TOKEN = 'a token, with "quotes" and ñ'
WANTED = {'To': ['+1' + NUMBER], 'From': ['+12065550100'], 'Body': [BODY]}


class Provider(ThreadingHTTPServer):
    """What the next requests are answered is in `answers`; the last one stays."""
    daemon_threads = True

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Answerer)
        self.answers = ['201']
        self.asked = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def next_answer(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def handle_error(self, request, client_address):
        """The program hangs up where an answer never ends: that is the test, and no trouble."""


class Answerer(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        fields = urllib.parse.parse_qs(body.decode('ascii'), strict_parsing=True)
        answer = self.server.next_answer()
        self.server.asked.append((self.path, self.headers['Authorization'], self.headers['Content-Type'],
                                  fields))
        if answer == 'hang up':
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif answer == 'garbage':
            self.wfile.write(b'\x00\xff not HTTP at all, ' + NUMBER.encode() + b'\r\n\r\n')
            self.close_connection = True
        elif answer == 'broken off':
            self.wfile.write(b'HTTP/1.1 201 Created\r\nContent-Length: 5000\r\n\r\n{"to":"' + NUMBER.encode())
            self.close_connection = True
        elif answer == 'loop':
            self.reply(307, b'', Location=self.path)
        else:
            # As the provider does, the answer repeats the number and the words.
            self.reply(int(answer), ('{"to": "' + NUMBER + '", "body": "' + BODY + '"}').encode())

    def reply(self, status, body, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(binary, provider, port=None):
    url = f'http://127.0.0.1:{port or provider.server_port}/2010-04-01/Accounts/AC1/Messages.json'
    server = Server(binary, '--text-url', url, '--text-user', 'AC1', '--text-from', '+12065550100')
    path = os.path.join(server.data, 'text.password')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(TOKEN + '\n')
    os.chmod(path, 0o600)
    return server


def send(server, seconds=600):
    token, once, visit = form_of(server)
    data = urllib.parse.urlencode({'token': token, 'once': once, 'to': NUMBER, 'body': BODY,
                                   'seconds': seconds})
    return server.post('/text', data.encode(), Cookie=f'visit={visit}').status


def wait_until(is_so, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def waiting(server):
    return server.metric('beenthere_jobs_waiting')


def again_now(server):
    """As if the minutes until the next try had passed."""
    with sqlite3.connect(os.path.join(server.data, 'beenthere.db'), timeout=10) as db:
        db.execute("UPDATE job SET run_at = 0 WHERE kind = 'text'")
    db.close()


def times_in_log(server, words):
    return server.log().count(words)


def taken(binary):
    provider = Provider()
    server = serve(binary, provider)
    check('queued', send(server) == 303)
    check('sent', wait_until(lambda: len(provider.asked) == 1))
    path, name, kind, fields = provider.asked[0]
    check('path', path == '/2010-04-01/Accounts/AC1/Messages.json', path)
    check('name and token', name == 'Basic ' + base64.b64encode(f'AC1:{TOKEN}'.encode()).decode(), name)
    check('kind', kind == 'application/x-www-form-urlencoded', kind)
    check('fields', fields == WANTED, fields)
    check('the row is gone', wait_until(lambda: waiting(server) == 0))
    for answer in ('200', 'broken off'):
        provider.asked.clear()
        provider.answers = [answer]
        send(server)
        check('taken: ' + answer, wait_until(lambda: len(provider.asked) == 1)
              and wait_until(lambda: waiting(server) == 0))
        again_now(server)
        time.sleep(0.8)
        check('and not twice: ' + answer, len(provider.asked) == 1, len(provider.asked))
    check('nothing failed', 'job_failed' not in server.log())
    finish_server(server, provider)


def tried_again(binary):
    provider = Provider()
    server = serve(binary, provider)
    for answer in ('500', '503', '429', '401', '404', 'loop', 'hang up', 'garbage'):
        before = times_in_log(server, 'event=job_failed kind=text')
        provider.asked.clear()
        provider.answers = [answer, '201']
        send(server)
        check('failed: ' + answer,
              wait_until(lambda: times_in_log(server, 'event=job_failed kind=text') == before + 1))
        check('kept: ' + answer, waiting(server) == 1)
        check('waits before the next try: ' + answer, len(provider.asked) == 1, len(provider.asked))
        again_now(server)
        check('again, the same: ' + answer,
              wait_until(lambda: [asked[3] for asked in provider.asked] == [WANTED, WANTED]))
        check('done: ' + answer, wait_until(lambda: waiting(server) == 0))
    check('the status is told', 'status 429' in server.log() and 'status 401' in server.log())
    finish_server(server, provider)


def not_tried_again(binary):
    provider = Provider()
    server = serve(binary, provider)
    for answer in ('400', '410', '422'):
        provider.asked.clear()
        provider.answers = [answer]
        send(server)
        check('refused for good: ' + answer,
              wait_until(lambda: f'event=text_refused status={answer}' in server.log()))
        check('dropped: ' + answer, wait_until(lambda: waiting(server) == 0) and len(provider.asked) == 1)
    provider.asked.clear()
    send(server, seconds=0)
    check('too late', wait_until(lambda: 'event=text_too_late' in server.log()))
    check('is not sent', wait_until(lambda: waiting(server) == 0) and not provider.asked)
    finish_server(server, provider)


def down(binary):
    server = serve(binary, None, free_port())
    send(server)
    check('down', wait_until(lambda: 'event=job_failed kind=text tries=1' in server.log()))
    check('the row waits', waiting(server) == 1)
    check('no number, no words', is_silent(server))
    server.close()


class Silent:
    """A provider that takes the call and says nothing. Given up after half a minute; other tests run."""

    def __init__(self, binary):
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.server = serve(binary, None, self.listener.getsockname()[1])
        send(self.server)

    def end(self):
        server = self.server
        check('given up', wait_until(lambda: 'event=job_failed kind=text tries=1' in server.log(), 45))
        check('the row waits', waiting(server) == 1)
        check('no number, no words', is_silent(server))
        server.close()
        self.listener.close()


def in_the_clear(binary):
    """Neither the token nor a code leaves this machine unless it is encrypted."""
    for url in ('http://127.0.0.1.example.org/', 'http://127.0.0.2:8080/', 'http://text.example.org/',
                'ftp://127.0.0.1/'):
        result = subprocess.run([binary, 'serve', '--data', '/nonexistent', '--text-url', url, '--text-from',
                                 '+12065550100'], capture_output=True, text=True, check=False)
        check('refused ' + url, result.returncode != 0 and '--text-url wants https://' in result.stderr,
              result.stderr)


def is_silent(server):
    log = server.log()
    return not any(word in log for word in (NUMBER, '271828', 'digo', TOKEN, 'AC1:'))


def finish_server(server, provider):
    check('no number, no words, no token in the log', is_silent(server), server.log()[-500:])
    server.close()
    provider.shutdown()
    provider.server_close()


def main():
    silent = Silent(sys.argv[1])
    for part in (taken, tried_again, not_tried_again, in_the_clear, down):
        part(sys.argv[1])
    silent.end()
    finish()


main()
