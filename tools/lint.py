#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The project's own lint: direction of includes, size limits, headers of files, words we do not use.

usage: lint.py [ROOT]     prints one line a finding, exits 1 when there is any

Exceptions stand in tools/lint_exceptions.txt, one a line: rule, path, reason. One that is no longer needed is
a finding itself. The hard limits (function 100 lines, file 1000) take no exception.
"""
import os
import re
import sys

LINE_COLUMNS = 110
FUNCTION_LINES, FUNCTION_HARD = 60, 100
FILE_LINES, FILE_HARD = 600, 1000

C_HEADERS = {'assert', 'ctype', 'errno', 'float', 'inttypes', 'limits', 'locale', 'math', 'setjmp', 'signal',
             'stdalign', 'stdarg', 'stdbool', 'stddef', 'stdint', 'stdio', 'stdlib', 'stdnoreturn', 'string',
             'time'}
# What the operating system itself offers; only base, platform and main may face it.
SYSTEM_HEADERS = re.compile(r'(sys/\w+|unistd|fcntl|poll|pthread|sched|dirent|termios|pwd|grp|getopt|strings|'
                            r'netdb|net/if|netinet/\w+|arpa/inet|malloc|sanitizer/\w+)\.h$')

# layer -> layers below it that it may include
BELOW = {
    'base': {'base'},
    'text': {'text', 'base'},
    'matching': {'matching', 'base'},
    'platform': {'platform', 'text', 'base'},
    'ui': {'ui', 'platform', 'text', 'base'},
    'features': {'features', 'ui', 'matching', 'platform', 'text', 'base'},
    'main': {'features', 'ui', 'matching', 'platform', 'text', 'base'},
}

FORBIDDEN = re.compile(r'\b(clients?|cases?|patients?|consumers?|caseloads?|high[- ]risk|non-?compliant|'
                       r'refused|clientes?|pacientes?|consumidor(?:es|as?)?|alto riesgo)\b', re.IGNORECASE)
# The name of another profession, which the role card has to say.
ALLOWED_PHRASES = re.compile(r'\bcase managers?\b', re.IGNORECASE)

SKIPPED_FOLDERS = {'.git', '.cache', 'node_modules', '__pycache__'}
COMMENT_STARTS = {'.c': '/*', '.h': '/*', '.css': '/*', '.js': ('/*', '//'), '.mjs': ('/*', '//'),
                  '.py': ('#', '"""'), '.sh': '#', '.sql': '--', 'meson.build': '#'}


class Finding:
    """One thing that is wrong, at one place."""

    def __init__(self, rule, path, line, text):
        self.rule, self.path, self.line, self.text = rule, path, line, text

    def __str__(self):
        return f'{self.path}:{self.line}: {self.rule}: {self.text}'


def kind_of(path):
    name = os.path.basename(path)
    return name if name == 'meson.build' else os.path.splitext(name)[1]


def project_files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS and not f.startswith('build'))
        for name in sorted(names):
            yield os.path.relpath(os.path.join(folder, name), root)


# --- direction of includes ---

def is_test(path):
    return path.endswith('_test.c') or path.startswith('test/')


def layer_of(path):
    """'base', ..., 'features', 'main', or None for what is no layer (test/, tools/)."""
    parts = path.split('/')
    if parts[0] != 'src':
        return None
    if len(parts) == 2:
        return 'main'
    return parts[1] if parts[1] in BELOW else None


def feature_of(path):
    parts = path.split('/')
    return parts[2] if len(parts) > 3 and parts[:2] == ['src', 'features'] else None


def is_model(path):
    stem = os.path.splitext(os.path.basename(path))[0]
    return feature_of(path) is not None and not re.search(r'_(pages|jobs|view|test)$', stem)


def generated_problem(path, name):
    """Why this file may not include the generated header `name`, or None."""
    layer, feature = layer_of(path), feature_of(path)
    if layer in ('base', 'matching'):
        return f'{layer} includes no generated header'
    made = re.match(r'(\w+)_(sql|html|pages|view)\.h$', name)
    if made and layer == 'features':
        owner, what = made.groups()
        is_test = os.path.basename(path).endswith('_test.c')  # a test may look at what a rule left behind
        if feature != owner and what in ('sql', 'pages', 'view') and not (is_test and what == 'sql'):
            return f'"{name}" belongs to the feature {owner} alone'
        if what in ('html', 'pages', 'view') and is_model(path):
            return 'a model file knows neither pages nor HTML'
    if layer == 'text' and not name.startswith('texts'):
        return f'text includes only generated texts, not "{name}"'
    return None


def feature_problem(path, target, order):
    """Why a feature's file may not include the other feature's header at `target`, or None."""
    owner, name = target.split('/')[1], os.path.basename(target)
    feature = feature_of(path)
    if feature == owner:
        if is_model(path) and re.search(r'_(pages|jobs|view)\.h$', name):
            return 'a model file includes neither its pages nor its jobs'
        return None
    if re.search(r'_(sql|pages|view|html)\.h$', name):
        return f'"{name}" belongs to the feature {owner} alone'
    if feature is None:
        return None
    if owner not in order or feature not in order:
        missing = owner if owner not in order else feature
        return f'{missing} does not stand in src/features/order.txt'
    if order.index(owner) > order.index(feature):
        return f'{owner} stands after {feature} in src/features/order.txt'
    return None


def quoted_problem(path, target, order, known):
    layer = layer_of(path)
    if target.startswith('test/'):
        return None if is_test(path) else 'only tests include test/'
    beside = os.path.normpath(os.path.join(os.path.dirname(path), target))
    if beside in known:
        target = beside.removeprefix('src/')
    if '/' not in target:
        return generated_problem(path, target)
    below = target.split('/')[0]
    if below not in BELOW[layer]:
        return f'{layer} does not stand on {below}'
    if is_model(path) and re.match(r'(platform/(http|html)|ui)/', target):
        return 'a model file includes neither platform/http, platform/html nor ui'
    return feature_problem(path, target, order) if below == 'features' else None


def system_problem(path, target):
    layer = layer_of(path)
    if layer == 'platform' or is_test(path) or target.removesuffix('.h') in C_HEADERS:
        return None
    if SYSTEM_HEADERS.match(target):
        return None if layer in ('base', 'main') else f'{layer} does not face the operating system'
    return 'third-party headers belong in src/platform'


def read_order(root):
    path = os.path.join(root, 'src/features/order.txt')
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        names = [line.split('#')[0].strip() for line in file]
    return [name for name in names if name]


def check_includes(path, lines, order, known):
    if layer_of(path) is None:
        return
    for number, line in enumerate(lines, 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)', line)
        if not found:
            continue
        mark, target = found.groups()
        problem = quoted_problem(path, target, order, known) if mark == '"' else system_problem(path, target)
        if problem:
            yield Finding('include', path, number, problem)


# --- size and shape ---

def functions(lines):
    """(first line number, length) of each function; one ends with a brace alone in column one."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == '}' and start is not None:
            yield start, number - start + 1
            start = None
        elif re.match(r'[A-Za-z_].*\(', line) and not line.startswith('typedef') and not line.endswith(';'):
            start = number
        elif line.startswith('}'):
            start = None


def check_size(path, lines):
    if kind_of(path) not in ('.c', '.h', '.py', '.js', '.mjs', '.sh'):
        return
    if len(lines) > FILE_LINES:
        rule = 'file-hard' if len(lines) > FILE_HARD else 'file'
        yield Finding(rule, path, 1, f'{len(lines)} lines, more than {FILE_LINES}')
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_COLUMNS:
            yield Finding('line', path, number, f'{len(line)} columns, more than {LINE_COLUMNS}')
    if kind_of(path) not in ('.c', '.h'):
        return
    for start, length in functions(lines):
        if length > FUNCTION_LINES:
            rule = 'function-hard' if length > FUNCTION_HARD else 'function'
            yield Finding(rule, path, start, f'{length} lines, more than {FUNCTION_LINES}')


def check_head(path, lines):
    start = COMMENT_STARTS.get(kind_of(path))
    if start is None:
        return
    head = lines[1:] if lines and lines[0].startswith('#!') else lines
    if not head or 'SPDX-License-Identifier: Apache-2.0' not in head[0]:
        yield Finding('spdx', path, 1, 'the first line is not SPDX-License-Identifier: Apache-2.0')
    elif len(head) < 2 or not head[1].startswith(start) or not re.search(r'[A-Za-z]{2}', head[1]):
        yield Finding('sentence', path, 2, 'the line after the license is not a sentence on what this is')


def check_part2(path, lines):
    """Words that may tell of substance use come out in one file, with their notice; a test may look."""
    if (kind_of(path) not in ('.c', '.h') or is_test(path) or
            path in ('src/platform/part2.h', 'src/platform/part2.c', 'src/platform/http/part2.c')):
        return
    for number, line in enumerate(lines, 1):
        if 'hidden_words' in line or re.search(r'struct Part2Notice \{|\(Part2(Notice|Words)\)\{', line):
            yield Finding('part2', path, number, 'open Part2Words with part2_open() or part2_open_own()')
        is_about_families = re.match(r'src/features/(request|match|emergency|sharing)/', path)
        if 'program_item_label(' in line and is_about_families:
            yield Finding('part2', path, number, 'what is said of a family is program_item_words()')


def check_ascii(path, lines):
    if kind_of(path) not in ('.c', '.h'):
        return
    for number, line in enumerate(lines, 1):
        if not line.isascii():
            yield Finding('ascii', path, number, 'C source is ASCII; sentences live in src/text')


def check_twice(path, lines):
    """STR_ARGS() evaluates its argument more than once, so what writes must not stand in it."""
    if kind_of(path) not in ('.c', '.h'):
        return
    text = '\n'.join(lines)
    for found in re.finditer(r'\bSTR_ARGS\((?=\w+\()', text):
        depth, at = 1, found.end()
        while depth > 0 and at < len(text):
            depth += {'(': 1, ')': -1}.get(text[at], 0)
            at += 1
        if re.search(r'\btx\b', text[found.end():at]):
            yield Finding('twice', path, text.count('\n', 0, found.start()) + 1,
                          'STR_ARGS() would do this more than once: name its result first')


# --- words ---

def spoken_po(lines):
    """(line number, text) of each msgstr and what continues it."""
    is_spoken = False
    for number, line in enumerate(lines, 1):
        if line.startswith('msg'):
            is_spoken = line.startswith('msgstr')
        elif not line.startswith('"'):
            is_spoken = False
        if is_spoken and '"' in line:
            yield number, line[line.index('"'):]


def spoken_html(lines):
    """(line number, text) of a template without its own commands and comments."""
    def blank(found):
        return '\n' * found.group().count('\n')
    text = re.sub(r'\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->', blank, '\n'.join(lines), flags=re.DOTALL)
    yield from enumerate(text.split('\n'), 1)


def check_words(path, lines):
    if not path.startswith('src/') or kind_of(path) not in ('.po', '.html'):
        return
    for number, text in spoken_po(lines) if kind_of(path) == '.po' else spoken_html(lines):
        found = FORBIDDEN.search(ALLOWED_PHRASES.sub('', text))
        if found:
            yield Finding('word', path, number, f'"{found.group()}" is not a word we use')


# --- all of it ---

def read_lines(root, path):
    with open(os.path.join(root, path), encoding='utf-8', errors='surrogateescape') as file:
        return file.read().split('\n')


def lint_file(path, lines, order, known):
    if kind_of(path) in ('.c', '.h'):
        yield from check_includes(path, lines, order, known)
    yield from check_size(path, lines[:-1] if lines[-1] == '' else lines)
    yield from check_head(path, lines)
    yield from check_ascii(path, lines)
    yield from check_part2(path, lines)
    yield from check_twice(path, lines)
    yield from check_words(path, lines)


def read_exceptions(root):
    """{(rule, path): line number}, and findings about the list itself."""
    path = 'tools/lint_exceptions.txt'
    exceptions, findings = {}, []
    if not os.path.exists(os.path.join(root, path)):
        return exceptions, findings
    for number, line in enumerate(read_lines(root, path), 1):
        words = line.split(maxsplit=2)
        if not words or words[0].startswith('#'):
            continue
        if len(words) < 3:
            findings.append(Finding('exception', path, number, 'needs a rule, a path and a reason'))
        else:
            exceptions[words[0], words[1]] = number
    return exceptions, findings


def lint(root):
    known = set(project_files(root))
    order = read_order(root)
    exceptions, findings = read_exceptions(root)
    needed = set()
    wanted = set(COMMENT_STARTS) | {'.po', '.html'}
    for path in sorted(known):
        if kind_of(path) not in wanted:
            continue
        for finding in lint_file(path, read_lines(root, path), order, known):
            if (finding.rule, path) in exceptions and not finding.rule.endswith('-hard'):
                needed.add((finding.rule, path))
            else:
                findings.append(finding)
    for exception in sorted(set(exceptions) - needed):
        findings.append(Finding('exception', 'tools/lint_exceptions.txt', exceptions[exception],
                                f'{exception[0]} {exception[1]} is no longer needed'))
    return findings


def main(arguments):
    findings = lint(arguments[1] if len(arguments) > 1 else '.')
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
