# SPDX-License-Identifier: Apache-2.0
"""Every mistake on the command line is one clear sentence on standard error and a status that is not zero."""
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile

BINARY = sys.argv[1]
passed = 0
failed = 0


def run(*arguments, as_nobody=False):
    command = [BINARY, *arguments]
    if as_nobody:
        command = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)


def check(name, is_fine, detail):
    global passed, failed
    if is_fine:
        passed += 1
    else:
        failed += 1
        print(f'FAILED {name}: {detail}')


def refuses(name, said, *arguments, **options):
    done = run(*arguments, **options)
    lines = done.stderr.strip().split('\n')
    check(name, done.returncode in (1,
        2) and len(lines) == 1 and said in lines[0] and lines[0].startswith('beenthere '),
          f'status {done.returncode}: {done.stderr}')


def main():
    folder = tempfile.mkdtemp(prefix='beenthere-test-')
    data = os.path.join(folder, 'data')
    try:
        for command in ('init', 'serve', 'migrate', 'check', 'version'):
            done = run(command, '--help')
            check(f'{command} --help',
                done.returncode == 0 and done.stdout.startswith(f'beenthere {command}: '), done)
        check('no command', run().returncode == 2, '')
        check('unknown command', run('fly').returncode == 2 and 'no command "fly"' in run('fly').stderr, '')
        check('version', run('version').returncode == 0, '')
        refuses('no folder', 'needs --data DIR', 'serve')
        refuses('unknown flag', 'there is no flag --fast', 'serve', '--data', data, '--fast')
        refuses('flag of another command', 'there is no flag --listen', 'init', '--data', data, '--listen',
            'x')
        refuses('missing value', 'a value is missing behind --data', 'init', '--data')
        refuses('stray word', 'does not take extra', 'init', '--data', data, 'extra')
        refuses('not initialized', 'holds no data', 'serve', '--data', data)
        refuses('folder below a file', 'cannot make the folder', 'init', '--data', '/dev/null/x')
        refuses('a file for a folder', 'is not a folder', 'init', '--data', BINARY)
        if os.geteuid() == 0:
            locked = os.path.join(folder, 'locked')
            os.mkdir(locked, 0o755)
            os.chmod(folder, 0o755)
            if os.access('/usr/bin/setpriv', os.X_OK) and run('version', as_nobody=True).returncode == 0:
                refuses('unwritable folder', 'cannot write in', 'init', '--data', locked, as_nobody=True)
        done = run('init', '--data', data)
        check('init', done.returncode == 0 and 'is ready' in done.stdout, done)
        check('folder is private', os.stat(data).st_mode & 0o777 == 0o700, oct(os.stat(data).st_mode))
        key = os.path.join(data, 'secret.key')
        check('key is private', (os.stat(key).st_mode & 0o777, os.stat(key).st_size) == (0o600, 32), '')
        with open(key, 'rb') as file:
            before = file.read()
        check('init again keeps', run('init', '--data', data).returncode == 0 and open(key,
            'rb').read() == before, '')
        check('check', run('check', '--data', data).stdout == 'all is well\n', '')
        refuses('sign-out without a reason', 'needs --email ADDRESS and --reason WORDS', 'sign-out', '--data',
            data, '--email', 'a@example.org')
        refuses('sign-out of nobody', 'nobody has this mail address', 'sign-out', '--data', data, '--email',
            'a@example.org', '--reason', 'a lost phone')
        for flag, value, said in (('--listen', 'nowhere', 'ADDRESS:PORT'), ('--listen', '127.0.0.1:99999',
            'ADDRESS:PORT'),
                                  ('--workers', '0', 'a number from 1 to'), ('--workers', 'two',
                                      'a number from 1 to'),
                                  ('--origin', 'example.org', 'https://HOST'), ('--origin', 'http://a/b',
                                      'https://HOST'),
                                  ('--smtp', 'smtp://a', '--mail-from'), ('--listen', '192.0.2.1:8080',
                                      'cannot listen')):
            refuses(f'{flag} {value}', said, 'serve', '--data', data, flag, value)
        with socket.socket() as taken:
            taken.bind(('127.0.0.1', 0))
            taken.listen()
            refuses('taken port', 'already uses that port', 'serve', '--data', data, '--listen',
                    f'127.0.0.1:{taken.getsockname()[1]}')
        refuses('database down', 'cannot', 'check', '--data', data, '--database',
            'postgresql://127.0.0.1:1/x')
        refuses('no such database', 'cannot', 'check', '--data', data, '--database',
            f'sqlite:{folder}/none.db')
        os.chmod(key, 0o644)
        refuses('open key', 'can be read by others', 'check', '--data', data)
        os.chmod(key, 0o600)
        with sqlite3.connect(os.path.join(data, 'beenthere.db')) as database:
            tables = [row[0] for row in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%schema%'")
                if not row[0].startswith('sqlite')]
            if tables:
                column = database.execute(f'PRAGMA table_info({tables[0]})').fetchone()[1]
                database.execute(f'UPDATE {tables[0]} SET {column} = 9999')
            else:
                database.execute('PRAGMA user_version = 9999')
        for command in ('serve', 'migrate', 'check'):
            refuses(f'newer schema for {command}', 'newer', command, '--data', data)
        with open(key, 'wb') as file:
            file.write(b'short')
        refuses('short key', 'not a key of 32 bytes', 'check', '--data', data)
    finally:
        shutil.rmtree(folder)
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed or not passed else 0)


main()
