# SPDX-License-Identifier: Apache-2.0
"""Starts a program with a data folder of its own, talks to it over raw sockets, and counts what held."""
import atexit
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

passed = 0
failed = []


def check(name, is_fine, detail=''):
    global passed
    if is_fine:
        passed += 1
    else:
        failed.append(name)
        print(f'FAILED {name}: {detail}', flush=True)


def finish():
    print(f'{passed} passed, {len(failed)} failed')
    sys.exit(1 if failed or passed == 0 else 0)


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, binary, *flags, workers=2, listen='127.0.0.1'):
        self.binary = binary
        self.data = tempfile.mkdtemp(prefix='beenthere-test-')
        self.port = free_port()
        self.log_path = os.path.join(self.data, 'log')
        subprocess.run([binary, 'init', '--data', self.data], check=True, stdout=subprocess.DEVNULL)
        self.flags = [binary, 'serve', '--data', self.data, '--listen', f'{listen}:{self.port}', '--workers',
                      str(workers), *flags]
        atexit.register(self.end)
        self.start()

    def end(self):
        """Whatever happened, nothing is left running."""
        if self.process.poll() is None:
            self.process.kill()

    def start(self):
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.flags, stderr=open(self.log_path, 'ab'))
        while True:
            try:
                self.connect().close()
                return
            except ConnectionRefusedError:
                if self.process.poll() is not None or time.monotonic() - self.started > 5:
                    raise RuntimeError('the server did not start: ' + self.log())
                time.sleep(0.005)

    def connect(self, timeout=5):
        connection = socket.create_connection(('127.0.0.1', self.port), timeout=timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def log(self):
        with open(self.log_path, encoding='utf-8', errors='replace') as file:
            return file.read()

    def children(self):
        with open(f'/proc/{self.process.pid}/task/{self.process.pid}/children', encoding='ascii') as file:
            return [int(pid) for pid in file.read().split()]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=15)

    def close(self):
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.data)

    def raw(self, request, timeout=5):
        """What comes back until the connection ends or nothing comes for a moment."""
        with self.connect(timeout) as connection:
            try:
                connection.sendall(request)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before all of it was sent
            return read_all(connection)

    def get(self, path, **fields):
        return ask(self, 'GET', path, b'', fields)

    def post(self, path, body, **fields):
        fields.setdefault('Content_Type', 'application/x-www-form-urlencoded')
        return ask(self, 'POST', path, body, fields)

    def metric(self, name):
        text = self.get('/metrics').body.decode()
        return float(re.search(rf'^{re.escape(name)} (\S+)$', text, re.M).group(1))


class Answer:
    def __init__(self, data):
        head, _, self.body = data.partition(b'\r\n\r\n')
        lines = head.decode('latin-1').split('\r\n')
        parts = lines[0].split(' ', 2)
        self.status = int(parts[1]) if len(parts) > 1 else 0
        self.fields = [tuple(line.split(': ', 1)) for line in lines[1:]]

    def field(self, name):
        for key, value in self.fields:
            if key.lower() == name.lower():
                return value
        return None

    def cookies(self):
        return dict(value.split(';')[0].split('=', 1) for key, value in self.fields if key == 'Set-Cookie')


def read_all(connection):
    data = b''
    try:
        while True:
            part = connection.recv(65536)
            if not part:
                return data
            data += part
    except (TimeoutError, ConnectionResetError):
        return data


def read_one(connection):
    """Exactly one answer from a connection that stays open."""
    data = b''
    while b'\r\n\r\n' not in data:
        part = connection.recv(65536)
        if not part:
            return Answer(data or b'HTTP/1.1 0\r\n\r\n')
        data += part
    head, _, body = data.partition(b'\r\n\r\n')
    length = int(re.search(rb'content-length: (\d+)', head, re.I).group(1))
    while len(body) < length:
        part = connection.recv(65536)
        if not part:
            break
        body += part
    return Answer(head + b'\r\n\r\n' + body[:length])


def ask(server, method, path, body, fields):
    host = fields.pop('Host', 'localhost')
    head = f'{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n'
    for key, value in fields.items():
        head += f'{key.replace("_", "-")}: {value}\r\n'
    if method == 'POST':
        head += f'Content-Length: {len(body)}\r\n'
    return Answer(server.raw(head.encode() + b'\r\n' + body))


def form_of(server, path='/form', cookie=''):
    """The hidden fields and the visit of a page's form."""
    answer = server.get(path, Cookie=cookie) if cookie else server.get(path)
    text = answer.body.decode()
    return (re.search(r'name="token" value="(\w+)"', text).group(1),
            re.search(r'name="once" value="(\w+)"', text).group(1), answer.cookies().get('visit'))
