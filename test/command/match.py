# SPDX-License-Identifier: Apache-2.0
"""`beenthere match`: plans that are right and proved, and one clear sentence for every file that is not."""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

BINARY = sys.argv[1]
passed = 0
failed = 0


def run(*arguments, text=None):
    return subprocess.run([BINARY, 'match', *arguments], input=text, capture_output=True, text=True,
                          timeout=120,
                          check=False)


def check(name, is_fine, detail):
    global passed, failed
    if is_fine:
        passed += 1
    else:
        failed += 1
        print(f'FAILED {name}: {detail}')


def write(path, text):
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def refuses(name, status, said, *arguments):
    done = run(*arguments)
    lines = done.stderr.strip().split('\n')
    check(name, done.returncode == status and len(lines) == 1 and said in lines[0]
          and lines[0].startswith('beenthere match: ') and done.stdout == '',
          f'status {done.returncode}: {done.stderr}{done.stdout}')


class Instance:
    """Families, supporters with capacities, and weighed pairs, with a slow and plain way to the best sum."""

    def __init__(self, chance, families, supporters):
        self.capacity = [chance.randrange(3) for _ in range(supporters)]
        self.pairs = {(family, supporter): chance.randrange(-3, 30) for family in range(families)
                      for supporter in range(supporters) if chance.random() < 0.6}
        self.families = families

    def lines(self):
        said = [f's {at + 1} {capacity}' for at, capacity in enumerate(self.capacity) if capacity != 1]
        said += [f'e {family + 1} {supporter + 1} {weight}'
                 for (family, supporter), weight in self.pairs.items()]
        return said

    def text(self, lines=None):
        head = f'p bm {self.families} {len(self.capacity)} {len(self.pairs)}\n'
        return head + ''.join(line + '\n' for line in lines or self.lines())

    def best(self, family=0):
        if family == self.families:
            return 0
        most = self.best(family + 1)
        for supporter, capacity in enumerate(self.capacity):
            weight = self.pairs.get((family, supporter), 0)
            if weight > 0 and capacity > 0:
                self.capacity[supporter] -= 1
                most = max(most, weight + self.best(family + 1))
                self.capacity[supporter] += 1
        return most


def solves(folder):
    chance = random.Random(1)
    path, pairs, duals = (os.path.join(folder, name) for name in ('instance', 'pairs', 'duals'))
    for number in range(40):
        instance = Instance(chance, chance.randrange(6), chance.randrange(1, 5))
        write(path, instance.text())
        done = run('solve', path, '--pairs', pairs, '--duals', duals)
        said = json.loads(done.stdout)
        taken = [tuple(map(int, line.split())) for line in open(pairs, encoding='ascii')]
        check(f'instance {number}', done.returncode == 0 and done.stdout.count('\n') == 1 and list(said) == [
            'families', 'supporters', 'pairs', 'matched', 'objective', 'dual', 'proved', 'seconds']
            and said['objective'] == said['dual'] == instance.best() == sum(weight for _, _, weight in taken)
            and said['matched'] == len(taken) and said['proved'] is True
            and all(instance.pairs[family - 1, supporter - 1] == weight for family, supporter,
                    weight in taken),
              done)
        again = run('check', path, pairs, duals)
        check(f'proof {number}', again.returncode == 0
              and json.loads(again.stdout)['objective'] == said['objective'], again)
        lines = instance.lines()
        chance.shuffle(lines)
        plan = open(pairs, encoding='ascii').read()
        run('solve', write(path, instance.text(lines)), '--pairs', pairs)
        check(f'shuffled {number}', open(pairs, encoding='ascii').read() == plan, '')
        fair = json.loads(run('solve', path, '--method', 'deferred', '--pairs', pairs).stdout)
        check(f'deferred {number}', (fair['envious'], fair['wasteful']) == (0, 0)
              and fair['objective'] <= said['objective'] and fair['dual'] is None, fair)


def generates(folder):
    order = ['generate', '--families', '300', '--supporters', '60', '--seed', '7', '--regime']
    for regime in ('shortage', 'slack'):
        made = run(*order, regime, '--pool', os.path.join(folder, 'pool'))
        check(f'{regime} again', made.returncode == 0 and made.stdout == run(*order, regime).stdout,
              made.stderr)
        path = write(os.path.join(folder, regime), made.stdout)
        pairs, duals = os.path.join(folder, 'pairs'), os.path.join(folder, 'duals')
        said = json.loads(run('solve', path, '--pairs', pairs, '--duals', duals).stdout)
        check(f'{regime} is proved', said['proved'] and said['families'] == 300 and said['matched'] > 150,
              said)
        check(f'{regime} is checked', run('check', path, pairs, duals).returncode == 0, '')
        plan = open(pairs, encoding='ascii').read()
        head, *lines = made.stdout.splitlines()[1:]
        random.Random(2).shuffle(lines)
        write(path, '\n'.join([head, *lines]))
        run('solve', path, '--pairs', pairs)
        check(f'{regime} shuffled', open(pairs, encoding='ascii').read() == plan, '')
    kinds = {line[0] for line in open(os.path.join(folder, 'pool'), encoding='ascii')}
    check('pool', kinds == set('ohnrwaxk'), kinds)
    other = run('generate', '--families', '300', '--supporters', '60', '--regime', 'slack')
    check('seed 1 by default', 'seed 1 ' in other.stdout and other.stdout != made.stdout, '')
    for name, said, *arguments in (
            ('families', '--families wants', '--families', 'many', '--supporters', '1', '--regime', 'slack'),
            ('no families', '--families wants', '--supporters', '1', '--regime', 'slack'),
            ('supporters', '--supporters wants', '--families', '1', '--supporters', '-1', '--regime',
             'slack'),
            ('regime', '--regime wants', '--families', '1', '--supporters', '1', '--regime', 'feast'),
            ('seed', '--seed wants', '--families', '1', '--supporters', '1', '--regime', 'slack', '--seed',
             'x'),
            ('stray file', 'takes no file', 'x', '--families', '1', '--supporters', '1', '--regime',
             'slack')):
        refuses(f'generate: {name}', 2, said, 'generate', *arguments)


def refuses_bad_files(folder):
    path = os.path.join(folder, 'bad')
    for name, line, said, text in (
            ('empty', 1, 'is missing', ''),
            ('no header', 1, 'is missing', 'e 1 1 1\n'),
            ('second header', 2, 'second p line', 'p bm 1 1 0\np bm 1 1 0\n'),
            ('huge header', 1, 'more than', 'p bm 99999999 1 0\n'),
            ('promise', 1, 'fewer pairs', 'p bm 1 1 1000000000\n'),
            ('malformed', 3, 'malformed', 'p bm 1 1 1\nc\ne 1 1\n'),
            ('unknown letter', 2, 'no letter', 'p bm 1 1 1\nq 1 1 1\n'),
            ('a fraction', 2, 'malformed', 'p bm 1 1 1\ne 1 1 0.5\n'),
            ('a word too many', 2, 'malformed', 'p bm 1 1 1\ne 1 1 5 5\n'),
            ('family', 2, 'no family', 'p bm 1 1 1\ne 2 1 1\n'),
            ('family 0', 2, 'no family', 'p bm 1 1 1\ne 0 1 1\n'),
            ('supporter', 2, 'no supporter', 'p bm 1 1 1\ne 1 2 1\n'),
            ('overflow', 2, 'too great', 'p bm 1 1 1\ne 1 1 2147483648\n'),
            ('capacity', 2, 'malformed', 'p bm 1 1 1\ns 1 -1\n'),
            ('capacity twice', 3, 'already', 'p bm 1 1 0\ns 1 1\ns 1 2\n'),
            ('pair twice', 3, 'already', 'p bm 1 1 2\ne 1 1 1\ne 1 1 1\n'),
            ('pair twice, scattered', 5, 'already', 'p bm 2 2 4\ne 2 1 1\ne 1 1 1\ne 2 2 1\ne 1 1 1\n'),
            ('more', 3, 'more pairs', 'p bm 1 2 1\ne 1 1 1\ne 1 2 1\n'),
            ('fewer', 2, 'fewer pairs', 'p bm 1 2 2\ne 1 1 1\n'),
            ('long line', 1, 'longer than', 'c' * 70000)):
        refuses(name, 2, f'{path}: line {line}: ', 'solve', write(path, text))
        refuses(name, 2, said, 'solve', path)
    refuses('nowhere', 2, 'cannot be read', 'solve', os.path.join(folder, 'none'))
    refuses('a folder', 2, 'cannot be read', 'solve', folder)


def checks_plans(folder):
    instance = write(os.path.join(folder, 'two'), 'p bm 2 2 4\ne 1 1 9\ne 1 2 5\ne 2 1 7\ne 2 2 -1\n')
    pairs, duals = os.path.join(folder, 'p'), os.path.join(folder, 'd')
    good = ('1 2 5\n2 1 7\n', 'f 1 5\nf 2 3\ns 1 4\n')
    for name, status, said, plan, proof in (
            ('gap', 1, 'worth less than the values and prices allow: 9 against 12', '1 1 9\n', good[1]),
            ('below zero', 1, 'below zero, family 1', good[0], 'f 1 -5\n'),
            ('uncovered', 1, 'do not cover the weight of a pair, family 1, supporter 1', good[0],
             'f 1 5\nf 2 4\ns 1 3\n'),
            ('over', 1, 'more families than there are places, family 2, supporter 1', '1 1 9\n2 1 7\n',
             good[1]),
            ('worthless', 1, 'not worth a place, family 2, supporter 2', '2 2 -1\n', good[1]),
            ('overflow', 1, 'more than 64 bits', good[0], 'f 1 9223372036854775807\nf 2 1\n'),
            ('weight', 2, f'{pairs}: line 1: the instance gives this pair another weight', '1 2 6\n',
             good[1]),
            ('twice', 2, f'{pairs}: line 2: the family is there already', '1 2 5\n1 1 9\n', good[1]),
            ('unknown', 2, f'{pairs}: line 1: there is no supporter', '1 3 5\n', good[1]),
            ('malformed', 2, f'{duals}: line 1: the line is malformed', good[0], 'f 1\n'),
            ('letter', 2, f'{duals}: line 2: the line begins with no letter', good[0], 'f 1 5\n1 1 1\n'),
            ('price twice', 2, f'{duals}: line 2: the supporter is there', good[0], 's 1 4\ns 1 4\n')):
        write(pairs, plan)
        write(duals, proof)
        refuses(f'check: {name}', status, said, 'check', instance, pairs, duals)
    write(pairs, good[0])
    write(duals, good[1])
    done = run('check', instance, pairs, duals)
    check('check', done.returncode == 0 and json.loads(done.stdout)['objective'] == 12, done)
    write(instance, 'p bm 2 2 3\ne 1 1 9\ne 2 1 7\ne 2 2 -1\n')
    refuses('check: no such pair', 1, 'does not have, family 1, supporter 2', 'check', instance, pairs, duals)
    refuses('check: no file', 2, 'cannot be read', 'check', instance, pairs, os.path.join(folder, 'none'))


def refuses_orders(folder):
    path = write(os.path.join(folder, 'one'), 'p bm 1 1 1\ne 1 1 3\n')
    refuses('no word', 2, 'say solve FILE')
    refuses('unknown word', 2, 'say solve FILE', 'guess', path)
    refuses('no file', 2, 'solve wants one file', 'solve')
    refuses('two files', 2, 'solve wants one file', 'solve', path, path)
    refuses('two of three', 2, 'check wants three files', 'check', path, path)
    refuses('method', 2, '--method wants', 'solve', path, '--method', 'magic')
    refuses('no duals', 2, 'no duals', 'solve', path, '--method', 'deferred', '--duals', path + '.d')
    refuses('unknown flag', 2, 'there is no flag --fast', 'solve', path, '--fast')
    refuses('unwritable', 1, 'cannot be written', 'solve', path, '--pairs', os.path.join(folder, 'none', 'x'))
    for flag in ('--pairs', '--duals'):
        refuses(f'full disk for {flag}', 1, 'cannot be written: No space left', 'solve', path, flag,
                '/dev/full')
    with open('/dev/full', 'w', encoding='ascii') as full:
        for arguments in (['generate', '--families', '9', '--supporters', '9', '--regime', 'slack'],
                          ['solve', path], ['solve', path, '--method', 'deferred']):
            done = subprocess.run([BINARY, 'match', *arguments], stdout=full, stderr=subprocess.PIPE,
                                  text=True,
                                  check=False)
            check(f'full disk for {arguments[0]}', done.returncode == 1
                  and 'standard output cannot be written'
                  in done.stderr, done)
    done = run('solve', '/dev/stdin', text='p bm 1 1 1\ne 1 1 3\n')
    check('a pipe', done.returncode == 0 and json.loads(done.stdout)['objective'] == 3, done)
    check('help', run('--help').stdout.startswith('beenthere match: '), '')


def main():
    folder = tempfile.mkdtemp(prefix='beenthere-test-')
    try:
        for part in (solves, generates, refuses_bad_files, checks_plans, refuses_orders):
            part(folder)
    finally:
        shutil.rmtree(folder)
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed or not passed else 0)


main()
