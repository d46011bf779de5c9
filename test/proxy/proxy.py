# SPDX-License-Identifier: Apache-2.0
"""The shipped configurations of nginx and Caddy, each as it stands in packaging/proxy, started on loopback
with a certificate of its own: what a visitor gets through them.

    proxy.py http_program nginx|caddy
"""
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import warnings

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'http'))
from harness import Answer, Server, check, finish, form_of, free_port, read_all  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NAME = 'support.example.org'
# What stands in Debian's own nginx.conf around the sites, and must not weaken ours.
DEBIAN = '''    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers on;
    gzip on;
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    default_type application/octet-stream;
'''
HSTS = 'max-age=63072000; includeSubDomains'


def certificate(folder):
    """(certificate, key) of NAME, signed by itself."""
    files = [os.path.join(folder, 'certificate.pem'), os.path.join(folder, 'key.pem')]
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1',
                    '-nodes', '-days', '2', '-subj', f'/CN={NAME}', '-addext', f'subjectAltName=DNS:{NAME}',
                    '-out', files[0], '-keyout', files[1]], check=True, stderr=subprocess.DEVNULL)
    return files


def shipped(name, changes):
    """The text of packaging/proxy/NAME with what an operator changes, changed; each must be there."""
    with open(os.path.join(ROOT, 'packaging', 'proxy', name), encoding='utf-8') as file:
        text = file.read()
    for old, new in changes:
        assert re.search(old, text), f'{name} has no {old}'
        text = re.sub(old, new, text)
    return text


class Proxy:
    """One of the two in front of a server on `to_port`, with what it needs in `folder`."""

    def __init__(self, kind, folder, to_port, has_port=True):
        self.kind, self.folder, self.to_port, self.has_port = kind, folder, to_port, has_port
        os.mkdir(self.folder)
        self.certificate, self.key = certificate(self.folder)
        self.port, self.plain_port = free_port(), free_port()
        command = self.nginx() if kind == 'nginx' else self.caddy()
        environment = {**os.environ, 'HOME': self.folder, 'XDG_DATA_HOME': self.folder,
                       'XDG_CONFIG_HOME': self.folder}
        self.log = open(os.path.join(self.folder, 'log'), 'ab')
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=self.log)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                socket.create_connection(('127.0.0.1', self.port), timeout=1).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.02)
        raise RuntimeError('the proxy did not start: ' + self.said())

    def said(self):
        with open(os.path.join(self.folder, 'log'), encoding='utf-8', errors='replace') as file:
            return file.read()

    def nginx(self):
        site = shipped('nginx.conf', [
            (r'server 127\.0\.0\.1:8080;', f'server 127.0.0.1:{self.to_port};'),
            (r'listen 80', f'listen 127.0.0.1:{self.plain_port}'),
            (r'listen 443', f'listen 127.0.0.1:{self.port}'),
            (r'/etc/letsencrypt/live/support\.example\.org/fullchain\.pem', self.certificate),
            (r'/etc/letsencrypt/live/support\.example\.org/privkey\.pem', self.key),
            (r'return 301 https://support\.example\.org', f'return 301 https://{self.address()}'),
        ])
        path = os.path.join(self.folder, 'nginx.conf')
        temporary = ''.join(f'    {kind}_temp_path {self.folder}/{kind};\n'
                            for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        user = 'user root;\n' if os.getuid() == 0 else ''  # the test's folder is its own
        with open(path, 'w', encoding='utf-8') as file:
            file.write(f'{user}daemon off;\nworker_processes 1;\npid {self.folder}/pid;\nerror_log stderr;\n'
                       f'events {{}}\nhttp {{\n{DEBIAN}{temporary}{site}}}\n')
        nginx = shutil.which('nginx') or '/usr/sbin/nginx'
        return [nginx, '-p', self.folder, '-c', path, '-e', 'stderr']

    def caddy(self):
        site = shipped('Caddyfile', [
            (r'127\.0\.0\.1:8080 \{', f'127.0.0.1:{self.to_port} {{'),
            (r'\nsupport\.example\.org \{', f'\n{NAME}:{self.port} {{\n\tbind 127.0.0.1\n'
                                          f'\ttls {self.certificate} {self.key}'),
            (r'\n:443 \{', f'\n:{self.port} {{\n\tbind 127.0.0.1'),
            (r'^(#[^\n]*\n)+\{', '{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust'),
        ])
        path = os.path.join(self.folder, 'Caddyfile')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(site)
        return ['caddy', 'run', '--config', path, '--adapter', 'caddyfile']

    def address(self):
        """What stands behind https://; the tests have no right to port 443."""
        return f'{NAME}:{self.port}' if self.has_port else NAME

    def close(self):
        self.process.terminate()
        self.process.wait(20)

    def connect(self, name=NAME, timeout=10, versions=None):
        context = ssl.create_default_context(cafile=self.certificate)
        if name != NAME:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if versions:
            context.set_ciphers('ALL:@SECLEVEL=0')
            context.minimum_version, context.maximum_version = versions
        connection = socket.create_connection(('127.0.0.1', self.port), timeout=timeout)
        return context.wrap_socket(connection, server_hostname=name)

    def raw(self, request, timeout=10):
        with self.connect(timeout=timeout) as connection:
            try:
                connection.sendall(request)
            except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
                pass
            return read_all(connection)

    def ask(self, path, method='GET', body=b'', **fields):
        host = fields.pop('Host', NAME)
        head = f'{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n'
        head += ''.join(f'{key.replace("_", "-")}: {value}\r\n' for key, value in fields.items())
        if method == 'POST':
            head += f'Content-Length: {len(body)}\r\n'
        answer = Answer(self.raw(head.encode() + b'\r\n' + body))
        if answer.field('Transfer-Encoding') == 'chunked':
            answer.body = unchunked(answer.body)
        return answer

    # What form_of() of the harness asks.
    def get(self, path, **fields):
        return self.ask(path, **fields)


class Behind(Proxy):
    """A proxy with the program of test/http behind it."""

    def __init__(self, program, kind):
        self.server = Server(program, '--origin', f'https://{NAME}', '--trust-proxy')
        super().__init__(kind, os.path.join(self.server.data, 'proxy'), self.server.port)

    def close(self):
        super().close()
        self.server.close()


def unchunked(data):
    whole = b''
    while data:
        size, _, data = data.partition(b'\r\n')
        length = int(size, 16)
        whole, data = whole + data[:length], data[length + 2:]
        if length == 0:
            break
    return whole


def headers(proxy):
    for path, status in (('/', 200), ('/nothing', 404), ('/break/database', 503), ('/person', 303)):
        through = proxy.ask(path)
        straight = proxy.server.get(path)
        check(f'{path} status', through.status == straight.status == status,
              (through.status, straight.status))
        for name in ('Content-Security-Policy', 'Strict-Transport-Security', 'X-Content-Type-Options',
                     'Referrer-Policy', 'Cross-Origin-Opener-Policy', 'Cross-Origin-Resource-Policy',
                     'Permissions-Policy', 'Cache-Control'):
            values = [value for key, value in through.fields if key.lower() == name.lower()]
            check(f'{path} {name} once, as sent', values == [straight.field(name)], values)
        tells = through.field('Server')
        check(f'{path} tells no version', tells in (None, 'nginx') and through.field('Via') is None, tells)
    answer = proxy.ask('/form')
    check('host cookies', list(answer.cookies()) == ['__Host-visit'], answer.cookies())


def transport(proxy):
    done = subprocess.run(['curl', '-sS', '--http2', '--cacert', proxy.certificate, '--resolve',
                           f'{NAME}:{proxy.port}:127.0.0.1', '-o', os.devnull, '-w',
                           '%{http_version} %{http_code}',
                           f'https://{NAME}:{proxy.port}/'], capture_output=True, text=True, check=False)
    check('HTTP/2', done.stdout == '2 200', done.stdout + done.stderr)
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        with proxy.connect(versions=(version, version)) as connection:
            cipher = connection.cipher()[0]
            is_forward_secret = 'ECDHE' in cipher or cipher.startswith('TLS_')
            check(f'{version.name} keeps yesterday secret', is_forward_secret, cipher)
    warnings.simplefilter('ignore', DeprecationWarning)  # the old versions are asked for on purpose
    for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        try:
            proxy.connect(versions=(version, version)).close()
            check(f'{version.name} is not spoken', False)
        except (ssl.SSLError, ConnectionResetError):
            check(f'{version.name} is not spoken', True)
    try:
        proxy.connect(name='evil.example').close()
        check('no certificate for another name', False)
    except (ssl.SSLError, ConnectionResetError):
        check('no certificate for another name', True)
    answer = proxy.ask('/form', Host='evil.example')
    check('no page for another host', answer.status != 200 and b'token' not in answer.body, answer.status)
    if proxy.kind == 'nginx':
        with socket.create_connection(('127.0.0.1', proxy.plain_port), timeout=5) as plain:
            plain.sendall(f'GET /a?b HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n'.encode())
            answer = Answer(read_all(plain))
        led = (answer.status, answer.field('Location'))
        check('http leads to https', led == (301, f'https://{proxy.address()}/a?b'), led)


def uploads(proxy):
    visit = proxy.ask('/form').cookies()['__Host-visit']
    token, once, _ = form_of(proxy, cookie=f'__Host-visit={visit}')
    mark = 'xxMARKxx'

    def send(size):
        fields = ''.join(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                         for name, value in (('token', token), ('once', once)))
        fields += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        body = fields.encode() + b'x' * size + f'\r\n--{mark}--\r\n'.encode()
        return proxy.ask('/upload', 'POST', body, Cookie=f'__Host-visit={visit}',
                         Content_Type=f'multipart/form-data; boundary={mark}')

    for size in (0, 70_000, 8_000_000):
        answer = send(size)
        check(f'upload {size}', (answer.status, answer.body) == (200, f'{size}\n'.encode()), answer.status)
    answer = send(8_600_000)
    check('past the limit the program says so', answer.status == 413 and b' / ' in answer.body,
          answer.body[:200])
    answer = send(12_000_000)
    check('far past it somebody does', answer.status in (413, 503) and b'Please' in answer.body,
          answer.body[:200])


def forwarded(proxy):
    """What the visitor writes about where it comes from counts for nothing."""
    check('metrics are not for visitors', proxy.ask('/metrics').status == 404)
    for value in ('127.0.0.1', '::1', 'unknown'):
        answer = proxy.ask('/metrics', X_Forwarded_For=value, Forwarded=f'for={value}')
        check(f'nor as {value}', answer.status == 404)
    statuses = [proxy.ask('/file', X_Forwarded_For=f'203.0.{n}.9').status for n in range(28)]
    check('an address made up is no way around limits', statuses.count(429) >= 3, statuses)
    for lines in ('Content-Length: 4\r\nTransfer-Encoding: xchunked',
                  'Content-Length: 4\r\nContent-Length: 9',
                  'Content-Length: 4\r\nTransfer-Encoding : chunked', 'Transfer-Encoding:\x0bchunked'):
        data = proxy.raw(f'POST /add HTTP/1.1\r\nHost: {NAME}\r\n{lines}\r\n\r\n0\r\n\r\n'
                         f'GET /healthz HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n'.encode(), 3)
        check(f'no second request behind {lines!r}', b'ok\n' not in data, data)


def slow(proxy):
    """Drips hold a connection of the proxy for a while, and no worker of the program."""
    dripping = []
    for _ in range(40):
        connection = proxy.connect(timeout=30)
        connection.sendall(f'POST /upload HTTP/1.1\r\nHost: {NAME}\r\n'
                           'Content-Length: 8000000\r\n\r\nabc'.encode())
        dripping.append(connection)
    began = time.monotonic()
    for _ in range(20):
        check('others are answered', proxy.ask('/').status == 200)
    check('at once', time.monotonic() - began < 3, time.monotonic() - began)
    if proxy.kind == 'nginx':
        held = proxy.server.metric('beenthere_http_connections')
        check('the program waits for none of them', held < 20, held)
    for connection in dripping:
        connection.close()
    with proxy.connect(timeout=20) as connection:
        began = time.monotonic()
        connection.sendall(b'GET / HTTP/1.1\r\nHost: ')
        try:
            connection.recv(1000)
        except (TimeoutError, ConnectionResetError, ssl.SSLError):
            pass
        took = time.monotonic() - began
        check('a dripping head is ended', 7 < took < 16, took)


def away(proxy):
    """While the program is away the visitor is told so, in both languages and with the same care."""
    proxy.server.stop()
    answer = proxy.ask('/')
    is_plain = b'988' in answer.body and b'Intente' in answer.body
    check('away', answer.status in (502, 503) and is_plain, answer.body)
    check('away, HSTS', answer.field('Strict-Transport-Security') == HSTS, answer.fields)
    check('away, no-store', answer.field('Cache-Control') == 'no-store')
    proxy.server.start()
    check('back again', proxy.ask('/').status == 200)


def main():
    proxy = Behind(sys.argv[1], sys.argv[2])
    try:
        headers(proxy)
        transport(proxy)
        uploads(proxy)
        forwarded(proxy)
        slow(proxy)
        away(proxy)
    finally:
        proxy.close()
    finish()


if __name__ == '__main__':
    main()
