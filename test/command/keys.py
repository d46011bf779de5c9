#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The key file from the command line: lost, wrong, open to others, rotated, and a family that is forgotten.

usage: keys.py BINARY
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

BINARY = os.path.abspath(sys.argv[1])
wrong = 0


def run(*arguments, typed=None):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=100, check=False,
                          input=typed)


def check(name, is_fine, detail=''):
    global wrong
    wrong += not is_fine
    print(('ok' if is_fine else 'not ok'), '-', name, '' if is_fine else detail)


def rows(data, sql):
    with sqlite3.connect(os.path.join(data, 'beenthere.db')) as database:
        return database.execute(sql).fetchall()


def told(name, part, *arguments):
    done = run(*arguments)
    check(name, done.returncode == 1 and part in done.stderr and done.stderr.count('\n') == 1, done)


def keys_of(data):
    with open(os.path.join(data, 'keys'), 'rb') as file:
        return file.read()


def lost_and_wrong(folder, data):
    path = os.path.join(data, 'keys')
    kept = os.path.join(folder, 'kept')
    os.rename(path, kept)
    told('lost: serve', 'is missing', 'serve', '--data', data)
    told('lost: init makes no other', 'is missing', 'init', '--data', data)
    check('lost: none was made', not os.path.exists(path))
    other = os.path.join(folder, 'other')
    run('init', '--data', other)
    shutil.copy(os.path.join(other, 'keys'), path)
    told('wrong', 'is not the one of this database', 'check', '--data', data)
    with open(path, 'wb') as file:
        file.write(b'BTKEYS01 and nonsense that is long enough to be one' * 4)
    told('damaged', 'is damaged', 'check', '--data', data)
    shutil.copy(kept, path)
    os.chmod(path, 0o644)
    told('open to others', 'chmod 600', 'check', '--data', data)
    os.chmod(path, 0o600)
    check('another place', run('check', '--data', data, '--keys', kept).returncode == 0)


def no_words(data):
    names = [name for name in os.listdir(data) if name.startswith('beenthere.db')]
    whole = b''.join(open(os.path.join(data, name), 'rb').read() for name in names)
    check('no address in the database', b'@example.org' not in whole and len(whole) > 100000)


def change(data, sql):
    with sqlite3.connect(os.path.join(data, 'beenthere.db')) as database:
        database.execute(sql)


def does_not_open(data):
    """What somebody changed behind the program's back is told, with its column and row."""
    (_, need), (other, kept) = rows(data, 'SELECT id, need FROM request WHERE LENGTH(need) > 0 LIMIT 2')
    for name, value in (('moved', need), ('changed', kept[:-1] + bytes([kept[-1] ^ 1])), ('plain', b'words')):
        change(data, f"UPDATE request SET need = X'{value.hex()}' WHERE id = {other}")
        told_by_check = run('check', '--data', data)
        check(name, told_by_check.returncode == 1 and 'sealed_opens: values of request.need that' in
              told_by_check.stdout and f'1 (one is {other})' in told_by_check.stdout, told_by_check)
    change(data, f"UPDATE request SET need = X'{kept.hex()}' WHERE id = {other}")
    check('all is well again', run('check', '--data', data).returncode == 0)


def rotates(data):
    before = len(keys_of(data))
    done = run('rotate', '--data', data)
    check('rotate', done.returncode == 0 and 'generation 2' in done.stdout, done)
    check('all under the new one', rows(data, 'SELECT DISTINCT generation FROM person_key') == [(2,)])
    check('the file has grown', len(keys_of(data)) > before)
    recorded = rows(data, "SELECT via, object_id, actor FROM audit WHERE action = 'keys_rotated'")
    check('the audit has a row of it', recorded == [(1, 2, None)], recorded)
    check('still well', run('check', '--data', data).returncode == 0)
    lock = subprocess.Popen(['flock', os.path.join(data, 'rotate.lock'), 'sleep', '20'])
    for _ in range(100):
        if subprocess.run(['flock', '-n', os.path.join(data, 'rotate.lock'), 'true'], check=False).returncode:
            break
    told('two at once', 'somebody else is rotating', 'rotate', '--data', data)
    lock.terminate()
    lock.wait()
    subprocess.run(['flock', os.path.join(data, 'rotate.lock'), 'true'], check=True, timeout=30)


def meets_a_rotation(data):
    """A command read the file just before somebody replaced it, and the database just after: it is the file's
    next words that count."""
    path = os.path.join(data, 'keys')
    late = subprocess.Popen(['strace', '-f', '-qq', '-o', os.devnull, '-P', path, '-e', 'trace=newfstatat',
                             '-e', 'inject=newfstatat:delay_exit=2000000:when=2', BINARY, 'check',
                             '--data', data],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    done = run('rotate', '--data', data)
    check('rotated meanwhile', done.returncode == 0 and late.poll() is None, done)
    said = late.communicate(timeout=100)
    check('a command meets a rotation', late.returncode == 0 and 'all is well' in said[0], said)


def forgets(data):
    with open(os.path.join(data, 'demo-people.txt'), encoding='utf-8') as file:
        (name, mail), = [line.strip().split('\t') for line in file if line.startswith('family')]
    people = len(rows(data, 'SELECT person FROM person_key'))
    keys = keys_of(data)
    not_sure = run('forget', '--data', data, '--email', mail, typed='somebody else\n')
    check('not the name', not_sure.returncode == 1 and 'nothing has changed' in not_sure.stderr, not_sure)
    check('nothing has changed', keys_of(data) == keys)
    told('nobody', 'there is no such person', 'forget', '--data', data, '--email', 'nobody@example.org')
    done = run('forget', '--data', data, '--email', mail, '--yes')
    check('forgotten', done.returncode == 0 and 'Forgotten' in done.stdout, done)
    check('one key less', len(rows(data, 'SELECT person FROM person_key')) == people - 1, name)
    check('the file has lost slots of all three generations', len(keys_of(data)) == len(keys) + 3 * 31 * 37)
    again = run('check', '--data', data)
    check('all is well afterwards', again.returncode == 0, again)
    told('gone', 'there is no such person', 'forget', '--data', data, '--email', mail)


def main():
    folder = tempfile.mkdtemp(prefix='beenthere-test-')
    try:
        data = os.path.join(folder, 'data')
        made = run('demo', '--data', data)
        check('demo', made.returncode == 0, made)
        no_words(data)
        lost_and_wrong(folder, data)
        does_not_open(data)
        rotates(data)
        meets_a_rotation(data)
        forgets(data)
    finally:
        shutil.rmtree(folder)
    sys.exit(1 if wrong else 0)


main()
