# SPDX-License-Identifier: Apache-2.0
"""Texts through a real web server of the form that Twilio's has: asked with the right name, token and fields;
never twice once it said that it took one; tried again when it could not; dropped when that cannot help or the
code is over; and never a number or a word of it in the log. What the provider sends us counts with its
signature alone, computed here a second time by the provider's own description."""
import base64
import hashlib
import hmac
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


def signature(url, pairs, token=TOKEN):
    """As the provider describes it: the address, then names and values in the order of the names."""
    words = url + ''.join(name + value for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.new(token.encode(), words.encode(), hashlib.sha1).digest()).decode()


def signed(binary):
    """A form of another machine: its signature counts, and nothing else of it."""
    provider = Provider()
    server = serve(binary, provider)
    origin = f'http://127.0.0.1:{server.port}'

    def send_in(pairs, path='/signed', sign=True, **fields):
        if sign:
            fields['X-Twilio-Signature'] = signature(origin + path, pairs) if sign is True else sign
        return server.post(path, urllib.parse.urlencode(pairs).encode(), **fields)

    def pairs_of(body, **more):
        return list({'MessageSid': 'SM1', 'From': '+1' + NUMBER, 'To': '+12065550100', 'Body': body,
                     **more}.items())

    bodies = ('stop', '', 'Sí, mañana a las 5', 'a & b = c % + d', '\U0001F600' * 1600, '\u202eשלום\u202c',
              '\r\n \t', 'é' * 1600)
    for body in bodies:
        answer = send_in(pairs_of(body))
        check('signed', answer.status == 200, (body[:20], answer.status))
        check('its words', answer.body.decode() == body, answer.body[:40])
        check('XML', not body or answer.field('Content-Type') == 'text/xml; charset=utf-8', answer.fields)
        check('no cookie', not answer.cookies(), answer.fields)
    check('with a query', send_in(pairs_of('x'), '/signed?a=1&b=2').status == 200)
    check('a field twice', send_in([('Body', 'x'), ('A', '2'), ('A', '1'), ('A', '1')]).status == 200)
    check('and two values of it', send_in([('Body', 'x'), ('A', '1'), ('A', '1')]).status == 200)
    rows = waiting(server)
    check('each counts', rows == len(bodies) + 3, rows)
    token, once, visit = form_of(server)
    right = signature(origin + '/signed', pairs_of('x'))
    for name, sign in (('missing', False), ('empty', ''), ('short', right[:-1]), ('long', right + '='),
                       ('another', signature(origin + '/signed', pairs_of('y'))),
                       ('another token', signature(origin + '/signed', pairs_of('x'), 'x')),
                       ('another address', signature(origin + '/text', pairs_of('x'))),
                       ('garbage', '\u00ff\u00fe')):
        answer = send_in(pairs_of('x'), sign=sign)
        check('refused: ' + name, answer.status == 403 and answer.body == b'', (answer.status, answer.body))
    check('a token is no signature',
          send_in(pairs_of('x', token=token, once=once), sign=False, Cookie=f'visit={visit}').status == 403)
    check('a signature is no token', server.post(
        '/add', b'a=b', X_Twilio_Signature=signature(origin + '/add', [('a', 'b')])).status == 403)
    check('counted', server.metric('beenthere_http_unsigned_total') == 9,
          server.metric('beenthere_http_unsigned_total'))
    check('too large', send_in(pairs_of('x' * 33000)).status == 413)
    check('not UTF-8', server.post('/signed', b'Body=%ff', X_Twilio_Signature=right).status == 400)
    check('two signatures', server.raw(
        f'POST /signed HTTP/1.1\r\nHost: localhost\r\nX-Twilio-Signature: {right}\r\nX-Twilio-Signature: '
        f'{right}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'.encode()).startswith(
            b'HTTP/1.1 400'))
    check('another kind', server.post('/signed', b'{}', Content_Type='application/json').status == 415)
    check('no page', server.get('/signed').status == 405)
    check('nothing of that counts', waiting(server) == rows, waiting(server))
    check('no token of a page in the log', is_silent(server))
    signing_key(server, origin)
    server.close()
    provider.shutdown()
    provider.server_close()


def signing_key(server, origin):
    """A key of its own for what comes in goes before the password for what goes out."""
    pairs = [('Body', 'x')]
    body = b'Body=x'
    own = os.path.join(server.data, 'text.signing')
    with open(own, 'w', encoding='utf-8') as file:
        file.write('another\n')
    old, new = (signature(origin + '/signed', pairs, token) for token in (TOKEN, 'another'))
    check('its own key', server.post('/signed', body, X_Twilio_Signature=new).status == 200)
    check('not the password', server.post('/signed', body, X_Twilio_Signature=old).status == 403)
    os.remove(own)
    check('the password again', server.post('/signed', body, X_Twilio_Signature=old).status == 200)
    os.remove(os.path.join(server.data, 'text.password'))
    none = signature(origin + '/signed', pairs, '')
    check('no key, nobody', server.post('/signed', body, X_Twilio_Signature=none).status == 403)


def finish_server(server, provider):
    check('no number, no words, no token in the log', is_silent(server), server.log()[-500:])
    server.close()
    provider.shutdown()
    provider.server_close()


def main():
    silent = Silent(sys.argv[1])
    for part in (signed, taken, tried_again, not_tried_again, in_the_clear, down):
        part(sys.argv[1])
    silent.end()
    finish()


main()
