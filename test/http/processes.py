# SPDX-License-Identifier: Apache-2.0
"""The parent and its children: start, replacement, graceful end, death of the parent."""
import os
import re
import signal
import sys
import threading
import time

from harness import Server, check, finish, form_of


def alive(pid):
    try:
        with open(f'/proc/{pid}/stat', encoding='ascii') as file:
            return file.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or before it was read
        return False


def wait_until(is_so, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.01)
    return False


def replaces_the_dead(server):
    check('two workers, jobs and live', wait_until(lambda: len(server.children()) == 4), server.children())
    first = server.children()
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    check('all replaced',
        wait_until(lambda: len([p for p in server.children() if alive(p) and p not in first]) == 4))
    check('and answering', wait_until(lambda: server.get('/healthz').status == 200))
    check('counted', server.metric('beenthere_process_restarts_total') == 4)
    check('connections are counted anew', server.metric('beenthere_http_connections') <= 2)
    check('a dying page ends its worker only', server.get('/break/die').status != 200)
    check('the other answers', server.get('/healthz').status == 200)
    check('replaced again', wait_until(lambda: server.metric('beenthere_process_restarts_total') == 5))


def keeps_answered_posts(server):
    """Workers are killed all the while; what was answered is there once, what was sent again is not there
    twice."""
    before = server.metric('beenthere_jobs_waiting')
    stop = threading.Event()
    killed = []

    def kill():
        while not stop.is_set():
            # Only when all are there: on a busy machine a successor would die before it has answered anybody.
            children = server.children()
            if len(children) == 4:
                try:
                    os.kill(children[0], signal.SIGKILL)
                    killed.append(children[0])
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
    while answered < 150 or len(killed) < 12:
        token, once, visit = persist(lambda: form_of(server))
        body = f'token={token}&once={once}'.encode()
        while persist(lambda b=body, v=visit: server.post('/add', b, Cookie=f'visit={v}').status) != 303:
            time.sleep(0.01)
        answered += 1
    stop.set()
    killer.join()
    restarts = lambda: persist(lambda: server.metric('beenthere_process_restarts_total'))
    check('killed many times', wait_until(lambda: restarts() >= len(killed)))
    after = persist(lambda: server.metric('beenthere_jobs_waiting'))
    check('each form counted once', after - before == answered, (after - before, answered))


def answers_while_workers_die(server):
    """Visitors come all the while; only what a killed worker held may be lost, and nobody waits."""
    visitors, kills, each = 4, 12, 150
    lost, waits = [], []

    def visit():
        for _ in range(each):
            began = time.monotonic()
            try:
                if server.get('/').status != 200:
                    lost.append('cut')
            except OSError as problem:
                lost.append(repr(problem))
            waits.append(time.monotonic() - began)
            time.sleep(0.01)

    visiting = [threading.Thread(target=visit) for _ in range(visitors)]
    for thread in visiting:
        thread.start()
    for kill in range(kills):
        time.sleep(0.15)
        check('all again', wait_until(lambda: len(server.children()) == 4), kill)
        os.kill(server.children()[0], signal.SIGKILL)  # the oldest: each in its turn
    for thread in visiting:
        thread.join()
    check('only what a worker held is lost', len(lost) <= kills * visitors, lost)
    check('nobody waits for a successor', max(waits) < 1.0, max(waits))
    print(f'{kills} workers killed under {visitors * each} visits: {len(lost)} lost, '
          f'longest wait {max(waits) * 1000:.0f} ms')


def replaces_at_once(server):
    """The first death costs no pause; dying again and again does."""
    server.stop()
    server.start()

    def all_without(dead):
        # Read once: between two readings the dead one can leave and its successor not yet be there.
        children = server.children()
        return len(children) == 4 and dead not in children

    check('all there', wait_until(lambda: all_without(None)))
    for _ in range(5):
        newest = server.children()[-1]
        os.kill(newest, signal.SIGKILL)
        check('replaced', wait_until(lambda dead=newest: all_without(dead)))
    pauses = re.findall(r'restart_ms=(\d+)', server.log())[-5:]
    check('the pause grows from none', pauses == ['0', '50', '100', '200', '400'], pauses)


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
    answers_while_workers_die(server)
    replaces_at_once(server)
    ends_gracefully(server)
    ends_with_the_parent(server)
    server.close()
    finish()


main()
