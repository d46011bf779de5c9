# SPDX-License-Identifier: Apache-2.0
"""Many connections, slow ones, cut ones: everybody is answered, nobody waits for a poll's end."""
import os
import selectors
import socket
import sys
import threading
import time

from harness import Server, Answer, check, finish, read_one

REQUEST = b'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'


def busy(server, count, seconds):
    """`count` connections on one thread, each asking again as soon as it is answered: (answers, longest
    wait)."""
    choose = selectors.DefaultSelector()
    connections = []
    for _ in range(count):
        connection = server.connect()
        connection.setblocking(False)
        choose.register(connection, selectors.EVENT_READ, [b'', 0.0])
        connections.append(connection)
    length = len(one_answer(server))
    for connection in connections:
        choose.get_key(connection).data[1] = time.monotonic()
        connection.send(REQUEST)
    answers, longest = 0, 0.0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for key, _ in choose.select(0.2):
            part = key.fileobj.recv(65536)
            if not part:
                return answers, 99.0
            key.data[0] += part
            if len(key.data[0]) >= length:
                now = time.monotonic()
                longest = max(longest, now - key.data[1])
                answers += 1
                key.data[0], key.data[1] = b'', now
                key.fileobj.send(REQUEST)
    now = time.monotonic()
    for key in list(choose.get_map().values()):
        longest = max(longest, now - key.data[1])
    for connection in connections:
        connection.close()
    return answers, longest


def one_answer(server):
    return server.raw(REQUEST.replace(b'\r\n\r\n',
        b'\r\nConnection: close\r\nCookie: x=y\r\n\r\n'))[len('Connection: close\r\n'):]


def pipelined(server):
    with server.connect() as connection:
        connection.sendall(REQUEST * 50)
        statuses = []
        data = b''
        connection.settimeout(2)
        try:
            while data.count(b'HTTP/1.1 200') < 50 or not data.endswith(b'</p>\n'):
                data += connection.recv(65536)
        except TimeoutError:
            pass
        statuses = data.count(b'HTTP/1.1 200 OK')
        check('50 requests at once', statuses == 50, statuses)


def slow_reader(server):
    """A large answer to somebody who does not read: the others are answered meanwhile, and it comes whole."""
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(('127.0.0.1', server.port))
    slow.sendall(b'GET /big?size=3000000 HTTP/1.1\r\nHost: localhost\r\n\r\n' + REQUEST)
    started = time.monotonic()
    for _ in range(20):
        check('others while one reads slowly', server.get('/').status == 200)
    check('at once', time.monotonic() - started < 2)
    slow.settimeout(5)
    first = read_one(slow)
    check('the large answer is whole', len(first.body) == int(first.field('Content-Length')) > 2_900_000)
    slow.close()


def slow_writer(server):
    """A head in drips is ended after the head's time, and holds nobody up."""
    with server.connect(20) as connection:
        started = time.monotonic()
        status = 0
        try:
            for byte in b'GET / HTTP/1.1\r\nHost: ' + b'a' * 200:
                connection.send(bytes([byte]))
                connection.settimeout(0.5)
                try:
                    status = Answer(connection.recv(4096) or b'HTTP/1.1 0\r\n\r\n').status
                    break
                except TimeoutError:
                    continue
        except (BrokenPipeError, ConnectionResetError):
            pass
        took = time.monotonic() - started
        check('a dripping head is ended', status == 408 and 8 < took < 14, (status, took))


def cut_off(server):
    """Connections that vanish in every state leave nothing behind."""
    for cut in (b'', b'GET', REQUEST[:-2],
        b'POST /add HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nabc', REQUEST):
        for _ in range(20):
            connection = server.connect()
            connection.sendall(cut)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
            connection.close()
    time.sleep(0.3)
    check('no connection is left', server.metric('beenthere_http_connections') <= 2,
          server.metric('beenthere_http_connections'))


def workers_share(server, count):
    """Connections spread evenly over the workers, by the sockets that each has open."""
    workers = server.children()[:2]
    while server.metric('beenthere_http_connections') > 1:
        time.sleep(0.05)  # those of the test before are still closing

    def sockets(pid):
        count = 0
        for fd in os.listdir(f'/proc/{pid}/fd'):
            try:
                count += os.readlink(f'/proc/{pid}/fd/{fd}').startswith('socket:')
            except FileNotFoundError:
                pass  # closed meanwhile
        return count

    def used(pid):
        with open(f'/proc/{pid}/stat', encoding='ascii') as file:
            parts = file.read().rsplit(')', 1)[1].split()
            return int(parts[11]) + int(parts[12])

    idle = [sockets(pid) for pid in workers]
    before = [used(pid) for pid in workers]
    working = threading.Thread(target=busy, args=(server, count, 2))
    working.start()
    time.sleep(1)
    shares = [sockets(pid) - earlier for pid, earlier in zip(workers, idle)]
    working.join()
    spent = [used(pid) - earlier for pid, earlier in zip(workers, before)]
    # Not by the time, which other programs on this machine take from either worker.
    print(f'{count} connections: {shares} a worker, {spent} ticks of processor time')
    is_whole = abs(sum(shares) - count) <= 2  # the last visitor's may still have been there
    check(f'{count} connections are shared', is_whole and min(shares) > 0.65 * max(shares), shares)


def nobody_waits_for_a_busy_worker(server):
    """Who comes while the worker with fewer connections is in something long is taken by the other one."""
    held = [server.connect() for _ in range(40)]
    time.sleep(0.1)
    for connection in held[1::2]:
        connection.close()
    slow = [threading.Thread(target=server.get, args=('/sleep?ms=1500',)) for _ in range(1)]
    for thread in slow:
        thread.start()
    time.sleep(0.1)
    waits = []
    for _ in range(30):
        began = time.monotonic()
        check('answered meanwhile', server.get('/').status == 200)
        waits.append(time.monotonic() - began)
    check('at once', max(waits) < 0.5, max(waits))
    for thread in slow:
        thread.join()
    for connection in held:
        connection.close()


def one_block(binary):
    """One block of addresses cannot take all connections: beyond its share, its own oldest one makes room."""
    server = Server(binary, workers=1)

    def visit(address):
        return socket.create_connection(('127.0.0.1', server.port), timeout=5, source_address=(address, 0))

    other = visit('127.9.9.1')
    idle = [visit(f'127.5.5.{1 + n % 200}') for n in range(512)]
    further = [visit('127.5.5.250') for _ in range(88)]
    time.sleep(0.2)
    check('a block has its share', server.metric('beenthere_http_connections') <= 515,
        server.metric('beenthere_http_connections'))
    for connection in further[-3:] + [other]:
        connection.sendall(REQUEST)
        answer = read_one(connection)
        check('who came last is answered', answer.status == 200,
            (connection.getsockname(), answer.status, answer.fields, server.log()))
    idle[0].settimeout(2)
    check('who waited longest made room', idle[0].recv(1) == b'')
    check('the machine itself is not counted', server.get('/healthz').status == 200)
    check('the worker is the first one', server.metric('beenthere_process_restarts_total') == 0, server.log())
    for connection in idle + further + [other]:
        connection.close()
    server.close()


def slow_body(server):
    """A body in drips is ended after its time."""
    with server.connect(40) as connection:
        connection.sendall(b'POST /add HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nabc')
        started = time.monotonic()
        status = Answer(connection.recv(4096) or b'HTTP/1.1 0\r\n\r\n').status
        took = time.monotonic() - started
        check('a dripping body is ended', status == 408 and 18 < took < 24, (status, took))


def main():
    server = Server(sys.argv[1])
    dripping = threading.Thread(target=slow_writer, args=(server,))
    dripping.start()
    body = threading.Thread(target=slow_body, args=(server,))
    body.start()
    for count in (1, 127, 128, 129, 256, 384, 512, 1000):
        answers, longest = busy(server, count, 1.0)
        check(f'{count} busy connections', answers > 1000 and longest < 1.0,
            f'{answers} answers, longest {longest:.3f} s')
        print(f'{count} connections: {answers} answers a second, longest wait {longest * 1000:.0f} ms')
    for count in (32, 64, 256):
        workers_share(server, count)
    nobody_waits_for_a_busy_worker(server)
    pipelined(server)
    slow_reader(server)
    cut_off(server)
    dripping.join()
    one_block(sys.argv[1])
    body.join()
    check('no process died', server.metric('beenthere_process_restarts_total') == 0)
    server.close()
    finish()


main()
