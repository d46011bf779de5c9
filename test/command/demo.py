# SPDX-License-Identifier: Apache-2.0
"""`demo` makes what it says, once; `check` finds nothing wrong in it, and finds what is broken on purpose."""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

BINARY = sys.argv[1]
COUNTY_SECONDS_MOST = 60  # about one second alone; the limit is for machines that do much else
results = []


def run(*arguments):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=110, check=False)


def check(name, is_fine, detail=''):
    results.append(bool(is_fine))
    if not is_fine:
        print(f'FAILED {name}: {detail}')


def ids(data):
    with sqlite3.connect(os.path.join(data, 'beenthere.db')) as database:
        return database.execute('SELECT id, called FROM person ORDER BY id').fetchall()


def change(data, sql):
    database = sqlite3.connect(os.path.join(data, 'beenthere.db'))
    with database:
        database.execute(sql)
    database.close()


def small(folder):
    data = os.path.join(folder, 'small')
    done = run('demo', '--data', data)
    check('small', done.returncode == 0 and done.stderr == '', done)
    check('one file', not os.path.exists(os.path.join(data, 'beenthere.db-wal')))
    with open(os.path.join(data, 'demo-people.txt'), encoding='utf-8') as file:
        kinds = [line.split('\t') for line in file.read().splitlines()]
    check('kinds', [kind for kind, _ in kinds] == [
        'coordinator', 'family', 'supporter', 'both', 'leader', 'young', 'guardian', 'young'], kinds)
    for kind, mail in kinds:
        link = run('sign-in', '--data', data, '--email', mail)
        check(f'a link for {kind}', link.returncode == 0 and '/sign-in/link/' in link.stdout, link)
    again = run('demo', '--data', data)
    check('not twice', again.returncode == 1 and 'there are people in this database' in again.stderr, again)
    other = os.path.join(folder, 'other')
    check('seed', run('demo', '--data', other, '--scale', 'small', '--seed', '1').returncode == 0)
    check('the same people', ids(data) == ids(other))
    well = run('check', '--data', data)
    check('all is well', well.returncode == 0 and well.stdout == 'all is well\n', well)
    change(data, 'UPDATE offer SET load = load + 1 WHERE id = (SELECT MIN(id) FROM offer)')
    wrong = run('check', '--data', data)
    told = 'offer_load: offers whose load' in wrong.stdout and ': 1 (one is ' in wrong.stdout
    check('load is told', wrong.returncode == 1 and told and 'all is well' not in wrong.stdout, wrong)
    change(other, "INSERT INTO job (id, kind, payload, run_at, tries, created_at)"
                  " VALUES (1, 'mail', x'', 1, 99, 1)")
    dead = run('check', '--data', other)
    check('dead letter is told', dead.returncode == 1 and 'jobs: 1 given up' in dead.stdout, dead)
    change(other, 'UPDATE match SET request = 5')
    engine = run('check', '--data', other)
    check('the engine is asked', engine.returncode == 1 and 'database: ' in engine.stdout, engine)


def county(folder):
    data = os.path.join(folder, 'county')
    start = time.monotonic()
    done = run('demo', '--data', data, '--scale', 'county')
    seconds = time.monotonic() - start
    print(f'county in {seconds:.1f} s')
    check('county', done.returncode == 0 and seconds < COUNTY_SECONDS_MOST, done)
    is_plain = done.stderr.startswith('200 of 2000 families\n') and '\r' not in done.stderr
    check('progress in plain lines', is_plain, done.stderr)
    check('county is well', run('check', '--data', data).returncode == 0)


def main():
    folder = tempfile.mkdtemp(prefix='beenthere-test-')
    try:
        small(folder)
        county(folder)
        wrong = run('demo', '--data', os.path.join(folder, 'x'), '--scale', 'world')
        check('scale', wrong.returncode == 1 and 'small, county or state' in wrong.stderr, wrong)
    finally:
        shutil.rmtree(folder)
    print(f'{sum(results)} passed, {len(results) - sum(results)} failed')
    sys.exit(0 if all(results) else 1)


main()
