# SPDX-License-Identifier: Apache-2.0
"""The parent and its children: start, replacement, graceful end, death of the parent."""
import os
import signal
import sys
import threading
import time

from harness import Server, check, finish, form_of


def alive(pid):
    try:
        with open(f'/proc/{pid}/stat', encoding='ascii') as file:
            return file.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except FileNotFoundError:
        return False


def wait_until(is_so, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.01)
    return False


def starts_fast(server):
    server.stop()
    times = []
    for _ in range(5):
        server.start()
        check('health after the start', server.get('/healthz').status == 200)
        times.append(time.monotonic() - server.started)
        check('stops with 0', server.stop() == 0)
    check('first answer within 100 ms', min(times) < 0.1, times)
    print(f'start to first answer: {min(times) * 1000:.0f} ms')
    server.start()


def replaces_the_dead(server):
    first = server.children()
    check('two workers and one for jobs', len(first) == 3, first)
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    check('all replaced',
        wait_until(lambda: len([p for p in server.children() if alive(p) and p not in first]) == 3))
    check('and answering', wait_until(lambda: server.get('/healthz').status == 200))
    check('counted', server.metric('beenthere_process_restarts_total') == 3)
    check('connections are counted anew', server.metric('beenthere_http_connections') <= 2)
    check('a dying page ends its worker only', server.get('/break/die').status != 200)
    check('the other answers', server.get('/healthz').status == 200)
    check('replaced again', wait_until(lambda: server.metric('beenthere_process_restarts_total') == 4))


def keeps_answered_posts(server):
    """Workers are killed all the while; what was answered is there once, what was sent again is not there
    twice."""
    before = server.metric('beenthere_jobs_waiting')
    stop = threading.Event()

    def kill():
        while not stop.is_set():
            children = server.children()
            if children:
                try:
                    os.kill(children[0], signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.05)

    def persist(work):
        while True:
            try:
                return work()
            except (OSError, AttributeError, ValueError):
                time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    answered = 0
    for _ in range(150):
        token, once, visit = persist(lambda: form_of(server))
        body = f'token={token}&once={once}'.encode()
        while persist(lambda b=body, v=visit: server.post('/add', b, Cookie=f'visit={v}').status) != 303:
            time.sleep(0.01)
        answered += 1
    stop.set()
    killer.join()
    check('killed many times',
        wait_until(lambda: persist(lambda: server.metric('beenthere_process_restarts_total')) > 10))
    after = persist(lambda: server.metric('beenthere_jobs_waiting'))
    check('each form counted once', after - before == answered, (after - before, answered))


def ends_gracefully(server):
    server.stop()
    server.start()
    statuses = []

    def slow():
        statuses.append(server.get('/sleep?ms=700').status)
    asking = [threading.Thread(target=slow) for _ in range(2)]
    for thread in asking:
        thread.start()
    idle = [server.connect() for _ in range(5)]
    time.sleep(0.3)
    started = time.monotonic()
    check('stops with 0', server.stop() == 0)
    for thread in asking:
        thread.join()
    check('what was under way is answered', statuses == [200, 200], statuses)
    check('within seconds', time.monotonic() - started < 4, time.monotonic() - started)
    for connection in idle:
        connection.close()
    server.start()


def ends_with_the_parent(server):
    children = server.children()
    server.process.kill()
    server.process.wait()
    check('no child outlives the parent', wait_until(lambda: not any(alive(pid) for pid in children)))
    server.start()
    check('starts again at once', server.get('/healthz').status == 200)


def main():
    server = Server(sys.argv[1])
    replaces_the_dead(server)
    keeps_answered_posts(server)
    ends_gracefully(server)
    ends_with_the_parent(server)
    starts_fast(server)
    server.close()
    finish()


main()
