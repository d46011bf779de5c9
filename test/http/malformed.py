# SPDX-License-Identifier: Apache-2.0
"""Malformed requests over raw sockets: each gets its refusal and a closed connection, and nothing behind
it is taken
for a second request."""
import sys

from harness import Server, Answer, check, finish

TAIL = b'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'
GET = b'GET / HTTP/1.1\r\nHost: localhost\r\n'
POST = b'POST /add HTTP/1.1\r\nHost: localhost\r\n'

# name, bytes, status
TABLE = [
    ('content-length with transfer-encoding',
        POST + b'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400),
    ('transfer-encoding then content-length',
        POST + b'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n', 400),
    ('two content-lengths', POST + b'Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc', 400),
    ('two equal content-lengths', POST + b'Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b', 400),
    ('content-length list', POST + b'Content-Length: 3, 3\r\n\r\na=b', 400),
    ('content-length plus', POST + b'Content-Length: +3\r\n\r\na=b', 400),
    ('content-length minus', POST + b'Content-Length: -3\r\n\r\na=b', 400),
    ('content-length hex', POST + b'Content-Length: 0x3\r\n\r\na=b', 400),
    ('content-length space inside', POST + b'Content-Length: 3 3\r\n\r\na=b', 400),
    ('content-length empty', POST + b'Content-Length:\r\n\r\na=b', 400),
    ('content-length word', POST + b'Content-Length: three\r\n\r\na=b', 400),
    ('content-length of 40 digits', POST + b'Content-Length: ' + b'9' * 40 + b'\r\n\r\na=b', 400),
    ('content-length past the limit', POST + b'Content-Length: 65537\r\n\r\na=b', 413),
    ('post without a length', POST + b'\r\n', 411),
    ('chunked body', POST + b'Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n', 411),
    ('unknown transfer coding', POST + b'Transfer-Encoding: gzip\r\n\r\nabc', 501),
    ('two transfer codings', POST + b'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n', 501),
    ('disguised chunked', POST + b'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', 501),
    ('chunked in capitals', POST + b'Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n', 411),
    ('chunked in quotes', POST + b'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n', 501),
    ('chunked behind a tab', POST + b'Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n', 411),
    ('chunked before a tab', POST + b'Transfer-Encoding: chunked\t\r\n\r\n0\r\n\r\n', 411),
    ('chunked behind a vertical tab', POST + b'Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n', 400),
    ('chunked behind a comma', POST + b'Transfer-Encoding: , chunked\r\n\r\n0\r\n\r\n', 501),
    ('chunked twice', POST + b'Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n', 501),
    ('chunked then identity', POST + b'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n', 501),
    ('identity with a length',
        POST + b'Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\na=b', 400),
    ('empty transfer-encoding with a length',
        POST + b'Transfer-Encoding:\r\nContent-Length: 3\r\n\r\na=b', 400),
    ('transfer-encoding folded', POST + b'Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n', 400),
    ('transfer-encoding with a space before its colon',
        POST + b'Transfer-Encoding : chunked\r\nContent-Length: 3\r\n\r\na=b', 400),
    ('transfer-encoding behind a folded line',
        POST + b'X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\na=b', 400),
    ('transfer-encoding behind a bare line feed',
        POST + b'X: y\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\na=b', 400),
    ('transfer-encoding behind a bare return',
        POST + b'X: y\rTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\na=b', 400),
    ('chunk extensions',
        POST + b'Transfer-Encoding: chunked\r\n\r\n3;a="\n"\r\na=b\r\n0\r\n\r\n', 411),
    ('content-length with a space before its colon', POST + b'Content-Length : 3\r\n\r\na=b', 400),
    ('content-length in octal digits and a tab', POST + b'Content-Length: 0\t3\r\n\r\na=b', 400),
    ('content-length with an underline', POST + b'Content_Length: 3\r\n\r\na=b', 411),
    ('content-length with a comma', POST + b'Content-Length: 3,\r\n\r\na=b', 400),
    ('head with a body', b'HEAD / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc', 400),
    ('upgrade to a second protocol with a body',
        POST + b'Upgrade: h2c\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 411),
    ('two transfer-encodings',
        POST + b'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n', 400),
    ('transfer-encoding on 1.0', b'POST /add HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400),
    ('get with a body', GET + b'Content-Length: 3\r\n\r\nabc', 400),
    ('get with a chunked body', GET + b'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 411),
    ('two hosts', GET + b'Host: b\r\n\r\n', 400),
    ('no host', b'GET / HTTP/1.1\r\nX: y\r\n\r\n', 400),
    ('empty host', b'GET / HTTP/1.1\r\nHost:\r\n\r\n', 400),
    ('host with a path', b'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', 400),
    ('host with a space', b'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400),
    ('host with two ports', b'GET / HTTP/1.1\r\nHost: localhost:80:80\r\n\r\n', 421),
    ('two hosts in one field', b'GET / HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n', 400),
    ('two hosts in two cases', GET + b'hOsT: localhost\r\n\r\n', 400),
    ('host folded', b'GET / HTTP/1.1\r\nHost:\r\n localhost\r\n\r\n', 400),
    ('host behind a space', b'GET / HTTP/1.1\r\n Host: localhost\r\nHost: localhost\r\n\r\n', 400),
    ('host with a NUL', b'GET / HTTP/1.1\r\nHost: localhost\0.evil.example\r\n\r\n', 400),
    ('host that is too long', b'GET / HTTP/1.1\r\nHost: ' + b'a' * 256 + b'\r\n\r\n', 400),
    ("another's host", b'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n', 421),
    ("another's host with our port", b'GET / HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n', 421),
    ('our host in front', b'GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n', 421),
    ('our host behind', b'GET / HTTP/1.1\r\nHost: evil-localhost\r\n\r\n', 421),
    ('our host as a port', b'GET / HTTP/1.1\r\nHost: evil.example:localhost\r\n\r\n', 421),
    ('a number that is not ours', b'GET / HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\n', 421),
    ("another's host on 1.0", b'GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n', 421),
    ("another's host for health", b'GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n', 421),
    ("another's host for a form",
        b'POST /add HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 3\r\n\r\na=b', 421),
    ('absolute form of our own', b'GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('absolute form and another host',
        b'GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n\r\n', 400),
    ('authority form', b'GET localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('host with a user', b'GET / HTTP/1.1\r\nHost: a@b\r\n\r\n', 400),
    ('space before the colon', GET + b'X : y\r\n\r\n', 400),
    ('tab before the colon', GET + b'X\t: y\r\n\r\n', 400),
    ('name with a space', GET + b'X Y: z\r\n\r\n', 400),
    ('name with a parenthesis', GET + b'X(Y): z\r\n\r\n', 400),
    ('name with a byte over 127', GET + b'X\xe9: z\r\n\r\n', 400),
    ('name with a NUL', GET + b'X\0Y: z\r\n\r\n', 400),
    ('empty name', GET + b': z\r\n\r\n', 400),
    ('no colon', GET + b'nonsense\r\n\r\n', 400),
    ('folded line', GET + b'X: y\r\n z\r\n\r\n', 400),
    ('folded first line', b'GET / HTTP/1.1\r\n X: y\r\nHost: localhost\r\n\r\n', 400),
    ('NUL in a value', GET + b'X: a\0b\r\n\r\n', 400),
    ('control byte in a value', GET + b'X: a\x01b\r\n\r\n', 400),
    ('escape byte in a value', GET + b'X: a\x1bb\r\n\r\n', 400),
    ('delete byte in a value', GET + b'X: a\x7fb\r\n\r\n', 400),
    ('bare carriage return', GET + b'X: a\rb\r\n\r\n', 400),
    ('bare line feeds', b'GET / HTTP/1.1\nHost: a\n\n', 400),
    ('bare line feed in the head', GET + b'X: y\nZ: y\r\n\r\n', 400),
    ('line feed ends the head', GET + b'X: y\r\n\n', 400),
    ('absolute form', b'GET http://a/ HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('asterisk form', b'GET * HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('no slash', b'GET healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('empty target', b'GET  HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('space in the target', b'GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('two spaces before the version', b'GET /  HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('tab for a space', b'GET\t/\tHTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('NUL in the path', b'GET /a\0b HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('control byte in the path', b'GET /a\x02b HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('byte over 127 in the path', b'GET /a\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('fragment in the target', b'GET /a#b HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('long target', b'GET /' + b'a' * 5000 + b' HTTP/1.1\r\nHost: localhost\r\n\r\n', 414),
    ('endless target', b'GET /' + b'a' * 20000, 414),
    ('endless method', b'G' * 20000, 400),
    ('many fields', GET + b''.join(b'X%d: y\r\n' % n for n in range(70)) + b'\r\n', 431),
    ('large head', GET + b'X: ' + b'y' * 17000 + b'\r\n\r\n', 431),
    ('large unfinished head', GET + b'X: ' + b'y' * 17000, 431),
    ('HTTP/0.9', b'GET /\r\n', 400),
    ('HTTP/0.9 with fields', b'GET /\r\nHost: localhost\r\n\r\n', 400),
    ('HTTP/2.0', b'GET / HTTP/2.0\r\nHost: localhost\r\n\r\n', 505),
    ('HTTP/1.2', b'GET / HTTP/1.2\r\nHost: localhost\r\n\r\n', 505),
    ('HTTP/2 preface', b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 501),
    ('lower case version', b'GET / http/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('version with spaces', b'GET / HTTP/1.1 \r\nHost: localhost\r\n\r\n', 400),
    ('version of three parts', b'GET / HTTP/1.1.1\r\nHost: localhost\r\n\r\n', 400),
    ('lower case method', b'get / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('unknown method', b'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n', 501),
    ('method with a bracket', b'G[ET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('leading empty line', b'\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('leading space', b' GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('TLS hello', b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + b'\x07' * 60 + b'\r\n', 400),
    ('unknown expectation', POST + b'Expect: 200-ok\r\nContent-Length: 3\r\n\r\na=b', 417),
    ('two cookies', GET + b'Cookie: a=b\r\nCookie: c=d\r\n\r\n', 400),
    ('two content-types', POST + b'Content-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 3\r\n\r\na=b',
        400),
] + [(f'method {method}', f'{method} / HTTP/1.1\r\nHost: localhost\r\n\r\n'.encode(), 405)
     for method in ('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT')]

# Well-formed, and so never refused by the server itself: name, bytes, status of the page.
FINE = [
    ('plain', GET + b'\r\n', 200),
    ('head', b'HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n', 200),
    ('loopback by number', b'GET / HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n', 200),
    ('host in capitals', b'GET / HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n', 200),
    ('upgrade is not taken', GET + b'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n', 200),
    ('1.0 without host', b'GET / HTTP/1.0\r\n\r\n', 200),
    ('port in host', b'GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n', 200),
    ('tab and spaces around a value', GET + b'X: \t y \t\r\n\r\n', 200),
    ('bytes over 127 in a value', GET + b'X: \xe9\xff\r\n\r\n', 200),
    ('empty value', GET + b'X:\r\n\r\n', 200),
    ('64 fields', GET + b''.join(b'X%d: y\r\n' % n for n in range(62)) + b'\r\n', 200),
    ('encoded NUL', b'GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n', 404),
    ('dots', b'GET /../form HTTP/1.1\r\nHost: localhost\r\n\r\n', 404),
    ('double slash', b'GET //form HTTP/1.1\r\nHost: localhost\r\n\r\n', 404),
    ('broken escape in the query', b'GET /form?a=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('NUL in the query', b'GET /form?a=%00 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('not UTF-8 in the query', b'GET /form?a=%ff HTTP/1.1\r\nHost: localhost\r\n\r\n', 400),
    ('wrong method', b'GET /add HTTP/1.1\r\nHost: localhost\r\n\r\n', 405),
    ('post of another type', POST + b'Content-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b', 415),
    ('upload where none is taken',
        POST + b'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5\r\n\r\n--x--', 415),
]


def main():
    server = Server(sys.argv[1])
    before = server.metric('beenthere_jobs_waiting')
    for name, request, status in TABLE:
        data = server.raw(request + (TAIL if request.endswith(b'\r\n\r\n') else b''), timeout=4)
        answer = Answer(data or b'HTTP/1.1 0\r\n\r\n')
        check(name, answer.status == status, f'{answer.status}, not {status}')
        check(name + ' closes', answer.field('Connection') == 'close', data[:200])
        check(name + ' is one answer', data.count(b'HTTP/1.1 ') == 1, data[:400])
        # The same, byte by byte where that is quick: the outcome must not depend on how it is cut.
        if len(request) < 200:
            with server.connect(4) as connection:
                try:
                    for at in range(len(request)):
                        connection.send(request[at:at + 1])
                except (BrokenPipeError, ConnectionResetError):
                    pass
                slow = b''
                try:
                    slow = connection.recv(4096)
                except (TimeoutError, ConnectionResetError):
                    pass
                check(name + ' in single bytes', Answer(slow or b'HTTP/1.1 0\r\n\r\n').status == status,
                    slow[:100])
    for name, request, status in FINE:
        closing = request.replace(b'Host: localhost\r\n', b'Host: localhost\r\nConnection: close\r\n', 1)
        answer = Answer(server.raw(closing, timeout=1))
        check(name, answer.status == status, f'{answer.status}, not {status}')
    head = server.raw(b'HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    check('head has no body', head.endswith(b'\r\n\r\n'), head[-50:])
    check('head tells the length', int(Answer(head).field('Content-Length')) > 1000)
    check('nothing was changed', server.metric('beenthere_jobs_waiting') == before)
    check('no process died', server.metric('beenthere_process_restarts_total') == 0)
    check('no path in the log', '/../form' not in server.log() and 'zz' not in server.log())
    server.close()
    finish()


main()
