# SPDX-License-Identifier: Apache-2.0
"""Open streams: handed over, told, kept awake, ended; and what they cost nobody else."""
import os
import resource
import signal
import sys
import time

from harness import Answer, Server, check, finish, form_of


def cookie(person, session):
    return f'{person:032d}{session:032d}'


class Stream:
    """One browser that listens."""

    def __init__(self, server, person, session=None, since=None, method='GET', more=b''):
        query = '' if since is None else f'?since={since}'
        self.socket = server.connect(timeout=10)
        self.socket.sendall(f'{method} /live{query} HTTP/1.1\r\nHost: localhost\r\n'
                            f'Cookie: session={cookie(person, session or person)}\r\n\r\n'.encode() + more)
        self.bytes = b''
        self.ended = False

    def read_until(self, part, seconds=5):
        end = time.monotonic() + seconds
        while part not in self.bytes and not self.ended and time.monotonic() < end:
            self.socket.settimeout(max(0.001, end - time.monotonic()))
            try:
                got = self.socket.recv(65536)
            except TimeoutError:
                break
            except ConnectionResetError:
                got = b''
            self.ended = got == b''
            self.bytes += got
        return part in self.bytes

    def is_open(self):
        return self.read_until(b'event: here\n') and not self.ended

    def has_ended(self, seconds=5):
        self.read_until(b'\0 never', seconds)
        return self.ended

    def told(self):
        return [line[6:] for line in self.bytes.decode().split('\n') if line.startswith('data: ')]

    def last_id(self):
        return int(self.bytes.rsplit(b'\nid: ', 1)[1].split(b'\n')[0])

    def close(self):
        self.socket.close()


def send(server, path, **fields):
    token, once, visit = form_of(server)
    body = '&'.join(f'{key}={value}' for key, value in fields.items())
    return server.post(path, f'token={token}&once={once}&{body}'.encode(), Cookie=f'visit={visit}').status


def wait_until(is_so, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if is_so():
                return True
        except (OSError, AttributeError):
            pass
        time.sleep(0.02)
    return False


def live_pid(server):
    """The youngest, as long as no other one has died."""
    return server.children()[-1]


def hands_over(server):
    check('nobody without a session', server.get('/live').field('Location') == '/form?back=%2Flive')
    head = Stream(server, 7, method='HEAD')
    check('HEAD is answered by the worker', head.read_until(b'\r\n\r\n'), head.bytes)
    answer = Answer(head.bytes)
    check('with the same type', answer.field('Content-Type') == 'text/event-stream; charset=utf-8')
    check('and no length', answer.field('Content-Length') is None)
    head.bytes = b''
    head.socket.sendall(b'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
    check('and the connection goes on', head.read_until(b'ok\n'))
    head.close()
    before = server.metric('beenthere_http_connections')
    stream = Stream(server, 7, more=b'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
    check('a stream begins', stream.is_open(), stream.bytes)
    answer = Answer(stream.bytes)
    check('status', answer.status == 200)
    for name, value in (('Content-Type', 'text/event-stream; charset=utf-8'), ('Cache-Control', 'no-store'),
                        ('X-Accel-Buffering', 'no'), ('Connection', 'close'),
                        ('X-Content-Type-Options', 'nosniff'), ('Referrer-Policy', 'no-referrer')):
        check(name, answer.field(name) == value, answer.fields)
    check('date', (answer.field('Date') or '').endswith(' GMT'))
    check('policy', "default-src 'none'" in (answer.field('Content-Security-Policy') or ''))
    check('when to come back', b'\nretry: ' in stream.bytes or b'retry: ' in answer.body)
    check('what came behind the request is dropped', b'ok\n' not in stream.bytes)
    check('it has left the workers',
        wait_until(lambda: server.metric('beenthere_http_connections') <= before))
    check('and is counted', server.metric('beenthere_live_streams') == 1)
    stream.close()
    check('until it ends', wait_until(lambda: server.metric('beenthere_live_streams') == 0))


def tells(server):
    mine, mine_too, other = Stream(server, 11, 111), Stream(server, 11, 112), Stream(server, 12)
    check('three', all(one.is_open() for one in (mine, mine_too, other)))
    began = time.monotonic()
    check('told', send(server, '/tell', person=11, object=123) == 303)
    check('the first', mine.read_until(b'data: thing 000000000003v\n'), mine.bytes)
    check('at once', time.monotonic() - began < 0.2, time.monotonic() - began)
    check('the second', mine_too.read_until(b'data: thing 000000000003v\n'))
    check('an event', b'event: new\n' in mine.bytes)
    check('rolled back', send(server, '/tell', person=11, object=124, how='refuse') == 422)
    check('broken', send(server, '/tell', person=11, object=125, how='memory') == 500)
    send(server, '/tell', person=11, object=126)
    check('only what was committed', mine.read_until(b'data: thing 000000000003y\n')
          and mine.told() == ['thing 000000000003v', 'thing 000000000003y'], mine.told())
    check('others are not told', not other.read_until(b'thing', 0.2))
    since = mine.last_id()
    mine.close()
    send(server, '/tell', person=11, object=127)
    back = Stream(server, 11, since=since)
    check('what was missed is told', back.read_until(b'data: thing 000000000003z\n'), back.bytes)
    late = Stream(server, 11, since=time.time_ns() // 1000 + 60_000_000)
    check('what was seen is not', late.is_open() and late.told() == [], late.told())
    old = Stream(server, 11, since=1)
    check('long ago means everything', old.is_open() and old.told() == ['all'], old.told())
    for one in (mine_too, other, back, late, old):
        one.close()


def ends(server):
    phone, desk, other = Stream(server, 21, 211), Stream(server, 21, 212), Stream(server, 22, 221)
    check('open', all(one.is_open() for one in (phone, desk, other)))
    send(server, '/end', session=211)
    check('signing out ends the stream', phone.has_ended())
    check('of this session alone', not desk.has_ended(0.2))
    phone = Stream(server, 21, 213)
    check('again', phone.is_open())
    send(server, '/end', person=21, session=212)
    check('all others end', phone.has_ended() and not desk.has_ended(0.2))
    send(server, '/end', person=21)
    check('all end', desk.has_ended())
    check('nobody else', not other.has_ended(0.2))
    other.close()


def holds_limits(server):
    streams = []
    for number in range(7):  # each is there before the next one comes: two workers hand over in any order
        streams.append(Stream(server, 31, 310 + number))
        check('one more', streams[-1].is_open(), streams[-1].bytes)
    check('the oldest goes', streams[0].has_ended() and not any(one.has_ended(0.05) for one in streams[1:]))
    for one in streams:
        one.close()
    slow = Stream(server, 32)
    check('open', slow.is_open())
    dropped = server.metric('beenthere_live_slow_total')
    slow.socket.setsockopt(6, 10, 2048)  # TCP_WINDOW_CLAMP: it takes next to nothing
    for number in range(400):
        send(server, '/tell', person=32, object=number * 1000 + 1, times=60)
        if server.metric('beenthere_live_slow_total') > dropped:
            break
    check('who does not read is dropped', server.metric('beenthere_live_slow_total') == dropped + 1)
    slow.close()


def survives(server):
    streams = [Stream(server, 41 + number) for number in range(3)]
    check('open', all(one.is_open() for one in streams))
    since = streams[0].last_id()
    pid = live_pid(server)
    os.kill(pid, signal.SIGKILL)
    check('its streams end with it', all(one.has_ended() for one in streams))
    check('pages are answered', server.get('/healthz').status == 200)
    again = Stream(server, 41, since=since)
    check('who comes back', again.is_open(), again.bytes)
    check('looks at everything', again.told() == ['all'], again.told())
    check('counted anew', server.metric('beenthere_live_streams') == 1)
    # Nobody there to hear: telling costs nothing and breaks nothing.
    stopped = live_pid(server)
    os.kill(stopped, signal.SIGSTOP)
    began = time.monotonic()
    check('told all the same', all(send(server, '/tell', person=41, object=number, times=64) == 303
                                   for number in range(1, 200)))
    check('in its time', time.monotonic() - began < 20, time.monotonic() - began)
    os.kill(stopped, signal.SIGCONT)
    check('and heard in the end', again.read_until(b'data: thing ', 5))
    again.close()


def keeps_many(server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    streams = [Stream(server, 1000 + number) for number in range(1000)]
    check('a thousand', all(one.is_open() for one in streams))
    check('counted', server.metric('beenthere_live_streams') == 1000)
    check('none with the workers', server.metric('beenthere_http_connections') < 20)
    began = time.monotonic()
    for number in range(0, 1000, 50):
        send(server, '/tell', person=1000 + number, object=5)
    check('each is told',
        all(streams[number].read_until(b'thing 0000000000005') for number in range(0, 1000, 50)))
    print(f'20 of 1,000 told within {(time.monotonic() - began) * 1000:.0f} ms')
    quiet = streams[1]
    check('a line when nothing happens', quiet.read_until(b':\n\n', 30), quiet.bytes[-80:])
    server.process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    check('stopping ends them', all(one.has_ended() for one in streams))
    check('at once', time.monotonic() - began < 3, time.monotonic() - began)
    check('with 0', server.process.wait(timeout=15) == 0)
    for one in streams:
        one.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def main():
    server = Server(sys.argv[1])
    check('four', wait_until(lambda: len(server.children()) == 4))
    for step in (hands_over, tells, ends, holds_limits, survives, keeps_many):
        step(server)
    server.close()
    finish()


main()
